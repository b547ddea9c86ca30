"""A tableau in CSV: one line per territoire and indicateur, to be opened in a spreadsheet (formats.md)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from quartiers.core.composition import AnyConstat
from quartiers.core.constat import Constat
from quartiers.core.explication import say_any_raison
from quartiers.core.tableau import Tableau
from quartiers.reports.nombres import get_jour, write_decimal

COLONNES = (
    "territoire",
    "engagement",
    "action",
    "indicateur",
    "statut",
    "valeur",
    "unite",
    "cible",
    "echeance",
    "date",
    "perime_le",
    "couverture",
    "raison",
)
BOM = "\ufeff"
_DANGEREUX = ("=", "+", "-", "@", "\t", "\r")


def write_csv(tableaux: Iterable[Tableau]) -> str:
    """UTF-8 with BOM, `;`, decimal comma; the first tableau's lines, then those of the others."""
    tampon = io.StringIO()
    tampon.write(BOM)
    sortie = csv.writer(tampon, delimiter=";", lineterminator="\r\n")
    sortie.writerow(COLONNES)
    for tableau in tableaux:
        sortie.writerows(list_lignes(tableau))
    return tampon.getvalue()


def list_lignes(tableau: Tableau) -> Iterator[list[str]]:
    """The rows of one tableau, in the order of the programme."""
    for engagement in tableau.engagements:
        code = engagement.engagement.code
        for objectif in engagement.objectifs:
            for constat in objectif.indicateurs:
                yield _write_ligne(tableau.territoire.code, code, objectif.objectif.code, constat)
        for action in engagement.actions:
            for constat in action.indicateurs:
                yield _write_ligne(tableau.territoire.code, code, action.action.code, constat)


def _write_ligne(territoire: str, engagement: str, action: str, constat: AnyConstat) -> list[str]:
    propre = constat if isinstance(constat, Constat) else constat.propre
    couverture = None if isinstance(constat, Constat) else constat.couverture
    cible = propre.cible if propre else None
    return [
        territoire,
        engagement,
        action,
        constat.indicateur.code,
        propre.statut.value if propre else "",
        write_decimal(constat.valeur),
        write_texte(constat.indicateur.unite),
        write_decimal(cible.valeur) if cible else "",
        (get_jour(cible.echeance) if cible else None) or "",
        (get_jour(propre.date) if propre else None) or "",
        (get_jour(propre.perime_le) if propre else None) or "",
        write_decimal(couverture),
        write_texte(say_any_raison(constat)),
    ]


def write_texte(texte: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe stands before a dangerous first sign."""
    return f"'{texte}" if texte.startswith(_DANGEREUX) else texte
