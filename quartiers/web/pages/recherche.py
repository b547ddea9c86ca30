"""Search: a territoire by its name, its commune or its code, among those that the account may open."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from quartiers.reports.presentation.nombre import count_tous
from quartiers.web.adresses import get_adresse
from quartiers.web.consultation import list_ouverts, open_vue
from quartiers.web.page import render_page, with_regard
from quartiers.web.presentation.recherche import find_territoires
from quartiers.web.regard import Regard


@require_safe
@with_regard
def show_recherche(request: HttpRequest, regard: Regard) -> HttpResponse:
    """`?q=`: nothing asked, nothing found and something found are one page."""
    vue = open_vue(request, regard)
    ouverts = list_ouverts(request, vue)
    page = find_territoires(
        request.GET.get("q", ""), vue, ouverts, partial(get_adresse, regard=regard)
    )
    contexte = {
        "page": page,
        "nombre_ouverts": count_tous(ouverts),
        "gardes": [("q", page.question)] if page.question else [],
    }
    return render_page(request, "web/recherche.html", contexte, regard=regard)
