"""The pointages: what they refresh, what they make a known zero, what they do not speak of."""

from datetime import date
from fractions import Fraction

import pytest

from tests.oracle.derivation.carnet import Carnet
from tests.oracle.derivation.referentiel import read_programme
from tests.oracle.derivation.registre import Valeur, confront
from tests.oracle.derivation.reponse import build_regard

RELAIS = "e06-a2-adultes-relais"
GPO = "e08-a1-gpo"
SOUTENUES = "e05-a2-associations-soutenues"
JOUR = "2026-10-01"


@pytest.fixture
def carnet() -> Carnet:
    return Carnet()


def say_pointage(carnet: Carnet, ou: str, genre: str, *mots: str, le: str = JOUR) -> None:
    """All there was on 1 October was recorded there."""
    carnet.say("pointage", f"p{len(carnet.lignes)}", le, dessert=ou, genre=genre, mot=mots)


def say_poste(carnet: Carnet, objet: str, le: str, depuis: str = "2024-01-01") -> None:
    """A post of adulte-relais in the first quartier."""
    champs = {"fonction": "adulte_relais", "pourvu_depuis": depuis}
    carnet.say("poste", objet, le, dessert="QPV-1", **champs)


def test_il_rafraichit_ce_qui_est_en_vigueur(carnet: Carnet) -> None:
    """Two old posts, one told lately: without the pointage only that one would be fresh."""
    say_poste(carnet, "a", "2024-02-01")
    say_poste(carnet, "b", "2026-09-20")
    assert carnet.ask(RELAIS, "QPV-1", "2026-10-10").valeur == 1
    say_pointage(carnet, "QPV-1", "poste")
    reponse = carnet.ask(RELAIS, "QPV-1", "2026-10-10")
    assert (reponse.valeur, reponse.temoin) == (2, date(2026, 10, 1))


def test_il_fait_de_l_absence_un_zero(carnet: Carnet) -> None:
    say_pointage(carnet, "QPV-1", "poste")
    assert not carnet.ask(RELAIS, "QPV-1", "2026-09-30").parle
    reponse = carnet.ask(RELAIS, "QPV-1", JOUR)
    assert (reponse.valeur, reponse.date, reponse.rang) == (0, date(2026, 10, 1), 2)


def test_sa_date_ne_cache_pas_un_acte_d_apres(carnet: Carnet) -> None:
    say_pointage(carnet, "QPV-1", "poste")
    say_poste(carnet, "a", "2026-10-20", depuis="2026-10-15")
    reponse = carnet.ask(RELAIS, "QPV-1", "2026-10-25")
    assert (reponse.valeur, reponse.temoin) == (1, date(2026, 10, 20))


@pytest.mark.parametrize(
    ("nommes", "atteints"),
    [
        ("DEP-1", {"QPV-1", "QPV-3", "QPV-4", "QC-1", "QRR-1"}),
        ("COM-1", {"QPV-1", "QC-1", "QRR-1"}),
        ("COM-1 | COM-2", {"QPV-1", "QPV-3", "QC-1", "QRR-1"}),
        ("EPCI-2", {"QPV-4"}),
        ("QPV-1", {"QPV-1"}),
        ("QPV-1 | QPV-2 | QRR-1", {"QPV-1", "QC-1", "QRR-1"}),
        ("DEP-2", set()),
    ],
)
def test_il_atteint_ce_qui_est_tout_entier_dans_ce_qu_il_nomme(
    carnet: Carnet, nommes: str, atteints: set[str]
) -> None:
    """A quartier over two communes is not inside one of them."""
    say_pointage(carnet, nommes, "poste")
    codes = ("QPV-1", "QPV-3", "QPV-4", "QC-1", "QRR-1")
    assert {code for code in codes if carnet.ask(RELAIS, code, JOUR).parle} == atteints


@pytest.mark.parametrize(
    ("genre", "mots", "parle"),
    [
        ("seance", (), True),
        ("activite", (), False),
        ("seance", ("instance=gpo",), False),
        ("seance", ("instance=gpo", "instance=contrat_operationnel_gendarmerie"), True),
        ("seance", ("instance=gpo", "instance=contrat_operationnel_gendarmerie", "instance=copil"), True),
        ("seance", ("colleges=habitants",), False),
    ],
)  # fmt: skip
def test_ses_mots_couvrent_ceux_de_la_derivation(
    carnet: Carnet, genre: str, mots: tuple[str, ...], parle: bool
) -> None:
    """« gpo » alone proves nothing for « gpo or contrat opérationnel »."""
    say_pointage(carnet, "QPV-1", genre, *mots)
    assert carnet.ask(GPO, "QPV-1", JOUR).parle is parle


@pytest.mark.parametrize(
    ("mots", "parle"),
    [
        (("genre_beneficiaire=association", "theme=lien_police_population"), True),
        (("genre_beneficiaire=association", "theme=autre"), False),
        (("genre_beneficiaire=commune", "theme=lien_police_population"), False),
    ],
)
def test_sur_deux_champs_il_couvre_les_mots_de_chacun(
    carnet: Carnet, mots: tuple[str, ...], parle: bool
) -> None:
    say_pointage(carnet, "QPV-1", "financement", *mots)
    assert carnet.ask("e08-a8-associations-soutenues", "QPV-1", JOUR).parle is parle
    assert not carnet.ask(SOUTENUES, "QPV-1", JOUR).parle, "le thème n’y est pas demandé"


def test_un_pointage_dans_un_cumul(carnet: Carnet) -> None:
    """No session this year, and it is known."""
    say_pointage(carnet, "QPV-1", "activite")
    reponse = carnet.ask("e03-a4-permanences", "QPV-1", "2026-10-10")
    assert (reponse.valeur, reponse.date) == (0, date(2026, 10, 1))


# ──────── Beside a bare value ────────


@pytest.mark.parametrize(
    ("pointe", "nue", "attendu"),
    [
        (False, Valeur(Fraction(4), date(2026, 9, 1), 3), (4, False, {"registre_incomplet"})),
        (False, Valeur(Fraction(0), date(2026, 9, 25), 2), (1, True, {"registre_incomplet"})),
        (False, Valeur(Fraction(1), date(2026, 9, 25), 2), (1, True, set())),
        (False, Valeur(Fraction(4), date(2024, 9, 25), 0), (1, True, set())),
        (True, Valeur(Fraction(4), date(2026, 9, 1), 3), (1, True, set())),
        (True, Valeur(Fraction(4), date(2026, 9, 1), 0), (4, False, set())),
    ],
)
def test_un_registre_que_personne_n_a_dit_complet_est_un_minimum(
    carnet: Carnet, pointe: bool, nue: Valeur, attendu: tuple[int, bool, set[str]]
) -> None:
    """The first post recorded never makes a declared « 4 » fall to 1."""
    say_poste(carnet, "a", "2026-09-20")
    if pointe:
        say_pointage(carnet, "QPV-1", "poste")
    looks = (RELAIS, "QPV-1", date(2026, 10, 10), date(2026, 12, 31))
    regard = build_regard(carnet.monde, carnet.lignes, read_programme(), *looks)
    reponse = carnet.ask(RELAIS, "QPV-1", "2026-10-10")
    verdict = confront(regard, reponse, nue)
    assert (verdict.valeur, verdict.registre, set(verdict.drapeaux)) == attendu


def test_ailleurs_le_plus_tard_parle(carnet: Carnet) -> None:
    """A delay where less is better: the later of the two, and the disagreement is told."""
    carnet.say(
        "poste", "a", "2026-09-20", dessert="QPV-1", fonction="mediateur",
        finance_depuis="2026-01-01", pourvu_depuis="2026-01-11",
    )  # fmt: skip
    looks = ("e06-o1-delai-pourvoi", "DEP-1", date(2026, 10, 10), date(2026, 12, 31))
    regard = build_regard(carnet.monde, carnet.lignes, read_programme(), *looks)
    reponse = carnet.ask("e06-o1-delai-pourvoi", "DEP-1", "2026-10-10")
    avant = confront(regard, reponse, Valeur(Fraction(30), date(2026, 9, 1), 3))
    apres = confront(regard, reponse, Valeur(Fraction(30), date(2026, 9, 30), 3))
    assert (avant.valeur, apres.valeur) == (10, 30)
    assert avant.drapeaux == apres.drapeaux == {"desaccord"}
