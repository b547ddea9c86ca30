"""A refusal quotes what the file says: on one line, short, printable everywhere."""

from __future__ import annotations

import pytest

from quartiers.core.anomalie import Anomalie, Carnet, DonneesRefusees, Rapport


def test_what_is_quoted_stays_on_one_line_and_can_be_written_anywhere() -> None:
    anomalie = Anomalie("a\udcff.csv", 2, "co\nlonne\x00", "« \x1b[31mA\ud800\u202eB\r\n » inconnu")
    assert str(anomalie) == (
        "a\ufffd.csv, ligne 2, colonne « co lonne\ufffd » : « \ufffd[31mA\ufffd\ufffdB   » inconnu"
    )
    assert str(anomalie).encode()


def test_what_is_quoted_is_cut_and_the_usual_is_left_as_it_is() -> None:
    raison = "plus de 10\u202f000 caractères\u00a0: « é »"
    assert Anomalie("f", None, None, raison).raison == raison
    longue = Anomalie("f", None, "c" * 5_000, "x" * 100_000)
    assert (len(longue.raison), longue.raison[-1], len(longue.colonne or "")) == (1_000, "…", 1_000)


@pytest.mark.parametrize(
    ("nombre", "lignes", "fin"),
    [
        (1, 1, "ligne 1 : non"),
        (100, 100, "ligne 100 : non"),
        (101, 101, "… et 1 de plus"),
        (25_000, 101, "… et 24900 de plus"),
    ],
)
def test_a_hundred_refusals_are_written_and_the_others_counted(
    nombre: int, lignes: int, fin: str
) -> None:
    carnet = Carnet("f.csv")
    for ligne in range(1, nombre + 1):
        carnet.refuse(ligne, None, "non")
    with pytest.raises(DonneesRefusees) as refus:
        carnet.check()
    dites = str(refus.value).splitlines()
    assert (len(dites), dites[-1].endswith(fin), refus.value.total) == (lignes, True, nombre)
    assert len(refus.value.anomalies) == min(nombre, 10_000)


def test_a_report_agrees_in_number() -> None:
    assert str(Rapport("f.csv", 1, 0)) == "f.csv : 1 lue, 0 gardée, 1 écartée, 0 réparation, 0 avis"
    assert "2 lues, 2 gardées, 0 écartée, 0 réparation" in str(Rapport("f.csv", 2, 2))
