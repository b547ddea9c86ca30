"""All that an account holds, handed over in one gesture: seen before, undone until its day."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction

from quartiers.core.temps import PARIS
from quartiers.storage.models import Acte, Mandat, MandatTransmis, Transmission
from quartiers.usecases.compter_personnes import list_personnes
from quartiers.usecases.donner_mandat import (
    Nomination,
    NominationRefusee,
    Receveur,
    close_suites,
    judge_nomination,
    list_fautes_d_acte,
    read_receveurs,
    write_mandats,
)
from quartiers.usecases.lister_organismes import list_organismes_connus
from quartiers.usecases.lister_restants import list_restants
from quartiers.usecases.nommant import MandatIntrouvable, Nommant, lock_comptes
from quartiers.usecases.tenir_comptes import can_tenir, list_comptes
from quartiers.usecases.tenir_journal import write_acte
from quartiers.usecases.tenus import TENUS


class PlanPerime(ValueError):  # noqa: N818 -- named in French like every noun of the product
    """What was seen is no longer what would be done."""


@dataclass(frozen=True, slots=True)
class Demande:
    """Who leaves, who receives, from which day on, by what act; `autres`: by mandat, who else receives that one."""

    de: int
    a: int
    le: date | None
    acte: str
    autres: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class LigneDePlan:
    """A mandat and who continues it; `faute`: why that one may not."""

    mandat: Mandat
    a: User
    nomination: Nomination
    faute: str


@dataclass(frozen=True, slots=True)
class PlanDeTransmission:
    """What would be done. `numero`: what the gesture repeats, to do nothing else than what was seen."""

    de: User
    a: User
    le: date
    acte: str
    lignes: tuple[LigneDePlan, ...]
    tenus: tuple[tuple[str, int], ...]
    fautes: Mapping[str, str]

    @property
    def numero(self) -> str:
        """A digest of all that the plan says."""
        dits = [
            *map(str, (self.de.pk, self.a.pk, self.le, self.acte, self.tenus)),
            *(f"{ligne.mandat.pk} {ligne.mandat.au} {ligne.a.pk}" for ligne in self.lignes),
        ]
        return hashlib.sha256("\0".join(dits).encode()).hexdigest()[:12]


def find_partant(nommant: Nommant, numero: int) -> User:
    """An account in sight whose every mandat is one's to give. Raises MandatIntrouvable."""
    compte = User.objects.select_related("titulaire").filter(pk=numero, is_active=True).first()
    if compte is None or numero not in list_comptes(nommant) or not can_tenir(nommant, compte):
        raise MandatIntrouvable
    return compte


def list_heritiers(nommant: Nommant, de: int) -> list[User]:
    """Open accounts in sight, neither of who leaves nor of who names."""
    vus = list_comptes(nommant) - {de}
    if nommant.compte is not None:
        personnes = list_personnes({*vus, nommant.compte.pk})
        vus = frozenset(c for c in vus if personnes[c] != personnes[nommant.compte.pk])
    return list(User.objects.filter(pk__in=vus).select_related("titulaire").order_by("pk"))


def build_plan(nommant: Nommant, demande: Demande) -> PlanDeTransmission:
    """What would be done, and what prevents it. Raises MandatIntrouvable, NominationRefusee."""
    de = find_partant(nommant, demande.de)
    heritiers = {compte.pk: compte for compte in list_heritiers(nommant, demande.de)}
    fautes = list_fautes_d_acte(nommant, demande.acte)
    if demande.le is None or demande.le < nommant.jour:
        fautes["le"] = "écrivez le jour où cela vaut, aujourd’hui ou plus tard"
    if {demande.a, *demande.autres.values()} - heritiers.keys():
        fautes["a"] = "choisissez quelqu’un de la liste"
    if "a" in fautes or demande.le is None or "le" in fautes:
        raise NominationRefusee(fautes)
    lignes = build_lignes(nommant, de, heritiers, demande, demande.le)
    dits = tuple((t.libelle, t.count_tenus(de.pk)) for t in TENUS)
    a = heritiers[demande.a]
    return PlanDeTransmission(de, a, demande.le, demande.acte.strip(), lignes, dits, fautes)


def build_lignes(
    nommant: Nommant, de: User, heritiers: Mapping[int, User], demande: Demande, le: date
) -> tuple[LigneDePlan, ...]:
    """Each mandat that still holds on that day, and who continues it: as many questions for one as for ten."""
    suites = [
        (mandat, demande.autres.get(mandat.pk, demande.a))
        for mandat in list_restants(le).filter(compte=de)
    ]
    receveurs = read_receveurs(nommant, sorted({a for _, a in suites}))
    connus = list_organismes_connus({mandat.organisme for mandat, _ in suites})
    lignes = []
    for mandat, a in suites:
        nomination = build_nomination(mandat, receveurs[a], connus, demande, le)
        fautes = judge_nomination(nommant, receveurs[a], nomination)
        fautes.pop("acte", None)  # said once, for the whole plan
        ligne = LigneDePlan(mandat, heritiers[a], nomination, " ; ".join(fautes.values()))
        lignes.append(ligne)
    return tuple(lignes)


def build_nomination(
    mandat: Mandat, a: Receveur, connus: Collection[str], demande: Demande, le: date
) -> Nomination:
    """The same mandat, from that day on, in the name of the organisme of who receives it.

    Whoever has none takes that of the mandat, as long as it is one of `connus`.
    """
    ancien = mandat.organisme if mandat.organisme in connus else ""
    return Nomination(
        role=mandat.role,
        territoires=mandat.codes,
        organisme=a.organisme or ancien,
        du=max(filter(None, [mandat.du, le])),
        au=mandat.au,
        acte=demande.acte,
    )


def transmit(*, nommant: Nommant, demande: Demande, numero: str) -> Transmission:
    """All or nothing. Raises PlanPerime, NominationRefusee, MandatIntrouvable."""
    with transaction.atomic():
        lock_comptes(demande.de, demande.a, *demande.autres.values(), nommant.compte)
        nommant = nommant.renew()
        plan = build_plan(nommant, demande)
        if plan.numero != numero:
            raise PlanPerime
        fautes = dict(plan.fautes)
        if any(ligne.faute for ligne in plan.lignes):
            fautes["a"] = "l’un de ces mandats ne peut pas aller à qui vous dites"
        if fautes:
            raise NominationRefusee(fautes)
        faite = Transmission.objects.create(
            de=plan.de,
            a=plan.a,
            le=plan.le,
            acte=plan.acte,
            faite_par=nommant.compte,
            faite_le=nommant.le,
        )
        for ligne in plan.lignes:
            hand_mandat(nommant, faite, ligne)
        if plan.le <= nommant.jour:
            apply(faite, nommant.le)
        detail = {"transmission": faite.pk, "a": faite.a_id}
        nommant.record("transmettre", faite.de_id, detail)
    return faite


def hand_mandat(nommant: Nommant, faite: Transmission, ligne: LigneDePlan) -> None:
    """The former one ends the day before; the new one begins that day."""
    (nouveau,) = write_mandats(nommant, ligne.a, ligne.nomination)
    ancien = ligne.mandat
    MandatTransmis.objects.create(transmission=faite, ancien=ancien, nouveau=nouveau, fin=ancien.au)
    ancien.au = faite.le - timedelta(days=1)
    ancien.save(update_fields=["au"])


def apply(faite: Transmission, le: datetime) -> None:
    """What has no days of its own changes hands; then the sessions and links of who left close."""
    for tenus in TENUS:
        tenus.transmettre(faite.de_id, faite.a_id)
    close_suites(faite.de, le)
    faite.appliquee_le = le
    faite.save(update_fields=["appliquee_le"])


def apply_echues(le: datetime) -> int:
    """The transmissions whose day has come; how many."""
    jour = le.astimezone(PARIS).date()
    echues = Transmission.objects.filter(annulee_le=None, appliquee_le=None, le__lte=jour)
    if not echues.exists():
        return 0
    with transaction.atomic():
        verrouillees = list(echues.select_for_update().select_related("de"))
        for faite in verrouillees:
            apply(faite, le)
            detail = {"transmission": faite.pk, "a": faite.a_id}
            write_acte(
                Acte.Verbe.DROITS,
                le=le,
                vise=faite.de_id,
                objet="appliquer_transmission",
                detail=detail,
            )
    return len(verrouillees)


def list_a_venir(nommant: Nommant, de: int) -> list[Transmission]:
    """Those of an account that may still be undone."""
    a_venir = Transmission.objects.filter(de=de, annulee_le=None, le__gt=nommant.jour)
    return list(a_venir.select_related("a__titulaire"))


@transaction.atomic
def cancel_transmission(*, nommant: Nommant, numero: int) -> Transmission:
    """Until its day: the former mandats have their end again, the new ones are ended. Raises MandatIntrouvable."""
    faite = find_annulable(nommant, numero)
    comptes = faite.mandats.values_list("nouveau__compte", flat=True)
    lock_comptes(faite.de_id, faite.a_id, *comptes, nommant.compte)
    nommant = nommant.renew()
    faite = find_annulable(nommant, numero)
    for transmis in faite.mandats.select_related("ancien", "nouveau"):
        transmis.ancien.au = transmis.fin
        transmis.ancien.save(update_fields=["au"])
        if transmis.nouveau.retire_le is None:
            transmis.nouveau.retire_le, transmis.nouveau.retire_par = nommant.le, nommant.compte
            transmis.nouveau.save(update_fields=["retire_le", "retire_par"])
    faite.annulee_le = nommant.le
    faite.save(update_fields=["annulee_le"])
    nommant.record("annuler_transmission", faite.de_id, {"transmission": faite.pk})
    return faite


def find_annulable(nommant: Nommant, numero: int) -> Transmission:
    """One whose day has not come, of an account that one keeps. Raises MandatIntrouvable."""
    a_venir = Transmission.objects.filter(pk=numero, annulee_le=None, le__gt=nommant.jour)
    faite = a_venir.select_related("de", "a__titulaire").first()
    if faite is None:
        raise MandatIntrouvable
    find_partant(nommant, faite.de_id)
    return faite
