"""Stories of whole quartiers: what happens, and what the tableau then says, on the real programme.

The givens of `NOM.toml` are written in the French of tests/spec/langue.py; those of `NOM/histoire.toml` are the small
files that stand beside it, as people send them, each line learnt on the day it says. Unless said, a look is taken with
what was known on that very day, so that the chapters to come change nothing to those before.
"""

from __future__ import annotations

import csv
import tempfile
import tomllib
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from quartiers.core.dossier import Dossier
from quartiers.core.referentiel import Referentiel
from quartiers.referentiel.charger import DOSSIER_PAR_DEFAUT, load_programme
from quartiers.usecases.lire_dossier import CONNU_LE, read_dossier
from tests.core.adaptateur import build_dossier
from tests.spec.geographie import list_territoires
from tests.spec.langue import Recueil
from tests.spec.tables import Cas

ICI = Path(__file__).resolve().parent
CHAMPS = {champ.name for champ in fields(Cas)}


@dataclass(frozen=True, slots=True)
class Regard:
    """One look: at an indicateur or an engagement of a territoire, with what is expected.

    `attendu` carries the figures; `statuts` counts an engagement too; `phrase` stands in the reason given.
    """

    territoire: str
    vu_le: date
    connu_le: date
    indicateur: str | None
    engagement: str | None
    phrase: str | None
    attendu: Cas


@dataclass(frozen=True, slots=True)
class Temps:
    """A chapter: what happened, the lines it adds by indicateur, what is then seen.

    `jour`: in a story made of files, the last day of which it knows the lines.
    """

    recit: str
    jour: date
    faits: tuple[tuple[str, str], ...]
    regards: tuple[Regard, ...]


@dataclass(frozen=True, slots=True)
class Histoire:
    """A story, told in order. `dossier`: where its small files are, when it is made of some."""

    code: str
    dossier: Path | None
    titre: str
    territoires: tuple[dict[str, Any], ...]
    temps: tuple[Temps, ...]

    def build_dossier(self, jusqu_a: int | None = None) -> Dossier:
        """All that is known once the story is told, or after its chapter number `jusqu_a`."""
        if self.dossier is not None:
            return read_jusqu_au(self.dossier, self.temps[-1 if jusqu_a is None else jusqu_a].jour)
        recueil = Recueil()
        for temps in self.temps[: None if jusqu_a is None else jusqu_a + 1]:
            for indicateur, ligne in temps.faits:
                recueil.indicateur = indicateur
                recueil.read(ligne)
        _give_portees(recueil)
        dossier = build_dossier(
            {
                "indicateurs": [],
                "territoires": list(self.territoires),
                "calendriers": recueil.calendriers,
                **recueil.collections,
            }
        )
        dossier.referentiel = get_programme()
        return dossier


@cache
def get_programme() -> Referentiel:
    """The real programme: « La République en actes »."""
    return load_programme(DOSSIER_PAR_DEFAUT)


@cache
def read_jusqu_au(dossier: Path, jour: date) -> Dossier:
    """The dossier of a folder, the lines learnt later left out."""
    with tempfile.TemporaryDirectory() as nom:
        for chemin in dossier.glob("*.csv"):
            with chemin.open(encoding="utf-8", newline="") as lu:
                entete, *lignes = csv.reader(lu, delimiter=";")
            if CONNU_LE in entete:
                rang = entete.index(CONNU_LE)
                lignes = [ligne for ligne in lignes if date.fromisoformat(ligne[rang]) <= jour]
            if lignes:
                with (Path(nom) / chemin.name).open("w", encoding="utf-8", newline="") as ecrit:
                    csv.writer(ecrit, delimiter=";").writerows([entete, *lignes])
        return read_dossier(Path(nom), get_programme())


def _give_portees(recueil: Recueil) -> None:
    """A distance takes the reach of its indicateur unless the line says another one."""
    for objet in recueil.collections.get("objets", []):
        indicateur = get_programme().get_indicateur(objet["indicateur"])
        if objet["distance_m"] is None or objet["portee"] is not None or indicateur is None:
            continue
        objet["portee"] = indicateur.portee_spatiale


def _build_regard(brut: dict[str, Any], ici: str) -> Regard:
    autres = {"territoire", "indicateur", "engagement", "phrase", "connu_le"}
    attendu = {nom: valeur for nom, valeur in brut.items() if nom not in autres}
    attendu = {n: tuple(v) if isinstance(v, list) else v for n, v in attendu.items()}
    if inconnus := set(attendu) - CHAMPS:
        msg = f"regard du {brut['vu_le']} : {sorted(inconnus)}"
        raise ValueError(msg)
    return Regard(
        territoire=brut.get("territoire", ici),
        vu_le=brut["vu_le"],
        connu_le=brut.get("connu_le", brut["vu_le"]),
        indicateur=brut.get("indicateur"),
        engagement=brut.get("engagement"),
        phrase=brut.get("phrase"),
        attendu=Cas(nom="", pourquoi="", reference="", **attendu),
    )


def load_histoire(chemin: Path) -> Histoire:
    """One file, one story, with the small files beside it if it has a folder of its own."""
    brut = tomllib.loads(chemin.read_text(encoding="utf-8"))
    dossier = None if chemin.parent == ICI else chemin.parent
    territoires = brut.get("territoire", [])
    if "monde" in brut:
        territoires = list_territoires(brut["monde"])
    ici = "Les Tilleuls" if dossier is None else brut["ici"]
    return Histoire(
        code=chemin.stem if dossier is None else dossier.name,
        dossier=dossier,
        titre=brut["titre"],
        territoires=tuple(territoires),
        temps=tuple(
            Temps(
                recit=temps["recit"],
                jour=temps.get("jour", date.max),
                faits=tuple(
                    (code, ligne)
                    for code, lignes in temps.get("faits", {}).items()
                    for ligne in lignes
                ),
                regards=tuple(_build_regard(regard, ici) for regard in temps.get("regard", ())),
            )
            for temps in brut["temps"]
        ),
    )


def load_histoires() -> tuple[Histoire, ...]:
    """Every story, by name."""
    chemins = [*ICI.glob("*.toml"), *ICI.glob("*/histoire.toml")]
    return tuple(load_histoire(chemin) for chemin in sorted(chemins))
