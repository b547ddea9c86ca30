"""The file of the records of a kind, in CSV, XLSX and ODS; without a record, the template that people fill in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from quartiers.core.contenu import Contenu, list_champs
from quartiers.core.enregistrement import list_colonnes
from quartiers.core.referentiel import Referentiel
from quartiers.reports.classeur import Classeur
from quartiers.reports.classeur_ods import write_classeur_ods
from quartiers.reports.classeur_xlsx import write_classeur_xlsx
from quartiers.reports.genre_lire_moi import list_rubriques
from quartiers.reports.genre_table import make_colonnes
from quartiers.reports.lire_moi import Rubrique
from quartiers.reports.table import Ligne
from quartiers.reports.tableau_csv import write_lignes

CLASSEURS: Mapping[str, Callable[[Classeur], bytes]] = {
    "xlsx": write_classeur_xlsx,
    "ods": write_classeur_ods,
}


def write_fichier(
    genre: type[Contenu],
    lignes: Iterable[Ligne],
    format_: str,
    referentiel: Referentiel,
    jour: date,
    codes: Sequence[Rubrique] = (),
) -> bytes:
    """Rows made by `make_ligne`, in one of `FORMATS`; `jour` dates the file. KeyError for another format.

    `codes`: the territoires that may be written, with their names, for the sheet that explains.
    """
    if format_ == "csv":
        return write_lignes(list_colonnes(genre), lignes, list_brutes(genre)).encode()
    rubriques, listes = list_rubriques(genre, referentiel)
    if codes:
        rubriques += [("", ""), ("Vos territoires", ""), *codes]
    return CLASSEURS[format_](
        Classeur(
            titre=genre.LIBELLE,
            sujet=f"Enregistrements de genre {genre.GENRE}",
            jour=jour,
            feuille=genre.LIBELLE,
            colonnes=make_colonnes(genre),
            lignes=lignes,
            rubriques=rubriques,
            listes=listes,
        )
    )


def list_brutes(genre: type[Contenu]) -> frozenset[str]:
    """Columns never between quotes: a word of our own lists is no formula, be it « = » alone."""
    return frozenset(nom for nom, decrit in list_champs(genre).items() if decrit.champ.mots)


def write_modele(genre: type[Contenu], format_: str, referentiel: Referentiel, jour: date) -> bytes:
    """An empty file of a kind, with its header and, in a workbook, its lists of words."""
    return write_fichier(genre, (), format_, referentiel, jour)
