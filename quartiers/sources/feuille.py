"""What is really present in the XML of a sheet, read by a second reader that shares nothing with the first.

The library that gives the values turns an error cell, or a formula without a computed value, into an empty
text, and would reserve memory for 17 billion cells because of one far away. Both are seen here first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from quartiers.sources.octets import refusal

CELLULES_MAX = 6_000_000
ERREUR = "cellule en erreur"
FORMULE = "formule sans valeur calculée"
POURCENTAGE = "cellule au format pourcentage : écrire 82,5 pour 82,5 %"
_CELLULES_ODS = frozenset({"table-cell", "covered-table-cell"})
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)


@dataclass(slots=True)
class Feuille:
    """The extent of a sheet in its XML: last row and column that hold a value (1-based), and what is wrong.

    `ennuis`: (row, column number, reason) of cells whose value cannot be trusted. `fusions`: merged ranges.
    """

    derniere_ligne: int = 0
    derniere_colonne: int = 0
    fusions: int = 0
    ennuis: list[tuple[int, int, str]] = field(default_factory=list)

    def add(self, ligne: int, colonne: int) -> None:
        """A value stands at this place."""
        self.derniere_ligne = max(self.derniere_ligne, ligne)
        self.derniere_colonne = max(self.derniere_colonne, colonne)


def check_extent(feuille: Feuille, fichier: str) -> None:
    """Refuse a sheet whose filled rectangle is too large to be a table."""
    if feuille.derniere_ligne * feuille.derniere_colonne > CELLULES_MAX:
        raise refusal(
            fichier,
            f"feuille de {feuille.derniere_ligne} lignes sur {feuille.derniere_colonne} colonnes : trop grande",
        )


def parse_xml(
    contenu: bytes,
    fichier: str,
    debut: Callable[[str, dict[str, str]], None],
    fin: Callable[[str], None],
    texte: Callable[[str], None],
) -> None:
    """Run an expat parser (namespaces dropped), refusing a document type and damaged XML."""
    machine = expat.ParserCreate(namespace_separator=" ")
    machine.buffer_text = True

    def refuse_doctype(*_: object) -> None:
        raise refusal(fichier, "classeur refusé : document XML avec une déclaration de type")

    machine.StartDoctypeDeclHandler = refuse_doctype
    machine.StartElementHandler = lambda nom, attributs: debut(nom.rpartition(" ")[2], attributs)
    machine.EndElementHandler = lambda nom: fin(nom.rpartition(" ")[2])
    machine.CharacterDataHandler = texte
    try:
        machine.Parse(contenu, True)  # noqa: FBT003 -- expat's own signature
    except (expat.ExpatError, ValueError) as erreur:
        raise refusal(fichier, "classeur abîmé : XML illisible") from erreur


def parse_reference(reference: str, fichier: str) -> tuple[int, int]:
    """`C12` as (12, 3)."""
    trouve = _REFERENCE.fullmatch(reference)
    if trouve is None:
        raise refusal(fichier, f"classeur abîmé : référence de cellule « {reference} »")
    colonne = 0
    for lettre in trouve[1]:
        colonne = colonne * 26 + ord(lettre) - 64
    return int(trouve[2]), colonne


class LecteurXlsx:
    """Counts what a worksheet part of an XLSX holds."""

    def __init__(self, fichier: str, styles_pourcent: frozenset[int]) -> None:
        self.fichier = fichier
        self.styles_pourcent = styles_pourcent
        self.feuille = Feuille()
        self._ligne = 0
        self._colonne = 0
        self._genre = ""
        self._style = 0
        self._formule = False
        self._valeur = False
        self._vues: set[int] = set()
        self._dans_valeur = False

    def read(self, contenu: bytes) -> Feuille:
        """The extent and the troubles of the sheet."""
        parse_xml(contenu, self.fichier, self._start, self._end, self._text)
        check_extent(self.feuille, self.fichier)
        return self.feuille

    def _start(self, nom: str, attributs: dict[str, str]) -> None:
        if nom == "c":
            self._start_cell(attributs)
        elif nom in {"v", "t"}:
            self._dans_valeur = True
        elif nom == "f":
            self._formule = True
        elif nom == "row":
            ligne = int(attributs.get("r") or self._ligne + 1)
            if ligne <= self._ligne:
                raise refusal(
                    self.fichier, "classeur abîmé : lignes en désordre ou en double", ligne
                )
            self._ligne, self._colonne = ligne, 0
            self._vues = set()
        elif nom == "mergeCell":
            self.feuille.fusions += 1

    def _start_cell(self, attributs: dict[str, str]) -> None:
        if "r" in attributs:
            ligne, self._colonne = parse_reference(attributs["r"], self.fichier)
        else:
            ligne, self._colonne = self._ligne, self._colonne + 1
        if ligne != self._ligne or self._colonne in self._vues:
            raise refusal(
                self.fichier, "classeur abîmé : cellule en double ou hors de sa ligne", ligne
            )
        self._vues.add(self._colonne)
        self._genre = attributs.get("t", "n")
        self._style = int(attributs.get("s") or 0)
        self._formule = self._valeur = False

    def _text(self, texte: str) -> None:
        if self._dans_valeur and texte:
            self._valeur = True

    def _end(self, nom: str) -> None:
        if nom in {"v", "t"}:
            self._dans_valeur = False
        elif nom == "c":
            self._end_cell()

    def _end_cell(self) -> None:
        place = (self._ligne, self._colonne)
        if self._valeur:
            self.feuille.add(*place)
        if self._genre == "e":
            self.feuille.ennuis.append((*place, ERREUR))
        elif self._formule and not self._valeur and self._genre != "str":
            self.feuille.ennuis.append((*place, FORMULE))
        elif self._valeur and self._genre == "n" and self._style in self.styles_pourcent:
            self.feuille.ennuis.append((*place, POURCENTAGE))


class LecteurOds:
    """Counts what each table of the content.xml of an ODS holds, repetitions included."""

    def __init__(self, fichier: str) -> None:
        self.fichier = fichier
        self.feuilles: list[Feuille] = []
        self._ligne = self._repete_ligne = 0
        self._colonne = self._repete = 0
        self._derniere = 0
        self._types: set[str] = set()
        self._formule = self._texte = False

    def read(self, contenu: bytes) -> list[Feuille]:
        """The extent and the troubles of each sheet, in order."""
        parse_xml(contenu, self.fichier, self._start, self._end, self._text)
        for feuille in self.feuilles:
            check_extent(feuille, self.fichier)
        return self.feuilles

    def _start(self, nom: str, attributs: dict[str, str]) -> None:
        if nom == "table":
            self.feuilles.append(Feuille())
            self._ligne = 0
        elif nom == "table-row":
            self._repete_ligne = int(_get_local(attributs, "number-rows-repeated") or 1)
            self._colonne = self._derniere = 0
        elif nom in _CELLULES_ODS:
            self._repete = int(_get_local(attributs, "number-columns-repeated") or 1)
            self._types = {v for cle, v in attributs.items() if cle.endswith(" value-type")}
            self._formule = bool(_get_local(attributs, "formula"))
            self._texte = False
            if _get_local(attributs, "number-rows-spanned", "number-columns-spanned") not in {
                "",
                "1",
            }:
                self.feuilles[-1].fusions += 1

    def _text(self, texte: str) -> None:
        self._texte = self._texte or bool(texte.strip())

    def _end(self, nom: str) -> None:
        if nom in _CELLULES_ODS:
            self._end_cell()
        elif nom == "table-row":
            if self._derniere:
                self.feuilles[-1].add(self._ligne + self._repete_ligne, self._derniere)
            self._ligne += self._repete_ligne

    def _end_cell(self) -> None:
        place = (self._ligne + 1, self._colonne + 1)
        self._colonne += self._repete
        if self._types and (self._texte or self._types != {"string"}):
            self._derniere = self._colonne
        if "error" in self._types:
            self.feuilles[-1].ennuis.append((*place, ERREUR))
        elif "percentage" in self._types:
            self.feuilles[-1].ennuis.append((*place, POURCENTAGE))
        elif self._formule and not self._types:
            self.feuilles[-1].ennuis.append((*place, FORMULE))


def _get_local(attributs: dict[str, str], *noms: str) -> str:
    """The greatest value among attributes of these local names, whatever their namespace; "" if none."""
    return max((v for cle, v in attributs.items() if cle.rpartition(" ")[2] in noms), default="")
