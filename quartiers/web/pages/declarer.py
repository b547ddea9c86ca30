"""« Déclarer »: one screen, one number to type; what is said changes the statut at once, and waits for a second person."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quartiers.core.anomalie import DonneesRefusees
from quartiers.core.dix_fois import find_derniere
from quartiers.core.saisie_de_genre import list_genres_a_dire
from quartiers.pieces.piece import PieceRefusee
from quartiers.reports.presentation.chiffre import write_valeur
from quartiers.reports.presentation.situation import build_situation
from quartiers.usecases.declarer import COMMENTAIRE_MAX, Conflit, declare_releve
from quartiers.usecases.lister_attentes import RELEVE
from quartiers.usecases.nommer import build_nommer_source
from quartiers.usecases.preparer import Recu
from quartiers.usecases.releve_lu import ReleveLu
from quartiers.usecases.relire_declaration import find_ajoutee
from quartiers.web.adresses import get_adresse, get_adresse_preuve
from quartiers.web.brouillons import (
    describe_brouillon,
    follow_brouillon,
    is_a_garder,
    keep_fichier,
    read_brouillon,
)
from quartiers.web.consultation import list_fil
from quartiers.web.lieu_de_saisie import LieuDeSaisie, find_lieu
from quartiers.web.page import render_page
from quartiers.web.portes import get_adresse_de_brouillon, keeping_envoi
from quartiers.web.presentation.declarer import build_page_declarer
from quartiers.web.preuves_envoyees import read_pieces
from quartiers.web.question_personnelle import CHAMP, ask_personnelles
from quartiers.web.saisie_de_releve import CHAMPS, SaisieDeReleve

DEJA = "C’est déjà ce qui est dit de ce jour-là, par vous\u00a0: rien n’est ajouté."

LIBRES = {"commentaire": "Précision"}


@keeping_envoi
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest, code: str, indicateur: str) -> HttpResponse:
    """The form, then what was declared; a refusal gives back all that was typed, with the reason above its field."""
    lieu = find_lieu(request, code, indicateur)
    if request.method != "POST":
        return show_formulaire(request, lieu, build_mots(request, lieu), {})
    if is_a_garder(request):
        return follow_brouillon(request, get_adresse_preuve(code, indicateur, lieu.regard))
    saisie = SaisieDeReleve.read(request)
    fautes = dict(saisie.list_fautes(lieu.indicateur)) | lieu.list_fautes(saisie.mots)
    dix_fois = saisie.find_dix_fois(find_derniere(lieu.vue, lieu.indicateur, code, lieu.source))
    personnelles = ask_personnelles(saisie.mots, LIBRES, saisie.mots[CHAMP])
    if fautes or dix_fois or personnelles:
        demandes = {"dix_fois": dix_fois, "personnelles": personnelles}
        return show_formulaire(request, lieu, saisie.mots, fautes, **demandes)
    try:
        recu = send(request, lieu, saisie)
    except PieceRefusee as refus:
        return show_formulaire(request, lieu, saisie.mots, {"preuve": str(refus)})
    except DonneesRefusees as refus:
        return show_formulaire(request, lieu, saisie.mots, list_refus(refus))
    except Conflit as conflit:
        return show_conflit(request, lieu, saisie, conflit)
    return follow(request, lieu, saisie, recu)


def send(request: HttpRequest, lieu: LieuDeSaisie, saisie: SaisieDeReleve) -> Recu:
    """One write, with its proofs. Raises what `declare_releve` does, and PieceRefusee."""
    return declare_releve(
        envoi=lieu.build_envoi(request),
        textes=saisie.build_textes(lieu.indicateur, lieu.territoire.code, lieu.source),
        vu=saisie.vu,
        pieces=read_pieces(request),
        brouillon=get_adresse_de_brouillon(request),
    )


def follow(
    request: HttpRequest, lieu: LieuDeSaisie, saisie: SaisieDeReleve, recu: Recu
) -> HttpResponse:
    """The page of what was declared; when nothing had to be added, the form says so."""
    if recu.numero is None:
        return show_formulaire(request, lieu, saisie.mots, {}, deja=DEJA)
    cle = find_ajoutee(RELEVE, recu.numero)
    if cle is None:  # only a proof was added to what was said already
        return HttpResponseRedirect(
            get_adresse_preuve(lieu.territoire.code, lieu.indicateur.code, lieu.regard)
        )
    return HttpResponseRedirect(reverse("declaration", args=[str(cle)]))


def build_mots(request: HttpRequest, lieu: LieuDeSaisie) -> dict[str, str]:
    """The form before anything is typed, today and nothing chosen; or its draft."""
    vides = dict.fromkeys(CHAMPS, "") | {"date": lieu.vue.vu_le.isoformat()}
    return {**vides, **read_brouillon(request)}


def list_refus(refus: DonneesRefusees) -> dict[str, str]:
    """The reasons of the reader, by field of the form."""
    fautes: dict[str, str] = {}
    for anomalie in refus.anomalies:
        dite = anomalie.complete()
        fautes.setdefault(dite.colonne or "valeur", dite.raison)
    return fautes


def show_formulaire(
    request: HttpRequest,
    lieu: LieuDeSaisie,
    mots: Mapping[str, str],
    fautes: Mapping[str, str],
    **autres: object,
) -> HttpResponse:
    """The form with what was typed; 422 when it was refused, so that no machine takes it for a success."""
    is_a_revoir = bool(fautes or autres.get("dix_fois") or autres.get("personnelles"))
    if is_a_revoir:
        keep_fichier(request)
    contexte = build_contexte(request, lieu) | autres
    page = build_page_declarer(lieu.vue, lieu.indicateur, lieu.territoire.code, lieu.source, mots)
    contexte |= {"page": page, "mots": mots, "fautes": fautes}
    contexte["commentaire_max"] = str(COMMENTAIRE_MAX)
    return render_page(request, "web/declarer.html", contexte, status=422 if is_a_revoir else 200)


def show_conflit(
    request: HttpRequest, lieu: LieuDeSaisie, saisie: SaisieDeReleve, conflit: Conflit
) -> HttpResponse:
    """Both values, and the choice to correct the one that is there: sent again, the form then looks at it."""
    keep_fichier(request)
    contexte = build_contexte(request, lieu)
    contexte |= {
        "voulue": write_dite(lieu, conflit.voulue),
        "connue": write_dite(lieu, conflit.connue),
        "mots": {"vu": str(conflit.rangee or ""), "constate": saisie.mots["constate"]},
        "fautes": {},
        "repris": [(nom, mot) for nom, mot in saisie.mots.items() if nom not in {"vu", "constate"}],
        "jour": conflit.voulue.date if isinstance(conflit.voulue, ReleveLu) else None,
    }
    return render_page(request, "web/declarer_conflit.html", contexte, status=409)


def write_dite(lieu: LieuDeSaisie, lu: object) -> str:
    """A value in words; a line withdrawn says nothing."""
    if not isinstance(lu, ReleveLu) or lu.is_retrait:
        return "rien"
    return write_valeur(lieu.indicateur, lu.dite)


def build_contexte(request: HttpRequest, lieu: LieuDeSaisie) -> dict[str, Any]:
    """What every page about a declaration says of its subject."""
    preuve = partial(get_adresse_preuve, lieu.territoire.code, regard=lieu.regard)
    situation = build_situation(lieu.vue, lieu.territoire, lieu.indicateur, preuve)
    genres = list_genres_a_dire(lieu.indicateur)
    return {
        "genres": [(dire.genre.LIBELLE, link_genre(lieu, dire.genre.GENRE)) for dire in genres],
        "territoire": lieu.territoire,
        "indicateur": lieu.indicateur,
        "adresse": get_adresse(lieu.territoire, lieu.regard),
        "preuve": preuve(lieu.indicateur.code),
        "fil": list_fil(request, lieu.vue, lieu.territoire, lieu.regard),
        "situation": situation,
        "source": build_nommer_source(lieu.vue.connu_le)(lieu.source),
        "declarants": [(str(d.compte), d.libelle) for d in lieu.declarants],
        **describe_brouillon(request),
    }


def link_genre(lieu: LieuDeSaisie, genre: str) -> str:
    """Where a thing of a kind is recorded; nothing when the account may record none here."""
    if not lieu.can_write(genre, (lieu.territoire.code,)):
        return ""
    return reverse("enregistrer", args=[lieu.territoire.code, lieu.indicateur.code, genre])
