"""« Comptes » : what one who names sees and does there, and nothing of what is out of sight."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from quartiers.storage.models import Invitation, Mandat, Titulaire
from quartiers.usecases.creer_compte import create_compte
from quartiers.usecases.inviter import invite
from quartiers.web.horloge import read_now, read_today
from tests.web.conftest import VALIDENT, SignIn, read

BEAUREGARD, TILLEULS = "QC-FICTIF-BEAUREGARD", "QC-FICTIF-TILLEULS"
ACTE = "lettre de mission du 20 novembre 2026"
CHAMPS = {"nom": "Nadège Aubry", "fonction": "déléguée", "territoires": BEAUREGARD, "acte": ACTE}
PHRASE = "une longue phrase facile"
LIEN = re.compile(r"http://testserver(/invitations/[\w-]+/)")


def get_compte(nom: str) -> User:
    """An account of the demonstration."""
    return User.objects.get(username=nom)


def get_mandat(nom: str) -> Mandat:
    """Its first mandat."""
    return Mandat.objects.filter(compte__username=nom)[0]


def open_session(compte: User) -> Client:
    """A client signed in."""
    client = Client()
    client.force_login(compte, backend="django.contrib.auth.backends.ModelBackend")
    return client


def make_admin() -> Client:
    """A technical administrateur."""
    return open_session(
        create_compte(identifiant="admin", mot_de_passe=None, role="administrateur", nom="Admin")
    )


def invite_aubry(client: Client, **autres: str) -> str:
    """The page that answers an invitation."""
    reponse = client.post("/comptes/inviter/delegue/", CHAMPS | autres)
    assert reponse.status_code == 200
    return str(reponse.content.decode())


def list_adresses(compte: int, mandat: int, invitation: int) -> Iterator[tuple[str, str]]:
    """Every page and gesture about an account: verb and address."""
    yield from (("GET", f"/comptes/{compte}/"), ("GET", f"/comptes/{compte}/nommer/"))
    for verbe in ("GET", "POST"):
        yield verbe, f"/comptes/{compte}/nommer/delegue/"
        yield verbe, f"/comptes/mandats/{mandat}/"
        yield verbe, f"/comptes/{compte}/transmettre/"
        yield verbe, f"/comptes/{compte}/identite/"
    yield "POST", f"/comptes/mandats/{mandat}/fin/"
    yield "POST", f"/comptes/{compte}/lien/"
    yield "POST", f"/comptes/{compte}/fermer/"
    yield "POST", f"/comptes/liens/{invitation}/fin/"


# ──────── Who sees what ────────


@pytest.mark.parametrize("nom", ["demo-deleguee", "demo-region"])
def test_qui_ne_nomme_personne_n_a_pas_cette_page(sign_in: SignIn, nom: str) -> None:
    client = sign_in(nom)
    absente = client.get("/rien/du/tout/").content
    invitation = Invitation.objects.create(
        compte=get_compte("demo-deleguee"),
        condensat=b"x",
        cree_le=read_now(),
        expire_le=read_now() + timedelta(days=1),
    )
    adresses = [("GET", "/comptes/"), ("GET", "/comptes/inviter/")]
    adresses += [(v, "/comptes/inviter/delegue/") for v in ("GET", "POST")]
    mandat = get_mandat("demo-deleguee")
    adresses += list_adresses(mandat.compte_id, mandat.pk, invitation.pk)
    for verbe, adresse in adresses:
        reponse = client.generic(verbe, adresse)
        assert (reponse.status_code, reponse.content) == (404, absente), adresse
    assert "Les comptes que je tiens" not in read(client, "/compte/")


def test_hors_de_vue_est_absent(sign_in: SignIn) -> None:
    """An account, a mandat, a link of elsewhere answer as those that were never there, byte for byte."""
    client = sign_in("demo-sous-prefete")
    ailleurs = get_mandat("demo-task-force")
    invite(compte=ailleurs.compte, le=read_now())
    invitation = Invitation.objects.get()
    avant = list(Mandat.objects.values()), list(Invitation.objects.values())
    for (verbe, la), (_, absente) in zip(
        list_adresses(ailleurs.compte_id, ailleurs.pk, invitation.pk),
        list_adresses(10**9, 10**9, 10**9),
        strict=True,
    ):
        reponses = [client.generic(verbe, adresse) for adresse in (la, absente)]
        assert {r.status_code for r in reponses} == {404}, la
        assert reponses[0].content == reponses[1].content
    for role in ("prefet", "administrateur", "aucun", "roi"):
        assert client.get(f"/comptes/inviter/{role}/").status_code == 404
    assert (list(Mandat.objects.values()), list(Invitation.objects.values())) == avant


def test_rien_de_hors_de_vue_n_est_nomme_nulle_part(sign_in: SignIn) -> None:
    """Canaries: an account and an organisme of elsewhere, in no list, no message, no answer to a wrong form."""
    for nom in ("demo-task-force", "demo-region", "demo-prefet", "demo-sous-prefete"):
        Titulaire.objects.filter(compte__username=nom).update(nom=f"CANARI {nom}")
    commune = create_compte(
        identifiant="maire",
        mot_de_passe=None,
        role="commune",
        territoires=("COM-00003",),
        organisme="Ville",
    )
    client = open_session(commune)
    pages = [
        read(client, a)
        for a in ("/comptes/", "/comptes/inviter/", "/comptes/inviter/commune/", "/compte/")
    ]
    faux = {"nom": "CANARI demo-prefet", "territoires": "DEP-00", "organisme": "CAF"}
    pages.append(client.post("/comptes/inviter/commune/", faux).content.decode())
    assert "points à reprendre" in pages[-1]
    for page in pages:
        visibles = page.replace('value="CANARI demo-prefet"', "")
        assert "CANARI" not in visibles
        for code in ("DEP-00", "REG-00", "COM-00004", TILLEULS, "QC-FICTIF-BEAUREGARD/"):
            assert code not in visibles
    sous_prefete = sign_in("demo-sous-prefete")
    vue = read(sous_prefete, "/comptes/")
    assert "CANARI demo-prefet" in vue
    assert "CANARI demo-task-force" not in vue
    assert "CANARI demo-region" not in vue


def test_la_page_dit_les_mandats_par_leur_acte(sign_in: SignIn) -> None:
    prefet = sign_in("demo-prefet")
    Mandat.objects.filter(compte__username="demo-deleguee").update(acte=ACTE)
    page = read(prefet, "/comptes/")
    assert page.count(ACTE) == 2
    assert "Déléguée du préfet à Saint-Aubert" in page
    assert "déclare, valide" in page
    donnes = Mandat.objects.filter(role__in=VALIDENT).exclude(territoire="REG-00")
    valident = set(donnes.values_list("compte", flat=True))
    assert re.search(rf"dont {len(valident)}\s*peuvent valider", page)
    mien = get_mandat("demo-prefet")
    assert f"/comptes/mandats/{mien.pk}/" not in page, "nul ne se nomme lui-même"
    assert f"/comptes/mandats/{get_mandat('demo-deleguee').pk}/" in page
    seule = read(prefet, "/comptes/?role=delegue&ou=" + TILLEULS)
    assert seule.count('<td role="cell" class="geste">') == 1
    assert "Aucun mandat à montrer" in read(prefet, "/comptes/?role=delegue&organisme=rien")
    assert "Les comptes que je tiens" in read(prefet, "/compte/")


def test_un_administrateur_voit_les_mandats_et_aucun_contenu(demo: None) -> None:
    admin = make_admin()
    page = read(admin, "/comptes/")
    assert "Task force" in page
    assert "tient les comptes" in page
    roles = read(admin, "/comptes/inviter/")
    assert re.findall(r'href="/comptes/inviter/(\w+)/"', roles) == ["administrateur", "aucun"]
    prefet = get_mandat("demo-prefet")
    assert f"/comptes/mandats/{prefet.pk}/" not in page
    assert "demandez à qui l’a nommé" in read(admin, f"/comptes/{prefet.compte_id}/")
    lien = admin.post("/comptes/inviter/aucun/", {"nom": "Neuf"}).content.decode()
    assert LIEN.search(lien)
    assert "n’a aucun mandat" in read(admin, "/comptes/")
    assert admin.get(f"/quartiers/{TILLEULS}/").status_code == 404


def test_ce_qui_est_a_regler_vient_en_tete(sign_in: SignIn) -> None:
    prefet, jour = sign_in("demo-prefet"), read_today()
    avant = read(prefet, "/comptes/")
    assert avant.count("sans délégué du préfet</b>") >= 4
    assert "aucun mandat n’y a encore été donné" in avant
    assert '<span class="nbre"></span>' not in avant, "what has no age has no column for it"
    Mandat.objects.filter(pk=get_mandat("demo-deleguee").pk).update(au=jour + timedelta(days=12))
    invite_aubry(prefet)
    page = read(prefet, "/comptes/")
    assert page.count("sans délégué du préfet</b>") == avant.count("sans délégué du préfet</b>") - 1
    assert "12\u00a0j" in page
    assert "Le mandat de Déléguée du préfet à Saint-Aubert finit le" in page
    Invitation.objects.update(expire_le=read_now() + timedelta(days=2))
    assert "s’éteint le" in read(prefet, "/comptes/")
    Invitation.objects.update(expire_le=read_now() - timedelta(days=2))
    assert "s’est éteint le" in read(prefet, "/comptes/")
    Mandat.objects.filter(compte__titulaire__nom="Nadège Aubry").update(
        retire_le=read_now() - timedelta(days=9)
    )
    page = read(prefet, "/comptes/")
    assert "8\u00a0j" in page
    assert "Le compte de Nadège Aubry n’a aucun mandat" in page


def test_le_nombre_de_questions_ne_grandit_pas(sign_in: SignIn) -> None:
    prefet = sign_in("demo-prefet")
    invite_aubry(prefet)
    with CaptureQueriesContext(
        connection,
    ) as peu:
        read(prefet, "/comptes/")
    for n in range(60):
        invite_aubry(prefet, nom=f"Agent {n}")
    with CaptureQueriesContext(connection) as beaucoup:
        page = read(prefet, "/comptes/")
    assert len(beaucoup) == len(peu) < 30
    assert "Les suivants" in page
    assert "Les précédents" in read(prefet, "/comptes/?feuillet=2")


# ──────── Gestures ────────


def test_inviter_montre_le_lien_une_fois_et_il_ouvre(sign_in: SignIn) -> None:
    prefet = sign_in("demo-prefet")
    assert f'value="{BEAUREGARD}" checked' in read(
        prefet, f"/comptes/inviter/delegue/?ou={BEAUREGARD}"
    )
    page = invite_aubry(prefet)
    lien = LIEN.search(page)
    assert lien is not None
    jeton = lien[1].split("/")[2]
    for adresse in ("/comptes/", f"/comptes/{User.objects.latest('pk').pk}/"):
        assert jeton not in read(prefet, adresse)
    robot = Client()
    for _ in range(5):
        assert robot.get(lien[1]).status_code == robot.head(lien[1]).status_code == 200
    personne = Client()
    envoi = {"nouveau": PHRASE, "encore": PHRASE}
    assert personne.post(lien[1], envoi).status_code == 302
    suite = personne.get(f"/quartiers/{BEAUREGARD}/")
    assert suite.headers["Location"] == "/compte/second-facteur/", "qui valide en a un d’abord"
    tenus = Mandat.objects.filter(compte__titulaire__nom="Nadège Aubry")
    assert list(tenus.values_list("territoire", flat=True)) == [BEAUREGARD]


def test_ce_qui_manque_se_dit_au_dessus_de_son_champ(sign_in: SignIn) -> None:
    prefet, avant = sign_in("demo-prefet"), User.objects.count()
    page = invite_aubry(prefet, acte=" ", au="hier")
    assert "écrivez un jour" in page
    page = invite_aubry(prefet, acte=" ", nom="", territoires="", au="2020-01-01")
    assert "4 points à reprendre" in page
    assert page.count('class="faute"') == 4
    assert 'value="déléguée"' in page, "rien n’est perdu"
    reponse = prefet.post("/comptes/inviter/commune/", {**CHAMPS, "territoires": "COM-00003"})
    assert "agit au nom d’un organisme" in reponse.content.decode()
    assert "territoires" in invite_aubry(prefet, territoires="DEP-99")
    assert User.objects.count() == avant


def test_meme_personne_se_demande(sign_in: SignIn) -> None:
    prefet = sign_in("demo-prefet")
    invite_aubry(prefet, courriel="n.aubry@brume.example")
    page = invite_aubry(prefet, courriel="n.aubry@brume.example", territoires=TILLEULS)
    premiere = Titulaire.objects.get(nom="Nadège Aubry")
    assert "Est-ce la même personne que" in page
    assert f'name="personne" value="{premiere.pk}"' in page
    page = invite_aubry(
        prefet,
        courriel="n.aubry@brume.example",
        territoires=TILLEULS,
        personne=str(premiere.pk),
    )
    assert LIEN.search(page)
    assert (
        list(Titulaire.objects.filter(nom="Nadège Aubry").values_list("personne", flat=True))
        == [premiere.pk] * 2
    )


def test_meme_personne_se_demande_aussi_d_un_compte_qui_entre_dans_un_organisme(
    sign_in: SignIn,
) -> None:
    prefet = sign_in("demo-prefet")
    organisme = "QC-FICTIF-CINQ-CHEMINS/siae/1"
    invite_aubry(prefet, organisme=organisme, nom="Déléguée du préfet à Saint-Aubert")
    premiere = Titulaire.objects.get(organisme=organisme)
    numero = get_compte("demo-deleguee").pk
    Titulaire.objects.filter(pk=numero).update(organisme="")  # of none yet
    adresse = f"/comptes/{numero}/nommer/delegue/"
    envoi = {"territoires": BEAUREGARD, "acte": ACTE, "organisme": organisme}
    page = prefet.post(adresse, envoi).content.decode()
    assert f'name="personne" value="{premiere.pk}"' in page
    assert prefet.post(adresse, envoi | {"personne": "autre"}).status_code == 302
    assert Titulaire.objects.get(pk=numero).personne == numero


def test_donner_changer_mettre_fin(sign_in: SignIn) -> None:
    prefet, deleguee = sign_in("demo-prefet"), sign_in("demo-deleguee")
    numero = get_compte("demo-deleguee").pk
    assert "Délégué du préfet" in read(prefet, f"/comptes/{numero}/nommer/")
    adresse = f"/comptes/{numero}/nommer/delegue/"
    assert BEAUREGARD in read(prefet, adresse)
    faux = prefet.post(adresse, {"territoires": TILLEULS, "acte": ACTE})
    assert "déjà donné" in faux.content.decode()
    etag = deleguee.get(f"/quartiers/{TILLEULS}/").headers["ETag"]
    reponse = prefet.post(adresse, {"territoires": BEAUREGARD, "acte": ACTE})
    assert reponse.headers["Location"] == "/comptes/"
    assert "est délégué du préfet" in read(prefet, "/comptes/")
    assert deleguee.get(f"/quartiers/{BEAUREGARD}/").status_code == 200
    mandat = Mandat.objects.get(compte=numero, territoire=TILLEULS)
    adresse = f"/comptes/mandats/{mandat.pk}/"
    assert "Changer le mandat" in read(prefet, adresse)
    fin = (read_today() + timedelta(days=90)).isoformat()
    refus = prefet.post(adresse, {"au": fin, "acte": ""}).content.decode()
    assert "Acte qui nomme</a>" in refus
    assert f'value="{fin}"' in refus
    assert "écrivez un jour" in prefet.post(adresse, {"au": "x", "acte": "y"}).content.decode()
    assert prefet.post(adresse, {"au": fin, "acte": "avenant"}).status_code == 302
    assert prefet.post(adresse, {"au": fin, "acte": "avenant"}).status_code == 404, "déjà changé"
    neuf = Mandat.objects.get(compte=numero, territoire=TILLEULS, retire_le=None)
    assert prefet.get(f"/comptes/mandats/{neuf.pk}/fin/").status_code == 405
    assert prefet.post(f"/comptes/mandats/{neuf.pk}/fin/").headers["Location"] == "/comptes/"
    assert "est fini" in read(prefet, "/comptes/")
    ancien = {"If-None-Match": etag}
    assert deleguee.get(f"/quartiers/{TILLEULS}/", headers=ancien).status_code == 302
    deleguee = sign_in("demo-deleguee")
    assert deleguee.get(f"/quartiers/{TILLEULS}/", headers=ancien).status_code == 404
    assert "retiré le" in read(deleguee, "/compte/")


def test_fermer_reinviter_revoquer(sign_in: SignIn) -> None:
    prefet, deleguee = sign_in("demo-prefet"), sign_in("demo-deleguee")
    numero = get_compte("demo-deleguee").pk
    lien = LIEN.search(prefet.post(f"/comptes/{numero}/lien/").content.decode())
    assert lien is not None
    assert Client().get(lien[1]).status_code == 200
    page = read(prefet, f"/comptes/{numero}/")
    assert "Révoquer" in page
    invitation = Invitation.objects.get()
    assert prefet.post(f"/comptes/liens/{invitation.pk}/fin/").status_code == 302
    assert Client().get(lien[1]).status_code == 404
    assert "Fermer le compte" in page
    fermer = f"/comptes/{numero}/fermer/"
    assert prefet.post(fermer).headers["Location"] == f"/comptes/{numero}/"
    assert "cochez d’abord" in read(prefet, f"/comptes/{numero}/")
    assert deleguee.get("/compte/").status_code == 200
    assert prefet.post(fermer, {"pour_toujours": "1"}).headers["Location"] == "/comptes/"
    assert deleguee.get("/compte/").status_code == 302
    assert prefet.post(f"/comptes/{numero}/lien/").status_code == 404
    assert "Déléguée du préfet à Saint-Aubert</a>" not in read(prefet, "/comptes/")


def test_un_bouton_ne_mene_qu_a_un_lien_que_l_on_peut_fermer(sign_in: SignIn) -> None:
    """The page and the gesture judge by one rule: a mandat out of sight, an account of the same person."""
    prefet, deleguee = sign_in("demo-prefet"), get_compte("demo-deleguee")
    sien, autre = get_compte("demo-prefet"), get_compte("demo-region")
    Mandat.objects.create(compte=deleguee, role="service_etat", territoire="FR", organisme="Autre")
    for donneur, is_fermable in ((None, False), (autre, False), (sien, True)):
        invite(compte=deleguee, le=read_now(), par=donneur)
        invitation = Invitation.objects.latest("pk")
        adresse = f"/comptes/liens/{invitation.pk}/fin/"
        assert (adresse in read(prefet, "/comptes/")) is is_fermable, donneur
        assert prefet.post(adresse).status_code == (302 if is_fermable else 404)
    Titulaire.objects.filter(compte=autre).update(personne=sien.pk)
    invite(compte=deleguee, le=read_now(), par=autre)
    adresse = f"/comptes/liens/{Invitation.objects.latest('pk').pk}/fin/"
    assert adresse in read(prefet, "/comptes/")
    assert prefet.post(adresse).status_code == 302
    assert read(prefet, "/comptes/").count("par la commande, le") == 1, "the first one"


def test_fermer_un_compte_hors_de_vue_ne_dit_rien(sign_in: SignIn) -> None:
    prefet = sign_in("demo-prefet")
    assert prefet.post(f"/comptes/{get_compte('demo-task-force').pk}/fermer/").status_code == 404
    assert "cochez d’abord" not in read(prefet, f"/comptes/{get_compte('demo-deleguee').pk}/")


def test_sans_jeton_de_formulaire_rien_n_est_change(demo: None) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(
        get_compte("demo-prefet"), backend="django.contrib.auth.backends.ModelBackend"
    )
    mandat = get_mandat("demo-deleguee")
    invite(compte=mandat.compte, le=read_now())
    adresses = [*list_adresses(mandat.compte_id, mandat.pk, Invitation.objects.get().pk)]
    adresses.append(("POST", "/comptes/inviter/delegue/"))
    for verbe, adresse in adresses:
        if verbe == "POST":
            assert client.post(adresse, CHAMPS).status_code == 403
    assert Mandat.objects.filter(retire_le=None).count() == Mandat.objects.count()


def test_rien_ne_se_garde_dans_un_cache(sign_in: SignIn) -> None:
    entetes = sign_in("demo-prefet").get("/comptes/").headers
    assert "no-store" in entetes["Cache-Control"]
    assert "ETag" not in entetes
