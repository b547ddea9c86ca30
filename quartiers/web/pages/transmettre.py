"""« Transmettre » : what somebody who leaves holds, seen by a GET, handed over by a POST that repeats its number."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from quartiers.reports.presentation.nombre import Decompte
from quartiers.reports.typographie import format_date
from quartiers.storage.models import Mandat
from quartiers.usecases.creer_compte import ACTE_MAX
from quartiers.usecases.donner_mandat import NominationRefusee
from quartiers.usecases.nommant import Nommant
from quartiers.usecases.transmettre import (
    Demande,
    PlanDeTransmission,
    PlanPerime,
    build_plan,
    cancel_transmission,
    find_partant,
    list_a_venir,
    list_heritiers,
    transmit,
)
from quartiers.web.comptes_en_vue import with_nommant
from quartiers.web.page import render_page
from quartiers.web.pages.nommer import describe_fautes, parse_jour, read_numero
from quartiers.web.presentation.compte import name_territoire
from quartiers.web.presentation.comptes import name_titulaire

PERIME = "ce n’est plus ce que vous avez vu\u00a0: relisez, puis transmettez"


@require_http_methods(["GET", "HEAD", "POST"])
@with_nommant
def transmettre(request: HttpRequest, nommant: Nommant, numero: int) -> HttpResponse:
    """Nothing is written before the POST, and nothing else than what was seen."""
    partant = find_partant(nommant, numero)
    dit = request.POST if request.method == "POST" else request.GET
    demande = read_demande(dit, numero)
    fautes: dict[str, str] = {}
    plan: PlanDeTransmission | None = None
    try:
        if "a" in dit:
            plan = build_plan(nommant, demande)
            fautes |= plan.fautes
        if request.method == "POST":
            faite = transmit(nommant=nommant, demande=demande, numero=dit.get("plan", ""))
            quand = format_date(faite.le)
            messages.success(request, f"Transmis à {name_titulaire(faite.a)}, le {quand}.")
            return HttpResponseRedirect(reverse("compte_tenu", args=[numero]))
    except NominationRefusee as refus:
        fautes |= refus.fautes
    except PlanPerime:
        fautes["a"] = PERIME
    heritiers = [(str(c.pk), name_titulaire(c)) for c in list_heritiers(nommant, numero)]
    contexte = {
        "partant": partant,
        "acte_max": str(ACTE_MAX),
        "nom": name_titulaire(partant),
        "heritiers": heritiers,
        "saisie": {champ: dit.get(champ, "") for champ in ("a", "le", "acte")},
        "plan": show_plan(nommant, plan) if plan else None,
        **describe_fautes(fautes),
    }
    return render_page(request, "web/transmettre.html", contexte)


def read_demande(dit: QueryDict, numero: int) -> Demande:
    """What the form says; what cannot be read is nobody, or no day."""
    autres = {
        read_numero(champ.removeprefix("a_")): read_numero(dit.get(champ, ""))
        for champ in dit
        if champ.startswith("a_")
    }
    return Demande(
        de=numero,
        a=read_numero(dit.get("a", "")),
        le=parse_jour(dit.get("le", "")),
        acte=dit.get("acte", "").replace("\0", ""),
        autres=autres,
    )


def show_plan(nommant: Nommant, plan: PlanDeTransmission) -> dict[str, Any]:
    """The plan in words, with the choices that the gesture repeats."""
    return {
        "numero": plan.numero,
        "le": plan.le,
        "lignes": [
            {
                "champ": f"a_{ligne.mandat.pk}",
                "role": Mandat.Role(ligne.mandat.role).label,
                "ou": name_territoire(ligne.mandat.territoire, nommant.territoires),
                "a": str(ligne.a.pk),
                "faute": ligne.faute,
            }
            for ligne in plan.lignes
        ],
        "tenus": [(libelle, Decompte(combien)) for libelle, combien in plan.tenus if combien],
        "a": name_titulaire(plan.a),
    }


@require_POST
@with_nommant
def cancel_une_transmission(request: HttpRequest, nommant: Nommant, numero: int) -> HttpResponse:
    """Until its day."""
    faite = cancel_transmission(nommant=nommant, numero=numero)
    messages.success(request, f"La transmission à {name_titulaire(faite.a)} est annulée.")
    return HttpResponseRedirect(reverse("compte_tenu", args=[faite.de_id]))


def show_a_venir(nommant: Nommant, numero: int) -> list[tuple[int, str, date]]:
    """The transmissions of an account that may still be undone: number, to whom, when."""
    return [(t.pk, name_titulaire(t.a), t.le) for t in list_a_venir(nommant, numero)]
