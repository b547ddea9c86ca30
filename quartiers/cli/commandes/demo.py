"""`quartiers demo`: the invented département, in a base of its own, loaded, computed, told and served."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from quartiers.cli.appel import AppelIncorrect, read_now

NOM = "demo"
AIDE = "charge le département fictif dans sa propre base, le calcule et sert le site"
RACINE = Path(__file__).resolve().parents[3]
DOSSIER = RACINE / "data" / "demo"


def configure(parser: argparse.ArgumentParser) -> None:
    """A port, and a way to stop before serving."""
    parser.add_argument(
        "--sans-serveur", action="store_true", help="charge et calcule, sans servir le site"
    )
    parser.add_argument("--port", type=int, default=8000, help="port d'écoute (8000)")


def run(args: argparse.Namespace) -> int:
    """Never another base: the address of this one is set before anything of Django is loaded."""
    if "django.conf" in sys.modules and _is_configured():
        raise AppelIncorrect("La démonstration se lance seule : elle a sa propre base.")
    var = Path(os.environ.get("QUARTIERS_VAR") or RACINE / "var").absolute()
    base = var / "demo.sqlite3"
    os.environ["QUARTIERS_BASE"] = f"sqlite:///{base}"
    os.environ["QUARTIERS_DEMO"] = "1"
    os.environ.pop("QUARTIERS_REFERENTIEL", None)  # the demonstration speaks of one programme
    from quartiers.cli.base import check_habillage, hold_lock, prepare_base, setup_django

    setup_django()
    check_habillage()
    from quartiers.usecases.charger_demo import compute_empreinte, load_demo, read_bilan
    from quartiers.usecases.charger_gestes import load_gestes

    var.mkdir(parents=True, exist_ok=True)
    maintenant = read_now()
    with hold_lock(var / "demo.verrou"):
        empreinte = compute_empreinte(RACINE / "quartiers", RACINE / "data")
        temoin = var / "demo.empreinte"
        a_jour = base.exists() and temoin.exists() and temoin.read_text("ascii") == empreinte
        if not a_jour:
            _erase(base, temoin)
        prepare_base()
        if not a_jour:
            print("Chargement du département fictif…", flush=True)
            for ligne in load_demo(dossier=DOSSIER, saisi_le=maintenant):
                print(f"  {ligne}", flush=True)
            for ligne in load_gestes(dossier=DOSSIER):
                print(f"  {ligne}", flush=True)
            temoin.write_text(empreinte, "ascii")
    print(read_bilan())
    print(f"Calculé en {(read_now() - maintenant).total_seconds():.1f} s.".replace(".", ",", 1))
    if not args.sans_serveur:
        from quartiers.cli.commandes.serveur import serve

        serve(hote="127.0.0.1", port=args.port)
    return 0


def _is_configured() -> bool:
    from django.conf import settings

    return settings.configured


def _erase(base: Path, temoin: Path) -> None:
    """The witness first: a base half erased or half loaded is never taken for a good one."""
    for fichier in (temoin, base, Path(f"{base}-wal"), Path(f"{base}-shm")):
        fichier.unlink(missing_ok=True)
