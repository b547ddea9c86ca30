"""The label of an engagement in a quartier, with its cause in words (domaine.md 4.4, L-35)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from quartiers.core.constat import Constat
from quartiers.core.referentiel import FERMES, Action
from quartiers.core.statut import INCONNUS, JUGES, Drapeau, Statut

MOITIE = Fraction(1, 2)
TIERS = Fraction(1, 3)
_EN_DEFAUT = frozenset({Statut.NON_ENGAGE, Statut.EN_RETARD, Statut.ECHU_NON_ATTEINT})
_TARDIFS = frozenset({Statut.EN_RETARD, Statut.ECHU_NON_ATTEINT})
_A_SUIVRE = _EN_DEFAUT | {Statut.A_SURVEILLER}


@dataclass(frozen=True, slots=True)
class Libelle:
    """A label and its cause, None when the label speaks for itself."""

    statut: Statut
    cause: str | None = None


def get_libelle(principaux: Sequence[tuple[Action, Constat]]) -> Libelle:
    """The label of an engagement from the principal constats of its actions (those of the nation left out)."""
    applicables = [(a, c) for a, c in principaux if c.statut is not Statut.SANS_OBJET]
    if not applicables:
        return Libelle(Statut.SANS_OBJET)
    nombre = len(applicables)
    if all(c.statut is Statut.ATTEINT for _, c in applicables):
        return Libelle(Statut.ATTEINT)
    informes = sum(c.statut not in INCONNUS for _, c in applicables)
    if Fraction(informes, nombre) < MOITIE:
        return Libelle(Statut.DONNEES_INSUFFISANTES, f"{informes} sur {nombre} à jour")
    if Fraction(sum(c.statut in JUGES for _, c in applicables), nombre) < MOITIE:
        return Libelle(Statut.DONNEES_INSUFFISANTES, "cibles à fixer")
    return _judge(applicables)


def _judge(applicables: Sequence[tuple[Action, Constat]]) -> Libelle:
    fermes = [(a, c) for a, c in applicables if a.mode in FERMES and c.statut in _EN_DEFAUT]
    if fermes:
        return Libelle(Statut.EN_RETARD, _say_cause(fermes))
    tardifs = [(a, c) for a, c in applicables if c.statut in _TARDIFS]
    if Fraction(len(tardifs), len(applicables)) >= TIERS:
        return Libelle(Statut.EN_RETARD, _say_cause(tardifs))
    a_suivre = [(a, c) for a, c in applicables if c.statut in _A_SUIVRE]
    if a_suivre:
        return Libelle(Statut.A_SURVEILLER, _say_cause(a_suivre))
    return Libelle(Statut.EN_BONNE_VOIE)


def _say_cause(fautifs: Sequence[tuple[Action, Constat]]) -> str:
    """The first action at fault, and how many more."""
    action, constat = fautifs[0]
    etat = {
        Statut.NON_ENGAGE: "non engagé",
        Statut.EN_RETARD: "perdu" if Drapeau.PERDU in constat.drapeaux else "en retard",
        Statut.ECHU_NON_ATTEINT: "échu",
        Statut.A_SURVEILLER: "à surveiller",
    }[constat.statut]
    reste = len(fautifs) - 1
    suite = f", et {reste} autre{'s' if reste > 1 else ''}" if reste else ""
    return f"{action.libelle} : {etat}{suite}"
