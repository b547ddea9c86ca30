"""The table of the records of a kind: its columns, and one typed row for one record; the imports read it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from quartiers.core.contenu import SEPARATEUR, ChampDecrit, Contenu, TypeDeChamp, describe
from quartiers.core.enregistrement import (
    LIBELLES_VALIDATION,
    Lien,
    NatureDeLien,
    Validation,
)
from quartiers.reports.nombres import write_decimal
from quartiers.reports.presentation.nombre import NombreDeCase
from quartiers.reports.table import Colonne, Ligne, Type, Valeur

AIDE_TERRITOIRES = (
    "Codes de territoires, séparés par « | » ; la part de chacun, s’il y en a une, après une espace "
    "(QN09301M 0,5)."
)
_AVANT = (
    Colonne("objet", Type.TEXTE, "Objet", "Ce qui identifie la chose chez son producteur.", 22),
    Colonne("le", Type.JOUR, "Le", "Jour dont parle la ligne.", 12),
    Colonne("situe", Type.TEXTE, "Situé dans", AIDE_TERRITOIRES, 24),
    Colonne("dessert", Type.TEXTE, "Dessert", AIDE_TERRITOIRES, 24),
)
_APRES = (
    Colonne(
        "validation",
        Type.TEXTE,
        "Validation",
        f"{', '.join(LIBELLES_VALIDATION)} ; vide : {Validation.SOUMIS}.",
        12,
    ),
    Colonne(
        "retrait",
        Type.TEXTE,
        "Retrait",
        "« oui » reprend ce qui a été dit de cet objet pour ce jour ; vide : rien n’est repris.",
        10,
    ),
)
_NOMBRES = {
    TypeDeChamp.ENTIER,
    TypeDeChamp.NOMBRE,
    TypeDeChamp.COORDONNEE,
    TypeDeChamp.ETAPE,
}
_LARGEURS = {Type.TEXTE: 22, Type.NOMBRE: 13, Type.JOUR: 12}


def make_colonnes(genre: type[Contenu]) -> tuple[Colonne, ...]:
    """The columns of a kind, typed for a spreadsheet."""
    champs = tuple(_make_colonne(decrit) for decrit in describe(genre).values())
    return (*_AVANT, *champs, *_APRES)


def _make_colonne(decrit: ChampDecrit) -> Colonne:
    genre = _get_type(decrit)
    champ = decrit.champ
    largeur = max(_LARGEURS[genre], len(decrit.nom) + 2)  # the name is the header: it is read whole
    return Colonne(decrit.nom, genre, champ.libelle, champ.aide, largeur)


def _get_type(decrit: ChampDecrit) -> Type:
    if decrit.multiple:
        return Type.TEXTE
    if decrit.type in _NOMBRES:
        return Type.NOMBRE
    return Type.JOUR if decrit.type is TypeDeChamp.JOUR else Type.TEXTE


def make_ligne(
    genre: type[Contenu],
    objet: str,
    le: date,
    contenu: Contenu | None,
    liens: Iterable[Lien] = (),
    validation: Validation = Validation.SOUMIS,
) -> Ligne:
    """The row of a record; without `contenu` it takes back what was said. ValueError for what one cell cannot hold."""
    tous = tuple(liens)
    champs = (
        (None,) * len(describe(genre))
        if contenu is None
        else tuple(_make_valeur(d, getattr(contenu, nom)) for nom, d in describe(genre).items())
    )
    return (
        objet,
        le,
        *(write_liens(tous, nature) or None for nature in NatureDeLien),
        *champs,
        validation.value,
        "oui" if contenu is None else None,
    )


def write_liens(liens: Iterable[Lien], nature: NatureDeLien) -> str:
    """« QN09301M 0,5 | QN09302M 0,5 »."""
    return SEPARATEUR.join(
        lien.territoire if lien.part is None else f"{lien.territoire} {write_decimal(lien.part)}"
        for lien in liens
        if lien.nature is nature
    )


def _make_valeur(decrit: ChampDecrit, valeur: Any) -> Valeur:  # noqa: ANN401 -- any field
    if valeur is None or valeur in ("", ()):
        return None
    if decrit.multiple:
        textes = [write_valeur(decrit, v) for v in valeur]
        if coupes := [texte for texte in textes if "|" in texte]:
            msg = f"{decrit.nom} : « {coupes[0]} » porte le signe qui sépare les valeurs"
            raise ValueError(msg)
        return SEPARATEUR.join(textes)
    if decrit.type in _NOMBRES:
        return NombreDeCase(_get_exact(valeur))
    return valeur if decrit.type is TypeDeChamp.JOUR else write_valeur(decrit, valeur)


def _get_exact(valeur: Any) -> Fraction:  # noqa: ANN401
    """The decimal number that a coordinate is written with, any other number as it is."""
    return Fraction(repr(valeur)) if isinstance(valeur, float) else Fraction(valeur)


def write_valeur(decrit: ChampDecrit, valeur: Any) -> str:  # noqa: ANN401
    """One value as a file holds it, in text."""
    match decrit.type:
        case TypeDeChamp.OUI_NON:
            return "oui" if valeur else "non"
        case TypeDeChamp.HEURE:
            return f"{valeur:%H:%M}"
        case TypeDeChamp.JOUR:
            return str(valeur.isoformat())
        case TypeDeChamp.SOUS_ENSEMBLE:
            return f"{valeur.mot} {valeur.n}"
        case TypeDeChamp.MOT_DE_CHAMP:
            return f"{valeur.champ}={valeur.mot}"
        case genre if genre in _NOMBRES:
            return write_decimal(_get_exact(valeur))
    return str(valeur)


LIBELLES_OUI_NON: Mapping[str, str] = {"oui": "Oui", "non": "Non"}
