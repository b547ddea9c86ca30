"""Days, months, weeks, years and holidays, counted one by one."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from tests.oracle.derivation.cadre import Calendrier, Vacances

UN_JOUR: Final = timedelta(days=1)
Intervalle = tuple[date, date]


def get_veille(jour: date) -> date:
    """The day before."""
    return jour - UN_JOUR


def get_lendemain(jour: date) -> date:
    """The day after."""
    return jour + UN_JOUR


def add_mois(jour: date, mois: int) -> date:
    """The same day so many months later, or the last day of that month."""
    rang = jour.year * 12 + jour.month - 1 + mois
    annee, mois_du_jour = divmod(rang, 12)
    dernier = monthrange(annee, mois_du_jour + 1)[1]
    return date(annee, mois_du_jour + 1, min(jour.day, dernier))


def list_jours(debut: date, fin: date) -> list[date]:
    """Every day from the first to the last."""
    jours = []
    jour = debut
    while jour <= fin:
        jours.append(jour)
        jour += UN_JOUR
    return jours


def get_lundi(jour: date) -> date:
    """The Monday of the week: what names it."""
    return jour - timedelta(days=jour.weekday())


def get_dimanche(jour: date) -> date:
    """The Sunday that ends the week."""
    return get_lundi(jour) + timedelta(days=6)


def get_rentree(jour: date) -> date:
    """1 September of the school year that holds a day."""
    return date(jour.year if jour.month >= 9 else jour.year - 1, 9, 1)


def get_periode(nom: str | None, jour: date) -> Intervalle:
    """The civil or school year that holds a day."""
    if nom == "annee_scolaire":
        rentree = get_rentree(jour)
        return rentree, date(rentree.year + 1, 8, 31)
    return date(jour.year, 1, 1), date(jour.year, 12, 31)


def get_paques(annee: int) -> date:
    """Easter Sunday, by the method printed in every almanac."""
    a, b, c = annee % 19, annee // 100, annee % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    mois, reste = divmod(h + m - 7 * n + 114, 31)
    return date(annee, mois, reste + 1)


def list_feries(annee: int) -> set[date]:
    """The eleven public holidays of the whole country."""
    paques = get_paques(annee)
    fixes = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)]
    mobiles = [paques + timedelta(days=n) for n in (1, 39, 50)]
    return {date(annee, mois, jour) for mois, jour in fixes} | set(mobiles)


def is_ferie(jour: date) -> bool:
    """A public holiday?"""
    return jour in list_feries(jour.year)


def is_ouvre(jour: date) -> bool:
    """Monday to Friday, public holidays apart."""
    return jour.weekday() < 5 and not is_ferie(jour)


def is_ete(vacances: Vacances) -> bool:
    """The summer holidays: they hold the last day of July and the first of August."""
    debut, fin = vacances
    return debut <= date(fin.year, 7, 31) and fin >= date(fin.year, 8, 1)


def is_connu(calendrier: Calendrier | None, debut: date, fin: date) -> bool:
    """Does the calendar speak of every day of an interval?"""
    if calendrier is None:
        return False
    return calendrier.valide_du <= debut and fin <= calendrier.valide_au


def get_vacances(calendrier: Calendrier, jour: date) -> Vacances | None:
    """The holidays that hold a day."""
    for debut, fin in calendrier.vacances:
        if debut <= jour <= fin:
            return debut, fin
    return None


def list_unites(calendrier: Calendrier) -> list[Vacances]:
    """The holidays as periods to be counted: July and August apart."""
    unites: list[Vacances] = []
    for debut, fin in sorted(calendrier.vacances):
        if is_ete((debut, fin)):
            unites += [(debut, date(fin.year, 7, 31)), (date(fin.year, 8, 1), fin)]
        else:
            unites.append((debut, fin))
    return unites


def get_dernieres_vacances_finies(
    calendrier: Calendrier | None, jour: date, *, ete: bool
) -> Vacances | None:
    """The last holidays over before a day (the last summer); None when the calendar cannot say."""
    if calendrier is None or not is_connu(calendrier, jour, jour):
        return None
    finies = [v for v in calendrier.vacances if v[1] < jour and (not ete or is_ete(v))]
    return max(finies, default=None)
