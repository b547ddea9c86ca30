"""Series of cohorts: several records that say one running total again and again (L-66)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from quartiers.core.contenu import Contenu
from quartiers.core.derivation.jours import UN_JOUR
from quartiers.core.derivation.morceau import Effet, Morceau
from quartiers.core.enregistrement import Enregistrement


def get_serie(ligne: Enregistrement, contenu: Contenu) -> Hashable:
    """What makes two records one series: the fields of its kind, and the territoires."""
    return (*contenu.get_serie(), frozenset(lien.territoire for lien in ligne.liens))


def list_derniers(morceaux: Sequence[Morceau]) -> Iterator[list[Morceau]]:
    """By series, of all the stretches of its objects, on each day the one that ends last."""
    series: dict[Hashable, list[Morceau]] = {}
    for morceau in morceaux:
        series.setdefault(get_serie(morceau.dire.ligne, morceau.dire.contenu), []).append(morceau)
    for freres in series.values():
        yield list(_keep_derniers(freres))


def _keep_derniers(freres: Sequence[Morceau]) -> Iterator[Morceau]:
    bornes = sorted({m.du for m in freres} | {m.au + UN_JOUR for m in freres if m.au is not None})
    for rang, du in enumerate(bornes):
        au = bornes[rang + 1] - UN_JOUR if rang + 1 < len(bornes) else None
        presents = [m for m in freres if m.du <= du and (m.au is None or du <= m.au)]
        # What is over, or says nothing, competes with nothing.
        vivants = [m for m in presents if m.effet in {Effet.COMPTE, Effet.ZERO}]
        retenus = [max(vivants, key=_get_poids)] if vivants else presents
        yield from (replace(morceau, du=du, au=au) for morceau in retenus)


def _get_poids(morceau: Morceau) -> tuple[date, date, date, int]:
    """The last to end, then the last said, then the last known."""
    ligne = morceau.dire.ligne
    return morceau.dire.contenu.get_temoin(ligne.le), ligne.le, ligne.connu_le, ligne.ordre
