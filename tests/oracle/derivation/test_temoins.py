"""Until when a thing is attested, and what a zero that is told hides or does not hide."""

from datetime import date

import pytest

from tests.oracle.derivation.carnet import Carnet

CITE = "e01-a3-cite-educative"
JEUNES = "e01-a5-jeunes"


@pytest.fixture
def carnet() -> Carnet:
    return Carnet()


def say_cite(carnet: Carnet, objet: str, le: str, debut: str = "2022-01-01", **champs: str) -> None:
    """A cité éducative of the first quartier."""
    dits = {"genre": "cite_educative", "debut": debut, **champs}
    carnet.say("convention", objet, le, dessert="QPV-1", **dits)


def test_deux_dires_d_une_cohorte_finie_le_dernier_l_emporte(carnet: Carnet) -> None:
    """Both end in June: the second one is no mere confirmation, even told after the school year."""
    champs = {
        "dispositif": "clas",
        "unite_comptee": "jeunes",
        "du": "2025-09-01",
        "au": "2026-06-30",
    }
    carnet.say("cohorte", "c", "2026-07-10", dessert="QPV-1", n=40, **champs)
    carnet.say("cohorte", "c", "2026-09-15", dessert="QPV-1", n=42, **champs)
    assert carnet.ask(JEUNES, "QPV-1", "2026-11-20").valeur == 42


def test_dans_une_serie_celle_qui_finit_le_plus_tard(carnet: Carnet) -> None:
    """Last year's cohort, told again this autumn, does not replace this year's."""
    champs = {"dispositif": "cordees-reussite", "unite_comptee": "eleves"}
    carnet.say("cohorte", "n", "2026-10-01", dessert="QPV-1", n=71, du="2026-09-01", **champs)
    carnet.say(
        "cohorte",
        "v",
        "2026-10-20",
        dessert="QPV-1",
        n=48,
        du="2025-09-01",
        au="2026-06-30",
        **champs,
    )
    assert carnet.ask("e04-a1-cordees-eleves", "QPV-1", "2026-11-01").valeur == 71


def test_le_meme_contenu_confirme_jusqu_a_la_veille(carnet: Carnet) -> None:
    """A decision says no day of change: told again as it was, it is attested in between."""
    champs = {"instance": "clspd_plenier", "texte": "x", "echeance": "2024-01-31"}
    carnet.say("decision", "d", "2024-02-10", dessert="COM-1", **champs)
    carnet.say("decision", "d", "2026-03-10", dessert="COM-1", **champs)
    ask = "e08-a5-decisions-suivies"
    assert carnet.ask(ask, "COM-1", "2025-12-01").temoin == date(2026, 3, 9)
    carnet.say("decision", "d", "2026-09-10", dessert="COM-1", etat="executee", **champs)
    assert carnet.ask(ask, "COM-1", "2026-08-01").temoin == date(2026, 3, 10), "autre contenu"


def test_une_convention_dite_apres_sa_fin_est_attestee_jusqu_a_sa_fin(carnet: Carnet) -> None:
    say_cite(carnet, "c", "2026-03-10", fin="2025-12-31")
    assert carnet.ask(CITE, "QPV-1", "2025-11-01").temoin == date(2025, 12, 31)


def test_vacant_le_jour_ou_il_est_pourvu_il_est_pourvu(carnet: Carnet) -> None:
    """Vacant until somebody came that day."""
    champs = {"fonction": "adulte_relais", "pourvu_depuis": "2026-03-01"}
    carnet.say("poste", "p", "2026-04-01", dessert="QPV-1", vacant_depuis="2026-03-01", **champs)
    assert carnet.ask("e06-a2-adultes-relais", "QPV-1", "2026-04-01").valeur == 1


def test_une_fin_dite_parle_a_cote_de_ce_qui_est_perime(carnet: Carnet) -> None:
    """The other convention has not been told for years: only what is fresh counts."""
    say_cite(carnet, "vieille", "2022-01-10")
    say_cite(carnet, "finie", "2026-03-10", fin="2025-12-31")
    reponse = carnet.ask(CITE, "QPV-1", "2026-04-01")
    assert (reponse.valeur, reponse.temoin) == (0, date(2026, 3, 10))


def test_un_debut_a_venir_parle_a_cote_de_ce_qui_est_perime(carnet: Carnet) -> None:
    say_cite(carnet, "vieille", "2022-01-10")
    say_cite(carnet, "future", "2026-03-10", debut="2026-12-01")
    assert carnet.ask(CITE, "QPV-1", "2026-04-01").valeur == 0


def test_rien_de_frais_tout_ce_qui_est_en_vigueur_compte(carnet: Carnet) -> None:
    say_cite(carnet, "a", "2022-01-10")
    say_cite(carnet, "b", "2022-03-10")
    reponse = carnet.ask(CITE, "QPV-1", "2026-04-01")
    assert (reponse.valeur, reponse.temoin) == (2, date(2022, 3, 10))


def test_un_lieu_actif_est_atteste_par_le_plus_tard_des_deux(carnet: Carnet) -> None:
    """By its own row, or by what was held there."""
    carnet.say(
        "lieu", "pj", "2026-05-20", situe="QPV-1", genre="point_justice", ouvert="2020-01-01"
    )
    champs = {"genre": "permanence_juridique", "tenue": True, "premier_jour": "2026-03-03"}
    carnet.say("activite", "p", "2026-03-04", situe="QPV-1", lieu="pj", **champs)
    assert carnet.ask("e03-a4-acces-au-droit", "QPV-1", "2026-06-01").temoin == date(2026, 5, 20)
    carnet.say("activite", "q", "2026-06-20", situe="QPV-1", lieu="pj", **champs)
    assert carnet.ask("e03-a4-acces-au-droit", "QPV-1", "2026-07-01").temoin == date(2026, 6, 20)


def test_un_acte_ne_vieillit_pas_a_cote_d_un_acte_frais(carnet: Carnet) -> None:
    """Autumn and summer within twelve months: both count, though the first is long past its limit."""
    for objet, jour in (("a", "2025-10-20"), ("b", "2026-07-10")):
        carnet.say(
            "activite", objet, jour, situe="QPV-1", genre="jobdating", tenue=True,
            premier_jour=jour, organisateur=("association",),
        )  # fmt: skip
    reponse = carnet.ask("e07-a6-part-avec-associations", "QPV-1", "2026-09-10")
    assert reponse.numerateur == reponse.denominateur == 2


def test_ce_qui_est_fini_ne_date_pas_ce_qui_est_en_vigueur(carnet: Carnet) -> None:
    say_cite(carnet, "finie", "2024-01-10", fin="2026-03-01")
    say_cite(carnet, "tenue", "2025-12-10")
    assert carnet.ask(CITE, "QPV-1", "2026-04-01").date == date(2025, 12, 10)


def test_la_date_montree_n_est_jamais_apres_le_jour_regarde(carnet: Carnet) -> None:
    say_cite(carnet, "c", "2026-01-10", fin="2026-12-31")
    assert carnet.ask(CITE, "QPV-1", "2026-04-01").date == date(2026, 4, 1)


def test_pv_reste_frais_quarante_cinq_jours_apres_la_fin_des_vacances(carnet: Carnet) -> None:
    """Told on 10 July, fresh until 15 October; then only the second one is."""
    mot = "oriente_prevention_ou_centre_social"
    champs = {"dispositif": "quartiers-ete", "unite_comptee": "jeunes", "du": "2026-07-01"}
    for organisme, le in (("A", "2026-07-10"), ("B", "2026-09-25")):
        carnet.say(
            "cohorte", organisme, le, dessert="QPV-1", n=20, dont={mot: 5},
            organisme=organisme, **champs,
        )  # fmt: skip
    ask = "e09-a6-part-orientes"
    vus = [carnet.ask(ask, "QPV-1", jour).denominateur for jour in ("2026-10-15", "2026-10-16")]
    assert vus == [40, 20]


def test_regarde_avant_d_etre_pourvu_il_ne_l_etait_pas(carnet: Carnet) -> None:
    """31 days on 1 February; it was filled in March."""
    champs = {"fonction": "mediateur", "finance_depuis": "2026-01-01"}
    carnet.say("poste", "p", "2026-04-01", dessert="QPV-1", pourvu_depuis="2026-03-15", **champs)
    assert carnet.ask("e06-o1-delai-pourvoi", "DEP-1", "2026-02-01").valeur == 31


@pytest.mark.parametrize(("haut", "bas"), [("valide", "soumis"), ("soumis", "valide")])
def test_une_part_a_le_plus_vieux_temoin_et_la_moindre_surete(
    carnet: Carnet, haut: str, bas: str
) -> None:
    champs = {"dispositif": "stages-3e", "du": "2025-09-01"}
    for unite, le, n, validation in (
        ("eleves", "2026-03-01", 4, haut),
        ("eleves_3e", "2026-05-01", 9, bas),
    ):
        carnet.say(
            "cohorte", unite, le, dessert="QPV-1", n=n, unite_comptee=unite,
            validation=validation, **champs,
        )  # fmt: skip
    reponse = carnet.ask("e04-a4-eleves-stage-qualite", "QPV-1", "2026-06-01")
    assert (reponse.temoin, reponse.rang) == (date(2026, 3, 1), 2)
