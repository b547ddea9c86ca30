"""Entering by a link: who it is for, and a password to choose. Looking at it consumes nothing."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
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
from quartiers.web.second_facteur import enter

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
        refus = ""
        if request.method == "POST":
            try:
                return enter_par_lien(request, jeton)
            except CompteRefuse as refuse:
                refus = str(refuse)
    except InvitationFermee:
        return render_page(request, "web/invitation_fermee.html", SANS_ADRESSE, status=404)
    contexte = {
        "invite": invitation.compte,
        "dernier_jour": get_dernier_jour(invitation),
        "refus": refus,
    }
    return render_page(request, "web/invitation.html", contexte | SANS_ADRESSE)


def enter_par_lien(request: HttpRequest, jeton: str) -> HttpResponse:
    """Choose the password and open a session, or ask for the code of an account that has a second factor.

    Raises InvitationFermee, or CompteRefuse when the password is refused.
    """
    nouveau = read_nouveau(request)
    compte = accept_invitation(jeton=jeton, mot_de_passe=nouveau, le=read_now())
    # The journal of sign-ins keeps an address: not that of the link.
    request.META["PATH_INFO"] = reverse("connexion")
    return enter(request, compte, reverse("accueil"))
