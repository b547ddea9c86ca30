"""French typography: numbers, dates and units as a reader expects them. Pure functions, no template.

Unknown is never zero: every function that receives None answers « — ».
"""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from quartiers.core.dire import FINE, INSECABLE, MOIS

INCONNU = "—"
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
DECIMALES_MAX = 6
ESPACES = (
    (re.compile("« "), f"«{INSECABLE}"),
    (re.compile(f"[ {FINE}]([:»])"), f"{INSECABLE}\\1"),
    (re.compile(" ([;!?%])"), f"{FINE}\\1"),
    (re.compile(r"(?<=\d) (?=\d{3}\b)"), FINE),
    (re.compile(r"(?<=\d) (?=m\b)"), INSECABLE),
)
SANS_PLURIEL = frozenset({"mois", "€", "%", "m", "min", "h", "ETP"})


def format_nombre(valeur: Fraction | int | None, decimales: int = 2) -> str:
    """« 1 412 », « 3,5 »; rounded half up, but a value that is not whole never reads as a whole one.

    99.96 at one decimal would say « 100 »: it gets the decimals it needs, six at most.
    """
    if valeur is None:
        return INCONNU
    exact = Fraction(valeur)
    arrondi = round_half_up(exact, decimales)
    while (
        exact.denominator != 1
        and arrondi == arrondi.to_integral_value()
        and decimales < DECIMALES_MAX
    ):
        decimales += 1
        arrondi = round_half_up(exact, decimales)
    entier, _, reste = f"{abs(arrondi):,f}".partition(".")
    reste = reste.rstrip("0")
    signe = "−" if arrondi < 0 else ""
    return signe + entier.replace(",", FINE) + (f",{reste}" if reste else "")


def round_half_up(valeur: Fraction, decimales: int) -> Decimal:
    """The exact fraction at that many decimals, halves away from zero as one learns at school."""
    echelle = 10**decimales
    quotient, reste = divmod(abs(valeur.numerator) * echelle, valeur.denominator)
    entier = Decimal(quotient) + (Decimal(1) if 2 * reste >= valeur.denominator else Decimal(0))
    signe = -1 if valeur < 0 else 1
    return (
        (signe * entier)
        .scaleb(-decimales)
        .quantize(Decimal(1).scaleb(-decimales), rounding=ROUND_HALF_UP)
    )


def format_part(part: Fraction | None) -> str:
    """A fraction of one as a whole percentage: « 87 % »; None is « — ».

    What is nearly all or nearly nothing keeps its decimals: 99.6 % is not « 100 % ».
    """
    if part is None:
        return INCONNU
    pourcents = round_half_up(100 * part, 0)
    decimales = 1 if pourcents in {0, 100} and part.denominator != 1 else 0
    texte = (
        format_nombre(100 * part, decimales) if decimales else format_nombre(Fraction(pourcents))
    )
    return f"{texte}{FINE}%"


def format_quantite(valeur: Fraction | int | None, unite: str) -> str:
    """A value with its unit, the unit agreed in number: « 1 poste », « 640 m », « 82,9 % »."""
    if valeur is None:
        return INCONNU
    exact = Fraction(valeur)
    nombre = format_nombre(exact, 1 if unite == "%" else 2)
    if unite == "%":
        return f"{nombre}{FINE}%"
    return f"{nombre}{INSECABLE}{agree(unite, exact)}" if unite else nombre


def agree(unite: str, valeur: Fraction | int) -> str:
    """The unit agreed with the number: singular below two, as French has it (« 1,5 poste »)."""
    singulier = abs(Fraction(valeur)) < 2
    tete, barre, suite = unite.partition("/")
    mots = [_agree_mot(mot, singulier=singulier) for mot in tete.split(" ")]
    return " ".join(mots) + barre + suite


def _agree_mot(mot: str, *, singulier: bool) -> str:
    if mot in SANS_PLURIEL or not mot.isalpha():
        return mot
    if singulier:
        return mot.removesuffix("s")
    if mot.endswith(("s", "x", "z")):
        return mot
    return mot + ("x" if mot.endswith(("eu", "eau")) else "s")


def format_fraction(partie: int, tout: int) -> str:
    """« 3 sur 6 »."""
    return f"{format_nombre(partie)} sur {format_nombre(tout)}"


def format_date(jour: date | None) -> str:
    """« 30 septembre 2026 », « 1er janvier 2026 »; None is « — »."""
    if jour is None:
        return INCONNU
    return f"{_format_quantieme(jour)}{INSECABLE}{MOIS[jour.month - 1]} {jour.year}"


def format_date_courte(jour: date | None) -> str:
    """« 30 sept. 2026 »."""
    if jour is None:
        return INCONNU
    return f"{_format_quantieme(jour)}{INSECABLE}{MOIS_COURTS[jour.month - 1]} {jour.year}"


def _format_quantieme(jour: date) -> str:
    return "1er" if jour.day == 1 else str(jour.day)


def format_duree(jours: int) -> str:
    """« 83 jours », « 1 jour »."""
    return f"{format_nombre(jours)}{INSECABLE}{'jours' if abs(jours) > 1 else 'jour'}"


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
