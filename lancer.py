#!/usr/bin/env python3
"""Start Quartiers en actes with nothing installed but Python 3.11.

    python3 lancer.py demo           the site, with an invented département
    python3 lancer.py tests          the whole test-suite
    python3 lancer.py VERBE …        any other command of `quartiers`

Standard library only. The first start makes `.venv` beside this file from the hashed lock; a stamp
(hash of the lock, of the place and of the Python) makes the next starts immediate.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

RACINE = Path(__file__).resolve().parent
VENV = RACINE / ".venv"
PYTHON_MINIMAL = (3, 11)
VERROU_COURANT = RACINE / "requirements.lock"
VERROU_TESTS = RACINE / "requirements-dev.lock"

AIDE = """Usage : python3 lancer.py VERBE …

  demo                 le site avec un département inventé, dans sa propre base
  tests                toute la suite de tests ; « tests --aide » pour ses options
  VERBE --aide         l'aide d'une commande : importer, tableau, constat, serveur…

Le premier lancement prépare l'environnement (.venv) ; les suivants sont immédiats.
"""


class Echec(Exception):  # noqa: N818 - French noun, like the rest of the product
    """What stopped us, in one French sentence."""


def check_python() -> None:
    """Stop early on an old Python: later errors would be unreadable."""
    if sys.version_info < PYTHON_MINIMAL:
        voulu = ".".join(map(str, PYTHON_MINIMAL))
        actuel = ".".join(map(str, sys.version_info[:3]))
        msg = f"Il faut Python {voulu} ou plus récent (ici : {actuel})."
        raise Echec(msg)


def get_python() -> Path:
    """The interpreter of the environment."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def compute_empreinte(verrou: Path) -> str:
    """Change of lock, of place or of Python: the environment must be made again."""
    if not verrou.is_file():
        msg = f"Fichier {verrou.name} absent : le dossier du projet est incomplet."
        raise Echec(msg)
    calcul = hashlib.sha256(verrou.read_bytes())
    calcul.update(f"{RACINE}|{sys.version_info[:2]}|{sys.platform}".encode())
    return calcul.hexdigest()


def is_ready(verrou: Path) -> bool:
    """True when the stamp of this lock stands in the environment."""
    empreinte = compute_empreinte(verrou)  # first: an absent lock is told before anything is made
    timbre = VENV / f"{verrou.name}.sha256"
    return (
        get_python().exists()
        and timbre.is_file()
        and timbre.read_text(encoding="ascii") == empreinte
    )


@contextlib.contextmanager
def hold_lock() -> Iterator[None]:
    """One preparation at a time; the system releases the lock if we die."""
    try:
        import fcntl
    except ImportError:  # Windows: no such lock, and one user
        yield
        return
    with (RACINE / ".venv.verrou").open("a") as poignee:
        fcntl.flock(poignee, fcntl.LOCK_EX)
        yield


def prepare(verrou: Path) -> None:
    """Make the environment hold exactly what the lock says."""
    if is_ready(verrou):
        return
    with hold_lock():
        if is_ready(verrou):  # another start did it while we waited
            return
        # The test lock only adds to the ordinary one: an ordinary environment is completed,
        # anything else is made again, since leftovers could hide a missing dependency.
        if not (verrou == VERROU_TESTS and is_ready(VERROU_COURANT)):
            create_venv()
        install(verrou)
        write_timbres(verrou)


def create_venv() -> None:
    """Make an empty environment with pip; `uv` needs no pip but the fallback does."""
    print("Préparation de l'environnement (une minute la première fois)…", file=sys.stderr)
    if VENV.exists():
        shutil.rmtree(VENV)
    try:
        venv.EnvBuilder(with_pip=find_uv() is None, symlinks=os.name != "nt").create(VENV)
    except (subprocess.CalledProcessError, OSError) as erreur:
        msg = (
            f"L'environnement {VENV} n'a pas pu être créé ({erreur}). "
            "Sous Debian, installer le paquet « python3-venv »."
        )
        raise Echec(msg) from erreur


def find_uv() -> str | None:
    """Path of `uv`, which installs faster than pip, or None."""
    return shutil.which("uv")


def install(verrou: Path) -> None:
    """Install with hashes required, by uv when present, by pip otherwise."""
    uv, python = find_uv(), str(get_python())
    arguments = ["--require-hashes", "--quiet", "-r", str(verrou)]
    if uv:
        commande = [uv, "pip", "install", "--python", python, *arguments]
        if subprocess.run(commande, check=False).returncode == 0:
            return
        print("uv n'y est pas arrivé, nouvel essai avec pip…", file=sys.stderr)
        subprocess.run([python, "-m", "ensurepip", "--upgrade"], check=False, capture_output=True)
    # Python compiles what it imports; pip would compile thousands of files that nobody imports.
    commande = [
        python,
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--no-compile",
        *arguments,
    ]
    if subprocess.run(commande, check=False).returncode != 0:
        msg = f"L'installation de {verrou.name} a échoué : voir les lignes ci-dessus."
        raise Echec(msg)


def write_timbres(verrou: Path) -> None:
    """Put the project on the path of its environment, then stamp it: the stamp comes last."""
    question = "import sysconfig; print(sysconfig.get_path('purelib'))"
    reponse = subprocess.run(
        [str(get_python()), "-c", question], check=True, capture_output=True, text=True
    )
    chemin = Path(reponse.stdout.strip()) / "quartiers-en-actes.pth"
    chemin.write_text(f"{RACINE}\n", encoding="utf-8")
    for pose in {verrou, VERROU_COURANT}:
        (VENV / f"{pose.name}.sha256").write_text(compute_empreinte(pose), encoding="ascii")


def run_in_venv(arguments: Sequence[str]) -> int:
    """Become the environment's Python (POSIX), so that signals reach the command itself."""
    commande = [str(get_python()), *arguments]
    # Without its compiled files, each start compiles Django and the product again.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "posix":
        os.execv(commande[0], commande)  # noqa: S606 - our own interpreter, no shell
    return subprocess.run(commande, check=False).returncode


def main(arguments: Sequence[str]) -> int:
    """Prepare what the verb needs, then hand over."""
    try:
        check_python()
        if not arguments or arguments[0] in {"-h", "--aide", "--help"}:
            print(AIDE, end="")
            return 0 if arguments else 2
        if arguments[0] == "tests":
            prepare(VERROU_TESTS)
            os.chdir(RACINE)
            return run_in_venv(["-m", "tests.suite", *arguments[1:]])
        prepare(VERROU_COURANT)
        return run_in_venv(["-P", "-m", "quartiers", *arguments])
    except Echec as echec:
        print(echec, file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        print("Interrompu.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
