"""What the state kinds say of time: their own starts and ends, their periods, the day a statement begins."""

from datetime import date

from tests.oracle.derivation.jours import get_lendemain, get_veille
from tests.oracle.derivation.lignes import LigneBrute

Bornes = tuple[date | None, date | None]  # None: open on that side

# Dates that a statement gives of its own starts, and of its own last days.
DEBUTS = {
    "lieu": ("ouvert",),
    "poste": ("finance_depuis", "pourvu_depuis", "vacant_depuis"),
    "instance": ("creee",),
    "convention": ("debut",),
    "organisme": ("actif_depuis", "mobilisable_depuis"),
}
FINS = {
    "lieu": ("ferme",),
    "poste": ("finance_jusqu_au",),
    "instance": ("fin",),
    "convention": ("fin",),
    "organisme": ("actif_jusqu_au", "mobilisable_jusqu_au"),
}


def get_dernier_jour(cohorte: LigneBrute) -> date:
    """The last day of a cohort: the earlier of its own end and of the day it is told."""
    fin = cohorte.get("au")
    return cohorte.le if fin is None else min(fin, cohorte.le)


def list_dates(ligne: LigneBrute) -> list[date]:
    """The days on which, by its own words, something begins: its starts, and the morrow of its ends."""
    dates = [ligne.get(champ) for champ in DEBUTS.get(ligne.genre, ())]
    fins = [ligne.get(champ) for champ in FINS.get(ligne.genre, ())]
    return [d for d in dates if d is not None] + [get_lendemain(d) for d in fins if d is not None]


def get_depuis(ligne: LigneBrute) -> date:
    """From when a later statement takes over from an earlier one: the last change it says, at most its day."""
    if ligne.genre == "cohorte":
        return get_dernier_jour(ligne)
    return max((d for d in list_dates(ligne) if d <= ligne.le), default=ligne.le)


def get_propre_debut(ligne: LigneBrute) -> date:
    """From when the first statement of an object holds: the first date it says, at most its day."""
    if ligne.genre == "cohorte":
        return get_dernier_jour(ligne)
    return min([*list_dates(ligne), ligne.le])


def get_propre_fin(ligne: LigneBrute) -> date | None:
    """The end that lets an act stay fresh until then: that of a convention only."""
    return ligne.get("fin") if ligne.genre == "convention" else None


def get_periode_dite(ligne: LigneBrute, filtre: str) -> Bornes | None:
    """The days on which a period is true, by the words of one statement; None: never."""
    if filtre == "en_vigueur":
        return _get_en_vigueur(ligne)
    if filtre == "pourvu":
        return _get_pourvu(ligne)
    if filtre == "annee_scolaire":
        return _get_annee_scolaire(ligne)
    if filtre == "echue":
        echeance = ligne.get("echeance")
        return None if echeance is None else (get_lendemain(echeance), None)
    debut = ligne.get(f"{filtre}_depuis")  # finance, actif, mobilisable
    return None if debut is None else (debut, ligne.get(f"{filtre}_jusqu_au"))


def _get_en_vigueur(ligne: LigneBrute) -> Bornes:
    debut, fin = {
        "lieu": ("ouvert", "ferme"),
        "convention": ("debut", "fin"),
        "instance": ("creee", "fin"),
    }[ligne.genre]
    return ligne.get(debut), ligne.get(fin)


def _get_pourvu(poste: LigneBrute) -> Bornes | None:
    """Filled from a day, until it is vacant or no longer funded."""
    debut, vacant = poste.get("pourvu_depuis"), poste.get("vacant_depuis")
    if debut is None:
        return None
    fins = [poste.get("finance_jusqu_au")] if poste.get("finance_jusqu_au") else []
    if vacant is not None and vacant > debut:
        fins.append(get_veille(vacant))
    return debut, min(fins, default=None)


def _get_annee_scolaire(cohorte: LigneBrute) -> Bornes:
    """From its first day to the 31st of August that comes next after its last one."""
    dernier = get_dernier_jour(cohorte)
    aout = date(dernier.year, 8, 31)
    return cohorte.get("du"), aout if dernier <= aout else aout.replace(year=dernier.year + 1)


PERIODES = ("en_vigueur", "pourvu", "finance", "actif", "mobilisable", "echue", "annee_scolaire")
