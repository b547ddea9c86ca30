"""One engagement in one quartier: every action with its wording, its figures, its way to the target."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from quartiers.core.composition import compose_vue
from quartiers.core.referentiel import Indicateur
from quartiers.core.territoire import GENRES_DE_QUARTIER
from quartiers.core.vue import Vue
from quartiers.reports.presentation.renvoi import build_renvoi
from quartiers.web.adresses import get_adresse, get_adresse_engagement, get_adresse_preuve
from quartiers.web.consultation import (
    build_regle,
    get_territoire,
    list_fil,
    open_vue,
)
from quartiers.web.lieu_de_saisie import link_declarer
from quartiers.web.page import render_page, with_regard
from quartiers.web.presentation.engagement import build_page_engagement
from quartiers.web.regard import Regard


@require_safe
@with_regard
def show_engagement(
    request: HttpRequest, regard: Regard, code: str, engagement: str
) -> HttpResponse:
    """The engagement of a quartier; one that the programme does not hold is the same 404 as a denied quartier."""
    vue = open_vue(request, regard)
    territoire = get_territoire(request, vue, code, GENRES_DE_QUARTIER)
    page = build_page_engagement(
        vue,
        compose_vue(vue, code),
        engagement,
        partial(get_adresse_preuve, code, regard=regard),
    )
    if page is None:
        raise Http404
    contexte = {
        "territoire": territoire,
        "adresse": get_adresse(territoire, regard),
        "fil": list_fil(request, vue, territoire, regard),
        "page_fille": True,
        "renvoi": build_renvoi(
            vue,
            code,
            build_regle(request),
            lambda tenant: get_adresse_engagement(tenant.code, engagement, regard),
            is_compte=False,
        ),
        "page": page,
        "declarer": link_declarer(request, territoire, list_indicateurs(vue, engagement), regard),
        "version": vue.donnees_version,
    }
    return render_page(request, "web/engagement.html", contexte, regard=regard)


def list_indicateurs(vue: Vue, code: str) -> list[Indicateur]:
    """The figures of an engagement."""
    engagements = vue.dossier.referentiel.engagements
    return [i for e in engagements if e.code == code for i in e.list_indicateurs()]
