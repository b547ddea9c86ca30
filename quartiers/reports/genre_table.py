"""The table of the records of a kind: its columns, and one typed row for one record; the imports read it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from quartiers.core.contenu import SEPARATEUR, ChampDecrit, Contenu, TypeDeChamp, list_champs
from quartiers.core.enregistrement import (
    LIBELLES_VALIDATION,
    Lien,
    NatureDeLien,
    Validation,
    list_colonnes,
)
from quartiers.reports.nombres import write_decimal
from quartiers.reports.presentation.nombre import NombreDeCase
from quartiers.reports.table import Colonne, Ligne, Type, Valeur

AIDE_TERRITOIRES = (
    "Codes de territoires, séparés par « | » ; la part de chacun, s’il y en a une, après une espace "
    "(QN09301M 0,5)."
)
_ENTETE = (
    Colonne("objet", Type.TEXTE, "Objet", "Ce qui identifie la chose chez son producteur.", 22),
    Colonne("le", Type.JOUR, "Le", "Jour dont parle la ligne.", 12),
    Colonne("situe", Type.TEXTE, "Situé dans", AIDE_TERRITOIRES, 24),
    Colonne("dessert", Type.TEXTE, "Dessert", AIDE_TERRITOIRES, 24),
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
    colonnes = {colonne.nom: colonne for colonne in _ENTETE}
    colonnes |= {nom: _make_colonne(decrit) for nom, decrit in list_champs(genre).items()}
    return tuple(colonnes[nom] for nom in list_colonnes(genre))


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
    autrement: Mapping[str, Valeur] | None = None,
) -> Ligne:
    """The row of a record; without `contenu` it takes back what was said. ValueError for what one cell cannot hold.

    `autrement`: the cells that are not written as their type says.
    """
    tous = tuple(liens)
    cellules: dict[str, Valeur] = {
        "objet": objet,
        "le": le,
        **{nature.value: write_liens(tous, nature) or None for nature in NatureDeLien},
        "validation": validation.value,
        "retrait": "oui" if contenu is None else None,
    }
    if contenu is not None:
        champs = list_champs(genre).items()
        cellules |= {nom: _make_valeur(decrit, getattr(contenu, nom)) for nom, decrit in champs}
    cellules |= autrement or {}
    return tuple(cellules.get(nom) for nom in list_colonnes(genre))


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
        separateur = decrit.champ.separateur
        if coupes := [texte for texte in textes if (separateur.strip() or separateur) in texte]:
            msg = f"{decrit.nom} : « {coupes[0]} » porte le signe qui sépare les valeurs"
            raise ValueError(msg)
        return separateur.join(textes)
    if decrit.type in _NOMBRES:
        return NombreDeCase(_get_exact(valeur))
    return valeur if decrit.type is TypeDeChamp.JOUR else write_valeur(decrit, valeur)


def say_separateur(decrit: ChampDecrit) -> str:
    """How the values of one cell are told apart."""
    signe = decrit.champ.separateur.strip()
    return f"Plusieurs valeurs, séparées par {f'« {signe} »' if signe else 'des espaces'}"


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
