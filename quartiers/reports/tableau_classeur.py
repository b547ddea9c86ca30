"""The workbook that tableaux make, whatever its format."""

from __future__ import annotations

from collections.abc import Iterable

from quartiers.core.tableau import Tableau
from quartiers.reports import lire_moi, tableur
from quartiers.reports.classeur import Classeur
from quartiers.reports.table import COLONNES, Ligne


def make_classeur(entete: Tableau, lignes: Iterable[Ligne]) -> Classeur:
    """Named and dated after the first tableau."""
    return Classeur(
        titre=f"{entete.territoire.nom} ({entete.territoire.code})",
        sujet=f"Vu le {entete.vu_le.isoformat()}, connu le {entete.connu_le.isoformat()}",
        jour=entete.connu_le,
        feuille=tableur.FEUILLE,
        colonnes=COLONNES,
        lignes=lignes,
        rubriques=lire_moi.list_rubriques(entete),
    )
