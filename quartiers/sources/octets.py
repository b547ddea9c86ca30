"""Bytes before any meaning: what kind of file they are, and how to inflate them without being flooded.

A gzip of 100 KiB may hold 100 MiB of nothing. It is refused from what it announces, and again while
inflating, since an announcement may lie.
"""

from __future__ import annotations

import hashlib
import stat
import zlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from quartiers.core.anomalie import Anomalie, DonneesRefusees

MIO = 1024 * 1024
CLASSEUR = "classeur"
"""What a refusal calls a zip or its XML, unless its reader expects another thing."""
_MORCEAU = 1 * MIO


@dataclass(frozen=True, slots=True)
class Limites:
    """Bounds on what a file may weigh, in bytes; the ratio is only looked at beyond `ratio_des`."""

    fichier: int = 256 * MIO
    deploye: int = 256 * MIO
    ratio: int = 200
    ratio_des: int = 8 * MIO

    def get_exces(self, deploye: int, compresse: int) -> str | None:
        """Why `deploye` bytes out of `compresse` are too many, or None."""
        if deploye > self.deploye:
            return f"contenu décompressé de plus de {self.deploye // MIO} Mio"
        if deploye > self.ratio_des and deploye > self.ratio * max(compresse, 1):
            return f"taux de compression de plus de {self.ratio} pour 1"
        return None


LIMITES = Limites()


class GenreOctets(StrEnum):
    """What bytes are, judged by their content and never by a file name."""

    VIDE = "vide"
    GZIP = "gzip"
    ZIP = "zip"
    OLE = "ole"
    PDF = "pdf"
    HTML = "html"
    XML = "xml"
    JSON = "json"
    TEXTE = "texte"


_MAGIES = (
    (b"\x1f\x8b", GenreOctets.GZIP),
    (b"PK\x03\x04", GenreOctets.ZIP),
    (b"PK\x05\x06", GenreOctets.ZIP),
    (b"\xd0\xcf\x11\xe0", GenreOctets.OLE),
    (b"%PDF-", GenreOctets.PDF),
)


def get_genre(octets: bytes) -> GenreOctets:
    """Look at the first bytes (byte order mark and blanks skipped) and say what the file is."""
    if not octets:
        return GenreOctets.VIDE
    for magie, genre in _MAGIES:
        if octets.startswith(magie):
            return genre
    debut = octets[:2048].removeprefix(b"\xef\xbb\xbf")
    if debut[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        debut = debut[2:].replace(b"\x00", b"")
    debut = debut.lstrip().lower()
    if not debut:
        return GenreOctets.TEXTE if octets.strip() else GenreOctets.VIDE
    if debut.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<!--")):
        return GenreOctets.HTML
    if debut.startswith(b"<"):
        return GenreOctets.HTML if b"<html" in debut else GenreOctets.XML
    if debut.startswith((b"{", b"[")):
        return GenreOctets.JSON
    return GenreOctets.TEXTE


def refusal(fichier: str, raison: str, ligne: int | None = None) -> DonneesRefusees:
    """The refusal of a whole file for one reason, ready to be raised."""
    return DonneesRefusees([Anomalie(fichier, ligne, None, raison)])


def read_octets(chemin: Path, limites: Limites = LIMITES) -> bytes:
    """Bytes of a file, refused when it cannot be opened or is too big to be a table.

    A device or a pipe is no file: it has no end, or cannot be read a second time.
    """
    try:
        if chemin.is_dir():
            raise refusal(chemin.name, "un dossier, et non un fichier")
        if not stat.S_ISREG(chemin.stat().st_mode):
            raise refusal(chemin.name, "ni un fichier ni un dossier (tube, périphérique ?)")
        with chemin.open("rb") as fichier:
            octets = fichier.read(limites.fichier + 1)
        if len(octets) > limites.fichier:
            raise refusal(chemin.name, f"fichier de plus de {limites.fichier // MIO} Mio")
        return octets
    except OSError as erreur:
        raise refusal(chemin.name, f"fichier illisible ({erreur.strerror})") from erreur


def get_empreinte(octets: bytes) -> str:
    """SHA-256 of the file as received: the same file twice is recognised by it."""
    return hashlib.sha256(octets).hexdigest()


def inflate(octets: bytes, fichier: str, limites: Limites = LIMITES) -> bytes:
    """The content of a gzip, or the bytes themselves when they are not one; one level only."""
    if get_genre(octets) is not GenreOctets.GZIP:
        return octets
    # The last four bytes announce the size of the last member, modulo 2**32: a bomb often says so itself.
    if len(octets) > 18:
        exces = limites.get_exces(int.from_bytes(octets[-4:], "little"), len(octets))
        if exces:
            raise refusal(fichier, f"gzip refusé : {exces}")
    contenu = _inflate_members(octets, fichier, limites)
    if get_genre(contenu) is GenreOctets.GZIP:
        raise refusal(fichier, "gzip dans un gzip")
    return contenu


def _inflate_members(octets: bytes, fichier: str, limites: Limites) -> bytes:
    morceaux: list[bytes] = []
    total = 0
    reste = octets
    while reste:
        machine = zlib.decompressobj(wbits=31)
        while not machine.eof:
            try:
                morceau = machine.decompress(reste, _MORCEAU)
            except zlib.error as erreur:
                raise refusal(fichier, "gzip abîmé") from erreur
            reste = machine.unconsumed_tail
            total += len(morceau)
            exces = limites.get_exces(total, len(octets))
            if exces:
                raise refusal(fichier, f"gzip refusé : {exces}")
            morceaux.append(morceau)
            if not morceau and not reste and not machine.eof:
                raise refusal(fichier, "gzip tronqué")
        reste = machine.unused_data.lstrip(b"\x00")
        if reste and not reste.startswith(b"\x1f\x8b"):
            raise refusal(fichier, "gzip suivi d’octets étrangers")
    return b"".join(morceaux)
