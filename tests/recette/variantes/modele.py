"""The table that is damaged, and a variant of it."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

ENTETE = ("indicateur", "territoire", "date", "valeur", "source", "commentaire", "cle")
Rangee = tuple[str, ...]
RANGEES: tuple[Rangee, ...] = (
    ("e05-a2-montant", "QC-FICTIF-TILLEULS", "2026-06-30", "20000,5", "Préfecture du Val", "reçu à l'été", "T-01"),
    ("e06-a2-adultes-relais", "QN00004M", "2026-06-30", "12", "Mission locale de l'Été", "", "T-02"),
    ("e01-a5-jeunes", "QRR-00_1", "2026-05-15", "340", "Caf de Port-Lambert", "où ça ? à Noël", "T-03"),
    ("e05-a2-montant", "QC-FICTIF-VERRIERS", "2026-06-30", "1234", "Préfecture du Val", "", "T-04"),
)  # fmt: skip
ENTRE, REFUSE, LIBRE = "entre", "refuse", "libre"
"""What the contract says of a variant: it must enter, it must be refused, or either, but never misread."""


@dataclass(frozen=True, slots=True)
class Variante:
    """One damaged file. `rangees`: what it says, as the table said it; `sort`: ENTRE, REFUSE or LIBRE."""

    nom: str
    octets: bytes
    rangees: tuple[Rangee, ...] = RANGEES
    sort: str = LIBRE
    fichier: str = "releves.csv"


Lu = tuple[str, str, date, Fraction | None, str, str, str]


def parse_attendu(rangee: Rangee) -> Lu:
    """A line of the table as the base must hold it."""
    indicateur, territoire, jour, valeur, source, commentaire, cle = rangee
    nombre = Fraction(valeur.replace(",", "."))
    return (
        *(indicateur, territoire, date.fromisoformat(jour), nombre),
        *(fold_libre(source), fold_libre(commentaire), fold_libre(cle)),
    )


_EQUIVALENTS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"})
_INVISIBLES = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")


def fold_libre(texte: str) -> str:
    """Free texts keep their own signs: they are compared by what a reader sees of them."""
    plat = _INVISIBLES.sub("", unicodedata.normalize("NFKC", texte)).translate(_EQUIVALENTS)
    return " ".join(plat.split())


def write_table(
    rangees: Iterable[Sequence[str]] = RANGEES,
    entete: Sequence[str] = ENTETE,
    *,
    separateur: str = ";",
    fin: str = "\r\n",
) -> str:
    """The CSV text of a table."""
    sortie = io.StringIO()
    ecrivain = csv.writer(sortie, delimiter=separateur, lineterminator=fin)
    ecrivain.writerow(entete)
    ecrivain.writerows(rangees)
    return sortie.getvalue()


def replace_cellule(rang: int, colonne: str, texte: str) -> tuple[Rangee, ...]:
    """The rows with one cell written otherwise."""
    place = ENTETE.index(colonne)
    rangee = RANGEES[rang]
    changee = (*rangee[:place], texte, *rangee[place + 1 :])
    return (*RANGEES[:rang], changee, *RANGEES[rang + 1 :])
