"""The two pages of a quartier: its sentence, counts and engagements, then its actions one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quartiers.core.composition import compose_vue
from quartiers.core.raison import say_raison
from quartiers.core.statut import Statut
from quartiers.core.tableau import Tableau
from quartiers.core.vue import Vue
from quartiers.reports.papier.document import (
    Document,
    build_cadre,
    build_couverture,
    build_signe,
    loosen,
    shorten,
)
from quartiers.reports.papier.plan import build_plan
from quartiers.reports.presentation.carte import Carte
from quartiers.reports.presentation.entete import write_surtitre
from quartiers.reports.presentation.nombre import Decompte, Trait, count_tous
from quartiers.reports.presentation.quartier import (
    Famille,
    LigneAction,
    LigneEngagement,
    PageQuartier,
    build_page_quartier,
)
from quartiers.reports.presentation.renvoi import Renvoi
from quartiers.reports.typographie import INCONNU, count, format_date, format_date_courte, tidy

CORPS, CORPS_LARGE = 7.6, 8.4
"""Size of the type of the second page, in points: nothing on paper under 7.6."""
ACTIONS_SERREES = 45
ATTENDUS_MONTRES = 9
TARDIVES_MONTREES = 8
"""Beyond, the first page would overflow: the others are counted, and shown on the second."""


def build_quartier(
    vue: Vue, code: str, carte: Carte | None = None, renvoi: Renvoi | None = None
) -> Document:
    """The document of a quartier cible, a QRR or a QPV; its map, and who holds it, when they are handed over."""
    tableau = compose_vue(vue, code)
    referentiel = vue.dossier.referentiel
    page = build_page_quartier(tableau, lambda _indicateur: "", say_raison, referentiel)
    nom = tableau.territoire.nom
    actions = [action for engagement in page.engagements for action in engagement.actions]
    donnees = {
        **build_cadre(tableau, referentiel, f"{nom}, tableau de bord"),
        "nom": nom,
        "surtitre": write_surtitre(tableau.territoire, vue),
        "situation": f"Situation au {format_date(vue.vu_le)}.",
        "renvoi": renvoi.phrase if renvoi else "",
        **_build_bilan(page, tableau),
        "engagements": [_build_engagement(e) for e in page.engagements],
        "plan": build_plan(carte),
        "legende": [build_signe(s) for f in page.familles for s in _list_statuts(f)]
        + [build_signe(Statut.DONNEES_INSUFFISANTES)],
        "corps": Trait(CORPS if len(actions) > ACTIONS_SERREES else CORPS_LARGE),
        "tete_suite": [f"{shorten(nom)}, les actions une à une", f"Au {format_date(vue.vu_le)}"],
    }
    return Document("quartier", vue.connu_le, donnees, pages=2, facultatif="plan")


def _build_bilan(page: PageQuartier, tableau: Tableau) -> dict[str, Any]:
    montrees = page.tardives[:TARDIVES_MONTREES]
    return {
        "phrase": {"forte": page.phrase.forte, "suite": page.phrase.suite},
        "familles": [
            {
                "libelle": f.libelle,
                "total": f.total,
                "comptes": [
                    {"signe": build_signe(c.statut), "nombre": c.nombre} for c in f.comptes
                ],
            }
            for f in page.familles
        ],
        "tardives": [
            {
                "signe": build_signe(a.statut, a.drapeaux),
                "action": f"{a.numero} {a.libelle}.",
                "raison": tidy(a.principal.raison),
            }
            for a in montrees
        ],
        "tardives_autres": count_tous(page.tardives[TARDIVES_MONTREES:]),
        **_build_attendus(page.attendus),
        "a_jour": page.renseignes.sur(page.applicables),
        "is_connu": bool(tableau.taux.renseignes),
    }


def _build_attendus(attendus: Sequence[tuple[str, Decompte]]) -> dict[str, Any]:
    """One line each; when they are many, those who owe one action share a line: nobody is left out."""
    seuls = [nom for nom, nombre in attendus if nombre == 1]
    if len(attendus) <= ATTENDUS_MONTRES:
        seuls = []
    return {
        "attendus": [
            {
                "nom": nom,
                "nombre": count(int(nombre), "action à renseigner", "actions à renseigner"),
            }
            for nom, nombre in attendus
            if nombre > 1 or not seuls
        ],
        "attendus_seuls": ", ".join(seuls),
    }


def _list_statuts(famille: Famille) -> list[Statut]:
    return [compte.statut for compte in famille.comptes]


def _build_engagement(engagement: LigneEngagement) -> dict[str, Any]:
    return {
        "numero": str(engagement.numero),
        "titre": engagement.titre,
        "libelle": engagement.libelle,
        "signe": build_signe(engagement.statut),
        "cause": tidy(engagement.cause),
        "couverture": build_couverture(engagement.renseignes, engagement.applicables),
        "actions": [_build_action(a) for a in engagement.actions],
    }


def _build_action(action: LigneAction) -> dict[str, Any]:
    ligne = action.principal
    return {
        "signe": build_signe(action.statut, action.drapeaux),
        "numero": action.numero,
        "libelle": action.libelle,
        "phrase": action.phrase,
        "drapeaux": action.drapeaux,
        "valeur": ligne.chiffre.texte,
        "detail": ligne.chiffre.detail,
        "date": format_date_courte(ligne.chiffre.date) if ligne.chiffre.date else "",
        "cible": loosen(ligne.cible),
        "echeance": "" if ligne.echeance == INCONNU else ligne.echeance,
    }
