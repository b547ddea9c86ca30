"""A refusal quotes what the file says: on one line, short, printable everywhere."""

from __future__ import annotations

from quartiers.core.anomalie import Anomalie


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
