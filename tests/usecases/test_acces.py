"""Who may open what: the matrix role × territoire, and every way of having nothing."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser, User

from quartiers.core.territoire import Territoires
from quartiers.core.vue import Vue
from quartiers.storage.models import Mandat
from quartiers.usecases import acces
from quartiers.usecases.comptes import (
    GENRES_DU_ROLE,
    CompteExistant,
    CompteRefuse,
    check_mandat,
    create_compte,
)
from quartiers.usecases.dossier import load_dossier
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


def list_vus(acteur: User | AnonymousUser, territoires: Territoires) -> set[str]:
    """What an actor may open, by both doors: they must agree."""
    vus, racines = set(), acces.list_racines(acteur, AUJOURD_HUI)
    for code in REGARDES:
        try:
            assert acces.get_territoire(racines, territoires, code).code == code
            vus.add(code)
        except acces.TerritoireIntrouvable:
            pass
    liste = {t.code for t in acces.list_territoires(racines, territoires)}
    assert liste & set(REGARDES) == vus
    return vus


@pytest.mark.parametrize(("role", "racine"), MATRICE)
def test_la_matrice(territoires: Territoires, role: str, racine: str) -> None:
    compte = make_compte(role, *filter(None, [racine]))
    assert list_vus(compte, territoires) == MATRICE[role, racine]


def test_chaque_role_est_dans_la_matrice() -> None:
    assert {role for role, _ in MATRICE} == set(Mandat.Role.values) == set(GENRES_DU_ROLE)


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
    assert {jour: acces.list_racines(compte, jour) for jour in jours} == jours
    assert acces.list_racines(compte) == [], "sans jour, un mandat daté n'ouvre rien"


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
    ],
)
def test_un_mandat_refuse(
    territoires: Territoires, role: str, codes: tuple[str, ...], raison: str
) -> None:
    with pytest.raises(CompteRefuse, match=raison):
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
