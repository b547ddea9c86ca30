"""Rows of 4.7 about targets, trajectories, presences and steps; each at its boundary, on the evaluator."""

from fractions import Fraction

import pytest

from tests.oracle.exemple import Exemple, jour, make_annexe

MILLIONIEME = Fraction(1, 10**6)


def make_stock(sens: str = "hausse", **champs: object) -> Exemple:
    """A stock with one value per year asked."""
    return Exemple("compte", "A", nature="stock", sens=sens, **champs)


def test_echeance_dernier_jour() -> None:
    exemple = make_stock()
    exemple.cible(6, "2026-06-30")
    exemple.releve("2026-06-01", 5)
    assert exemple.statut("2026-06-30") == "a_surveiller base_inconnue"
    assert exemple.statut("2026-07-01") == "echu_non_atteint"
    assert exemple.voir("2026-07-01")["ratio"] == Fraction(5, 6)  # base inconnue : v/T
    exemple.releve("2026-06-30", 6)
    assert exemple.statut("2026-07-01") == "atteint"


@pytest.mark.parametrize(
    ("valeur", "statut"),
    [(Fraction(29), "atteint"), (29 - MILLIONIEME, "echu_non_atteint")],
)
def test_29_sur_100(valeur: Fraction, statut: str) -> None:
    exemple = Exemple("part", "A", agregation="rapport")
    exemple.cible(29, "2026-01-31")
    exemple.releve("2026-01-01", numerateur=valeur * 10**6, denominateur=100 * 10**6)
    assert exemple.statut("2026-02-01") == statut


# 100 jours, de 0 à 100 : le 50e jour, attendu 50 ; 30 est r = 0,60 et 45 est r = 0,90.
@pytest.mark.parametrize(
    ("valeur", "statut"),
    [
        (30 - MILLIONIEME, "en_retard"),
        (Fraction(30), "a_surveiller"),
        (45 - MILLIONIEME, "a_surveiller"),
        (Fraction(45), "en_bonne_voie"),
    ],
)
@pytest.mark.parametrize("sens", ["hausse", "baisse"])
def test_trajectoire(sens: str, valeur: Fraction, statut: str) -> None:
    exemple = make_stock(sens)
    if sens == "hausse":
        exemple.cible(105, "2026-04-11", base=5, base_date="2026-01-01")
        exemple.releve("2026-02-20", 5 + valeur)
    else:
        exemple.cible(5, "2026-04-11", operateur="<=", base=105, base_date="2026-01-01")
        exemple.releve("2026-02-20", 105 - valeur)
    vu = exemple.voir("2026-03-01")  # jugée au jour de la valeur, pas au jour vu
    assert (vu["statut"], vu["ratio"]) == (statut, valeur / 50)


@pytest.mark.parametrize(
    ("le", "valeur", "statut", "ratio"),
    [
        ("2026-01-10", 5, "en_bonne_voie", Fraction(0)),  # 9 jours sur 100
        ("2026-01-11", 5, "en_retard", Fraction(0)),  # 10 jours : 10 % juste
        ("2026-01-10", 4, "en_retard", Fraction(-1, 9)),  # recul sur la base
        ("2026-01-01", 5, "en_bonne_voie", None),
        ("2026-01-01", 4, "en_retard", None),
        ("2025-06-01", 5, "en_bonne_voie", None),  # avant t0 : temps écoulé nul
    ],
)
def test_dix_pour_cent(le: str, valeur: int, statut: str, ratio: Fraction | None) -> None:
    exemple = make_stock()
    exemple.cible(105, "2026-04-11", base=5, base_date="2026-01-01")
    exemple.releve(le, valeur)
    vu = exemple.voir("2026-01-20")
    assert (vu["statut"], vu["ratio"]) == (statut, ratio)


def test_base_datee_par_l_effet() -> None:
    exemple = make_stock()
    exemple.cible(105, "2026-04-11", base=5, effet="2026-01-01")
    exemple.releve("2026-02-20", 35)
    assert exemple.voir("2026-02-20")["ratio"] == Fraction(60, 100)
    sans = make_stock()
    sans.cible(105, "2026-04-11", base=5)
    sans.releve("2026-02-20", 35)
    assert sans.statut("2026-02-20") == "a_surveiller base_inconnue"


@pytest.mark.parametrize(
    ("base", "valeur", "statut"),
    [
        (None, 0, "non_engage"),
        (None, 3, "a_surveiller sans_echeance"),
        (2, 1, "en_retard"),
        (2, 2, "a_surveiller sans_echeance"),
        (2, 0, "en_retard"),  # une chute, pas « non engagé »
        (0, 0, "non_engage"),
        (6, 5, "en_retard"),  # base à hauteur de la cible
        (7, 5, "en_retard"),
        (7, 6, "atteint"),
    ],
)
def test_sans_echeance(base: int | None, valeur: int, statut: str) -> None:
    exemple = make_stock()
    exemple.cible(6, None, base=base, base_date="2025-01-01")
    exemple.releve("2026-01-01", valeur)
    assert exemple.statut("2026-01-01") == statut


def test_zero_sous_une_base() -> None:
    exemple = make_stock()
    exemple.cible(105, "2026-04-11", base=5, base_date="2026-01-01")
    exemple.releve("2026-02-20", 0)
    vu = exemple.voir("2026-02-20")
    assert (vu["statut"], vu["ratio"]) == ("en_retard", Fraction(-1, 10))


@pytest.mark.parametrize(
    ("valeur", "vu_le", "statut"),
    [
        (3, "2026-06-30", "atteint"),
        (4, "2026-06-30", "a_surveiller"),
        (0, "2026-06-30", "non_engage"),
        (4, "2026-07-01", "echu_non_atteint"),
    ],
)
def test_operateur_egal(valeur: int, vu_le: str, statut: str) -> None:
    exemple = make_stock()
    exemple.cible(3, "2026-06-30", operateur="=", base_date="2026-01-01")
    exemple.releve("2026-06-01", valeur)
    vu = exemple.voir(vu_le)
    assert (vu["statut"], vu["ratio"]) == (statut, None)


def test_cible_en_vigueur() -> None:
    exemple = make_stock(cible=make_annexe(10))
    exemple.releve("2026-01-01", 5)
    assert exemple.voir("2026-01-01")["cible"]["origine"] == "annexe"
    exemple.cible(6, "2026-12-31")
    exemple.cible(5, "2027-12-31", effet="2026-03-01", origine="avenant")
    exemple.cible(1, None, effet="2026-03-02", origine="proposition")
    assert exemple.statut("2026-02-28") == "a_surveiller base_inconnue"
    assert exemple.statut("2026-03-01") == "atteint redate"
    exemple.cible(7, "2027-12-31", effet="2026-03-01", connu_le="2026-05-01")
    assert exemple.statut("2026-04-01", connu_le="2026-04-30") == "atteint redate"
    assert exemple.voir("2026-04-01", connu_le="2026-05-01")["cible"]["valeur"] == 7


def test_tardif_puis_repris() -> None:
    exemple = make_stock()
    exemple.cible(6, "2026-06-30")
    exemple.releve("2026-06-30", 6)
    assert exemple.statut("2026-12-01") == "atteint"
    exemple.releve("2026-08-01", 5)
    exemple.releve("2026-09-01", 6)
    # La série en cours a commencé le 1er septembre.
    assert exemple.statut("2026-12-01") == "atteint tardif"
    exemple.cible(6, "2026-12-31", effet="2026-10-01", origine="avenant")
    assert exemple.statut("2026-12-01") == "atteint redate"


@pytest.mark.parametrize(
    ("distance", "portee", "statut"),
    [
        (0, "A", "atteint"),
        (50, "A", "atteint"),
        (Fraction(101, 2), "A", "a_surveiller a_proximite"),
        (300, "AB", "atteint"),
        (Fraction(601, 2), "AB", "a_surveiller a_proximite"),
        (1000, "AB", "a_surveiller a_proximite"),
        (Fraction(2001, 2), "AB", "non_renseigne"),  # sans liste, un objet lointain ne prouve rien
        (None, None, "atteint"),
        (None, "A", "atteint"),
    ],
)
def test_portee(distance: Fraction | None, portee: str | None, statut: str) -> None:
    exemple = Exemple("presence", "T", cible=make_annexe(1))
    exemple.objet("o", "2026-01-01", "2026-03-01", distance_m=distance, portee=portee)
    assert exemple.statut("2026-03-01") == statut


def test_confirmer_jusqu_a_mille_metres() -> None:
    exemple = Exemple("presence", "T", cible=make_annexe(1))
    exemple.objet("loin", "2026-01-01", "2026-03-01", distance_m=1001, portee="AB")
    exemple.confirmation("loin", "2026-01-02")
    assert exemple.statut("2026-03-01") == "non_renseigne"
    exemple.liste("2026-03-01")
    assert exemple.statut("2026-03-01") == "non_engage"
    exemple.objet("proche", "2026-01-01", "2026-03-01", distance_m=1000, portee="AB")
    exemple.confirmation("proche", "2026-01-02")
    assert exemple.statut("2026-03-01") == "atteint confirme"
    exemple.objet("ici", "2026-01-01", "2026-03-01", distance_m=10, portee="AB")
    assert exemple.statut("2026-03-01") == "atteint"  # sans la confirmation, la cible l’est aussi


def test_presence_en_partie() -> None:
    # De 0 à 2 en 90 jours depuis l’effet ; le 50e jour, attendu 100/90 ; r = 1 × 90/100 = 0,90.
    exemple = Exemple("presence", "T")
    exemple.cible(2, "2026-04-01", effet="2026-01-01")
    exemple.objet("a", "2026-01-15", "2026-02-20")
    vu = exemple.voir("2026-03-01")
    assert (vu["statut"], vu["ratio"]) == ("en_bonne_voie", Fraction(90, 100))
    assert exemple.statut("2026-04-02") == "echu_non_atteint"
    sans_date = Exemple("presence", "T", cible=make_annexe(2, "2026-04-01"))
    sans_date.objet("a", "2026-01-15", "2026-02-20")
    assert sans_date.statut("2026-03-01") == "a_surveiller base_inconnue"


def test_presence_perdue_a_cote_d_une_proche() -> None:
    exemple = Exemple("presence", "T", cible=make_annexe(1, "2020-12-31"))
    exemple.objet("ici", "2026-01-01", "2026-03-01", au="2026-03-10", distance_m=0, portee="A")
    exemple.objet("la", "2026-01-01", "2026-03-01", distance_m=500, portee="A")
    assert exemple.statut("2026-03-10") == "atteint tardif"
    vu = exemple.voir("2026-03-11")
    assert (vu["statut"], vu["perdu_le"]) == ("en_retard", jour("2026-03-11"))
    assert vu["drapeaux"] == ["a_proximite", "perdu"]
    jamais = Exemple("presence", "T", cible=make_annexe(1, "2020-12-31"))
    jamais.objet("la", "2026-01-01", "2026-03-01", distance_m=500, portee="A")
    assert jamais.statut("2026-03-11") == "echu_non_atteint a_proximite"


@pytest.mark.parametrize(
    ("vu_le", "etape", "statut"),
    [
        ("2026-01-31", 0, "non_engage"),
        ("2026-02-01", 0, "a_surveiller"),
        ("2026-03-02", 0, "a_surveiller"),  # 30 jours de retard
        ("2026-03-03", 0, "en_retard"),  # 31
        ("2026-03-03", 1, "en_bonne_voie"),  # la plus basse étape non atteinte est à l’heure
        ("2026-04-01", 1, "a_surveiller"),
        ("2026-03-03", 2, "a_surveiller sans_echeance"),  # l’étape 3 n’a pas de date
        ("2026-03-03", 3, "atteint"),
    ],
)
def test_etapes(vu_le: str, etape: int, statut: str) -> None:
    exemple = Exemple("jalon", "A", cible=make_annexe(3), echelle=list("abcde"))
    exemple.cible(1, "2026-01-31")
    exemple.cible(2, "2026-03-31")
    exemple.releve("2026-01-01", jalon=etape)
    vu = exemple.voir(vu_le)
    assert (exemple.statut(vu_le), vu["ratio"]) == (statut, None)
    assert vu["cible"]["valeur"] == 3


@pytest.mark.parametrize(
    ("etape", "pas_0", "statut"),
    [
        (0, "non_engage", "non_engage"),
        (0, "sans_objet", "sans_objet"),
        (1, "sans_objet", "a_surveiller sans_echeance"),
    ],
)
def test_etapes_sans_date(etape: int, pas_0: str, statut: str) -> None:
    exemple = Exemple("jalon", "A", cible=make_annexe(3), pas_0=pas_0)
    exemple.releve("2026-01-01", jalon=etape)
    assert exemple.statut("2026-01-01") == statut
    assert exemple.statut("2027-03-28") == "perime"


def test_etape_perdue() -> None:
    exemple = Exemple("jalon", "A", cible=make_annexe(3))
    exemple.releve("2025-01-01", jalon=3)
    exemple.releve("2026-01-01", jalon=2)
    vu = exemple.voir("2026-01-01")
    assert (vu["statut"], vu["drapeaux"]) == ("en_retard", ["perdu"])
    assert vu["perdu_le"] == jour("2026-01-01")


def test_part_et_denominateur_nul() -> None:
    exemple = Exemple("part", "T", agregation="rapport")
    exemple.cible(80, None)
    exemple.releve("2026-01-01", numerateur=0, denominateur=0)
    vu = exemple.voir("2026-05-01")
    assert (vu["statut"], vu["valeur"], vu["denominateur"]) == ("sans_objet", None, 0)
    assert exemple.statut("2026-05-02") == "perime"
    exemple.releve("2026-02-01", Fraction(825, 10))
    assert exemple.statut("2026-02-01") == "atteint"
    haut = exemple.voir("2026-02-01", "DEP-93")
    assert (haut["valeur"], haut["valeur_complete"], haut["renseignes"]) == (None, False, 1)


def test_doublement_trop_haut_deja() -> None:
    exemple = Exemple("doublement", "A", nature="stock", cible=make_annexe(2, relative_a="base"))
    exemple.cible(100, "2026-04-11", base=50, base_date="2026-01-01")
    exemple.releve("2026-02-20", 0)
    assert exemple.statut("2026-02-20") == "en_retard"
    exemple.releve("2026-02-21", 100)
    assert exemple.statut("2026-02-21") == "atteint"
