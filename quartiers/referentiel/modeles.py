"""The shape of the TOML files: names, types and closed vocabularies. An unknown key is an error."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
)

from quartiers.core import referentiel as coeur
from quartiers.core.territoire import Niveau

DECIMALES_MAX = 6
VALEUR_MAX = 10**9
ANNEES = range(1900, 2101)


def read_nombre(valeur: object) -> Fraction:
    """An exact number of at most six decimals, below 10⁹ (TOML decimals are read as written)."""
    if isinstance(valeur, bool) or not isinstance(valeur, int | Decimal):
        msg = "un nombre est attendu"
        raise ValueError(msg)  # noqa: TRY004 -- pydantic gathers ValueError, not TypeError
    if isinstance(valeur, Decimal) and not valeur.is_finite():
        msg = "un nombre fini est attendu"
        raise ValueError(msg)
    exact = Fraction(valeur)
    if (exact * 10**DECIMALES_MAX).denominator != 1 or abs(exact) >= VALEUR_MAX:
        msg = "au plus six décimales, et moins d'un milliard"
        raise ValueError(msg)
    return exact


def read_date(valeur: object) -> dt.date:
    """A TOML date (not a text, not an hour of a day) of a plausible year."""
    if isinstance(valeur, dt.datetime) or not isinstance(valeur, dt.date):
        msg = "une date est attendue (AAAA-MM-JJ, sans guillemets)"
        raise ValueError(msg)  # noqa: TRY004 -- same reason
    if valeur.year not in ANNEES:
        msg = f"année {valeur.year} invraisemblable"
        raise ValueError(msg)
    return valeur


def read_filtre(valeur: object) -> bool | int | list[str]:
    """One value of a filter: true or false, a whole number, or a list of words."""
    if isinstance(valeur, bool | int):
        return valeur
    if isinstance(valeur, list) and valeur and all(isinstance(mot, str) for mot in valeur):
        return valeur
    msg = "true, false, un entier ou une liste de mots est attendu"
    raise ValueError(msg)


def check_texte(texte: str) -> str:
    """A text that says something and does not hide spaces at its ends."""
    if not texte.strip():
        msg = "texte vide"
        raise ValueError(msg)
    if texte != texte.strip():
        msg = "espace au début ou à la fin du texte"
        raise ValueError(msg)
    return texte


Nombre = Annotated[Fraction, BeforeValidator(read_nombre)]
Jour = Annotated[dt.date, BeforeValidator(read_date)]
Texte = Annotated[str, AfterValidator(check_texte)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.+-]*$", max_length=60)]
Filtre: TypeAlias = Annotated[bool | int | list[str], BeforeValidator(read_filtre)]
Role = Literal["valeur", "numerateur", "denominateur"]


class Strict(BaseModel):
    """Nothing more than what is named."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, frozen=True)


class CibleEcrite(Strict):
    """`cible` of an indicateur."""

    operateur: coeur.Operateur
    valeur: Nombre
    echeance: Jour | None = None
    relative_a: coeur.RelativeA | None = None
    portee: Literal["territoire", "total_national"]
    origine: coeur.Origine
    citation: Texte | None = None
    echeance_source: Code | None = None


class BaseEcrite(Strict):
    """`base` of a doublement: the year the base belongs to, when it must be doubled, whether a source is due."""

    periode: coeur.Periode
    echeance: Literal["fin_n_plus_1"]
    source_obligatoire: StrictBool


class DerivationEcrite(Strict):
    """One derivation: records of kind `de` that pass `filtre`, or a denominator from elsewhere."""

    role: Role = "valeur"
    de: Code | None = None
    filtre: dict[Code, Filtre] = Field(default_factory=dict)
    portee_spatiale: coeur.Portee | None = None
    compte: Code | None = None
    champ: Code | None = None
    calendrier: Code | None = None
    constante: Nombre | None = None
    source: Code | None = None
    produit: list[DerivationEcrite] | None = None


class UsageEcrit(Strict):
    """One use of an official source."""

    code: Code
    role: Code


class IndicateurEcrit(Strict):
    """One `[[….indicateurs]]`."""

    code: Code
    principal: StrictBool = False
    libelle: Texte
    genre: coeur.GenreIndicateur
    niveau: Niveau
    sens: coeur.Sens
    unite: Texte
    nature: coeur.Nature | None = None
    periode: coeur.Periode | None = None
    frequence: coeur.Frequence
    agregation: coeur.Agregation
    heritage: Niveau | None = None
    echelle: list[Texte] = Field(default_factory=list)
    pas_0: coeur.PasZero | None = None
    cible: CibleEcrite | None = None
    base: BaseEcrite | None = None
    declarants: list[Code] = Field(default_factory=list)
    sources: list[UsageEcrit] = Field(default_factory=list)
    ventilations: list[Texte] = Field(default_factory=list)
    recouvre: list[Code] = Field(default_factory=list)
    seuil_secret: Annotated[StrictInt, Field(ge=2)] | None = None
    sensible: StrictBool = False
    admet_negatif: StrictBool = False
    a_verifier: Texte | None = None
    lecture: Texte | None = None
    derivations: list[DerivationEcrite] = Field(default_factory=list)


class ObjectifEcrit(Strict):
    """One `[[objectifs]]`."""

    code: Code
    texte: Texte
    texte_corrige: Texte | None = None
    couvert_par: list[Code] = Field(default_factory=list)
    lecture: Texte | None = None
    indicateurs: list[IndicateurEcrit] = Field(default_factory=list)


class ActionEcrite(Strict):
    """One `[[actions]]`."""

    code: Code
    texte: Texte
    texte_corrige: Texte | None = None
    libelle: Texte
    mode: coeur.Mode
    dispositifs: list[Code] = Field(default_factory=list)
    indicateurs: list[IndicateurEcrit] = Field(min_length=1)


class EngagementEcrit(Strict):
    """One file of an engagement."""

    code: Code
    texte: Texte
    titre: Texte
    libelle: Texte
    objectifs: list[ObjectifEcrit] = Field(default_factory=list)
    actions: list[ActionEcrite] = Field(min_length=1)

    def list_indicateurs(self) -> Iterator[IndicateurEcrit]:
        """Every indicateur of the file: those of its objectifs, then those of its actions."""
        for objectif in self.objectifs:
            yield from objectif.indicateurs
        for action in self.actions:
            yield from action.indicateurs


class DispositifEcrit(Strict):
    """One `[[dispositifs]]`."""

    code: Code
    libelle: Texte
    du: Jour | None = None
    au: Jour | None = None
    successeur: Code | None = None
    note: Texte | None = None
    a_verifier: Texte | None = None


class SourceEcrite(Strict):
    """One `[[sources]]`."""

    code: Code
    libelle: Texte
    producteur: Texte
    exhaustif: StrictBool


class ProgrammeEcrit(Strict):
    """`programme.toml`. `mentions`: lines of the annex that belong to no entry (its titles).

    `vocabulaires`: French label of each word of a closed list. `enregistrements`: for each kind of
    record a derivation may read, the words each key of its filter may hold. `mots`: French label of each word
    of a record, by vocabulary; `mots_ajoutes`: the words that no derivation reads.
    """

    format: Annotated[StrictInt, Field(ge=1, le=1)]
    programme: Code
    nom: Texte
    annexe: Texte | None = None
    mentions: list[Texte] = Field(default_factory=list)
    vocabulaires: dict[Code, dict[str, Texte]] = Field(default_factory=dict)
    enregistrements: dict[Code, dict[Code, list[Code]]] = Field(default_factory=dict)
    mots: dict[Code, dict[Code, Texte]] = Field(default_factory=dict)
    mots_ajoutes: dict[Code, list[Code]] = Field(default_factory=dict)
    sources: list[SourceEcrite] = Field(default_factory=list)
    dispositifs: list[DispositifEcrit] = Field(default_factory=list)
