"""A file sent as proof is admitted under the settings of the host, and shown to its antivirus."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Any

import pytest

from quartiers.pieces.piece import PieceRefusee
from quartiers.usecases import admettre_piece
from quartiers.usecases.admettre_piece import REFUSEE, SANS_REPONSE, admit_piece
from tests.pieces.fabrique import draw_image, make_exif


def command(code: str) -> str:
    """A command that runs some Python."""
    return shlex.join([sys.executable, "-c", code])


def test_la_taille_est_celle_du_reglage(settings: Any) -> None:
    settings.PIECE_OCTETS = 100
    with pytest.raises(PieceRefusee, match="pèse plus de"):
        admit_piece(draw_image(), "a.jpg")


def test_l_antivirus_lit_le_fichier_tel_qu_il_est_venu(settings: Any, tmp_path: Path) -> None:
    vu = tmp_path / "vu"
    settings.ANTIVIRUS = command(
        f"import sys; open({str(vu)!r}, 'wb').write(sys.stdin.buffer.read())"
    )
    octets = draw_image(exif=make_exif())
    piece = admit_piece(octets, "a.jpg")
    assert vu.read_bytes() == octets != piece.octets


@pytest.mark.parametrize(
    ("code", "mots"),
    [
        ("raise SystemExit(1)", REFUSEE),
        ("raise SystemExit(2)", SANS_REPONSE),
        ("import time; time.sleep(60)", SANS_REPONSE),
        ("import os; os.abort()", SANS_REPONSE),
    ],
)
def test_ce_que_dit_l_antivirus(
    settings: Any, code: str, mots: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ANTIVIRUS = command(code)
    monkeypatch.setattr(admettre_piece, "DELAI", 2)
    with pytest.raises(PieceRefusee) as refus:
        admit_piece(draw_image(), "a.jpg")
    assert str(refus.value) == mots


def test_un_antivirus_absent_est_sans_reponse(settings: Any) -> None:
    settings.ANTIVIRUS = "/nulle/part"
    with pytest.raises(PieceRefusee, match="réessayez"):
        admit_piece(draw_image(), "a.jpg")


def test_ce_qui_est_refuse_ne_va_pas_a_l_antivirus(settings: Any, tmp_path: Path) -> None:
    """Its time is for what would be kept."""
    vu = tmp_path / "vu"
    settings.ANTIVIRUS = command(f"open({str(vu)!r}, 'wb').close()")
    with pytest.raises(PieceRefusee):
        admit_piece(b"bonjour", "a.jpg")
    assert not vu.exists()
