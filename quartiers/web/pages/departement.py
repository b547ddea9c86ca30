"""A département: what is compulsory and missing first, then the matrix of its quartiers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from quartiers.core.composition import compose_vue
from quartiers.core.statut import Statut
from quartiers.core.territoire import Genre, Territoire
from quartiers.reports.lire_moi import LIGNES_DES_TENUS
from quartiers.reports.presentation.departement import Adresses, build_page_departement, list_autres
from quartiers.reports.presentation.entete import write_surtitre
from quartiers.reports.presentation.renvoi import has_tenus
from quartiers.web.adresses import get_adresse, get_adresse_engagement, get_adresse_preuve
from quartiers.web.consultation import get_territoire, list_fil, open_vue
from quartiers.web.fragments import join_rangees
from quartiers.web.page import render_page, with_regard
from quartiers.web.regard import Regard

# The labels of an engagement, in the order of legends.
LEGENDE = (
    Statut.ATTEINT,
    Statut.EN_BONNE_VOIE,
    Statut.A_SURVEILLER,
    Statut.EN_RETARD,
    Statut.DONNEES_INSUFFISANTES,
    Statut.SANS_OBJET,
)
GENRES = frozenset({Genre.DEPARTEMENT, Genre.COLLECTIVITE})


@require_safe
@with_regard
def show_departement(request: HttpRequest, regard: Regard, code: str) -> HttpResponse:
    """The tableau of a département (or a collectivité)."""
    return render_territoire(request, regard, code, GENRES)


def render_territoire(
    request: HttpRequest, regard: Regard, code: str, genres: frozenset[Genre]
) -> HttpResponse:
    """The same page for any territoire whose quartiers fit in one matrix (a commune, an EPCI too)."""
    vue = open_vue(request, regard)
    territoire = get_territoire(request, vue, code, genres)
    attendus = vue.list_attendus_de(code)

    def link_quartier(quartier: Territoire, engagement: str) -> str:
        if engagement:
            return get_adresse_engagement(quartier.code, engagement, regard)
        return get_adresse(quartier, regard)

    def link_preuve(porteur: str, indicateur: str) -> str:
        return get_adresse_preuve(porteur, indicateur, regard)

    page = build_page_departement(
        compose_vue(vue, code),
        [compose_vue(vue, quartier) for quartier in attendus],
        vue.territoires,
        Adresses(link_quartier, link_preuve),
    )
    contexte = {
        "territoire": territoire,
        "surtitre": write_surtitre(territoire, vue),
        "fil": list_fil(request, vue, territoire, regard),
        "page": page,
        "rangees": join_rangees(page.rangees),
        "legende": LEGENDE,
        "autres": [
            (autre, get_adresse(autre, regard)) for autre in list_autres(code, attendus, vue)
        ],
        "avis_des_lignes": LIGNES_DES_TENUS if has_tenus(vue, code) else "",
        "version": vue.donnees_version,
    }
    return render_page(request, "web/departement.html", contexte, regard=regard)
