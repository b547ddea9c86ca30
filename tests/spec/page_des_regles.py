"""quartiers/web/regles.json: the very words of docs/regles.md, cut in pieces for the pages of the site."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from quartiers.core.statut import LIBELLES_DRAPEAUX, Statut
from tests.spec.generer_regles import SENS, say_donnees, say_ligne, say_obtenu, say_vu_le
from tests.spec.tables import Cas, Groupe, Theme

DESTINATION_PAGE = Path(__file__).resolve().parents[2] / "quartiers" / "web" / "regles.json"


def render_page(themes: tuple[Theme, ...]) -> str:
    """The whole file; sorted by nothing: the order is the one in which it is read."""
    contenu = {
        "mots": [[LIBELLES_DRAPEAUX[drapeau], sens] for drapeau, sens in SENS.items()],
        "themes": [_cut_theme(theme) for theme in themes],
    }
    return json.dumps(contenu, ensure_ascii=False, indent=1) + "\n"


def _cut_theme(theme: Theme) -> dict[str, Any]:
    return {
        "code": theme.code,
        "titre": theme.titre,
        "blocs": [_cut_bloc(bloc) for bloc in theme.regle.split("\n\n")],
        "groupes": [_cut_groupe(groupe) for groupe in theme.groupes],
    }


def _cut_bloc(bloc: str) -> dict[str, Any]:
    """A paragraph, a numbered list, or a formula set apart."""
    lignes = [ligne.strip() for ligne in bloc.strip().splitlines()]
    if all(ligne.startswith(">") for ligne in lignes):
        return {"genre": "formule", "lignes": [ligne.lstrip("> ").strip() for ligne in lignes]}
    if all(re.match(r"\d+\. ", ligne) for ligne in lignes):
        return {"genre": "liste", "lignes": [ligne.partition(". ")[2] for ligne in lignes]}
    return {"genre": "texte", "lignes": [" ".join(lignes)]}


def _cut_groupe(groupe: Groupe) -> dict[str, Any]:
    return {
        "indicateur": say_ligne(groupe.indicateur),
        "donnees": [say_ligne(donnee) for donnee in groupe.donnees],
        "cas": [_cut_cas(cas) for cas in groupe.cas],
    }


def _cut_cas(cas: Cas) -> dict[str, Any]:
    dit = cas.libelle or cas.statut
    return {
        "nom": cas.nom,
        "donnees": say_donnees(cas),
        "vu_le": say_vu_le(cas),
        "statut": dit if dit in set(Statut) else None,
        "obtenu": say_obtenu(cas),
        "pourquoi": cas.pourquoi,
        "reference": cas.reference,
    }
