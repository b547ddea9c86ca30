"""France, a région, an EPCI, a commune: the frame of a département, on what they hold."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from quartiers.core.composition import compose_vue
from quartiers.core.territoire import Genre
from quartiers.reports.lire_moi import LIGNES_DES_TENUS
from quartiers.reports.presentation.entete import write_surtitre
from quartiers.reports.presentation.renvoi import has_tenus
from quartiers.web.consultation import get_territoire, list_fil, open_vue
from quartiers.web.page import render_page, with_regard
from quartiers.web.pages.departement import render_territoire
from quartiers.web.presentation.ensemble import build_page_ensemble
from quartiers.web.regard import Regard

ENSEMBLES = frozenset({Genre.NATION, Genre.REGION})
LOCAUX = frozenset({Genre.EPCI, Genre.COMMUNE})


@require_safe
@with_regard
def show_territoire(request: HttpRequest, regard: Regard, code: str) -> HttpResponse:
    """Régions and the nation list their départements; an EPCI or a commune shows its own matrix."""
    vue = open_vue(request, regard)
    territoire = get_territoire(request, vue, code, ENSEMBLES | LOCAUX)
    if territoire.genre in LOCAUX:
        return render_territoire(request, regard, code, LOCAUX)
    voulue = read_action(request)
    page = build_page_ensemble(vue, compose_vue(vue, code), regard, voulue)
    is_choisie = page.action is not None and page.action.indicateur == voulue
    contexte = {
        "territoire": territoire,
        "surtitre": write_surtitre(territoire, vue),
        "fil": list_fil(request, vue, territoire, regard),
        "page": page,
        "gardes": [("action", voulue)] if is_choisie else [],
        "avis_des_lignes": LIGNES_DES_TENUS if has_tenus(vue, code) else "",
        "version": vue.donnees_version,
    }
    return render_page(request, "web/territoire.html", contexte, regard=regard)


def read_action(request: HttpRequest) -> str:
    """The indicateur of the action asked for; an unknown one lets the page choose."""
    return request.GET.get("action", "")
