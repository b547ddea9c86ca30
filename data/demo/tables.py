# ruff: noqa: INP001 - a script beside its data, not a package
"""The columns of the files, and how lines become the text of one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from fiches import Fiche

from quartiers.core.contenu import describe
from quartiers.core.genres import GENRES

PLURIELS = {"lieu": "lieux", "vacances": "calendriers"}
COLONNES_RELEVES = (
    *("indicateur", "territoire", "date", "valeur", "numerateur", "denominateur", "jalon"),
    *("source", "declarant", "commentaire", "cle", "retrait"),
)
COLONNES_CIBLES = (
    *("indicateur", "territoire", "operateur", "valeur", "echeance", "base", "base_date"),
    *("base_source", "origine", "effet"),
)
ENTETES = {
    "releves.csv": COLONNES_RELEVES,
    "cibles.csv": COLONNES_CIBLES,
    "quartiers.csv": ("code", "nom", "departement", "rattaches", "attendu_du", "attendu_au"),
    "sans_objet.csv": ("indicateur", "territoire", "motif", "valide_le", "valide_par"),
    "confirmations.csv": ("indicateur", "territoire", "lieu", "date", "motif", "par"),
    "arrets.csv": (
        *("lieu", "territoire", "adresse", "longitude", "latitude", "jour", "heures", "du", "au"),
    ),
}


def render_csv(
    entete: Iterable[str], lignes: Iterable[tuple[str, ...]], separateur: str = ";"
) -> str:
    """A CSV text, LF line ends."""
    flux = io.StringIO()
    redacteur = csv.writer(flux, delimiter=separateur, lineterminator="\n")
    redacteur.writerow(entete)
    redacteur.writerows(lignes)
    return flux.getvalue()


def render_fiches(genre: str, fiches: list[Fiche]) -> str:
    """The file of a kind: the columns that something fills, in the order of the kind."""
    connus = describe(GENRES[genre])
    remplis = [nom for nom in connus if any(fiche.champs.get(nom) for fiche in fiches)]
    lignes = {
        (f.objet, f.le): (
            *(f.objet, f.le.isoformat(), f.liens),
            *(f.champs.get(nom, "") for nom in remplis),
        )
        for f in fiches
    }
    if len(lignes) != len(fiches) or any(f.champs.keys() - connus.keys() for f in fiches):
        raise ValueError(
            f"{genre} : un objet est dit deux fois le même jour, ou un champ n’en est pas un"
        )
    return render_csv(("objet", "le", "situe", *remplis), [lignes[cle] for cle in sorted(lignes)])
