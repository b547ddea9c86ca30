"""`quartiers importer GENRE FICHIER`: take a file in, all or nothing."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from quartiers.cli.appel import AppelIncorrect, parse_date, read_now, read_today
from quartiers.core.anomalie import Anomalie, DonneesRefusees, Rapport

if TYPE_CHECKING:
    from quartiers.usecases.importer import ResultatImport

NOM = "importer"
MONTREES = 5
AIDE = "importe un fichier : tout ou rien, et deux fois le même ne change rien"


def configure(parser: argparse.ArgumentParser) -> None:
    """Kind, file, dates and ways."""
    parser.add_argument(
        "genre",
        metavar="GENRE",
        help="cog, qpv, qrr, releves, cibles… (voir « quartiers sources »)",
    )
    parser.add_argument(
        "fichier", metavar="FICHIER", type=Path, help="fichier, ou dossier pour le cog"
    )
    parser.add_argument(
        "--millesime", type=parse_date, metavar="DATE", help="date dont parle un fichier officiel"
    )
    parser.add_argument(
        "--connu-le", type=parse_date, metavar="DATE", help="jour de connaissance (archives)"
    )
    parser.add_argument(
        "--a-blanc", action="store_true", help="dit ce qui changerait, sans rien changer"
    )
    parser.add_argument(
        "--accepter-retrait",
        action="store_true",
        help="admet qu'un fichier ait moins de territoires",
    )
    parser.add_argument(
        "--rapport", type=Path, metavar="CSV", help="écrit ce qui a été réparé ou écarté"
    )


def run(args: argparse.Namespace) -> int:
    """Print what was done; DonneesRefusees becomes exit code 1, one reason per line."""
    if not args.fichier.exists():
        msg = f"{args.fichier} : ce fichier n'existe pas"
        raise AppelIncorrect(msg)
    from quartiers.cli.base import prepare_base

    prepare_base()
    from quartiers.usecases.importer import DemandeIncorrecte, import_fichier

    try:
        resultat = import_fichier(
            genre=args.genre,
            chemin=args.fichier,
            millesime=args.millesime,
            connu_le=args.connu_le or read_today(),
            saisi_le=read_now(),
            a_blanc=args.a_blanc,
            accepter_retrait=args.accepter_retrait,
        )
    except DemandeIncorrecte as erreur:
        raise AppelIncorrect(str(erreur)) from erreur
    except DonneesRefusees as refus:
        write_rapport([("refus", refus.dites)], args.rapport)
        raise
    write_rapport([bloc for r in resultat.rapports for bloc in list_blocs(r)], args.rapport)
    print("\n".join(list_phrases(resultat)))
    return 0


Blocs = Sequence[tuple[str, Sequence[Anomalie]]]


def list_blocs(rapport: Rapport) -> Blocs:
    """What a report holds, by kind."""
    return (
        ("écartée", rapport.ecartees),
        ("réparée", rapport.reparees),
        ("avis", rapport.avis),
    )


def list_phrases(resultat: ResultatImport) -> Iterator[str]:
    """What a person wants to know of an import."""
    yield f"{resultat.fichier} : {say_bilan(resultat)}."
    yield from (f"  {phrase}" for phrase in resultat.phrases)
    for rapport in resultat.rapports:
        if rapport.lues:
            yield f"  {rapport}"
        for nom, anomalies in list_blocs(rapport):
            yield from (f"    {nom} : {anomalie}" for anomalie in anomalies[:MONTREES])
            if len(anomalies) > MONTREES:
                yield f"    … et {len(anomalies) - MONTREES} de plus ({nom}) : --rapport pour tout voir"


def say_bilan(resultat: ResultatImport) -> str:
    """One sentence: what changed, what did not."""
    if resultat.deja:
        return "déjà importé, rien ne change"
    if not resultat.ajoutees:
        return f"rien ne change, tout était déjà connu ({resultat.inchangees} inchangées)"
    verbe = "à blanc, ajouterait ou changerait" if resultat.a_blanc else "ajoutées ou changées :"
    return f"{verbe} {resultat.ajoutees}, {resultat.inchangees} inchangées"


def write_rapport(blocs: Blocs, chemin: Path | None) -> None:
    """Every repair, record set aside, notice or refusal, as a CSV; nowhere when none was asked."""
    if chemin is None:
        return
    try:
        with chemin.open("w", encoding="utf-8-sig", newline="") as fichier:
            sortie = csv.writer(fichier, delimiter=";")
            sortie.writerow(("genre", "fichier", "ligne", "colonne", "raison"))
            for nom, anomalies in blocs:
                for a in anomalies:
                    cellules = (nom, a.fichier, a.ligne or "", a.colonne or "", a.raison)
                    sortie.writerow([neutralize(str(cellule)) for cellule in cellules])
    except OSError as erreur:
        msg = f"{chemin} ne peut pas être écrit : {erreur.strerror}"
        raise AppelIncorrect(msg) from erreur


def neutralize(texte: str) -> str:
    """A text of a file is never a formula in the report about it."""
    return f"'{texte}" if texte[:1] in {"=", "+", "-", "@", "\t", "\r"} else texte
