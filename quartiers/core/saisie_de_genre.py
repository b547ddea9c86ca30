"""Which kinds of records feed a figure, and from what words the form of each starts when it is opened from there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from quartiers.core.contenu import Contenu, TypeDeChamp, list_champs
from quartiers.core.genres import GENRES_DERIVES
from quartiers.core.referentiel import Derivation, Indicateur


@dataclass(frozen=True, slots=True)
class GenreADire:
    """A kind of record that a figure counts. `mots`: what its form already says, by field."""

    genre: type[Contenu]
    mots: Mapping[str, str]


def list_genres_a_dire(indicateur: Indicateur) -> tuple[GenreADire, ...]:
    """Each kind once, as the first derivation that reads it asks for it; what the product records itself is said by nobody."""
    trouves: dict[str, GenreADire] = {}
    for derivation in _list_derivations(indicateur.derivations):
        genre = GENRES_DERIVES.get(derivation.de or "")
        if genre is not None and genre.A_ENTETE and not genre.CADRE:
            mots = dict(genre.SUPPOSES) | dict(_list_mots(genre, derivation))
            trouves.setdefault(genre.GENRE, GenreADire(genre, MappingProxyType(mots)))
    return tuple(trouves.values())


def _list_derivations(derivations: tuple[Derivation, ...]) -> Iterator[Derivation]:
    for derivation in derivations:
        yield derivation
        yield from _list_derivations(derivation.produit)


def _list_mots(genre: type[Contenu], derivation: Derivation) -> Iterator[tuple[str, str]]:
    """The fields of which the figure asks one word and no other: whoever comes from there means that one."""
    champs = list_champs(genre)
    for cle, valeur in derivation.filtre:
        decrit = champs.get(genre.ALIAS.get(cle, cle))
        if decrit is None or decrit.multiple:
            continue
        mots = derivation.get_mots(cle)
        if decrit.type is TypeDeChamp.MOT and len(mots) == 1:
            yield decrit.nom, mots[0]
        elif decrit.type is TypeDeChamp.OUI_NON and isinstance(valeur, bool):
            yield decrit.nom, "oui" if valeur else "non"


def list_premiers(genre: type[Contenu]) -> tuple[str, ...]:
    """The fields that a form shows at once: those the kind puts first, then those that it demands."""
    requis = [nom for nom, decrit in list_champs(genre).items() if decrit.requis]
    supposes = genre.SUPPOSES.keys() - set(genre.PREMIERS)
    return tuple(dict.fromkeys([*genre.PREMIERS, *(nom for nom in requis if nom not in supposes)]))
