"""The map on paper: every place drawn is listed with its distance, signs stay readable, and it yields to the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

import pytest

from quartiers.core.fait import Objet, Preuve, Rang
from quartiers.core.vue import Vue
from quartiers.reports.papier.document import Document, count_pages, print_document
from quartiers.reports.papier.plan import CORPS, LIEUX_MONTRES, build_plan
from quartiers.reports.papier.quartier import build_quartier
from quartiers.reports.presentation.carte import (
    ECART_PAPIER,
    LARGEUR,
    Anneaux,
    Carte,
    LieuSitue,
    Point,
    build_carte,
)
from tests.reports.papier.monde import flatten, read_pdf

TILLEULS = "QC-FICTIF-TILLEULS"
IMPRIME_MM = 50
POINTS_PAR_MM = 72 / 25.4
LISIBLE_PT = 7.6


def build_carre(cote: float) -> Anneaux:
    """A square ring around the origin, in metres."""
    return (((-cote, -cote), (cote, -cote), (cote, cote), (-cote, cote)),)


CARRES = [build_carre(cote) for cote in (200, 500, 1200)]


@dataclass(frozen=True, slots=True)
class Contours:
    """A square quartier of 400 m, a degree being a metre."""

    perimetre: Anneaux = CARRES[0]
    portees: tuple[tuple[int, Anneaux], ...] = ((300, CARRES[1]), (1000, CARRES[2]))
    cadre: tuple[float, float, float, float] = (-1200, -1200, 1200, 1200)
    nord: float = 0.0

    def locate(self, lon: float, lat: float) -> Point:
        """As told."""
        return lon, lat


def build_lieu(nom: str, distance: float, position: Point | None, genre: str = "lieu") -> LieuSitue:
    """A place or a stop, as the dossier would know it."""
    jour = date(2026, 10, 1)
    objet = Objet(
        indicateur="i",
        territoire=TILLEULS,
        objet=nom,
        source="essai",
        rang=Rang.LISTE,
        du=jour,
        au=None,
        temoin=jour,
        distance_m=distance,
        portee=None,
        connu_le=jour,
        ordre=1,
        preuve=Preuve(f"{genre}/{nom}", genre, nom, "essai"),
    )
    return LieuSitue(objet, position)


def build(*lieux: LieuSitue, contours: Contours | None = Contours()) -> Carte:
    """A map as the printed page asks for it."""
    return build_carte("Essai", contours, list(lieux), lambda _: "", ECART_PAPIER)


def print_tilleuls(vue: Vue, carte: Carte | None) -> Document:
    """Les Tilleuls with that map."""
    return build_quartier(vue, TILLEULS, carte)


def test_what_is_drawn_is_listed_and_told_aloud(vue: Vue) -> None:
    carte = build(
        build_lieu("Maison du quartier", 0.0, (10, 10)),
        build_lieu("Bus du jeudi", 450.0, (600, 0), "arret"),
        build_lieu("Permanence", 0.0, None),
    )
    plan = build_plan(carte)
    assert plan is not None
    dessines = re.findall(r">(\d+)</text>", plan["svg"])
    assert sorted(dessines) == sorted(lieu["numero"] for lieu in plan["lieux"] if lieu["numero"])
    lu = read_pdf(print_document(print_tilleuls(vue, carte)))
    assert lu.pages == 2
    assert "/Figure" in lu.roles
    for lieu in plan["lieux"]:
        assert flatten(f"{lieu['nom']}, {lieu['distance']}") in lu.texte
    assert flatten("(pas sur le plan)") in lu.texte
    assert flatten("Carré : un arrêt") in lu.texte


def test_nothing_is_drawn_of_an_unknown_perimeter(vue: Vue) -> None:
    carte = build(build_lieu("Maison", 0.0, (0, 0)), contours=None)
    assert build_plan(carte) is None
    assert (
        flatten("Où sont les services")
        not in read_pdf(print_document(print_tilleuls(vue, carte))).texte
    )


def test_no_place_says_so_and_names_the_nearest(vue: Vue) -> None:
    carte = build(build_lieu("Loin", 2400.0, (2400, 0)))
    texte = read_pdf(print_document(print_tilleuls(vue, carte))).texte
    assert (
        flatten("Aucun lieu de position connue à moins de 1 000 m. Le plus proche : Loin, 2 400 m.")
        in texte
    )


def test_signs_are_readable_once_printed_and_never_hide_one_another() -> None:
    assert CORPS * IMPRIME_MM / LARGEUR * POINTS_PAR_MM >= LISIBLE_PT - 0.01
    carte = build(*(build_lieu(f"L{i}", 0.0, (0, 0)) for i in range(12)))
    assert carte.plan is not None
    places = [(float(m.x), float(m.y)) for m in carte.plan.marques]
    for i, (x, y) in enumerate(places):
        for x2, y2 in places[:i]:
            assert (x - x2) ** 2 + (y - y2) ** 2 >= (0.94 * ECART_PAPIER) ** 2


def test_many_places_are_counted_not_all_printed() -> None:
    plan = build_plan(build(*(build_lieu(f"L{i}", 0.0, (0, 0)) for i in range(LIEUX_MONTRES + 3))))
    assert plan is not None
    assert len(plan["lieux"]) == LIEUX_MONTRES
    assert plan["autres"] == "3 autres lieux"


def test_the_map_yields_when_the_page_is_full(vue: Vue) -> None:
    """Late actions that fill the page: the map goes, the two pages and every late action stay."""
    document = print_tilleuls(vue, build(build_lieu("Maison du quartier", 0.0, (10, 10))))
    tardives = [*document.donnees["tardives"]] * 2
    plein = replace(document, donnees={**document.donnees, "tardives": tardives})
    octets = print_document(plein)
    assert count_pages(octets) == 2
    texte = read_pdf(octets).texte
    assert flatten("Où sont les services") not in texte
    assert texte.count(flatten("8.1 Instance police-population (GPO, contrat opérationnel).")) == 2


@pytest.mark.parametrize("nom", ['a < b & "c"', "#eval[1]"])
def test_a_hostile_place_is_printed_as_typed(vue: Vue, nom: str) -> None:
    carte = build(build_lieu(nom, 0.0, (0, 0)))
    assert flatten(nom) in read_pdf(print_document(print_tilleuls(vue, carte))).texte
