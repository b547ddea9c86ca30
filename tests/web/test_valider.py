"""« Valider » : thirty lines in three gestures, each return with its motive, nobody judges what passed by his hands."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from quartiers.storage.models import Examen, Releve
from tests.web.conftest import TILLEULS, SignIn, read

RIEN: Mapping[str, str] = {}
INDICATEURS = ("e06-a1-educateurs-etp", "e06-a2-adultes-relais")


def declare(client: Client, nombre: int = 1, **mots: str) -> None:
    """Values of one figure, each of its own day."""
    for rang in range(nombre):
        jour = f"2026-{10 - rang // 28:02}-{28 - rang % 28:02}"
        adresse = f"/territoires/{TILLEULS}/declarer/{INDICATEURS[0]}/"
        saisie = {"date": jour, "autre": "5", "dix_fois": "5", **mots}
        assert client.post(adresse, saisie).status_code == 302


def list_cles(page: str) -> list[str]:
    """The lines that the page shows."""
    return re.findall(r'name="ligne" value="([^"]+)"', page)


def send(
    client: Client, cles: list[str], choix: Mapping[str, str] = RIEN, statut: int = 302
) -> str:
    """The form of the queue, with some choices."""
    reponse = client.post("/valider/", {"ligne": cles, "reste": "plus_tard", **choix}, follow=False)
    assert reponse.status_code == statut, reponse.content.decode()
    return str(reponse.headers.get("Location", "") or reponse.content.decode())


def test_trente_lignes_en_trois_gestes(sign_in: SignIn) -> None:
    declare(sign_in("demo-deleguee"), 30)
    client = sign_in("demo-sous-prefete")
    page = read(client, "/valider/")
    cles = list_cles(page)
    assert len(cles) == 30
    suite = send(client, cles, {"reste": "toutes"})
    assert "30 validées" in read(client, suite)
    assert Examen.objects.filter(resultat="valide").count() == 30
    assert "Rien ne vous attend" in read(client, "/valider/")


def test_autant_de_requetes_pour_une_ligne_que_pour_trente(sign_in: SignIn) -> None:
    client = sign_in("demo-sous-prefete")
    combien = []
    for nombre, premier in ((1, "2026-11-02"), (30, "")):
        declare(sign_in("demo-deleguee"), nombre, **({"date": premier} if premier else {}))
        read(client, "/valider/")
        with CaptureQueriesContext(connection) as requetes:
            read(client, "/valider/")
        combien.append(len(requetes))
    assert combien[0] == combien[1]


def test_une_page_negligente_n_accepte_rien(sign_in: SignIn) -> None:
    declare(sign_in("demo-deleguee"), 2)
    client = sign_in("demo-sous-prefete")
    send(client, list_cles(read(client, "/valider/")))
    assert not Examen.objects.exists()


def test_la_ligne_l_emporte_sur_son_declarant_et_lui_sur_la_page(sign_in: SignIn) -> None:
    deleguee = sign_in("demo-deleguee")
    declare(deleguee, 3)
    client = sign_in("demo-sous-prefete")
    page = read(client, "/valider/")
    une, deux, _ = cles = list_cles(page)
    groupe = re.search(r'name="groupe" value="(\d+)"', page)
    assert groupe is not None
    choix = {f"l-{une}": "renvoyer", f"m-{une}": "date", f"l-{deux}": "plus_tard"}
    suite = send(client, cles, {"groupe": groupe[1], **choix})
    assert "1 validée, 1 renvoyée" in read(client, suite)
    assert sorted(Examen.objects.values_list("resultat", "motif")) == [
        ("rejete", "date"),
        ("valide", ""),
    ]
    assert list_cles(read(client, "/valider/")) == [deux]
    # Who declared reads the motive.
    assert "La date manque" in read(deleguee, f"/declarations/{une}/")


def test_seules_les_lignes_prouvees(sign_in: SignIn) -> None:
    declare(sign_in("demo-deleguee"), 2)
    declare(sign_in("demo-deleguee"), constate="oui", autre="6", date="2026-11-01")
    client = sign_in("demo-sous-prefete")
    send(client, list_cles(read(client, "/valider/")), {"reste": "prouvees"})
    (examen,) = Examen.objects.all()
    assert examen.releve.valeur == 6


def test_un_renvoi_sans_motif_garde_tous_les_choix(sign_in: SignIn) -> None:
    declare(sign_in("demo-deleguee"), 2)
    client = sign_in("demo-sous-prefete")
    une, deux = cles = list_cles(read(client, "/valider/"))
    choix = {f"l-{une}": "renvoyer", f"w-{une}": "7, non 5", f"l-{deux}": "accepter"}
    page = send(client, cles, choix, 422)
    assert "Rien n’est encore décidé" in page
    assert f'href="#m-{une}"' in page
    assert 'value="7, non 5"' in page
    assert page.count(" checked") == 3
    assert not Examen.objects.exists()


def test_ce_qui_a_bouge_reste_avec_sa_nouvelle_valeur(sign_in: SignIn) -> None:
    deleguee = sign_in("demo-deleguee")
    declare(deleguee)
    client = sign_in("demo-sous-prefete")
    (cle,) = cles = list_cles(read(client, "/valider/"))
    declare(deleguee, autre="6", vu=cle.removeprefix("releve-"))
    suite = send(client, cles, {"reste": "toutes"})
    page = read(client, suite)
    assert "a changé pendant votre lecture" in page
    assert list_cles(page) == [f"releve-{Releve.objects.latest('pk').pk}"]
    assert not Examen.objects.exists()


def test_on_ne_valide_pas_ce_que_l_on_a_declare(sign_in: SignIn) -> None:
    client = sign_in("demo-sous-prefete")
    declare(client)
    page = read(client, "/valider/")
    assert list_cles(page) == []
    assert "Vous l’avez déclarée." in page
    cle = f"releve-{Releve.objects.latest('pk').pk}"
    send(client, [cle, "releve-0" + cle.removeprefix("releve-")], {f"l-{cle}": "accepter"})
    assert not Examen.objects.exists()
    assert list_cles(read(sign_in("demo-prefet"), "/valider/")) == [cle]


@pytest.mark.parametrize("qui", ["demo-region", "demo-task-force"])
def test_qui_ne_juge_rien_ne_trouve_pas_la_page(sign_in: SignIn, qui: str) -> None:
    client = sign_in(qui)
    absente = client.get("/rien/").content
    for reponse in (
        client.get("/valider/"),
        client.post("/valider/"),
        client.post("/valider/1/annuler/"),
    ):
        assert (reponse.status_code, reponse.content) == (404, absente)


def test_revenir_sur_un_lot(sign_in: SignIn) -> None:
    declare(sign_in("demo-deleguee"), 2)
    client = sign_in("demo-sous-prefete")
    cles = list_cles(read(client, "/valider/"))
    suite = send(client, cles, {"reste": "toutes"})
    lien = re.search(r'action="(/valider/\d+/annuler/)"', read(client, suite))
    assert lien is not None
    sign_in("demo-prefet").post(lien[1])
    assert list_cles(read(client, "/valider/")) == []
    client.post(lien[1])
    assert list_cles(read(client, "/valider/")) == cles


def test_la_preuve_nomme_qui_a_dit_et_qui_a_valide_a_qui_peut_valider(sign_in: SignIn) -> None:
    """And keeps its file once judged: the row is the same."""
    figure = f"QC-FICTIF-FONTAINE/declarer/{INDICATEURS[0]}"
    saisie = {"date": "2026-11-23", "autre": "2", "constate": "oui"}
    assert sign_in("demo-deleguee").post(f"/territoires/{figure}/", saisie).status_code == 302
    client = sign_in("demo-sous-prefete")
    send(client, list_cles(read(client, "/valider/")), {"reste": "toutes"})
    adresse = f"/preuves/QC-FICTIF-FONTAINE/{INDICATEURS[0]}/"
    page = read(client, adresse)
    dit = re.search(r"déclaré par[^<]*", page)
    assert dit is not None
    assert "Déléguée du préfet à Saint-Aubert le 23" in dit[0], dit[0]
    assert "validé par Sous-préfète à la ville" in page
    assert "déclaration validée" in page
    assert "vu sur place" in page
    autre = read(sign_in("demo-region"), adresse)
    assert "Qui l’a dit" not in autre
    assert "Déléguée du préfet" not in autre
