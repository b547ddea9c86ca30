"""The codes of a second factor, as an application on a phone works them out."""

from __future__ import annotations

import re
from base64 import b32decode
from typing import TYPE_CHECKING

from django_otp.oath import totp

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.test import Client

PAS_S = 30
"""A code serves once: the next one comes with its step."""
ADRESSE = "/compte/second-facteur/"
SECRET = re.compile(r'<code class="secret">([a-z2-7 ]+)</code>')
SECOURS = re.compile(r"<li><code>([a-z2-7 ]+)</code></li>")


def draw_code(cle: bytes, decalage: int = 0) -> str:
    """The six digits of now, or of so many steps away."""
    return f"{totp(cle, drift=decalage):06d}"


def read_code_de(compte: User, decalage: int = 0) -> str:
    """The code of an account, whatever the state of its factor."""
    from django_otp.plugins.otp_totp.models import TOTPDevice

    return draw_code(TOTPDevice.objects.get(user=compte).bin_key, decalage)


def read_cle(page: str) -> bytes:
    """The secret that a page shows to be typed."""
    (ecrit,) = SECRET.findall(page)
    secret = ecrit.replace(" ", "").upper()
    return b32decode(secret + "=" * (-len(secret) % 8))


def set_up(client: Client) -> tuple[bytes, list[str]]:
    """By the page, as its holder does: the secret, and the codes to keep on paper."""
    client.post(ADRESSE, {"geste": "preparer"})
    cle = read_cle(client.get(ADRESSE).content.decode())
    reponse = client.post(ADRESSE, {"geste": "confirmer", "code": draw_code(cle)})
    return cle, SECOURS.findall(reponse.content.decode())
