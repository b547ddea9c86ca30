"""Who holds an account, and how many persons several accounts make."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from quartiers.storage.models import Mandat, Titulaire
from quartiers.usecases.compter_personnes import list_personnes
from quartiers.usecases.creer_compte import create_compte
from tests.usecases.conftest import Take, Write

pytestmark = pytest.mark.django_db
ORGANISMES = "objet;le;situe;nom\nSAINT-AUBERT/ville;2026-01-01;QC-FICTIF-TILLEULS;Ville\n"


@pytest.fixture
def organisme(cadre: None, take: Take, write: Write) -> str:
    """The name of a record."""
    take("organisme", write("organismes.csv", ORGANISMES))
    return "SAINT-AUBERT/ville"


def make_compte(nom: str, organisme: str = "") -> User:
    """An account."""
    return create_compte(
        identifiant=nom, mot_de_passe=None, role="prefet", nom=nom, organisme=organisme
    )


def test_deux_comptes_d_une_personne_n_en_font_qu_une(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    a, b, c = (make_compte(nom) for nom in "abc")
    Titulaire.objects.filter(compte=b).update(personne=a.pk)
    inconnu = User.objects.create(username="sans titulaire")
    with django_assert_num_queries(1):
        vues = list_personnes([a.pk, b.pk, c.pk, inconnu.pk, c.pk])
    assert vues == {a.pk: a.pk, b.pk: a.pk, c.pk: c.pk, inconnu.pk: inconnu.pk}
    with django_assert_num_queries(0):
        assert list_personnes([]) == {}


def test_un_compte_nait_avec_son_titulaire(organisme: str) -> None:
    """The organisme is kept when it was recorded, and not guessed when it was not."""
    compte, autre = make_compte("Ville", organisme), make_compte("Autre", "Une ville")
    titulaire = Titulaire.objects.get(compte=compte)
    assert (titulaire.nom, titulaire.organisme) == ("Ville", organisme)
    assert titulaire.personne == compte.pk
    assert Titulaire.objects.get(compte=autre).organisme == ""
    assert Mandat.objects.get(compte=autre).organisme == "Une ville"


def test_la_migration_dit_qui_tient_les_comptes_d_avant(organisme: str) -> None:
    ecrits = [make_compte("a", organisme), make_compte("b", "Une ville"), make_compte("c")]
    Titulaire.objects.all().delete()
    import_module("quartiers.storage.migrations.0008_titulaires").add_titulaires(
        apps, connection.schema_editor()
    )
    dits = list(Titulaire.objects.values_list("pk", "nom", "organisme", "personne"))
    assert dits == [
        (compte.pk, compte.last_name, dit, compte.pk)
        for compte, dit in zip(ecrits, (organisme, "", ""), strict=True)
    ]
