"""A link enters an account once; looking at it, or losing it, changes nothing."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db.models import QuerySet

from quartiers.core.temps import PARIS
from quartiers.core.territoire import Territoires
from quartiers.storage.models import Invitation
from quartiers.usecases.creer_compte import CompteRefuse, create_compte
from quartiers.usecases.fermer_compte import close_compte
from quartiers.usecases.inviter import (
    CompteFerme,
    InvitationFermee,
    accept_invitation,
    find_invitation,
    get_dernier_jour,
    invite,
    revoke_invitations,
)
from quartiers.usecases.nommant import MandatIntrouvable, build_nommant

pytestmark = pytest.mark.django_db
LE = datetime(2026, 11, 30, 9, tzinfo=PARIS)
PHRASE = "une longue phrase facile"


@pytest.fixture
def compte() -> User:
    """Made without any password."""
    return create_compte(identifiant="deleguee", mot_de_passe=None, role="administrateur")


def test_un_lien_donne_un_mot_de_passe_une_seule_fois(compte: User) -> None:
    jeton = invite(compte=compte, le=LE)
    assert accept_invitation(jeton=jeton, mot_de_passe=PHRASE, le=LE) == compte
    compte.refresh_from_db()
    assert compte.check_password(PHRASE)
    with pytest.raises(InvitationFermee):
        accept_invitation(jeton=jeton, mot_de_passe="une autre phrase aussi longue", le=LE)
    compte.refresh_from_db()
    assert compte.check_password(PHRASE)


def test_du_lien_rien_n_est_garde_que_son_condensat(compte: User) -> None:
    jeton = invite(compte=compte, le=LE)
    (gardee,) = Invitation.objects.values_list("condensat", flat=True)
    assert len(bytes(gardee)) == 32
    assert jeton.encode() not in bytes(gardee)
    assert len({invite(compte=compte, le=LE) for _ in range(20)}) == 20


def test_deux_liens_vivent_ensemble_et_le_premier_qui_sert_ferme_l_autre(compte: User) -> None:
    premier, second = invite(compte=compte, le=LE), invite(compte=compte, le=LE)
    assert find_invitation(premier, LE).compte == find_invitation(second, LE).compte == compte
    accept_invitation(jeton=second, mot_de_passe=PHRASE, le=LE)
    with pytest.raises(InvitationFermee):
        find_invitation(premier, LE)


def test_un_mot_de_passe_trop_faible_laisse_le_lien_bon(compte: User) -> None:
    jeton = invite(compte=compte, le=LE)
    with pytest.raises(CompteRefuse, match="15"):
        accept_invitation(jeton=jeton, mot_de_passe="court", le=LE)
    compte.refresh_from_db()
    assert not compte.has_usable_password()
    assert accept_invitation(jeton=jeton, mot_de_passe=PHRASE, le=LE) == compte


@pytest.mark.parametrize("donne", [LE, datetime(2026, 11, 30, 23, 59, tzinfo=PARIS)])
def test_un_lien_sert_jusqu_a_la_fin_de_son_dernier_jour(compte: User, donne: datetime) -> None:
    jeton = invite(compte=compte, le=donne)
    fin = datetime(2026, 12, 15, tzinfo=PARIS)
    assert get_dernier_jour(find_invitation(jeton, donne)) == date(2026, 12, 14)
    assert find_invitation(jeton, fin - timedelta(seconds=1)).compte == compte
    with pytest.raises(InvitationFermee):
        accept_invitation(jeton=jeton, mot_de_passe=PHRASE, le=fin)


def test_un_compte_ferme_par_ailleurs_ne_s_ouvre_par_aucun_lien(compte: User) -> None:
    jeton = invite(compte=compte, le=LE)
    User.objects.update(is_active=False)
    with pytest.raises(InvitationFermee):
        find_invitation(jeton, LE)


def test_qui_attend_que_l_autre_ait_fini_trouve_le_lien_servi(
    compte: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two send the same link at once: between the first look and the lock on the account, the other one enters."""
    jeton = invite(compte=compte, le=LE)
    lock = User.objects.select_for_update

    def attendre() -> QuerySet[User]:
        Invitation.objects.update(utilisee_le=LE)
        return lock()

    monkeypatch.setattr(User.objects, "select_for_update", attendre)
    with pytest.raises(InvitationFermee):
        accept_invitation(jeton=jeton, mot_de_passe=PHRASE, le=LE)
    compte.refresh_from_db()
    assert not compte.has_usable_password()


def test_un_lien_retire_n_ouvre_rien(compte: User) -> None:
    jeton = invite(compte=compte, le=LE)
    assert revoke_invitations(compte=compte, le=LE) == 1
    with pytest.raises(InvitationFermee):
        find_invitation(jeton, LE)


@pytest.mark.parametrize("jeton", ["", "inconnu", "\x00", "é" * 400])
def test_un_lien_qui_n_est_pas_des_notres(jeton: str) -> None:
    with pytest.raises(InvitationFermee):
        find_invitation(jeton, LE)


def test_un_compte_ferme_ne_s_ouvre_plus_par_aucun_lien(compte: User) -> None:
    jeton = invite(compte=compte, le=LE)
    nommant = build_nommant(None, LE, Territoires.build(()))
    assert close_compte(nommant=nommant, numero=compte.pk) == (0, 1)
    with pytest.raises(MandatIntrouvable):
        close_compte(nommant=nommant, numero=compte.pk)
    with pytest.raises(InvitationFermee):
        find_invitation(jeton, LE)
    compte.refresh_from_db()
    with pytest.raises(CompteFerme, match="fermé"):
        invite(compte=compte, le=LE)
    assert Invitation.objects.count() == 1
