"""Cells of columns handed to the plain computation; what counts constats is counted among all of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cached_property

from quartiers.core.cellule import CELLULE_VIDE, FIN_DES_TEMPS, Cellule, Cellules
from quartiers.core.colonnes.colonnes import FaitsEnColonnes
from quartiers.core.comptage import is_comptant
from quartiers.core.contexte import CelluleAJuger
from quartiers.core.vue import Vue


class CellulesEnColonnes(Cellules):
    """The cells of columns as they were known on a day, by indicateur and territoire."""

    __slots__ = ("colonnes", "connu_le")

    def __init__(self, colonnes: FaitsEnColonnes, connu_le: dt.date) -> None:
        self.colonnes = colonnes
        self.connu_le = connu_le
        self.par_cle = {}
        self.cles_declarees = {}

    def get(self, indicateur: str, territoire: str) -> Cellule:
        """A cell, an empty one when nothing was said of it."""
        numeros = self.colonnes.numeros
        numero = numeros.get_cellule(indicateur, territoire)
        if numero < 0:
            return CELLULE_VIDE
        reste = self.colonnes.reste.get(numero, CELLULE_VIDE)
        if numero in numeros.refuses:
            return reste
        connue = self.colonnes.read_cellule(numero, self.connu_le)
        releves = [(releve, FIN_DES_TEMPS) for releve in connue.releves]
        return replace(reste, releves=releves, cibles=list(connue.cibles))


class RegardSimple:
    """Columns looked at from two dates, one cell at a time."""

    def __init__(self, colonnes: FaitsEnColonnes, vu_le: dt.date, connu_le: dt.date) -> None:
        self.colonnes = colonnes
        self.vu_le = vu_le
        self.connu_le = connu_le

    @cached_property
    def vue(self) -> Vue | None:
        """All the territoires at these dates; None when columns were made of arrays alone."""
        dossier = self.colonnes.dossier
        if dossier is None:
            return None
        cellules = CellulesEnColonnes(self.colonnes, self.connu_le)
        return Vue(dossier, self.vu_le, self.connu_le, cellules)

    def build_contexte(self, cellule: int) -> CelluleAJuger:
        """The question asked of a cell."""
        cadre = self.colonnes.cadre
        numero, territoire = divmod(cellule, len(cadre.codes))
        indicateur, code = cadre.indicateurs[numero], cadre.codes[territoire]
        if is_comptant(indicateur) and self.vue is not None and code in self.vue.territoires:
            return self.vue.build_contexte(indicateur, code)
        return self.colonnes.build_contexte(cellule, self.vu_le, self.connu_le)
