"""Shares of a calendar: the units that sessions cover, out of those that are over (L-93 to L-96)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from fractions import Fraction

from quartiers.core.derivation.apport import Apport, Portant
from quartiers.core.derivation.comptes import CalendrierDeDerivation, CompteDeDerivation
from quartiers.core.derivation.fenetres import build_fenetre
from quartiers.core.derivation.jours import (
    UN_JOUR,
    Periode,
    Vacances,
    get_dimanche,
    is_ouvre,
    list_jours,
)
from quartiers.core.derivation.lecture import ApportsDeRole, Lu
from quartiers.core.referentiel import Derivation, Frequence, Indicateur
from quartiers.core.temps import get_annee_scolaire

Unite = Hashable
DANS_VACANCES = "dans_vacances"


class CalendrierInconnu(Exception):  # noqa: N818 -- named in French like every noun of the product
    """The school calendar does not tell the days that are needed."""


def has_calendrier_scolaire(indicateur: Indicateur) -> bool:
    """The school calendar has a part in its figure, or in how long it stays fresh."""
    derivations = (f for d in indicateur.derivations for f in (d, *d.produit))
    return indicateur.frequence is Frequence.VACANCES or any(map(_is_scolaire, derivations))


def _is_scolaire(derivation: Derivation) -> bool:
    filtre = dict(derivation.filtre)
    fenetre = build_fenetre(filtre)
    return (
        derivation.calendrier not in {None, CalendrierDeDerivation.SEMAINES.value}
        or DANS_VACANCES in filtre
        or (fenetre is not None and fenetre.is_de_vacances)
    )


def read_calendrier(
    role: ApportsDeRole,
    calendrier: CalendrierDeDerivation,
    lieux: Sequence[Apport],
    jour: date,
    vacances: Vacances,
) -> tuple[Lu, Lu] | None:
    """Units covered and units over; `lieux`: the places of a product. None: nothing is said. Raises CalendrierInconnu."""
    attestes = [(min(a.temoin, jour), a) for a in role.parlants if a.du <= jour]
    pointage = role.find_pointage(jour)
    jours = [temoin for temoin, _ in attestes] + ([pointage.temoin] if pointage else [])
    if not jours:
        return None
    dernier = max(jours)
    horizon = min(jour, get_horizon(calendrier, dernier, vacances))
    echues = list_echues(calendrier, horizon, vacances)
    presents = [a for a in lieux if a.is_en_vigueur(horizon) and a.portant is Portant.COMPTE]
    is_couples = role.compte is CompteDeDerivation.COUPLES
    unites: set[Unite] = (
        {(lieu.quoi, unite) for lieu in presents for unite in echues} if is_couples else set(echues)
    )
    comptes = [a for a in role.parlants if a.portant is Portant.COMPTE and a.du <= horizon]
    couvertes: dict[Unite, list[Apport]] = {}
    for apport in comptes:
        unite = get_unite(role.compte, apport, vacances)
        if unite in unites:
            couvertes.setdefault(unite, []).append(apport)
    retenus = tuple(dict.fromkeys(a for liste in couvertes.values() for a in liste))
    temoins = [a for temoin, a in attestes if temoin == dernier]
    is_date = pointage is not None and pointage.temoin == dernier
    lignes = [*retenus, *temoins, *([pointage] if pointage is not None and is_date else [])]
    numerateur = Lu(
        valeur=Fraction(len(couvertes)),
        date=dernier,
        is_valide=all(a.is_valide for a in lignes),
        objets=frozenset(couvertes),
        retenus=tuple(dict.fromkeys([*retenus, *temoins])),
        pointage=pointage,
    )
    return numerateur, Lu(valeur=Fraction(len(unites)), date=None)


def get_horizon(calendrier: CalendrierDeDerivation, jour: date, vacances: Vacances) -> date:
    """The end of the week, of the counted holidays or of the whole ones that hold a day; the day itself outside."""
    if calendrier in _SEMAINES:
        return get_dimanche(jour)
    find = vacances.find_comptee if calendrier is CalendrierDeDerivation.PERIODES else vacances.find
    tenues = find(jour)
    return jour if tenues is None else tenues[1]


_SEMAINES = frozenset({CalendrierDeDerivation.SEMAINES, CalendrierDeDerivation.SEMAINES_SCOLAIRES})


def list_jours_d_horizon(temoins: Iterable[date], vacances: Vacances) -> set[date]:
    """The days from each day attested to the end of the week or of the holidays that hold it: units end on them."""
    jours: set[date] = set()
    for temoin in temoins:
        tenues = vacances.find(temoin)
        fin = max(get_dimanche(temoin), temoin if tenues is None else tenues[1])
        jours.update(list_jours(temoin, fin))
    return jours


def get_unite(compte: CompteDeDerivation, apport: Apport, vacances: Vacances) -> Unite | None:
    """The unit that a session of one day covers."""
    jour = apport.du
    if compte is CompteDeDerivation.JOURS:
        return jour
    if compte is CompteDeDerivation.SEMAINES:
        return get_dimanche(jour)
    periode = vacances.find_comptee(jour)
    if periode is None or compte is CompteDeDerivation.PERIODES:
        return periode
    contenu = apport.lignes[0].contenu
    return (getattr(contenu, "lieu", None), periode)


def list_echues(
    calendrier: CalendrierDeDerivation, horizon: date, vacances: Vacances
) -> set[Unite]:
    """The units over on a day. Raises CalendrierInconnu."""
    return _ECHUES[calendrier](horizon, vacances)


def _list_semaines(horizon: date, _: Vacances) -> set[Unite]:
    """The weeks whose Sunday is over, in the civil year."""
    premier = get_dimanche(date(horizon.year, 1, 1))
    return {j for j in list_jours(premier, horizon) if j.weekday() == premier.weekday()}


def _list_semaines_scolaires(horizon: date, vacances: Vacances) -> set[Unite]:
    """The same since the rentrée, with a day of class at least."""
    rentree = get_annee_scolaire(horizon)[0]
    if not vacances.is_connu(rentree, horizon):
        raise CalendrierInconnu
    premier = get_dimanche(rentree)
    dimanches = [j for j in list_jours(premier, horizon) if j.weekday() == premier.weekday()]
    return {d for d in dimanches if _has_classe(max(d - 6 * UN_JOUR, rentree), d, vacances)}


def _has_classe(du: date, au: date, vacances: Vacances) -> bool:
    return any(is_ouvre(jour) and vacances.find(jour) is None for jour in list_jours(du, au))


def _list_periodes(horizon: date, vacances: Vacances) -> set[Unite]:
    """The holidays of the school year that are over; none yet: those of the year before."""
    rentree = get_annee_scolaire(horizon)[0]
    if not vacances.is_connu(rentree, horizon):
        raise CalendrierInconnu
    echues = _list_periodes_de(rentree, horizon, vacances)
    if not echues:
        avant = rentree.replace(year=rentree.year - 1)
        if not vacances.is_connu(avant, horizon):
            raise CalendrierInconnu
        echues = _list_periodes_de(avant, rentree - UN_JOUR, vacances)
    return set(echues)


def _list_periodes_de(rentree: date, horizon: date, vacances: Vacances) -> list[Periode]:
    return [p for p in vacances.list_comptees() if rentree <= p[0] and p[1] <= horizon]


def _list_jours(horizon: date, vacances: Vacances) -> set[Unite]:
    """The days over of the last holidays begun."""
    dernieres = vacances.find_dernieres(horizon)
    if dernieres is None or not vacances.is_connu(dernieres[0], horizon):
        raise CalendrierInconnu
    return set(list_jours(dernieres[0], min(dernieres[1], horizon)))


def _list_jours_ouvres(horizon: date, vacances: Vacances) -> set[Unite]:
    jours = _list_jours(horizon, vacances)
    return {jour for jour in jours if isinstance(jour, date) and is_ouvre(jour)}


_ECHUES: dict[CalendrierDeDerivation, Callable[[date, Vacances], set[Unite]]] = {
    CalendrierDeDerivation.SEMAINES: _list_semaines,
    CalendrierDeDerivation.SEMAINES_SCOLAIRES: _list_semaines_scolaires,
    CalendrierDeDerivation.PERIODES: _list_periodes,
    CalendrierDeDerivation.JOURS: _list_jours,
    CalendrierDeDerivation.JOURS_OUVRES: _list_jours_ouvres,
}
