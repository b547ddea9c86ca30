"""The paper of a département (or a commune): what is compulsory and missing, then quartiers by engagements.

Two pages up to some fifty quartiers, tighter and tighter; beyond, the matrix goes on on a third.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quartiers.core.composition import compose_vue
from quartiers.core.statut import Statut
from quartiers.core.vue import Vue
from quartiers.reports.papier.document import (
    Document,
    build_cadre,
    build_couverture,
    build_signe,
    shorten,
)
from quartiers.reports.presentation.departement import (
    ActionEnDefaut,
    Adresses,
    Case,
    PageDepartement,
    Rangee,
    build_page_departement,
)
from quartiers.reports.presentation.entete import write_surtitre
from quartiers.reports.typographie import INCONNU, count, format_date, tidy

ABREGES: Mapping[Statut, str] = {
    Statut.ATTEINT: "atteint",
    Statut.EN_BONNE_VOIE: "b. voie",
    Statut.A_SURVEILLER: "à surv.",
    Statut.EN_RETARD: "retard",
    Statut.DONNEES_INSUFFISANTES: "insuff.",
    Statut.SANS_OBJET: "s. objet",
}
"""The labels of an engagement, short enough for a cell; the legend says them whole."""
DENSITES: Mapping[str, int] = {"ample": 16, "serree": 24, "dense": 53, "nue": 57}
"""How the matrix is set, from the most readable to the tightest, and how many rows of one line hold on its page."""
SANS_ADRESSES = Adresses(lambda _territoire, _engagement: "", lambda _porteur, _indicateur: "")


def build_departement(vue: Vue, code: str) -> Document:
    """The document of any territoire whose quartiers fit in one matrix."""
    tableau = compose_vue(vue, code)
    quartiers = [compose_vue(vue, quartier) for quartier in vue.list_attendus_de(code)]
    page = build_page_departement(tableau, quartiers, vue.territoires, SANS_ADRESSES)
    nom = tableau.territoire.nom
    donnees = {
        **build_cadre(tableau, vue.dossier.referentiel, f"{nom}, tableau de bord"),
        "nom": nom,
        "surtitre": write_surtitre(tableau.territoire, vue),
        "situation": f"Situation au {format_date(vue.vu_le)}.",
        "phrase": {"forte": page.phrase.forte, "suite": page.phrase.suite},
        "defauts": [_build_defaut(d) for d in page.defauts],
        "defauts_titre": write_defauts(len(page.defauts)),
        "suites": [write_suite(reste) for reste in range(len(page.defauts), 0, -1)],
        "inconnus": write_inconnus(int(page.inconnus), has_defauts=bool(page.defauts)),
        "legende": [
            {**build_signe(statut), "abrege": abrege} for statut, abrege in ABREGES.items()
        ],
        **_build_matrice(page),
        "tete_suite": [
            f"{shorten(nom)}, quartiers et engagements",
            f"Au {format_date(vue.vu_le)}",
        ],
    }
    essais = tuple({"densite": d} for d in list_densites(len(page.rangees)))
    return Document("departement", vue.connu_le, donnees, pages=2, essais=essais)


def list_densites(rangees: int) -> list[str]:
    """The settings worth trying: long names may need the next one; on a third page, the communes come back."""
    return [*(densite for densite, tenues in DENSITES.items() if rangees <= tenues), "dense"]


def write_defauts(nombre: int) -> str:
    """What the list holds, and its order when there is one; nothing to count when it is empty."""
    if not nombre:
        return ""
    ordre = " Les perdues d’abord, puis les plus anciennes." if nombre > 1 else ""
    suite = "perdue ou manquante" if nombre == 1 else "perdues ou manquantes"
    return tidy(
        f"{count(nombre, 'action')} « a minima » ou « dans chaque quartier », {suite}.{ordre}"
    )


def write_suite(reste: int) -> str:
    """What is said where the page ends before the list does."""
    return f"Et {count(reste, 'autre')}, en ligne."


def write_inconnus(nombre: int, *, has_defauts: bool) -> str:
    """« Pour 16 autres, on ne sait pas »; alone, they are no others."""
    if not nombre:
        return ""
    qui = count(nombre, "autre" if has_defauts else "action")
    return tidy(f"Pour {qui}, on ne sait pas : l’information manque ou a vieilli.")


def _build_defaut(defaut: ActionEnDefaut) -> dict[str, Any]:
    return {
        "signe": build_signe(defaut.statut, defaut.drapeaux),
        "objet": f"{defaut.lieu} : {defaut.numero} {defaut.action}",
        "depuis": defaut.depuis,
        "raison": tidy(defaut.raison),
    }


def _build_matrice(page: PageDepartement) -> dict[str, Any]:
    return {
        "engagements": [
            {
                "numero": str(e.numero),
                "libelle": e.libelle,
                "phrase": e.phrase,
                "couverture": build_couverture(e.renseignes, e.applicables),
                "en_retard": INCONNU if e.en_retard is None else e.en_retard,
            }
            for e in page.engagements
        ],
        "rangees": [_build_rangee(r) for r in page.rangees],
        "total": page.couverture,
    }


def _build_rangee(rangee: Rangee) -> dict[str, Any]:
    return {
        "nom": rangee.nom,
        "communes": rangee.communes,
        "cases": [_build_case(c) for c in rangee.cases],
        "total": rangee.couverture,
    }


def _build_case(case: Case) -> dict[str, Any]:
    return {
        "signe": build_signe(case.statut),
        "abrege": ABREGES.get(case.statut, build_signe(case.statut)["mot"]),
        "a_jour": f"{case.renseignes}/{case.applicables}",
        "phrase": f"{case.renseignes.sur(case.applicables)} à jour",
    }
