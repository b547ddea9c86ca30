"""What is known on a day: corrections, rejections, drafts, withdrawals."""

from collections.abc import Iterable
from datetime import date

from tests.oracle.derivation.lignes import ACTES, POINTAGE, LigneBrute


def list_tenues(lignes: Iterable[LigneBrute], connu_le: date) -> list[LigneBrute]:
    """The rows known that still hold, in the order they came to be known.

    A draft is not said. A rejection takes back every earlier row of the same object and day that says the same
    thing, as if it had not been said; what that row had corrected holds again.
    """
    connues = [ligne for ligne in lignes if ligne.connu_le <= connu_le]
    connues.sort(key=lambda ligne: (ligne.connu_le, ligne.ordre))
    tenues: list[LigneBrute] = []
    for ligne in connues:
        if ligne.validation == "brouillon":
            continue
        if ligne.validation == "rejete":
            tenues = [avant for avant in tenues if not is_redite(avant, ligne)]
        else:
            tenues.append(ligne)
    return tenues


def is_redite(avant: LigneBrute, ligne: LigneBrute) -> bool:
    """Does a row say again what another one says?"""
    meme_objet = (avant.genre, avant.objet) == (ligne.genre, ligne.objet)
    return meme_objet and avant.dit == ligne.dit


def list_sus(lignes: Iterable[LigneBrute], connu_le: date) -> list[LigneBrute]:
    """Every row that speaks on a day of knowledge.

    Of a state, one for each day spoken of: the last entered. Of an act, one in all: the last. A withdrawal of a
    state takes one day of it back, of an act the whole.
    """
    derniers: dict[tuple[object, ...], LigneBrute] = {}
    for ligne in list_tenues(lignes, connu_le):
        cle: tuple[object, ...] = (ligne.genre, ligne.objet)
        if ligne.genre not in ACTES:
            cle = (*cle, ligne.le)
        derniers[cle] = ligne
    return [ligne for ligne in derniers.values() if not ligne.retrait]


def group_objets(sus: Iterable[LigneBrute], genre: str) -> dict[str, list[LigneBrute]]:
    """The rows of a kind, object by object, in the order of the days they speak of."""
    objets: dict[str, list[LigneBrute]] = {}
    for ligne in sorted(sus, key=lambda ligne: ligne.le):
        if ligne.genre == genre:
            objets.setdefault(ligne.objet, []).append(ligne)
    return objets


def list_pointages(sus: Iterable[LigneBrute]) -> list[LigneBrute]:
    """Every pointage; each day of one stands by itself."""
    return [ligne for ligne in sus if ligne.genre == POINTAGE]
