# ruff: noqa: INP001 - a script beside its data, not a package
"""Values counted in weeks of class or in holidays → activités, on the days that the school calendar says.

Only the last value is written: before its first line, the calendar of the scenario is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from actes import SEMAINE
from fiches import OUI, Cellule, Fiche, Impossible
from reperes import DERNIER_SCOLAIRE, ETE, PREMIER_MERCREDI, TOUSSAINT

THEMES = ("sport", "culture", "insertion", "mediation_police_population", "expression_artistique")
OUVRES = 5
"""Days of a week on which a centre is open."""


def get_dernier(cellule: Cellule) -> tuple[date, int]:
    """The last value, when the calendar of its day is known."""
    jour, (nombre, _) = cellule.dates[-1], cellule.list_nombres()[-1]
    if jour < ETE:
        raise Impossible(f"{cellule.indicateur.code} : calendrier inconnu")
    return jour, nombre


def build_activite(
    cellule: Cellule, jours: tuple[date, date], le: date, numero: object, **champs: str
) -> Fiche:
    """An activity from a day to a day."""
    dits = {
        **champs,
        "premier_jour": jours[0].isoformat(),
        "dernier_jour": jours[1].isoformat(),
        "tenue": OUI,
    }
    objet = cellule.name(champs.get("theme") or champs["genre"], jours[0].year, numero)
    return Fiche("activite", objet, le, cellule.liens, dits)


def write_semaines(cellule: Cellule) -> Iterator[Fiche]:
    """An activity that came back in as many weeks of class."""
    _, nombre = get_dernier(cellule)
    if nombre == 0:
        yield cellule.write_pointage(DERNIER_SCOLAIRE)
        return
    jours = (PREMIER_MERCREDI, PREMIER_MERCREDI + (nombre - 1) * SEMAINE)
    champs = {"genre": "educative", "rythme": "hebdomadaire", "titre": "Accompagnement (fictif)"}
    yield build_activite(cellule, jours, DERNIER_SCOLAIRE, "mercredi", **champs)


def write_ouvertures(cellule: Cellule) -> Iterator[Fiche]:
    """As many working days of the holidays, each week from its Monday on."""
    jour, nombre = get_dernier(cellule)
    if nombre == 0:
        yield cellule.write_pointage(jour)
    for semaine in range(0, nombre, OUVRES):
        lundi = TOUSSAINT + semaine // OUVRES * SEMAINE
        jours = (lundi, lundi + timedelta(days=min(OUVRES, nombre - semaine) - 1))
        champs = {"genre": "clj", "rythme": "quotidien"}
        yield build_activite(cellule, jours, jour, f"semaine-{semaine // OUVRES + 1}", **champs)


def write_formations(cellule: Cellule) -> Iterator[Fiche]:
    """A training during the holidays in which each value falls."""
    get_dernier(cellule)
    for releve, (nombre, _) in zip(cellule.releves, cellule.list_nombres(), strict=True):
        if not nombre:
            yield cellule.write_pointage(releve.date)
            continue
        lundi = releve.date - timedelta(days=12)
        jours = (lundi, lundi + timedelta(days=4))
        champs = {"genre": "formation", "titre": "Découverte des métiers (fictif)"}
        yield build_activite(cellule, jours, releve.date, releve.date.month, **champs)


def write_themes(cellule: Cellule) -> Iterator[Fiche]:
    """One activity of the holidays for each theme; the last one is that of the workshops of the year."""
    jour, nombre = get_dernier(cellule)
    if nombre == 0:
        yield cellule.write_pointage(jour)
    themes = THEMES[::-1] if "e03-a5-ateliers-creation" in cellule.voisines else THEMES
    for rang, theme in enumerate(themes[:nombre]):
        lundi = TOUSSAINT + timedelta(days=rang)
        jours = (lundi, lundi + timedelta(days=rang))
        champs = {"genre": "atelier", "theme": theme}
        yield build_activite(cellule, jours, jour, jour.month, **champs)


def write_sejours(cellule: Cellule) -> Iterator[Fiche]:
    """A stay of the last summer."""
    _, (nombre, _) = cellule.dates[-1], cellule.list_nombres()[-1]
    if cellule.dates[-1].year < ETE.year:
        raise Impossible(f"{cellule.indicateur.code} : un autre été")
    if nombre == 0:
        yield cellule.write_pointage(ETE)
        return
    jours = (ETE - timedelta(days=45), ETE - timedelta(days=41))
    champs = {"genre": "sejour_rupture", "titre": "Séjour en montagne (fictif)"}
    yield build_activite(cellule, jours, ETE, "ete", **champs)
