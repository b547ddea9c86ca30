"""Every question that can be asked of the rights, and the golden file of their answers.

    python -m tests.core.enumeration_des_droits

writes `droits.txt` beside this file: one line per rôle, family, verb, relation and state, each with sixteen answers.
Read its difference as one reads a change of the table.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain, product
from pathlib import Path
from typing import NamedTuple

from quartiers.core.droits import (
    FAMILLES,
    VALIDATIONS,
    Droits,
    MandatConfie,
    Sujet,
    Verbe,
    build_droits,
)
from quartiers.core.table_des_droits import TABLE, VISIBILITES
from tests.oracle import droits as oracle

FICHIER = Path(__file__).with_name("droits.txt")
JOUR = date(2026, 11, 24)
COMPTE, AUTRE = 1, 2
# One kind per family; the columns of who contests and who publishes are asked of what one does it to: a tableau.
FAMILLES_DITES = {
    "plan": "plan",
    "fiche": "poste",
    "reunion": "seance",
    "appui": "demande_appui",
    "contestation": "tableau",
    "publication": "tableau",
    "mandat": "mandat",
}
VERBES = {v.name.lower(): v for v in Verbe}
RELATIONS = {"dans": ("DEDANS",), "a_cheval": ("DEDANS", "DEHORS"), "hors": ("DEHORS",)}
LIEUX = {**RELATIONS, "sans": ()}
"""Where a mandat may be; without territoire, it is that of a rôle which opens nothing."""
TENANTS = {"DEDANS": ("DEDANS", "CONFIE"), "DEHORS": ("DEHORS",)}
REPONSES = tuple(product(VISIBILITES, (True, False), (True, False)))
"""Visibility, recorded by one's own organisme or not, written by oneself or not: the order of the sixteen signs."""
ENTETE = f"""\
# Écrit par `python -m tests.core.enumeration_des_droits` : ne pas corriger ici.
# rôle, famille, verbe, où est l’enregistrement, son état, puis seize réponses (o : oui ; . : non), quatre par
# visibilité ({", ".join(VISIBILITES)}) : de mon organisme et de ma main, de mon organisme, de ma main, ni l’un ni l’autre.
# Puis qui peut donner quel rôle : qui, « donne », quoi, où, et deux réponses (de mon organisme, d’un autre).
"""


def make_droits(role: str) -> Droits:
    """An account of a rôle, with one territoire and an organisme."""
    mandat = MandatConfie(role, "CONFIE", "le mien")
    return build_droits(COMPTE, [mandat], JOUR, lambda code: TENANTS.get(code, ()))


def make_sujet(
    genre: str, relation: str, etat: str, visibilite: str, *, is_sien: bool, is_auteur: bool
) -> Sujet:
    """A record seen from that account."""
    return Sujet(
        genre,
        RELATIONS[relation],
        "le mien" if is_sien else "un autre",
        etat,
        visibilite,
        frozenset({COMPTE if is_auteur else AUTRE}),
    )


def list_reponses(
    droits: Droits, verbe: str, genre: str, relation: str, etat: str
) -> Iterator[bool]:
    """The sixteen answers of a cell."""
    for visibilite, is_sien, is_auteur in REPONSES:
        sujet = make_sujet(genre, relation, etat, visibilite, is_sien=is_sien, is_auteur=is_auteur)
        yield droits.can(VERBES[verbe], sujet)


class Comparaison(NamedTuple):
    """What was asked of the two hands, and where they differ."""

    cellules: int
    reponses: int
    accordees: int
    nominations: int
    differences: tuple[str, ...]


class Reponse(NamedTuple):
    """One question, and what each hand answers."""

    question: tuple[str | bool, ...]
    obtenue: bool
    attendue: bool


def iterate_reponses(role: str) -> Iterator[Reponse]:
    """Every kind, one by one, against the second hand: a kind in the wrong family differs."""
    droits = make_droits(role)
    for cellule in product(oracle.VERBES, FAMILLES, oracle.RELATIONS, oracle.ETATS):
        obtenues = list_reponses(droits, *cellule)
        for (visibilite, is_sien, is_auteur), obtenue in zip(REPONSES, obtenues, strict=True):
            attendue = oracle.may(role, *cellule, visibilite, is_sien=is_sien, is_auteur=is_auteur)
            yield Reponse((role, *cellule, visibilite, is_sien, is_auteur), obtenue, attendue)


def iterate_nominations(role: str) -> Iterator[Reponse]:
    """Every rôle that may be given, everywhere, in the name of one's own organisme or of another."""
    droits = make_droits(role)
    for donne, (ou, codes), is_sien in product(oracle.ROLES, LIEUX.items(), (True, False)):
        obtenue = droits.can_nommer(donne, codes, "le mien" if is_sien else "un autre")
        attendue = oracle.may_give(role, donne, ou, is_sien=is_sien)
        yield Reponse((role, "donne", donne, ou, is_sien), obtenue, attendue)


def list_differences(role: str) -> Iterator[str]:
    """Where the two hands differ on a rôle; the last two words: of one's organisme, of one's hand."""
    return (
        str(reponse)
        for reponse in chain(iterate_reponses(role), iterate_nominations(role))
        if reponse.obtenue is not reponse.attendue
    )


def compare_droits() -> Comparaison:
    """The full product, counted."""
    reponses, accordees, nominations = 0, 0, 0
    differences: list[str] = []
    for role in oracle.ROLES:
        for reponse in iterate_reponses(role):
            reponses += 1
            accordees += reponse.obtenue
            if reponse.obtenue is not reponse.attendue:
                differences.append(str(reponse))
        for reponse in iterate_nominations(role):
            nominations += 1
            if reponse.obtenue is not reponse.attendue:
                differences.append(str(reponse))
    cellules = reponses // len(REPONSES)
    return Comparaison(cellules, reponses, accordees, nominations, tuple(differences))


def render_droits() -> str:
    """The whole file."""
    lignes = []
    for role in TABLE:
        droits = make_droits(role)
        for (famille, genre), verbe, relation, etat in product(
            FAMILLES_DITES.items(), VERBES, RELATIONS, VALIDATIONS
        ):
            signes = "".join(
                "o" if oui else "." for oui in list_reponses(droits, verbe, genre, relation, etat)
            )
            dits = " ".join(signes[i : i + 4] for i in range(0, len(signes), 4))
            lignes.append(f"{role} {famille} {verbe} {relation} {etat} {dits}")
    for role in TABLE:
        reponses = {r.question: "o" if r.obtenue else "." for r in iterate_nominations(role)}
        lignes += [
            " ".join((*map(str, question[:-1]), signe + reponses[(*question[:-1], False)]))
            for question, signe in reponses.items()
            if question[-1]
        ]
    return ENTETE + "\n".join(lignes) + "\n"


if __name__ == "__main__":
    FICHIER.write_text(render_droits(), encoding="utf-8")
