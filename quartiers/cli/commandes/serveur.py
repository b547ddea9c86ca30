"""`quartiers serveur`: the web site, by granian (WSGI, threads)."""

import argparse
import multiprocessing
import os
import sys

NOM = "serveur"
AIDE = "sert le site web"


def configure(parser: argparse.ArgumentParser) -> None:
    """Address, port, processes and threads."""
    parser.add_argument("--hote", default="127.0.0.1", help="adresse d'écoute (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port d'écoute (8000)")
    parser.add_argument("--processus", type=int, default=1, help="nombre de processus (1)")
    parser.add_argument("--fils", type=int, default=4, help="fils d'exécution par processus (4)")


def run(args: argparse.Namespace) -> int:
    """Prepare the base, then serve until interrupted."""
    from quartiers.cli.base import check_habillage, prepare_base, setup_django

    setup_django()
    check_habillage()
    prepare_base()
    serve(hote=args.hote, port=args.port, processus=args.processus, fils=args.fils)
    return 0


def serve(*, hote: str, port: int, processus: int = 1, fils: int = 4) -> None:
    """Start granian and wait; the base must be ready (`prepare_base`). Used by `demo` too.

    The workers are new processes that inherit the environment: QUARTIERS_BASE and QUARTIERS_DEMO
    must be set in it. One PostgreSQL connection a thread, and one to spare.
    """
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    connections.close_all()  # a connection must not cross into the workers
    os.environ.setdefault("QUARTIERS_PG_RESERVE", str(fils + 1))
    multiprocessing.set_start_method("spawn", force=True)  # not fork: settings are read anew
    print(f"Le site est servi sur http://{hote}:{port}/ (Ctrl+C pour arrêter)")
    sys.stdout.flush()
    Granian(
        "quartiers.wsgi:application",
        address=hote,
        port=port,
        interface=Interfaces.WSGI,
        workers=processus,
        blocking_threads=fils,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
        websockets=False,
    ).serve()
