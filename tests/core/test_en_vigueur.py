"""The objects of a cell that are there on a day: each once, as its last witness saw it by then."""

from __future__ import annotations

from datetime import date

import pytest

from quartiers.core.cellule import CelluleConnue
from quartiers.core.etat import list_en_vigueur
from quartiers.core.fait import Liste, Objet, Preuve, Rang

AVRIL, JUILLET, OCTOBRE = date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1)


def build_objet(
    cle: str, temoin: date, ordre: int, *, preuve: str = "", au: date | None = None
) -> Objet:
    """A place seen in a list."""
    return Objet(
        indicateur="i",
        territoire="t",
        objet=cle,
        source="liste",
        rang=Rang.LISTE,
        du=AVRIL,
        au=au,
        temoin=temoin,
        distance_m=10.0,
        portee=None,
        connu_le=temoin,
        ordre=ordre,
        preuve=Preuve(preuve or cle, "lieu", cle, "liste"),
    )


def build_liste(jour: date, ordre: int) -> Liste:
    """An exhaustive list."""
    return Liste("i", "t", "liste", Rang.LISTE, jour, jour, ordre)


def list_temoins(
    jour: date, *objets: Objet, listes: tuple[Liste, ...] = ()
) -> list[tuple[str, date]]:
    """(object, witness) in force."""
    cellule = CelluleConnue(objets=objets, listes=listes)
    return [(o.objet, o.temoin) for o in list_en_vigueur(cellule, jour)]


def test_one_place_of_several_lists_is_shown_once_by_its_last_witness() -> None:
    vus = (build_objet("a", AVRIL, 1), build_objet("a", OCTOBRE, 3), build_objet("a", JUILLET, 2))
    assert list_temoins(date(2026, 11, 1), *vus) == [("a", OCTOBRE)]
    assert list_temoins(date(2026, 8, 1), *vus) == [("a", JUILLET)]
    assert list_temoins(AVRIL, *vus) == [("a", AVRIL)]


def test_before_any_witness_the_first_one_after_speaks() -> None:
    vus = (build_objet("a", OCTOBRE, 2), build_objet("a", JUILLET, 1))
    assert list_temoins(date(2026, 5, 1), *vus) == [("a", JUILLET)]


def test_a_place_that_the_last_list_does_not_hold_is_gone() -> None:
    a, b = build_objet("a", JUILLET, 1), build_objet("b", OCTOBRE, 2)
    listes = (build_liste(JUILLET, 3), build_liste(OCTOBRE, 4))
    assert list_temoins(date(2026, 11, 1), a, b, listes=listes) == [("b", OCTOBRE)]
    assert ("a", JUILLET) in list_temoins(date(2026, 8, 1), a, b, listes=listes)


def test_two_stops_of_one_bus_are_two() -> None:
    arrets = [build_objet("bus", JUILLET, n, preuve=f"arret/{n}") for n in (1, 2)]
    assert len(list_temoins(OCTOBRE, *arrets)) == 2


@pytest.mark.parametrize(("jour", "nombre"), [(JUILLET, 1), (date(2026, 7, 2), 0)])
def test_what_has_ended_is_not_there(jour: date, nombre: int) -> None:
    fini = build_objet("a", AVRIL, 1, au=JUILLET)
    assert len(list_temoins(jour, fini)) == nombre
