"""Accessibility statement: what was checked, what was not. Open to everybody."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from quartiers.web.page import render_page


@require_safe
@login_not_required
def show_accessibilite(request: HttpRequest) -> HttpResponse:
    """A page of words."""
    return render_page(request, "web/accessibilite.html", {})
