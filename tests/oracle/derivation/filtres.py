"""The filters of a derivation, each read in one place: what a thing is, and how it stands."""

from datetime import time
from fractions import Fraction
from typing import Any

from tests.oracle.derivation.etats import PERIODES
from tests.oracle.derivation.jours import is_ferie
from tests.oracle.derivation.lignes import LigneBrute
from tests.oracle.derivation.referentiel import Derivation
from tests.oracle.derivation.regard import Regard

# One word: what the thing is. Another thing says nothing.
IDENTITE = (
    "genre",
    "fonction",
    "programme",
    "dispositif",
    "unite_comptee",
    "instance",
    "education_prioritaire",
)
# Several words: what an act is, but how a state stands.
MULTIPLES = ("theme", "domaine", "public", "organisateur", "label", "clause")
BOOLEENS = (
    "mobile",
    "soutien_etat",
    "degradee",
    "accompagnee",
    "lettre_de_mission",
    "arret_hebdomadaire",
    "applicable",
    "complete",
)
NIVEAUX_DOUBLES = 3
DES_18_H = time(18, 0)
APRES_20_H = time(20, 0)


def holds_mot(ligne: LigneBrute, champ: str, mots: list[str]) -> bool:
    """Does a field hold one of the words?"""
    return any(mot in mots for mot in ligne.list_mots(champ))


def is_celui(regard: Regard, ligne: LigneBrute, derivation: Derivation) -> bool:
    """Is this the kind of thing asked for?"""
    filtre = derivation.filtre
    for champ in IDENTITE:
        if champ in filtre and not holds_mot(ligne, champ, filtre[champ]):
            return False
    if ligne.genre == "cohorte":
        if "engagement" in filtre:
            servants = set().union(
                *(regard.programme.dispositifs_de[e] for e in filtre["engagement"])
            )
            if ligne.get("dispositif") not in servants:
                return False
        # Entries are told without a step: the steps of one path are never added to them.
        if "etape" in filtre:
            return holds_mot(ligne, "etape", filtre["etape"])
        return ligne.get("etape") is None
    return True


def is_acte_celui(ligne: LigneBrute, derivation: Derivation) -> bool:
    """For an act, the fields of several words are part of what it is."""
    filtre = derivation.filtre
    for champ in MULTIPLES:
        if champ in filtre and not holds_mot(ligne, champ, filtre[champ]):
            return False
    if "colleges" in filtre:
        presents = ligne.list_mots("colleges")
        if not all(college in presents for college in filtre["colleges"]):
            return False
    return not (
        "beneficiaire" in filtre
        and not holds_mot(ligne, "genre_beneficiaire", filtre["beneficiaire"])
    )


def is_etat_bon(ligne: LigneBrute, derivation: Derivation) -> bool:
    """For a state, its booleans, thresholds and several words: how it stands, periods apart."""
    filtre = derivation.filtre
    for champ in BOOLEENS:
        if champ in filtre and bool(ligne.get(champ)) is not filtre[champ]:
            return False
    for champ in MULTIPLES:
        if champ in filtre and not holds_mot(ligne, champ, filtre[champ]):
            return False
    if "etat" in filtre and not holds_mot(ligne, "etat", filtre["etat"]):
        return False
    if (
        "engagement" in filtre
        and ligne.genre == "convention"
        and not list_actions(ligne, derivation)
    ):
        return False
    if "n_min" in filtre and ligne.get("n") < filtre["n_min"]:
        return False
    return not ("niveaux_dedoubles" in filtre and not is_dedoublee(ligne))


def list_actions(convention: LigneBrute, derivation: Derivation) -> list[str]:
    """The actions of a convention that are of the engagements asked for."""
    prefixes = tuple(f"{engagement}-" for engagement in derivation.filtre["engagement"])
    return [action for action in convention.list_mots("action") if action.startswith(prefixes)]


def is_dedoublee(ecole: LigneBrute) -> bool:
    """Every level that the school has is halved; the three of them are, when it does not say which it has."""
    dedoubles = set(ecole.list_mots("niveaux_dedoubles"))
    presents = set(ecole.list_mots("niveaux_presents"))
    return presents <= dedoubles if presents else len(dedoubles) >= NIVEAUX_DOUBLES


def list_periodes(derivation: Derivation) -> list[str]:
    """The filters that are true from a day to a day."""
    return [filtre for filtre in PERIODES if filtre in derivation.filtre]


def is_soir_ou_weekend(ligne: LigneBrute, jour: Any) -> bool:
    """In the evening, on a Saturday, a Sunday or a public holiday."""
    debut, fin = ligne.get("heure_debut"), ligne.get("heure_fin")
    if debut is not None and debut >= DES_18_H:
        return True
    if fin is not None and (fin > APRES_20_H or (debut is not None and fin < debut)):
        return True
    return jour.weekday() >= 5 or is_ferie(jour)


def get_dont(ligne: LigneBrute, mots: list[str]) -> Fraction | None:
    """The sum of the sub-counts named; None when one of them is not given."""
    dont = ligne.get("dont") or {}
    if any(mot not in dont for mot in mots):
        return None
    return sum((Fraction(dont[mot]) for mot in mots), Fraction(0))
