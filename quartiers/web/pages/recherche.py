"""Search: a territoire by its name, its commune or its code, among those that the account may open."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from quartiers.reports.presentation.nombre import count_tous
from quartiers.usecases import acces
from quartiers.web.adresses import get_adresse
from quartiers.web.consultation import open_vue
from quartiers.web.horloge import read_today
from quartiers.web.page import render_page, with_regard
from quartiers.web.presentation.recherche import find_territoires
from quartiers.web.regard import Regard


@require_safe
@with_regard
def show_recherche(request: HttpRequest, regard: Regard) -> HttpResponse:
    """`?q=`: nothing asked, nothing found and something found are one page."""
    vue = open_vue(regard)
    ouverts = acces.list_territoires(request.user, vue.territoires, read_today())
    page = find_territoires(
        request.GET.get("q", ""), vue, ouverts, partial(get_adresse, regard=regard)
    )
    contexte = {"page": page, "nombre_ouverts": count_tous(ouverts)}
    return render_page(request, "web/recherche.html", contexte, regard=regard)
