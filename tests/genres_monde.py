"""A few territoires and the programme that comes with the product, for the readers of records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from quartiers.core.contenu import Contenu
from quartiers.core.referentiel import Referentiel
from quartiers.core.territoire import Genre, Territoire, Territoires
from quartiers.referentiel.charger import load_programme
from quartiers.sources.lecture import read_table
from quartiers.usecases.contexte import Contexte
from quartiers.usecases.lire_champs import Objets
from quartiers.usecases.lire_enregistrements import (
    EnregistrementLu,
    get_colonnes,
    read_enregistrements,
)
from tests.referentiel.atelier import LIVRE, RURAL

CONNU_LE = date(2026, 11, 30)
CODES = ("FR", "DEP-93", "COM-93008", "QN09301M", "QN09302M", "QRR-93_3", "QC-93-NORD")
TERRITOIRES = Territoires.build(
    [
        Territoire("FR", "France", Genre.NATION),
        Territoire("DEP-93", "Seine-Saint-Denis", Genre.DEPARTEMENT, ("FR",)),
        Territoire("COM-93008", "Bobigny", Genre.COMMUNE, ("DEP-93",)),
        Territoire("QN09301M", "Les Tilleuls", Genre.QPV, ("COM-93008", "DEP-93")),
        Territoire("QN09302M", "Les Ormes", Genre.QPV, ("COM-93008", "DEP-93")),
        Territoire("QRR-93_3", "Les Quatre-Chemins", Genre.QRR, ("COM-93008", "DEP-93")),
        Territoire("QC-93-NORD", "Le Nord", Genre.QUARTIER, ("COM-93008", "DEP-93")),
        Territoire("QP093001", "Ancien", Genre.QPV, ("DEP-93",), au=date(2023, 12, 31)),
    ]
)


@cache
def load_livre() -> Referentiel:
    """The programme that comes with the product, read once."""
    return load_programme(LIVRE)


@cache
def load_rural() -> Referentiel:
    """A programme that has nearly no word for records."""
    return load_programme(RURAL)


def make_contexte(referentiel: Referentiel | None = None) -> Contexte:
    """What a line is checked against."""
    return Contexte(referentiel or load_livre(), TERRITOIRES, CONNU_LE)


def read(
    genre: type[Contenu],
    octets: bytes,
    fichier: str = "essai.csv",
    objets: Objets | None = None,
    referentiel: Referentiel | None = None,
) -> Sequence[EnregistrementLu]:
    """The records of a file."""
    table = read_table(octets, fichier, get_colonnes(genre))
    return read_enregistrements(table, genre, make_contexte(referentiel), objets)[0]
