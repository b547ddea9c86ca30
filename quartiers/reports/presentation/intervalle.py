"""The bar of an interval: what is proved in ink, what may be in hatching, the rest as a line."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from quartiers.core.tableau import Taux

POUR_CENT = 100
GROUPE_MINCE = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Barre:
    """Widths in percent of the whole, as SVG writes them. `is_mince`: known of less than one half."""

    prouve: str
    inconnu: str
    reste_du: str
    reste: str
    is_mince: bool


def build_barre(taux: Taux) -> Barre | None:
    """The bar of counts; None when nothing can be judged: an empty bar would read as zero."""
    if taux.taux_min is None or taux.taux_max is None:
        return None
    bas, haut = taux.taux_min, taux.taux_max
    return Barre(
        prouve=write_largeur(bas),
        inconnu=write_largeur(haut - bas),
        reste_du=write_largeur(haut),
        reste=write_largeur(1 - haut),
        is_mince=is_mince(taux),
    )


def is_mince(taux: Taux) -> bool:
    """Known of less than one half: the coverage is then told before anything else."""
    return taux.couverture is not None and taux.couverture < GROUPE_MINCE


def write_largeur(part: Fraction) -> str:
    """A share of one as a percentage with two decimals, without the sign."""
    return f"{float(POUR_CENT * part):.2f}"
