"""Indicators that count constats (L-101 to L-104), said as a value of the day looked at, then judged like any other.

`derivations` of an indicator: `[{role, filtre}]`, where `filtre` holds `principal`, `mode`, `applicable`, `statut`,
`renseigne`, `valeur_positive`, `devenu_positif`.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from tests.oracle.jugement import Constat
from tests.oracle.periode import get_periode
from tests.oracle.regard import RANG_RELEVE, Ligne, Monde, Regard, is_quartier

SANS_REPONSE = ("non_renseigne", "perime")
DERNIER = 10**9  # learnt after all the rest
See = Callable[[Regard, Ligne, str], Constat | None]
"""What a quartier shows of an indicator; None when it shows nothing."""


def is_comptant(indicateur: Ligne) -> bool:
    """It counts constats, and no other counts it."""
    return bool(indicateur.get("derivations"))


def add_comptes(monde: Monde, vu_le: date, connu_le: date, see: See) -> Monde:
    """The same world, with what each count says in each quartier; it silences what is no surer than itself (L-103)."""
    comptants = [i for i in monde["indicateurs"] if is_comptant(i)]
    if not comptants:
        return monde
    regard = Regard(monde, vu_le, connu_le)
    dites: list[Ligne] = []
    for indicateur in comptants:
        for code in regard.territoires:
            if indicateur["niveau"] == "Q" and is_quartier(regard, code):
                ligne = count(regard, indicateur, code, see)
                if ligne is not None:
                    dites.append(ligne | {"ordre": DERNIER + len(dites)})
    rangs = {(x["indicateur"], x["territoire"]): x["rang"] for x in dites}
    gardees = {
        nom: [
            x
            for x in monde.get(nom, ())
            if x.get("rang", RANG_RELEVE) < rangs.get((x["indicateur"], x["territoire"]), 9)
        ]
        for nom in ("releves", "valeurs")
    }
    return {**monde, **gardees, "valeurs": [*gardees["valeurs"], *dites]}


def count(regard: Regard, indicateur: Ligne, code: str, see: See) -> Ligne | None:
    """What it says on the day looked at; None when nothing was said of what it looks at (L-104)."""
    autres = [i for i in regard.monde["indicateurs"] if i["niveau"] != "N" and not is_comptant(i)]
    montres = {i["code"]: (i, c) for i in autres if (c := see(regard, i, code)) is not None}
    veille = see_la_veille(regard, indicateur, autres, code, see)
    roles: dict[str, set[str]] = {}
    regardes: set[str] = set()
    asks_renseigne = False
    for derivation in indicateur["derivations"]:
        filtre = derivation["filtre"]
        asks_renseigne = asks_renseigne or "renseigne" in filtre
        role = roles.setdefault(derivation["role"], set())
        for autre, constat in montres.values():
            if stands(filtre, autre, constat):
                regardes.add(autre["code"])
                if passes(filtre, constat, veille.get(autre["code"])):
                    role.add(autre["code"])
    vus = [montres[nom][1] for nom in regardes]
    if not asks_renseigne and all(c.statut in SANS_REPONSE for c in vus):
        return None
    ligne: Ligne = {"indicateur": indicateur["code"], "territoire": code, "date": regard.vu_le}
    ligne |= {"connu_le": regard.connu_le, "source": "constats", "cle": None}
    ligne["rang"] = 0 if all(is_sur(constat) for constat in vus) else 2
    if "denominateur" not in roles:
        return ligne | {"valeur": len(roles["valeur"])}
    dessus, dessous = len(roles["numerateur"]), len(roles["denominateur"])
    return ligne | {"numerateur": dessus, "denominateur": dessous}


def see_la_veille(
    regard: Regard, indicateur: Ligne, autres: list[Ligne], code: str, see: See
) -> dict[str, Constat]:
    """What was shown on the eve of the period, when it asks what became positive since."""
    if not any("devenu_positif" in d["filtre"] for d in indicateur["derivations"]):
        return {}
    jour = get_periode(indicateur, regard.vu_le)[0] - timedelta(days=1)
    avant = Regard(regard.monde, jour, regard.connu_le)
    return {i["code"]: c for i in autres if (c := see(avant, i, code)) is not None}


def stands(filtre: dict[str, Any], autre: Ligne, constat: Constat) -> bool:
    """It is one of those that a derivation looks at."""
    return (
        (autre["principal"] or "principal" not in filtre)
        and ("mode" not in filtre or autre["mode"] in filtre["mode"])
        and (constat.statut != "sans_objet" or "applicable" not in filtre)
    )


def passes(filtre: dict[str, Any], constat: Constat, avant: Constat | None) -> bool:
    """It stands as the derivation asks (L-102)."""
    renseigne = constat.statut not in SANS_REPONSE
    positif = renseigne and has_plus_que_rien(constat)
    return (
        ("statut" not in filtre or constat.statut in filtre["statut"])
        and (renseigne or "renseigne" not in filtre)
        and (positif or "valeur_positive" not in filtre)
        and ("devenu_positif" not in filtre or (positif and not has_plus_que_rien(avant)))
    )


def has_plus_que_rien(constat: Constat | None) -> bool:
    """A value greater than zero, fresh or not."""
    etat = None if constat is None else constat.etat
    return etat is not None and etat.valeur is not None and etat.valeur > 0


def is_sur(constat: Constat) -> bool:
    """All that is behind it was validated; a declared « sans objet » is."""
    return constat.etat is None or constat.statut == "sans_objet" or constat.etat.rang == 0
