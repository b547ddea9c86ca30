"""The words of messages: counts, places and what to do; no value, no name of anybody, nothing that somebody typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from quartiers.reports.typographie import count, format_date

MONTRES = 10
"""Lines of a list; the others are counted."""
DEBUT = "Bonjour,"
FIN = "Quartiers en actes. Ce message part tout seul\u00a0: personne ne lit les réponses."


class ChiffreBientot(NamedTuple):
    """A figure that grows stale: the day, what it is about, where."""

    avant: date
    libelle: str
    lieu: str


def write_invitation(*, lien: str, identifiant: str, dernier_jour: date) -> tuple[str, str]:
    """The subject and the text."""
    return "Votre compte", _join(
        f"Un compte vous attend dans Quartiers en actes. Votre identifiant est «\u00a0{identifiant}\u00a0».",
        f"Choisissez votre mot de passe\u00a0:\n{lien}",
        f"Ce lien est pour vous seul. Il sert une fois, jusqu’au {format_date(dernier_jour)} compris ; l’ouvrir ne "
        "l’use pas. Si vous n’attendez pas ce message, ne faites rien.",
    )


def write_a_valider(
    *, nombre: int, jours: int, lieux: Sequence[tuple[str, int]], adresse: str
) -> tuple[str, str]:
    """The subject and the text. `jours`: the age of the oldest one; `lieux`: how many in each place."""
    quoi = count(nombre, "déclaration")
    age = f", la plus ancienne depuis {count(jours, 'jour')}" if jours else ""
    verbe = "attend" if nombre == 1 else "attendent"
    return f"{quoi} à valider", _join(
        f"{quoi} {verbe} votre décision{age}.",
        _list(f"{nom}\u00a0: {combien}" for nom, combien in lieux),
        f"Les lire et décider\u00a0:\n{adresse}/valider/",
        "Ce message part une fois par jour au plus, quand une nouvelle déclaration attend, ou après une semaine.",
    )


def write_examens(*, acceptees: int, renvoyees: Sequence[str], adresse: str) -> tuple[str, str]:
    """The subject and the text. `renvoyees`: each declaration that was sent back, and why."""
    total = acceptees + len(renvoyees)
    objet = f"{count(total, 'déclaration')} {'examinée' if total == 1 else 'examinées'}"
    dites = [f"{count(acceptees, 'acceptée')}"] if acceptees else []
    if renvoyees:
        dites.append(count(len(renvoyees), "renvoyée"))
        objet += f", dont {count(len(renvoyees), 'renvoyée')}"
    lignes = [f"Vos déclarations ont été examinées\u00a0: {', '.join(dites)}."]
    if renvoyees:
        lignes.append(f"À reprendre\u00a0:\n{_list(renvoyees)}")
        lignes.append(f"Les reprendre\u00a0:\n{adresse}/a-declarer/")
    return objet, _join(*lignes)


def write_reponses(lignes: Sequence[str], adresses: Sequence[str]) -> tuple[str, str]:
    """The subject and the text. `adresses`: where each answer is read."""
    objet = "Réponse à votre contestation" if len(lignes) == 1 else "Réponses à vos contestations"
    return objet, _join(
        f"La préfecture a répondu\u00a0:\n{_list(lignes)}",
        "\n".join(["Lire la réponse\u00a0:", *adresses[:MONTRES]]),
    )


def write_a_redire(chiffres: Sequence[ChiffreBientot], adresse: str) -> tuple[str, str]:
    """The subject and the text, the nearest day first."""
    quoi = count(len(chiffres), "chiffre")
    return f"{quoi} bientôt à redire", _join(
        f"{quoi} de vos quartiers {'cessera' if len(chiffres) == 1 else 'cesseront'} bientôt d’être à jour.",
        _list(
            f"{c.libelle}, {c.lieu}\u00a0: avant le {format_date(c.avant)}"
            for c in sorted(chiffres)
        ),
        f"Les redire\u00a0:\n{adresse}/a-declarer/",
    )


def _list(lignes: Iterable[str]) -> str:
    toutes = list(lignes)
    suite = [f"- et {count(len(toutes) - MONTRES, 'autre')}"] if len(toutes) > MONTRES else []
    return "\n".join([*(f"- {ligne}" for ligne in toutes[:MONTRES]), *suite])


def _join(*paragraphes: str) -> str:
    return "\n\n".join(filter(None, (DEBUT, *paragraphes, FIN))) + "\n"
