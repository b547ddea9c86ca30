"""The worked examples of the domain (4.3, 4.5), on the evaluator itself. Arithmetic in French in the comments."""

from fractions import Fraction

from tests.oracle.evaluateur import evaluate
from tests.oracle.exemple import LOIN, QRR, Exemple, jour, make_annexe

VU_LE = "2026-11-23"


def make_presence(portee: str = "AB", **champs: object) -> Exemple:
    """A France services list of 1 November 2026, with an annexe target of one place."""
    exemple = Exemple("presence", "T", cible=make_annexe(1), **champs)
    exemple.monde["indicateurs"][0]["portee_spatiale"] = portee
    exemple.liste("2026-11-01")
    return exemple


def test_1_presence_dedans() -> None:
    exemple = make_presence()
    exemple.objet("fs", "2024-08-01", "2026-11-01", portee="AB", distance_m=0)
    assert exemple.statut(VU_LE) == "atteint"


def test_2_presence_proche_puis_confirmee() -> None:
    exemple = make_presence()
    exemple.objet("fs", "2024-08-01", "2026-11-01", portee="AB", distance_m=640)
    assert exemple.statut(VU_LE) == "a_surveiller a_proximite"
    exemple.confirmation("fs", "2026-11-20")
    assert exemple.statut(VU_LE) == "atteint confirme"
    assert exemple.statut("2026-11-19") == "a_surveiller a_proximite"


def test_3_le_bus_ne_compte_que_par_un_arret() -> None:
    # Le garage à 210 m n’est pas un objet : la liste, exhaustive, prouve l’absence.
    exemple = make_presence()
    assert exemple.statut(VU_LE) == "non_engage"
    assert exemple.voir(VU_LE)["valeur"] == 0
    exemple.objet("arret", "2025-01-06", "2026-11-01", portee="A", distance_m=0)
    assert exemple.statut(VU_LE) == "atteint"


def test_4_compte_a_venir() -> None:
    # 272 jours sur 729 ; attendu 2 + 4 × 272/729 = 3,49 ; r = 1 / 1,49 = 0,67, puis 2 / 1,49 = 1,34.
    exemple = Exemple("compte", "A", nature="stock")
    exemple.cible(6, "2027-12-31", base=2, base_date="2026-01-01")
    exemple.releve("2026-09-30", 3)
    vu = exemple.voir(VU_LE)
    assert (vu["statut"], vu["ratio"]) == ("a_surveiller", Fraction(729, 4 * 272))
    exemple.releve("2026-09-30", 4)
    vu = exemple.voir(VU_LE)
    assert (vu["statut"], vu["ratio"]) == ("en_bonne_voie", Fraction(2 * 729, 4 * 272))


def test_5_echeance_passee() -> None:
    # De 2 à 6, 5 est à 3/4 du chemin.
    exemple = Exemple("compte", "A", nature="stock")
    exemple.cible(6, "2026-06-30", base=2, base_date="2026-01-01")
    exemple.releve("2026-06-01", 5)
    vu = exemple.voir("2026-09-30")
    assert (vu["statut"], vu["ratio"]) == ("echu_non_atteint", Fraction(3, 4))
    exemple.releve("2026-10-01", 6)
    assert exemple.statut("2026-09-30") == "echu_non_atteint"
    assert exemple.statut("2026-10-01") == "atteint tardif"


def test_6_doublement() -> None:
    # 90 jours sur 364 ; attendu 48 + 48 × 90/364 = 59,87 ; r = 23 / 11,87 = 1,94. À la fin, 42/48 = 87,5 %.
    exemple = Exemple("doublement", "A", nature="stock", cible=make_annexe(2, relative_a="base"))
    exemple.releve("2025-11-30", 71)
    assert exemple.statut("2025-11-30") == "sans_cible"
    assert exemple.voir("2025-11-30")["cible"]["valeur"] is None
    exemple.cible(None, "2026-08-31", base=48, base_date="2025-09-01")
    vu = exemple.voir("2025-11-30")
    assert (vu["statut"], vu["ratio"]) == ("en_bonne_voie", Fraction(23 * 364, 48 * 90))
    assert vu["cible"]["valeur"] == 96
    exemple.releve("2026-08-31", 90)
    assert exemple.statut("2026-08-31") == "a_surveiller"  # le dernier jour, r = 0,875
    vu = exemple.voir(VU_LE)
    assert (vu["statut"], vu["ratio"]) == ("echu_non_atteint", Fraction(875, 1000))


def test_6_doublement_de_base_nulle() -> None:
    exemple = Exemple("doublement", "A", nature="stock", cible=make_annexe(2, relative_a="base"))
    exemple.cible(None, "2026-08-31", base=0, base_date="2025-09-01")
    exemple.releve("2025-11-30", 71)
    assert exemple.statut("2025-11-30") == "sans_cible"


def test_7_part() -> None:
    # 34/41 = 82,93 % ; 379 jours sur 730 ; attendu 60 + 40 × 379/730 = 80,77 ; r = 22,93 / 20,77 = 1,10.
    exemple = Exemple("part", "A", agregation="rapport")
    exemple.cible(100, "2027-09-01", base=60, base_date="2025-09-01")
    exemple.releve("2026-09-15", numerateur=34, denominateur=41)
    vu = exemple.voir(VU_LE)
    assert vu["statut"] == "en_bonne_voie"
    assert vu["valeur"] == Fraction(3400, 41)
    assert round(float(vu["ratio"]), 2) == 1.10


def make_national(valeurs: list[int], quartiers: int = 45) -> Exemple:
    """So many expected QRR; the first ones have declared a value."""
    exemple = Exemple("national", "A", niveau="N", cible=make_annexe(300, "2021-10-31"))
    for rang in range(2, quartiers + 1):
        exemple.territoire(f"QRR-93_{rang}", "qrr", "DEP-93")
    for rang, valeur in enumerate(valeurs, start=1):
        exemple.releve("2026-09-01", valeur, territoire=f"QRR-93_{rang}")
    return exemple


def test_8_national() -> None:
    # 38 quartiers : 37 × 5 + 29 = 214, soit 71 % de 300 ; les sept autres peuvent tenir les 86 qui manquent.
    exemple = make_national([5] * 37 + [29])
    vu = exemple.voir(VU_LE, "FR")
    assert (vu["statut"], vu["drapeaux"], vu["valeur"]) == ("non_renseigne", ["au_moins"], 214)
    exemple.releve("2026-09-01", 214, territoire="FR")
    vu = exemple.voir(VU_LE, "FR")
    assert (vu["statut"], vu["drapeaux"]) == ("echu_non_atteint", [])
    assert vu["ratio"] == Fraction(214, 300)


def test_8_national_atteint_quoi_qu_il_manque() -> None:
    # 37 × 8 + 9 = 305.
    exemple = make_national([8] * 37 + [9])
    assert exemple.statut(VU_LE, "FR") == "atteint au_moins tardif"


def test_9_perime() -> None:
    exemple = Exemple("compte", "T", nature="stock")
    exemple.cible(1, None)
    exemple.releve("2026-05-12", 3)
    assert (jour(VU_LE) - jour("2026-05-12")).days == 195
    assert exemple.statut(VU_LE) == "perime"
    assert exemple.voir(VU_LE)["valeur"] == 3
    exemple.releve("2026-08-01", 3)
    assert (jour(VU_LE) - jour("2026-08-01")).days == 114
    assert exemple.statut(VU_LE) == "atteint"


def test_10_regle_qui_a_son_horloge() -> None:
    # « Réuni depuis moins de trois mois » : le 12 mai vaut jusqu’au 11 août.
    exemple = Exemple("presence", "T", cible=make_annexe(1))
    exemple.objet("gpo", "2026-05-12", "2026-05-12", au="2026-08-11", source="seances", rang=0)
    assert exemple.statut("2026-08-11") == "atteint"
    assert exemple.statut("2026-08-12") == "en_retard perdu"
    assert exemple.statut(VU_LE) == "perime"
    exemple.liste("2026-11-20", source="seances", rang=0)
    vu = exemple.voir(VU_LE)
    assert (vu["statut"], vu["perdu_le"]) == ("en_retard", jour("2026-08-12"))


def test_11_sans_objet() -> None:
    exemple = Exemple("jalon", "A", cible=make_annexe(3), pas_0="sans_objet")
    exemple.sans_objet("2026-02-10")
    assert exemple.statut(VU_LE) == "sans_objet"
    assert exemple.statut("2027-02-10") == "sans_objet"
    assert exemple.statut("2027-02-11") == "non_renseigne"


def test_12_etape() -> None:
    exemple = Exemple("jalon", "A", cible=make_annexe(4), echelle=list("abcdef"))
    exemple.cible(4, "2026-10-31")
    exemple.releve("2026-09-01", jalon=3)
    assert exemple.statut("2026-10-31") == "en_bonne_voie"
    assert exemple.statut(VU_LE) == "a_surveiller"
    assert exemple.statut("2026-12-05") == "en_retard"


def test_13_sans_cible() -> None:
    exemple = Exemple("compte", "A", nature="flux", periode="annee_scolaire")
    exemple.releve("2026-10-01", 420)
    vu = exemple.voir(VU_LE)
    assert (vu["statut"], vu["valeur"], vu["cible"]) == ("sans_cible", 420, None)
    haut = exemple.voir(VU_LE, "DEP-93")
    assert (haut["taux_min"], haut["taux_max"]) == (None, None)
    assert haut["couverture"] == 1


# 62 quartiers : statut, combien, valeur (cible 6 au 31 décembre 2027, depuis 2 au 1er janvier 2026).
QUARTIERS_62 = (
    ("atteint", 31, 6),
    ("en_bonne_voie", 9, 4),
    ("a_surveiller", 4, 3),
    ("en_retard", 5, 2),
    ("echu_non_atteint", 3, 5),
    ("non_renseigne", 6, None),
    ("perime", 2, 3),
    ("sans_objet", 2, None),
)


def test_45_les_62_quartiers() -> None:
    exemple = Exemple("compte", "A", nature="stock")
    exemple.monde["territoires"] = [
        t for t in exemple.monde["territoires"] if t["genre"] not in {"qrr", "qpv"}
    ]
    rang = 0
    for statut, nombre, valeur in QUARTIERS_62:
        for _ in range(nombre):
            rang += 1
            code = f"QRR-93_{rang}"
            exemple.territoire(code, "qrr", "DEP-93")
            echeance = "2026-06-30" if statut == "echu_non_atteint" else "2027-12-31"
            exemple.cible(6, echeance, base=2, base_date="2026-01-01", territoire=code)
            le = "2020-09-30" if statut == "perime" else "2026-09-30"
            if valeur is not None:
                exemple.releve(le, valeur, territoire=code)
            if statut == "sans_objet":
                exemple.sans_objet("2026-02-10", territoire=code)
    vu = exemple.voir(VU_LE, "DEP-93")
    assert vu["statuts"] == {statut: nombre for statut, nombre, _ in QUARTIERS_62}
    assert (vu["attendus"], vu["applicables"], vu["renseignes"]) == (62, 60, 52)
    # 52/60 = 86,7 % ; 31/60 = 51,7 % ; (31 + 6 + 2)/60 = 65,0 %.
    assert vu["couverture"] == Fraction(52, 60)
    assert (vu["taux_min"], vu["taux_max"]) == (Fraction(31, 60), Fraction(39, 60))


def test_45_rapport_de_sommes() -> None:
    # 9/10 et 10/100 : 19/110 = 17,3 %, et non 50 %.
    exemple = Exemple("part", "A", agregation="rapport")
    exemple.territoire("QRR-93_2", "qrr", "DEP-93")
    exemple.releve("2026-09-15", numerateur=9, denominateur=10)
    exemple.releve("2026-09-15", numerateur=10, denominateur=100, territoire="QRR-93_2")
    vu = exemple.voir(VU_LE, "DEP-93")
    assert vu["valeur"] == Fraction(1900, 110)
    assert vu["valeur_complete"] is True


def test_enfant_en_retard() -> None:
    """Two QRR at 15; five months later only the first reports 18: 33 is known, 18 is fresh, nothing is complete."""
    exemple = Exemple("compte", "T", nature="stock")
    exemple.monde["territoires"] = [
        {"code": "FR", "genre": "nation", "parents": []},
        {"code": "REG-75", "genre": "region", "parents": ["FR"]},
        {"code": "DEP-33", "genre": "departement", "parents": ["REG-75"]},
        {"code": "DEP-86", "genre": "departement", "parents": ["REG-75"]},
        {"code": "QRR-33_1", "genre": "qrr", "parents": ["DEP-33"]},
        {"code": "QRR-33_2", "genre": "qrr", "parents": ["DEP-33"]},
        {"code": "QRR-86_1", "genre": "qrr", "parents": ["DEP-86"]},
        {"code": "QRR-86_2", "genre": "qrr", "parents": ["DEP-86"]},
    ]
    exemple.releve("2026-01-15", 15, territoire="QRR-33_1")
    exemple.releve("2026-01-15", 15, territoire="QRR-33_2")
    exemple.releve("2026-06-15", 18, territoire="QRR-33_1")
    for code, attendus in (("DEP-33", 2), ("REG-75", 4)):
        vu = exemple.voir("2026-06-15", code)
        assert (vu["valeur"], vu["valeur_fraiche"], vu["valeur_complete"]) == (33, 18, False)
        assert (vu["attendus"], vu["renseignes"]) == (attendus, 1)
    # Vu en mars, rien ne manque au département.
    vu = exemple.voir("2026-03-01", "DEP-33")
    assert (vu["valeur"], vu["valeur_fraiche"], vu["valeur_complete"]) == (30, 30, True)


def test_un_objet_partage_ne_compte_qu_une_fois() -> None:
    # Un poste partagé par deux quartiers compte 1 dans chacun, et 1 au département.
    exemple = Exemple("presence", "A", agregation="part_de_territoires", cible=make_annexe(1))
    exemple.territoire("QRR-93_2", "qrr", "DEP-93")
    for code in (QRR, "QRR-93_2"):
        exemple.objet("poste", "2026-01-01", "2026-09-01", territoire=code)
        assert exemple.voir(VU_LE, code)["valeur"] == 1
    assert exemple.voir(VU_LE, "DEP-93")["valeur"] == 1


def test_meme_monde_meme_reponse() -> None:
    exemple = make_presence()
    premier = evaluate(exemple.monde, QRR, jour(VU_LE), LOIN)
    assert evaluate(exemple.monde, QRR, jour(VU_LE), LOIN) == premier
