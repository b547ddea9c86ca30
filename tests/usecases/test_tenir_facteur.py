"""The second factor: a code serves once, whoever comes second loses, and removing it closes what it opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from quartiers.core.table_des_droits import TABLE, is_facteur_demande
from quartiers.core.temps import PARIS
from quartiers.core.territoire import Territoires
from quartiers.storage.models import SessionOuverte
from quartiers.usecases.creer_compte import create_compte
from quartiers.usecases.fermer_compte import close_compte
from quartiers.usecases.nommant import build_nommant
from quartiers.usecases.tenir_facteur import (
    CODES,
    SIGNES,
    FacteurRefuse,
    confirm_facteur,
    count_codes,
    drop_facteur,
    enter_par_code,
    enter_sans_code,
    find_facteur,
    prepare_facteur,
    remove_facteur,
    renew_codes,
)
from quartiers.usecases.tenir_sessions import record_session
from tests.codes_tires import PAS_S, read_code_de

pytestmark = pytest.mark.django_db
LE = datetime(2026, 11, 30, 9, 0, tzinfo=PARIS)
VALIDENT = {
    *("prefet", "sous_prefet_ville", "delegue", "recteur", "police", "gendarmerie", "service_etat"),
    *("commune", "epci", "conseil_departemental", "conseil_regional", "operateur"),
}


@pytest.fixture(autouse=True)
def horloge() -> Iterator[time_machine.Traveller]:
    """Stopped; a test moves it on."""
    with time_machine.travel(LE, tick=False) as traveller:
        yield traveller


@pytest.fixture
def compte() -> User:
    """An account without factor yet."""
    return create_compte(identifiant="vasseur", mot_de_passe=None, role="administrateur")


@pytest.fixture
def papier(compte: User, horloge: time_machine.Traveller) -> list[str]:
    """The codes on paper of a factor that has just been confirmed, one step ago."""
    numero = prepare_facteur(compte)
    code = read_code_de(compte)
    _, codes = confirm_facteur(compte=compte, numero=numero, code=code, session="", le=LE)
    horloge.shift(PAS_S)
    return codes


def is_admis(compte: User, code: str) -> bool:
    """A session opens by this code, and bears the number of the factor."""
    ouvertes: list[int] = []
    admis = enter_par_code(compte=compte, code=code, ouvrir=ouvertes.append)
    assert ouvertes == ([TOTPDevice.objects.get(user=compte).pk] if admis else [])
    return admis


def test_qui_valide_ou_administre_et_nul_autre() -> None:
    assert {role for role in TABLE if is_facteur_demande(role)} == VALIDENT | {
        "administrateur",
        "task_force",  # names
    }
    assert not is_facteur_demande("inconnu")


def test_rien_n_est_en_place_avant_un_code(compte: User) -> None:
    numero = prepare_facteur(compte)
    assert find_facteur(compte) is None
    assert not is_admis_sans_rien(compte)
    with pytest.raises(FacteurRefuse, match="ce code n’ouvre rien"):
        confirm_facteur(compte=compte, numero=numero, code="000000", session="", le=LE)
    assert find_facteur(compte) is None
    assert count_codes(compte) == 0


def is_admis_sans_rien(compte: User) -> bool:
    """By the code of a secret that nobody confirmed."""
    return enter_par_code(compte=compte, code=read_code_de(compte), ouvrir=lambda _: None)


def test_un_code_du_moment_sert_une_fois(
    compte: User, papier: list[str], horloge: time_machine.Traveller
) -> None:
    code = read_code_de(compte)
    assert is_admis(compte, f" {code[:3]} {code[3:]} ")
    assert not is_admis(compte, code)
    horloge.shift(PAS_S)
    assert not is_admis(compte, code), "one step later, it is still within the tolerance"


def test_celui_qui_a_confirme_ne_sert_pas_a_entrer(compte: User) -> None:
    numero = prepare_facteur(compte)
    code = read_code_de(compte)
    confirm_facteur(compte=compte, numero=numero, code=code, session="", le=LE)
    assert not is_admis(compte, code)


@pytest.mark.parametrize(("decalage", "admis"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_une_horloge_en_avance_ou_en_retard_d_un_pas(
    compte: User,
    papier: list[str],
    horloge: time_machine.Traveller,
    decalage: int,
    admis: bool,
) -> None:
    horloge.shift(10 * PAS_S)
    assert is_admis(compte, read_code_de(compte, decalage)) is admis


def test_les_ecarts_ne_s_ajoutent_pas(
    compte: User, papier: list[str], horloge: time_machine.Traveller
) -> None:
    for _ in range(3):
        horloge.shift(3 * PAS_S)
        assert is_admis(compte, read_code_de(compte, 1))
    horloge.shift(3 * PAS_S)
    assert not is_admis(compte, read_code_de(compte, 2))


def test_un_code_de_secours_sert_une_fois(
    compte: User, papier: list[str], horloge: time_machine.Traveller
) -> None:
    assert len(set(papier)) == CODES
    assert {len(code) for code in papier} == {SIGNES}
    assert is_admis(compte, f"{papier[0][:4]}-{papier[0][4:8].upper()} {papier[0][8:]}")
    assert count_codes(compte) == CODES - 1
    assert not is_admis(compte, papier[0])
    horloge.shift(1)
    assert is_admis(compte, papier[1])


def test_un_code_de_secours_n_est_pas_garde_tel_quel(compte: User, papier: list[str]) -> None:
    autre = create_compte(identifiant="autre", mot_de_passe=None, role="administrateur")
    gardes = set(StaticToken.objects.values_list("token", flat=True))
    assert gardes.isdisjoint(papier)
    numero = prepare_facteur(autre)
    confirm_facteur(compte=autre, numero=numero, code=read_code_de(autre), session="", le=LE)
    assert not is_admis(autre, papier[0])


@pytest.mark.parametrize("moment", [True, False])
def test_deux_usages_a_la_fois_un_seul_gagne(
    compte: User, papier: list[str], monkeypatch: pytest.MonkeyPatch, moment: bool
) -> None:
    """Both looked at the page; between this look and the lock on the account, the other one has finished."""
    code = read_code_de(compte) if moment else papier[0]
    lock = User.objects.select_for_update
    gagne: list[bool] = []

    def attendre() -> QuerySet[User]:
        monkeypatch.undo()
        gagne.append(is_admis(compte, code))
        return lock()

    monkeypatch.setattr(User.objects, "select_for_update", attendre)
    assert not is_admis(compte, code)
    assert gagne == [True]
    assert count_codes(compte) == (CODES if moment else CODES - 1)


def test_les_essais_sont_ralentis_de_plus_en_plus(
    compte: User, papier: list[str], horloge: time_machine.Traveller
) -> None:
    for _ in range(3):
        assert not is_admis(compte, "000000")
        horloge.shift(10)
    horloge.shift(PAS_S)
    assert not is_admis(compte, "000000")
    horloge.shift(7)
    assert not is_admis(compte, read_code_de(compte)), "eight seconds after four wrong codes"
    horloge.shift(60)
    assert is_admis(compte, read_code_de(compte))
    assert is_admis(compte, papier[0]), "another device, which nobody tried"


@pytest.mark.parametrize("code", ["", "12345", "1234567", "１２３４５６", "\x00", "é" * 400])
def test_ce_qui_n_est_pas_un_code(compte: User, papier: list[str], code: str) -> None:
    assert not is_admis(compte, code)


@pytest.mark.parametrize("change", [{"is_active": False}, {"password": "!autre"}])
def test_un_compte_qui_a_bouge_entre_les_deux_pas(
    compte: User, papier: list[str], change: dict[str, object]
) -> None:
    lu = User.objects.get(pk=compte.pk)
    User.objects.update(**change)
    assert not enter_par_code(compte=lu, code=papier[0], ouvrir=lambda _: None)
    assert count_codes(compte) == CODES


def test_sans_code_une_session_ne_s_ouvre_que_sans_facteur(compte: User) -> None:
    ouvertes: list[str] = []
    assert enter_sans_code(compte=compte, ouvrir=lambda: ouvertes.append("avant"))
    numero = prepare_facteur(compte)
    assert enter_sans_code(compte=compte, ouvrir=lambda: ouvertes.append("prepare"))
    confirm_facteur(compte=compte, numero=numero, code=read_code_de(compte), session="", le=LE)
    assert not enter_sans_code(compte=compte, ouvrir=lambda: ouvertes.append("apres"))
    assert ouvertes == ["avant", "prepare"]


def test_un_secret_en_place_ne_se_remplace_pas(compte: User, papier: list[str]) -> None:
    with pytest.raises(FacteurRefuse, match="déjà"):
        prepare_facteur(compte)
    with pytest.raises(FacteurRefuse, match="déjà"):
        confirm_facteur(compte=compte, numero=None, code=read_code_de(compte), session="", le=LE)


def test_on_ne_confirme_que_le_secret_que_l_on_a_vu(compte: User) -> None:
    ancien = prepare_facteur(compte)
    prepare_facteur(compte)
    with pytest.raises(FacteurRefuse, match="n’a plus cours"):
        confirm_facteur(compte=compte, numero=ancien, code=read_code_de(compte), session="", le=LE)


def open_sessions(compte: User) -> None:
    """Two, one of which is here."""
    for cle in ("ici", "ailleurs"):
        record_session(compte=compte, cle=cle, appareil="x", le=LE)
        # Neither has a session of Django here: the second would take the first for dead.
        SessionOuverte.objects.get_or_create(
            cle="ici", defaults={"compte": compte, "appareil": "x", "ouverte_le": LE}
        )


def confirm(compte: User, _: list[str]) -> None:
    """Again, after a removal."""
    drop_facteur(identifiant=compte.get_username(), le=LE)
    open_sessions(compte)
    numero = prepare_facteur(compte)
    confirm_facteur(compte=compte, numero=numero, code=read_code_de(compte), session="ici", le=LE)


def remove(compte: User, papier: list[str]) -> None:
    """By its holder."""
    remove_facteur(compte=compte, code=papier[0], session="ici", le=LE)


@pytest.mark.parametrize("geste", [confirm, remove])
def test_mettre_et_retirer_ferment_les_autres_sessions(
    compte: User, papier: list[str], geste: Callable[[User, list[str]], None]
) -> None:
    open_sessions(compte)
    geste(compte, papier)
    assert [s.cle for s in SessionOuverte.objects.all()] == ["ici"]
    assert (find_facteur(compte) is None) is (geste is remove)


def test_la_commande_les_ferme_toutes(compte: User, papier: list[str]) -> None:
    open_sessions(compte)
    assert drop_facteur(identifiant="vasseur", le=LE) == 2
    assert not SessionOuverte.objects.exists()
    assert not TOTPDevice.objects.exists()
    assert not StaticToken.objects.exists()
    with pytest.raises(FacteurRefuse, match="n’a pas de second facteur"):
        drop_facteur(identifiant="vasseur", le=LE)


def test_renouveler_ferme_les_codes_d_avant(compte: User, papier: list[str]) -> None:
    nouveaux = renew_codes(compte=compte, code=papier[0], le=LE)
    assert set(nouveaux).isdisjoint(papier)
    assert count_codes(compte) == CODES
    assert not is_admis(compte, papier[1])


def test_un_geste_refuse_ne_change_rien_mais_compte(compte: User, papier: list[str]) -> None:
    open_sessions(compte)
    with pytest.raises(FacteurRefuse):
        renew_codes(compte=compte, code="000000", le=LE)
    with pytest.raises(FacteurRefuse):
        remove_facteur(compte=compte, code="000000", session="ici", le=LE)
    facteur = TOTPDevice.objects.get()
    assert facteur.throttling_failure_count == 1, "the second try came too soon to be one"
    assert SessionOuverte.objects.count() == 2
    assert count_codes(compte) == CODES


def test_un_compte_ferme_ne_garde_aucun_secret(compte: User, papier: list[str]) -> None:
    close_compte(nommant=build_nommant(None, LE, Territoires.build(())), numero=compte.pk)
    assert not TOTPDevice.objects.exists()
    assert not StaticToken.objects.exists()
