"""`quartiers importer GENRE FICHIER`: take a file in, all or nothing."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from quartiers.cli.appel import AppelIncorrect, parse_date, read_now, read_today

if TYPE_CHECKING:
    from quartiers.usecases.importer import ResultatImport

NOM = "importer"
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
    from quartiers.usecases.importer import import_fichier, list_portes

    if args.genre not in list_portes():
        msg = f"genre inconnu : {args.genre} ; genres : {', '.join(sorted(list_portes()))}"
        raise AppelIncorrect(msg)
    resultat = import_fichier(
        genre=args.genre,
        chemin=args.fichier,
        millesime=args.millesime,
        connu_le=args.connu_le or read_today(),
        saisi_le=read_now(),
        a_blanc=args.a_blanc,
        accepter_retrait=args.accepter_retrait,
    )
    if args.rapport is not None:
        write_rapport(resultat, args.rapport)
    print("\n".join(list_phrases(resultat)))
    return 0


def list_phrases(resultat: ResultatImport) -> Iterator[str]:
    """What a person wants to know of an import."""
    if resultat.deja:
        yield f"{resultat.fichier} : déjà importé, rien ne change."
        return
    verbe = "ajouterait" if resultat.a_blanc else "ajoutées"
    compte = f"{verbe} {resultat.ajoutees}" if resultat.a_blanc else f"{resultat.ajoutees} {verbe}"
    yield f"{resultat.fichier} : {compte}, {resultat.inchangees} inchangées."
    yield from (f"  {phrase}" for phrase in resultat.phrases)
    for rapport in resultat.rapports:
        yield f"  {rapport}"
        for nom, anomalies in (
            ("écartée", rapport.ecartees),
            ("réparée", rapport.reparees),
            ("avis", rapport.avis),
        ):
            yield from (f"    {nom} : {anomalie}" for anomalie in anomalies[:5])
            if len(anomalies) > 5:
                yield f"    … et {len(anomalies) - 5} de plus ({nom}) : --rapport pour tout voir"


def write_rapport(resultat: ResultatImport, chemin: Path) -> None:
    """Every repair, record set aside and notice, as a CSV."""
    with chemin.open("w", encoding="utf-8-sig", newline="") as fichier:
        sortie = csv.writer(fichier, delimiter=";")
        sortie.writerow(("genre", "fichier", "ligne", "colonne", "raison"))
        for rapport in resultat.rapports:
            for nom, anomalies in (
                ("ecartee", rapport.ecartees),
                ("reparee", rapport.reparees),
                ("avis", rapport.avis),
            ):
                sortie.writerows(
                    (nom, a.fichier, a.ligne or "", a.colonne or "", a.raison) for a in anomalies
                )
