"""Law: a text that a reader keeps, written in a CSV of ours, is read back the same, and is never a formula."""

from __future__ import annotations

import csv
import io

from hypothesis import assume, example, given
from hypothesis import strategies as st

from quartiers.reports.tableau_csv import write_lignes
from quartiers.sources.lecture import read_table
from quartiers.sources.libelle import TexteRefuse, check_texte
from quartiers.sources.table import Colonnes
from tests.lois.reglage import loi

NOMS = ("code", "commentaire")
PIEGES = st.text(st.sampled_from("'\"=+-@\t\r\n ;,a\u00a0\ufeff\u2028"), max_size=8)
ENROBEES = PIEGES.map(lambda texte: f'="{texte}"')
TEXTES = st.one_of(PIEGES, ENROBEES, st.text(max_size=12))
DANGEREUX = ("=", "+", "-", "@", "\t", "\r")


def read_cellule(octets: bytes) -> str:
    """The text that the reader of a declared file would keep of the only line."""
    (ligne,) = read_table(octets, "f.csv", Colonnes(NOMS))
    return check_texte(ligne["commentaire"], "commentaire")


def write_brut(texte: str) -> bytes:
    """A file in which the cell is written by any other hand."""
    tampon = io.StringIO(newline="")
    csv.writer(tampon, delimiter=";").writerows([NOMS, ("x", texte)])
    return tampon.getvalue().encode()


@loi(600)
@given(TEXTES)
@example('="\'=x"')
@example('="a\rb"')
@example("''=x")
@example("'\t=x")
@example("'\r=x")
def test_un_texte_garde_ecrit_puis_relu_est_le_meme(brut: str) -> None:
    assume("\x00" not in brut)
    try:
        garde = read_cellule(write_brut(brut))
    except TexteRefuse:
        return
    ecrit = write_lignes(NOMS, [("x", garde)])
    assert read_cellule(ecrit.encode()) == garde
    (_, (_, cellule)) = csv.reader(io.StringIO(ecrit.removeprefix("\ufeff")), delimiter=";")
    assert not cellule.startswith(DANGEREUX)
