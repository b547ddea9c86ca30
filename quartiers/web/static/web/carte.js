"use strict";
/* A map that moves, in the place of the drawing: only when asked for, and the drawing stays if anything fails.
   Leaflet is loaded at that moment, from this very site; its styles are set through the CSSOM, which the policy
   allows. Texts go through textContent: a name is never read as HTML. */
(() => {
  const TRAITS = {
    perimetre: { color: "#1d1f26", weight: 2, fillColor: "#ecebe6", fillOpacity: 0.6 },
    300: { color: "#1d1f26", weight: 1.6, dashArray: "7 4", fill: false },
    1000: { color: "#1d1f26", weight: 1.6, dashArray: "1.5 4.5", fill: false },
  };
  const TAILLE = 24;

  const make = (nom, classe, texte) => {
    const element = document.createElement(nom);
    element.className = classe;
    element.textContent = texte;
    return element;
  };

  const load = (element, adresse, attribut) =>
    new Promise((resolve, reject) => {
      element.addEventListener("load", resolve, { once: true });
      element.addEventListener("error", () => reject(new Error(adresse)), { once: true });
      element[attribut] = adresse;
      document.head.append(element);
    });

  const loadMoteur = async (figure) => {
    if (window.L) return;
    const feuille = document.createElement("link");
    feuille.rel = "stylesheet";
    await Promise.all([
      load(feuille, figure.dataset.feuille, "href"),
      load(document.createElement("script"), figure.dataset.moteur, "src"),
    ]);
  };

  const loadFormes = async (figure) => {
    const reponse = await fetch(figure.dataset.carte);
    if (!reponse.ok) throw new Error(String(reponse.status));
    return reponse.json();
  };

  const makeBulle = (proprietes) => {
    const bulle = make("p", "carte-bulle", "");
    const lien = make("a", "", proprietes.nom);
    lien.href = proprietes.preuve;
    bulle.append(lien, document.createTextNode(`, ${proprietes.texte}`));
    return bulle;
  };

  const makeMarque = (forme, position) => {
    const { numero, genre, nom, texte } = forme.properties;
    const classe = genre === "arret" ? "carte-no arret" : "carte-no";
    const icone = window.L.divIcon({
      className: "carte-icone",
      html: make("span", classe, String(numero)),
      iconSize: [TAILLE, TAILLE],
    });
    return window.L.marker(position, { icon: icone, title: `${numero}. ${nom}, ${texte}` }).bindPopup(makeBulle(forme.properties), { maxWidth: 200, closeButton: false });
  };

  const show = (figure, boite, formes) => {
    const carte = window.L.map(boite, { zoomControl: false, attributionControl: false, zoomSnap: 0.5 });
    window.L.control.zoom({ zoomInTitle: "Agrandir", zoomOutTitle: "Réduire" }).addTo(carte);
    window.L.control.scale({ imperial: false }).addTo(carte);
    if (figure.dataset.tuiles) {
      window.L.tileLayer(figure.dataset.tuiles, { maxZoom: 19 }).addTo(carte);
    }
    const couche = window.L.geoJSON(formes, {
      style: (forme) => TRAITS[forme.properties.rayon_m] || TRAITS.perimetre,
      pointToLayer: makeMarque,
      onEachFeature: (forme, trace) => {
        if (forme.geometry.type !== "Point") trace.options.interactive = false;
      },
    }).addTo(carte);
    carte.fitBounds(couche.getBounds());
    carte.setMaxBounds(couche.getBounds().pad(1));
    return carte;
  };

  const equip = (figure) => {
    const dessin = figure.querySelector("svg");
    const bouton = make("button", "bouton second carte-bouton", "Déplacer et agrandir la carte");
    const etat = make("p", "carte-etat", "");
    const boite = make("div", "carte-boite", "");
    bouton.type = "button";
    etat.setAttribute("role", "status");
    boite.hidden = true;
    boite.setAttribute("role", "application");
    boite.setAttribute("aria-label", "Carte à déplacer. La liste des lieux dit la même chose.");
    let carte = null;

    const flip = (mobile) => {
      boite.hidden = !mobile;
      dessin.toggleAttribute("hidden", mobile);
      bouton.textContent = mobile ? "Revenir au plan" : "Déplacer et agrandir la carte";
    };

    bouton.addEventListener("click", async () => {
      if (!boite.hidden) {
        flip(false);
        return;
      }
      bouton.disabled = true;
      etat.textContent = "";
      try {
        if (carte === null) {
          const [formes] = await Promise.all([loadFormes(figure), loadMoteur(figure)]);
          flip(true);
          carte = show(figure, boite, formes);
          etat.textContent = figure.dataset.credit || "";
        } else {
          flip(true);
          carte.invalidateSize();
        }
      } catch {
        flip(false);
        etat.textContent = "La carte n’a pas pu être chargée ; le plan dit la même chose.";
      } finally {
        bouton.disabled = false;
        bouton.focus();
      }
    });
    dessin.after(boite);
    figure.append(bouton, etat);
  };

  document.querySelectorAll("figure[data-carte]").forEach(equip);
})();
