"""A mandat delegated from a day to a day: another account reads and validates with it, and answers for nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from quartiers.core.deux_personnes import Liees, LienDePersonnes
from quartiers.core.table_des_droits import TABLE
from quartiers.core.table_des_nominations import is_au_dessus
from quartiers.core.temps import get_minuit
from quartiers.storage.models import Delegation, Mandat, Titulaire
from quartiers.usecases.acces import list_tenants
from quartiers.usecases.compter_personnes import list_personnes
from quartiers.usecases.donner_mandat import NominationRefusee
from quartiers.usecases.lister_restants import list_restants
from quartiers.usecases.nommant import MandatIntrouvable, Nommant, lock_comptes


def list_delegables(compte: int, le: date) -> list[Mandat]:
    """One's own mandats, of today or to come, that validate something: none that one was delegated."""
    siens = list_restants(le).filter(compte=compte, compte__is_active=True)
    return [m for m in siens.select_related("compte") if is_delegable(m.role)]


def is_delegable(role: str) -> bool:
    """It validates."""
    return any("v" in lettres.lower() for lettres in TABLE[role].lettres.values())


def list_delegataires(nommant: Nommant, mandats: Iterable[Mandat]) -> list[User]:
    """Who may receive one of these mandats: of the same organisme, on the same ground, who may see as much.

    Nobody else is named to who delegates.
    """
    voulus = list(mandats)
    vivants = (
        list_restants(nommant.jour)
        .exclude(du__gt=nommant.jour)
        .filter(compte__is_active=True, organisme__in={m.organisme for m in voulus})
        .select_related("compte__titulaire")
    )
    proches = {
        tenu.compte_id: tenu.compte
        for tenu in vivants
        if any(_is_proche(nommant, tenu, voulu) for voulu in voulus)
    }
    personnes = list_personnes({*proches, *(m.compte_id for m in voulus)})
    siennes = {personnes[m.compte_id] for m in voulus}
    return [compte for numero, compte in proches.items() if personnes[numero] not in siennes]


def _is_proche(nommant: Nommant, tenu: Mandat, voulu: Mandat) -> bool:
    if tenu.organisme != voulu.organisme or is_au_dessus(TABLE[voulu.role], TABLE[tenu.role]):
        return False
    connus = nommant.territoires
    return tenu.territoire in list_tenants(connus, voulu.territoire) or (
        voulu.territoire in list_tenants(connus, tenu.territoire)
    )


@transaction.atomic
def delegate(
    *, nommant: Nommant, mandat: int, a: int, du: date | None, au: date | None
) -> Delegation:
    """`nommant`: the holder of the mandat, or the command. Raises NominationRefusee, MandatIntrouvable."""
    verrouilles = lock_comptes(a, nommant.compte)
    nommant = nommant.renew()
    voulu = find_delegable(nommant, mandat)
    fautes = {}
    if a not in verrouilles or a not in {c.pk for c in list_delegataires(nommant, [voulu])}:
        fautes["a"] = "choisissez quelqu’un de la liste"
    if du is None or du < nommant.jour:
        fautes["du"] = "écrivez le premier jour, aujourd’hui ou plus tard"
    if au is None or au < (du or nommant.jour):
        fautes["au"] = "écrivez le dernier jour, après le premier"
    elif voulu.au is not None and au > voulu.au:
        fautes["au"] = "le mandat finit avant ce jour"
    if fautes or du is None or au is None:
        raise NominationRefusee(fautes)
    delegation = Delegation.objects.create(mandat=voulu, a_id=a, du=du, au=au, donnee_le=nommant.le)
    nommant.record("deleguer", a, {"mandat": voulu.pk, "delegation": delegation.pk})
    return delegation


def find_delegable(nommant: Nommant, numero: int) -> Mandat:
    """One's own mandat, or any for the command. Raises MandatIntrouvable."""
    mandat = Mandat.objects.filter(pk=numero).first()
    if mandat is None or (nommant.compte is not None and mandat.compte_id != nommant.compte.pk):
        raise MandatIntrouvable
    if numero not in {m.pk for m in list_delegables(mandat.compte_id, nommant.jour)}:
        raise MandatIntrouvable
    return mandat


@transaction.atomic
def end_delegation(*, nommant: Nommant, numero: int) -> Delegation:
    """Now: by who gave it, by who received it, or by who may end the mandat. Raises MandatIntrouvable."""
    delegation = find_delegation(nommant, numero)
    lock_comptes(delegation.mandat.compte_id, delegation.a_id, nommant.compte)
    nommant = nommant.renew()
    delegation = find_delegation(nommant, numero)
    delegation.revoquee_le = nommant.le
    delegation.save(update_fields=["revoquee_le"])
    nommant.record("finir_delegation", delegation.a_id, {"delegation": delegation.pk})
    return delegation


def find_delegation(nommant: Nommant, numero: int) -> Delegation:
    """One that still holds or will, and that one may end. Raises MandatIntrouvable."""
    vivantes = Delegation.objects.filter(revoquee_le=None, au__gte=nommant.jour)
    delegation = vivantes.select_related("mandat__compte__titulaire", "a").filter(pk=numero).first()
    if delegation is None or not can_end(nommant, delegation):
        raise MandatIntrouvable
    return delegation


def can_end(nommant: Nommant, delegation: Delegation) -> bool:
    """Given, received, or given with a mandat that one may end."""
    mandat = delegation.mandat
    if nommant.compte is None or nommant.compte.pk in {mandat.compte_id, delegation.a_id}:
        return True
    return nommant.can_nommer(mandat.role, mandat.codes, mandat.organisme)


def list_delegations(comptes: Iterable[int], le: date) -> list[Delegation]:
    """Given or received by these accounts, that hold or will."""
    voulus = tuple(comptes)
    siennes = Delegation.objects.filter(Q(mandat__compte__in=voulus) | Q(a__in=voulus))
    restent = siennes.filter(revoquee_le=None, au__gte=le, mandat__retire_le=None)
    return list(restent.select_related("mandat__compte__titulaire", "a__titulaire"))


def list_vivantes(le: date) -> QuerySet[Delegation]:
    """The delegations that one acts with on a day: see `acces.list_mandats`, which says so of one account."""
    tenu = Mandat.objects.filter(
        Q(du=None) | Q(du__lte=le), Q(au=None) | Q(au__gte=le), retire_le=None
    )
    return Delegation.objects.filter(
        Exists(tenu.filter(pk=OuterRef("mandat"))),
        Exists(tenu.filter(compte=OuterRef("a"))),
        revoquee_le=None,
        du__lte=le,
        au__gte=le,
        mandat__compte__is_active=True,
        a__is_active=True,
    )


def find_liees(compte: int, le: date) -> Liees:
    """The persons linked to the holder of an account by a delegation, given or received: that day, and before.

    By any account of the same person: four queries, whatever their number.
    """
    personne = list_personnes([compte])[compte]
    siens = {compte, personne}
    siens |= set(Titulaire.objects.filter(personne=personne).values_list("pk", flat=True))
    delegations = list(
        Delegation.objects.filter(Q(mandat__compte__in=siens) | Q(a__in=siens))
        .annotate(is_vivante=Exists(list_vivantes(le).filter(pk=OuterRef("pk"))))
        .select_related("mandat")
    )
    personnes = list_personnes({n for d in delegations for n in (d.mandat.compte_id, d.a_id)})
    liees = [
        (autre, delegation)
        for delegation in delegations
        for autre in (personnes[delegation.mandat.compte_id], personnes[delegation.a_id])
        if autre != personne
    ]
    return Liees(
        frozenset(autre for autre, delegation in liees if delegation.is_vivante),
        tuple(LienDePersonnes(autre, *_get_duree(delegation)) for autre, delegation in liees),
    )


def _get_duree(delegation: Delegation) -> tuple[datetime, datetime]:
    """From when to when it holds: not before it was given, nor once it is revoked."""
    fin = get_minuit(delegation.au + timedelta(days=1))
    return (
        max(delegation.donnee_le, get_minuit(delegation.du)),
        min(fin, delegation.revoquee_le or fin),
    )
