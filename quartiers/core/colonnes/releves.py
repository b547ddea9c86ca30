"""Relevés in columns, sorted so that the last value of a cell is the last visible line of its group."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from quartiers.core.colonnes.cadre import Cadre
from quartiers.core.colonnes.jour import JAMAIS
from quartiers.core.colonnes.lot import RANGS, LotDeReleves
from quartiers.core.colonnes.nombre import (
    SANS_DENOMINATEUR,
    Jours,
    Masque,
    Micros,
    Octets,
    Ordres,
    Places,
)
from quartiers.core.fait import Rang

Intervalles = NDArray[np.int64]  # one (first, one past the last) per row
_SANS_BLOC = -(2**40)
_INCONNU = np.uint16(1 << 15)
_PEU = 2000  # beyond, it is quicker to sort everything again than to look for each place


@dataclass(frozen=True, slots=True)
class ColonnesReleves:
    """Lines sorted by group (cell, rank), then date, day of knowledge and order.

    `groupes` are the groups that have lines, `cellules` and `rangs` what they are, `debuts` where each begins (one more
    at the end); lines of nobody come after. A line is known from `connu` to the eve of `fin`; a retraction has `fin` = `connu`. `age` is the number of
    days to its first stale day, with the highest bit set when the school calendar is missing. Denominators are kept
    only for indicateurs that have some: that of line r stands at r + decalages[indicateur]. 31 bytes a line, 39 with
    a denominator. `jours_partages`: first line (and one past the last) of each day of a group on which several lines
    stand that are not versions of one another.
    """

    groupes: NDArray[np.int32]
    cellules: Places
    rangs: Octets
    debuts: Places
    date: Jours
    connu: Jours
    fin: Jours
    valeur: Micros
    ordre: Ordres
    identite: NDArray[np.int32]
    age: NDArray[np.uint16]
    denominateurs: Micros
    decalages: Places
    jours_partages: Intervalles

    @classmethod
    def build(cls, lot: LotDeReleves, cadre: Cadre) -> ColonnesReleves:
        """Sort a whole lot."""
        groupe = _list_groupes(lot, cadre)
        tri = np.lexsort((lot.ordre, lot.connu, lot.date, groupe))
        fin = compute_fins(lot, groupe)
        groupe = groupe[tri]
        rangees = _Rangees(
            groupe=groupe,
            date=lot.date[tri],
            connu=lot.connu[tri],
            fin=fin[tri],
            valeur=lot.valeur[tri],
            ordre=lot.ordre[tri],
            identite=lot.identite[tri],
            age=_code_ages(groupe, lot.date[tri], cadre),
            denominateur=lot.denominateur[tri],
        )
        return _pack(rangees, cadre)

    def __len__(self) -> int:
        return len(self.date)

    @property
    def nbytes(self) -> int:
        """Memory held."""
        return sum(getattr(self, champ.name).nbytes for champ in fields(self))

    def list_visibles(self, vu: int, connu: int) -> Masque:
        """Which lines are known at the end of `connu`, about days up to `vu` (L-01, L-02)."""
        visibles = self.date <= vu
        visibles &= self.connu <= connu
        visibles &= self.fin > connu
        return visibles

    def get_denominateurs(self, lignes: Places, indicateur: Places) -> Micros:
        """Denominators of lines, whose indicateurs are given; SANS_DENOMINATEUR for a plain number."""
        rendu = np.full(len(lignes), SANS_DENOMINATEUR, np.int64)
        places = lignes + self.decalages[indicateur]
        tenues = np.flatnonzero(places >= 0)
        rendu[tenues] = self.denominateurs[places[tenues]]
        return rendu

    def get_ages(self, lignes: Places) -> tuple[Jours, Masque]:
        """Days to the first stale day, and whether the school calendar was missing."""
        codes = self.age[lignes]
        return (codes & ~_INCONNU).astype(np.int32), (codes & _INCONNU) != 0

    def list_lignes(self, groupes: Places) -> tuple[Places, Places]:
        """Every line of some groups (places in `groupes`), one group after the other, and where each begins."""
        debuts = self.debuts[groupes]
        tailles = self.debuts[groupes + 1] - debuts
        bornes = np.concatenate(([0], np.cumsum(tailles)))
        lignes = np.arange(bornes[-1]) + np.repeat(debuts - bornes[:-1], tailles)
        return lignes, bornes

    def merge(self, lot: LotDeReleves, cadre: Cadre) -> ColonnesReleves:
        """The same columns with more lines, old lines being closed where a new one replaces them."""
        return _merge(self, lot, cadre)


@dataclass(frozen=True, slots=True)
class _Rangees:
    """Sorted lines with one group and one denominator each: what columns are packed from."""

    groupe: NDArray[np.int32]
    date: Jours
    connu: Jours
    fin: Jours
    valeur: Micros
    ordre: Ordres
    identite: NDArray[np.int32]
    age: NDArray[np.uint16]
    denominateur: Micros


def _list_groupes(lot: LotDeReleves, cadre: Cadre) -> NDArray[np.int32]:
    """Group of each line; lines of nobody fall in one beyond all the others."""
    cellule = np.where(lot.cellule < 0, cadre.cellules, lot.cellule)
    return (cellule * RANGS + np.where(lot.cellule < 0, 0, lot.rang)).astype(np.int32)


def _code_ages(groupe: NDArray[np.int32], date: Jours, cadre: Cadre) -> NDArray[np.uint16]:
    cellule = groupe.astype(np.int64) // RANGS
    reels = cellule < cadre.cellules
    indicateur, territoire = np.divmod(np.where(reels, cellule, 0), max(1, len(cadre.codes)))
    if not len(cadre.indicateurs):
        return np.zeros(len(groupe), np.uint16)
    age, inconnu = cadre.measure_ages(indicateur, territoire, date)
    if age.size and int(age.max()) >= _INCONNU:
        raise ValueError("calendrier scolaire : des vacances de plus de 89 ans")
    return age.astype(np.uint16) | np.where(inconnu, _INCONNU, np.uint16(0))


def compute_fins(lot: LotDeReleves, groupe: NDArray[np.int32]) -> Jours:
    """Day a later version of the same line became known (L-02, L-03); a retraction is never seen at all."""
    fin = np.full(len(lot), JAMAIS, np.int32)
    a_cle = lot.identite >= 0
    for choix, cles in (
        (np.flatnonzero(a_cle), (lot.identite,)),
        (np.flatnonzero(~a_cle), (lot.identite, lot.date, list_dites(groupe))),
    ):
        ordre: list[NDArray[np.integer]] = [lot.ordre, lot.connu, *cles]
        tri = choix[np.lexsort([colonne[choix] for colonne in ordre])]
        suivi = np.ones(max(0, len(tri) - 1), bool)
        for cle in cles:
            suivi &= cle[tri[:-1]] == cle[tri[1:]]
        fin[tri[:-1][suivi]] = lot.connu[tri[1:][suivi]]
    return np.where(lot.retrait, lot.connu, fin)


def list_dites(groupe: NDArray[np.int32]) -> NDArray[np.int64]:
    """What a line without key speaks of, an official list apart: a judgement changes its rank, never its identity."""
    cellule, rang = np.divmod(groupe.astype(np.int64), RANGS)
    return 2 * cellule + (rang == Rang.LISTE)


def _pack(rangees: _Rangees, cadre: Cadre) -> ColonnesReleves:
    premiers = np.flatnonzero(np.diff(rangees.groupe, prepend=np.int32(-1)))
    groupes = rangees.groupe[premiers]
    reels = int(np.searchsorted(groupes, cadre.cellules * RANGS))
    debuts = np.append(premiers, len(rangees.groupe))[: reels + 1]
    groupes = groupes[:reels]
    par_indicateur = len(cadre.codes) * RANGS
    bornes = debuts[
        np.searchsorted(groupes, np.arange(len(cadre.indicateurs) + 1) * par_indicateur)
    ]
    decalages = np.full(len(cadre.indicateurs), _SANS_BLOC, np.int64)
    blocs: list[Micros] = []
    tenus = 0
    for numero, (debut, fin) in enumerate(itertools.pairwise(bornes)):
        bloc = rangees.denominateur[debut:fin]
        if bloc.size and bool((bloc != SANS_DENOMINATEUR).any()):
            decalages[numero] = tenus - debut
            blocs.append(bloc)
            tenus += len(bloc)
    return ColonnesReleves(
        groupes=groupes,
        cellules=(groupes // RANGS).astype(np.int64),
        rangs=(groupes % RANGS).astype(np.int8),
        debuts=debuts.astype(np.int64),
        date=rangees.date,
        connu=rangees.connu,
        fin=rangees.fin,
        valeur=rangees.valeur,
        ordre=rangees.ordre,
        identite=rangees.identite,
        age=rangees.age,
        denominateurs=np.concatenate([np.empty(0, np.int64), *blocs]),
        decalages=decalages,
        jours_partages=_find_jours_partages(rangees, int(debuts[-1])),
    )


def _find_jours_partages(rangees: _Rangees, reelles: int) -> Intervalles:
    """Days of a group whose lines are not all versions of one another, among the first `reelles` lines."""
    groupe, date = rangees.groupe[:reelles], rangees.date[:reelles]
    meme_jour = (groupe[1:] == groupe[:-1]) & (date[1:] == date[:-1])
    identite = rangees.identite[:reelles]
    autres = np.flatnonzero(meme_jour & (identite[1:] != identite[:-1]))
    debuts = np.flatnonzero(np.concatenate(([True], ~meme_jour)))
    numeros = np.unique(np.searchsorted(debuts, autres, side="right") - 1)
    bornes = np.append(debuts, reelles)
    return np.stack([bornes[numeros], bornes[numeros + 1]], axis=1)


def _unpack(colonnes: ColonnesReleves, cadre: Cadre) -> _Rangees:
    tailles = np.diff(colonnes.debuts, append=len(colonnes))
    groupe = np.repeat(np.append(colonnes.groupes, np.int32(cadre.cellules * RANGS)), tailles)
    denominateur = np.full(len(colonnes), SANS_DENOMINATEUR, np.int64)
    par_indicateur = len(cadre.codes) * RANGS
    for numero, decalage in enumerate(colonnes.decalages):
        if decalage != _SANS_BLOC:
            debut, fin = (
                int(colonnes.debuts[np.searchsorted(colonnes.groupes, n * par_indicateur)])
                for n in (numero, numero + 1)
            )
            denominateur[debut:fin] = colonnes.denominateurs[debut + decalage : fin + decalage]
    return _Rangees(
        groupe,
        colonnes.date,
        colonnes.connu,
        colonnes.fin,
        colonnes.valeur,
        colonnes.ordre,
        colonnes.identite,
        colonnes.age,
        denominateur,
    )


def _merge(colonnes: ColonnesReleves, lot: LotDeReleves, cadre: Cadre) -> ColonnesReleves:
    if not len(lot):
        return colonnes
    groupe = _list_groupes(lot, cadre)
    anciennes = _unpack(colonnes, cadre)
    tri = np.lexsort((lot.ordre, lot.connu, lot.date, groupe))
    nouvelles = _Rangees(
        groupe=groupe[tri],
        date=lot.date[tri],
        connu=lot.connu[tri],
        fin=np.where(lot.retrait, lot.connu, JAMAIS).astype(np.int32)[tri],
        valeur=lot.valeur[tri],
        ordre=lot.ordre[tri],
        identite=lot.identite[tri],
        age=_code_ages(groupe[tri], lot.date[tri], cadre),
        denominateur=lot.denominateur[tri],
    )
    toutes = _insert(anciennes, nouvelles)
    touchees = _list_touchees(toutes, nouvelles)
    fin = toutes.fin.copy()
    fin[touchees] = compute_fins(_extract(toutes, touchees), toutes.groupe[touchees])
    return _pack(replace(toutes, fin=fin), cadre)


def _insert(anciennes: _Rangees, nouvelles: _Rangees) -> _Rangees:
    champs = [champ.name for champ in fields(_Rangees)]
    if len(nouvelles.groupe) > _PEU:
        ensemble = {
            nom: np.concatenate([getattr(anciennes, nom), getattr(nouvelles, nom)])
            for nom in champs
        }
        tri = np.lexsort([ensemble[nom] for nom in ("ordre", "connu", "date", "groupe")])
        return _Rangees(**{nom: colonne[tri] for nom, colonne in ensemble.items()})
    places = [_find_place(anciennes, nouvelles, rang) for rang in range(len(nouvelles.groupe))]
    return _Rangees(
        **{
            nom: np.insert(getattr(anciennes, nom), places, getattr(nouvelles, nom))
            for nom in champs
        }
    )


def _find_place(anciennes: _Rangees, nouvelles: _Rangees, rang: int) -> int:
    """Where a new line goes: a search in ever smaller slices, one key after the other."""
    debut, fin = 0, len(anciennes.groupe)
    for nom in ("groupe", "date", "connu", "ordre"):
        colonne, cle = getattr(anciennes, nom)[debut:fin], getattr(nouvelles, nom)[rang]
        gauche, droite = np.searchsorted(colonne, cle), np.searchsorted(colonne, cle, side="right")
        debut, fin = debut + int(gauche), debut + int(droite)
    return fin


def _list_touchees(toutes: _Rangees, nouvelles: _Rangees) -> Places:
    """Lines that share the identity of a new one, by key or by day."""
    cles = np.unique(nouvelles.identite[nouvelles.identite >= 0])
    choix = [np.empty(0, np.int64)]
    if cles.size:
        choix.append(np.flatnonzero(np.isin(toutes.identite, cles)))
    nues = np.flatnonzero(nouvelles.identite < 0)
    jours = {(int(nouvelles.groupe[n]) // RANGS, int(nouvelles.date[n])) for n in nues}
    for groupe, date in ((RANGS * c + rang, jour) for c, jour in jours for rang in range(RANGS)):
        debut, fin = np.searchsorted(toutes.groupe, [groupe, groupe + 1])
        ici = np.searchsorted(toutes.date[debut:fin], [date, date + 1]) + debut
        lignes = np.arange(ici[0], ici[1])
        choix.append(lignes[toutes.identite[lignes] < 0])
    return np.unique(np.concatenate(choix))


def _extract(toutes: _Rangees, lignes: Places) -> LotDeReleves:
    """Some lines as a lot; a line that is never seen counts as a retraction, which changes nothing for the others."""
    vide = np.zeros(len(lignes), np.int64)
    return LotDeReleves(
        cellule=vide.astype(np.int32),
        rang=vide.astype(np.int8),
        date=toutes.date[lignes],
        connu=toutes.connu[lignes],
        ordre=toutes.ordre[lignes],
        valeur=vide,
        denominateur=vide,
        identite=toutes.identite[lignes],
        retrait=toutes.fin[lignes] == toutes.connu[lignes],
    )
