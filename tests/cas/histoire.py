"""Stories of whole quartiers, read from `*.toml`: what happens, and what the tableau then says.

Their givens are written in the French of tests/spec/langue.py, on the real programme. Unless said, a look is
taken with what was known on that very day, so that the chapters to come change nothing to those before.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from quartiers.core.dossier import Dossier
from quartiers.core.referentiel import Referentiel
from quartiers.referentiel.charger import DOSSIER_PAR_DEFAUT, load_programme
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
    """A chapter: what happened, the lines it adds by indicateur, what is then seen."""

    recit: str
    faits: tuple[tuple[str, str], ...]
    regards: tuple[Regard, ...]


@dataclass(frozen=True, slots=True)
class Histoire:
    """A story, told in order."""

    code: str
    titre: str
    territoires: tuple[dict[str, Any], ...]
    temps: tuple[Temps, ...]

    def build_dossier(self, jusqu_a: int | None = None) -> Dossier:
        """All that is known once the story is told, or after its chapter number `jusqu_a`."""
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


def _give_portees(recueil: Recueil) -> None:
    """A distance takes the reach of its indicateur unless the line says another one."""
    for objet in recueil.collections.get("objets", []):
        indicateur = get_programme().get_indicateur(objet["indicateur"])
        if objet["distance_m"] is None or objet["portee"] is not None or indicateur is None:
            continue
        objet["portee"] = indicateur.portee_spatiale


def _build_regard(brut: dict[str, Any]) -> Regard:
    autres = {"territoire", "indicateur", "engagement", "phrase", "connu_le"}
    attendu = {nom: valeur for nom, valeur in brut.items() if nom not in autres}
    attendu = {n: tuple(v) if isinstance(v, list) else v for n, v in attendu.items()}
    if inconnus := set(attendu) - CHAMPS:
        msg = f"regard du {brut['vu_le']} : {sorted(inconnus)}"
        raise ValueError(msg)
    return Regard(
        territoire=brut.get("territoire", "Les Tilleuls"),
        vu_le=brut["vu_le"],
        connu_le=brut.get("connu_le", brut["vu_le"]),
        indicateur=brut.get("indicateur"),
        engagement=brut.get("engagement"),
        phrase=brut.get("phrase"),
        attendu=Cas(nom="", pourquoi="", reference="", **attendu),
    )


def load_histoire(chemin: Path) -> Histoire:
    """One file, one story."""
    brut = tomllib.loads(chemin.read_text(encoding="utf-8"))
    territoires = brut["territoire"] if "territoire" in brut else list_territoires(brut["monde"])
    return Histoire(
        code=chemin.stem,
        titre=brut["titre"],
        territoires=tuple(territoires),
        temps=tuple(
            Temps(
                recit=temps["recit"],
                faits=tuple(
                    (code, ligne)
                    for code, lignes in temps.get("faits", {}).items()
                    for ligne in lignes
                ),
                regards=tuple(_build_regard(regard) for regard in temps.get("regard", ())),
            )
            for temps in brut["temps"]
        ),
    )


def load_histoires() -> tuple[Histoire, ...]:
    """Every story, by name."""
    return tuple(load_histoire(chemin) for chemin in sorted(ICI.glob("*.toml")))
