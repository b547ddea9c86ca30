"""Windows, one by one: from which day to which day an act holds."""

from datetime import date

import pytest

from tests.oracle.derivation.carnet import Carnet
from tests.oracle.derivation.jours import add_mois, get_paques, list_feries


@pytest.fixture
def carnet() -> Carnet:
    return Carnet()


@pytest.mark.parametrize(
    ("jour", "mois", "attendu"),
    [
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-05-12", 3, "2026-08-12"),
        ("2024-02-29", 12, "2025-02-28"),
    ],
)
def test_les_mois(jour: str, mois: int, attendu: str) -> None:
    """30 November and three months are 28 February."""
    assert add_mois(date.fromisoformat(jour), mois) == date.fromisoformat(attendu)


def test_les_feries_sont_onze() -> None:
    assert get_paques(2026) == date(2026, 4, 5)
    assert len(list_feries(2026)) == 11
    assert date(2026, 5, 25) in list_feries(2026), "lundi de Pentecôte"


def test_une_fenetre_de_mois_finit_la_veille(carnet: Carnet) -> None:
    """Three months after 30 November: until 27 February."""
    carnet.say("seance", "s", "2025-11-30", dessert="QPV-1", instance="gpo", tenue=True)
    vus = [carnet.ask("e08-a1-gpo", "QPV-1", jour).valeur for jour in ("2026-02-27", "2026-02-28")]
    assert vus == [1, 0]


def test_la_derniere_periode_de_vacances(carnet: Carnet) -> None:
    """Held in the winter holidays: counts from their morrow to the end of the spring ones."""
    champs = {"genre": "formation", "tenue": True, "premier_jour": "2026-02-25"}
    carnet.say("activite", "f", "2026-02-25", dessert="QPV-1", **champs)
    ask = "e09-a1-formation-mobilisee"
    assert not carnet.ask(ask, "QPV-1", "2026-03-08").parle
    vus = [carnet.ask(ask, "QPV-1", j).valeur for j in ("2026-03-09", "2026-05-03", "2026-05-04")]
    assert vus == [1, 1, 0]


def test_hors_vacances_une_formation_ne_dit_rien_des_vacances(carnet: Carnet) -> None:
    champs = {"genre": "formation", "tenue": True, "premier_jour": "2026-03-17"}
    carnet.say("activite", "f", "2026-03-17", dessert="QPV-1", **champs)
    assert not carnet.ask("e09-a1-formation-mobilisee", "QPV-1", "2026-05-10").parle


def test_l_ete_est_une_seule_periode_pour_les_fenetres(carnet: Carnet) -> None:
    """Held in July, it counts once August is over, until the end of the next summer."""
    champs = {"genre": "sejour_rupture", "tenue": True, "premier_jour": "2025-07-10"}
    carnet.say("activite", "s", "2025-07-10", dessert="QPV-1", **champs)
    ask = "e09-a7-sejours"
    assert not carnet.ask(ask, "QPV-1", "2025-08-31").parle
    vus = [carnet.ask(ask, "QPV-1", j).valeur for j in ("2025-09-01", "2026-08-31", "2026-09-01")]
    assert vus == [1, 1, 0]


def test_l_hiver_ne_dit_rien_de_l_ete(carnet: Carnet) -> None:
    champs = {"genre": "sejour_rupture", "tenue": True, "premier_jour": "2026-02-25"}
    carnet.say("activite", "s", "2026-02-25", dessert="QPV-1", **champs)
    assert not carnet.ask("e09-a7-sejours", "QPV-1", "2026-10-01").parle


def test_le_dernier_mois_complet(carnet: Carnet) -> None:
    """One round of 31 October: the whole of November, nothing in December."""
    champs = {"genre": "maraude", "tenue": True, "premier_jour": "2026-10-31"}
    carnet.say("activite", "m", "2026-10-31", situe="QPV-1", **champs)
    ask = "e08-a4-maraudes"
    assert not carnet.ask(ask, "QPV-1", "2026-10-31").parle
    vus = [carnet.ask(ask, "QPV-1", j).valeur for j in ("2026-11-01", "2026-11-30", "2026-12-01")]
    assert vus == [1, 1, 0]


def test_un_lieu_actif(carnet: Carnet) -> None:
    """Open, and something was held there in the last six months."""
    carnet.say("lieu", "pj", "2026-01-05", situe="QPV-1", genre="point_justice")
    ask = "e03-a4-acces-au-droit"
    assert not carnet.ask(ask, "QPV-1", "2026-02-01").parle, "personne n’a dit s’il est actif"
    champs = {"genre": "permanence_juridique", "tenue": True, "premier_jour": "2026-03-03"}
    carnet.say("activite", "p", "2026-03-04", situe="QPV-1", lieu="pj", **champs)
    vus = [carnet.ask(ask, "QPV-1", j).valeur for j in ("2026-03-03", "2026-09-02", "2026-09-03")]
    assert vus == [1, 1, 0]
    assert carnet.ask(ask, "QPV-1", "2026-09-03").temoin == date(2026, 3, 4)


def test_une_convention_active_est_redite(carnet: Carnet) -> None:
    """Twelve months after the day it was last told."""
    champs = {"genre": "paqte", "debut": "2024-01-01", "signataire": ("A", "B")}
    carnet.say("convention", "c", "2025-03-01", dessert="DEP-1", **champs)
    ask = "e07-a8-entreprises-paqte"
    vus = [carnet.ask(ask, "DEP-1", jour).valeur for jour in ("2026-02-28", "2026-03-01")]
    assert vus == [2, 0]


def test_une_decision_echue_l_est_le_lendemain(carnet: Carnet) -> None:
    """Before, a fresh zero."""
    champs = {"instance": "clspd_plenier", "texte": "x", "echeance": date(2026, 6, 30)}
    carnet.say("decision", "d", "2026-03-01", dessert="COM-1", **champs)
    ask = "e08-a5-decisions-suivies"
    vus = [carnet.ask(ask, "COM-1", jour).denominateur for jour in ("2026-06-30", "2026-07-01")]
    assert vus == [0, 1]
    carnet.say("decision", "d", "2026-07-10", dessert="COM-1", etat="executee", **champs)
    assert carnet.ask(ask, "COM-1", "2026-07-10").numerateur == 1


@pytest.mark.parametrize(
    ("decidee", "suspensions", "compte"),
    [
        ("2026-03-31", (), (1, 1)),  # the thirtieth day
        ("2026-04-01", (), (0, 1)),  # one day too late
        ("2026-04-05", ((date(2026, 3, 10), date(2026, 3, 19)),), (1, 1)),
    ],
)
def test_une_demande_decidee_dans_les_trente_jours(
    carnet: Carnet, decidee: str, suspensions: tuple[tuple[date, date], ...], compte: object
) -> None:
    """Filed on 1 March; the days on which an answer is awaited stop the clock."""
    carnet.say(
        "demande_appui", "d", "2026-04-10", dessert="FR", deposee_le="2026-03-01",
        decidee_le=decidee, suspensions=suspensions,
    )  # fmt: skip
    reponse = carnet.ask("e10-a5-demandes-traitees", "FR", "2026-05-01")
    assert (reponse.numerateur, reponse.denominateur) == compte


def test_une_demande_sans_reponse_est_hors_delai_le_lendemain(carnet: Carnet) -> None:
    carnet.say("demande_appui", "d", "2026-03-01", dessert="FR", deposee_le="2026-03-01")
    ask = "e10-a5-demandes-traitees"
    assert not carnet.ask(ask, "FR", "2026-03-31").parle
    reponse = carnet.ask(ask, "FR", "2026-04-01")
    assert (reponse.numerateur, reponse.denominateur) == (0, 1)
