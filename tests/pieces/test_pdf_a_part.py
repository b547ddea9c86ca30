"""The process that opens a PDF: alone, bounded in time, memory and depth, and believed only when it ends well."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from quartiers.pieces import pdf, pdf_a_part
from quartiers.pieces.admission import judge_piece
from quartiers.pieces.piece import PieceRefusee
from tests.pieces.fabrique import MO, make_pdf
from tests.pieces.fabrique_hostile import make_pdf_gonfle

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="les bornes sont celles d’Unix")
PROGRAMME = pdf_a_part.__file__


@pytest.fixture
def processus(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Another program in the place of the one that opens a PDF."""

    def remplacer(code: str) -> None:
        programme = tmp_path / "autre.py"
        programme.write_text(code, encoding="utf-8")
        monkeypatch.setattr(pdf_a_part, "__file__", str(programme))

    return remplacer


def admit() -> str:
    """The media type of a sound PDF, when the process says that it is."""
    return judge_piece(make_pdf(), "a", 10 * MO).type


@pytest.mark.parametrize(
    "code",
    [
        "import time; time.sleep(60)",
        "import os; os.abort()",
        "raise MemoryError",
        "print('autre')",
        # Right, then dead: what it said is not believed.
        "import sys; sys.stdout.write('bien'); sys.stdout.flush(); sys.exit(3)",
    ],
)
def test_la_mort_du_processus_est_un_refus(
    processus: Callable[[str], None], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    processus(code)
    monkeypatch.setattr(pdf, "DELAI", 1)
    with pytest.raises(PieceRefusee, match="ne s’ouvre pas"):
        admit()


def test_le_processus_ne_charge_rien_du_produit(processus: Callable[[str], None]) -> None:
    """The true program, run whole, then asked what it loaded; and its interpreter reads nothing of whoever starts it."""
    processus(
        "import io, runpy, sys\n"
        "vrai, sys.stdout = sys.stdout, io.StringIO()\n"
        f"runpy.run_path({PROGRAMME!r}, run_name='__main__')\n"
        "charges = {nom.partition('.')[0] for nom in sys.modules}\n"
        "seul = sys.flags.isolated and 'pikepdf' in charges and not charges & {'quartiers', 'django'}\n"
        "vrai.write(sys.stdout.getvalue() if seul else 'non')"
    )
    assert admit() == "application/pdf"


def test_le_processus_borne_sa_memoire(processus: Callable[[str], None]) -> None:
    processus(
        f"import runpy; m = runpy.run_path({PROGRAMME!r}); m['bound_process']()\n"
        "try:\n    bytearray(1 << 31)\nexcept MemoryError:\n    print('bien', end='')"
    )
    assert admit() == "application/pdf"


def test_le_programme_pose_ses_bornes(processus: Callable[[str], None]) -> None:
    """Both ends of each, so that nothing raises it again; of the processor, well before who waits for it gives up."""
    processus(
        "import io, resource, runpy, sys\n"
        "vrai, sys.stdout = sys.stdout, io.StringIO()\n"
        f"runpy.run_path({PROGRAMME!r}, run_name='__main__')\n"
        "bornes = [resource.getrlimit(b) for b in (resource.RLIMIT_AS, resource.RLIMIT_CPU)]\n"
        "vrai.write(sys.stdout.getvalue() if bornes == [(1 << 30,) * 2, (10, 10)] else str(bornes))"
    )
    assert admit() == "application/pdf"
    assert pdf_a_part.SECONDES_MAX < pdf.DELAI


@pytest.mark.parametrize(
    ("mio", "mot"), [(60, pdf_a_part.BIEN), (70, pdf_a_part.ABIME), (256, pdf_a_part.ABIME)]
)
def test_ce_qui_se_deploie_est_borne_sans_attendre_la_memoire(mio: int, mot: str) -> None:
    """Here no memory is bounded: the library itself refuses to inflate more."""
    assert pdf_a_part.judge_pdf(make_pdf_gonfle(mio * MO)) == mot
