"""What the State promised, as typed values: engagements, objectifs, actions, indicateurs, dispositifs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from quartiers.core.territoire import Niveau

CALCUL = "calcul"
"""The « declarant » of what the product works out by itself: there is nobody to ask."""


class GenreIndicateur(StrEnum):
    """The seven kinds of indicateur (domaine.md 1)."""

    PRESENCE = "presence"
    COMPTE = "compte"
    PART = "part"
    DOUBLEMENT = "doublement"
    NATIONAL = "national"
    JALON = "jalon"
    SUIVI = "suivi"


class Sens(StrEnum):
    """Whether more is better or less is better."""

    HAUSSE = "hausse"
    BAISSE = "baisse"


class Nature(StrEnum):
    """A stock is the value of a day; a flux is a running total since the first day of its période."""

    STOCK = "stock"
    FLUX = "flux"


class Periode(StrEnum):
    """The year a flux accumulates in."""

    ANNEE_CIVILE = "annee_civile"
    ANNEE_SCOLAIRE = "annee_scolaire"


class Frequence(StrEnum):
    """How often a value must be said again."""

    MOIS = "M"
    TRIMESTRE = "T"
    SEMESTRE = "S"
    AN = "A"
    RENTREE = "RS"
    VACANCES = "PV"


class Operateur(StrEnum):
    """How a value is compared with its seuil."""

    AU_MOINS = ">="
    AU_PLUS = "<="
    EXACTEMENT = "="


class Origine(StrEnum):
    """Who set a cible; a `proposition` never counts."""

    ANNEXE = "annexe"
    PLAN = "plan"
    AVENANT = "avenant"
    PROPOSITION = "proposition"


class RelativeA(StrEnum):
    """What a cible of the référentiel is relative to."""

    BASE = "base"
    ANNEE_PRECEDENTE = "annee_precedente"


class Agregation(StrEnum):
    """How values of quartiers become the value of a larger territoire."""

    SOMME = "somme"
    RAPPORT = "rapport"
    PART_DE_TERRITOIRES = "part_de_territoires"
    OBJETS_DISTINCTS = "objets_distincts"
    MEDIANE = "mediane"
    DISTRIBUTION = "distribution"
    MAX = "max"


class Mode(StrEnum):
    """The strength of the sentence of the annex (domaine.md 1)."""

    A_MINIMA = "a_minima"
    OBLIGATION_CHAQUE_QUARTIER = "obligation_chaque_quartier"
    OBLIGATION = "obligation"
    DOUBLEMENT = "doublement"
    AUGMENTER = "augmenter"
    DEVELOPPER = "developper"
    PRIORITE = "priorite"
    ENCOURAGER = "encourager"
    SI_CONCERNE = "si_concerne"


FERMES = frozenset({Mode.A_MINIMA, Mode.OBLIGATION_CHAQUE_QUARTIER})
"""The modes that bind every quartier."""


class Portee(StrEnum):
    """How far an object may be from the territoire it serves."""

    DANS = "A"
    PROCHE = "AB"
    COMMUNE = "commune"
    DEPARTEMENT = "departement"
    DESSERTE = "desserte"
    ILLIMITEE = "illimitee"


class PasZero(StrEnum):
    """What step 0 of a jalon means."""

    SANS_OBJET = "sans_objet"
    NON_ENGAGE = "non_engage"


@dataclass(frozen=True, slots=True)
class CibleReferentiel:
    """The cible written in the référentiel. `valeur` is in the indicateur's unit (a factor when relative)."""

    operateur: Operateur
    valeur: Fraction
    echeance: date | None
    relative_a: RelativeA | None
    portee: str
    origine: Origine
    citation: str | None = None
    echeance_source: str | None = None


ValeurDeFiltre: TypeAlias = bool | int | tuple[str, ...]
"""What a filter asks: yes or no, a whole number, one of some words."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """One way to derive a value from records: kind, filter, reach, and what is counted.

    A `part` keeps its numerator and denominator as two named derivations. A denominator may come from elsewhere
    than records: units of a `calendrier`, a `constante`, the `champ` of an official `source`, a `produit` of factors.
    """

    role: str
    de: str | None
    filtre: tuple[tuple[str, ValeurDeFiltre], ...]
    portee_spatiale: Portee | None
    compte: str | None
    champ: str | None
    calendrier: str | None = None
    constante: Fraction | None = None
    source: str | None = None
    produit: tuple[Derivation, ...] = ()

    def get_mots(self, cle: str) -> tuple[str, ...]:
        """The words that a filter asks; none when it asks none."""
        valeur = dict(self.filtre).get(cle, ())
        return valeur if isinstance(valeur, tuple) else ()


@dataclass(frozen=True, slots=True)
class UsageDeSource:
    """An official source able to confirm, bound, locate or give a denominator."""

    code: str
    role: str


@dataclass(frozen=True, slots=True)
class Indicateur:
    """One measure of one action (or objectif). Percentages are in percent (100 = 100 %)."""

    code: str
    libelle: str
    genre: GenreIndicateur
    niveau: Niveau
    sens: Sens
    unite: str
    frequence: Frequence
    agregation: Agregation
    principal: bool = False
    cible: CibleReferentiel | None = None
    nature: Nature | None = None
    periode: Periode | None = None
    derivations: tuple[Derivation, ...] = ()
    declarants: tuple[str, ...] = ()
    sources: tuple[UsageDeSource, ...] = ()
    lecture: str | None = None
    heritage: Niveau | None = None
    echelle: tuple[str, ...] = ()
    pas_0: PasZero | None = None
    seuil_secret: int | None = None
    sensible: bool = False
    ventilations: tuple[str, ...] = ()
    recouvre: tuple[str, ...] = ()
    a_verifier: str | None = None
    admet_negatif: bool = False

    @property
    def saisissants(self) -> tuple[str, ...]:
        """Who may type it: the declarants, less the tool itself."""
        return tuple(d for d in self.declarants if d != CALCUL)

    @property
    def portee_spatiale(self) -> Portee | None:
        """The reach of the first derivation, None when it has none."""
        return self.derivations[0].portee_spatiale if self.derivations else None

    @property
    def is_flux(self) -> bool:
        """A running total of a période."""
        return self.nature is Nature.FLUX

    @property
    def is_de_choses(self) -> bool:
        """Its value is the number of the things that records name: posts, sessions, conventions."""
        comptes = [(d.compte, d.champ) for d in self.derivations]
        return bool(comptes) and all(compte == ("distinct", None) for compte in comptes)

    @property
    def is_de_montants(self) -> bool:
        """Its value is a sum of what records say, whatever their number: they name nothing that it counts."""
        return any(d.compte == "somme" for d in self.derivations)


@dataclass(frozen=True, slots=True)
class Action:
    """One action of the programme, in its official wording; its first indicateur is the principal one."""

    code: str
    texte: str
    libelle: str
    mode: Mode
    dispositifs: tuple[str, ...]
    indicateurs: tuple[Indicateur, ...]
    texte_corrige: str | None = None

    @property
    def principal(self) -> Indicateur:
        """The indicateur that alone gives the action its statut (domaine.md 4.4)."""
        return self.indicateurs[0]


@dataclass(frozen=True, slots=True)
class Objectif:
    """What an engagement aims at; may carry indicateurs of its own, never principal."""

    code: str
    texte: str
    couvert_par: tuple[str, ...]
    indicateurs: tuple[Indicateur, ...]
    lecture: str | None = None
    texte_corrige: str | None = None


@dataclass(frozen=True, slots=True)
class Engagement:
    """One engagement of the programme."""

    code: str
    texte: str
    titre: str
    libelle: str
    objectifs: tuple[Objectif, ...]
    actions: tuple[Action, ...]

    def list_indicateurs(self) -> Iterator[Indicateur]:
        """Every indicateur it shows: those of its objectifs, then those of its actions."""
        for objectif in self.objectifs:
            yield from objectif.indicateurs
        for action in self.actions:
            yield from action.indicateurs


@dataclass(frozen=True, slots=True)
class Dispositif:
    """A scheme of the State with its life span; `successeur` takes over from the day after `au`."""

    code: str
    libelle: str
    du: date | None
    au: date | None
    successeur: str | None


@dataclass(frozen=True, slots=True)
class Referentiel:
    """A whole programme. `version` changes with its content (a digest of the files).

    `vocabulaires` gives the French label of each slug of a closed list that is data, not code
    (`vocabulaires["declarant"]["ddets"]`); `mots`, that of each word of a record (`mots["fonction"]["dcpp"]`).
    `enregistrements`: by kind, the words that a derivation may ask of each filter, and the fields it may count
    (`enregistrements["Lieu"]["champ"]`).
    """

    programme: str
    nom: str
    version: str
    engagements: tuple[Engagement, ...]
    dispositifs: tuple[Dispositif, ...]
    vocabulaires: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    mots: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    enregistrements: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def get_mots(self, vocabulaire: str) -> Mapping[str, str]:
        """The words of a field of a record, each with its French label; none when the programme has none."""
        return self.mots.get(vocabulaire, {})

    def list_echelles(self, de: str) -> Iterator[tuple[Derivation, tuple[str, ...]]]:
        """The steps that a kind of records may have reached, each with the derivation that reads them."""
        for indicateur in self.list_indicateurs():
            for derivation in indicateur.derivations:
                if derivation.de == de and derivation.compte == GenreIndicateur.JALON.value:
                    yield derivation, indicateur.echelle

    def get_libelle(self, vocabulaire: str, code: str) -> str:
        """The French label of a slug, the slug itself when the list does not hold it."""
        return self.vocabulaires.get(vocabulaire, {}).get(code, code)

    def list_indicateurs(self) -> Iterator[Indicateur]:
        """Every indicateur, in the order of the programme: objectifs then actions of each engagement."""
        for engagement in self.engagements:
            yield from engagement.list_indicateurs()

    def get_indicateur(self, code: str) -> Indicateur | None:
        """The indicateur of that code, or None."""
        return next((i for i in self.list_indicateurs() if i.code == code), None)

    def get_action(self, code_indicateur: str) -> Action | None:
        """The action that carries an indicateur, None for an indicateur of an objectif."""
        for engagement in self.engagements:
            for action in engagement.actions:
                if any(i.code == code_indicateur for i in action.indicateurs):
                    return action
        return None
