"""Columns in, constats out: the rules of evaluation.py applied to every cell at once.

Cells that columns cannot judge (few, counted) are handed one by one to the plain computation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from quartiers.core.colonnes.cadre import AU_MOINS, DOUBLEMENT, JALON, PRESENCE, Cadre
from quartiers.core.colonnes.colonnes import Colonnes
from quartiers.core.colonnes.constats import SANS_STATUT, ConstatsEnColonnes
from quartiers.core.colonnes.ecriture import write_constat
from quartiers.core.colonnes.etats import SANS_LIGNE
from quartiers.core.colonnes.jour import SANS_JOUR
from quartiers.core.colonnes.jugement import BITS, CODES, Course, judge
from quartiers.core.colonnes.lecture import Cas, Lecture, read_cas, take_etapes
from quartiers.core.colonnes.lot import RANGS
from quartiers.core.colonnes.nombre import (
    MICRO,
    SANS_VALEUR,
    Flottants,
    Jours,
    Masque,
    Octets,
    Places,
)
from quartiers.core.colonnes.serie import Marche, list_pertes, list_tardifs
from quartiers.core.colonnes.seuils import (
    CiblesEnVigueur,
    Etapes,
    find_prochaines_dates,
    plan_etapes,
    resolve_seuils,
)
from quartiers.core.contexte import DRAPEAUX_GARDES
from quartiers.core.evaluation import evaluate_constat
from quartiers.core.evaluation_jalon import RETARD_TOLERE_JOURS
from quartiers.core.statut import Drapeau, Statut

_CELLULES_PAR_BLOC = 300_000
_GARDES = np.uint16(sum(int(BITS[drapeau]) for drapeau in DRAPEAUX_GARDES))

# What the judgement of a trajectory adds, which a loss takes back.
_DE_COURSE = BITS[Drapeau.SANS_ECHEANCE] | BITS[Drapeau.BASE_INCONNUE]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """One verdict per case, before age is looked at."""

    statut: Octets
    ratio: Flottants
    drapeaux: NDArray[np.uint16]
    perdu_le: Jours

    @classmethod
    def build(cls, cas: Cas) -> Verdicts:
        """Nothing judged yet."""
        return cls(
            statut=np.full(len(cas), CODES[Statut.SANS_CIBLE], np.int8),
            ratio=np.full(len(cas), np.nan),
            drapeaux=cas.drapeaux
            | np.where(cas.seuils.is_redatee, BITS[Drapeau.REDATE], np.uint16(0)),
            perdu_le=np.full(len(cas), SANS_JOUR, np.int32),
        )


def evaluate_colonnes(colonnes: Colonnes, vu_le: dt.date, connu_le: dt.date) -> ConstatsEnColonnes:
    """The constat of every cell at (vu_le, connu_le), as Vue would give it, sums of the nation apart."""
    lecture = Lecture.build(colonnes, vu_le, connu_le)
    constats = ConstatsEnColonnes.build(colonnes.cadre, vu_le, connu_le)
    complexes, retenus = [colonnes.a_part], []
    for bornes in _list_blocs(colonnes.cadre):
        cas, etapes = read_cas(lecture, bornes)
        verdicts = _judge_cas(lecture, cas, etapes)
        _write_cas(constats, cas, verdicts)
        _write_cibles_sans_valeur(constats, lecture.en_vigueur, cas, bornes)
        complexes.append(cas.etats.cellule[cas.complexe])
        retenus.append(cas.etats.objets[(cas.etats.objets >= 0) & ~cas.complexe])
    couvertes = colonnes.sans_objets.list_couvertes(lecture.regard.vu, lecture.regard.connu)
    _apply_sans_objets(constats, couvertes)
    toutes = np.unique(np.concatenate(complexes))
    paires = _list_objets_comptes(lecture, retenus)
    paires += _write_complexes(constats, colonnes, toutes)
    cellules, numeros = (np.concatenate([p[rang] for p in paires]) for rang in (0, 1))
    tri = np.argsort(cellules, kind="stable")
    return replace(constats, complexes=toutes, objets=(cellules[tri], numeros[tri]))


def _list_objets_comptes(lecture: Lecture, retenus: list[Places]) -> list[tuple[Places, Places]]:
    """(cell, object) of what the retained states of objects count."""
    objets, comptes = lecture.colonnes.objets, lecture.objets.comptes
    groupes = objets.groupe_de_couple[comptes]
    gardes = np.isin(groupes, np.concatenate([np.empty(0, np.int64), *retenus]))
    return [(objets.groupes[groupes[gardes]] // RANGS, objets.numero[comptes[gardes]])]


def _write_complexes(
    constats: ConstatsEnColonnes, colonnes: Colonnes, cellules: Places
) -> list[tuple[Places, Places]]:
    """Cells that the plain computation judges; gives the (cell, object) that it counts."""
    comptes: list[tuple[int, int]] = []
    for cellule in cellules.tolist():
        contexte = colonnes.build_contexte(cellule, constats.vu_le, constats.connu_le)
        constat = evaluate_constat(contexte)
        write_constat(constats, cellule, constat)
        comptes += [(cellule, colonnes.numeros.get_objet(o)) for o in sorted(constat.objets)]
    colonne = np.array(comptes, np.int64).reshape(-1, 2).T
    return [(colonne[0], colonne[1])]


def _list_blocs(cadre: Cadre) -> Iterator[tuple[int, int]]:
    """Intervals of cells, whole indicateurs, so that the largest nation does not fill the memory with temporary columns."""
    pas = max(1, len(cadre.codes)) * max(1, _CELLULES_PAR_BLOC // max(1, len(cadre.codes)))
    for debut in range(0, cadre.cellules, pas):
        yield debut, min(debut + pas, cadre.cellules)


def _judge_cas(lecture: Lecture, cas: Cas, etapes: Etapes) -> Verdicts:
    regles = lecture.colonnes.cadre.regles
    verdicts = Verdicts.build(cas)
    etats, seuils = cas.etats, cas.seuils
    genre = regles.genre[etats.indicateur]
    vide = etats.denominateur == 0
    jalons = np.flatnonzero(genre == JALON)
    vide[jalons] = (
        (etats.valeur[jalons] < MICRO)
        & regles.is_sans_objet_a_zero[etats.indicateur[jalons]]
        & ~etapes.has_plan
    )
    verdicts.statut[vide] = CODES[Statut.SANS_OBJET]
    a_doubler = (genre != DOUBLEMENT) | ((seuils.base != SANS_VALEUR) & (seuils.base != 0))
    juges = np.flatnonzero(~vide & (seuils.seuil != SANS_VALEUR) & a_doubler)
    course = _build_course(cas, juges)
    atteint = course.is_atteint()
    verdicts.statut[juges[atteint]] = CODES[Statut.ATTEINT]
    _qualify_atteints(lecture, cas, verdicts, juges[atteint])
    manques = juges[~atteint]
    genre = genre[manques]
    en_etapes = np.isin(jalons, manques[genre == JALON])
    _judge_etapes(
        lecture,
        cas,
        verdicts,
        jalons[en_etapes],
        take_etapes(etapes, np.flatnonzero(en_etapes)),
    )
    _judge_courses(lecture, cas, verdicts, manques[genre != JALON])
    _find_pertes(lecture, cas, verdicts, manques[(genre == JALON) | (genre == PRESENCE)])
    return verdicts


def _build_course(cas: Cas, places: Places) -> Course:
    etats, seuils = cas.etats, cas.seuils
    return Course(
        valeur=etats.valeur[places],
        denominateur=etats.denominateur[places],
        le=etats.date[places],
        operateur=seuils.operateur[places],
        seuil=seuils.seuil[places],
        echeance=seuils.echeance[places],
        base=seuils.base[places],
        depart=seuils.depart[places],
    )


def _qualify_atteints(lecture: Lecture, cas: Cas, verdicts: Verdicts, atteints: Places) -> None:
    """Reached thanks to a confirmation alone (L-10); reached too late, which only a later value can say (L-13)."""
    sans = _build_course(cas, atteints)
    sans = replace(sans, valeur=cas.etats.sans_confirmation[atteints])
    verdicts.drapeaux[atteints[~sans.is_atteint()]] |= BITS[Drapeau.CONFIRME]
    histoire = _has_histoire(cas, atteints)
    echeance = cas.seuils.echeance[atteints]
    doute = (echeance < lecture.regard.vu) & ((cas.etats.date[atteints] > echeance) | histoire)
    cas.complexe[atteints[doute & histoire]] = True
    simples = atteints[doute & ~histoire & ~cas.complexe[atteints]]
    if simples.size:
        marche = _start_marche(lecture, cas, simples)
        tardifs = simples[list_tardifs(marche, cas.seuils.echeance[simples])]
        verdicts.drapeaux[tardifs] |= BITS[Drapeau.TARDIF]


def _has_histoire(cas: Cas, places: Places) -> Masque:
    """Several sources or objects make the history of a cell: days have to be tried one by one."""
    return cas.plusieurs[places] | (cas.etats.ligne[places] == SANS_LIGNE)


def _start_marche(lecture: Lecture, cas: Cas, places: Places) -> Marche:
    groupes = cas.etats.groupe[places]
    return Marche(
        regard=lecture.regard,
        lignes=cas.etats.ligne[places],
        debuts=lecture.colonnes.releves.debuts[groupes],
        indicateur=cas.etats.indicateur[places],
        seuil=cas.seuils.seuil[places],
        operateur=cas.seuils.operateur[places],
        depuis=cas.depuis[places],
        restantes=np.arange(len(places)),
    )


def _judge_etapes(
    lecture: Lecture, cas: Cas, verdicts: Verdicts, jalons: Places, etapes: Etapes
) -> None:
    """Steps not reached, by the planned date of the next one (L-20)."""
    if not jalons.size:
        return
    pas = cas.etats.valeur[jalons] // MICRO
    prochaine = find_prochaines_dates(lecture.en_vigueur, etapes, pas).astype(np.int64)
    retard = lecture.regard.vu - prochaine
    sans_date = prochaine >= np.iinfo(np.int32).max
    verdicts.statut[jalons] = np.select(
        [
            ~sans_date & (retard > RETARD_TOLERE_JOURS),
            ~sans_date & (retard > 0),
            pas == 0,
            sans_date,
        ],
        [
            CODES[Statut.EN_RETARD],
            CODES[Statut.A_SURVEILLER],
            CODES[Statut.NON_ENGAGE],
            CODES[Statut.A_SURVEILLER],
        ],
        CODES[Statut.EN_BONNE_VOIE],
    )
    verdicts.drapeaux[jalons[sans_date & (pas > 0)]] |= BITS[Drapeau.SANS_ECHEANCE]


def _judge_courses(lecture: Lecture, cas: Cas, verdicts: Verdicts, places: Places) -> None:
    """Values not reached; a near service makes an absence worth watching (L-15, L-18)."""
    jugements = judge(_build_course(cas, places), lecture.regard.vu)
    proche = cas.etats.proches[places] > 0
    voisin = proche & (jugements.statut == CODES[Statut.NON_ENGAGE])
    verdicts.statut[places] = np.where(voisin, CODES[Statut.A_SURVEILLER], jugements.statut)
    verdicts.ratio[places] = jugements.ratio
    verdicts.drapeaux[places] |= jugements.drapeaux
    verdicts.drapeaux[places[proche]] |= BITS[Drapeau.A_PROXIMITE]
    cas.complexe[places] |= jugements.trop_grand


def _find_pertes(lecture: Lecture, cas: Cas, verdicts: Verdicts, places: Places) -> None:
    """A présence or a step that was reached and no longer is: late, whatever the deadline (L-14).

    A cell of objects is left to the plain computation only when, one day, there may have been enough of them.
    """
    histoire = _has_histoire(cas, places)
    jamais = (cas.seuils.operateur[places] == AU_MOINS) & (
        cas.plafond[places] < cas.seuils.seuil[places]
    )
    cas.complexe[places[histoire & ~jamais]] = True
    simples = places[~histoire & ~cas.complexe[places]]
    if not simples.size:
        return
    perdu_le = list_pertes(_start_marche(lecture, cas, simples))
    perdues = simples[perdu_le != SANS_JOUR]
    verdicts.perdu_le[simples] = perdu_le
    verdicts.statut[perdues] = CODES[Statut.EN_RETARD]
    verdicts.ratio[perdues] = np.nan
    verdicts.drapeaux[perdues] &= ~_DE_COURSE
    verdicts.drapeaux[perdues] |= BITS[Drapeau.PERDU]


def _write_cas(constats: ConstatsEnColonnes, cas: Cas, verdicts: Verdicts) -> None:
    """Verdicts into the columns; a stale value keeps its verdict as the last known statut (L-27)."""
    etats, cellules = cas.etats, cas.etats.cellule
    perimes = np.flatnonzero(~cas.frais)
    dernier = verdicts.statut[perimes]
    verdicts.statut[perimes] = CODES[Statut.PERIME]
    sobres = ~cas.frais | (verdicts.statut == CODES[Statut.SANS_OBJET])
    verdicts.drapeaux[sobres] &= _GARDES
    verdicts.ratio[sobres] = np.nan
    verdicts.perdu_le[sobres] = SANS_JOUR
    constats.dernier_statut[cellules[perimes]] = dernier
    for colonne, valeurs in (
        (constats.statut, verdicts.statut),
        (constats.drapeaux, verdicts.drapeaux),
        (constats.ratio, verdicts.ratio),
        (constats.perdu_le, verdicts.perdu_le),
        (constats.valeur, etats.valeur),
        (constats.denominateur, etats.denominateur),
        (constats.date, etats.date),
        (constats.perime_le, etats.perime_le),
        (constats.seuil, cas.seuils.seuil),
        (constats.cible, cas.seuils.ligne),
        (constats.ligne, etats.ligne),
    ):
        colonne[cellules] = valeurs.astype(colonne.dtype, copy=False)


def _write_cibles_sans_valeur(
    constats: ConstatsEnColonnes, en_vigueur: CiblesEnVigueur, cas: Cas, bornes: tuple[int, int]
) -> None:
    """The target of the cells that say nothing is shown too."""
    debut, fin = bornes
    muettes = np.ones(fin - debut, bool)
    muettes[cas.etats.cellule - debut] = False
    cellules = np.flatnonzero(muettes) + debut
    genre = constats.cadre.regles.genre[constats.cadre.get_indicateurs(cellules)]
    autres = cellules[genre != JALON]
    seuils = resolve_seuils(en_vigueur, autres)
    constats.seuil[autres] = seuils.seuil
    constats.cible[autres] = seuils.ligne
    jalons = cellules[genre == JALON]
    etapes = plan_etapes(en_vigueur, jalons)
    constats.seuil[jalons] = np.where(etapes.cible >= 0, etapes.cible * MICRO, SANS_VALEUR)
    constats.cible[jalons] = etapes.ligne


def _apply_sans_objets(constats: ConstatsEnColonnes, cellules: Places) -> None:
    """A declared « sans objet » comes first; the value stays shown (L-26)."""
    constats.statut[cellules] = CODES[Statut.SANS_OBJET]
    constats.dernier_statut[cellules] = SANS_STATUT
    constats.drapeaux[cellules] &= _GARDES
    constats.ratio[cellules] = np.nan
    constats.perdu_le[cellules] = SANS_JOUR
