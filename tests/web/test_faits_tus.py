"""A figure counts what its reader may not read, and says no word of it; what is refused leaves one line."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from quartiers.core.faits_tus import LIBELLE
from quartiers.storage.models import Acte, Enregistrement, Mandat
from tests.web.conftest import TILLEULS, SignIn, read
from tests.web.test_enregistrer import ADRESSE, INDICATEUR, record
from tests.web.test_piece import open_compte
from tests.web.test_valider import declare, list_cles, send

EMPLOYEUR = "Régie de quartier (fictif)"
PREUVE = f"/preuves/{TILLEULS}/{INDICATEUR}/"
AILLEURS = "QC-FICTIF-BEAUREGARD"


def list_dites(client: Client) -> tuple[bool, bool]:
    """Whether the proof names the post, and whether it silences something."""
    preuve = read(client, PREUVE)
    return Enregistrement.objects.latest("pk").objet in preuve, LIBELLE in preuve


@pytest.mark.parametrize(
    ("role", "organisme", "dites"),
    [
        ("association", "Une autre", (False, True)),
        ("association", "Régie", (True, True)),  # its own, and not the others
        ("operateur", "Une autre", (True, False)),
    ],
)
def test_une_association_ne_lit_que_les_siennes(
    sign_in: SignIn, role: str, organisme: str, dites: tuple[bool, bool]
) -> None:
    record(open_compte("association")[1])
    client = open_compte(role, organisme=organisme)[1]
    assert list_dites(client) == dites


def test_un_chiffre_de_la_nation_ne_dit_rien_des_autres_quartiers(sign_in: SignIn) -> None:
    deleguee = sign_in("demo-deleguee")
    cite = {
        "le": "2026-11-20", "situe": TILLEULS, "genre": "cite_educative", "debut": "2025-06-14", "signataire": EMPLOYEUR,
    }  # fmt: skip
    adresse = f"/territoires/{TILLEULS}/declarer/e01-a3-cite-educative/convention/"
    assert deleguee.post(adresse, cite).status_code == 302
    objet = Enregistrement.objects.latest("pk").objet
    ailleurs = open_compte("delegue", AILLEURS)[1]
    for client, code, dit in ((deleguee, TILLEULS, True), (ailleurs, AILLEURS, False)):
        assert (objet in read(client, f"/territoires/{code}/tableau.json")) is dit
        preuve = read(client, f"/preuves/{code}/e01-a3-cites-educatives-nation/")
        assert (objet in preuve) is dit


def test_qui_n_a_plus_de_mandat_ne_relit_pas_ce_qu_il_a_dit(sign_in: SignIn) -> None:
    compte, client = open_compte("association")
    suite = record(client)
    assert EMPLOYEUR in read(client, suite)
    Mandat.objects.filter(compte=compte).delete()
    reponse = client.get(suite)
    assert (reponse.status_code, reponse.content) == (404, client.get("/rien/").content)


def test_le_lot_d_un_autre_n_existe_pas_et_le_refus_a_sa_ligne(sign_in: SignIn) -> None:
    declare(sign_in("demo-deleguee"), 1)
    juge, prefet = sign_in("demo-sous-prefete"), sign_in("demo-prefet")
    suite = send(juge, list_cles(read(juge, "/valider/")), {"reste": "toutes"})
    lot = suite.rpartition("=")[2]
    avant = Acte.objects.count()
    recues = [prefet.post(f"/valider/{n}/annuler/") for n in (lot, "999999")]
    assert {r.status_code for r in recues} == {404}
    assert len({r.content for r in recues}) == 1
    numero = User.objects.get(username="demo-prefet").pk
    lignes = list(Acte.objects.values_list("verbe", "compte", "objet")[avant:])
    assert lignes == [("refus", numero, "annuler_lot")] * 2


def test_un_formulaire_sans_son_jeton_est_un_refus(sign_in: SignIn) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = sign_in("demo-deleguee").cookies
    avant = Acte.objects.count()
    assert client.post(ADRESSE, {}).status_code == 403
    assert Client(enforce_csrf_checks=True).post(ADRESSE, {}).status_code == 403
    assert Acte.objects.count() == avant + 1


def test_qui_juge_sans_pouvoir_ouvrir_une_piece_n_en_lit_pas_le_nom(sign_in: SignIn) -> None:
    from tests.pieces.gardees import PHOTO, declare_poste

    auteur = open_compte("epci", "EPCI-999000029")[0]
    juge = open_compte("epci", "EPCI-999000029")[1]
    declare_poste(
        PHOTO, territoires=(TILLEULS,), genre="poste", compte=auteur.pk, organisme="Régie"
    )
    page = read(juge, "/valider/")
    assert "photo" in page
    assert "affiche" not in page
