"""While tests run, a template that writes a bare number, or a bare day, raises: which template, which variable.

Templates of other packages (the widgets of forms) write lengths and identifiers: they are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.template import base, defaulttags
from django.template.context import Context

from quartiers.reports.presentation.nombre import is_nu, refuse_nu

RACINE = Path(__file__).resolve().parent.parent
A_NOUS = str(RACINE / "quartiers")


@contextmanager
def refuse_nombres_nus() -> Iterator[None]:
    """Every variable of our templates, and what `firstof` and `cycle` choose."""
    variable, ecrire = base.VariableNode.render, base.render_value_in_context

    def render_variable(noeud: base.VariableNode, context: Context) -> Any:
        valeur = noeud.filter_expression.resolve(context)
        if is_nu(valeur) and is_a_nous(noeud.origin):  # in this order: a page has thousands
            refuse_nu(valeur, name_variable(noeud))
        return ecrire(valeur, context)

    def render_choisie(valeur: Any, context: Context) -> Any:
        refuse_nu(valeur, "firstof ou cycle")
        return ecrire(valeur, context)

    base.VariableNode.render = render_variable  # type: ignore[method-assign,assignment]
    defaulttags.render_value_in_context = render_choisie  # type: ignore[attr-defined]
    try:
        yield
    finally:
        base.VariableNode.render = variable  # type: ignore[method-assign]
        defaulttags.render_value_in_context = ecrire  # type: ignore[attr-defined]


def is_a_nous(origine: base.Origin) -> bool:
    """A template of the project, or one written in a test."""
    nom = str(origine.name)
    return nom.startswith(A_NOUS) or nom == base.UNKNOWN_SOURCE


def name_variable(noeud: base.VariableNode) -> str:
    """« web/quartier.html, ligne 12, {{ page.total }} »."""
    nom = noeud.origin.template_name or noeud.origin.name
    ligne = noeud.token.lineno if noeud.token is not None else 0
    return f"{nom!s}, ligne {ligne}, {{{{ {noeud.filter_expression.token} }}}}"
