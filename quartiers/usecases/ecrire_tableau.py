"""The forms of a tableau as files: one place says their type and how each is made, for commands and pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from quartiers.core.composition import compose_vue, list_tableaux
from quartiers.core.tableau import Tableau
from quartiers.core.vue import Vue
from quartiers.reports.tableau_csv import write_csv
from quartiers.reports.tableau_geojson import write_geojson
from quartiers.reports.tableau_json import render_tableau, write_json
from quartiers.reports.tableau_ods import write_ods
from quartiers.reports.tableau_xlsx import write_xlsx
from quartiers.usecases.charger_perimetres import load_geometries

Taire = Callable[[Tableau], Tableau]
"""What silences the records that the reader may not read; only JSON tells of records, the other forms of figures."""


def show_all(tableau: Tableau) -> Tableau:
    """The rule of commands, which belong to no account."""
    return tableau


@dataclass(frozen=True, slots=True)
class Forme:
    """One form. `type_mime`: as HTTP names it; `is_binaire`: bytes that no terminal shows."""

    type_mime: str
    render: Callable[[Vue, str, Taire], bytes]
    is_binaire: bool = False


def _render_csv(vue: Vue, code: str, _: Taire) -> bytes:
    return write_csv(list_tableaux(vue, code)).encode()


def _render_json(vue: Vue, code: str, taire: Taire) -> bytes:
    return write_json(render_tableau(taire(compose_vue(vue, code)))).encode()


def _render_xlsx(vue: Vue, code: str, _: Taire) -> bytes:
    return write_xlsx(list_tableaux(vue, code))


def _render_ods(vue: Vue, code: str, _: Taire) -> bytes:
    return write_ods(list_tableaux(vue, code))


def _render_geojson(vue: Vue, code: str, _: Taire) -> bytes:
    tableaux = list(list_tableaux(vue, code))
    geometries = load_geometries(vue, {tableau.territoire.code for tableau in tableaux})
    return write_geojson(tableaux, geometries).encode()


FORMES: Mapping[str, Forme] = {
    "csv": Forme("text/csv; charset=utf-8", _render_csv),
    "xlsx": Forme(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _render_xlsx,
        is_binaire=True,
    ),
    "ods": Forme("application/vnd.oasis.opendocument.spreadsheet", _render_ods, is_binaire=True),
    "json": Forme("application/json; charset=utf-8", _render_json),
    "geojson": Forme("application/geo+json; charset=utf-8", _render_geojson),
}
"""By the end of the file's name, in the order in which pages offer them."""
