"""docs/formats.md says what the product does: its commands, its fields, its headers, the keys of its answers."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from quartiers.core.genres import GENRES_DE_FICHIER
from quartiers.reports import constat_json, fait_json, schema, tableau_csv, tableau_json
from quartiers.reports.genre_table import make_colonnes
from quartiers.reports.table import COLONNES
from tests.recette.entree_07_accord import LECTEURS, list_colonnes
from tests.spec.generer_formats import DESTINATION, render_formats

TEXTE = DESTINATION.read_text(encoding="utf-8")
REPONSES = (tableau_json, constat_json, fait_json)


def test_le_document_dit_ce_que_dit_le_produit() -> None:
    assert render_formats(TEXTE) == TEXTE, "python -m tests.spec.generer_formats"


def test_un_champ_change_se_verrait() -> None:
    change = TEXTE.replace("`etp_finance`", "`etp`")
    assert change != TEXTE
    assert render_formats(change) == TEXTE
    with pytest.raises(ValueError, match="genres"):
        render_formats(TEXTE.replace("<!-- genres : fin -->", ""))


def test_la_tete_et_la_queue_d_un_genre_sont_celles_de_ses_fichiers() -> None:
    for genre in GENRES_DE_FICHIER.values():
        noms = [colonne.nom for colonne in make_colonnes(genre)]
        assert noms[:4] == ["objet", "le", "situe", "dessert"]
        assert noms[-2:] == ["validation", "retrait"]
    assert "`objet;le;situe;dessert;`" in TEXTE
    assert "`;validation;retrait`" in TEXTE


@pytest.mark.parametrize("fichier", LECTEURS)
def test_l_en_tete_d_un_petit_fichier_est_celui_que_l_on_lit(fichier: str) -> None:
    assert list_colonnes(TEXTE, fichier) == set(LECTEURS[fichier].lues)


def test_les_colonnes_du_tableau_sont_celles_de_ses_exports() -> None:
    assert f"`{';'.join(colonne.nom for colonne in COLONNES)}`" in TEXTE
    assert tuple(colonne.nom for colonne in COLONNES) == tableau_csv.COLONNES
    assert set(schema.SCHEMAS) == {"tableau", "releves"}


def list_cles(chemin: Path) -> set[str]:
    """The keys of the dictionaries that a module writes down."""
    return {
        cle.value
        for noeud in ast.walk(ast.parse(chemin.read_text(encoding="utf-8")))
        if isinstance(noeud, ast.Dict)
        for cle in noeud.keys
        if isinstance(cle, ast.Constant) and isinstance(cle.value, str)
    }


@pytest.mark.parametrize("module", REPONSES, ids=lambda m: m.__name__.rpartition(".")[2])
def test_chaque_cle_d_une_reponse_est_dite(module: object) -> None:
    cles = list_cles(Path(str(getattr(module, "__file__", ""))))
    dites = set(re.findall(r"[`\"](\w+)[`\"]", TEXTE))
    assert cles
    assert cles - dites == set()
