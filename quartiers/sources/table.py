"""A table read from any file: the header checked against what is expected, rows with their place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from quartiers.core.anomalie import Anomalie, Carnet, DonneesRefusees
from quartiers.sources.numeros import say_numeros

AUCUNE_LIGNE = "aucune ligne sous l’en-tête"
_DISTINCTES_MAX = 50_000
_FORMULE_TEXTE = re.compile(r'="(.*)"', re.DOTALL)
_APOSTROPHE = re.compile(r"'+[=+\-@\t]")


@dataclass(frozen=True, slots=True)
class Colonnes:
    """The columns a reader expects; any other one is a notice."""

    obligatoires: tuple[str, ...]
    facultatives: tuple[str, ...] = ()

    @property
    def toutes(self) -> tuple[str, ...]:
        """Required, then optional."""
        return self.obligatoires + self.facultatives


@dataclass(frozen=True, slots=True)
class Ligne:
    """One record: the physical line where it begins, and its cells by column name, stripped text."""

    numero: int
    cellules: tuple[str, ...]
    rangs: Mapping[str, int]

    def __getitem__(self, colonne: str) -> str:
        """The text of a cell; empty when the file has no such (optional) column."""
        rang = self.rangs.get(colonne)
        return "" if rang is None else self.cellules[rang]


@dataclass(frozen=True, slots=True)
class Table:
    """All records of a file. `avis`: notices on the file (unknown columns, encoding)."""

    fichier: str
    colonnes: tuple[str, ...]
    lignes: tuple[Ligne, ...]
    avis: tuple[Anomalie, ...] = ()

    def __iter__(self) -> Iterator[Ligne]:
        return iter(self.lignes)

    def __len__(self) -> int:
        return len(self.lignes)


def clean_cellule(brut: str) -> str:
    """Strip a cell, undo `="01004"`, and one apostrophe of those that our own exports put (`write_texte`).

    Ends of line first: whatever is undone next, one text is stored in one way.
    """
    texte = brut.strip()
    if "\r" in texte:
        texte = texte.replace("\r\n", "\n").replace("\r", "\n")
    if texte[:1] == "'" and _APOSTROPHE.match(texte):
        return texte[1:]
    if texte[:2] == '="' and (trouve := _FORMULE_TEXTE.fullmatch(texte)):
        return trouve[1].strip()
    return texte


def _clean_fast(brut: str, deja_vues: dict[str, str]) -> str:
    """The same cleaning, once per distinct text: columns repeat themselves, and memory is what runs out first."""
    connue = deja_vues.get(brut)
    if connue is None:
        connue = clean_cellule(brut)
        if len(deja_vues) < _DISTINCTES_MAX:
            deja_vues[brut] = connue
    return connue


def name_colonne(brut: str) -> str:
    """What a header cell is compared by: stripped, without a stray byte order mark, case ignored."""
    return clean_cellule(brut.replace("\ufeff", "")).casefold()


def count_known(entete: Sequence[str], attendues: Colonnes) -> int:
    """How many cells of a header are expected columns: the judge of a separator or of a header row."""
    connues = {colonne.casefold() for colonne in attendues.toutes}
    return sum(name_colonne(cellule) in connues for cellule in entete)


def check_entete(
    entete: Sequence[str], attendues: Colonnes, carnet: Carnet, ligne: int
) -> dict[str, int]:
    """Positions of the columns by name; unknown = notice, missing or twice = refusal (raised).

    Expected columns get their official spelling; a column without a name is only told of by its place.
    """
    officielles = {colonne.casefold(): colonne for colonne in attendues.toutes}
    rangs: dict[str, int] = {}
    for rang, cellule in enumerate(entete):
        nom = name_colonne(cellule)
        if not nom:
            continue
        colonne = officielles.get(nom, clean_cellule(cellule))
        if colonne in rangs:
            carnet.refuse(ligne, colonne, "colonne présente deux fois dans l’en-tête")
        rangs[colonne] = rang
        if nom not in officielles:
            carnet.notice(ligne, colonne, "colonne inconnue, non lue")
    for colonne in attendues.obligatoires:
        if colonne not in rangs:
            carnet.refuse(ligne, colonne, _explain_missing(colonne, rangs, attendues))
    carnet.check()
    return rangs


def _explain_missing(colonne: str, rangs: Mapping[str, int], attendues: Colonnes) -> str:
    libres = {nom.casefold(): nom for nom in rangs if nom not in attendues.toutes}
    proches = difflib.get_close_matches(colonne.casefold(), list(libres), n=1, cutoff=0.0)
    if proches:
        return f"colonne obligatoire absente ; la plus proche trouvée est « {libres[proches[0]]} »"
    trouvees = ", ".join(f"« {nom} »" for nom in list(rangs)[:12])
    return f"colonne obligatoire absente ; colonnes trouvées : {trouvees or 'aucune'}"


def build_table(
    enregistrements: Iterator[tuple[int, Sequence[str]]],
    entete: Sequence[str],
    rangs: Mapping[str, int],
    carnet: Carnet,
) -> Table:
    """Records after the header; a row with too many or too few cells is refused, a blank one is skipped.

    A header alone is refused: nobody sends a file to say nothing, and a list without a row would prove absences.
    """
    sans_nom = [rang for rang, cellule in enumerate(entete) if not name_colonne(cellule)]
    lignes: list[Ligne] = []
    deja_vues: dict[str, str] = {}
    vides: list[int] = []
    for numero, brutes in enregistrements:
        cellules = tuple([_clean_fast(brut, deja_vues) for brut in brutes])
        if not any(cellules):
            if brutes:
                vides.append(numero)
            continue
        if len(cellules) != len(entete):
            carnet.refuse(
                numero,
                None,
                f"{len(cellules)} cellules au lieu de {len(entete)} comme dans l’en-tête",
            )
            continue
        for rang in sans_nom:
            if cellules[rang]:
                carnet.refuse(
                    numero, None, f"valeur dans la colonne n° {rang + 1}, qui n’a pas de nom"
                )
        lignes.append(Ligne(numero, cellules, rangs))
    if vides:
        carnet.notice(None, None, f"lignes vides sautées : {len(vides)} ({say_numeros(vides)})")
    if not lignes and not carnet.refus:
        carnet.refuse(None, None, AUCUNE_LIGNE)
    carnet.check()
    return Table(carnet.fichier, tuple(rangs), tuple(lignes), tuple(carnet.avis))


def refuse_empty(fichier: str) -> DonneesRefusees:
    """The refusal of a file that holds no header."""
    return DonneesRefusees([Anomalie(fichier, None, None, "fichier vide")])
