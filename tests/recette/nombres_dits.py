"""What a reader gets out of French text: numbers, dates, shares, one cell of a table. Shares nothing with the product."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

FINE = "\u202f"
MOIS = ("janv", "févr", "mars", "avril", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc")
DATE = r"(?:1er|\d{1,2}) [a-zéû]+\.? \d{4}"
_DATE = re.compile(r"(1er|\d{1,2}) ([a-zéû]+)\.? (\d{4})")
_NOMBRE = re.compile(rf"[−-]?\d{{1,3}}(?:{FINE}\d{{3}})+(?:,\d+)?|[−-]?\d+(?:,\d+)?")
_FIN_DATE = re.compile(rf",? ?({_DATE.pattern})(?: \(d’abord ({_DATE.pattern})\))?$")
_FIN_DETAIL = re.compile(rf",? ?(étape )?((?:{_NOMBRE.pattern})) sur ((?:{_NOMBRE.pattern}))$")
STATUTS = {
    "Atteint": "atteint",
    "En bonne voie": "en_bonne_voie",
    "À surveiller": "a_surveiller",
    "Non engagé": "non_engage",
    "En retard": "en_retard",
    "Échu, non atteint": "echu_non_atteint",
    "Sans cible": "sans_cible",
    "Périmé": "perime",
    "Non renseigné": "non_renseigne",
    "Sans objet": "sans_objet",
    "Données insuffisantes": "donnees_insuffisantes",
}
OPERATEURS = {"au moins": ">=", "au plus": "<=", "exactement": "="}


class Illisible(Exception):  # noqa: N818 - French adjective
    """A text that should hold a figure and that nobody could read."""


@dataclass(frozen=True, slots=True)
class Nombre:
    """A number as written: its value, and how many decimals were written."""

    valeur: Fraction
    decimales: int

    def is_rendu_de(self, exact: Fraction, decimales: int) -> bool:
        """Written from `exact`, halves up, with at most `decimales` unless fewer would make it whole."""
        if not self.decimales:
            return self.valeur == exact
        if self.decimales < decimales and round_up(exact, decimales) != self.valeur:
            return False
        return round_up(exact, self.decimales) == self.valeur


@dataclass(frozen=True, slots=True)
class Case:
    """A cell as read: « 70,7 %, 29 sur 41, 15 sept. 2026 », « au moins 6 postes, 31 déc. 2027 »."""

    texte: str
    sur: tuple[Fraction, Fraction] | None = None
    etape: tuple[int, int] | None = None
    jour: date | None = None
    premier_jour: date | None = None


def round_up(valeur: Fraction, decimales: int) -> Fraction:
    """Halves away from zero."""
    signe = -1 if valeur < 0 else 1
    echelle = 10**decimales
    return Fraction(signe * ((2 * abs(valeur) * echelle + 1) // 2), echelle)


def squash(texte: str) -> str:
    """One plain space between words; the thin space of thousands stays, that before a sign is plain."""
    texte = re.sub(rf"(?<=\d){FINE}(?=\d)", "\x00", texte)
    return re.sub(r"\s+", " ", texte).strip().replace("\x00", FINE)


def parse_nombre(texte: str) -> Nombre:
    """« 1 495 », « −3,5 »."""
    if not _NOMBRE.fullmatch(texte):
        raise Illisible(texte)
    _, _, reste = texte.partition(",")
    brut = texte.replace(FINE, "").replace("−", "-").replace(",", ".")
    return Nombre(Fraction(Decimal(brut)), len(reste))


def parse_quantite(texte: str) -> tuple[Nombre, str]:
    """« 12 postes » → the number and its unit."""
    trouve = re.match(rf"({_NOMBRE.pattern})(?: (.*))?$", texte)
    if trouve is None:
        raise Illisible(texte)
    return parse_nombre(trouve.group(1)), trouve.group(2) or ""


def parse_date(texte: str) -> date:
    """« 1er oct. 2026 », « 30 septembre 2026 »."""
    trouve = _DATE.fullmatch(texte)
    rang = [n for n, mois in enumerate(MOIS, 1) if trouve and trouve.group(2).startswith(mois)]
    if trouve is None or len(rang) != 1:
        raise Illisible(texte)
    return date(
        int(trouve.group(3)), rang[0], 1 if trouve.group(1) == "1er" else int(trouve.group(1))
    )


def parse_case(texte: str) -> Case:
    """What a cell says, its day and its detail taken off its end."""
    case = Case(squash(texte))
    if trouve := _FIN_DATE.search(case.texte):
        premier = parse_date(trouve.group(5)) if trouve.group(5) else None
        case = replace(
            case,
            texte=case.texte[: trouve.start()],
            jour=parse_date(trouve.group(1)),
            premier_jour=premier,
        )
    if trouve := _FIN_DETAIL.search(case.texte):
        a, b = (parse_nombre(trouve.group(n)).valeur for n in (2, 3))
        reste = case.texte[: trouve.start()]
        if not reste:
            return case
        if trouve.group(1):
            return replace(case, texte=reste, etape=(int(a), int(b)))
        return replace(case, texte=reste, sur=(a, b))
    return case


def parse_sur(texte: str) -> tuple[int, int]:
    """« 5 sur 6 »."""
    trouve = re.search(rf"({_NOMBRE.pattern}) sur ({_NOMBRE.pattern})", texte)
    if trouve is None:
        raise Illisible(texte)
    return int(parse_nombre(trouve.group(1)).valeur), int(parse_nombre(trouve.group(2)).valeur)


def parse_statut(texte: str) -> tuple[str, str]:
    """« En retard (perdu) » → the code of the statut, and its flags."""
    trouve = re.fullmatch(r"([^()]+?)(?: ?\((.*)\))?", squash(texte))
    mot = trouve.group(1) if trouve else ""
    mot = mot[:1].upper() + mot[1:]
    if mot not in STATUTS:
        raise Illisible(texte)
    return STATUTS[mot], (trouve.group(2) or "") if trouve else ""


def list_nombres(texte: str) -> list[str]:
    """Every number of a text, as written, days of the calendar included."""
    return [n.replace(FINE, "") for n in _NOMBRE.findall(squash(texte))]


def get_unite(unite: str) -> str:
    """A unit without its agreement in number: « postes pourvus » and « poste pourvu » are one."""
    return " ".join(mot.rstrip("sx") for mot in re.split(r"[ /]", unite))


def get_decimal(valeur: Fraction, decimales: int = 6) -> Decimal:
    """A fraction as a file writes it."""
    brut = Decimal(valeur.numerator) / Decimal(valeur.denominator)
    return brut.quantize(Decimal(1).scaleb(-decimales), rounding=ROUND_HALF_UP)
