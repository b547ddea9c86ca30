"""Bytes to text, and text to physical lines, whatever wrote the file."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from quartiers.sources.encodage import EncodageRefuse, find_encodage
from quartiers.sources.octets import GenreOctets, get_genre, refusal

_LIGNE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
LIGNE_MAX = 1024 * 1024

_REFUS_DE_GENRE = {
    GenreOctets.VIDE: "fichier vide",
    GenreOctets.HTML: "page HTML à la place des données (lien expiré ou page d’erreur ?)",
    GenreOctets.XML: "document XML à la place d’un tableau",
    GenreOctets.PDF: "document PDF à la place d’un tableau",
    GenreOctets.OLE: "ancien format Excel (.xls) : enregistrer en .xlsx, .ods ou .csv",
    GenreOctets.GZIP: "gzip dans un gzip",
    GenreOctets.ZIP: "archive zip là où un texte est attendu",
}


@dataclass(frozen=True, slots=True)
class Texte:
    """The text of a file; `encodage` is what it was written in (`utf-8`, `utf-16`, `cp1252`, `cp850`, `mac_roman`).

    `exemple`: a word that showed which of the last three it was.
    """

    contenu: str
    encodage: str
    exemple: str = ""


def check_text_genre(octets: bytes, fichier: str) -> None:
    """Refuse what is not text: an HTML error page served as a CSV, a PDF, an old spreadsheet."""
    raison = _REFUS_DE_GENRE.get(get_genre(octets))
    if raison:
        raise refusal(fichier, raison)


def decode_text(octets: bytes, fichier: str) -> Texte:
    """Decode UTF-8 (with or without mark), UTF-16 with its mark, else the one old encoding that reads as French.

    A UTF-8 text cut in the middle of its last character is a truncated file, not an old one. A NUL means
    a binary file or a UTF-16 without mark: refused rather than guessed.
    """
    check_text_genre(octets, fichier)
    texte = _decode(octets, fichier)
    if "\x00" in texte.contenu:
        raise refusal(fichier, "octets nuls : fichier binaire, ou UTF-16 sans marque d’ordre")
    return texte


def _decode(octets: bytes, fichier: str) -> Texte:
    if octets.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise refusal(fichier, "encodage UTF-32 non lu : enregistrer en UTF-8")
    if octets.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return Texte(octets.decode("utf-16"), "utf-16")
        except UnicodeDecodeError as erreur:
            raise refusal(fichier, "UTF-16 abîmé ou tronqué") from erreur
    try:
        return Texte(octets.decode("utf-8-sig"), "utf-8")
    except UnicodeDecodeError as erreur:
        if octets.startswith(codecs.BOM_UTF8):
            raise refusal(fichier, "UTF-8 annoncé par sa marque, mais abîmé") from erreur
        if (
            erreur.reason == "unexpected end of data"
            and erreur.start > 0
            and not octets[: erreur.start].isascii()
        ):
            raise refusal(fichier, "fichier tronqué au milieu d’un caractère") from erreur
    try:
        lu = find_encodage(octets)
    except EncodageRefuse as erreur:
        raise refusal(fichier, str(erreur), erreur.ligne) from erreur
    return Texte(octets.decode(lu.encodage), lu.encodage, lu.exemple.decode(lu.encodage))


def split_lines(contenu: str, fichier: str) -> Iterator[str]:
    """Physical lines with their ends, cut at CR, LF or CRLF only (`str.splitlines` cuts at nine others).

    A line too long to be one of a table is refused before it is copied, let alone cut into cells.
    """
    for numero, trouve in enumerate(_LIGNE.finditer(contenu), start=1):
        if trouve.end() - trouve.start() > LIGNE_MAX:
            raise refusal(fichier, f"ligne de plus de {LIGNE_MAX} caractères", numero)
        yield trouve[0]
