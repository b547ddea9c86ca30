"""Columns in, constats out: the rules of evaluation.py applied to every cell at once.

Cells that columns cannot judge (few, counted) are handed one by one to the plain computation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from quartiers.core.colonnes.cadre import DOUBLEMENT, JALON, PRESENCE, Cadre
from quartiers.core.colonnes.colonnes import FaitsEnColonnes
from quartiers.core.colonnes.constats import SANS_STATUT, ConstatsEnColonnes
from quartiers.core.colonnes.ecriture import write_constat
from quartiers.core.colonnes.etats import SANS_LIGNE, RelevesVus
from quartiers.core.colonnes.jour import SANS_JOUR
from quartiers.core.colonnes.jugement import BITS, CODES, Course, judge
from quartiers.core.colonnes.lecture import Cas, read_cas, take_etapes
from quartiers.core.colonnes.nombre import (
    MICRO,
    SANS_VALEUR,
    Flottants,
    Jours,
    Masque,
    Octets,
    Places,
)
from quartiers.core.colonnes.regard_simple import RegardSimple
from quartiers.core.colonnes.serie import Marche, list_pertes, list_tardifs
from quartiers.core.colonnes.seuils import (
    CiblesEnVigueur,
    Etapes,
    find_prochaines_dates,
    plan_etapes,
    read_en_vigueur,
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


def evaluate_colonnes(
    colonnes: FaitsEnColonnes, vu_le: dt.date, connu_le: dt.date
) -> ConstatsEnColonnes:
    """The constat of every cell at (vu_le, connu_le), as Vue would give it, sums of the nation apart."""
    regard = RelevesVus.build(vu_le, connu_le, colonnes.releves)
    en_vigueur = read_en_vigueur(colonnes.cadre, colonnes.cibles, regard)
    constats = ConstatsEnColonnes.build(colonnes.cadre, vu_le, connu_le)
    complexes = [colonnes.a_part]
    for bornes in _list_blocs(colonnes.cadre):
        cas, etapes = read_cas(colonnes, en_vigueur, regard, bornes)
        verdicts = _judge_cas(colonnes, en_vigueur, regard, cas, etapes)
        _write_cas(constats, cas, verdicts)
        _write_cibles_sans_valeur(constats, en_vigueur, cas, bornes)
        complexes.append(cas.etats.cellule[cas.complexe])
    _apply_sans_objets(constats, colonnes.sans_objets.list_couvertes(regard))
    toutes = np.unique(np.concatenate(complexes))
    regard_simple = RegardSimple(colonnes, vu_le, connu_le)
    objets: dict[str, int] = {}
    comptes: list[tuple[int, int]] = []
    for cellule in toutes.tolist():
        constat = evaluate_constat(regard_simple.build_contexte(cellule))
        write_constat(constats, cellule, constat)
        comptes += [(cellule, objets.setdefault(o, len(objets))) for o in sorted(constat.objets)]
    paires = np.array(comptes, np.int64).reshape(-1, 2).T
    return replace(constats, complexes=toutes, objets=(paires[0], paires[1]))


def _list_blocs(cadre: Cadre) -> Iterator[tuple[int, int]]:
    """Intervals of cells, whole indicateurs, so that the largest nation does not fill the memory with temporary columns."""
    pas = max(1, len(cadre.codes)) * max(1, _CELLULES_PAR_BLOC // max(1, len(cadre.codes)))
    for debut in range(0, cadre.cellules, pas):
        yield debut, min(debut + pas, cadre.cellules)


def _judge_cas(
    colonnes: FaitsEnColonnes,
    en_vigueur: CiblesEnVigueur,
    regard: RelevesVus,
    cas: Cas,
    etapes: Etapes,
) -> Verdicts:
    verdicts = Verdicts.build(cas)
    etats, seuils = cas.etats, cas.seuils
    genre = colonnes.cadre.regles.genre[etats.indicateur]
    vide = etats.denominateur == 0
    jalons = np.flatnonzero(genre == JALON)
    vide[jalons] = (
        (etats.valeur[jalons] < MICRO)
        & colonnes.cadre.regles.is_sans_objet_a_zero[etats.indicateur[jalons]]
        & ~etapes.has_plan
    )
    verdicts.statut[vide] = CODES[Statut.SANS_OBJET]
    a_doubler = (genre != DOUBLEMENT) | ((seuils.base != SANS_VALEUR) & (seuils.base != 0))
    juges = np.flatnonzero(~vide & (seuils.seuil != SANS_VALEUR) & a_doubler)
    course = _build_course(cas, juges)
    atteint = course.is_atteint()
    verdicts.statut[juges[atteint]] = CODES[Statut.ATTEINT]
    _qualify_atteints(colonnes, regard, cas, verdicts, juges[atteint])
    manques = juges[~atteint]
    genre = genre[manques]
    en_etapes = np.isin(jalons, manques[genre == JALON])
    _judge_etapes(
        en_vigueur,
        regard,
        cas,
        verdicts,
        jalons[en_etapes],
        take_etapes(etapes, np.flatnonzero(en_etapes)),
    )
    _judge_courses(regard, cas, verdicts, manques[genre != JALON])
    _find_pertes(colonnes, regard, cas, verdicts, manques[(genre == JALON) | (genre == PRESENCE)])
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


def _qualify_atteints(
    colonnes: FaitsEnColonnes, regard: RelevesVus, cas: Cas, verdicts: Verdicts, atteints: Places
) -> None:
    """Reached too late: only a value dated after a deadline that is passed can say so (L-13)."""
    echeance = cas.seuils.echeance[atteints]
    doute = (echeance < regard.vu) & (
        (cas.etats.date[atteints] > echeance) | _has_histoire(cas, atteints)
    )
    douteux = atteints[doute]
    cas.complexe[douteux] |= _has_histoire(cas, douteux)
    simples = douteux[~cas.complexe[douteux]]
    if simples.size:
        marche = _start_marche(colonnes, regard, cas, simples)
        tardifs = simples[list_tardifs(marche, cas.seuils.echeance[simples])]
        verdicts.drapeaux[tardifs] |= BITS[Drapeau.TARDIF]


def _has_histoire(cas: Cas, places: Places) -> Masque:
    """Several sources or objects make the history of a cell: days have to be tried one by one."""
    return cas.plusieurs[places] | (cas.etats.ligne[places] == SANS_LIGNE)


def _start_marche(
    colonnes: FaitsEnColonnes, regard: RelevesVus, cas: Cas, places: Places
) -> Marche:
    groupes = cas.etats.groupe[places]
    return Marche(
        regard=regard,
        lignes=cas.etats.ligne[places],
        debuts=colonnes.releves.debuts[groupes],
        indicateur=cas.etats.indicateur[places],
        seuil=cas.seuils.seuil[places],
        operateur=cas.seuils.operateur[places],
        depuis=cas.depuis[places],
        restantes=np.arange(len(places)),
    )


def _judge_etapes(
    en_vigueur: CiblesEnVigueur,
    regard: RelevesVus,
    cas: Cas,
    verdicts: Verdicts,
    jalons: Places,
    etapes: Etapes,
) -> None:
    """Steps not reached, by the planned date of the next one (L-20)."""
    if not jalons.size:
        return
    pas = cas.etats.valeur[jalons] // MICRO
    prochaine = find_prochaines_dates(en_vigueur, etapes, pas).astype(np.int64)
    retard = regard.vu - prochaine
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


def _judge_courses(regard: RelevesVus, cas: Cas, verdicts: Verdicts, places: Places) -> None:
    """Values not reached; a near service makes an absence worth watching (L-15, L-18)."""
    jugements = judge(_build_course(cas, places), regard.vu)
    proche = cas.etats.proches[places] > 0
    voisin = proche & (jugements.statut == CODES[Statut.NON_ENGAGE])
    verdicts.statut[places] = np.where(voisin, CODES[Statut.A_SURVEILLER], jugements.statut)
    verdicts.ratio[places] = jugements.ratio
    verdicts.drapeaux[places] |= jugements.drapeaux
    verdicts.drapeaux[places[proche]] |= BITS[Drapeau.A_PROXIMITE]
    cas.complexe[places] |= jugements.trop_grand


def _find_pertes(
    colonnes: FaitsEnColonnes, regard: RelevesVus, cas: Cas, verdicts: Verdicts, places: Places
) -> None:
    """A présence or a step that was reached and no longer is: late, whatever the deadline (L-14)."""
    cas.complexe[places] |= _has_histoire(cas, places)
    simples = places[~cas.complexe[places]]
    if not simples.size:
        return
    perdu_le = list_pertes(_start_marche(colonnes, regard, cas, simples))
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
