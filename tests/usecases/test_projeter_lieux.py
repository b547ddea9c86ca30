"""Places become faits: what is near, what is far, what stops, and what a list proves (L-06 to L-11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from quartiers.core.cellule import Cellules
from quartiers.core.dossier import Dossier
from quartiers.core.etat import Lecteur
from quartiers.core.fait import Preuve, Rang
from quartiers.core.referentiel import Indicateur, Portee
from quartiers.core.territoire import Ancien, Genre, QuartierCible, Territoire, Territoires
from quartiers.referentiel.charger import DOSSIER_PAR_DEFAUT, load_programme
from quartiers.usecases.lire_lieux import find_commune, list_cadres
from quartiers.usecases.projeter_lieux import (
    ArretVu,
    FaitsDeLieux,
    LieuVu,
    TerritoireCompare,
    project_lieux,
)

PROGRAMME = load_programme(DOSSIER_PAR_DEFAUT)
PRESENCE, DISTANCE, HEURES = (
    "e03-a1-france-services",
    "e03-a1-distance-france-services",
    "e03-a1-heures-ouverture",
)
MILLESIME, CONNU = date(2026, 7, 1), date(2026, 7, 8)
ICI = TerritoireCompare("QN1", ("QN1",), couvert=True)
FIXE = LieuVu(
    1, "france-services", "france_services", "12", MILLESIME, date(2021, 2, 1), False, CONNU, 100,
    Preuve("france-services/12", "lieu", "Espace", "france-services", MILLESIME, 515),
    {"lundi": "09:00 - 12:00"}, {"QN1": 640.0},
)  # fmt: skip
BUS = replace(FIXE, cle="7", mobile=True, distances={}, ordre=101)
ARRET = ArretVu("7", "QN1", None, None, None, date(2026, 8, 1), 200, Preuve("a", "arret", "", ""))


def project(*lieux: LieuVu, arrets: tuple[ArretVu, ...] = (), cadres: tuple[TerritoireCompare, ...] = (ICI,)) -> FaitsDeLieux:  # fmt: skip
    return project_lieux(PROGRAMME, lieux, arrets, cadres)


def test_un_lieu_dit_ou_il_est_depuis_quand_et_d_ou_on_le_sait() -> None:
    (objet,) = project(FIXE).objets
    assert (objet.indicateur, objet.objet, objet.distance_m) == (PRESENCE, "12", 640.0)
    assert (objet.du, objet.au, objet.temoin) == (date(2021, 2, 1), None, MILLESIME)
    assert (objet.rang, objet.portee, objet.preuve.ligne) == (Rang.LISTE, Portee.PROCHE, 515)


def test_un_label_posterieur_au_millesime_vaut_du_millesime() -> None:
    (objet,) = project(replace(FIXE, du=date(2026, 9, 1))).objets
    assert objet.du == MILLESIME


def test_la_liste_prouve_une_absence_la_ou_elle_est_complete() -> None:
    ailleurs = TerritoireCompare("QRR-988_1", ("QRR-988_1",), couvert=False)
    faits = project(FIXE, cadres=(ICI, ailleurs))
    assert {(liste.indicateur, liste.territoire) for liste in faits.listes} == {(PRESENCE, "QN1")}


def test_la_distance_est_celle_du_plus_proche_et_n_existe_pas_sans_lieu() -> None:
    loin = replace(FIXE, cle="13", distances={"QN1": 1200.125}, ordre=102)
    releves = {r.indicateur: r for r in project(loin, FIXE).releves}
    assert releves[DISTANCE].valeur == Fraction(640)
    assert releves[DISTANCE].date == MILLESIME
    assert not list(project(replace(FIXE, distances={})).releves)
    ailleurs = replace(ICI, couvert=False)
    assert not [r for r in project(FIXE, cadres=(ailleurs,)).releves if r.indicateur == DISTANCE]


def test_les_heures_sont_celles_du_plus_ouvert_a_portee() -> None:
    a_portee = replace(FIXE, distances={"QN1": 300.0})
    plus = replace(a_portee, cle="13", horaires={"lundi": "09:00 - 14:30"}, ordre=102)
    illisible = replace(a_portee, cle="14", horaires={"lundi": "24h/24"}, ordre=103)
    hors = replace(plus, cle="15", distances={"QN1": 300.001}, horaires={"lundi": "00:00 - 24:00"})
    (heures,) = (
        r for r in project(a_portee, plus, illisible, hors).releves if r.indicateur == HEURES
    )
    assert heures.valeur == Fraction(11, 2)
    assert not [r for r in project(illisible).releves if r.indicateur == HEURES]


def test_un_bus_ne_prouve_rien_sans_arret() -> None:
    assert project(BUS).objets == []
    (objet,) = project(BUS, arrets=(ARRET,)).objets
    assert (objet.objet, objet.distance_m, objet.portee) == ("7", None, Portee.DANS)
    assert (objet.du, objet.temoin, objet.connu_le) == (date(2021, 2, 1), MILLESIME, ARRET.connu_le)


def test_un_arret_vaut_entre_ses_dates_et_tant_que_le_bus_est_dans_la_liste() -> None:
    arret = replace(ARRET, du=date(2026, 8, 4), au=date(2026, 9, 30))
    (objet,) = project(BUS, arrets=(arret,)).objets
    assert (objet.du, objet.au) == (date(2026, 8, 4), date(2026, 9, 30))
    apres = replace(FIXE, lot=2, millesime=date(2026, 10, 1), connu_le=date(2026, 10, 5), ordre=300)
    assert look(project(BUS, apres, arrets=(ARRET,)), date(2026, 9, 30)) == 1
    assert look(project(BUS, apres, arrets=(ARRET,)), date(2026, 10, 1)) == 0


def test_un_arret_hors_de_portee_ne_compte_pas() -> None:
    assert look(project(BUS, arrets=(replace(ARRET, distance_m=50.0),)), date(2026, 8, 1)) == 1
    assert look(project(BUS, arrets=(replace(ARRET, distance_m=50.001),)), date(2026, 8, 1)) == 0


def test_un_arret_corrige_cesse_d_etre_su() -> None:
    avant = replace(ARRET, oublie_le=date(2026, 9, 1))
    apres = replace(ARRET, au=date(2026, 8, 15), connu_le=date(2026, 9, 1), ordre=201)
    faits = project(BUS, arrets=(avant, apres))
    assert look(faits, date(2026, 8, 20), connu_le=date(2026, 8, 31)) == 1
    assert look(faits, date(2026, 8, 20), connu_le=date(2026, 9, 1)) == 0


def test_un_quartier_est_aussi_pres_que_le_plus_proche_de_ses_perimetres() -> None:
    deux = replace(FIXE, distances={"QN1": 640.0, "QN2": 0.0})
    quartier = TerritoireCompare(
        "QC-A", ("QN1", "QN2"), couvert=True, connu_le=date(2026, 1, 1), ordre=5
    )
    (objet,) = (o for o in project(deux, cadres=(quartier,)).objets)
    assert (objet.territoire, objet.distance_m, objet.connu_le) == ("QC-A", 0.0, CONNU)


def test_un_quartier_qui_change_de_perimetre_se_revoit_tel_qu_il_etait() -> None:
    deux = replace(FIXE, distances={"QN1": 640.0, "QN2": 0.0})
    bascule = date(2026, 9, 1)
    avant = TerritoireCompare("QC-A", ("QN2",), True, date(2026, 1, 1), 5, oublie_le=bascule)
    apres = TerritoireCompare("QC-A", ("QN1",), True, bascule, 400, is_suite=True)
    faits = project(deux, cadres=(avant, apres))
    assert look(faits, bascule, "QC-A", connu_le=date(2026, 8, 31)) == 1
    assert look(faits, bascule, "QC-A", connu_le=bascule) == 0
    distances = {r.connu_le: r.valeur for r in faits.releves if r.indicateur == DISTANCE}
    assert distances == {CONNU: 0, bascule: 640}


def test_un_quartier_qui_perd_ses_lieux_reprend_ce_qu_il_disait() -> None:
    bascule = date(2026, 9, 1)
    avant = TerritoireCompare("QC-A", ("QN1",), True, date(2026, 1, 1), 5, oublie_le=bascule)
    vide = TerritoireCompare("QC-A", (), False, bascule, 400, is_suite=True)
    faits = project(FIXE, cadres=(avant, vide))
    assert look(faits, bascule, "QC-A", connu_le=bascule) is None
    derniers = [r for r in faits.releves if r.indicateur == DISTANCE and r.connu_le == bascule]
    assert [r.is_retrait for r in derniers] == [True]


def test_une_version_remplacee_avant_la_liste_ne_dit_rien() -> None:
    avant = TerritoireCompare(
        "QC-A", ("QN1",), True, date(2026, 1, 1), 5, oublie_le=date(2026, 6, 1)
    )
    assert project(FIXE, cadres=(avant,)) == FaitsDeLieux()


@pytest.mark.parametrize(
    ("rattaches", "couvert"), [(("QRR-93_3",), True), (("QRR-988_1",), False), ((), False)]
)
def test_un_quartier_n_est_couvert_que_par_ses_perimetres(
    rattaches: tuple[str, ...], couvert: bool
) -> None:
    territoires = Territoires.build(Territoire(code, code, Genre.QRR) for code in rattaches)
    quartier = QuartierCible("QC-A", "A", "DEP-93", rattaches, None, None, CONNU, 1)
    (cadre,) = (c for c in list_cadres(territoires, [quartier]) if c.territoire == "QC-A")
    assert cadre.couvert is couvert


TROUBLE = replace(ICI, communes=frozenset({"COM-1"}), departements=frozenset({"93"}))
EGARE = replace(FIXE, cle="20", commune="COM-1", departement="93", is_situe=False, distances={}, ordre=301)  # fmt: skip


def relist(*lieux: LieuVu) -> tuple[LieuVu, ...]:
    """The same places in the list of October."""
    return tuple(
        replace(lieu, lot=2, millesime=date(2026, 10, 1), connu_le=date(2026, 10, 5), ordre=300 + n)
        for n, lieu in enumerate(lieux)
    )


def test_un_lieu_proche_ne_rend_pas_frais_celui_que_l_on_ne_situe_plus() -> None:
    dedans = replace(FIXE, cle="20", distances={"QN1": 0.0}, commune="COM-1", departement="93")
    avant = (dedans, FIXE)  # the second is near, out of reach
    faits = project(*avant, *relist(EGARE, FIXE), cadres=(TROUBLE,))
    assert [liste.date for liste in faits.listes] == [MILLESIME]
    for jour in (date(2026, 10, 1), date(2026, 12, 15)):
        assert look(faits, jour) == 1
    sain = project(*avant, *relist(FIXE), cadres=(TROUBLE,))
    assert look(sain, date(2026, 10, 1)) == 0


@pytest.mark.parametrize(
    ("egare", "cadre", "prouve"),
    [
        (EGARE, TROUBLE, False),
        (replace(EGARE, commune="COM-2"), TROUBLE, True),
        (replace(EGARE, commune=None), TROUBLE, False),
        (replace(EGARE, commune=None, departement="75"), TROUBLE, True),
        (replace(EGARE, commune="COM-2"), replace(TROUBLE, communes=frozenset()), False),
        (replace(EGARE, mobile=True), TROUBLE, True),
    ],
)
def test_une_absence_n_est_pas_prouvee_autour_d_un_lieu_egare(
    egare: LieuVu, cadre: TerritoireCompare, *, prouve: bool
) -> None:
    faits = project(FIXE, replace(egare, lot=1, ordre=102), cadres=(cadre,))
    assert bool(faits.listes) is prouve
    assert bool(faits.objets) is prouve, "un lieu proche ne fait pas un zéro"


def test_le_quartier_qui_connaissait_le_lieu_d_une_commune_voisine_le_garde() -> None:
    voisin = replace(FIXE, cle="20", distances={"QN1": 10.0}, commune="COM-2", departement="93")
    egare = replace(EGARE, commune="COM-2")
    faits = project(voisin, *relist(egare), cadres=(TROUBLE,))
    assert look(faits, date(2026, 10, 1)) == 1
    assert {r.date for r in faits.releves} == {MILLESIME}


def get_presence() -> Indicateur:
    indicateur = PROGRAMME.get_indicateur(PRESENCE)
    assert indicateur is not None
    return indicateur


def look(
    faits: FaitsDeLieux, jour: date, territoire: str = "QN1", connu_le: date = date(2027, 1, 1)
) -> Fraction | None:
    """How many places serve a territoire on a day, None when nothing says it."""
    dossier = Dossier(PROGRAMME, Territoires.build(()), objets=faits.objets, listes=faits.listes)
    cellule = Cellules(dossier).get(PRESENCE, territoire).read_at(connu_le)
    etat = Lecteur(get_presence(), cellule, None).get_etat(jour)
    return None if etat is None else etat.valeur


@pytest.mark.parametrize(
    ("publie", "commune"),
    [
        ("93008", "COM-93008"),
        ("93900", "COM-93008"),
        ("93901", "COM-93008"),
        ("93902", "COM-93902"),
        ("93999", None),
        (None, None),
    ],
)
def test_la_commune_d_un_lieu_est_celle_d_aujourd_hui(
    publie: str | None, commune: str | None
) -> None:
    """A list keeps the code of its year: followed to the end of its chain, even when the old one is still stored."""
    fin = date(2025, 12, 31)
    territoires = Territoires.build(
        [
            Territoire("COM-93008", "Bobigny", Genre.COMMUNE),
            Territoire("COM-93900", "Ancienne", Genre.COMMUNE, au=fin),
            Territoire("COM-93902", "Sans suite", Genre.COMMUNE, au=fin),
        ],
        {"COM-93901": Ancien("COM-93900"), "COM-93900": Ancien("COM-93008")},
    )
    assert find_commune(territoires, publie) == commune
