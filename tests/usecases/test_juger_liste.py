"""A damaged list of France services: what is refused, what is unknown, what holds and ages (L-39, L-40)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from quartiers.core.anomalie import Carnet, DonneesRefusees
from quartiers.core.statut import Drapeau, Statut
from quartiers.core.vue import Vue
from quartiers.sources import france_services
from quartiers.storage.models import Ecriture, Enregistrement, Proximite
from quartiers.usecases.charger_dossier import load_dossier
from quartiers.usecases.chercher_lieux import filter_cles, filter_lieux
from quartiers.usecases.importer import ResultatImport
from quartiers.usecases.juger_liste import judge_points
from tests.usecases.conftest import Take, Write
from tests.usecases.test_france_services import GRAND_PRE, JUILLET, LISTE, look

pytestmark = pytest.mark.django_db
AOUT = date(2026, 8, 1)
DISTANCE, HEURES = "e03-a1-distance-france-services", "e03-a1-heures-ouverture"
LIGNES = LISTE.read_text(encoding="utf-8").splitlines()
POINT = "46.559821,2.272889"  # Grand-Pré, in Montclair


@pytest.fixture
def juillet(cadre: None, take: Take) -> None:
    """The list of July, sound."""
    take("france-services", LISTE, date(2026, 7, 8), millesime=JUILLET)


def send(take: Take, write: Write, *lignes: str, **options: object) -> ResultatImport:
    """The list of August, as sent."""
    chemin = write("fs.csv", "\n".join((LIGNES[0], *lignes)) + "\n")
    reglages = {"connu_le": date(2026, 8, 5), "millesime": AOUT, **options}
    return take("france-services", chemin, **reglages)


def move(point: str) -> list[str]:
    """The rows with the point of Grand-Pré written otherwise."""
    return [ligne.replace(POINT, point) for ligne in LIGNES[1:]]


@pytest.mark.parametrize(
    ("point", "raison"),
    [
        ("0,0", "latitude 0, longitude 0"),
        ("2.272889,46.559821", "latitude et longitude inversées"),
        ("46,2", "degrés entiers"),
        ("48.85,-61.2", "hors du département 00"),
        (",", "sans coordonnées"),
        ("46.559821,", "point laissé inconnu"),
        ("46.559.821,2.272889", "point laissé inconnu"),
    ],
)
def test_sans_point_croyable_la_presence_connue_tient_et_vieillit(
    juillet: None, take: Take, write: Write, point: str, raison: str
) -> None:
    avant = look(GRAND_PRE, AOUT)
    assert (avant.statut, avant.date) == (Statut.ATTEINT, JUILLET)
    resultat = send(take, write, *move(point))
    avis = [str(a) for rapport in resultat.rapports for a in rapport.avis]
    assert [raison in a and "ligne 4" in a for a in avis if "9003" in a] == [True]
    assert "1 sans point connu" in resultat.bilan.phrases[0]
    assert "longitude" not in filter_cles(["9003"], le=AOUT).get().champs
    apres = look(GRAND_PRE, AOUT)
    assert (apres.statut, apres.date) == (Statut.ATTEINT, JUILLET)
    assert apres.valeur == 1
    assert Drapeau.PERDU not in apres.drapeaux
    assert apres.perime_le == avant.perime_le, "elle vieillit : la liste d'août ne l'a pas revue"
    assert avant.perime_le is not None
    assert look(GRAND_PRE, avant.perime_le - timedelta(days=1)).statut is Statut.ATTEINT
    assert look(GRAND_PRE, avant.perime_le).statut is Statut.PERIME


def test_ailleurs_la_liste_prouve_toujours(juillet: None, take: Take, write: Write) -> None:
    sans_verriers = [ligne for ligne in move("0,0") if not ligne.startswith("9004")]
    verriers = "QC-FICTIF-VERRIERS"
    assert look(verriers, AOUT).statut is Statut.ATTEINT
    send(take, write, *sans_verriers)
    perdu = look(verriers, AOUT)
    assert (perdu.statut, Drapeau.PERDU in perdu.drapeaux) == (Statut.EN_RETARD, True)


def test_ni_la_distance_ni_les_heures_ne_sont_celles_d_un_autre(
    juillet: None, take: Take, write: Write
) -> None:
    send(take, write, *move("0,0"))
    dossier = load_dossier()
    dits = {
        (r.indicateur, r.date) for r in dossier.releves if r.territoire == GRAND_PRE and r.source
    }
    assert {(DISTANCE, JUILLET), (HEURES, JUILLET)} <= dits
    assert not {(DISTANCE, AOUT), (HEURES, AOUT)} & dits
    vue = Vue(dossier, AOUT, date(2026, 11, 24))
    distance = dossier.referentiel.get_indicateur(DISTANCE)
    assert distance is not None
    assert vue.get_constat(distance, GRAND_PRE).date == JUILLET


def test_commune_inconnue_tout_le_departement_se_tait(
    juillet: None, take: Take, write: Write
) -> None:
    inconnue = [
        ligne.replace(",00001,00100,", ",00009,00100,") if ligne.startswith("9003") else ligne
        for ligne in move("0,0")
    ]
    send(take, write, *(ligne for ligne in inconnue if not ligne.startswith("9004")))
    assert look("QC-FICTIF-VERRIERS", AOUT).statut is Statut.ATTEINT, "perdu n'est pas prouvé"


def test_la_liste_suivante_saine_reprend(juillet: None, take: Take, write: Write) -> None:
    send(take, write, *move("0,0"))
    sans = [ligne for ligne in LIGNES[1:] if not ligne.startswith("9003")]
    septembre = {"millesime": date(2026, 9, 1), "connu_le": date(2026, 9, 5)}
    send(take, write, *sans, **septembre)
    perdu = look(GRAND_PRE, date(2026, 9, 1))
    assert (perdu.statut, Drapeau.PERDU in perdu.drapeaux) == (Statut.EN_RETARD, True)
    assert look(GRAND_PRE, date(2026, 8, 31)).statut is Statut.ATTEINT


def test_un_bus_sans_point_n_empeche_rien(juillet: None, take: Take, write: Write) -> None:
    sans_bus = [ligne.replace("46.459125,2.622135", "0,0") for ligne in LIGNES[1:]]
    assert "sans point" not in send(take, write, *sans_bus).bilan.phrases[0]
    assert look(GRAND_PRE, AOUT).date == AOUT


@pytest.mark.parametrize(
    ("lignes", "raison"),
    [
        ([], "aucune"),
        (LIGNES[1:8], "7 structures au lieu de 12, moins de 80 %"),
        (
            [
                ",".join([*c[:8], c[9], c[8], *c[10:]])
                for c in (ligne.split(",") for ligne in LIGNES[1:] if '"' not in ligne)
            ],
            "structures fixes sur 11 sans point connu",
        ),
    ],
)
def test_une_liste_abimee_est_refusee_sans_que_rien_ne_change(
    juillet: None, take: Take, write: Write, lignes: list[str], raison: str
) -> None:
    avant = (Ecriture.objects.count(), Enregistrement.objects.count(), Proximite.objects.count())
    with pytest.raises(DonneesRefusees, match=raison):
        send(take, write, *lignes)
    assert (
        Ecriture.objects.count(),
        Enregistrement.objects.count(),
        Proximite.objects.count(),
    ) == avant
    assert look(GRAND_PRE, AOUT).statut is Statut.ATTEINT


ILLISIBLES = "1 ligne écartée : la liste prouverait l’absence de ce qu’elle nomme"


@pytest.fixture
def longue(cadre: None, take: Take, write: Write) -> list[str]:
    """A list of July so long that one row in it is less than a hundredth."""
    autres = [LIGNES[1].replace("9001,", f"{91000 + n},", 1) for n in range(110)]
    chemin = write("fs.csv", "\n".join((*LIGNES, *autres)) + "\n")
    take("france-services", chemin, date(2026, 7, 8), millesime=JUILLET)
    return autres


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [("Espace labellisé", "Labellisé"), (",Fixe,", ",Fixe?,")],
)
def test_une_ligne_ecartee_ne_prouve_pas_l_absence_de_sa_structure(
    longue: list[str], take: Take, write: Write, ecrit: str, lu: str
) -> None:
    abimees = [x.replace(ecrit, lu) if x.startswith("9003") else x for x in LIGNES[1:]]
    assert abimees != LIGNES[1:]
    with pytest.raises(DonneesRefusees, match=ILLISIBLES) as refus:
        send(take, write, *abimees, *longue)
    assert [a.ligne for a in refus.value.anomalies if a.ligne] == [4]
    assert look(GRAND_PRE, AOUT).statut is Statut.ATTEINT
    admis = send(take, write, *abimees, *longue, accepter_retrait=True)
    assert admis.ecartees == 1
    assert any(ILLISIBLES in str(a) for rapport in admis.rapports for a in rapport.avis)


def test_un_retrait_accepte_entre_et_se_dit(juillet: None, take: Take, write: Write) -> None:
    resultat = send(take, write, *LIGNES[1:3], accepter_retrait=True)
    avis = [str(a) for rapport in resultat.rapports for a in rapport.avis]
    assert any("2 structures au lieu de 12, moins de 80 %" in a for a in avis)
    assert filter_lieux(le=AOUT).count() == 2
    encore = send(take, write, *reversed(LIGNES[1:3]))
    assert (encore.ajoutees, encore.inchangees) == (0, 2), "déjà admise, elle n'est pas rejugée"


def test_une_liste_vide_admise_ne_dit_rien(juillet: None, take: Take, write: Write) -> None:
    """Refused with the way to admit it; admitted, it proves no absence (L-40)."""
    with pytest.raises(DonneesRefusees, match="aucune structure sous l’en-tête ; --accepter-ret"):
        send(take, write)
    resultat = send(take, write, accepter_retrait=True)
    assert (resultat.lues, resultat.ajoutees) == (0, 0)
    assert not filter_lieux(le=AOUT).exists()
    assert look(GRAND_PRE, AOUT).statut is Statut.ATTEINT


def test_une_liste_plus_ancienne_ne_se_compare_qu_a_ce_qui_la_precede(
    juillet: None, take: Take, write: Write
) -> None:
    send(take, write, *LIGNES[1:3], millesime=date(2026, 6, 1))
    assert filter_lieux(le=date(2026, 6, 1)).count() == 2


@pytest.mark.donnees
def test_tous_les_points_des_vraies_listes_se_croient(donnees: Path) -> None:
    for nom, nombre in (("liste-fs-20240801.csv", 2845), ("france_services.geojson", 908)):
        carnet = Carnet(nom)
        structures = france_services.read(donnees / "france-services" / nom).donnees
        jugees = judge_points(structures, carnet)
        assert len(jugees) == nombre
        assert [str(a) for a in carnet.avis] == []
        assert all(s.lon is not None for s in jugees)


def test_une_liste_qui_grandit_d_un_coup_est_dite(juillet: None, take: Take, write: Write) -> None:
    nouvelles = [LIGNES[1].replace("9001,", f"91{n:02d},") for n in range(4)]
    resultat = send(take, write, *LIGNES[1:], *nouvelles)
    avis = [str(a) for rapport in resultat.rapports for a in rapport.avis]
    assert any("16 structures au lieu de 12, plus de 125 %" in a for a in avis)
