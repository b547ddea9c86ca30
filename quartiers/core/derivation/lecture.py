"""Apports → what a role says on a day: those in force, or those of a running total."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from quartiers.core.derivation.apport import Apport, Portant
from quartiers.core.derivation.comptes import CompteDeDerivation
from quartiers.core.derivation.reduction import SANS_ZERO, reduce_apports

GetPerimeLe = Callable[[date], date]
"""The first stale day of a value of a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lu:
    """What one role says on a day. `date`: None for what attests nothing (a constant, a statistic, the frame).

    `objets`: what counts, each once; `proches`: near and out of reach; `retenus`: all that speaks, zeros included.
    """

    valeur: Fraction | None
    date: date | None
    is_valide: bool = True
    objets: frozenset[Hashable] = frozenset()
    proches: frozenset[Hashable] = frozenset()
    retenus: tuple[Apport, ...] = ()
    pointage: Apport | None = None


@dataclass(frozen=True, slots=True)
class ApportsDeRole:
    """The apports of one role in one territoire, as known on a day."""

    compte: CompteDeDerivation
    parlants: tuple[Apport, ...]
    pointages: tuple[Apport, ...] = ()

    def find_pointage(self, jour: date) -> Apport | None:
        """The last pointage on a day."""
        passes = [p for p in self.pointages if p.temoin <= jour]
        return max(passes, key=lambda p: (p.temoin, p.connu_le), default=None)


def build_apports_de_role(compte: CompteDeDerivation, apports: Iterable[Apport]) -> ApportsDeRole:
    """The apports of a role sorted by what they are for."""
    parlants: list[Apport] = []
    pointages: list[Apport] = []
    for apport in apports:
        (pointages if apport.portant is Portant.POINTAGE else parlants).append(apport)
    return ApportsDeRole(compte, tuple(parlants), tuple(pointages))


def read_en_vigueur(role: ApportsDeRole, jour: date, get_perime_le: GetPerimeLe) -> Lu | None:
    """Those in force on that day: the fresh ones when any is, else all (L-89); None: nothing is said."""
    pointage = role.find_pointage(jour)
    presents = [a for a in role.parlants if a.is_en_vigueur(jour) and a.portant is not Portant.FINI]
    if not presents:
        return _read_finis(role, jour, pointage)

    def get_temoin(apport: Apport) -> date:
        temoin = min(apport.temoin, jour)
        return temoin if pointage is None else max(temoin, pointage.temoin)

    def is_frais(apport: Apport) -> bool:
        return apport.is_acte or jour < get_perime_le(get_temoin(apport))

    frais = [a for a in presents if is_frais(a)]
    is_pointage_frais = pointage is not None and jour < get_perime_le(pointage.temoin)
    retenus = frais if frais or is_pointage_frais else presents
    return _build(role, retenus, get_temoin, pointage)


def _build(
    role: ApportsDeRole,
    retenus: Sequence[Apport],
    get_temoin: Callable[[Apport], date],
    pointage: Apport | None,
) -> Lu | None:
    comptes = [a for a in retenus if a.portant is Portant.COMPTE]
    if role.compte in SANS_ZERO:
        if not comptes:
            return None
        retenus = comptes
    temoin = max((get_temoin(a) for a in retenus), default=date.min)
    lignes = list(retenus)
    if pointage is not None and pointage.temoin >= temoin:
        lignes.append(pointage)
        temoin = pointage.temoin
    return Lu(
        valeur=reduce_apports(role.compte, comptes, temoin),
        date=temoin,
        is_valide=all(a.is_valide for a in lignes),
        objets=frozenset(a.quoi for a in comptes),
        proches=frozenset(a.quoi for a in retenus if a.is_proche),
        retenus=tuple(retenus),
        pointage=pointage,
    )


def _read_finis(role: ApportsDeRole, jour: date, pointage: Apport | None) -> Lu | None:
    """Nothing is in force: what is over says zero at its last day attested, beside the pointage (L-68)."""
    finis = [a for a in role.parlants if a.is_en_vigueur(jour) and a.portant is Portant.FINI]
    if role.compte in SANS_ZERO or (not finis and pointage is None):
        return None

    def get_temoin(apport: Apport) -> date:
        return min(apport.temoin, jour)

    dernier = max((get_temoin(a) for a in finis), default=None)
    lignes = list(finis)
    if pointage is not None and (dernier is None or pointage.temoin >= dernier):
        dernier = pointage.temoin
        lignes.append(pointage)
    return Lu(
        valeur=Fraction(0),
        date=dernier,
        is_valide=all(a.is_valide for a in lignes),
        retenus=tuple(finis),
        pointage=pointage,
    )


def read_cumul(
    role: ApportsDeRole, jour: date, fenetre: tuple[date, date] | None = None
) -> Lu | None:
    """Those in force on the last day attested, inside the window of a dated target if any; None: nothing is said."""
    debut, fin = fenetre or (date.min, jour)
    borne = min(jour, fin)
    dits = [(min(a.temoin, borne), a) for a in role.parlants if a.du <= borne]
    dits = [(temoin, a) for temoin, a in dits if temoin >= debut]
    pointage = role.find_pointage(borne)
    if pointage is not None and pointage.temoin < debut:
        pointage = None
    jours = [temoin for temoin, _ in dits] + ([pointage.temoin] if pointage is not None else [])
    if not jours:
        return None
    dernier = max(jours)
    if pointage is not None and pointage.temoin < dernier:
        pointage = None
    presents = [a for a in role.parlants if a.is_en_vigueur(dernier)]
    comptes = [a for a in presents if a.portant is Portant.COMPTE]
    temoins = [a for temoin, a in dits if temoin == dernier]
    retenus = list(dict.fromkeys([*presents, *temoins]))
    lignes = [*retenus, *([pointage] if pointage is not None else [])]
    return Lu(
        valeur=reduce_apports(role.compte, comptes, dernier),
        date=dernier,
        is_valide=all(a.is_valide for a in lignes),
        objets=frozenset(a.quoi for a in comptes),
        retenus=tuple(retenus),
        pointage=pointage,
    )
