"""The proof of one figure: why this statut, on which line of which source, and what would change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from quartiers.core.constat import Constat, ConstatRemonte
from quartiers.core.contestation import Contestation
from quartiers.core.droits import PARTENAIRES, Sujet, Verbe
from quartiers.core.explication import Explication, explain_constat
from quartiers.core.fait import Releve
from quartiers.core.faits_tus import list_dits, silence_explication
from quartiers.core.referentiel import Indicateur
from quartiers.core.registre import EnregistrementRetenu
from quartiers.core.territoire import Genre, Niveau
from quartiers.core.vue import Vue
from quartiers.reports.presentation.faits import Nommer
from quartiers.reports.presentation.pieces import get_entree, list_faits_derriere
from quartiers.reports.presentation.preuve import build_page_preuve
from quartiers.reports.presentation.preuve_remontee import build_page_remontee
from quartiers.reports.presentation.renvoi import build_renvoi
from quartiers.reports.presentation.situation import build_situation
from quartiers.usecases.charger_auteurs import load_auteurs
from quartiers.usecases.charger_carte import has_lieux
from quartiers.usecases.charger_pieces import find_prouves, list_faits, load_pieces
from quartiers.usecases.lire_faits import build_is_tu
from quartiers.usecases.lire_piece import can_read
from quartiers.usecases.lister_contestations import ContestationOuverte, hide, load_contestations_de
from quartiers.usecases.nommer import build_nommer_source
from quartiers.web.adresses import get_adresse, get_adresse_piece, get_adresse_preuve
from quartiers.web.consultation import (
    build_regle,
    get_droits,
    get_territoire,
    list_fil,
    open_vue,
)
from quartiers.web.lieu_de_contestation import link_contester
from quartiers.web.lieu_de_saisie import link_declarer
from quartiers.web.page import render_page, with_regard
from quartiers.web.pages.carte import build_contexte_carte
from quartiers.web.presentation.auteurs import write_auteur
from quartiers.web.presentation.contestation import show_contestation
from quartiers.web.regard import Regard
from quartiers.web.regles_ecrites import THEME_DU_GENRE


@require_safe
@with_regard
def show_preuve(request: HttpRequest, regard: Regard, code: str, indicateur: str) -> HttpResponse:
    """One indicateur in one territoire; an indicateur that is not shown there is the same 404."""
    vue = open_vue(request, regard)
    territoire = get_territoire(request, vue, code, frozenset(Genre))
    voulu = vue.dossier.referentiel.get_indicateur(indicateur)
    explication = None if voulu is None else explain_constat(vue, voulu, code)
    if voulu is None or explication is None:
        raise Http404
    is_tu = build_is_tu(get_droits(request), code, list_dits(explication))
    explication = silence_explication(explication, is_tu)
    constat = explication.constat
    propre = constat if isinstance(constat, Constat) else constat.propre
    contexte = {
        "territoire": territoire,
        "adresse": get_adresse(territoire, regard),
        "fil": list_fil(request, vue, territoire, regard),
        "page_fille": True,
        "renvoi": build_renvoi(
            vue,
            code,
            build_regle(request),
            lambda tenant: get_adresse_preuve(tenant.code, indicateur, regard),
            is_compte=False,
        ),
        "situation": build_situation(
            vue, territoire, voulu, partial(get_adresse_preuve, code, regard=regard)
        ),
        "indicateur": voulu,
        "declarer": link_declarer(request, territoire, (voulu,), regard).get(voulu.code, ""),
        "declarants": [
            vue.dossier.referentiel.get_libelle("declarant", d) for d in voulu.saisissants
        ],
        "version": vue.donnees_version,
    }
    if isinstance(constat, ConstatRemonte) and propre is None:
        return render_remontee(request, regard, vue, constat, contexte)
    assert propre is not None  # noqa: S101 - a Constat, or the constat of its own level
    return render_constat(request, regard, vue, explication, propre, code, contexte)


def render_constat(
    request: HttpRequest,
    regard: Regard,
    vue: Vue,
    explication: Explication,
    constat: Constat,
    code: str,
    contexte: dict[str, object],
) -> HttpResponse:
    """The proof of a figure of one territoire."""

    def link_au(jour: date) -> str:
        """The page as it was on that day: neither its facts nor our knowledge go beyond."""
        alors = min(jour, regard.vu_le)
        dites = (("vu_le", alors.isoformat()), ("connu_le", jour.isoformat()))
        alors_vu = replace(regard, dites=dites)
        return get_adresse_preuve(code, constat.indicateur.code, alors_vu)

    referentiel = vue.dossier.referentiel
    nommer_source = build_nommer_source(vue.connu_le)
    nommer = Nommer(nommer_source, partial(referentiel.get_libelle, "declarant"))
    pieces = load_pieces(
        list_faits(explication),
        vue.connu_le,
        partial(can_read, get_droits(request)),
        get_adresse_piece,
    )
    auteurs = list_auteurs(request, constat, code)
    contestees = load_contestations(request, vue, constat, code)
    page = build_page_preuve(
        explication, constat, link_au, nommer, vue.vu_le, pieces, find_proposee(contestees)
    )
    carte: dict[str, object] = {"carte": None}
    if has_lieux(constat.indicateur) and vue.territoires[code].niveau is Niveau.QUARTIER:
        carte = build_contexte_carte(vue, vue.territoires[code], regard, (constat.indicateur,))
    porteurs = [(vue.territoires[p], statut) for p, statut in constat.porteurs]
    porteur = vue.territoires[explication.porteur] if explication.porteur != code else None
    return render_page(
        request,
        "web/preuve.html",
        {
            **contexte,
            **carte,
            "page": page,
            "auteurs": auteurs,
            "contestations": [
                show_contestation(constat.indicateur, connue, lue, vue.connu_le, nommer_source)
                for connue, lue in contestees
            ],
            "contester": link_contester(request, vue.territoires[code], constat, regard),
            "porteur": porteur,
            "porteurs": porteurs,
            "theme": THEME_DU_GENRE[constat.indicateur.genre],
        },
        regard=regard,
    )


def load_contestations(
    request: HttpRequest, vue: Vue, constat: Constat, code: str
) -> list[tuple[Contestation, ContestationOuverte | None]]:
    """The open ones, then the last that was decided; each with what the reader may read of it, if anything."""
    if constat.territoire != code:
        return []
    toutes = vue.dossier.contestations.get((constat.indicateur.code, code), ())
    ouvertes = vue.list_contestations(constat.indicateur, code)
    connues = [c for c in (c.read_at(vue.connu_le) for c in toutes) if c is not None]
    tranchees = [c for c in connues if c.tranchee_le is not None]
    montrees = [*ouvertes, *tranchees[-1:]]
    droits = get_droits(request)
    lues = load_contestations_de(droits, [c.numero for c in montrees])
    lisibles = {
        numero: None if lue is None else hide(lue, droits, constat.indicateur, vue)
        for numero, lue in lues.items()
    }
    return [(connue, lisibles[connue.numero]) for connue in montrees]


def find_proposee(
    contestees: Sequence[tuple[Contestation, ContestationOuverte | None]],
) -> Fraction | None:
    """The value that the first open contest proposes, for a reader who may read it."""
    dites = [lue.proposee for c, lue in contestees if lue is not None and c.tranchee_le is None]
    return next((dite for dite in dites if dite is not None), None)


def list_auteurs(request: HttpRequest, constat: Constat, code: str) -> list[str]:
    """Who said what is retained and who judged it, in words; for who may judge there."""
    sujet = Sujet("releve", (code,), visibilite=PARTENAIRES)
    if not get_droits(request).can(Verbe.VALIDER, sujet):
        return []
    auteurs = load_auteurs(constat.faits)
    jours = {
        get_entree(f): f.date for f in constat.faits if isinstance(f, Releve | EnregistrementRetenu)
    }
    return [
        write_auteur(jours[entree], auteur)
        for entree, auteur in sorted(auteurs.items())
        if entree in jours
    ]


def render_remontee(
    request: HttpRequest,
    regard: Regard,
    vue: Vue,
    constat: ConstatRemonte,
    contexte: dict[str, object],
) -> HttpResponse:
    """The proof of a figure made of others: the list of what it is made of."""
    can_see = build_regle(request)

    def link(code: str, indicateur: Indicateur) -> str:
        return get_adresse_preuve(code, indicateur.code, regard) if can_see(code) else ""

    prouves = find_prouves(list_faits_derriere(constat), vue.connu_le)
    page = build_page_remontee(constat, vue.territoires, link, prouves)
    return render_page(
        request, "web/preuve_remontee.html", {**contexte, "page": page}, regard=regard
    )
