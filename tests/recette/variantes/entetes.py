"""Headers: written otherwise, renamed, doubled, moved, missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from tests.recette.variantes.modele import (
    ENTETE,
    ENTRE,
    LIBRE,
    RANGEES,
    REFUSE,
    Variante,
    write_table,
)

GENRE = "en-têtes"

_ECRITURES = {
    "capitales": "VALEUR",
    "une capitale": "Valeur",
    "espaces autour": "  valeur  ",
    "espace insécable": "\u00a0valeur\u00a0",
    "accent": "valéur",
    "guillemets": "« valeur »",
    "guillemets droits": "'valeur'",
    "unité entre parenthèses": "Valeur (€)",
    "unité après une barre": "valeur / an",
    "marque d’ordre au milieu": "\ufeffvaleur",
    "espace de largeur nulle": "va\u200bleur",
    "tiret de césure": "va\u00adleur",
    "pleine largeur": "\uff56\uff41\uff4c\uff45\uff55\uff52",
}
_RENOMMEES = (
    *("valeurs", "valuer", "valleur", "valeu", "montant", "value", "nombre", "valeur2", "vaeur"),
)
_AUTRES = {
    "territoire": ("Territoire", "TERRITOIRE", "territoires", "teritoire", "quartier"),
    "indicateur": ("Indicateur", "INDICATEUR", "indicateurs", "indicatuer"),
    "date": ("Date", "DATE", "date (JJ/MM/AAAA)", "dates", "jour"),
    "cle": ("Clé", "CLÉ", "clé", "clef", "c l e", "cle ", "identifiant"),
    "source": ("Source", "sources", "SOURCE ", "sourse"),
}


def list_variantes() -> Iterator[Variante]:
    """Every header, on the same rows."""
    yield Variante("tel quel", write_table().encode(), sort=ENTRE)
    for nom, ecriture in _ECRITURES.items():
        yield _rename("valeur", ecriture, nom, LIBRE)
    for nom in ("capitales", "une capitale", "unité entre parenthèses", "espaces autour"):
        yield _rename("valeur", _ECRITURES[nom], f"{nom}, doit entrer", ENTRE)
    for ecriture in _RENOMMEES:
        yield _rename("valeur", ecriture, f"valeur renommée « {ecriture} »", REFUSE)
    for colonne, ecritures in _AUTRES.items():
        for ecriture in ecritures:
            yield _rename(colonne, ecriture, f"{colonne} écrite « {ecriture} »", LIBRE)
    yield from _list_ordres()
    yield from _list_en_trop()
    for colonne in ("indicateur", "territoire", "date", "valeur"):
        yield Variante(f"sans {colonne}", _drop(colonne), sort=REFUSE)


def _rename(colonne: str, ecriture: str, nom: str, sort: str) -> Variante:
    entete = [ecriture if c == colonne else c for c in ENTETE]
    return Variante(nom, write_table(entete=entete).encode(), sort=sort)


def _list_ordres() -> Iterator[Variante]:
    """The columns in another order: each cell goes where its header stands."""
    for ordre in list(permutations(range(len(ENTETE))))[100::600]:
        entete = [ENTETE[r] for r in ordre]
        rangees = [[rangee[r] for r in ordre] for rangee in RANGEES]
        nom = "colonnes dans l’ordre " + ", ".join(entete[:3])
        yield Variante(nom, write_table(rangees, entete).encode(), sort=ENTRE)


def _list_en_trop() -> Iterator[Variante]:
    """A further column: one that means nothing is told; one that could be another is refused."""
    for nom, sort in (
        ("notes", ENTRE),
        ("commune", ENTRE),
        ("valeur", REFUSE),
        ("Valeur (€)", REFUSE),
        ("VALEUR", REFUSE),
        ("", LIBRE),
    ):
        yield Variante(f"colonne de plus « {nom} »", _append((nom,)), sort=sort)
    yield Variante("deux colonnes inutiles du même nom", _append(("notes", "notes")), sort=ENTRE)


def _append(noms: Sequence[str]) -> bytes:
    rangees = [(*rangee, *("9" if nom else "" for nom in noms)) for rangee in RANGEES]
    return write_table(rangees, (*ENTETE, *noms)).encode()


def _drop(colonne: str) -> bytes:
    rang = ENTETE.index(colonne)
    rangees = [(*rangee[:rang], *rangee[rang + 1 :]) for rangee in RANGEES]
    return write_table(rangees, (*ENTETE[:rang], *ENTETE[rang + 1 :])).encode()
