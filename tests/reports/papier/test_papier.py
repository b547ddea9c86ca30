"""The PDF: tagged, made to last, the same bytes twice, and every number of the page on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from quartiers.core.composition import compose_vue
from quartiers.core.raison import say_raison
from quartiers.core.vue import Vue
from quartiers.reports.papier.departement import ABREGES, SANS_ADRESSES, build_departement
from quartiers.reports.papier.document import Document, print_document
from quartiers.reports.papier.preuve import build_preuve
from quartiers.reports.papier.quartier import ATTENDUS_MONTRES, build_quartier
from quartiers.reports.presentation.departement import build_page_departement
from quartiers.reports.presentation.quartier import PageQuartier, build_page_quartier
from quartiers.reports.typographie import INCONNU, format_date_courte, tidy
from tests.reports.papier.monde import CONNU_LE, NOMMER, flatten, read_pdf

TILLEULS, DEPARTEMENT = "QC-FICTIF-TILLEULS", "DEP-00"
POSTES = "e06-a2-adultes-relais"


def build_preuve_de(vue: Vue, code: str, indicateur: str = POSTES) -> Document:
    """The proof of an indicateur, which must be shown there."""
    voulu = vue.dossier.referentiel.get_indicateur(indicateur)
    assert voulu is not None
    document = build_preuve(vue, code, voulu, NOMMER)
    assert document is not None
    return document


DOCUMENTS: dict[str, Callable[[Vue], Document]] = {
    "quartier": lambda vue: build_quartier(vue, TILLEULS),
    "departement": lambda vue: build_departement(vue, DEPARTEMENT),
    "preuve": lambda vue: build_preuve_de(vue, TILLEULS),
    "preuve d’une somme": lambda vue: build_preuve_de(vue, DEPARTEMENT),
}


def build_page(vue: Vue, code: str) -> PageQuartier:
    """The page of the site, from the very same figures."""
    return build_page_quartier(
        compose_vue(vue, code), lambda _code: "", say_raison, vue.dossier.referentiel
    )


@pytest.mark.parametrize("nom", DOCUMENTS)
def test_un_pdf_se_lit_a_voix_haute_et_se_garde(vue: Vue, nom: str) -> None:
    lu = read_pdf(print_document(DOCUMENTS[nom](vue)))
    assert lu.is_balise
    assert lu.langue.startswith("fr")
    assert lu.titre.endswith("au 23\u00a0novembre 2026")
    assert (lu.pdf_a, lu.pdf_ua) == (("2", "A"), "1")
    assert lu.cree_le == CONNU_LE.isoformat()
    assert {"/H1", "/H2", "/Table", "/TR", "/TH", "/TD"} <= lu.roles
    assert all(police.startswith("Source") for police in lu.polices), lu.polices


@pytest.mark.parametrize("nom", DOCUMENTS)
def test_les_memes_chiffres_donnent_les_memes_octets(vue: Vue, nom: str) -> None:
    autre = Vue(vue.dossier, vue.vu_le, vue.connu_le)
    assert print_document(DOCUMENTS[nom](vue)) == print_document(DOCUMENTS[nom](autre))


def test_chaque_quartier_tient_en_deux_pages(vue: Vue) -> None:
    codes = vue.list_attendus_de(DEPARTEMENT)
    assert len(codes) == 12
    pages = {code: read_pdf(print_document(build_quartier(vue, code))).pages for code in codes}
    assert set(pages.values()) == {2}, pages
    assert read_pdf(print_document(build_departement(vue, DEPARTEMENT))).pages == 2


def test_un_quartier_dont_on_attend_tout_tient_en_deux_pages_et_nomme_chacun(vue: Vue) -> None:
    """Twenty declarants: those who owe one action share a line, none is left out."""
    muet = Vue(vue.dossier, date(2025, 1, 1), CONNU_LE)
    attendus = build_page(muet, TILLEULS).attendus
    assert len(attendus) > ATTENDUS_MONTRES
    lu = read_pdf(print_document(build_quartier(muet, TILLEULS)))
    assert lu.pages == 2
    for nom, _nombre in attendus:
        assert flatten(nom) in lu.texte
    # The grouped line is there, and only when there are many.
    groupe = flatten("Une action à renseigner chacun")
    assert groupe in lu.texte
    assert len(build_page(vue, TILLEULS).attendus) <= ATTENDUS_MONTRES
    assert groupe not in read_pdf(print_document(build_quartier(vue, TILLEULS))).texte


def test_le_quartier_imprime_porte_tous_les_nombres_de_sa_page(vue: Vue) -> None:
    """Row by row, in the order of the annex: value, detail, date, target, deadline."""
    for code in (TILLEULS, "QC-FICTIF-FONTAINE"):
        page = build_page(vue, code)
        texte = read_pdf(print_document(build_quartier(vue, code))).texte
        assert flatten(f"{page.phrase.forte} {page.phrase.suite}") in texte
        for famille in page.familles:
            assert flatten(f"{famille.libelle} : {famille.total}") in texte
        place = texte.index(flatten("ActionValeurCible"))
        for action in (a for e in page.engagements for a in e.actions):
            ligne = action.principal
            drapeaux = f"({action.drapeaux})" if action.drapeaux else ""
            detail = f",{ligne.chiffre.detail}" if ligne.chiffre.detail else ""
            jour = format_date_courte(ligne.chiffre.date) if ligne.chiffre.date else ""
            echeance = "" if ligne.echeance == INCONNU else ligne.echeance
            morceaux = (action.numero, action.libelle, drapeaux, ligne.chiffre.texte, detail, jour, ligne.cible, echeance)  # fmt: skip
            trouve = texte.find(flatten("".join(morceaux)), place)
            assert trouve >= 0, (code, morceaux)
            place = trouve


def test_l_inconnu_est_un_tiret_jamais_zero(vue: Vue) -> None:
    donnees = build_quartier(vue, "QC-FICTIF-FONTAINE").donnees
    actions = [a for e in donnees["engagements"] for a in e["actions"]]
    inconnues = [a for a in actions if a["signe"]["code"] == "non_renseigne"]
    assert inconnues
    assert {a["valeur"] for a in inconnues} == {INCONNU}
    assert {a["date"] for a in inconnues} == {""}


def test_le_departement_imprime_porte_sa_matrice_et_ses_defauts(vue: Vue) -> None:
    quartiers = [compose_vue(vue, code) for code in vue.list_attendus_de(DEPARTEMENT)]
    page = build_page_departement(
        compose_vue(vue, DEPARTEMENT), quartiers, vue.territoires, SANS_ADRESSES
    )
    texte = read_pdf(print_document(build_departement(vue, DEPARTEMENT))).texte
    assert flatten(page.phrase.forte) in texte
    assert len(page.defauts) > 5
    for d in page.defauts:
        assert flatten(f"{d.lieu} : {d.numero} {d.action}") in texte
        assert flatten(f"{d.depuis}. {tidy(d.raison)}") in texte
    for rangee in page.rangees:
        cases = "".join(f"{ABREGES[c.statut]}{c.renseignes}/{c.applicables}" for c in rangee.cases)
        couverture = rangee.couverture
        assert flatten(f"{rangee.nom}{rangee.communes}{cases}{couverture}") in texte
    for engagement in page.engagements:
        assert flatten(f"{engagement.numero}.{engagement.libelle}{engagement.phrase}") in texte


def test_la_preuve_imprimee_dit_la_regle_les_faits_et_leur_ligne(vue: Vue) -> None:
    document = build_preuve_de(vue, TILLEULS)
    texte = read_pdf(print_document(document)).texte
    d = document.donnees
    assert d["retenus"]
    assert d["regles"]
    assert any("ligne" in fait["origine"] for fait in d["retenus"])
    dits = [d["officiel"], d["raison"], d["cible"], d["echeance"], d["perime_le"], d["pied"]]
    dits += [f"{r['mot']} : {r['texte']}" for r in d["regles"]]
    dits += [f["texte"] + f["origine"] for f in (*d["retenus"], *d["ecartes"])]
    dits += [c["condition"] + c["signe"]["mot"] for c in d["conditions"]]
    dits += [s["jour"] + s["signe"]["mot"] + s["appris"] for s in d["savoirs"]]
    dits += [champ[0] + champ[1] for source in d["sources"] for champ in source["champs"]]
    assert [mot for mot in dits if flatten(mot) not in texte] == []
    assert [r["ici"] for r in d["regles"]].count(True) == 1


def test_les_mots_de_l_annexe_ont_leur_police(vue: Vue) -> None:
    polices = {
        nom: read_pdf(print_document(build(vue))).polices for nom, build in DOCUMENTS.items()
    }
    assert any("Serif" in police for police in polices["preuve"])
    assert not any("Serif" in police for police in polices["quartier"])


HOSTILE = (
    r"#panic() $x$ *gras* _it_ `code` <etiquette> @ref \ // /* = titre [a] {b} ~ -- ''' \u{41}"
)


@pytest.mark.parametrize("nom", DOCUMENTS)
def test_un_texte_hostile_est_imprime_tel_quel(vue: Vue, nom: str) -> None:
    """Markup of typst in every text of a document: all of it is printed, none of it is obeyed."""
    document = DOCUMENTS[nom](vue)
    titre = "question" if nom.startswith("preuve") else "nom"
    donnees = {**document.donnees, titre: HOSTILE, "pied": HOSTILE}
    lu = read_pdf(print_document(replace(document, donnees=donnees)))
    assert lu.texte.count(flatten(HOSTILE)) >= 2


def test_un_nom_de_douze_lignes_reste_entier(vue: Vue) -> None:
    document = build_quartier(vue, TILLEULS)
    nom = " ".join(f"Résidence des Très-Grands-Peupliers numéro {n}," for n in range(26))
    lu = read_pdf(print_document(replace(document, donnees={**document.donnees, "nom": nom})))
    assert flatten(nom) in lu.texte
    assert lu.pages == 2


def test_un_mot_sans_fin_et_un_signe_inconnu_ne_cassent_rien(vue: Vue) -> None:
    document = build_departement(vue, DEPARTEMENT)
    rangees = [dict(r) for r in document.donnees["rangees"]]
    rangees[0]["nom"] = "Z" * 150
    rangees[1]["nom"] = "Cité 漢字 \U0001f600 \x07\x00 fin"
    lu = read_pdf(
        print_document(replace(document, donnees={**document.donnees, "rangees": rangees}))
    )
    assert "Z" * 150 in lu.texte
    assert "Cité????" in lu.texte
