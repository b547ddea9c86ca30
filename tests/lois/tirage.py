"""What laws are tried on: seeded worlds on the edges of every rule, and small cells that shrink well."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from quartiers.core.composition import compose_tableau
from quartiers.reports.tableau_json import render_tableau, write_json
from tests.core.adaptateur import build_dossier, compute
from tests.oracle.mondes import Vue, make_monde
from tests.spec.geographie import list_territoires
from tests.spec.phrase import build_indicateur
from tests.spec.verifier import find_cellule

Monde = dict[str, Any]
Ligne = dict[str, Any]
FAITS = ("releves", "valeurs", "objets", "listes", "confirmations", "sans_objet")
LIGNES = (*FAITS, "cibles", "quartiers")
ICI = "QRR-01_1"
LOIN = date(2030, 1, 1)
TOUJOURS = date(2018, 1, 1)
DEBUT, FIN = date(2024, 1, 1), date(2026, 12, 31)

GRAINES = st.integers(0, 10**6)
JOURS = st.dates(DEBUT, FIN)
NOMBRES = st.integers(0, 12).map(Fraction) | st.integers(0, 12 * 10**6).map(
    lambda n: Fraction(n, 10**6)
)
# An indicateur of each way to be judged, at the quartier.
PHRASES = (
    "présence, chaque trimestre, portée AB",
    "présence, chaque trimestre, annexe : au moins 1",
    "compte, stock, chaque trimestre",
    "compte, stock, chaque mois, moins est mieux",
    "compte, flux de l’année civile, chaque trimestre",
    "compte, flux de l’année scolaire, chaque année, annexe : plus que l’année précédente",
    "part, chaque année",
    "part, chaque période de vacances",
    "doublement, chaque rentrée, annexe : doubler",
    "étapes, chaque semestre, annexe : étape 3",
    "étapes, chaque semestre, étape 0 sans objet",
    "suivi, stock, chaque année",
)


def make_vues(graine: int) -> tuple[Monde, list[Vue]]:
    """A seeded world and the looks to take at it."""
    return make_monde(graine)


def write_tableau(monde: Monde, vue: Vue) -> str:
    """The whole tableau, words included, as it is published."""
    return write_json(render_tableau(compose_tableau(build_dossier(monde), *vue)))


def make_monde_d_une_cellule(
    phrase: str, lignes: Iterable[tuple[str, Ligne]], quartiers: Iterable[str] = ("Les Tilleuls",)
) -> Monde:
    """A world around one indicateur `i`; lines are known on their own day unless they say otherwise."""
    monde: Monde = {
        "indicateurs": [build_indicateur("i", phrase)],
        "territoires": list_territoires(list(quartiers)),
    }
    for ordre, (collection, champs) in enumerate(lignes, 1):
        ligne = {"indicateur": "i", "territoire": ICI, "connu_le": TOUJOURS, "ordre": ordre}
        monde.setdefault(collection, []).append(ligne | champs)
    return monde


def look(
    monde: Monde, vu_le: date, connu_le: date = LOIN, code: str = ICI, indicateur: str = "i"
) -> Ligne:
    """One cell of the product's tableau."""
    cellule = find_cellule(compute(monde, code, vu_le, connu_le), indicateur)
    assert cellule is not None
    return cellule


def make_releve(jour: date, valeur: Any, **champs: Any) -> tuple[str, Ligne]:
    """A relevé without key."""
    releve = {"date": jour, "valeur": valeur, "connu_le": jour, "source": "s", "cle": None}
    return "releves", releve | champs


def make_cible(
    operateur: str, valeur: Fraction | int | None, echeance: date | None, **champs: Any
) -> tuple[str, Ligne]:
    """A target line of a plan, known and in force since ever."""
    communs: Ligne = {"base": None, "base_date": None, "origine": "plan", "effet": None}
    return "cibles", {
        "operateur": operateur,
        "valeur": valeur,
        "echeance": echeance,
        **communs,
        **champs,
    }


def make_objet(code: str, du: date, temoin: date, **champs: Any) -> tuple[str, Ligne]:
    """An object inside, of a validated declaration."""
    objet = {"objet": code, "du": du, "au": None, "temoin": temoin, "rang": 0, "source": "s"}
    return "objets", objet | {"distance_m": None, "portee": None, "connu_le": du} | champs


def draw_cible(tirage: st.DrawFn, phrase: str) -> tuple[str, Ligne]:
    """A target line that the import would accept for this indicateur."""
    base = tirage(st.none() | NOMBRES)
    base_date = tirage(st.none() | JOURS)
    effet = tirage(st.none() | JOURS)
    champs: Ligne = {"base": base, "base_date": base_date, "effet": effet}
    if phrase.startswith("doublement"):
        return make_cible(">=", None, tirage(JOURS), **champs)
    echeance = tirage(st.none() | JOURS)
    if phrase.startswith("étapes"):
        return make_cible(">=", Fraction(tirage(st.integers(1, 5))), echeance, effet=effet)
    operateur = "<=" if "moins est mieux" in phrase else ">="
    return make_cible(operateur, tirage(NOMBRES), echeance, **champs)


@st.composite
def cibles(tirage: st.DrawFn, phrase: str, au_plus: int = 3) -> list[tuple[str, Ligne]]:
    """Some target lines of one indicateur."""
    return [draw_cible(tirage, phrase) for _ in range(tirage(st.integers(0, au_plus)))]


@st.composite
def releves(
    tirage: st.DrawFn, phrase: str, au_moins: int = 0, au_plus: int = 4
) -> list[tuple[str, Ligne]]:
    """Some dated values of one indicateur, each on its own day, each a value of its genre."""
    jours = tirage(st.lists(JOURS, min_size=au_moins, max_size=au_plus, unique=True))
    return [draw_releve(tirage, phrase, jour) for jour in jours]


def draw_releve(tirage: st.DrawFn, phrase: str, jour: date) -> tuple[str, Ligne]:
    """A value of the genre of the indicateur."""
    if phrase.startswith("étapes"):
        return make_releve(jour, None, jalon=tirage(st.integers(0, 5)))
    if phrase.startswith("part"):
        denominateur = tirage(st.integers(0, 12))
        numerateur = tirage(st.integers(0, denominateur))
        return make_releve(
            jour, None, numerateur=Fraction(numerateur), denominateur=Fraction(denominateur)
        )
    return make_releve(jour, tirage(NOMBRES))
