"""The reading « en vigueur »: what holds on a day, the fresh before the stale."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from tests.oracle.derivation.comptes import reduce
from tests.oracle.derivation.dits_actes import list_dires_actes
from tests.oracle.derivation.dits_etats import list_dires_etats
from tests.oracle.derivation.etat import NON_VALIDE, VALIDE, Role
from tests.oracle.derivation.jours import is_connu
from tests.oracle.derivation.lignes import ACTES, GENRES, LigneBrute
from tests.oracle.derivation.pointages import find_pointage
from tests.oracle.derivation.referentiel import Derivation
from tests.oracle.derivation.regard import COMPTE, FINI, ZERO, Dire, Regard

LIMITES = {"M": 45, "T": 120, "S": 240, "A": 450, "RS": 450}  # days
APRES_VACANCES = 45
SANS_VALEUR = ("delai_median", "distance_min")  # of nothing at all, no delay and no distance


def get_peremption(regard: Regard, temoin: date) -> date:
    """First stale day of what is attested until a day."""
    frequence = regard.indicateur.frequence
    if frequence != "PV":
        return temoin + timedelta(days=LIMITES[frequence] + 1)
    calendrier = regard.calendrier
    if calendrier is not None and is_connu(calendrier, temoin, temoin):
        commencees = [v for v in calendrier.vacances if v[0] <= temoin]
        if commencees:
            return max(max(commencees)[1], temoin) + timedelta(days=APRES_VACANCES + 1)
    return temoin + timedelta(days=LIMITES["S"] + 1)


def list_dires(regard: Regard, derivation: Derivation, jour: date) -> list[Dire]:
    """What the records of one derivation say on a day."""
    if derivation.de == "Territoire":
        from tests.oracle.derivation.territoires import list_dires_territoires

        dires = list_dires_territoires(regard, derivation, jour)
    elif GENRES[str(derivation.de)] in ACTES:
        dires = list_dires_actes(regard, derivation, jour)
    else:
        dires = list_dires_etats(regard, derivation, jour)
    if dires:
        regard.meet(derivation)
    return dires


def list_dires_du_role(regard: Regard, role: str | None, jour: date) -> list[Dire]:
    """What all the derivations of a role say together.

    In a share, what counts below counts as a zero above, where both count the same things: the two roles then have
    one date. Never for a sum.
    """
    dires: list[Dire] = []
    for derivation in regard.indicateur.derivations:
        if derivation.role != role or derivation.de is None:
            continue
        dires += list_dires(regard, derivation, jour)
        for dessous in regard.indicateur.derivations:
            if role == "numerateur" and is_meme_chose(derivation, dessous):
                dires += list_zeros(list_dires(regard, dessous, jour))
    return dires


def is_meme_chose(dessus: Derivation, dessous: Derivation) -> bool:
    """Do the two roles of a share count the same things, one by one?"""
    return (
        dessous.role == "denominateur"
        and dessus.compte == dessous.compte == "distinct"
        and (dessus.de, dessus.champ) == (dessous.de, dessous.champ)
    )


def list_zeros(dires: Iterable[Dire]) -> list[Dire]:
    """The same things, attested and counted for nothing."""
    return [replace(dire, etat=ZERO if dire.etat == COMPTE else dire.etat) for dire in dires]


def read_vigueur(regard: Regard, role: str | None, jour: date) -> Role | None:
    """What a role is worth on a day; None when nothing is said."""
    derivations = [d for d in regard.indicateur.derivations if d.role == role and d.de]
    compte = str(derivations[0].compte)
    dires = list_dires_du_role(regard, role, jour)
    pointage = find_pointage(regard, derivations, jour)
    pointe = None if pointage is None else pointage.le
    en_cours = [dire for dire in dires if dire.etat != FINI]
    finis = [dire for dire in dires if dire.etat == FINI]
    retenus = keep_frais(regard, en_cours, pointe, jour)
    if not en_cours:
        retenus = finis
    comptes = [dire for dire in retenus if dire.etat == COMPTE]
    if compte in SANS_VALEUR:
        if not comptes:
            return None
        retenus = comptes
    temoins = [get_temoin(dire, pointe) for dire in retenus]
    if pointe is not None:
        temoins.append(pointe)
    if not temoins:
        return None
    temoin = max(temoins)
    date_dite = max(min(t, jour) for t in temoins)
    lignes = [ligne for dire in retenus for ligne in dire.lignes]
    if pointage is not None and pointage.le == date_dite:
        lignes.append(pointage)
    atteints = [dire for dire in comptes if not dire.proche]
    return Role(
        valeur=reduce(compte, atteints, date_dite),
        date=date_dite,
        temoin=temoin,
        rang=get_rang(lignes),
        objets=frozenset(dire.quoi for dire in atteints),
        proches=frozenset(dire.quoi for dire in comptes if dire.proche),
        pointage=pointe,
    )


def keep_frais(regard: Regard, en_cours: list[Dire], pointe: date | None, jour: date) -> list[Dire]:
    """The fresh ones when there are any, all of them otherwise; an act does not age, a pointage refreshes all."""
    frais = [
        dire
        for dire in en_cours
        if dire.acte or jour < get_peremption(regard, get_temoin(dire, pointe))
    ]
    return frais or en_cours


def get_temoin(dire: Dire, pointe: date | None) -> date:
    """A pointage refreshes what is in force; it says nothing of what is over."""
    if pointe is None or dire.etat == FINI:
        return dire.temoin
    return max(dire.temoin, pointe)


def get_rang(lignes: Iterable[LigneBrute]) -> int:
    """All the records of a cell are one source, as sure as the least sure of them."""
    is_sur = all(ligne.validation == "valide" for ligne in lignes)
    return VALIDE if is_sur else NON_VALIDE
