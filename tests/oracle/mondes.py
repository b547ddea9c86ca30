"""Small invented worlds, seeded, that stand on the edges of every rule.

`make_monde(seed)` gives a world of the shape of README.md and the looks to take at it. The product would accept every
line: values have at most six decimals, a fact is known no earlier than it happened, an operator agrees with the
direction of its indicator, a relevé has the level of its indicator, a withdrawal names a known key.
"""

from datetime import date, timedelta
from random import Random
from typing import Final

from tests.oracle.atelier import COLLECTIONS, Atelier
from tests.oracle.monde_faits import add_scenario
from tests.oracle.monde_indicateurs import make_indicateurs
from tests.oracle.monde_territoires import add_calendriers, add_territoires, list_codes
from tests.oracle.regard import Monde

Vue = tuple[str, date, date]  # code, vu_le, connu_le
# Month and day on which something turns: years, school years, 120 days of a period, 29 February.
BORDS: Final = (
    (1, 1),
    (12, 31),
    (8, 31),
    (9, 1),
    (4, 30),
    (5, 1),
    (12, 29),
    (12, 30),
    (2, 28),
    (3, 1),
)
PASSE_CONNU = 1600  # days of knowledge before `vu_le`


def choose_vu_le(de: Random) -> date:
    """A day of 2022 to 2027, often one on which a period turns."""
    annee = de.randint(2022, 2027)
    if de.random() < 0.3:
        return date(annee, *de.choice(BORDS))
    if de.random() < 0.03:
        return date(2024, 2, 29)
    return date(annee, 1, 1) + timedelta(days=de.randint(0, 364))


def choose_connu_le(de: Random, vu_le: date) -> date:
    """Most often the same day or later; at times earlier."""
    ecart = de.choice((0, 0, 0, 1, 30, 200, 400, 400, -1, -20))
    return vu_le + timedelta(days=ecart)


def choose_foyer(atelier: Atelier) -> str:
    """The territory looked at first: a quartier half of the time."""
    par_genre: dict[str, list[str]] = {}
    for code, genre in list_codes(atelier.monde):
        par_genre.setdefault(genre, []).append(code)
    quartiers = [c for g in ("qpv", "qrr", "quartier") for c in par_genre.get(g, [])]
    if quartiers and atelier.has_chance(0.5):
        return atelier.de.choice(quartiers)
    genre = atelier.de.choice(
        [
            g
            for g in ("departement", "departement", "nation", "nation", *par_genre)
            if g in par_genre
        ]
    )
    return atelier.de.choice(par_genre[genre])


def list_vues(atelier: Atelier) -> list[Vue]:
    """One to three looks: the one aimed at, then a neighbour in place, in time or in knowledge."""
    vues: list[Vue] = [(atelier.foyer, atelier.vu_le, atelier.connu_le)]
    codes = [code for code, _ in list_codes(atelier.monde)]
    for _ in range(atelier.de.randint(0, 2)):
        code = atelier.de.choice([atelier.foyer, "FR", *codes])
        vu_le = atelier.jour(atelier.de.choice((0, 0, 1, -1, 31, -90, 150)))
        ecart = atelier.de.choice((0, 0, 1, -1, 60))
        vues.append((code, vu_le, atelier.connu_le + timedelta(days=ecart)))
    return vues


def make_monde(seed: int) -> tuple[Monde, list[Vue]]:
    """A world and the looks to take at it; the same seed gives the same world."""
    de = Random(seed)  # noqa: S311  (invented worlds, no secret)
    vu_le = choose_vu_le(de)
    atelier = Atelier(
        de, vu_le, choose_connu_le(de, vu_le), debut=vu_le - timedelta(days=PASSE_CONNU)
    )
    atelier.monde = {nom: [] for nom in (*COLLECTIONS, "quartiers")} | {"calendriers": {}}
    add_territoires(atelier)
    add_calendriers(atelier)
    indicateurs = make_indicateurs(de, vu_le)
    atelier.monde["indicateurs"] = indicateurs
    # Half of the worlds keep their facts for a few indicators, so that several rules meet in one cell.
    atelier.actifs = de.sample(indicateurs, 4) if atelier.has_chance(0.5) else indicateurs
    atelier.foyer = choose_foyer(atelier)
    essais = 0
    while atelier.has_place(1) and essais < 40:
        add_scenario(atelier)
        essais += 1
    for nom in COLLECTIONS:
        de.shuffle(atelier.monde[nom])
    return atelier.monde, list_vues(atelier)
