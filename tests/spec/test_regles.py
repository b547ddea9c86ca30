"""docs/regles.md and the tables cannot part: one expected statut changed fails two tests."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.spec.generer_regles import DESTINATION, render_regles
from tests.spec.page_des_regles import DESTINATION_PAGE, render_page
from tests.spec.references import (
    AILLEURS,
    FORMES,
    list_decisions,
    list_exemples,
    list_lectures,
    list_references,
)
from tests.spec.tables import Cas, Groupe, Theme, list_cas, load_themes
from tests.spec.verifier import list_ecarts

MOINS_DE_CAS = 200
THEMES = load_themes()


def test_le_document_dit_ce_que_disent_les_tables() -> None:
    assert DESTINATION.read_text(encoding="utf-8") == render_regles(THEMES)


def test_les_pages_du_site_disent_ce_que_disent_les_tables() -> None:
    assert DESTINATION_PAGE.read_text(encoding="utf-8") == render_page(THEMES)


def test_une_regle_changee_se_verrait_dans_les_pages() -> None:
    mute = replace(THEMES[0], regle=THEMES[0].regle + " Et encore.")
    assert render_page((mute, *THEMES[1:])) != DESTINATION_PAGE.read_text(encoding="utf-8")


def test_les_tables_sont_fournies() -> None:
    cas = list_cas(THEMES)
    assert len(cas) > MOINS_DE_CAS
    assert len({(theme.code, exemple.nom) for theme, _, exemple in cas}) == len(cas)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.code)
def test_un_statut_attendu_change_fait_echouer_deux_controles(theme: Theme) -> None:
    """Each example in turn expects another statut: its own check objects, and so does the document."""
    document = DESTINATION.read_text(encoding="utf-8")
    rang = THEMES.index(theme)
    echecs = []
    for groupe in theme.groupes:
        for cas in groupe.cas:
            change = change_statut(cas)
            row = list_ecarts(groupe, change) != []
            mute = replace_cas(theme, groupe, cas, change)
            doc = render_regles((*THEMES[:rang], mute, *THEMES[rang + 1 :])) != document
            echecs.append((cas.nom, row + doc))
    assert [nom for nom, nombre in echecs if nombre != 2] == []


def change_statut(cas: Cas) -> Cas:
    """The example with another expected statut."""
    if cas.libelle is not None:
        return replace(cas, libelle="atteint" if cas.libelle != "atteint" else "en_retard")
    return replace(cas, statut="atteint" if cas.statut != "atteint" else "en_retard")


def replace_cas(theme: Theme, groupe: Groupe, cas: Cas, change: Cas) -> Theme:
    """The theme with one example changed."""
    mute = replace(groupe, cas=tuple(change if c is cas else c for c in groupe.cas))
    return replace(theme, groupes=tuple(mute if g is groupe else g for g in theme.groupes))


def test_chaque_reference_existe() -> None:
    fausses = [r for r in list_references(THEMES) if FORMES.fullmatch(r) is None]
    assert fausses == []
    trouvees = [m for r in list_references(THEMES) if (m := FORMES.fullmatch(r)) is not None]
    assert {m["decision"] for m in trouvees} - {None} <= list_decisions()
    assert {m["lecture"] for m in trouvees} - {None} <= list_lectures()


def test_les_lectures_se_lisent_toutes() -> None:
    """Those of three digits too."""
    assert {"L-01", "L-06 bis", "L-99", "L-100", "L-111"} <= list_lectures()
    assert FORMES.fullmatch("L-111") is not None


def test_ce_qui_tient_une_lecture_ailleurs_existe() -> None:
    racine = DESTINATION.parents[1]
    cites = {c for dit in AILLEURS.values() for c in re.findall(r"tests/[\w/]+(?:\.py)?", dit)}
    assert [cite for cite in sorted(cites) if not (racine / cite).exists()] == []
    assert all(re.match("tests/", dit) for dit in AILLEURS.values())


def test_chaque_decision_et_chaque_lecture_ont_un_exemple() -> None:
    trouvees = [m for r in list_references(THEMES) if (m := FORMES.fullmatch(r)) is not None]
    assert list_decisions() - {m["decision"] for m in trouvees} == set()
    assert list_lectures() - {m["lecture"] for m in trouvees} == set(AILLEURS)
    assert {int(m["exemple"]) for m in trouvees if m["exemple"]} == list_exemples()


def test_le_domaine_dit_ses_decisions_et_ses_exemples() -> None:
    assert len(list_decisions()) == 36
    assert list_exemples() == set(range(1, 14))


def test_un_exemple_que_rien_ne_compare_serait_vu() -> None:
    """Each example expects at least a statut or a label, so that none is empty."""
    assert [c.nom for _, _, c in list_cas(THEMES) if not c.statut and not c.libelle] == []
