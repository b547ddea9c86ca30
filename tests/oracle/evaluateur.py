"""The slow, obvious evaluator: `evaluate(monde, code, vu_le, connu_le)` (README.md fixes input and output).

Written from docs/lectures.md and from the text of the domain, without a look at the product's computation: two
independent hands must find the same figures. Each rule is read again for each cell; nothing is clever here.
"""

from collections import Counter
from datetime import date
from typing import Any

from tests.oracle.cellule import evaluate_cellule, evaluate_nation, get_bearer, inherit
from tests.oracle.cible import Cible
from tests.oracle.constats_comptes import add_comptes
from tests.oracle.jugement import Constat
from tests.oracle.libelle import label_engagement
from tests.oracle.regard import (
    NIVEAUX,
    Ligne,
    Monde,
    Regard,
    get_niveau,
    is_quartier,
    list_attendus,
)
from tests.oracle.remontee import count_statuts, measure_statuts, roll_up, roll_up_seul

Bloc = dict[str, Any]
RESUME = ("couverture", "taux_min", "taux_max")


def build_cible(cible: Cible | None) -> Bloc | None:
    """The target as shown: `valeur` is the resolved threshold."""
    if cible is None:
        return None
    return {
        "operateur": cible.operateur,
        "valeur": cible.seuil,
        "echeance": cible.echeance,
        "base": cible.base,
        "base_date": cible.base_date,
        "effet": cible.effet,
        "origine": cible.origine,
    }


def build_indicateur(code: str, constat: Constat) -> Bloc:
    """One cell as shown."""
    etat = constat.etat
    return {
        "code": code,
        "statut": constat.statut,
        "valeur": etat.valeur if etat is not None else None,
        "numerateur": etat.numerateur if etat is not None else None,
        "denominateur": etat.denominateur if etat is not None else None,
        "cible": build_cible(constat.cible),
        "date": etat.le if etat is not None else None,
        "perime_le": etat.perime_le if etat is not None else None,
        "ratio": constat.ratio,
        "drapeaux": sorted(constat.drapeaux),
        "perdu_le": constat.perdu_le,
    }


def build_sans_statut(code: str) -> Bloc:
    """A cell rolled up from a lower level: it has no status, no target, no date of its own."""
    return {**build_indicateur(code, Constat("", None, None)), "statut": None}


def look_du_quartier(regard: Regard, indicateur: Ligne, vu: str) -> Constat | None:
    """What a quartier shows of an indicator; None when it is not shown there (L-29, L-30)."""
    if indicateur["niveau"] == "Q":
        return evaluate_cellule(regard, indicateur, vu)
    if indicateur["niveau"] == "N":
        return evaluate_nation(regard, indicateur, vu)
    if indicateur.get("heritage") is not None:
        return inherit(regard, indicateur, vu)
    regard.marque("autre_niveau/non_montre")
    return None


def see_du_quartier(regard: Regard, indicateur: Ligne, vu: str) -> Bloc | None:
    """The same, as shown."""
    constat = look_du_quartier(regard, indicateur, vu)
    return None if constat is None else build_indicateur(indicateur["code"], constat)


def see_d_en_haut(regard: Regard, indicateur: Ligne, vu: str) -> Bloc | None:
    """An indicator above the quartier; None when it is not shown there (L-32)."""
    niveau, niveau_vu, code = indicateur["niveau"], get_niveau(regard, vu), indicateur["code"]
    if niveau == "N":
        constat = evaluate_nation(regard, indicateur, vu)
        porteur = get_bearer(regard, indicateur, vu)
        return build_indicateur(code, constat) | roll_up_seul(regard, porteur, constat)
    if niveau == niveau_vu:
        constat = evaluate_cellule(regard, indicateur, vu)
        return build_indicateur(code, constat) | roll_up_seul(regard, vu, constat)
    if NIVEAUX.index(niveau) > NIVEAUX.index(niveau_vu):
        regard.marque("autre_niveau/non_montre")
        return None
    attendus = list_attendus(regard, niveau, vu)
    constats = {t: evaluate_cellule(regard, indicateur, t) for t in attendus}
    return build_sans_statut(code) | roll_up(regard, indicateur, constats)


def list_parties(monde: Monde, engagement: str, nom: str) -> list[tuple[str, list[Ligne]]]:
    """Actions (or objectifs) of an engagement with their indicators, in the order of the référentiel."""
    parties: dict[str, list[Ligne]] = {}
    for indicateur in monde["indicateurs"]:
        if indicateur["engagement"] == engagement and indicateur.get(nom) is not None:
            parties.setdefault(indicateur[nom], []).append(indicateur)
    return list(parties.items())


def build_action(code: str, indicateurs: list[Ligne], vus: dict[str, Bloc]) -> Bloc | None:
    """An action and its indicators shown; its status is that of its principal indicator (4.4)."""
    montres = [i for i in indicateurs if i["code"] in vus]
    if not montres:
        return None
    principal = next((vus[i["code"]] for i in montres if i["principal"]), None)
    statut = principal["statut"] if principal is not None else None
    return {"code": code, "statut": statut, "indicateurs": [vus[i["code"]] for i in montres]}


def list_principaux(monde: Monde, engagement: str, vus: dict[str, Bloc], vu: str) -> list[Ligne]:
    """Principal indicators that count: shown, and not of level N except at the nation (L-35, L-36)."""
    return [
        i
        for i in monde["indicateurs"]
        if i["engagement"] == engagement
        and i["principal"]
        and i["code"] in vus
        and (i["niveau"] != "N" or vu == "FR")
    ]


def build_engagement(regard: Regard, code: str, vus: dict[str, Bloc], vu: str) -> Bloc:
    """An engagement: its label in a quartier, its counts above."""
    monde = regard.monde
    actions = [build_action(a, i, vus) for a, i in list_parties(monde, code, "action")]
    objectifs = [build_action(o, i, vus) for o, i in list_parties(monde, code, "objectif")]
    principaux = list_principaux(monde, code, vus, vu)
    bloc: Bloc = {"code": code, "statut": None}
    if is_quartier(regard, vu):
        statuts = count_statuts(vus[i["code"]]["statut"] for i in principaux)
        libelle = label_engagement([(vus[i["code"]]["statut"], i["mode"]) for i in principaux])
        bloc |= {"statut": libelle, "statuts": statuts}
        bloc["couverture"] = measure_statuts(statuts)["couverture"]
        regard.marque(f"cause_du_libelle/{libelle}", "couverture/engagement")
    else:
        statuts = add_statuts([vus[i["code"]]["statuts"] for i in principaux])
        mesure = measure_statuts(statuts)
        bloc |= {"statuts": statuts} | {nom: mesure[nom] for nom in RESUME}
        regard.marque("statut_au_dessus/engagement")
    regard.close_cellule()
    bloc["actions"] = [a for a in actions if a is not None]
    bloc["objectifs"] = [
        {nom: o[nom] for nom in ("code", "indicateurs")} for o in objectifs if o is not None
    ]
    return bloc


def add_statuts(tous: list[dict[str, int]]) -> dict[str, int]:
    """Sum of counts by status (L-36)."""
    somme: Counter[str] = Counter()
    for statuts in tous:
        somme.update(statuts)
    return dict(somme)


def evaluate_regard(regard: Regard, vu: str) -> Bloc:
    """The tableau of a territory, through a look already opened (its tags can be read afterwards)."""
    see = see_du_quartier if is_quartier(regard, vu) else see_d_en_haut
    vus: dict[str, Bloc] = {}
    for indicateur in regard.monde["indicateurs"]:
        bloc = see(regard, indicateur, vu)
        if bloc is not None:
            vus[indicateur["code"]] = bloc
        regard.close_cellule()
    codes = list(dict.fromkeys(i["engagement"] for i in regard.monde["indicateurs"]))
    engagements = [build_engagement(regard, code, vus, vu) for code in codes]
    statuts = add_statuts([e["statuts"] for e in engagements])
    mesure = measure_statuts(statuts)
    tableau: Bloc = {"code": vu, "vu_le": regard.vu_le, "connu_le": regard.connu_le}
    if is_quartier(regard, vu):
        tableau["couverture"] = mesure["couverture"]
        if mesure["couverture"] is None:
            regard.marque("couverture/aucune_applicable")
    else:
        tableau |= {"statuts": statuts} | {nom: mesure[nom] for nom in RESUME}
    mark_attendus(regard)
    regard.close_cellule()
    tableau["engagements"] = engagements
    return tableau


def mark_attendus(regard: Regard) -> None:
    """What the expected territories have met (row « expected territories » of 4.7)."""
    for ligne in regard.monde.get("quartiers", ()):
        for borne in ("attendu_du", "attendu_au"):
            if ligne[borne] is not None and abs((ligne[borne] - regard.vu_le).days) <= 1:
                regard.marque(f"territoires_attendus/{borne}")
        if any(code.startswith("QRR") for code in ligne["rattaches"]):
            regard.marque("territoires_attendus/tient_un_qrr")
    versions = [x["code"] for x in regard.list_connus("quartiers")]
    if len(set(versions)) < len(versions):
        regard.marque("territoires_attendus/nouvelle_version")


def evaluate(monde: Monde, code: str, vu_le: date, connu_le: date) -> Bloc:
    """The tableau of a territory at a date, as known at another."""
    dit = add_comptes(monde, vu_le, connu_le, look_du_quartier)
    return evaluate_regard(Regard(dit, vu_le, connu_le), code)
