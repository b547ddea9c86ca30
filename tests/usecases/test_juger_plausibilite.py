"""What is too unlikely to be believed: bounds, places, shares, jumps, lists (plausibilite.toml)."""

from __future__ import annotations

import tomllib
from datetime import date
from fractions import Fraction
from importlib import resources

import pytest

from quartiers.core.anomalie import Carnet
from quartiers.usecases.juger_plausibilite import (
    PartNue,
    check_taille,
    is_massif,
    judge_parts,
    load_boites,
    load_bornes,
    parse_jour_plausible,
    say_point_incroyable,
    say_saut,
)

UN, DEUX = date(2026, 1, 1), date(2026, 2, 1)


def judge(*valeurs: str, connues: tuple[str, ...] = ()) -> Carnet:
    carnet = Carnet("f.csv")
    parts = [
        PartNue(ligne, "valeur", Fraction(v), sure=v in connues)
        for ligne, v in enumerate(valeurs, start=2)
    ]
    judge_parts(parts, carnet, ", ou numérateur et dénominateur")
    return carnet


def test_chaque_borne_est_dite_une_fois_avec_sa_raison() -> None:
    texte = resources.files("quartiers.usecases").joinpath("plausibilite.toml").read_text("utf-8")
    lues = {
        nom for titre, part in tomllib.loads(texte).items() if titre != "boites" for nom in part
    }
    assert lues == set(load_bornes().__slots__)
    lignes = texte.splitlines()
    for nom in lues:
        rang = next(i for i, ligne in enumerate(lignes) if ligne.startswith(f"{nom} ="))
        precedente = lignes[rang - 1]
        assert precedente.startswith("#") or "_min" in nom or nom == "taille_max", nom


def test_les_101_departements_ont_leur_boite() -> None:
    boites = load_boites()
    assert len(boites) == 101
    assert {"01", "2A", "2B", "75", "95", "971", "972", "973", "974", "976"} <= boites.keys()
    assert all(o < e and s < n for o, s, e, n in boites.values())


@pytest.mark.parametrize(
    ("departement", "lat", "lon", "raison"),
    [
        ("93", 48.8695, 2.4293, None),
        ("93", 0, 0, "au large de l’Afrique"),
        ("93", 0.000001, -0.000001, "au large de l’Afrique"),
        ("93", 48, 2, "hors du département 93"),
        ("93", 45.75, 4.85, "hors du département 93"),
        ("93", 2.4293, 48.8695, "latitude et longitude inversées"),
        ("974", -21.1, 55.5, None),
        ("974", 55.5, -21.1, "latitude et longitude inversées"),
        ("974", 16.2, -61.5, "hors du département 974"),
        ("973", 4.9, -52.3, None),
        ("2A", 41.92, 8.74, None),
        ("33", 45, -1, "degrés entiers, décimales perdues"),
        ("33", 44.8378, -1, None),
        ("978", 18.07, -63.08, None),
        ("978", 48.85, 2.35, "hors du département 978"),
        ("988", -22.27, 166.44, None),
        ("987", -17.54, -149.57, None),
        ("00", 46.58, 2.3, None),
        ("986", 48.85, 2.35, None),
    ],
)
def test_un_point_se_croit_dans_son_departement(
    departement: str, lat: float, lon: float, raison: str | None
) -> None:
    assert say_point_incroyable(departement, lon, lat) == raison


@pytest.mark.parametrize("texte", ["2000-01-01", "01/01/2000", "31/12/2100"])
def test_un_jour_plausible(texte: str) -> None:
    assert parse_jour_plausible(texte).year in {2000, 2100}


@pytest.mark.parametrize(
    ("texte", "raison"),
    [
        ("1999-12-31", "avant le 01/01/2000"),
        ("15/10/1926", "vérifier l’année"),
        ("15/10/26", "année sur deux chiffres, écrire 2026"),
        ("1/2/05", "année sur deux chiffres, écrire 2005"),
    ],
)
def test_un_jour_incroyable(texte: str, raison: str) -> None:
    with pytest.raises(ValueError, match=raison):
        parse_jour_plausible(texte)


def test_des_parts_toutes_entre_0_et_1_sont_refusees_ligne_a_ligne() -> None:
    carnet = judge("0.825", "1", "0.5")
    assert [a.ligne for a in carnet.refus] == [2, 3, 4]
    assert carnet.refus[0].raison == (
        "0,825 se lit 0,825 % ; pour 82,5 % écrire 82,5, ou numérateur et dénominateur "
        "(aucune part du fichier ne dépasse 1) ; pour 0,825 % écrire « 0,825 % », en texte"
    )
    assert "pour 100 % écrire 100" in carnet.refus[1].raison
    assert [a.ligne for a in judge("0.825", "0").refus] == [2], "0 se lit 0 des deux façons"


@pytest.mark.parametrize("valeurs", [("1", "1"), ("0", "1"), ("82.5", "3"), ("12",), ("0",), ()])
def test_sans_decimale_une_part_se_lit_comme_elle_est(valeurs: tuple[str, ...]) -> None:
    carnet = judge(*valeurs)
    assert (carnet.refus, carnet.avis) == ([], [])


def test_une_part_entre_0_et_1_parmi_d_autres_est_dite() -> None:
    carnet = judge("0.5", "82.5", "1")
    assert carnet.refus == []
    assert [(a.ligne, "0,5 se lit 0,5 %" in a.raison) for a in carnet.avis] == [(2, True)]


def test_une_part_deja_connue_n_est_pas_redite() -> None:
    carnet = judge("0.5", "1", connues=("0.5",))
    assert (carnet.refus, carnet.avis) == ([], [])


@pytest.mark.parametrize(
    ("connues", "valeur", "dit"),
    [
        ([], "500", None),
        ([(UN, "10")], "100", None),
        (
            [(UN, "10")],
            "100.1",
            "100,1 : plus de 10 fois la dernière valeur connue, 10 le 01/01/2026",
        ),
        ([(UN, "10")], "0", "0, alors que la dernière valeur connue est 10 le 01/01/2026"),
        ([(UN, "0")], "500", None),
        ([(UN, "10")], "1", None),
        ([(UN, "-2")], "-30", "−30 : plus de 10 fois"),
        ([(UN, "10"), (DEUX, "500")], "500", None),
        ([(date(2026, 3, 1), "10")], "500", None),
        ([(UN, "10"), (DEUX, "600")], "600", None),
    ],
)
def test_un_saut_est_dit(connues: list[tuple[date, str]], valeur: str, dit: str | None) -> None:
    vues = say_saut([(jour, Fraction(v)) for jour, v in connues], DEUX, Fraction(valeur))
    assert (vues is None) if dit is None else (vues is not None and vues.startswith(dit))


@pytest.mark.parametrize(
    ("nombre", "avant", "refus", "avis"),
    [
        (0, None, "aucune structure sous l’en-tête", None),
        (2, None, None, None),
        (79, 100, "79 structures au lieu de 100, moins de 80 %", None),
        (80, 100, None, None),
        (125, 100, None, None),
        (2845, 908, None, "2845 structures au lieu de 908, plus de 125 %"),
    ],
)
def test_la_taille_d_une_liste(
    nombre: int, avant: int | None, refus: str | None, avis: str | None
) -> None:
    assert check_taille(nombre, avant) == (refus, avis)


@pytest.mark.parametrize(
    ("sans_point", "fixes", "massif"),
    [(4, 10, False), (5, 10, True), (5, 500, False), (6, 500, True), (28, 2845, False)],
)
def test_trop_de_points_inconnus(sans_point: int, fixes: int, *, massif: bool) -> None:
    assert is_massif(sans_point, fixes) is massif
