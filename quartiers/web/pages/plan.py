"""Site map: every page by its name. Open to everybody; without an account, only the open pages are listed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from quartiers.web.adresses import get_adresse
from quartiers.web.consultation import list_territoires, open_vue
from quartiers.web.page import render_page, with_regard
from quartiers.web.regard import Regard


@require_safe
@login_not_required
@with_regard
def show_plan(request: HttpRequest, regard: Regard) -> HttpResponse:
    """The territoires are those that were given to the account, never a list of all."""
    territoires = []
    if request.user.is_authenticated:
        vue = open_vue(request, regard)
        territoires = [(t.nom, get_adresse(t, regard)) for t in list_territoires(request, vue)]
    return render_page(request, "web/plan.html", {"territoires": territoires}, regard=regard)
