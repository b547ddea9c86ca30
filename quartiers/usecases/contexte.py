"""What a declared line is checked against: the référentiel, the territoires, the day of knowledge."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from quartiers.core.referentiel import GenreIndicateur, Indicateur, Mode, Referentiel
from quartiers.core.territoire import NOMS_DE_NIVEAU, Genre, Niveau, Territoires
from quartiers.sources.forme import clean_code, drop_decimales
from quartiers.usecases.accompagnement import Accompagnement
from quartiers.usecases.formulaire import Formulaire
from quartiers.usecases.proposer import Propositions
from quartiers.usecases.releve_lu import RelevesConnus


@dataclass(frozen=True, slots=True)
class Contexte:
    """`territoires`: all that are known, quartiers cibles included, with the codes that were replaced.

    `list_recouvrants`: the perimeters of today that cover one that ended, in words. `lieux`: known places, None
    when nobody can say; `releves`: what lines of releves.csv are compared with. `list_objets`: those of some names that
    are known things of a kind.
    """

    referentiel: Referentiel
    territoires: Territoires
    connu_le: date
    lieux: Collection[str] | None = None
    releves: RelevesConnus = field(default_factory=RelevesConnus)
    list_recouvrants: Callable[[str], Sequence[str]] = lambda _: ()
    list_objets: Callable[[str, Collection[str]], Collection[str]] = lambda _genre, _noms: ()
    propositions: Propositions = field(init=False)
    _indicateurs: dict[str, Indicateur] = field(default_factory=dict)
    _modes: dict[str, Mode] = field(default_factory=dict)
    _accompagnement: Accompagnement = field(default_factory=Accompagnement)

    def __post_init__(self) -> None:
        object.__setattr__(self, "propositions", Propositions(self.territoires))
        for indicateur in self.referentiel.list_indicateurs():
            self._indicateurs[indicateur.code] = indicateur
        for engagement in self.referentiel.engagements:
            for action in engagement.actions:
                self._modes.update((i.code, action.mode) for i in action.indicateurs)

    def get_mode(self, indicateur: str) -> Mode | None:
        """The strength of the action that carries it, None for an indicateur of an objectif."""
        return self._modes.get(indicateur)

    def get_indicateur(self, code: str) -> Indicateur | None:
        """The indicateur of that code."""
        return self._indicateurs.get(code)

    def get_niveau(self, territoire: str) -> Niveau | None:
        """The level of a territoire, None when it is unknown."""
        connu = self.territoires.get(territoire)
        return None if connu is None else connu.niveau

    def read_territoire(self, formulaire: Formulaire, colonne: str = "territoire") -> str | None:
        """A territoire that is or was; a code that only a later one continues is refused with that one."""
        texte = formulaire.read_texte(colonne, requis=True)
        return self.find_territoire(formulaire, colonne, texte) if texte else None

    def find_territoire(
        self,
        formulaire: Formulaire,
        colonne: str,
        texte: str,
        genres: Collection[Genre] | None = None,
    ) -> str | None:
        """The territoire that a text is the code of, its signs and case put right; refused with a hint otherwise."""
        try:
            code = clean_code(texte)
        except ValueError as erreur:
            formulaire.refuse(colonne, str(erreur))
            return None
        if code not in self.territoires and code not in self.territoires.anciens:
            code = code.upper()
        connu = self.territoires.get(code)
        if connu is not None and (genres is None or connu.genre in genres):
            if code != texte:
                formulaire.repair(colonne, f"« {texte} » lu {code}")
            return code
        if connu is None and code in self.territoires.anciens:
            suite = self.territoires.get_present(code) or self.territoires.anciens[code].suite
            formulaire.refuse(colonne, f"code ancien : « {texte} » est devenu {suite}")
            return None
        quoi = (
            "territoire inconnu"
            if genres is None
            else f"{' ou '.join(genre.upper() for genre in genres)} inconnu"
        )
        indice = partial(self.propositions.say, texte, genres)
        formulaire.refuse(colonne, f"{quoi} : « {texte} »", indice)
        return None

    def check_en_vigueur(
        self,
        formulaire: Formulaire,
        code: str,
        jour: date | None,
        colonne: str = "territoire",
    ) -> None:
        """Refuse what is said of a territoire after its last day, with what continues it (L-38)."""
        fin = self.territoires[code].au
        if fin is not None and jour is not None and jour > fin:
            formulaire.refuse(colonne, self.say_fini(code), partial(self.say_suite, code))

    def say_fini(self, code: str) -> str:
        """« QP034001 n’est plus en vigueur depuis le 31/12/2023 »."""
        return f"{code} n’est plus en vigueur depuis le {self.territoires[code].au:%d/%m/%Y}"

    def say_suite(self, code: str) -> str:
        """What to write in the place of a territoire that ended."""
        present = self.territoires.get_present(code)
        if present is not None:
            return f" ; écrire {present} ({self.territoires[present].nom})"
        if self.territoires[code].genre is not Genre.QPV:
            return ", et rien ne dit ce qui le continue"
        trouves = self.list_recouvrants(code)
        if trouves:
            return f" ; périmètres de 2024 qui le recouvrent : {', '.join(trouves)}"
        return " ; code de la génération 2015 : écrire le code 2024"

    def find_cellule(self, indicateur: str, territoire: str) -> tuple[str, str] | None:
        """The codes that two texts of a file are read as; None when they are not known. Nothing is told."""
        try:
            propre, code = clean_code(indicateur), clean_code(territoire)
        except ValueError:
            return None
        ecritures = (indicateur, propre, propre.upper(), propre.lower(), drop_decimales(propre))
        trouve = next((e for e in ecritures if e in self._indicateurs), None)
        lieu = next((c for c in (code, code.upper()) if c in self.territoires), None)
        return None if trouve is None or lieu is None else (trouve, lieu)

    def read_cellule(self, formulaire: Formulaire) -> tuple[Indicateur, str] | None:
        """Indicateur and territoire of a line, at a level where the indicateur is measured."""
        code = formulaire.read_parmi("indicateur", self._indicateurs, "indicateur")
        territoire = self.read_territoire(formulaire)
        if code is None or territoire is None:
            return None
        indicateur = self._indicateurs[code]
        self._accompagnement.tell_ecart(formulaire, "libelle", code, indicateur.libelle)
        connu = self.territoires[territoire]
        self._accompagnement.tell_ecart(formulaire, "nom", territoire, connu.nom)
        niveau = connu.niveau
        if niveau not in list_niveaux(indicateur):
            attendus = " ou ".join(NOMS_DE_NIVEAU[n] for n in list_niveaux(indicateur))
            formulaire.refuse(
                "territoire", f"{code} se mesure au niveau {attendus}, pas {NOMS_DE_NIVEAU[niveau]}"
            )
            return None
        return indicateur, territoire


def list_niveaux(indicateur: Indicateur) -> tuple[Niveau, ...]:
    """Levels a value or a target may be given at: its own; for a national one also départements and quartiers."""
    if indicateur.genre is GenreIndicateur.NATIONAL:
        return (Niveau.NATION, Niveau.DEPARTEMENT, Niveau.QUARTIER)
    return (indicateur.niveau,)
