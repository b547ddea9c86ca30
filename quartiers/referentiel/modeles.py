"""The shape of the TOML files: names, types and closed vocabularies. An unknown key is an error."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from quartiers.core import referentiel as coeur
from quartiers.core.territoire import Niveau

DECIMALES_MAX = 6
VALEUR_MAX = 10**9


def read_nombre(valeur: object) -> Fraction:
    """An exact number of at most six decimals, below 10⁹ (TOML decimals are read as written)."""
    if isinstance(valeur, bool) or not isinstance(valeur, int | float | Fraction | str):
        msg = "un nombre est attendu"
        raise ValueError(msg)  # noqa: TRY004 -- pydantic gathers ValueError, not TypeError
    exact = Fraction(str(valeur))
    if (exact * 10**DECIMALES_MAX).denominator != 1 or abs(exact) >= VALEUR_MAX:
        msg = "au plus six décimales, et moins d'un milliard"
        raise ValueError(msg)
    return exact


Nombre = Annotated[Fraction, BeforeValidator(read_nombre)]
Texte = Annotated[str, StringConstraints(min_length=1, strip_whitespace=False)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=60)]


class Strict(BaseModel):
    """Nothing more than what is named."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, frozen=True)


class CibleEcrite(Strict):
    """`cible` of an indicateur."""

    operateur: coeur.Operateur
    valeur: Nombre
    echeance: dt.date | None = None
    relative_a: coeur.RelativeA | None = None
    portee: Annotated[str, StringConstraints(pattern="^(territoire|total_national)$")]
    origine: coeur.Origine
    citation: Texte | None = None
    echeance_source: Texte | None = None


class BaseEcrite(Strict):
    """`base` of a doublement: the year the base belongs to, when it must be doubled, whether a source is due."""

    periode: coeur.Periode
    echeance: Texte
    source_obligatoire: bool


class DerivationEcrite(Strict):
    """One derivation: records of kind `de` that pass `filtre`, or a denominator from elsewhere."""

    role: Annotated[str, StringConstraints(pattern="^(valeur|numerateur|denominateur)$")] = "valeur"
    de: Code | None = None
    filtre: dict[str, bool | int | list[str]] = Field(default_factory=dict)
    portee_spatiale: coeur.Portee | None = None
    compte: Code | None = None
    champ: Texte | None = None
    calendrier: Code | None = None
    constante: Nombre | None = None
    source: Code | None = None
    produit: list[dict[str, object]] | None = None


class UsageEcrit(Strict):
    """One use of an official source."""

    code: Code
    role: Code


class IndicateurEcrit(Strict):
    """One `[[….indicateurs]]`."""

    code: Code
    principal: bool = False
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
    seuil_secret: int | None = None
    sensible: bool = False
    admet_negatif: bool = False
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


class DispositifEcrit(Strict):
    """One `[[dispositifs]]`."""

    code: Code
    libelle: Texte
    du: dt.date | None = None
    au: dt.date | None = None
    successeur: Code | None = None
    note: Texte | None = None
    a_verifier: Texte | None = None


class SourceEcrite(Strict):
    """One `[[sources]]`."""

    code: Code
    libelle: Texte
    producteur: Texte
    exhaustif: bool


class ProgrammeEcrit(Strict):
    """`programme.toml`. `mentions`: lines of the annex that belong to no entry (its titles)."""

    format: Annotated[int, Field(ge=1, le=1)]
    programme: Code
    nom: Texte
    annexe: Texte | None = None
    mentions: list[Texte] = Field(default_factory=list)
    vocabulaires: dict[str, dict[str, Texte]] = Field(default_factory=dict)
    sources: list[SourceEcrite] = Field(default_factory=list)
    dispositifs: list[DispositifEcrit] = Field(default_factory=list)
