"""How statuts are computed, in one page: the ten states in the order in which they are decided."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from quartiers.web.page import render_page, with_regard
from quartiers.web.presentation.regles import ETATS, LIBELLES_D_ENGAGEMENT
from quartiers.web.regard import Regard


@require_safe
@with_regard
def show_regles(request: HttpRequest, regard: Regard) -> HttpResponse:
    """A page of words, the same for all; it keeps the dates for the way back."""
    contexte = {"etats": ETATS, "libelles": LIBELLES_D_ENGAGEMENT}
    return render_page(request, "web/regles.html", contexte, regard=regard)
