"""Rows of 4.7 about territories: expected, rolled up, inherited, borne by the nation, labels; on the evaluator."""

from fractions import Fraction
from typing import Any

import pytest

from tests.oracle.exemple import COMMUNE, DEPARTEMENT, EPCI, QPV, QRR, REGION, Exemple, make_annexe
from tests.oracle.libelle import label_engagement

VU_LE = "2026-03-01"


def list_attendus(exemple: Exemple, vu_le: str = VU_LE, code: str = "FR") -> list[str]:
    """Codes of the expected territories of the indicator."""
    return [t["code"] for t in exemple.voir(vu_le, code)["territoires"]]


def test_territoires_attendus() -> None:
    exemple = Exemple("compte")
    assert list_attendus(exemple) == [QRR]  # un QPV n’est attendu que par un quartier cible
    exemple.quartier("QC-1", [QPV], attendu_du="2026-03-01", attendu_au="2026-03-31")
    assert list_attendus(exemple, "2026-02-28") == [QRR]
    assert list_attendus(exemple, "2026-03-01") == ["QC-1", QRR]
    assert list_attendus(exemple, "2026-03-31") == ["QC-1", QRR]
    assert list_attendus(exemple, "2026-04-01") == [QRR]


def test_un_quartier_cible_tient_son_qrr() -> None:
    exemple = Exemple("compte", agregation="somme")
    exemple.quartier("QC-1", [QRR], attendu_du="2026-03-01")
    exemple.releve("2026-02-01", 7)
    exemple.releve("2026-02-01", 2, territoire="QC-1")
    assert list_attendus(exemple, "2026-02-28") == [QRR]
    vu = exemple.voir(VU_LE, DEPARTEMENT)
    assert (list_attendus(exemple), vu["valeur"]) == (["QC-1"], 2)
    assert exemple.voir(VU_LE)["valeur"] == 7  # montrée, pas comptée


def test_la_derniere_version_connue_d_un_quartier() -> None:
    exemple = Exemple("compte")
    exemple.quartier("QC-1", [QRR], connu_le="2026-01-01")
    exemple.quartier("QC-1", [QPV], connu_le="2026-05-01")
    assert exemple.voir(VU_LE, "FR", connu_le="2026-04-30")["attendus"] == 1
    assert exemple.voir(VU_LE, "FR", connu_le="2026-05-01")["attendus"] == 2


def test_attendus_des_autres_niveaux() -> None:
    exemple = Exemple("compte", niveau="C")
    exemple.territoire("COM-93002", "commune", EPCI, DEPARTEMENT)
    assert list_attendus(exemple) == [COMMUNE]
    exemple.monde["indicateurs"][0]["niveau"] = "D"
    exemple.territoire("DEP-94", "departement", REGION)
    assert list_attendus(exemple, code=REGION) == [DEPARTEMENT]
    exemple.monde["indicateurs"][0]["niveau"] = "R"
    assert list_attendus(exemple) == [REGION]


def test_l_ept_avant_la_metropole() -> None:
    exemple = Exemple("compte", niveau="E", heritage="E")
    exemple.territoire("EPCI-2", "epci")
    for t in exemple.monde["territoires"]:
        if t["code"] == COMMUNE:
            t["parents"] = ["EPCI-2", EPCI, DEPARTEMENT]
    assert list_attendus(exemple) == ["EPCI-2"]
    exemple.releve("2026-02-01", 5, territoire=EPCI)
    exemple.releve("2026-02-01", 9, territoire="EPCI-2")
    assert exemple.voir(VU_LE)["valeur"] == 9
    assert exemple.voir(VU_LE, EPCI)["valeur"] == 5


def test_le_moins_favorable_de_deux_communes() -> None:
    exemple = Exemple("compte", niveau="C", heritage="C", cible=make_annexe(6, "2026-12-31"))
    exemple.territoire("COM-93002", "commune", EPCI, DEPARTEMENT)
    exemple.territoire("QRR-93_2", "qrr", COMMUNE, "COM-93002", DEPARTEMENT)
    exemple.releve("2026-02-01", 6, territoire=COMMUNE)
    assert exemple.statut(VU_LE) == "atteint herite"
    assert exemple.statut(VU_LE, "QRR-93_2") == "non_renseigne herite"
    exemple.releve("2026-02-01", 6, territoire="COM-93002")
    assert exemple.statut(VU_LE, "QRR-93_2") == "atteint herite"
    exemple.releve("2026-02-02", 0, territoire="COM-93002")
    assert exemple.statut(VU_LE, "QRR-93_2") == "non_engage herite"
    exemple.territoire("QRR-93_3", "qrr", DEPARTEMENT)
    assert exemple.statut(VU_LE, "QRR-93_3") == "non_renseigne herite"


def test_sans_heritage_on_ne_montre_pas() -> None:
    exemple = Exemple("compte", niveau="D")
    tableau = exemple.tableau(VU_LE)
    assert tableau["engagements"][0]["actions"] == []
    assert tableau["engagements"][0]["statut"] == "sans_objet"
    assert tableau["couverture"] is None
    with pytest.raises(KeyError):
        exemple.voir(VU_LE)
    with pytest.raises(KeyError):
        exemple.voir(VU_LE, COMMUNE)
    assert exemple.voir(VU_LE, DEPARTEMENT)["attendus"] == 1
    assert exemple.voir(VU_LE, REGION)["attendus"] == 1


def test_porte_par_la_nation_hors_des_comptes() -> None:
    exemple = Exemple("compte", niveau="N", cible=make_annexe(6))
    exemple.releve("2026-02-01", 6, territoire="FR")
    tableau = exemple.tableau(VU_LE)
    assert exemple.statut(VU_LE) == "atteint porte_par_la_nation"
    assert tableau["engagements"][0]["statuts"] == {}
    assert tableau["engagements"][0]["actions"][0]["statut"] == "atteint"
    assert exemple.tableau(VU_LE, DEPARTEMENT)["statuts"] == {}
    assert exemple.tableau(VU_LE, "FR")["statuts"] == {"atteint": 1}


def make_national(agregation: str = "somme") -> Exemple:
    """A target of 30; two expected QRR in 93, one in 94."""
    exemple = Exemple(
        "national", "T", niveau="N", agregation=agregation, cible=make_annexe(30, "2026-12-31")
    )
    exemple.territoire("DEP-94", "departement", REGION)
    exemple.territoire("QRR-93_2", "qrr", DEPARTEMENT)
    exemple.territoire("QRR-94_1", "qrr", "DEP-94")
    return exemple


def test_national_somme() -> None:
    exemple = make_national()
    assert exemple.statut(VU_LE, "FR") == "non_renseigne"
    exemple.releve("2026-02-01", 10)
    exemple.releve("2026-02-02", 10, territoire="QRR-93_2")
    assert exemple.statut(VU_LE, "FR") == "non_renseigne au_moins"
    exemple.releve("2026-02-03", 9, territoire="QRR-94_1")
    vu = exemple.voir(VU_LE, "FR")
    assert exemple.statut(VU_LE, "FR") == "a_surveiller au_moins base_inconnue"
    assert (vu["valeur"], vu["valeur_fraiche"], vu["valeur_complete"]) == (29, 29, True)
    assert (vu["date"].day, vu["perime_le"].isoformat()) == (1, "2026-06-02")
    # Une part périmée, une somme fraîche qui ne suffit pas.
    assert exemple.statut("2026-06-02", "FR") == "perime au_moins"
    assert exemple.voir("2026-06-02", "FR")["valeur_fraiche"] == 19
    exemple.releve("2026-02-03", 10, territoire="QRR-94_1")
    assert exemple.statut(VU_LE, "FR") == "atteint au_moins"
    assert exemple.statut("2026-06-01", "FR") == "atteint au_moins"


def test_national_un_departement_vaut_pour_ses_quartiers() -> None:
    exemple = make_national()
    exemple.releve("2026-02-01", 25)
    exemple.releve("2026-02-01", 25, territoire="QRR-93_2")
    exemple.releve("2026-02-02", 12, territoire=DEPARTEMENT)
    exemple.releve("2026-02-03", 9, territoire="QRR-94_1")
    assert exemple.voir(VU_LE, "FR")["valeur"] == 21
    assert exemple.statut(VU_LE, DEPARTEMENT) == "sans_cible"
    assert exemple.voir("2026-02-01", "FR")["valeur"] == 50


def test_national_quota() -> None:
    exemple = make_national()
    assert exemple.statut(VU_LE) == "non_renseigne porte_par_la_nation"
    exemple.cible(4, "2026-12-31")
    assert exemple.statut(VU_LE) == "non_renseigne"
    exemple.releve("2026-02-01", 4)
    assert exemple.statut(VU_LE) == "atteint"
    assert exemple.statut(VU_LE, DEPARTEMENT) == "non_renseigne au_moins porte_par_la_nation"
    exemple.cible(4, "2026-12-31", territoire=DEPARTEMENT)
    assert exemple.statut(VU_LE, DEPARTEMENT) == "atteint au_moins"
    exemple.releve("2026-02-01", 3, territoire="QRR-93_2")
    assert exemple.voir(VU_LE, DEPARTEMENT)["valeur"] == 7
    assert exemple.tableau(VU_LE, DEPARTEMENT)["statuts"] == {}


def test_national_tardif_par_la_somme() -> None:
    exemple = make_national()
    exemple.monde["indicateurs"][0]["cible"] = make_annexe(30, "2026-02-02")
    exemple.releve("2026-02-01", 20)
    exemple.releve("2026-02-02", 10, territoire="QRR-93_2")
    assert exemple.statut(VU_LE, "FR") == "atteint au_moins"
    exemple.releve("2026-02-02", 9, territoire="QRR-93_2")
    exemple.releve("2026-02-03", 10, territoire="QRR-93_2")
    assert exemple.statut(VU_LE, "FR") == "atteint au_moins tardif"


def test_national_objets_distincts() -> None:
    exemple = make_national("objets_distincts")
    exemple.releve("2026-02-01", 20)
    exemple.releve("2026-02-01", 20, territoire="QRR-93_2")
    exemple.releve("2026-02-01", 29, territoire="QRR-94_1")
    vu = exemple.voir(VU_LE, "FR")
    assert (vu["statut"], vu["valeur"]) == ("non_renseigne", 29)
    exemple.releve("2026-02-02", 30, territoire="QRR-94_1")
    assert exemple.statut(VU_LE, "FR") == "atteint au_moins"


@pytest.mark.parametrize(
    ("agregation", "valeur", "au_moins", "au_plus"),
    [
        ("somme", 9, None, None),
        ("mediane", Fraction(5, 2), None, None),
        ("max", 4, None, None),
        ("distribution", None, None, None),
        ("objets_distincts", None, 4, 9),
    ],
)
def test_valeur_remontee(agregation: str, valeur: Any, au_moins: Any, au_plus: Any) -> None:
    exemple = Exemple("compte", "T", nature="stock", agregation=agregation)
    for rang, nombre in enumerate((0, 2, 3, 4), start=1):
        code = f"QRR-93_{rang}"
        if code != QRR:
            exemple.territoire(code, "qrr", DEPARTEMENT)
        exemple.releve("2026-02-01", nombre, territoire=code)
    vu = exemple.voir(VU_LE, DEPARTEMENT)
    assert (vu["valeur"], vu["au_moins"], vu["au_plus"]) == (valeur, au_moins, au_plus)
    assert (vu["statut"], vu["cible"], vu["date"]) == (None, None, None)
    assert vu["valeur_complete"] is (agregation != "distribution")
    rien = exemple.voir("2026-01-31", DEPARTEMENT)
    assert (rien["valeur"], rien["valeur_fraiche"], rien["valeur_complete"]) == (None, None, False)


def test_objets_connus_et_nombres_nus() -> None:
    exemple = Exemple("compte", "T", nature="stock", agregation="objets_distincts")
    exemple.territoire("QRR-93_2", "qrr", DEPARTEMENT)
    exemple.territoire("QRR-93_3", "qrr", DEPARTEMENT)
    for code in (QRR, "QRR-93_2"):
        exemple.objet("a", "2026-01-01", "2026-02-01", territoire=code)
    vu = exemple.voir(VU_LE, DEPARTEMENT)
    assert (vu["valeur"], vu["au_moins"], vu["au_plus"]) == (1, 1, 1)
    exemple.releve("2026-02-01", 3, territoire="QRR-93_3")
    vu = exemple.voir(VU_LE, DEPARTEMENT)
    assert (vu["valeur"], vu["au_moins"], vu["au_plus"]) == (None, 3, 4)


def test_doublement_remonte_sur_ceux_qui_ont_une_base() -> None:
    exemple = Exemple("doublement", "A", nature="stock", cible=make_annexe(2, relative_a="base"))
    exemple.territoire("QRR-93_2", "qrr", DEPARTEMENT)
    exemple.cible(None, "2026-12-31", base=10)
    exemple.releve("2026-02-01", 15)
    exemple.releve("2026-02-01", 40, territoire="QRR-93_2")
    vu = exemple.voir(VU_LE, DEPARTEMENT)
    assert (vu["valeur"], vu["valeur_complete"]) == (15, False)


def test_statut_au_dessus() -> None:
    exemple = Exemple("part", "A", niveau="D", agregation="rapport", cible=make_annexe(50))
    exemple.releve("2026-02-01", numerateur=3, denominateur=4, territoire=DEPARTEMENT)
    vu = exemple.voir(VU_LE, DEPARTEMENT)
    assert (vu["statut"], vu["valeur"], vu["attendus"], vu["taux_min"]) == ("atteint", 75, 1, 1)
    haut = exemple.voir(VU_LE, REGION)
    assert (haut["statut"], haut["cible"], haut["valeur"], haut["numerateur"]) == (
        None,
        None,
        75,
        3,
    )
    assert exemple.tableau(VU_LE, REGION)["engagements"][0]["statut"] is None


@pytest.mark.parametrize(
    ("statuts", "libelle"),
    [
        ("", "sans_objet"),
        ("sans_objet", "sans_objet"),
        ("atteint atteint sans_objet", "atteint"),
        ("atteint non_renseigne", "en_bonne_voie"),  # 50 % : assez
        ("atteint non_renseigne perime", "donnees_insuffisantes"),
        ("atteint sans_cible sans_cible", "donnees_insuffisantes"),  # une jugée sur trois
        ("atteint sans_cible", "en_bonne_voie"),
        ("en_retard atteint atteint", "en_retard"),  # un tiers
        ("echu_non_atteint atteint atteint atteint", "a_surveiller"),
        ("non_engage atteint", "a_surveiller"),
        ("a_surveiller a_surveiller", "a_surveiller"),
        ("en_bonne_voie atteint", "en_bonne_voie"),
    ],
)
def test_libelle_d_un_engagement(statuts: str, libelle: str) -> None:
    assert label_engagement([(statut, "obligation") for statut in statuts.split()]) == libelle


@pytest.mark.parametrize("mode", ["a_minima", "obligation_chaque_quartier"])
@pytest.mark.parametrize("statut", ["non_engage", "en_retard", "echu_non_atteint"])
def test_libelle_d_une_action_a_minima(mode: str, statut: str) -> None:
    autres = [("atteint", "encourager")] * 9
    assert label_engagement([(statut, mode), *autres]) == "en_retard"
    assert label_engagement([("a_surveiller", mode), *autres]) == "a_surveiller"


def test_une_action_a_le_statut_de_son_principal() -> None:
    exemple = Exemple("compte", "A", nature="stock", cible=make_annexe(1))
    exemple.indicateur("j", "compte", "A", nature="stock")
    exemple.indicateur("k", "compte", "A", nature="stock", action=None, objectif="E01-O1")
    exemple.releve("2026-02-01", 1)
    exemple.releve("2026-02-01", 1, indicateur="j")
    engagement = exemple.tableau(VU_LE)["engagements"][0]
    assert [a["statut"] for a in engagement["actions"]] == ["atteint"]
    assert engagement["statuts"] == {"atteint": 1}
    assert [i["code"] for i in engagement["objectifs"][0]["indicateurs"]] == ["k"]
    assert (engagement["couverture"], engagement["statut"]) == (1, "atteint")
