"""docs/regles.md and the tables cannot part: one expected statut changed fails two tests."""

from __future__ import annotations

from dataclasses import replace

from tests.spec.generer_regles import DESTINATION, render_regles
from tests.spec.tables import Cas, Groupe, Theme, list_cas, load_themes
from tests.spec.verifier import list_ecarts

MOINS_DE_CAS = 200


def test_le_document_dit_ce_que_disent_les_tables() -> None:
    assert DESTINATION.read_text(encoding="utf-8") == render_regles(load_themes())


def test_les_tables_sont_fournies() -> None:
    cas = list_cas(load_themes())
    assert len(cas) > MOINS_DE_CAS
    assert len({(theme.code, exemple.nom) for theme, _, exemple in cas}) == len(cas)


def test_un_statut_attendu_change_fait_echouer_deux_controles() -> None:
    """Each theme in turn: its first judged example expects another statut, the row and the document both object."""
    themes = load_themes()
    for rang, theme in enumerate(themes):
        faux = change_un_statut(theme)
        if faux is None:
            continue
        change, exemple = faux
        assert list_ecarts(*exemple) != []
        document = render_regles((*themes[:rang], change, *themes[rang + 1 :]))
        assert document != DESTINATION.read_text(encoding="utf-8")


def change_un_statut(theme: Theme) -> tuple[Theme, tuple[Groupe, Cas]] | None:
    """The theme with one expected statut changed, and the changed example; None when none is judged."""
    for i, groupe in enumerate(theme.groupes):
        for j, cas in enumerate(groupe.cas):
            if cas.statut in {"atteint", "en_retard", "a_surveiller"}:
                mute = replace(cas, statut="en_bonne_voie")
                change = replace(groupe, cas=(*groupe.cas[:j], mute, *groupe.cas[j + 1 :]))
                groupes = (*theme.groupes[:i], change, *theme.groupes[i + 1 :])
                return replace(theme, groupes=groupes), (change, mute)
    return None
