"""The threshold that holds for each state: a line of a plan, else the référentiel's own target (L-19 to L-22)."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from quartiers.core.colonnes.cadre import (
    AU_MOINS,
    JALON,
    NATIONAL,
    SANS_ETAPE,
    SUIVI,
    Cadre,
)
from quartiers.core.colonnes.cibles import ColonnesCibles
from quartiers.core.colonnes.etats import RelevesVus
from quartiers.core.colonnes.jour import JAMAIS, SANS_JOUR
from quartiers.core.colonnes.nombre import SANS_VALEUR, Jours, Masque, Micros, Octets, Places, Rangs

LIGNE_DU_REFERENTIEL = -2  # the référentiel's own target, where a line number is expected
SANS_CIBLE = -1
LIGNE_ILLISIBLE = -3  # a line of a plan, in a cell that was computed plainly


@dataclass(frozen=True, slots=True)
class SeuilsEnColonnes:
    """One target per line: `ligne` of ColonnesCibles, LIGNE_DU_REFERENTIEL or SANS_CIBLE.

    `seuil` is SANS_VALEUR while a base is unknown; `base` is SANS_VALEUR, `depart` SANS_JOUR when not given.
    """

    ligne: Places
    operateur: Octets
    seuil: Micros
    echeance: Jours
    base: Micros
    depart: Jours
    is_redatee: Masque

    def take(self, places: Places | Masque) -> SeuilsEnColonnes:
        """Some of the targets."""
        return SeuilsEnColonnes(*(getattr(self, champ.name)[places] for champ in fields(self)))


@dataclass(frozen=True, slots=True)
class CiblesEnVigueur:
    """The lines that hold at two dates, ready to be looked up by cell.

    `place` gives, for each cell, its group of versions (-1: none), jalons apart; `ligne` the line in force of a group.
    `jalons`: groups in force of jalons, sorted by cell and step.
    """

    cadre: Cadre
    cibles: ColonnesCibles
    place: Rangs
    ligne: Places
    is_redatee: Masque
    jalons: Places


def read_en_vigueur(cadre: Cadre, cibles: ColonnesCibles, regard: RelevesVus) -> CiblesEnVigueur:
    """Which target lines hold (L-19)."""
    admises, lignes = cibles.list_en_vigueur(regard.vu, regard.connu)
    vivantes = np.flatnonzero(lignes >= 0)
    genre = cadre.regles.genre[cadre.get_indicateurs(cibles.cellules)[vivantes]]
    autres = vivantes[(genre != JALON) & (genre != SUIVI)]
    place = np.full(cadre.cellules, -1, np.int32)
    place[cibles.cellules[autres]] = autres
    redatees = cibles.list_redatees(admises, lignes)
    return CiblesEnVigueur(cadre, cibles, place, lignes, redatees, vivantes[genre == JALON])


def resolve_seuils(en_vigueur: CiblesEnVigueur, cellules: Places) -> SeuilsEnColonnes:
    """The target in force of each cell, jalons apart; « more than last year » has no threshold yet."""
    cadre, cibles = en_vigueur.cadre, en_vigueur.cibles
    nombre = len(cellules)
    seuils = SeuilsEnColonnes(
        ligne=np.full(nombre, SANS_CIBLE, np.int64),
        operateur=np.full(nombre, AU_MOINS, np.int8),
        seuil=np.full(nombre, SANS_VALEUR, np.int64),
        echeance=np.full(nombre, JAMAIS, np.int32),
        base=np.full(nombre, SANS_VALEUR, np.int64),
        depart=np.full(nombre, SANS_JOUR, np.int32),
        is_redatee=np.zeros(nombre, bool),
    )
    _fill_entrees(cadre, cellules, seuils)
    groupe = en_vigueur.place[cellules]
    portees = np.flatnonzero(groupe >= 0)
    if portees.size:
        groupe = groupe[portees]
        ligne = en_vigueur.ligne[groupe]
        seuils.ligne[portees] = ligne
        seuils.operateur[portees] = cibles.operateur[ligne]
        seuils.seuil[portees] = cibles.valeur[ligne]
        seuils.echeance[portees] = cibles.echeance[ligne]
        seuils.base[portees] = cibles.base[ligne]
        base_date = cibles.base_date[ligne]
        seuils.depart[portees] = np.where(base_date != SANS_JOUR, base_date, cibles.effet[ligne])
        seuils.is_redatee[portees] = en_vigueur.is_redatee[groupe]
    return seuils


def _fill_entrees(cadre: Cadre, cellules: Places, seuils: SeuilsEnColonnes) -> None:
    """The référentiel's own target, in the run of cells of each indicateur that has one."""
    regles, bornes = cadre.regles, cadre.list_bornes(cellules)
    for numero in np.flatnonzero(regles.has_entree & (regles.genre != SUIVI)):
        debut, fin = bornes[numero], bornes[numero + 1]
        if regles.genre[numero] == NATIONAL:  # holds for the nation alone (L-30)
            cellule = numero * len(cadre.codes) + cadre.nation
            debut = np.searchsorted(cellules, cellule)
            fin = np.searchsorted(cellules, cellule, side="right") if cadre.nation >= 0 else debut
        seuils.ligne[debut:fin] = LIGNE_DU_REFERENTIEL
        seuils.operateur[debut:fin] = regles.operateur[numero]
        seuils.echeance[debut:fin] = regles.echeance[numero]
        if not regles.is_relative[numero]:
            seuils.seuil[debut:fin] = regles.seuil[numero]


@dataclass(frozen=True, slots=True)
class Etapes:
    """Planned steps of some cells: target step (SANS_ETAPE: none) with its date, and what replaces it.

    `has_plan`: a line of a plan is in force. `groupe`, `debut`, `fin`: the planned steps of each cell among
    `CiblesEnVigueur.jalons`; `propre`, `propre_le`: the référentiel's own step, where no line sets it.
    """

    cible: Places
    ligne: Places
    echeance: Jours
    is_redatee: Masque
    has_plan: Masque
    debut: Places
    fin: Places
    propre: Places
    propre_le: Jours


def plan_etapes(en_vigueur: CiblesEnVigueur, cellules: Places) -> Etapes:
    """Each step's line in force, and the référentiel's own step where no line sets it (L-20)."""
    cadre, cibles, jalons = en_vigueur.cadre, en_vigueur.cibles, en_vigueur.jalons
    debut = np.searchsorted(cibles.cellules[jalons], cellules, side="left")
    fin = np.searchsorted(cibles.cellules[jalons], cellules, side="right")
    has_plan = fin > debut
    propre = cadre.list_etapes_propres(cellules)
    propre_le = cadre.regles.echeance[cadre.get_indicateurs(cellules)]
    haute = np.full(len(cellules), SANS_ETAPE, np.int64)
    ligne = np.where(propre >= 0, LIGNE_DU_REFERENTIEL, SANS_CIBLE)
    echeance = np.where(propre >= 0, propre_le, np.int32(JAMAIS))
    is_redatee = np.zeros(len(cellules), bool)
    if jalons.size:
        derniers = jalons[np.maximum(fin - 1, 0)]
        haute = np.where(has_plan, cibles.etapes[derniers], SANS_ETAPE)
        propre = np.where(_is_portee(en_vigueur, debut, fin, propre), SANS_ETAPE, propre)
        par_plan = haute > propre
        ligne = np.where(par_plan, en_vigueur.ligne[derniers], ligne)
        echeance = np.where(par_plan, cibles.echeance[en_vigueur.ligne[derniers]], echeance)
        is_redatee = par_plan & en_vigueur.is_redatee[derniers]
    return Etapes(
        cible=np.maximum(haute, propre),
        ligne=ligne,
        echeance=echeance.astype(np.int32),
        is_redatee=is_redatee,
        has_plan=has_plan,
        debut=debut,
        fin=fin,
        propre=propre,
        propre_le=propre_le,
    )


def _is_portee(en_vigueur: CiblesEnVigueur, debut: Places, fin: Places, propre: Places) -> Masque:
    """A line already sets the référentiel's own step."""
    _, cellule, etape = _spread(en_vigueur, debut, fin)
    portee = np.zeros(len(debut), bool)
    portee[cellule[etape == propre[cellule]]] = True
    return portee


def find_prochaines_dates(en_vigueur: CiblesEnVigueur, etapes: Etapes, pas: Places) -> Jours:
    """Planned date of the lowest step above `pas` that has one, JAMAIS without."""
    propre = (etapes.propre > pas) & (etapes.propre_le != JAMAIS)
    basse = np.where(propre, etapes.propre, np.iinfo(np.int64).max)
    prochaine = np.where(propre, etapes.propre_le, np.int32(JAMAIS))
    groupe, cellule, etape = _spread(en_vigueur, etapes.debut, etapes.fin)
    date = (
        en_vigueur.cibles.echeance[en_vigueur.ligne[groupe]]
        if groupe.size
        else np.empty(0, np.int32)
    )
    admises = np.flatnonzero((etape > pas[cellule]) & (date != JAMAIS))[::-1]
    premiere = np.full(len(pas), -1, np.int64)
    premiere[cellule[admises]] = (
        admises  # the last one written is the first of its cell, hence the lowest step
    )
    plus_basse = np.flatnonzero(premiere >= 0)
    plus_basse = plus_basse[etape[premiere[plus_basse]] < basse[plus_basse]]
    prochaine[plus_basse] = date[premiere[plus_basse]]
    return prochaine


def _spread(
    en_vigueur: CiblesEnVigueur, debut: Places, fin: Places
) -> tuple[Places, Places, Places]:
    """Every planned step of the cells: its group, the rank of its cell, the step."""
    tailles = fin - debut
    cellule = np.repeat(np.arange(len(debut)), tailles)
    rang = np.arange(len(cellule)) - np.repeat(np.cumsum(tailles) - tailles, tailles)
    groupe = en_vigueur.jalons[debut[cellule] + rang]
    return groupe, cellule, en_vigueur.cibles.etapes[groupe].astype(np.int64)
