"""Merged cells: above the table they are titles, inside it a value is missing somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from tests.recette.variantes.classeur import (
    Cellule,
    FeuilleFaite,
    Plage,
    list_typees,
    write_ods,
    write_xlsx,
)
from tests.recette.variantes.modele import ENTRE, REFUSE, Variante

GENRE = "fusions"


def list_variantes() -> Iterator[Variante]:
    """Each merged range in both formats."""
    table = list_typees()
    for plage in _list_dedans():
        yield from _write_deux(
            f"fusion {plage}", FeuilleFaite("S", table, fusions=(plage,)), REFUSE
        )
    double = FeuilleFaite("S", table, fusions=((1, 0, 2, 0), (3, 4, 4, 4)))
    yield from _write_deux("deux fusions", double, REFUSE)
    for largeur in (2, 3, 5, 7):
        titre: list[list[Cellule]] = [["Déclaration du trimestre", *[None] * 6], *table]
        haut = FeuilleFaite("S", titre, fusions=((0, 0, 0, largeur - 1),))
        yield from _write_deux(f"titre fusionné sur {largeur} colonnes", haut, ENTRE)
        deux: list[list[Cellule]] = [["Titre", *[None] * 6], [None] * 7, *table]
        bloc = FeuilleFaite("S", deux, fusions=((0, 0, 1, largeur - 1),))
        yield from _write_deux(f"titre fusionné sur deux lignes et {largeur} colonnes", bloc, ENTRE)
    notes = FeuilleFaite("Notes", [["À lire", None], ["Merci", None]], fusions=((0, 0, 0, 1),))
    for nom, write in (("xlsx", write_xlsx), ("ods", write_ods)):
        octets = write(FeuilleFaite("S", table), notes)
        yield Variante(f"fusion dans une autre feuille ({nom})", octets, sort=ENTRE)


def _list_dedans() -> Iterator[Plage]:
    """Ranges that touch the header or the rows."""
    for colonne in range(7):
        yield (1, colonne, 2, colonne)
        yield (2, colonne, 4, colonne)
    for ligne in (0, 1, 4):
        yield (ligne, 1, ligne, 2)
        yield (ligne, 4, ligne, 6)
    yield (0, 0, 1, 0)
    yield (1, 1, 3, 3)


def _write_deux(nom: str, feuille: FeuilleFaite, sort: str) -> Iterator[Variante]:
    for forme, octets in (("xlsx", write_xlsx(feuille)), ("ods", write_ods(feuille))):
        yield Variante(f"{nom} ({forme})", octets, sort=sort)
