"""The page « Journal » : whose acts a reader sees, in what words, and nothing of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from quartiers.core.temps import PARIS
from quartiers.storage.models import Acte, Mandat
from quartiers.usecases.creer_compte import create_compte
from quartiers.usecases.lire_journal import PAR_PAGE, ROUTES_DES_COMPTES, VERBES_DES_COMPTES
from quartiers.usecases.tenir_journal import write_acte
from quartiers.web.presentation.journal import GESTES, REFUSES
from tests.web.conftest import SignIn, read

LE = datetime(2026, 11, 30, 9, 5, tzinfo=PARIS)
Verbe = Acte.Verbe
TILLEULS, BEAUREGARD = "QC-FICTIF-TILLEULS", "QC-FICTIF-BEAUREGARD"
LIGNE = re.compile(
    r"<li><time>(.*?)</time><span>(.*?)</span><span class=\"no\">n°\u00a0(\d+)</span></li>",
    re.DOTALL,
)


@pytest.fixture(autouse=True)
def horloge() -> Iterator[None]:
    """One day, for all."""
    with time_machine.travel(LE, tick=False):
        yield


def get_numero(identifiant: str) -> int:
    """The number of an account."""
    return User.objects.get(username=identifiant).pk


def list_dits(client: Client, question: str = "") -> list[str]:
    """The lines of the page, in words."""
    lignes = LIGNE.findall(read(client, f"/journal/{question}"))
    return [re.sub("<.*?>", "", dit) for _, dit, _ in lignes]


def open_administrateur() -> Client:
    """Who holds the accounts and sees no content."""
    compte = create_compte(identifiant="tient", mot_de_passe=None, role="administrateur")
    client = Client()
    client.force_login(compte, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize(
    "compte", ["demo-deleguee", "demo-commune", "demo-region", "demo-task-force"]
)
def test_qui_ne_le_lit_pas_ne_le_trouve_pas(sign_in: SignIn, compte: str) -> None:
    client = sign_in(compte)
    assert client.get("/journal/").content == client.get("/rien/").content
    assert client.get("/journal/").status_code == 404
    assert "/journal/" not in read(client, "/compte/")


@pytest.mark.parametrize("compte", ["demo-prefet", "demo-sous-prefete"])
def test_le_prefet_lit_les_actes_des_comptes_de_ses_territoires(
    sign_in: SignIn, compte: str
) -> None:
    commune, force = get_numero("demo-commune"), get_numero("demo-task-force")
    write_acte(Verbe.EXPORT, le=LE, compte=commune, objet=f"exporter {TILLEULS} csv")
    write_acte(Verbe.REFUS, le=LE, compte=commune, objet="territoire FR")
    write_acte(Verbe.EXPORT, le=LE, compte=force, objet="exporter FR csv")
    write_acte(Verbe.REFUS, le=LE, objet="connexion")
    client = sign_in(compte)
    assert 'href="/journal/"' in read(client, "/compte/")
    dits = list_dits(client, f"?qui={commune}&du=2026-11-30")
    assert dits[:2] == [
        "Refus. Commune de Port-Lambert a demandé un autre territoire, qui n’est pas dans ses territoires.",
        "Commune de Port-Lambert a emporté le tableau de «\u00a0Les Tilleuls\u00a0» (CSV).",
    ]
    page = read(client, "/journal/")
    assert "Task force" not in page
    assert "un mot de passe était faux" not in page
    assert client.get(f"/journal/?qui={force}").status_code == 400


def test_qui_y_tenait_un_mandat_s_y_lit_encore_et_un_compte_ferme_n_a_qu_un_numero(
    sign_in: SignIn,
) -> None:
    partie = create_compte(
        identifiant="partie", mot_de_passe=None, role="delegue", territoires=(TILLEULS,), nom="Mme Partie",
        au=LE.date() - timedelta(days=3),
    )  # fmt: skip
    write_acte(Verbe.FERMETURE, le=LE, vise=partie.pk, objet="fermer")
    client = sign_in("demo-prefet")
    assert "Fermeture d’un compte, Mme Partie." in list_dits(client)
    User.objects.filter(pk=partie.pk).update(is_active=False)
    assert f"Fermeture d’un compte, Compte fermé n°\u00a0{partie.pk}." in list_dits(client)
    assert "Mme Partie" not in read(client, "/journal/")
    Mandat.objects.filter(compte=partie).update(du=LE.date() + timedelta(days=1), au=None)
    assert not any("Fermeture" in dit for dit in list_dits(client)), "nothing was given yet"


def test_l_administrateur_lit_les_comptes_et_aucun_contenu(sign_in: SignIn) -> None:
    client = open_administrateur()
    commune = get_numero("demo-commune")
    for verbe in Verbe:
        for route in (*ROUTES_DES_COMPTES, f"quartier {TILLEULS}"):
            write_acte(verbe, le=LE, compte=commune, objet=route)
    page = read(client, f"/journal/?du=2026-11-30&qui={commune}")
    assert "Tilleuls" not in page
    assert TILLEULS not in page
    montres = [int(numero) for _, _, numero in LIGNE.findall(page)]
    lus = Acte.objects.filter(numero__in=montres)
    assert {acte.verbe for acte in lus} == {*VERBES_DES_COMPTES, Verbe.REFUS}
    assert {a.objet for a in lus if a.verbe == Verbe.REFUS} == set(ROUTES_DES_COMPTES)


def test_la_phrase_et_le_filtre(sign_in: SignIn) -> None:
    client = sign_in("demo-prefet")
    commune = get_numero("demo-commune")
    avant = LE - timedelta(days=20)
    for rang in range(3):
        write_acte(
            Verbe.CONNEXION, le=avant + timedelta(days=rang), compte=commune, objet="connexion"
        )
    write_acte(
        Verbe.REFUS, le=avant, compte=get_numero("demo-deleguee"), objet=f"quartier {BEAUREGARD}"
    )
    periode = "du=2026-11-10&au=2026-11-12"
    assert "4 actes en 3 jours, par 2 comptes. 1 refus." in read(client, f"/journal/?{periode}")
    assert "1 acte en 3 jours, par 1 compte. 1 refus." in read(
        client, f"/journal/?{periode}&quoi=refus"
    )
    assert "3 actes en 3 jours, par 1 compte. Aucun refus." in read(
        client, f"/journal/?{periode}&qui={commune}"
    )
    assert "Aucun acte du 1er\u00a0janvier 2026 au 2\u00a0janvier 2026." in read(
        client, "/journal/?du=2026-01-01&au=2026-01-02"
    )
    page = read(client, f"/journal/?{periode}")
    assert [h for h in re.findall("<h2>(.*?)</h2>", page)] == [  # noqa: C416 -- said in the order of the numbers
        "Mardi 10\u00a0novembre 2026", "Jeudi 12\u00a0novembre 2026", "Mercredi 11\u00a0novembre 2026",
        "Mardi 10\u00a0novembre 2026",
    ]  # fmt: skip
    assert "9\u00a0h\u00a005" in page


@pytest.mark.parametrize(
    "question",
    [
        "du=2026-02-30",
        "au=hier",
        "du=2026-11-30&au=2026-11-01",
        "quoi=rien",
        "qui=999999",
        "qui=x",
        "avant=-1",
        "avant=" + "9" * 30,
        "qui=٣",
    ],
)
def test_un_filtre_qui_ne_se_lit_pas_est_dit(sign_in: SignIn, question: str) -> None:
    client = sign_in("demo-prefet")
    page = read(client, f"/journal/?{question}", 400)
    assert "Filtre laissé de côté" in page


def test_cinquante_a_la_fois_et_toujours_autant_de_questions(
    sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Session, account, state, mandats; comptes of the territoires, their names, the sums, the lines, the head."""
    client = sign_in("demo-prefet")
    commune = get_numero("demo-commune")
    for _ in range(3):
        client.get("/journal/")
    write_acte(Verbe.DROITS, le=LE - timedelta(days=300), compte=commune)
    avec = 9
    question = f"?qui={commune}&quoi=export"
    with django_assert_num_queries(avec):
        client.get(f"/journal/{question}")
    for rang in range(2 * PAR_PAGE + 1):
        write_acte(
            Verbe.EXPORT,
            le=LE,
            compte=commune,
            objet=f"exporter {TILLEULS} csv",
            detail={"octets": rang},
        )
    vus: list[int] = []
    pages = 0
    while question:
        with django_assert_num_queries(avec):
            page = client.get(f"/journal/{question}").content.decode()
        vus += [int(numero) for _, _, numero in LIGNE.findall(page)]
        suite = re.search(r'href="(\?[^"]*avant=[^"]*)"', page)
        question = suite[1].replace("&amp;", "&") if suite else ""
        pages += 1
    assert pages == 3
    assert vus == sorted(vus, reverse=True)
    assert len(set(vus)) == 2 * PAR_PAGE + 1


def test_lire_le_journal_n_ecrit_rien_et_ne_se_garde_pas(sign_in: SignIn) -> None:
    client = sign_in("demo-prefet")
    avant = Acte.objects.count()
    reponse = client.get("/journal/")
    assert Acte.objects.count() == avant
    assert "no-store" in reponse.headers["Cache-Control"]
    assert client.post("/journal/").status_code == 405


def test_chaque_geste_ecrit_a_ses_mots(sign_in: SignIn) -> None:
    """What the product writes today; a verb that has no words yet says its name."""
    ecrits = {
        ("connexion", "invitation"), ("deconnexion", "deconnexion"), ("droits", "creer"), ("invitation", "inviter"),
        ("invitation", "entrer"), ("mot_de_passe", "changer"), ("second_facteur", "mettre"),
        ("second_facteur", "renouveler"), ("second_facteur", "retirer"), ("fermeture", "fermer"),
        ("droits", "nommer"), ("droits", "changer_mandat"), ("droits", "mettre_fin"), ("droits", "deleguer"),
        ("droits", "finir_delegation"), ("droits", "transmettre"), ("droits", "annuler_transmission"),
        ("droits", "appliquer_transmission"), ("invitation", "revoquer"), ("droits", "identite"), ("droits", "courriel"),
    }  # fmt: skip
    assert set(GESTES) == ecrits
    assert set(REFUSES) == set(ROUTES_DES_COMPTES)
    client, prefet = sign_in("demo-prefet"), get_numero("demo-prefet")
    commune = get_numero("demo-commune")
    for verbe, geste in sorted(ecrits):
        sien, par, sur = GESTES[verbe, geste]
        for mots, compte, vise in (
            (sien, commune, None),
            (par, prefet, commune),
            (sur, None, commune),
        ):
            if mots:
                write_acte(
                    Verbe(verbe),
                    le=LE,
                    compte=compte,
                    vise=vise,
                    objet=geste,
                    detail={"role": "commune"},
                )
    write_acte(Verbe.VALIDATION, le=LE, compte=commune, objet="valider")
    dits = list_dits(client, f"?qui={commune}")
    assert dits[0] == "Commune de Port-Lambert Validation."
    assert "Préfet du Val-de-Brume a ouvert le compte de Commune de Port-Lambert, Commune." in dits
    assert "Second facteur retiré à Commune de Port-Lambert." in dits
    assert "Commune de Port-Lambert a changé ses codes de secours." in dits
    assert not any("{" in dit for dit in dits)


@pytest.mark.parametrize(
    ("motif", "dit"), [("facteur", "sans second facteur"), ("pas_a_soi", "pas à son compte")]
)
def test_un_refus_dit_son_motif(sign_in: SignIn, motif: str, dit: str) -> None:
    client, commune = sign_in("demo-prefet"), get_numero("demo-commune")
    for objet in ("valider", f"enregistrer {TILLEULS}"):
        write_acte(Verbe.REFUS, le=LE, compte=commune, objet=objet, detail={"motif": motif})
    assert [dit in ligne for ligne in list_dits(client, f"?qui={commune}&quoi=refus")] == [True] * 2


def test_un_jugement_se_dit_avec_ses_nombres(sign_in: SignIn) -> None:
    client, commune = sign_in("demo-prefet"), get_numero("demo-commune")
    ecrits: tuple[tuple[Verbe, str, dict[str, Any]], ...] = (
        (Verbe.VALIDATION, "examiner", {"valide": 3, "rejete": 1}),
        (Verbe.VALIDATION, "annuler", {"soumis": 2}),
        (Verbe.LECTURE_DE_PIECE, "piece 12", {"piece": 12}),
    )
    for verbe, objet, detail in ecrits:
        write_acte(verbe, le=LE, compte=commune, objet=objet, detail=detail)
    assert list_dits(client, f"?qui={commune}")[:3] == [
        "Commune de Port-Lambert a ouvert une pièce.",
        "Commune de Port-Lambert est revenu sur ses décisions\u00a0: 2 remises en attente.",
        "Commune de Port-Lambert a jugé des déclarations\u00a0: 3 validées, 1 renvoyée.",
    ]
