"""Table Schema of the file of a kind, drawn from its declaration and from the words of the programme."""

from __future__ import annotations

from typing import Any

from quartiers.core.contenu import ChampDecrit, Contenu, TypeDeChamp, list_champs
from quartiers.core.enregistrement import Validation
from quartiers.core.mots import find_echelles, get_mots
from quartiers.core.petit_genre import PetitGenre
from quartiers.core.referentiel import Referentiel
from quartiers.reports.genre_table import make_colonnes, say_separateur
from quartiers.reports.schema import NOMBRE, Descripteur, Schema, make_schema
from quartiers.reports.table import Colonne

OBJET_MAX = 80
_PAR_OBJET = "Une ligne par objet et par jour dont elle parle."
_OUI_NON = {"type": "boolean", "trueValues": ["oui"], "falseValues": ["non"]}
_TETES: dict[str, tuple[Descripteur, dict[str, Any]]] = {
    "objet": ({"type": "string"}, {"required": True, "maxLength": OBJET_MAX}),
    "le": ({"type": "date", "format": "default"}, {"required": True}),
    "situe": ({"type": "string"}, {}),
    "dessert": ({"type": "string"}, {}),
    "validation": ({"type": "string"}, {"enum": [v.value for v in Validation]}),
    "retrait": (_OUI_NON, {}),
}


def build_schema_de_genre(genre: type[Contenu], referentiel: Referentiel) -> Schema:
    """Types, labels and closed lists of each column. A line that takes something back needs no compulsory field."""
    cle = _list_cle(genre)
    return make_schema(
        genre.get_mot(),
        genre.LIBELLE,
        f"{genre.AIDE} {_PAR_OBJET if genre.A_ENTETE else ''}".strip(),
        [_describe(colonne, genre, referentiel) for colonne in make_colonnes(genre)],
        **({"primaryKey": cle} if cle else {}),
    )


def _list_cle(genre: type[Contenu]) -> list[str]:
    """The columns that tell lines apart; none when one of them may be empty, or is no column."""
    if not issubclass(genre, PetitGenre):
        return ["objet", "le"]
    requis = {nom for nom, decrit in list_champs(genre).items() if decrit.requis}
    return list(genre.IDENTITE) if requis.issuperset(genre.IDENTITE) else []


def _describe(colonne: Colonne, genre: type[Contenu], referentiel: Referentiel) -> Descripteur:
    decrit = list_champs(genre).get(colonne.nom)
    if decrit is None:
        forme, contraintes = _TETES[colonne.nom]
    else:
        forme, contraintes = _get_forme(decrit), _list_contraintes(decrit, genre, referentiel)
    sens = colonne.sens or f"{colonne.titre}."
    if decrit is not None and decrit.multiple:
        sens += f" {say_separateur(decrit)}."
    descripteur = {"name": colonne.nom, "title": colonne.titre, "description": sens, **forme}
    return descripteur | {"constraints": contraintes} if contraintes else descripteur


def _get_forme(decrit: ChampDecrit) -> Descripteur:
    if decrit.multiple:
        return {"type": "string"}
    match decrit.type:
        case TypeDeChamp.JOUR:
            return {"type": "date", "format": "default"}
        case TypeDeChamp.HEURE:
            return {"type": "time", "format": "%H:%M"}
        case TypeDeChamp.NOMBRE | TypeDeChamp.COORDONNEE:
            return {**NOMBRE, "bareNumber": not decrit.champ.pourcents}
        case TypeDeChamp.ENTIER | TypeDeChamp.ETAPE:
            return {"type": "integer"}
        case TypeDeChamp.OUI_NON:
            return _OUI_NON
    return {"type": "string"}


def _list_contraintes(
    decrit: ChampDecrit, genre: type[Contenu], referentiel: Referentiel
) -> dict[str, Any]:
    contraintes: dict[str, Any] = {"required": True} if decrit.requis else {}
    if decrit.multiple:
        return contraintes
    match decrit.type:
        case TypeDeChamp.MOT:
            if mots := get_mots(decrit, referentiel):
                contraintes["enum"] = list(mots)
        case TypeDeChamp.TEXTE:
            contraintes["maxLength"] = decrit.champ.maximum
        case TypeDeChamp.REFERENCE:
            contraintes["maxLength"] = OBJET_MAX
        case TypeDeChamp.ENTIER | TypeDeChamp.NOMBRE if not decrit.champ.negatif:
            contraintes["minimum"] = 0
        case TypeDeChamp.ETAPE:
            tailles = [len(echelle) for echelle in find_echelles(referentiel, genre)]
            contraintes |= {"minimum": 0, "maximum": max(tailles, default=1) - 1}
        case TypeDeChamp.COORDONNEE:
            contraintes |= {"minimum": -decrit.champ.borne, "maximum": decrit.champ.borne}
    return contraintes
