"""7. The contract, the readers, the lectures and the rules say one thing."""

from __future__ import annotations

import re
from pathlib import Path

from quartiers.core.genres.arret import ArretDeclare
from quartiers.core.genres.cible import CibleDeclaree
from quartiers.core.genres.confirmation import ConfirmationDeclaree
from quartiers.core.genres.quartier_cible import QuartierDeclare
from quartiers.core.genres.sans_objet import SansObjetDeclare
from quartiers.usecases import lire_releves
from quartiers.usecases.lire_enregistrements import get_colonnes
from tests.recette.outils import RACINE, Atelier, expect, play
from tests.spec.generer_regles import render_regles
from tests.spec.tables import load_themes

LECTEURS = {
    "releves.csv": lire_releves.COLONNES,
    "cibles.csv": get_colonnes(CibleDeclaree),
    "quartiers.csv": get_colonnes(QuartierDeclare),
    "sans_objet.csv": get_colonnes(SansObjetDeclare),
    "confirmations.csv": get_colonnes(ConfirmationDeclaree),
    "arrets.csv": get_colonnes(ArretDeclare),
}
_CITATION = re.compile(r"\bL-(\d{2,3})\b")


def main(atelier: Atelier) -> str:
    """Columns of the contract that a reader lacks, readings cited and written nowhere, rules out of date."""
    contrat = read("docs/formats.md")
    for fichier, colonnes in LECTEURS.items():
        dites = list_colonnes(contrat, fichier)
        manquent = dites - set(colonnes.toutes)
        expect(not manquent, f"{fichier} : le contrat dit {sorted(manquent)}, le lecteur l’ignore")
        atelier.note(f"{fichier} : {len(dites)} colonnes du contrat, toutes lues")
    ecrites = set(_CITATION.findall(read("docs/lectures.md")))
    citees = {
        numero
        for dossier in ("quartiers", "tests")
        for fichier in sorted((RACINE / dossier).rglob("*.py"))
        for numero in _CITATION.findall(fichier.read_text(encoding="utf-8"))
    }
    expect(citees <= ecrites, f"lectures citées et non écrites : {sorted(citees - ecrites)}")
    expect(read("docs/regles.md") == render_regles(load_themes()), "docs/regles.md est en retard")
    return f"six fichiers du contrat, {len(ecrites)} lectures, les règles : d’accord"


def list_colonnes(contrat: str, fichier: str) -> set[str]:
    """The header that the contract gives of a file: the first list of names with `;` after its title."""
    debut = contrat.index(fichier)
    trouvee = re.search(r"`([a-z_]+(?:;[a-z_]+)+)`", contrat[debut:])
    expect(trouvee is not None, f"{fichier} : pas d’en-tête dans le contrat")
    assert trouvee is not None
    return set(trouvee[1].split(";"))


def read(chemin: str) -> str:
    """A document of the project."""
    return Path(RACINE / chemin).read_text(encoding="utf-8")


if __name__ == "__main__":
    play(main)
