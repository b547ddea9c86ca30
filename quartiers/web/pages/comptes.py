"""« Comptes » : what must be settled, the mandats under one's scope, their links; and the gestures of one button."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from quartiers.storage.models import Mandat
from quartiers.usecases.donner_mandat import end_mandat
from quartiers.usecases.fermer_compte import close_compte
from quartiers.usecases.inviter_titulaire import invite_again, revoke_invitation
from quartiers.usecases.nommant import MandatIntrouvable, Nommant
from quartiers.usecases.tenir_comptes import can_ouvrir, can_tenir, list_comptes
from quartiers.web.comptes_en_vue import with_nommant
from quartiers.web.page import render_page
from quartiers.web.pages.nommer import show_lien
from quartiers.web.pages.transmettre import show_a_venir
from quartiers.web.presentation.comptes import (
    PageComptes,
    get_fonction,
    name_titulaire,
    read_page,
    show_delegations,
)

LIGNES = 50
"""Mandats on one page."""


@require_safe
@with_nommant
def show_comptes(request: HttpRequest, nommant: Nommant) -> HttpResponse:
    """Never what anybody wrote."""
    page = read_page(nommant)
    filtres = {nom: request.GET.get(nom, "") for nom in ("organisme", "role", "ou")}
    choisis = [m for m in page.tenus if is_choisi(m, filtres)]
    feuillets = Paginator(page.sort(choisis), LIGNES)
    feuillet = feuillets.get_page(request.GET.get("feuillet", "1"))
    contexte = {
        "page": page,
        "sommaire": page.say_sommaire(),
        "a_regler": page.list_a_regler(),
        "choisis": choisis,
        "groupes": page.show_groupes(feuillet.object_list),
        "feuillet": feuillet,
        "filtres": filtres,
        "choix": list_choix(page),
        "invitations": page.show_invitations(),
        "delegations": show_delegations(nommant, {m.compte_id for m in page.tenus}, page.vus),
    }
    return render_page(request, "web/comptes.html", contexte)


def is_choisi(mandat: Mandat, filtres: dict[str, str]) -> bool:
    """What the filters keep; an empty one keeps all."""
    dits = {"organisme": mandat.organisme, "role": mandat.role, "ou": mandat.territoire}
    return all(voulu in {"", dits[nom]} for nom, voulu in filtres.items())


def list_choix(page: PageComptes) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer: what is in sight, and nothing else."""
    organismes = {m.organisme: page.name_organisme(m) for m in page.tenus if m.organisme}
    roles = {m.role: Mandat.Role(m.role).label for m in page.tenus}
    lieux = {m.territoire: page.name_lieu(m.territoire) for m in page.tenus if m.territoire}
    return {
        "organisme": sorted(organismes.items(), key=lambda dit: dit[1]),
        "role": [(role.value, role.label) for role in Mandat.Role if role.value in roles],
        "ou": sorted(lieux.items(), key=lambda dit: dit[1]),
    }


@require_safe
@with_nommant
def show_compte_tenu(request: HttpRequest, nommant: Nommant, numero: int) -> HttpResponse:
    """One account in sight: its mandats in sight, its links, and what one may do with it."""
    page = read_page(nommant)
    if numero not in page.vus:
        raise MandatIntrouvable
    compte = User.objects.select_related("titulaire").get(pk=numero)
    contexte = {
        "tenu": compte,
        "nom": name_titulaire(compte),
        "fonction": get_fonction(compte),
        "lignes": [page.show_ligne(m) for m in page.tenus if m.compte_id == numero],
        "invitations": [i for i in page.show_invitations() if i.compte == numero],
        "can_ouvrir": can_ouvrir(nommant, compte),
        "can_fermer": can_tenir(nommant, compte),
        "can_nommer": numero not in page.siens,
        "a_venir": show_a_venir(nommant, numero),
    }
    return render_page(request, "web/compte_tenu.html", contexte)


@require_POST
@with_nommant
def end_un_mandat(request: HttpRequest, nommant: Nommant, numero: int) -> HttpResponse:
    """Now."""
    mandat = end_mandat(nommant=nommant, numero=numero)
    nom = name_titulaire(mandat.compte)
    messages.success(request, f"Le mandat de {nom} est fini, et ses sessions sont fermées.")
    return HttpResponseRedirect(reverse("comptes"))


@require_POST
@with_nommant
def close_un_compte(request: HttpRequest, nommant: Nommant, numero: int) -> HttpResponse:
    """For ever, hence asked twice."""
    if "pour_toujours" not in request.POST:
        if numero not in list_comptes(nommant):
            raise MandatIntrouvable
        messages.error(
            request, "Rien n’est fermé\u00a0: cochez d’abord «\u00a0pour toujours\u00a0»."
        )
        return HttpResponseRedirect(reverse("compte_tenu", args=[numero]))
    close_compte(nommant=nommant, numero=numero)
    nom = name_titulaire(User.objects.select_related("titulaire").get(pk=numero))
    messages.success(request, f"Le compte de {nom} est fermé. Ce qu’il a fait reste à son nom.")
    return HttpResponseRedirect(reverse("comptes"))


@require_POST
@with_nommant
def revoke_une_invitation(request: HttpRequest, nommant: Nommant, numero: int) -> HttpResponse:
    """A link that will open nothing."""
    invitation = revoke_invitation(nommant=nommant, numero=numero)
    messages.success(request, f"Le lien de {name_titulaire(invitation.compte)} n’ouvre plus rien.")
    return HttpResponseRedirect(reverse("comptes"))


@require_POST
@with_nommant
def invite_de_nouveau(request: HttpRequest, nommant: Nommant, numero: int) -> HttpResponse:
    """Another link, shown in this answer and nowhere else: nothing keeps it."""
    compte, jeton = invite_again(nommant=nommant, numero=numero)
    return show_lien(request, nommant, compte, jeton)
