"""The statements of one object, one after the other: which one governs a day, and until when it is attested."""

from datetime import date

from tests.oracle.derivation.etats import get_depuis, get_propre_debut, get_propre_fin, list_dates
from tests.oracle.derivation.jours import get_lendemain, get_veille
from tests.oracle.derivation.lignes import LigneBrute

Suite = list[LigneBrute]  # in the order of the days spoken of


def get_prise(suite: Suite, rang: int) -> date:
    """The day from which a statement governs.

    The first one holds from its own start. A later one takes over from the change it says; when it says the same
    change as the one before, it confirms it, and takes over from its own day.
    """
    ligne = suite[rang]
    if rang == 0:
        return get_propre_debut(ligne)
    if ligne.genre != "cohorte" and get_depuis(ligne) == get_depuis(suite[rang - 1]):
        return ligne.le
    return get_depuis(ligne)


def find_rang(suite: Suite, jour: date) -> int | None:
    """The statement that governs a day: the latest told of those begun."""
    for rang in reversed(range(len(suite))):
        if get_prise(suite, rang) <= jour:
            return rang
    return None


def find_suivante(suite: Suite, rang: int, jour: date) -> int | None:
    """The statement that takes over next, after a day."""
    suivantes = [autre for autre in range(rang + 1, len(suite)) if get_prise(suite, autre) > jour]
    return min(suivantes, key=lambda autre: (get_prise(suite, autre), -autre), default=None)


def is_dite_ou_confirmee(suite: Suite, rang: int, suivante: int) -> bool:
    """Is the day of the change said, or does the next statement only confirm?"""
    avant, apres = suite[rang], suite[suivante]
    if get_depuis(avant) == get_depuis(apres) or avant.dit[1:] == apres.dit[1:]:
        return True
    return get_depuis(apres) in list_dates(apres)


def get_temoin(suite: Suite, rang: int, jour: date) -> date:
    """Last day on which what a statement says is attested, for a day that it governs."""
    ligne = suite[rang]
    if ligne.genre == "cohorte":
        return get_propre_debut(ligne)
    suivante = find_suivante(suite, rang, jour)
    if suivante is not None and is_dite_ou_confirmee(suite, rang, suivante):
        return get_veille(get_prise(suite, suivante))
    fin = get_propre_fin(ligne)
    if fin is None:
        return ligne.le
    if get_lendemain(fin) <= ligne.le and jour <= fin:
        return fin  # the day of the end is said by the statement itself
    return max(ligne.le, fin)


def list_bascules(suite: Suite, jour: date) -> list[date]:
    """The eves of every change before a day, the nearest first."""
    veilles = {get_veille(get_prise(suite, rang)) for rang in range(len(suite))}
    return sorted((veille for veille in veilles if veille < jour), reverse=True)
