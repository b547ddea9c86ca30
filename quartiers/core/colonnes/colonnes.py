"""All that is known, in columns: built once, kept current by merging what was learnt since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from quartiers.core.attendus import extend_territoires, list_quartiers_cibles
from quartiers.core.calendriers import find_calendrier
from quartiers.core.cellule import Cellule, CelluleConnue, list_versions
from quartiers.core.colonnes.cadre import (
    GENRES,
    OPERATEURS,
    Cadre,
    build_cadre,
)
from quartiers.core.colonnes.cibles import ColonnesCibles
from quartiers.core.colonnes.jour import from_jour
from quartiers.core.colonnes.lot import (
    ORIGINES,
    RANGS,
    LotDeCibles,
    LotDeReleves,
    Numeros,
    read_cibles,
    read_releves,
)
from quartiers.core.colonnes.nombre import MICRO, SANS_DENOMINATEUR, Places, from_micro
from quartiers.core.colonnes.releves import ColonnesReleves
from quartiers.core.colonnes.sans_objets import ColonnesSansObjet
from quartiers.core.comptage import is_comptant
from quartiers.core.contexte import CelluleAJuger
from quartiers.core.dossier import Dossier
from quartiers.core.fait import (
    Calendrier,
    Cible,
    Confirmation,
    Liste,
    Objet,
    Rang,
    Releve,
    SansObjet,
)
from quartiers.core.referentiel import GenreIndicateur
from quartiers.core.territoire import NATION

AUCUNE = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class FaitsEnColonnes:
    """The faits of many cells. Never changed: `merge` gives new columns, the old ones stay good to read.

    `reste`: by cell, the faits that are not in columns. `a_part`: cells that only the plain computation can judge.
    `dossier` keeps territoires, quartiers cibles and calendars, and no fait.
    """

    cadre: Cadre
    releves: ColonnesReleves
    cibles: ColonnesCibles
    sans_objets: ColonnesSansObjet
    reste: Mapping[int, Cellule]
    a_part: Places
    numeros: Numeros
    dossier: Dossier | None = field(default=None, repr=False)

    @classmethod
    def build(cls, dossier: Dossier) -> FaitsEnColonnes:
        """From a dossier."""
        cadre = build_cadre(dossier)
        numeros = Numeros(cadre)
        lot = read_releves(dossier.releves, numeros)
        cibles = read_cibles(dossier.cibles, numeros)
        reste = _list_reste(dossier, numeros)
        speciales = {c for c, x in reste.items() if x.objets or x.listes or x.registre is not None}
        return cls(
            cadre=cadre,
            releves=ColonnesReleves.build(lot, cadre),
            cibles=ColonnesCibles.build(cibles, cadre),
            sans_objets=ColonnesSansObjet.build(dossier.sans_objets, numeros),
            reste=reste,
            a_part=_list_a_part(cadre, speciales | numeros.refuses),
            numeros=numeros,
            dossier=_keep_geographie(dossier),
        )

    @classmethod
    def from_arrays(
        cls, cadre: Cadre, releves: LotDeReleves, cibles: LotDeCibles
    ) -> FaitsEnColonnes:
        """From arrays, where all there is are relevés and target lines: what counts constats is a value like another."""
        numeros = Numeros(cadre)
        return cls(
            cadre=cadre,
            releves=ColonnesReleves.build(releves, cadre),
            cibles=ColonnesCibles.build(cibles, cadre),
            sans_objets=ColonnesSansObjet.build((), numeros),
            reste={},
            a_part=_list_a_part(cadre, set(), comptants=False),
            numeros=numeros,
        )

    def merge(self, releves: LotDeReleves) -> FaitsEnColonnes:
        """With more relevés: new lines, corrections, retractions, in any order of knowledge."""
        return replace(self, releves=self.releves.merge(releves, self.cadre))

    @property
    def nbytes(self) -> int:
        """Memory held by the columns themselves."""
        return self.releves.nbytes + self.cibles.nbytes + self.sans_objets.nbytes

    def read_cellule(self, cellule: int, connu_le: dt.date) -> CelluleConnue:
        """One cell as it was known, as the plain computation reads it."""
        reste = self.reste.get(cellule)
        if reste is not None and cellule in self.numeros.refuses:
            return reste.read_at(connu_le)
        autres = CelluleConnue() if reste is None else reste.read_at(connu_le)
        return replace(
            autres,
            releves=tuple(self._list_releves(cellule, connu_le)),
            cibles=tuple(self._list_cibles(cellule, connu_le)),
        )

    def build_contexte(self, cellule: int, vu_le: dt.date, connu_le: dt.date) -> CelluleAJuger:
        """The question asked of one cell, for the plain computation."""
        numero, territoire = divmod(cellule, len(self.cadre.codes))
        indicateur, code = self.cadre.indicateurs[numero], self.cadre.codes[territoire]
        return CelluleAJuger(
            indicateur=indicateur,
            territoire=code,
            cellule=self.read_cellule(cellule, connu_le),
            vu_le=vu_le,
            calendrier=self._get_calendrier(territoire, connu_le),
            du_referentiel=indicateur.genre is not GenreIndicateur.NATIONAL or code == NATION,
        )

    def _get_calendrier(self, territoire: int, connu_le: dt.date) -> Calendrier | None:
        if territoire not in self.cadre.instables or self.dossier is None:
            return self.cadre.get_calendrier(territoire)
        quartiers = list_quartiers_cibles(self.dossier, connu_le)
        connus = extend_territoires(self.dossier, quartiers)
        calendriers = self.dossier.calendriers.read_at(connu_le)
        return find_calendrier(calendriers, connus, self.cadre.codes[territoire])

    def read_releve(self, ligne: int) -> Releve:
        """One line of the columns, with its dates and its order, but without its proof nor the names in it."""
        groupe = int(
            self.releves.groupes[np.searchsorted(self.releves.debuts, ligne, side="right") - 1]
        )
        cellule, rang = divmod(groupe, RANGS)
        numero, territoire = divmod(cellule, len(self.cadre.codes))
        micro = int(self.releves.valeur[ligne])
        bas = int(self.releves.get_denominateurs(np.array([ligne]), np.array([numero]))[0])
        is_jalon = self.cadre.regles.genre[numero] == GENRES.index(GenreIndicateur.JALON)
        is_part = bas != SANS_DENOMINATEUR
        date, connu_le = (
            from_jour(int(self.releves.date[ligne])),
            from_jour(int(self.releves.connu[ligne])),
        )
        if date is None or connu_le is None:
            raise ValueError(f"ligne {ligne} : sans date")
        identite = int(self.releves.identite[ligne])
        source = int(self.numeros.list_sources(self.releves.identite[ligne : ligne + 1])[0])
        return Releve(
            indicateur=self.cadre.indicateurs[numero].code,
            territoire=self.cadre.codes[territoire],
            date=date,
            connu_le=connu_le,
            ordre=int(self.releves.ordre[ligne]),
            valeur=None if is_part or (is_jalon and micro % MICRO == 0) else from_micro(micro),
            numerateur=from_micro(micro) if is_part else None,
            denominateur=from_micro(bas) if is_part else None,
            jalon=micro // MICRO if is_jalon and micro % MICRO == 0 else None,
            rang=Rang(rang),
            source=str(source),
            cle=None if identite < 0 else str(identite),
        )

    def _list_releves(self, cellule: int, connu_le: dt.date) -> Iterable[Releve]:
        debut, fin = np.searchsorted(self.releves.groupes, [cellule * RANGS, (cellule + 1) * RANGS])
        connu = connu_le.toordinal()
        for ligne in range(int(self.releves.debuts[debut]), int(self.releves.debuts[fin])):
            if self.releves.connu[ligne] <= connu < self.releves.fin[ligne]:
                yield self.read_releve(ligne)

    def _list_cibles(self, cellule: int, connu_le: dt.date) -> Iterable[Cible]:
        debut, fin = np.searchsorted(self.cibles.cellules, [cellule, cellule + 1])
        for ligne in range(int(self.cibles.debuts[debut]), int(self.cibles.debuts[fin])):
            if self.cibles.connu[ligne] <= connu_le.toordinal():
                yield self.read_cible(cellule, ligne)

    def read_cible(self, cellule: int, ligne: int) -> Cible:
        """One target line of a cell, without its proof."""
        numero, territoire = divmod(cellule, len(self.cadre.codes))
        cibles = self.cibles
        connu_le = from_jour(int(cibles.connu[ligne]))
        if connu_le is None:
            raise ValueError(f"cible {ligne} : sans jour de connaissance")
        return Cible(
            indicateur=self.cadre.indicateurs[numero].code,
            territoire=self.cadre.codes[territoire],
            operateur=OPERATEURS[cibles.operateur[ligne]],
            valeur=from_micro(int(cibles.valeur[ligne])),
            echeance=from_jour(int(cibles.echeance[ligne])),
            base=from_micro(int(cibles.base[ligne])),
            base_date=from_jour(int(cibles.base_date[ligne])),
            origine=ORIGINES[cibles.origine[ligne]],
            effet=from_jour(int(cibles.effet[ligne])),
            connu_le=connu_le,
            ordre=int(cibles.ordre[ligne]),
        )


def _keep_geographie(dossier: Dossier) -> Dossier:
    """The dossier without its faits, which would weigh ten times the columns."""
    rien: dict[str, Any] = {
        nom: [] for nom in ("releves", "objets", "listes", "confirmations", "sans_objets", "cibles")
    }
    return replace(dossier, registres={}, **rien)


def _list_reste(dossier: Dossier, numeros: Numeros) -> dict[int, Cellule]:
    """Faits that are not in columns, by cell; every fait of the cells that columns refuse."""
    reste: dict[int, Cellule] = {}

    def open_cellule(fait: Objet | Liste | Confirmation | SansObjet | Cible | Releve) -> Cellule:
        return reste.setdefault(numeros.get_cellule(fait.indicateur, fait.territoire), Cellule())

    for objet in dossier.objets:
        open_cellule(objet).objets.append(objet)
    for liste in dossier.listes:
        open_cellule(liste).listes.append(liste)
    for confirmation in dossier.confirmations:
        open_cellule(confirmation).confirmations.append(confirmation)
    for sans_objet in dossier.sans_objets:
        open_cellule(sans_objet).sans_objets.append(sans_objet)
    for (indicateur, territoire), registre in dossier.registres.items():
        cellule = numeros.get_cellule(indicateur, territoire)
        reste.setdefault(cellule, Cellule()).registre = registre
    if (
        numeros.refuses
    ):  # a line of theirs may have been replaced by one of another cell: all versions are read
        for releve, fin in list_versions(dossier.releves):
            if numeros.get_cellule(releve.indicateur, releve.territoire) in numeros.refuses:
                open_cellule(releve).releves.append((releve, fin))
        for cible in dossier.cibles:
            if numeros.get_cellule(cible.indicateur, cible.territoire) in numeros.refuses:
                open_cellule(cible).cibles.append(cible)
    reste.pop(-1, None)
    return reste


def _list_a_part(cadre: Cadre, cellules: set[int], *, comptants: bool = True) -> Places:
    """Cells for the plain computation alone: those given, a target that no column holds, an unsteady calendar.

    Those of an indicateur that counts constats too, where there is a vue to count them in (`comptants`).
    """
    par_indicateur = len(cadre.codes)
    toutes = set(cellules)
    comptes = [n for n, i in enumerate(cadre.indicateurs) if comptants and is_comptant(i)]
    for numero in (*np.flatnonzero(cadre.regles.hors), *comptes):
        toutes |= set(range(int(numero) * par_indicateur, int(numero + 1) * par_indicateur))
    for numero in np.flatnonzero(cadre.regles.is_vacances):
        toutes |= {int(numero) * par_indicateur + territoire for territoire in cadre.instables}
    return np.array(sorted(toutes), np.int64)
