"""What was declared of a territoire and of all it holds, as files that the imports read back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import partial
from typing import Any

from quartiers.core.contenu import Contenu
from quartiers.core.genres.cible import CibleDeclaree
from quartiers.core.referentiel import Referentiel
from quartiers.core.territoire import NATION, Territoires
from quartiers.reports.genre_fichier import write_fichier
from quartiers.reports.genre_table import make_ligne
from quartiers.reports.presentation.nombre import NombreDeCase
from quartiers.reports.table import Valeur
from quartiers.reports.tableau_csv import write_lignes
from quartiers.sources.table import Colonnes
from quartiers.usecases import lire_releves
from quartiers.usecases.garder_enregistrements import (
    DECLARES,
    iterate_contenus,
    iterate_enregistrements,
)
from quartiers.usecases.garder_lignes import RELEVES
from quartiers.usecases.lire_enregistrements import EnregistrementLu, get_colonnes

BRUTES = frozenset({"operateur"})
"""Never between quotes: `=` alone is an operator, and no spreadsheet takes it for a formula."""


@dataclass(frozen=True, slots=True)
class FichierDeclare:
    """A kind of declared file. `is_retire`: this version says that the line is no more."""

    colonnes: Colonnes
    iterate: Callable[..., Iterator[tuple[Any, ...]]]
    is_retire: Callable[[Any], bool]


REGISTRES: Mapping[str, FichierDeclare] = {
    "releves": FichierDeclare(
        lire_releves.COLONNES,
        RELEVES.iterate,
        lambda lu: lu.is_retrait,
    ),
    "cibles": FichierDeclare(
        get_colonnes(CibleDeclaree),
        partial(iterate_contenus, CibleDeclaree),
        lambda _: False,
    ),
}


def export_registre(genre: str, territoires: Territoires, code: str, connu_le: date) -> str:
    """The CSV of a kind: the last version of each line known at `connu_le`, those withdrawn left out.

    Lines keep the order in which they were learnt: between two of the same day, the last one holds.
    """
    registre = REGISTRES[genre]
    derniers: dict[object, Any] = {}
    # All of them before any choice: a correction may have moved a line from a territoire to another.
    for lu, *_ in registre.iterate(connu_le__lte=connu_le):
        derniers.pop(lu.identite, None)
        derniers[lu.identite] = lu
    noms = registre.colonnes.lues
    lignes = (
        tuple(_to_valeur(getattr(lu, nom)) for nom in noms)
        for lu in derniers.values()
        if not registre.is_retire(lu) and is_dedans(territoires, lu.territoire, code)
    )
    return write_lignes(noms, lignes, brutes=BRUTES)


def export_enregistrements(
    genre: type[Contenu],
    format_: str,
    referentiel: Referentiel,
    territoires: Territoires,
    code: str,
    connu_le: date,
) -> bytes:
    """The file of a kind, in one of the formats of spreadsheets: the statements known at `connu_le`, not withdrawn.

    Those of people: a row of an official list is its producer's, and no file of a kind brings it back.
    One that stands in or serves the territoire, or something that it holds, is written whole, its other
    territoires included.
    """
    derniers: dict[object, EnregistrementLu] = {}
    for lu, _ in iterate_enregistrements(
        genre=genre.GENRE, connu_le__lte=connu_le, ecriture__canal__in=DECLARES
    ):
        derniers[lu.identite] = lu
    dedans = (
        lu
        for lu in derniers.values()
        if lu.contenu is not None
        and (code == NATION or any(is_dedans(territoires, li.territoire, code) for li in lu.liens))
    )
    lignes = (
        make_ligne(genre, lu.objet, lu.le, lu.contenu, lu.liens, lu.validation)
        for lu in sorted(dedans, key=lambda lu: (lu.objet, lu.le))
    )
    return write_fichier(genre, lignes, format_, referentiel, connu_le)


def is_dedans(territoires: Territoires, territoire: str, code: str) -> bool:
    """The territoire itself, or held by it; the nation holds all, an EPCI that nothing else holds included."""
    if code in {territoire, NATION}:
        return True
    return territoire in territoires and code in territoires.get_ancetres(territoire)


def _to_valeur(valeur: object) -> Valeur:
    if isinstance(valeur, Enum):
        return str(valeur.value)
    if isinstance(valeur, int | Fraction):
        return NombreDeCase(Fraction(valeur))
    if valeur is None or isinstance(valeur, str | date):
        return valeur or None if isinstance(valeur, str) else valeur
    msg = f"valeur inattendue : {valeur!r}"
    raise TypeError(msg)
