"""« Déclarer » : one screen; what is said changes the figure at once, keeps its author, and can be taken back."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from quartiers.storage.models import Acte, Ecriture, Enregistrement, Examen, Piece, Releve
from quartiers.usecases.creer_comptes_demo import PREFECTURE
from quartiers.usecases.enchainer import find_ruptures
from tests.web.conftest import TILLEULS, SignIn, read

INDICATEUR = "e06-a1-educateurs-etp"
ADRESSE = f"/territoires/{TILLEULS}/declarer/{INDICATEUR}/"
SAISIE = {"date": "2026-11-23", "autre": "7"}


def make_photo() -> SimpleUploadedFile:
    """A small picture, as a phone sends it."""
    octets = BytesIO()
    Image.new("RGB", (40, 30), "red").save(octets, "JPEG")
    return SimpleUploadedFile("poste.jpg", octets.getvalue(), "image/jpeg")


def declare(client: Client, **mots: object) -> str:
    """Send the form; gives the address of what was declared."""
    reponse = client.post(ADRESSE, {**SAISIE, **mots})
    assert reponse.status_code == 302, reponse.content.decode()
    return str(reponse.headers["Location"])


def test_la_page_dit_la_derniere_valeur_la_cible_et_ce_que_chaque_choix_donnerait(
    sign_in: SignIn,
) -> None:
    page = read(sign_in("demo-deleguee"), ADRESSE)
    assert 'type="date" id="date" name="date" value="2026-11-23"' in page
    assert len(re.findall(r'<input type="radio" name="valeur"', page)) == 4
    assert "capture" not in page
    preuve = read(sign_in("demo-deleguee"), f"/preuves/{TILLEULS}/{INDICATEUR}/")
    assert ADRESSE in preuve


def test_une_valeur_declaree_avec_sa_photo_compte_aussitot(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    suite = declare(client, preuve=make_photo(), commentaire="vu à la permanence")
    releve = Releve.objects.select_related("ecriture").latest("pk")
    ecriture = releve.ecriture
    assert (int(releve.valeur), releve.source) == (7, PREFECTURE)
    assert (ecriture.canal, ecriture.compte.username) == ("formulaire", "demo-deleguee")
    (piece,) = Piece.objects.filter(releve=releve)
    assert (piece.nature, piece.nom) == ("photo", "poste.jpg")
    assert list(find_ruptures()) == []
    page = read(client, suite)
    assert "à valider" in page
    assert "photo" in page
    preuve = read(client, f"/preuves/{TILLEULS}/{INDICATEUR}/")
    assert "déclaration à valider" in preuve


@pytest.mark.parametrize("dite", ["1\u00a0234,5", "1\u202f234,5", "1 234,5"])
def test_les_espaces_d_un_tableur_se_lisent(sign_in: SignIn, dite: str) -> None:
    declare(sign_in("demo-deleguee"), autre=dite, dix_fois=dite)
    assert float(Releve.objects.latest("pk").valeur) == 1234.5


@pytest.mark.parametrize(
    ("mots", "champ"),
    [
        ({"autre": ""}, "valeur"),
        ({"autre": "sept"}, "valeur"),
        ({"autre": "7", "valeur": "3"}, "valeur"),
        ({"date": "2027-01-01"}, "date"),
        ({"date": "hier"}, "date"),
        ({"commentaire": "x" * 281}, "commentaire"),
        ({"preuve": SimpleUploadedFile("photo.jpg", b"<svg/>")}, "preuve"),
    ],
)
def test_ce_qui_est_faux_revient_avec_sa_raison_et_rien_n_est_garde(
    sign_in: SignIn, mots: dict[str, object], champ: str
) -> None:
    client = sign_in("demo-deleguee")
    avant = (Releve.objects.count(), Ecriture.objects.count(), Piece.objects.count())
    reponse = client.post(ADRESSE, {**SAISIE, "commentaire": "gardé", **mots})
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert f'href="#{champ}"' in page
    assert f'id="faute-{champ}"' in page
    if champ != "commentaire":
        assert 'value="gardé"' in page
    assert (Releve.objects.count(), Ecriture.objects.count(), Piece.objects.count()) == avant


def test_dix_fois_la_derniere_demande_une_fois(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    declare(client, autre="7", date="2026-11-22")
    reponse = client.post(ADRESSE, SAISIE | {"autre": "70"})
    assert reponse.status_code == 422
    assert "Est-ce bien cela" in reponse.content.decode()
    declare(client, autre="70", dix_fois="70")
    assert int(Releve.objects.latest("pk").valeur) == 70


def test_deux_personnes_sur_une_ligne(sign_in: SignIn) -> None:
    """The second is shown the difference, and nothing is written over what she had not seen."""
    declare(sign_in("demo-deleguee"))
    autre = sign_in("demo-sous-prefete")
    reponse = autre.post(ADRESSE, SAISIE | {"autre": "9", "constate": "oui"})
    page = reponse.content.decode()
    assert reponse.status_code == 409
    assert re.search(r"7\s", page)
    assert re.search(r'name="constate" value="oui" checked', page)
    vu = re.search(r'name="vu" value="(\d+)"', page)
    assert vu is not None
    declare(autre, autre="9", vu=vu[1])
    assert int(Releve.objects.latest("pk").valeur) == 9
    assert Releve.objects.latest("pk").precedent_id == int(vu[1])


def test_se_reprendre_le_meme_jour_corrige(sign_in: SignIn) -> None:
    """A slip of one's own is no dispute with anybody: the new value follows the one that was there."""
    client = sign_in("demo-deleguee")
    declare(client)
    premiere = Releve.objects.latest("pk")
    declare(client, autre="8")
    derniere = Releve.objects.latest("pk")
    assert (int(derniere.valeur), derniere.precedent_id) == (8, premiere.pk)


def test_redire_la_meme_chose_n_ajoute_rien_mais_une_preuve_s_ajoute(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    declare(client)
    combien = Releve.objects.count()
    reponse = client.post(ADRESSE, SAISIE)
    assert "Rien de nouveau" in reponse.content.decode()
    suite = declare(client, constate="oui")
    assert suite.startswith(f"/preuves/{TILLEULS}/")
    assert Releve.objects.count() == combien
    assert [p.nature for p in Piece.objects.all()] == ["constat"]


def test_annuler_rend_ce_qui_etait_dit(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    avant = read(client, f"/preuves/{TILLEULS}/{INDICATEUR}/")
    suite = declare(client)
    assert sign_in("demo-sous-prefete").post(f"{suite}annuler/").status_code == 404
    client.post(f"{suite}annuler/")
    assert Examen.objects.get().motif == "annulee"
    assert "annulée" in read(client, suite)
    apres = read(client, f"/preuves/{TILLEULS}/{INDICATEUR}/")
    chiffre = re.compile(r'<p class="chiffre">(.*?)</p>')
    assert chiffre.findall(avant) == chiffre.findall(apres)


@pytest.mark.parametrize(
    ("qui", "ou"),
    [
        ("demo-deleguee", "QC-FICTIF-BEAUREGARD"),
        ("demo-deleguee", "QC-RIEN"),
        ("demo-region", TILLEULS),
        ("demo-prefet", TILLEULS),
        ("demo-task-force", TILLEULS),
    ],
)
def test_qui_ne_peut_pas_declarer_trouve_la_page_absente(
    sign_in: SignIn, qui: str, ou: str
) -> None:
    client = sign_in(qui)
    absente = client.get("/quartiers/QC-RIEN/").content
    adresse = f"/territoires/{ou}/declarer/{INDICATEUR}/"
    avant = (Releve.objects.count(), Enregistrement.objects.count())
    for reponse in (client.get(adresse), client.post(adresse, SAISIE)):
        assert (reponse.status_code, reponse.content) == (404, absente)
    assert (Releve.objects.count(), Enregistrement.objects.count()) == avant
    if ou == TILLEULS:
        assert "Déclarer une valeur" not in read(client, f"/preuves/{ou}/{INDICATEUR}/")


def test_la_declaration_d_un_autre_n_existe_pas(sign_in: SignIn) -> None:
    suite = declare(sign_in("demo-deleguee"))
    autre = sign_in("demo-sous-prefete")
    absente = autre.get("/declarations/releve-999999/").content
    reponse = autre.get(suite)
    assert (reponse.status_code, reponse.content) == (404, absente)
    for faux in ("releve-", "releve-²", "poste-1", "releve-1-2"):
        assert autre.get(f"/declarations/{faux}/").status_code == 404


def test_le_lendemain_l_annulation_n_est_plus_offerte(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quartiers.web import horloge
    from quartiers.web.pages import declaration

    client = sign_in("demo-deleguee")
    suite = declare(client)
    plus_tard = horloge.read_moment_de_saisie() + timedelta(minutes=31)
    monkeypatch.setattr(declaration, "read_moment_de_saisie", lambda: plus_tard)
    assert "annuler/" not in read(client, suite)


def test_un_refus_de_declarer_laisse_sa_ligne_et_rien_d_autre(sign_in: SignIn) -> None:
    """Of what is denied, which is named; and of what does not exist, of which the route alone is."""
    client = sign_in("demo-region")
    avant = (Releve.objects.count(), Ecriture.objects.count())
    client.post(ADRESSE, SAISIE)
    client.post(ADRESSE.replace(TILLEULS, "QC-RIEN"), SAISIE)
    refus = Acte.objects.filter(verbe="refus")
    region = User.objects.get(username="demo-region").pk
    assert [(acte.compte, acte.objet) for acte in refus] == [
        (region, f"declarer {TILLEULS}"),
        (region, "declarer"),
    ]
    assert (Releve.objects.count(), Ecriture.objects.count()) == avant


def test_ouvrir_une_piece_se_lit_au_journal(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    declare(client, preuve=make_photo())
    numero = Piece.objects.get().pk
    assert client.get(f"/pieces/{numero}/").status_code == 200
    (acte,) = Acte.objects.filter(verbe="lecture_de_piece")
    assert acte.detail == {"piece": numero}
