"""« Contester » et « Trancher » : a figure contested by a mairie, answered, both values and both statuts shown."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from quartiers.storage.models import (
    Acte,
    Contestation,
    EtapeDeContestation,
    Examen,
    Piece,
    Releve,
)
from tests.pieces.fabrique import draw_image
from tests.web.conftest import TILLEULS, SignIn, read

ECLUSES = "QC-FICTIF-ECLUSES"
INDICATEUR = "e06-a2-adultes-relais"
PREUVE = f"/preuves/{ECLUSES}/{INDICATEUR}/"
CONTESTER = f"{PREUVE}contester/"
DIT = "Deux adultes-relais ont pris leur poste au centre social."
MOTS = {"motif": "incomplet", "dit": DIT, "valeur": "6", "date": "2026-11-02"}


def fold(page: str) -> str:
    """With plain blanks."""
    return page.replace("\u00a0", " ").replace("\u202f", " ")


def contest(client: Client, lieu: str = ECLUSES, **mots: object) -> int:
    """The number of the contest."""
    reponse = client.post(f"/preuves/{lieu}/{INDICATEUR}/contester/", {**MOTS, **mots})
    assert reponse.status_code == 302, reponse.content.decode()
    trouve = re.fullmatch(r"/contestations/(\d+)/", reponse.headers["Location"])
    assert trouve is not None
    return int(trouve[1])


def settle(client: Client, numero: int, suite: str, statut: int = 302, **mots: str) -> str:
    """The form as its page gives it, with a choice."""
    adresse = f"/contestations/{numero}/trancher/"
    page = read(client, adresse)
    vu = re.search(r'name="vu" value="([^"]*)"', page)
    assert vu is not None
    dits: Mapping[str, str] = {
        "vu": vu[1],
        "suite": suite,
        "reponse": "Les contrats font foi.",
        **mots,
    }
    reponse = client.post(adresse, dits)
    assert reponse.status_code == statut, reponse.content.decode()
    return str(reponse.content.decode())


def test_une_mairie_conteste_et_la_sous_prefete_retient_sa_valeur(sign_in: SignIn) -> None:
    mairie, juge = sign_in("demo-commune"), sign_in("demo-sous-prefete")
    avant = read(juge, PREUVE)
    assert "Contester" in avant
    numero = contest(mairie)
    pendant = read(juge, PREUVE)
    assert "(contesté" in pendant
    assert "Contesté depuis aujourd’hui par" in pendant
    assert "url(#hachures)" in pendant
    settle(juge, numero, "retenue")
    apres = read(juge, PREUVE)
    assert "(contesté" not in apres
    assert "Tranché le 23 novembre 2026 par" in fold(apres)
    assert "reste dans l’historique" in apres
    (examen,) = Examen.objects.filter(releve__isnull=False)
    assert examen.resultat == "valide"
    releve = Releve.objects.latest("pk")
    assert (releve.valeur, examen.releve_id) == (6, releve.pk)


def test_la_valeur_gardee_laisse_le_statut_et_les_deux_valeurs(sign_in: SignIn) -> None:
    mairie, juge = sign_in("demo-commune"), sign_in("demo-sous-prefete")
    numero = contest(mairie)
    avant = Releve.objects.count()
    settle(juge, numero, "gardee")
    page = fold(read(mairie, PREUVE))
    assert "la valeur reste 4 postes" in page
    assert "Proposée par Ville de Port-Lambert (fictif) : 6 postes au 2 novembre 2026." in page
    assert "(contesté" not in page
    assert Releve.objects.count() == avant
    assert "Les contrats font foi." in read(mairie, f"/contestations/{numero}/")


def test_une_autre_valeur_attend_une_seconde_personne(sign_in: SignIn) -> None:
    juge = sign_in("demo-sous-prefete")
    numero = contest(sign_in("demo-commune"))
    settle(juge, numero, "autre", valeur="5")
    releve = Releve.objects.latest("pk")
    assert (releve.valeur, str(releve.date)) == (5, "2026-11-02")
    assert not Examen.objects.filter(releve=releve).exists()
    assert "attend d’être validée" in fold(read(juge, PREUVE))
    assert f"releve-{releve.pk}" not in read(juge, "/valider/")
    assert f"releve-{releve.pk}" in read(sign_in("demo-prefet"), "/valider/")


def test_une_piece_demandee_arrete_le_delai_jusqu_a_la_reponse(sign_in: SignIn) -> None:
    mairie, juge = sign_in("demo-commune"), sign_in("demo-sous-prefete")
    numero = contest(mairie)
    settle(juge, numero, "piece", reponse="Quel centre social ?")
    a_faire = read(mairie, "/a-declarer/")
    assert "une pièce est demandée" in a_faire
    assert "Répondre" in a_faire
    page = read(mairie, f"/contestations/{numero}/")
    assert "Quel centre social ?" in page
    assert "le délai est arrêté" in page
    reponse = mairie.post(f"/contestations/{numero}/", {"reponse": "Celui des Écluses."})
    assert reponse.status_code == 302
    assert "Celui des Écluses." in read(juge, f"/contestations/{numero}/trancher/")
    # Nothing more is asked of her: the answer waits for nobody.
    assert mairie.post(f"/contestations/{numero}/", {"reponse": "Encore."}).status_code == 409
    assert EtapeDeContestation.objects.count() == 2


def test_un_autre_compte_de_l_organisme_repond_pour_lui(sign_in: SignIn) -> None:
    """The sous-préfète answers for the délégué, and decides no more; the préfet, who contests nothing, is asked nothing."""
    juge, prefet = sign_in("demo-sous-prefete"), sign_in("demo-prefet")
    numero = contest(sign_in("demo-deleguee"), lieu=TILLEULS)
    adresse = f"/contestations/{numero}/"
    settle(prefet, numero, "piece")
    assert "Répondre" not in read(prefet, adresse)
    assert prefet.post(adresse, {"reponse": "x"}).status_code == 404
    assert sign_in("demo-commune").post(adresse, {"reponse": "x"}).status_code == 404
    assert f'href="{adresse}"' in read(juge, "/a-declarer/")
    assert juge.post(adresse, {"reponse": "La voici."}).status_code == 302
    assert juge.get(f"{adresse}trancher/").status_code == 404
    settle(prefet, numero, "gardee")


def test_une_piece_jointe_prouve_la_valeur_retenue(sign_in: SignIn) -> None:
    mairie, juge = sign_in("demo-commune"), sign_in("demo-sous-prefete")
    photo = SimpleUploadedFile("effectifs.png", draw_image("PNG", (30, 20)), "image/png")
    numero = contest(mairie, preuve=photo)
    (soutien,) = Piece.objects.filter(contestation=numero)
    for qui, statut in (("demo-commune", 200), ("demo-prefet", 200), ("demo-operateur", 404)):
        assert sign_in(qui).get(f"/pieces/{soutien.pk}/").status_code == statut
    settle(juge, numero, "retenue")
    (preuve,) = Piece.objects.filter(releve=Releve.objects.latest("pk"))
    assert preuve.fichier_id == soutien.fichier_id


def test_sans_valeur_on_signale_seulement(sign_in: SignIn) -> None:
    juge = sign_in("demo-sous-prefete")
    numero = contest(sign_in("demo-commune"), valeur="", motif="double")
    assert Contestation.objects.get(pk=numero).jour is None
    page = read(juge, f"/contestations/{numero}/trancher/")
    assert "sans en proposer un autre" in page
    assert 'value="retenue"' not in page
    settle(juge, numero, "retenue", 422)


@pytest.mark.parametrize(
    ("mots", "dit"),
    [
        ({"motif": ""}, "choisissez ce qui ne va pas"),
        ({"motif": "parce que"}, "choisissez ce qui ne va pas"),
        ({"dit": " "}, "dites comment vous le savez"),
        ({"dit": "x" * 601}, "600 caractères au plus"),
        ({"valeur": "six"}, "six"),
        ({"date": ""}, "de quel jour"),
        ({"date": "2027-01-01"}, "2027"),
        ({"valeur": "-1"}, "valeur"),
    ],
)
def test_ce_qui_manque_est_dit_et_rien_n_est_perdu(
    sign_in: SignIn, mots: dict[str, str], dit: str
) -> None:
    reponse = sign_in("demo-commune").post(CONTESTER, {**MOTS, **mots})
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert dit in page
    assert "en-faute" in page
    assert not Contestation.objects.exists()


def test_un_organisme_n_attend_qu_une_reponse_par_chiffre(sign_in: SignIn) -> None:
    mairie = sign_in("demo-commune")
    numero = contest(mairie)
    reponse = mairie.post(CONTESTER, MOTS)
    assert reponse.status_code == 409
    assert f"/contestations/{numero}/" in reponse.content.decode()
    contest(sign_in("demo-operateur"))
    settle(sign_in("demo-prefet"), numero, "gardee")
    assert contest(mairie) != numero


@pytest.mark.parametrize("qui", ["demo-prefet", "demo-region", "demo-conseil-citoyen"])
def test_qui_ne_conteste_pas_n_en_trouve_pas_la_page(sign_in: SignIn, qui: str) -> None:
    client = sign_in(qui)
    absente = client.get("/rien/").content
    for reponse in (client.get(CONTESTER), client.post(CONTESTER, MOTS)):
        assert (reponse.status_code, reponse.content) == (404, absente)
    assert not Contestation.objects.exists()


@pytest.mark.parametrize(
    "qui", ["demo-commune", "demo-region", "demo-operateur", "demo-deleguee", "demo-association"]
)
def test_qui_ne_tranche_pas_la_ne_trouve_pas_la_page(sign_in: SignIn, qui: str) -> None:
    numero = contest(sign_in("demo-commune"))
    client = sign_in(qui)
    absente = client.get("/rien/").content
    adresse = f"/contestations/{numero}/trancher/"
    refus = Acte.objects.filter(verbe="refus").count()
    for reponse in (client.get(adresse), client.post(adresse, {"suite": "gardee", "reponse": "x"})):
        assert (reponse.status_code, reponse.content) == (404, absente)
    assert Acte.objects.filter(verbe="refus").count() == refus + 2
    assert not EtapeDeContestation.objects.exists()


def test_ni_qui_conteste_ni_qui_a_declare_ne_tranche(sign_in: SignIn) -> None:
    juge, prefet = sign_in("demo-sous-prefete"), sign_in("demo-prefet")
    saisie = {"date": "2026-11-03", "autre": "5"}
    declaree = juge.post(f"/territoires/{ECLUSES}/declarer/{INDICATEUR}/", saisie)
    assert declaree.status_code == 302
    numero = contest(sign_in("demo-commune"))
    assert juge.get(f"/contestations/{numero}/trancher/").status_code == 404
    file = read(juge, "/valider/")
    assert "Vous l’avez déclarée." in file
    assert f"/contestations/{numero}/trancher/" not in file
    assert f"/contestations/{numero}/trancher/" in read(prefet, "/valider/")
    settle(prefet, numero, "gardee")
    sienne = contest(juge)
    assert juge.get(f"/contestations/{sienne}/trancher/").status_code == 404
    assert "Vous l’avez contestée." in read(juge, "/valider/")


def test_deux_juges_ne_tranchent_pas_deux_fois(sign_in: SignIn) -> None:
    juge, prefet = sign_in("demo-sous-prefete"), sign_in("demo-prefet")
    numero = contest(sign_in("demo-commune"))
    adresse = f"/contestations/{numero}/trancher/"
    vu = re.search(r'name="vu" value="([^"]*)"', read(prefet, adresse))
    settle(juge, numero, "piece")
    assert vu is not None
    tard = prefet.post(adresse, {"suite": "retenue", "reponse": "Oui.", "vu": vu[1]})
    assert tard.status_code == 409
    assert "a bougé pendant votre lecture" in tard.content.decode()
    settle(prefet, numero, "gardee")
    assert juge.get(adresse).status_code == 302
    assert EtapeDeContestation.objects.count() == 2


def test_un_chiffre_derive_mene_a_l_enregistrement(sign_in: SignIn) -> None:
    """Its value is worked out: nothing is written in its place."""
    derive = "e03-a1-heures-ouverture"
    adresse = f"/preuves/{ECLUSES}/{derive}/contester/"
    reponse = sign_in("demo-commune").post(adresse, {**MOTS, "valeur": "20", "motif": "lieu"})
    assert reponse.status_code == 302, reponse.content.decode()
    juge = sign_in("demo-sous-prefete")
    numero = Contestation.objects.get().pk
    avant = Releve.objects.count()
    page = read(juge, f"/contestations/{numero}/trancher/")
    assert "retenir une valeur n’en écrit aucune" in page
    settle(juge, numero, "retenue")
    assert Releve.objects.count() == avant
    dit = fold(read(juge, f"/preuves/{ECLUSES}/{derive}/"))
    assert "à dire dans l’enregistrement" in dit


def test_les_fichiers_portent_le_drapeau(sign_in: SignIn) -> None:
    juge = sign_in("demo-prefet")
    contest(sign_in("demo-commune"))
    for forme, mot in (("json", '"conteste"'), ("csv", "Contesté, pas encore tranché.")):
        texte = juge.get(f"/territoires/{ECLUSES}/tableau.{forme}").content.decode("utf-8-sig")
        assert texte.count(mot) == 1, forme
    assert "contesté" in read(juge, f"/quartiers/{ECLUSES}/engagements/E06/")


def test_qui_ne_lit_pas_la_declaration_apprend_seulement_qu_on_conteste(sign_in: SignIn) -> None:
    numero = contest(sign_in("demo-deleguee"), lieu=TILLEULS)
    association = sign_in("demo-association")
    page = read(association, f"/preuves/{TILLEULS}/{INDICATEUR}/")
    assert "Contesté depuis aujourd’hui." in page
    assert "Préfecture" not in page
    assert "6" not in re.findall(r"Contesté depuis[^<]*", page)[0]
    assert association.get(f"/contestations/{numero}/").status_code == 404


def test_autant_de_requetes_pour_une_contestation_que_pour_trois(sign_in: SignIn) -> None:
    juge = sign_in("demo-sous-prefete")
    combien = []
    for qui in (("demo-commune",), ("demo-operateur", "demo-epci")):
        for compte in qui:
            contest(sign_in(compte))
        read(juge, "/valider/")
        with CaptureQueriesContext(connection) as requetes:
            read(juge, "/valider/")
        combien.append(len(requetes))
    assert combien[0] == combien[1]


def test_un_texte_qui_parle_d_une_personne_se_demande_avant_d_entrer(sign_in: SignIn) -> None:
    """Asked once, of who contests and of who answers; then shown to them alone."""
    commune, telephone = sign_in("demo-commune"), "06 12 34 56 78"
    saisie = MOTS | {"dit": f"Appelez au {telephone}."}
    page = commune.post(f"/preuves/{ECLUSES}/{INDICATEUR}/contester/", saisie)
    assert page.status_code == 422
    assert "un numéro de téléphone" in page.content.decode()
    confirmee = re.search(r'name="personnelles" value="([^"]+)"', page.content.decode())
    assert confirmee is not None
    numero = contest(commune, **(saisie | {"personnelles": confirmee[1]}))
    assert telephone in read(commune, f"/contestations/{numero}/")
    assert telephone in read(sign_in("demo-sous-prefete"), f"/contestations/{numero}/")
    autre = read(sign_in("demo-region"), f"/contestations/{numero}/")
    assert telephone not in autre
    assert "texte retenu" in autre
    assert telephone not in read(sign_in("demo-prefet"), f"/preuves/{ECLUSES}/{INDICATEUR}/")
