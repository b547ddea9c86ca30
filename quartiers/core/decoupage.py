"""A figure of a large territoire, split by what holds its parts: the same constats, counted apart (L-32)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from quartiers.core.constat import Constat, ConstatRemonte
from quartiers.core.remontee import count_statuts, measure_taux, merge_statuts
from quartiers.core.tableau import ActionVue, EngagementVu, Taux
from quartiers.core.territoire import Niveau, Territoires


def split_constats(
    remonte: ConstatRemonte, territoires: Territoires, niveau: Niveau
) -> Mapping[str, tuple[Constat, ...]]:
    """The constats of a rolled-up figure by territoire of a level; one that straddles two stands in both.

    Empty for a figure of a higher level than `niveau`: it belongs to none of them.
    """
    par_code: dict[str, list[Constat]] = defaultdict(list)
    if remonte.propre is None:
        for constat in remonte.constats:
            for code in territoires.list_au_niveau(constat.territoire, niveau):
                par_code[code].append(constat)
    return {code: tuple(constats) for code, constats in par_code.items()}


def split_taux(
    remonte: ConstatRemonte, territoires: Territoires, niveau: Niveau
) -> Mapping[str, Taux]:
    """Counts by statut of one figure, by territoire of a level."""
    parties = split_constats(remonte, territoires, niveau)
    return {
        code: measure_taux(count_statuts(c.statut for c in constats))
        for code, constats in parties.items()
    }


def split_engagement(
    engagement: EngagementVu, territoires: Territoires, niveau: Niveau
) -> Mapping[str, Taux]:
    """Counts by statut of the principal indicateurs of an engagement, by territoire of a level."""
    par_code: dict[str, list[Taux]] = defaultdict(list)
    for remonte in list_principaux(engagement):
        for code, taux in split_taux(remonte, territoires, niveau).items():
            par_code[code].append(taux)
    return {
        code: measure_taux(merge_statuts(t.statuts for t in plusieurs))
        for code, plusieurs in par_code.items()
    }


def list_principaux(engagement: EngagementVu) -> tuple[ConstatRemonte, ...]:
    """The rolled-up figures that an engagement counts: the principal indicateur of each action."""
    principaux = (get_principal(action) for action in engagement.actions)
    return tuple(principal for principal in principaux if principal is not None)


def get_principal(action: ActionVue) -> ConstatRemonte | None:
    """The rolled-up principal figure of an action; None where it is not shown."""
    premier = action.indicateurs[0] if action.indicateurs else None
    if isinstance(premier, ConstatRemonte) and premier.indicateur is action.action.principal:
        return premier
    return None


def count_complets(parties: Iterable[Taux]) -> tuple[int, int]:
    """(those of which everything applicable is known and fresh, those to which something applies)."""
    utiles = [taux for taux in parties if taux.applicables]
    return sum(taux.renseignes == taux.applicables for taux in utiles), len(utiles)
