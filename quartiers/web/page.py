"""What every page shares: the dates in its address, the account in its head, the fictitious banner."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    HttpResponseRedirect,
)
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import parse_etags

from quartiers.core.droits import Verbe, has_verbe
from quartiers.core.statut import Statut
from quartiers.usecases.ressort import has_import
from quartiers.web.atelier import PlacePrise
from quartiers.web.consultation import Devenu, PasEncoreConnu, list_mandats
from quartiers.web.etiquette import compute_etag
from quartiers.web.regard import DateImpossible, Regard, read_regard

P = ParamSpec("P")
PLIES = 12
"""A list longer than this is folded: the page stays short, nothing is lost."""
REVENIR_S = 30
"""When to ask again for a file that could not be made (Retry-After)."""


def with_regard(
    page: Callable[Concatenate[HttpRequest, Regard, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Read the dates before the page; an impossible one is answered in French, never by an error 500.

    A reader who already holds the page of these dates and of this state of the data is told so (304).

    A quartier that nobody knew yet at the date of knowledge is missing (404), and the answer says since when it is
    known. A territoire that ended leads to the one that continues it (302). A file that cannot be made now is to be
    asked for again (503).
    """

    @wraps(page)
    def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            regard = read_regard(request)
        except DateImpossible as erreur:
            return render_page(
                request, "web/date_impossible.html", {"message": str(erreur)}, status=400
            )
        etag = compute_etag(request, regard)
        if etag in parse_etags(request.headers.get("If-None-Match", "")):
            return HttpResponseNotModified(headers={"ETag": etag})
        try:
            reponse = page(request, regard, *args, **kwargs)
        except PasEncoreConnu as inconnu:
            contexte = {"nom": inconnu.nom, "connu_le": inconnu.connu_le}
            return render_page(
                request, "web/pas_encore_connu.html", contexte, regard=regard, status=404
            )
        except Devenu as devenu:
            return redirect_devenu(request, devenu.code)
        except PlacePrise:
            return refuse_fichier(request, regard)
        if reponse.status_code == HTTPStatus.OK:
            reponse.headers["ETag"] = etag
        return reponse

    return wrapper


def redirect_devenu(request: HttpRequest, code: str) -> HttpResponseRedirect:
    """The same page of the territoire that continues the one asked for, with the dates of the address."""
    trouve = request.resolver_match
    if trouve is None:
        raise Http404
    adresse = reverse(trouve.view_name, kwargs={**trouve.kwargs, "code": code})
    question = request.GET.urlencode()
    return HttpResponseRedirect(adresse + (f"?{question}" if question else ""))


def refuse_fichier(request: HttpRequest, regard: Regard) -> HttpResponse:
    """Another file is being made: when to come back, for a reader and for a script."""
    reponse = render_page(request, "web/fichier_en_cours.html", {}, regard=regard, status=503)
    reponse.headers["Retry-After"] = str(REVENIR_S)
    return reponse


def keep_dates(request: HttpRequest) -> str:
    """The dates of the address, for the links of a page of words; none when they cannot be read."""
    try:
        return read_regard(request).requete
    except DateImpossible:
        return ""


def write_adresse(request: HttpRequest, dits: Iterable[tuple[str, str]]) -> str:
    """The address of this very page, as it is printed at the foot of a sheet."""
    question = urlencode(list(dits))
    return request.build_absolute_uri(request.path) + (f"?{question}" if question else "")


def list_menu(request: HttpRequest) -> list[tuple[str, str]]:
    """What the account may do beside reading: (word, address)."""
    if not request.user.is_authenticated:
        return []
    mandats = list_mandats(request)
    verbes = (
        (Verbe.ECRIRE, "À déclarer", "a_declarer"),
        (Verbe.VALIDER, "Valider", "valider"),
        (Verbe.NOMMER, "Comptes", "comptes"),
    )
    menu = [(mot, reverse(route)) for verbe, mot, route in verbes if has_verbe(mandats, verbe)]
    if has_import(mandats):
        menu.insert(1, ("Importer", reverse("importer")))
    return menu


def render_page(
    request: HttpRequest,
    gabarit: str,
    contexte: Mapping[str, Any],
    *,
    regard: Regard | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page with its frame. `regard` None: the page does not depend on dates, but its links keep them."""
    gardes = contexte.get("gardes", ())
    commun = {
        "demo": settings.DEMO,
        "regard": regard,
        "requete": regard.requete if regard else keep_dates(request),
        "imprimee": write_adresse(request, [*(regard.dites if regard else ()), *gardes]),
        "plies": PLIES,
        "gardes": (),  # what else the address asks, kept when the dates change
        "page_fille": False,
        "renvoi": None,
        "avis_des_lignes": "",
        "non_renseigne": Statut.NON_RENSEIGNE,
        "departements_a_jour": False,
        "menu": list_menu(request),
    }
    return render(request, gabarit, {**commun, **contexte}, status=status)
