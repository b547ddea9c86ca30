"""The paper of a page: the same figures in PDF, behind the same doors."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from quartiers.core.composition import get_constat
from quartiers.core.explication import Explication
from quartiers.core.faits_tus import list_dits, silence_explication
from quartiers.core.territoire import GENRES_DE_QUARTIER, Genre
from quartiers.usecases.imprimer import SUFFIXE, TYPE_MIME, name_papier, print_papier, print_preuve
from quartiers.usecases.lire_faits import build_is_tu
from quartiers.usecases.nommer import name_fichier
from quartiers.web.consultation import (
    build_regle,
    get_droits,
    get_territoire,
    open_vue,
)
from quartiers.web.fichier import send_fichier
from quartiers.web.page import with_regard
from quartiers.web.pages import departement
from quartiers.web.regard import Regard

TOUS = frozenset(Genre)


@require_safe
@with_regard
def print_page_quartier(request: HttpRequest, regard: Regard, code: str) -> HttpResponseBase:
    """The two pages of a quartier."""
    return render_papier(request, regard, code, GENRES_DE_QUARTIER)


@require_safe
@with_regard
def print_page_departement(request: HttpRequest, regard: Regard, code: str) -> HttpResponseBase:
    """The paper of a département (or a collectivité)."""
    return render_papier(request, regard, code, departement.GENRES)


@require_safe
@with_regard
def print_page_preuve(
    request: HttpRequest, regard: Regard, code: str, indicateur: str
) -> HttpResponseBase:
    """The proof of one figure; an indicateur that is not shown there is the same 404, asked by HEAD too."""
    vue = open_vue(request, regard)
    voulu = vue.dossier.referentiel.get_indicateur(indicateur)
    if voulu is None:
        raise Http404
    territoire = get_territoire(request, vue, code, TOUS)
    if get_constat(vue, voulu, code) is None:
        raise Http404
    nom = name_fichier(f"preuve-{code}-{indicateur}", regard.vu_le, regard.connu_dit, SUFFIXE)
    droits = get_droits(request)

    def silence(explication: Explication) -> Explication:
        is_tu = build_is_tu(droits, code, list_dits(explication))
        return silence_explication(explication, is_tu)

    rendre = partial(print_preuve, vue, code, voulu, build_regle(request), silence)
    return send_fichier(request, territoire, nom, TYPE_MIME, rendre, voulu.code)


def render_papier(
    request: HttpRequest, regard: Regard, code: str, genres: frozenset[Genre]
) -> HttpResponseBase:
    """The PDF of a territoire of one of these kinds, which all have one."""
    vue = open_vue(request, regard)
    territoire = get_territoire(request, vue, code, genres)
    nom = name_fichier(name_papier(territoire), regard.vu_le, regard.connu_dit, SUFFIXE)
    rendre = partial(print_papier, vue, code, build_regle(request))
    return send_fichier(request, territoire, nom, TYPE_MIME, rendre)
