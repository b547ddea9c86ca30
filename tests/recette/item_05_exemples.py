"""5. The worked examples of domaine.md 4.3, and docs/regles.md in agreement with the tables."""

from __future__ import annotations

import re

from tests.oracle.evaluateur import evaluate as evaluate_lentement
from tests.recette.outils import RACINE, Atelier, expect, play
from tests.spec.generer_regles import render_regles
from tests.spec.tables import list_cas, load_themes
from tests.spec.verifier import list_ecarts

EXEMPLES = range(1, 14)


def main(atelier: Atelier) -> str:
    """Every row on both evaluators; each worked example has its rows; the document is what they generate."""
    cas = list_cas(load_themes())
    ecarts = [
        f"{theme.code}, « {exemple.nom} » : {ecart}"
        for theme, groupe, exemple in cas
        for ecart in (
            *list_ecarts(groupe, exemple),
            *list_ecarts(groupe, exemple, evaluate_lentement),
        )
    ]
    expect(not ecarts, "; ".join(ecarts[:3]))
    par_exemple = {
        numero: [
            e for _, _, e in cas if re.search(rf"exemples? (\d+ (et|à) )?{numero}\b", e.reference)
        ]
        for numero in EXEMPLES
    }
    for numero, exemples in par_exemple.items():
        atelier.note(f"exemple {numero} : " + " ".join(f"{e.nom} → {e.statut}." for e in exemples))
    absents = [numero for numero, exemples in par_exemple.items() if not exemples]
    expect(not absents, f"exemples de 4.3 sans table : {absents}")
    ecrit = (RACINE / "docs" / "regles.md").read_text(encoding="utf-8")
    expect(
        ecrit == render_regles(load_themes()), "docs/regles.md n'est plus ce que les tables disent"
    )
    return f"les 13 exemples de 4.3 tenus ; {len(cas)} lignes de tables, deux fois justes ; docs/regles.md en accord"


if __name__ == "__main__":
    play(main)
