"""One cell: the constat of an indicator in a territory, and how it is seen from another level (L-29, L-30)."""

from dataclasses import replace

from tests.oracle.cible import get_cible
from tests.oracle.constat import evaluate_jalon, evaluate_ordinaire
from tests.oracle.jugement import Constat
from tests.oracle.nation import evaluate_national, has_constat_propre
from tests.oracle.regard import Ligne, Regard, get_epci, get_genre, list_communes, list_porteurs

# L-29: from the least to the most favourable.
DEFAVORABLES = (
    "echu_non_atteint",
    "en_retard",
    "non_engage",
    "a_surveiller",
    "non_renseigne",
    "perime",
    "sans_cible",
    "en_bonne_voie",
    "atteint",
    "sans_objet",
)


def evaluate_cellule(regard: Regard, indicateur: Ligne, territoire: str) -> Constat:
    """The constat of a territory of the indicator's own level (any territory for a national)."""
    place = (indicateur["code"], territoire)
    if place not in regard.constats:
        if indicateur["genre"] == "jalon":
            constat = evaluate_jalon(regard, indicateur, territoire)
        elif indicateur["genre"] == "national":
            constat = evaluate_national(regard, indicateur, territoire)
        else:
            cible = get_cible(regard, indicateur, territoire)
            constat = evaluate_ordinaire(regard, indicateur, territoire, cible)
        regard.constats[place] = constat
        regard.close_cellule()
    found: Constat = regard.constats[place]
    return found


def add_drapeau(constat: Constat, drapeau: str) -> Constat:
    """The same constat, flagged."""
    return replace(constat, drapeaux=constat.drapeaux | {drapeau})


def inherit(regard: Regard, indicateur: Ligne, quartier: str) -> Constat:
    """L-29: the least favourable of the territories of that level which hold the quartier; the smallest code first."""
    porteurs = list_porteurs(regard, quartier, indicateur["heritage"])
    if not porteurs:
        regard.marque("autre_niveau/herite_de_personne")
        return Constat("non_renseigne", None, None, drapeaux=frozenset({"herite"}))
    constats = {p: evaluate_cellule(regard, indicateur, p) for p in porteurs}
    regard.marque("autre_niveau/herite")
    if len(porteurs) > 1:
        regard.marque("plusieurs_territoires/" + indicateur["heritage"])
        if len({c.statut for c in constats.values()}) > 1:
            regard.marque("plusieurs_territoires/le_moins_favorable")
    if indicateur["heritage"] == "E":
        mark_metropole(regard, quartier)
    pire = min(porteurs, key=lambda p: (DEFAVORABLES.index(constats[p].statut), p))
    return add_drapeau(constats[pire], "herite")


def mark_metropole(regard: Regard, quartier: str) -> None:
    """The EPT was taken before the métropole."""
    for commune in list_communes(regard, quartier):
        parents = regard.territoires[commune]["parents"]
        if sum(get_genre(regard, p) == "epci" for p in parents) > 1 and get_epci(regard, commune):
            regard.marque("plusieurs_territoires/ept_avant_metropole")


def get_bearer(regard: Regard, indicateur: Ligne, vu: str) -> str:
    """L-30: who speaks for an indicator of the nation, seen from a territory."""
    return vu if vu == "FR" or has_constat_propre(regard, indicateur, vu) else "FR"


def evaluate_nation(regard: Regard, indicateur: Ligne, vu: str) -> Constat:
    """The constat of the bearer, flagged when it is the nation seen from elsewhere."""
    bearer = get_bearer(regard, indicateur, vu)
    constat = evaluate_cellule(regard, indicateur, bearer)
    if bearer == vu:
        return constat
    regard.marque("autre_niveau/porte_par_la_nation")
    return add_drapeau(constat, "porte_par_la_nation")
