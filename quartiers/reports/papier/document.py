"""A document ready to be printed, and its printing by typst: the same document gives the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import typst

from quartiers.core.dire import INSECABLE
from quartiers.core.referentiel import Referentiel
from quartiers.core.statut import Statut
from quartiers.core.tableau import Tableau
from quartiers.reports.papier.glyphes import POLICES, clean_texte
from quartiers.reports.presentation.nombre import Decompte, Nombre, Ordre, Trait, refuse_nu
from quartiers.reports.signes import write_etat
from quartiers.reports.typographie import format_date

DOSSIER = Path(__file__).resolve().parent
_COMPTES = re.compile(rb"/Type */Pages\b[^>]*?/Count +(\d+)")
AUTEUR = "Quartiers en actes"
TETE_MAX = 90


class TelQuel(str):
    """Handed over as it is, where a text would be given places to be cut at: an SVG that we wrote, a digest to compare."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A template of `gabarits/` and what it shows: texts, `Nombre`s, lists; a bare number is refused.

    `pages`: in how many it should hold. `essais`: what changes in `donnees` from one printing to the next until
    it does, tighter and tighter; if the last does not, it takes one more page, never cut.
    """

    gabarit: str
    connu_le: date
    donnees: Mapping[str, Any]
    pages: int | None = None
    essais: tuple[Mapping[str, Any], ...] = ({},)


def print_document(document: Document) -> bytes:
    """The PDF. Texts are handed over as data, never as markup: what a user typed is printed as typed."""
    octets = b""
    for essai in document.essais:
        octets = _print(document, essai)
        if document.pages is None or count_pages(octets) <= document.pages:
            break
    return octets


def write_document(tache: tuple[Document, Path]) -> Path:
    """Print one document in its file; a single argument, so that another process may be handed it."""
    document, chemin = tache
    chemin.write_bytes(print_document(document))
    return chemin


def _print(document: Document, essai: Mapping[str, Any]) -> bytes:
    jour = [Ordre(n) for n in document.connu_le.timetuple()[:3]]
    donnees = {**document.donnees, **essai, "auteur": AUTEUR, "jour": jour}
    octets = typst.compile(
        str(DOSSIER / "gabarits" / f"{document.gabarit}.typ"),
        root=str(DOSSIER),
        font_paths=[str(POLICES)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"donnees": json.dumps(render_donnees(donnees, document.gabarit))},
        pdf_standards=["ua-1", "a-2a"],  # read aloud in order; still opens in thirty years
        timestamp=datetime.combine(document.connu_le, time.min, tzinfo=UTC),
    )
    assert isinstance(octets, bytes)  # noqa: S101 - one PDF; a list is for pictures
    return octets


def count_pages(octets: bytes) -> int:
    """How many pages a PDF of ours says it has: the count of the root of its tree of pages."""
    return max((int(n) for n in _COMPTES.findall(octets)), default=0)


def render_donnees(valeur: Any, ou: str) -> Any:  # noqa: ANN401 - JSON
    """What typst receives: figures already written, lengths and ranks as numbers.

    Raises NombreNu, saying where, for a number that does not say what it is.
    """
    if isinstance(valeur, TelQuel):
        return str(valeur)
    if isinstance(valeur, Ordre | Trait):
        return valeur.valeur
    if isinstance(valeur, str | Nombre):
        return clean_texte(str(valeur))
    if isinstance(valeur, Mapping):
        return {cle: render_donnees(contenu, f"{ou}.{cle}") for cle, contenu in valeur.items()}
    if isinstance(valeur, list | tuple):
        return [render_donnees(contenu, f"{ou}[{rang}]") for rang, contenu in enumerate(valeur)]
    if not isinstance(valeur, bool):
        refuse_nu(valeur, ou)
    return valeur


def build_cadre(entete: Tableau, referentiel: Referentiel, sujet: str) -> dict[str, Any]:
    """What every page of a document carries: title, head, and the foot that says what it rests on."""
    return {
        "titre": f"{sujet}, au {format_date(entete.vu_le)}",
        "tete": [f"Tableau de bord local, {referentiel.nom}", f"Au {format_date(entete.vu_le)}"],
        "pied": (
            f"Vu le {format_date(entete.vu_le)}, connu le {format_date(entete.connu_le)}. "
            f"Données {entete.donnees_version}, référentiel {entete.version_referentiel}."
        ),
    }


def build_signe(statut: Statut, drapeaux: str = "") -> dict[str, str]:
    """A shape and its word: one never goes without the other."""
    return {"code": statut.value, "mot": write_etat(statut, drapeaux)}


def build_couverture(renseignes: Decompte, applicables: Decompte) -> dict[str, Any]:
    """« 5 sur 6 » and the width of its bar, in hundredths; None when nothing applies: no bar then."""
    part = Trait(round(100 * int(renseignes) / int(applicables))) if applicables else None
    return {"texte": renseignes.sur(applicables), "part": part}


def shorten(texte: str) -> str:
    """What a running head can hold; the title says it whole."""
    return texte if len(texte) <= TETE_MAX else f"{texte[: TETE_MAX - 1].rstrip()}…"


def loosen(cible: str) -> str:
    """« au moins 40 entreprises » may be cut after « moins » in a narrow column, not before the unit."""
    return cible.replace(INSECABLE, " ", 1) if cible.count(INSECABLE) > 1 else cible
