"""« Transmettre » and its page: a preview that writes nothing, one gesture that repeats what was seen, its undoing."""

from __future__ import annotations

import re
from datetime import timedelta

from django.test import Client

from quartiers.storage.models import Mandat, Transmission
from quartiers.web.horloge import read_today
from tests.web.conftest import SignIn, read
from tests.web.test_comptes import BEAUREGARD, TILLEULS, get_compte, invite_aubry

_CHAMP = re.compile(r'name="(plan|a|le|acte)" value="([^"]*)"')


def read_plan(client: Client, adresse: str, a: int, le: str, acte: str = "arrêté 2026-131") -> str:
    """What would be done; nothing is written."""
    avant = list(Mandat.objects.values())
    reponse = client.get(adresse, {"a": str(a), "le": le, "acte": acte})
    assert reponse.status_code == 200
    assert list(Mandat.objects.values()) == avant
    assert not Transmission.objects.exists()
    return str(reponse.content.decode())


def test_prevoir_transmettre_annuler(sign_in: SignIn) -> None:
    prefet, deleguee = sign_in("demo-prefet"), sign_in("demo-deleguee")
    invite_aubry(prefet)
    aubry = Mandat.objects.get(territoire=BEAUREGARD).compte
    numero = get_compte("demo-deleguee").pk
    adresse = f"/comptes/{numero}/transmettre/"
    assert "Prévoir" in read(prefet, adresse)
    le = read_today() + timedelta(days=5)
    page = read_plan(prefet, adresse, aubry.pk, le.isoformat())
    assert "2 mandats changent de main" in page
    envoi = dict(_CHAMP.findall(page))
    assert "écrivez le jour" in read_plan(prefet, adresse, aubry.pk, "hier")
    assert "Acte qui nomme</a>" in read_plan(prefet, adresse, aubry.pk, le.isoformat(), "")
    premier = Mandat.objects.filter(compte=numero)[0]
    autre = get_compte("demo-sous-prefete")
    change = prefet.post(adresse, envoi | {f"a_{premier.pk}": str(autre.pk)})
    assert "n’est plus ce que vous avez vu" in change.content.decode()
    assert not Transmission.objects.exists()
    seconde = dict(_CHAMP.findall(change.content.decode()))
    assert seconde["plan"] != envoi["plan"], "le plan montré suit le choix"
    assert prefet.post(adresse, envoi).headers["Location"] == f"/comptes/{numero}/"
    assert deleguee.get(f"/quartiers/{TILLEULS}/").status_code == 200
    page = read(prefet, f"/comptes/{numero}/")
    assert "Transmis à Nadège Aubry" in page
    assert "Tout va à Nadège Aubry" in page
    faite = Transmission.objects.get()
    annuler = f"/comptes/transmissions/{faite.pk}/annuler/"
    etranger = sign_in("demo-commune")
    refus = [etranger.post(a) for a in (annuler, "/comptes/transmissions/99999/annuler/")]
    assert {r.status_code for r in refus} == {404}
    assert len({r.content for r in refus}) == 1
    assert prefet.post(annuler).headers["Location"] == f"/comptes/{numero}/"
    assert "est annulée" in read(prefet, f"/comptes/{numero}/")
    assert prefet.post(annuler).status_code == 404
    assert Mandat.objects.filter(compte=numero, au=None, retire_le=None).count() == 2


def test_le_jour_venu_la_premiere_session_ouverte_l_applique(sign_in: SignIn) -> None:
    """No clock runs beside the site: what is due is done before anybody enters."""
    prefet, deleguee = sign_in("demo-prefet"), sign_in("demo-deleguee")
    invite_aubry(prefet)
    aubry = Mandat.objects.get(territoire=BEAUREGARD).compte
    numero = get_compte("demo-deleguee").pk
    adresse = f"/comptes/{numero}/transmettre/"
    page = read_plan(prefet, adresse, aubry.pk, (read_today() + timedelta(days=5)).isoformat())
    prefet.post(adresse, dict(_CHAMP.findall(page)))
    hier = read_today() - timedelta(days=1)
    Transmission.objects.update(le=read_today())
    Mandat.objects.filter(compte=numero).update(au=hier)
    assert deleguee.get(f"/quartiers/{TILLEULS}/").status_code == 404, "le mandat, lui, a sa fin"
    assert Transmission.objects.get().appliquee_le is None
    sign_in("demo-region")
    assert Transmission.objects.get().appliquee_le is not None
    assert deleguee.get("/compte/").status_code == 302, "sa session s’est fermée"
