"""« Ce que j'ai à déclarer, pour quand »: what was sent back, then what is due in the quartiers of the account."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quartiers.core.droits import Verbe, has_verbe
from quartiers.usecases.garder_brouillon import list_brouillons
from quartiers.usecases.lister_a_dire import list_a_dire
from quartiers.usecases.lister_contestations import list_siennes
from quartiers.usecases.relire_declaration import list_renvoyees
from quartiers.web.consultation import get_droits, open_vue
from quartiers.web.horloge import read_moment_de_saisie
from quartiers.web.page import render_page
from quartiers.web.presentation.a_declarer import build_page_a_declarer
from quartiers.web.presentation.contestations_listees import show_siennes
from quartiers.web.presentation.declaration import write_dit
from quartiers.web.regard import Regard


@never_cache
@require_safe
def show_a_declarer(request: HttpRequest) -> HttpResponse:
    """The page of today; for who may declare nothing, it does not exist."""
    jour = read_moment_de_saisie().date()
    vue = open_vue(request, Regard(jour, jour))
    droits = get_droits(request)
    if not has_verbe(droits.mandats, Verbe.ECRIRE):
        raise Http404
    renvoyees = list_renvoyees(request.user.pk or 0)
    contexte = {
        "page": build_page_a_declarer(vue, list_a_dire(vue, droits)),
        "renvoyees": [(str(d.cle), d.libelle, write_dit(vue, d.lu), d.motif) for d in renvoyees],
        "contestations": show_siennes(vue, list_siennes(droits)),
        "brouillons": list_brouillons(request.user.pk or 0),
    }
    return render_page(request, "web/a_declarer.html", contexte)
