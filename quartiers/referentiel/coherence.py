"""What an indicateur may not say of itself: keys that go together, its cible, its proof."""

from __future__ import annotations

from collections.abc import Iterator

from quartiers.core.referentiel import (
    Agregation,
    GenreIndicateur,
    Nature,
    Operateur,
    Origine,
    RelativeA,
    Sens,
)
from quartiers.core.territoire import Niveau
from quartiers.referentiel.modeles import CibleEcrite, IndicateurEcrit

_HERITABLES = {Niveau.COMMUNE, Niveau.EPCI, Niveau.DEPARTEMENT, Niveau.REGION}
_OPERATEURS = {Sens.HAUSSE: Operateur.AU_MOINS, Sens.BAISSE: Operateur.AU_PLUS}
_A_NATURE = {GenreIndicateur.COMPTE, GenreIndicateur.NATIONAL, GenreIndicateur.DOUBLEMENT}
_D_ETAPES = {Agregation.DISTRIBUTION, Agregation.MEDIANE, Agregation.MAX}
_FACTEUR = 2


def list_raisons(indicateur: IndicateurEcrit, texte: str) -> Iterator[str]:
    """Every reason to refuse an indicateur, `texte` being the official wording it belongs to."""
    yield from _check_nature(indicateur)
    yield from _check_etapes(indicateur)
    yield from _check_niveau(indicateur)
    yield from _check_agregation(indicateur)
    yield from _check_derivations(indicateur)
    yield from _check_doublement(indicateur)
    if indicateur.cible is not None:
        yield from _check_cible(indicateur, indicateur.cible)
        yield from _check_origine(indicateur.cible, texte)
    if indicateur.lecture is None and (
        indicateur.cible is None or indicateur.cible.citation is None
    ):
        yield "ni citation de l'annexe, ni lecture"


def _check_nature(indicateur: IndicateurEcrit) -> Iterator[str]:
    if (indicateur.nature is Nature.FLUX) != (indicateur.periode is not None):
        yield "un flux a une période, et lui seul"
    if (indicateur.genre in _A_NATURE) != (indicateur.nature is not None):
        yield (
            "un compte, un doublement ou un objectif national dit s'il est un stock ou un flux,"
            " et eux seuls"
        )
    if indicateur.admet_negatif and indicateur.nature is not Nature.STOCK:
        yield "seul un stock admet une valeur négative"


def _check_etapes(indicateur: IndicateurEcrit) -> Iterator[str]:
    if indicateur.genre is GenreIndicateur.JALON:
        if not indicateur.echelle or indicateur.pas_0 is None:
            yield "des étapes ont une échelle et un sens du pas 0"
    elif indicateur.echelle or indicateur.pas_0 is not None:
        yield "échelle et pas 0 sont réservés aux étapes"


def _check_niveau(indicateur: IndicateurEcrit) -> Iterator[str]:
    if indicateur.genre is GenreIndicateur.NATIONAL and indicateur.niveau is not Niveau.NATION:
        yield "un objectif national est de niveau N"
    if indicateur.heritage is not None and (
        indicateur.heritage not in _HERITABLES or indicateur.heritage is not indicateur.niveau
    ):
        yield "un héritage est celui du niveau de l'indicateur (C, E, D ou R)"


def _check_agregation(indicateur: IndicateurEcrit) -> Iterator[str]:
    genre, agregation = indicateur.genre, indicateur.agregation
    if genre is GenreIndicateur.PART and agregation is not Agregation.RAPPORT:
        yield "une part se remonte par rapport de sommes, jamais par moyenne"
    if agregation is Agregation.RAPPORT and genre not in {
        GenreIndicateur.PART,
        GenreIndicateur.SUIVI,
    }:
        yield "un rapport de sommes demande un numérateur et un dénominateur"
    if genre is GenreIndicateur.JALON and agregation not in _D_ETAPES:
        yield "des étapes ne s'additionnent pas"


def _check_derivations(indicateur: IndicateurEcrit) -> Iterator[str]:
    derivations = indicateur.derivations
    if indicateur.genre is GenreIndicateur.PRESENCE and not derivations:
        yield "une présence dit sa portée spatiale"
    roles = {d.role for d in derivations}
    if indicateur.genre is GenreIndicateur.PART:
        if derivations and roles != {"numerateur", "denominateur"}:
            yield "une part se dérive d'un numérateur et d'un dénominateur"
    elif roles - {"valeur"}:
        yield "numérateur et dénominateur sont réservés aux parts"


def _check_doublement(indicateur: IndicateurEcrit) -> Iterator[str]:
    est_doublement = indicateur.genre is GenreIndicateur.DOUBLEMENT
    if est_doublement != (indicateur.base is not None):
        yield "une base est celle d'un doublement, et de lui seul"
    if est_doublement and indicateur.nature is Nature.FLUX:
        yield "un doublement est un stock"
    cible = indicateur.cible
    relative = cible is not None and cible.relative_a is RelativeA.BASE
    if relative != est_doublement:
        yield "une cible relative à la base est celle d'un doublement, et de lui seul"
    elif relative and cible is not None and cible.valeur != _FACTEUR:
        yield "la cible d'un doublement est 2 fois la base"


def _check_cible(indicateur: IndicateurEcrit, cible: CibleEcrite) -> Iterator[str]:
    if cible.operateur not in {_OPERATEURS[indicateur.sens], Operateur.EXACTEMENT}:
        yield f"l'opérateur {cible.operateur.value} contredit le sens « {indicateur.sens.value} »"
    if (cible.portee == "total_national") != (indicateur.genre is GenreIndicateur.NATIONAL):
        yield "portée « total_national » pour un objectif national, et lui seul"
    if cible.relative_a is RelativeA.ANNEE_PRECEDENTE and indicateur.nature is not Nature.FLUX:
        yield "seul un flux se compare à l'année précédente"
    if indicateur.genre is GenreIndicateur.JALON and not _is_dans_echelle(indicateur, cible):
        yield "l'étape cible n'est pas dans l'échelle"
    if indicateur.genre is GenreIndicateur.SUIVI:
        yield "un suivi n'a pas de cible"
    if cible.valeur < 0 and not indicateur.admet_negatif:
        yield "cible négative d'un indicateur qui ne l'admet pas"


def _is_dans_echelle(indicateur: IndicateurEcrit, cible: CibleEcrite) -> bool:
    valeur = cible.valeur
    return valeur.denominator == 1 and 0 < valeur < len(indicateur.echelle)


def _check_origine(cible: CibleEcrite, texte: str) -> Iterator[str]:
    if cible.origine not in {Origine.ANNEXE, Origine.PROPOSITION}:
        yield "une cible du référentiel vient de l'annexe ou se propose"
    if cible.origine is Origine.ANNEXE and cible.citation is None:
        yield "une cible de l'annexe cite l'annexe"
    if cible.citation is not None and cible.citation not in texte:
        yield f"citation introuvable dans le texte : « {cible.citation} »"
    if cible.origine is Origine.ANNEXE and (cible.echeance is None) != (
        cible.echeance_source is None
    ):
        yield "l'échéance d'une cible de l'annexe dit d'où elle vient"
