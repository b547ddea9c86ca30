"""The door that asks who one is: what was being written when a session came to its end is kept for its author."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from quartiers.core.contenu import SEPARATEUR
from quartiers.pieces.piece import PieceRefusee
from quartiers.usecases.garder_brouillon import keep_brouillon
from quartiers.web.envoi_borne import admit_recues
from quartiers.web.horloge import read_now

SEL = "auteur du formulaire"
PORTEUR, LIBELLE = "porteur", "libelle"
DUREE_S = 3 * 24 * 3600
HORS_BROUILLON = frozenset(
    {"csrfmiddlewaretoken", PORTEUR, LIBELLE, "preuve", "brouillon", "jeter"}
)
Page = Callable[..., HttpResponseBase]


def keeping_envoi(page: Page) -> Page:
    """A form whose words are kept when they are sent without a session."""
    page.garde_l_envoi = True  # type: ignore[attr-defined]
    return page


def get_adresse_de_brouillon(request: HttpRequest) -> str:
    """A form, and the thing that it says again if it says one: two things never share a draft."""
    objet = (request.POST if request.method == "POST" else request.GET).get("objet", "")
    return request.path + (f"?{urlencode({'objet': objet})}" if objet else "")


def sign_porteur(request: HttpRequest) -> str:
    """Who the form was given to, for its own address only: nobody else will find what it sends."""
    return signing.dumps([request.user.pk, get_adresse_de_brouillon(request)], salt=SEL)


def read_porteur(request: HttpRequest) -> int | None:
    """The account that the form was given to, if it is still open; None when nothing says so, or not of this form."""
    try:
        compte, adresse = signing.loads(request.POST.get(PORTEUR, ""), salt=SEL, max_age=DUREE_S)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if adresse != get_adresse_de_brouillon(request):
        return None
    ouverts = get_user_model().objects.filter(pk=compte, is_active=True)
    return int(compte) if ouverts.exists() else None


def keep_envoi(request: HttpRequest, compte: int) -> None:
    """The words and the file, as the draft of that account; a file that is refused is left aside."""
    mots = {
        nom: clean(SEPARATEUR.join(request.POST.getlist(nom)))
        for nom in request.POST
        if nom not in HORS_BROUILLON
    }
    try:
        pieces = admit_recues(request, "preuve")
    except PieceRefusee:
        pieces = []
    keep_brouillon(
        compte=compte,
        adresse=get_adresse_de_brouillon(request),
        libelle=clean(request.POST.get(LIBELLE, "")),
        mots=mots,
        le=read_now(),
        piece=pieces[0] if pieces else None,
    )


def clean(texte: str) -> str:
    """Without the signs that no base keeps: a draft is never refused."""
    return "".join(signe for signe in texte if signe.isprintable() or signe in "\n\t\u00a0\u202f")


class PorteMiddleware(LoginRequiredMiddleware):
    """Leads to the sign-in page, then back to the form, which finds its draft."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:  # noqa: ANN401 -- Django's signature
        """Keep first what would be lost."""
        if request.method == "POST" and getattr(view_func, "garde_l_envoi", False):
            compte = read_porteur(request)
            if compte is not None:
                keep_envoi(request, compte)
        return super().handle_no_permission(request, view_func)
