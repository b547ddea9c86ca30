"""What an account has to declare in some quartiers, and why now: the page of it and the message say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from quartiers.core.composition import compose_vue
from quartiers.core.constat import Constat
from quartiers.core.droits import Droits
from quartiers.core.referentiel import Mode
from quartiers.core.statut import Statut
from quartiers.core.tableau import ActionVue
from quartiers.core.territoire import GENRES_DE_QUARTIER, Territoire
from quartiers.core.vue import Vue
from quartiers.usecases import acces
from quartiers.usecases.charger_dossier import MEMOIRE
from quartiers.usecases.lister_formes import can_declare

BIENTOT = timedelta(days=30)
PROMISES = frozenset({Mode.A_MINIMA, Mode.OBLIGATION_CHAQUE_QUARTIER})
"""Said of every quartier: as long as nothing is known there, the promise itself cannot be judged."""
TUS = frozenset({Statut.NON_RENSEIGNE, Statut.PERIME})


class Urgence(Enum):
    """Why it is asked, from the most pressing."""

    PROMISE = "Bloque une action promise partout"
    TARDIVE = "En retard d’une mise à jour"
    PROCHE = f"À redire dans les {BIENTOT.days} jours"


@dataclass(frozen=True, slots=True)
class ChiffreADire:
    """The principal figure of an action of a quartier, when it is due."""

    quartier: Territoire
    action: ActionVue
    constat: Constat
    urgence: Urgence


def list_a_dire(vue: Vue, droits: Droits) -> Iterator[ChiffreADire]:
    """Those that the account may declare, by quartier, in the order of the référentiel."""
    for quartier in list_quartiers(vue, droits):
        for chiffre in list_chiffres_dus(vue, quartier):
            if can_declare(droits, chiffre.constat.indicateur, quartier):
                yield chiffre


def list_quartiers(vue: Vue, droits: Droits) -> Iterable[Territoire]:
    """The quartiers where something is expected, among those that the account may open."""
    for ouvert in acces.list_territoires(droits, MEMOIRE.get_actuels()):
        if ouvert.code in vue.attendus and ouvert.code in vue.territoires:
            quartier = vue.territoires[ouvert.code]
            if quartier.genre in GENRES_DE_QUARTIER:
                yield quartier


def list_chiffres_dus(vue: Vue, quartier: Territoire) -> Iterator[ChiffreADire]:
    """The figures of a quartier that somebody should say."""
    for engagement in compose_vue(vue, quartier.code).engagements:
        for action in engagement.actions:
            constat = action.indicateurs[0]
            if not isinstance(constat, Constat) or constat.territoire != quartier.code:
                continue
            urgence = find_urgence(vue, action, constat)
            if urgence is not None:
                yield ChiffreADire(quartier, action, constat, urgence)


def find_urgence(vue: Vue, action: ActionVue, constat: Constat) -> Urgence | None:
    """Nothing when it is known and stays so for a month, or when the action does not apply."""
    if constat.statut in TUS:
        return Urgence.PROMISE if action.action.mode in PROMISES else Urgence.TARDIVE
    if constat.perime_le is not None and constat.perime_le <= vue.vu_le + BIENTOT:
        return Urgence.PROCHE
    return None
