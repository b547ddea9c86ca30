"""Admit a file sent as proof: judged by its bytes, then shown to the antivirus of the host, outside any transaction."""

from __future__ import annotations

import shlex
import subprocess

from django.conf import settings

from quartiers.pieces.admission import judge_piece
from quartiers.pieces.piece import PieceAdmise, PieceRefusee

REFUSEE = "l’antivirus refuse ce fichier : ne pas l’ouvrir, et prévenir le service informatique"
SANS_REPONSE = "l’antivirus ne répond pas : réessayez dans quelques minutes"
DELAI = 30
INFECTE = 1


def admit_piece(octets: bytes, nom: str) -> PieceAdmise:
    """The piece to keep, its bytes already cleaned. Raises PieceRefusee, in words to show."""
    piece = judge_piece(octets, nom, settings.PIECE_OCTETS)
    if settings.ANTIVIRUS:
        ask_antivirus(octets)
    return piece


def ask_antivirus(octets: bytes) -> None:
    """The command of the host reads the file as it was received: 0 clean, 1 refused, anything else is no answer."""
    try:
        fini = subprocess.run(  # noqa: S603 -- the command that the host wrote in its settings
            shlex.split(settings.ANTIVIRUS),
            input=octets,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=DELAI,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as erreur:
        raise PieceRefusee(SANS_REPONSE) from erreur
    if fini.returncode:
        raise PieceRefusee(REFUSEE if fini.returncode == INFECTE else SANS_REPONSE)
