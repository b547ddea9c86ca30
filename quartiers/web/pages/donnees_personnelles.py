"""Personal data: what is kept of an account, for how long, and what is never kept. Open to everybody."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from quartiers.core.dire import say_valeur
from quartiers.web.page import render_page


@require_safe
@login_not_required
def show_donnees_personnelles(request: HttpRequest) -> HttpResponse:
    """A page of words; the length of a session is the one that is set."""
    heures = settings.SESSION_COOKIE_AGE // 3600
    return render_page(
        request, "web/donnees_personnelles.html", {"heures": say_valeur(heures, "heures")}
    )
