"""`quartiers importer GENRE FICHIER`: take a file in, all or nothing."""

from __future__ import annotations

import argparse
from pathlib import Path

from quartiers.cli.appel import AppelIncorrect, parse_date, read_now, read_today
from quartiers.core.anomalie import DonneesRefusees

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
        help="admet qu'un fichier ait moins de territoires, ou retire plus de la moitié de ce que disait sa source",
    )
    parser.add_argument(
        "--rapport",
        type=Path,
        metavar="FICHIER",
        help="écrit tout ce qui a été corrigé, retiré, réparé ou écarté, en CSV, ou en JSON si son nom finit en .json",
    )


def run(args: argparse.Namespace) -> int:
    """Print what was done; DonneesRefusees becomes exit code 1, one reason per line."""
    if not args.fichier.exists():
        msg = f"{args.fichier} : ce fichier n'existe pas"
        raise AppelIncorrect(msg)
    from quartiers.cli.base import prepare_base

    prepare_base()
    from quartiers.cli.rapport_import import list_phrases, write_refus, write_resultat
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
        write_refus(refus, args.genre, args.fichier.name, args.rapport)
        raise
    write_resultat(resultat, args.rapport)
    print("\n".join(list_phrases(resultat)))
    return 0
