"""The way from the base to the target, with the value and what was expected on the date of the value."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from quartiers.core.constat import Constat
from quartiers.core.referentiel import GenreIndicateur, Operateur
from quartiers.core.statut import Statut
from quartiers.reports.typographie import format_quantite

EN_TRAJECTOIRE = frozenset({Statut.EN_BONNE_VOIE, Statut.A_SURVEILLER, Statut.EN_RETARD})
SANS_CHEMIN = frozenset({GenreIndicateur.PRESENCE, GenreIndicateur.JALON, GenreIndicateur.SUIVI})
COURT = 1
"""Decimals: one is enough for what is expected, it is not a count."""
MARGE = 4
"""Percent kept free at each end of the drawing, so that a label never leaves it."""


@dataclass(frozen=True, slots=True)
class Chemin:
    """Positions in percent of the drawing; `attendu` is empty when the value is not on a trajectory.

    `conteste`: where the part that is contested begins, `conteste_largeur` its length; empty when nothing is.
    """

    base: str
    cible: str
    valeur: str
    position: str
    attendu: str
    attendu_position: str
    phrase: str
    conteste: str = ""
    conteste_largeur: str = ""


def build_chemin(constat: Constat, contestee: Fraction | None = None) -> Chemin | None:
    """The drawing of a count or a share towards its target; None when there is no way to draw.

    `contestee`: the value that somebody would say instead.
    """
    cible, valeur, indicateur = constat.cible, constat.valeur, constat.indicateur
    if cible is None or cible.valeur is None or valeur is None or indicateur.genre in SANS_CHEMIN:
        return None
    base = Fraction(0) if indicateur.is_flux else cible.base
    if base is None or base == cible.valeur or cible.operateur is Operateur.EXACTEMENT:
        return None
    unite = indicateur.unite
    attendu = get_attendu(constat, base, valeur)
    textes = [format_quantite(v, unite) for v in (base, cible.valeur, valeur)]
    suite = ""
    if attendu is not None:
        suite = f", {format_quantite(attendu, unite, COURT)} attendus à la date du relevé"
    debut, largeur = place_conteste(valeur, contestee, base, cible.valeur)
    if contestee is not None:
        suite += f"\u00a0; contesté\u00a0: {format_quantite(contestee, unite)} d’après qui conteste"
    return Chemin(
        base=textes[0],
        cible=textes[1],
        valeur=textes[2],
        position=place(valeur, base, cible.valeur),
        attendu=format_quantite(attendu, unite, COURT) if attendu is not None else "",
        attendu_position=place(attendu, base, cible.valeur) if attendu is not None else "",
        phrase=f"De {textes[0]} au départ à la cible de {textes[1]}\u00a0: {textes[2]}{suite}.",
        conteste=debut,
        conteste_largeur=largeur,
    )


def get_attendu(constat: Constat, base: Fraction, valeur: Fraction) -> Fraction | None:
    """The value that the trajectory expected on the date of the relevé, read back from its ratio."""
    if constat.statut not in EN_TRAJECTOIRE or not constat.ratio or constat.ratio <= 0:
        return None
    return base + (valeur - base) / constat.ratio


def place(valeur: Fraction, base: Fraction, cible: Fraction) -> str:
    """Where a value stands between the base and the target, ends kept inside the drawing."""
    part = min(max((valeur - base) / (cible - base), Fraction(0)), Fraction(1))
    return _write_pourcent(MARGE + (100 - 2 * MARGE) * part)


def place_conteste(
    valeur: Fraction, contestee: Fraction | None, base: Fraction, cible: Fraction
) -> tuple[str, str]:
    """Where the part between the value and the one proposed begins, and its length; nothing when it is not drawn."""
    if contestee is None:
        return "", ""
    bouts = sorted(Fraction(place(v, base, cible)) for v in (valeur, contestee))
    if bouts[0] == bouts[1]:
        return "", ""
    return _write_pourcent(bouts[0]), _write_pourcent(bouts[1] - bouts[0])


def _write_pourcent(part: Fraction) -> str:
    return f"{float(part):.2f}"
