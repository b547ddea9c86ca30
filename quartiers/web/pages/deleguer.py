"""One's own mandat delegated from a day to a day, and its end: from « Mon compte » and from « Comptes »."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from quartiers.storage.models import Mandat
from quartiers.usecases.deleguer import (
    delegate,
    end_delegation,
    list_delegables,
    list_delegataires,
)
from quartiers.usecases.donner_mandat import NominationRefusee
from quartiers.usecases.nommant import MandatIntrouvable, Nommant
from quartiers.web.comptes_en_vue import open_nommant
from quartiers.web.page import render_page
from quartiers.web.pages.nommer import check_lues, describe_fautes, read_date, read_numero
from quartiers.web.presentation.compte import name_territoire
from quartiers.web.presentation.comptes import name_titulaire


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delegate_un_mandat(request: HttpRequest) -> HttpResponse:
    """Which mandat, to whom, from when to when. Who has nothing to delegate finds no page."""
    nommant = open_nommant(request)
    mandats = list_delegables(cast("User", request.user).pk, nommant.jour)
    if not mandats:
        raise Http404
    fautes: dict[str, str] = {}
    if request.method == "POST":
        du, au = read_date(request, "du", fautes), read_date(request, "au", fautes)
        try:
            check_lues(fautes)
            delegation = delegate(
                nommant=nommant,
                mandat=read_numero(request.POST.get("mandat", "")),
                a=read_numero(request.POST.get("a", "")),
                du=du,
                au=au,
            )
        except NominationRefusee as refus:
            fautes |= refus.fautes
        except MandatIntrouvable:
            raise Http404 from None
        else:
            messages.success(
                request, f"{name_titulaire(delegation.a)} peut valider avec votre mandat."
            )
            return HttpResponseRedirect(reverse("compte"))
    contexte = {
        "mandats": [(str(m.pk), say_mandat(nommant, m)) for m in mandats],
        "delegataires": [
            (str(c.pk), name_titulaire(c)) for c in list_delegataires(nommant, mandats)
        ],
        "saisie": {nom: request.POST.get(nom, "") for nom in ("mandat", "a", "du", "au")},
        **describe_fautes(fautes),
    }
    return render_page(request, "web/deleguer.html", contexte)


def say_mandat(nommant: Nommant, mandat: Mandat) -> str:
    """« Délégué du préfet, Les Tilleuls (QC-…) »."""
    lieu = name_territoire(mandat.territoire, nommant.territoires)
    return f"{Mandat.Role(mandat.role).label}, {lieu}"


@never_cache
@require_POST
def end_une_delegation(request: HttpRequest, numero: int) -> HttpResponse:
    """Now; back to where the button was."""
    nommant = open_nommant(request)
    try:
        delegation = end_delegation(nommant=nommant, numero=numero)
    except MandatIntrouvable:
        raise Http404 from None
    messages.success(request, f"La délégation à {name_titulaire(delegation.a)} est finie.")
    return HttpResponseRedirect(reverse("comptes" if "comptes" in request.POST else "compte"))
