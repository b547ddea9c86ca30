"""Objects, lists and confirmations of an invented world: places, posts, conventions, bus stops, sessions."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.oracle.atelier import Atelier
from tests.oracle.regard import Ligne

DEMI = Fraction(1, 2)  # metres; halves are exact in any way to write a number
DISTANCES_A = (0, 50, 50 + DEMI, 640, 1000, 1000 + DEMI, 5000)
DISTANCES_AB = (0, 210, 300, 300 + DEMI, 640, 1000, 1000 + DEMI, 5000)
DUREE_DE_SEANCE = 90  # days during which a meeting counts


def choose_distance(atelier: Atelier, indicateur: Ligne) -> dict[str, Any]:
    """Reach and distance of an object, as the derivation of its indicator says."""
    portee = indicateur.get("portee_spatiale")
    if indicateur["genre"] != "presence" or portee not in {"A", "AB"} or atelier.has_chance(0.1):
        return {"portee": None, "distance_m": None}
    distances = DISTANCES_A if portee == "A" else DISTANCES_AB
    return {"portee": portee, "distance_m": atelier.de.choice(distances)}


def add_objet(
    atelier: Atelier, indicateur: Ligne, territoire: str, objet: str, **champs: Any
) -> Ligne:
    """One object, with its reach."""
    places = {"indicateur": indicateur["code"], "territoire": territoire, "objet": objet}
    reach = choose_distance(atelier, indicateur)
    le = min(champs["du"], champs["temoin"])
    return atelier.add("objets", le, **places, **{**reach, **champs})


def add_liste_officielle(atelier: Atelier, indicateur: Ligne, territoires: list[str]) -> None:
    """One to three millésimes; objects come and go, and may be shared by several territories."""
    de = atelier.de
    millesimes = sorted(
        {atelier.choose_jour(indicateur, territoires[0]) for _ in range(de.randint(1, 3))}
    )
    is_exhaustive = atelier.has_chance(0.75)
    source = "france-services" if is_exhaustive else "annuaire"
    noms = [f"{source}-{rang}" for rang in range(de.randint(1, 3))]
    labels = {nom: atelier.jour(de.choice((-900, -500, -100, -1, 0, 1))) for nom in noms}
    positions = {
        (nom, t): choose_distance(atelier, indicateur) for nom in noms for t in territoires
    }
    for millesime in millesimes:
        connu_le = atelier.choose_connaissance(millesime)
        for territoire in territoires:
            if is_exhaustive:
                places = {"indicateur": indicateur["code"], "territoire": territoire}
                atelier.add(
                    "listes",
                    millesime,
                    **places,
                    source=source,
                    rang=1,
                    date=millesime,
                    connu_le=connu_le,
                )
            for nom in noms:
                if atelier.has_chance(0.4):
                    continue
                du = min(labels[nom], millesime)
                add_objet(
                    atelier, indicateur, territoire, nom, source=source, rang=1, connu_le=connu_le,
                    du=du, au=None, temoin=millesime, **positions[nom, territoire],
                )  # fmt: skip


def add_declaration(atelier: Atelier, indicateur: Ligne, territoire: str) -> None:
    """A declared place or post, known present on a day."""
    de = atelier.de
    rang = de.choice((0, 0, 2))
    temoin = atelier.choose_jour(indicateur, territoire)
    du = temoin - timedelta(days=de.choice((0, 0, 100, 600)))
    au = None if atelier.has_chance(0.7) else temoin + timedelta(days=de.choice((0, 30, 400)))
    nom = f"lieu-{de.randint(1, 3)}"
    add_objet(
        atelier, indicateur, territoire, nom, source=f"lieux-{rang}", rang=rang, du=du, au=au,
        temoin=temoin, connu_le=atelier.choose_connaissance(temoin),
    )  # fmt: skip


def add_convention(atelier: Atelier, indicateur: Ligne, territoire: str) -> None:
    """An act that carries its end: witnessed until that day."""
    de = atelier.de
    fin = atelier.jour(de.choice((-400, -1, -1, 0, 0, 1, 300)))
    du = fin - timedelta(days=de.choice((30, 365, 1000)))
    nom = f"convention-{de.randint(1, 2)}"
    rang = de.choice((0, 2))
    add_objet(
        atelier, indicateur, territoire, nom, source=f"conventions-{rang}", rang=rang, du=du, au=fin,
        temoin=fin, portee=None, distance_m=None,
    )  # fmt: skip


def add_seance(atelier: Atelier, indicateur: Ligne, territoire: str) -> None:
    """A meeting counts for three months; its service may confirm later that there was no other."""
    de = atelier.de
    le = atelier.jour(-de.choice((1, 89, 90, 91, 100, 195)))
    source = "seances"
    add_objet(
        atelier, indicateur, territoire, f"seance-{le}", source=source, rang=0, du=le,
        au=le + timedelta(days=DUREE_DE_SEANCE - 1), temoin=le, portee=None, distance_m=None,
        connu_le=atelier.choose_connaissance(le),
    )  # fmt: skip
    if atelier.has_chance(0.5):
        jour = atelier.jour(-de.choice((0, 3, 50)))
        places = {"indicateur": indicateur["code"], "territoire": territoire}
        atelier.add("listes", jour, **places, source=source, rang=0, date=jour)


def add_arret(atelier: Atelier, indicateur: Ligne, territoire: str) -> None:
    """A stop of a listed bus: between its own days, as long as the bus is listed."""
    de = atelier.de
    millesime = atelier.choose_jour(indicateur, territoire)
    du = millesime - timedelta(days=de.choice((0, 30, 300)))
    au = de.choice((None, atelier.jour(-1), atelier.jour(0), atelier.jour(1)))
    if au is not None and au < du:
        au = None
    distance = de.choice((None, 0, 50, 50 + DEMI, 400))
    add_objet(
        atelier, indicateur, territoire, f"arret-{de.randint(1, 2)}", source="france-services", rang=1,
        du=du, au=au, temoin=millesime, portee="A", distance_m=distance,
        connu_le=atelier.choose_connaissance(millesime),
    )  # fmt: skip


def add_confirmation(atelier: Atelier, indicateur: Ligne, territoire: str) -> None:
    """A délégué confirms the service of an object of this indicator here; near or not, fresh or not."""
    objets: list[Ligne] = [
        o
        for o in atelier.monde["objets"]
        if (o["indicateur"], o["territoire"]) == (indicateur["code"], territoire)
    ]
    if not objets:
        return
    proches = [o for o in objets if 50 < (o["distance_m"] or 0) <= 1000]
    objet = atelier.de.choice(proches if proches and atelier.has_chance(0.8) else objets)
    le: date = max(objet["du"], atelier.jour(atelier.de.choice((-300, -30, -1, 0, 0, 1))))
    atelier.add(
        "confirmations",
        le,
        indicateur=indicateur["code"],
        territoire=territoire,
        objet=objet["objet"],
        date=le,
    )
