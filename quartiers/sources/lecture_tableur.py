"""XLSX and ODS: the same rows as a CSV would give, or a refusal.

Values come from python-calamine; the extent of each sheet is counted apart, in its XML (`feuille`), and a
sheet of which fewer rows were read than are present is refused. Numbers and dates go back to text, so that
one set of rules reads every format.
"""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import python_calamine

from quartiers.core.anomalie import Anomalie, Carnet, DonneesRefusees
from quartiers.sources.feuille import Feuille, LecteurOds, LecteurXlsx, parse_xml
from quartiers.sources.octets import LIMITES, Limites, refusal
from quartiers.sources.table import Colonnes, Table, build_table, check_entete, count_known
from quartiers.sources.zip_sur import read_zip

_ENTETE_DANS = 50
_POURCENT_INTEGRES = {"9", "10"}

Valeur = int | float | str | bool | time | date | datetime | timedelta
Rangee = list[str]


@dataclass(frozen=True, slots=True)
class Onglet:
    """A sheet of a workbook: its name, whether it is shown, its rows as text, and its extent in the XML."""

    nom: str
    visible: bool
    rangees: list[Rangee]
    etendue: Feuille


def read_tableur(
    octets: bytes,
    fichier: str,
    colonnes: Colonnes,
    *,
    feuille: str | None = None,
    limites: Limites = LIMITES,
) -> Table:
    """The table of the one sheet that has the expected columns (or of the named one)."""
    onglets = read_onglets(octets, fichier, limites)
    onglet, rang = _choose_onglet(onglets, fichier, colonnes, feuille)
    carnet = Carnet(fichier)
    for autre in onglets:
        if autre is not onglet and autre.rangees:
            carnet.notice(None, None, f"feuille « {autre.nom} » non lue")
    if not onglet.visible:
        carnet.notice(None, None, f"feuille « {onglet.nom} » masquée, lue quand même")
    if onglet.etendue.fusions:
        carnet.notice(None, None, "cellules fusionnées : seule la première porte la valeur")
    entete = onglet.rangees[rang]
    while entete and not entete[-1]:
        entete = entete[:-1]
    rangs = check_entete(entete, colonnes, carnet, rang + 1)
    noms = {place: nom for nom, place in rangs.items()}
    for ligne, colonne, raison in onglet.etendue.ennuis:
        nom = noms.get(colonne - 1)
        if nom in colonnes.toutes and ligne > rang + 1:
            carnet.refuse(ligne, nom, raison)
    carnet.check()
    return build_table(_iterate(onglet.rangees, rang, len(entete)), entete, rangs, carnet)


def _iterate(rangees: list[Rangee], rang: int, largeur: int) -> Iterator[tuple[int, Rangee]]:
    """Rows after the header, cut at its width unless something stands beyond it."""
    for numero, rangee in enumerate(rangees[rang + 1 :], start=rang + 2):
        yield numero, rangee if any(rangee[largeur:]) else rangee[:largeur]


def _choose_onglet(
    onglets: Sequence[Onglet], fichier: str, colonnes: Colonnes, feuille: str | None
) -> tuple[Onglet, int]:
    """The sheet to read and the index of its header row: the row where most expected columns are known."""
    if feuille is not None:
        onglets = [onglet for onglet in onglets if onglet.nom == feuille]
        if not onglets:
            raise refusal(fichier, f"feuille « {feuille} » absente")
    jugees = [(*_find_entete(onglet, colonnes), onglet) for onglet in onglets if onglet.rangees]
    if not jugees:
        raise refusal(fichier, "classeur vide")
    connues = max(jugee[0] for jugee in jugees)
    gagnantes = [(onglet, rang) for score, rang, onglet in jugees if score == connues]
    if len(gagnantes) > 1 and connues >= len(colonnes.obligatoires):
        noms = ", ".join(f"« {onglet.nom} »" for onglet, _ in gagnantes)
        raise refusal(
            fichier, f"plusieurs feuilles ont les colonnes attendues ({noms}) : n’en garder qu’une"
        )
    return gagnantes[0]


def _find_entete(onglet: Onglet, colonnes: Colonnes) -> tuple[int, int]:
    """How many expected columns the best header row of a sheet knows, and the index of that row."""
    debut = next((rang for rang, rangee in enumerate(onglet.rangees) if any(rangee)), 0)
    candidates = range(debut, min(len(onglet.rangees), debut + _ENTETE_DANS))
    scores = {rang: count_known(onglet.rangees[rang], colonnes) for rang in candidates}
    rang = max(scores, key=lambda r: (scores[r], -r))
    return scores[rang], rang


def read_onglets(octets: bytes, fichier: str, limites: Limites = LIMITES) -> list[Onglet]:
    """Every sheet of an XLSX or an ODS, checked before and after calamine reads it."""
    parties = read_zip(octets, fichier, limites)
    if "content.xml" in parties:
        etendues = LecteurOds(fichier).read(parties["content.xml"])
    elif "xl/workbook.xml" in parties:
        etendues = _read_xlsx_extents(parties, fichier)
    else:
        raise refusal(fichier, "archive zip qui n’est ni un classeur XLSX ni un classeur ODS")
    try:
        classeur = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(octets))
        fiches = classeur.sheets_metadata
        if len(fiches) != len(etendues):
            raise refusal(
                fichier, "classeur abîmé : feuilles annoncées et feuilles présentes diffèrent"
            )
        return [
            _read_onglet(classeur, rang, fiche, etendue, fichier)
            for rang, (fiche, etendue) in enumerate(zip(fiches, etendues, strict=True))
        ]
    except (python_calamine.CalamineError, OSError) as erreur:
        raise refusal(fichier, "classeur illisible") from erreur


def _read_onglet(
    classeur: python_calamine.CalamineWorkbook,
    rang: int,
    fiche: python_calamine.SheetMetadata,
    etendue: Feuille,
    fichier: str,
) -> Onglet:
    visible = fiche.visible == python_calamine.SheetVisibleEnum.Visible
    if fiche.typ != python_calamine.SheetTypeEnum.WorkSheet:
        return Onglet(fiche.name, visible, [], etendue)
    valeurs = classeur.get_sheet_by_index(rang).to_python(skip_empty_area=False)
    largeur = max(map(len, valeurs), default=0)
    if len(valeurs) < etendue.derniere_ligne or largeur < etendue.derniere_colonne:
        raise DonneesRefusees(
            [
                Anomalie(
                    fichier,
                    None,
                    None,
                    f"feuille « {fiche.name} » : {len(valeurs)} lignes lues sur {etendue.derniere_ligne} présentes",
                )
            ]
        )
    return Onglet(fiche.name, visible, [[format_valeur(v) for v in r] for r in valeurs], etendue)


def format_valeur(valeur: Valeur) -> str:
    """A typed cell as the text a CSV would hold; 15 significant digits, as the spreadsheet itself shows."""
    if isinstance(valeur, str):
        return valeur
    if isinstance(valeur, bool):
        return "VRAI" if valeur else "FAUX"
    if isinstance(valeur, float):
        return _format_flottant(valeur)
    if isinstance(valeur, datetime):
        minuit = valeur.time() == time(0)
        return valeur.date().isoformat() if minuit else valeur.isoformat()
    if isinstance(valeur, (date, time)):
        return valeur.isoformat()
    return str(valeur)


def _format_flottant(valeur: float) -> str:
    texte = f"{valeur:.15g}"
    if "e" in texte:
        texte = f"{valeur:.20f}".rstrip("0").rstrip(".")
    return texte


def _read_xlsx_extents(parties: dict[str, bytes], fichier: str) -> list[Feuille]:
    """Extents of the sheets in the order of the workbook, found through its relations."""
    relations: dict[str, str] = {}
    ordre: list[str] = []

    def collect_relation(nom: str, attributs: dict[str, str]) -> None:
        if nom == "Relationship":
            relations[attributs.get("Id", "")] = attributs.get("Target", "")

    def collect_sheet(nom: str, attributs: dict[str, str]) -> None:
        if nom == "sheet":
            ordre.append(next((v for cle, v in attributs.items() if cle.endswith(" id")), ""))

    parse_xml(parties["xl/workbook.xml"], fichier, collect_sheet, _ignore, _ignore)
    parse_xml(
        parties.get("xl/_rels/workbook.xml.rels", b"<r/>"),
        fichier,
        collect_relation,
        _ignore,
        _ignore,
    )
    pourcent = _read_percent_styles(parties, fichier)
    etendues = []
    for identifiant in ordre:
        cible = relations.get(identifiant, "")
        chemin = cible.lstrip("/") if cible.startswith("/") else posixpath.normpath(f"xl/{cible}")
        if chemin not in parties:
            raise refusal(fichier, "classeur abîmé : feuille annoncée et absente")
        etendues.append(LecteurXlsx(fichier, pourcent).read(parties[chemin]))
    return etendues


def _read_percent_styles(parties: dict[str, bytes], fichier: str) -> frozenset[int]:
    """Indexes of the cell styles that show a number as a percentage."""
    formats: set[str] = set(_POURCENT_INTEGRES)
    styles: list[str] = []
    dans_cellules = False

    def start(nom: str, attributs: dict[str, str]) -> None:
        nonlocal dans_cellules
        if nom == "cellXfs":
            dans_cellules = True
        elif nom == "numFmt" and "%" in attributs.get("formatCode", ""):
            formats.add(attributs.get("numFmtId", ""))
        elif nom == "xf" and dans_cellules:
            styles.append(attributs.get("numFmtId", ""))

    def end(nom: str) -> None:
        nonlocal dans_cellules
        if nom == "cellXfs":
            dans_cellules = False

    if "xl/styles.xml" in parties:
        parse_xml(parties["xl/styles.xml"], fichier, start, end, _ignore)
    return frozenset(rang for rang, numero in enumerate(styles) if numero in formats)


def _ignore(_: str) -> None:
    """An XML event that does not matter here."""
