"""Codes of a declared line: put right and told when one reading is possible, refused with the sign otherwise."""

from __future__ import annotations

import pytest

from quartiers.core.anomalie import Carnet
from quartiers.sources.table import Ligne
from quartiers.usecases.formulaire import Formulaire

CONNUS = ("e05-a2-montant", "QRR-93_3", "12", "L\u2019été  3")


def read(ecrit: str) -> tuple[str | None, Carnet]:
    """A code of a line among the known ones."""
    carnet = Carnet("f.csv")
    formulaire = Formulaire(Ligne(2, (ecrit,), {"code": 0}), carnet)
    return formulaire.read_parmi("code", CONNUS, "code"), carnet


@pytest.mark.parametrize(
    ("ecrit", "code"),
    [
        ("E05-A2-MONTANT", "e05-a2-montant"),
        ("e05\u2011a2\u2011montant", "e05-a2-montant"),
        ("e05\u2013a2\u2014montant", "e05-a2-montant"),
        ("e05-a2-mon\u00adtant", "e05-a2-montant"),
        ("\u200be05-a2-montant", "e05-a2-montant"),
        ("qrr-93_3", "QRR-93_3"),
        ("QRR\u221293_3\ufeff", "QRR-93_3"),
        ("12.0", "12"),
        ("12,0", "12"),
    ],
)
def test_a_code_written_otherwise_is_read_and_told(ecrit: str, code: str) -> None:
    lu, carnet = read(ecrit)
    assert (lu, carnet.refus) == (code, [])
    (reparee,) = carnet.reparees
    assert (reparee.ligne, reparee.colonne, f"lu « {code} »" in reparee.raison) == (2, "code", True)


@pytest.mark.parametrize("code", CONNUS)
def test_a_known_code_is_left_as_it_is(code: str) -> None:
    lu, carnet = read(code)
    assert (lu, carnet.refus, carnet.reparees) == (code, [], [])


@pytest.mark.parametrize(
    ("ecrit", "raison"),
    [
        ("QRR-93_\u0417", "en place 8, est un signe de l’alphabet cyrillique (U+0417)"),
        ("\u043505-a2-montant", "en place 1, est un signe de l’alphabet cyrillique (U+0435)"),
        ("QRR-93_5", "code inconnu : « QRR-93_5 »"),
        ("", "valeur obligatoire absente"),
    ],
)
def test_any_other_code_is_refused_once(ecrit: str, raison: str) -> None:
    lu, carnet = read(ecrit)
    (refus,) = carnet.refus
    assert (lu, refus.ligne, refus.colonne, raison in refus.raison) == (None, 2, "code", True)


def test_the_sign_that_was_put_right_is_named() -> None:
    _, carnet = read("e05-a2-montant\u200b")
    assert carnet.reparees[0].raison.endswith("(signe U+200B en place 15)")
