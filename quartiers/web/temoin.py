"""The cookie of a session, before anyone reads it: a key that Django never wrote is no key."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

CLE_DE_SESSION = re.compile(r"[a-z0-9]{32}")
"""As Django draws them (django.contrib.sessions)."""


class TemoinMiddleware:
    """Forget a session cookie of another shape: PostgreSQL fails on a NUL, that a quoted cookie can hold."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page of someone who holds no session."""
        cle = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        if cle is not None and not CLE_DE_SESSION.fullmatch(cle):
            del request.COOKIES[settings.SESSION_COOKIE_NAME]
        return self.get_response(request)
