"""What the cases share: the base they start from, made once and given back; commands and what they must say."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.recette import reel
from tests.recette.outils import Atelier, expect


@dataclass(slots=True)
class Banc:
    """One atelier for all the cases; `dossier` is that of the case being played."""

    atelier: Atelier
    dossier: Path = field(default_factory=Path)

    @property
    def _depart(self) -> Path:
        return self.atelier.dossier / "depart"

    @property
    def _var(self) -> Path:
        return self.atelier.dossier / "var"

    def load_depart(self) -> None:
        """COG, QPV 2024, QRR and the France services of August 2024: what most cases start from."""
        for load in (reel.load_cog, reel.load_qpv_2024, reel.load_qrr, reel.load_france_services):
            load(self.atelier)
        shutil.copytree(self._var, self._depart)

    def open_cas(self, dossier: Path) -> None:
        """Another case, on the base of departure."""
        self.dossier = dossier
        self.reset()

    def reset(self, *, vide: bool = False) -> None:
        """The base of departure again, or none at all."""
        shutil.rmtree(self._var)
        if not vide:
            shutil.copytree(self._depart, self._var)

    def take(self, genre: str, fichier: str, *options: str) -> str:
        """Import a file of the case, which must be taken in; what the command said."""
        return self.atelier.quartiers("importer", genre, str(self.dossier / fichier), *options)

    def write(self, nom: str, texte: str) -> str:
        """A file of our own beside those of the case; its path, that `take` and `refuse` accept."""
        return reel.write_csv(self.atelier, nom, texte)

    def refuse(self, genre: str, fichier: str, *options: str, dit: tuple[str, ...]) -> str:
        """Import a file of the case, which must be refused with these words, and change nothing."""
        avant = self.count_lignes()
        reponse = self.atelier.run("importer", genre, str(self.dossier / fichier), *options)
        expect(reponse.code == 1, f"{fichier} : code {reponse.code} au lieu de 1")
        expect("Traceback" not in reponse.erreurs, f"{fichier} : une trace")
        check_dit(fichier, reponse.erreurs, dit)
        expect(self.count_lignes() == avant, f"{fichier} refusé, et pourtant la base a changé")
        return reponse.erreurs

    def count_lignes(self) -> dict[str, int]:
        """Rows of every table, asked of the base itself."""
        import sqlite3
        from contextlib import closing

        with closing(sqlite3.connect(self._var / "quartiers.sqlite3")) as base:
            requete = (
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'storage_%'"
            )
            tables = [nom for (nom,) in base.execute(requete)]
            return {t: base.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in tables}  # noqa: S608 -- names of our own tables

    def read_constat(self, territoire: str, indicateur: str, *dates: str) -> dict[str, Any]:
        """`quartiers constat … --format json`."""
        commande = ("constat", territoire, indicateur, *dates, "--format", "json")
        lu: dict[str, Any] = json.loads(self.atelier.quartiers(*commande))
        return lu


def check_dit(fichier: str, texte: str, dit: tuple[str, ...]) -> None:
    """Every expected word stands in what was said."""
    plat = " ".join(texte.split())
    for mots in dit:
        expect(mots in plat, f"{fichier} : « {mots} » attendu, dit : {plat[:600]}")
