"""What the base already knows, as the readers of files need it."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from quartiers.core.referentiel import Referentiel
from quartiers.referentiel.charger import get_dossier, load_programme
from quartiers.usecases.charger_territoires import load_codes
from quartiers.usecases.chercher_lieux import list_cles, list_declares
from quartiers.usecases.contexte import Contexte
from quartiers.usecases.garder_enregistrements import list_connus
from quartiers.usecases.recouvrants import Recouvrants
from quartiers.usecases.releve_lu import RelevesConnus

Etat = tuple[tuple[str, int, int], ...]


@cache
def _load(dossier: Path, etat: Etat) -> Referentiel:  # noqa: ARG001 -- the state of the files is the key
    return load_programme(dossier)


def load_referentiel() -> Referentiel:
    """The programme in use, read again only when one of its files has changed."""
    dossier = get_dossier()
    fichiers = sorted(dossier.glob("*.toml"))
    etat = tuple((f.name, f.stat().st_mtime_ns, f.stat().st_size) for f in fichiers)
    return _load(dossier, etat)


def build_contexte(connu_le: date, releves: RelevesConnus | None = None) -> Contexte:
    """All that a declared line is checked against: the frame as it is, the lines as known that day."""
    return Contexte(
        referentiel=load_referentiel(),
        territoires=load_codes(),
        connu_le=connu_le,
        lieux=list_cles() | list_declares(),
        releves=releves or RelevesConnus(),
        list_recouvrants=Recouvrants().list_codes,
        list_objets=list_connus,
    )
