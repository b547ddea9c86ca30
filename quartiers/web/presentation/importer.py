"""A trial as its page shows it: five counts, what would change, the lines by fate, those that moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from quartiers.core.essai_d_import import (
    ECRITES,
    EffetDImport,
    EssaiDImport,
    LigneEssayee,
    Risque,
    SortDeLigne,
)
from quartiers.core.statut import Statut
from quartiers.core.temps import PARIS
from quartiers.core.vue import Vue
from quartiers.reports.presentation.nombre import Decompte, Ordre
from quartiers.reports.typographie import format_date_courte, format_heure
from quartiers.storage.models import EssaiDImport as EssaiGarde
from quartiers.storage.models import SuiteDEssai

MONTREES = 20
"""Lines of one fate on the page of a trial; a link shows the others."""
TOUTES_MAX = 1_000
EFFETS_MAX = 40
ANCRES = {
    SortDeLigne.REFUSEE: "refusees",
    SortDeLigne.CORRIGEE: "corrigees",
    SortDeLigne.NOUVELLE: "nouvelles",
    SortDeLigne.RETIREE: "retirees",
    SortDeLigne.INCHANGEE: "inchangees",
}
"""In the order in which the page shows them: what must be read first."""
COMPTES = (
    SortDeLigne.NOUVELLE,
    SortDeLigne.CORRIGEE,
    SortDeLigne.RETIREE,
    SortDeLigne.INCHANGEE,
    SortDeLigne.REFUSEE,
)


@dataclass(frozen=True, slots=True)
class LigneMontree:
    """A line of a trial, as its row shows it."""

    numero: Ordre
    quoi: str
    avant: str
    apres: str
    colonne: str
    lu: str
    raison: str


@dataclass(frozen=True, slots=True)
class SectionDEssai:
    """The lines of one fate: how many, those shown, how many are not."""

    ancre: str
    titre: str
    nombre: Decompte
    lignes: tuple[LigneMontree, ...]
    reste: Decompte


@dataclass(frozen=True, slots=True)
class EffetMontre:
    """A statut that would change, and where its figure is proved; no link where the account may not go."""

    libelle: str
    ou: str
    avant: Statut
    apres: Statut
    preuve: str


@dataclass(frozen=True, slots=True)
class BougeeMontree:
    """A line that is not what it was in the trial before."""

    numero: Ordre
    quoi: str
    avant: str
    apres: str


@dataclass(frozen=True, slots=True)
class PageDEssai:
    """All that the page of a trial shows. `effets` None: they are not known before it is applied."""

    lues: Decompte
    ecrites: Decompte
    inchangees: Decompte
    refusees: Decompte
    comptes: tuple[tuple[str, Decompte, str], ...]
    sections: tuple[SectionDEssai, ...]
    dix_fois: tuple[LigneMontree, ...]
    retraits: Decompte
    effets: tuple[EffetMontre, ...] | None
    effets_en_tout: Decompte
    quartiers: Decompte


@dataclass(frozen=True, slots=True)
class ImportMontre:
    """A trial in the list of one's own: when, how many lines, what became of it."""

    numero: str
    nom: str
    quand: str
    dit: str
    is_retirable: bool


def build_page(
    essai: EssaiDImport, vue: Vue, link_preuve: Callable[[str, str], str], voir: str = ""
) -> PageDEssai:
    """`voir`: the fate whose lines are all asked for."""
    comptes = essai.comptes
    effets = essai.effets
    return PageDEssai(
        lues=Decompte(len(essai.lignes)),
        ecrites=Decompte(essai.ecrites),
        inchangees=Decompte(comptes[SortDeLigne.INCHANGEE]),
        refusees=Decompte(comptes[SortDeLigne.REFUSEE]),
        comptes=tuple((ANCRES[s], Decompte(comptes[s]), write_mot(s, comptes[s])) for s in COMPTES),
        sections=tuple(build_section(essai, sort, voir) for sort in ANCRES if comptes[sort]),
        dix_fois=tuple(map(show_ligne, essai.list_risquees(Risque.DIX_FOIS))),
        retraits=Decompte(len(essai.list_risquees(Risque.RETRAIT))),
        effets=None
        if effets is None
        else tuple(show_effet(effet, vue, link_preuve) for effet in effets[:EFFETS_MAX]),
        effets_en_tout=Decompte(len(effets or ())),
        quartiers=Decompte(len({effet.territoire for effet in effets or ()})),
    )


def build_section(essai: EssaiDImport, sort: SortDeLigne, voir: str) -> SectionDEssai:
    """The first lines of a fate, or all those that a page may hold."""
    lignes = essai.list_du_sort(sort)
    montrees = lignes[: TOUTES_MAX if voir == ANCRES[sort] else MONTREES]
    if sort is SortDeLigne.INCHANGEE and voir != ANCRES[sort]:
        montrees = []
    return SectionDEssai(
        ANCRES[sort],
        write_mot(sort, 2).capitalize(),
        Decompte(len(lignes)),
        tuple(map(show_ligne, montrees)),
        Decompte(len(lignes) - len(montrees)),
    )


def write_mot(sort: SortDeLigne, nombre: int) -> str:
    """« corrigée », « corrigées »."""
    return f"{sort.value}{'s' if nombre > 1 else ''}"


def show_ligne(ligne: LigneEssayee) -> LigneMontree:
    """As its row shows it."""
    return LigneMontree(
        Ordre(ligne.ligne),
        ligne.quoi,
        ligne.avant,
        ligne.apres,
        ligne.colonne,
        ligne.lu,
        ligne.raison,
    )


def show_effet(
    effet: EffetDImport, vue: Vue, link_preuve: Callable[[str, str], str]
) -> EffetMontre:
    """Under the names that people know."""
    indicateur = vue.dossier.referentiel.get_indicateur(effet.indicateur)
    territoire = vue.territoires.get(effet.territoire)
    return EffetMontre(
        effet.indicateur if indicateur is None else indicateur.libelle,
        effet.territoire if territoire is None else territoire.nom,
        Statut(effet.avant),
        Statut(effet.apres),
        link_preuve(effet.territoire, effet.indicateur),
    )


def list_bougees(
    bougees: Iterable[tuple[LigneEssayee, LigneEssayee | None]],
) -> tuple[BougeeMontree, ...]:
    """Each with its two fates in words."""
    return tuple(
        BougeeMontree(
            Ordre(ligne.ligne),
            ligne.quoi or (avant.quoi if avant else ""),
            say_sort(avant) if avant else "absente",
            say_sort(ligne),
        )
        for ligne, avant in bougees
    )


def say_sort(ligne: LigneEssayee) -> str:
    """« corrigée : 3 → 4 »."""
    if ligne.sort is SortDeLigne.REFUSEE:
        return f"{ligne.sort.value}\u00a0: {ligne.raison}"
    if ligne.sort not in ECRITES:
        return ligne.sort.value
    dits = [mot for mot in (ligne.avant, ligne.apres) if mot]
    return f"{ligne.sort.value}\u00a0: {' → '.join(dits)}"


def show_imports(
    gardes: Sequence[EssaiGarde], is_retirable: Callable[[str], bool]
) -> list[ImportMontre]:
    """The trials of an account, the last first."""
    return [show_import(garde, is_retirable) for garde in gardes]


def show_import(garde: EssaiGarde, is_retirable: Callable[[str], bool]) -> ImportMontre:
    """When it was applied or tried, and what became of it."""
    suites = {suite.nature: suite for suite in garde.suites.all()}
    appliquee = suites.get(SuiteDEssai.Nature.APPLIQUE)
    retiree = suites.get(SuiteDEssai.Nature.RETIRE)
    lignes = sum(garde.comptes.values())
    dits = [f"{lignes} ligne{'s' if lignes > 1 else ''}"]
    if retiree is not None:
        quand = format_date_courte(retiree.ecriture.connu_le)
        dits.append(f"retiré le {quand}\u00a0: «\u00a0{retiree.motif}\u00a0»")
    elif appliquee is not None:
        dits.append("appliqué")
    else:
        dits.append("pas encore appliqué" if lignes else "impossible à lire")
    moment = garde.fait_le if appliquee is None else appliquee.ecriture.saisi_le
    return ImportMontre(
        str(garde.pk),
        garde.nom,
        say_moment(moment),
        ", ".join(dits),
        is_retirable=appliquee is not None and retiree is None and is_retirable(garde.genre),
    )


def say_moment(moment: datetime) -> str:
    """« 12 sept. 2026, 14 h 02 »."""
    return f"{format_date_courte(moment.astimezone(PARIS).date())}, {format_heure(moment)}"
