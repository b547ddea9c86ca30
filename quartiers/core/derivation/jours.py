"""Days, months, weeks and holidays as derivations read them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from quartiers.core.fait import Calendrier
from quartiers.core.temps import add_mois

UN_JOUR = timedelta(days=1)
_VENDREDI = 4
Periode = tuple[date, date]
"""First and last day, both included."""


def get_fin_de_mois(jour: date) -> date:
    """The last day of the month of a day."""
    return add_mois(jour.replace(day=1), 1) - UN_JOUR


def get_dimanche(jour: date) -> date:
    """The Sunday of the week of a day: a week is known by it."""
    return jour + timedelta(days=6 - jour.weekday())


def list_jours(du: date, au: date) -> Iterator[date]:
    """From a day to a day, both included."""
    for rang in range((au - du).days + 1):
        yield du + timedelta(days=rang)


@cache
def find_paques(annee: int) -> date:
    """Easter Sunday, by the method of Meeus for the Gregorian calendar."""
    cycle, siecle, reste = annee % 19, annee // 100, annee % 100
    lune = (19 * cycle + siecle - siecle // 4 - (siecle - (siecle + 8) // 25 + 1) // 3 + 15) % 30
    semaine = (32 + 2 * (siecle % 4) + 2 * (reste // 4) - lune - reste % 4) % 7
    ecart = (cycle + 11 * lune + 22 * semaine) // 451
    mois, jour = divmod(lune + semaine - 7 * ecart + 114, 31)
    return date(annee, mois, jour + 1)


@cache
def list_feries(annee: int) -> frozenset[date]:
    """The eleven national holidays of a year (article L. 3133-1 of the code du travail)."""
    paques = find_paques(annee)
    mobiles = (timedelta(days=1), timedelta(days=39), timedelta(days=50))
    fixes = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    return frozenset((*(paques + ecart for ecart in mobiles), *(date(annee, *f) for f in fixes)))


def is_ferie(jour: date) -> bool:
    """A national holiday."""
    return jour in list_feries(jour.year)


def is_ouvre(jour: date) -> bool:
    """Monday to Friday, no national holiday."""
    return jour.weekday() <= _VENDREDI and not is_ferie(jour)


def is_ete(vacances: Periode) -> bool:
    """The holidays that hold 31 July and 1 August."""
    debut, fin = vacances
    return debut <= date(debut.year, 7, 31) and fin >= date(debut.year, 8, 1)


class Vacances:
    """The school holidays of a territoire; outside the validity of the calendar nothing is known."""

    def __init__(self, calendrier: Calendrier | None) -> None:
        self.calendrier = calendrier
        self.periodes = () if calendrier is None else tuple(sorted(calendrier.periodes))

    def is_connu(self, du: date, au: date) -> bool:
        """Every day from `du` to `au` is known."""
        calendrier = self.calendrier
        return calendrier is not None and calendrier.valide_du <= du and au <= calendrier.valide_au

    def find(self, jour: date) -> Periode | None:
        """The holidays that hold a day, None outside holidays and where nothing is known."""
        if not self.is_connu(jour, jour):
            return None
        return next((p for p in self.periodes if p[0] <= jour <= p[1]), None)

    def find_suivantes(self, vacances: Periode, *, ete: bool = False) -> Periode | None:
        """The next holidays known, or the next summer."""
        return next(
            (p for p in self.periodes if p[0] > vacances[1] and (not ete or is_ete(p))), None
        )

    def find_dernieres(self, jour: date) -> Periode | None:
        """The last holidays begun on a day."""
        return max((p for p in self.periodes if p[0] <= jour), default=None)

    def list_comptees(self) -> list[Periode]:
        """The holidays as they are counted: July and August apart."""
        comptees = []
        for debut, fin in self.periodes:
            if is_ete((debut, fin)):
                aout = date(debut.year, 8, 1)
                comptees += [(debut, aout - UN_JOUR), (aout, fin)]
            else:
                comptees.append((debut, fin))
        return comptees

    def find_comptee(self, jour: date) -> Periode | None:
        """The counted holidays that hold a day."""
        if not self.is_connu(jour, jour):
            return None
        return next((p for p in self.list_comptees() if p[0] <= jour <= p[1]), None)
