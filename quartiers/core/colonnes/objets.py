"""Objects and exhaustive lists in columns: what is in force, near or absent on a day (L-06 to L-10)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, fields

import numpy as np

from quartiers.core.colonnes.cadre import Cadre
from quartiers.core.colonnes.jour import JAMAIS, SANS_JOUR, to_jour
from quartiers.core.colonnes.lot import RANGS, Numeros
from quartiers.core.colonnes.nombre import Jours, Masque, Octets, Places
from quartiers.core.etat import is_a_portee, is_a_proximite
from quartiers.core.fait import Confirmation, Liste, Objet

A_PORTEE, A_PROXIMITE, LOIN = range(3)


@dataclass(frozen=True, slots=True)
class ColonnesObjets:
    """Objects sorted by group (cell, rank) then code; several lines of one code in a group make a couple.

    `couples` is the couple of each line; `groupe_de_couple`, `numero` (the number of the object's code) are by couple;
    `groupes` are the groups, each cell x RANGS + rank. `classe` is A_PORTEE, A_PROXIMITE or LOIN. Known from `connu`
    to the eve of `oubli`; stale from `perime_le`. `source` names (group, source), as in the lists.
    """

    groupes: Places
    groupe_de_couple: Places
    numero: Places
    couples: Places
    source: Places
    classe: Octets
    du: Jours
    au: Jours
    temoin: Jours
    perime_le: Jours
    connu: Jours
    oubli: Jours
    listes: ColonnesListes
    confirmations: ColonnesConfirmations

    @classmethod
    def build(
        cls,
        objets: Iterable[Objet],
        listes: Iterable[Liste],
        confirmations: Iterable[Confirmation],
        numeros: Numeros,
    ) -> ColonnesObjets:
        """From the faits of a dossier; those of a cell of nobody are left out."""
        objets = [o for o in objets if numeros.get_cellule(o.indicateur, o.territoire) >= 0]
        listes = [x for x in listes if numeros.get_cellule(x.indicateur, x.territoire) >= 0]
        par_objet = np.array([_get_groupe(o, numeros) for o in objets], np.int64)
        par_liste = np.array([_get_groupe(x, numeros) for x in listes], np.int64)
        groupes = np.union1d(par_objet, par_liste)
        par_objet, par_liste = (
            np.searchsorted(groupes, par_objet),
            np.searchsorted(groupes, par_liste),
        )
        numero = np.array([numeros.get_objet(o.objet) for o in objets], np.int64)
        sources: dict[tuple[int, str], int] = {}
        source = [
            sources.setdefault((int(g), o.source), len(sources))
            for g, o in zip(par_objet, objets, strict=True)
        ]
        source_de_liste = [
            sources.setdefault((int(g), x.source), len(sources))
            for g, x in zip(par_liste, listes, strict=True)
        ]
        tri = np.lexsort((numero, par_objet))
        couple = np.stack([par_objet, numero])[:, tri]
        nouveau = np.ones(len(tri), bool)
        nouveau[1:] = (couple[:, 1:] != couple[:, :-1]).any(axis=0)
        temoin = _list_jours(o.temoin for o in objets)
        perime_le = _measure_peremptions(numeros.cadre, groupes[par_objet], temoin)
        return cls(
            groupes=groupes,
            groupe_de_couple=couple[0, nouveau],
            numero=couple[1, nouveau],
            couples=np.cumsum(nouveau) - 1,
            source=np.array(source, np.int64)[tri],
            classe=np.array([_get_classe(o) for o in objets], np.int8)[tri],
            du=_list_jours(o.du for o in objets)[tri],
            au=_list_jours(o.au for o in objets)[tri],
            temoin=temoin[tri],
            perime_le=perime_le[tri],
            connu=_list_jours(o.connu_le for o in objets)[tri],
            oubli=_list_jours(o.oublie_le for o in objets)[tri],
            listes=ColonnesListes.build(listes, par_liste, source_de_liste, groupes, numeros.cadre),
            confirmations=ColonnesConfirmations.build(confirmations, numeros),
        )

    @property
    def nbytes(self) -> int:
        """Memory held."""
        propres = (getattr(self, champ.name) for champ in fields(self)[:-2])
        return sum(c.nbytes for c in propres) + self.listes.nbytes + self.confirmations.nbytes

    def list_connus(self, connu: int) -> Masque:
        """Lines known at the end of `connu`, and not yet known better."""
        return (self.connu <= connu) & (self.oubli > connu)


@dataclass(frozen=True, slots=True)
class ColonnesListes:
    """Exhaustive lists, sorted by (group, source) then date."""

    groupe: Places
    source: Places
    date: Jours
    perime_le: Jours
    connu: Jours
    oubli: Jours

    @classmethod
    def build(
        cls,
        listes: list[Liste],
        groupe: Places,
        source: list[int],
        groupes: Places,
        cadre: Cadre,
    ) -> ColonnesListes:
        """`groupe`: place of each list among `groupes`."""
        sources, dates = np.array(source, np.int64), _list_jours(x.date for x in listes)
        tri = np.lexsort((dates, sources))
        perime_le = _measure_peremptions(cadre, groupes[groupe], dates)
        return cls(
            groupe=groupe[tri],
            source=sources[tri],
            date=dates[tri],
            perime_le=perime_le[tri],
            connu=_list_jours(x.connu_le for x in listes)[tri],
            oubli=_list_jours(x.oublie_le for x in listes)[tri],
        )

    @property
    def nbytes(self) -> int:
        """Memory held."""
        return sum(getattr(self, champ.name).nbytes for champ in fields(self))

    def list_connues(self, connu: int) -> Masque:
        """Lists known at the end of `connu`, and not yet known better."""
        return (self.connu <= connu) & (self.oubli > connu)

    def list_dernieres(self, vu: int, connu: int) -> Places:
        """The last list of each source known and read at or before `vu`."""
        lues = np.flatnonzero(self.list_connues(connu) & (self.date <= vu))
        suivante = np.ones(len(lues), bool)
        suivante[:-1] = self.source[lues[1:]] != self.source[lues[:-1]]
        return lues[suivante]


@dataclass(frozen=True, slots=True)
class ColonnesConfirmations:
    """Confirmations: (cell, number of an object), from a day, known since a day."""

    cellule: Places
    numero: Places
    date: Jours
    connu: Jours

    @classmethod
    def build(
        cls, confirmations: Iterable[Confirmation], numeros: Numeros
    ) -> ColonnesConfirmations:
        """From the confirmations of a dossier."""
        lignes = [
            (
                cellule,
                numeros.get_objet(c.objet),
                c.date.toordinal(),
                c.connu_le.toordinal(),
            )
            for c in confirmations
            if (cellule := numeros.get_cellule(c.indicateur, c.territoire)) >= 0
        ]
        colonnes = np.array(lignes, np.int64).reshape(-1, 4).T
        return cls(
            colonnes[0], colonnes[1], colonnes[2].astype(np.int32), colonnes[3].astype(np.int32)
        )

    @property
    def nbytes(self) -> int:
        """Memory held."""
        return sum(getattr(self, champ.name).nbytes for champ in fields(self))

    def list_confirmes(self, vu: int, connu: int, cellule: Places, numero: Places) -> Masque:
        """Which (cell, object) pairs are confirmed on day `vu`."""
        valables = (self.date <= vu) & (self.connu <= connu)
        nombre = 1 + max((int(n.max()) for n in (numero, self.numero) if n.size), default=0)
        cles = self.cellule[valables] * nombre + self.numero[valables]
        return np.isin(cellule * nombre + numero, cles)


def _get_groupe(fait: Objet | Liste, numeros: Numeros) -> int:
    return numeros.get_cellule(fait.indicateur, fait.territoire) * RANGS + int(fait.rang)


def _get_classe(objet: Objet) -> int:
    if is_a_portee(objet):
        return A_PORTEE
    return A_PROXIMITE if is_a_proximite(objet) else LOIN


def _list_jours(jours: Iterable[dt.date | None]) -> Jours:
    return np.array([to_jour(jour, JAMAIS) for jour in jours], np.int32)


def _measure_peremptions(cadre: Cadre, groupes: Places, date: Jours) -> Jours:
    """First stale day of what is attested on `date`."""
    if not len(date):
        return np.empty(0, np.int32)
    indicateur, territoire = np.divmod(groupes // RANGS, len(cadre.codes))
    return date + cadre.measure_ages(indicateur, territoire, date)[0]


@dataclass(frozen=True, slots=True)
class EtatsDObjets:
    """The state of each group that has one (places in ColonnesObjets.groupes), and the couples it counts.

    `plafond`: no day before could show more objects than that.
    """

    groupe: Places
    valeur: Places
    sans_confirmation: Places
    proches: Places
    plafond: Places
    temoin: Jours
    comptes: Places


def list_groupes_tenus(objets: ColonnesObjets, connu: int) -> Places:
    """Groups that have known objects or lists, of any date: their plain values are not read (L-08)."""
    lignes = objets.groupe_de_couple[objets.couples[objets.list_connus(connu)]]
    listes = objets.listes.groupe[objets.listes.list_connues(connu)]
    return objets.groupes[np.union1d(lignes, listes)]


def read_etats_d_objets(objets: ColonnesObjets, vu: int, connu: int) -> EtatsDObjets:
    """What objects and lists say on day `vu` (L-08)."""
    nombre, couples = len(objets.groupes), len(objets.numero)
    groupe = objets.groupe_de_couple[objets.couples]
    dernieres = objets.listes.list_dernieres(vu, connu)
    a_liste = _mark(nombre, objets.listes.groupe[dernieres])
    commences = objets.list_connus(connu) & (objets.du <= vu)
    commences &= objets.classe != LOIN  # says nothing, neither a presence nor its freshness
    en_vigueur = commences & (objets.au >= vu) & (objets.temoin >= _date_listes(objets, dernieres))
    vivant = a_liste | _mark(nombre, groupe[en_vigueur])
    finis = commences & (objets.au < vu) & ~vivant[groupe]
    frais = objets.perime_le > vu
    has_frais = _mark(nombre, groupe[en_vigueur & frais])
    has_frais |= _mark(
        nombre, objets.listes.groupe[dernieres[objets.listes.perime_le[dernieres] > vu]]
    )
    retenus = en_vigueur & (frais | ~has_frais[groupe])
    temoin = np.full(nombre, SANS_JOUR, np.int32)
    np.maximum.at(temoin, groupe[retenus | finis], objets.temoin[retenus | finis])
    np.maximum.at(temoin, objets.listes.groupe[dernieres], objets.listes.date[dernieres])

    confirme = objets.confirmations.list_confirmes(
        vu, connu, objets.groupes[objets.groupe_de_couple] // RANGS, objets.numero
    )
    dedans = _mark(couples, objets.couples[retenus & (objets.classe == A_PORTEE)])
    pres = _mark(couples, objets.couples[retenus & (objets.classe == A_PROXIMITE)]) & ~dedans
    possibles = commences & (
        (objets.classe == A_PORTEE) | ((objets.classe == A_PROXIMITE) & confirme[objets.couples])
    )
    comptes = np.flatnonzero(dedans | (pres & confirme))
    presents = np.flatnonzero(vivant | _mark(nombre, groupe[finis]))
    return EtatsDObjets(
        groupe=presents,
        valeur=_count(objets, comptes)[presents],
        sans_confirmation=_count(objets, np.flatnonzero(dedans))[presents],
        proches=_count(objets, np.flatnonzero(pres & ~confirme))[presents],
        plafond=_count(objets, np.unique(objets.couples[possibles]))[presents],
        temoin=temoin[presents],
        comptes=comptes,
    )


def _mark(nombre: int, places: Places) -> Masque:
    marques = np.zeros(nombre, bool)
    marques[places] = True
    return marques


def _count(objets: ColonnesObjets, couples: Places) -> Places:
    return np.bincount(objets.groupe_de_couple[couples], minlength=len(objets.groupes))


def _date_listes(objets: ColonnesObjets, dernieres: Places) -> Jours:
    """Date of the last list of the source of each object, SANS_JOUR without."""
    sources = 1 + max(
        (int(s.max()) for s in (objets.source, objets.listes.source) if s.size), default=0
    )
    dates = np.full(sources, SANS_JOUR, np.int32)
    dates[objets.listes.source[dernieres]] = objets.listes.date[dernieres]
    return dates[objets.source]
