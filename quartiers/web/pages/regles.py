"""How statuts are computed, in one page: the ten states, the words that go with them, every rule."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from quartiers.web.page import render_page, with_regard
from quartiers.web.presentation.regles import ETATS, LIBELLES_D_ENGAGEMENT
from quartiers.web.regard import Regard
from quartiers.web.regles_ecrites import load_regles


@require_safe
@with_regard
def show_regles(request: HttpRequest, regard: Regard) -> HttpResponse:
    """A page of words, the same for all; it keeps the dates for the way back."""
    contexte = {"etats": ETATS, "libelles": LIBELLES_D_ENGAGEMENT, "regles": load_regles()}
    return render_page(request, "web/regles.html", contexte, regard=regard)
