"""What each column of a file sent by an account is read as: as the last time, else by its name, else left aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from quartiers.sources.colonne import find_ressemblante, fold_colonne, load_synonymes
from quartiers.sources.lecture import read_entete
from quartiers.sources.table import Colonnes
from quartiers.usecases.essayer import LIMITES_DU_WEB, check_macros
from quartiers.usecases.garder_essais import find_dernier


@dataclass(frozen=True, slots=True)
class Correspondance:
    """`lues`: what each name is read as, nothing for those left aside. `depuis`: when the same header was last applied."""

    entete: tuple[str, ...]
    lues: Mapping[str, str]
    depuis: datetime | None = None


def propose_colonnes(
    octets: bytes, nom: str, colonnes: Colonnes, organisme: str, genre: str
) -> Correspondance:
    """From the header of a file. Raises DonneesRefusees when it has none that can be read."""
    check_macros(octets, nom)
    entete = read_entete(octets, nom, add_synonymes(colonnes), limites=LIMITES_DU_WEB)
    dernier = find_dernier(organisme, genre, entete)
    if dernier is not None:
        return Correspondance(entete, dict(dernier.colonnes), dernier.fait_le)
    return Correspondance(entete, match_colonnes(entete, colonnes))


def match_colonnes(entete: Sequence[str], colonnes: Colonnes) -> dict[str, str]:
    """The expected column of each name, then what is missing by the words that people give it; each once."""
    officielles = {fold_colonne(colonne): colonne for colonne in colonnes.lues}
    lues: dict[str, str] = {}
    for nom in filter(None, entete):
        voulue = officielles.get(fold_colonne(nom), "")
        lues[nom] = "" if voulue in lues.values() else voulue
    for nom in (nom for nom, lue in lues.items() if not lue):
        absentes = [colonne for colonne in colonnes.lues if colonne not in lues.values()]
        if fold_colonne(nom) not in officielles:
            lues[nom] = find_ressemblante(nom, absentes) or ""
    return lues


def add_synonymes(colonnes: Colonnes) -> Colonnes:
    """The same, whose header is known by the other names of its columns too."""
    synonymes = load_synonymes()
    noms = {
        mot: colonne
        for colonne in reversed(colonnes.lues)
        for mot in synonymes.get(fold_colonne(colonne), ())
    }
    officielles = {fold_colonne(colonne) for colonne in colonnes.toutes}
    gardes = {mot: colonne for mot, colonne in noms.items() if mot not in officielles}
    return Colonnes(colonnes.obligatoires, colonnes.facultatives, colonnes.ignorees, noms=gardes)
