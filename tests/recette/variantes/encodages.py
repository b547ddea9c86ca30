"""Encodings, ends of line, separators, ends of file."""

from __future__ import annotations

import codecs
import gzip
from collections.abc import Iterator

from tests.recette.variantes.modele import ENTRE, LIBRE, RANGEES, REFUSE, Variante, write_table

GENRE = "encodages"
_TEXTE = write_table()
_FINS = {"CRLF": "\r\n", "LF": "\n", "CR": "\r"}


def list_variantes() -> Iterator[Variante]:
    """The same text in other bytes."""
    for nom, octets in _encode(_TEXTE):
        for fin, signe in _FINS.items():
            autres = octets.replace(b"\r\n", signe.encode())
            contenu = _encode_16(nom, signe) if "16" in nom else autres
            yield Variante(f"{nom}, {fin}", contenu, sort=ENTRE)
    for separateur, nom in ((",", "virgule"), ("\t", "tabulation")):
        yield Variante(f"séparateur {nom}", write_table(separateur=separateur).encode(), sort=ENTRE)
        for encodage in ("cp1252", "mac_roman", "cp850"):
            octets = write_table(separateur=separateur).encode(encodage)
            yield Variante(f"séparateur {nom}, {encodage}", octets, sort=ENTRE)
    yield from _list_fins()
    yield from _list_fautes()
    for encodage in ("utf-8", "cp1252", "cp850", "mac_roman"):
        yield Variante(f"{encodage}, gzip", gzip.compress(_TEXTE.encode(encodage)), sort=ENTRE)


def _encode(texte: str) -> Iterator[tuple[str, bytes]]:
    yield "UTF-8", texte.encode()
    yield "UTF-8 avec marque", codecs.BOM_UTF8 + texte.encode()
    yield "UTF-16 LE", codecs.BOM_UTF16_LE + texte.encode("utf-16-le")
    yield "UTF-16 BE", codecs.BOM_UTF16_BE + texte.encode("utf-16-be")
    for encodage in ("cp1252", "cp850", "mac_roman"):
        yield encodage, texte.encode(encodage)


def _encode_16(nom: str, fin: str) -> bytes:
    texte = write_table(fin=fin)
    if nom.endswith("LE"):
        return codecs.BOM_UTF16_LE + texte.encode("utf-16-le")
    return codecs.BOM_UTF16_BE + texte.encode("utf-16-be")


def _list_fins() -> Iterator[Variante]:
    """Ends of lines and of files."""
    lignes = _TEXTE.splitlines()
    yield Variante("sans dernière fin de ligne", _TEXTE.rstrip().encode(), sort=ENTRE)
    yield Variante("lignes vides à la fin", (_TEXTE + "\r\n\r\n").encode(), sort=ENTRE)
    yield Variante("lignes vides au milieu", "\n\n".join(lignes).encode(), sort=ENTRE)
    yield Variante("lignes de séparateurs seuls", (_TEXTE + ";;;;;;\r\n" * 3).encode(), sort=ENTRE)
    plus = "\r\n".join(f"{ligne};" for ligne in lignes)
    yield Variante("séparateur en trop partout", plus.encode(), sort=ENTRE)
    reste = "\r\n".join([lignes[0], *(f"{ligne};" for ligne in lignes[1:])])
    yield Variante("séparateur en trop sous l’en-tête", reste.encode(), sort=ENTRE)
    yield Variante("sep=; en tête", ("sep=;\r\n" + _TEXTE).encode(), sort=ENTRE)
    cite = "\r\n".join(";".join(f'"{c}"' for c in ligne.split(";")) for ligne in lignes)
    yield Variante("tout entre guillemets", cite.encode(), sort=ENTRE)
    yield Variante("coupé au milieu d’une ligne", _TEXTE[:-20].encode(), sort=REFUSE)


def _list_fautes() -> Iterator[Variante]:
    """Bytes that say two things, or nothing."""
    lignes = _TEXTE.encode().splitlines(keepends=True)
    for encodage in ("cp1252", "cp850", "mac_roman"):
        melange = b"".join(lignes[:2]) + b"".join(
            ligne.decode().encode(encodage) for ligne in lignes[2:]
        )
        yield Variante(f"UTF-8 puis {encodage}", melange, sort=REFUSE)
    yield Variante("UTF-16 sans marque", _TEXTE.encode("utf-16-le"), sort=REFUSE)
    yield Variante("UTF-32", _TEXTE.encode("utf-32"), sort=REFUSE)
    yield Variante("octet nul", _TEXTE.encode().replace(b"T-01", b"T-\x001"), sort=REFUSE)
    yield Variante("vide", b"", sort=REFUSE)
    yield Variante("blanc", b"  \r\n \r\n", sort=REFUSE)
    yield Variante("en-tête seul", write_table(()).encode(), sort=REFUSE)
    yield Variante("page HTML", b"<!doctype html><html><body>404</body></html>", sort=REFUSE)
    double = _TEXTE.encode().decode("cp1252")
    yield Variante(
        "UTF-8 lu en CP1252 puis rangé en UTF-8", double.encode(), sort=LIBRE, rangees=_RAVAGEES
    )
    for octet in (0x81, 0x8D, 0x8F, 0x90, 0x9D):
        brut = _TEXTE.encode("cp1252").replace("ç".encode("cp1252"), bytes([octet]))
        yield Variante(f"octet impossible {octet:#x}", brut, sort=REFUSE)


_RAVAGEES = tuple((*r[:4], *(c.encode().decode("cp1252") for c in r[4:6]), r[6]) for r in RANGEES)
