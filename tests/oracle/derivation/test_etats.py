"""The decisions about states, one test each, as they were taken after a second reading."""

from datetime import date
from fractions import Fraction

import pytest

from tests.oracle.derivation.carnet import Carnet

ETP = "e06-a1-educateurs-etp"
RELAIS = "e06-a2-adultes-relais"
POURVOI = "e06-a2-taux-pourvoi"
CITE = "e01-a3-cite-educative"
DELAI = "e06-o1-delai-pourvoi"


@pytest.fixture
def carnet() -> Carnet:
    return Carnet()


def say_educateur(carnet: Carnet, liens: str, le: str = "2026-03-31", **champs: object) -> None:
    """A post of éducateur, filled since the start of the year."""
    dits = {"pourvu_depuis": "2026-01-01", "etp_pourvu": Fraction(1), **champs}
    carnet.say("poste", "ed-1", le, dessert=liens, fonction="educateur_prevention", **dits)


def test_aucune_part_n_est_inventee(carnet: Carnet) -> None:
    """A post that serves two quartiers without shares counts in the commune that holds both."""
    say_educateur(carnet, "QPV-1 | QPV-2")
    quartier = carnet.ask(ETP, "QPV-1", "2026-04-01")
    assert not quartier.parle
    assert quartier.drapeaux == {"non_reparti"}
    assert carnet.ask(ETP, "COM-1", "2026-04-01").valeur == 1


def test_les_parts_dites_sont_suivies(carnet: Carnet) -> None:
    """With shares each quartier has its own, and the commune their sum."""
    say_educateur(carnet, "QPV-1 3/4 | QPV-2 1/4")
    vus = [carnet.ask(ETP, code, "2026-04-01").valeur for code in ("QPV-1", "QPV-2", "COM-1")]
    assert vus == [Fraction(3, 4), Fraction(1, 4), 1]


def test_les_parts_ne_font_jamais_plus_d_un(carnet: Carnet) -> None:
    say_educateur(carnet, "QPV-1 3/4 | QPV-2 3/4")
    assert carnet.ask(ETP, "COM-1", "2026-04-01").valeur == 1


def test_un_compte_distinct_dit_un_dans_chacun(carnet: Carnet) -> None:
    """A shared post is one in each quartier, and one above."""
    champs = {"fonction": "adulte_relais", "pourvu_depuis": "2026-01-01"}
    carnet.say("poste", "ar", "2026-03-31", dessert="QPV-1 | QPV-2", **champs)
    vus = [carnet.ask(RELAIS, code, "2026-04-01").valeur for code in ("QPV-1", "QPV-2", "DEP-1")]
    assert vus == [1, 1, 1]


def test_plusieurs_territoires_d_un_quartier_cible_la_somme_y_est_entiere(carnet: Carnet) -> None:
    """All that is served stands inside the quartier cible."""
    say_educateur(carnet, "QPV-1 | QRR-1")
    assert carnet.ask(ETP, "QC-1", "2026-04-01").valeur == 1


def test_plusieurs_mots_sont_l_etat_d_un_etat(carnet: Carnet) -> None:
    """A place that loses its label attests a zero."""
    carnet.give_statistique("OD13", "population_3_11", "QPV-1", 100)
    champs = {"genre": "accueil_loisirs", "ouvert": "2020-01-01", "places": 40}
    carnet.say("lieu", "al", "2026-01-10", situe="QPV-1", label=("plan_mercredi",), **champs)
    avant = carnet.ask("e01-a2-places-mercredi", "QPV-1", "2026-02-01")
    assert (avant.numerateur, avant.denominateur) == (40, 100)
    carnet.say("lieu", "al", "2026-06-10", situe="QPV-1", **champs)
    apres = carnet.ask("e01-a2-places-mercredi", "QPV-1", "2026-07-01")
    assert (apres.numerateur, apres.date) == (0, date(2026, 6, 10))


@pytest.mark.parametrize(
    ("genre", "indicateur", "champs"),
    [
        ("lieu", "e03-a2-centre-social", {"genre": "centre_social", "ouvert": "2024-05-01"}),
        ("convention", CITE, {"genre": "cite_educative", "debut": "2024-05-01"}),
        ("instance", "e10-a5-task-force", {"genre": "task_force", "creee": "2024-05-01"}),
        ("organisme", "e07-a8-siae", {"genre": "siae", "nom": "A", "actif_depuis": "2024-05-01"}),
    ],
)
def test_un_premier_dire_vaut_depuis_son_propre_debut(
    carnet: Carnet, genre: str, indicateur: str, champs: dict[str, object]
) -> None:
    """Told in 2026, in force since May 2024; before, nothing is said."""
    carnet.say(genre, "x", "2026-03-01", situe="QPV-1", **champs)
    territoire = "FR" if genre == "instance" else "QPV-1"
    assert carnet.ask(indicateur, territoire, "2024-05-01").valeur == 1
    assert not carnet.ask(indicateur, territoire, "2024-04-30").parle


def test_une_part_a_la_plus_vieille_de_ses_deux_dates(carnet: Carnet) -> None:
    """The two roles of a share are attested on two days."""
    commun = {"dispositif": "stages-3e", "du": "2025-09-01", "organisme": "collège"}
    carnet.say("cohorte", "a", "2026-03-01", dessert="QPV-1", unite_comptee="eleves", n=4, **commun)
    carnet.say(
        "cohorte", "b", "2026-05-01", dessert="QPV-1", unite_comptee="eleves_3e", n=9, **commun
    )
    reponse = carnet.ask("e04-a4-eleves-stage-qualite", "QPV-1", "2026-06-01")
    assert (reponse.numerateur, reponse.denominateur) == (4, 9)
    assert reponse.date == date(2026, 3, 1)


def test_une_convention_reste_fraiche_jusqu_a_sa_fin_un_poste_non(carnet: Carnet) -> None:
    """The end of a funding does not keep a post fresh."""
    carnet.say(
        "convention", "c", "2024-01-10", dessert="QPV-1",
        genre="cite_educative", debut="2024-01-01", fin="2026-12-31",
    )  # fmt: skip
    carnet.say(
        "poste", "p", "2026-01-10", dessert="QPV-1", fonction="adulte_relais",
        pourvu_depuis="2026-01-01", finance_jusqu_au="2026-12-31",
    )  # fmt: skip
    assert carnet.ask(CITE, "QPV-1", "2026-11-01").temoin == date(2026, 12, 31)
    assert carnet.ask(RELAIS, "QPV-1", "2026-11-01").temoin == date(2026, 1, 10)


def test_passe_sa_propre_fin_un_zero_a_son_plus_grand_temoin(carnet: Carnet) -> None:
    """A convention over, of which nothing more was told."""
    carnet.say(
        "convention", "c", "2024-01-10", dessert="QPV-1",
        genre="cite_educative", debut="2024-01-01", fin="2025-12-31",
    )  # fmt: skip
    reponse = carnet.ask(CITE, "QPV-1", "2026-03-01")
    assert (reponse.valeur, reponse.temoin) == (0, date(2025, 12, 31))


def test_une_chose_finie_ne_parle_pas_a_cote_d_une_chose_en_vigueur(carnet: Carnet) -> None:
    """The second one, stale, still counts: what is over is silent."""
    dit = {"genre": "cite_educative", "debut": "2022-01-01"}
    carnet.say("convention", "c", "2022-01-10", dessert="QPV-1", fin="2025-12-31", **dit)
    carnet.say("convention", "d", "2022-01-10", dessert="QPV-1", **dit)
    assert carnet.ask(CITE, "QPV-1", "2026-03-01").valeur == 1


def test_une_periode_a_venir_est_un_zero_frais(carnet: Carnet) -> None:
    """Told in November, in force from January."""
    champs = {"genre": "cite_educative", "debut": "2027-01-01"}
    carnet.say("convention", "c", "2026-11-01", dessert="QPV-1", **champs)
    reponse = carnet.ask(CITE, "QPV-1", "2026-12-01")
    assert (reponse.valeur, reponse.temoin) == (0, date(2026, 11, 1))


def test_sans_le_champ_le_dire_precedent_tient(carnet: Carnet) -> None:
    """A row that forgets the ETP does not make it zero."""
    say_educateur(carnet, "QPV-1", "2026-01-31", etp_pourvu=Fraction(1, 2))
    say_educateur(carnet, "QPV-1", "2026-03-31", etp_pourvu=None)
    reponse = carnet.ask(ETP, "QPV-1", "2026-04-15")
    assert (reponse.valeur, reponse.temoin) == (Fraction(1, 2), date(2026, 1, 31))


def test_un_poste_vacant_sans_etp_est_vacant(carnet: Carnet) -> None:
    """The field forgotten matters only to a post that counts."""
    say_educateur(carnet, "QPV-1", "2026-01-31")
    say_educateur(carnet, "QPV-1", "2026-03-31", etp_pourvu=None, vacant_depuis="2026-03-01")
    assert carnet.ask(ETP, "QPV-1", "2026-04-15").valeur == 0


def test_le_meme_dire_rafraichit(carnet: Carnet) -> None:
    """The same content told later refreshes."""
    champs = {"genre": "cite_educative", "debut": "2024-01-01"}
    carnet.say("convention", "c", "2024-02-01", dessert="QPV-1", **champs)
    carnet.say("convention", "c", "2026-02-01", dessert="QPV-1", **champs)
    assert carnet.ask(CITE, "QPV-1", "2026-03-01").temoin == date(2026, 2, 1)
    assert carnet.ask(CITE, "QPV-1", "2025-12-01").temoin == date(2026, 1, 31)


def test_une_fermeture_dite_plus_tard_vaut_du_jour_qu_elle_dit(carnet: Carnet) -> None:
    """Told closed in October, closed since the end of June."""
    champs = {"genre": "centre_social", "ouvert": "2020-01-01"}
    carnet.say("lieu", "cs", "2026-01-05", situe="QPV-1", **champs)
    carnet.say("lieu", "cs", "2026-10-05", situe="QPV-1", ferme="2026-06-30", **champs)
    vus = [carnet.ask("e03-a2-centre-social", "QPV-1", j) for j in ("2026-06-30", "2026-07-01")]
    assert [vu.valeur for vu in vus] == [1, 0]
    assert vus[1].temoin == date(2026, 10, 5)


def test_une_convention_dite_apres_sa_fin_a_ete_en_vigueur(carnet: Carnet) -> None:
    """One row, told once it was over."""
    carnet.say(
        "convention", "c", "2026-03-10", dessert="QPV-1",
        genre="cite_educative", debut="2024-01-01", fin="2025-12-31",
    )  # fmt: skip
    jours = ("2024-01-01", "2025-12-31", "2026-01-01")
    assert [carnet.ask(CITE, "QPV-1", jour).valeur for jour in jours] == [1, 1, 0]
    assert carnet.ask(CITE, "QPV-1", "2026-04-01").temoin == date(2026, 3, 10)


def test_le_dernier_jour_d_une_cohorte_est_le_plus_tot_des_deux(carnet: Carnet) -> None:
    """A cohort over in June, told in November, counts in the school year that ended."""
    carnet.say(
        "cohorte", "c", "2026-11-10", dessert="QPV-1", dispositif="clas", unite_comptee="jeunes",
        n=40, du="2025-09-01", au="2026-06-30",
    )  # fmt: skip
    reponse = carnet.ask("e01-a5-jeunes", "QPV-1", "2026-11-20")
    assert (reponse.valeur, reponse.date) == (40, date(2026, 6, 30))
    assert reponse.drapeaux == {"periode_precedente"}


def test_une_part_de_deux_cohortes_ne_prouve_pas_de_zero(carnet: Carnet) -> None:
    """The denominator told alone says nothing of the numerator, for a sum."""
    champs = {"dispositif": "stages-3e", "unite_comptee": "eleves_3e", "n": 50, "du": "2025-09-01"}
    carnet.say("cohorte", "b", "2026-05-01", dessert="QPV-1", **champs)
    reponse = carnet.ask("e04-a4-eleves-stage-qualite", "QPV-1", "2026-06-01")
    assert not reponse.parle
    assert reponse.pourquoi == "rien n’est dit du numérateur"


def test_une_part_de_deux_comptes_le_prouve(carnet: Carnet) -> None:
    """A funded post is counted below; vacant, it is a zero above, on the same day."""
    carnet.say(
        "poste", "p", "2026-03-01", dessert="QPV-1",
        fonction="adulte_relais", finance_depuis="2026-01-01",
    )  # fmt: skip
    reponse = carnet.ask(POURVOI, "QPV-1", "2026-04-01")
    assert (reponse.numerateur, reponse.denominateur) == (0, 1)


def test_un_numerateur_plus_grand_ne_dit_rien(carnet: Carnet) -> None:
    """Two posts filled, one of them funded: the share says nothing."""
    dit = {"fonction": "adulte_relais", "pourvu_depuis": "2026-01-01"}
    carnet.say("poste", "p", "2026-03-01", dessert="QPV-1", finance_depuis="2026-01-01", **dit)
    carnet.say("poste", "q", "2026-03-01", dessert="QPV-1", **dit)
    reponse = carnet.ask(POURVOI, "QPV-1", "2026-04-01")
    assert reponse.pourquoi == "le numérateur dépasse le dénominateur"


@pytest.mark.parametrize(
    ("presents", "dedoubles", "compte"),
    [
        (("GS", "CP", "CE1"), ("GS", "CP", "CE1"), 1),
        (("GS", "CP", "CE1"), ("CP", "CE1"), 0),
        (("CP", "CE1"), ("CP", "CE1"), 1),
        ((), ("CP", "CE1"), 0),
        ((), ("GS", "CP", "CE1"), 1),
    ],
)
def test_tous_les_niveaux_que_l_ecole_a(
    carnet: Carnet, presents: tuple[str, ...], dedoubles: tuple[str, ...], compte: int
) -> None:
    """A school without one of the three levels counts if all that it has are halved."""
    carnet.say(
        "lieu", "e", "2026-03-01", dessert="QPV-1", genre="ecole", education_prioritaire="REP",
        niveaux_presents=presents, niveaux_dedoubles=dedoubles,
    )  # fmt: skip
    reponse = carnet.ask("e01-a1-ecoles-entierement-dedoublees", "QPV-1", "2026-04-01")
    assert (reponse.numerateur, reponse.denominateur) == (compte, 1)


def test_un_qrr_ne_recoit_pas_ce_que_ses_qpv_recoivent(carnet: Carnet) -> None:
    """The quartier cible receives from both, the QRR from itself alone."""
    champs = {"genre": "cite_educative", "debut": "2024-01-01"}
    carnet.say("convention", "c", "2026-03-01", dessert="QPV-1", **champs)
    assert not carnet.ask(CITE, "QRR-1", "2026-04-01").parle
    assert carnet.ask(CITE, "QC-1", "2026-04-01").valeur == 1


def test_un_quartier_cible_est_aussi_pres_que_la_plus_proche_de_ses_parties(carnet: Carnet) -> None:
    """Near one part by metres, in another that nobody measured."""
    champs = {"genre": "france_services", "ouvert": "2024-01-01"}
    carnet.say("lieu", "fs", "2026-03-01", situe="QPV-2", **champs)
    carnet.measure({("QPV-1", "fs"): 800})
    vus = [carnet.ask("e03-a1-france-services", c, "2026-04-01").valeur for c in ("QPV-1", "QC-1")]
    assert vus == [0, 1]


def test_une_commune_servie_ne_sert_pas_ses_quartiers(carnet: Carnet) -> None:
    """Up, never down."""
    champs = {"genre": "cite_educative", "debut": "2024-01-01"}
    carnet.say("convention", "c", "2026-03-01", dessert="COM-1", **champs)
    vus = [carnet.ask(CITE, code, "2026-04-01").parle for code in ("QPV-1", "COM-1", "DEP-1")]
    assert vus == [False, True, True]


def test_une_mediane_compte_ce_qui_n_est_pas_pourvu_a_son_dernier_temoin(carnet: Carnet) -> None:
    """Ten days for one post; the other, vacant, at 90 days on 1 April, whatever the day looked at."""
    dit = {"fonction": "mediateur", "finance_depuis": "2026-01-01"}
    carnet.say("poste", "a", "2026-02-01", dessert="QPV-1", pourvu_depuis="2026-01-11", **dit)
    carnet.say("poste", "b", "2026-04-01", dessert="QPV-1", **dit)
    for vu_le in ("2026-04-01", "2026-05-01"):
        reponse = carnet.ask(DELAI, "DEP-1", vu_le)
        assert (reponse.valeur, reponse.date) == (50, date(2026, 4, 1))


def test_un_poste_qui_part_ailleurs_laisse_un_zero(carnet: Carnet) -> None:
    """What it was here is over, attested until the eve of the change."""
    champs = {"fonction": "adulte_relais", "pourvu_depuis": "2026-01-01"}
    carnet.say("poste", "p", "2026-02-01", dessert="QPV-1", **champs)
    champs["pourvu_depuis"] = "2026-05-01"
    carnet.say("poste", "p", "2026-05-10", dessert="QPV-2", **champs)
    parti = carnet.ask(RELAIS, "QPV-1", "2026-06-01")
    assert (parti.valeur, parti.temoin) == (0, date(2026, 4, 30))
    assert carnet.ask(RELAIS, "QPV-2", "2026-06-01").valeur == 1


def test_la_derniere_cohorte_d_une_serie_remplace_les_autres(carnet: Carnet) -> None:
    """A stock names no period: last year's cohort is not added to this year's."""
    dit = {"dispositif": "cordees-reussite", "unite_comptee": "eleves", "organisme": "lycée"}
    for objet, le, n in (("c25", "2025-10-01", 48), ("c26", "2026-10-01", 71)):
        carnet.say("cohorte", objet, le, dessert="QPV-1", du=f"{le[:4]}-09-01", n=n, **dit)
    assert carnet.ask("e04-a1-cordees-eleves", "QPV-1", "2026-11-01").valeur == 71
    assert carnet.ask("e04-a1-cordees-eleves", "QPV-1", "2026-09-30").valeur == 48
