"""Each count, on a few rows that anybody can count by hand."""

from datetime import date
from fractions import Fraction

import pytest

from tests.oracle.derivation.carnet import Carnet
from tests.oracle.derivation.horaires import count_heures, count_jours
from tests.oracle.derivation.referentiel import read_programme
from tests.oracle.derivation.reponse import answer, build_regard


@pytest.fixture
def carnet() -> Carnet:
    return Carnet()


def test_distinct_sur_un_champ(carnet: Carnet) -> None:
    """Three signatories in two agreements."""
    champs = {"genre": "methode_aller_vers", "debut": "2026-01-01"}
    carnet.say("convention", "c", "2026-02-01", dessert="QPV-1", signataire=("A", "B"), **champs)
    carnet.say("convention", "d", "2026-02-01", dessert="QPV-1", signataire=("B", "C"), **champs)
    assert carnet.ask("e06-a4-structures-aller-vers", "QPV-1", "2026-03-01").valeur == 3


def test_valeurs_distinctes_parmi_les_mots_demandes(carnet: Carnet) -> None:
    """Five themes are asked: languages are none of them."""
    champs = {"genre": "educative", "tenue": True, "premier_jour": "2026-02-25"}
    carnet.say("activite", "a", "2026-02-25", situe="QPV-1", theme=("sport", "langues"), **champs)
    carnet.say("activite", "b", "2026-02-25", situe="QPV-1", theme=("sport", "culture"), **champs)
    reponse = carnet.ask("e09-a4-themes-couverts", "QPV-1", "2026-03-20")
    assert (reponse.numerateur, reponse.denominateur) == (2, 5)


def test_les_actions_d_un_autre_engagement_ne_comptent_pas(carnet: Carnet) -> None:
    champs = {"genre": "acces_publics_suivis", "debut": "2026-01-01"}
    carnet.say(
        "convention", "c", "2026-02-01", dessert="DEP-1", action=("E04-A1", "E09-A6"), **champs
    )
    reponse = carnet.ask("e04-o2-dispositifs-accessibles", "DEP-1", "2026-03-01")
    assert (reponse.numerateur, reponse.denominateur) == (1, 7)


def test_une_somme_de_cohortes_d_une_periode(carnet: Carnet) -> None:
    """A running total told twice, another quarter apart, a step that is no entry."""
    champs = {"dispositif": "emplois-francs", "unite_comptee": "contrats"}
    carnet.say("cohorte", "q1", "2026-02-15", dessert="QPV-1", n=3, du="2026-01-01", **champs)
    carnet.say("cohorte", "q1", "2026-03-31", dessert="QPV-1", n=5, du="2026-01-01", **champs)
    carnet.say("cohorte", "q2", "2026-06-30", dessert="QPV-1", n=4, du="2026-04-01", **champs)
    carnet.say(
        "cohorte",
        "s",
        "2026-06-30",
        dessert="QPV-1",
        n=9,
        du="2026-01-01",
        etape="termine",
        **champs,
    )
    vus = [
        carnet.ask("e07-a1-emplois-francs", "QPV-1", jour).valeur
        for jour in ("2026-03-01", "2026-04-30", "2026-07-10")
    ]
    assert vus == [3, 5, 9]


def test_le_cumul_d_une_annee_passee_reste_avec_son_drapeau(carnet: Carnet) -> None:
    champs = {"dispositif": "emplois-francs", "unite_comptee": "contrats"}
    carnet.say("cohorte", "a", "2025-12-31", dessert="QPV-1", n=7, du="2025-01-01", **champs)
    reponse = carnet.ask("e07-a1-emplois-francs", "QPV-1", "2026-02-01")
    assert (reponse.valeur, reponse.drapeaux) == (7, {"periode_precedente"})


def test_une_cible_datee_ne_regarde_que_la_periode_de_son_echeance(carnet: Carnet) -> None:
    """The totals of 2025 are read alone, or nothing is (L-22)."""
    champs = {"dispositif": "emplois-francs", "unite_comptee": "contrats"}
    carnet.say("cohorte", "a", "2025-12-31", dessert="QPV-1", n=7, du="2025-01-01", **champs)
    carnet.say("cohorte", "b", "2026-03-31", dessert="QPV-1", n=2, du="2026-01-01", **champs)
    looks = ("e07-a1-emplois-francs", "QPV-1", date(2026, 6, 1), date(2026, 12, 31))
    vus = []
    for annee in (2024, 2025, 2026):
        regard = build_regard(carnet.monde, carnet.lignes, read_programme(), *looks)
        vus.append(answer(regard, (date(annee, 1, 1), date(annee, 12, 31))).valeur)
    assert vus == [None, 7, 2]


def test_n_egale_zero_est_un_zero_dit(carnet: Carnet) -> None:
    champs = {"dispositif": "emplois-francs", "unite_comptee": "contrats"}
    carnet.say("cohorte", "a", "2026-03-31", dessert="QPV-1", n=0, du="2026-01-01", **champs)
    reponse = carnet.ask("e07-a1-emplois-francs", "QPV-1", "2026-04-01")
    assert (reponse.valeur, reponse.parle) == (0, True)


def test_dont_se_lit_dans_le_detail_et_laisse_hors_de_la_part_qui_ne_le_donne_pas(
    carnet: Carnet,
) -> None:
    champs = {"dispositif": "quartiers-ete", "unite_comptee": "jeunes", "du": "2026-07-01"}
    mot = "oriente_prevention_ou_centre_social"
    carnet.say("cohorte", "a", "2026-08-31", dessert="QPV-1", n=20, dont={mot: 5}, **champs)
    carnet.say("cohorte", "b", "2026-08-31", dessert="QPV-1", n=70, organisme="autre", **champs)
    reponse = carnet.ask("e09-a6-part-orientes", "QPV-1", "2026-09-10")
    assert (reponse.numerateur, reponse.denominateur) == (5, 20)


def test_un_engagement_est_celui_des_actions_qu_un_dispositif_sert(carnet: Carnet) -> None:
    mot = "sous_main_de_justice_ou_protection_enfance"
    for objet, dispositif in (("a", "cordees-reussite"), ("b", "clas")):
        carnet.say(
            "cohorte", objet, "2026-08-31", dessert="DEP-1", dispositif=dispositif,
            unite_comptee="jeunes", n=20, dont={mot: 5}, du="2025-09-01",
        )  # fmt: skip
    assert carnet.ask("e04-o2-beneficiaires", "DEP-1", "2026-08-31").valeur == 5


def test_le_plus_charge(carnet: Carnet) -> None:
    """Two quartiers and a commune for one, one quartier for the other."""
    champs = {"fonction": "delegue_prefet", "pourvu_depuis": "2026-01-01"}
    carnet.say("poste", "a", "2026-02-01", dessert="QPV-1 | QPV-2 | COM-1", **champs)
    carnet.say("poste", "b", "2026-02-01", dessert="QPV-4", **champs)
    assert carnet.ask("e10-a3-quartiers-par-delegue", "DEP-1", "2026-03-01").valeur == 2


def test_l_etape_la_plus_avancee_puis_plus_rien(carnet: Carnet) -> None:
    """Ended, step 0."""
    champs = {"genre": "strategie_attribution", "debut": "2025-01-01"}
    carnet.say("convention", "c", "2026-01-10", dessert="EPCI-1", etape=2, **champs)
    carnet.say(
        "convention", "d", "2026-01-10", dessert="EPCI-1", etape=3, fin="2026-06-30", **champs
    )
    ask = "e02-a3-strategie-attribution"
    assert [carnet.ask(ask, "EPCI-1", j).jalon for j in ("2026-06-30", "2026-07-01")] == [3, 2]
    carnet.say(
        "convention", "c", "2026-07-10", dessert="EPCI-1", etape=2, fin="2026-07-05", **champs
    )
    assert carnet.ask(ask, "EPCI-1", "2026-07-20").jalon == 0


def test_une_mediane_paire_est_au_milieu(carnet: Carnet) -> None:
    for objet, pourvu in (("a", "2026-01-11"), ("b", "2026-01-31")):
        carnet.say(
            "poste", objet, "2026-03-01", dessert="QPV-1", fonction="mediateur",
            finance_depuis="2026-01-01", pourvu_depuis=pourvu,
        )  # fmt: skip
    assert carnet.ask("e06-o1-delai-pourvoi", "DEP-1", "2026-04-01").valeur == 20
    carnet.say(
        "poste",
        "c",
        "2026-03-01",
        dessert="QPV-1",
        fonction="mediateur",
        finance_depuis="2026-02-28",
    )
    assert carnet.ask("e06-o1-delai-pourvoi", "DEP-1", "2026-04-01").valeur == 10


def test_la_plus_petite_distance(carnet: Carnet) -> None:
    """The bus does not count, the closed one neither."""
    for objet, champs in (
        ("loin", {}),
        ("pres", {"ferme": "2026-02-01"}),
        ("bus", {"mobile": True}),
    ):
        carnet.say(
            "lieu", objet, "2026-03-01", situe="COM-1",
            genre="france_services", ouvert="2024-01-01", **champs,
        )  # fmt: skip
    carnet.measure({("QPV-1", "loin"): 4321, ("QPV-1", "pres"): 150, ("QPV-1", "bus"): 20})
    ask = "e03-a1-distance-france-services"
    assert carnet.ask(ask, "QPV-1", "2026-04-01").valeur == 4321
    assert carnet.ask(ask, "QPV-1", "2026-02-01").valeur == 150
    assert not carnet.ask(ask, "QPV-2", "2026-04-01").parle


def test_a_portee_proche_ou_loin(carnet: Carnet) -> None:
    """300 metres are reached, 301 near, 1001 say nothing."""
    carnet.say("lieu", "fs", "2026-03-01", genre="france_services", ouvert="2024-01-01")
    carnet.measure({("QPV-1", "fs"): 300, ("QPV-2", "fs"): 301, ("QPV-3", "fs"): 1001})
    ici, pres, loin = [
        carnet.ask("e03-a1-france-services", c, "2026-04-01") for c in ("QPV-1", "QPV-2", "QPV-3")
    ]
    assert (ici.valeur, pres.valeur, loin.valeur) == (1, 0, None)
    assert pres.proches == {"fs"}
    assert carnet.ask("e03-a1-france-services", "QC-1", "2026-04-01").valeur == 1


def test_un_bus_compte_par_son_arret_dans_le_quartier(carnet: Carnet) -> None:
    champs = {"genre": "france_services", "mobile": True}
    carnet.say("lieu", "bus", "2026-03-01", situe="QPV-1", arret_hebdomadaire=True, **champs)
    carnet.say("lieu", "car", "2026-03-01", situe="QPV-2", **champs)
    vus = [carnet.ask("e03-a1-france-services", c, "2026-04-01").valeur for c in ("QPV-1", "QPV-2")]
    assert vus == [1, 0]


def test_les_heures_et_les_jours_du_plus_ouvert(carnet: Carnet) -> None:
    """An unreadable timetable says nothing."""
    semaine = ("lundi 09:00-12:00 / 13:30-17:00", "jeudi 14:00-18:00")
    assert count_heures(semaine) == Fraction(21, 2)
    assert count_jours(semaine) == 2
    assert count_heures(("lundi le matin",)) is None
    champs = {"genre": "france_services"}
    carnet.say("lieu", "a", "2026-03-01", situe="QPV-1", horaires=semaine, **champs)
    carnet.say("lieu", "b", "2026-03-01", situe="QPV-1", horaires=("mardi 09:00-10:00",), **champs)
    assert carnet.ask("e03-a1-heures-ouverture", "QPV-1", "2026-04-01").valeur == Fraction(21, 2)
    carnet.say("lieu", "c", "2026-03-01", situe="QPV-4", horaires=("sur rendez-vous",), **champs)
    assert not carnet.ask("e03-a1-heures-ouverture", "QPV-4", "2026-04-01").parle
    carnet.say("lieu", "d", "2026-03-01", situe="QPV-1", genre="centre_social", horaires=semaine)
    assert carnet.ask("e03-a2-jours-ouverture", "QPV-1", "2026-04-01").valeur == 2


def test_les_qrr_couverts(carnet: Carnet) -> None:
    """A convention that names the QRR."""
    champs = {"genre": "cite_emploi", "debut": "2026-01-01"}
    carnet.say("convention", "c", "2026-02-01", dessert="QPV-1", **champs)
    assert not carnet.ask("e09-a3-qrr-couverts", "FR", "2026-03-01").parle
    carnet.say("convention", "d", "2026-02-01", dessert="QRR-1", **champs)
    reponse = carnet.ask("e09-a3-qrr-couverts", "FR", "2026-03-01")
    assert (reponse.numerateur, reponse.denominateur) == (1, 1)


def test_un_indicateur_national_est_nourri_par_les_quartiers(carnet: Carnet) -> None:
    """One post for two quartiers is one in France; linked to a département only, it is told apart."""
    champs = {
        "fonction": "educateur_prevention",
        "programme": "bataillons-prevention",
        "pourvu_depuis": "2026-01-01",
    }
    carnet.say("poste", "a", "2026-02-01", dessert="QPV-1 | QPV-2", **champs)
    carnet.say("poste", "b", "2026-02-01", dessert="DEP-2", **champs)
    reponse = carnet.ask("e06-a1-educateurs-nation", "FR", "2026-03-01")
    assert (reponse.valeur, reponse.drapeaux) == (1, {"non_reparti"})


def test_des_domaines_mobilisables(carnet: Carnet) -> None:
    """Two organisations, three fields of the five; one no longer available."""
    carnet.say(
        "organisme", "a", "2026-02-01", situe="QPV-1", nom="A",
        domaine=("sportif", "culturel"), mobilisable_depuis="2026-01-01",
    )  # fmt: skip
    carnet.say(
        "organisme", "b", "2026-02-01", situe="QPV-1", nom="B",
        domaine=("social",), mobilisable_depuis="2025-01-01", mobilisable_jusqu_au="2026-03-31",
    )  # fmt: skip
    ask = "e05-a1-domaines-couverts"
    vus = [carnet.ask(ask, "QPV-1", jour).numerateur for jour in ("2026-03-31", "2026-04-01")]
    assert vus == [3, 2]


def test_les_problemes_resolus(carnet: Carnet) -> None:
    champs = {"genre": "gpo", "creee": "2024-01-01"}
    carnet.say(
        "instance", "g", "2026-02-01", dessert="QPV-1",
        problemes_ouverts=12, problemes_resolus=7, **champs,
    )  # fmt: skip
    reponse = carnet.ask("e08-a1-problemes-resolus", "QPV-1", "2026-03-01")
    assert (reponse.numerateur, reponse.denominateur) == (7, 12)


def test_les_locaux_livres_depuis_le_premier_janvier(carnet: Carnet) -> None:
    champs = {"programme": "npnru", "nom": "P"}
    carnet.say("projet", "p", "2025-11-01", situe="QPV-1", locaux_livres=6, **champs)
    carnet.say("projet", "p", "2026-05-01", situe="QPV-1", locaux_livres=2, **champs)
    ask = "e02-a4-locaux-activite"
    vus = [carnet.ask(ask, "QPV-1", jour).valeur for jour in ("2026-04-30", "2026-05-01")]
    assert vus == [6, 2]


def test_un_projet_soutenu_et_engage(carnet: Carnet) -> None:
    champs = {"programme": "renovation", "nom": "P", "soutien_etat": True}
    carnet.say("projet", "p", "2026-02-01", dessert="QPV-1", etat="programme", **champs)
    carnet.say("projet", "p", "2026-05-01", dessert="QPV-1", etat="engage", **champs)
    ask = "e02-a2-projets-soutenus"
    vus = [carnet.ask(ask, "QPV-1", jour).valeur for jour in ("2026-04-30", "2026-05-01")]
    assert vus == [0, 1]


def test_le_cadre_les_fiches_le_plan_le_tableau(carnet: Carnet) -> None:
    """The frame is read like the rest."""
    carnet.say("fiche_action", "f", "2026-02-01", dessert="QPV-1", applicable=True, complete=True)
    carnet.say("fiche_action", "g", "2026-02-01", dessert="QPV-1", applicable=True)
    reponse = carnet.ask("e10-a1-actions-pilotees", "QPV-1", "2026-03-01")
    assert (reponse.numerateur, reponse.denominateur) == (1, 2)
    carnet.say("plan", "p", "2026-02-01", dessert="QPV-1", etape=3)
    assert carnet.ask("e10-a1-plan-contractualise", "QPV-1", "2026-03-01").jalon == 3
    carnet.say("tableau", "t", "2026-02-01", dessert="QPV-1", publication=True)
    vus = [
        carnet.ask("e10-a2-tableau-publie", "QPV-1", j).valeur for j in ("2026-04-30", "2026-05-01")
    ]
    assert vus == [1, 0]


def test_les_constats_sont_comptes_par_la_vue(carnet: Carnet) -> None:
    reponse = carnet.ask("e10-a2-couverture", "QPV-1", "2026-03-01")
    assert (reponse.parle, reponse.pourquoi) == (False, "compté par la vue, après tous les autres")


def test_un_indicateur_sans_derivation_se_declare(carnet: Carnet) -> None:
    reponse = carnet.ask("e10-o3-effort", "QPV-1", "2026-03-01")
    assert "il se déclare" in reponse.pourquoi
