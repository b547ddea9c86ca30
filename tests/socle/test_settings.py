"""Addresses of bases, the secret key, the headers, and what a host may get wrong."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from quartiers.entetes import EntetesMiddleware
from quartiers.settings import RACINE, is_on, parse_base


def test_sqlite_addresses() -> None:
    assert parse_base("sqlite:////srv/q.sqlite3")["NAME"] == "/srv/q.sqlite3"
    assert parse_base("sqlite:///var/q%20r.sqlite3")["NAME"] == str(Path.cwd() / "var/q r.sqlite3")


def test_postgresql_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUARTIERS_PG_RESERVE", raising=False)
    base = parse_base("postgresql://qui:m%40t@hote:5433/nom?sslmode=require")
    assert [base[c] for c in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "nom", "qui", "m@t", "hote", "5433",
    ]  # fmt: skip
    assert base["OPTIONS"] == {"application_name": "quartiers", "sslmode": "require"}
    prise = parse_base("postgresql://qui@/nom?host=/srv/prise")
    assert (prise["HOST"], prise["PORT"]) == ("/srv/prise", "")
    monkeypatch.setenv("QUARTIERS_PG_RESERVE", "5")
    assert parse_base("postgres://h/n")["OPTIONS"]["pool"]["max_size"] == 5


@pytest.mark.parametrize(
    "adresse", ["", "sqlite://", "sqlite:///", "mysql://h/b", "postgresql://h", "/srv/q.sqlite3"]
)
def test_another_address_is_refused(adresse: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="QUARTIERS_BASE"):
        parse_base(adresse)


def test_a_switch_is_0_or_1(monkeypatch: pytest.MonkeyPatch) -> None:
    for valeur, attendu in (("1", True), ("0", False), ("", False)):
        monkeypatch.setenv("QUARTIERS_ESSAI", valeur)
        assert is_on("QUARTIERS_ESSAI") is attendu
    monkeypatch.setenv("QUARTIERS_ESSAI", "oui")
    with pytest.raises(ImproperlyConfigured, match="QUARTIERS_ESSAI"):
        is_on("QUARTIERS_ESSAI")


def load(dossier: Path, question: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Load the settings in a fresh process with these variables, and print an expression."""
    propre = {nom: v for nom, v in os.environ.items() if not nom.startswith("QUARTIERS_")}
    env = {**propre, "QUARTIERS_VAR": str(dossier), "PYTHONPATH": str(RACINE), **variables}
    commande = [sys.executable, "-c", f"import quartiers.settings as s; print({question})"]
    return subprocess.run(commande, env=env, check=False, capture_output=True, text=True)


def test_the_secret_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    cles = {load(tmp_path, "s.SECRET_KEY").stdout for _ in range(2)}
    assert len(cles) == 1
    assert len(cles.pop().strip()) > 60
    assert stat.S_IMODE((tmp_path / "cle_secrete").stat().st_mode) == 0o600
    assert [f.name for f in tmp_path.iterdir()] == ["cle_secrete"]
    donnee = load(tmp_path / "autre", "s.SECRET_KEY", QUARTIERS_CLE_SECRETE="donnée")
    assert donnee.stdout.strip() == "donnée"
    assert not (tmp_path / "autre").exists()


def test_a_wildcard_host_is_refused(tmp_path: Path) -> None:
    refus = load(tmp_path, "1", QUARTIERS_HOTES="*")
    assert refus.returncode != 0
    assert "QUARTIERS_HOTES" in refus.stderr


def test_https_makes_cookies_host_bound(tmp_path: Path) -> None:
    question = "s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE"
    sortie = load(tmp_path, question, QUARTIERS_HTTPS="1").stdout
    assert sortie.strip() == "__Host-session __Host-csrf True"


@pytest.mark.base
def test_everything_is_closed_by_default() -> None:
    portes = [import_string(nom) for nom in settings.MIDDLEWARE]
    fermees = [p for p in portes if isinstance(p, type) and issubclass(p, LoginRequiredMiddleware)]
    assert len(fermees) == 1
    politique = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert politique["default-src"] == ["'self'"]
    assert not [v for valeurs in politique.values() for v in valeurs if "unsafe" in v]
    assert settings.DATABASES["default"].get("ATOMIC_REQUESTS", False) is False
    assert settings.USE_TZ is True


def get_cache_control(response: HttpResponse) -> str | None:
    return EntetesMiddleware(lambda _request: response)(HttpRequest()).headers.get("Cache-Control")


def test_a_private_page_is_never_stored() -> None:
    publique = HttpResponse(headers={"Cache-Control": "public, max-age=60"})
    assert get_cache_control(publique) == "public, max-age=60"
    personnelle = HttpResponse(headers={"Cache-Control": "public", "Vary": "Cookie, Accept"})
    assert get_cache_control(personnelle) == "private, no-store"
    avec_cookie = HttpResponse()
    avec_cookie.set_cookie("session", "x")
    assert get_cache_control(avec_cookie) == "private, no-store"
    assert get_cache_control(HttpResponse()) is None


def test_maps_have_no_background_unless_one_host_is_named(tmp_path: Path) -> None:
    question = "s.TUILES, s.CONTENT_SECURITY_POLICY['DIRECTIVES'].get('img-src')"
    assert load(tmp_path, question).stdout.strip() == "None"
    adresse = "https://cartes.exemple.fr/{z}/{x}/{y}.png"
    sortie = load(tmp_path, question, QUARTIERS_TUILES=adresse).stdout
    assert sortie.split(" ", 1)[0] == adresse
    assert sortie.split(" ", 1)[1].strip() == str(["'self'", "data:", "https://cartes.exemple.fr"])


@pytest.mark.parametrize(
    "adresse",
    [
        "http://cartes.exemple.fr/{z}/{x}/{y}.png",
        "https://cartes.exemple.fr/tuiles.png",
        "https://*/{z}/{x}/{y}.png",
        "https://a.fr; script-src *//{z}/{x}/{y}",
        "/tuiles/{z}/{x}/{y}.png",
    ],
)
def test_a_bad_address_of_tiles_is_refused(tmp_path: Path, adresse: str) -> None:
    refus = load(tmp_path, "1", QUARTIERS_TUILES=adresse)
    assert refus.returncode != 0
    assert "QUARTIERS_TUILES" in refus.stderr


COURRIEL = {
    "QUARTIERS_EXPEDITEUR": "quartiers@exemple.fr",
    "QUARTIERS_ADRESSE": "https://quartiers.exemple.fr/",
}


@pytest.mark.parametrize(
    ("smtp", "attendu"),
    [
        ("smtps://nom%40a:mot%3A@courriel.fr", "courriel.fr 465 nom@a mot: True False"),
        ("smtp+starttls://courriel.fr/", "courriel.fr 587   False True"),
        ("smtp://127.0.0.1:2525", "127.0.0.1 2525   False False"),
    ],
)
def test_the_mail_server_is_one_address(tmp_path: Path, smtp: str, attendu: str) -> None:
    question = (
        "s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_HOST_USER, s.EMAIL_HOST_PASSWORD, s.EMAIL_USE_SSL, "
        "s.EMAIL_USE_TLS, s.SMTP.site, s.DEFAULT_FROM_EMAIL"
    )
    sortie = load(tmp_path, question, QUARTIERS_SMTP=smtp, **COURRIEL).stdout.strip()
    assert sortie == f"{attendu} https://quartiers.exemple.fr quartiers@exemple.fr"


def test_without_a_mail_server_there_is_none(tmp_path: Path) -> None:
    assert load(tmp_path, "s.SMTP").stdout.strip() == "None"


@pytest.mark.parametrize(
    ("variable", "valeur"),
    [
        ("QUARTIERS_SMTP", "courriel.fr:25"),
        ("QUARTIERS_SMTP", "smtp://courriel.fr:port"),
        ("QUARTIERS_SMTP", "smtp://courriel.fr/boite"),
        ("QUARTIERS_EXPEDITEUR", ""),
        ("QUARTIERS_EXPEDITEUR", "Moi <moi@exemple.fr>"),
        ("QUARTIERS_ADRESSE", ""),
        ("QUARTIERS_ADRESSE", "http://quartiers.exemple.fr"),
        ("QUARTIERS_ADRESSE", "https://quartiers.exemple.fr/site"),
    ],
)
def test_a_bad_mail_setting_is_refused(tmp_path: Path, variable: str, valeur: str) -> None:
    dits = {"QUARTIERS_SMTP": "smtp://courriel.fr", **COURRIEL, variable: valeur}
    refus = load(tmp_path, "1", **dits)
    assert refus.returncode != 0
    assert variable in refus.stderr
