"""All that the proof of one figure says: its rule, its faits, its history, what would change it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quartiers.core.changement import Changement, list_changements
from quartiers.core.composition import AnyConstat, get_constat
from quartiers.core.comptage import is_comptant
from quartiers.core.constat import Constat
from quartiers.core.derivation.calendrier import has_calendrier_scolaire
from quartiers.core.evaluation import evaluate_constat
from quartiers.core.fait import Calendrier, Releve
from quartiers.core.historique import FaitConnu, Passage, list_faits_connus, list_passages
from quartiers.core.raison import say_raison, say_raison_remontee
from quartiers.core.referentiel import Action, Indicateur
from quartiers.core.regle import LigneDeRegle, list_regles
from quartiers.core.vue import Vue


@dataclass(frozen=True, slots=True)
class Explication:
    """The proof of a figure. `porteur` is the territoire whose cell was read (another one when inherited).

    `deduites`: what its records said of each day. `has_calendrier`: the school calendar has a part in it; `calendrier`: the one known there, if any.
    """

    constat: AnyConstat
    action: Action | None
    porteur: str
    raison: str
    regles: tuple[LigneDeRegle, ...]
    changements: tuple[Changement, ...]
    faits_connus: tuple[FaitConnu, ...]
    passages: tuple[Passage, ...]
    deduites: tuple[Releve, ...] = ()
    has_calendrier: bool = False
    calendrier: Calendrier | None = None


def explain_constat(vue: Vue, indicateur: Indicateur, code: str) -> Explication | None:
    """The proof of `indicateur` in `code`, None when the indicateur is not shown there."""
    constat = get_constat(vue, indicateur, code)
    if constat is None:
        return None
    action = vue.dossier.referentiel.get_action(indicateur.code)
    propre = constat if isinstance(constat, Constat) else constat.propre
    if propre is None:
        return Explication(constat, action, code, say_any_raison(constat), (), (), (), ())
    porteur = propre.territoire
    contexte = vue.build_contexte(indicateur, porteur)
    has_calendrier = has_calendrier_scolaire(indicateur)
    cellule = vue.cellules.get(indicateur.code, porteur)
    if vue.is_secrete(indicateur, porteur):
        regles = list_regles(propre)
        return Explication(constat, action, porteur, say_any_raison(constat), regles, (), (), ())
    return Explication(
        constat=constat,
        action=action,
        porteur=porteur,
        raison=say_any_raison(constat),
        regles=list_regles(propre),
        changements=()
        if propre.somme is not None
        else list_changements(contexte, evaluate_constat(contexte)),
        faits_connus=tuple(
            connu if vue.garde is None else replace(connu, fait=vue.garde.strip(connu.fait))
            for connu in list_faits_connus(cellule, vue.connu_le)
        ),
        passages=()
        if is_comptant(indicateur)  # what was learnt is on the proofs of what it counts
        else list_passages(
            cellule,
            contexte,
            vue.connu_le,
            vue.list_calendriers(porteur) if has_calendrier else (),
        ),
        deduites=()
        if contexte.cellule.registre is None
        else tuple(contexte.cellule.registre.list_valeurs(vue.vu_le)),
        has_calendrier=has_calendrier,
        calendrier=contexte.calendrier,
    )


def say_any_raison(constat: AnyConstat) -> str:
    """Why, in one sentence, at any level."""
    return say_raison(constat) if isinstance(constat, Constat) else say_raison_remontee(constat)
