"""The tables of an ODS as its XML says they are: the counting reader of this format."""

from __future__ import annotations

from collections.abc import Mapping

from quartiers.sources.feuille import (
    ERREUR,
    FORMULE,
    Feuille,
    Plage,
    check_extent,
    ignore,
    parse_xml,
)
from quartiers.sources.format_nombre import FRACTION, POURCENTAGE

_CELLULES = frozenset({"table-cell", "covered-table-cell"})
_MASQUEES = frozenset({"collapse", "filter"})
_GROUPES = frozenset({"table-row-group", "table-column-group"})


def _get_local(attributs: Mapping[str, str], nom: str) -> str:
    """An attribute by its local name, whatever its namespace; "" if none."""
    return next((v for cle, v in attributs.items() if cle.rpartition(" ")[2] == nom), "")


def _get_nombre(attributs: Mapping[str, str], nom: str) -> int:
    """How many times, or over how many cells; 1 when nothing is written."""
    return int(_get_local(attributs, nom) or 1)


class Fractions:
    """The cell styles that show a number as a fraction: those of the document, then those of the sheets."""

    def __init__(self) -> None:
        self.styles: set[str] = set()
        self._nombres: set[str] = set()
        self._courant = ""

    def start(self, nom: str, attributs: Mapping[str, str]) -> None:
        """An element of a part where styles are declared."""
        if nom == "number-style":
            self._courant = _get_local(attributs, "name")
        elif nom == "fraction":
            self._nombres.add(self._courant)
        elif nom == "style":
            nombre = _get_local(attributs, "data-style-name")
            parent = _get_local(attributs, "parent-style-name")
            if nombre in self._nombres or (not nombre and parent in self.styles):
                self.styles.add(_get_local(attributs, "name"))


class LecteurOds:
    """Counts what each table of the content.xml of an ODS holds, repetitions included."""

    def __init__(self, fichier: str) -> None:
        self.fichier = fichier
        self.feuilles: list[Feuille] = []
        self._fractions = Fractions()
        self._ligne = self._repete_ligne = 0
        self._colonne = self._repete = 0
        self._derniere = 0
        self._types: set[str] = set()
        self._formule = self._texte = False
        self._plies: list[bool] = []
        self._colonnes: list[tuple[int, str]] = []
        self._style_ligne = self._style = ""

    def read(self, contenu: bytes, styles: bytes | None = None) -> list[Feuille]:
        """The extent and the troubles of each sheet, in order."""
        if styles is not None:
            parse_xml(styles, self.fichier, self._fractions.start, ignore, ignore)
        parse_xml(contenu, self.fichier, self._start, self._end, self._text)
        for feuille in self.feuilles:
            check_extent(feuille, self.fichier)
        return self.feuilles

    def _start(self, nom: str, attributs: dict[str, str]) -> None:
        if nom in _CELLULES:
            self._start_cell(attributs)
        elif nom == "table-row":
            self._start_row(attributs)
        elif nom == "table-column":
            self._start_column(attributs)
        elif nom in _GROUPES:
            self._plies.append(_get_local(attributs, "display") == "false")
        elif nom == "table":
            self.feuilles.append(Feuille())
            self._ligne = 0
            self._colonnes = []
        elif not self.feuilles:
            self._fractions.start(nom, attributs)

    def _is_hidden(self, attributs: Mapping[str, str]) -> bool:
        return any(self._plies) or _get_local(attributs, "visibility") in _MASQUEES

    def _start_column(self, attributs: dict[str, str]) -> None:
        debut = self._colonnes[-1][0] if self._colonnes else 0
        fin = debut + _get_nombre(attributs, "number-columns-repeated")
        self._colonnes.append((fin, _get_local(attributs, "default-cell-style-name")))
        if self._is_hidden(attributs):
            self.feuilles[-1].colonnes_masquees.append((debut + 1, fin))

    def _start_row(self, attributs: dict[str, str]) -> None:
        self._repete_ligne = _get_nombre(attributs, "number-rows-repeated")
        self._style_ligne = _get_local(attributs, "default-cell-style-name")
        self._colonne = self._derniere = 0
        if self._is_hidden(attributs):
            self.feuilles[-1].lignes_masquees.append(
                (self._ligne + 1, self._ligne + self._repete_ligne)
            )

    def _start_cell(self, attributs: dict[str, str]) -> None:
        self._repete = _get_nombre(attributs, "number-columns-repeated")
        self._types = {v for cle, v in attributs.items() if cle.endswith(" value-type")}
        self._formule = bool(_get_local(attributs, "formula"))
        self._style = _get_local(attributs, "style-name")
        self._texte = False
        haut, gauche = self._ligne + 1, self._colonne + 1
        bas = haut + _get_nombre(attributs, "number-rows-spanned") - 1
        droite = gauche + _get_nombre(attributs, "number-columns-spanned") - 1
        self.feuilles[-1].merge(Plage(haut, gauche, bas, droite))

    def _text(self, texte: str) -> None:
        self._texte = self._texte or bool(texte.strip())

    def _end(self, nom: str) -> None:
        if nom in _CELLULES:
            self._end_cell()
        elif nom == "table-row":
            if self._derniere:
                feuille = self.feuilles[-1]
                feuille.add(self._ligne + self._repete_ligne, self._derniere)
                feuille.pleines.append((self._ligne + 1, self._ligne + self._repete_ligne))
            self._ligne += self._repete_ligne
        elif nom in _GROUPES:
            self._plies.pop()

    def _end_cell(self) -> None:
        gauche = self._colonne + 1
        self._colonne += self._repete
        if self._types and (self._texte or self._types != {"string"}):
            self._derniere = self._colonne
        raison = self._explain_doubt(gauche)
        if raison:
            bas = self._ligne + self._repete_ligne
            plage = Plage(self._ligne + 1, gauche, bas, self._colonne)
            self.feuilles[-1].ennuis.append((plage, raison))

    def _explain_doubt(self, colonne: int) -> str | None:
        if "error" in self._types:
            return ERREUR
        if "percentage" in self._types:
            return POURCENTAGE
        if "float" in self._types and self._fractions.styles and self._is_fraction(colonne):
            return FRACTION
        return FORMULE if self._formule and not self._types else None

    def _is_fraction(self, colonne: int) -> bool:
        """By the style of the cell, else of its row, else of its column."""
        style = self._style or self._style_ligne
        if not style:
            style = next((nom for fin, nom in self._colonnes if colonne <= fin), "")
        return style in self._fractions.styles
