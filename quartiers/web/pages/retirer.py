"""« Retirer » what one declared, once it is too late to undo it: a write that waits for a second person."""

from __future__ import annotations

from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from quartiers.usecases.acces import find_mandat
from quartiers.usecases.charger_dossier import load_savoir
from quartiers.usecases.declarer import Conflit
from quartiers.usecases.relire_declaration import find_ajoutee
from quartiers.usecases.retirer import RAISON_MAX, withdraw
from quartiers.web.consultation import get_droits
from quartiers.web.horloge import read_moment_de_saisie
from quartiers.web.lieu_de_saisie import build_envoi
from quartiers.web.pages.declaration import get_declaration, render_declaration
from quartiers.web.question_personnelle import CHAMP, ask_personnelles

LIBRES = {"raison": "Pourquoi"}


@never_cache
@require_POST
def take_back(request: HttpRequest, cle: str) -> HttpResponse:
    """Then the page of the withdrawal, unless its words ask a question; when something else became of it meanwhile, its own page says so."""
    declaration = get_declaration(request, cle)
    load_savoir()  # territoires of today, which rights are judged on
    mandat = find_mandat(get_droits(request), declaration.genre, declaration.lu.territoires)
    if mandat is None:
        raise Http404
    suite = declaration.cle
    if declaration.is_retirable(read_moment_de_saisie()):
        raison = request.POST.get("raison", "").strip()[:RAISON_MAX]
        question = ask_personnelles({"raison": raison}, LIBRES, request.POST.get(CHAMP, ""))
        if question is not None:
            return render_declaration(request, declaration, raison, question)
        with suppress(Conflit):
            recu = withdraw(
                envoi=build_envoi(request, mandat),
                lu=declaration.lu,
                rangee=declaration.cle.rangee,
                raison=raison,
            )
            if recu.numero is not None:
                suite = find_ajoutee(suite.table, recu.numero) or suite
    return HttpResponseRedirect(reverse("declaration", args=[str(suite)]))
