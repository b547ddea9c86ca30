"""cibles.csv: target lines of plans and avenants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from quartiers.core.anomalie import Carnet, Rapport
from quartiers.core.referentiel import GenreIndicateur, Indicateur, Operateur, Origine, Sens
from quartiers.sources.table import Colonnes, Table
from quartiers.usecases.accompagnement import ACCOMPAGNANTES
from quartiers.usecases.contexte import Contexte
from quartiers.usecases.formulaire import Formulaire
from quartiers.usecases.lecture import read_lignes
from quartiers.usecases.plausibilite import CENT, PartDite, is_part, judge_parts

COLONNES = Colonnes(
    ("indicateur", "territoire", "operateur"),
    ("valeur", "echeance", "base", "base_date", "base_source", "origine", "effet"),
    ACCOMPAGNANTES,
)
_OPERATEURS = {Sens.HAUSSE: Operateur.AU_MOINS, Sens.BAISSE: Operateur.AU_PLUS}
NOMS = {"effet": "l’effet", "base_date": "la base"}
_ECRITURES = {"≥": ">=", "≤": "<=", "=>": ">=", "=<": "<="}


@dataclass(frozen=True, slots=True)
class CibleLue:
    """One target line, its threshold as written (None for a doublement). `etape`: the step, for a jalon."""

    indicateur: str
    territoire: str
    operateur: Operateur
    valeur: Fraction | None
    echeance: date | None
    base: Fraction | None
    base_date: date | None
    base_source: str
    origine: Origine
    effet: date | None
    etape: int | None
    ligne: int

    @property
    def identite(self) -> tuple[object, ...]:
        """Versions of one another: same cell, same effect, same origin (and same step, for a jalon)."""
        return (self.indicateur, self.territoire, self.origine, self.effet, self.etape)

    @property
    def quoi(self) -> str:
        """The identity in words."""
        return "même indicateur, même territoire, même origine, même effet"


Places = set[tuple[int, str]]
"""Lines and columns."""


def read_cibles(table: Table, contexte: Contexte) -> tuple[list[CibleLue], Rapport]:
    """All lines, or the refusal that lists every fault."""
    pourcents: Places = set()
    return read_lignes(
        table,
        lambda formulaire: _read_ligne(formulaire, contexte, pourcents),
        lambda lues, carnet: _judge(lues, carnet, contexte, pourcents),
    )


def _judge(lues: Sequence[CibleLue], carnet: Carnet, contexte: Contexte, pourcents: Places) -> None:
    """Shares that may be fractions of one."""
    parts = []
    for lue in lues:
        indicateur = contexte.get_indicateur(lue.indicateur)
        if indicateur is not None and is_part(indicateur):
            nombres = (("valeur", lue.valeur), ("base", lue.base))
            parts += [
                PartDite(lue.ligne, nom, n, (lue.ligne, nom) in pourcents)
                for nom, n in nombres
                if n is not None
            ]
    judge_parts(parts, carnet)


def _read_nombre(
    formulaire: Formulaire, colonne: str, pourcents: Places, *, part: bool
) -> Fraction | None:
    """A share may say « 0,4 % », which has one reading."""
    if not part:
        return formulaire.read_nombre(colonne)
    if formulaire.ligne[colonne].endswith("%"):
        pourcents.add((formulaire.numero, colonne))
    return formulaire.read_pourcents(colonne)


def _read_ligne(formulaire: Formulaire, contexte: Contexte, pourcents: Places) -> CibleLue | None:
    cellule = contexte.read_cellule(formulaire)
    operateur = formulaire.read("operateur", _parse_operateur, requis=True)
    part = cellule is not None and is_part(cellule[0])
    valeur = _read_nombre(formulaire, "valeur", pourcents, part=part)
    base = _read_nombre(formulaire, "base", pourcents, part=part)
    echeance, base_date = formulaire.read_jour("echeance"), formulaire.read_jour("base_date")
    effet = formulaire.read_jour("effet")
    base_source = formulaire.read_texte("base_source")
    origine = formulaire.read("origine", _parse_origine) or Origine.PLAN
    if formulaire.has_fautes() or cellule is None or operateur is None:
        return None
    indicateur, territoire = cellule
    _check_ordre(formulaire, echeance, (("effet", effet), ("base_date", base_date)))
    contexte.check_en_vigueur(formulaire, territoire, effet or contexte.connu_le)
    _tell_apres_la_fin(formulaire, contexte, territoire, echeance)
    if indicateur.genre is GenreIndicateur.DOUBLEMENT:
        _check_doublement(formulaire, valeur, base, echeance)
        valeur = None
    else:
        _check_cible(formulaire, indicateur, valeur)
        _check_base(formulaire, indicateur, base)
    if operateur not in {_OPERATEURS[indicateur.sens], Operateur.EXACTEMENT}:
        formulaire.refuse(
            "operateur", f"« {operateur.value} » contredit le sens de {indicateur.code}"
        )
    if formulaire.has_fautes():
        return None
    return CibleLue(
        indicateur=indicateur.code,
        territoire=territoire,
        operateur=operateur,
        valeur=valeur,
        echeance=echeance,
        base=base,
        base_date=base_date,
        base_source=base_source,
        origine=origine,
        effet=effet,
        etape=get_etape(indicateur, valeur),
        ligne=formulaire.numero,
    )


def _tell_apres_la_fin(
    formulaire: Formulaire, contexte: Contexte, territoire: str, echeance: date | None
) -> None:
    """A target of its time whose end comes after that of its territoire will never be due: told, not refused."""
    fin = contexte.territoires[territoire].au
    if not formulaire.has_fautes() and fin is not None and echeance is not None and echeance > fin:
        formulaire.notice("echeance", f"après le dernier jour de {territoire} ({fin:%d/%m/%Y})")


def get_etape(indicateur: Indicateur, valeur: Fraction | None) -> int | None:
    """The step that a target line plans, None when the indicateur has no steps."""
    if valeur is None or indicateur.genre is not GenreIndicateur.JALON:
        return None
    return valeur.numerator


def _parse_operateur(texte: str) -> Operateur:
    try:
        return Operateur(_ECRITURES.get(texte, texte))
    except ValueError:
        raise ValueError(f"opérateur « {texte} » : écrire >=, <= ou =") from None


def _parse_origine(texte: str) -> Origine:
    try:
        return Origine(texte.casefold())
    except ValueError:
        raise ValueError(f"origine « {texte} » : annexe, plan, avenant ou proposition") from None


def _check_ordre(
    formulaire: Formulaire, echeance: date | None, debuts: Sequence[tuple[str, date | None]]
) -> None:
    """A deadline comes no earlier than what it starts from."""
    for colonne, debut in debuts:
        if echeance is not None and debut is not None and echeance < debut:
            formulaire.refuse(
                "echeance",
                f"échéance du {echeance:%d/%m/%Y} avant {NOMS[colonne]} du {debut:%d/%m/%Y}",
            )


def _check_doublement(
    formulaire: Formulaire, valeur: Fraction | None, base: Fraction | None, echeance: date | None
) -> None:
    if base is None:
        formulaire.refuse("base", "un doublement porte sa base")
    elif base < 0:
        formulaire.refuse("base", "une base n'est pas négative")
    elif valeur is not None and valeur != 2 * base:
        formulaire.refuse("valeur", "pour un doublement, laisser vide ou écrire deux fois la base")
    if echeance is None:
        formulaire.refuse("echeance", "un doublement porte son échéance")


def _check_base(formulaire: Formulaire, indicateur: Indicateur, base: Fraction | None) -> None:
    if base is None:
        return
    if base < 0 and not indicateur.admet_negatif:
        formulaire.refuse("base", "une base n'est pas négative")
    if indicateur.genre is GenreIndicateur.PART and base > CENT:
        formulaire.refuse("base", "une part ne dépasse pas 100 %")


def _check_cible(formulaire: Formulaire, indicateur: Indicateur, valeur: Fraction | None) -> None:
    if valeur is None:
        formulaire.refuse("valeur", "valeur obligatoire absente")
        return
    if indicateur.genre is GenreIndicateur.SUIVI:
        formulaire.refuse("indicateur", f"{indicateur.code} est un suivi : il n'a pas de cible")
    if valeur < 0 and not indicateur.admet_negatif:
        formulaire.refuse("valeur", "une cible n'est pas négative")
    if indicateur.genre is GenreIndicateur.PART and valeur > CENT:
        formulaire.refuse("valeur", "une part ne dépasse pas 100 %")
    derniere = len(indicateur.echelle) - 1
    if indicateur.genre is GenreIndicateur.JALON and (
        valeur.denominator != 1 or not 0 < valeur <= derniere
    ):
        formulaire.refuse("valeur", f"une étape de 1 à {derniere} est attendue")
