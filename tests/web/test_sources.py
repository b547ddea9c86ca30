"""Sources and legal pages: what the journal says, and nothing of what an account may not open."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from quartiers.core.dire import INSECABLE
from quartiers.sources import list_sources
from quartiers.storage.models import Ecriture
from quartiers.usecases.charger_dossier import load_dossier
from quartiers.usecases.lister_sources import Chargement, list_chargements
from quartiers.web.presentation.sources import ANOMALIES_MONTREES, build_sources, write_age
from tests.web.conftest import SignIn

JOUR = date(2026, 11, 23)


def build_chargement(millesime: date | None, anomalies: int = 0) -> Chargement:
    """A file of France services."""
    return Chargement(
        source="france-services",
        fichier="fs.csv",
        millesime=millesime,
        connu_le=date(2026, 10, 12),
        lues=100,
        ajoutees=90,
        reparees=tuple(f"réparée {n}" for n in range(anomalies)),
        ecartees=("écartée",),
        nombre_ecartees=1,
    )


def test_the_page_says_what_the_journal_says(sign_in: SignIn) -> None:
    texte = sign_in("demo-prefet").get("/sources/").content.decode()
    for source in list_sources():
        assert source.producteur in texte
        assert f'id="{source.code}"' in texte
    codes = [source.code for source in list_sources()]
    for ecriture in Ecriture.objects.filter(genre__in=codes):
        ligne = texte[texte.index(f">{ecriture.fichier}</th>") :]
        nombres = re.findall(r'class="num"[^>]*>([^<]*)</td>', ligne)[:4]
        assert nombres == [
            str(ecriture.lues),
            str(ecriture.ajoutees),
            str(len(ecriture.rapport["reparees"])),
            str(ecriture.ecartees),
        ]
    assert f"53{INSECABLE}jours au 23{INSECABLE}novembre 2026" in texte


def test_declared_files_are_not_listed(sign_in: SignIn) -> None:
    texte = sign_in("demo-deleguee").get("/sources/").content.decode()
    assert "releves.csv" not in texte
    assert "cibles.csv" not in texte


def test_a_file_not_yet_known_is_not_there(sign_in: SignIn) -> None:
    client = sign_in("demo-prefet")
    alors = client.get("/sources/?connu_le=2026-07-10").content.decode()
    assert "france-services-2026-07-01.csv" in alors
    assert "france-services-2026-10-01.csv" not in alors
    assert [c.source for c in list_chargements(date(2025, 1, 1))] == []
    assert "aucun fichier chargé" in client.get("/sources/?connu_le=2025-01-01").content.decode()


def test_age_is_that_of_the_last_file() -> None:
    fichiers = [build_chargement(date(2026, 7, 1)), build_chargement(date(2026, 11, 22))]
    assert write_age(fichiers, JOUR).startswith(f"1{INSECABLE}jour au")
    assert write_age([], JOUR) == ""
    assert write_age([build_chargement(date(2027, 1, 1))], JOUR).startswith("postérieur")
    assert write_age([build_chargement(None)], JOUR).startswith(f"42{INSECABLE}jours")


def test_a_long_list_of_repairs_is_cut_and_says_so() -> None:
    montrees = build_sources(list_sources(), [build_chargement(JOUR, 30)], JOUR)
    (chargement,) = next(s for s in montrees if s.chargements).chargements
    assert len(chargement.anomalies) == ANOMALIES_MONTREES
    assert chargement.anomalies[0] == "écartée"
    assert chargement.autres == 11


def test_the_page_asks_the_base_a_fixed_number_of_times(
    sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in("demo-prefet")
    load_dossier()  # read by the first page of a process, whichever it is
    with django_assert_num_queries(5):
        client.get("/sources/")


@pytest.mark.parametrize(
    ("adresse", "dits"),
    [
        ("/accessibilite/", ("non conforme", "Aucun audit RGAA", "lecteur d’écran")),
        ("/donnees-personnelles/", ("12\u00a0heures au plus", "CNIL", "adresse de la machine")),
        ("/mentions/", ("Non renseignés", 'id="securite"')),
        ("/plan-du-site/", ("Se connecter", "/accessibilite/")),
    ],
)
def test_the_open_pages_are_read_without_account(
    client: Client, db: None, adresse: str, dits: tuple[str, ...]
) -> None:
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    texte = reponse.content.decode()
    for dit in dits:
        assert dit in texte


def test_the_site_map_lists_the_territoires_of_the_account_only(sign_in: SignIn) -> None:
    texte = sign_in("demo-deleguee").get("/plan-du-site/").content.decode()
    assert set(re.findall(r'href="/quartiers/([^/]+)/', texte)) == {
        "QC-FICTIF-TILLEULS",
        "QC-FICTIF-FONTAINE",
    }
    assert "/departements/" not in texte


def test_without_account_the_site_map_names_no_territoire(demo: None) -> None:
    texte = Client().get("/plan-du-site/").content.decode()
    assert re.findall(r'href="/(?:quartiers|departements|territoires|sources|regles)', texte) == []
