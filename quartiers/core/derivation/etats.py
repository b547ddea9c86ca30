"""States → apports: who counts, who attests a zero, who is over, stretch of time after stretch of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from quartiers.core.derivation.apport import Apport, Portant
from quartiers.core.derivation.geographie import GeographieConnue
from quartiers.core.derivation.lecture_d_etat import EtatLu, get_emprise
from quartiers.core.derivation.morceau import Effet, Morceau
from quartiers.core.derivation.portee import Atteinte
from quartiers.core.derivation.regle import ModeDeLecture, Regle
from quartiers.core.derivation.valeurs import list_valeurs
from quartiers.core.temps import get_periode


def project_etat(etat: EtatLu, geographie: GeographieConnue) -> Iterator[Apport]:
    """The apports of one state in every territoire it reaches."""
    for territoire in etat.list_atteints(geographie):
        morceaux = etat.list_morceaux(territoire, geographie)
        yield from project_morceaux(etat.regle, morceaux, territoire, geographie)


def project_morceaux(
    regle: Regle, morceaux: Sequence[Morceau], territoire: str, geographie: GeographieConnue
) -> Iterator[Apport]:
    """The apports of the stretches of one state, or of one series, in a territoire; `morceaux` by day."""
    # By statement, its last stretch if it speaks: what the thing was when something else takes over (L-69).
    etait: dict[date, Morceau | None] = {}
    for morceau in morceaux:
        le = morceau.dire.ligne.le
        atteinte = get_emprise(morceau.dire.ligne).reach(regle, territoire, geographie)
        if atteinte is None or atteinte.part is None or morceau.effet is Effet.MUET:
            if atteinte is not None and morceau.effet is Effet.COMPTE:
                apport = _build(regle, morceau, territoire, Portant.NON_REPARTI, morceau)
                yield from _limit(regle, apport, morceau.dire.debut)
            avant = [m for jour, m in etait.items() if m is not None and jour < le]
            yield from (_build_finis(regle, morceau, territoire, avant[-1]) if avant else ())
            etait[le] = None
            continue
        etait[le] = morceau
        if morceau.effet is Effet.FINI:
            yield from _build_finis(regle, morceau, territoire, morceau)
        else:
            yield from _build_apports(regle, morceau, territoire, atteinte, geographie)


def _build_finis(
    regle: Regle, morceau: Morceau, territoire: str, dernier: Morceau
) -> Iterator[Apport]:
    if regle.mode is ModeDeLecture.CUMUL:
        return
    yield _build(regle, morceau, territoire, Portant.FINI, dernier)


def _build_apports(
    regle: Regle,
    morceau: Morceau,
    territoire: str,
    atteinte: Atteinte,
    geographie: GeographieConnue,
) -> Iterator[Apport]:
    dire = morceau.dire
    if morceau.effet is Effet.ZERO:
        yield from _limit(
            regle, _build(regle, morceau, territoire, Portant.ZERO, morceau), dire.debut
        )
        return
    if atteinte.is_proche:
        apport = _build(regle, morceau, territoire, Portant.ZERO, morceau)
        yield from _limit(regle, replace(apport, is_proche=True), dire.debut)
        return
    for valeur in list_valeurs(regle, dire.ligne, dire.contenu, atteinte, geographie):
        apport = _build(regle, morceau, territoire, Portant.COMPTE, morceau)
        apport = replace(apport, quoi=valeur.quoi, poids=valeur.poids, delai=valeur.delai)
        yield from _limit(regle, apport, dire.debut)


def _build(
    regle: Regle, morceau: Morceau, territoire: str, portant: Portant, atteste: Morceau
) -> Apport:
    """`atteste`: what gives the last day and the rows, the stretch itself or the last one that spoke."""
    return Apport(
        indicateur=regle.indicateur.code,
        role=regle.role,
        territoire=territoire,
        portant=portant,
        quoi=atteste.dire.ligne.objet,
        poids=Fraction(1),
        du=morceau.du,
        au=morceau.au,
        temoin=atteste.temoin,
        lignes=atteste.lignes,
        is_facteur=regle.is_facteur,
    )


def _limit(regle: Regle, apport: Apport, debut: date) -> Iterator[Apport]:
    """A running total does not outlive the période in which its statement began."""
    periode = regle.indicateur.periode
    if regle.mode is not ModeDeLecture.CUMUL or periode is None:
        yield apport
        return
    fin = get_periode(periode, debut)[1]
    au = fin if apport.au is None else min(apport.au, fin)
    if apport.du <= au:
        yield replace(apport, au=au, temoin=min(apport.temoin, au))
