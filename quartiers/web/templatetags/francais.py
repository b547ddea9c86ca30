"""Filters and tags of the pages: typography, signs, bars. Everything is escaped by `format_html`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from quartiers.core.dire import INSECABLE
from quartiers.core.statut import Statut
from quartiers.reports import typographie
from quartiers.reports.presentation.nombre import Decompte, Ordre, PartDite, count_tous
from quartiers.reports.signes import write_statut

register = template.Library()
MOTS_LONGS = re.compile(r"\w{9,}")
SYLLABES = re.compile(
    r"(?<=\w\w[aeiouyéè])(?=[bcdfgjlmnprstvx][aeiouéè]\w)"
    r"|(?<=\w[aeiouyéè][bcdflmnprst])(?=[bcdfgjmnpstv][aeiouéè]\w)"
)
APPUIS = re.compile(r"(\*\*[^*]+\*\*|\*[^*]+\*)")

register.filter("date_longue", typographie.format_date)
register.filter("date_courte", typographie.format_date_courte)
register.filter("propre", typographie.tidy)
register.filter("minuscule", typographie.lower_first)
register.filter("compte", count_tous)


@register.filter
def rang(numero: int) -> Ordre:
    """`{{ forloop.counter|rang }}`: a place in a list, not a figure."""
    return Ordre(numero)


@register.filter
def cesure(texte: str) -> str:
    """Where a long word of a narrow column may be cut: before a consonant that a vowel follows, the browser's
    own French dictionary being absent from many office computers.
    """
    return MOTS_LONGS.sub(lambda mot: SYLLABES.sub("\u00ad", mot[0]), texte)


@register.filter
def iso(jour: date) -> str:
    """The date for a machine (`<time datetime>`, a date field)."""
    return jour.isoformat()


@register.filter
def pluriel(nombre: Decompte, suffixe: str = "s") -> str:
    """The end of a word after a number: none, one and what is less than two are singular."""
    return suffixe if nombre > 1 else ""


@register.filter
def au_code(textes: Mapping[str, str], code: str) -> str:
    """What a table of texts says of a code, nothing when it is not in it."""
    return textes.get(code, "")


@register.filter
def mot(statut: Statut) -> str:
    """The word of a statut."""
    return write_statut(statut)


@register.filter
def souple(texte: str) -> str:
    """A quantity in a narrow cell: it may go to the line between its number and its unit, never inside a word."""
    return texte.replace(INSECABLE, " ")


@register.filter
def appuyer(texte: str) -> SafeString:
    """`**strong**` and `*aside*` of the written rules; everything else is escaped."""
    morceaux = APPUIS.split(typographie.tidy(texte))
    return format_html_join("", "{}", ((_show_appui(morceau),) for morceau in morceaux))


def _show_appui(morceau: str) -> SafeString:
    if trouve := APPUIS.fullmatch(morceau):
        balise = "b" if morceau.startswith("**") else "i"
        return format_html("<{}>{}</{}>", balise, trouve.group().strip("*"), balise)
    return format_html("{}", morceau)


@register.simple_tag
def signe(statut: Statut, texte: str = "") -> SafeString:
    """The sign of a statut: decoration beside a word, or an image with its own sentence when alone."""
    if texte:
        return format_html(
            '<svg class="g" role="img" aria-label="{}"><use href="#g-{}"/></svg>',
            texte,
            statut.value,
        )
    return format_html('<svg class="g" aria-hidden="true"><use href="#g-{}"/></svg>', statut.value)


@register.simple_tag
def statut_dit(statut: Statut, drapeaux: str = "") -> SafeString:
    """Sign, word, and the flags in plain text: « ▲ En retard (perdu) »."""
    suite = format_html(' <span class="drapeau">({})</span>', drapeaux) if drapeaux else ""
    return format_html(
        '<span class="statut">{}<span>{}{}</span></span>',
        signe(statut),
        write_statut(statut),
        suite,
    )


@register.simple_tag
def barre_couverture(couverture: PartDite, largeur: int = 43, hauteur: int = 7) -> SafeString:
    """Coverage as a black bar on white; under one half, grey: too little is known to lean on it."""
    part = couverture.valeur
    pleine = float(part or 0) * largeur
    encre = "#1d1f26" if part is not None and 2 * part >= 1 else "#767a84"
    return format_html(
        '<svg viewBox="0 0 {} {}" aria-hidden="true"><path d="M.5.5h{}v{}H.5z" fill="#fff" stroke="#767a84"/>'
        '<path d="M.5.5h{}v{}H.5z" fill="{}"/></svg>',
        largeur + 1,
        hauteur + 1,
        largeur,
        hauteur,
        f"{pleine:.1f}",
        hauteur,
        encre,
    )
