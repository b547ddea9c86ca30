"""Entering by a link: who it is for, and a password to choose. Looking at it consumes nothing."""

from __future__ import annotations

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from quartiers.usecases.creer_compte import CompteRefuse
from quartiers.usecases.inviter import (
    InvitationFermee,
    accept_invitation,
    find_invitation,
    get_dernier_jour,
)
from quartiers.web.horloge import read_now
from quartiers.web.mots_de_passe import read_nouveau
from quartiers.web.page import render_page
from quartiers.web.sessions import MODELE

SANS_ADRESSE = {"imprimee": ""}
"""The foot of a printed sheet says the address of the page: here it would be the link itself."""


@sensitive_post_parameters("nouveau", "encore")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def open_invitation(request: HttpRequest, jeton: str) -> HttpResponse:
    """The form, and the session once it is sent; a link that opens nothing is answered alike, whatever closed it."""
    try:
        invitation = find_invitation(jeton, read_now())
        refus = enter(request, jeton) if request.method == "POST" else ""
    except InvitationFermee:
        return render_page(request, "web/invitation_fermee.html", SANS_ADRESSE, status=404)
    if request.method == "POST" and not refus:
        return HttpResponseRedirect(reverse("accueil"))
    contexte = {
        "invite": invitation.compte,
        "dernier_jour": get_dernier_jour(invitation),
        "refus": refus,
    }
    return render_page(request, "web/invitation.html", contexte | SANS_ADRESSE)


def enter(request: HttpRequest, jeton: str) -> str:
    """Choose the password and open a session; why not, when the password is refused. Raises InvitationFermee."""
    try:
        nouveau = read_nouveau(request)
        compte = accept_invitation(jeton=jeton, mot_de_passe=nouveau, le=read_now())
    except CompteRefuse as refus:
        return str(refus)
    # The journal of sign-ins keeps an address: not that of the link.
    request.META["PATH_INFO"] = reverse("connexion")
    login(request, compte, backend=MODELE)
    return ""
