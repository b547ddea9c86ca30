"""Big tables as one string of escaped fragments: a template visits each node of each cell, which costs more than all the rest.

Only tables that grow with the territoires are written here, and a test compares them to the same table in a template.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString

from quartiers.core.statut import Statut
from quartiers.reports.presentation.departement import Case, Rangee
from quartiers.reports.presentation.nombre import Decompte, PartDite
from quartiers.reports.signes import write_statut
from quartiers.web.templatetags.francais import barre_couverture, signe


def join_rangees(rangees: Iterable[Rangee]) -> SafeString:
    """The body of the matrix: every text and address goes through `escape`, numbers and signs are ours.

    `html.escape` is what Django's own escape calls, less its detour for lazy texts: none is met here.
    """
    return SafeString("".join(map(_write_rangee, rangees)))


def _write_rangee(rangee: Rangee) -> str:
    return (
        f'<tr role="row"><th role="rowheader" scope="row"><a href="{escape(rangee.adresse)}">{escape(rangee.nom)}</a>'
        f'<small>{escape(rangee.communes)}</small><span class="su"><b>{escape(str(rangee.couverture))}</b> '
        f"{_write_barre(rangee.couverture, 57, 6)}"
        f"<span>{rangee.renseignes} sur {rangee.applicables}</span></span></th>"
        f"{''.join(map(_write_case, rangee.cases))}</tr>\n"
    )


def _write_case(case: Case) -> str:
    contenu = _write_contenu(case.statut, case.renseignes, case.applicables, case.couverture)
    return f'<td role="cell" class="c"><a href="{escape(case.adresse)}">{contenu}</a></td>'


@lru_cache(4096)
def _write_contenu(
    statut: Statut, renseignes: Decompte, applicables: Decompte, couverture: PartDite
) -> str:
    """Many cells say the same thing."""
    image, mot = _write_statut(statut)
    return (
        f'{image}<span><span class="hors-vue">{mot}, {renseignes} sur {applicables} à jour</span>'
        f'<span class="fr" aria-hidden="true">{renseignes}/{applicables}</span>'
        f'<span class="mini">{_write_barre(couverture, 29, 5)}</span></span>'
    )


@lru_cache
def _write_statut(statut: Statut) -> tuple[str, str]:
    return signe(statut), escape(write_statut(statut))


@lru_cache(1024)
def _write_barre(couverture: PartDite, largeur: int, hauteur: int) -> str:
    return barre_couverture(couverture, largeur, hauteur)
