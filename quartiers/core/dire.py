"""Numbers, dates and durations in French: one way to write each, for the sentences of the computation, pages and files."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from fractions import Fraction

FINE = "\u202f"  # thin no-break space: thousands, before % ; ! ?
INSECABLE = "\u00a0"
MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
INCONNU = "—"
_HORS_MOTS = re.compile(r"[^0-9a-z]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
_ABREGES = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_DECIMALES = 6
_SANS_PLURIEL = frozenset({"mois", "€", "%", "m", "min", "h", "ETP"})


def say_nombre(valeur: Fraction | float | None, decimales: int = 2) -> str:
    """« 1 412 », « 3,5 »; rounded half up, but a value that is not whole never reads as a whole one.

    99.96 at one decimal would say « 100 »: it gets the decimals it needs, six at most. None is « — ».
    """
    if valeur is None:
        return INCONNU
    exact = Fraction(valeur)
    if exact.denominator == 1:  # most of what a page counts
        return _sign(exact.numerator) + f"{abs(exact.numerator):,d}".replace(",", FINE)
    arrondi = round_half_up(exact, decimales)
    while arrondi == arrondi.to_integral_value() and decimales < _DECIMALES:
        decimales += 1
        arrondi = round_half_up(exact, decimales)
    entier, _, reste = f"{abs(arrondi):,f}".partition(".")
    reste = reste.rstrip("0")
    return _sign(arrondi) + entier.replace(",", FINE) + (f",{reste}" if reste else "")


def _sign(nombre: int | Decimal) -> str:
    return "−" if nombre < 0 else ""


def round_half_up(valeur: Fraction, decimales: int) -> Decimal:
    """The exact fraction at that many decimals, halves away from zero as one learns at school."""
    echelle = 10**decimales
    quotient, reste = divmod(abs(valeur.numerator) * echelle, valeur.denominator)
    entier = Decimal(quotient) + (Decimal(1) if 2 * reste >= valeur.denominator else Decimal(0))
    return (-entier if valeur < 0 else entier).scaleb(-decimales)


def say_valeur(valeur: Fraction | int | None, unite: str, decimales: int = 2) -> str:
    """A value with its unit, the unit agreed in number: « 1 poste », « 640 m », « 82,9 % »; unknown is a dash."""
    if valeur is None:
        return INCONNU
    exact = Fraction(valeur)
    nombre = say_nombre(exact, 1 if unite == "%" else decimales)
    if unite == "%":
        return f"{nombre}{FINE}%"
    return f"{nombre}{INSECABLE}{agree(unite, exact)}" if unite else nombre


def say_part(part: Fraction | None) -> str:
    """A fraction of one as a whole percentage: « 87 % »; None is « — ».

    What is nearly all or nearly nothing keeps its decimals: 99.6 % is not « 100 % ».
    """
    if part is None:
        return INCONNU
    pourcents = round_half_up(100 * part, 0)
    decimales = 1 if pourcents in {0, 100} and part.denominator != 1 else 0
    texte = say_nombre(100 * part, decimales) if decimales else say_nombre(Fraction(pourcents))
    return f"{texte}{FINE}%"


def agree(unite: str, valeur: Fraction | int) -> str:
    """The unit agreed with the number: singular below two, as French has it (« 1,5 poste »)."""
    singulier = abs(Fraction(valeur)) < 2
    tete, barre, suite = unite.partition("/")
    mots = [_agree_mot(mot, singulier=singulier) for mot in tete.split(" ")]
    return " ".join(mots) + barre + suite


def say_quantite(nombre: int, pluriel: str) -> str:
    """« 0 ligne lue », « 2 lignes lues »: `pluriel` is written whole, since not every word takes an s."""
    return f"{nombre} {pluriel if nombre > 1 else agree(pluriel, nombre)}"


def _agree_mot(mot: str, *, singulier: bool) -> str:
    if mot in _SANS_PLURIEL or not mot.isalpha():
        return mot
    if singulier:
        return mot.removesuffix("s")
    if mot.endswith(("s", "x", "z")):
        return mot
    return mot + ("x" if mot.endswith(("eu", "eau")) else "s")


def say_date(jour: date) -> str:
    """A full date: « 1er juin 2026 »."""
    return f"{say_quantieme(jour)}{INSECABLE}{MOIS[jour.month - 1]} {jour.year}"


def say_quantieme(jour: date) -> str:
    """« 1er », « 2 »."""
    return "1er" if jour.day == 1 else str(jour.day)


def say_jours(nombre: int) -> str:
    """A number of days."""
    return say_valeur(nombre, "jours")


def say_metres(distance: float) -> str:
    """A distance, to the metre."""
    return say_valeur(round_metres(distance), "m")


def round_metres(distance: float) -> int:
    """To the metre; what is not inside is never at 0 m."""
    arrondie = int(round_half_up(Fraction(distance), 0))
    return arrondie or int(distance > 0)


def get_decimal(valeur: Fraction) -> Decimal:
    """At most six decimals, as the formats ask."""
    return Decimal(round(valeur * 10**_DECIMALES)) / Decimal(10**_DECIMALES)


def fold(texte: str) -> str:
    """Without accents nor capitals: « Préfet » and « prefet » are one word, « Écluses » stands among the e's."""
    if texte.isascii():
        return texte.lower()
    decompose = unicodedata.normalize("NFD", texte.casefold())
    return "".join(c for c in decompose if not unicodedata.combining(c))


def flatten(texte: str) -> str:
    """Small letters and digits, one space between words: « L’Haÿ-les-Roses » is « l hay les roses ».

    « St-Roch » is « saint roch »: what is asked and the names are flattened by the same hand.
    """
    mots = _HORS_MOTS.sub(" ", fold(texte).translate(_LIGATURES)).split()
    return " ".join(_ABREGES.get(mot, mot) for mot in mots)
