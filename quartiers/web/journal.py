"""What the pages tell the journal of acts: refusals, sign-ins, files that leave. Reading a page tells it nothing.

A page notes the refusal of what it denies; whatever is sent by somebody signed in and refused has its line, even when
no page noted it: that of what does not exist names its route alone. A refusal is written once its answer has been
sent: an answer that took the time of a write would tell a denied territoire from a missing one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from quartiers.storage.models import Acte
from quartiers.usecases.tenir_journal import write_acte_seul
from quartiers.web.horloge import read_now

NOTE = "_refus_note"
SANS_FACTEUR, PAS_A_SOI = "facteur", "pas_a_soi"
"""Why something was refused: for want of a second factor, because it is not for this account."""
REFUSES = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})
JOURNAL = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RefusNote:
    """What was refused to whom, until its line is written."""

    compte: int | None
    objet: str
    motif: str


def name_route(request: HttpRequest, *codes: str) -> str:
    """The name of a route, then codes that are known to exist: nothing that somebody typed, no link."""
    trouve = getattr(request, "resolver_match", None)
    return " ".join([trouve.url_name if trouve else "", *codes]).strip()


def get_numero(request: HttpRequest) -> int | None:
    """The number of the account that asks."""
    return request.user.pk if request.user.is_authenticated else None


def note_refus(request: HttpRequest, *codes: str, motif: str = "") -> None:
    """One line for this request, whatever else it is refused. `motif`: why, when the codes do not say it."""
    refus = RefusNote(get_numero(request), name_route(request, *codes), motif)
    request.__dict__.setdefault(NOTE, refus)


def write_export(request: HttpRequest, octets: int, *codes: str) -> None:
    """A file leaves: no line, no file."""
    objet = name_route(request, *codes)
    write_acte_seul(
        Acte.Verbe.EXPORT,
        le=read_now(),
        compte=get_numero(request),
        objet=objet,
        detail={"octets": octets},
    )


def connect_echecs() -> None:
    """Hear of each wrong sign-in, once."""
    user_login_failed.connect(_write_echec, dispatch_uid="journal.echec")


def _write_echec(
    sender: object,  # noqa: ARG001
    request: HttpRequest | None = None,
    compte: User | None = None,
    **_: Mapping[str, str],
) -> None:
    """What was typed is not kept. `compte`: whose password was right, when only the code was wrong."""
    if request is not None:
        numero = compte.pk if compte is not None else get_numero(request)
        objet = name_route(request)
        write_acte_seul(Acte.Verbe.REFUS, le=read_now(), compte=numero, objet=objet)


def is_envoi_refuse(request: HttpRequest, reponse: HttpResponseBase) -> bool:
    """Somebody signed in sent something to a page of the site, and nothing was done of it."""
    return (
        request.method == "POST"
        and reponse.status_code in REFUSES
        and request.resolver_match is not None
        and request.user.is_authenticated
    )


class JournalMiddleware:
    """Writes the refusal that a page noted, or that of what was sent, after its answer has been sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer as it is, and what is done when it is closed."""
        reponse = self.get_response(request)
        if is_envoi_refuse(request, reponse):
            note_refus(request)
        refus: RefusNote | None = request.__dict__.get(NOTE)
        if refus is not None:
            # What Django calls once the answer is sent.
            fermetures: list[Callable[[], None]] = vars(reponse)["_resource_closers"]
            fermetures.append(partial(_write_refus, refus))
        return reponse


def _write_refus(refus: RefusNote) -> None:
    """Django silences what fails when an answer is closed: it is told here."""
    try:
        write_acte_seul(
            Acte.Verbe.REFUS,
            le=read_now(),
            compte=refus.compte,
            objet=refus.objet,
            detail={"motif": refus.motif} if refus.motif else {},
        )
    except Exception:
        JOURNAL.exception("un refus n’a pas pu s’écrire au journal")
        raise
