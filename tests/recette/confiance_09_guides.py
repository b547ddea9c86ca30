"""Confiance 9. The three guides followed word for word in the browser, with script and without, each on its own base."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import ViewportSize

from tests.recette.guide_suivi import GuideFaux, Suiveur
from tests.recette.outils import RACINE, Atelier, Echec, expect, play
from tests.recette.saisir_01_telephone import make_photo
from tests.recette.serveur import serve_atelier
from tests.site import open_navigateur

GUIDES = ("delegue", "partenaire", "prefecture")
"""In that order: the préfecture answers what the partner contests."""
ECRANS: tuple[ViewportSize, ...] = ({"width": 1280, "height": 900}, {"width": 390, "height": 844})


def main(atelier: Atelier) -> str:
    """Wide with script, then as narrow as a phone without: the demonstration is as new each time."""
    guides = {nom: RACINE / "docs" / "guide" / f"{nom}.md" for nom in GUIDES}
    phrases, lus = 0, 0
    atelier.quartiers("demo", "--sans-serveur")
    neuve = shutil.copytree(atelier.dossier / "var", atelier.dossier / "neuve")
    with open_navigateur() as navigateur, tempfile.TemporaryDirectory() as dossier:
        photo = make_photo(Path(dossier))
        for ecran, avec_script in zip(ECRANS, (True, False), strict=True):
            shutil.rmtree(atelier.dossier / "var")
            shutil.copytree(neuve, atelier.dossier / "var")
            with serve_atelier(atelier, "demo") as site:
                for nom, guide in guides.items():
                    contexte = navigateur.new_context(
                        base_url=site, viewport=ecran, locale="fr-FR", java_script_enabled=avec_script
                    )  # fmt: skip
                    suiveur = Suiveur(contexte.new_page(), photo)
                    try:
                        phrases += suiveur.follow(guide)
                    except GuideFaux as faux:
                        raise Echec(
                            f"{'avec' if avec_script else 'sans'} script : {faux}"
                        ) from faux
                    lus += len(suiveur.vues)
                    atelier.note(
                        f"{nom} : {suiveur.gestes} gestes ; lu : {' · '.join(suiveur.vues)}"
                    )
                    contexte.close()
    expect(lus > 0, "rien n’a été lu")
    return f"{len(guides)} guides suivis mot pour mot, à 1280 px avec script et à 390 px sans : {phrases} phrases, {lus} textes lus"


if __name__ == "__main__":
    play(main)
