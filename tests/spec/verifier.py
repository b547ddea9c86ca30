"""An example against an evaluator: what it says, what comes out, and the differences in French."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from quartiers.core.composition import compose_tableau
from quartiers.core.statut import LIBELLES
from tests.core.adaptateur import build_dossier, reduce_tableau
from tests.spec.geographie import get_code
from tests.spec.mondes import LOIN, Monde, build_monde
from tests.spec.tables import INCONNUS, Cas, Groupe

Rendu = dict[str, Any]
Evaluateur = Callable[[Monde, str, date, date], Rendu]

NOMBRES = (
    "valeur",
    "numerateur",
    "denominateur",
    "ratio",
    "couverture",
    "taux_min",
    "taux_max",
    "valeur_fraiche",
    "au_moins",
    "au_plus",
)
TELS_QUELS = ("attendus", "applicables", "renseignes", "valeur_complete", "date")
JOURS = ("perime_le", "perdu_le")
DE_LA_CIBLE = ("cible", "echeance", "effet")


def evaluate_calcul(monde: Monde, code: str, vu_le: date, connu_le: date) -> Rendu:
    """The product's tableau without its words, with the cause of each label (which the slow evaluator has not)."""
    tableau = compose_tableau(build_dossier(monde), code, vu_le, connu_le)
    rendu = reduce_tableau(tableau)
    for reduit, vu in zip(rendu["engagements"], tableau.engagements, strict=True):
        reduit["cause"] = vu.cause
    return rendu


def list_ecarts(groupe: Groupe, cas: Cas, evaluate: Evaluateur = evaluate_calcul) -> list[str]:
    """Differences between what the table says and what the evaluator finds; empty = the example holds."""
    monde = build_monde(groupe, cas)
    rendu = evaluate(monde, get_code(cas.territoire), cas.vu_le, cas.connu_le or LOIN)
    engagement = rendu["engagements"][0]
    if cas.actions and not (cas.indicateur or groupe.indicateur):
        return compare_engagement(cas, engagement)
    cellule = find_cellule(rendu, "i")
    if cas.statut == "non_montre":
        return [] if cellule is None else [f"montré ici : {cellule['statut']}"]
    if cellule is None:
        return ["rien n’est montré ici"]
    return compare_cellule(cas, cellule)


def find_cellule(rendu: Rendu, indicateur: str) -> Rendu | None:
    """The cell of an indicateur in a tableau, None when it is not shown."""
    for engagement in rendu["engagements"]:
        for partie in (*engagement["actions"], *engagement["objectifs"]):
            for cellule in partie["indicateurs"]:
                if cellule["code"] == indicateur:
                    trouvee: Rendu = cellule
                    return trouvee
    return None


def compare_engagement(cas: Cas, engagement: Rendu) -> list[str]:
    """Differences about an engagement: its label in a quartier, its counts everywhere."""
    ecarts = _list_differences("libellé", cas.libelle, engagement["statut"])
    for nom in ("couverture", "taux_min", "taux_max"):
        if getattr(cas, nom) is not None:
            ecarts += _compare_nombre(nom, getattr(cas, nom), engagement.get(nom))
    if cas.statuts is not None:
        ecarts += _list_differences("statuts", read_statuts(cas.statuts), engagement["statuts"])
    if cas.cause is not None and "cause" in engagement:
        ecarts += _list_differences("cause", read_attendu(cas.cause), engagement["cause"])
    return ecarts


def compare_cellule(cas: Cas, cellule: Rendu) -> list[str]:
    """Differences about an indicateur."""
    ecarts = []
    if cas.statut is not None:
        voulu = None if cas.statut == "aucun" else cas.statut
        ecarts += _list_differences("statut", voulu, cellule["statut"])
        ecarts += _list_differences(
            "drapeaux", sorted(cas.drapeaux or ()), sorted(cellule["drapeaux"])
        )
    for nom in NOMBRES:
        if getattr(cas, nom) is not None:
            ecarts += _compare_nombre(nom, getattr(cas, nom), cellule.get(nom))
    for nom in TELS_QUELS:
        if getattr(cas, nom) is not None:
            ecarts += _list_differences(nom, getattr(cas, nom), cellule.get(nom))
    for nom in JOURS:
        if getattr(cas, nom) is not None:
            ecarts += _list_differences(nom, read_attendu(getattr(cas, nom)), cellule.get(nom))
    return ecarts + _compare_cible(cas, cellule) + _compare_territoires(cas, cellule)


def _compare_cible(cas: Cas, cellule: Rendu) -> list[str]:
    cible = cellule["cible"] or {}
    ecarts = []
    if cas.cible is not None:
        if cas.cible == "aucune":
            ecarts += _list_differences("cible", None, cellule["cible"])
        else:
            ecarts += _compare_nombre("cible", cas.cible, cible.get("valeur"))
    for nom in ("echeance", "effet"):
        if getattr(cas, nom) is not None:
            ecarts += _list_differences(nom, read_attendu(getattr(cas, nom)), cible.get(nom))
    return ecarts


def _compare_territoires(cas: Cas, cellule: Rendu) -> list[str]:
    ecarts = []
    if cas.statuts is not None:
        ecarts += _list_differences("statuts", read_statuts(cas.statuts), cellule.get("statuts"))
    if cas.territoires is not None:
        voulus = sorted(get_code(nom) for nom in cas.territoires)
        ecarts += _list_differences(
            "territoires", voulus, [t["code"] for t in cellule.get("territoires", [])]
        )
    return ecarts


def read_statuts(texte: str) -> dict[str, int]:
    """« 31 atteint, 3 échu (non atteint) » → counts by code."""
    codes = {libelle.lower().replace(", ", " "): s.value for s, libelle in LIBELLES.items()}
    paires = (partie.split(" ", 1) for partie in texte.split(", "))
    return {codes[libelle]: int(nombre) for nombre, libelle in paires}


def read_attendu(valeur: Any) -> Any:
    """None for a word that says there is none."""
    return None if valeur in INCONNUS else valeur


def _compare_nombre(nom: str, voulu: int | str, obtenu: Fraction | int | None) -> list[str]:
    """An integer or a fraction exactly; « 0,67 » once rounded to the decimals written."""
    if voulu in INCONNUS or obtenu is None:
        return _list_differences(nom, read_attendu(voulu), obtenu)
    if isinstance(voulu, str) and "," in voulu:
        decimales = len(voulu.split(",")[1])
        attendu = Fraction(voulu.replace(",", "."))
        return _list_differences(nom, attendu, round(Fraction(obtenu), decimales))
    return _list_differences(nom, Fraction(voulu), Fraction(obtenu))


def _list_differences(nom: str, voulu: Any, obtenu: Any) -> list[str]:
    return [] if voulu == obtenu else [f"{nom} : {voulu} attendu, {obtenu} obtenu"]
