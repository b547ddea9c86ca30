"""1. A clean clone with an empty HOME: the demonstration, the suite, and the served site in a browser."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.recette.outils import RACINE, Atelier, Echec, expect, play
from tests.site import open_navigateur, serve


def main(atelier: Atelier) -> str:
    """Clone, launch, look; then read what the suite said on this very commit."""
    clone = make_clone(atelier)
    environ = get_environ(atelier)
    debut = time.monotonic()
    sortie = launch(clone, environ, "demo", "--sans-serveur")
    duree = time.monotonic() - debut
    atelier.note(sortie.rstrip())
    expect("fictif" in sortie.lower(), "la démonstration ne dit pas qu'elle est fictive")
    vu = look(clone, environ)
    suite = read_suite(atelier)
    return f"démonstration chargée en {duree:.0f} s sur un clone neuf, vue dans Chromium (« {vu} ») ; {suite}"


def make_clone(atelier: Atelier) -> Path:
    """The committed files only."""
    clone = atelier.dossier / "clone"
    git = shutil.which("git") or "git"
    subprocess.run([git, "clone", "--quiet", "--no-hardlinks", str(RACINE), str(clone)], check=True)
    return clone


def get_environ(atelier: Atelier) -> dict[str, str]:
    """An empty HOME, nothing of ours."""
    maison = atelier.dossier / "maison"
    maison.mkdir()
    gardees = {
        nom: v
        for nom, v in os.environ.items()
        if not nom.startswith(("QUARTIERS_", "PYTHON", "VIRTUAL_ENV"))
    }
    return {**gardees, "HOME": str(maison)}


def get_python() -> str:
    """The interpreter of the machine, not that of a virtual environment."""
    return str(Path(sys.base_prefix) / "bin" / "python3")


def launch(clone: Path, environ: dict[str, str], *verbe: str) -> str:
    """`python3 lancer.py …` in the clone."""
    fini = subprocess.run(
        [get_python(), "lancer.py", *verbe],
        check=False, cwd=clone, env=environ, capture_output=True, text=True, encoding="utf-8", timeout=900,
    )  # fmt: skip
    if fini.returncode:
        raise Echec(
            f"lancer.py {' '.join(verbe)} rend {fini.returncode} : {fini.stderr.strip()[-600:]}"
        )
    return fini.stdout


def look(clone: Path, environ: dict[str, str]) -> str:
    """Serve the demonstration, sign in by one click, and read the first screen."""
    with serve((get_python(), "lancer.py", "demo"), clone, environ) as site:
        return read_screen(f"{site}/")


def read_screen(adresse: str) -> str:
    """The title of the first screen of the préfet, and no error in the console."""
    erreurs: list[str] = []
    with open_navigateur() as navigateur:
        page = navigateur.new_page(viewport={"width": 1280, "height": 900})
        page.on(
            "console",
            lambda message: erreurs.append(message.text) if message.type == "error" else None,
        )
        page.goto(adresse)
        page.get_by_role("button").filter(
            has_text=re.compile("Préfet du Val-de-Brume|Préfet")
        ).first.click()
        page.wait_for_load_state()
        titre = page.locator("h1").inner_text()
    expect(not erreurs, f"console : {erreurs[:2]}")
    return titre


def read_suite(atelier: Atelier) -> str:
    """What `lancer.py tests` said, kept by `.ci/run` in var/tests.txt."""
    bilan = RACINE / "var" / "tests.txt"
    expect(bilan.is_file(), "la suite n'a pas été jouée (.ci/run la joue avant la recette)")
    texte = bilan.read_text(encoding="utf-8")
    resume = texte[texte.rfind("═════") :]
    atelier.note(resume.strip())
    joues = re.findall(r"(\d+) tests joués sur (SQLite|PostgreSQL)(, \d+ ratés)?", resume)
    expect(len(joues) == 2 and "ÉCHEC" not in resume, f"suite : {resume.strip()[-300:]}")
    total = re.search(r"Durée totale : (.+)", resume)
    comptes = ", ".join(f"{nombre} tests sur {base}" for nombre, base, _ in joues)
    return f"{comptes}, en {total[1] if total else '?'}"


if __name__ == "__main__":
    play(main)
