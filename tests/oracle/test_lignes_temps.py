"""Rows of 4.7 about time: freshness, lists, periods, knowledge; each at its boundary, on the evaluator."""

from fractions import Fraction

import pytest

from tests.oracle.exemple import DEPARTEMENT, QRR, Exemple, jour, make_annexe


@pytest.mark.parametrize(
    ("frequence", "dernier_frais"),
    [
        ("M", "2026-02-15"),  # 1er janvier + 45
        ("T", "2026-05-01"),  # + 120
        ("S", "2026-08-29"),  # + 240
        ("A", "2027-03-27"),  # + 450
        ("RS", "2027-03-27"),
    ],
)
def test_limite_de_fraicheur(frequence: str, dernier_frais: str) -> None:
    exemple = Exemple("compte", frequence, nature="stock")
    exemple.releve("2026-01-01", 4)
    vu = exemple.voir(dernier_frais)
    assert vu["statut"] == "sans_cible"
    lendemain = vu["perime_le"].isoformat()
    assert exemple.statut(lendemain) == "perime"
    assert (vu["perime_le"] - jour(dernier_frais)).days == 1


def test_une_etape_atteinte_ne_vieillit_pas() -> None:
    exemple = Exemple("jalon", "T", cible=make_annexe(3), echelle=list("abcde"))
    exemple.releve("2019-01-01", jalon=3)
    vu = exemple.voir("2026-01-01")
    assert (vu["statut"], vu["perime_le"]) == ("atteint", None)
    exemple.releve("2019-01-02", jalon=2)
    assert exemple.statut("2026-01-01") == "perime"


def test_un_acte_qui_porte_sa_fin() -> None:
    exemple = Exemple("presence", "M", cible=make_annexe(1))
    exemple.objet("c", "2020-01-01", "2026-06-30", au="2026-06-30", rang=0)
    assert exemple.statut("2026-06-30") == "atteint"
    assert exemple.statut("2026-07-01") == "en_retard perdu"
    assert exemple.voir("2026-07-01")["perdu_le"] == jour("2026-07-01")


def test_ce_qu_une_liste_atteste() -> None:
    exemple = Exemple("presence", "T", cible=make_annexe(1))
    exemple.liste("2026-02-01", connu_le="2026-02-10")
    exemple.objet("fs", "2025-12-01", "2026-02-01", connu_le="2026-02-10")
    # Le label date de décembre, mais rien n’est connu avant le chargement de la liste.
    assert exemple.statut("2026-01-15", connu_le="2026-02-09") == "non_renseigne"
    assert exemple.statut("2026-01-15", connu_le="2026-02-10") == "atteint"
    assert exemple.statut("2025-11-30") == "non_renseigne"
    # Absent d’une liste plus récente : perdu le jour de cette liste.
    exemple.liste("2026-03-01")
    assert exemple.statut("2026-02-28") == "atteint"
    vu = exemple.voir("2026-03-01")
    assert (vu["statut"], vu["perdu_le"]) == ("en_retard", jour("2026-03-01"))
    # Une liste d’une autre source n’efface rien.
    autre = Exemple("presence", "T", cible=make_annexe(1))
    autre.objet("fs", "2025-12-01", "2026-02-01")
    autre.liste("2026-03-01", source="autre")
    assert autre.statut("2026-03-01") == "atteint"


def test_sans_liste_pas_d_absence() -> None:
    exemple = Exemple("presence", "T", cible=make_annexe(1))
    vu = exemple.voir("2026-03-01")
    assert (vu["statut"], vu["valeur"]) == ("non_renseigne", None)
    exemple.liste("2026-03-01")
    vu = exemple.voir("2026-03-01")
    assert (vu["statut"], vu["valeur"]) == ("non_engage", 0)


def make_flux(**champs: object) -> Exemple:
    """A running total of the civil year."""
    return Exemple("compte", "A", nature="flux", periode="annee_civile", **champs)


def test_flux_date() -> None:
    # 1er août : 212 jours sur 364 ; r = v × 364 / (364 × 212) = v / 212 ; 0,60 × 212 = 127,2.
    exemple = make_flux()
    exemple.cible(364, "2026-12-31", base=40)
    exemple.releve("2025-12-31", 500)
    assert exemple.statut("2026-06-30") == "non_renseigne"
    assert exemple.voir("2026-06-30")["valeur"] is None
    exemple.releve("2026-07-31", 0)
    assert exemple.statut("2026-07-31") == "non_engage"
    exemple.releve("2026-08-01", Fraction(1266, 10))
    vu = exemple.voir("2026-08-01")
    assert (vu["statut"], vu["ratio"]) == ("en_retard", Fraction(1266, 10) / 212)
    exemple.releve("2026-08-01", Fraction(1272, 10))
    assert exemple.voir("2026-08-01")["ratio"] == Fraction(60, 100)
    assert exemple.statut("2026-08-01") == "a_surveiller"
    # Une valeur de l’année suivante n’est pas jugée ; le total de 2026 tient 120 jours.
    exemple.releve("2027-01-15", 900)
    assert exemple.statut("2027-04-30") == "echu_non_atteint"
    assert exemple.statut("2027-05-01") == "perime"
    assert exemple.voir("2027-05-01")["perime_le"] == jour("2027-05-01")


def test_flux_sans_echeance() -> None:
    exemple = make_flux()
    exemple.cible(50)
    exemple.releve("2026-12-01", 60)
    assert exemple.statut("2026-12-31") == "atteint"
    assert exemple.statut("2027-04-30") == "atteint periode_precedente"
    assert exemple.statut("2027-05-01") == "perime"
    exemple.releve("2027-03-01", 10)
    assert exemple.statut("2027-03-01") == "a_surveiller sans_echeance"


def test_la_limite_de_l_indicateur_passe_si_elle_est_plus_courte() -> None:
    exemple = Exemple("compte", "M", nature="flux", periode="annee_scolaire")
    exemple.releve("2026-08-31", 60)
    assert exemple.voir("2026-09-01")["perime_le"] == jour("2026-10-16")
    exemple.releve("2026-09-01", 1)
    assert exemple.voir("2026-09-01")["drapeaux"] == []


def test_annee_precedente() -> None:
    cible = make_annexe(1, relative_a="annee_precedente")
    exemple = make_flux(cible=cible)
    assert exemple.statut("2026-06-30") == "non_renseigne"
    exemple.releve("2026-03-01", 30)
    vu = exemple.voir("2026-06-30")
    assert (vu["statut"], vu["cible"]["valeur"]) == ("sans_cible", None)
    exemple.releve("2025-06-30", 20)
    exemple.releve("2025-12-31", 40, connu_le="2026-04-01")
    assert exemple.voir("2026-03-01", connu_le="2026-03-31")["cible"]["valeur"] == 21
    vu = exemple.voir("2026-03-01")
    assert (vu["cible"]["valeur"], vu["cible"]["echeance"]) == (41, jour("2026-12-31"))
    # 59 jours sur 364 : r = 30 × 364 / (41 × 59) = 4,5.
    assert (vu["statut"], vu["ratio"]) == ("en_bonne_voie", Fraction(30 * 364, 41 * 59))
    # Tant que 2027 n’a pas de total, celui de 2026 est jugé contre son propre seuil.
    exemple.releve("2026-12-31", 40)
    assert exemple.voir("2026-12-31")["ratio"] == Fraction(40, 41)
    assert exemple.statut("2027-01-01") == "echu_non_atteint periode_precedente"
    exemple.releve("2026-12-31", 41)
    assert exemple.statut("2027-01-01") == "atteint periode_precedente"
    exemple.releve("2027-02-01", 1)
    assert exemple.voir("2027-02-01")["cible"]["valeur"] == 42


def test_vacances() -> None:
    exemple = Exemple("part", "PV", agregation="rapport")
    exemple.monde["calendriers"]["DEP-93"] = {
        "valide_du": jour("2025-09-01"),
        "valide_au": jour("2026-08-30"),
        "periodes": [
            [jour("2025-10-18"), jour("2025-11-02")],
            [jour("2025-12-20"), jour("2026-01-04")],
        ],
    }
    exemple.releve("2025-12-22", numerateur=1, denominateur=2)
    # 4 janvier + 45 = 18 février.
    assert exemple.statut("2026-02-18") == "sans_cible"
    assert exemple.statut("2026-02-19") == "perime"
    # Une valeur d’après les vacances vieillit à partir de son propre jour.
    exemple.releve("2026-01-20", numerateur=1, denominateur=2)
    assert exemple.voir("2026-01-20")["perime_le"] == jour("2026-03-07")
    assert exemple.voir("2026-01-20")["drapeaux"] == []


@pytest.mark.parametrize("le", ["2025-08-31", "2025-09-01", "2025-10-17", "2026-08-31"])
def test_vacances_inconnues(le: str) -> None:
    # Hors de la validité, ou avant la première période connue : limite S (240 jours).
    exemple = Exemple("part", "PV", agregation="rapport")
    exemple.monde["calendriers"]["DEP-93"] = {
        "valide_du": jour("2025-09-01"),
        "valide_au": jour("2026-08-30"),
        "periodes": [[jour("2025-10-18"), jour("2025-11-02")]],
    }
    exemple.releve(le, numerateur=1, denominateur=2)
    vu = exemple.voir(le)
    assert vu["drapeaux"] == ["calendrier_inconnu"]
    assert (vu["perime_le"] - jour(le)).days == 241
    assert exemple.statut(vu["perime_le"].isoformat()) == "perime calendrier_inconnu"


def test_vacances_d_une_nation_sans_calendrier() -> None:
    exemple = Exemple("part", "PV", niveau="N", agregation="rapport")
    exemple.releve("2026-01-01", numerateur=1, denominateur=2, territoire="FR")
    assert exemple.statut("2026-01-01", "FR") == "sans_cible calendrier_inconnu"


def test_meme_jour_sans_cle() -> None:
    exemple = Exemple("compte", "A", nature="stock")
    exemple.releve("2026-01-01", 4, connu_le="2026-01-02")
    exemple.releve("2026-01-01", 5, connu_le="2026-01-03")
    exemple.releve("2026-01-01", 6, connu_le="2026-01-01")
    assert exemple.voir("2026-01-05")["valeur"] == 5
    assert exemple.voir("2026-01-05", connu_le="2026-01-02")["valeur"] == 4


def test_correction_et_retrait() -> None:
    exemple = Exemple("compte", "A", nature="stock")
    exemple.releve("2026-01-01", 4, cle="k")
    exemple.releve("2026-01-01", 7, cle="k", connu_le="2026-02-01")
    exemple.releve("2026-01-01", 9, cle="k", source="autre", connu_le="2025-12-31")
    exemple.releve("2026-01-01", cle="k", connu_le="2026-03-01")
    assert exemple.voir("2026-04-01", connu_le="2026-01-31")["valeur"] == 4
    assert exemple.voir("2026-04-01", connu_le="2026-02-01")["valeur"] == 7
    assert exemple.voir("2026-04-01", connu_le="2026-03-01")["valeur"] == 9


def test_une_correction_qui_change_de_jour() -> None:
    # La dernière version connue d’abord, sa date ensuite : corrigée au 1er juin, elle n’est plus vue en mai.
    exemple = Exemple("compte", "A", nature="stock")
    exemple.releve("2026-01-01", 4, cle="k")
    exemple.releve("2026-06-01", 4, cle="k")
    assert exemple.statut("2026-05-31") == "non_renseigne"
    assert exemple.statut("2026-05-31", connu_le="2026-05-31") == "sans_cible"
    assert exemple.statut("2026-06-01") == "sans_cible"


def test_dates_de_connaissance() -> None:
    exemple = Exemple("compte", "A", nature="stock")
    exemple.releve("2026-01-01", 4, connu_le="2026-05-01")
    assert exemple.statut("2026-04-01", connu_le="2026-04-30") == "non_renseigne"
    assert exemple.statut("2026-04-01", connu_le="2026-05-01") == "sans_cible"
    assert exemple.statut("2025-12-31", connu_le="2026-05-01") == "non_renseigne"


@pytest.mark.parametrize(
    ("valide_le", "dernier", "lendemain"),
    [
        ("2026-02-10", "2027-02-10", "2027-02-11"),
        ("2024-02-29", "2025-02-28", "2025-03-01"),
        ("2023-02-28", "2024-02-28", "2024-02-29"),
    ],
)
def test_sans_objet(valide_le: str, dernier: str, lendemain: str) -> None:
    exemple = Exemple("compte", "A", nature="stock")
    exemple.releve(valide_le, 4)
    exemple.cible(5, "2020-01-01")
    exemple.sans_objet(valide_le)
    vu = exemple.voir(dernier)
    assert (vu["statut"], vu["valeur"], vu["drapeaux"]) == ("sans_objet", 4, [])
    assert exemple.statut(lendemain) == "echu_non_atteint"


def test_plusieurs_sources() -> None:
    exemple = Exemple("compte", "M", nature="stock")
    exemple.releve("2026-03-01", 3)
    exemple.valeur("2026-02-01", 2, 2)
    exemple.valeur("2026-02-02", 1, 1)
    exemple.valeur("2026-01-01", 0, 0)
    # 14 février : tout est frais sauf le relevé, à venir ; la déclaration validée passe.
    for vu_le, valeur, drapeaux in (
        ("2026-02-14", 0, ["desaccord"]),
        ("2026-02-16", 1, ["desaccord"]),  # le rang 0 est périmé depuis ce jour
        ("2026-03-19", 1, ["desaccord"]),
        ("2026-03-20", 3, []),  # il ne reste de frais que le relevé
    ):
        vu = exemple.voir(vu_le)
        assert (vu["valeur"], vu["drapeaux"]) == (valeur, drapeaux), vu_le
    vu = exemple.voir("2026-04-16")
    assert (vu["statut"], vu["valeur"]) == ("perime", 0)  # tout est périmé : le plus petit rang


def test_un_rang_qui_a_des_objets_n_est_pas_lu_par_ses_nombres() -> None:
    exemple = Exemple("presence", "T")
    exemple.objet("o", "2026-01-01", "2026-01-01", rang=0, source="lieux")
    exemple.valeur("2026-02-01", 5, 0)
    assert exemple.voir("2026-02-02")["valeur"] == 1


def test_le_departement_donne_son_calendrier_au_quartier_cible() -> None:
    exemple = Exemple("part", "PV", agregation="rapport")
    exemple.quartier("QC-1", [QRR])
    exemple.monde["calendriers"][DEPARTEMENT] = {
        "valide_du": jour("2025-09-01"),
        "valide_au": jour("2026-08-30"),
        "periodes": [[jour("2025-12-20"), jour("2026-01-04")]],
    }
    exemple.releve("2025-12-22", numerateur=1, denominateur=2, territoire="QC-1")
    assert exemple.voir("2026-01-01", "QC-1")["perime_le"] == jour("2026-02-19")
