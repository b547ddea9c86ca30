"""Which cells make the figure of a larger territoire: the expected territoires of each level inside it (L-28, L-32)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quartiers.core.colonnes.cadre import Cadre
from quartiers.core.colonnes.nombre import Places
from quartiers.core.territoire import Niveau, Territoires

_PETITS = (Niveau.COMMUNE, Niveau.EPCI)


@dataclass(frozen=True, slots=True)
class Membres:
    """The territoires of one level, by ensemble.

    They are first gathered in atoms (territoires that belong to exactly the same ensembles): `territoires` lists them
    atom after atom, `atomes` is the atom of each, `debuts` where each atom begins. `paires` lists the atoms of each
    ensemble one after the other, `ensembles` names those that have any, `bornes` says where each begins.
    """

    territoires: Places
    atomes: Places
    debuts: Places
    paires: Places
    ensembles: Places
    bornes: Places

    def spread(self) -> tuple[Places, Places]:
        """Every (ensemble, territoire) pair, sorted by ensemble."""
        fins = np.append(self.debuts[1:], len(self.territoires))
        tailles = (fins - self.debuts)[self.paires]
        rangs = np.arange(tailles.sum()) - np.repeat(np.cumsum(tailles) - tailles, tailles)
        territoires = self.territoires[np.repeat(self.debuts[self.paires], tailles) + rangs]
        par_paire = np.diff(self.bornes, append=len(self.paires))
        ensembles = np.repeat(np.repeat(self.ensembles, par_paire), tailles)
        return ensembles, territoires

    def fold(self, matrice: NDArray[np.generic], operation: np.ufunc) -> NDArray[np.generic]:
        """Columns by territoire (in the order of `territoires`) to columns by ensemble that has members."""
        par_atome = operation.reduceat(matrice, self.debuts, axis=-1)
        return np.asarray(operation.reduceat(par_atome[..., self.paires], self.bornes, axis=-1))


@dataclass(frozen=True, slots=True)
class Ensembles:
    """Larger territoires and, for each level below, the expected territoires inside them."""

    codes: tuple[str, ...]
    niveaux: tuple[Niveau, ...]
    membres: Mapping[Niveau, Membres]


def build_ensembles(
    cadre: Cadre, territoires: Territoires, attendus: Iterable[str], codes: Sequence[str]
) -> Ensembles:
    """The ensembles of `codes`; an expected territoire that the columns do not know is an error (KeyError)."""
    numeros = {code: rang for rang, code in enumerate(cadre.codes)}
    quartiers = _list_quartiers(territoires, attendus, codes)
    membres = {}
    for niveau in Niveau:
        appartenances: dict[int, list[int]] = {}
        for rang, code in enumerate(codes):
            if niveau.hauteur < territoires[code].niveau.hauteur:
                for porteur in _list_porteurs(territoires, code, quartiers[code], niveau):
                    appartenances.setdefault(numeros[porteur], []).append(rang)
        if appartenances:
            membres[niveau] = _gather(appartenances)
    return Ensembles(tuple(codes), tuple(territoires[c].niveau for c in codes), membres)


def _list_quartiers(
    territoires: Territoires, attendus: Iterable[str], codes: Sequence[str]
) -> dict[str, list[str]]:
    """Expected quartiers inside each territoire."""
    dedans: dict[str, list[str]] = {code: [] for code in codes}
    for quartier in attendus:
        for code in {quartier, *territoires.get_ancetres(quartier)}:
            if code in dedans:
                dedans[code].append(quartier)
    return dedans


def _list_porteurs(
    territoires: Territoires, code: str, quartiers: Iterable[str], niveau: Niveau
) -> set[str]:
    """Territoires of a level that hold one of the quartiers; communes and EPCI only inside `code`."""
    porteurs = territoires.list_au_niveau
    if niveau not in _PETITS:
        return {p for quartier in quartiers for p in porteurs(quartier, niveau)}
    communes = {c for quartier in quartiers for c in porteurs(quartier, Niveau.COMMUNE)}
    dedans = {c for c in communes if c == code or code in territoires.get_ancetres(c)}
    return {p for commune in dedans for p in porteurs(commune, niveau)}


def _gather(appartenances: Mapping[int, Sequence[int]]) -> Membres:
    """Territoires that belong to the same ensembles make an atom."""
    atomes: dict[tuple[int, ...], list[int]] = {}
    for territoire in sorted(appartenances):
        atomes.setdefault(tuple(appartenances[territoire]), []).append(territoire)
    tailles = [len(atome) for atome in atomes.values()]
    paires = sorted((rang, atome) for atome, cle in enumerate(atomes) for rang in cle)
    ensembles = np.array([rang for rang, _ in paires], np.int64)
    uniques, bornes = np.unique(ensembles, return_index=True)
    return Membres(
        territoires=np.array([t for atome in atomes.values() for t in atome], np.int64),
        atomes=np.repeat(np.arange(len(atomes)), tailles),
        debuts=np.cumsum([0, *tailles[:-1]]),
        paires=np.array([atome for _, atome in paires], np.int64),
        ensembles=uniques,
        bornes=bornes.astype(np.int64),
    )
