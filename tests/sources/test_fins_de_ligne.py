"""Separators too many or too few at the end of lines: put right when nothing is lost, refused otherwise."""

from __future__ import annotations

from time import process_time

import pytest

from quartiers.core.anomalie import DonneesRefusees
from quartiers.sources.lecture import read_table
from quartiers.sources.table import Colonnes, Table

COLONNES = Colonnes(("indicateur", "territoire", "date"), ("valeur", "source", "declarant", "cle"))
ENTETE = "indicateur;territoire;date;valeur;source;declarant;cle"


def read(*lignes: str, entete: str = ENTETE, fin: str = "\n") -> Table:
    """A table of these lines."""
    return read_table(("\n".join((entete, *lignes)) + fin).encode(), "f.csv", COLONNES)


def list_valeurs(table: Table) -> list[str]:
    """The values, in order."""
    return [ligne["valeur"] for ligne in table]


def test_excel_forgets_the_last_separators_after_sixteen_lines() -> None:
    pleines = [f"i;t;d;{n};;;" for n in range(15)]
    courtes = [f"i;t;d;{n}" for n in range(15, 24)]
    table = read(*pleines, *courtes)
    assert list_valeurs(table) == [str(n) for n in range(24)]
    (avis,) = table.avis
    assert (avis.ligne, avis.raison) == (17, "cellules finales absentes, lues vides : 9 lignes")


def test_one_separator_too_many_on_every_line_is_nothing() -> None:
    table = read("i;t;d;1;s;x;k;", "i;t;d;2;s;x;k;;;")
    assert (list_valeurs(table), table.avis, table.reparees) == (["1", "2"], (), ())
    entete = read("i;t;d;1;s;x;k", "i;t;d;2;s;x;k", entete=f"{ENTETE};")
    assert (list_valeurs(entete), entete.avis, entete.reparees) == (["1", "2"], (), ())


def test_one_separator_too_many_on_some_lines_is_told_once() -> None:
    table = read("i;t;d;1;s;x;k", "i;t;d;2;s;x;k;", "i;t;d;3;s;x;k;;")
    assert list_valeurs(table) == ["1", "2", "3"]
    assert [r.raison for r in table.reparees] == [
        "cellules vides au-delà de l’en-tête, ôtées : 2 lignes"
    ]


@pytest.mark.parametrize(
    ("ligne", "raison"),
    [
        ("i;t;d;1;s;x;k;perdu", "8 cellules au lieu de 7"),
        ("i;t;d;1;s;x;k;;perdu", "9 cellules au lieu de 7"),
        ("i;t", "2 cellules au lieu de 7"),
        ("i", "1 cellules au lieu de 7"),
    ],
)
def test_a_value_beyond_and_a_required_one_missing_are_refused(ligne: str, raison: str) -> None:
    with pytest.raises(DonneesRefusees) as refus:
        read("i;t;d;1;s;x;k", ligne)
    assert [(a.ligne, raison in a.raison) for a in refus.value.anomalies] == [(3, True)]


def test_a_last_line_cut_short_is_a_truncated_file() -> None:
    with pytest.raises(DonneesRefusees) as refus:
        read("i;t;d;1;s;x;k", "i;t;d;2;s", fin="")
    assert [(a.ligne, "tronqué" in a.raison) for a in refus.value.anomalies] == [(3, True)]


@pytest.mark.parametrize("ligne", ["i;t;d;2;s;x;k", "i;t;d;2;;;", "i;t;d;2;s;x;k;"])
def test_a_last_line_without_end_of_line_but_whole_is_read(ligne: str) -> None:
    assert list_valeurs(read("i;t;d;1;s;x;k", ligne, fin="")) == ["1", "2"]


def test_a_very_wide_line_of_separators_is_measured_at_once() -> None:
    """The time follows the width of the file: 300,000 empty columns took minutes when it followed its square."""
    vides = ";" * 300_000
    debut = process_time()
    table = read(f"i1;QN1;2026-01-01;3{vides}", entete=f"indicateur;territoire;date;valeur{vides}")
    assert list_valeurs(table) == ["3"]
    assert process_time() - debut < 10
