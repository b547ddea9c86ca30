"""Territories, quartiers cibles and school calendars of an invented world."""

from datetime import date, timedelta

from tests.oracle.atelier import Atelier
from tests.oracle.regard import Monde

DEPARTEMENTS = ("93", "2A", "976", "77", "13")
COLLECTIVITES = ("987", "988")
REGIONS = ("REG-11", "REG-93")
EPT, METROPOLE = "EPCI-200058097", "EPCI-200054781"
QUARTIERS_AU_PLUS = 8


def add_territoire(atelier: Atelier, code: str, genre: str, parents: list[str]) -> str:
    """Add a territory."""
    territoires = atelier.monde.setdefault("territoires", [])
    territoires.append({"code": code, "genre": genre, "parents": parents})
    return code


def list_codes(monde: Monde) -> list[tuple[str, str]]:
    """(code, genre) of every territory, quartiers cibles included."""
    codes = [(t["code"], t["genre"]) for t in monde["territoires"]]
    quartiers = dict.fromkeys(q["code"] for q in monde["quartiers"])
    return codes + [(code, "quartier") for code in quartiers]


def add_communes(atelier: Atelier, numero: str, departement: str) -> list[str]:
    """One to three communes, each in no EPCI, in one, or in an EPT then the métropole."""
    de = atelier.de
    epci: list[list[str]]
    if atelier.has_chance(0.3) and not any(t["code"] == EPT for t in atelier.monde["territoires"]):
        add_territoire(atelier, EPT, "epci", [])
        add_territoire(atelier, METROPOLE, "epci", [])
        epci = [[EPT, METROPOLE], [EPT, METROPOLE], [METROPOLE]]
    else:
        codes = [f"EPCI-2000{numero}{rang}" for rang in range(de.randint(1, 2))]
        epci = [[add_territoire(atelier, code, "epci", [])] for code in codes]
        epci += [[]] if atelier.has_chance(0.2) else []
    return [
        add_territoire(
            atelier, f"COM-{numero}{rang:03}", "commune", [*de.choice(epci), departement]
        )
        for rang in range(1, de.randint(2, 4))
    ]


def choose_communes(atelier: Atelier, communes: list[str]) -> list[str]:
    """The communes of a quartier: one, at times two, at times none known."""
    nombre = atelier.de.choice((1, 1, 1, 1, 2, 2, 0))
    return atelier.de.sample(communes, min(nombre, len(communes)))


def add_departement(atelier: Atelier, numero: str, *, is_collectivite: bool, place: int) -> int:
    """A département with its communes, QRR, QPV and quartiers cibles; returns how many quartiers it holds."""
    de = atelier.de
    parent = "FR" if is_collectivite else de.choice(list_regions(atelier))
    departement = add_territoire(
        atelier, f"DEP-{numero}", "collectivite" if is_collectivite else "departement", [parent]
    )
    communes = add_communes(atelier, numero, departement)
    dedans: list[str] = []
    for rang in range(1, de.choice((1, 2, 2, 3)) + 1):
        parents = [*choose_communes(atelier, communes), departement]
        dedans.append(add_territoire(atelier, f"QRR-{numero}_{rang}", "qrr", parents))
    for rang in range(1, de.choice((0, 1, 1, 2)) + 1):
        parents = [*choose_communes(atelier, communes), departement]
        code = f"QN{numero:>03}{rang:02}M"
        dedans.append(add_territoire(atelier, code, "qpv", parents))
    if len(dedans) > place:
        retires = set(dedans[place:])
        atelier.monde["territoires"] = [
            t for t in atelier.monde["territoires"] if t["code"] not in retires
        ]
        dedans = dedans[:place]
    nombre = len(dedans)
    if nombre < place and atelier.has_chance(0.6):
        add_quartier_cible(atelier, f"QC-{numero}-1", departement, dedans)
        nombre += 1
    return nombre


def list_regions(atelier: Atelier) -> list[str]:
    """Regions of the world."""
    return [t["code"] for t in atelier.monde["territoires"] if t["genre"] == "region"]


def choose_attente(atelier: Atelier) -> tuple[date | None, date | None]:
    """Bounds of expectation, often a day away from `vu_le`."""
    du = atelier.de.choice((None, None, -400, -1, 0, 1))
    au = atelier.de.choice((None, None, 300, 1, 0, -1))
    if du is not None and au is not None and au < du:
        au = None
    return (
        None if du is None else atelier.jour(du),
        None if au is None else atelier.jour(au),
    )


def add_quartier_cible(atelier: Atelier, code: str, departement: str, possibles: list[str]) -> None:
    """A quartier cible holding some QRR and QPV, at times in a new version known near `connu_le`."""
    jours = [atelier.debut]
    if atelier.has_chance(0.35):
        ecart = atelier.de.choice((-30, -1, 0, 1))
        jours.append(max(atelier.debut, atelier.connu_le + timedelta(days=ecart)))
    for connu_le in jours:
        nombre = atelier.de.randint(0, min(3, len(possibles)))
        du, au = choose_attente(atelier)
        atelier.add(
            "quartiers",
            connu_le,
            code=code,
            rattaches=atelier.de.sample(possibles, nombre),
            departement=departement,
            attendu_du=du,
            attendu_au=au,
            connu_le=connu_le,
        )


def add_territoires(atelier: Atelier) -> None:
    """One to three départements (a collectivité at times), at most eight quartiers."""
    de = atelier.de
    add_territoire(atelier, "FR", "nation", [])
    for code in REGIONS[: de.randint(1, 2)]:
        add_territoire(atelier, code, "region", ["FR"])
    nombre = de.choice((1, 1, 2, 2, 3))
    numeros = [(numero, False) for numero in de.sample(DEPARTEMENTS, nombre)]
    if atelier.has_chance(0.2):
        numeros[-1] = (de.choice(COLLECTIVITES), True)
    place = QUARTIERS_AU_PLUS
    for numero, is_collectivite in numeros:
        place -= add_departement(atelier, numero, is_collectivite=is_collectivite, place=place)


def add_calendriers(atelier: Atelier) -> None:
    """Two or three holidays before `vu_le`, one ending near the 45 days; some départements have no calendar."""
    de = atelier.de
    for code, genre in list_codes(atelier.monde):
        if genre not in {"departement", "collectivite"} or atelier.has_chance(0.35):
            continue
        fin = atelier.jour(-de.choice((44, 45, 46, 47, 10, 0, -5)))
        periodes: list[tuple[date, date]] = []
        for _ in range(de.randint(1, 3)):
            debut = fin - timedelta(days=de.choice((12, 15, 28)))
            periodes.insert(0, (debut, fin))
            fin = debut - timedelta(days=de.choice((40, 50)))
        periodes.append((atelier.jour(60), atelier.jour(75)))
        atelier.monde["calendriers"][code] = {
            "valide_du": periodes[0][0] - timedelta(days=de.choice((0, 1, 60))),
            "valide_au": de.choice((atelier.jour(-1), atelier.jour(0), atelier.jour(200))),
            "periodes": [list(p) for p in periodes],
        }
