"""France as tiles: every département once, nothing lost, unknown hatched and said, the same in words below."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string

from quartiers.geo.zone import get_departement
from quartiers.web.presentation.tuiles import (
    COTE,
    MOTS,
    Donnee,
    Motif,
    build_tuiles,
    get_sigle,
    place_sigles,
    shorten,
)

METROPOLE = {f"{n:02}" for n in range(1, 96)} - {"20"} | {"2A", "2B"}
DROM = {"971", "972", "973", "974", "976"}
COLLECTIVITES = {"975", "977", "978", "984", "986", "987", "988", "989"}
AIN = Donnee("DEP-01", "Ain", "3 sur 4", Motif.COMPLET, "/departements/DEP-01/", "4 sur 4 à jour")
ORNE = Donnee("DEP-61", "Orne", "", Motif.INCONNU, "/departements/DEP-61/", "0 sur 2 à jour")
EURE = Donnee("DEP-27", "Eure", "10 sur 12", Motif.PARTIEL, "", "10 sur 14 à jour")
FICTIF = Donnee("DEP-00", "Val-de-Brume", "", Motif.AUCUN)
DONNEES = (ORNE, EURE, AIN, FICTIF)


def draw(*donnees: Donnee) -> str:
    """The part, as a page includes it: an example of its use."""
    tuiles = build_tuiles(donnees, "quartiers où l’action est atteinte")
    return render_to_string("web/parties/tuiles.html", {"tuiles": tuiles, "colonne": "Atteint"})


def test_every_departement_and_collectivite_has_one_place() -> None:
    places = place_sigles(())
    assert set(places) == METROPOLE | DROM | COLLECTIVITES
    assert len(METROPOLE | DROM) == 101
    assert len(set(places.values())) == len(places)
    assert all(get_departement(f"DEP-{sigle}") == sigle for sigle in places)


@pytest.mark.parametrize(
    ("plus_a_louest", "plus_a_lest"), [("29", "67"), ("33", "06"), ("85", "74"), ("62", "08")]
)
def test_west_is_left(plus_a_louest: str, plus_a_lest: str) -> None:
    places = place_sigles(())
    assert places[plus_a_louest][0] < places[plus_a_lest][0]


@pytest.mark.parametrize(("nord", "sud"), [("59", "75"), ("75", "18"), ("18", "34"), ("67", "74")])
def test_north_is_above(nord: str, sud: str) -> None:
    places = place_sigles(())
    assert places[nord][1] < places[sud][1]


def test_a_departement_outside_the_grid_is_shown_too() -> None:
    tuiles = build_tuiles(DONNEES, "essai").tuiles
    assert len(tuiles) == 110
    assert len({(t.x, t.y) for t in tuiles}) == 110
    assert [t.phrase for t in tuiles if t.sigle == "00"] == [
        "Val-de-Brume\u00a0: aucun quartier attendu"
    ]


def test_tiles_do_not_touch() -> None:
    tuiles = build_tuiles((), "essai").tuiles
    for un in tuiles:
        for autre in tuiles:
            if un is not autre:
                assert (
                    abs(un.x.valeur - autre.x.valeur) > COTE
                    or abs(un.y.valeur - autre.y.valeur) > COTE
                )


def test_two_figures_for_one_departement_are_refused() -> None:
    with pytest.raises(ValueError, match="deux tuiles"):
        build_tuiles((AIN, AIN), "essai")


@pytest.mark.parametrize(
    ("texte", "court"),
    [
        ("3 sur 4", "3/4"),
        ("10 sur 12", "10/12"),
        ("100 sur 120", ""),
        ("45\u202f%", "45%"),
        ("—", ""),
        ("", ""),
        ("aucun", ""),
    ],
)
def test_a_long_text_stays_in_the_table(texte: str, court: str) -> None:
    assert shorten(texte) == court


def test_unknown_is_hatched_and_said_and_never_zero() -> None:
    html = draw(ORNE)
    tuile = html[html.index('aria-label="Orne') :]
    tuile = tuile[: tuile.index("</a>")]
    assert "Orne\u00a0: rien n’est connu, 0 sur 2 à jour" in tuile
    assert "url(#hachures-gris)" in tuile
    assert re.findall(r">([^<]+)</text>", tuile) == ["61"]
    rangee = html[html.index('<th scope="row">') :]
    assert '<use href="#g-non_renseigne"/></svg> —</td>' in rangee
    assert "Rien n’est connu" in rangee


def test_a_figure_of_zero_is_told_from_unknown() -> None:
    zero = Donnee("DEP-61", "Orne", "0 sur 2", Motif.COMPLET, "", "2 sur 2 à jour")
    html = draw(zero)
    assert ">0/2</text>" in html
    assert "url(#hachures" not in html


def test_a_link_only_where_the_account_may_go() -> None:
    html = draw(*DONNEES)
    assert re.findall(r'<a href="([^"#]+)"', html) == [
        "/departements/DEP-61/",  # the map, from north to south
        "/departements/DEP-01/",
        "/departements/DEP-01/",  # the table, by name
        "/departements/DEP-61/",
    ]
    assert '<g role="img" aria-label="Eure' in html


def test_the_table_says_the_same_in_alphabetical_order() -> None:
    html = draw(*DONNEES)
    corps = html[html.index("<tbody>") :]
    noms = re.findall(r'<th scope="row">(?:<a [^>]+>)?([^<]+)', corps)
    assert noms == ["Ain", "Eure", "Orne", "Val-de-Brume"]
    for donnee in DONNEES:
        assert donnee.texte in corps
        assert donnee.couverture in corps


def test_the_legend_tells_what_is_drawn_and_no_more() -> None:
    assert [m for m, _ in build_tuiles(DONNEES, "x").legende] == list(Motif)
    html = draw(AIN)
    assert MOTS[Motif.AUCUN] in html
    assert MOTS[Motif.INCONNU] not in html


def test_what_it_is_given_is_escaped() -> None:
    html = draw(Donnee("DEP-01", '"><script>', "<b>1</b>", Motif.COMPLET, '/"><script>', "<i>"))
    assert "<script>" not in html
    assert "<b>" not in html
    assert "<i>" not in html


def test_no_shade_ranks() -> None:
    """Whatever the number, a tile of one motif is drawn the same."""
    dessins = {
        re.sub(r"\d+/\d+|\d+ sur \d+", "", draw(Donnee("DEP-01", "Ain", texte, Motif.COMPLET)))
        for texte in ("0 sur 4", "2 sur 4", "4 sur 4")
    }
    assert len(dessins) == 1


def test_codes_of_territoires_and_bare_ones_are_both_read() -> None:
    assert get_sigle("DEP-2A") == get_sigle("2A") == "2A"
