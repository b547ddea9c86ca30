"""The table that a tableau makes: fifteen typed columns, the same in CSV, XLSX and ODS (formats.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

from quartiers.core.composition import AnyConstat
from quartiers.core.constat import Constat
from quartiers.core.explication import say_any_raison
from quartiers.core.tableau import Tableau
from quartiers.core.territoire import Territoire
from quartiers.reports.presentation.nombre import NombreDeCase

Valeur = str | NombreDeCase | date | None
"""What a cell holds; None is unknown, an empty cell, never a zero. A bare number is refused by every writer."""
Ligne = tuple[Valeur, ...]

_DANGEREUX = ("=", "+", "-", "@", "\t", "\r")


class Type(Enum):
    """How a column is typed in a spreadsheet."""

    TEXTE = "texte"
    NOMBRE = "nombre"
    PART = "part"
    JOUR = "jour"


@dataclass(frozen=True, slots=True)
class Colonne:
    """One column: its name, its type, its meaning in French, and its width in characters of a sheet."""

    nom: str
    type: Type
    titre: str
    sens: str
    largeur: int


COLONNES: tuple[Colonne, ...] = (
    Colonne("territoire", Type.TEXTE, "Territoire", "Code du territoire dont parle la ligne.", 22),
    Colonne("nom", Type.TEXTE, "Nom", "Nom du territoire.", 28),
    Colonne("engagement", Type.TEXTE, "Engagement", "Code de l’engagement.", 12),
    Colonne("action", Type.TEXTE, "Action", "Code de l’action, ou de l’objectif.", 10),
    Colonne("indicateur", Type.TEXTE, "Indicateur", "Code de l’indicateur.", 34),
    Colonne("libelle", Type.TEXTE, "Libellé", "Ce que compte l’indicateur.", 45),
    Colonne(
        "statut",
        Type.TEXTE,
        "Statut",
        "L’un des dix statuts, calculé. Vide au-dessus du quartier quand l’indicateur se compte par quartier.",
        17,
    ),
    Colonne(
        "valeur", Type.NOMBRE, "Valeur", "Dernière valeur connue, dans l’unité de l’indicateur.", 15
    ),
    Colonne("unite", Type.TEXTE, "Unité", "Unité de la valeur et de la cible.", 15),
    Colonne("cible", Type.NOMBRE, "Cible", "Seuil en vigueur le jour regardé.", 15),
    Colonne("echeance", Type.JOUR, "Échéance", "Dernier jour pour atteindre la cible.", 12),
    Colonne("date", Type.JOUR, "Date", "Jour du fait dont vient la valeur.", 12),
    Colonne(
        "perime_le",
        Type.JOUR,
        "Périmé le",
        "Premier jour où la valeur est, ou sera, trop vieille.",
        12,
    ),
    Colonne(
        "couverture",
        Type.PART,
        "Couverture",
        "Au-dessus du quartier : part renseignée et à jour des territoires concernés.",
        12,
    ),
    Colonne("raison", Type.TEXTE, "Raison", "Pourquoi ce statut, en une phrase.", 90),
)


def list_lignes(tableaux: Iterable[Tableau]) -> Iterator[Ligne]:
    """The rows of each tableau in turn, in the order of the programme."""
    for tableau in tableaux:
        for engagement in tableau.engagements:
            code = engagement.engagement.code
            for objectif in engagement.objectifs:
                for constat in objectif.indicateurs:
                    yield _make_ligne(tableau.territoire, code, objectif.objectif.code, constat)
            for action in engagement.actions:
                for constat in action.indicateurs:
                    yield _make_ligne(tableau.territoire, code, action.action.code, constat)


def _make_ligne(territoire: Territoire, engagement: str, action: str, constat: AnyConstat) -> Ligne:
    propre = constat if isinstance(constat, Constat) else constat.propre
    cible = propre.cible if propre else None
    return (
        territoire.code,
        territoire.nom,
        engagement,
        action,
        constat.indicateur.code,
        constat.indicateur.libelle,
        propre.statut.value if propre else None,
        make_nombre(constat.valeur),
        constat.indicateur.unite or None,
        make_nombre(cible.valeur) if cible else None,
        cible.echeance if cible else None,
        propre.date if propre else None,
        propre.perime_le if propre else None,
        None if isinstance(constat, Constat) else make_nombre(constat.couverture),
        say_any_raison(constat),
    )


def make_nombre(valeur: Fraction | None) -> NombreDeCase | None:
    """The number of a cell; unknown stays unknown."""
    return None if valeur is None else NombreDeCase(valeur)


def is_dangereux(texte: str) -> bool:
    """A spreadsheet could take this text for a formula."""
    return texte.startswith(_DANGEREUX)
