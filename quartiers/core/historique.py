"""What was known, and when: each value with its two dates, and the statut each piece of knowledge gave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from quartiers.core.calendriers import Version, read_version
from quartiers.core.cellule import FIN_DES_TEMPS, Cellule
from quartiers.core.constat import Constat, FaitRetenu
from quartiers.core.contexte import CelluleAJuger
from quartiers.core.evaluation import evaluate_constat
from quartiers.core.fait import Liste, Objet, SansObjet

PASSAGES_MONTRES = 12


@dataclass(frozen=True, slots=True)
class FaitConnu:
    """A fait with the date it is about, the day it was learnt, and the day it was replaced (None: never)."""

    fait: FaitRetenu
    date: dt.date
    connu_le: dt.date
    remplace_le: dt.date | None


@dataclass(frozen=True, slots=True)
class Passage:
    """On `connu_le` we learnt something; the statut as it then read.

    `is_cible`, `is_calendrier`: a target, a school calendar, perhaps among other things.
    """

    connu_le: dt.date
    constat: Constat
    is_cible: bool = False
    is_calendrier: bool = False


def list_faits_connus(cellule: Cellule, connu_le: dt.date) -> tuple[FaitConnu, ...]:
    """Every fait of a cell learnt by `connu_le`, replaced ones included, the last learnt first."""
    connus = [
        FaitConnu(
            r,
            r.date,
            r.connu_le,
            remplace if remplace <= connu_le and remplace != FIN_DES_TEMPS else None,
        )
        for r, remplace in cellule.releves
    ]
    if cellule.registre is not None:
        connus += [
            FaitConnu(c.retenu, c.retenu.date, c.connu_le, c.oublie_le)
            for c in cellule.registre.list_connus(connu_le)
        ]
    autres: Iterable[FaitRetenu] = (
        *cellule.objets,
        *cellule.listes,
        *cellule.confirmations,
        *cellule.sans_objets,
    )
    connus += [FaitConnu(f, get_date(f), f.connu_le, _get_oubli(f, connu_le)) for f in autres]
    visibles = [c for c in connus if c.connu_le <= connu_le]
    return tuple(sorted(visibles, key=lambda c: (c.connu_le, c.fait.ordre), reverse=True))


def _get_oubli(fait: FaitRetenu, connu_le: dt.date) -> dt.date | None:
    """The day an object or a list was known better, when that day has come."""
    oublie_le = fait.oublie_le if isinstance(fait, Objet | Liste) else None
    return oublie_le if oublie_le is not None and oublie_le <= connu_le else None


def get_date(fait: FaitRetenu) -> dt.date:
    """The date a fait is about: its own, the day an object was last attested, the day of a validation."""
    if isinstance(fait, Objet):
        return fait.temoin
    if isinstance(fait, SansObjet):
        return fait.valide_le
    return fait.date


def list_passages(
    cellule: Cellule,
    contexte: CelluleAJuger,
    connu_le: dt.date,
    calendriers: Sequence[Version] = (),
) -> tuple[Passage, ...]:
    """The statut at each day something was learnt, as seen on that day; the last ones first.

    `calendriers`: those of the territoire, by day of knowledge, when the figure depends on them.
    """
    de_cible = _list_jours_de_cible(cellule, connu_le)
    sus = {c.connu_le for c in list_faits_connus(cellule, connu_le)}
    if cellule.registre is not None:
        # A record withdrawn, rejected, or followed by another one of elsewhere: nothing begins here, something ends.
        sus |= {j for j in cellule.registre.list_jours_de_connaissance() if j <= connu_le}
    de_calendrier = {jour for jour, _ in calendriers if sus and min(sus) < jour <= connu_le}
    jours = sorted(sus | de_cible | de_calendrier)
    passages = []
    for jour in reversed(jours[-PASSAGES_MONTRES:]):
        alors = replace(
            contexte,
            cellule=cellule.read_at(jour),
            vu_le=min(jour, contexte.vu_le),
            calendrier=read_version(calendriers, jour) if calendriers else contexte.calendrier,
        )
        constat = evaluate_constat(alors)
        passages.append(Passage(jour, constat, jour in de_cible, jour in de_calendrier))
    return tuple(passages)


def _list_jours_de_cible(cellule: Cellule, connu_le: dt.date) -> set[dt.date]:
    return {c.connu_le for c in cellule.cibles if c.connu_le <= connu_le}
