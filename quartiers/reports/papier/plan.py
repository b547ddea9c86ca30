"""The map of a quartier on paper: the drawing of its page in one SVG text, and its places in words."""

from __future__ import annotations

from typing import Any

from quartiers.reports.papier.document import TelQuel
from quartiers.reports.presentation.carte import (
    LARGEUR,
    Carte,
    DessinDeCarte,
    LieuMontre,
    LieuNumerote,
    Limite,
)
from quartiers.reports.typographie import count

ENCRE, SURFACE = "#1d1f26", "#ecebe6"
CORPS, DECALAGE = 21.5, 7.5
"""Type of the drawing in its units: 7.6 points once printed 50 mm wide; how far below its centre a number sits."""
LIEUX_MONTRES = 6
"""Beyond, the first page would overflow: the others are counted, and shown online."""


def build_plan(carte: Carte | None) -> dict[str, Any] | None:
    """What the first page shows of the map; None when the perimeter is not known: nothing is drawn at random."""
    if carte is None or carte.plan is None:
        return None
    lointain = carte.lointain
    return {
        "svg": render_svg(carte.plan),
        "phrase": carte.plan.phrase,
        "lieux": [_build_lieu(lieu) for lieu in carte.lieux[:LIEUX_MONTRES]],
        "autres": count(len(carte.lieux) - LIEUX_MONTRES, "autre lieu", "autres lieux")
        if len(carte.lieux) > LIEUX_MONTRES
        else "",
        "lointain": f"{lointain.nom}, {lointain.distance}" if lointain else "",
        "has_arret": carte.plan.has_arret,
    }


def _build_lieu(lieu: LieuMontre) -> dict[str, str]:
    """A place without a number has no coordinates: it is listed, not drawn."""
    return {
        "numero": "" if lieu.numero is None else str(lieu.numero),
        "nom": lieu.nom,
        "distance": lieu.distance,
        "temoin": lieu.temoin,
    }


def render_svg(plan: DessinDeCarte) -> TelQuel:
    """The drawing, 400 units wide; every part is a number or a path that we wrote: nothing to escape."""
    trace = (
        f'<path d="{plan.perimetre}" fill="{SURFACE}" fill-rule="evenodd" stroke="{ENCRE}"'
        ' stroke-width="2" stroke-linejoin="round"/>'
    )
    morceaux = [
        *(_render_limite(limite) for limite in plan.limites),
        trace,
        *(_render_distance(limite) for limite in plan.limites),
        *(_render_trait(marque) for marque in plan.marques if marque.depuis),
        *(_render_marque(marque) for marque in plan.marques),
        _render_echelle(plan),
    ]
    cadre = f'viewBox="0 0 {LARGEUR} {plan.hauteur}" font-family="Source Sans 3"'
    return TelQuel(f'<svg xmlns="http://www.w3.org/2000/svg" {cadre}>{"".join(morceaux)}</svg>')


def _render_limite(limite: Limite) -> str:
    return (
        f'<path d="{limite.d}" fill="none" stroke="{ENCRE}" stroke-width="1.6"'
        f' stroke-dasharray="{limite.tirets}" stroke-linecap="round"/>'
    )


def _render_distance(limite: Limite) -> str:
    """A white edge keeps it readable where a line passes."""
    return (
        f'<text x="{limite.x}" y="{limite.y}" font-size="{CORPS}" text-anchor="middle" stroke="#fff"'
        f' stroke-width="5" stroke-linejoin="round" paint-order="stroke">{limite.texte}</text>'
    )


def _render_trait(marque: LieuNumerote) -> str:
    """From the true position to the number that was set aside."""
    x, y = marque.depuis or (marque.x, marque.y)
    return (
        f'<path d="M{x} {y}L{marque.x} {marque.y}" stroke="{ENCRE}"/>'
        f'<circle cx="{x}" cy="{y}" r="2.5" fill="{ENCRE}"/>'
    )


def _render_marque(marque: LieuNumerote) -> str:
    """A disc for a fixed place, a square for a stop: told apart without colour."""
    if marque.is_arret:
        forme = (
            f'<rect x="{marque.x}" y="{marque.y}" width="26" height="26" rx="3" fill="#fff"'
            f' transform="translate(-13 -13)" stroke="{ENCRE}" stroke-width="1.8"/>'
        )
    else:
        forme = f'<circle cx="{marque.x}" cy="{marque.y}" r="13.5" fill="{ENCRE}" stroke="#fff"/>'
    return (
        f'{forme}<text x="{marque.x}" y="{marque.y}" dy="{DECALAGE}" font-size="{CORPS}" font-weight="600"'
        f' text-anchor="middle" fill="{ENCRE if marque.is_arret else "#fff"}">{marque.numero}</text>'
    )


def _render_echelle(plan: DessinDeCarte) -> str:
    return (
        f'<g transform="translate(0 {plan.bande})"><path d="M14 0H{plan.echelle}M14 -4v8M{plan.echelle} -4v8"'
        f' fill="none" stroke="{ENCRE}" stroke-width="1.4"/>'
        f'<text x="{plan.echelle_texte_x}" y="7" font-size="{CORPS}">{plan.echelle_texte}</text>'
        f'<text x="352" y="7" font-size="{CORPS}" text-anchor="end">Nord</text>'
        f'<path d="M0 -11L6 9L0 5L-6 9Z" transform="translate(368 0) rotate({plan.nord})" fill="{ENCRE}"/></g>'
    )
