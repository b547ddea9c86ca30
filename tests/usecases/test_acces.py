"""Who may open what: the matrix role × territoire, and every way of having nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser, User
from pytest_django import DjangoAssertNumQueries

from quartiers.core.droits import Droits, Sujet, Verbe
from quartiers.core.table_des_droits import TABLE
from quartiers.core.territoire import Territoires
from quartiers.core.vue import Vue
from quartiers.storage.models import Mandat
from quartiers.usecases import acces
from quartiers.usecases.charger_dossier import load_dossier
from quartiers.usecases.creer_compte import (
    GENRES_DU_ROLE,
    CompteExistant,
    CompteRefuse,
    check_mandat,
    create_compte,
)
from tests.usecases.conftest import CONNU_LE

pytestmark = pytest.mark.django_db
AUJOURD_HUI = date(2026, 11, 24)
REGARDES = (
    *("FR", "REG-00", "DEP-00", "EPCI-999000011", "COM-00003", "COM-00004"),
    *("QN00006M", "QRR-00_1", "QC-FICTIF-CINQ-CHEMINS", "QC-FICTIF-TILLEULS", "QC-INCONNU"),
)
MATRICE = {
    ("prefet", "DEP-00"): set(REGARDES[2:]) - {"EPCI-999000011", "QC-INCONNU"},
    ("sous_prefet_ville", "DEP-00"): set(REGARDES[2:]) - {"EPCI-999000011", "QC-INCONNU"},
    ("delegue", "QC-FICTIF-TILLEULS"): {"QC-FICTIF-TILLEULS"},
    ("prefet_region", "REG-00"): set(REGARDES[1:]) - {"EPCI-999000011", "QC-INCONNU"},
    ("task_force", "FR"): set(REGARDES) - {"QC-INCONNU"},
    ("commune", "COM-00003"): {"COM-00003", "QN00006M", "QC-FICTIF-CINQ-CHEMINS"},
    ("epci", "EPCI-999000011"): {
        *("EPCI-999000011", "COM-00003", "QN00006M", "QC-FICTIF-CINQ-CHEMINS"),
    },
    ("administrateur", ""): set(),
    **{
        (role, "DEP-00"): set(REGARDES[2:]) - {"EPCI-999000011", "QC-INCONNU"}
        for role in ("recteur", "procureur", "police", "gendarmerie", "service_etat")
    },
    ("conseil_departemental", "DEP-00"): set(REGARDES[2:]) - {"EPCI-999000011", "QC-INCONNU"},
    ("conseil_regional", "REG-00"): set(REGARDES[1:]) - {"EPCI-999000011", "QC-INCONNU"},
    ("operateur", "COM-00003"): {"COM-00003", "QN00006M", "QC-FICTIF-CINQ-CHEMINS"},
    ("association", "QC-FICTIF-TILLEULS"): {"QC-FICTIF-TILLEULS"},
    # A tableau is not public before somebody publishes it.
    ("conseil_citoyen", "QC-FICTIF-TILLEULS"): set(),
}


@pytest.fixture
def territoires(cadre: None) -> Territoires:
    """All that is known, quartiers cibles included."""
    return Vue(load_dossier(), AUJOURD_HUI, CONNU_LE).territoires


def make_compte(role: str, *codes: str, du: date | None = None, au: date | None = None) -> User:
    """An account."""
    return create_compte(
        identifiant=f"{role}{User.objects.count()}",
        mot_de_passe=None,
        role=role,
        territoires=codes,
        du=du,
        au=au,
    )


def open_droits(acteur: User | AnonymousUser, territoires: Territoires) -> Droits:
    """What an actor may do today."""
    mandats = acces.list_mandats(acteur, AUJOURD_HUI)
    return acces.open_droits(acteur, mandats, AUJOURD_HUI, territoires)


def list_vus(acteur: User | AnonymousUser, territoires: Territoires) -> set[str]:
    """What an actor may open, by both doors: they must agree."""
    vus, droits = set(), open_droits(acteur, territoires)
    for code in REGARDES:
        try:
            assert acces.get_territoire(droits, territoires, code).code == code
            vus.add(code)
        except acces.TerritoireIntrouvable:
            pass
    liste = {t.code for t in acces.list_territoires(droits, territoires)}
    assert liste & set(REGARDES) == vus
    return vus


@pytest.mark.parametrize(("role", "racine"), MATRICE)
def test_la_matrice(territoires: Territoires, role: str, racine: str) -> None:
    compte = make_compte(role, *filter(None, [racine]))
    assert list_vus(compte, territoires) == MATRICE[role, racine]


def test_chaque_role_est_dans_la_matrice() -> None:
    """And in the table of rights, on the form, and among those that a territoire may be given to."""
    assert {role for role, _ in MATRICE} == set(Mandat.Role.values) == set(GENRES_DU_ROLE)
    assert list(TABLE) == list(Mandat.Role.values), "in the order of the table"


def test_sans_compte_ni_mandat_rien(territoires: Territoires) -> None:
    assert list_vus(AnonymousUser(), territoires) == set()
    assert list_vus(User.objects.create(username="seul"), territoires) == set()
    racine = User.objects.create(username="racine", is_superuser=True, is_staff=True)
    assert list_vus(racine, territoires) == set(), "administrer n'est pas voir"


def test_un_compte_ferme_ne_voit_plus_rien(territoires: Territoires) -> None:
    compte = make_compte("prefet", "DEP-00")
    compte.is_active = False
    compte.save()
    assert list_vus(compte, territoires) == set()


def test_un_mandat_vaut_entre_ses_dates(territoires: Territoires) -> None:
    compte = make_compte("prefet", "DEP-00", du=date(2026, 1, 1), au=date(2026, 6, 30))
    jours = {
        date(2025, 12, 31): [],
        date(2026, 1, 1): ["DEP-00"],
        date(2026, 6, 30): ["DEP-00"],
        date(2026, 7, 1): [],
    }
    tenus = {jour: [m.territoire for m in acces.list_mandats(compte, jour)] for jour in jours}
    assert tenus == jours
    tardifs = acces.list_mandats(compte, date(2026, 6, 30))
    droits = acces.open_droits(compte, tardifs, AUJOURD_HUI, territoires)
    assert acces.list_confies(droits) == [], "gardé d'un autre jour, un mandat n'ouvre rien"


def test_un_compte_se_lit_en_une_question(
    territoires: Territoires, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    compte = make_compte("delegue", "QC-FICTIF-TILLEULS", "QRR-00_1")
    with django_assert_num_queries(1):
        droits = open_droits(compte, territoires)
        assert acces.list_confies(droits) == ["QC-FICTIF-TILLEULS", "QRR-00_1"]
        assert not acces.can_see(droits, "DEP-00")
        assert len(acces.list_territoires(droits, territoires)) >= 2


def test_le_role_et_l_organisme_ne_se_perdent_pas(territoires: Territoires) -> None:
    """From the base to the answer: an académie writes what it recorded, and nothing else."""
    compte = create_compte(
        identifiant="dasen",
        mot_de_passe=None,
        role="recteur",
        territoires=("DEP-00",),
        organisme=" Académie ",
    )
    droits = open_droits(compte, territoires)
    for organisme, attendu in (("Académie", True), ("Ville", False), ("", False)):
        sujet = Sujet("cohorte", ("QC-FICTIF-TILLEULS",), organisme, visibilite="etat")
        assert droits.can(Verbe.ECRIRE, sujet) is attendu
        assert droits.can(Verbe.LIRE, sujet)
        assert droits.can(Verbe.VALIDER, sujet) is attendu
        sien = replace(sujet, auteurs=frozenset({compte.pk}))
        assert not droits.can(Verbe.VALIDER, sien)


def test_un_administrateur_n_a_pas_de_contenu_meme_mal_range(territoires: Territoires) -> None:
    compte = make_compte("administrateur")
    Mandat.objects.create(compte=compte, role="administrateur", territoire="FR")
    assert list_vus(compte, territoires) == set()


@pytest.mark.parametrize(
    ("role", "codes", "raison"),
    [
        ("roi", ("FR",), "rôle inconnu"),
        ("prefet", (), "au moins un territoire"),
        ("prefet", ("QRR-00_1",), "departement"),
        ("prefet", ("DEP-99",), "inconnu"),
        ("delegue", ("DEP-00",), "quartier"),
        ("administrateur", ("FR",), "aucun territoire"),
        ("association", (), "au moins un territoire"),
        ("conseil_citoyen", ("COM-00003",), "quartier"),
        ("operateur", ("FR",), "commune"),
    ],
)
def test_un_mandat_refuse(
    territoires: Territoires, role: str, codes: tuple[str, ...], raison: str
) -> None:
    with pytest.raises(CompteRefuse, match=raison):
        check_mandat(role, codes, territoires, organisme="Un organisme")


def test_qui_agit_au_nom_d_un_organisme_dit_lequel(territoires: Territoires) -> None:
    for role, ligne in TABLE.items():
        genres = GENRES_DU_ROLE[Mandat.Role(role)]
        code = next(
            (c for c in REGARDES if c in territoires and territoires[c].genre in genres), ""
        )
        codes = tuple(filter(None, [code]))
        assert bool(codes) is (role != "administrateur")
        check_mandat(role, codes, territoires, organisme="Une association")
        if ligne.has_part_propre:
            with pytest.raises(CompteRefuse, match="au nom d’un organisme"):
                check_mandat(role, codes, territoires, organisme="  ")
        else:
            check_mandat(role, codes, territoires)


def test_un_mandat_a_l_envers(territoires: Territoires) -> None:
    with pytest.raises(CompteRefuse, match="avant le premier"):
        check_mandat("prefet", ("DEP-00",), territoires, date(2026, 2, 1), date(2026, 1, 31))


def test_un_compte_ne_se_cree_pas_deux_fois(territoires: Territoires) -> None:
    create_compte(identifiant="a", mot_de_passe=None, role="prefet", territoires=("DEP-00",))
    with pytest.raises(CompteExistant):
        create_compte(identifiant="a", mot_de_passe=None, role="prefet", territoires=("DEP-00",))


@pytest.mark.parametrize("mot_de_passe", ["court", "quatorze-signe"])
def test_un_mot_de_passe_faible_est_refuse(mot_de_passe: str) -> None:
    with pytest.raises(CompteRefuse):
        create_compte(identifiant="a", mot_de_passe=mot_de_passe, role="administrateur")
    assert not User.objects.exists()


def test_sans_mot_de_passe_aucun_n_ouvre() -> None:
    compte = create_compte(identifiant="a", mot_de_passe=None, role="administrateur")
    assert not compte.has_usable_password()
