"""French typography: numbers, dates and units as a reader expects them. Pure functions, no template.

Unknown is never zero: every function that receives None answers « — ».
"""

from __future__ import annotations

import re
from datetime import date, datetime

from quartiers.core import dire
from quartiers.core.dire import FINE, INSECABLE
from quartiers.core.temps import PARIS

MOIS_COURTS = (
    "janv.",
    "févr.",
    "mars",
    "avril",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
)
ESPACES = (
    (re.compile("« "), f"«{INSECABLE}"),
    (re.compile(f"[ {FINE}]([:»])"), f"{INSECABLE}\\1"),
    (re.compile(" ([;!?%])"), f"{FINE}\\1"),
    (re.compile(r"(?<=\d) (?=\d{3}\b)"), FINE),
    (re.compile(r"(?<=\d) (?=m\b)"), INSECABLE),
)


# One hand writes numbers, in the core: the reason of a figure rounds and agrees as its cell does.
INCONNU = dire.INCONNU
format_nombre, format_part, format_quantite = dire.say_nombre, dire.say_part, dire.say_valeur
format_duree = dire.say_jours


def format_fraction(partie: int, tout: int) -> str:
    """« 3 sur 6 »."""
    return f"{format_nombre(partie)} sur {format_nombre(tout)}"


def format_date(jour: date | None) -> str:
    """« 30 septembre 2026 », « 1er janvier 2026 »; None is « — »."""
    return INCONNU if jour is None else dire.say_date(jour)


def format_heure(moment: datetime) -> str:
    """« 14 h 42 », at the clock of Paris."""
    ici = moment.astimezone(PARIS)
    return f"{ici.hour}{INSECABLE}h{INSECABLE}{ici.minute:02}"


def format_date_courte(jour: date | None) -> str:
    """« 30 sept. 2026 »."""
    if jour is None:
        return INCONNU
    return f"{dire.say_quantieme(jour)}{INSECABLE}{MOIS_COURTS[jour.month - 1]} {jour.year}"


def count(nombre: int, singulier: str, pluriel: str | None = None) -> str:
    """« 1 quartier », « 12 quartiers »; the plural is the singular and an s unless given."""
    mot = singulier if nombre < 2 else pluriel or f"{singulier}s"
    return f"{format_nombre(nombre)} {mot}"


def lower_first(texte: str) -> str:
    """The first letter small, unless the word is an acronym (« NPNRU »)."""
    return texte if texte[1:2].isupper() else texte[:1].lower() + texte[1:]


def tidy(texte: str) -> str:
    """French spaces that do not break, in sentences written elsewhere with plain ones."""
    for motif, remplacement in ESPACES:
        texte = motif.sub(remplacement, texte)
    return texte


def write_list(morceaux: list[str]) -> str:
    """« a, b et c »."""
    if len(morceaux) < 2:
        return "".join(morceaux)
    return f"{', '.join(morceaux[:-1])} et {morceaux[-1]}"
