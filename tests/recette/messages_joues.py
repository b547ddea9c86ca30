"""On the base that its environment names: every kind of message, given to a mail server of this machine.

    python -m tests.recette.messages_joues

Prints in JSON the text of each, and how many arrive when thirty lines are judged, when the server hangs, refuses, is
slow, when two commands run at once.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.recette.comptes_joues import build_envoi, enter, get_compte, get_derniere
from tests.recette.serveur_de_courriel import ICI, Boite, find_port, hang, read_texte, serve

ELLE, JUGE, AUTRE, NEUF = "demo-deleguee", "demo-sous-prefete", "demo-prefet", "demo-operateur"
COMMUNE, CONTESTE = "demo-commune", "QC-FICTIF-ECLUSES/e06-a2-adultes-relais"
QUARTIER, INDICATEUR = "QC-FICTIF-TILLEULS", "e06-a1-educateurs-etp"
JOUR, UN_JOUR = date(2026, 11, 23), timedelta(days=1)
SITE = "https://quartiers.exemple.fr"
LIGNES = 30
TEMOIN = "Mot tapé par quelqu’un"
SECONDES = 1
SUJETS = {
    "bientôt": "a_redire",
    "à valider": "a_valider",
    "examinée": "examen",
    "compte": "invitation",
}
Envoyer = Callable[[datetime], Any]


def main() -> None:
    """All that the program asserts."""
    from quartiers.cli.base import setup_django

    setup_django()
    for nom in (ELLE, JUGE):
        give_adresse(nom)
    boite = Boite()
    with serve(boite) as port:
        send(port, at(JOUR, 6))  # what the demonstration has decided these days
        del boite.recus[:]
        textes = play_sortes(boite, port)
        entre_temps = play_entre_temps(boite, port)
        pannes, saisies = play_pannes(), 2
        boite.recus.clear()
        send(port, at(JOUR + 2 * UN_JOUR, 9))
        apres = count_sorte(boite, "a_valider")
        refuses = play_refus(boite, port)
        lents = play_lenteur(boite, port)
        a_deux = play_a_deux(boite, port)
        textes["a_redire"] = play_a_redire(boite, port)
        textes["contestation"] = play_contestation(boite, port)
    tous = "\n".join(texte for lot in textes.values() for texte in lot)
    print(
        json.dumps(
            {
                "textes": textes,
                "trente": sum(ELLE in texte.splitlines()[0] for texte in textes["examen"]),
                "entre_temps": entre_temps,
                "fuites": [mot for mot in (TEMOIN, *list_noms()) if mot in tous],
                "pannes": pannes,
                "saisies": saisies,
                "apres_panne": apres,
                "refuses": refuses,
                "lents": lents,
                "a_deux": a_deux,
            }
        )
    )


def give_adresse(nom: str) -> Any:
    """To an account, which it gives."""
    from quartiers.storage.models import Titulaire

    compte = get_compte(nom)
    dit = {"courriel": f"{nom}@exemple.fr"}
    Titulaire.objects.update_or_create(
        pk=compte.pk, defaults=dit, create_defaults=dit | {"personne": compte.pk}
    )
    return compte


def at(jour: date, heure: int, minute: int = 0) -> datetime:
    """A moment of a day, in Paris."""
    return datetime(jour.year, jour.month, jour.day, heure, minute, tzinfo=ZoneInfo("Europe/Paris"))


def send(port: int, le: datetime) -> Any:
    """What the command does at that moment, by Django's own SMTP."""
    from django.core.mail import get_connection

    from quartiers.usecases.messages.boite_d_envoi import BoiteDEnvoi
    from quartiers.usecases.messages.envoyer import send_messages

    connexion = get_connection(
        "django.core.mail.backends.smtp.EmailBackend", host=ICI, port=port, timeout=SECONDES
    )
    return send_messages(le=le, adresse=SITE, boite=BoiteDEnvoi(connexion))


def declare(le: datetime, rang: int) -> int:
    """One value of the past, by the déléguée; gives its row."""
    from quartiers.usecases.declarer import declare_releve

    textes = {
        "indicateur": INDICATEUR, "territoire": QUARTIER, "valeur": str(2 + rang % 3), "source": "Essai",
        "date": (JOUR - timedelta(days=400 + rang)).isoformat(), "commentaire": TEMOIN,
    }  # fmt: skip
    declare_releve(envoi=replace(build_envoi(ELLE, JOUR), saisi_le=le), textes=textes)
    return get_derniere()


def judge(rangees: list[int], le: datetime, qui: str = JUGE, renvoyee: int = 0) -> None:
    """One lot, a line of it sent back."""
    from quartiers.core.enregistrement import Validation
    from quartiers.usecases.acces import list_mandats, open_droits
    from quartiers.usecases.charger_dossier import load_savoir
    from quartiers.usecases.examiner import ChoixDeLigne, examine
    from quartiers.usecases.lister_attentes import RELEVE, Cle

    compte = get_compte(qui)
    droits = open_droits(compte, list_mandats(compte, JOUR), JOUR, load_savoir().actuels)
    choix = [
        ChoixDeLigne(Cle(RELEVE, pk), Validation.REJETE, "autre", TEMOIN)
        if pk == renvoyee
        else ChoixDeLigne(Cle(RELEVE, pk), Validation.VALIDE)
        for pk in rangees
    ]
    examine(envoi=replace(build_envoi(qui, JOUR), saisi_le=le), choix=choix, droits=droits)


def play_sortes(boite: Boite, port: int) -> dict[str, list[str]]:
    """Thirty lines judged, an account invited: one message of each kind, and none a minute later."""
    from quartiers.usecases.inviter import invite

    rangees = [declare(at(JOUR, 8), rang) for rang in range(LIGNES)]
    judge(rangees, at(JOUR, 8, 50), renvoyee=rangees[3])
    invite(compte=give_adresse(NEUF), le=at(JOUR, 9))
    for minute in (25, 26):
        send(port, at(JOUR, 9, minute))
    textes: dict[str, list[str]] = {}
    for message in boite.recus:
        texte = read_texte(message)
        sorte = next(s for mot, s in SUJETS.items() if mot in texte.splitlines()[0])
        textes.setdefault(sorte, []).append(f"À : {message['To']}\n{texte}")
    return textes


def play_entre_temps(boite: Boite, port: int) -> int:
    """A line said and judged before the next morning: nobody is told that it waits."""
    boite.recus.clear()
    judge([declare(at(JOUR, 10), 40)], at(JOUR, 10, 20), AUTRE)
    send(port, at(JOUR + UN_JOUR, 9))
    return count_sorte(boite, "a_valider")


def count_sorte(boite: Boite, sorte: str) -> int:
    """How many messages of a kind arrived."""
    sujets = Counter(
        next(s for mot, s in SUJETS.items() if mot in read_texte(m).splitlines()[0])
        for m in boite.recus
    )
    return sujets[sorte]


def play_pannes() -> int:
    """A server that hangs, one that is closed: entries go on meanwhile, and the command says why it stopped."""
    from django.db import connection

    le = at(JOUR + 2 * UN_JOUR, 8)

    def try_send(port: int) -> Any:
        try:
            return send(port, le)
        finally:
            connection.close()

    pannes = 0
    with hang() as muet, ThreadPoolExecutor(1) as fil:
        for rang, port in enumerate((muet, find_port())):
            attendue = fil.submit(try_send, port)
            avant = get_derniere()
            assert declare(le - timedelta(hours=1), 50 + rang) > avant
            assert port != muet or not attendue.done(), "la saisie a attendu le courriel"
            pannes += bool(attendue.result().panne)
    return pannes


def play_refus(boite: Boite, port: int) -> list[int]:
    """An address that does not exist is kept as such, and not tried again."""
    from quartiers.storage.models import Message

    jour = JOUR + 3 * UN_JOUR
    declare(at(jour, 7), 60)
    boite.refus = "550 5.1.1 no such user"
    siens = Message.objects.filter(sorte="a_valider", etat="refuse", compte__username=JUGE)
    refuses = []
    for minute in (0, 5):
        avant = siens.count()
        assert send(port, at(jour, 9, minute)).partis == 0
        refuses.append(siens.count() - avant)
    boite.refus = ""
    return refuses


def play_lenteur(boite: Boite, port: int) -> list[int]:
    """Slower than usual, within what is waited for: once."""
    jour = JOUR + 4 * UN_JOUR
    declare(at(jour, 7), 61)
    boite.lenteur = SECONDES / 2
    partis = []
    for minute in (0, 5):
        boite.recus.clear()
        send(port, at(jour, 9, minute))
        partis.append(count_sorte(boite, "a_valider"))
    boite.lenteur = 0.0
    return partis


def play_a_deux(boite: Boite, port: int) -> int:
    """Two commands at the same moment."""
    from django.db import connection

    jour = JOUR + 5 * UN_JOUR
    declare(at(jour, 7), 62)
    boite.recus.clear()

    def one() -> None:
        try:
            send(port, at(jour, 9))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as fils:
        for attendue in [fils.submit(one) for _ in range(2)]:
            attendue.result()
    return count_sorte(boite, "a_valider")


def play_a_redire(boite: Boite, port: int) -> list[str]:
    """The first day when a figure of the déléguée is soon to be said again, and the eight days after."""
    from quartiers.usecases.messages.a_redire import ChiffresProches
    from quartiers.usecases.messages.droits_du_compte import read_droits

    jours = (JOUR + n * UN_JOUR for n in range(400))
    compte = get_compte(ELLE)
    jour = next(j for j in jours if list(ChiffresProches(j).list(read_droits(compte, j))))
    boite.recus.clear()
    for n in (0, 1, 8):
        send(port, at(jour + n * UN_JOUR, 9))
    siens = [m for m in boite.recus if m["To"] == f"{ELLE}@exemple.fr"]
    textes = [f"À : {m['To']}\n{t}" for m in siens if "bientôt" in (t := read_texte(m))]
    lieux = [
        texte.split(" : ", 1)[0] for texte in "\n".join(textes).splitlines() if "avant le" in texte
    ]
    assert len(lieux) == len(set(lieux)), lieux
    return textes[:1]


def play_contestation(boite: Boite, port: int) -> list[str]:
    """The commune contests a figure, the sous-préfète answers; told once."""
    from quartiers.web.horloge import read_moment_de_saisie

    commune, juge = enter(COMMUNE), enter(JUGE)
    give_adresse(COMMUNE)
    dite = {"motif": "incomplet", "dit": TEMOIN, "valeur": "6", "date": JOUR.isoformat()}
    page = commune.post(f"/preuves/{CONTESTE}/contester/", dite).headers["Location"]
    vu = re.search(r'name="vu" value="([^"]*)"', juge.get(f"{page}trancher/").content.decode())
    assert vu is not None
    reponse = {"vu": vu[1], "suite": "gardee", "reponse": TEMOIN}
    assert juge.post(f"{page}trancher/", reponse).status_code == 302
    boite.recus.clear()
    for minute in (1, 6):
        send(port, read_moment_de_saisie() + timedelta(minutes=minute))
    siens = [m for m in boite.recus if m["To"] == f"{COMMUNE}@exemple.fr"]
    return [f"À : {m['To']}\n{t}" for m in siens if "contestation" in (t := read_texte(m))]


def list_noms() -> list[str]:
    """Of the holders of the accounts."""
    from django.contrib.auth import get_user_model

    return [compte.get_full_name() for compte in get_user_model().objects.exclude(last_name="")]


if __name__ == "__main__":
    main()
