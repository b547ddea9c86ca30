"""The paper of a page: the same figures in PDF, behind the same doors."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from quartiers.core.territoire import Genre
from quartiers.usecases.noms import name_fichier
from quartiers.usecases.papier import SUFFIXE, TYPE_MIME, name_papier, print_papier, print_preuve
from quartiers.web.consultation import GENRES_DE_QUARTIER, build_regle, get_territoire, open_vue
from quartiers.web.page import with_regard
from quartiers.web.pages import departement
from quartiers.web.regard import Regard

TOUS = frozenset(Genre)


@require_safe
@with_regard
def print_page_quartier(request: HttpRequest, regard: Regard, code: str) -> HttpResponse:
    """The two pages of a quartier."""
    return render_papier(request, regard, code, GENRES_DE_QUARTIER)


@require_safe
@with_regard
def print_page_departement(request: HttpRequest, regard: Regard, code: str) -> HttpResponse:
    """The paper of a département (or a collectivité)."""
    return render_papier(request, regard, code, departement.GENRES)


@require_safe
@with_regard
def print_page_preuve(
    request: HttpRequest, regard: Regard, code: str, indicateur: str
) -> HttpResponse:
    """The proof of one figure; an indicateur that is not shown there is the same 404."""
    vue = open_vue(regard)
    get_territoire(request, vue, code, TOUS)
    voulu = vue.dossier.referentiel.get_indicateur(indicateur)
    regle = build_regle(request, vue)
    octets = None if voulu is None else print_preuve(vue, code, voulu, regle)
    return build_reponse(octets, f"preuve-{code}-{indicateur}", regard)


def render_papier(
    request: HttpRequest, regard: Regard, code: str, genres: frozenset[Genre]
) -> HttpResponse:
    """The PDF of a territoire of one of these kinds."""
    vue = open_vue(regard)
    territoire = get_territoire(request, vue, code, genres)
    octets = print_papier(vue, code, build_regle(request, vue))
    return build_reponse(octets, name_papier(territoire), regard)


def build_reponse(octets: bytes | None, nom: str, regard: Regard) -> HttpResponse:
    """A file to keep, named by its dates; nothing to print is a missing page."""
    if octets is None:
        raise Http404
    fichier = name_fichier(nom, regard.vu_le, regard.connu_dit, SUFFIXE)
    reponse = HttpResponse(octets, content_type=TYPE_MIME)
    reponse["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=fichier) or "attachment"
    )
    reponse["X-Content-Type-Options"] = "nosniff"
    return reponse
