"""In whose name somebody may type: those who could have said it themselves. Both names stay with what is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quartiers.core.droits import (
    PARTENAIRES,
    Droits,
    MandatConfie,
    Sujet,
    Verbe,
)
from quartiers.core.territoire import Territoires
from quartiers.storage.models import Mandat
from quartiers.usecases.acces import find_mandat, list_tenants, open_droits
from quartiers.usecases.compter_personnes import list_personnes
from quartiers.usecases.lister_restants import list_restants


@dataclass(frozen=True, slots=True)
class Declarant:
    """An account, the mandat by which it would say it, and how it is told without a name: its organisme, else its role."""

    compte: int
    mandat: MandatConfie
    libelle: str


def list_declarants(
    territoires: Territoires, genre: str, codes: tuple[str, ...], jour: date, sauf: int
) -> list[Declarant]:
    """Those who may record such a thing on all these territoires on a day, by their words; never the person of `sauf`."""
    tenants = list_tenants(territoires, codes[0])
    lus = (
        list_restants(jour)
        .filter(territoire__in=tenants, compte__is_active=True)
        .select_related("compte")
    )
    trouves: dict[int, tuple[MandatConfie, str]] = {}
    for lu in lus:
        confie = MandatConfie(lu.role, lu.territoire, lu.organisme, lu.du, lu.au)
        droits = open_droits(lu.compte, (confie,), jour, territoires)
        if find_mandat(droits, genre, codes) is not None and lu.compte_id not in trouves:
            trouves[lu.compte_id] = (confie, lu.organisme or str(Mandat.Role(lu.role).label))
    personnes = list_personnes([*trouves, sauf])
    autres = {c: t for c, t in trouves.items() if personnes[c] != personnes[sauf]}
    return sorted(_tell_apart(autres), key=lambda d: d.libelle)


def can_speak_for(droits: Droits, genre: str, codes: tuple[str, ...]) -> bool:
    """Who may judge there what anybody says is told who acts there; the others type for themselves."""
    return droits.can(Verbe.VALIDER, Sujet(genre, codes, visibilite=PARTENAIRES))


def _tell_apart(trouves: dict[int, tuple[MandatConfie, str]]) -> Sequence[Declarant]:
    """Two who would be told alike are told by the number of their accounts, never by their names."""
    combien = Counter(libelle for _, libelle in trouves.values())
    return [
        Declarant(c, confie, f"{libelle}, compte {c}" if combien[libelle] > 1 else libelle)
        for c, (confie, libelle) in trouves.items()
    ]
