"""Official sources and their millésimes, from the journal of imports. Public data, for those with an account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from quartiers.sources import list_sources
from quartiers.usecases.lister_sources import list_chargements
from quartiers.web.page import render_page, with_regard
from quartiers.web.presentation.sources import build_sources
from quartiers.web.regard import Regard


@require_safe
@with_regard
def show_sources(request: HttpRequest, regard: Regard) -> HttpResponse:
    """Only official files are listed: a declared one may speak of territoires that the account cannot open."""
    sources = build_sources(list_sources(), list_chargements(regard.connu_le), regard.vu_le)
    return render_page(request, "web/sources.html", {"sources": sources}, regard=regard)
