"""The statements about a state, one after the other: from when to when each holds, and the last day each attests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from quartiers.core.contenu import Contenu
from quartiers.core.derivation.jours import UN_JOUR
from quartiers.core.derivation.versions import has_meme_dit
from quartiers.core.enregistrement import Enregistrement


@dataclass(frozen=True, slots=True)
class Dire:
    """A statement in the suite of its object: it holds from `du` to `au` (None: until now), attested to `temoin`.

    `debut`: from when it held before a reading cut it. `is_saute`: it lacks what a reading counts, and says nothing.
    `sautees`: the days of the other statements that do, and without which it is read.
    """

    ligne: Enregistrement
    contenu: Contenu
    du: date
    au: date | None
    temoin: date
    debut: date
    is_saute: bool = False
    sautees: frozenset[date] = frozenset()


def list_suite(lignes: Sequence[Enregistrement]) -> list[Dire]:
    """The suite of one object; `lignes`: its statements by day, one a day. Those that never hold are left out."""
    dits = [(ligne, ligne.contenu) for ligne in lignes if ligne.contenu is not None]
    debuts = [_get_debut(dits, rang) for rang in range(len(dits))]
    suite = []
    for rang, (ligne, contenu) in enumerate(dits):
        suivant = min(range(rang + 1, len(dits)), key=lambda r: debuts[r], default=None)
        debut, temoin = debuts[rang], contenu.get_temoin(ligne.le)
        if suivant is None:
            suite.append(Dire(ligne, contenu, debut, None, temoin, debut))
            continue
        au = debuts[suivant] - UN_JOUR
        if au < debut:
            continue
        atteste = au if _is_atteste((ligne, contenu), dits[suivant]) else min(temoin, au)
        suite.append(Dire(ligne, contenu, debut, au, atteste, debut))
    return suite


def list_prises(ligne: Enregistrement) -> Iterator[date]:
    """Every day from which a statement may hold, whatever stands before it."""
    contenu = ligne.contenu
    if contenu is not None:
        yield from (ligne.le, contenu.get_depuis(ligne.le), contenu.get_debut(ligne.le))


Dit = tuple[Enregistrement, Contenu]


def _get_debut(dits: Sequence[Dit], rang: int) -> date:
    """A later statement takes over on the day it says; when it only confirms, on its own day."""
    ligne, contenu = dits[rang]
    if rang == 0:
        return contenu.get_debut(ligne.le)
    avant, contenu_avant = dits[rang - 1]
    depuis = contenu.get_depuis(ligne.le)
    if depuis == contenu_avant.get_depuis(avant.le) and not contenu.SERIE:
        return ligne.le
    return depuis


def _is_atteste(avant: Dit, apres: Dit) -> bool:
    """The next statement confirms this one to its eve, or says the day of the change (L-65)."""
    (ligne, contenu), (suivante, contenu_suivant) = avant, apres
    if contenu.SERIE:
        return False
    depuis = contenu_suivant.get_depuis(suivante.le)
    return (
        depuis == contenu.get_depuis(ligne.le)
        or has_meme_dit(ligne, suivante)
        or depuis in contenu_suivant.list_changements()
    )
