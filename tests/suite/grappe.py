"""A private PostgreSQL, thrown away at the end: nothing is asked of the machine but its binaries."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

CHERCHES = ("/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt", "/usr/local/opt")
UTILISATEUR = "quartiers"


def find_binaires() -> Path | None:
    """Folder of `initdb`: the highest version Debian installed, else the PATH; None when absent."""
    trouves = [p for racine in CHERCHES for p in Path(racine).glob("*/bin/initdb")]
    if trouves:
        return max(trouves, key=get_version).parent
    sur_le_chemin = shutil.which("initdb")
    return Path(sur_le_chemin).resolve().parent if sur_le_chemin else None


def get_version(initdb: Path) -> int:
    """Major version read in `…/15/bin/initdb` or `…/postgresql@15/bin/initdb`; 0 when unreadable."""
    chiffres = re.findall(r"\d+", initdb.parent.parent.name)
    return int(chiffres[-1]) if chiffres else 0


def get_compte() -> tuple[int, int] | None:
    """(uid, gid) to take when we are root, whom PostgreSQL refuses; None to stay who we are."""
    if os.geteuid() != 0:
        return None
    import pwd

    for nom in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entree = pwd.getpwnam(nom)
            return entree.pw_uid, entree.pw_gid
    msg = "Aucun compte sans privilège (postgres, nobody) pour lancer PostgreSQL."
    raise RuntimeError(msg)


def run(commande: list[str], compte: tuple[int, int] | None, journal: Path) -> None:
    """Run one of PostgreSQL's programs under the chosen account; its words go to the log."""
    options = {} if compte is None else {"user": compte[0], "group": compte[1], "extra_groups": []}
    with journal.open("ab") as sortie:
        subprocess.run(
            commande,
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=sortie,
            stderr=subprocess.STDOUT,
            cwd="/",
            timeout=120,
            **options,  # type: ignore[call-overload]  # typeshed wants each key by name
        )


@contextlib.contextmanager
def open_grappe(binaires: Path) -> Iterator[str]:
    """Start a cluster on a Unix socket in a temporary folder; gives its `postgresql://` address.

    No port is opened, nothing outside the folder is touched, and `fsync=off` is fine for a base
    that never outlives the tests.
    """
    compte = get_compte()
    dossier = Path(tempfile.mkdtemp(prefix="quartiers-pg-", dir="/tmp"))
    if compte is not None:
        os.chown(dossier, *compte)
    donnees, journal = dossier / "donnees", dossier / "journal.txt"
    reglages = (
        f"-c unix_socket_directories={dossier} -c listen_addresses= -c fsync=off "
        "-c full_page_writes=off -c max_connections=60 -c timezone=UTC"
    )
    pg_ctl = [str(binaires / "pg_ctl"), "-D", str(donnees)]
    try:
        initdb = [str(binaires / "initdb"), "-D", str(donnees), "-U", UTILISATEUR]
        run([*initdb, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"], compte, journal)
        run(
            [*pg_ctl, "-w", "-l", str(dossier / "serveur.txt"), "-o", reglages, "start"],
            compte,
            journal,
        )
        createdb = [str(binaires / "createdb"), "-h", str(dossier), "-U", UTILISATEUR, UTILISATEUR]
        run(createdb, compte, journal)
        yield f"postgresql://{UTILISATEUR}@/{UTILISATEUR}?host={dossier}"
    except subprocess.CalledProcessError as erreur:
        texte = journal.read_text(encoding="utf-8", errors="replace")
        msg = f"PostgreSQL n'a pas démarré : {' '.join(erreur.cmd[:1])}\n{texte}"
        raise RuntimeError(msg) from erreur
    finally:
        with contextlib.suppress(subprocess.SubprocessError, OSError):
            run([*pg_ctl, "-m", "immediate", "-w", "stop"], compte, journal)
        shutil.rmtree(dossier, ignore_errors=True)
