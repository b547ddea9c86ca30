"""Above the quartier: counts by status, interval, values rolled up (L-33, L-34)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.oracle.etat import Nombre
from tests.oracle.jugement import Constat
from tests.oracle.regard import Ligne, Regard

NON_RENSEIGNES = ("non_renseigne", "perime", "sans_objet")


def get_quotient(haut: int, bas: int) -> Fraction | None:
    """Null over 0: unknown is never zero."""
    return None if bas == 0 else Fraction(haut, bas)


def count_statuts(statuts: Iterable[str]) -> dict[str, int]:
    """Only the statuses met."""
    return dict(Counter(statuts))


def measure_statuts(statuts: dict[str, int]) -> dict[str, Any]:
    """L-33: informed, applicable, coverage, and the achievement as an interval."""
    nombre = Counter(statuts)
    applicables = nombre.total() - nombre["sans_objet"]
    renseignes = nombre.total() - sum(nombre[s] for s in NON_RENSEIGNES)
    jugeables = applicables - nombre["sans_cible"]
    au_plus = nombre["atteint"] + nombre["non_renseigne"] + nombre["perime"]
    return {
        "attendus": nombre.total(),
        "applicables": applicables,
        "renseignes": renseignes,
        "couverture": get_quotient(renseignes, applicables),
        "taux_min": get_quotient(nombre["atteint"], jugeables),
        "taux_max": get_quotient(au_plus, jugeables),
    }


@dataclass(frozen=True, slots=True)
class Total:
    """A value rolled up; the two bounds are for distinct objects only."""

    valeur: Nombre | None = None
    numerateur: Nombre | None = None
    denominateur: Nombre | None = None
    au_moins: Nombre | None = None
    au_plus: Nombre | None = None


def has_valeur(indicateur: Ligne, constat: Constat) -> bool:
    """Does this value enter the calculation? A ratio wants both terms, a doubling its base."""
    etat, agregation = constat.etat, indicateur["agregation"]
    if etat is None or agregation == "distribution":
        return False
    if agregation == "rapport":
        return etat.numerateur is not None and etat.denominateur is not None
    if indicateur["genre"] == "doublement":
        return (
            etat.valeur is not None and constat.cible is not None and constat.cible.base is not None
        )
    return etat.valeur is not None


def list_objets(constats: list[Constat]) -> tuple[set[str], list[Fraction]]:
    """The distinct objects known by name, and the plain numbers."""
    noms: set[str] = set()
    nus: list[Fraction] = []
    for constat in constats:
        etat = constat.etat
        assert etat is not None
        if etat.objets is not None:
            noms |= etat.objets
        elif etat.valeur is not None:
            nus.append(Fraction(etat.valeur))
    return noms, nus


def get_mediane(valeurs: list[Fraction]) -> Fraction:
    """The middle value, or the half-sum of the two middle ones."""
    rangees = sorted(valeurs)
    milieu = len(rangees) // 2
    if len(rangees) % 2:
        return rangees[milieu]
    return (rangees[milieu - 1] + rangees[milieu]) / 2


def add_up(indicateur: Ligne, constats: list[Constat]) -> Total:
    """L-34, over constats that all enter the calculation."""
    if not constats:
        return Total()
    etats = [c.etat for c in constats if c.etat is not None]
    agregation = indicateur["agregation"]
    if agregation == "rapport":
        haut = sum(Fraction(e.numerateur or 0) for e in etats)
        bas = sum(Fraction(e.denominateur or 0) for e in etats)
        return Total(None if bas == 0 else 100 * haut / bas, haut, bas)
    valeurs = [Fraction(e.valeur) for e in etats if e.valeur is not None]
    if agregation == "mediane":
        return Total(get_mediane(valeurs))
    if agregation == "max":
        return Total(max(valeurs))
    noms, nus = list_objets(constats)
    somme = len(noms) + sum(nus)
    if agregation != "objets_distincts":
        return Total(somme)
    au_moins = max([Fraction(len(noms)), *nus])
    return Total(somme if au_moins == somme else None, au_moins=au_moins, au_plus=somme)


def roll_up(regard: Regard, indicateur: Ligne, constats: dict[str, Constat]) -> dict[str, Any]:
    """An indicator of a lower level, seen from above: statut and cible stay null (L-32)."""
    statuts = count_statuts(c.statut for c in constats.values())
    applicables = [c for c in constats.values() if c.statut != "sans_objet"]
    entrants = [c for c in applicables if has_valeur(indicateur, c)]
    frais = [c for c in entrants if c.statut != "perime"]
    total = add_up(indicateur, entrants)
    complete = bool(applicables) and len(frais) == len(applicables)
    regard.marque(
        "statut_au_dessus/inferieur",
        f"valeur_remontee/{indicateur['agregation']}",
        f"valeur_remontee/complete_{complete}",
    )
    if len(frais) < len(entrants):
        regard.marque("valeur_remontee/perimee_comprise")
    return {
        "statuts": statuts,
        **measure_statuts(statuts),
        "valeur": total.valeur,
        "numerateur": total.numerateur,
        "denominateur": total.denominateur,
        "valeur_fraiche": add_up(indicateur, frais).valeur,
        "valeur_complete": complete,
        "au_moins": total.au_moins,
        "au_plus": total.au_plus,
        "territoires": [
            {"code": code, "statut": constats[code].statut} for code in sorted(constats)
        ],
    }


def roll_up_seul(regard: Regard, territoire: str, constat: Constat) -> dict[str, Any]:
    """An indicator of that very level, or borne by the nation: one territory is expected (L-32)."""
    regard.marque("statut_au_dessus/meme_niveau")
    valeur = constat.etat.valeur if constat.etat is not None else None
    is_frais = constat.statut not in NON_RENSEIGNES
    fraiche, complete = valeur if is_frais else None, is_frais and valeur is not None
    if constat.parts_fraiches is not None:
        fraiche, complete = constat.parts_fraiches
    statuts = count_statuts([constat.statut])
    return {
        "statuts": statuts,
        **measure_statuts(statuts),
        "valeur_fraiche": fraiche,
        "valeur_complete": complete,
        "au_moins": None,
        "au_plus": None,
        "territoires": [{"code": territoire, "statut": constat.statut}],
    }
