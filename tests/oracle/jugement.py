"""From a value and its target to a status: trajectory, share of the way (L-15 to L-18)."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tests.oracle.cible import Cible
from tests.oracle.etat import Etat, Nombre
from tests.oracle.regard import Regard

EN_RETARD_SOUS = Fraction(60, 100)
A_SURVEILLER_SOUS = Fraction(90, 100)
DEBUT = Fraction(10, 100)  # share of the time during which nothing is asked yet


@dataclass(frozen=True, slots=True)
class Jugement:
    """A status, its ratio and the flags that the judgement adds."""

    statut: str
    ratio: Nombre | None = None
    drapeaux: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Constat:
    """The answer for one cell. `parts_fraiches`: for a sum only, its fresh value and whether nothing is missing."""

    statut: str
    etat: Etat | None
    cible: Cible | None
    ratio: Nombre | None = None
    drapeaux: frozenset[str] = frozenset()
    perdu_le: date | None = None
    parts_fraiches: tuple[Nombre | None, bool] | None = None


@dataclass(frozen=True, slots=True)
class Depart:
    """Where the trajectory begins: v0 on t0, each unknown when None."""

    v0: Nombre | None
    t0: date | None


@dataclass(frozen=True, slots=True)
class Mesure:
    """What is judged: a value, its day, its target, the departure of its trajectory."""

    valeur: Nombre
    le: date
    cible: Cible
    seuil: Nombre
    depart: Depart


def is_atteint(valeur: Nombre | None, cible: Cible | None) -> bool:
    """Exact comparison; an unknown value or threshold is never reached."""
    if valeur is None or cible is None or cible.seuil is None:
        return False
    if cible.operateur == ">=":
        return valeur >= cible.seuil
    if cible.operateur == "<=":
        return valeur <= cible.seuil
    return valeur == cible.seuil


def is_behind(valeur: Nombre, repere: Nombre, operateur: str) -> bool:
    """Strictly on the wrong side of a mark."""
    return valeur < repere if operateur == ">=" else valeur > repere


def is_base_au_dela(base: Nombre | None, seuil: Nombre, operateur: str) -> bool:
    """The base already stands at the target or beyond."""
    return base is not None and not is_behind(base, seuil, operateur)


def get_part_du_chemin(mesure: Mesure) -> Nombre | None:
    """L-17: for a passed deadline, the share of the way from the base to the target."""
    operateur, v0 = mesure.cible.operateur, mesure.depart.v0
    if operateur == "=":
        return None
    if v0 is None:
        has_part = operateur == ">=" and mesure.seuil != 0
        return Fraction(mesure.valeur) / Fraction(mesure.seuil) if has_part else None
    if is_base_au_dela(v0, mesure.seuil, operateur):
        return None
    return Fraction(mesure.valeur - v0) / Fraction(mesure.seuil - v0)


def judge_egal(regard: Regard, mesure: Mesure) -> Jugement:
    """L-16: `=` has no trajectory; a 0 under a base above 0 is a fall, never « non engagé » (4.7)."""
    regard.marque("operateur/egal")
    if mesure.cible.echeance is not None and regard.vu_le > mesure.cible.echeance:
        return Jugement("echu_non_atteint")
    has_base = mesure.depart.v0 is not None and mesure.depart.v0 > 0
    if mesure.valeur == 0 and not has_base:
        return Jugement("non_engage")
    return Jugement("a_surveiller")


def judge_trajectoire(regard: Regard, mesure: Mesure) -> Jugement:
    """expected(t) = v0 + (T − v0)·(t − t0)/(t1 − t0) at the day t of the value; r = (v − v0)/(expected − v0)."""
    v0, t0, t1 = mesure.depart.v0, mesure.depart.t0, mesure.cible.echeance
    if v0 is None or t0 is None or t1 is None:
        regard.marque("base_inconnue/" + ("sans_base" if v0 is None else "sans_date"))
        return Jugement("a_surveiller", None, frozenset({"base_inconnue"}))
    ecoule = max(0, (mesure.le - t0).days)
    if mesure.le < t0:
        regard.marque("base_datee/valeur_avant_t0")
    # Elapsed time means t0 < value's day <= vu_le <= t1: the whole time is never 0 then.
    part_du_temps = Fraction(ecoule, (t1 - t0).days) if ecoule else Fraction(0)
    ratio: Nombre | None = None
    if ecoule:
        ratio = Fraction(mesure.valeur - v0) / (Fraction(mesure.seuil - v0) * part_du_temps)
    if part_du_temps == DEBUT:
        regard.marque("dix_pour_cent/juste")
    has_recul = is_behind(mesure.valeur, v0, mesure.cible.operateur)
    au_debut = part_du_temps < DEBUT
    if au_debut:
        regard.marque("dix_pour_cent/" + ("recul" if has_recul else "avant"))
    if au_debut and not has_recul:
        return Jugement("en_bonne_voie", ratio)
    if ratio in {EN_RETARD_SOUS, A_SURVEILLER_SOUS}:
        regard.marque("arithmetique_exacte/r")
    if ratio is None or ratio < EN_RETARD_SOUS:
        return Jugement("en_retard", ratio)
    return Jugement("a_surveiller" if ratio < A_SURVEILLER_SOUS else "en_bonne_voie", ratio)


def judge_non_atteint(regard: Regard, mesure: Mesure, *, has_proche: bool = False) -> Jugement:
    """L-15, L-18: a count, a part, a doubling or a presence that is not at its target."""
    cible, v0 = mesure.cible, mesure.depart.v0
    if cible.operateur == "=":
        return judge_egal(regard, mesure)
    if cible.operateur == "<=":
        regard.marque("operateur/au_plus")
    if cible.echeance is not None and regard.vu_le > cible.echeance:
        return Jugement("echu_non_atteint", get_part_du_chemin(mesure))
    if has_proche and mesure.valeur == 0 and not v0:
        return Jugement("a_surveiller")
    if is_base_au_dela(v0, mesure.seuil, cible.operateur):
        regard.marque("base_au_dela/en_retard")
        return Jugement("en_retard")
    if mesure.valeur == 0 and cible.operateur == ">=":
        if not v0:
            return Jugement("non_engage")
        regard.marque("zero_sous_la_base/chute")
    if cible.echeance is None:
        if v0 is not None and is_behind(mesure.valeur, v0, cible.operateur):
            regard.marque("sans_echeance/sous_la_base")
            return Jugement("en_retard")
        regard.marque("sans_echeance/a_surveiller")
        return Jugement("a_surveiller", None, frozenset({"sans_echeance"}))
    return judge_trajectoire(regard, mesure)
