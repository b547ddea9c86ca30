"""The reading « cumul »: a running total since the start of its period, as of its last witness."""

from datetime import date

from tests.oracle.derivation.comptes import reduce
from tests.oracle.derivation.dits_actes import build_dire, list_faits
from tests.oracle.derivation.dits_etats import list_dires_etats
from tests.oracle.derivation.etat import Role
from tests.oracle.derivation.jours import Intervalle, get_periode
from tests.oracle.derivation.lignes import ACTES, GENRES
from tests.oracle.derivation.pointages import find_pointage
from tests.oracle.derivation.referentiel import Derivation
from tests.oracle.derivation.regard import COMPTE, FINI, Dire, Regard
from tests.oracle.derivation.vigueur import get_rang


def read_cumul(regard: Regard, jour: date, fenetre: Intervalle | None = None) -> Role | None:
    """The total as of the last day attested; inside a window, when the target is dated (L-22)."""
    derivations = list(regard.indicateur.derivations)
    jusqu_a = jour if fenetre is None else min(jour, fenetre[1])
    attestations = [
        attestation
        for derivation in derivations
        for attestation in list_attestations(regard, derivation, jusqu_a)
        if fenetre is None or fenetre[0] <= attestation[0]
    ]
    pointage = find_pointage(regard, derivations, jusqu_a)
    if pointage is not None and fenetre is not None and pointage.le < fenetre[0]:
        pointage = None
    temoins = [temoin for temoin, _ in attestations]
    if pointage is not None:
        temoins.append(pointage.le)
    if not temoins:
        return None
    temoin = max(temoins)
    comptes = [dire for d in derivations for dire in list_en_cours(regard, d, temoin)]
    donnants = [dire for au, dire in attestations if au == temoin]
    lignes = [ligne for dire in (*comptes, *donnants) for ligne in dire.lignes]
    if pointage is not None and pointage.le == temoin:
        lignes.append(pointage)
    if get_periode(regard.indicateur.periode, temoin) != get_periode(
        regard.indicateur.periode, jour
    ):
        regard.drapeaux.add("periode_precedente")
    return Role(
        valeur=reduce(str(derivations[0].compte), comptes, temoin),
        date=temoin,
        temoin=temoin,
        rang=get_rang(lignes),
        objets=frozenset(dire.quoi for dire in comptes),
        pointage=None if pointage is None else pointage.le,
    )


def list_attestations(
    regard: Regard, derivation: Derivation, jour: date
) -> list[tuple[date, Dire]]:
    """What is attested up to a day, and until when; never beyond the period that a thing speaks of."""
    dires = list_tous(regard, derivation, jour)
    if dires:
        regard.meet(derivation)
    attestations = []
    for dire in dires:
        fin = get_periode(regard.indicateur.periode, dire.du)[1]
        attestations.append((min(dire.temoin, jour, fin), dire))
    return attestations


def list_tous(regard: Regard, derivation: Derivation, jour: date) -> list[Dire]:
    """Every act begun, every total said, whatever its period."""
    if GENRES[str(derivation.de)] not in ACTES:
        return list_dires_etats(regard, derivation, jour)
    return [
        build_dire(fait, quoi, COMPTE)
        for fait in list_faits(regard, derivation)
        if fait.jour <= jour
        for quoi in fait.quoi
        if not fait.proche
    ]


def list_en_cours(regard: Regard, derivation: Derivation, temoin: date) -> list[Dire]:
    """What counts in the period of the last witness, up to that day."""
    periode = get_periode(regard.indicateur.periode, temoin)
    return [
        dire
        for dire in list_tous(regard, derivation, temoin)
        if dire.etat != FINI and periode[0] <= dire.du <= temoin
    ]
