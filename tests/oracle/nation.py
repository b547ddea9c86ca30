"""Indicators of genre `national`: own value, quota, or sum of what is below (L-30, L-31)."""

from datetime import date
from fractions import Fraction

from tests.oracle.cible import Cible, get_cible, list_en_vigueur
from tests.oracle.constat import evaluate_ordinaire, is_tardif
from tests.oracle.etat import Etat, Lecture, Nombre, is_frais, list_jours, read_etat
from tests.oracle.histoire import Histoire, read_histoire
from tests.oracle.jugement import Constat, Depart, Jugement, Mesure, is_atteint, judge_non_atteint
from tests.oracle.marques import mark_constat
from tests.oracle.regard import Ligne, Regard, get_departement, is_quartier, list_attendus

RANG_SOMME = 9  # a sum is no source of its own


def has_constat_propre(regard: Regard, indicateur: Ligne, territoire: str) -> bool:
    """L-30: a national speaks of a territory that has a value of its own, or a quota in force."""
    if indicateur["genre"] != "national":
        return False
    if read_etat(regard, Lecture(indicateur, territoire), regard.vu_le) is not None:
        return True
    return bool(list_en_vigueur(regard, indicateur, territoire))


def list_porteurs_de_parts(regard: Regard, indicateur: Ligne, vu: str, jour: date) -> list[str]:
    """Who gives a part on that day: a département that has its own value, else its expected quartiers."""
    porteurs: list[str] = []
    par_departement: dict[str, list[str]] = {}
    for quartier in list_attendus(regard, "Q", vu):
        departement = get_departement(regard, quartier)
        assert departement is not None
        par_departement.setdefault(departement, []).append(quartier)
    for departement, quartiers in sorted(par_departement.items()):
        propre = read_etat(regard, Lecture(indicateur, departement), jour)
        porteurs += quartiers if propre is None else [departement]
    return porteurs


def add_parts(indicateur: Ligne, parts: list[Etat]) -> Nombre | None:
    """The sum of the parts; of distinct objects known as plain numbers, the greatest."""
    valeurs = [Fraction(p.valeur) for p in parts if p.valeur is not None]
    if not valeurs:
        return None
    return max(valeurs) if indicateur["agregation"] == "objets_distincts" else sum(valeurs)


def list_parts(regard: Regard, indicateur: Ligne, vu: str, jour: date) -> tuple[list[Etat], bool]:
    """The known parts on a day; is one missing?"""
    etats = [
        read_etat(regard, Lecture(indicateur, porteur), jour)
        for porteur in list_porteurs_de_parts(regard, indicateur, vu, jour)
    ]
    return [e for e in etats if e is not None], None in etats


def read_histoire_de_la_somme(regard: Regard, indicateur: Ligne, vu: str, cible: Cible) -> Histoire:
    """L-12 for a sum: the expected territories are those of `vu_le`, as the target is."""
    jours: set[date] = set()
    for quartier in list_attendus(regard, "Q", vu):
        jours |= list_jours(regard, Lecture(indicateur, quartier))
        if (departement := get_departement(regard, quartier)) is not None:
            jours |= list_jours(regard, Lecture(indicateur, departement))

    def has_reached(jour: date) -> bool:
        parts, _ = list_parts(regard, indicateur, vu, jour)
        return is_atteint(add_parts(indicateur, parts), cible)

    return read_histoire(jours, has_reached)


def build_etat_de_somme(parts: list[Etat], valeur: Nombre) -> Etat:
    """A sum is as old as its oldest part, and stale with the first of them (L-31)."""
    return Etat(
        rang=RANG_SOMME,
        valeur=valeur,
        le=min(p.le for p in parts),
        perime_le=min(p.perime_le for p in parts if p.perime_le is not None),
    )


def judge_somme(
    regard: Regard, indicateur: Ligne, cible: Cible | None, etat: Etat, *, has_trou: bool
) -> Jugement:
    """A sum whose fresh parts are not enough: unknown while one is missing, then stale, then judged."""
    if indicateur["agregation"] == "objets_distincts" or has_trou:
        return Jugement("non_renseigne")
    if not is_frais(etat, regard.vu_le):
        return Jugement("perime")
    if cible is None or cible.seuil is None or etat.valeur is None:
        return Jugement("sans_cible")
    depart = Depart(cible.base, cible.base_date or cible.effet)
    return judge_non_atteint(regard, Mesure(etat.valeur, etat.le, cible, cible.seuil, depart))


def evaluate_somme(regard: Regard, indicateur: Ligne, vu: str, cible: Cible | None) -> Constat:
    """L-31: no value on the territory itself."""
    parts, has_trou = list_parts(regard, indicateur, vu, regard.vu_le)
    fraiches = [p for p in parts if is_frais(p, regard.vu_le)]
    valeur, fraiche = add_parts(indicateur, parts), add_parts(indicateur, fraiches)
    complete = not has_trou and len(fraiches) == len(parts) and bool(parts)
    if valeur is None:
        regard.marque("national/rien_de_connu")
        return Constat("non_renseigne", None, cible, parts_fraiches=(None, False))
    if is_atteint(fraiche, cible) and cible is not None and cible.operateur == ">=":
        # Reached by what is fresh: a stale part proves nothing and gives no date.
        etat = build_etat_de_somme(fraiches, valeur)
        histoire = read_histoire_de_la_somme(regard, indicateur, vu, cible)
        tardif = {"tardif"} if is_tardif(cible, histoire) else set()
        jugement = Jugement("atteint", None, frozenset(tardif))
    else:
        etat = build_etat_de_somme(parts, valeur)
        jugement = judge_somme(regard, indicateur, cible, etat, has_trou=has_trou)
    drapeaux = {"au_moins", *jugement.drapeaux}
    if cible is not None and cible.redate and jugement.statut not in {"non_renseigne", "perime"}:
        drapeaux.add("redate")
    regard.marque("national/somme_" + jugement.statut)
    constat = Constat(
        statut=jugement.statut,
        etat=etat,
        cible=cible,
        ratio=jugement.ratio,
        drapeaux=frozenset(drapeaux),
        parts_fraiches=(fraiche, complete),
    )
    mark_constat(regard, indicateur, constat)
    return constat


def evaluate_national(regard: Regard, indicateur: Ligne, territoire: str) -> Constat:
    """A value on the territory itself is judged as a count; without it, above a quartier, a sum is."""
    cible = get_cible(regard, indicateur, territoire)
    if territoire != "FR" and cible is not None:
        regard.marque("national/quota")
    propre = read_etat(regard, Lecture(indicateur, territoire), regard.vu_le)
    if propre is not None or is_quartier(regard, territoire):
        regard.marque("national/propre")
        return evaluate_ordinaire(regard, indicateur, territoire, cible)
    return evaluate_somme(regard, indicateur, territoire, cible)
