"""Numbers, units and dates as a French reader expects them; an unknown is never a zero."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quartiers.core.dire import FINE, INSECABLE
from quartiers.reports import typographie
from quartiers.reports.typographie import INCONNU
from quartiers.web.templatetags.francais import cesure
from tests.web.conftest import SignIn


@pytest.mark.parametrize(
    ("valeur", "decimales", "attendu"),
    [
        (Fraction(0), 2, "0"),
        (Fraction(1412), 2, f"1{FINE}412"),
        (Fraction(7, 2), 2, "3,5"),
        (Fraction(1, 3), 2, "0,33"),
        (Fraction(-3), 2, "−3"),
        (Fraction(1234567, 10), 1, f"123{FINE}456,7"),
        (Fraction(5, 1000), 2, "0,01"),  # halves go up, as at school
        (Fraction(9999, 10000), 1, "0,9999"),  # not a whole one: never « 1 »
        (Fraction(1, 10**6), 2, "0,000001"),
    ],
)
def test_nombre(valeur: Fraction, decimales: int, attendu: str) -> None:
    assert typographie.format_nombre(valeur, decimales) == attendu


@given(st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**4))
def test_a_number_reads_back_within_its_last_decimal(valeur: Fraction) -> None:
    texte = typographie.format_nombre(valeur)
    relu = Fraction(texte.replace(FINE, "").replace("−", "-").replace(",", "."))
    assert abs(relu - valeur) <= Fraction(1, 200)
    assert (relu == relu.numerator) <= (valeur == valeur.numerator) or abs(valeur) >= 10**9


def test_unknown_is_never_zero() -> None:
    assert typographie.format_nombre(None) == INCONNU
    assert typographie.format_part(None) == INCONNU
    assert typographie.format_quantite(None, "postes") == INCONNU
    assert typographie.format_date(None) == INCONNU
    assert typographie.format_date_courte(None) == INCONNU


@pytest.mark.parametrize(
    ("part", "attendu"),
    [
        (Fraction(87, 100), f"87{FINE}%"),
        (Fraction(2, 3), f"67{FINE}%"),
        (Fraction(1), f"100{FINE}%"),
        (Fraction(0), f"0{FINE}%"),
        (Fraction(999, 1000), f"99,9{FINE}%"),  # nearly all is not all
        (Fraction(1, 1000), f"0,1{FINE}%"),  # nearly nothing is not nothing
    ],
)
def test_part(part: Fraction, attendu: str) -> None:
    assert typographie.format_part(part) == attendu


@pytest.mark.parametrize(
    ("valeur", "unite", "attendu"),
    [
        (3, "postes", f"3{INSECABLE}postes"),
        (1, "postes", f"1{INSECABLE}poste"),
        (0, "postes", f"0{INSECABLE}poste"),
        (Fraction(3, 2), "postes", f"1,5{INSECABLE}poste"),
        (2, "lieu", f"2{INSECABLE}lieux"),
        (1, "lieu", f"1{INSECABLE}lieu"),
        (2, "poste pourvu", f"2{INSECABLE}postes pourvus"),
        (1, "ETP pourvus", f"1{INSECABLE}ETP pourvu"),
        (12, "jours/mois", f"12{INSECABLE}jours/mois"),
        (1, "jours/mois", f"1{INSECABLE}jour/mois"),
        (31, "h/semaine", f"31{INSECABLE}h/semaine"),
        (640, "m", f"640{INSECABLE}m"),
        (-3, "points", f"−3{INSECABLE}points"),
        (1, "points", f"1{INSECABLE}point"),
        (Fraction(500, 6), "%", f"83,3{FINE}%"),
        (25000, "€", f"25{FINE}000{INSECABLE}€"),
        (7, "", "7"),
    ],
)
def test_quantite(valeur: Fraction | int, unite: str, attendu: str) -> None:
    assert typographie.format_quantite(valeur, unite) == attendu


def test_dates() -> None:
    assert typographie.format_date(date(2026, 9, 30)) == f"30{INSECABLE}septembre 2026"
    assert typographie.format_date(date(2026, 1, 1)) == f"1er{INSECABLE}janvier 2026"
    assert typographie.format_date_courte(date(2026, 7, 8)) == f"8{INSECABLE}juil. 2026"
    assert typographie.format_duree(1) == f"1{INSECABLE}jour"
    assert typographie.format_duree(103) == f"103{INSECABLE}jours"


def test_words() -> None:
    assert typographie.count(1, "quartier") == "1 quartier"
    assert (
        typographie.count(12, "quartier attendu", "quartiers attendus") == "12 quartiers attendus"
    )
    assert typographie.lower_first("À surveiller") == "à surveiller"
    assert typographie.lower_first("NPNRU signé") == "NPNRU signé"
    assert typographie.write_list(["a", "b", "c"]) == "a, b et c"
    assert typographie.write_list(["a"]) == "a"
    assert typographie.format_fraction(3, 6) == "3 sur 6"


@pytest.mark.parametrize(
    ("ecrit", "propre"),
    [
        ("a : b", f"a{INSECABLE}: b"),
        (f"état{FINE}: b", f"état{INSECABLE}: b"),
        ("« a »", f"«{INSECABLE}a{INSECABLE}»"),
        ("de 60 à 90 % ; oui ?", f"de 60 à 90{FINE}%{FINE}; oui{FINE}?"),
        ("à 1 000 m au plus", f"à 1{FINE}000{INSECABLE}m au plus"),
        ("le 8 juillet 2026", "le 8 juillet 2026"),
    ],
)
def test_sentences_written_elsewhere_are_tidied(ecrit: str, propre: str) -> None:
    assert typographie.tidy(ecrit) == propre
    assert typographie.tidy(propre) == propre


@pytest.mark.parametrize(
    ("libelle", "coupes"),
    [
        ("Professionnels", "Pro|fes|sion|nels"),
        ("Services de proximité", "Services de pro|xi|mité"),
        ("Prévention, lien police", "Pré|ven|tion, lien police"),
        ("Accompagnement", "Accom|pagne|ment"),
        ("Vacances", "Vacances"),
    ],
)
def test_a_long_word_may_be_cut_between_two_syllables(libelle: str, coupes: str) -> None:
    assert cesure(libelle).replace("\u00ad", "|") == coupes


def test_quotes_hold_their_words_in_the_title_of_an_engagement(sign_in: SignIn) -> None:
    """« Vacances apprenantes » came to an end with a lone quotation mark on a phone."""
    page = sign_in("demo-task-force").get("/quartiers/QC-FICTIF-TILLEULS/engagements/E09/")
    titre = re.search(r"<h1[^>]*>(.*?)</h1>", page.content.decode())
    assert titre is not None
    assert f"«{INSECABLE}Vacances apprenantes{INSECABLE}»" in titre[1]
