"""A quartier: what is late, its counts, its ten engagements with one sign per action; the figures are folded."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from quartiers.core.composition import compose_vue
from quartiers.core.raison import say_raison
from quartiers.core.statut import Statut
from quartiers.core.territoire import GENRES_DE_QUARTIER
from quartiers.reports.presentation.entete import write_surtitre
from quartiers.reports.presentation.nombre import Decompte
from quartiers.reports.presentation.quartier import LigneEngagement, build_page_quartier
from quartiers.reports.presentation.renvoi import build_renvoi
from quartiers.web.adresses import get_adresse, get_adresse_preuve
from quartiers.web.consultation import (
    build_regle,
    get_territoire,
    list_fil,
    open_vue,
)
from quartiers.web.page import render_page, with_regard
from quartiers.web.pages.carte import build_contexte_carte
from quartiers.web.regard import Regard


@require_safe
@with_regard
def show_quartier(request: HttpRequest, regard: Regard, code: str) -> HttpResponse:
    """The tableau of a quartier; `?statut=` keeps the actions of one statut in the list."""
    vue = open_vue(request, regard)
    territoire = get_territoire(request, vue, code, GENRES_DE_QUARTIER)
    page = build_page_quartier(
        compose_vue(vue, code),
        partial(get_adresse_preuve, code, regard=regard),
        say_raison,
        vue.dossier.referentiel,
    )
    filtre = read_filtre(request)
    montres = keep_statut(page.engagements, filtre)
    contexte = {
        "territoire": territoire,
        "surtitre": write_surtitre(territoire, vue),
        "fil": list_fil(request, vue, territoire, regard),
        "renvoi": build_renvoi(
            vue, code, build_regle(request), partial(get_adresse, regard=regard)
        ),
        "page": page,
        **build_contexte_carte(vue, territoire, regard),
        "engagements_montres": montres,
        "nombre_montre": Decompte(sum(len(engagement.actions) for engagement in montres)),
        "filtre": filtre,
        "gardes": [("statut", filtre.value)] if filtre else [],
        "adresse": get_adresse(territoire, regard),
        "suffixe": "&" if regard.requete else "?",
        "version": vue.donnees_version,
    }
    return render_page(request, "web/quartier.html", contexte, regard=regard)


def keep_statut(
    engagements: tuple[LigneEngagement, ...], statut: Statut | None
) -> tuple[LigneEngagement, ...]:
    """The engagements with only their actions of one statut, those that the counts hold; those left empty go."""
    if statut is None:
        return engagements
    gardes = (
        replace(e, actions=tuple(a for a in e.actions if a.statut is statut and a.is_comptee))
        for e in engagements
    )
    return tuple(e for e in gardes if e.actions)


def read_filtre(request: HttpRequest) -> Statut | None:
    """The statut asked for in the address; an unknown word keeps everything."""
    try:
        return Statut(request.GET.get("statut", ""))
    except ValueError:
        return None
