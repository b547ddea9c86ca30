"""The tableau of a territoire as a file to keep: behind the same doors as its page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from quartiers.core.territoire import Genre
from quartiers.usecases.formes import FORMES
from quartiers.usecases.noms import name_fichier
from quartiers.web.consultation import get_territoire, open_vue
from quartiers.web.page import with_regard
from quartiers.web.regard import Regard

TOUS = frozenset(Genre)


@require_safe
@with_regard
def export_tableau(request: HttpRequest, regard: Regard, code: str, forme: str) -> HttpResponse:
    """One form of the tableau; an unknown form looks like a missing territoire."""
    vue = open_vue(regard)
    get_territoire(request, vue, code, TOUS)
    if forme not in FORMES:
        raise Http404
    fichier = name_fichier(f"tableau-{code}", regard.vu_le, regard.connu_dit, forme)
    reponse = HttpResponse(FORMES[forme].render(vue, code), content_type=FORMES[forme].type_mime)
    reponse["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=fichier) or "attachment"
    )
    reponse["X-Content-Type-Options"] = "nosniff"
    return reponse
