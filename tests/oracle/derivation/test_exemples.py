"""The worked examples of the domain, played from rows."""

from datetime import date

import pytest

from tests.oracle.derivation.carnet import Carnet

RELAIS = "e06-a2-adultes-relais"
GPO = "e08-a1-gpo"


def say_adulte_relais(carnet: Carnet, objet: str, le: str, **champs: object) -> None:
    """A post of adulte-relais that serves the first quartier."""
    carnet.say(
        "poste",
        objet,
        le,
        dessert="QPV-1",
        fonction="adulte_relais",
        employeur="Régie de quartier",
        etp_finance=1,
        **{"finance_depuis": "2025-06-01", **champs},
    )


@pytest.mark.parametrize("nombre", [3, 4])
def test_exemple_4_des_postes_se_comptent_a_leur_date(nombre: int) -> None:
    """Three posts filled on 30 September 2026 read 3 on that date; four read 4."""
    carnet = Carnet()
    for numero in range(nombre):
        say_adulte_relais(carnet, f"ar-{numero}", "2026-09-30", pourvu_depuis="2026-01-01")
    reponse = carnet.ask(RELAIS, "QPV-1", "2026-11-23")
    assert (reponse.valeur, reponse.date) == (nombre, date(2026, 9, 30))


def test_exemple_5_le_sixieme_poste_vient_apres_l_echeance() -> None:
    """Five posts at the deadline of 30 June, the sixth on 1 October."""
    carnet = Carnet()
    for numero in range(5):
        say_adulte_relais(carnet, f"ar-{numero}", "2026-06-30", pourvu_depuis="2026-01-01")
    say_adulte_relais(carnet, "ar-6", "2026-10-05", pourvu_depuis="2026-10-01")
    assert carnet.ask(RELAIS, "QPV-1", "2026-06-30").valeur == 5
    assert carnet.ask(RELAIS, "QPV-1", "2026-09-30").valeur == 5
    assert carnet.ask(RELAIS, "QPV-1", "2026-10-01").valeur == 6


def test_exemple_10_sans_confirmation_la_derniere_reunion_vieillit() -> None:
    """The GPO met on 12 May: three months later nothing is in force, and the last witness is still 12 May."""
    carnet = Carnet()
    carnet.say("seance", "gpo-5", "2026-05-12", dessert="QPV-1", instance="gpo", tenue=True)
    assert carnet.ask(GPO, "QPV-1", "2026-08-11").valeur == 1
    perdu = carnet.ask(GPO, "QPV-1", "2026-08-12")
    assert (perdu.valeur, perdu.date) == (0, date(2026, 5, 12))
    perime = carnet.ask(GPO, "QPV-1", "2026-11-23")
    assert (perime.valeur, perime.temoin) == (0, date(2026, 5, 12))


def test_exemple_10_le_service_confirme_qu_il_n_y_a_rien_d_autre() -> None:
    """« All was recorded on 20 November » makes the absence a fresh zero."""
    carnet = Carnet()
    carnet.say("seance", "gpo-5", "2026-05-12", dessert="QPV-1", instance="gpo", tenue=True)
    carnet.say("pointage", "p", "2026-11-20", dessert="QPV-1", genre="seance")
    reponse = carnet.ask(GPO, "QPV-1", "2026-11-23")
    assert (reponse.valeur, reponse.temoin) == (0, date(2026, 11, 20))
    assert carnet.ask(GPO, "QPV-1", "2026-08-11").date == date(2026, 5, 12)


def test_exemple_11_hors_programme_rien_n_est_dit_ou_l_etape_0_l_est() -> None:
    """Outside NPNRU, silence says nothing; a project told « hors programme » is step 0."""
    carnet = Carnet()
    assert not carnet.ask("e02-a1-convention-npnru", "QPV-1", "2026-11-23").parle
    carnet.say("projet", "np", "2026-02-10", dessert="QPV-1", programme="npnru", etape=0)
    reponse = carnet.ask("e02-a1-convention-npnru", "QPV-1", "2026-11-23")
    assert (reponse.jalon, reponse.date) == (0, date(2026, 2, 10))


def test_un_poste_vacant_est_un_zero_frais() -> None:
    """A vacancy is told: a zero, on the day it is told."""
    carnet = Carnet()
    say_adulte_relais(carnet, "ar-1", "2026-01-15", pourvu_depuis="2026-01-01")
    say_adulte_relais(
        carnet, "ar-1", "2026-10-01", pourvu_depuis="2026-01-01", vacant_depuis="2026-09-10"
    )
    reponse = carnet.ask(RELAIS, "QPV-1", "2026-11-23")
    assert (reponse.valeur, reponse.temoin) == (0, date(2026, 10, 1))
    avant = carnet.ask(RELAIS, "QPV-1", "2026-09-09")
    assert (avant.valeur, avant.temoin) == (1, date(2026, 9, 9))


def test_un_poste_dit_vacant_d_emblee_etait_occupe_avant() -> None:
    """The first row tells all its dates: filled, then vacant."""
    carnet = Carnet()
    say_adulte_relais(
        carnet, "ar-1", "2026-10-01", pourvu_depuis="2026-01-01", vacant_depuis="2026-09-10"
    )
    assert carnet.ask(RELAIS, "QPV-1", "2026-09-09").valeur == 1
    assert carnet.ask(RELAIS, "QPV-1", "2026-09-10").valeur == 0
    assert carnet.ask(RELAIS, "QPV-1", "2025-12-31").valeur == 0, "financé, pas encore occupé"
    assert not carnet.ask(RELAIS, "QPV-1", "2025-05-31").parle


def test_vacant_puis_occupe_de_nouveau_garde_son_passe() -> None:
    """A later row is what became of it: nothing before is lost."""
    carnet = Carnet()
    dates: dict[str, object] = {"pourvu_depuis": "2026-01-01"}
    say_adulte_relais(carnet, "ar-1", "2026-01-15", **dates)
    dates["vacant_depuis"] = "2026-03-10"
    say_adulte_relais(carnet, "ar-1", "2026-04-01", **dates)
    dates["pourvu_depuis"] = "2026-06-01"
    say_adulte_relais(carnet, "ar-1", "2026-06-15", **dates)
    jours = ("2026-03-09", "2026-03-10", "2026-05-31", "2026-06-01")
    assert [carnet.ask(RELAIS, "QPV-1", jour).valeur for jour in jours] == [1, 0, 0, 1]


def test_le_silence_ne_dit_rien() -> None:
    """No row at all: nothing is said, and the reason is told."""
    reponse = Carnet().ask(RELAIS, "QPV-1", "2026-11-23")
    assert not reponse.parle
    assert reponse.valeur is None
    assert reponse.pourquoi
