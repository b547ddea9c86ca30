"""« Mon compte » : what one was given and by what act, one's open sessions, one's password."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth import authenticate, update_session_auth_hash
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quartiers.storage.models import Mandat
from quartiers.usecases.changer_identite import read_courriel
from quartiers.usecases.changer_mot_de_passe import change_mot_de_passe
from quartiers.usecases.charger_dossier import load_savoir
from quartiers.usecases.creer_compte import CompteRefuse
from quartiers.usecases.deleguer import list_delegables
from quartiers.usecases.tenir_facteur import find_facteur
from quartiers.usecases.tenir_sessions import close_session, list_sessions, rename_session
from quartiers.web.comptes_en_vue import open_nommant
from quartiers.web.horloge import read_now, read_today
from quartiers.web.mots_de_passe import read_nouveau
from quartiers.web.page import render_page
from quartiers.web.pages.journal import get_portee
from quartiers.web.presentation.compte import show_mandats, show_sessions
from quartiers.web.presentation.comptes import show_delegations
from quartiers.web.second_facteur import is_demande, is_exempt, without_facteur

ANCIEN_FAUX = "le mot de passe actuel n’est pas celui-là"
CHANGE = "Le mot de passe est changé. Les autres sessions sont fermées."


@never_cache
@require_safe
@without_facteur
def show_compte(request: HttpRequest) -> HttpResponse:
    """The holder of an account sees what is known of it."""
    compte = cast("User", request.user)
    sessions = list_sessions(compte, read_now())
    nommant = open_nommant(request)
    contexte = {
        "mandats": show_mandats(
            Mandat.objects.filter(compte=compte), load_savoir().actuels, read_today()
        ),
        "nomme": bool(nommant.list_roles()),
        "delegations": show_delegations(nommant, [compte.pk]),
        "can_deleguer": bool(list_delegables(compte.pk, nommant.jour)),
        "sessions": show_sessions(sessions, request.session.session_key or ""),
        "courriel": read_courriel(compte),
        "is_journal": get_portee(request) is not None,
        "is_facteur_en_place": find_facteur(compte) is not None,
        "is_facteur_demande": is_demande(request) and not is_exempt(compte),
    }
    return render_page(request, "web/compte.html", contexte)


@never_cache
@require_POST
@without_facteur
def close_une_session(request: HttpRequest, numero: int) -> HttpResponse:
    """One of one's own sessions; that of somebody else does not exist."""
    if not close_session(compte=cast("User", request.user), numero=numero):
        raise Http404
    return HttpResponseRedirect(reverse("compte"))


@sensitive_post_parameters("ancien", "nouveau", "encore")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@without_facteur
def edit_mot_de_passe(request: HttpRequest) -> HttpResponse:
    """The form; once it is sent, the other sessions of the account are closed. Who enters without one has no form."""
    compte = cast("User", request.user)
    refus = ""
    if request.method == "POST":
        try:
            check_ancien(request, compte)
            change_mot_de_passe(
                compte=compte,
                nouveau=read_nouveau(request),
                session=request.session.session_key or "",
                le=read_now(),
            )
        except CompteRefuse as erreur:
            refus = str(erreur)
        else:
            ancienne = request.session.session_key or ""
            update_session_auth_hash(request, compte)  # and gives the session another key
            rename_session(ancienne, request.session.session_key or "")
            messages.success(request, CHANGE)
            return HttpResponseRedirect(reverse("compte"))
    return render_page(request, "web/mot_de_passe.html", {"refus": refus})


def check_ancien(request: HttpRequest, compte: User) -> None:
    """By the door of the sign-in page, so that wrong tries are counted and slowed alike (ADR 0006).

    Raises CompteRefuse when the present password is another one.
    """
    ancien = request.POST.get("ancien", "")
    if authenticate(request, username=compte.get_username(), password=ancien) is None:
        raise CompteRefuse(ANCIEN_FAUX)
