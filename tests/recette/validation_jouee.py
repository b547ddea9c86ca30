"""On the base that its environment names: thirty lines judged on one page, one sent back, and who may judge none.

    python -m tests.recette.validation_jouee

Prints in JSON the gestures, the questions asked of the base, and the reason shown for each kind of self-validation.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

QUARTIER, INDICATEUR = "QC-FICTIF-TILLEULS", "e06-a1-educateurs-etp"
JOUR = date(2026, 11, 23)
MOMENT = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Paris"))
LIGNES = 30
Client = Any


def main() -> None:
    """All that the program asserts."""
    from quartiers.cli.base import setup_django

    setup_django()
    print(json.dumps({**judge_trente(), "raisons": dict(map(refuse, CAS))}))


def enter(nom: str) -> Client:
    """A client signed in as an account."""
    from django.contrib.auth import get_user_model
    from django.test import Client as Navigateur

    client = Navigateur(headers={"host": "localhost"})
    compte = get_user_model().objects.get(username=nom)
    client.force_login(compte, backend="django.contrib.auth.backends.ModelBackend")
    return client


def judge_trente() -> dict[str, object]:
    """Thirty lines accepted, one of them sent back after; the questions do not grow with the lines."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    deleguee, juge = enter("demo-deleguee"), enter("demo-sous-prefete")
    questions: list[int] = []
    cles: list[str] = []
    for nombre in (1, LIGNES):
        for rang in range(nombre):
            declare(deleguee, JOUR - timedelta(days=1 + rang + nombre))
        juge.get("/valider/")
        with CaptureQueriesContext(connection) as requetes:
            page = juge.get("/valider/").content.decode()
        questions.append(len(requetes))
        cles = re.findall(r'name="ligne" value="([^"]+)"', page)
        rendue, *reste = cles
        if nombre == 1:
            juge.post("/valider/", {"ligne": cles, "reste": "toutes"})
            continue
        # Gestures: choose « all », then « Valider ». Then of one more line: « Renvoyer », its motive, « Valider ».
        acceptees = juge.post("/valider/", {"ligne": reste, "reste": "toutes"})
        assert acceptees.status_code == 302, acceptees.content
        renvoi = {f"l-{rendue}": "renvoyer", f"m-{rendue}": "preuve"}
        assert juge.post("/valider/", {"ligne": [rendue], **renvoi}).status_code == 302
    from quartiers.storage.models import Examen

    return {
        "lignes": len(cles),
        "validees": Examen.objects.filter(resultat="valide").count() - 1,
        "renvoyees": Examen.objects.filter(resultat="rejete").count(),
        "gestes": 2 + 3,
        "questions": questions,
    }


def declare(client: Client, jour: date, valeur: str = "5") -> None:
    """One value."""
    adresse = f"/territoires/{QUARTIER}/declarer/{INDICATEUR}/"
    saisie = {"date": jour.isoformat(), "autre": valeur, "dix_fois": valeur}
    reponse = client.post(adresse, saisie)
    assert reponse.status_code == 302, reponse.content.decode()[:2000]


def build_envoi(qui: str, **autres: Any) -> Any:
    """A write of an account."""
    from django.contrib.auth import get_user_model

    from quartiers.usecases.ecrire import Envoi

    compte = get_user_model().objects.get(username=qui).pk
    return replace(Envoi("", "", "", None, JOUR, MOMENT, compte=compte), **autres)


def write(qui: str, jour: date, valeur: str = "4", **autres: Any) -> int:
    """A row of a form, or of a file, by an account; gives its number."""
    from quartiers.storage.models import Ecriture, Releve
    from quartiers.usecases.declarer import build_contexte_tenu, build_table, declare_releve
    from quartiers.usecases.imports import releves
    from quartiers.usecases.preparer import Preparation, write_preparation

    importe, vu, pieces = (
        autres.pop(n, d) for n, d in (("importe", False), ("vu", None), ("pieces", ()))
    )
    textes = {
        "indicateur": INDICATEUR, "territoire": QUARTIER, "date": jour.isoformat(), "valeur": valeur, "source": "Essai",
    }  # fmt: skip
    envoi = build_envoi(qui, **autres)
    if importe:
        envoi = replace(envoi, genre="releves", canal=Ecriture.Canal.IMPORT, fichier="essai.csv")
        table = build_table(textes)
        read = partial(releves.compare_releves, table, build_contexte_tenu, envoi)
        preparation = Preparation(releves, envoi, read)
        preparation.read_dehors()
        write_preparation(preparation)
    else:
        declare_releve(envoi=envoi, textes=textes, vu=vu, pieces=pieces)
    return int(Releve.objects.order_by("pk").values_list("pk", flat=True).last() or 0)


def get_compte(nom: str) -> int:
    """The number of an account."""
    from django.contrib.auth import get_user_model

    return int(get_user_model().objects.get(username=nom).pk)


ELLE, AUTRE = "demo-sous-prefete", "demo-deleguee"


def prepare_declare(jour: date) -> int:
    return write(ELLE, jour)


def prepare_saisi(jour: date) -> int:
    return write(ELLE, jour, pour=get_compte(AUTRE))


def prepare_au_nom(jour: date) -> int:
    return write(AUTRE, jour, pour=get_compte(ELLE))


def prepare_importe(jour: date) -> int:
    return write(ELLE, jour, importe=True)


def prepare_corrige(jour: date) -> int:
    premiere = write(AUTRE, jour)
    return write(ELLE, jour, "6", vu=premiere)


def prepare_declare_avant(jour: date) -> int:
    premiere = write(ELLE, jour)
    return write(AUTRE, jour, "6", vu=premiere)


def prepare_prouve(jour: date) -> int:
    from quartiers.pieces.piece import VuSurPlace

    premiere = write(AUTRE, jour)
    write(ELLE, jour, pieces=(VuSurPlace(),))
    return premiere


def prepare_delegue(jour: date) -> int:
    """The sub-prefect lent a mandat to whoever declared the line."""
    from quartiers.storage.models import Delegation, Mandat

    mandat = Mandat.objects.get(compte=get_compte(ELLE))
    Delegation.objects.create(
        mandat=mandat,
        a_id=get_compte(AUTRE),
        du=JOUR,
        au=date(2099, 1, 1),
        donnee_le=MOMENT,
    )
    return write(AUTRE, jour)


def prepare_deux_mandats(jour: date) -> int:
    """One person, two accounts: the other declared, this one may judge."""
    from quartiers.storage.models import Delegation, Titulaire

    Delegation.objects.all().delete()
    personne = Titulaire.objects.get(pk=get_compte(ELLE)).personne
    Titulaire.objects.filter(pk=get_compte(AUTRE)).update(personne=personne)
    return write(AUTRE, jour)


CAS = tuple(
    (nom, globals()[f"prepare_{nom}"], rang)
    for rang, nom in enumerate(
        (
            "declare",
            "saisi",
            "au_nom",
            "importe",
            "corrige",
            "declare_avant",
            "prouve",
            "delegue",
            "deux_mandats",
        )
    )
)


def refuse(cas: tuple[str, Any, int]) -> tuple[str, str]:
    """The line is not offered, says why, and cannot be judged by who sends its name all the same."""
    from quartiers.storage.models import Examen

    nom, prepare, rang = cas
    numero = prepare(date(2026, 3, 1) + timedelta(days=rang))
    cle = f"releve-{numero}"
    juge = enter(ELLE)
    page = juge.get("/valider/").content.decode()
    assert f'value="{cle}"' not in page, f"{nom} : la ligne est offerte"
    reponse = juge.post("/valider/", {"ligne": [cle], f"l-{cle}": "accepter"})
    assert reponse.status_code == 302, f"{nom} : {reponse.status_code}"
    assert not Examen.objects.filter(releve=numero).exists(), nom
    autre = enter("demo-prefet").get("/valider/").content.decode()
    assert f'value="{cle}"' in autre or nom == "deux_mandats", (
        f"{nom} : personne au département ne peut"
    )
    raisons = re.findall(r"</b>\u00a0: ([^<]+) <span", page)
    return nom, raisons[-1] if raisons else ""


if __name__ == "__main__":
    main()
