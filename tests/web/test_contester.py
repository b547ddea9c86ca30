"""« Contester » et « Trancher » : a figure contested by a mairie, answered, both values and both statuts shown."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.test import Client

from quartiers.storage.models import Examen, Releve
from tests.web.conftest import SignIn, read

ECLUSES = "QC-FICTIF-ECLUSES"
INDICATEUR = "e06-a2-adultes-relais"
PREUVE = f"/preuves/{ECLUSES}/{INDICATEUR}/"
CONTESTER = f"{PREUVE}contester/"
DIT = "Deux adultes-relais ont pris leur poste au centre social."
MOTS = {"motif": "incomplet", "dit": DIT, "valeur": "6", "date": "2026-11-02"}


def contest(client: Client, **mots: str) -> int:
    """The number of the contest."""
    reponse = client.post(CONTESTER, {**MOTS, **mots})
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
    assert "Tranché le 23 novembre 2026 par" in apres.replace("\u00a0", " ")
    assert "reste dans l’historique" in apres
    (examen,) = Examen.objects.filter(releve__isnull=False)
    assert examen.resultat == "valide"
    releve = Releve.objects.latest("pk")
    assert (releve.valeur, examen.releve_id) == (6, releve.pk)
