"""The figure that a form contests, and by which mandat; what is shown of it, for who looks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from quartiers.core.constat import Constat
from quartiers.core.droits import MandatConfie
from quartiers.core.faits_tus import list_dits_de, silence_constat
from quartiers.core.referentiel import Indicateur
from quartiers.core.territoire import Genre, Territoire
from quartiers.core.vue import Vue
from quartiers.reports.presentation.chiffre import build_chiffre
from quartiers.reports.presentation.pieces import PieceMontree
from quartiers.reports.signes import write_drapeaux
from quartiers.storage.models import Mandat
from quartiers.usecases.charger_pieces import load_pieces
from quartiers.usecases.contester import find_affiche, find_mandat_de_contestation
from quartiers.usecases.lire_faits import build_is_tu
from quartiers.usecases.lire_piece import can_read
from quartiers.usecases.nommer import build_nommer_source
from quartiers.web.adresses import get_adresse_piece, get_adresse_preuve
from quartiers.web.consultation import (
    Devenu,
    PasEncoreConnu,
    get_droits,
    get_territoire,
    list_fil,
    open_vue,
)
from quartiers.web.horloge import read_moment_de_saisie
from quartiers.web.journal import note_refus
from quartiers.web.regard import Regard


@dataclass(frozen=True, slots=True)
class LieuDeContestation:
    """A figure as it is shown today, and the mandat by which it may be contested."""

    vue: Vue
    regard: Regard
    territoire: Territoire
    constat: Constat
    mandat: MandatConfie

    @property
    def indicateur(self) -> Indicateur:
        """What is measured."""
        return self.constat.indicateur

    @property
    def source(self) -> str:
        """In whose name it is contested."""
        return name_mandat(self.mandat)


def name_mandat(mandat: MandatConfie) -> str:
    """An organisme, else a function: never somebody."""
    return mandat.organisme or str(Mandat.Role(mandat.role).label)


def find_lieu_conteste(request: HttpRequest, code: str, indicateur: str) -> LieuDeContestation:
    """What the form is about. Missing, denied, or shown there from another territoire: the same 404."""
    regard = build_regard_du_jour()
    vue = open_vue(request, regard)
    try:
        territoire = get_territoire(request, vue, code, frozenset(Genre))
    except (PasEncoreConnu, Devenu):
        raise Http404 from None
    constat = find_affiche(vue, indicateur, code)
    if constat is None:
        raise Http404
    mandat = find_mandat_de_contestation(get_droits(request), constat.indicateur, territoire)
    if mandat is None:
        note_refus(request, code)
        raise Http404
    return LieuDeContestation(vue, regard, territoire, constat, mandat)


def build_regard_du_jour() -> Regard:
    """Today, with all that is known."""
    jour = read_moment_de_saisie().date()
    return Regard(jour, jour)


def link_contester(
    request: HttpRequest, territoire: Territoire, constat: Constat, regard: Regard
) -> str:
    """Where a figure is contested, for who may, when the page is that of today; nothing otherwise."""
    jour = read_moment_de_saisie().date()
    if (regard.vu_le, regard.connu_le) != (jour, jour) or constat.territoire != territoire.code:
        return ""
    if find_mandat_de_contestation(get_droits(request), constat.indicateur, territoire) is None:
        return ""
    return reverse("contester", args=[territoire.code, constat.indicateur.code])


def build_affiche(request: HttpRequest, vue: Vue, constat: Constat) -> dict[str, Any]:
    """What is shown of a figure beside what is said of it: nothing that its reader does not read elsewhere."""
    droits = get_droits(request)
    lu = silence_constat(constat, build_is_tu(droits, constat.territoire, list_dits_de(constat)))
    pieces = load_pieces(lu.faits, vue.connu_le, partial(can_read, droits), get_adresse_piece)
    montrees: dict[PieceMontree, None] = {p: None for siennes in pieces.values() for p in siennes}
    nommer = build_nommer_source(vue.connu_le)
    sources = sorted({nommer(f.preuve.source) for f in lu.faits if f.preuve.source})
    return {
        "chiffre": build_chiffre(lu, ""),
        "statut": lu.statut,
        "drapeaux": write_drapeaux(lu.drapeaux, lu.dernier_statut),
        "sources": sources,
        "pieces": list(montrees),
    }


def build_contexte_conteste(
    request: HttpRequest, vue: Vue, regard: Regard, territoire: Territoire, constat: Constat
) -> dict[str, Any]:
    """What every page about a contest says of its figure."""
    return {
        "territoire": territoire,
        "indicateur": constat.indicateur,
        "fil": list_fil(request, vue, territoire, regard),
        "preuve": get_adresse_preuve(territoire.code, constat.indicateur.code, regard),
        "affiche": build_affiche(request, vue, constat),
    }
