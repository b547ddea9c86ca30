"""A mandat delegated from one's own account, and its end, from there and from « Comptes »."""

from __future__ import annotations

import re

from quartiers.storage.models import Delegation, Mandat
from quartiers.web.horloge import read_now, read_today
from tests.web.conftest import SignIn, read
from tests.web.test_comptes import get_compte, get_mandat


def test_deleguer_depuis_son_compte_et_y_mettre_fin(sign_in: SignIn) -> None:
    sous_prefete, deleguee = sign_in("demo-sous-prefete"), sign_in("demo-deleguee")
    cinq_chemins = "/quartiers/QC-FICTIF-CINQ-CHEMINS/"
    page = read(sous_prefete, "/compte/deleguer/")
    assert re.findall(r">([^<]+)</option>", page) == [
        "Sous-préfet à la ville, Val-de-Brume (fictif) (DEP-00)",
        "Choisir",
        "Préfet du Val-de-Brume",
        "Déléguée du préfet à Saint-Aubert",
    ]
    jour = read_today().isoformat()
    envoi = {
        "mandat": str(get_mandat("demo-sous-prefete").pk),
        "a": str(get_compte("demo-deleguee").pk),
        "du": jour,
        "au": jour,
    }
    refus = sous_prefete.post("/compte/deleguer/", envoi | {"au": "", "a": "é"})
    assert "2 points à reprendre" in refus.content.decode()
    d_autrui = envoi | {"mandat": str(get_mandat("demo-prefet").pk)}
    reponses = [
        sous_prefete.post("/compte/deleguer/", e) for e in (d_autrui, envoi | {"mandat": "0"})
    ]
    assert {r.status_code for r in reponses} == {404}
    assert len({r.content for r in reponses}) == 1
    assert deleguee.get(cinq_chemins).status_code == 404
    assert sous_prefete.post("/compte/deleguer/", envoi).headers["Location"] == "/compte/"
    assert deleguee.get(cinq_chemins).status_code == 200
    for client in (sous_prefete, deleguee):
        assert "Sous-préfète à la ville à Déléguée du préfet à Saint-Aubert" in read(
            client, "/compte/"
        )
    assert "Délégations" in read(sign_in("demo-prefet"), "/comptes/")
    numero = Delegation.objects.get().pk
    fin = f"/compte/delegations/{numero}/fin/"
    refus_404 = [sign_in("demo-region").post(a) for a in (fin, "/compte/delegations/99999/fin/")]
    assert {r.status_code for r in refus_404} == {404}
    assert len({r.content for r in refus_404}) == 1
    assert sous_prefete.get(fin).status_code == 405
    assert sign_in("demo-prefet").post(fin, {"comptes": "1"}).headers["Location"] == "/comptes/"
    assert deleguee.get(cinq_chemins).status_code == 404


def test_qui_ne_valide_rien_ne_delegue_rien(sign_in: SignIn) -> None:
    client = sign_in("demo-region")
    assert client.get("/compte/deleguer/").content == client.get("/rien/").content
    assert "Mes délégations" not in read(client, "/compte/")


def test_le_menu_ne_mene_qu_ou_l_on_peut_aller(sign_in: SignIn) -> None:
    """A delegation of who names does not name; who keeps the accounts has their page."""
    comptes = '<a href="/comptes/">Comptes</a>'
    deleguee = sign_in("demo-deleguee")
    Delegation.objects.create(
        mandat=get_mandat("demo-sous-prefete"),
        a=get_compte("demo-deleguee"),
        du=read_today(),
        au=read_today(),
        donnee_le=read_now(),
    )
    assert comptes not in read(deleguee, "/compte/")
    assert deleguee.get("/comptes/").status_code == 404
    assert comptes in read(sign_in("demo-sous-prefete"), "/compte/")
    Mandat.objects.filter(compte__username="demo-region").update(
        role="administrateur", territoire=""
    )
    admin = sign_in("demo-region")
    assert comptes in read(admin, "/compte/")
    assert admin.get("/comptes/").status_code == 200
