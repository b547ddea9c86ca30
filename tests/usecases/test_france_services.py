"""The list of France services in the base: its millésimes, its distances, its buses, what a délégué confirms."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from quartiers.core.anomalie import DonneesRefusees
from quartiers.core.constat import Constat
from quartiers.core.genres.arret import ArretDeclare
from quartiers.core.statut import Drapeau, Statut
from quartiers.core.vue import Vue
from quartiers.storage.models import Ecriture, Enregistrement, Proximite
from quartiers.usecases.charger_dossier import load_dossier
from quartiers.usecases.chercher_lieux import filter_cles
from quartiers.usecases.garder_enregistrements import iterate_contenus
from quartiers.usecases.importer import DemandeIncorrecte
from tests.usecases.conftest import CONNU_LE, DEMO, Take, Write

pytestmark = pytest.mark.django_db
JUILLET, OCTOBRE = date(2026, 7, 1), date(2026, 10, 1)
LISTE = DEMO / "2026-07-08" / f"france-services-{JUILLET}.csv"
ARRETS = "lieu;territoire;adresse;longitude;latitude;jour;heures;du;au\n"
QPV = "QN00006M"
CINQ_CHEMINS, GRAND_PRE, LYS = (
    "QC-FICTIF-CINQ-CHEMINS",
    "QC-FICTIF-GRAND-PRE",
    "QC-FICTIF-HAUTS-DE-LYS",
)


def look(territoire: str, vu_le: date, connu_le: date = CONNU_LE) -> Constat:
    """The presence of a France services in a territoire."""
    dossier = load_dossier()
    indicateur = dossier.referentiel.get_indicateur("e03-a1-france-services")
    assert indicateur is not None
    return Vue(dossier, vu_le, connu_le).get_constat(indicateur, territoire)


def test_le_millesime_se_dit(cadre: None, take: Take) -> None:
    with pytest.raises(DemandeIncorrecte, match="--millesime"):
        take("france-services", LISTE)
    with pytest.raises(DonneesRefusees, match="après le jour où il est connu"):
        take("france-services", LISTE, date(2026, 6, 30), millesime=JUILLET)


def test_la_liste_redite_autrement_ne_change_rien(listes: None, take: Take, write: Write) -> None:
    avant = (Ecriture.objects.count(), Enregistrement.objects.count(), Proximite.objects.count())
    lignes = LISTE.read_text(encoding="utf-8").splitlines()
    melangee = write("fs.csv", "\n".join([lignes[0], *reversed(lignes[1:])]) + "\n")
    resultat = take("france-services", melangee, millesime=JUILLET)
    assert (resultat.ajoutees, resultat.inchangees) == (0, 12)
    assert take("france-services", LISTE, millesime=JUILLET).deja
    assert (
        Ecriture.objects.count(),
        Enregistrement.objects.count(),
        Proximite.objects.count(),
    ) == avant


def test_un_millesime_connu_ne_change_pas_de_contenu(
    listes: None, take: Take, write: Write
) -> None:
    autre = LISTE.read_text(encoding="utf-8").replace("Grand-Pré (fictif)", "Petit-Pré (fictif)", 1)
    with pytest.raises(DonneesRefusees, match=r"déjà chargé avec un autre contenu : 1 .*9003"):
        take("france-services", write("fs.csv", autre), millesime=JUILLET)


def test_les_bus_ne_se_mesurent_pas_depuis_leur_garage(listes: None) -> None:
    assert filter_cles(["9007"], champs__mobile=True).count() == 2
    assert not Proximite.objects.filter(enregistrement__champs__mobile=True).exists()
    assert Proximite.objects.filter(territoire="QN00006M").exists()


def test_absent_de_la_liste_suivante_il_est_perdu_ce_jour_la(listes: None) -> None:
    assert look(GRAND_PRE, date(2026, 9, 30)).statut is Statut.ATTEINT
    perdu = look(GRAND_PRE, OCTOBRE)
    assert (perdu.statut, Drapeau.PERDU in perdu.drapeaux) == (Statut.EN_RETARD, True)
    alors = look(GRAND_PRE, OCTOBRE, connu_le=date(2026, 10, 11))
    assert alors.statut is Statut.ATTEINT, "la liste d'octobre n'était pas encore connue"


def list_distances() -> list[Fraction | None]:
    """Of the stops that the base holds."""
    return [arret.distance_m for arret, *_ in iterate_contenus(ArretDeclare)]


def test_un_arret_de_bus_compte_la_ou_il_est(listes: None, take: Take, write: Write) -> None:
    assert look(QPV, CONNU_LE).statut is Statut.NON_ENGAGE
    demo = (DEMO / "2026-07-08" / "arrets.csv").read_text(encoding="utf-8")
    take("arrets", write("arrets.csv", demo.replace(CINQ_CHEMINS, QPV)), date(2026, 7, 8))
    assert list_distances() == [0]
    assert look(QPV, CONNU_LE).statut is Statut.ATTEINT
    assert look(QPV, CONNU_LE, connu_le=date(2026, 7, 7)).statut is Statut.NON_RENSEIGNE


def test_un_arret_trop_loin_ne_compte_pas(listes: None, take: Take, write: Write) -> None:
    loin = f"{ARRETS}9007;{QPV};Ailleurs;2.30;46.46;mardi;;;\n"
    take("arrets", write("arrets.csv", loin))
    (distance,) = list_distances()
    assert distance is not None
    assert distance > 1000
    assert look(QPV, CONNU_LE).statut is Statut.NON_ENGAGE


def test_un_arret_du_qpv_est_un_arret_du_quartier(listes: None, take: Take, write: Write) -> None:
    take("arrets", write("arrets.csv", f"{ARRETS}9007;{QPV};Place;;;Mardi;;2026-02-03;\n"))
    assert "9007" in look(CINQ_CHEMINS, CONNU_LE).objets
    assert "9007" in look(QPV, CONNU_LE).objets
    assert "9007" not in look("QC-FICTIF-ECLUSES", CONNU_LE).objets


def test_un_arret_supprime_se_dit_par_sa_fin(listes: None, take: Take, write: Write) -> None:
    ligne = f"9007;{QPV};Place;;;mardi;;2026-02-03;"
    take("arrets", write("arrets.csv", f"{ARRETS}{ligne}\n"), date(2026, 10, 15))
    take("arrets", write("arrets.csv", f"{ARRETS}{ligne}2026-10-31\n"), date(2026, 11, 10))
    jour = date(2026, 11, 9)
    assert look(QPV, jour, connu_le=jour).statut is Statut.ATTEINT
    assert look(QPV, jour, connu_le=date(2026, 11, 10)).statut is Statut.EN_RETARD
    assert look(QPV, date(2026, 10, 31), connu_le=date(2026, 11, 10)).statut is Statut.ATTEINT


@pytest.mark.parametrize(
    ("ligne", "colonne"),
    [
        ("9001;QC-FICTIF-TILLEULS;;;;mardi;;;", "lieu"),  # fixed
        ("9;QC-FICTIF-TILLEULS;;;;mardi;;;", "lieu"),
        ("9007;DEP-00;;;;mardi;;;", "territoire"),
        ("9007;QC-FICTIF-TILLEULS;;;;un mardi sur deux;;;", "jour"),
        ("9007;QC-FICTIF-TILLEULS;;2,6;;mardi;;;", "longitude"),
        ("9007;QC-FICTIF-TILLEULS;;46,4;2,6;mardi;;;", "longitude"),  # swapped: nowhere
        ("9007;QC-FICTIF-TILLEULS;;;;mardi;;2026-05-01;2026-04-01", "au"),
    ],
)
def test_arret_refuse(listes: None, take: Take, write: Write, ligne: str, colonne: str) -> None:
    with pytest.raises(DonneesRefusees) as refus:
        take("arrets", write("arrets.csv", f"{ARRETS}{ligne}\n"))
    assert [(a.ligne, a.colonne) for a in refus.value.anomalies] == [(2, colonne)]
    assert list_distances() == []


def test_une_desserte_confirmee_compte(listes: None, take: Take) -> None:
    avant = look(LYS, CONNU_LE)
    assert (avant.statut, Drapeau.A_PROXIMITE in avant.drapeaux) == (Statut.A_SURVEILLER, True)
    take("confirmations", DEMO / "2026-10-12" / "confirmations.csv", date(2026, 10, 12))
    apres = look(LYS, CONNU_LE)
    assert (apres.statut, Drapeau.CONFIRME in apres.drapeaux) == (Statut.ATTEINT, True)


def test_une_confirmation_vaine_est_dite(listes: None, take: Take, write: Write) -> None:
    entete = "indicateur;territoire;lieu;date;motif;par\n"
    ligne = f"e03-a1-france-services;{LYS};9010;2026-07-20;Navette;Déléguée\n"
    resultat = take("confirmations", write("c.csv", entete + ligne))
    avis = [str(a) for rapport in resultat.rapports for a in rapport.avis]
    assert len(avis) == 1
    assert "sans effet" in avis[0]
    assert look(LYS, CONNU_LE).statut is Statut.A_SURVEILLER


@pytest.mark.parametrize(
    ("ligne", "colonne"),
    [
        (f"e03-a1-france-services;{LYS};90066;2026-07-20;Navette;D", "lieu"),
        (f"e03-a1-heures-ouverture;{LYS};9006;2026-07-20;Navette;D", "indicateur"),
        (f"e03-a1-france-services;{LYS};9006;2026-11-25;Navette;D", "date"),
        (f"e03-a1-france-services;{LYS};9006;2026-07-20;;D", "motif"),
        (f"e03-a1-france-services;{LYS};9006;2026-07-20;Navette;", "par"),
    ],
)
def test_confirmation_refusee(
    listes: None, take: Take, write: Write, ligne: str, colonne: str
) -> None:
    entete = "indicateur;territoire;lieu;date;motif;par\n"
    with pytest.raises(DonneesRefusees) as refus:
        take("confirmations", write("c.csv", f"{entete}{ligne}\n"))
    assert [(a.ligne, a.colonne) for a in refus.value.anomalies] == [(2, colonne)]


def test_un_perimetre_qui_arrive_apres_la_liste_est_mesure(take: Take) -> None:
    jour, cadre = date(2026, 7, 8), Path(DEMO / "2026-01-15")
    take("cog", cadre / "cog", jour)
    take("france-services", LISTE, jour, millesime=JUILLET)
    assert not Proximite.objects.exists()
    take("qpv", cadre / "qpv.geojson", date(2026, 9, 1))
    assert look("QN00001N", date(2026, 8, 1)).statut is Statut.ATTEINT
