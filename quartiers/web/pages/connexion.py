"""Sign in, sign out, and the one-click accounts of the demonstration (which exist nowhere else)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import get_user_model, login, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from quartiers.usecases.creer_comptes_demo import COMPTES, GROUPES
from quartiers.web.page import render_page
from quartiers.web.second_facteur import enter, without_facteur
from quartiers.web.sessions import MODELE

IDENTIFIANT_MAX = 150
"""As long as the column of the accounts."""


class FormulaireConnexion(AuthenticationForm):
    """An identifiant that no account can have never reaches the base, whose columns would not hold it."""

    def clean_username(self) -> str:
        """Measured once normalised: one letter may become eighteen."""
        identifiant: str = self.cleaned_data["username"]
        if len(identifiant) > IDENTIFIANT_MAX:
            raise self.get_invalid_login_error()
        return identifiant


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def open_session(request: HttpRequest) -> HttpResponse:
    """The form; a wrong pair is answered with the same words whichever of the two is wrong."""
    suite = get_suite(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(suite)
    formulaire = FormulaireConnexion(request, data=request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        return enter(request, formulaire.get_user(), suite)
    contexte = {
        "is_refuse": request.method == "POST",
        "identifiant": request.POST.get("username", "")[:IDENTIFIANT_MAX],
        "suite": suite,
        "groupes": GROUPES if settings.DEMO else (),
    }
    return render_page(request, "web/connexion.html", contexte)


def get_suite(request: HttpRequest) -> str:
    """Where to go afterwards: an address of this very site, else the home page."""
    suite = request.POST.get("next") or request.GET.get("next") or ""
    hotes = {request.get_host()}
    if url_has_allowed_host_and_scheme(suite, hotes, require_https=request.is_secure()):
        return suite
    return reverse("accueil")


@never_cache
@require_POST
@login_not_required
def open_session_demo(request: HttpRequest) -> HttpResponse:
    """One click, no password: only in the demonstration, and only for an account made for it.

    Two locks: the setting, and an account that no password can open.
    """
    identifiants = {compte.identifiant for compte in COMPTES}
    voulu = request.POST.get("compte", "")
    if not settings.DEMO or voulu not in identifiants:
        raise Http404
    compte = get_user_model().objects.filter(username=voulu, is_active=True).first()
    if compte is None or compte.has_usable_password() or compte.is_superuser:
        raise Http404
    login(request, compte, backend=MODELE)
    return HttpResponseRedirect(get_suite(request))


@never_cache
@require_POST
@without_facteur
def close_session(request: HttpRequest) -> HttpResponse:
    """Close the session and go back to the form."""
    logout(request)
    return HttpResponseRedirect(reverse("connexion"))
