"""The second sheet of a file of records: what each column holds, and every word of its closed lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from quartiers.core.contenu import ChampDecrit, Contenu, TypeDeChamp, list_champs
from quartiers.core.enregistrement import LIBELLES_VALIDATION, Validation
from quartiers.core.mots import find_echelles, get_mots
from quartiers.core.referentiel import Referentiel
from quartiers.reports.genre_table import LIBELLES_OUI_NON, make_colonnes, say_separateur
from quartiers.reports.lire_moi import Rubrique
from quartiers.reports.table import Colonne

_A_MOTS = {TypeDeChamp.MOT, TypeDeChamp.SOUS_ENSEMBLE}
_TYPES: Mapping[TypeDeChamp, str] = {
    TypeDeChamp.TEXTE: "Texte",
    TypeDeChamp.MOT: "Mot de la liste ci-dessous",
    TypeDeChamp.REFERENCE: "Objet d’un autre fichier",
    TypeDeChamp.INDICATEUR: "Texte",
    TypeDeChamp.TERRITOIRE: "Texte",
    TypeDeChamp.JOUR: "Date",
    TypeDeChamp.HEURE: "Heure (HH:MM)",
    TypeDeChamp.ENTIER: "Nombre entier",
    TypeDeChamp.NOMBRE: "Nombre",
    TypeDeChamp.COORDONNEE: "Nombre",
    TypeDeChamp.ETAPE: "Numéro d’étape",
    TypeDeChamp.OUI_NON: "oui ou non",
    TypeDeChamp.SOUS_ENSEMBLE: "Mot de la liste ci-dessous et son nombre",
    TypeDeChamp.MOT_DE_CHAMP: "champ=mot",
}
_TETES = {"objet": "Texte", "le": "Date", "situe": "Texte", "dessert": "Texte"}
_PAR_OBJET = "Une ligne : ce qui est dit d’un objet pour un jour."
_SUITE = ("Suite", "Le même objet un jour plus tard : ce qu’il est devenu.")
_OBLIGATOIRES = frozenset({"objet", "le"})


def list_rubriques(
    genre: type[Contenu], referentiel: Referentiel
) -> tuple[list[Rubrique], dict[str, tuple[int, int]]]:
    """The lines of the sheet; for a column that holds one word of a list, the first and last line of that list."""
    rubriques: list[Rubrique] = [
        ("Quartiers en actes", ""),
        (genre.LIBELLE, f"{genre.AIDE} {_PAR_OBJET if genre.A_ENTETE else ''}".strip()),
        ("Correction", f"{genre.QUOI.capitalize()} : la ligne corrige celle d’avant."),
        *([_SUITE] if genre.A_ENTETE else []),
        ("Case vide", "Une case vide est une valeur inconnue, jamais zéro."),
        ("", ""),
        ("Les colonnes", ""),
        # A bare name would look like the header of another table to the readers of files.
        *(
            (f"Colonne « {colonne.nom} »", _say_colonne(colonne, genre))
            for colonne in make_colonnes(genre)
        ),
    ]
    plages = {}
    for nom, titre, mots, seul in _list_listes(genre, referentiel):
        rubriques += [("", ""), (titre, "")]
        if seul and mots:
            plages[nom] = (len(rubriques), len(rubriques) + len(mots) - 1)
        rubriques += mots.items()
    return rubriques, plages


def _list_listes(
    genre: type[Contenu], referentiel: Referentiel
) -> Iterator[tuple[str, str, Mapping[str, str], bool]]:
    """(column, title, words and labels, one word a cell) of each closed list."""
    for nom, decrit in list_champs(genre).items():
        if decrit.type in _A_MOTS:
            yield nom, f"Mots de « {nom} »", get_mots(decrit, referentiel), _is_seul(decrit)
        elif decrit.type is TypeDeChamp.OUI_NON:
            yield nom, f"Choix de « {nom} »", LIBELLES_OUI_NON, True
        elif decrit.type is TypeDeChamp.ETAPE:
            for echelle in find_echelles(referentiel, genre):
                etapes = {str(rang): mots for rang, mots in enumerate(echelle)}
                yield nom, f"Étapes de « {nom} »", etapes, False
    if not genre.A_ENTETE:
        return
    validations = {v.value: LIBELLES_VALIDATION[v] for v in Validation}
    yield "validation", "Choix de « validation »", validations, True
    yield "retrait", "Choix de « retrait »", {"oui": "Oui"}, True


def _is_seul(decrit: ChampDecrit) -> bool:
    return decrit.type is TypeDeChamp.MOT and not decrit.multiple


def _say_colonne(colonne: Colonne, genre: type[Contenu]) -> str:
    """« Fonction. Mot de la liste ci-dessous. Obligatoire. »"""
    decrit = list_champs(genre).get(colonne.nom)
    dits = [colonne.titre, colonne.sens]
    if decrit is None:
        dits.append(_TETES.get(colonne.nom, "Mot de la liste ci-dessous"))
    else:
        dits.append(_TYPES[decrit.type])
        if decrit.multiple:
            dits.append(say_separateur(decrit))
    if colonne.nom in _OBLIGATOIRES or (decrit is not None and decrit.requis):
        dits.append("Obligatoire")
    return " ".join(f"{dit.removesuffix('.')}." for dit in dits if dit)
