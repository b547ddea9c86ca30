"""What is really present in the XML of a sheet, read by a second reader that shares nothing with the first.

The library that gives the values turns an error cell, or a formula without a computed value, into an empty
text, would reserve memory for 17 billion cells because of one far away, and says nothing of what is merged or
hidden. All of it is seen here first; `feuille_xlsx` and `feuille_ods` know the two ways to write it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from quartiers.sources.octets import CLASSEUR, refusal

CELLULES_MAX = 6_000_000
ERREUR = "cellule en erreur"
FORMULE = "formule sans valeur calculée"

Suite = tuple[int, int]
"""First and last number of a run of rows or columns, 1-based."""


class Plage(NamedTuple):
    """A rectangle of cells, 1-based, its ends included."""

    haut: int
    gauche: int
    bas: int
    droite: int

    def __str__(self) -> str:
        return f"{name_lettres(self.gauche)}{self.haut}:{name_lettres(self.droite)}{self.bas}"


@dataclass(slots=True)
class Feuille:
    """The extent of a sheet in its XML: last row and column that hold a value (1-based), and what is wrong.

    `ennuis`: cells whose value cannot be trusted, with the reason. `pleines`: rows that hold a value for
    certain (the text of a cell kept apart from the sheet may be blank, and does not count).
    """

    derniere_ligne: int = 0
    derniere_colonne: int = 0
    ennuis: list[tuple[Plage, str]] = field(default_factory=list)
    fusions: list[Plage] = field(default_factory=list)
    pleines: list[Suite] = field(default_factory=list)
    lignes_masquees: list[Suite] = field(default_factory=list)
    colonnes_masquees: list[Suite] = field(default_factory=list)

    def add(self, ligne: int, colonne: int) -> None:
        """A value stands at this place."""
        self.derniere_ligne = max(self.derniere_ligne, ligne)
        self.derniere_colonne = max(self.derniere_colonne, colonne)

    def merge(self, plage: Plage) -> None:
        """Note a merged range; one cell alone merges nothing."""
        if plage[:2] != plage[2:]:
            self.fusions.append(plage)


def name_lettres(colonne: int) -> str:
    """The letters of a column: 28 is AB."""
    lettres = ""
    while colonne:
        colonne, reste = divmod(colonne - 1, 26)
        lettres = chr(65 + reste) + lettres
    return lettres


def check_extent(feuille: Feuille, fichier: str) -> None:
    """Refuse a sheet whose filled rectangle is too large to be a table."""
    if feuille.derniere_ligne * feuille.derniere_colonne > CELLULES_MAX:
        raise refusal(
            fichier,
            f"feuille de {feuille.derniere_ligne} lignes sur {feuille.derniere_colonne} colonnes : trop grande",
        )


class _Locaux(dict[str, str]):
    """Local names of the elements met, each cut from its namespace once."""

    def __missing__(self, nom: str) -> str:
        local = self[nom] = nom.rpartition(" ")[2]
        return local


def parse_xml(
    contenu: bytes,
    fichier: str,
    debut: Callable[[str, dict[str, str]], None],
    fin: Callable[[str], None],
    texte: Callable[[str], None],
    quoi: str = CLASSEUR,
) -> None:
    """Run an expat parser (namespaces dropped), refusing a document type and damaged XML."""
    machine = expat.ParserCreate(namespace_separator=" ")
    machine.buffer_text = True
    locaux = _Locaux()

    def refuse_doctype(*_: object) -> None:
        raise refusal(fichier, f"{quoi} refusé : document XML avec une déclaration de type")

    machine.StartDoctypeDeclHandler = refuse_doctype
    machine.StartElementHandler = lambda nom, attributs: debut(locaux[nom], attributs)
    machine.EndElementHandler = lambda nom: fin(locaux[nom])
    machine.CharacterDataHandler = texte
    try:
        machine.Parse(contenu, True)  # noqa: FBT003 -- expat's own signature
    except (expat.ExpatError, ValueError, LookupError) as erreur:
        raise refusal(fichier, f"{quoi} abîmé : XML illisible") from erreur


def ignore(_: str) -> None:
    """An XML event that does not matter here."""
