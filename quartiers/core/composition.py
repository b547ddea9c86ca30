"""The tableau of a territoire: its constats arranged by engagement, with their counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from quartiers.core.constat import Constat, ConstatRemonte
from quartiers.core.dossier import Dossier
from quartiers.core.libelle import get_libelle
from quartiers.core.referentiel import Action, Engagement, Indicateur
from quartiers.core.remontee import count_statuts, measure_taux, merge_statuts, roll_up, show_propre
from quartiers.core.statut import Statut
from quartiers.core.tableau import ActionVue, EngagementVu, ObjectifVu, Tableau, Taux
from quartiers.core.territoire import NATION, Niveau
from quartiers.core.vue import Vue

AnyConstat = Constat | ConstatRemonte


def compose_tableau(dossier: Dossier, code: str, vu_le: date, connu_le: date) -> Tableau:
    """The dashboard of a territoire. Raises KeyError when the code is unknown."""
    return compose_vue(Vue(dossier, vu_le, connu_le), code)


def compose_vue(vue: Vue, code: str) -> Tableau:
    """The dashboard of a territoire of a vue already opened (several territoires at the same dates)."""
    engagements = tuple(get_engagement(vue, code, e) for e in vue.dossier.referentiel.engagements)
    taux = measure_taux(merge_statuts(e.taux.statuts for e in engagements))
    return replace(compose_entete(vue, code), taux=taux, engagements=engagements)


def list_tableaux(vue: Vue, code: str) -> Iterator[Tableau]:
    """The tableau of a territoire, then those of every quartier, QPV and QRR inside it, by code."""
    yield compose_vue(vue, code)
    if vue.territoires[code].niveau is Niveau.QUARTIER:
        return
    for autre in sorted(vue.territoires):
        is_quartier = vue.territoires[autre].niveau is Niveau.QUARTIER
        if is_quartier and code in vue.territoires.get_ancetres(autre):
            yield compose_vue(vue, autre)


def compose_entete(vue: Vue, code: str) -> Tableau:
    """The frame of a tableau, without any engagement: who, at which dates, from which data."""
    territoire = vue.territoires[code]
    return Tableau(
        territoire=territoire,
        vu_le=vue.vu_le,
        connu_le=vue.connu_le,
        programme=vue.dossier.referentiel.programme,
        version_referentiel=vue.dossier.referentiel.version,
        donnees_version=vue.donnees_version,
        is_remonte=territoire.niveau is not Niveau.QUARTIER,
        taux=measure_taux(()),
        engagements=(),
    )


def get_constat(vue: Vue, indicateur: Indicateur, code: str) -> AnyConstat | None:
    """What `code` shows its reader of an indicateur; None when it is not shown there (L-30, L-32)."""
    constat = _find_constat(vue, indicateur, code)
    if vue.garde is None or constat is None:
        return constat
    if isinstance(constat, Constat):
        return vue.garde.hide(constat)
    return vue.garde.hide_remonte(constat)


def _find_constat(vue: Vue, indicateur: Indicateur, code: str) -> AnyConstat | None:
    niveau = vue.territoires[code].niveau
    if niveau is Niveau.QUARTIER:
        return vue.get_constat_vu_de(indicateur, code)
    if indicateur.niveau is niveau or indicateur.niveau is Niveau.NATION:
        constat = vue.get_constat_vu_de(indicateur, code)
        return None if constat is None else show_propre(constat, code)
    if indicateur.niveau.hauteur > niveau.hauteur:
        return None
    codes = vue.list_attendus_au_niveau(code, indicateur.niveau)
    constats = [vue.get_constat(indicateur, c) for c in codes]
    return roll_up(indicateur, code, constats, vue.get_reste(indicateur, code, codes))


def get_engagement(vue: Vue, code: str, engagement: Engagement) -> EngagementVu:
    """An engagement as `code` shows it, arranged once per vue."""
    vus = vue.engagements.setdefault(engagement.code, {})
    if code not in vus:
        vus[code] = _compose_engagement(vue, code, engagement)
    return vus[code]


def _compose_engagement(vue: Vue, code: str, engagement: Engagement) -> EngagementVu:
    actions = tuple(_compose_action(vue, code, action) for action in engagement.actions)
    objectifs = tuple(
        ObjectifVu(objectif, _list_constats(vue, objectif.indicateurs, code))
        for objectif in engagement.objectifs
    )
    comptees = [vue_d_action for vue_d_action in actions if _is_comptee(vue_d_action, code)]
    if vue.territoires[code].niveau is not Niveau.QUARTIER:
        taux = _measure_remontes(comptees)
        return EngagementVu(engagement, None, None, taux, objectifs, actions)
    principaux = [
        (a.action, constat) for a in comptees if isinstance(constat := a.indicateurs[0], Constat)
    ]
    taux = measure_taux(count_statuts(constat.statut for _, constat in principaux))
    libelle = get_libelle(principaux)
    return EngagementVu(engagement, libelle.statut, libelle.cause, taux, objectifs, actions)


def _compose_action(vue: Vue, code: str, action: Action) -> ActionVue:
    constats = _list_constats(vue, action.indicateurs, code)
    return ActionVue(action, _get_statut(action, constats), constats)


def _list_constats(
    vue: Vue, indicateurs: Sequence[Indicateur], code: str
) -> tuple[AnyConstat, ...]:
    tous = (get_constat(vue, indicateur, code) for indicateur in indicateurs)
    return tuple(constat for constat in tous if constat is not None)


def _get_statut(action: Action, constats: Sequence[AnyConstat]) -> Statut | None:
    """The statut of the principal indicateur: None above the quartier, unless it is of that very level."""
    if not constats or constats[0].indicateur is not action.principal:
        return None
    premier = constats[0]
    if isinstance(premier, Constat):
        return premier.statut
    return premier.propre.statut if premier.propre is not None else None


def _is_comptee(vue_d_action: ActionVue, code: str) -> bool:
    """Its principal indicateur is shown here, and is not the nation's seen from elsewhere."""
    if (
        not vue_d_action.indicateurs
        or vue_d_action.indicateurs[0].indicateur is not vue_d_action.action.principal
    ):
        return False
    return vue_d_action.action.principal.niveau is not Niveau.NATION or code == NATION


def _measure_remontes(comptees: Sequence[ActionVue]) -> Taux:
    remontes = [a.indicateurs[0] for a in comptees]
    return measure_taux(merge_statuts(r.statuts for r in remontes if isinstance(r, ConstatRemonte)))
