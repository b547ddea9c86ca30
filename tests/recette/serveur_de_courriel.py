"""A true mail server on this machine, and servers that misbehave: one that hangs, one that refuses, one that is slow."""

from __future__ import annotations

import asyncio
import email
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller

ICI = "127.0.0.1"


@dataclass(slots=True)
class Boite:
    """What arrives. `refus`: the answer to each recipient instead; `lenteur`: seconds taken before each answer to a text."""

    refus: str = ""
    lenteur: float = 0.0
    recus: list[Message] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 -- the name that the library calls
        self, _serveur: Any, _session: Any, enveloppe: Any, adresse: str, _options: list[str]
    ) -> str:
        """One recipient."""
        if self.refus:
            return self.refus
        enveloppe.rcpt_tos.append(adresse)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 -- same reason
        self, _serveur: Any, _session: Any, enveloppe: Any
    ) -> str:
        """One message."""
        await asyncio.sleep(self.lenteur)
        self.recus.append(email.message_from_bytes(enveloppe.content))
        return "250 OK"


@contextmanager
def serve(boite: Boite) -> Iterator[int]:
    """Gives its port."""
    serveur = Controller(boite, hostname=ICI, port=find_port())
    serveur.start()
    try:
        yield serveur.port
    finally:
        serveur.stop()


@contextmanager
def hang() -> Iterator[int]:
    """A port where a connection is taken and nothing is ever said."""
    with socket.socket() as prise:
        prise.bind((ICI, 0))
        prise.listen()
        yield prise.getsockname()[1]


def find_port() -> int:
    """One that nobody listens to."""
    with socket.socket() as prise:
        prise.bind((ICI, 0))
        return int(prise.getsockname()[1])


def read_texte(message: Message) -> str:
    """Its subject and its text, unbreakable spaces as others."""
    sujet = str(email.header.make_header(email.header.decode_header(message["Subject"])))
    corps = message.get_payload(decode=True)
    assert isinstance(corps, bytes)
    return f"{sujet}\n{corps.decode()}".replace("\u00a0", " ").replace("\u202f", " ")


def measure(geste: Any) -> tuple[Any, float]:
    """What it gives, and its seconds."""
    debut = time.monotonic()
    return geste(), time.monotonic() - debut
