"""The mail server that the host names, and how messages name the site: refused rather than guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
ICI = frozenset({"localhost", "127.0.0.1"})
"""The only names whose links may go without HTTPS."""


@dataclass(frozen=True, slots=True)
class Smtp:
    """Where messages are given, from whom, and `site`: the address that their links begin with, without its last bar."""

    hote: str
    port: int
    compte: str
    mot: str
    is_chiffre: bool
    is_starttls: bool
    expediteur: str
    site: str


def read_smtp(environnement: Mapping[str, str]) -> Smtp | None:
    """From QUARTIERS_SMTP, QUARTIERS_EXPEDITEUR and QUARTIERS_ADRESSE; None without the first.

    Raises ImproperlyConfigured.
    """
    texte = environnement.get("QUARTIERS_SMTP", "").strip()
    if not texte:
        return None
    morceaux = urlsplit(texte)
    try:
        port = morceaux.port
    except ValueError:
        port = 0
    if (
        morceaux.scheme not in PORTS
        or not morceaux.hostname
        or morceaux.path not in {"", "/"}
        or port == 0
    ):
        msg = "QUARTIERS_SMTP : écrire smtps://, smtp+starttls:// ou smtp://, puis [compte:mot@]hôte[:port]."
        raise ImproperlyConfigured(msg)
    return Smtp(
        hote=morceaux.hostname,
        port=port or PORTS[morceaux.scheme],
        compte=unquote(morceaux.username or ""),
        mot=unquote(morceaux.password or ""),
        is_chiffre=morceaux.scheme == "smtps",
        is_starttls=morceaux.scheme == "smtp+starttls",
        expediteur=read_expediteur(environnement.get("QUARTIERS_EXPEDITEUR", "").strip()),
        site=read_site(environnement.get("QUARTIERS_ADRESSE", "").strip()),
    )


def read_expediteur(texte: str) -> str:
    """Whom messages come from. Raises ImproperlyConfigured."""
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", texte):
        msg = f"QUARTIERS_EXPEDITEUR vaut « {texte} » : écrire une adresse, comme quartiers@exemple.fr."
        raise ImproperlyConfigured(msg)
    return texte


def read_site(texte: str) -> str:
    """Its links open accounts: HTTPS, but on this machine. Raises ImproperlyConfigured."""
    adresse = urlsplit(texte.rstrip("/"))
    schemas = {"https", "http"} if adresse.hostname in ICI else {"https"}
    if not adresse.hostname or adresse.scheme not in schemas or adresse.path or adresse.query:
        msg = f"QUARTIERS_ADRESSE vaut « {texte} » : écrire https://hôte, rien derrière."
        raise ImproperlyConfigured(msg)
    return texte.rstrip("/")
