"""What docs/formats.md draws from the product itself: `python -m tests.spec.generer_formats`.

The commands and the fields of each kind are written between marks; what stands around them is written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from quartiers.cli.main import list_commandes
from quartiers.core.contenu import ChampDecrit, Contenu, TypeDeChamp, list_champs
from quartiers.core.genres import GENRES_DE_FICHIER, PETITS_GENRES

DESTINATION = Path(__file__).resolve().parents[2] / "docs" / "formats.md"
TYPES = {
    TypeDeChamp.TEXTE: "texte",
    TypeDeChamp.MOT: "mot",
    TypeDeChamp.REFERENCE: "objet",
    TypeDeChamp.INDICATEUR: "code d’indicateur",
    TypeDeChamp.TERRITOIRE: "code de territoire",
    TypeDeChamp.JOUR: "jour",
    TypeDeChamp.HEURE: "heure",
    TypeDeChamp.ENTIER: "entier",
    TypeDeChamp.NOMBRE: "nombre",
    TypeDeChamp.COORDONNEE: "degrés",
    TypeDeChamp.ETAPE: "étape",
    TypeDeChamp.OUI_NON: "oui ou non",
    TypeDeChamp.SOUS_ENSEMBLE: "mot et nombre",
    TypeDeChamp.MOT_DE_CHAMP: "champ=mot",
}


def render_formats(texte: str) -> str:
    """The document with what is between its marks written anew."""
    texte = replace_bloc(texte, "commandes", "\n".join(list_lignes_de_commandes()))
    texte = replace_bloc(texte, "petits", "\n".join(list_lignes_de_genres(PETITS_GENRES)))
    return replace_bloc(texte, "genres", "\n".join(list_lignes_de_genres(GENRES_DE_FICHIER)))


def replace_bloc(texte: str, nom: str, contenu: str) -> str:
    """What stands between the two marks of a name. ValueError when they are not there, once each."""
    debut, fin = f"<!-- {nom} : début -->\n", f"<!-- {nom} : fin -->"
    if texte.count(debut) != 1 or texte.count(fin) != 1:
        msg = f"docs/formats.md : les marques de « {nom} » manquent"
        raise ValueError(msg)
    avant, _, reste = texte.partition(debut)
    return f"{avant}{debut}{contenu}\n{fin}{reste.partition(fin)[2]}"


def list_lignes_de_commandes() -> Iterator[str]:
    """Each command and what it says of itself."""
    yield "| commande | ce qu’elle fait |\n|---|---|"
    for commande in list_commandes():
        yield f"| `{commande.NOM}` | {commande.AIDE.replace(chr(39), '’')} |"


def list_lignes_de_genres(genres: Mapping[str, type[Contenu]]) -> Iterator[str]:
    """One table for each kind that a file may bring in."""
    for mot, genre in genres.items():
        aide = f" : {genre.AIDE}" if genre.AIDE else ""
        yield f"\n### `{mot}`\n\n{genre.LIBELLE}{aide}\n"
        yield "| champ | type | ce qu’il dit |\n|---|---|---|"
        yield from (f"| {' | '.join(list_cellules(d))} |" for d in list_champs(genre).values())


def list_cellules(decrit: ChampDecrit) -> tuple[str, str, str]:
    """Its name, its type, what it says."""
    nom = f"`{decrit.nom}`" + (" obligatoire" if decrit.requis else "")
    genre = TYPES[decrit.type]
    if decrit.champ.genre:
        genre += f" ({decrit.champ.genre})"
    if decrit.multiple:
        genre += ", plusieurs"
    sens = ". ".join(filter(None, (decrit.champ.libelle, decrit.champ.aide.rstrip("."))))
    fin = "" if sens.endswith("…") else "."
    return nom, genre, re.sub(r"(?<!\\)\|", r"\\|", sens) + fin


if __name__ == "__main__":
    DESTINATION.write_text(
        render_formats(DESTINATION.read_text(encoding="utf-8")), encoding="utf-8"
    )
