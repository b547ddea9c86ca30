"""Table Schema (Frictionless) of our CSV files: what a machine may expect of each column, in French."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from quartiers.core.statut import LIBELLES, Statut
from quartiers.reports.table import COLONNES, Colonne, Type

TEXTE_MAX = 200
COMMENTAIRE_MAX = 2000
Schema = dict[str, Any]
Descripteur = dict[str, Any]

_DIALECTE = {"delimiter": ";", "lineTerminator": "\r\n", "quoteChar": '"', "header": True}
NOMBRE = {"type": "number", "decimalChar": ",", "bareNumber": True}
_TYPES: Mapping[Type, Mapping[str, Any]] = {
    Type.TEXTE: {"type": "string"},
    Type.NOMBRE: NOMBRE,
    Type.PART: NOMBRE,
    Type.JOUR: {"type": "date", "format": "default"},
}
# The table is of indicateurs: the label of an engagement is not one of their statuts.
_STATUTS = [statut.value for statut in LIBELLES if statut is not Statut.DONNEES_INSUFFISANTES]
_CONTRAINTES: Mapping[str, Mapping[str, Any]] = {
    "territoire": {"required": True},
    "nom": {"required": True},
    "engagement": {"required": True},
    "action": {"required": True},
    "indicateur": {"required": True},
    "libelle": {"required": True},
    "statut": {"enum": _STATUTS},
    "couverture": {"minimum": 0, "maximum": 1},
    "raison": {"required": True},
}


def build_schema(genre: str) -> Schema:
    """The schema of `tableau` or `releves`. Raises KeyError for another word."""
    return SCHEMAS[genre]()


def make_schema(
    nom: str, titre: str, description: str, champs: list[Descripteur], **autres: object
) -> Schema:
    """A schema with what all of ours share: French decimals, `;`, an empty cell for what is unknown."""
    return {
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "name": nom,
        "title": titre,
        "description": description,
        "encoding": "utf-8",
        "dialect": _DIALECTE,
        "fields": champs,
        "missingValues": [""],
        **autres,
    }


def _build_tableau() -> Schema:
    return make_schema(
        "tableau",
        "Tableau de bord d’un territoire",
        "Une ligne par territoire et indicateur. Une case vide est une valeur inconnue, jamais zéro.",
        [_describe(colonne) for colonne in COLONNES],
        primaryKey=["territoire", "indicateur"],
    )


def _describe(colonne: Colonne) -> Descripteur:
    champ = {
        "name": colonne.nom,
        "title": colonne.titre,
        "description": colonne.sens,
        **_TYPES[colonne.type],
    }
    if contraintes := _CONTRAINTES.get(colonne.nom):
        champ["constraints"] = dict(contraintes)
    return champ


def _champ(
    nom: str, genre: Type, titre: str, description: str, **contraintes: object
) -> Descripteur:
    champ = {"name": nom, "title": titre, "description": description, **_TYPES[genre]}
    return champ | {"constraints": contraintes} if contraintes else champ


def _build_releves() -> Schema:
    jalon = _champ("jalon", Type.NOMBRE, "Étape", "Numéro de l’étape atteinte.", minimum=0)
    return make_schema(
        "releves",
        "Relevés",
        "Une ligne par valeur datée : une valeur, ou un numérateur et un dénominateur, ou une étape.",
        [
            _champ("indicateur", Type.TEXTE, "Indicateur", "Code de l’indicateur.", required=True),
            _champ("territoire", Type.TEXTE, "Territoire", "Code du territoire.", required=True),
            _champ("date", Type.JOUR, "Date", "Jour du fait.", required=True),
            _champ("valeur", Type.NOMBRE, "Valeur", "Dans l’unité de l’indicateur."),
            _champ("numerateur", Type.NOMBRE, "Numérateur", "Pour une part.", minimum=0),
            _champ("denominateur", Type.NOMBRE, "Dénominateur", "Pour une part.", minimum=0),
            {**jalon, "type": "integer"},
            _champ("source", Type.TEXTE, "Source", "D’où vient la valeur.", maxLength=TEXTE_MAX),
            _champ("declarant", Type.TEXTE, "Déclarant", "Qui la déclare.", maxLength=TEXTE_MAX),
            _champ(
                "commentaire",
                Type.TEXTE,
                "Commentaire",
                "Texte libre, sans nom de personne.",
                maxLength=COMMENTAIRE_MAX,
            ),
            _champ(
                "cle",
                Type.TEXTE,
                "Clé",
                "Identifie la ligne chez son producteur : la même clé avec un autre contenu est une correction.",
                maxLength=TEXTE_MAX,
            ),
            _champ(
                "retrait",
                Type.TEXTE,
                "Retrait",
                "« oui », sans valeur, retire une ligne déjà connue ; vide ou « non » : rien n’est retiré.",
                enum=["oui", "non"],
            ),
        ],
    )


SCHEMAS: Mapping[str, Callable[[], Schema]] = {
    "tableau": _build_tableau,
    "releves": _build_releves,
}
