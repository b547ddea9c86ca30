"""Who holds an account, said anew: by who answers for it, and its address by its holder."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quartiers.storage.models.titulaire import FONCTION_MAX, NOM_MAX
from quartiers.usecases.changer_identite import (
    change_courriel,
    change_identite,
    find_changeable,
    read_courriel,
)
from quartiers.usecases.donner_mandat import NominationRefusee
from quartiers.usecases.identite import Identite
from quartiers.usecases.nommant import Nommant
from quartiers.web.comptes_en_vue import with_nommant
from quartiers.web.horloge import read_now
from quartiers.web.page import render_page
from quartiers.web.pages.nommer import LIBELLES, read
from quartiers.web.presentation.comptes import get_fonction, name_titulaire

CHAMPS = ("nom", "fonction", "courriel")
CHANGE = "C’est changé."


@require_http_methods(["GET", "HEAD", "POST"])
@with_nommant
def edit_identite(request: HttpRequest, nommant: Nommant, numero: int) -> HttpResponse:
    """Of an account in sight that one answers for."""
    tenu = find_changeable(nommant, numero)
    nom, fautes = name_titulaire(tenu), {}
    saisie = {"nom": nom, "fonction": get_fonction(tenu), "courriel": read_courriel(tenu)}
    if request.method == "POST":
        saisie = {champ: read(request, champ) for champ in CHAMPS}
        try:
            change_identite(
                nommant=nommant,
                numero=numero,
                identite=Identite(saisie["nom"], saisie["fonction"], saisie["courriel"]),
            )
        except NominationRefusee as refus:
            fautes = refus.fautes
        else:
            messages.success(request, CHANGE)
            return HttpResponseRedirect(reverse("compte_tenu", args=[numero]))
    contexte = {
        "tenu": tenu,
        "nom": nom,
        "nom_max": str(NOM_MAX),
        "fonction_max": str(FONCTION_MAX),
    }
    return show(request, contexte, saisie, fautes)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit_courriel(request: HttpRequest) -> HttpResponse:
    """One's own: where messages go."""
    compte = cast("User", request.user)
    saisie, fautes = {"courriel": read_courriel(compte)}, {}
    if request.method == "POST":
        saisie = {"courriel": read(request, "courriel")}
        try:
            change_courriel(compte=compte, courriel=saisie["courriel"], le=read_now())
        except NominationRefusee as refus:
            fautes = refus.fautes
        else:
            messages.success(request, CHANGE)
            return HttpResponseRedirect(reverse("compte"))
    return show(request, {}, saisie, fautes)


def show(
    request: HttpRequest,
    contexte: dict[str, object],
    saisie: dict[str, str],
    fautes: dict[str, str],
) -> HttpResponse:
    """The form, with what was typed; 422 when it was refused."""
    reprises = [(champ, LIBELLES[champ], fautes[champ]) for champ in CHAMPS if champ in fautes]
    dites = dict.fromkeys(CHAMPS, "") | fautes
    dits = {"saisie": saisie, "fautes": dites, "a_reprendre": reprises}
    return render_page(request, "web/identite.html", contexte | dits, status=422 if fautes else 200)
