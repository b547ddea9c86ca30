"""What an import did, for people on a screen, and whole in a file: CSV, or JSON when its name ends so."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from quartiers.cli.appel import AppelIncorrect
from quartiers.core.anomalie import Anomalie, DonneesRefusees, Rapport
from quartiers.reports.tableau_csv import write_texte
from quartiers.usecases.comparer import Revision
from quartiers.usecases.importer import ResultatImport

MONTREES = 5
REVISIONS_MONTREES = 20
COLONNES = ("genre", "fichier", "ligne", "colonne", "raison", "ancien", "nouveau")
Blocs = Sequence[tuple[str, Sequence[Anomalie]]]
Comptes = tuple[tuple[str, int], ...]


def count_tout(resultat: ResultatImport) -> Comptes:
    """What became of the records read, in the order in which it is said."""
    bilan = resultat.bilan
    return (
        ("nouvelle", bilan.nouvelles),
        ("corrigée", len(bilan.corrigees)),
        ("retirée", len(bilan.retirees)),
        ("inchangée", bilan.inchangees),
        ("écartée", resultat.ecartees),
    )


def list_blocs(rapport: Rapport) -> Blocs:
    """What a report holds, by kind."""
    return (
        ("écartée", rapport.ecartees),
        ("réparée", rapport.reparees),
        ("avis", rapport.avis),
    )


def list_revisions(resultat: ResultatImport) -> tuple[tuple[str, tuple[Revision, ...]], ...]:
    """Corrections and withdrawals, by kind."""
    return (("corrigée", resultat.bilan.corrigees), ("retirée", resultat.bilan.retirees))


def list_phrases(resultat: ResultatImport) -> Iterator[str]:
    """What a person wants to know of an import."""
    yield str(Anomalie(resultat.fichier, None, None, f"{say_bilan(resultat)}."))
    for nom, revisions in list_revisions(resultat):
        verbe = f"serait {nom}" if resultat.a_blanc else nom
        for revision in revisions[:REVISIONS_MONTREES]:
            yield f"  {verbe} : {revision.say(resultat.fichier)}"
        yield from say_suite(len(revisions) - REVISIONS_MONTREES, nom)
    yield from (f"  {phrase}" for phrase in resultat.bilan.phrases)
    for rapport in resultat.rapports:
        if rapport.lues:
            yield f"  {rapport}"
        for nom, anomalies in list_blocs(rapport):
            yield from (f"    {nom} : {anomalie}" for anomalie in anomalies[:MONTREES])
            yield from (f"  {s}" for s in say_suite(len(anomalies) - MONTREES, nom))


def say_suite(restantes: int, nom: str) -> Iterator[str]:
    """How many are not shown."""
    if restantes > 0:
        yield f"  … et {restantes} de plus ({nom}) : --rapport pour tout voir"


def say_bilan(resultat: ResultatImport) -> str:
    """One sentence: what is new, corrected, withdrawn, as it was, set aside."""
    if resultat.deja:
        return "déjà importé, rien ne change"
    comptes = ", ".join(say_compte(nom, nombre) for nom, nombre in count_tout(resultat))
    if resultat.bilan.doubles:
        comptes += f" (dont {resultat.bilan.doubles} en double dans le fichier)"
    absentes = sum(not revision.ligne for revision in resultat.bilan.retirees)
    if absentes:
        comptes += f" (dont {absentes} absente{'s' if absentes > 1 else ''} du fichier)"
    if not resultat.lues:
        return f"aucune ligne lue : {comptes}"
    if resultat.inchangees == resultat.lues and not resultat.ajoutees:
        return f"rien ne change, tout était déjà connu : {comptes}"
    return f"à blanc, il y aurait {comptes}" if resultat.a_blanc else comptes


def say_compte(nom: str, nombre: int) -> str:
    """« 0 retirée », « 2 retirées »."""
    return f"{nombre} {nom}{'s' if nombre > 1 else ''}"


def write_refus(refus: DonneesRefusees, genre: str, fichier: str, chemin: Path | None) -> None:
    """Every reason of a refusal; nowhere when no report was asked."""
    if chemin is None:
        return
    if is_json(chemin):
        entete = {"genre": genre, "fichier": fichier, "refuse": True}
        write_json({**entete, "anomalies": build_anomalies([("refus", refus.dites)])}, chemin)
    else:
        write_csv(list_lignes([("refus", refus.dites)]), chemin)


def write_resultat(resultat: ResultatImport, chemin: Path | None) -> None:
    """Every correction, withdrawal, repair, record set aside and notice; nowhere when no report was asked."""
    if chemin is None:
        return
    blocs = [bloc for rapport in resultat.rapports for bloc in list_blocs(rapport)]
    if is_json(chemin):
        write_json(build_json(resultat, blocs), chemin)
        return
    revisions = [
        (nom, resultat.fichier, r.ligne or "", "", r.quoi, r.ancien, r.nouveau)
        for nom, toutes in list_revisions(resultat)
        for r in toutes
    ]
    write_csv([*revisions, *list_lignes(blocs)], chemin)


def build_json(resultat: ResultatImport, blocs: Blocs) -> dict[str, Any]:
    """The same for a machine."""
    bilan = resultat.bilan
    return {
        "genre": resultat.genre,
        "fichier": resultat.fichier,
        "refuse": False,
        "a_blanc": resultat.a_blanc,
        "deja": resultat.deja,
        "lues": resultat.lues,
        "nouvelles": bilan.nouvelles,
        "corrigees": len(bilan.corrigees),
        "retirees": len(bilan.retirees),
        "inchangees": bilan.inchangees,
        "doubles": bilan.doubles,
        "ecartees": resultat.ecartees,
        "phrases": bilan.phrases,
        "revisions": [
            {
                "genre": nom,
                "ligne": r.ligne or None,
                "quoi": r.quoi,
                "ancien": r.ancien,
                "nouveau": r.nouveau,
            }
            for nom, toutes in list_revisions(resultat)
            for r in toutes
        ],
        "anomalies": build_anomalies(blocs),
    }


def build_anomalies(blocs: Blocs) -> list[dict[str, Any]]:
    """Each with its kind and its place."""
    return [
        {
            "genre": nom,
            "fichier": a.fichier,
            "ligne": a.ligne,
            "colonne": a.colonne,
            "raison": a.raison,
        }
        for nom, anomalies in blocs
        for a in anomalies
    ]


def list_lignes(blocs: Blocs) -> list[tuple[object, ...]]:
    """The same as lines of the CSV."""
    return [
        (nom, a.fichier, a.ligne or "", a.colonne or "", a.raison, "", "")
        for nom, anomalies in blocs
        for a in anomalies
    ]


def is_json(chemin: Path) -> bool:
    """The name of the report asks for JSON."""
    return chemin.suffix.casefold() == ".json"


def write_csv(lignes: Sequence[tuple[object, ...]], chemin: Path) -> None:
    """A table that a spreadsheet opens."""
    try:
        with chemin.open("w", encoding="utf-8-sig", newline="") as fichier:
            sortie = csv.writer(fichier, delimiter=";")
            sortie.writerow(COLONNES)
            for ligne in lignes:
                sortie.writerow([write_texte(str(cellule)) for cellule in ligne])
    except OSError as erreur:
        raise refuse_ecriture(chemin, erreur) from erreur


def write_json(contenu: dict[str, Any], chemin: Path) -> None:
    """Readable, one key per line."""
    try:
        texte = json.dumps(contenu, ensure_ascii=False, indent=2)
        chemin.write_text(f"{texte}\n", encoding="utf-8")
    except OSError as erreur:
        raise refuse_ecriture(chemin, erreur) from erreur


def refuse_ecriture(chemin: Path, erreur: OSError) -> AppelIncorrect:
    """The report cannot be written there."""
    return AppelIncorrect(f"{chemin} ne peut pas être écrit : {erreur.strerror}")
