"""Calendars: freshness limits, periods of a flux, school holidays (L-22, L-23, L-24)."""

from datetime import date, timedelta

from tests.oracle.regard import GENRES_D, Ligne, Regard, get_genre, list_ancetres

LIMITES = {"M": 45, "T": 120, "S": 240, "A": 450, "RS": 450}  # days
LIMITE_PV = 45  # days after the end of the holidays
SURSIS_DU_FLUX = 120  # days of the next period during which the last total still stands
SANS_CALENDRIER = ("nation", "region", "epci")

Periode = tuple[date, date]  # first day, last day


def add_jours(jour: date, nombre: int) -> date:
    """A day so many days later."""
    return jour + timedelta(days=nombre)


def get_periode(indicateur: Ligne, jour: date) -> Periode:
    """Civil or school year that holds a day."""
    if indicateur["periode"] == "annee_scolaire":
        annee = jour.year if jour.month >= 9 else jour.year - 1
        return date(annee, 9, 1), date(annee + 1, 8, 31)
    return date(jour.year, 1, 1), date(jour.year, 12, 31)


def get_periode_avant(indicateur: Ligne, periode: Periode) -> Periode:
    """The period just before."""
    return get_periode(indicateur, add_jours(periode[0], -1))


def get_fin_de_vacances(regard: Regard, territoire: str, jour: date) -> date | None:
    """L-24: last day of the last holidays begun on that day or before; None when the calendar cannot say."""
    if get_genre(regard, territoire) in SANS_CALENDRIER:
        return None
    connus = regard.monde.get("calendriers", {})
    calendrier = next(
        (connus[d] for d in list_departements(regard, territoire) if d in connus), None
    )
    if calendrier is None or not calendrier["valide_du"] <= jour <= calendrier["valide_au"]:
        return None
    commencees = [(debut, fin) for debut, fin in calendrier["periodes"] if debut <= jour]
    return max(commencees)[1] if commencees else None


def list_departements(regard: Regard, territoire: str) -> list[str]:
    """L-100: all those that hold a territory, by code; the first that has a calendar lends it."""
    ancetres = list_ancetres(regard, territoire)
    return sorted(code for code in ancetres if get_genre(regard, code) in GENRES_D)


def has_calendrier_inconnu(regard: Regard, indicateur: Ligne, territoire: str, jour: date) -> bool:
    """A PV fact whose holidays are not known."""
    if indicateur["frequence"] != "PV":
        return False
    return get_fin_de_vacances(regard, territoire, jour) is None


def get_peremption(regard: Regard, indicateur: Ligne, territoire: str, jour: date) -> date:
    """First stale day of a fact of that day (freshness limit, L-23, L-24)."""
    if indicateur["frequence"] == "PV":
        fin = get_fin_de_vacances(regard, territoire, jour)
        if fin is None:
            perime_le = add_jours(jour, LIMITES["S"] + 1)
        else:
            perime_le = add_jours(max(fin, jour), LIMITE_PV + 1)
    else:
        perime_le = add_jours(jour, LIMITES[indicateur["frequence"]] + 1)
    if indicateur.get("nature") == "flux":
        suivante = add_jours(get_periode(indicateur, jour)[1], 1)
        perime_le = min(perime_le, add_jours(suivante, SURSIS_DU_FLUX))
    return perime_le
