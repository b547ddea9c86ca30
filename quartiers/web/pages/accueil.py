"""Home: straight to the territoire of the account, or the list when it has several."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from quartiers.reports.presentation.departement import write_communes
from quartiers.web.adresses import get_adresse
from quartiers.web.consultation import list_territoires, open_vue
from quartiers.web.page import render_page, with_regard
from quartiers.web.regard import Regard


@require_safe
@with_regard
def show_accueil(request: HttpRequest, regard: Regard) -> HttpResponse:
    """One territoire: its page. Several: choose. None: say it."""
    vue = open_vue(request, regard)
    territoires = list_territoires(request, vue)
    if len(territoires) == 1:
        return HttpResponseRedirect(get_adresse(territoires[0], regard))
    choix = [
        (t.nom, write_communes(t, vue.territoires), get_adresse(t, regard)) for t in territoires
    ]
    return render_page(request, "web/accueil.html", {"choix": choix}, regard=regard)
