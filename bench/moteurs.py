"""The invented nation, handed to the two computations of the product: the plain one and the one in columns."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from functools import cache

import numpy as np

from bench.monde_national import (
    JAMAIS,
    MICRO,
    OPERATEURS,
    ORIGINES,
    SANS_CLE,
    SANS_DENOMINATEUR,
    SANS_JOUR,
    VIDE,
    Cibles,
    Entiers,
    Monde,
    Releves,
)
from quartiers.core.cellule import Cellule, list_versions
from quartiers.core.colonnes.cadre import Cadre
from quartiers.core.colonnes.colonnes import FaitsEnColonnes
from quartiers.core.colonnes.constats import ConstatsEnColonnes
from quartiers.core.colonnes.lot import LotDeCibles, LotDeReleves
from quartiers.core.contexte import CelluleAJuger
from quartiers.core.fait import Cible, Releve
from quartiers.core.referentiel import GenreIndicateur, Indicateur, Origine


def build_colonnes(monde: Monde) -> FaitsEnColonnes:
    """The columns of the product, from the same arrays."""
    cadre = Cadre.build(monde.indicateurs, monde.codes)
    return FaitsEnColonnes.from_arrays(
        cadre, _to_lot(monde.releves), _to_lot_de_cibles(monde, cadre)
    )


def _to_lot(releves: Releves) -> LotDeReleves:
    return LotDeReleves(
        cellule=releves.cellule.astype(np.int32),
        rang=np.full(len(releves), 3, np.int8),
        date=releves.date.astype(np.int32),
        connu=releves.connu.astype(np.int32),
        ordre=releves.ordre,
        valeur=releves.valeur,
        denominateur=releves.denominateur,
        identite=releves.cle.astype(np.int32),
        retrait=releves.retrait,
    )


def _to_lot_de_cibles(monde: Monde, cadre: Cadre) -> LotDeCibles:
    """Without propositions; the step of a jalon apart, the threshold of a doubling already there."""
    cibles = monde.cibles
    choix = np.flatnonzero(cibles.origine != ORIGINES.index(Origine.PROPOSITION))
    genres = np.array([i.genre.value for i in cadre.indicateurs])
    genre = genres[cibles.cellule[choix] // len(cadre.codes)]
    valeur, base = cibles.valeur[choix], cibles.base[choix]
    double = (genre == GenreIndicateur.DOUBLEMENT.value) & (base != VIDE)
    is_jalon = genre == GenreIndicateur.JALON.value
    return LotDeCibles(
        cellule=cibles.cellule[choix].astype(np.int32),
        etape=np.where(is_jalon, valeur // MICRO, 0).astype(np.int32),
        operateur=cibles.operateur[choix].astype(np.int8),
        valeur=np.where(double, 2 * base, valeur),
        echeance=cibles.echeance[choix].astype(np.int32),
        base=base,
        base_date=cibles.base_date[choix].astype(np.int32),
        effet=cibles.effet[choix].astype(np.int32),
        origine=cibles.origine[choix].astype(np.int8),
        connu=cibles.connu[choix].astype(np.int32),
        ordre=cibles.ordre[choix],
    )


def count_statuts_en_colonnes(constats: ConstatsEnColonnes, statuts: int) -> Entiers:
    """Cells by indicateur (rows) and statut (columns)."""
    cadre = constats.cadre
    lignes = np.repeat(np.arange(len(cadre.indicateurs)), len(cadre.codes))
    comptes = np.bincount(
        lignes * statuts + constats.statut, minlength=len(cadre.indicateurs) * statuts
    )
    return comptes.reshape(len(cadre.indicateurs), statuts)


def read_cellules(monde: Monde, numeros: Entiers) -> dict[int, Cellule]:
    """Some cells, as the plain computation holds them: every version of every line, every target line."""
    cellules = {int(numero): Cellule() for numero in numeros}
    choix = np.flatnonzero(np.isin(monde.releves.cellule, numeros))
    releves = [read_releve(monde, int(ligne)) for ligne in choix]
    par_cle = {
        (monde.indicateurs[n // len(monde.codes)].code, monde.codes[n % len(monde.codes)]): c
        for n, c in cellules.items()
    }
    for releve, fin in list_versions(releves):
        par_cle[releve.indicateur, releve.territoire].releves.append((releve, fin))
    for ligne in np.flatnonzero(np.isin(monde.cibles.cellule, numeros)):
        cellules[int(monde.cibles.cellule[ligne])].cibles.append(read_cible(monde, int(ligne)))
    return cellules


def build_contexte(
    monde: Monde, numero: int, cellule: Cellule, vu_le: dt.date, connu_le: dt.date
) -> CelluleAJuger:
    """The question asked of one cell; a national target does not hold below the nation (L-30)."""
    indicateur, code = _get_adresse(monde, numero)
    return CelluleAJuger(
        indicateur=indicateur,
        territoire=code,
        cellule=cellule.read_at(connu_le),
        vu_le=vu_le,
        du_referentiel=indicateur.genre is not GenreIndicateur.NATIONAL,
    )


def _get_adresse(monde: Monde, numero: int) -> tuple[Indicateur, str]:
    indicateur, quartier = divmod(numero, len(monde.codes))
    return monde.indicateurs[indicateur], monde.codes[quartier]


def read_releve(monde: Monde, ligne: int) -> Releve:
    lot: Releves = monde.releves
    indicateur, code = _get_adresse(monde, int(lot.cellule[ligne]))
    haut, bas = int(lot.valeur[ligne]), int(lot.denominateur[ligne])
    retrait = bool(lot.retrait[ligne])
    en_part = bas != SANS_DENOMINATEUR and not retrait
    is_jalon = indicateur.genre is GenreIndicateur.JALON and not retrait
    nu = not (retrait or en_part or is_jalon)
    cle = int(lot.cle[ligne])
    return Releve(
        indicateur=indicateur.code,
        territoire=code,
        date=_get_jour(int(lot.date[ligne])),
        connu_le=_get_jour(int(lot.connu[ligne])),
        ordre=int(lot.ordre[ligne]),
        valeur=_read_nombre(haut) if nu else None,
        numerateur=_read_nombre(haut) if en_part else None,
        denominateur=_read_nombre(bas) if en_part else None,
        jalon=haut // MICRO if is_jalon else None,
        cle=None if cle == SANS_CLE else str(cle),
    )


def read_cible(monde: Monde, ligne: int) -> Cible:
    lot: Cibles = monde.cibles
    indicateur, code = _get_adresse(monde, int(lot.cellule[ligne]))
    return Cible(
        indicateur=indicateur.code,
        territoire=code,
        operateur=OPERATEURS[lot.operateur[ligne]],
        valeur=_read_nombre(int(lot.valeur[ligne])),
        echeance=_read_jour(int(lot.echeance[ligne])),
        base=_read_nombre(int(lot.base[ligne])),
        base_date=_read_jour(int(lot.base_date[ligne])),
        origine=ORIGINES[lot.origine[ligne]],
        effet=_read_jour(int(lot.effet[ligne])),
        connu_le=_get_jour(int(lot.connu[ligne])),
        ordre=int(lot.ordre[ligne]),
    )


@cache
def _read_nombre(micro: int) -> Fraction | None:
    return None if micro == VIDE else Fraction(micro, MICRO)


@cache
def _read_jour(jour: int) -> dt.date | None:
    return None if jour in {SANS_JOUR, JAMAIS} else dt.date.fromordinal(jour)


@cache
def _get_jour(jour: int) -> dt.date:
    """Equal days are one object: two million relevés hold few different ones."""
    return dt.date.fromordinal(jour)
