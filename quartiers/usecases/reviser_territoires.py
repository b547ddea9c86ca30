"""What a file of territoires changes in what was known of each, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from quartiers.storage.models import Territoire
from quartiers.usecases.comparer import RETIREE, Revision, say_champ

CHAMPS = ("nom", "genre", "generation", "du", "au")


def list_corrigees(
    changes: Iterable[Territoire], connus: Mapping[str, Territoire]
) -> tuple[Revision, ...]:
    """Those that were known and differ."""
    return tuple(
        Revision(t.ligne, t.code, *say_ecart_territoire(connus[t.code], t))
        for t in changes
        if t.code in connus
    )


def list_retirees(codes: Iterable[str], connus: Mapping[str, Territoire]) -> tuple[Revision, ...]:
    """Those that no record of the file says: no line."""
    return tuple(Revision(0, code, connus[code].nom, RETIREE) for code in codes)


def say_ecart_territoire(ancien: Territoire, nouveau: Territoire) -> tuple[str, str]:
    """Each column that differs; a perimeter and what holds it are only said to be others."""
    avant = ["retiré"] if ancien.retire else []
    apres = ["revenu"] if ancien.retire else []
    for champ in CHAMPS:
        vieux, neuf = getattr(ancien, champ), getattr(nouveau, champ)
        if vieux != neuf and not (ancien.retire and champ == "au"):
            avant.append(f"{champ} {say_champ(vieux)}")
            apres.append(f"{champ} {say_champ(neuf)}")
    if (None if ancien.geometrie is None else bytes(ancien.geometrie)) != nouveau.geometrie:
        avant.append("périmètre")
        apres.append("autre périmètre")
    if ancien.publies != nouveau.publies:
        avant.append(f"dans {say_parents(ancien.publies)}")
        apres.append(f"dans {say_parents(nouveau.publies)}")
    return ", ".join(avant), ", ".join(apres)


def say_parents(publies: Iterable[list[object]]) -> str:
    """The codes of what holds it."""
    return " ".join(str(publie[0]) for publie in publies) or "rien"
