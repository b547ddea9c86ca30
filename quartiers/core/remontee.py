"""From quartiers up: counts by statut, intervals and values of a larger territoire (L-32 to L-34)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from quartiers.core.constat import Constat, ConstatRemonte
from quartiers.core.referentiel import Indicateur
from quartiers.core.statut import INCONNUS, Statut
from quartiers.core.tableau import Taux
from quartiers.core.valeur_remontee import Remontee, roll_up_valeurs

_ORDRE = {statut: rang for rang, statut in enumerate(Statut)}


def count_statuts(statuts: Iterable[Statut]) -> tuple[tuple[Statut, int], ...]:
    """How many of each statut met, in the order of the closed list."""
    comptes = Counter(statuts)
    return tuple(sorted(comptes.items(), key=lambda paire: _ORDRE[paire[0]]))


def measure_taux(statuts: Sequence[tuple[Statut, int]]) -> Taux:
    """Coverage and interval of achievement from counts by statut (L-33)."""
    comptes = dict(statuts)
    inconnus = sum(comptes.get(s, 0) for s in INCONNUS)
    applicables = sum(n for s, n in statuts if s is not Statut.SANS_OBJET)
    jugeables = applicables - comptes.get(Statut.SANS_CIBLE, 0)
    atteints = comptes.get(Statut.ATTEINT, 0)
    return Taux(
        statuts=tuple(statuts),
        applicables=applicables,
        renseignes=applicables - inconnus,
        couverture=_divide(applicables - inconnus, applicables),
        taux_min=_divide(atteints, jugeables),
        taux_max=_divide(atteints + inconnus, jugeables),
    )


def merge_statuts(
    plusieurs: Iterable[Sequence[tuple[Statut, int]]],
) -> tuple[tuple[Statut, int], ...]:
    """Counts added together; the order and the grouping do not matter."""
    total: Counter[Statut] = Counter()
    for statuts in plusieurs:
        for statut, nombre in statuts:
            total[statut] += nombre
    return tuple(sorted(total.items(), key=lambda paire: _ORDRE[paire[0]]))


def _divide(numerateur: int, denominateur: int) -> Fraction | None:
    return Fraction(numerateur, denominateur) if denominateur else None


def roll_up(
    indicateur: Indicateur,
    territoire: str,
    constats: Sequence[Constat],
    reste: Constat | None = None,
) -> ConstatRemonte:
    """An indicateur of a lower level over the expected territoires.

    `reste`: what records divide between none of them; it adds to the value, and covers nobody (L-82).
    """
    taux = measure_taux(count_statuts(c.statut for c in constats))
    applicables = [c for c in constats if c.statut is not Statut.SANS_OBJET]
    frais = [c for c in applicables if c.statut not in INCONNUS]
    connus = roll_up_valeurs(indicateur, applicables)
    recents = roll_up_valeurs(indicateur, frais)
    complete = (
        bool(applicables) and len(frais) == len(applicables) and recents.entres == len(applicables)
    )
    remonte = _build(
        indicateur, territoire, None, taux, constats, connus, recents.valeur, complete=complete
    )
    return remonte if reste is None else _add_reste(remonte, reste)


def _add_reste(remonte: ConstatRemonte, reste: Constat) -> ConstatRemonte:
    if reste.valeur is None:
        return remonte
    fraiche = remonte.valeur_fraiche
    if reste.statut not in INCONNUS:
        fraiche = (fraiche or 0) + reste.valeur
    valeur = (remonte.valeur or 0) + reste.valeur
    return replace(remonte, valeur=valeur, valeur_fraiche=fraiche, reste=reste)


def show_propre(constat: Constat, territoire: str) -> ConstatRemonte:
    """An indicateur of the very level looked at, or of the nation: its own constat stands alone."""
    taux = measure_taux(count_statuts([constat.statut]))
    frais = constat.statut not in INCONNUS and constat.statut is not Statut.SANS_OBJET
    fraiche = constat.valeur if frais else None
    complete = frais and constat.valeur is not None
    if constat.somme is not None:
        fraiche = constat.somme.valeur_fraiche
        complete = constat.somme.frais == constat.somme.attendus
    valeurs = Remontee(constat.valeur, constat.numerateur, constat.denominateur, entres=1)
    return _build(
        constat.indicateur,
        territoire,
        constat,
        taux,
        (constat,),
        valeurs,
        fraiche,
        complete=complete,
    )


def _build(
    indicateur: Indicateur,
    territoire: str,
    propre: Constat | None,
    taux: Taux,
    constats: Sequence[Constat],
    valeurs: Remontee,
    fraiche: Fraction | None,
    *,
    complete: bool,
) -> ConstatRemonte:
    return ConstatRemonte(
        indicateur=indicateur,
        territoire=territoire,
        propre=propre,
        statuts=taux.statuts,
        attendus=len(constats),
        applicables=taux.applicables,
        renseignes=taux.renseignes,
        couverture=taux.couverture,
        taux_min=taux.taux_min,
        taux_max=taux.taux_max,
        valeur=valeurs.valeur,
        valeur_fraiche=fraiche,
        valeur_complete=complete,
        numerateur=valeurs.numerateur,
        denominateur=valeurs.denominateur,
        au_moins=valeurs.au_moins,
        au_plus=valeurs.au_plus,
        constats=tuple(constats),
        drapeaux=propre.drapeaux if propre is not None else frozenset(),
    )
