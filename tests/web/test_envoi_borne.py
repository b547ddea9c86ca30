"""Files received in a form: a heavy one is dropped while it arrives, and the rest of the form is read."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import TooManyFilesSent
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from quartiers.pieces.piece import PieceRefusee
from quartiers.web.envoi_borne import admit_recues
from tests.pieces.fabrique import MO, draw_image

Send = Callable[..., HttpRequest]


@pytest.fixture
def send() -> Iterator[Send]:
    """A form with one field of words, then files; closed at the end, as a server does."""
    requetes: list[HttpRequest] = []

    def envoyer(*fichiers: SimpleUploadedFile) -> HttpRequest:
        champs = {"valeur": "3", "piece": list(fichiers), "apres": "oui"}
        requetes.append(RequestFactory().post("/", champs))
        return requetes[-1]

    yield envoyer
    for requete in requetes:
        requete.close()


def test_les_pieces_d_un_formulaire_sont_admises(send: Send) -> None:
    requete = send(
        SimpleUploadedFile("a.jpg", draw_image()), SimpleUploadedFile("b.png", draw_image("PNG"))
    )
    assert [p.nom for p in admit_recues(requete, "piece")] == ["a.jpg", "b.png"]
    assert admit_recues(requete, "autre") == []


@pytest.mark.parametrize("octets", [3 * MO, 11 * MO])
def test_un_fichier_trop_lourd_est_lache_et_le_reste_se_lit(
    send: Send, settings: Any, octets: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    settings.PIECE_OCTETS = 2 * MO
    requete = send(SimpleUploadedFile("lourd.jpg", b"\xff\xd8\xff" * (octets // 3)))
    assert (requete.POST["valeur"], requete.POST["apres"]) == ("3", "oui")
    assert not requete.FILES
    gc.collect()  # a file left open would be told here
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(PieceRefusee, match="pèse plus de 2 Mo"):
        admit_recues(requete, "piece")


def test_un_fichier_du_poids_admis_passe_par_le_disque(send: Send, settings: Any) -> None:
    octets = draw_image() + b"\0" * 4 * MO
    settings.PIECE_OCTETS = len(octets)
    (piece,) = admit_recues(send(SimpleUploadedFile("a.jpg", octets)), "piece")
    assert len(piece.octets) < MO


def test_un_fichier_refuse_le_dit(send: Send) -> None:
    with pytest.raises(PieceRefusee, match="0 octet"):
        admit_recues(send(SimpleUploadedFile("a.jpg", b"")), "piece")


def test_dix_fichiers_au_plus(send: Send) -> None:
    trop = [SimpleUploadedFile(f"{n}.jpg", b"x") for n in range(11)]
    requete = send(*trop)
    with pytest.raises(TooManyFilesSent):
        assert requete.FILES
