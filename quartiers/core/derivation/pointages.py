"""Pointages → apports: on that day, in those territoires, all there is of a kind was recorded."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from quartiers.core.derivation.apport import Apport, Portant
from quartiers.core.derivation.filtres_connus import EffetDeFiltre, get_filtres
from quartiers.core.derivation.geographie import GeographieConnue
from quartiers.core.derivation.regle import Regle
from quartiers.core.enregistrement import Enregistrement
from quartiers.core.genres.convention import Convention
from quartiers.core.genres.pointage import Pointage

_DES_MOTS = frozenset({EffetDeFiltre.IDENTITE, EffetDeFiltre.ETAT})


def project_pointage(
    regle: Regle, ligne: Enregistrement, pointage: Pointage, geographie: GeographieConnue
) -> Iterator[Apport]:
    """An apport in each territoire that lies whole inside those it names."""
    if regle.is_facteur or not speaks_for(regle, pointage):
        return
    nommes = frozenset(lien.territoire for lien in ligne.liens)
    for territoire in geographie.list_dedans(nommes):
        if not regle.is_lue_a(geographie.get_niveau(territoire)):
            continue
        yield Apport(
            indicateur=regle.indicateur.code,
            role=regle.role,
            territoire=territoire,
            portant=Portant.POINTAGE,
            quoi=ligne.objet,
            poids=Fraction(0),
            du=ligne.le,
            au=None,
            temoin=ligne.le,
            lignes=(ligne,),
            is_acte=True,
        )


def speaks_for(regle: Regle, pointage: Pointage) -> bool:
    """Its words cover, field by field, all those that the derivation asks (L-92)."""
    if _get_genre(regle) != pointage.genre:
        return False
    dits: dict[str, set[str]] = {}
    for paire in pointage.mot:
        dits.setdefault(paire.champ, set()).add(paire.mot)
    demandes = list_demandes(regle)
    return all(champ in demandes and demandes[champ] <= mots for champ, mots in dits.items())


def _get_genre(regle: Regle) -> str | None:
    """The kind of records that it reads; territoires are read in the conventions that cover them."""
    if regle.filtrage.convention:
        return Convention.GENRE
    return None if regle.genre is None else regle.genre.GENRE


def list_demandes(regle: Regle) -> dict[str, frozenset[str]]:
    """By field of the kind, the words that the derivation asks."""
    if regle.filtrage.convention:
        return {"genre": regle.filtrage.convention}
    derivation = regle.derivation
    demandes = {}
    for cle, connu in get_filtres(regle.de).items():
        mots = derivation.get_mots(cle)
        if mots and connu.effet in _DES_MOTS and cle != "etat":
            demandes[connu.champ or cle] = frozenset(mots)
    return demandes
