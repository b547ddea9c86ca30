"""The sheets of an XLSX as their XML says they are: the counting reader of this format."""

from __future__ import annotations

import posixpath
import re
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
from quartiers.sources.format_nombre import INTEGRES, explain_format
from quartiers.sources.octets import refusal

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)
_VRAI = frozenset({"1", "true"})


def parse_reference(reference: str, fichier: str) -> tuple[int, int]:
    """`C12` as (12, 3)."""
    trouve = _REFERENCE.fullmatch(reference)
    if trouve is None:
        raise refusal(fichier, f"classeur abîmé : référence de cellule « {reference} »")
    colonne = 0
    for lettre in trouve[1]:
        colonne = colonne * 26 + ord(lettre) - 64
    return int(trouve[2]), colonne


def parse_plage(reference: str, fichier: str) -> Plage:
    """`E2:F4` as its rectangle; a single cell is one too."""
    debut, _, fin = reference.partition(":")
    haut, gauche = parse_reference(debut, fichier)
    bas, droite = parse_reference(fin or debut, fichier)
    return Plage(min(haut, bas), min(gauche, droite), max(haut, bas), max(gauche, droite))


def _is_hidden(attributs: Mapping[str, str], taille: str) -> bool:
    """Hidden, by its mark (a filter leaves the same one) or by a size of nothing."""
    if attributs.get("hidden") in _VRAI:
        return True
    return taille in attributs and float(attributs[taille]) == 0


class LecteurXlsx:
    """Counts what a worksheet part of an XLSX holds."""

    def __init__(self, fichier: str, styles: Mapping[int, str]) -> None:
        self.fichier = fichier
        self.styles = styles
        self.feuille = Feuille()
        self._ligne = 0
        self._suffixe = ""
        self._colonne = 0
        self._genre = ""
        self._style = 0
        self._formule = False
        self._valeur = self._visible = False
        self._pleine = False
        self._vues: set[int] = set()
        self._lettres: dict[str, int] = {}
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
            self._start_row(attributs)
        elif nom == "mergeCell":
            self.feuille.merge(parse_plage(attributs.get("ref", ""), self.fichier))
        elif nom == "col" and _is_hidden(attributs, "width"):
            self.feuille.colonnes_masquees.append((int(attributs["min"]), int(attributs["max"])))

    def _start_row(self, attributs: dict[str, str]) -> None:
        ligne = int(attributs.get("r") or self._ligne + 1)
        if ligne <= self._ligne:
            raise refusal(self.fichier, "classeur abîmé : lignes en désordre ou en double", ligne)
        self._ligne, self._suffixe, self._colonne = ligne, str(ligne), 0
        self._vues = set()
        self._pleine = False
        if _is_hidden(attributs, "ht"):
            self.feuille.lignes_masquees.append((ligne, ligne))

    def _start_cell(self, attributs: dict[str, str]) -> None:
        ligne = self._ligne
        reference = attributs.get("r")
        if reference is None:
            self._colonne += 1
        else:
            ligne, self._colonne = self._place(reference)
        if ligne != self._ligne or self._colonne in self._vues:
            raise refusal(
                self.fichier, "classeur abîmé : cellule en double ou hors de sa ligne", ligne
            )
        self._vues.add(self._colonne)
        self._genre = attributs.get("t", "n")
        self._style = int(attributs.get("s") or 0)
        self._formule = self._valeur = self._visible = False

    def _place(self, reference: str) -> tuple[int, int]:
        """Row and column of a reference; each column is worked out once, rows being almost always the current one."""
        if reference.endswith(self._suffixe):
            lettres = reference[: -len(self._suffixe)]
            colonne = self._lettres.get(lettres)
            if colonne is not None:
                return self._ligne, colonne
        ligne, colonne = parse_reference(reference, self.fichier)
        if ligne == self._ligne:
            self._lettres[reference[: -len(self._suffixe)]] = colonne
        return ligne, colonne

    def _text(self, texte: str) -> None:
        if self._dans_valeur and texte:
            self._valeur = True
            self._visible = self._visible or not texte.isspace()

    def _end(self, nom: str) -> None:
        if nom in {"v", "t"}:
            self._dans_valeur = False
        elif nom == "c":
            self._end_cell()
        elif nom == "row" and self._pleine:
            self.feuille.pleines.append((self._ligne, self._ligne))

    def _end_cell(self) -> None:
        genre = self._genre
        if self._valeur:
            self.feuille.add(self._ligne, self._colonne)
            if self._visible and genre not in {"s", "e"}:
                self._pleine = True
        if genre == "e":
            self._doubt(ERREUR)
        elif self._formule and not self._valeur and genre != "str":
            self._doubt(FORMULE)
        elif self._style in self.styles and self._valeur and genre == "n":
            self._doubt(self.styles[self._style])

    def _doubt(self, raison: str) -> None:
        place = (self._ligne, self._colonne)
        self.feuille.ennuis.append((Plage(*place, *place), raison))


def read_xlsx_extents(parties: Mapping[str, bytes], fichier: str) -> list[Feuille]:
    """Extents of the sheets in the order of the workbook, found through its relations."""
    relations: dict[str, str] = {}
    ordre: list[str] = []

    def collect_relation(nom: str, attributs: dict[str, str]) -> None:
        if nom == "Relationship":
            relations[attributs.get("Id", "")] = attributs.get("Target", "")

    def collect_sheet(nom: str, attributs: dict[str, str]) -> None:
        if nom == "sheet":
            ordre.append(next((v for cle, v in attributs.items() if cle.endswith(" id")), ""))

    parse_xml(parties["xl/workbook.xml"], fichier, collect_sheet, ignore, ignore)
    parse_xml(
        parties.get("xl/_rels/workbook.xml.rels", b"<r/>"),
        fichier,
        collect_relation,
        ignore,
        ignore,
    )
    styles = read_styles(parties.get("xl/styles.xml"), fichier)
    etendues = []
    for identifiant in ordre:
        cible = relations.get(identifiant, "")
        chemin = cible.lstrip("/") if cible.startswith("/") else posixpath.normpath(f"xl/{cible}")
        if chemin not in parties:
            raise refusal(fichier, "classeur abîmé : feuille annoncée et absente")
        etendues.append(LecteurXlsx(fichier, styles).read(parties[chemin]))
    return etendues


def read_styles(contenu: bytes | None, fichier: str) -> dict[int, str]:
    """Indexes of the cell styles under which a number is not what it seems, each with the reason."""
    formats: dict[str, str | None] = dict(INTEGRES)
    styles: list[str] = []
    dans_cellules = False

    def start(nom: str, attributs: dict[str, str]) -> None:
        nonlocal dans_cellules
        if nom == "cellXfs":
            dans_cellules = True
        elif nom == "numFmt":
            formats[attributs.get("numFmtId", "")] = explain_format(attributs.get("formatCode", ""))
        elif nom == "xf" and dans_cellules:
            styles.append(attributs.get("numFmtId", ""))

    def end(nom: str) -> None:
        nonlocal dans_cellules
        if nom == "cellXfs":
            dans_cellules = False

    if contenu is not None:
        parse_xml(contenu, fichier, start, end, ignore)
    raisons = {rang: formats.get(numero) for rang, numero in enumerate(styles)}
    return {rang: raison for rang, raison in raisons.items() if raison}
