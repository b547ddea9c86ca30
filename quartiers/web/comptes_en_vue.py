"""The door of the pages where one names: who names, and the answer of a missing page to whoever does not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from quartiers.usecases.charger_dossier import load_savoir
from quartiers.usecases.nommant import MandatIntrouvable, Nommant, build_nommant
from quartiers.web.horloge import read_now

P = ParamSpec("P")


def open_nommant(request: HttpRequest) -> Nommant:
    """The account that acts, whatever it may give."""
    return build_nommant(cast("User", request.user), read_now(), load_savoir().actuels)


def with_nommant(
    page: Callable[Concatenate[HttpRequest, Nommant, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """What the account may give, read before the page; who may give nothing finds no page, nor what is out of sight."""

    @never_cache
    @wraps(page)
    def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        nommant = open_nommant(request)
        if not nommant.list_roles():
            raise Http404
        try:
            return page(request, nommant, *args, **kwargs)
        except MandatIntrouvable:
            raise Http404 from None

    return wrapper
