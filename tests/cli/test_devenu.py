"""A code that was replaced: the tableau of what it has become, said in one line; its own until its last day."""

from __future__ import annotations

import json

import pytest

from quartiers.storage.models import CodeAncien
from quartiers.usecases.charger_dossier import forget_dossier
from tests.cli.conftest import DATES, Sortie, call
from tests.communes_finies import ANCIENNE, FINIE, PRESENTE, finish_communes


@pytest.fixture
def fusion(base: None) -> None:
    finish_communes()
    forget_dossier()


@pytest.mark.parametrize("code", [ANCIENNE, FINIE])
def test_le_tableau_est_celui_de_la_commune_d_aujourd_hui(
    fusion: None, capsys: Sortie, code: str
) -> None:
    assert call("tableau", PRESENTE, *DATES, "--format", "json") == 0
    attendu = capsys.readouterr()
    assert call("tableau", code, *DATES, "--format", "json") == 0
    dit = capsys.readouterr()
    assert dit.err == f"{code} est devenu {PRESENTE} (Saint-Aubert)\n"
    assert dit.out == attendu.out
    assert json.loads(dit.out)["territoire"]["code"] == PRESENTE
    assert attendu.err == ""


def test_jusqu_a_son_dernier_jour_une_commune_montre_le_sien(fusion: None, capsys: Sortie) -> None:
    for jour, attendu in (("2026-06-30", FINIE), ("2026-07-01", PRESENTE)):
        dates = ("--vu-le", jour, "--connu-le", "2026-11-23")
        assert call("tableau", FINIE, *dates, "--format", "json") == 0
        dit = capsys.readouterr()
        assert json.loads(dit.out)["territoire"]["code"] == attendu
        assert bool(dit.err) is (attendu == PRESENTE)


def test_ce_qui_a_fini_sans_suite_montre_le_sien(fusion: None, capsys: Sortie) -> None:
    CodeAncien.objects.filter(code=FINIE).delete()
    forget_dossier()
    assert call("tableau", FINIE, *DATES, "--format", "json") == 0
    dit = capsys.readouterr()
    assert json.loads(dit.out)["territoire"]["code"] == FINIE
    assert dit.err == ""


def test_des_codes_qui_tournent_en_rond_sont_inconnus(fusion: None, capsys: Sortie) -> None:
    CodeAncien.objects.create(code="COM-00010", present="COM-00011")
    CodeAncien.objects.create(code="COM-00011", present="COM-00010")
    forget_dossier()
    assert call("tableau", "COM-00010", *DATES) == 2
    assert "territoire inconnu : COM-00010" in capsys.readouterr().err


def test_ce_qui_fut_declare_s_exporte_sous_le_code_de_son_jour(
    fusion: None, capsys: Sortie
) -> None:
    assert call("exporter", "releves", FINIE) == 0
    assert capsys.readouterr().err == ""
    assert call("exporter", "releves", ANCIENNE) == 2
    assert f"{ANCIENNE} est devenu {PRESENTE} (Saint-Aubert)" in capsys.readouterr().err
