"""The tableau of a territoire as a file to keep: behind the same doors as its page."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from quartiers.core.faits_tus import list_dits_du_tableau, silence_tableau
from quartiers.core.tableau import Tableau
from quartiers.core.territoire import Genre
from quartiers.usecases.ecrire_tableau import FORMES
from quartiers.usecases.lire_faits import build_is_tu
from quartiers.usecases.nommer import name_fichier
from quartiers.web.consultation import get_droits, get_territoire, open_vue
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
    vue = open_vue(request, regard)
    territoire = get_territoire(request, vue, code, TOUS)
    nom = name_fichier(f"tableau-{code}", regard.vu_le, regard.connu_dit, forme)
    droits = get_droits(request)

    def silence(tableau: Tableau) -> Tableau:
        return silence_tableau(tableau, build_is_tu(droits, code, list_dits_du_tableau(tableau)))

    rendre = partial(FORMES[forme].render, vue, code, silence)
    return send_fichier(request, territoire, nom, FORMES[forme].type_mime, rendre, forme)
