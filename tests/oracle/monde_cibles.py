"""Target lines of an invented world (cibles.csv), on the edges of their rows."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle.atelier import Atelier
from tests.oracle.regard import Ligne


@dataclass(frozen=True, slots=True)
class Visee:
    """The target a scenario aims at. `origine` None: it came from the référentiel."""

    operateur: str
    valeur: Fraction
    echeance: date | None
    base: Fraction | None = None
    base_date: date | None = None
    effet: date | None = None


def get_operateur(indicateur: Ligne) -> str:
    """The operator that agrees with the direction."""
    return ">=" if indicateur["sens"] == "hausse" else "<="


def add_cible(
    atelier: Atelier, indicateur: Ligne, territoire: str, visee: Visee, **autres: Any
) -> Ligne:
    """One line; `autres` overrides a column."""
    champs: dict[str, Any] = {
        "indicateur": indicateur["code"],
        "territoire": territoire,
        "operateur": visee.operateur,
        "valeur": visee.valeur,
        "echeance": visee.echeance,
        "base": visee.base,
        "base_date": visee.base_date,
        "origine": atelier.de.choice(("plan", "plan", "avenant", "annexe")),
        "effet": visee.effet,
        "connu_le": atelier.debut,
        **autres,
    }
    if indicateur["genre"] == "doublement" and atelier.has_chance(0.5):
        champs["valeur"] = None  # empty or twice the base, nothing else
    if atelier.has_chance(0.05):
        champs["connu_le"] = max(atelier.debut, atelier.connu_le)
    return atelier.add("cibles", atelier.debut, **champs)


def add_visee(atelier: Atelier, indicateur: Ligne, territoire: str, visee: Visee) -> None:
    """The aimed line, most often alone, at times among others that count or not."""
    cas = atelier.de.choice(
        ("seule",) * 6 + ("avenant", "a_venir", "proposition", "meme_effet", "tardive")
    )
    ecart = atelier.de.choice((-60, -1, 60))
    autre_jour = (
        None
        if visee.echeance is None
        else visee.echeance.fromordinal(visee.echeance.toordinal() + ecart)
    )
    autres: dict[str, Any] = {"echeance": autre_jour}
    if indicateur["genre"] not in {"doublement", "jalon"}:
        autres["valeur"] = visee.valeur + 1
    if indicateur["genre"] == "doublement":
        autres["echeance"] = autre_jour or atelier.jour(100)
    if cas == "avenant":
        add_cible(atelier, indicateur, territoire, visee, **autres, effet=atelier.jour(-1200))
    if cas == "a_venir":
        add_cible(atelier, indicateur, territoire, visee, **autres, effet=atelier.jour(1))
    if cas == "proposition":
        proposee = {"origine": "proposition", "effet": atelier.jour(0)}
        add_cible(atelier, indicateur, territoire, visee, **autres, **proposee)
    if cas == "meme_effet":
        add_cible(atelier, indicateur, territoire, visee, **autres)
    if cas == "tardive":
        jour = atelier.connu_le.fromordinal(atelier.connu_le.toordinal() + 1)
        add_cible(atelier, indicateur, territoire, visee, **autres, connu_le=jour)
    effet = visee.effet
    if cas == "avenant" and effet is None:
        effet = atelier.jour(atelier.de.choice((0, -30)))
    add_cible(atelier, indicateur, territoire, visee, effet=effet)


def add_etapes(atelier: Atelier, indicateur: Ligne, territoire: str) -> int:
    """One line per step, the planned days around 30 days late; returns the highest step planned."""
    de = atelier.de
    derniere = len(indicateur["echelle"]) - 1
    etapes = sorted(de.sample(range(1, derniere + 1), de.randint(1, min(3, derniere))))
    jour = de.choice((-400, -60, -31, -30, -29, -1, 0, 1))
    for etape in etapes:
        echeance = None if atelier.has_chance(0.15) else atelier.jour(jour)
        visee = Visee(">=", Fraction(etape), echeance)
        add_visee(atelier, indicateur, territoire, visee)
        jour += de.choice((0, 1, 29, 30, 31, 200))
    return etapes[-1]
