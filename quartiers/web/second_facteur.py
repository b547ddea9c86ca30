"""The second step of a sign-in, and what an account must not reach before it has one.

A session that was opened by a code bears the number of the factor: no page asks the base for it. Removing the factor
closes the sessions that bear it, under the lock under which they open (`usecases/tenir_facteur.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from typing import TypeVar

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from quartiers.core.table_des_droits import is_facteur_demande
from quartiers.usecases.tenir_facteur import enter_par_code, enter_sans_code
from quartiers.web.consultation import list_mandats
from quartiers.web.horloge import read_now
from quartiers.web.journal import SANS_FACTEUR, note_refus
from quartiers.web.page import render_page
from quartiers.web.sessions import MODELE

FACTEUR, ATTENTE = "facteur", "code_attendu"
ATTENTE_S = 600
"""Between the password and the code."""
Page = TypeVar("Page", bound=Callable[..., HttpResponse])


@dataclass(frozen=True, slots=True)
class CodeAttendu:
    """Somebody whose password was right, and whose code is awaited. `empreinte`: of that very password."""

    compte: int
    empreinte: str
    jusqu_a: float
    suite: str


def enter(request: HttpRequest, compte: User, suite: str) -> HttpResponse:
    """Open the session of who has just proved a password or a link; or ask for the code, when there is a factor."""
    ouvrir = partial(login, request, compte, backend=MODELE)
    if enter_sans_code(compte=compte, ouvrir=ouvrir):
        return HttpResponseRedirect(suite)
    logout(request)  # of whoever used this browser before
    jusqu_a = read_now().timestamp() + ATTENTE_S
    attente = CodeAttendu(compte.pk, compte.get_session_auth_hash(), jusqu_a, suite)
    request.session[ATTENTE] = asdict(attente)
    return HttpResponseRedirect(reverse("second_facteur_connexion"))


def read_attente(request: HttpRequest) -> tuple[User, str] | None:
    """Whose code is awaited, and where to go next; None when nobody's is, or not any more."""
    gardee = request.session.get(ATTENTE)
    if gardee is None:
        return None
    attente = CodeAttendu(**gardee)
    compte = User.objects.filter(pk=attente.compte, is_active=True).first()
    if compte is None or attente.jusqu_a < read_now().timestamp():
        return None
    if not constant_time_compare(attente.empreinte, compte.get_session_auth_hash()):
        return None
    return compte, attente.suite


def enter_avec_code(request: HttpRequest, compte: User) -> bool:
    """The second step. False when the code is wrong, whatever is wrong in it."""

    def ouvrir(facteur: int) -> None:
        del request.session[ATTENTE]
        login(request, compte, backend=MODELE)
        request.session[FACTEUR] = facteur

    if not is_admis(request, compte):
        return False
    is_bon = enter_par_code(compte=compte, code=request.POST.get("code", ""), ouvrir=ouvrir)
    if not is_bon:
        count_echec(request, compte)
    return is_bon


def is_admis(request: HttpRequest, compte: User) -> bool:
    """Tries of codes are counted with those of the password, by account (ADR 0006)."""
    qui = {"username": compte.get_username()}
    if AxesProxyHandler.is_allowed(request, qui):
        return True
    request.axes_locked_out = True  # type: ignore[attr-defined] # read by the middleware of axes
    return False


def count_echec(request: HttpRequest, compte: User) -> None:
    """A wrong code."""
    qui = {"username": compte.get_username()}
    user_login_failed.send(sender=__name__, credentials=qui, request=request, compte=compte)


def is_exempt(compte: User) -> bool:
    """The accounts of the demonstration, that one click opens without password: the only ones (ADR 0023)."""
    return bool(settings.DEMO) and not compte.has_usable_password()


def is_verifie(request: HttpRequest) -> bool:
    """This session was opened by a code, or confirmed one."""
    return request.session.get(FACTEUR) is not None


def is_demande(request: HttpRequest) -> bool:
    """The account holds today a role that asks for a second factor."""
    return any(is_facteur_demande(mandat.role) for mandat in list_mandats(request))


def without_facteur(page: Page) -> Page:
    """A page of one's own account: reached without a second factor, since it is how one gets it."""
    page.sans_facteur = True  # type: ignore[attr-defined]
    return page


class FacteurMiddleware:
    """Without a factor, whoever must have one reaches nothing but the open pages and those of his own account."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """What matters is in `process_view`, which knows the page."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, page: Callable[..., HttpResponse], *_: object
    ) -> HttpResponse | None:
        """Lead to the page where one gets a factor; what was sent is answered by words, not by a redirection."""
        is_ouverte = not getattr(page, "login_required", True) or hasattr(page, "sans_facteur")
        if is_ouverte or not request.user.is_authenticated or is_verifie(request):
            return None
        if is_exempt(request.user) or not is_demande(request):
            return None
        if request.method in {"GET", "HEAD"}:
            return HttpResponseRedirect(reverse("second_facteur"))
        note_refus(request, motif=SANS_FACTEUR)
        return render_page(request, "web/facteur_demande.html", {}, status=403)
