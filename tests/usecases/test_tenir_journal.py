"""The journal of acts: a line for each, in the transaction of what it tells; a hand in the base names its first line."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from quartiers.core.temps import PARIS
from quartiers.core.territoire import Territoires
from quartiers.storage.models import Acte, Tete
from quartiers.usecases.changer_mot_de_passe import change_mot_de_passe
from quartiers.usecases.creer_compte import create_compte
from quartiers.usecases.enchainer import ORIGINE, compute_condensat
from quartiers.usecases.fermer_compte import close_compte
from quartiers.usecases.inviter import InvitationFermee, accept_invitation, invite
from quartiers.usecases.nommant import build_nommant
from quartiers.usecases.tenir_facteur import (
    FacteurRefuse,
    confirm_facteur,
    drop_facteur,
    prepare_facteur,
    remove_facteur,
    renew_codes,
)
from quartiers.usecases.tenir_journal import (
    find_ruptures_d_actes,
    write_acte,
    write_acte_seul,
)
from tests.codes_tires import read_code_de
from tests.usecases.test_enchainer import change

Verbe = Acte.Verbe
pytestmark = pytest.mark.django_db
LE = datetime(2026, 11, 30, 9, 0, 0, 123456, tzinfo=PARIS)
PHRASE = "une longue phrase facile"
Ligne = tuple[str, int | None, int | None, str, dict[str, object]]


@pytest.fixture
def actes() -> list[Acte]:
    """Nine lines, the clock going back at the fifth."""
    for rang in range(9):
        le = LE - timedelta(days=rang == 4)
        write_acte(
            Verbe.EXPORT,
            le=le,
            compte=rang,
            objet=f"exporter DEP-0{rang} csv",
            detail={"octets": rang},
        )
    return list(Acte.objects.all())


def list_lignes() -> list[Ligne]:
    """What the journal says, in order, without its digests."""
    return list(Acte.objects.values_list("verbe", "compte", "vise", "objet", "detail"))


def test_un_journal_sain_tient(actes: list[Acte]) -> None:
    assert list(find_ruptures_d_actes()) == []
    assert [a.numero for a in actes] == list(range(1, 10))
    assert actes[0].precedent == ORIGINE
    assert [a.precedent for a in actes[1:]] == [a.condensat for a in actes[:-1]]
    tete = Tete.objects.get(chaine="actes")
    assert (tete.numero, tete.condensat) == (9, actes[-1].condensat)
    assert str(tete) == f"actes : n° 9, {actes[-1].condensat}"


def test_un_journal_vide_tient() -> None:
    assert list(find_ruptures_d_actes()) == []


def sign(numero: int, **autres: object) -> None:
    """A line as somebody who knows how they are made would forge it, in its place in the chain."""
    precedent = Acte.objects.get(numero=numero - 1).condensat if numero > 1 else ORIGINE
    ligne = {
        "numero": numero, "le": LE.astimezone(UTC), "verbe": "export", "compte": None, "vise": None,
        "objet": "", "detail": {}, "precedent": precedent, **autres,
    }  # fmt: skip
    Acte.objects.create(**ligne, condensat=compute_condensat(ligne))


def insert_au_milieu() -> None:
    """The lines from the fifth on move down by one, to make room for a forged one."""
    change("UPDATE storage_acte SET numero = -numero WHERE numero >= 5")
    change("UPDATE storage_acte SET numero = 1 - numero WHERE numero < 0")
    sign(5)


def swap() -> None:
    """The fourth and the sixth change places."""
    for avant, apres in ((4, -1), (6, 4), (-1, 6)):
        change("UPDATE storage_acte SET numero = %s WHERE numero = %s", apres, avant)


def rewrite(numero: int) -> None:
    """A line changed, and signed again."""
    change("DELETE FROM storage_acte WHERE numero = %s", numero)
    sign(numero)


GESTES: dict[str, tuple[Callable[[], object], str]] = {
    "un compte changé": (lambda: change("UPDATE storage_acte SET compte = 7 WHERE numero = 3"), "acte 3 : sa ligne du journal a changé"),
    "une heure changée": (lambda: change("UPDATE storage_acte SET le = '2026-11-19 00:00:00+00:00' WHERE numero = 3"), "acte 3 : sa ligne du journal a changé"),
    "un détail changé": (lambda: change("UPDATE storage_acte SET detail = '{}' WHERE numero = 2"), "acte 2 : sa ligne du journal a changé"),
    "une ligne changée et signée de nouveau": (lambda: rewrite(3), "acte 4 : ne suit pas la précédente"),
    "une ligne ôtée": (lambda: change("DELETE FROM storage_acte WHERE numero = 5"), "acte 6 : la précédente est la 4, ne suit pas la précédente"),
    "la première ôtée": (lambda: change("DELETE FROM storage_acte WHERE numero = 1"), "acte 2 : la précédente est la 0, ne suit pas la précédente"),
    "une ligne insérée": (insert_au_milieu, "acte 6 : ne suit pas la précédente, sa ligne du journal a changé"),
    "une ligne ajoutée": (lambda: sign(10), "acte 10 : de trop, la dernière était la 9"),
    "deux lignes échangées": (swap, "acte 4 : ne suit pas la précédente, sa ligne du journal a changé"),
    "la fin coupée": (lambda: change("DELETE FROM storage_acte WHERE numero >= 8"), "acte 8 : manque, la dernière était la 9"),
    "la dernière changée et signée de nouveau": (lambda: rewrite(9), "acte 9 : n’est plus celle dont la tête se souvient"),
    "tout ôté": (lambda: change("DELETE FROM storage_acte"), "acte 1 : manque, la dernière était la 9"),
    "la tête ôtée": (lambda: change("DELETE FROM storage_tete WHERE chaine = 'actes'"), "acte 9 : la tête de la chaîne manque"),
}  # fmt: skip


@pytest.mark.parametrize("geste", GESTES)
def test_une_main_dans_le_journal_nomme_sa_premiere_ligne(actes: list[Acte], geste: str) -> None:
    toucher, dite = GESTES[geste]
    toucher()
    assert list(find_ruptures_d_actes()) == [dite]


def test_une_fin_coupee_se_voit_encore_quand_on_ecrit_apres(actes: list[Acte]) -> None:
    change("DELETE FROM storage_acte WHERE numero >= 8")
    assert write_acte(Verbe.REFUS, le=LE) == 10
    (dite,) = find_ruptures_d_actes()
    assert dite == "acte 10 : la précédente est la 7, ne suit pas la précédente"


def test_un_acte_s_annule_avec_ce_qu_il_dit() -> None:
    with transaction.atomic():
        write_acte(Verbe.DROITS, le=LE)
        transaction.set_rollback(True)
    assert not Acte.objects.exists()
    assert write_acte(Verbe.DROITS, le=LE) == 1
    assert list(find_ruptures_d_actes()) == []


def test_un_acte_ne_s_ecrit_pas_hors_d_une_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    dehors = SimpleNamespace(in_atomic_block=False)
    monkeypatch.setattr("quartiers.usecases.tenir_journal.connection", dehors)
    with pytest.raises(RuntimeError, match="dans la transaction de ce qu’il dit"):
        write_acte(Verbe.DROITS, le=LE)


def test_un_refus_ne_s_annule_avec_rien() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        write_acte_seul(Verbe.REFUS, le=LE, compte=1, objet="quartier QC-A")
    assert write_acte_seul(Verbe.REFUS, le=LE, compte=1, objet="quartier QC-A") == 1


def test_les_verbes_sont_une_liste_fermee() -> None:
    assert max(map(len, Verbe.values)) <= (Acte._meta.get_field("verbe").max_length or 0)
    assert len(set(Verbe.labels)) == len(Verbe.values)


def test_les_gestes_d_un_compte_ont_chacun_leur_ligne() -> None:
    qui = {"identifiant": "vasseur", "role": "administrateur", "nom": "Mme Vasseur", "le": LE}
    compte = create_compte(**qui, mot_de_passe=None, organisme="Préfecture")  # type: ignore[arg-type]
    n = compte.pk
    invite(compte=compte, le=LE)
    compte = accept_invitation(jeton=invite(compte=compte, le=LE), mot_de_passe=PHRASE, le=LE)
    change_mot_de_passe(compte=compte, nouveau=f"{PHRASE} encore", session="", le=LE)
    papier = set_up(compte)
    papier = renew_codes(compte=compte, code=papier[0], le=LE)
    remove_facteur(compte=compte, code=papier[0], session="", le=LE)
    set_up(compte)
    drop_facteur(identifiant="vasseur", le=LE)
    close_compte(nommant=build_nommant(None, LE, Territoires.build(())), numero=compte.pk)
    rien = {"sessions": 0}
    assert list_lignes() == [
        ("droits", None, n, "creer", {"role": "administrateur", "territoires": []}),
        ("invitation", None, n, "inviter", {}),
        ("invitation", None, n, "inviter", {}),
        ("invitation", n, None, "entrer", {"liens": 1, "sessions": 0}),
        ("mot_de_passe", n, None, "changer", {"liens": 0, "sessions": 0}),
        ("second_facteur", n, None, "mettre", rien),
        ("second_facteur", n, None, "renouveler", rien),
        ("second_facteur", n, None, "retirer", rien),
        ("second_facteur", n, None, "mettre", rien),
        ("second_facteur", None, n, "retirer", rien),
        ("fermeture", None, n, "fermer", {"liens": 0, "sessions": 0}),
    ]
    ecrit = json.dumps(list(Acte.objects.values()), default=str).lower()
    assert "vasseur" not in ecrit
    assert "préfecture" not in ecrit
    assert list(find_ruptures_d_actes()) == []


def set_up(compte: User) -> list[str]:
    """A second factor; its codes on paper."""
    numero = prepare_facteur(compte)
    code = read_code_de(compte)
    return confirm_facteur(compte=compte, numero=numero, code=code, session="", le=LE)[1]


def test_ce_qui_est_refuse_n_ecrit_pas_que_c_est_fait() -> None:
    compte = create_compte(identifiant="a", mot_de_passe=None, role="administrateur")
    numero = prepare_facteur(compte)
    with pytest.raises(FacteurRefuse):
        confirm_facteur(compte=compte, numero=numero, code="000000", session="", le=LE)
    with pytest.raises(FacteurRefuse):
        remove_facteur(compte=compte, code="000000", session="", le=LE)
    with pytest.raises(InvitationFermee):
        accept_invitation(jeton="inconnu", mot_de_passe=PHRASE, le=LE)
    assert not Acte.objects.exists()
