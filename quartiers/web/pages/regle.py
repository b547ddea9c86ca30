"""One rule with its examples, each checked at every change of the product."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from quartiers.web.page import render_page, with_regard
from quartiers.web.regard import Regard
from quartiers.web.regles_ecrites import load_regles


@require_safe
@with_regard
def show_regle(request: HttpRequest, regard: Regard, theme: str) -> HttpResponse:
    """The rule asked for, and the one after it."""
    themes = load_regles().themes
    codes = [ecrit.code for ecrit in themes]
    if theme not in codes:
        raise Http404
    rang = codes.index(theme)
    contexte = {
        "theme": themes[rang],
        "suivant": themes[rang + 1] if rang + 1 < len(themes) else None,
    }
    return render_page(request, "web/regle.html", contexte, regard=regard)
