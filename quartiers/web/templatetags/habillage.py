"""The look, for every template: error pages have no context of their own."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.conf import settings

register = template.Library()


@dataclass(frozen=True, slots=True)
class Habillage:
    """What the frame of a page needs to know."""

    is_etat: bool
    administration: tuple[str, ...]


@register.simple_tag
def get_habillage() -> Habillage:
    """Read at each page, so that a test may change it."""
    lignes = tuple(ligne.strip() for ligne in settings.ADMINISTRATION.split("|") if ligne.strip())
    return Habillage(is_etat=settings.HABILLAGE == "etat", administration=lignes)
