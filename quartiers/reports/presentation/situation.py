"""Where an indicateur stands in the programme: its engagement, its action, its neighbours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from quartiers.core.composition import get_constat
from quartiers.core.referentiel import Action, Engagement, Indicateur, Referentiel
from quartiers.core.territoire import Territoire
from quartiers.core.vue import Vue
from quartiers.reports.presentation.quartier import write_mode


@dataclass(frozen=True, slots=True)
class Situation:
    """`numero`: « 3.1 », or « 4 » for an objectif; `texte`: the official wording; `voisins`: (words, address)."""

    engagement: Engagement
    numero: str
    titre: str
    texte: str
    mode: str
    voisins: tuple[tuple[str, str], ...]


def build_situation(
    vue: Vue,
    territoire: Territoire,
    indicateur: Indicateur,
    adresse_preuve: Callable[[str], str],
) -> Situation:
    """The place of an indicateur: it belongs to an action, or else to an objectif.

    `adresse_preuve`: from the code of an indicateur to the address of its proof in that territoire.
    """
    referentiel = vue.dossier.referentiel
    for numero, engagement in enumerate(referentiel.engagements, start=1):
        for rang, action in enumerate(engagement.actions, start=1):
            if indicateur in action.indicateurs:
                return _build_action(
                    vue,
                    territoire,
                    indicateur,
                    adresse_preuve,
                    engagement,
                    f"{numero}.{rang}",
                    action,
                )
    return _build_objectif(referentiel, indicateur)


def _build_action(
    vue: Vue,
    territoire: Territoire,
    indicateur: Indicateur,
    adresse_preuve: Callable[[str], str],
    engagement: Engagement,
    numero: str,
    action: Action,
) -> Situation:
    voisins = tuple(
        (voisin.libelle, adresse_preuve(voisin.code))
        for voisin in action.indicateurs
        if voisin is not indicateur and get_constat(vue, voisin, territoire.code) is not None
    )
    titre = action.libelle if indicateur.principal else indicateur.libelle
    return Situation(
        engagement,
        numero,
        titre,
        action.texte,
        write_mode(action.mode, vue.dossier.referentiel),
        voisins,
    )


def _build_objectif(referentiel: Referentiel, indicateur: Indicateur) -> Situation:
    for numero, engagement in enumerate(referentiel.engagements, start=1):
        for objectif in engagement.objectifs:
            if indicateur in objectif.indicateurs:
                return Situation(
                    engagement, str(numero), indicateur.libelle, objectif.texte, "objectif", ()
                )
    raise KeyError(indicateur.code)
