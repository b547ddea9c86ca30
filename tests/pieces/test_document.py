"""An office document: how much it may weigh once inflated, how long it may be, and by which words it is refused."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from quartiers.pieces import document
from quartiers.pieces.champs import is_champ_ailleurs, is_formule_ailleurs
from quartiers.pieces.document import check_document
from quartiers.pieces.nature import EN_PDF
from quartiers.pieces.piece import PieceRefusee
from tests.pieces.fabrique import MO, MOT, make_odf, make_ooxml, zip_parties
from tests.pieces.hostiles import RIRES


def fill(mio: int) -> bytes:
    """Bytes of which one in thirty is drawn: less than two hundred times smaller once deflated."""
    tirage = random.Random(1)  # noqa: S311 -- a filling, not a secret
    return b"".join(tirage.randbytes(1_024) + bytes(31 * 1_024) for _ in range(mio * 32))


@pytest.mark.parametrize("mio", [95, 97])
def test_un_document_deploye_pese_au_plus_96_mio(mio: int) -> None:
    octets = make_ooxml(parties={"word/media/image1.bmp": fill(mio)})
    assert len(octets) < 10 * MO
    if mio < 96:
        assert check_document(octets) == MOT
        return
    with pytest.raises(
        PieceRefusee, match="document refusé : contenu décompressé de plus de 96 Mio"
    ):
        check_document(octets)


@pytest.mark.parametrize("make", [make_ooxml, make_odf])
def test_un_document_a_un_nombre_d_elements_borne(
    make: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All its parts together."""
    octets = make()
    check_document(octets)
    monkeypatch.setattr(document, "ELEMENTS_MAX", 1)
    with pytest.raises(PieceRefusee, match="trop de lignes ou de cases"):
        check_document(octets)


@pytest.mark.parametrize(
    "octets",
    [
        make_ooxml()[:-40],
        make_ooxml(parties={"word/document.xml": "<a>"}),
        make_ooxml(parties={"word/document.xml": RIRES}),
        make_ooxml(parties={"word/document.xml": "<a/>".encode("utf-16-le")}),
        make_ooxml(parties={"word/document.xml": "<a/>".encode("utf-16")}),
        make_ooxml(parties={f"p{rang}": "" for rang in range(2_001)}),
        zip_parties({"mimetype": "x", "content.xml": "<!DOCTYPE"}),
    ],
)
def test_ce_qui_est_refuse_est_un_document_et_dit_que_faire(octets: bytes) -> None:
    """Never « classeur »: somebody who sends a letter has none."""
    with pytest.raises(PieceRefusee) as refus:
        check_document(octets)
    assert str(refus.value).startswith("document ")
    assert str(refus.value).endswith(EN_PDF)


def test_un_nom_de_partie_garde_ses_mots() -> None:
    """What a document itself says is not written again."""
    with pytest.raises(PieceRefusee, match=r"« classeur\.xml » n’est pas en UTF-8"):
        check_document(make_ooxml(parties={"classeur.xml": "<a/>".encode("utf-16")}))


@pytest.mark.parametrize(
    ("dit", "ailleurs"),
    [
        (' DDEAUTO c:\\\\cmd "/k"', True),
        ("dde x", True),
        ("DDETS", False),
        ("PAGE \\* DDE", False),
        ("IMPORTANT", False),
        ("INCLUDETEXT x", True),
        ("", False),
    ],
)
def test_un_champ_qui_va_ailleurs(dit: str, ailleurs: bool) -> None:
    assert is_champ_ailleurs(dit) is ailleurs


@pytest.mark.parametrize(
    ("dit", "ailleurs"),
    [
        ("cmd|'/c calc'!A1", True),
        ("'cmd'|'x'!A1", True),
        ("dde(1)", True),
        ("RTD (1)", True),
        ("CALL(1)", True),
        ("REGISTER.ID(1)", True),
        ('_xlfn.IMAGE("x")', True),
        ('"cmd|x"', False),
        ("'DDE(1)'!A1", False),
        ("MADDE(1)", False),
    ],
)
def test_une_formule_qui_va_ailleurs(dit: str, ailleurs: bool) -> None:
    assert is_formule_ailleurs(dit) is ailleurs
