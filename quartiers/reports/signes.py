"""The sign and the words of a statut: shape first, a word beside it, colour only helps."""

from __future__ import annotations

from collections.abc import Iterable

from quartiers.core.statut import LIBELLES, LIBELLES_DRAPEAUX, Drapeau, Statut
from quartiers.reports.typographie import lower_first

# The order in which flags are said: what explains the statut first.
ORDRE_DRAPEAUX: tuple[Drapeau, ...] = (
    Drapeau.CONTESTE,
    Drapeau.PERDU,
    Drapeau.A_PROXIMITE,
    Drapeau.CONFIRME,
    Drapeau.TARDIF,
    Drapeau.REDATE,
    Drapeau.DESACCORD,
    Drapeau.REGISTRE_INCOMPLET,
    Drapeau.PERIODE_PRECEDENTE,
    Drapeau.BASE_INCONNUE,
    Drapeau.SANS_ECHEANCE,
    Drapeau.AU_MOINS,
    Drapeau.CALENDRIER_INCONNU,
    Drapeau.HERITE,
    Drapeau.PORTE_PAR_LA_NATION,
    Drapeau.SECRET,
)


def write_statut(statut: Statut) -> str:
    """« En retard »."""
    return LIBELLES[statut]


def write_etat(statut: Statut, drapeaux: str) -> str:
    """« En retard (perdu) »: the word and its flags, already written."""
    suite = f" ({drapeaux})" if drapeaux else ""
    return f"{write_statut(statut)}{suite}"


def write_drapeaux(drapeaux: Iterable[Drapeau], dernier_statut: Statut | None = None) -> str:
    """« tardif, redaté »; the last known state of a stale value comes first. Empty when there is none."""
    presents = set(drapeaux)
    mots = [LIBELLES_DRAPEAUX[drapeau] for drapeau in ORDRE_DRAPEAUX if drapeau in presents]
    if dernier_statut is not None:
        mots.insert(0, f"dernier état\u00a0: {lower_first(LIBELLES[dernier_statut])}")
    return ", ".join(mots)
