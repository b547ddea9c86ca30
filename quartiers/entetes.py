"""Headers that no library of ours sets: every answer, errors and static files included."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import has_vary_header

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class EntetesMiddleware:
    """Refuse the powers of the browser we never use, and keep private pages out of shared caches.

    A page that looked at the session (`Vary: Cookie`) or sets a cookie belongs to one person: a
    proxy that stored it would show it to another. A view that sets its own Cache-Control keeps it
    unless the page is private.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if response.cookies or has_vary_header(response, "Cookie"):
            response.headers["Cache-Control"] = "private, no-store"
        return response
