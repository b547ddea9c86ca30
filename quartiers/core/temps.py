"""Périodes and freshness: when a value stops being recent enough to speak (domaine.md 4.1, 4.7)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from quartiers.core.fait import Calendrier
from quartiers.core.referentiel import Frequence, Indicateur, Periode

PARIS = ZoneInfo("Europe/Paris")
"""Where a day of knowledge ends."""
LIMITES: dict[Frequence, int] = {
    Frequence.MOIS: 45,
    Frequence.TRIMESTRE: 120,
    Frequence.SEMESTRE: 240,
    Frequence.AN: 450,
    Frequence.RENTREE: 450,
}
LIMITE_APRES_VACANCES = 45
REPORT_D_UN_FLUX = 120
_PREMIER_MOIS = {Periode.ANNEE_CIVILE: 1, Periode.ANNEE_SCOLAIRE: 9}
_UN_JOUR = timedelta(days=1)


def get_minuit(jour: date) -> datetime:
    """The first moment of a day, in Paris."""
    return datetime.combine(jour, time(), PARIS)


def get_periode(periode: Periode, jour: date) -> tuple[date, date]:
    """First and last day of the période that holds `jour`."""
    mois = _PREMIER_MOIS[periode]
    annee = jour.year if jour.month >= mois else jour.year - 1
    return date(annee, mois, 1), date(annee + 1, mois, 1) - _UN_JOUR


def get_annee_scolaire(jour: date) -> tuple[date, date]:
    """First and last day of the school year that holds `jour`."""
    return get_periode(Periode.ANNEE_SCOLAIRE, jour)


def get_perime_le(
    indicateur: Indicateur, jour: date, calendrier: Calendrier | None
) -> tuple[date, bool]:
    """First stale day of a value dated `jour`, and whether the school calendar was missing for it.

    Lectures L-23 and L-24. An age equal to the limit is still fresh.
    """
    inconnu = False
    if indicateur.frequence is Frequence.VACANCES:
        fin = _get_fin_de_vacances(jour, calendrier)
        inconnu = fin is None
        limite = LIMITES[Frequence.SEMESTRE] if fin is None else LIMITE_APRES_VACANCES
        perime_le = max(fin or jour, jour) + timedelta(days=limite + 1)
    else:
        perime_le = jour + timedelta(days=LIMITES[indicateur.frequence] + 1)
    if indicateur.is_flux and indicateur.periode is not None:
        suivante = get_periode(indicateur.periode, jour)[1] + _UN_JOUR
        perime_le = min(perime_le, suivante + timedelta(days=REPORT_D_UN_FLUX))
    return perime_le, inconnu


def _get_fin_de_vacances(jour: date, calendrier: Calendrier | None) -> date | None:
    """Last day of the latest holidays begun at `jour`, None when the calendar cannot tell."""
    if calendrier is None or not calendrier.valide_du <= jour <= calendrier.valide_au:
        return None
    commencees = [periode for periode in calendrier.periodes if periode[0] <= jour]
    return max(commencees)[1] if commencees else None


def add_mois(jour: date, mois: int) -> date:
    """The same day so many months later, or the last one of a shorter month: 30 November + 3 = 28 February."""
    annee, rang = divmod(jour.year * 12 + jour.month - 1 + mois, 12)
    dernier = (date(annee + (rang + 1) // 12, (rang + 1) % 12 + 1, 1) - _UN_JOUR).day
    return date(annee, rang + 1, min(jour.day, dernier))


def get_dernier_jour_sans_objet(valide_le: date) -> date:
    """The same day twelve months later; 28 February for the 29th."""
    return add_mois(valide_le, 12)
