"""The reading « calendrier »: how many of the weeks, days or holidays that are over were covered."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from tests.oracle.derivation.cadre import Calendrier
from tests.oracle.derivation.dits_actes import CALENDRIER_INCONNU, Fait, list_faits
from tests.oracle.derivation.dits_etats import list_dires_etats
from tests.oracle.derivation.etat import Role
from tests.oracle.derivation.jours import (
    get_dimanche,
    get_lundi,
    get_rentree,
    get_vacances,
    get_veille,
    is_connu,
    is_ouvre,
    list_jours,
    list_unites,
)
from tests.oracle.derivation.pointages import find_pointage
from tests.oracle.derivation.referentiel import Derivation
from tests.oracle.derivation.regard import COMPTE, Regard
from tests.oracle.derivation.vigueur import get_rang

COMPTES = ("jours", "semaines", "periodes", "couples_lieu_periode")
Unites = set[Any]


def read_part_de_calendrier(regard: Regard, jour: date) -> tuple[Role, Role] | None:
    """Units covered among units over, out of units over; None when nothing is said."""
    (dessus,) = [d for d in regard.indicateur.derivations if d.role == "numerateur"]
    (dessous,) = [d for d in regard.indicateur.derivations if d.role == "denominateur"]
    faits = [fait for fait in list_faits(regard, dessus) if fait.jour <= jour]
    if faits:
        regard.meet(dessus)
    pointage = find_pointage(regard, [dessus], jour)
    temoins = [min(fait.ligne.le, jour) for fait in faits]
    if pointage is not None:
        temoins.append(pointage.le)
    if not temoins:
        return None
    temoin = max(temoins)
    echues = list_echues(regard, dessous, temoin, jour)
    if echues is None:
        regard.drapeaux.add(CALENDRIER_INCONNU)
        return None
    couvertes, comptes = list_couvertes(regard, str(dessus.compte), faits, echues, jour)
    lignes = [fait.ligne for fait in comptes]
    lignes += [fait.ligne for fait in faits if min(fait.ligne.le, jour) == temoin]
    if pointage is not None and pointage.le == temoin:
        lignes.append(pointage)
    numerateur = Role(
        valeur=len(couvertes),
        date=temoin,
        temoin=temoin,
        rang=get_rang(lignes),
        objets=frozenset(couvertes),
        pointage=None if pointage is None else pointage.le,
    )
    return numerateur, Role(valeur=len(echues), date=None)


def list_couvertes(
    regard: Regard, compte: str, faits: list[Fait], echues: Unites, jour: date
) -> tuple[Unites, list[Fait]]:
    """The units over in which something was held, and the sessions that say so."""
    couvertes: Unites = set()
    comptes = []
    for fait in faits:
        if not fait.tenu:
            continue
        jours = [tenu for tenu in fait.jours if tenu <= jour]
        unites = {get_unite(regard, compte, fait, tenu) for tenu in jours} & echues
        couvertes |= unites
        if unites:
            comptes.append(fait)
    return couvertes, comptes


def get_unite(regard: Regard, compte: str, fait: Fait, jour: date) -> Any:
    """The day, the week, the holidays, or the place and the holidays, in which a day falls."""
    if compte == "jours":
        return jour
    if compte == "semaines":
        return get_lundi(jour)
    periode = None
    for unite in list_unites(regard.calendrier) if regard.calendrier is not None else []:
        if unite[0] <= jour <= unite[1]:
            periode = unite
    if compte == "periodes":
        return periode
    return fait.ligne.get("lieu"), periode


# ──────── Units that are over ────────


def list_echues(regard: Regard, dessous: Derivation, temoin: date, jour: date) -> Unites | None:
    """The units over, no further than what the last witness speaks of; None when the calendar is not known."""
    if dessous.produit:
        lieux, autre = dessous.produit
        periodes = list_unites_echues(regard, str(autre.calendrier), temoin, jour)
        if periodes is None:
            return None
        borne = get_borne(regard, str(autre.calendrier), temoin, jour)
        dires = list_dires_etats(regard, lieux, borne)
        if dires:
            regard.meet(lieux)
        objets = {dire.objet for dire in dires if dire.etat == COMPTE}
        return {(objet, periode) for objet in objets for periode in periodes}
    return list_unites_echues(regard, str(dessous.calendrier), temoin, jour)


def list_unites_echues(regard: Regard, nom: str, temoin: date, jour: date) -> Unites | None:
    """The units of a calendar."""
    regard.rencontres["calendrier", nom] += 1
    borne = get_borne(regard, nom, temoin, jour)
    if nom == "semaines_echues":
        return set(list_lundis(date(borne.year, 1, 1), borne))
    calendrier = regard.calendrier
    if calendrier is None:
        return None
    if nom == "semaines_scolaires_echues":
        return list_semaines_de_classe(calendrier, borne)
    if nom == "periodes_vacances_echues":
        return list_vacances_echues(calendrier, borne)
    return list_jours_de_vacances(calendrier, borne, ouvres=nom == "jours_ouvres_vacances_echus")


def get_borne(regard: Regard, nom: str, temoin: date, jour: date) -> date:
    """The day looked at, or the end of the week or of the holidays that hold the last witness, if it comes before."""
    if nom.startswith("semaines"):
        return min(jour, get_dimanche(temoin))
    calendrier = regard.calendrier
    if calendrier is None:
        return temoin
    if nom == "periodes_vacances_echues":
        fins = [fin for debut, fin in list_unites(calendrier) if debut <= temoin <= fin]
        return min(jour, max(fins, default=temoin))
    vacances = get_vacances(calendrier, temoin)
    return temoin if vacances is None else min(jour, vacances[1])


def list_lundis(debut: date, borne: date) -> list[date]:
    """The weeks over whose Sunday is not before a day."""
    dimanches = [j for j in list_jours(debut, borne) if j.weekday() == 6]
    return [get_lundi(dimanche) for dimanche in dimanches]


def list_semaines_de_classe(calendrier: Calendrier, borne: date) -> Unites | None:
    """Weeks over since 1 September that have at least one day of class."""
    rentree = get_rentree(borne)
    if not is_connu(calendrier, rentree, borne):
        return None
    return {
        lundi
        for lundi in list_lundis(rentree, borne)
        if has_classe(calendrier, max(lundi, rentree))
    }


def has_classe(calendrier: Calendrier, debut: date) -> bool:
    """Is there a day of class from this day to the end of its week?"""
    semaine = list_jours(debut, get_dimanche(debut))
    return any(is_ouvre(j) and get_vacances(calendrier, j) is None for j in semaine)


def list_vacances_echues(calendrier: Calendrier, borne: date) -> Unites | None:
    """The holidays of the school year that are over; while none is, those of the year before."""
    rentree = get_rentree(borne)
    if not is_connu(calendrier, rentree, borne):
        return None
    echues = {u for u in list_unites(calendrier) if rentree <= u[0] and u[1] <= borne}
    if echues:
        return set(echues)
    avant = get_rentree(get_veille(rentree))
    if not is_connu(calendrier, avant, borne):
        return None
    return {u for u in list_unites(calendrier) if avant <= u[0] < rentree}


def list_jours_de_vacances(calendrier: Calendrier, borne: date, *, ouvres: bool) -> Unites | None:
    """The days of the last holidays begun, up to a day."""
    commencees = [v for v in calendrier.vacances if v[0] <= borne]
    if not commencees or not is_connu(calendrier, max(commencees)[0], borne):
        return None
    debut, fin = max(commencees)
    jours: Iterable[date] = list_jours(debut, min(fin, borne))
    return {j for j in jours if not ouvres or is_ouvre(j)}
