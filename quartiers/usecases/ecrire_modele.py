"""The template of an organisme: the columns of a kind, and the codes that it may write, none but those."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from quartiers.core.genres import GENRES_IMPORTABLES
from quartiers.core.referentiel import Indicateur, Referentiel
from quartiers.core.territoire import Territoires
from quartiers.core.voie_de_saisie import list_voies
from quartiers.reports.genre_fichier import write_fichier
from quartiers.reports.lire_moi import Rubrique
from quartiers.reports.modele_de_releves import write_modele_de_releves
from quartiers.reports.table import Ligne
from quartiers.usecases.charger_contexte import load_referentiel
from quartiers.usecases.charger_dossier import load_cadre
from quartiers.usecases.contexte import list_niveaux
from quartiers.usecases.imports import releves
from quartiers.usecases.lire_enregistrements import get_colonnes
from quartiers.usecases.ressort import Ressort

TERRITOIRES_MAX = 2_000
LIGNES_MAX = 5_000
"""Lines written beforehand in a CSV, which has no second sheet."""


def write_modele_d_organisme(ressort: Ressort, mot: str, forme: str, jour: date) -> bytes:
    """Of a kind, by the word of its file; in one of `FORMATS`."""
    codes = load_cadre().codes
    territoires = codes.keep(ressort.list_codes())
    referentiel = load_referentiel()
    dits = list_territoires(territoires)
    if mot == releves.GENRE:
        indicateurs = list_declarables(referentiel, territoires)
        cellules = list_cellules(indicateurs, territoires)
        return write_modele_de_releves(
            [(i.code, i.libelle) for i in indicateurs], dits, cellules, forme, jour
        )
    genre = GENRES_IMPORTABLES[mot]
    lignes = list_lignes(get_colonnes(genre).lues, territoires) if forme == "csv" else ()
    return write_fichier(genre, lignes, forme, referentiel, jour, codes=dits)


def list_territoires(territoires: Territoires) -> list[Rubrique]:
    """Codes and names of those in force, the smallest list that serves."""
    presents = (t for code, t in sorted(territoires.items()) if territoires.is_present(code))
    return [(t.code, t.nom) for t in presents][:TERRITOIRES_MAX]


def list_declarables(referentiel: Referentiel, territoires: Territoires) -> list[Indicateur]:
    """The indicateurs whose value is declared, at a level where the organisme may."""
    niveaux = {t.niveau for t in territoires.values()}
    return [
        indicateur
        for indicateur in referentiel.list_indicateurs()
        if any(not voie.genre for voie in list_voies(indicateur))
        and not niveaux.isdisjoint(list_niveaux(indicateur))
    ]


def list_cellules(
    indicateurs: Sequence[Indicateur], territoires: Territoires
) -> list[tuple[str, str]]:
    """(indicateur, territoire) to fill in."""
    cellules = [
        (indicateur.code, code)
        for code in sorted(territoires)
        if territoires.is_present(code)
        for indicateur in indicateurs
        if territoires[code].niveau in list_niveaux(indicateur)
    ]
    return cellules[:LIGNES_MAX]


def list_lignes(colonnes: Sequence[str], territoires: Territoires) -> Iterator[Ligne]:
    """One line for each territoire, to fill in; none when no column says it."""
    ou = next((nom for nom in ("situe", "territoire") if nom in colonnes), None)
    if ou is None:
        return
    for code, _ in list_territoires(territoires):
        yield tuple(code if nom == ou else None for nom in colonnes)
