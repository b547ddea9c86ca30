"""Which territoires a tableau is expected to speak of, whether or not anyone entered data (L-28)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from quartiers.core.dossier import Dossier
from quartiers.core.territoire import Genre, QuartierCible, Territoires, build_territoire


def list_quartiers_cibles(dossier: Dossier, connu_le: date) -> list[QuartierCible]:
    """The last version of each quartier cible known at `connu_le`, by code."""
    derniers: dict[str, QuartierCible] = {}
    for quartier in sorted(dossier.quartiers, key=lambda q: (q.connu_le, q.ordre)):
        if quartier.connu_le <= connu_le:
            derniers[quartier.code] = quartier
    return [derniers[code] for code in sorted(derniers)]


def extend_territoires(dossier: Dossier, quartiers: Iterable[QuartierCible]) -> Territoires:
    """The territoires of a dossier with these quartiers cibles among them."""
    territoires = dossier.territoires
    return territoires.extend_with(quartiers, lambda q: build_territoire(q, territoires))


def list_attendus(
    quartiers: Iterable[QuartierCible], territoires: Territoires, vu_le: date
) -> tuple[str, ...]:
    """Quartiers cibles expected at `vu_le`, and every QRR valid that day that none of them holds; sorted."""
    attendus = [
        q
        for q in quartiers
        if (q.attendu_du is None or q.attendu_du <= vu_le)
        and (q.attendu_au is None or vu_le <= q.attendu_au)
    ]
    tenus = {code for q in attendus for code in q.rattaches}
    qrr = (
        code
        for code in territoires.list_du_genre(Genre.QRR)
        if code not in tenus and territoires[code].is_valide(vu_le)
    )
    return tuple(sorted([*(q.code for q in attendus), *qrr]))
