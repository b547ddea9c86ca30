"""The TOML files of a folder, each checked against its shape."""

from __future__ import annotations

import copy
import hashlib
import json
import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from quartiers.referentiel import modeles
from quartiers.referentiel.defaut import Defaut, ReferentielInvalide
from quartiers.referentiel.francais import translate, translate_toml

FICHIER_PROGRAMME = "programme.toml"
_Modele = TypeVar("_Modele", bound=modeles.Strict)


@dataclass(frozen=True, slots=True)
class Fichier:
    """An engagement and the file it was read from; not `entier` when wrong indicateurs were left out."""

    nom: str
    engagement: modeles.EngagementEcrit
    entier: bool = True


@dataclass(slots=True)
class DossierLu:
    """What a folder holds. `lisibles`: also the files whose badly written indicateurs were left out."""

    programme: modeles.ProgrammeEcrit | None = None
    nombre: int = 0
    fichiers: list[Fichier] = field(default_factory=list)
    lisibles: list[Fichier] = field(default_factory=list)
    defauts: list[Defaut] = field(default_factory=list)


def read_dossier(dossier: Path) -> DossierLu:
    """Every file of the folder; without a `programme.toml`, or without any other file, nothing can be said."""
    chemins = list_chemins(dossier)
    if not chemins or chemins[0].name != FICHIER_PROGRAMME:
        raise ReferentielInvalide([Defaut(str(dossier), "", f"{FICHIER_PROGRAMME} est absent")])
    if len(chemins) == 1:
        raise ReferentielInvalide([Defaut(str(dossier), "", "aucun engagement")])
    lu = DossierLu(nombre=len(chemins) - 1)
    lu.programme, _ = _read(chemins[0], modeles.ProgrammeEcrit, lu.defauts)
    for chemin in chemins[1:]:
        entier, partiel = _read(chemin, modeles.EngagementEcrit, lu.defauts)
        if entier is not None:
            lu.fichiers.append(Fichier(chemin.name, entier))
        if partiel is not None:
            lu.lisibles.append(Fichier(chemin.name, partiel, entier=entier is not None))
    return lu


def list_chemins(dossier: Path) -> list[Path]:
    """`programme.toml` first, then the engagements in the order of their file names."""
    chemins = (c for c in dossier.glob("*.toml") if c.is_file())
    return sorted(chemins, key=lambda c: (c.name != FICHIER_PROGRAMME, c.name))


def compute_version(dossier: Path) -> str:
    """A digest of what the files say: twelve signs, the same on any machine, blind to comments and layout."""
    contenu = {c.name: _parse(c) for c in list_chemins(dossier)}
    texte = json.dumps(contenu, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(texte.encode()).hexdigest()[:12]


def _parse(chemin: Path) -> dict[str, Any]:
    return tomllib.loads(chemin.read_text(encoding="utf-8-sig"), parse_float=Decimal)


def _read(
    chemin: Path, modele: type[_Modele], defauts: list[Defaut]
) -> tuple[_Modele | None, _Modele | None]:
    """(the file when its shape is right, the same or what is left of it without its wrong indicateurs)."""
    try:
        brut = _parse(chemin)
    except tomllib.TOMLDecodeError as erreur:
        defauts.append(Defaut(chemin.name, "", f"TOML illisible, {translate_toml(erreur)}"))
        return None, None
    except UnicodeDecodeError as erreur:
        defauts.append(
            Defaut(chemin.name, "", f"ce n'est pas de l'UTF-8 (octet {erreur.start + 1})")
        )
        return None, None
    except OSError:
        defauts.append(Defaut(chemin.name, "", "fichier illisible"))
        return None, None
    try:
        entier = modele.model_validate(brut)
    except ValidationError as erreur:
        defauts += translate(chemin.name, brut, erreur)
        return None, _read_rest(brut, modele, erreur)
    return entier, entier


def _read_rest(
    brut: dict[str, Any], modele: type[_Modele], erreur: ValidationError
) -> _Modele | None:
    """The same content without the indicateurs complained of, None when that is not enough."""
    reste = copy.deepcopy(brut)
    for genre, rang, place in _list_indicateurs_fautifs(erreur):
        reste[genre][rang]["indicateurs"][place] = None
    for genre in ("objectifs", "actions"):
        if isinstance(reste.get(genre), list):
            reste[genre] = [e for e in reste[genre] if _drop_fautifs(e)]
    try:
        return modele.model_validate(reste)
    except ValidationError:
        return None


def _drop_fautifs(entree: object) -> bool:
    """Take out the indicateurs marked None; false when none is left where there were some."""
    if not isinstance(entree, dict) or not isinstance(entree.get("indicateurs"), list):
        return True
    avant = entree["indicateurs"]
    entree["indicateurs"] = [i for i in avant if i is not None]
    return bool(entree["indicateurs"]) or not avant


def _list_indicateurs_fautifs(erreur: ValidationError) -> set[tuple[str, int, int]]:
    """("actions", 2, 0): the first indicateur of the third action."""
    return {
        (str(loc[0]), int(loc[1]), int(loc[3]))
        for detail in erreur.errors()
        if len(loc := detail["loc"]) >= 4 and loc[2] == "indicateurs"
    }
