"""Column names as people write them: read when only one reading is possible, refused when they may be one."""

from __future__ import annotations

import importlib
import pkgutil
from itertools import combinations

import pytest

from quartiers import sources, usecases
from quartiers.core.anomalie import DonneesRefusees
from quartiers.sources import cog_fichiers
from quartiers.sources.colonne import (
    find_ressemblante,
    fold_colonne,
    is_one_edit,
    load_synonymes,
)
from quartiers.sources.lecture import read_entete, read_table
from quartiers.sources.table import Colonnes, Table
from tests.sources.classeurs import xlsx_of

COLONNES = Colonnes(
    ("indicateur", "territoire", "date"),
    ("valeur", "numerateur", "denominateur", "commentaire", "base_date", "cle"),
)
DEBUT = "indicateur;territoire;date"


def read(entete: str, ligne: str) -> Table:
    """A table of one row."""
    return read_table(f"{entete}\n{ligne}\n".encode(), "f.csv", COLONNES)


def get_refusals(entete: str, ligne: str = "i;t;d;1") -> list[tuple[str | None, str]]:
    """Column and reason of each refusal."""
    with pytest.raises(DonneesRefusees) as refus:
        read(entete, ligne)
    return [(a.colonne, a.raison) for a in refus.value.anomalies]


LUES = [
    ("Valeur (€)", "valeur"),
    ("VALEUR [en €]", "valeur"),
    ("valeur / hab.", "valeur"),
    ("« valeur »", "valeur"),
    ("'Valeur'", "valeur"),
    ("v\u00adaleur", "valeur"),
    ("valeur\u200b", "valeur"),
    ("\uff36aleur", "valeur"),
    ("Numérateur", "numerateur"),
    ("Nume\u0301rateur", "numerateur"),
    ("Dénominateur (nb)", "denominateur"),
    ("base-date", "base_date"),
    ("Base\u2011date", "base_date"),
    ("Base\u2013Date", "base_date"),
    ("base\u00a0date", "base_date"),
    ("basedate", "base_date"),
    ("Clé", "cle"),
]


@pytest.mark.parametrize(("ecrite", "colonne"), LUES)
def test_another_writing_of_a_name_is_read_and_told(ecrite: str, colonne: str) -> None:
    table = read(f"{DEBUT};{ecrite}", "i;t;d;12")
    assert [ligne[colonne] for ligne in table] == ["12"]
    (reparee,) = table.reparees
    assert (reparee.ligne, reparee.colonne, f"lue « {colonne} »" in reparee.raison) == (
        1,
        colonne,
        True,
    )
    assert not table.avis


@pytest.mark.parametrize("ecrite", ["VALEUR", " Valeur ", '"valeur"', "\ufeffvaleur", "va leur"])
def test_case_and_spaces_are_not_worth_telling(ecrite: str) -> None:
    table = read(f"{DEBUT};{ecrite}", "i;t;d;12")
    assert ([ligne["valeur"] for ligne in table], table.reparees, table.avis) == (["12"], (), ())


def test_the_same_names_in_a_workbook() -> None:
    octets = xlsx_of([["Indicateur", "Territoire", "Date", "Valeur (€)"], ["i", "t", "d", 12.0]])
    table = read_table(octets, "f.xlsx", COLONNES)
    assert [ligne["valeur"] for ligne in table] == ["12"]
    assert [r.colonne for r in table.reparees] == ["valeur"]


RESSEMBLANTES = [
    ("valuer", "valeur"),
    ("valleur", "valeur"),
    ("valeu", "valeur"),
    ("valeurs", "valeur"),
    ("Vakeur (€)", "valeur"),
    ("montant", "valeur"),
    ("Value", "valeur"),
    ("Montant (€)", "valeur"),
    ("numérateurs", "numerateur"),
    ("num", "numerateur"),
    ("commentaires", "commentaire"),
    ("base_dates", "base_date"),
    ("identifiant", "cle"),
    ("Id", "cle"),
]


@pytest.mark.parametrize(("ecrite", "colonne"), RESSEMBLANTES)
def test_an_unknown_name_like_an_absent_one_is_refused(ecrite: str, colonne: str) -> None:
    ((dite, raison),) = get_refusals(f"{DEBUT};{ecrite}")
    assert (dite, f"« {colonne} »" in raison, "la renommer ou l’ôter" in raison) == (
        ecrite,
        True,
        True,
    )


def test_a_required_column_misnamed_is_refused_once_naming_both() -> None:
    ((colonne, raison),) = get_refusals("indicateur;quartier;date;valeur")
    assert (colonne, raison) == (
        "territoire",
        "colonne obligatoire absente ; la plus proche trouvée est « quartier »",
    )


@pytest.mark.parametrize(
    "ecrite",
    ["remarque", "notes", "cel", "valeur 2019 a 2020", "service instructeur", "clef de voûte"],
)
def test_any_other_unknown_name_is_a_notice(ecrite: str) -> None:
    table = read(f"{DEBUT};{ecrite}", "i;t;d;12")
    assert [(a.colonne, a.raison) for a in table.avis] == [(ecrite, "colonne inconnue, non lue")]


def test_what_is_present_is_resembled_by_nothing() -> None:
    table = read(f"{DEBUT};valeur;montant", "i;t;d;12;13")
    assert [ligne["valeur"] for ligne in table] == ["12"]
    assert [a.colonne for a in table.avis] == ["montant"]


def test_two_writings_of_one_expected_column_are_refused_naming_both() -> None:
    ((colonne, raison),) = get_refusals(f"{DEBUT};valeur;Valeur (€)", "i;t;d;1;2")
    assert colonne == "valeur"
    assert "« valeur » et « Valeur (€) »" in raison


def test_two_unknown_columns_of_one_name_are_a_notice() -> None:
    table = read(f"{DEBUT};valeur;notes;notes", "i;t;d;12;a;b")
    assert [ligne["valeur"] for ligne in table] == ["12"]
    (avis,) = table.avis
    assert (avis.colonne, "2 colonnes de ce nom" in avis.raison) == ("notes", True)


@pytest.mark.parametrize(
    ("un", "autre", "attendu"),
    [
        ("valeur", "valeur", False),
        ("valeur", "valuer", True),
        ("valeur", "aleur", True),
        ("valeur", "valeurx", True),
        ("valeur", "vbleur", True),
        ("valeur", "velaur", False),
        ("valeur", "valeurxx", False),
        ("ptot_2024", "ptot_2025", False),
        ("abcd", "badc", False),
        ("", "a", True),
    ],
)
def test_one_edit(un: str, autre: str, attendu: bool) -> None:
    assert is_one_edit(un, autre) is attendu
    assert is_one_edit(autre, un) is attendu


def list_lecteurs() -> list[tuple[str, Colonnes]]:
    """The columns of every reader of the product."""
    trouvees = [
        (f"cog.{role}", colonnes) for role, (_, _, colonnes) in cog_fichiers._FICHIERS.items()
    ]
    for paquet in (sources, usecases):
        for module in pkgutil.walk_packages(paquet.__path__, f"{paquet.__name__}."):
            contenu = vars(importlib.import_module(module.name))
            trouvees += [
                (f"{module.name}.{n}", v) for n, v in contenu.items() if isinstance(v, Colonnes)
            ]
    return trouvees


def test_no_two_columns_of_a_reader_are_one_once_folded() -> None:
    lecteurs = list_lecteurs()
    assert len(lecteurs) > 12
    for nom, colonnes in lecteurs:
        for une, autre in combinations(colonnes.toutes, 2):
            assert fold_colonne(une) != fold_colonne(autre), (nom, une, autre)


def test_no_expected_column_passes_for_another_of_its_reader() -> None:
    for nom, colonnes in list_lecteurs():
        for une in colonnes.lues:
            autres = [autre for autre in colonnes.lues if autre != une]
            synonymes = load_synonymes().get(fold_colonne(une), frozenset())
            assert not synonymes & {fold_colonne(autre) for autre in autres}, (nom, une)


def test_no_synonym_serves_two_columns_of_a_reader() -> None:
    for nom, colonnes in list_lecteurs():
        servies = [s for c in colonnes.lues for s in load_synonymes().get(fold_colonne(c), ())]
        assert len(servies) == len(set(servies)), nom


def test_a_short_name_has_no_neighbour() -> None:
    assert find_ressemblante("nam", ["nom"]) is None
    assert find_ressemblante("dote", ["date"]) == "date"


@pytest.mark.parametrize("forme", ["csv", "xlsx"])
def test_a_name_is_read_as_it_was_said_to_be(forme: str) -> None:
    """A column that resembles none is read, an expected one is left aside, and the header is known by these names."""
    entete = ["MESURE_LUE", "OU", "QUAND", "NB (ETP)", "valeur", "AGENT"]
    rangees: list[list[str | float | None]] = [[*entete], ["i", "t", "2026-11-20", "3", "9", "x"]]
    if forme == "csv":
        octets = "\n".join(";".join(map(str, rangee)) for rangee in rangees).encode() + b"\n"
    else:
        octets = xlsx_of(rangees)
    dits = ("indicateur", "territoire", "date", "commentaire", "", "")
    noms = {fold_colonne(nom): lue for nom, lue in zip(entete, dits, strict=True)}
    voulues = Colonnes(COLONNES.obligatoires, COLONNES.facultatives, noms=noms)
    (ligne,) = read_table(octets, f"f.{forme}", voulues)
    assert [ligne[nom] for nom in dits[:4]] == ["i", "t", "2026-11-20", "3"]
    assert ligne["valeur"] == ""
    assert read_entete(octets, f"f.{forme}", voulues) == tuple(entete)
    with pytest.raises(DonneesRefusees):
        read_table(octets, f"f.{forme}", COLONNES)
