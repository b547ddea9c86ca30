"""The one plain form of what a record says, the same whether it is kept, digested or sent: text, numbers and lists.

Days and hours are ISO, exact numbers are text of six decimals at most, what is empty is left out, keys are sorted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from sys import intern
from typing import Any

from quartiers.core.contenu import (
    ChampDecrit,
    CodeIndicateur,
    CodeTerritoire,
    Contenu,
    Coordonnee,
    Etape,
    Mot,
    MotDeChamp,
    Reference,
    SousEnsemble,
    TypeDeChamp,
    describe,
)
from quartiers.core.genres import GENRES

DECIMALES = 6
_ECHELLE = 10**DECIMALES


def to_champs(contenu: Contenu) -> dict[str, Any]:
    """The plain form. ValueError for a number that six decimals do not hold: exact or refused, never rounded."""
    champs = {}
    for nom, decrit in sorted(describe(type(contenu)).items()):
        valeur = getattr(contenu, nom)
        if valeur is None or valeur in ("", ()):
            continue
        ecrire = _ECRIRE[decrit.type]
        champs[nom] = [ecrire(v) for v in valeur] if decrit.multiple else ecrire(valeur)
    return champs


def from_champs(genre: str, champs: Mapping[str, Any]) -> Contenu:
    """What a plain form says. ValueError for a kind or a field that nobody knows, or a value of another form."""
    classe = GENRES.get(genre)
    if classe is None:
        msg = f"genre d’enregistrement inconnu : « {genre} »"
        raise ValueError(msg)
    decrits = describe(classe)
    if inconnus := sorted(champs.keys() - decrits.keys()):
        msg = f"{genre} : champs inconnus : {', '.join(inconnus)}"
        raise ValueError(msg)
    if absents := [nom for nom, d in decrits.items() if d.requis and nom not in champs]:
        msg = f"{genre} : champs absents : {', '.join(absents)}"
        raise ValueError(msg)
    return classe(**{nom: _read(decrits[nom], valeur) for nom, valeur in champs.items()})


def write_exact(valeur: Fraction) -> str:
    """« 0.5 »: an exact number as text, without useless zeros."""
    if (valeur * _ECHELLE).denominator != 1:
        msg = f"{valeur} a plus de {DECIMALES} décimales"
        raise ValueError(msg)
    return _drop_zeros(f"{Decimal(int(valeur * _ECHELLE)).scaleb(-DECIMALES):f}")


def write_coordonnee(valeur: Coordonnee) -> str:
    """« 2.352222 »; as many decimals as an official list publishes, and a record then measures what it published."""
    return _drop_zeros(f"{Decimal(repr(float(valeur))):f}")


def _drop_zeros(texte: str) -> str:
    return texte.rstrip("0").rstrip(".") if "." in texte else texte


def round_coordonnee(degres: float) -> Coordonnee:
    """A coordinate as people declare it."""
    return Coordonnee(round(degres, DECIMALES))


def _read(decrit: ChampDecrit, valeur: Any) -> Any:  # noqa: ANN401 -- JSON is Any
    lire = _LIRE[decrit.type]
    try:
        return tuple(lire(v) for v in valeur) if decrit.multiple else lire(valeur)
    except (TypeError, ValueError, KeyError) as erreur:
        msg = f"{decrit.nom} : forme inattendue : {valeur!r}"
        raise ValueError(msg) from erreur


def _check(valeur: Any, attendu: type) -> Any:  # noqa: ANN401
    """The same; `True` is no whole number."""
    if type(valeur) is not attendu:
        msg = f"{attendu.__name__} attendu"
        raise TypeError(msg)
    return valeur


def _read_sous_ensemble(valeur: Any) -> SousEnsemble:  # noqa: ANN401
    mot, n = valeur
    return SousEnsemble(Mot(_check(mot, str)), _check(n, int))


def _read_mot_de_champ(valeur: Any) -> MotDeChamp:  # noqa: ANN401
    champ, mot = valeur
    return MotDeChamp(_check(champ, str), Mot(_check(mot, str)))


_ECRIRE: Mapping[TypeDeChamp, Callable[[Any], Any]] = {
    TypeDeChamp.TEXTE: str,
    TypeDeChamp.MOT: str,
    TypeDeChamp.REFERENCE: str,
    TypeDeChamp.INDICATEUR: str,
    TypeDeChamp.TERRITOIRE: str,
    TypeDeChamp.JOUR: date.isoformat,
    TypeDeChamp.HEURE: lambda heure: f"{heure:%H:%M}",
    TypeDeChamp.ENTIER: int,
    TypeDeChamp.NOMBRE: write_exact,
    TypeDeChamp.COORDONNEE: write_coordonnee,
    TypeDeChamp.ETAPE: int,
    TypeDeChamp.OUI_NON: bool,
    TypeDeChamp.SOUS_ENSEMBLE: lambda dont: [str(dont.mot), dont.n],
    TypeDeChamp.MOT_DE_CHAMP: lambda paire: [paire.champ, str(paire.mot)],
}
_LIRE: Mapping[TypeDeChamp, Callable[[Any], Any]] = {
    TypeDeChamp.TEXTE: lambda v: _check(v, str),
    TypeDeChamp.MOT: lambda v: Mot(_check(v, str)),
    TypeDeChamp.REFERENCE: lambda v: Reference(_check(v, str)),
    TypeDeChamp.INDICATEUR: lambda v: CodeIndicateur(intern(_check(v, str))),
    TypeDeChamp.TERRITOIRE: lambda v: CodeTerritoire(intern(_check(v, str))),
    TypeDeChamp.JOUR: lambda v: date.fromisoformat(_check(v, str)),
    TypeDeChamp.HEURE: lambda v: time.fromisoformat(_check(v, str)),
    TypeDeChamp.ENTIER: lambda v: _check(v, int),
    TypeDeChamp.NOMBRE: lambda v: Fraction(_check(v, str)),
    TypeDeChamp.COORDONNEE: lambda v: Coordonnee(float(_check(v, str))),
    TypeDeChamp.ETAPE: lambda v: Etape(_check(v, int)),
    TypeDeChamp.OUI_NON: lambda v: _check(v, bool),
    TypeDeChamp.SOUS_ENSEMBLE: _read_sous_ensemble,
    TypeDeChamp.MOT_DE_CHAMP: _read_mot_de_champ,
}
