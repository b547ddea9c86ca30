"""A cellule: all that is known of one indicateur in one territoire, and what of it was known at a date."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from quartiers.core.comptage import Comptage
from quartiers.core.derivation.apport import Apport
from quartiers.core.dossier import Dossier, Nouveautes
from quartiers.core.fait import Cible, Confirmation, Liste, Objet, Releve, SansObjet
from quartiers.core.registre import Registre, RegistreConnu

FIN_DES_TEMPS = date.max
_Connu = TypeVar("_Connu", Releve, Objet, Liste, Confirmation, SansObjet, Cible)


@dataclass(slots=True)
class Cellule:
    """The faits of a cell at every date of knowledge; relevés carry the day they were replaced."""

    releves: list[tuple[Releve, date]] = field(default_factory=list)
    objets: list[Objet] = field(default_factory=list)
    listes: list[Liste] = field(default_factory=list)
    confirmations: list[Confirmation] = field(default_factory=list)
    sans_objets: list[SansObjet] = field(default_factory=list)
    cibles: list[Cible] = field(default_factory=list)
    registre: Registre | None = None

    def read_at(self, connu_le: date) -> CelluleConnue:
        """What was known of the cell at the end of `connu_le`."""
        registre = self.registre
        return CelluleConnue(
            releves=tuple(
                r
                for r, remplace_le in self.releves
                if r.connu_le <= connu_le < remplace_le and not r.is_retrait
            ),
            objets=_keep_sus(self.objets, connu_le),
            listes=_keep_sus(self.listes, connu_le),
            confirmations=_keep_connus(self.confirmations, connu_le),
            sans_objets=_keep_connus(self.sans_objets, connu_le),
            cibles=_keep_connus(self.cibles, connu_le),
            registre=None if registre is None else registre.read_at(connu_le),
            non_repartis=() if registre is None else registre.list_non_repartis(connu_le),
            sans_calendrier=() if registre is None else registre.list_sans_calendrier(connu_le),
        )


@dataclass(frozen=True, slots=True)
class CelluleConnue:
    """A cell as it was known; nothing here was learnt after `connu_le`."""

    releves: tuple[Releve, ...] = ()
    objets: tuple[Objet, ...] = ()
    listes: tuple[Liste, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    sans_objets: tuple[SansObjet, ...] = ()
    cibles: tuple[Cible, ...] = ()
    registre: RegistreConnu | None = None
    comptage: Comptage | None = None
    non_repartis: tuple[Apport, ...] = ()
    sans_calendrier: tuple[Apport, ...] = ()

    @property
    def has_faits(self) -> bool:
        """Something was said of this very cell, target lines apart."""
        return bool(self.releves or self.objets or self.listes or self.registre)


CELLULE_VIDE = Cellule()


def _keep_connus(faits: Iterable[_Connu], connu_le: date) -> tuple[_Connu, ...]:
    return tuple(fait for fait in faits if fait.connu_le <= connu_le)


_Su = TypeVar("_Su", Objet, Liste)


def _keep_sus(faits: Iterable[_Su], connu_le: date) -> tuple[_Su, ...]:
    """Known, and not yet known better."""
    return tuple(
        fait
        for fait in faits
        if fait.connu_le <= connu_le and (fait.oublie_le is None or connu_le < fait.oublie_le)
    )


def get_ordre(fait: _Connu) -> tuple[date, int]:
    """Order of knowledge (lecture L-01)."""
    return (fait.connu_le, fait.ordre)


Cle = tuple[str, str]
Version = tuple[Releve, date]
Fait = Releve | Objet | Liste | Confirmation | SansObjet | Cible


class Cellules:
    """Cells of a dossier by (indicateur, territoire), indexed once; never changed once they are read."""

    __slots__ = ("cles_declarees", "par_cle")

    def __init__(self, dossier: Dossier) -> None:
        self.par_cle: dict[Cle, Cellule] = {}
        # Where the versions of a line that has a key stand: a correction may mend a wrong code (L-02).
        self.cles_declarees: dict[tuple[object, ...], frozenset[Cle]] = {}
        seules: dict[Cle, frozenset[Cle]] = {}
        for releve, remplace_le in list_versions(dossier.releves):
            self._open(releve).releves.append((releve, remplace_le))
            _remember(self.cles_declarees, releve, seules)
        for objet in dossier.objets:
            self._open(objet).objets.append(objet)
        for liste in dossier.listes:
            self._open(liste).listes.append(liste)
        for confirmation in dossier.confirmations:
            self._open(confirmation).confirmations.append(confirmation)
        for sans_objet in dossier.sans_objets:
            self._open(sans_objet).sans_objets.append(sans_objet)
        for cible in dossier.cibles:
            self._open(cible).cibles.append(cible)
        for cle, registre in dossier.registres.items():
            self.par_cle.setdefault(cle, Cellule()).registre = registre

    def _open(self, fait: Fait) -> Cellule:
        return self.par_cle.setdefault(get_cle(fait), Cellule())

    def get(self, indicateur: str, territoire: str) -> Cellule:
        """The cell, an empty one when nothing was ever said."""
        return self.par_cle.get((indicateur, territoire), CELLULE_VIDE)

    def merge(self, nouveautes: Nouveautes) -> Cellules:
        """The cells with what was learnt since; untouched ones are shared, those given stay as they were."""
        par_cle, cles = dict(self.par_cle), dict(self.cles_declarees)
        for cle, releves in self._merge_releves(nouveautes.releves).items():
            par_cle[cle] = replace(self.get(*cle), releves=releves)
        for releve in nouveautes.releves:
            _remember(cles, releve, {})
        for nom in ("confirmations", "sans_objets", "cibles"):
            for fait in getattr(nouveautes, nom):
                cellule = copy(par_cle.get(get_cle(fait), CELLULE_VIDE))
                setattr(cellule, nom, sorted([*getattr(cellule, nom), fait], key=get_ordre))
                par_cle[get_cle(fait)] = cellule
        for cle, registre in nouveautes.registres.items():
            par_cle[cle] = replace(par_cle.get(cle, CELLULE_VIDE), registre=registre)
        suite = copy(self)
        suite.par_cle, suite.cles_declarees = par_cle, cles
        return suite

    def list_touches(self, nouveautes: Nouveautes) -> frozenset[str]:
        """The indicateurs whose cells would change: a correction may take a line away from another one (L-02)."""
        quittees = (self.cles_declarees.get(r.identite, frozenset()) for r in nouveautes.releves)
        return nouveautes.indicateurs | {code for cles in quittees for code, _ in cles}

    def _merge_releves(self, nouveaux: tuple[Releve, ...]) -> dict[Cle, list[Version]]:
        """The relevés of every cell that holds a new one, or an earlier version of a new one."""
        par_cle: dict[Cle, list[Version]] = {}
        for releve in nouveaux:
            for cle in self.cles_declarees.get(releve.identite, frozenset()) | {get_cle(releve)}:
                if cle not in par_cle:
                    par_cle[cle] = list(self.get(*cle).releves)
        identites = {releve.identite for releve in nouveaux}
        versions = [r for vus in par_cle.values() for r, _ in vus if r.identite in identites]
        fins = {id(r): fin for r, fin in list_versions([*versions, *nouveaux])}
        for releve in nouveaux:
            par_cle[get_cle(releve)].append((releve, fins[id(releve)]))
        return {
            cle: sorted(((r, fins.get(id(r), fin)) for r, fin in vus), key=_get_ordre_de_version)
            for cle, vus in par_cle.items()
        }


def get_cle(fait: Fait) -> Cle:
    """The cell of a fait."""
    return (fait.indicateur, fait.territoire)


def _remember(
    cles: dict[tuple[object, ...], frozenset[Cle]],
    releve: Releve,
    seules: dict[Cle, frozenset[Cle]],
) -> None:
    """`seules`: the sets of one cell, shared by all the lines that never left it (nearly all of them)."""
    if not releve.cle:
        return
    cle, identite = get_cle(releve), releve.identite
    seule = seules.setdefault(cle, frozenset({cle}))
    connues = cles.get(identite, seule)
    cles[identite] = connues if cle in connues else connues | seule


def _get_ordre_de_version(version: Version) -> tuple[date, int]:
    return get_ordre(version[0])


def list_versions(releves: Iterable[Releve]) -> list[tuple[Releve, date]]:
    """Each relevé with the day a later version of the same line became known (never: the end of time).

    The versions of a line may stand in different cells: a correction can mend a wrong code (L-02).
    """
    suivants: dict[tuple[object, ...], date] = {}
    versions = []
    for releve in sorted(releves, key=get_ordre, reverse=True):
        identite = releve.identite
        versions.append((releve, suivants.get(identite, FIN_DES_TEMPS)))
        suivants[identite] = releve.connu_le
    versions.reverse()
    return versions
