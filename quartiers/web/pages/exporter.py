"""The tableau of a territoire as a file to keep: behind the same doors as its page."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from quartiers.core.territoire import Genre
from quartiers.usecases.ecrire_tableau import FORMES
from quartiers.usecases.nommer import name_fichier
from quartiers.web.consultation import get_territoire, open_vue
from quartiers.web.fichier import send_fichier
from quartiers.web.page import with_regard
from quartiers.web.regard import Regard

TOUS = frozenset(Genre)


@require_safe
@with_regard
def export_tableau(request: HttpRequest, regard: Regard, code: str, forme: str) -> HttpResponseBase:
    """One form of the tableau; an unknown form looks like a missing territoire, at any date."""
    if forme not in FORMES:
        raise Http404
    vue = open_vue(regard)
    territoire = get_territoire(request, vue, code, TOUS)
    nom = name_fichier(f"tableau-{code}", regard.vu_le, regard.connu_dit, forme)
    rendre = partial(FORMES[forme].render, vue, code)
    return send_fichier(request, territoire, nom, FORMES[forme].type_mime, rendre, forme)
