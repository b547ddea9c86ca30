"""`/.well-known/security.txt` (RFC 9116): whom to tell about a weakness."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from quartiers.web.horloge import read_today

VALIDITE = timedelta(days=180)


@require_safe
@login_not_required
def show_securite(request: HttpRequest) -> HttpResponse:
    """The contact is the legal page, which the host completes with its own address."""
    contact = request.build_absolute_uri(reverse("mentions") + "#securite")
    lignes = (
        f"Contact: {contact}",
        f"Expires: {read_today() + VALIDITE:%Y-%m-%d}T00:00:00Z",
        "Preferred-Languages: fr, en",
        f"Canonical: {request.build_absolute_uri(request.path)}",
    )
    return HttpResponse("\n".join(lignes) + "\n", content_type="text/plain; charset=utf-8")
