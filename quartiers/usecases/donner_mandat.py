"""A mandat given, changed or ended by one who may: checked again once the accounts are locked, never erased."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, partial

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from quartiers.core.table_des_droits import TABLE
from quartiers.core.temps import PARIS
from quartiers.storage.models import Delegation, Mandat, Titulaire
from quartiers.usecases.compter_personnes import list_personnes
from quartiers.usecases.creer_compte import ACTE_MAX, CompteRefuse, check_mandat
from quartiers.usecases.identite import Identite
from quartiers.usecases.inviter import CompteFerme, revoke_invitations
from quartiers.usecases.lister_restants import list_ouvertes, list_restants
from quartiers.usecases.nommant import MandatIntrouvable, Nommant, lock_comptes
from quartiers.usecases.tenir_comptes import list_comptes, list_organismes
from quartiers.usecases.tenir_journal import Detail
from quartiers.usecases.tenir_sessions import close_sessions

ACTE_MANQUE = "écrivez l’arrêté, la lettre ou la délibération, avec sa date"
SOI_MEME = "nul ne se nomme lui-même"
HORS_DU_RESSORT = "ce rôle ne se donne pas là, ou pas par vous"


class NominationRefusee(CompteRefuse):
    """Every fault of a mandat to be given, by the field of its form."""

    def __init__(self, fautes: dict[str, str]) -> None:
        super().__init__(" ; ".join(fautes.values()))
        self.fautes = fautes


@dataclass(frozen=True, slots=True)
class Nomination:
    """What is asked: a rôle on territoires, in the name of an organisme, from a day to a day, by what act."""

    role: str
    territoires: tuple[str, ...]
    organisme: str = ""
    du: date | None = None
    au: date | None = None
    acte: str = ""


def give_mandats(
    *, nommant: Nommant, compte: int, nomination: Nomination, personne: str = ""
) -> list[Mandat]:
    """One mandat per territoire. `personne`: see Identite. Raises NominationRefusee, CompteFerme, MandatIntrouvable."""
    with transaction.atomic():
        verrouilles = lock_comptes(compte, nommant.compte)
        nommant = nommant.renew()
        titulaire = verrouilles.get(compte)
        if titulaire is None or compte not in list_comptes(nommant):
            raise MandatIntrouvable
        if is_a_identifier(titulaire, nomination):
            settle_personne(nommant, build_identite(titulaire, nomination, personne))
        return write_mandats(nommant, titulaire, nomination)


def is_a_identifier(compte: User, nomination: Nomination) -> bool:
    """It enters an organisme, where it may be somebody that is there already; the others were told when they came."""
    if not nomination.organisme:
        return False
    return not Titulaire.objects.filter(pk=compte.pk).exclude(organisme="").exists()


def build_identite(compte: User, nomination: Nomination, personne: str = "") -> Identite:
    """Who an account would be, in the organisme that it would have."""
    titulaire = Titulaire.objects.filter(pk=compte.pk).first() or Titulaire(pk=compte.pk)
    return Identite(
        nom=titulaire.nom,
        courriel=titulaire.courriel,
        organisme=titulaire.organisme or nomination.organisme,
        personne=personne,
        compte=compte.pk,
    )


def settle_personne(nommant: Nommant, identite: Identite) -> None:
    """The accounts of one person bear one number. Raises NominationRefusee when nobody says whether they do."""
    if fautes := identite.list_fautes(nommant):
        raise NominationRefusee(fautes)
    personne = identite.find_personne(nommant)
    sien = Titulaire.objects.filter(pk=identite.compte).values_list("personne", flat=True).first()
    if personne is not None and sien is not None:
        Titulaire.objects.filter(personne=sien).update(personne=personne)


def write_mandats(nommant: Nommant, compte: User, nomination: Nomination) -> list[Mandat]:
    """Inside a transaction, the accounts being locked: an account belongs to one organisme, that of its mandats."""
    if not compte.is_active:
        raise CompteFerme(f"le compte « {compte.get_username()} » est fermé")
    titulaire, _ = Titulaire.objects.get_or_create(
        compte=compte, defaults={"personne": compte.pk, "nom": compte.last_name}
    )
    voulue = replace(nomination, organisme=titulaire.organisme or nomination.organisme)
    if fautes := list_fautes(nommant, compte, voulue):
        raise NominationRefusee(fautes)
    if titulaire.organisme != voulue.organisme:
        titulaire.organisme = voulue.organisme
        titulaire.save(update_fields=["organisme"])
    revoke_liens_d_autrui(nommant, compte)
    donnes = [
        Mandat.objects.create(
            compte=compte,
            role=voulue.role,
            territoire=code,
            organisme=voulue.organisme,
            acte=voulue.acte.strip(),
            du=voulue.du,
            au=voulue.au,
            donne_par=nommant.compte,
            donne_le=nommant.le,
        )
        for code in voulue.territoires or ("",)
    ]
    detail: Detail = {"role": voulue.role, "mandats": [f"{m.pk} {m.territoire}" for m in donnes]}
    nommant.record("nommer", compte.pk, detail)
    return donnes


def revoke_liens_d_autrui(nommant: Nommant, compte: User) -> None:
    """A link handed by somebody else opened less: who kept it would enter with what is given now."""
    if nommant.compte is not None:
        autrui = list_ouvertes().exclude(Q(donnee_par=None) | Q(donnee_par=nommant.compte))
        autrui.filter(compte=compte).update(revoquee_le=nommant.le)


@dataclass(frozen=True, slots=True)
class Receveur:
    """Who would receive mandats, as the base says it now: asked once, however many there are.

    `is_soi`: the very person who names; `tenus`: what it holds, today or to come; `list_organismes`: those that may be
    chosen. As it is built by itself, an account that is yet to be made.
    """

    list_organismes: Callable[[], Collection[str]]
    is_soi: bool = False
    organisme: str = ""
    tenus: tuple[Mandat, ...] = ()


def read_receveurs(nommant: Nommant, comptes: Collection[int]) -> dict[int, Receveur]:
    """In three questions, whatever their number; a fourth only when an organisme must be chosen."""
    soi = set() if nommant.compte is None else {nommant.compte.pk}
    personnes = list_personnes({*comptes, *soi})
    organismes = dict(Titulaire.objects.filter(pk__in=comptes).values_list("pk", "organisme"))
    tenus: dict[int, list[Mandat]] = defaultdict(list)
    for mandat in Mandat.objects.filter(compte__in=comptes, retire_le=None):
        tenus[mandat.compte_id].append(mandat)
    choix = cache(partial(list_organismes, nommant))
    return {
        compte: Receveur(
            choix,
            personnes[compte] in {personnes[numero] for numero in soi},
            organismes.get(compte, ""),
            tuple(tenus[compte]),
        )
        for compte in comptes
    }


def list_fautes(nommant: Nommant, compte: User | None, voulue: Nomination) -> dict[str, str]:
    """What is wrong in a mandat to be given, field by field. `compte` None: an account that is yet to be made."""
    if compte is None:
        return judge_nomination(nommant, Receveur(partial(list_organismes, nommant)), voulue)
    return judge_nomination(nommant, read_receveurs(nommant, [compte.pk])[compte.pk], voulue)


def judge_nomination(nommant: Nommant, a: Receveur, voulue: Nomination) -> dict[str, str]:
    """The same, of who receives as the base said it: no question is asked here."""
    fautes = list_fautes_d_acte(nommant, voulue.acte)
    if a.is_soi:
        fautes["role"] = SOI_MEME
    if not voulue.territoires and voulue.role in TABLE and TABLE[voulue.role].plafond is not None:
        fautes["territoires"] = "choisissez au moins un territoire"
    elif not nommant.can_nommer(voulue.role, voulue.territoires, voulue.organisme):
        fautes["territoires"] = HORS_DU_RESSORT
    if voulue.organisme not in {"", a.organisme} and voulue.organisme not in a.list_organismes():
        fautes["organisme"] = "choisissez un organisme de la liste"
    if voulue.role in TABLE and TABLE[voulue.role].has_part_propre and not voulue.organisme:
        fautes["organisme"] = "ce rôle agit au nom d’un organisme : choisissez lequel"
    if voulue.au is not None and voulue.au < max(nommant.jour, voulue.du or nommant.jour):
        fautes["au"] = "le dernier jour est passé, ou avant le premier"
    if any(_is_le_meme(tenu, voulue, nommant.jour) for tenu in a.tenus):
        fautes["territoires"] = "ce mandat est déjà donné sur l’un de ces territoires"
    if fautes:
        return fautes
    try:
        check_mandat(
            voulue.role,
            voulue.territoires,
            nommant.territoires,
            voulue.du,
            voulue.au,
            voulue.organisme,
        )
    except CompteRefuse as refus:
        return {"territoires": str(refus)}
    return {}


def list_fautes_d_acte(nommant: Nommant, acte: str) -> dict[str, str]:
    """An act is asked of whoever names on a page; the command may say none."""
    if len(acte.strip()) > ACTE_MAX:
        return {"acte": f"l’acte dépasse {ACTE_MAX} caractères"}
    return {} if acte.strip() or nommant.compte is None else {"acte": ACTE_MANQUE}


def _is_le_meme(tenu: Mandat, voulue: Nomination, jour: date) -> bool:
    """The same rôle on one of the same territoires, for days in common."""
    if tenu.role != voulue.role or tenu.territoire not in (voulue.territoires or ("",)):
        return False
    is_fini = tenu.au is not None and tenu.au < (voulue.du or jour)
    is_apres = tenu.du is not None and voulue.au is not None and tenu.du > voulue.au
    return not is_fini and not is_apres


def find_mandat(nommant: Nommant, numero: int) -> Mandat:
    """A mandat that may be changed or ended. Raises MandatIntrouvable."""
    restants = list_restants(nommant.jour).filter(pk=numero, compte__is_active=True)
    mandat = restants.select_related("compte__titulaire").first()
    if mandat is None or nommant.is_la_personne_de(mandat.compte_id):
        raise MandatIntrouvable
    if not nommant.can_nommer(mandat.role, mandat.codes, mandat.organisme):
        raise MandatIntrouvable
    return mandat


def _lock_mandat(nommant: Nommant, numero: int) -> tuple[Nommant, Mandat]:
    """Looked for, then its account locked and both looked at again."""
    lock_comptes(find_mandat(nommant, numero).compte_id, nommant.compte)
    nommant = nommant.renew()
    return nommant, find_mandat(nommant, numero)


@transaction.atomic
def change_mandat(*, nommant: Nommant, numero: int, au: date | None, acte: str) -> Mandat:
    """Another last day, by another act: the former mandat is ended, its delegations go on with the new one.

    Raises NominationRefusee, MandatIntrouvable.
    """
    nommant, ancien = _lock_mandat(nommant, numero)
    du = max(filter(None, [ancien.du, nommant.jour]))
    fautes = list_fautes_d_acte(nommant, acte)
    if au is not None and au < du:
        fautes["au"] = "ce jour est passé : pour finir aujourd’hui, « Mettre fin »"
    if fautes:
        raise NominationRefusee(fautes)
    _retire(nommant, ancien)
    nouveau = Mandat.objects.create(
        compte_id=ancien.compte_id,
        role=ancien.role,
        territoire=ancien.territoire,
        organisme=ancien.organisme,
        acte=acte.strip(),
        du=du,
        au=au,
        donne_par=nommant.compte,
        donne_le=nommant.le,
    )
    Delegation.objects.filter(mandat=ancien, revoquee_le=None).update(mandat=nouveau)
    detail = {"mandat": ancien.pk, "nouveau": nouveau.pk}
    nommant.record("changer_mandat", ancien.compte_id, detail)
    return nouveau


@transaction.atomic
def end_mandat(*, nommant: Nommant, numero: int) -> Mandat:
    """Now: the sessions of the account, the links and delegations that come from it close. Raises MandatIntrouvable."""
    nommant, mandat = _lock_mandat(nommant, numero)
    _retire(nommant, mandat)
    sessions, liens = close_suites(mandat.compte, nommant.le)
    detail = {"mandat": mandat.pk, "sessions": sessions, "liens": liens}
    nommant.record("mettre_fin", mandat.compte_id, detail)
    return mandat


def _retire(nommant: Nommant, mandat: Mandat) -> None:
    mandat.retire_le, mandat.retire_par = nommant.le, nommant.compte
    mandat.save(update_fields=["retire_le", "retire_par"])


def close_suites(compte: User, le: datetime) -> tuple[int, int]:
    """What came from mandats that have ended: how many sessions and links of the account were closed.

    The links that it handed close too: it may have kept them. Its own stay when something is left to enter for.
    """
    jour = le.astimezone(PARIS).date()
    finis = Q(mandat__compte=compte) & (~Q(mandat__retire_le=None) | Q(mandat__au__lt=jour))
    has_reste = compte.is_active and list_restants(jour).filter(compte=compte).exists()
    if not has_reste:
        finis |= Q(a=compte) | Q(mandat__compte=compte)
    Delegation.objects.filter(finis, revoquee_le=None).update(revoquee_le=le)
    liens = list_ouvertes().filter(donnee_par=compte).update(revoquee_le=le)
    if not has_reste:
        liens += revoke_invitations(compte=compte, le=le)
    return close_sessions(compte=compte), liens
