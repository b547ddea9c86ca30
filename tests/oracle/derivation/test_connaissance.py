"""What is known on a day: corrections, late knowledge, rejections, drafts, withdrawals, sureness."""

from datetime import date

import pytest

from tests.oracle.derivation.carnet import Carnet
from tests.oracle.derivation.lignes import LigneBrute

RELAIS = "e06-a2-adultes-relais"
JEUNES = "e01-a5-jeunes"


@pytest.fixture
def carnet() -> Carnet:
    return Carnet()


def say_jeunes(carnet: Carnet, n: int, le: str = "2026-03-01", **autre: str) -> LigneBrute:
    """So many young people of the CLAS since September."""
    champs = {"dispositif": "clas", "unite_comptee": "jeunes", "n": n, "du": "2025-09-01"}
    return carnet.say("cohorte", "c", le, dessert="QPV-1", **champs, **autre)


def ask_jeunes(carnet: Carnet, connu_le: str) -> object:
    """How many, as known on a day."""
    return carnet.ask(JEUNES, "QPV-1", "2026-06-01", connu_le).valeur


def test_une_correction_ne_change_rien_de_ce_qui_etait_su(carnet: Carnet) -> None:
    say_jeunes(carnet, 10, su="2026-03-02")
    say_jeunes(carnet, 12, su="2026-04-02")
    vus = [ask_jeunes(carnet, jour) for jour in ("2026-03-01", "2026-03-02", "2026-04-02")]
    assert vus == [None, 10, 12]


def test_une_archive_entree_apres_est_sue_avant(carnet: Carnet) -> None:
    """Entry order is not the order of knowledge."""
    say_jeunes(carnet, 12, su="2026-04-02")
    say_jeunes(carnet, 10, su="2026-03-02")
    assert [ask_jeunes(carnet, jour) for jour in ("2026-03-02", "2026-04-02")] == [10, 12]


def test_un_rejet_rend_ce_qui_avait_ete_corrige(carnet: Carnet) -> None:
    say_jeunes(carnet, 10, su="2026-03-02")
    faux = say_jeunes(carnet, 99, su="2026-04-02")
    carnet.again(faux, connu_le="2026-05-02", validation="rejete")
    assert [ask_jeunes(carnet, jour) for jour in ("2026-05-01", "2026-05-02")] == [99, 10]


def test_un_rejet_de_la_seule_ligne_rend_le_silence(carnet: Carnet) -> None:
    faux = say_jeunes(carnet, 99)
    carnet.again(faux, connu_le="2026-05-02", validation="rejete")
    assert ask_jeunes(carnet, "2026-05-02") is None


def test_un_brouillon_ne_dit_rien_et_ne_corrige_rien(carnet: Carnet) -> None:
    say_jeunes(carnet, 10)
    say_jeunes(carnet, 99, validation="brouillon")
    assert ask_jeunes(carnet, "2026-12-31") == 10


def test_le_retrait_d_un_jour_d_un_etat_rend_le_jour_d_avant(carnet: Carnet) -> None:
    say_jeunes(carnet, 10, "2026-02-01")
    tard = say_jeunes(carnet, 14, "2026-03-01")
    carnet.again(tard, connu_le="2026-05-02", retrait=True)
    assert [ask_jeunes(carnet, jour) for jour in ("2026-05-01", "2026-05-02")] == [14, 10]


def test_le_retrait_d_un_acte_l_emporte_tout_entier(carnet: Carnet) -> None:
    seance = carnet.say("seance", "s", "2026-05-12", dessert="QPV-1", instance="gpo", tenue=True)
    deplacee = carnet.again(seance, le="2026-05-19", connu_le="2026-05-19")
    assert carnet.ask("e08-a1-gpo", "QPV-1", "2026-06-01").objets == {("s", date(2026, 5, 19))}
    carnet.again(deplacee, connu_le="2026-05-25", retrait=True)
    assert not carnet.ask("e08-a1-gpo", "QPV-1", "2026-06-01").parle


def test_un_retrait_rejete_n_a_rien_repris(carnet: Carnet) -> None:
    ligne = say_jeunes(carnet, 10)
    retrait = carnet.again(ligne, connu_le="2026-05-02", retrait=True)
    carnet.again(retrait, connu_le="2026-05-09", validation="rejete")
    assert [ask_jeunes(carnet, jour) for jour in ("2026-05-02", "2026-05-09")] == [None, 10]


@pytest.mark.parametrize(
    ("validations", "rang"), [(("valide", "valide"), 0), (("valide", "soumis"), 2)]
)
def test_la_moins_sure_des_lignes_fait_la_surete(
    carnet: Carnet, validations: tuple[str, str], rang: int
) -> None:
    """One value, whose rank says it; validating one of two does not make the count fall."""
    for objet, validation in zip("ab", validations, strict=True):
        champs = {"fonction": "adulte_relais", "pourvu_depuis": "2026-01-01"}
        carnet.say("poste", objet, "2026-03-01", dessert="QPV-1", validation=validation, **champs)
    reponse = carnet.ask(RELAIS, "QPV-1", "2026-04-01")
    assert (reponse.valeur, reponse.rang) == (2, rang)


def test_une_validation_est_une_ligne_de_plus(carnet: Carnet) -> None:
    ligne = say_jeunes(carnet, 10)
    carnet.again(ligne, connu_le="2026-05-02", validation="valide")
    rangs = [
        carnet.ask(JEUNES, "QPV-1", "2026-06-01", j).rang for j in ("2026-05-01", "2026-05-02")
    ]
    assert rangs == [2, 0]


def test_un_quartier_cible_recoit_version_par_version(carnet: Carnet) -> None:
    """Its perimeter as it was known on the day asked."""
    from dataclasses import replace

    from tests.oracle.derivation.cadre import QuartierCible

    apres = QuartierCible("QC-1", "DEP-1", ("QPV-4",), date(2026, 6, 1), 1)
    carnet.monde = replace(carnet.monde, quartiers=(*carnet.monde.quartiers, apres))
    say_jeunes(carnet, 10)
    vus = [carnet.ask(JEUNES, "QC-1", "2026-05-01", j).valeur for j in ("2026-05-31", "2026-06-01")]
    assert vus == [10, None]
