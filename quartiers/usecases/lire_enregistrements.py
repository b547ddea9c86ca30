"""A record of any kind, from the line of a file or from a form: one reader, one set of rules."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from quartiers.core.anomalie import Rapport
from quartiers.core.contenu import Contenu, list_champs
from quartiers.core.dire import say_nombre
from quartiers.core.enregistrement import (
    COLONNES_APRES,
    Lien,
    NatureDeLien,
    Validation,
)
from quartiers.core.genres import GENRES
from quartiers.core.petit_genre import PetitGenre
from quartiers.sources.nombre import DECIMALES, parse_nombre
from quartiers.sources.table import Colonnes, Table
from quartiers.usecases.accompagnement import ACCOMPAGNANTES
from quartiers.usecases.contexte import Contexte
from quartiers.usecases.formulaire import Formulaire
from quartiers.usecases.lire_champs import (
    LecteurDeChamps,
    Objets,
    parse_objet,
    parse_oui_non,
    split_valeurs,
)
from quartiers.usecases.lire_lignes import read_lignes

_PART = re.compile(r"(.*\S)\s+([-+]?\d[\d.,]*%?)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class EnregistrementLu:
    """What a line says. `contenu` is None when it takes back what was said of that thing for that day."""

    genre: str
    objet: str
    le: date
    contenu: Contenu | None
    liens: tuple[Lien, ...]
    validation: Validation
    ligne: int

    @property
    def is_retrait(self) -> bool:
        """It takes back."""
        return self.contenu is None

    @property
    def identite(self) -> tuple[str, str, date]:
        """One statement per thing and day."""
        return (self.genre, self.objet, self.le)

    @property
    def territoires(self) -> tuple[str, ...]:
        """Those that it speaks of."""
        if isinstance(self.contenu, PetitGenre):
            return (getattr(self.contenu, self.contenu.OU),)
        return tuple(lien.territoire for lien in self.liens)

    @property
    def quoi(self) -> str:
        """The identity in words."""
        return GENRES[self.genre].QUOI


def get_colonnes(genre: type[Contenu]) -> Colonnes:
    """The columns of the file of a kind, in the order in which it is written."""
    champs = list_champs(genre)
    requis = tuple(nom for nom, decrit in champs.items() if decrit.requis)
    libres = tuple(nom for nom, decrit in champs.items() if not decrit.requis)
    if not genre.A_ENTETE:
        return Colonnes(requis, libres, ACCOMPAGNANTES if "indicateur" in champs else ())
    return Colonnes(("objet", "le", *requis), ("situe", "dessert", *libres, *COLONNES_APRES))


def read_enregistrements(
    table: Table, genre: type[Contenu], contexte: Contexte, objets: Objets | None = None
) -> tuple[list[EnregistrementLu], Rapport]:
    """Every record of a file; all its faults at once. `objets`: known things by kind, for references."""
    lecteur = LecteurDEnregistrements(genre, contexte, objets or {})
    return read_lignes(table, lecteur.read)


@dataclass(frozen=True, slots=True)
class LecteurDEnregistrements:
    """Reads the lines of a kind. `validations`: those that may be said here."""

    genre: type[Contenu]
    contexte: Contexte
    objets: Objets = field(default_factory=dict)
    validations: Collection[Validation] = tuple(Validation)

    def read(self, formulaire: Formulaire) -> EnregistrementLu | None:
        """The record of a line; None when something of it was refused."""
        objet = formulaire.read("objet", parse_objet, requis=True)
        le = formulaire.read_jour_connu("le", self.contexte.connu_le)
        validation = formulaire.read("validation", self._parse_validation) or Validation.SOUMIS
        retrait = formulaire.read("retrait", parse_oui_non) or False
        contenu, liens = None, tuple[Lien, ...]()
        if not retrait:
            contenu = self._read_contenu(formulaire, le)
            liens = self._read_liens(formulaire, le, contenu)
        if formulaire.has_fautes() or objet is None or le is None:
            return None
        return EnregistrementLu(
            self.genre.GENRE, objet, le, contenu, liens, validation, formulaire.numero
        )

    def _parse_validation(self, texte: str) -> Validation:
        permises = [validation.value for validation in self.validations]
        if texte.lower() not in permises:
            raise ValueError(f"validation « {texte} » hors de la liste ({', '.join(permises)})")
        return Validation(texte.lower())

    def _read_contenu(self, formulaire: Formulaire, le: date | None) -> Contenu | None:
        """What the fields say, once all of them could be read and nothing contradicts the rest."""
        avant = formulaire.fautes
        lecteur = LecteurDeChamps(self.genre, self.contexte.referentiel, self.objets)
        valeurs = lecteur.read(formulaire)
        if formulaire.fautes > avant or le is None:
            return None
        contenu = self.genre(**valeurs)
        for nom, raison in contenu.list_fautes(le):
            formulaire.refuse(nom, raison)
        return contenu

    def _read_liens(
        self, formulaire: Formulaire, le: date | None, contenu: Contenu | None
    ) -> tuple[Lien, ...]:
        """The territoires of a record, each once."""
        avant = formulaire.fautes
        liens: dict[str, Lien] = {}
        for nature in NatureDeLien:
            for lien in self._list_liens(formulaire, nature, le):
                if lien.territoire in liens:
                    formulaire.refuse(nature.value, f"{lien.territoire} est dit deux fois")
                liens[lien.territoire] = lien
        rien = not liens and formulaire.fautes == avant
        # What could not be read may say where it is.
        situable = self.genre.is_situe is not Contenu.is_situe
        if rien and not (situable if contenu is None else contenu.is_situe()):
            formulaire.refuse("situe", "aucun territoire : remplir « situe » ou « dessert »")
        return tuple(liens.values())

    def _list_liens(
        self, formulaire: Formulaire, nature: NatureDeLien, le: date | None
    ) -> Iterator[Lien]:
        """`QN09301M 0,5 | QN09302M 0,5`; shares of one record do not exceed the whole."""
        colonne = nature.value
        cellule = formulaire.ligne[colonne]
        total = Fraction(0)
        for texte in split_valeurs(cellule) if cellule else ():
            trouve = _PART.fullmatch(texte)
            ecrit, part_ecrite = (trouve[1], trouve[2]) if trouve else (texte, "")
            part = _read_part(formulaire, colonne, part_ecrite) if part_ecrite else None
            code = self.contexte.find_territoire(formulaire, colonne, ecrit, self.genre.GENRES_LIES)
            if code is not None:
                self.contexte.check_en_vigueur(formulaire, code, le, colonne)
                yield Lien(code, nature, part)
            total += part or 0
        if total > 1:
            raison = f"parts de {say_nombre(total, DECIMALES)} au total, plus que 1"
            formulaire.refuse(colonne, raison)


def _read_part(formulaire: Formulaire, colonne: str, texte: str) -> Fraction | None:
    try:
        part = parse_nombre(texte)
    except ValueError as erreur:
        formulaire.refuse(colonne, f"part : {erreur}")
        return None
    if 0 < part <= 1:
        return part
    formulaire.refuse(colonne, f"part « {texte} » : plus que 0, et 1 au plus")
    return None
