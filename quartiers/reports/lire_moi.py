"""The second sheet of a spreadsheet: what the table is, at which dates, and what its words mean."""

from __future__ import annotations

from quartiers.core.dire import say_date, say_part
from quartiers.core.regles_en_mots import REGLES_DES_STATUTS
from quartiers.core.statut import LIBELLES
from quartiers.core.tableau import Tableau
from quartiers.reports.table import COLONNES

FEUILLE = "Lire-moi"
LARGEURS = (45, 92)
Rubrique = tuple[str, str]
LIGNES_DES_TENUS = (
    "Les QPV et QRR que tient un quartier cible ont leurs propres lignes, en plus de la sienne : "
    "ne les additionnez pas avec lui."
)
"""Said in the file and beside its link: what is counted twice in a sum of lines."""


def list_rubriques(entete: Tableau) -> list[Rubrique]:
    """Pairs (word, sentence). A title has no sentence; an empty pair is a blank line."""
    taux = entete.taux
    couverture = f"{taux.renseignes} sur {taux.applicables} ({say_part(taux.couverture)})"
    return [
        ("Quartiers en actes", ""),
        ("Territoire", f"{entete.territoire.nom} ({entete.territoire.code})"),
        ("Vu le", f"{say_date(entete.vu_le)} : ce qui était vrai ce jour-là"),
        ("Connu le", f"{say_date(entete.connu_le)} : ce que l’on avait appris ce jour-là"),
        ("Version des données", entete.donnees_version),
        ("Référentiel", f"{entete.programme} {entete.version_referentiel}"),
        ("Actions à jour", f"{couverture} : renseignées et fraîches, sur applicables"),
        ("Case vide", "Une case vide est une valeur inconnue, jamais zéro."),
        *_list_des_lignes(entete),
        ("", ""),
        ("Les colonnes", ""),
        *((colonne.nom, colonne.sens) for colonne in COLONNES),
        ("", ""),
        ("Les dix statuts", ""),
        *(
            (statut.value, f"{LIBELLES[statut]}. {regle}")
            for statut, regle in REGLES_DES_STATUTS.items()
        ),
    ]


def _list_des_lignes(entete: Tableau) -> list[Rubrique]:
    """Above the quartier, the table also holds the lines of every quartier, QPV and QRR inside (formats.md)."""
    return [("Ne pas additionner", LIGNES_DES_TENUS)] if entete.is_remonte else []
