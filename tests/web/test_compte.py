"""« Mon compte » : what was given, which sessions are open, and a password changed by who holds the former one."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client

from quartiers.storage.models import Mandat, SessionOuverte
from quartiers.usecases.changer_mot_de_passe import change_mot_de_passe
from quartiers.usecases.creer_compte import CompteRefuse, create_compte
from quartiers.usecases.inviter import InvitationFermee, find_invitation, invite
from quartiers.web.appareil import NAVIGATEURS, SYSTEMES, say_appareil
from quartiers.web.horloge import read_now
from quartiers.web.presentation.compte import show_mandats, show_sessions
from tests.web.conftest import SignIn, read

ANCIEN, NOUVEAU = "une longue phrase facile", "une tout autre longue phrase"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
TELEPHONE = "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"


@pytest.fixture
def compte(demo: None) -> User:
    """A sous-préfète."""
    return create_compte(
        identifiant="vasseur",
        mot_de_passe=ANCIEN,
        role="sous_prefet_ville",
        territoires=("DEP-00",),
        organisme="Préfecture",
        acte="décret du 28 août 2024",
    )


def enter(agent: str = FIREFOX) -> Client:
    """A session opened by the ordinary page."""
    client = Client(headers={"user-agent": agent})
    client.post("/connexion/", {"username": "vasseur", "password": ANCIEN})
    return client


def is_admis(mot_de_passe: str) -> bool:
    """The account is entered by this password."""
    envoi = {"username": "vasseur", "password": mot_de_passe}
    return Client().post("/connexion/", envoi).status_code == 302


def test_ce_qui_est_confie_se_lit_avec_son_acte(compte: User) -> None:
    page = read(enter(), "/compte/")
    assert "Sous-préfet à la ville" in page
    assert "(DEP-00)" in page
    assert "décret du 28 août 2024" in page


def test_un_mandat_sans_acte_le_dit(sign_in: SignIn) -> None:
    assert "acte non renseigné" in read(sign_in("demo-prefet"), "/compte/")


def test_chaque_session_se_reconnait_et_se_ferme(compte: User) -> None:
    ici, ailleurs = enter(), enter(TELEPHONE)
    page = read(ici, "/compte/")
    assert "Firefox sur Windows" in page
    assert "Chrome sur Android" in page
    autre = SessionOuverte.objects.get(appareil="Chrome sur Android")
    assert all(s.cle not in page for s in SessionOuverte.objects.all())
    assert ici.post(f"/compte/sessions/{autre.pk}/fermer/").status_code == 302
    assert ailleurs.get("/compte/").status_code == 302
    assert ici.get("/compte/").status_code == 200
    assert SessionOuverte.objects.count() == 1


def test_la_session_d_un_autre_n_existe_pas(compte: User, sign_in: SignIn) -> None:
    enter()
    sienne = SessionOuverte.objects.get(compte=compte)
    etranger = sign_in("demo-prefet")
    refus = [etranger.post(f"/compte/sessions/{n}/fermer/") for n in (sienne.pk, 10**9)]
    assert {r.status_code for r in refus} == {404}
    assert len({r.content for r in refus}) == 1
    assert SessionOuverte.objects.filter(pk=sienne.pk).exists()
    assert etranger.get(f"/compte/sessions/{sienne.pk}/fermer/").status_code == 405


def test_qui_se_deconnecte_n_est_plus_dans_la_liste(compte: User) -> None:
    enter().post("/deconnexion/")
    assert not SessionOuverte.objects.exists()


def test_une_session_finie_n_est_plus_dans_la_liste(compte: User) -> None:
    enter(TELEPHONE)
    Session.objects.all().delete()
    assert "Chrome sur Android" not in read(enter(), "/compte/")
    assert SessionOuverte.objects.count() == 1


def test_une_session_qui_a_passe_son_heure_n_est_plus_dans_la_liste(compte: User) -> None:
    enter(TELEPHONE)
    ici = enter()
    telephone = SessionOuverte.objects.get(appareil="Chrome sur Android")
    Session.objects.filter(session_key=telephone.cle).update(expire_date=read_now())
    assert "Chrome sur Android" not in read(ici, "/compte/")
    create_compte(identifiant="autre", mot_de_passe=ANCIEN, role="administrateur")
    Client().post("/connexion/", {"username": "autre", "password": ANCIEN})
    assert not SessionOuverte.objects.filter(pk=telephone.pk).exists(), "gardée de qui est parti"


def test_les_essais_du_mot_de_passe_actuel_sont_comptes(compte: User) -> None:
    ici = enter()
    essai = {"ancien": "pas celui-là du tout", "nouveau": NOUVEAU, "encore": NOUVEAU}
    reponses = [ici.post("/compte/mot-de-passe/", essai).status_code for _ in range(11)]
    assert reponses[0] == 200
    assert reponses[-1] == 429
    assert ici.post("/compte/mot-de-passe/", essai | {"ancien": ANCIEN}).status_code == 429
    compte.refresh_from_db()
    assert compte.check_password(ANCIEN)


def test_un_mot_de_passe_change_entre_temps_n_est_pas_ecrase(compte: User) -> None:
    lu = User.objects.get(pk=compte.pk)
    compte.set_password(NOUVEAU)
    compte.save()
    with pytest.raises(CompteRefuse, match="vient d’être changé"):
        change_mot_de_passe(compte=lu, nouveau=f"{NOUVEAU} encore", session="", le=read_now())


def test_les_mandats_qui_n_ouvrent_rien_le_disent() -> None:
    jour = date(2026, 11, 30)
    dates = [
        (None, None),
        (jour, jour),
        (date(2020, 1, 1), date(2021, 12, 31)),
        (date(2099, 1, 1), None),
    ]
    mandats = [Mandat(role="prefet", territoire="DEP-00", du=du, au=au) for du, au in dates]
    montres = show_mandats([*mandats, Mandat(role="administrateur")], {}, jour)
    assert [m.etat for m in montres] == ["", "", "terminé", "à venir", ""]
    assert [m.duree for m in montres[:4]] == [
        "sans fin",
        "depuis le 30\u00a0novembre 2026, jusqu’au 30\u00a0novembre 2026",
        "depuis le 1er\u00a0janvier 2020, jusqu’au 31\u00a0décembre 2021",
        "depuis le 1er\u00a0janvier 2099, sans fin",
    ]
    retire = Mandat(
        role="prefet", territoire="DEP-00", retire_le=datetime(2026, 11, 29, 23, 30, tzinfo=UTC)
    )
    assert show_mandats([retire], {}, jour)[0].etat == "retiré le 30\u00a0novembre 2026"
    assert [montres[0].territoire, montres[-1].territoire] == ["DEP-00", "aucun territoire"]


def test_la_session_qui_regarde_est_la_premiere_et_l_heure_est_celle_de_paris() -> None:
    ouverte = datetime(2026, 1, 1, 23, 5, tzinfo=UTC)
    sessions = [SessionOuverte(pk=n, cle=str(n), appareil="x", ouverte_le=ouverte) for n in (1, 2)]
    montrees = show_sessions(sessions, "2")
    assert [m.numero for m in montrees] == [2, 1]
    assert montrees[0].ouverte == "2\u00a0janvier 2026 à 0\u00a0h\u00a005"


def test_changer_de_mot_de_passe_ferme_le_reste(compte: User) -> None:
    ici, ailleurs = enter(), enter()
    jeton = invite(compte=compte, le=read_now())
    reponse = ici.post(
        "/compte/mot-de-passe/", {"ancien": ANCIEN, "nouveau": NOUVEAU, "encore": NOUVEAU}
    )
    assert "Le mot de passe est changé" in read(ici, reponse.headers["Location"])
    assert "Le mot de passe est changé" not in read(ici, reponse.headers["Location"])
    assert SessionOuverte.objects.count() == 1
    assert "(celle-ci)" in read(ici, "/compte/")
    assert ailleurs.get("/compte/").status_code == 302
    assert not is_admis(ANCIEN)
    assert is_admis(NOUVEAU)
    with pytest.raises(InvitationFermee):
        find_invitation(jeton, read_now())


@pytest.mark.parametrize(
    ("ancien", "nouveau", "encore", "raison"),
    [
        ("pas celui-là du tout", NOUVEAU, NOUVEAU, "le mot de passe actuel n’est pas celui-là"),
        (ANCIEN, NOUVEAU, ANCIEN, "les deux mots de passe diffèrent"),
        (ANCIEN, "court", "court", "au minimum 15 caractères"),
    ],
)
def test_un_changement_refuse_ne_change_rien(
    compte: User, ancien: str, nouveau: str, encore: str, raison: str
) -> None:
    ici, ailleurs = enter(), enter()
    page = ici.post(
        "/compte/mot-de-passe/", {"ancien": ancien, "nouveau": nouveau, "encore": encore}
    ).content.decode()
    assert raison in page
    assert ailleurs.get("/compte/").status_code == 200
    assert is_admis(ANCIEN)


def test_un_compte_sans_mot_de_passe_n_en_change_pas(sign_in: SignIn) -> None:
    client = sign_in("demo-prefet")
    for adresse in ("/compte/", "/compte/mot-de-passe/"):
        assert "s’ouvre sans mot de passe" in read(client, adresse)
    envoi = {"ancien": "", "nouveau": NOUVEAU, "encore": NOUVEAU}
    page = client.post("/compte/mot-de-passe/", envoi).content.decode()
    assert 'type="password"' not in page
    assert not User.objects.get(username="demo-prefet").has_usable_password()


@pytest.mark.parametrize(
    ("agent", "dit"),
    [
        (FIREFOX, "Firefox sur Windows"),
        (TELEPHONE, "Chrome sur Android"),
        (FIREFOX.replace("Firefox/140.0", "Chrome/1 Safari/1 Edg/1"), "Edge sur Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1",
            "Safari sur iPhone",
        ),
        ("Safari/1", "Safari"),
        ("curl/8", "Appareil inconnu"),
        ("", "Appareil inconnu"),
    ],
)
def test_un_appareil_en_mots(agent: str, dit: str) -> None:
    assert say_appareil(agent) == dit


def test_un_appareil_tient_dans_sa_colonne() -> None:
    dits = {say_appareil(f"{n} {s}") for n, _ in NAVIGATEURS for s, _ in SYSTEMES}
    colonne = SessionOuverte._meta.get_field("appareil")
    assert max(map(len, dits)) <= (colonne.max_length or 0)
