"""What each verb of `quartiers mandat` asks for, what it does with each option, and the line it prints."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from quartiers.cli.appel import read_now, read_today
from quartiers.core.temps import PARIS
from quartiers.storage.models import Mandat, Titulaire, Transmission
from quartiers.usecases import transmettre
from quartiers.usecases.compter_personnes import list_personnes
from quartiers.usecases.creer_compte import create_compte
from quartiers.usecases.inviter import invite
from tests.cli.conftest import Sortie, call
from tests.cli.test_mandat import CINQ_CHEMINS, TILLEULS, deleguee
from tests.usecases.qui_nomme import CAF, ORGANISMES

__all__ = ["deleguee"]
HIER, DEMAIN = (read_today() + timedelta(days=n) for n in (-1, 1))
BEAUREGARD = "QC-FICTIF-BEAUREGARD"
COMPLETS: dict[str, tuple[tuple[object, ...], ...]] = {
    "lister": (("x",),),
    "nommer": (("x",), ("--role", "delegue")),
    "changer": (("999999",),),
    "mettre-fin": (("999999",),),
    "deleguer": (("999999",), ("x",), ("--du", DEMAIN), ("--au", DEMAIN)),
    "transmettre": (("x",), ("y",), ("--le", DEMAIN)),
    "annuler": (("999999",),),
}
"""All that each verb asks for, in pieces."""
TOTAUX = [(verbe, rang) for verbe, mots in COMPLETS.items() for rang in range(len(mots))]


@pytest.mark.parametrize(("verbe", "sans"), TOTAUX)
def test_un_verbe_demande_tout_ce_qu_il_lui_faut(verbe: str, sans: int, capsys: Sortie) -> None:
    """Without any one of its pieces, the call is wrong, whatever the base holds."""
    mots = [mot for rang, groupe in enumerate(COMPLETS[verbe]) if rang != sans for mot in groupe]
    with pytest.raises(SystemExit, match="2"):
        call("mandat", verbe, *mots)
    assert f"Usage : quartiers mandat {verbe} " in capsys.readouterr().err


@pytest.mark.usefixtures("deleguee")
@pytest.mark.parametrize("verbe", COMPLETS)
def test_un_verbe_ne_demande_rien_de_plus(verbe: str, capsys: Sortie) -> None:
    """With all of them the call is right: what is refused is the account or the number."""
    mots = [mot for groupe in COMPLETS[verbe] for mot in groupe]
    assert call("mandat", verbe, *mots) == 1
    dit = capsys.readouterr().err
    assert "aucun compte « x »" in dit or "rien de ce nom ni de ce numéro, ou c’est fini" in dit


def test_sans_verbe_l_appel_est_incorrect() -> None:
    for mots in ((), ("donner",)):
        with pytest.raises(SystemExit, match="2"):
            call("mandat", *mots)


def test_nommer_dit_ce_qui_est_donne_et_ecrit_tout(deleguee: User, capsys: Sortie) -> None:
    fin = DEMAIN + timedelta(days=9)
    options = ("--role", "delegue", "--territoire", CINQ_CHEMINS, "--territoire", BEAUREGARD)
    assert call("mandat", "nommer", "deleguee", *options, "--acte", " lettre ", "--du", DEMAIN, "--au", fin) == 0  # fmt: skip
    donnes = list(Mandat.objects.filter(compte=deleguee, du=DEMAIN).order_by("pk"))
    assert [(m.territoire, m.au, m.acte) for m in donnes] == [
        (CINQ_CHEMINS, fin, "lettre"),
        (BEAUREGARD, fin, "lettre"),
    ]
    numeros = ", ".join(str(m.pk) for m in donnes)
    assert capsys.readouterr().out == f"Donné à « deleguee » : delegue (mandat {numeros}).\n"


@pytest.fixture
def homonyme(deleguee: User, tmp_path: Path) -> User:
    """Somebody of an organisme, who bears the name of the déléguée."""
    fichier = tmp_path / "organismes.csv"
    fichier.write_text(ORGANISMES, encoding="utf-8")
    assert call("importer", "organisme", fichier) == 0
    Titulaire.objects.filter(pk=deleguee.pk).update(nom="N. Aubry")
    return create_compte(
        identifiant="sienne", mot_de_passe=None, role="delegue", territoires=(BEAUREGARD,), nom="n. aubry", organisme=CAF
    )  # fmt: skip


AU_NOM = (
    *("mandat", "nommer", "deleguee", "--role", "delegue"),
    *("--territoire", CINQ_CHEMINS, "--organisme", CAF),
)


def test_nommer_au_nom_d_un_organisme_demande_qui_c_est(
    deleguee: User, homonyme: User, capsys: Sortie
) -> None:
    """Nothing said is refused, and an account that is not there too; the account of the same person is kept."""
    assert call(*AU_NOM) == 1
    assert "dites si c’est la même personne" in capsys.readouterr().err
    assert call(*AU_NOM, "--personne", "inconnue") == 1
    assert "aucun compte « inconnue »" in capsys.readouterr().err
    assert call(*AU_NOM, "--personne", "sienne") == 0
    personnes = list_personnes([deleguee.pk, homonyme.pk])
    assert personnes[deleguee.pk] == personnes[homonyme.pk]
    assert Mandat.objects.get(compte=deleguee, territoire=CINQ_CHEMINS).organisme == CAF


def test_nommer_qui_ressemble_seulement(deleguee: User, homonyme: User) -> None:
    assert call(*AU_NOM, "--personne", "autre") == 0
    personnes = list_personnes([deleguee.pk, homonyme.pk])
    assert personnes[deleguee.pk] != personnes[homonyme.pk]


def test_changer_et_mettre_fin_disent_quel_mandat(deleguee: User, capsys: Sortie) -> None:
    """Without a last day, the mandat has none any more."""
    ancien = Mandat.objects.get(compte=deleguee)
    assert call("mandat", "changer", ancien.pk, "--au", DEMAIN, "--acte", "avenant") == 0
    neuf = Mandat.objects.get(compte=deleguee, retire_le=None)
    assert (neuf.au, neuf.acte) == (DEMAIN, "avenant")
    assert capsys.readouterr().out == (
        f"Le mandat {ancien.pk} est fini ; le mandat {neuf.pk} le continue.\n"
    )
    assert call("mandat", "changer", neuf.pk) == 0
    sans_fin = Mandat.objects.get(compte=deleguee, retire_le=None)
    assert (sans_fin.au, sans_fin.acte) == (None, "")
    capsys.readouterr()
    assert call("mandat", "mettre-fin", sans_fin.pk) == 0
    assert capsys.readouterr().out == f"Le mandat {sans_fin.pk} de « deleguee » est fini.\n"


def test_lister_dit_chaque_mandat_d_une_ligne(deleguee: User, capsys: Sortie) -> None:
    (mandat,) = Mandat.objects.filter(compte=deleguee)
    Mandat.objects.filter(pk=mandat.pk).update(du=HIER, au=DEMAIN, acte="arrêté 12")
    assert call("mandat", "lister", "deleguee") == 0
    assert capsys.readouterr().out == f"{mandat.pk}  delegue  {TILLEULS}  {HIER} → {DEMAIN}  arrêté 12\n"  # fmt: skip
    assert call("mandat", "mettre-fin", mandat.pk) == 0
    create_compte(identifiant="tient", mot_de_passe=None, role="administrateur")
    capsys.readouterr()
    assert call("mandat", "lister", "deleguee") == 0
    assert f", fini le {read_today():%d/%m/%Y}  " in capsys.readouterr().out
    assert call("mandat", "lister", "tient") == 0
    assert "administrateur  aucun territoire  … → …  \n" in capsys.readouterr().out


def test_un_mandat_fini_apres_minuit_l_est_du_jour_de_paris(deleguee: User, capsys: Sortie) -> None:
    """The base keeps another hour, in which it is still the day before."""
    fin = datetime(2026, 12, 1, 0, 30, tzinfo=PARIS)
    Mandat.objects.filter(compte=deleguee).update(retire_le=fin)
    assert call("mandat", "lister", "deleguee") == 0
    assert ", fini le 01/12/2026  " in capsys.readouterr().out


def test_deleguer_dit_les_jours(deleguee: User, capsys: Sortie) -> None:
    sous_prefete = create_compte(
        identifiant="sp", mot_de_passe=None, role="sous_prefet_ville", territoires=("DEP-00",)
    )
    mandat = Mandat.objects.get(compte=sous_prefete)
    fin = DEMAIN + timedelta(days=3)
    assert call("mandat", "deleguer", mandat.pk, "deleguee", "--du", DEMAIN, "--au", fin) == 0
    assert capsys.readouterr().out == (
        f"« deleguee » valide avec le mandat {mandat.pk} du {DEMAIN:%d/%m/%Y} au {fin:%d/%m/%Y}.\n"
    )


@pytest.fixture
def suite(deleguee: User) -> User:
    """Who takes over, and already has one of the two quartiers."""
    assert call("mandat", "nommer", "deleguee", "--role", "delegue", "--territoire", CINQ_CHEMINS) == 0  # fmt: skip
    return create_compte(
        identifiant="suite", mot_de_passe=None, role="delegue", territoires=(CINQ_CHEMINS,)
    )


def test_transmettre_dit_chaque_ligne_sa_faute_et_ce_qui_est_tenu(
    deleguee: User, suite: User, capsys: Sortie
) -> None:
    invite(compte=suite, le=read_now(), par=deleguee)
    capsys.readouterr()
    commande = ("mandat", "transmettre", "deleguee", "suite", "--le", DEMAIN)
    assert call(*commande, "--a-blanc") == 0
    assert capsys.readouterr().out.splitlines() == [
        f"delegue  {TILLEULS}",
        f"delegue  {CINQ_CHEMINS} : refusé, ce mandat est déjà donné sur l’un de ces territoires",
        "Brouillons : 0",
        "Liens remis : 1",
        "À blanc : rien n'a été fait.",
    ]
    assert call(*commande) == 1
    assert "ne peut pas aller à qui vous dites" in capsys.readouterr().err
    Mandat.objects.filter(compte=suite).delete()
    assert call(*commande, "--acte", "arrêté 7") == 0
    faite = Transmission.objects.get()
    assert faite.acte == "arrêté 7"
    assert (
        f"Transmission {faite.pk} à « suite », le {DEMAIN:%d/%m/%Y}.\n" in capsys.readouterr().out
    )
    assert call("mandat", "annuler", faite.pk) == 0
    assert capsys.readouterr().out == f"La transmission {faite.pk} est annulée.\n"


def test_ce_qui_change_entre_le_plan_et_le_geste_n_est_pas_fait(
    deleguee: User, capsys: Sortie, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line and a code, never the trace of an error."""
    suite = create_compte(
        identifiant="suite", mot_de_passe=None, role="delegue", territoires=(BEAUREGARD,)
    )
    vrai, appels = transmettre.build_plan, 0

    def build(nommant: Any, demande: Any) -> Any:
        nonlocal appels
        appels += 1
        plan = vrai(nommant, demande)
        if appels == 1:
            Mandat.objects.create(compte=deleguee, role="delegue", territoire=CINQ_CHEMINS)
        return plan

    monkeypatch.setattr(transmettre, "build_plan", build)
    assert call("mandat", "transmettre", "deleguee", "suite", "--le", DEMAIN) == 1
    erreur = capsys.readouterr().err
    assert erreur == "ce que tient ce compte vient de changer : rien n’a été fait, recommencer\n"
    assert Mandat.objects.filter(compte=suite).count() == 1
