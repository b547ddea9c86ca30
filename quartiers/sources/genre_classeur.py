"""Workbooks that cannot be read, named for what they are, with what to do.

The old Office container and the zip both hold many kinds of file: which one is told by the names inside.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping

from quartiers.sources.octets import CLASSEUR, refusal

PROTEGE = "protégé par un mot de passe : l’enregistrer sans mot de passe"
_CLASSEUR_PROTEGE = f"{CLASSEUR} {PROTEGE}"
_ENREGISTRER = "enregistrer en .xlsx, .ods ou .csv"
ANCIEN_EXCEL = f"ancien format Excel (.xls) : {_ENREGISTRER}"

# Streams of the old Office container, the one that decides first.
_FLUX = (
    ("EncryptedPackage", _CLASSEUR_PROTEGE),
    ("Workbook", ANCIEN_EXCEL),
    ("Book", ANCIEN_EXCEL),
    ("WordDocument", f"document Word (.doc) à la place d’un tableau : {_ENREGISTRER}"),
    (
        "PowerPoint Document",
        f"présentation PowerPoint (.ppt) à la place d’un tableau : {_ENREGISTRER}",
    ),
)
_OLE_INCONNU = f"ancien fichier Office d’un genre inconnu : {_ENREGISTRER}"
_FICHE_OLE = 128
_FIN_DE_NOM = struct.Struct("<HB")

# Parts of a zip that a workbook of another kind always has.
_PARTIES = (
    ("encrypted-package", _CLASSEUR_PROTEGE),
    ("xl/workbook.bin", f"classeur Excel binaire (.xlsb) : {_ENREGISTRER}"),
    ("word/document.xml", f"document Word (.docx) à la place d’un tableau : {_ENREGISTRER}"),
    (
        "ppt/presentation.xml",
        f"présentation PowerPoint (.pptx) à la place d’un tableau : {_ENREGISTRER}",
    ),
)
_NUMBERS = "classeur Numbers (.numbers) : l’exporter en .xlsx ou .csv"
_MANIFESTE = "META-INF/manifest.xml"
_ODF = b"application/vnd.oasis.opendocument."
_CLASSEUR_ODF = _ODF + b"spreadsheet"
_TEXTE_ODF = f"document OpenDocument qui n’est pas un classeur : {_ENREGISTRER}"

# What the root of an XML text says it is.
_XML = (
    (b"urn:schemas-microsoft-com:office:spreadsheet", "classeur Excel 2003 en XML"),
    (b"urn:oasis:names:tc:opendocument:xmlns:office", "document OpenDocument à plat (.fods)"),
)
_DEBUT_XML = 4_096


def explain_ole(octets: bytes) -> str:
    """What an old Office container is, by the names of its streams."""
    return next((raison for nom, raison in _FLUX if _has_flux(octets, nom)), _OLE_INCONNU)


def _has_flux(octets: bytes, nom: str) -> bool:
    """Whether an entry of the directory bears this name: aligned, its length written, a stream."""
    cherche = nom.encode("utf-16-le") + b"\x00\x00"
    place = octets.find(cherche)
    while place >= 0:
        if place % _FICHE_OLE == 0 and place + _FICHE_OLE <= len(octets):
            longueur, genre = _FIN_DE_NOM.unpack_from(octets, place + 64)
            if longueur == len(cherche) and genre == 2:
                return True
        place = octets.find(cherche, place + 1)
    return False


def check_noms(noms: Iterable[str], fichier: str) -> None:
    """Refuse, by the names of its parts, a zip that is another thing than an XLSX or an ODS."""
    presents = set(noms)
    for nom, raison in _PARTIES:
        if nom in presents:
            raise refusal(fichier, raison)
    if any(nom.endswith(".iwa") for nom in presents) or "Index.zip" in presents:
        raise refusal(fichier, _NUMBERS)


def check_parties(parties: Mapping[str, bytes], fichier: str) -> None:
    """Refuse an OpenDocument whose parts are encrypted, or that is no workbook."""
    if b"encryption-data" in parties.get(_MANIFESTE, b""):
        raise refusal(fichier, _CLASSEUR_PROTEGE)
    genre = parties.get("mimetype", b"").strip()
    if genre.startswith(_ODF) and not genre.startswith(_CLASSEUR_ODF):
        raise refusal(fichier, _TEXTE_ODF)


def explain_xml(octets: bytes) -> str:
    """What an XML text is, by the names it declares."""
    debut = octets[:_DEBUT_XML].replace(b"\x00", b"")
    genre = next((nom for marque, nom in _XML if marque in debut), None)
    return f"{genre} : {_ENREGISTRER}" if genre else "document XML à la place d’un tableau"
