"""The tableau of a territoire as a file to keep: behind the same doors as its page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from quartiers.core.territoire import Genre
from quartiers.usecases.formes import FORMES
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
    reponse = HttpResponse(FORMES[forme].render(vue, code), content_type=FORMES[forme].type_mime)
    reponse["Content-Disposition"] = (
        content_disposition_header(
            as_attachment=True, filename=f"{name_fichier(code, regard)}.{forme}"
        )
        or "attachment"
    )
    reponse["X-Content-Type-Options"] = "nosniff"
    return reponse


def name_fichier(code: str, regard: Regard) -> str:
    """`tableau-QRR-93_3-vu-2024-09-01`, and the day of knowledge when the address says one."""
    connu = f"-connu-{regard.connu_le.isoformat()}" if regard.is_retrospectif else ""
    return f"tableau-{code}-vu-{regard.vu_le.isoformat()}{connu}"
