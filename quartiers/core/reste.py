"""What nobody divided between the territoires of an indicateur, and that the one that holds them all counts (L-82)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from quartiers.core.cellule import Cellule, CelluleConnue
from quartiers.core.derivation.apport import Apport
from quartiers.core.enregistrement import Enregistrement
from quartiers.core.registre import Registre, RegistreConnu


def find_reste(
    cellule: Cellule, membres: Iterable[Cellule], connu_le: dt.date
) -> CelluleConnue | None:
    """A cell that says what `membres` were not given their share of, as known on a day; None: nothing is left.

    `cellule`: that of the territoire that holds them. Outside coverage: it stands for none of them.
    """
    registre = cellule.registre
    if registre is None or not registre.entiers:
        return None
    siens = [membre.registre for membre in membres if membre.registre is not None]
    indivises = {ligne for sien in siens for ligne in list_indivises(sien, connu_le)}
    restes = (
        replace(apport, poids=apport.poids - count_repartis(apport, siens, connu_le))
        for apport in registre.entiers
        if apport.is_su(connu_le) and not indivises.isdisjoint(apport.lignes)
    )
    apports = [apport for apport in restes if apport.poids > 0]
    if not apports:
        return None
    connue = registre.geographie.read_at(connu_le)
    seule = replace(registre.cellule, apports=tuple(apports))
    return CelluleConnue(registre=RegistreConnu(seule, connue, connu_le))


def list_indivises(registre: Registre, connu_le: dt.date) -> Iterable[Enregistrement]:
    """The rows that a territoire was not given its share of."""
    return (ligne for a in registre.non_repartis if a.is_su(connu_le) for ligne in a.lignes)


def count_repartis(apport: Apport, membres: Iterable[Registre], connu_le: dt.date) -> Fraction:
    """What the others were given of the same rows: it is added there already."""
    return sum(
        (
            max(
                (
                    autre.poids
                    for autre in membre.cellule.apports
                    if autre.is_su(connu_le)
                    and (autre.lignes, autre.role, autre.portant)
                    == (apport.lignes, apport.role, apport.portant)
                ),
                default=Fraction(0),
            )
            for membre in membres
        ),
        Fraction(0),
    )
