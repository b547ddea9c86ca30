"""XLSX and ODS: the same rows as a CSV would give, or a refusal.

Values come from python-calamine; what each sheet holds is read apart, in its XML (`feuille`), and a sheet of
which fewer rows were read than are present is refused. Numbers and dates go back to text, so that one set of
rules reads every format. Rows present are rows read, or rows told of with their numbers.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import python_calamine

from quartiers.core.anomalie import Carnet
from quartiers.sources.choix_feuille import (
    Candidat,
    Onglet,
    Rangee,
    Vocabulaire,
    check_rivals,
    choose_candidat,
    judge_onglet,
    list_unread,
)
from quartiers.sources.feuille import Feuille, Suite, name_lettres
from quartiers.sources.feuille_ods import LecteurOds
from quartiers.sources.feuille_xlsx import read_xlsx_extents
from quartiers.sources.numeros import say_numeros
from quartiers.sources.octets import LIMITES, Limites, refusal
from quartiers.sources.table import Colonnes, Table, build_table, check_entete
from quartiers.sources.zip_sur import read_zip

Valeur = int | float | str | bool | time | date | datetime | timedelta


def read_tableur(
    octets: bytes,
    fichier: str,
    colonnes: Colonnes,
    *,
    feuille: str | None = None,
    limites: Limites = LIMITES,
) -> Table:
    """The table of the one sheet that has the expected columns (or of the named one)."""
    retenu, admis, candidats = find_candidat(octets, fichier, colonnes, feuille, limites)
    nom = retenu.onglet.nom
    carnet = Carnet(fichier if len(candidats) == 1 else f"{fichier}, feuille « {nom} »")
    carnet.avis.extend(list_unread(retenu, candidats, fichier))
    check_rivals(retenu, admis, carnet, Vocabulaire(colonnes))
    return _read_candidat(retenu, colonnes, carnet)


def read_entete_tableur(
    octets: bytes, fichier: str, colonnes: Colonnes, limites: Limites = LIMITES
) -> Rangee:
    """The header alone, as it is written, of the sheet that would be read."""
    return find_candidat(octets, fichier, colonnes, None, limites)[0].entete


def find_candidat(
    octets: bytes, fichier: str, colonnes: Colonnes, feuille: str | None, limites: Limites
) -> tuple[Candidat, list[Candidat], list[Candidat]]:
    """The sheet to read, those that it was chosen among, and all those of the workbook."""
    vocabulaire = Vocabulaire(colonnes)
    onglets = read_onglets(octets, fichier, limites)
    candidats = [judge_onglet(onglet, vocabulaire) for onglet in onglets]
    admis = [c for c in candidats if feuille in {None, c.onglet.nom}]
    if not admis:
        raise refusal(fichier, f"feuille « {feuille} » absente")
    return choose_candidat(admis, fichier), admis, candidats


def _read_candidat(retenu: Candidat, colonnes: Colonnes, carnet: Carnet) -> Table:
    """The rows under the header, once the sheet is known to hold one table that can be read cell by cell."""
    entete = retenu.entete
    while entete and not entete[-1]:
        entete = entete[:-1]
    for ligne in retenu.entetes:
        carnet.refuse(
            ligne,
            None,
            f"autre ligne d’en-tête que celle de la ligne {retenu.rang + 1} : "
            "un seul tableau par feuille, sous un seul en-tête",
        )
    rangs = check_entete(entete, colonnes, carnet, retenu.rang + 1)
    lues = {place + 1: nom for nom, place in rangs.items() if nom in colonnes.lues}
    _check_merges(retenu, lues, carnet)
    _check_doubts(retenu, lues, carnet)
    _tell_apart(retenu, lues, carnet)
    carnet.check()
    lignes = _iterate(retenu.onglet.rangees, retenu.rang, len(entete))
    return build_table(lignes, entete, rangs, carnet, colonnes)


def _check_merges(retenu: Candidat, lues: Mapping[int, str], carnet: Carnet) -> None:
    """Refuse a merged range inside the table: only its first cell holds the value that all of them show."""
    fin = len(retenu.onglet.rangees)
    for plage in retenu.onglet.etendue.fusions:
        colonne = next((n for n in sorted(lues) if plage.gauche <= n <= plage.droite), None)
        if colonne is None or plage.bas <= retenu.rang or plage.haut > fin:
            continue
        carnet.refuse(
            plage.haut,
            lues[colonne],
            f"cellules {plage} fusionnées : défusionner et recopier la valeur",
        )


def _check_doubts(retenu: Candidat, lues: Mapping[int, str], carnet: Carnet) -> None:
    """Refuse each doubtful cell; one repeated below the last row, a thousand million times perhaps, is told once."""
    fin = len(retenu.onglet.rangees)
    for plage, raison in retenu.onglet.etendue.ennuis:
        debut = max(plage.haut, retenu.rang + 2)
        for colonne in sorted(lues):
            if plage.gauche <= colonne <= plage.droite:
                for ligne in range(debut, min(plage.bas, max(debut, fin)) + 1):
                    carnet.refuse(ligne, lues[colonne], raison)


def _tell_apart(retenu: Candidat, lues: Mapping[int, str], carnet: Carnet) -> None:
    """Tell what a person looking at the sheet would not see as we do: titles not read, hidden cells read."""
    onglet = retenu.onglet
    if not onglet.visible:
        carnet.notice(None, None, f"feuille « {onglet.nom} » masquée, lue quand même")
    titres = [n for n, rangee in enumerate(onglet.rangees[: retenu.rang], start=1) if any(rangee)]
    if titres:
        carnet.notice(
            None, None, f"lignes au-dessus de l’en-tête, non lues : {say_numeros(titres)}"
        )
    masquees = _keep_numeros(onglet.etendue.lignes_masquees, [retenu.rang + 1, *retenu.lignes])
    if masquees:
        carnet.notice(
            None, None, f"lignes masquées ou filtrées, lues quand même : {say_numeros(masquees)}"
        )
    for colonne in _keep_numeros(onglet.etendue.colonnes_masquees, sorted(lues)):
        raison = f"colonne {name_lettres(colonne)} masquée, lue quand même"
        carnet.notice(None, lues[colonne], raison)


def _keep_numeros(suites: Iterable[Suite], numeros: Iterable[int]) -> list[int]:
    """Those of increasing numbers that are in one of the runs, themselves in order."""
    gardes: list[int] = []
    restantes = iter(sorted(suites))
    suite = next(restantes, None)
    for numero in numeros:
        while suite is not None and suite[1] < numero:
            suite = next(restantes, None)
        if suite is not None and suite[0] <= numero:
            gardes.append(numero)
    return gardes


def _iterate(rangees: list[Rangee], rang: int, largeur: int) -> Iterator[tuple[int, Rangee]]:
    """Rows after the header, cut at its width unless something stands beyond it."""
    for numero, rangee in enumerate(rangees[rang + 1 :], start=rang + 2):
        yield numero, rangee if any(rangee[largeur:]) else rangee[:largeur]


def read_onglets(octets: bytes, fichier: str, limites: Limites = LIMITES) -> list[Onglet]:
    """Every sheet of an XLSX or an ODS, checked before and after calamine reads it."""
    parties = read_zip(octets, fichier, limites)
    if "content.xml" in parties:
        etendues = LecteurOds(fichier).read(parties["content.xml"], parties.get("styles.xml"))
    elif "xl/workbook.xml" in parties:
        etendues = read_xlsx_extents(parties, fichier)
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
        raise refusal(
            fichier,
            f"feuille « {fiche.name} » : {len(valeurs)} lignes lues sur {etendue.derniere_ligne} présentes",
        )
    rangees = [[format_valeur(v) for v in r] for r in valeurs]
    perdues = [n for a, b in etendue.pleines for n in range(a, b + 1) if not any(rangees[n - 1])]
    if perdues:
        raise refusal(
            fichier,
            f"feuille « {fiche.name} » : lignes présentes que la lecture a perdues, {say_numeros(perdues)}",
        )
    return Onglet(fiche.name, visible, rangees, etendue)


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
    return f"{Decimal(texte):f}" if "e" in texte else texte
