"""Mandats by the command: the verbs of the pages, and their refusals in a line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from quartiers.cli.appel import read_today
from quartiers.storage.models import Delegation, Mandat, Transmission
from quartiers.usecases.charger_dossier import forget_dossier
from quartiers.usecases.creer_compte import create_compte
from quartiers.usecases.deleguer import find_liees
from tests.cli.conftest import Sortie, call

TILLEULS, CINQ_CHEMINS = "QC-FICTIF-TILLEULS", "QC-FICTIF-CINQ-CHEMINS"


@pytest.fixture
def deleguee(etat_cadre: None) -> Iterator[User]:
    """With one quartier."""
    forget_dossier()
    yield create_compte(
        identifiant="deleguee", mot_de_passe=None, role="delegue", territoires=(TILLEULS,)
    )
    forget_dossier()


def test_nommer_changer_mettre_fin(deleguee: User, capsys: Sortie) -> None:
    nommer = ("mandat", "nommer", "deleguee", "--role", "delegue", "--territoire", CINQ_CHEMINS)
    assert call(*nommer, "--acte", "lettre") == 0
    donne = Mandat.objects.get(territoire=CINQ_CHEMINS)
    assert (donne.donne_par, donne.acte) == (None, "lettre")
    assert call(*nommer) == 1
    assert "déjà donné" in capsys.readouterr().err
    fin = read_today() + timedelta(days=9)
    assert call("mandat", "changer", donne.pk, "--au", fin) == 0
    neuf = Mandat.objects.get(territoire=CINQ_CHEMINS, retire_le=None)
    assert neuf.au == fin
    assert call("mandat", "mettre-fin", neuf.pk) == 0
    assert call("mandat", "mettre-fin", neuf.pk) == 1
    assert "rien de ce nom ni de ce numéro" in capsys.readouterr().err
    assert call("mandat", "lister", "deleguee") == 0
    lignes = capsys.readouterr().out.splitlines()
    assert len(lignes) == 3
    assert [", fini le " in ligne for ligne in lignes] == [False, True, True]


def test_deleguer(deleguee: User, capsys: Sortie) -> None:
    sous_prefete = create_compte(
        identifiant="sp", mot_de_passe=None, role="sous_prefet_ville", territoires=("DEP-00",)
    )
    mandat = Mandat.objects.get(compte=sous_prefete)
    jours = ("--du", read_today(), "--au", read_today())
    assert call("mandat", "deleguer", mandat.pk, "sp", *jours) == 1
    assert "choisissez quelqu’un" in capsys.readouterr().err
    assert call("mandat", "deleguer", mandat.pk, "deleguee", *jours) == 0
    assert Delegation.objects.get().a == deleguee
    assert find_liees(deleguee.pk, read_today()).aujourd_hui == {sous_prefete.pk}


def test_un_compte_absent_ou_ferme(deleguee: User, capsys: Sortie) -> None:
    options = ("--role", "delegue", "--territoire", CINQ_CHEMINS)
    assert call("mandat", "nommer", "personne", *options) == 1
    assert "aucun compte « personne »" in capsys.readouterr().err
    assert call("compte", "fermer", "deleguee") == 0
    assert Mandat.objects.filter(retire_le=None).count() == 0
    assert call("mandat", "nommer", "deleguee", *options) == 1
    assert "est fermé" in capsys.readouterr().err
    assert call("compte", "fermer", "deleguee") == 1
    assert "est déjà fermé" in capsys.readouterr().err


def test_transmettre_et_annuler(deleguee: User, capsys: Sortie) -> None:
    suite = create_compte(
        identifiant="suite", mot_de_passe=None, role="delegue", territoires=(CINQ_CHEMINS,)
    )
    le = read_today() + timedelta(days=3)
    commande = ("mandat", "transmettre", "deleguee", "suite", "--le", le)
    assert call(*commande, "--a-blanc") == 0
    dit = capsys.readouterr().out
    assert f"delegue  {TILLEULS}\n" in dit
    assert "rien n'a été fait" in dit
    assert Mandat.objects.count() == 2
    assert call(*commande, "--acte", "arrêté") == 0
    faite = Transmission.objects.get()
    assert f"Transmission {faite.pk} à « suite »" in capsys.readouterr().out
    assert Mandat.objects.filter(compte=suite, territoire=TILLEULS, du=le).exists()
    assert call("mandat", "annuler", faite.pk) == 0
    assert call("mandat", "annuler", faite.pk) == 1
    assert Mandat.objects.filter(compte=suite, retire_le=None).count() == 1
    hier = read_today() - timedelta(days=1)
    assert call("mandat", "transmettre", "deleguee", "suite", "--le", hier) == 1
    assert "aujourd’hui ou plus tard" in capsys.readouterr().err
