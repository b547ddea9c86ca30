"""« Second facteur » : the code asked at sign-in, and the page where its holder sets it up, renews it, removes it."""

from __future__ import annotations

from base64 import b32encode
from typing import cast

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from quartiers.reports.presentation.nombre import Decompte, Trait
from quartiers.usecases.tenir_facteur import (
    CODE_FAUX,
    FacteurRefuse,
    confirm_facteur,
    count_codes,
    find_ebauche,
    find_facteur,
    prepare_facteur,
    remove_facteur,
    renew_codes,
)
from quartiers.web.horloge import read_now
from quartiers.web.page import render_page
from quartiers.web.second_facteur import (
    FACTEUR,
    count_echec,
    enter_avec_code,
    is_admis,
    is_demande,
    is_exempt,
    is_verifie,
    read_attente,
    without_facteur,
)

RETIRE = "Le second facteur est retiré. Les autres sessions sont fermées."
PREPARER, CONFIRMER, RENOUVELER, RETIRER = "preparer", "confirmer", "renouveler", "retirer"
EBAUCHE = "facteur_prepare"
"""Of this session: the secret that another one was shown is not shown here, nor confirmed from here."""
MARGE = 4
"""Blank modules around a QR code, as its norm asks."""


@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def ask_code(request: HttpRequest) -> HttpResponse:
    """The second step of the sign-in; without the first one, it is where one goes."""
    attente = read_attente(request)
    if attente is None:
        return HttpResponseRedirect(reverse("connexion"))
    compte, suite = attente
    if request.method == "POST" and enter_avec_code(request, compte):
        return HttpResponseRedirect(suite)
    refus = CODE_FAUX if request.method == "POST" else ""
    return render_page(request, "web/code_de_connexion.html", {"refus": refus})


@sensitive_variables("codes")
@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@without_facteur
def edit_second_facteur(request: HttpRequest) -> HttpResponse:
    """What is in place, and the four gestures; looking at it changes nothing."""
    compte = cast("User", request.user)
    refus = ""
    if request.method == "POST" and not is_exempt(compte):
        try:
            return act(request, compte)
        except FacteurRefuse as erreur:
            refus = str(erreur)
    facteur = find_facteur(compte)
    ebauche = find_ebauche(compte, request.session.get(EBAUCHE))
    contexte = {
        "is_exempt": is_exempt(compte),
        "is_demande": is_demande(request),
        "is_en_place": facteur is not None,
        "is_a_soi": facteur is not None and request.session.get(FACTEUR) == facteur.pk,
        "restants": Decompte(count_codes(compte)),
        "refus": refus,
    }
    if facteur is None and ebauche is not None:
        contexte |= {"secret": write_secret(ebauche.bin_key), "qr": draw_qr(ebauche.config_url)}
    return render_page(request, "web/second_facteur.html", contexte)


def act(request: HttpRequest, compte: User) -> HttpResponse:
    """One of the four gestures. Raises FacteurRefuse."""
    geste, code = request.POST.get("geste", ""), request.POST.get("code", "")
    session = request.session.session_key or ""
    if geste == PREPARER:
        request.session[EBAUCHE] = prepare_facteur(compte)
        return HttpResponseRedirect(reverse("second_facteur"))
    if geste == CONFIRMER:
        request.session[FACTEUR], codes = confirm_facteur(
            compte=compte,
            numero=request.session.get(EBAUCHE),
            code=code,
            session=session,
            le=read_now(),
        )
        return show_codes(request, codes)
    is_ouvert = geste in {RENOUVELER, RETIRER} and is_verifie(request)
    if not is_ouvert or not is_admis(request, compte):
        raise FacteurRefuse(CODE_FAUX)
    try:
        if geste == RENOUVELER:
            return show_codes(request, renew_codes(compte=compte, code=code, le=read_now()))
        remove_facteur(compte=compte, code=code, session=session, le=read_now())
    except FacteurRefuse:
        count_echec(request, compte)
        raise
    del request.session[FACTEUR]
    messages.success(request, RETIRE)
    return HttpResponseRedirect(reverse("compte"))


@sensitive_variables("codes")
def show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """The codes to keep on paper: in this answer, and nowhere else."""
    return render_page(
        request, "web/codes_de_secours.html", {"codes": [write_groupes(code) for code in codes]}
    )


def write_groupes(signes: str) -> str:
    """« abcd efgh ijkl » : what one copies by eye is cut in fours."""
    return " ".join(signes[debut : debut + 4] for debut in range(0, len(signes), 4))


def write_secret(cle: bytes) -> str:
    """The secret as an application takes it when one types it."""
    return write_groupes(b32encode(cle).decode().rstrip("=").lower())


def draw_qr(adresse: str) -> dict[str, object]:
    """The path of a QR code, and its side: drawn in the page itself, without style nor script."""
    lignes = [bytes(ligne) for ligne in segno.make_qr(adresse, error="m").matrix]
    trace = "".join(
        f"M{x + MARGE} {y + MARGE}h1v1h-1z"
        for y, ligne in enumerate(lignes)
        for x, noir in enumerate(ligne)
        if noir
    )
    return {"trace": trace, "cote": Trait(len(lignes) + 2 * MARGE)}
