"""A figure for a reader who may not read all that it is made of: the same figure, and no word of what others wrote.

A tableau is read by whoever reads the plan; the records behind it are read by fewer, and a figure of the nation is
made of records of everywhere. What is silenced still counts: its day, its value, the thing that it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeAlias

from quartiers.core.composition import AnyConstat
from quartiers.core.constat import Constat, ConstatCompte, ConstatRemonte, FaitRetenu
from quartiers.core.explication import Explication
from quartiers.core.fait import Preuve, Releve
from quartiers.core.registre import EnregistrementRetenu
from quartiers.core.tableau import EngagementVu, Tableau

IsTu: TypeAlias = Callable[[FaitRetenu], bool]
"""The reader may not read that record."""
LIBELLE = "Déclaration que vous ne lisez pas"


def silence_fait(fait: FaitRetenu, is_tu: IsTu) -> FaitRetenu:
    """Itself, or what remains of it for that reader."""
    if isinstance(fait, ConstatCompte) or not is_tu(fait):
        return fait
    preuve = Preuve(cle="", genre=fait.preuve.genre, libelle=LIBELLE, source="")
    if isinstance(fait, EnregistrementRetenu):
        return replace(fait, enregistrement=replace(fait.enregistrement, objet="", preuve=preuve))
    if isinstance(fait, Releve):
        return replace(fait, preuve=preuve, source="", cle="")
    return replace(fait, preuve=preuve)


def silence_constat(constat: Constat, is_tu: IsTu) -> Constat:
    """The faits retained and those set aside."""
    faits, ecartes = (
        tuple(silence_fait(fait, is_tu) for fait in siens)
        for siens in (constat.faits, constat.ecartes)
    )
    return replace(constat, faits=faits, ecartes=ecartes)


def silence_any_constat(constat: AnyConstat, is_tu: IsTu) -> AnyConstat:
    """At any level; the parts of a total keep theirs, which no page of the total says."""
    if isinstance(constat, Constat):
        return silence_constat(constat, is_tu)
    propre, reste = (
        None if sien is None else silence_constat(sien, is_tu)
        for sien in (constat.propre, constat.reste)
    )
    return replace(constat, propre=propre, reste=reste)


def silence_explication(explication: Explication, is_tu: IsTu) -> Explication:
    """All that a proof says: faits, history."""
    connus = tuple(
        replace(connu, fait=silence_fait(connu.fait, is_tu)) for connu in explication.faits_connus
    )
    constat = silence_any_constat(explication.constat, is_tu)
    return replace(explication, constat=constat, faits_connus=connus)


def silence_tableau(tableau: Tableau, is_tu: IsTu) -> Tableau:
    """Every figure of a territoire."""

    def silence_tous(constats: tuple[AnyConstat, ...]) -> tuple[AnyConstat, ...]:
        return tuple(silence_any_constat(constat, is_tu) for constat in constats)

    def silence_engagement(vu: EngagementVu) -> EngagementVu:
        return replace(
            vu,
            objectifs=tuple(
                replace(o, indicateurs=silence_tous(o.indicateurs)) for o in vu.objectifs
            ),
            actions=tuple(replace(a, indicateurs=silence_tous(a.indicateurs)) for a in vu.actions),
        )

    return replace(tableau, engagements=tuple(map(silence_engagement, tableau.engagements)))


def list_dits(explication: Explication) -> Iterator[FaitRetenu]:
    """Every fait of which a proof says a word."""
    yield from list_dits_de(explication.constat)
    yield from (connu.fait for connu in explication.faits_connus)


def list_dits_du_tableau(tableau: Tableau) -> Iterator[FaitRetenu]:
    """Every fait of which the file of a tableau says a word."""
    for vu in tableau.engagements:
        tous = [c for o in vu.objectifs for c in o.indicateurs]
        tous += [c for a in vu.actions for c in a.indicateurs]
        for constat in tous:
            yield from list_dits_de(constat)


def list_dits_de(constat: AnyConstat) -> Iterator[FaitRetenu]:
    """Those of one figure."""
    if isinstance(constat, ConstatRemonte):
        for sien in filter(None, (constat.propre, constat.reste)):
            yield from list_dits_de(sien)
        return
    yield from (*constat.faits, *constat.ecartes)
