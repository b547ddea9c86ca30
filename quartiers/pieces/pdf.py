"""A PDF, kept byte for byte when it opens and does nothing by itself."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from quartiers.pieces import pdf_a_part
from quartiers.pieces.piece import PieceRefusee

TYPE_PDF = "application/pdf"
_IMPRIMER = "l’ouvrir, l’imprimer vers un nouveau PDF, et envoyer celui-ci"
ABIME = f"ce PDF est abîmé ou coupé, et ne s’ouvre pas : {_IMPRIMER}"
MELE = f"ce PDF contient aussi un fichier d’un autre genre : {_IMPRIMER}"
RAISONS = {
    pdf_a_part.CHIFFRE: "ce PDF est protégé par un mot de passe : l’enregistrer sans mot de passe",
    pdf_a_part.ACTIF: f"ce PDF contient un programme ou une action : {_IMPRIMER}",
    pdf_a_part.JOINT: f"ce PDF contient un fichier joint ou un média : {_IMPRIMER}",
}
DELAI = 20
_DEBUT = 1_024
_AUTRE_GENRE = re.compile(
    rb"<(?:!doctype|html|script|svg|\?php)|MZ\x90|\x7fELF|PK\x03\x04", re.IGNORECASE
)
_FIN = re.compile(rb"%%EOF\s*\Z")
_ANNUAIRE_ZIP, _ANNUAIRE_MAX = b"PK\x05\x06", 65_557
"""What makes a zip of a file, and how far from its end it may be."""


def check_pdf(octets: bytes) -> None:
    """Raises PieceRefusee when it does not open, is locked, acts, carries another file or is one."""
    if _AUTRE_GENRE.search(octets[:_DEBUT]) or _ANNUAIRE_ZIP in octets[-_ANNUAIRE_MAX:]:
        raise PieceRefusee(MELE)
    if not _FIN.search(octets[-_DEBUT:].rstrip(b"\0")):
        raise PieceRefusee(MELE if b"%%EOF" in octets else ABIME)
    mot = judge_apart(octets)
    if mot != pdf_a_part.BIEN:
        raise PieceRefusee(RAISONS.get(mot, ABIME))


def judge_apart(octets: bytes) -> str:
    """The word of a process of its own, bounded in memory and in time; its death is a refusal."""
    try:
        fini = subprocess.run(  # noqa: S603 -- our own program, its input on stdin
            [sys.executable, "-I", str(Path(pdf_a_part.__file__))],
            input=octets,
            capture_output=True,
            timeout=DELAI,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return pdf_a_part.ABIME
    return fini.stdout.decode("ascii", "replace") if fini.returncode == 0 else pdf_a_part.ABIME
