"""Growing is reading again: cells and constats with what is new, or all of it indexed at once, say the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from quartiers.core.cellule import Cellules, get_ordre
from quartiers.core.dossier import Dossier, Nouveautes
from quartiers.core.nouveautes import merge_dossier
from quartiers.core.vue import Vue
from tests.core.adaptateur import build_dossier
from tests.lois.reglage import loi
from tests.lois.tirage import GRAINES, make_vues

LISTES = ("releves", "confirmations", "sans_objets", "cibles")


def split(dossier: Dossier, hasard: Random) -> tuple[Dossier, Nouveautes]:
    """The dossier as if some of its declared faits had not come yet, and those, in order of knowledge."""
    part = hasard.choice((0.1, 0.5, 0.9))
    avant: Any = {}
    apres: dict[str, Any] = {}
    for nom in LISTES:
        tous = sorted(getattr(dossier, nom), key=get_ordre)
        tires = {rang for rang in range(len(tous)) if hasard.random() < part}
        avant[nom] = [fait for rang, fait in enumerate(tous) if rang not in tires]
        apres[nom] = tuple(fait for rang, fait in enumerate(tous) if rang in tires)
    return replace(dossier, **avant), Nouveautes(**apres)


def sort(dossier: Dossier) -> Dossier:
    """Its declared faits in order of knowledge, as the base gives them."""
    rangees: dict[str, Any] = {n: sorted(getattr(dossier, n), key=get_ordre) for n in LISTES}
    return replace(dossier, **rangees)


@loi()
@given(GRAINES, st.integers(0, 10**6))
def test_grandir_est_relire(graine: int, hasard: int) -> None:
    monde, vues = make_vues(graine)
    entier = sort(build_dossier(monde))
    debut, nouveautes = split(entier, Random(hasard))  # noqa: S311 -- a draw, not a secret
    cellules = Cellules(debut)
    temoin = {cle: replace(c, releves=list(c.releves)) for cle, c in cellules.par_cle.items()}
    dates = sorted({(vu_le, connu_le) for _, vu_le, connu_le in vues})
    avant = [open_vue(debut, cellules, *d) for d in dates]
    suite = merge_dossier(debut, nouveautes, entier.version, entier.versions)
    fusion = cellules.merge(nouveautes)
    assert suite == entier
    assert fusion.par_cle == Cellules(entier).par_cle
    assert fusion.cles_declarees == Cellules(entier).cles_declarees
    assert cellules.par_cle == temoin, "those given were changed"
    for vue, (vu_le, connu_le) in zip(avant, dates, strict=True):
        suivie = vue.follow(suite, fusion, cellules.list_touches(nouveautes))
        neuve = Vue(entier, vu_le, connu_le)
        assert read_constats(suivie) == read_constats(neuve)


def open_vue(dossier: Dossier, cellules: Cellules, vu_le: date, connu_le: date) -> Vue:
    """A look whose constats are all worked out, so that a stale one would show."""
    vue = Vue(dossier, vu_le, connu_le, cellules)
    read_constats(vue)
    return vue


def read_constats(vue: Vue) -> dict[tuple[str, str], object]:
    """Every constat of every territoire, those seen from elsewhere included."""
    return {
        (indicateur.code, code): vue.get_constat_vu_de(indicateur, code)
        for indicateur in vue.dossier.referentiel.list_indicateurs()
        for code in vue.territoires
    }
