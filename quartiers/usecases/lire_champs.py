"""One cell of a record as its field reads it: the same words, whether a file or a form brings them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from quartiers.core.champs import round_coordonnee
from quartiers.core.contenu import (
    SEPARATEUR,
    ChampDecrit,
    Contenu,
    Etape,
    Mot,
    MotDeChamp,
    Reference,
    SousEnsemble,
    TypeDeChamp,
    describe,
)
from quartiers.core.dire import flatten
from quartiers.core.genres import GENRES_DE_FICHIER
from quartiers.core.mots import find_echelles, get_mots
from quartiers.core.referentiel import Referentiel
from quartiers.sources.forme import clean_code
from quartiers.sources.jour import parse_jour
from quartiers.sources.libelle import check_nom, check_texte
from quartiers.sources.nombre import parse_coordonnee, parse_entier, parse_nombre
from quartiers.usecases.formulaire import Formulaire, find_proche

OBJET_MAX = 80
OUI_NON = {"oui": True, "vrai": True, "true": True, "non": False, "faux": False, "false": False}
_HEURE = re.compile(r"(\d{1,2})(?:[:hH](\d{2})?)(?::00)?", re.ASCII)
Objets = Mapping[str, Collection[str]]
"""Known things by kind; a kind that is absent is one of which nobody can say what is known."""


@dataclass(frozen=True, slots=True)
class LecteurDeChamps:
    """Reads the fields of a kind: `valeurs` of the fields before are what some depend on."""

    genre: type[Contenu]
    referentiel: Referentiel
    objets: Objets = field(default_factory=dict)

    def read(self, formulaire: Formulaire) -> dict[str, Any]:
        """The fields that could be read; every fault is written on the form."""
        valeurs: dict[str, Any] = {}
        for nom, decrit in describe(self.genre).items():
            texte = formulaire.ligne[nom]
            if not texte:
                if decrit.requis:
                    formulaire.refuse(nom, "valeur obligatoire absente")
                continue
            lu = self._read_cellule(formulaire, decrit, texte, valeurs)
            if lu is not None:
                valeurs[nom] = lu
        return valeurs

    def _read_cellule(
        self, formulaire: Formulaire, decrit: ChampDecrit, texte: str, valeurs: Mapping[str, Any]
    ) -> Any:  # noqa: ANN401 -- as many types as fields
        if not decrit.multiple:
            return self._read_valeur(formulaire, decrit, texte, valeurs)
        morceaux = split_valeurs(texte, decrit.champ.separateur)
        if not all(morceaux):
            formulaire.refuse(decrit.nom, f"« {texte} » : une valeur vide parmi plusieurs")
            return None
        lus = [self._read_valeur(formulaire, decrit, m, valeurs) for m in morceaux]
        return None if None in lus else tuple(dict.fromkeys(lus))

    def _read_valeur(
        self, formulaire: Formulaire, decrit: ChampDecrit, texte: str, valeurs: Mapping[str, Any]
    ) -> Any:  # noqa: ANN401
        nom, champ = decrit.nom, decrit.champ
        try:
            match decrit.type:
                case TypeDeChamp.MOT:
                    return self._read_mot(
                        formulaire, nom, texte, get_mots(decrit, self.referentiel)
                    )
                case TypeDeChamp.SOUS_ENSEMBLE:
                    return self._read_sous_ensemble(formulaire, decrit, texte)
                case TypeDeChamp.MOT_DE_CHAMP:
                    return self._read_mot_de_champ(formulaire, nom, texte, valeurs)
                case TypeDeChamp.REFERENCE:
                    return self._read_reference(formulaire, nom, texte, champ.genre)
                case TypeDeChamp.ETAPE:
                    return self._parse_etape(texte, valeurs)
                case TypeDeChamp.NOMBRE:
                    return parse_nombre(texte, negatif=champ.negatif)
                case TypeDeChamp.TEXTE:
                    return formulaire.notice_personnelles(
                        nom, check_texte(texte, nom, champ.maximum)
                    )
                case TypeDeChamp.COORDONNEE:
                    return round_coordonnee(parse_coordonnee(texte, borne=champ.borne))
            return _PARSE[decrit.type](texte)
        except ValueError as erreur:
            formulaire.refuse(nom, str(erreur))
            return None

    def _read_mot(
        self, formulaire: Formulaire, nom: str, texte: str, mots: Mapping[str, str]
    ) -> Mot | None:
        """A word, or what a person writes in its place: its label, its accents, its capitals; told then."""
        if texte in mots:
            return Mot(texte)
        plat = flatten(clean_code(texte))
        trouves = [m for m, libelle in mots.items() if plat in (flatten(m), flatten(libelle))]
        if len(trouves) == 1:
            formulaire.repair(nom, f"« {texte} » lu « {trouves[0]} »")
            return Mot(trouves[0])
        if not mots:
            formulaire.refuse(nom, f"« {texte} » : le programme ne donne aucun mot à ce champ")
            return None
        formulaire.refuse(nom, f"mot inconnu : « {texte} »", lambda: _say_mot_proche(texte, mots))
        return None

    def _read_sous_ensemble(
        self, formulaire: Formulaire, decrit: ChampDecrit, texte: str
    ) -> SousEnsemble | None:
        mot, _, nombre = texte.rpartition(" ")
        if not mot:
            raise ValueError(f"« {texte} » : écrire un mot et son nombre")
        lu = self._read_mot(formulaire, decrit.nom, mot.strip(), get_mots(decrit, self.referentiel))
        n = parse_entier(nombre)
        return None if lu is None else SousEnsemble(lu, n)

    def _read_mot_de_champ(
        self, formulaire: Formulaire, nom: str, texte: str, valeurs: Mapping[str, Any]
    ) -> MotDeChamp | None:
        """`fonction=dcpp`, for a field of words of the kind that the record names."""
        champ, egal, mot = (morceau.strip() for morceau in texte.partition("="))
        if not egal or not mot:
            raise ValueError(f"« {texte} » : écrire champ=mot")
        genre = GENRES_DE_FICHIER.get(valeurs.get("genre", ""))
        if genre is None:  # told on its own column
            return None
        champs = {c: d for c, d in describe(genre).items() if d.type is TypeDeChamp.MOT}
        if champ not in champs:
            connus = ", ".join(champs) or "aucun"
            raise ValueError(f"« {champ} » n’est pas un champ de mots de {genre.GENRE} ({connus})")
        lu = self._read_mot(formulaire, nom, mot, get_mots(champs[champ], self.referentiel))
        return None if lu is None else MotDeChamp(champ, lu)

    def _read_reference(
        self, formulaire: Formulaire, nom: str, texte: str, genre: str
    ) -> Reference | None:
        objet = parse_objet(texte)
        connus = self.objets.get(genre)
        if connus is None or objet in connus:
            return Reference(objet)
        formulaire.refuse(
            nom,
            f"objet de genre {genre} inconnu : « {texte} »",
            lambda: _say_code_proche(texte, connus),
        )
        return None

    def _parse_etape(self, texte: str, valeurs: Mapping[str, Any]) -> Etape:
        """The number of a step, or its words, in the only scale that such a record has."""
        echelles = find_echelles(self.referentiel, self.genre, valeurs)
        if not echelles:
            raise ValueError(f"« {texte} » : le programme ne donne aucune échelle d’étapes ici")
        rangs = {rang for echelle in echelles for rang in _list_rangs(texte, echelle)}
        if len(rangs) != 1:
            dites = " ou ".join(
                ", ".join(f"{rang} {mots}" for rang, mots in enumerate(echelle))
                for echelle in echelles
            )
            raise ValueError(f"étape inconnue : « {texte} » ; étapes : {dites}")
        return Etape(rangs.pop())


def split_valeurs(texte: str, separateur: str = SEPARATEUR) -> list[str]:
    """The values of one cell."""
    return [morceau.strip() for morceau in texte.split(separateur.strip() or None)]


def parse_objet(texte: str) -> str:
    """What identifies a thing at its producer: one line, its signs put right."""
    return check_nom(clean_code(texte), "objet", OBJET_MAX)


def parse_oui_non(texte: str) -> bool:
    """`oui` or `non`, as a spreadsheet may also say it."""
    lu = OUI_NON.get(flatten(texte))
    if lu is None:
        raise ValueError(f"« {texte} » : écrire oui ou non")
    return lu


def parse_heure(texte: str) -> time:
    """`18:30`, `18h30` or `18h`."""
    trouve = _HEURE.fullmatch(texte)
    if trouve is None or int(trouve[1]) > 23 or int(trouve[2] or 0) > 59:
        raise ValueError(f"« {texte} » n’est pas une heure (HH:MM)")
    return time(int(trouve[1]), int(trouve[2] or 0))


def _list_rangs(texte: str, echelle: tuple[str, ...]) -> list[int]:
    plat = flatten(texte)
    return [rang for rang, mots in enumerate(echelle) if plat in (str(rang), flatten(mots))]


def _say_mot_proche(texte: str, mots: Mapping[str, str]) -> str:
    """The nearest word, by itself or by its label."""
    ecrits = {libelle: mot for mot, libelle in mots.items()} | {mot: mot for mot in mots}
    proche = find_proche(texte, ecrits)
    if proche is None:
        return f" ; mots connus : {', '.join(mots)}"
    return f" ; le plus proche est « {ecrits[proche]} »"


def _say_code_proche(texte: str, connus: Collection[str]) -> str:
    proche = find_proche(texte, connus)
    return "" if proche is None else f" ; le plus proche est « {proche} »"


_PARSE: Mapping[TypeDeChamp, Callable[[str], Any]] = {
    TypeDeChamp.JOUR: parse_jour,
    TypeDeChamp.HEURE: parse_heure,
    TypeDeChamp.ENTIER: parse_entier,
    TypeDeChamp.OUI_NON: parse_oui_non,
}
