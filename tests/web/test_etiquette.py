"""The ETag: the same page is not sent twice, and nobody is told « unchanged » of what he may not open."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.test import Client

from quartiers.storage.models import Delegation, Mandat
from quartiers.usecases.importer import import_fichier
from quartiers.web.horloge import read_today
from tests.web.conftest import SAISI_LE, SignIn

TILLEULS = "/quartiers/QC-FICTIF-TILLEULS/"
CINQ_CHEMINS = "/quartiers/QC-FICTIF-CINQ-CHEMINS/"
VALEUR_NEUVE = "5,37"


def get_etag(client: Client, adresse: str = TILLEULS) -> str:
    """The ETag of a page that is sent."""
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    return str(reponse.headers["ETag"])


def ask(client: Client, etag: str, adresse: str = TILLEULS) -> int:
    """The answer to someone who holds that copy."""
    return client.get(adresse, headers={"If-None-Match": etag}).status_code


def test_the_same_page_is_not_sent_twice(sign_in: SignIn) -> None:
    client = sign_in("demo-prefet")
    etag = get_etag(client)
    assert ask(client, etag) == 304
    reponse = client.get(TILLEULS, headers={"If-None-Match": etag})
    assert reponse.content == b""
    assert reponse.headers["Cache-Control"] == "private, no-store"
    assert ask(client, 'W/"autre"') == 200


def test_other_dates_are_another_page(sign_in: SignIn) -> None:
    client = sign_in("demo-prefet")
    etags = {
        get_etag(client, TILLEULS + question)
        for question in ("", "?vu_le=2026-06-30", "?vu_le=2026-06-30&connu_le=2026-07-10")
    }
    assert len(etags) == 3
    assert all(ask(client, e, f"{TILLEULS}?vu_le=2026-05-01") == 200 for e in etags)


def test_new_data_change_every_page(sign_in: SignIn, tmp_path: Path) -> None:
    client = sign_in("demo-prefet")
    etag = get_etag(client)
    avant = client.get(TILLEULS).content.decode()
    fichier = tmp_path / "r.csv"
    fichier.write_text(
        "indicateur;territoire;date;valeur\n"
        "e06-a1-educateurs-etp;QC-FICTIF-TILLEULS;2026-11-20;5,37\n",
        encoding="utf-8",
    )
    import_fichier(
        genre="releves",
        chemin=fichier,
        connu_le=date(2026, 11, 23),
        saisi_le=datetime(2026, 11, 24, 13, tzinfo=ZoneInfo("Europe/Paris")),
    )
    assert ask(client, etag) == 200
    assert get_etag(client) != etag
    # The page opened before is not shown again: the new value is on it.
    apres = client.get(TILLEULS).content.decode()
    assert VALEUR_NEUVE in apres
    assert VALEUR_NEUVE not in avant


def test_a_copy_opens_nothing(sign_in: SignIn) -> None:
    """The ETag of one reader is not another's; `*` is no copy; a mandat taken back takes the page back."""
    prefet = sign_in("demo-prefet")
    beauregard = "/quartiers/QC-FICTIF-BEAUREGARD/"
    etag = get_etag(prefet, beauregard)
    deleguee = sign_in("demo-deleguee")
    assert ask(deleguee, etag, beauregard) == 404
    assert ask(deleguee, "*", beauregard) == ask(deleguee, "*", "/quartiers/QC-RIEN/") == 404
    siens = Mandat.objects.filter(compte=get_user_model().objects.get(username="demo-prefet"))
    siens.update(retire_le=SAISI_LE)
    assert ask(prefet, etag, beauregard) == 404


def test_a_delegation_changes_every_etag_of_who_receives_it_and_of_nobody_else(
    sign_in: SignIn,
) -> None:
    """It opens what the copy held does not show, and closes it again when it ends."""
    deleguee, commune = sign_in("demo-deleguee"), sign_in("demo-commune")
    avant, d_un_autre = get_etag(deleguee), get_etag(commune, CINQ_CHEMINS)
    assert deleguee.get(CINQ_CHEMINS).status_code == 404
    comptes = get_user_model().objects
    delegation = Delegation.objects.create(
        mandat=Mandat.objects.get(compte__username="demo-sous-prefete"),
        a=comptes.get(username="demo-deleguee"),
        du=read_today(),
        au=read_today(),
        donnee_le=SAISI_LE,
    )
    assert ask(deleguee, avant) == 200
    ouverte = get_etag(deleguee, CINQ_CHEMINS)
    assert ask(commune, d_un_autre, CINQ_CHEMINS) == 304
    delegation.revoquee_le = SAISI_LE
    delegation.save()
    assert ask(deleguee, ouverte, CINQ_CHEMINS) == 404
