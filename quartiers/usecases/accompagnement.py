"""The words that stand beside codes in a declared file: never kept, only compared with what the codes are."""

from __future__ import annotations

from dataclasses import dataclass, field

from quartiers.sources.colonne import fold_colonne
from quartiers.usecases.formulaire import Formulaire

ACCOMPAGNANTES = ("libelle", "nom")
"""Columns of our own tableaux, in a file pasted from one: the label of the indicateur, the name of the territoire."""


@dataclass(slots=True)
class Accompagnement:
    """The contradictions already told of a file: a column shifted by one row would tell one per line."""

    _dites: set[tuple[str, str, str]] = field(default_factory=set)

    def tell_ecart(self, formulaire: Formulaire, colonne: str, code: str, nom: str) -> None:
        """A notice, once, when the words beside a code are those of another one: perhaps a shifted paste."""
        dit = formulaire.ligne[colonne]
        if not dit or fold_colonne(dit) == fold_colonne(nom) or (colonne, code, dit) in self._dites:
            return
        self._dites.add((colonne, code, dit))
        mot = "libellé" if colonne == "libelle" else "nom"
        raison = f"le {mot} « {dit} » ne va pas avec le code {code} (« {nom} ») ; seul le code est lu : un collage a-t-il décalé une colonne ?"
        formulaire.notice(colonne, raison)
