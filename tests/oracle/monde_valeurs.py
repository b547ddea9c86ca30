"""Values of an invented world: how a number is written, in which source, with which corrections."""

import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.oracle.atelier import Atelier
from tests.oracle.regard import Ligne

MILLIONIEME = Fraction(1, 10**6)  # values have at most six decimals
SOURCES_DE_RANG = {
    0: "cohortes-validees",
    1: "liste-officielle",
    2: "cohortes-soumises",
    3: "Préfecture de l’Hérault",
}
AUTRES_SOURCES = {
    0: ("projets-valides",),
    1: ("autre-liste",),
    2: ("projets-soumis",),
    3: ("Mairie de Lodève", "DDETS 34", ""),
}
# Other ways to write one name (L-02).
ECRITURES: tuple[Callable[[str], str], ...] = (
    str,
    str,
    str.upper,
    lambda nom: nom.replace("é", "e").replace("è", "e").replace("’", "'"),
    lambda nom: unicodedata.normalize("NFD", nom),
    lambda nom: f" {nom}".replace(" ", "  ").replace("-", "\u2011"),
)


def round_valeur(valeur: Fraction) -> Fraction:
    """A value that can be written: not negative, six decimals at most."""
    return max(Fraction(0), Fraction(round(valeur / MILLIONIEME)) * MILLIONIEME)


def write_valeur(atelier: Atelier, indicateur: Ligne, valeur: Fraction) -> dict[str, Any]:
    """The columns of a value: a step, numerator and denominator, or the value alone."""
    if indicateur["genre"] == "jalon":
        return {"jalon": int(valeur)}
    valeur = round_valeur(valeur)
    if indicateur["genre"] == "part":
        valeur = min(valeur, Fraction(100))
    is_rapport = indicateur["genre"] == "part" or indicateur["agregation"] == "rapport"
    if not is_rapport or atelier.has_chance(0.15):
        return {"valeur": valeur}
    valeur = min(valeur, Fraction(100))
    if (valeur * 10).denominator == 1:
        denominateur = atelier.de.choice((1000, 1000, 2000))
    else:
        denominateur = 10**8
    return {"numerateur": int(valeur * denominateur / 100), "denominateur": denominateur}


def add_valeur(
    atelier: Atelier,
    indicateur: Ligne,
    territoire: str,
    le: date,
    valeur: Fraction | None,
    /,
    *,
    rang: int = 3,
    **autres: Any,
) -> Ligne:
    """One value of one rank: rank 3 is a relevé, the others are derived. None: `autres` has the columns."""
    champs: dict[str, Any] = {
        "indicateur": indicateur["code"],
        "territoire": territoire,
        "date": le,
        "source": SOURCES_DE_RANG[rang],
        "cle": f"c{atelier.ordre}" if atelier.has_chance(0.4) else None,
        **({} if valeur is None else write_valeur(atelier, indicateur, valeur)),
        **autres,
    }
    if rang == 3:
        return atelier.add("releves", le, **champs)
    return atelier.add("valeurs", le, **champs, rang=rang)


def add_correction(atelier: Atelier, indicateur: Ligne, ligne: Ligne) -> None:
    """A later version of a keyed line: another value, another day, or a withdrawal (relevés only)."""
    if not atelier.has_place(1):
        return
    communs = {nom: ligne[nom] for nom in ("indicateur", "territoire")}
    communs |= {nom: rewrite(atelier, ligne[nom]) for nom in ("source", "cle")}
    connu_le = max(
        ligne["connu_le"],
        atelier.connu_le + timedelta(days=atelier.de.choice((-30, -1, 0, 1))),
    )
    le = ligne["date"]
    if atelier.has_chance(0.3):
        le = min(connu_le, le + timedelta(days=atelier.de.choice((-40, 1, 200))))
    collection = "valeurs" if "rang" in ligne else "releves"
    champs: dict[str, Any] = {**communs, "date": le, "connu_le": connu_le}
    if collection == "valeurs":
        champs["rang"] = atelier.de.choice((ligne["rang"], 0, 2))
    if collection == "valeurs" or atelier.has_chance(0.6):
        autre = atelier.de.choice((0, 1, 3, 50))
        champs |= write_valeur(atelier, indicateur, Fraction(autre))
    if indicateur["genre"] == "jalon" and "jalon" in champs:
        champs["jalon"] = atelier.de.randint(0, len(indicateur["echelle"]) - 1)
    atelier.add(collection, le, **champs)


def rewrite(atelier: Atelier, nom: str) -> str:
    """The same name, at times written in another way."""
    return atelier.de.choice(ECRITURES)(nom)


def choose_source(atelier: Atelier, ligne: Ligne) -> str:
    """Who speaks of the same day in the same rank: the same source, however written, or another one."""
    if atelier.has_chance(0.35):
        return rewrite(atelier, ligne["source"])
    rang = ligne.get("rang", 3)
    autres = {SOURCES_DE_RANG[rang], *AUTRES_SOURCES[rang]} - {ligne["source"]}
    return rewrite(atelier, atelier.de.choice(sorted(autres)))


def add_meme_jour(atelier: Atelier, indicateur: Ligne, ligne: Ligne) -> None:
    """Another line of the same day and rank, with a key of its own or none: the last known wins (L-03, L-05)."""
    if not atelier.has_place(1):
        return
    communs: dict[str, Any] = {
        "rang": ligne.get("rang", 3),
        "source": choose_source(atelier, ligne),
        "connu_le": max(
            ligne["date"], ligne["connu_le"] + timedelta(days=atelier.de.choice((-1, 0, 1)))
        ),
    }
    autre: Fraction | None = Fraction(atelier.de.choice((0, 1, 2)))
    if atelier.has_chance(0.25):
        autre = None  # the very same value
        noms = ("valeur", "numerateur", "denominateur", "jalon")
        communs |= {nom: ligne[nom] for nom in noms if nom in ligne}
    elif indicateur["genre"] == "jalon":
        autre = Fraction(atelier.de.randrange(len(indicateur["echelle"])))
    add_valeur(atelier, indicateur, ligne["territoire"], ligne["date"], autre, **communs)


def add_retrait(atelier: Atelier, ligne: Ligne) -> None:
    """A relevé without key withdrawn by what names it: its day and its source (L-03)."""
    if not atelier.has_place(1):
        return
    ecart = timedelta(days=atelier.de.choice((-30, -1, 0, 1)))
    atelier.add(
        "releves",
        ligne["date"],
        indicateur=ligne["indicateur"],
        territoire=ligne["territoire"],
        date=ligne["date"],
        source=rewrite(atelier, ligne["source"]),
        cle=None,
        connu_le=max(ligne["connu_le"], atelier.connu_le + ecart),
    )


def add_bruit(atelier: Atelier, indicateur: Ligne, ligne: Ligne) -> None:
    """What may surround an aimed value: a correction, a second line, a second source."""
    tirage = atelier.de.random()
    if tirage < 0.12 and ligne.get("cle") is not None:
        add_correction(atelier, indicateur, ligne)
    elif tirage < 0.03 and "rang" not in ligne:
        add_retrait(atelier, ligne)
    elif tirage < 0.32:
        for _ in range(atelier.de.choice((1, 1, 2))):
            add_meme_jour(atelier, indicateur, ligne)
    elif tirage < 0.5:
        le = ligne["date"] + timedelta(days=atelier.de.choice((-200, -1, 0, 1, 30)))
        autre = Fraction(atelier.de.choice((0, 1, 2, 3)))
        rang = atelier.de.choice([r for r in range(4) if r != ligne.get("rang", 3)])
        add_valeur(atelier, indicateur, ligne["territoire"], le, autre, rang=rang)
