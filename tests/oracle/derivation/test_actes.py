"""The decisions about acts, one test each."""

from datetime import date, time
from fractions import Fraction

import pytest

from tests.oracle.derivation.carnet import Carnet

MARAUDES = "e08-a4-maraudes"
PERMANENCES = "e03-a4-permanences"
COLLEGES = "e10-o2-instances-partenariales"
EMI = "e03-a5-seances-emi"


@pytest.fixture
def carnet() -> Carnet:
    return Carnet()


def say_seance(
    carnet: Carnet, objet: str, le: str, *, tenue: bool = True, **champs: object
) -> None:
    """A COPIL."""
    carnet.say("seance", objet, le, dessert="QPV-1", instance="copil", tenue=tenue, **champs)


def test_une_maraude_hebdomadaire_compte_chaque_fois(carnet: Carnet) -> None:
    """Mondays of October 2026: 5, 12, 19, 26."""
    carnet.say(
        "activite", "m", "2026-11-15", situe="QPV-1", genre="maraude", tenue=True,
        premier_jour="2026-09-07", dernier_jour="2026-12-28", rythme="hebdomadaire",
    )  # fmt: skip
    assert carnet.ask(MARAUDES, "QPV-1", "2026-11-20").valeur == 4


def test_une_activite_hebdomadaire_ne_prouve_rien_apres_son_dernier_dire(carnet: Carnet) -> None:
    """Planned until December, told on 12 October: two Mondays."""
    carnet.say(
        "activite", "m", "2026-10-12", situe="QPV-1", genre="maraude", tenue=True,
        premier_jour="2026-09-07", dernier_jour="2026-12-28", rythme="hebdomadaire",
    )  # fmt: skip
    reponse = carnet.ask(MARAUDES, "QPV-1", "2026-11-20")
    assert (reponse.valeur, reponse.temoin) == (2, date(2026, 10, 12))


def test_une_maraude_annulee_un_jour(carnet: Carnet) -> None:
    carnet.say(
        "activite", "m", "2026-11-15", situe="QPV-1", genre="maraude", tenue=True,
        premier_jour="2026-09-07", dernier_jour="2026-12-28", rythme="hebdomadaire",
        jours_annules=(date(2026, 10, 19),),
    )  # fmt: skip
    assert carnet.ask(MARAUDES, "QPV-1", "2026-11-20").valeur == 3


def test_un_sejour_compte_une_fois(carnet: Carnet) -> None:
    """Ten days in a row are one session."""
    carnet.say(
        "activite", "s", "2026-07-25", dessert="QPV-1", genre="sejour_rupture", tenue=True,
        premier_jour="2026-07-10", dernier_jour="2026-07-19",
    )  # fmt: skip
    assert carnet.ask("e09-a7-sejours", "QPV-1", "2026-10-01").valeur == 1


def test_une_seance_annulee_est_muette_hors_d_une_part(carnet: Carnet) -> None:
    champs = {"genre": "permanence_juridique", "premier_jour": "2026-03-03", "tenue": False}
    carnet.say("activite", "p", "2026-03-04", situe="QPV-1", **champs)
    assert not carnet.ask(PERMANENCES, "QPV-1", "2026-04-01").parle


def test_une_seance_annulee_est_un_zero_dans_une_part(carnet: Carnet) -> None:
    """Alone, it leaves 0 out of 0, and fresh."""
    say_seance(carnet, "s", "2026-03-03", tenue=False)
    reponse = carnet.ask(COLLEGES, "QPV-1", "2026-04-01")
    assert (reponse.numerateur, reponse.denominateur) == (0, 0)
    assert reponse.date == date(2026, 3, 3)


def test_une_seance_sans_les_colleges_compte_en_bas_et_date_le_haut(carnet: Carnet) -> None:
    """The last one lacks the inhabitants: 1 of 2, on its day."""
    tous = ("collectivite", "association", "habitants")
    say_seance(carnet, "a", "2026-01-10", colleges=tous)
    say_seance(carnet, "b", "2026-03-03", colleges=("collectivite",))
    reponse = carnet.ask(COLLEGES, "QPV-1", "2026-04-01")
    assert (reponse.numerateur, reponse.denominateur) == (1, 2)
    assert reponse.date == date(2026, 3, 3)


def test_plusieurs_mots_sont_l_identite_d_un_acte(carnet: Carnet) -> None:
    """An activity on another theme says nothing of this one."""
    champs = {"genre": "atelier", "premier_jour": "2026-03-03", "tenue": True, "serie": "s"}
    carnet.say("activite", "a", "2026-03-04", dessert="QPV-1", theme=("sport",), **champs)
    assert not carnet.ask("e01-a6-ateliers-langues", "QPV-1", "2026-04-01").parle


def test_une_serie_compte_une_fois(carnet: Carnet) -> None:
    champs = {"genre": "atelier", "tenue": True, "theme": ("langues",), "serie": "anglais"}
    for objet, jour in (("a", "2026-03-03"), ("b", "2026-03-10")):
        carnet.say("activite", objet, jour, dessert="QPV-1", premier_jour=jour, **champs)
    assert carnet.ask("e01-a6-ateliers-langues", "QPV-1", "2026-04-01").valeur == 1


def test_une_seance_sert_trois_quartiers_et_compte_une_fois_au_dessus(carnet: Carnet) -> None:
    """Union of identities, not a sum."""
    champs = {"genre": "information", "premier_jour": "2026-03-03", "tenue": True}
    carnet.say(
        "activite", "i", "2026-03-03", dessert="QPV-1 | QPV-2 | QPV-4", public=("16-18",), **champs
    )
    codes = ("QPV-1", "QPV-4", "COM-1", "DEP-1")
    vus = [carnet.ask("e07-a9-informations", code, "2026-04-01").valeur for code in codes]
    assert vus == [1, 1, 1, 1]


def test_un_acte_ne_vieillit_pas_la_valeur_oui(carnet: Carnet) -> None:
    """Two sessions of a year: the old one counts beside the new one; the date is the last told."""
    for objet, jour in (("a", "2025-05-01"), ("b", "2026-03-03")):
        carnet.say(
            "activite", objet, jour, situe="QPV-1",
            genre="exposition_13_18", premier_jour=jour, tenue=True,
        )  # fmt: skip
    assert carnet.ask("e06-a6-seances-13-18", "QPV-1", "2026-04-30").valeur == 2
    reponse = carnet.ask("e06-a6-seances-13-18", "QPV-1", "2026-05-01")
    assert (reponse.valeur, reponse.temoin) == (1, date(2026, 3, 3))


def test_le_temoin_d_un_acte_est_le_jour_de_sa_derniere_ligne(carnet: Carnet) -> None:
    champs = {"genre": "education_medias", "premier_jour": "2026-03-03", "tenue": True}
    carnet.say("activite", "a", "2026-03-20", situe="QPV-1", **champs)
    assert carnet.ask(EMI, "QPV-1", "2026-04-30").date == date(2026, 3, 20)
    assert carnet.ask(EMI, "QPV-1", "2026-03-10").date == date(2026, 3, 10)
    assert not carnet.ask(EMI, "QPV-1", "2026-03-02").parle


def test_un_acte_dit_apres_sa_periode_reste_de_sa_periode(carnet: Carnet) -> None:
    """Held in August, told in September: the school year over, no zero of the new one."""
    champs = {"genre": "education_medias", "premier_jour": "2026-08-20", "tenue": True}
    carnet.say("activite", "a", "2026-09-10", situe="QPV-1", **champs)
    reponse = carnet.ask(EMI, "QPV-1", "2026-10-01")
    assert (reponse.valeur, reponse.date) == (1, date(2026, 8, 31))
    assert reponse.drapeaux == {"periode_precedente"}


def test_une_activite_dans_un_lieu_est_ou_est_son_lieu(carnet: Carnet) -> None:
    """At 200 metres of the quartier, whatever the row says of its own place."""
    carnet.say("lieu", "pj", "2026-01-05", situe="QPV-2", genre="point_justice")
    carnet.measure({("QPV-1", "pj"): 200, ("QPV-4", "pj"): 5000})
    champs = {"genre": "permanence_juridique", "premier_jour": "2026-03-03", "tenue": True}
    carnet.say("activite", "p", "2026-03-04", situe="QPV-4", lieu="pj", **champs)
    vus = [carnet.ask(PERMANENCES, c, "2026-04-01").parle for c in ("QPV-1", "QPV-2", "QPV-4")]
    assert vus == [True, True, False]


def test_pres_ne_dit_rien_hors_d_une_presence(carnet: Carnet) -> None:
    """At 600 metres: no session of this quartier, and no zero either."""
    carnet.say("lieu", "pj", "2026-01-05", genre="point_justice")
    carnet.measure({("QPV-1", "pj"): 600})
    champs = {"genre": "permanence_juridique", "premier_jour": "2026-03-03", "tenue": True}
    carnet.say("activite", "p", "2026-03-04", lieu="pj", **champs)
    assert not carnet.ask(PERMANENCES, "QPV-1", "2026-04-01").parle
    carnet.give_statistique("OD13", "population_3_11", "QPV-1", 100)
    carnet.say("lieu", "al", "2026-01-05", genre="accueil_loisirs", label="plan_mercredi", places=9)
    carnet.measure({("QPV-1", "al"): 600})
    assert not carnet.ask("e01-a2-places-mercredi", "QPV-1", "2026-04-01").parle


def test_sans_lieu_situe_le_dit_et_dessert_ne_prouve_pas(carnet: Carnet) -> None:
    champs = {"genre": "permanence_juridique", "premier_jour": "2026-03-03", "tenue": True}
    carnet.say("activite", "p", "2026-03-04", situe="QPV-4", dessert="QPV-1", **champs)
    vus = [carnet.ask(PERMANENCES, c, "2026-04-01").parle for c in ("QPV-4", "QPV-1")]
    assert vus == [True, False]


def test_un_atelier_de_micro_folie_se_tient_dans_une_micro_folie(carnet: Carnet) -> None:
    """The filter reads the genre of the place."""
    carnet.say("lieu", "mf", "2026-01-05", situe="QPV-1", genre="micro_folie")
    carnet.say("lieu", "cs", "2026-01-05", situe="QPV-1", genre="centre_social")
    champs = {"genre": "atelier", "tenue": True, "theme": ("expression_artistique",)}
    for objet, lieu in (("a", "mf"), ("b", "cs"), ("c", "perdu")):
        jour = "2026-03-03"
        carnet.say("activite", objet, jour, situe="QPV-1", premier_jour=jour, lieu=lieu, **champs)
    reponse = carnet.ask("e03-a5-ateliers-creation", "QPV-1", "2026-04-01")
    assert reponse.objets == {("a", date(2026, 3, 3))}


@pytest.mark.parametrize(
    ("jour", "debut", "fin", "compte"),
    [
        ("2026-11-03", None, None, False),  # a Tuesday
        ("2026-11-07", None, None, True),  # a Saturday
        ("2026-11-11", None, None, True),  # a public holiday
        ("2026-11-03", time(18), time(20), True),
        ("2026-11-03", time(17, 59), time(20), False),
        ("2026-11-03", time(17), time(20, 1), True),
    ],
)
def test_le_soir_ou_le_week_end(
    carnet: Carnet, jour: str, debut: time | None, fin: time | None, compte: bool
) -> None:
    champs = {"genre": "action_jeunes", "tenue": True, "premier_jour": jour}
    carnet.say("activite", "a", jour, situe="QPV-1", heure_debut=debut, heure_fin=fin, **champs)
    assert carnet.ask("e09-a5-action-soir-weekend", "QPV-1", "2026-11-20").parle is compte


def test_une_subvention_sans_cle_ne_se_repartit_pas(carnet: Carnet) -> None:
    """No equal shares of money: it counts where all is held."""
    champs = {"financeur": "État", "beneficiaire": "A", "genre_beneficiaire": "association"}
    carnet.say(
        "financement", "f", "2026-03-03", dessert="QPV-1 | QPV-2",
        verse_le="2026-02-10", montant_verse=Fraction(5000), **champs,
    )  # fmt: skip
    assert carnet.ask("e05-a2-montant", "QPV-1", "2026-04-01").drapeaux == {"non_reparti"}
    assert carnet.ask("e05-a2-montant", "COM-1", "2026-04-01").valeur == 5000
    assert carnet.ask("e05-a2-associations-soutenues", "QPV-1", "2026-04-01").valeur == 1


def test_deux_financeurs_d_une_action_ou_que_soient_leurs_lignes(carnet: Carnet) -> None:
    """One line here, the other in another quartier: the action is co-financed in both."""
    for objet, ici, qui, action in (
        ("a", "QPV-1", "État", "x"),
        ("b", "QPV-4", "Ville", "x"),
        ("c", "QPV-1", "État", "y"),
        ("d", "QPV-1", "État", "y"),
    ):
        carnet.say(
            "financement", objet, "2026-03-03", dessert=ici, financeur=qui,
            beneficiaire="A", action_financee=action, attribue_le="2026-02-10",
        )  # fmt: skip
    reponse = carnet.ask("e05-a3-taux-cofinancement", "QPV-1", "2026-04-01")
    assert (reponse.numerateur, reponse.denominateur) == (1, 2)


def test_le_premier_mot_atteint_date_une_subvention(carnet: Carnet) -> None:
    """Awarded in December 2025, paid in 2026: a supported association of 2025, money of 2026."""
    carnet.say(
        "financement", "f", "2026-03-03", dessert="QPV-1", financeur="État", beneficiaire="A",
        genre_beneficiaire="association", attribue_le="2025-12-10", verse_le="2026-02-10",
        montant_verse=Fraction(100),
    )  # fmt: skip
    soutenues = carnet.ask("e05-a2-associations-soutenues", "QPV-1", "2026-04-01")
    assert (soutenues.valeur, soutenues.date) == (1, date(2025, 12, 31))
    assert carnet.ask("e05-a2-montant", "QPV-1", "2026-04-01").date == date(2026, 3, 3)
