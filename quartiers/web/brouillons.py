"""The draft of a form: what the page starts from, and what its button keeps."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from quartiers.pieces.admission import say_poids
from quartiers.storage.models import Brouillon
from quartiers.usecases.garder_brouillon import drop_brouillon, find_brouillon
from quartiers.web.portes import get_adresse_de_brouillon, keep_envoi, sign_porteur
from quartiers.web.saisie_d_enregistrement import CHOISI

EN_ECRIVANT = "en-ecrivant"
"""Sent by the script of the form, which stays where it is: no page to go to, nothing to announce on the next one."""
BROUILLON = "_brouillon"
GARDE = "Brouillon gardé\u00a0: vous le retrouvez ici, et en ouvrant le même formulaire."


def is_a_garder(request: HttpRequest) -> bool:
    """The form was sent by its « Brouillon » button, or by the one that throws the draft away."""
    return "brouillon" in request.POST or "jeter" in request.POST


def follow_brouillon(request: HttpRequest, preuve: str) -> HttpResponse:
    """Keep it, then the list of what is to be declared; or throw it away, then the figure."""
    compte = request.user.pk or 0
    if "jeter" in request.POST:
        drop_brouillon(compte, get_adresse_de_brouillon(request))
        return HttpResponseRedirect(preuve)
    keep_envoi(request, compte)
    if request.POST["brouillon"] == EN_ECRIVANT:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    messages.success(request, GARDE)
    return HttpResponseRedirect(reverse("a_declarer"))


def open_brouillon(request: HttpRequest) -> Brouillon | None:
    """The draft of this form, asked of the base once per request."""
    if BROUILLON not in request.__dict__:
        adresse = get_adresse_de_brouillon(request)
        request.__dict__[BROUILLON] = find_brouillon(request.user.pk or 0, adresse)
    brouillon: Brouillon | None = request.__dict__[BROUILLON]
    return brouillon


def read_brouillon(request: HttpRequest) -> dict[str, str]:
    """The words of the draft of this form; none when there is none."""
    brouillon = open_brouillon(request)
    mots = {} if brouillon is None else {str(nom): str(mot) for nom, mot in brouillon.mots.items()}
    choisis = {nom.removesuffix(CHOISI): mot for nom, mot in mots.items() if nom.endswith(CHOISI)}
    return mots | {nom: mot for nom, mot in choisis.items() if not mots.get(nom)}


def describe_brouillon(request: HttpRequest) -> dict[str, object]:
    """What the form says of its draft and of the file it takes, and who it is given to."""
    brouillon = open_brouillon(request)
    return {
        "poids_max": say_poids(settings.PIECE_OCTETS),
        "porteur": sign_porteur(request),
        "is_brouillon": brouillon is not None,
        "fichier_garde": "" if brouillon is None else brouillon.nom,
    }


def keep_fichier(request: HttpRequest) -> None:
    """A form is given back: its file, which a browser will not send again by itself, stays with its draft."""
    if request.FILES:
        keep_envoi(request, request.user.pk or 0)
        request.__dict__.pop(BROUILLON, None)
