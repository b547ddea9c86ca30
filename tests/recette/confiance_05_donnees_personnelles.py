"""Confiance 5. Sixty texts, twenty that say something of a person: found, never stopped, published in no form."""

from __future__ import annotations

from quartiers.core.contenu import TypeDeChamp, list_champs
from quartiers.core.donnees_personnelles import find_personnelles
from quartiers.core.genres import GENRES
from tests.recette.outils import Atelier, expect, play
from tests.recette.site_joue import play_on_demo
from tests.recette.textes_personnels import AVEC, SANS

FORMES = {"page", "pdf", "csv", "json", "xlsx", "ods", "geojson", "formulaire"}


def main(atelier: Atelier) -> str:
    """Found and falsely found, counted; then the same texts through forms and a file of the demonstration."""
    exacts = sum(frozenset(find_personnelles(texte)) == donnees for texte, donnees in AVEC)
    faux = [texte for texte in SANS if find_personnelles(texte)]
    expect((len(AVEC), len(SANS)) == (20, 40), "ce ne sont pas les soixante textes")
    dit = play_on_demo(atelier, "tests.recette.personnelles_jouees")
    expect(dit["valeurs"] == {"avec": {"demandé": 20}, "sans": {"entré": 40}}, f"{dit['valeurs']}")
    expect(dit["objets"] == {"demandé": 20}, f"{dit['objets']}")
    expect(dit["avis"] == {"avec": 20, "tous": 20, "gardees": 60}, f"{dit['avis']}")
    expect(set(dit["ouverts"]) == FORMES, f"{dit['ouverts']}")
    expect(not dit["fuites"], "\n".join(dit["fuites"][:5]))
    expect(dit["retenus"] > len(AVEC), f"{dit['retenus']} textes dits retenus")
    expect(
        dit["lus_par_qui_ecrit"] == len(AVEC), f"{dit['lus_par_qui_ecrit']} relus par leur auteur"
    )
    for forme, nombre in sorted(dit["ouverts"].items()):
        atelier.note(f"{forme} : {nombre} ouverts, aucune trace")
    for genre in GENRES.values():
        libres = [
            d.champ.libelle for d in list_champs(genre).values() if d.type is TypeDeChamp.TEXTE
        ]
        atelier.note(f"{genre.LIBELLE} : {', '.join(libres) or 'aucun texte libre'}")
    expect((exacts, faux) == (len(AVEC), []), f"{exacts} trouvés, à tort : {faux}")
    return (
        f"{exacts} textes trouvés sur {len(AVEC)}, {len(faux)} à tort sur {len(SANS)} ; 80 saisies et un fichier de 60 lignes, "
        f"0 empêchée ; {sum(dit['ouverts'].values())} pages et fichiers ouverts par d’autres, 0 trace, « texte retenu » {dit['retenus']} fois"
    )


if __name__ == "__main__":
    play(main)
