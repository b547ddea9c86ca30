"""One line of a declared file, read cell by cell; every fault is written down with its place."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from functools import partial
from typing import TypeVar

from quartiers.core.anomalie import Carnet
from quartiers.core.donnees_personnelles import say_personnelles
from quartiers.sources.forme import check_alphabet, clean_code, drop_decimales
from quartiers.sources.libelle import check_nom, check_texte
from quartiers.sources.nombre import parse_coordonnee, parse_entier, parse_nombre
from quartiers.sources.table import Ligne
from quartiers.usecases.juger_plausibilite import parse_jour_plausible

TEXTE_MAX = 200
PROPOSITIONS_MAX = 100
PREFIXE_MAX = 6
ASSEZ_PEU = 2000
T = TypeVar("T")


@dataclass(slots=True)
class Formulaire:
    """A line being read. `fautes` counts what was refused on it: a line with faults is never kept."""

    ligne: Ligne
    carnet: Carnet
    fautes: int = 0

    @property
    def numero(self) -> int:
        """Physical line where the record begins."""
        return self.ligne.numero

    def has_fautes(self) -> bool:
        """Something was refused on this line."""
        return self.fautes > 0

    def refuse(
        self, colonne: str | None, raison: str, indice: Callable[[], str] | None = None
    ) -> None:
        """Write a fault of this line; `indice` says how its reason ends, asked later and of the first faults only."""
        self.fautes += 1
        dites = len(self.carnet.refus)
        self.carnet.refuse(self.ligne.numero, colonne, raison)
        if indice is not None and dites < PROPOSITIONS_MAX:
            self.carnet.refus[-1] = replace(self.carnet.refus[-1], indice=indice)

    def notice(self, colonne: str | None, raison: str) -> None:
        """Write what is worth telling of this line and changes nothing."""
        self.carnet.notice(self.ligne.numero, colonne, raison)

    def notice_personnelles(self, colonne: str, texte: str) -> str:
        """The same text; what it seems to say of a person is told, and never stops it."""
        if dites := say_personnelles(texte):
            self.notice(colonne, f"paraît contenir {dites}\u00a0: texte gardé, publié nulle part")
        return texte

    def repair(self, colonne: str | None, raison: str) -> None:
        """Write a value that was put right: the line is kept."""
        self.carnet.repair(self.ligne.numero, colonne, raison)

    def read(self, colonne: str, parse: Callable[[str], T], *, requis: bool = False) -> T | None:
        """The cell as `parse` reads it; None when it is empty or faulty."""
        texte = self.ligne[colonne]
        if not texte:
            if requis:
                self.refuse(colonne, "valeur obligatoire absente")
            return None
        try:
            return parse(texte)
        except ValueError as erreur:
            self.refuse(colonne, str(erreur))
            return None

    def read_texte(self, colonne: str, *, requis: bool = False, maximum: int = TEXTE_MAX) -> str:
        """A text of limited length, empty when absent."""
        try:
            texte = check_texte(self.ligne[colonne], colonne, maximum)
        except ValueError as erreur:
            self.refuse(colonne, str(erreur))
            return ""
        if requis and not texte:
            self.refuse(colonne, "valeur obligatoire absente")
        return texte

    def read_source(self, colonne: str) -> str:
        """The name of a producer: letters of another alphabet would make it another one that looks the same."""
        texte = self.read_texte(colonne)
        try:
            return check_alphabet(texte)
        except ValueError as erreur:
            self.refuse(colonne, str(erreur))
            return ""

    def read_nom(self, colonne: str) -> str:
        """The required name of something: one line."""
        nom = self.read(colonne, lambda texte: check_nom(texte, colonne, TEXTE_MAX), requis=True)
        return nom or ""

    def read_jour(self, colonne: str, *, requis: bool = False) -> date | None:
        """A day of the programme's time: before, the year is mistyped."""
        return self.read(colonne, parse_jour_plausible, requis=requis)

    def read_jour_connu(self, colonne: str, connu_le: date) -> date | None:
        """The required day of a fact, no later than the day it is known."""
        jour = self.read_jour(colonne, requis=True)
        if jour is not None and jour > connu_le:
            self.refuse(
                colonne,
                f"le fait est daté du {jour:%d/%m/%Y}, après le jour où il est connu ({connu_le:%d/%m/%Y})",
            )
            return None
        return jour

    def read_nombre(self, colonne: str, *, negatif: bool = True) -> Fraction | None:
        """An exact number."""
        return self.read(colonne, lambda texte: parse_nombre(texte, negatif=negatif))

    def read_pourcents(self, colonne: str, *, negatif: bool = True) -> Fraction | None:
        """An exact number of percent, the sign being written or not."""
        return self.read(
            colonne,
            lambda texte: parse_nombre(texte.removesuffix("%").rstrip(), negatif=negatif),
        )

    def read_entier(self, colonne: str) -> int | None:
        """A whole number, 0 or more."""
        return self.read(colonne, parse_entier)

    def read_coordonnee(self, colonne: str, borne: int) -> float | None:
        """A coordinate in degrees."""
        return self.read(colonne, lambda texte: parse_coordonnee(texte, borne=borne))

    def read_code(
        self,
        colonne: str,
        *,
        requis: bool = False,
        maximum: int = TEXTE_MAX,
        connus: Collection[str] = (),
    ) -> str:
        """A code or a key with its signs put right, and in the case of the known one it is; told when it changed."""
        texte = self.read_texte(colonne, requis=requis, maximum=maximum)
        if not texte or texte in connus:
            return texte
        try:
            propre = clean_code(texte)
        except ValueError as erreur:
            self.refuse(colonne, str(erreur))
            return ""
        ecritures = (propre, propre.upper(), propre.lower(), drop_decimales(propre))
        code = next((ecriture for ecriture in ecritures if ecriture in connus), propre)
        if code != texte:
            self.repair(colonne, f"« {texte} » lu « {code} »{say_signe(texte)}")
        return code

    def read_parmi(
        self, colonne: str, connus: Collection[str], genre: str, *, requis: bool = True
    ) -> str | None:
        """A code among known ones; an unknown one is refused with the nearest found."""
        texte = self.read_code(colonne, requis=requis, connus=connus)
        if not texte:
            return None
        if texte in connus:
            return texte
        self.refuse(colonne, f"{genre} inconnu : « {texte} »", partial(say_proche, texte, connus))
        return None


def say_proche(texte: str, connus: Collection[str]) -> str:
    """The nearest known code, in words; nothing when there is none."""
    proche = find_proche(texte, connus)
    return "" if proche is None else f" ; le plus proche est « {proche} »"


def say_signe(texte: str) -> str:
    """The first sign of a code that is no plain one, by its number: it may not show."""
    rang = next((rang for rang, signe in enumerate(texte) if not signe.isascii()), None)
    return "" if rang is None else f" (signe U+{ord(texte[rang]):04X} en place {rang + 1})"


def find_proche(texte: str, connus: Collection[str]) -> str | None:
    """The known code that looks most like a text. Among many, only those that begin semblables are compared."""
    cherche = texte.casefold()
    candidats = {connu.casefold(): connu for connu in connus}
    if len(candidats) > ASSEZ_PEU:
        for taille in range(PREFIXE_MAX, 0, -1):
            semblables = {c: v for c, v in candidats.items() if c.startswith(cherche[:taille])}
            if semblables:
                candidats = semblables
                break
    trouves = get_close_matches(cherche, list(candidats), n=1, cutoff=0.5)
    return candidats[trouves[0]] if trouves else None
