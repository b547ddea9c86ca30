"""What an account has to declare, and by when: first what was sent back, then what keeps a promise from being judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from quartiers.core.composition import compose_vue
from quartiers.core.constat import Constat
from quartiers.core.referentiel import Indicateur, Mode
from quartiers.core.statut import Statut
from quartiers.core.tableau import ActionVue
from quartiers.core.territoire import Territoire
from quartiers.core.vue import Vue
from quartiers.reports.presentation.nombre import Decompte, count_tous
from quartiers.reports.typographie import format_date
from quartiers.web.lieu_de_saisie import link_declaration

BIENTOT = timedelta(days=30)
MONTREES = 12
PROMISES = frozenset({Mode.A_MINIMA, Mode.OBLIGATION_CHAQUE_QUARTIER})
"""Said of every quartier: as long as nothing is known there, the promise itself cannot be judged."""
PeutDire = Callable[[Indicateur, Territoire], bool]
TUS = frozenset({Statut.NON_RENSEIGNE, Statut.PERIME})


class Urgence(Enum):
    """Why it is asked, from the most pressing."""

    PROMISE = "Bloque une action promise partout"
    TARDIVE = "En retard d’une mise à jour"
    PROCHE = f"À redire dans les {BIENTOT.days} jours"


@dataclass(frozen=True, slots=True)
class Tache:
    """One figure to say. `jours`: since it is stale, or until it will be; none when it was never said."""

    urgence: Urgence
    titre: str
    ou: str
    detail: str
    statut: Statut
    jours: int | None
    adresse: str

    @property
    def verbe(self) -> str:
        """A value that only grows old is said again."""
        return "Déclarer" if self.statut is Statut.NON_RENSEIGNE else "Redire"


@dataclass(frozen=True, slots=True)
class GroupeDeTaches:
    """The tasks of one urgency; those beyond the first are counted."""

    titre: str
    montrees: tuple[Tache, ...]
    nombre: Decompte
    suite: Decompte


@dataclass(frozen=True, slots=True)
class PageADeclarer:
    """The sentence and the groups. `bientot`: how many days ahead it looks."""

    nombre: Decompte
    bloquantes: Decompte
    groupes: tuple[GroupeDeTaches, ...]
    bientot: Decompte


def build_page_a_declarer(
    vue: Vue, quartiers: Iterable[Territoire], can_say: PeutDire
) -> PageADeclarer:
    """The tasks of some quartiers, those that the account may say."""
    taches = [tache for quartier in quartiers for tache in list_taches(vue, quartier, can_say)]
    groupes = tuple(
        build_groupe(urgence.value, [t for t in taches if t.urgence is urgence])
        for urgence in Urgence
    )
    return PageADeclarer(
        nombre=count_tous(taches),
        bloquantes=Decompte(sum(t.urgence is Urgence.PROMISE for t in taches)),
        groupes=tuple(groupe for groupe in groupes if groupe.montrees),
        bientot=Decompte(BIENTOT.days),
    )


def build_groupe(titre: str, taches: Sequence[Tache]) -> GroupeDeTaches:
    """Never said first, then the most stale, then the nearest to be."""
    rangees = sorted(taches, key=lambda t: (t.jours is not None, -(t.jours or 0), t.titre, t.ou))
    return GroupeDeTaches(
        titre,
        tuple(rangees[:MONTREES]),
        count_tous(taches),
        Decompte(max(0, len(taches) - MONTREES)),
    )


def list_taches(vue: Vue, quartier: Territoire, can_say: PeutDire) -> Iterator[Tache]:
    """The principal figure of each action of a quartier, when it is due."""
    for engagement in compose_vue(vue, quartier.code).engagements:
        for action in engagement.actions:
            constat = action.indicateurs[0]
            if not isinstance(constat, Constat) or constat.territoire != quartier.code:
                continue
            if not can_say(constat.indicateur, quartier):
                continue
            urgence = find_urgence(vue, action, constat)
            if urgence is not None:
                yield make_tache(vue, quartier, action, constat, urgence)


def find_urgence(vue: Vue, action: ActionVue, constat: Constat) -> Urgence | None:
    """Nothing when it is known and stays so for a month, or when the action does not apply."""
    if constat.statut in TUS:
        return Urgence.PROMISE if action.action.mode in PROMISES else Urgence.TARDIVE
    if constat.perime_le is not None and constat.perime_le <= vue.vu_le + BIENTOT:
        return Urgence.PROCHE
    return None


def make_tache(
    vue: Vue, quartier: Territoire, action: ActionVue, constat: Constat, urgence: Urgence
) -> Tache:
    """In words: who may say it, and since or until when."""
    jours = None if constat.perime_le is None else (vue.vu_le - constat.perime_le).days
    referentiel = vue.dossier.referentiel
    qui = ", ".join(referentiel.get_libelle("declarant", d) for d in constat.indicateur.saisissants)
    if constat.perime_le is None:
        quand = "jamais dit"
    elif urgence is Urgence.PROCHE:
        quand = f"à redire avant le {format_date(constat.perime_le)}"
    else:
        quand = f"n’est plus à jour depuis le {format_date(constat.perime_le)}"
    return Tache(
        urgence=urgence,
        titre=action.action.libelle,
        ou=quartier.nom,
        detail=f"{quand}\u00a0; peut le dire\u00a0: {qui}",
        statut=constat.statut,
        jours=jours,
        adresse=link_declaration(constat.indicateur, quartier),
    )
