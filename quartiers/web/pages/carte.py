"""The map of a quartier: what its page includes, and the same shapes as GeoJSON for a map that moves."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from quartiers.core.referentiel import Indicateur
from quartiers.core.territoire import GENRES_DE_QUARTIER, Territoire
from quartiers.core.vue import Vue
from quartiers.geo.contours import build_aires
from quartiers.geo.geojson import render_geometrie
from quartiers.reports.presentation.carte import (
    RAYONS_M,
    LieuSitue,
    number_lieux,
    split_proches,
    write_distance,
)
from quartiers.reports.typographie import format_quantite
from quartiers.usecases.charger_carte import (
    list_indicateurs_de_lieux,
    list_lieux_situes,
    load_carte,
    load_perimetres_de,
)
from quartiers.web.adresses import get_adresse_preuve
from quartiers.web.consultation import get_territoire, open_vue
from quartiers.web.page import with_regard
from quartiers.web.regard import Regard


def build_contexte_carte(
    vue: Vue,
    territoire: Territoire,
    regard: Regard,
    indicateurs: Iterable[Indicateur] | None = None,
) -> dict[str, Any]:
    """What `parties/carte.html` needs. `indicateurs` None: all those that places feed, and the map can then move."""
    code = territoire.code
    tous = indicateurs is None
    carte = load_carte(vue, code, partial(get_adresse_preuve, code, regard=regard), indicateurs)
    return {
        "carte": carte,
        "carte_geojson": reverse("carte", args=[code]) + regard.requete if tous else "",
        "carte_tuiles": settings.TUILES,
        "carte_credit": settings.TUILES_CREDIT,
    }


@require_safe
@with_regard
def show_carte(request: HttpRequest, regard: Regard, code: str) -> HttpResponse:
    """The shapes of the map, in degrees: behind the same doors as the page of the quartier."""
    vue = open_vue(request, regard)
    get_territoire(request, vue, code, GENRES_DE_QUARTIER)
    perimetres = load_perimetres_de(vue, code)
    formes: list[dict[str, Any]] = []
    if perimetres:
        aires = build_aires(perimetres, (0, *RAYONS_M))
        formes += [
            _render_forme(
                render_geometrie(aire),
                genre="limite" if rayon else "perimetre",
                rayon_m=rayon,
                texte=format_quantite(rayon, "m") if rayon else vue.territoires[code].nom,
            )
            for rayon, aire in reversed(aires)
        ]
        situes = list_lieux_situes(vue, code, list_indicateurs_de_lieux(vue))
        formes += _render_lieux(situes, partial(get_adresse_preuve, code, regard=regard))
    corps = json.dumps({"type": "FeatureCollection", "features": formes}, ensure_ascii=False)
    return HttpResponse(corps, content_type="application/geo+json; charset=utf-8")


def _render_forme(geometrie: dict[str, Any], **proprietes: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": proprietes, "geometry": geometrie}


def _render_lieux(situes: list[LieuSitue], link: partial[str]) -> list[dict[str, Any]]:
    """The places that bear a number on the map, under the same number."""
    proches, _ = split_proches(situes)
    return [
        _render_forme(
            {"type": "Point", "coordinates": list(situe.position)},
            genre="arret" if situe.is_arret else "lieu",
            numero=numero,
            nom=situe.objet.preuve.libelle,
            texte=write_distance(situe.objet),
            preuve=link(situe.objet.indicateur),
        )
        for situe, numero in zip(proches, number_lieux(proches), strict=True)
        if situe.position is not None
    ]
