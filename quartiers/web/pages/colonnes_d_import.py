"""« Colonnes »: what each column of a file says, as it was guessed; changed, the file is tried again."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quartiers.pieces.piece import PieceRefusee
from quartiers.storage.models import EssaiDImport
from quartiers.usecases.essayer import FichierEnvoye, try_fichier
from quartiers.usecases.garder_essais import keep_essai
from quartiers.usecases.lire_essais import open_lecteur
from quartiers.usecases.preparer import get_dernier
from quartiers.web.atelier import PlacePrise
from quartiers.web.page import render_page
from quartiers.web.pages.importer import OCCUPE, redirect
from quartiers.web.poste_d_import import find_sien, open_poste, read_seul, reopen_fichier

DEUX_FOIS = "« {} » est choisie deux fois\u00a0: une colonne ne se lit qu’une fois"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit_colonnes(request: HttpRequest, numero: int) -> HttpResponse:
    """A list for each column of the file; then the trial made with them."""
    poste = open_poste(request)
    garde = find_sien(request, numero)
    if garde.genre not in poste.genres:
        raise Http404
    fichier = reopen_fichier(request, poste, garde)
    lecteur = open_lecteur(fichier.ressort, garde.genre, fichier.envoi)
    connues = lecteur.colonnes.lues
    if request.method != "POST":
        return show_colonnes(request, garde, connues, dict(garde.colonnes))
    choisies = {}
    for rang, (nom, _) in enumerate(garde.colonnes):
        choisie = request.POST.get(f"c{rang}", "")
        choisies[nom] = choisie if choisie in connues else ""
    doubles = [c for c in connues if list(choisies.values()).count(c) > 1]
    if doubles:
        return show_colonnes(request, garde, connues, choisies, DEUX_FOIS.format(doubles[0]))
    fichier = FichierEnvoye(
        fichier.genre, fichier.nom, fichier.octets, choisies, fichier.ressort, fichier.envoi
    )
    try:
        suite = read_seul(partial(try_again, garde, fichier))
    except PieceRefusee as refus:
        return show_colonnes(request, garde, connues, choisies, str(refus))
    except PlacePrise:
        return show_colonnes(request, garde, connues, choisies, OCCUPE, status=503)
    messages.success(request, "Colonnes changées\u00a0: l’essai est refait.")
    return redirect(suite.pk)


def try_again(garde: EssaiDImport, fichier: FichierEnvoye) -> EssaiDImport:
    """The trial of the same file, in the place of the one before."""
    depuis = get_dernier()
    entete = [nom for nom, _ in garde.colonnes]
    return keep_essai(fichier, try_fichier(fichier), entete, depuis, precedent=garde.pk)


def show_colonnes(
    request: HttpRequest,
    garde: EssaiDImport,
    connues: tuple[str, ...],
    choisies: dict[str, str],
    faute: str = "",
    status: int = 422,
) -> HttpResponse:
    """The form."""
    contexte = {
        "numero": str(garde.pk),
        "nom": garde.nom,
        "colonnes": [
            (f"c{r}", nom, choisies.get(nom, "")) for r, (nom, _) in enumerate(garde.colonnes)
        ],
        "connues": connues,
        "faute": faute,
    }
    return render_page(
        request, "web/essai_colonnes.html", contexte, status=status if faute else 200
    )
