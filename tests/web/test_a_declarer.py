"""« À déclarer » : what was sent back first, then what blocks a promise, then what is stale or soon to be."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quartiers.core.composition import get_constat
from quartiers.core.constat import Constat
from quartiers.core.vue import Vue
from quartiers.storage.models import Releve
from quartiers.usecases.lister_a_dire import list_chiffres_dus
from quartiers.web.presentation.a_declarer import build_page_a_declarer
from tests.web.conftest import TILLEULS, SignIn, read
from tests.web.petit_monde import POSTES, build_dossier, build_vue

RENVOI = {"l": "renvoyer", "m": "date"}

FORME = re.compile(r'<a class="bouton[^"]*" href="(/territoires/[^"]+/declarer/[^"]+/)"')


def test_la_page_ne_nomme_que_les_quartiers_du_compte(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    page = read(client, "/a-declarer/")
    adresses = FORME.findall(page)
    assert adresses
    assert {adresse.split("/")[2] for adresse in adresses} <= {TILLEULS, "QC-FICTIF-FONTAINE"}
    assert all(client.get(adresse).status_code == 200 for adresse in adresses[:3])
    assert "Beauregard" not in page


def test_ce_qui_est_dit_quitte_la_liste(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    compte = re.compile(r"<b>(\d+)\schiffres? à dire")
    avant = read(client, "/a-declarer/")
    adresse = next(a for a in FORME.findall(avant) if 'name="valeur"' in read(client, a))
    reponse = client.post(adresse, {"date": "2026-11-23", "autre": "1", "dix_fois": "1"})
    assert reponse.status_code == 302
    apres = read(client, "/a-declarer/")
    assert int(compte.findall(apres)[0]) == int(compte.findall(avant)[0]) - 1
    assert adresse not in apres


def test_une_ligne_renvoyee_revient_en_tete_avec_son_motif(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    adresse = f"/territoires/{TILLEULS}/declarer/e06-a1-educateurs-etp/"
    client.post(adresse, {"date": "2026-11-23", "autre": "5"})
    cle = f"releve-{Releve.objects.latest('pk').pk}"
    juge = {f"l-{cle}": "renvoyer", f"m-{cle}": "preuve", f"w-{cle}": "le bordereau dit 4"}
    sign_in("demo-sous-prefete").post("/valider/", {"ligne": cle, **juge})
    page = read(client, "/a-declarer/")
    assert page.index("Renvoyées") < page.index("/declarer/")
    assert "La pièce ne prouve pas la valeur\u00a0: le bordereau dit 4" in page
    assert f"/declarations/{cle}/" in page
    # Said again, it is no more among them.
    vu = cle.removeprefix("releve-")
    client.post(adresse, {"date": "2026-11-23", "autre": "4", "vu": vu})
    assert "Renvoyées" not in read(client, "/a-declarer/")


def test_autant_de_questions_pour_une_ligne_renvoyee_que_pour_trois(sign_in: SignIn) -> None:
    client, juge = sign_in("demo-deleguee"), sign_in("demo-sous-prefete")
    poste = f"/territoires/{TILLEULS}/declarer/e06-a2-adultes-relais/poste/"
    adresse = f"/territoires/{TILLEULS}/declarer/e06-a1-educateurs-etp/"
    dit = {"situe": TILLEULS, "fonction": "adulte_relais", "employeur": "Canari (fictif)"}
    dit |= {"etp_finance": "1", "etp_pourvu": "1", "pourvu_depuis": "2026-11-02"}
    combien, page = [], ""
    for jours in (("20",), ("21", "22")):
        for jour in jours:
            client.post(adresse, {"date": f"2026-11-{jour}", "autre": "5", "dix_fois": "5"})
            client.post(poste, dit | {"le": f"2026-11-{jour}"})
        cles = re.findall(r'name="ligne" value="([^"]+)"', read(juge, "/valider/"))
        assert len(cles) == 2 * len(jours)
        choix = {f"{lettre}-{cle}": mot for cle in cles for lettre, mot in RENVOI.items()}
        assert juge.post("/valider/", {"ligne": cles, **choix}).status_code == 302
        read(client, "/a-declarer/")
        with CaptureQueriesContext(connection) as requetes:
            page = read(client, "/a-declarer/")
        combien.append(len(requetes))
    assert page.count("La date manque") == 6
    assert "employeur Canari (fictif)" in page
    assert combien[0] == combien[1]


def test_ce_qui_va_perimer_est_a_redire_un_mois_avant() -> None:
    """Not the day before that month begins."""
    constat = get_constat(build_vue(), POSTES, "QC-UN")
    assert isinstance(constat, Constat)
    assert constat.perime_le is not None
    montrees = []
    for avant in (31, 30, 1):
        jour = constat.perime_le - timedelta(days=avant)
        vue = Vue(build_dossier(), jour, jour)
        dus = list_chiffres_dus(vue, vue.territoires["QC-UN"])
        page = build_page_a_declarer(vue, [d for d in dus if d.constat.indicateur == POSTES])
        montrees.append([(g.titre, [t.verbe for t in g.montrees]) for g in page.groupes])
    assert montrees == [[], *[[("À redire dans les 30 jours", ["Redire"])]] * 2]


@pytest.mark.parametrize("qui", ["demo-prefet", "demo-region"])
def test_qui_ne_declare_rien_n_a_pas_la_page(sign_in: SignIn, qui: str) -> None:
    client = sign_in(qui)
    reponse = client.get("/a-declarer/")
    assert (reponse.status_code, reponse.content) == (404, client.get("/rien/").content)
    assert "À déclarer" not in read(client, "/mentions/")


def test_le_menu_dit_ce_que_le_compte_peut_faire(sign_in: SignIn) -> None:
    page = read(sign_in("demo-deleguee"), "/mentions/")
    assert all(f'href="{lien}"' in page for lien in ("/a-declarer/", "/valider/"))
    assert 'href="/comptes/"' not in page
