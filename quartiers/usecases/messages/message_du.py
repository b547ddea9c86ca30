"""A message that an account should receive now, and what it has been told already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User

from quartiers.core.temps import PARIS
from quartiers.storage.models import Annonce, Invitation, Message
from quartiers.usecases.interroger import split

MATIN = 7
"""Hour of Paris before which nobody is written to about what can wait for the morning."""


@dataclass(frozen=True, slots=True)
class MessageDu:
    """`choses`: the names of what it tells, each told once to an account. `lien`: the one that it gives, if any."""

    compte: User
    sorte: Message.Sorte
    choses: tuple[str, ...]
    objet: str
    texte: str
    lien: Invitation | None = None


def list_destinataires() -> Iterator[User]:
    """Open accounts that have an address, by number."""
    ouverts = User.objects.filter(is_active=True, titulaire__courriel__gt="").order_by("pk")
    yield from ouverts.select_related("titulaire").iterator()


def ask_chacun(find_du: Callable[[User], MessageDu | None]) -> Iterator[MessageDu]:
    """What is due to each of them, worked out when it is its turn."""
    dus = map(find_du, list_destinataires())
    return (du for du in dus if du is not None)


def list_dites(compte: User, sorte: Message.Sorte, noms: Iterable[str]) -> set[str]:
    """Those of some things that the account was told."""
    dites: set[str] = set()
    for lot in split(sorted(noms)):
        connues = Annonce.objects.filter(compte=compte, sorte=sorte, nom__in=lot)
        dites.update(connues.values_list("nom", flat=True))
    return dites


def find_dernier(compte: User, sorte: Message.Sorte) -> datetime | None:
    """When the account was last written to about that."""
    recus = Message.objects.filter(compte=compte, sorte=sorte).order_by("-pris_le")
    return recus.values_list("pris_le", flat=True).first()


def is_depuis(dernier: datetime | None, le: datetime, duree: timedelta) -> bool:
    """Nothing was said for that long."""
    return dernier is None or le - dernier >= duree


def is_matin_passe(le: datetime) -> bool:
    """The morning has come in Paris."""
    return le.astimezone(PARIS).hour >= MATIN
