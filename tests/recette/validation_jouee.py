"""On the base that its environment names: thirty lines judged on one page, one sent back, and who may judge none.

    python -m tests.recette.validation_jouee

Prints in JSON the gestures, the questions asked of the base, and the reason shown for each kind of self-validation.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import starmap
from typing import Any
from zoneinfo import ZoneInfo

from tests.recette.comptes_joues import Client, build_envoi, enter, get_compte, get_derniere
from tests.recette.formulaire_joue import FormulaireJoue

QUARTIER, INDICATEUR = "QC-FICTIF-TILLEULS", "e06-a1-educateurs-etp"
JOUR = date(2026, 11, 23)
MOMENT = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Paris"))
LIGNES = 30
ELLE, AUTRE = "demo-sous-prefete", "demo-deleguee"


def main() -> None:
    """All that the program asserts."""
    from quartiers.cli.base import setup_django

    setup_django()
    print(json.dumps({**judge_trente(), "raisons": dict(starmap(refuse, enumerate(NOMS)))}))


def judge_trente() -> dict[str, object]:
    """Thirty lines judged in one go, one of them sent back; the questions do not grow with the lines."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from quartiers.storage.models import Examen

    deleguee, juge = enter(AUTRE), enter(ELLE)
    empty_file(juge)
    avant = Counter(Examen.objects.values_list("resultat", flat=True))
    questions: list[int] = []

    def see(nombre: int) -> FormulaireJoue:
        """The page, with that many lines more."""
        for rang in range(nombre):
            declare(deleguee, JOUR - timedelta(days=1 + rang + nombre))
        juge.get("/valider/")
        with CaptureQueriesContext(connection) as requetes:
            page = FormulaireJoue(juge, "/valider/")
        questions.append(len(requetes))
        page.tick("reste", "toutes")
        return page

    assert see(1).send().status_code == 302
    page = see(LIGNES)
    cles = page.list_valeurs("ligne")
    page.tick(f"l-{cles[0]}", "renvoyer")
    page.choose(f"m-{cles[0]}", "preuve")
    assert page.send().status_code == 302
    jugees = Counter(Examen.objects.values_list("resultat", flat=True)) - avant
    return {
        "lignes": len(cles),
        "validees": jugees["valide"] - 1,
        "renvoyees": jugees["rejete"],
        "gestes": page.gestes,
        "questions": questions,
    }


def empty_file(juge: Client) -> None:
    """What waits in the demonstration is judged first: the page then shows one line, then thirty."""
    page = FormulaireJoue(juge, "/valider/")
    assert len(page.list_valeurs("ligne")) >= LIGNES
    page.tick("reste", "toutes")
    assert page.send().status_code == 302
    assert 'name="ligne"' not in juge.get("/valider/").content.decode()


def declare(client: Client, jour: date, valeur: str = "5") -> None:
    """One value."""
    adresse = f"/territoires/{QUARTIER}/declarer/{INDICATEUR}/"
    saisie = {"date": jour.isoformat(), "autre": valeur, "dix_fois": valeur}
    reponse = client.post(adresse, saisie)
    assert reponse.status_code == 302, reponse.content.decode()[:2000]


def write(qui: str, jour: date, valeur: str = "4", **autres: Any) -> int:
    """A row of a form, or of a file, by an account; gives its number."""
    from quartiers.storage.models import Ecriture
    from quartiers.usecases.declarer import build_contexte_tenu, build_table, declare_releve
    from quartiers.usecases.imports import releves
    from quartiers.usecases.preparer import Preparation, write_preparation

    importe, vu, pieces = (
        autres.pop(n, d) for n, d in (("importe", False), ("vu", None), ("pieces", ()))
    )
    textes = {
        "indicateur": INDICATEUR, "territoire": QUARTIER, "date": jour.isoformat(), "valeur": valeur, "source": "Essai",
    }  # fmt: skip
    envoi = build_envoi(qui, JOUR, **autres)
    if importe:
        envoi = replace(envoi, genre="releves", canal=Ecriture.Canal.IMPORT, fichier="essai.csv")
        table = build_table(textes)
        read = partial(releves.compare_releves, table, build_contexte_tenu, envoi)
        preparation = Preparation(releves, envoi, read)
        preparation.read_dehors()
        write_preparation(preparation)
    else:
        declare_releve(envoi=envoi, textes=textes, vu=vu, pieces=pieces)
    return get_derniere()


def prepare_declare(jour: date) -> int:
    return write(ELLE, jour)


def prepare_saisi(jour: date) -> int:
    return write(ELLE, jour, pour=get_compte(AUTRE).pk)


def prepare_au_nom(jour: date) -> int:
    return write(AUTRE, jour, pour=get_compte(ELLE).pk)


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
    """The sub-prefect lent a mandat to whoever declared the line (`lend`)."""
    return write(AUTRE, jour)


def prepare_deux_mandats(jour: date) -> int:
    """One person, two accounts (`join`): the other declared, this one may judge."""
    return write(AUTRE, jour)


def lend() -> None:
    """From now on, the sub-prefect's mandat is delegated."""
    from quartiers.storage.models import Delegation, Mandat

    mandat = Mandat.objects.get(compte=get_compte(ELLE))
    Delegation.objects.create(
        mandat=mandat, a=get_compte(AUTRE), du=JOUR, au=date(2099, 1, 1), donnee_le=MOMENT
    )


def join() -> None:
    """From now on, both accounts are one person's, whom nothing links to anybody."""
    from quartiers.storage.models import Delegation, Titulaire

    Delegation.objects.all().delete()
    personne = Titulaire.objects.get(pk=get_compte(ELLE).pk).personne
    Titulaire.objects.filter(pk=get_compte(AUTRE).pk).update(personne=personne)


D_ABORD = {"delegue": lend, "deux_mandats": join}
NOMS = (
    *("declare", "saisi", "au_nom", "importe", "corrige", "declare_avant", "prouve"),
    *("delegue", "deux_mandats"),
)


def refuse(rang: int, nom: str) -> tuple[str, str]:
    """The line is not offered, says why, and cannot be judged by who sends its name all the same."""
    from quartiers.storage.models import Examen

    juge = enter(ELLE)
    D_ABORD.get(nom, lambda: None)()
    avant = count_raisons(juge.get("/valider/").content.decode())
    numero = globals()[f"prepare_{nom}"](date(2026, 3, 1) + timedelta(days=rang))
    cle = f"releve-{numero}"
    page = juge.get("/valider/").content.decode()
    assert f'value="{cle}"' not in page, f"{nom} : la ligne est offerte"
    reponse = juge.post("/valider/", {"ligne": [cle], f"l-{cle}": "accepter"})
    assert reponse.status_code == 302, f"{nom} : {reponse.status_code}"
    assert not Examen.objects.filter(releve=numero).exists(), nom
    autre = enter("demo-prefet").get("/valider/").content.decode()
    assert f'value="{cle}"' in autre or nom == "deux_mandats", (
        f"{nom} : personne au département ne peut"
    )
    (raison,) = (count_raisons(page) - avant).elements()
    return nom, raison


def count_raisons(page: str) -> Counter[str]:
    """The reasons told of the lines that may not be judged."""
    return Counter(re.findall(r"</b>\u00a0: ([^<]+) <span", page))


if __name__ == "__main__":
    main()
