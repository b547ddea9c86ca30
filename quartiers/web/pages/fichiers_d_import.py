"""The files of an import: the template of an organisme, with its own codes only; one's own file, given back annotated."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quartiers.reports.classeur import FORMATS
from quartiers.reports.fichier_annote import write_annote
from quartiers.usecases.annoter import annotate
from quartiers.usecases.ecrire_modele import write_modele_d_organisme
from quartiers.usecases.ecrire_tableau import FORMES
from quartiers.usecases.garder_essais import read_contenu
from quartiers.web.atelier import PlacePrise
from quartiers.web.horloge import read_moment_de_saisie
from quartiers.web.journal import write_export
from quartiers.web.page import REVENIR_S, render_page
from quartiers.web.poste_d_import import find_sien, open_poste, read_seul, reopen_fichier


@never_cache
@require_safe
def send_modele(request: HttpRequest, genre: str, forme: str) -> HttpResponseBase:
    """An empty file of a kind, that names no territoire but those where the account may write."""
    poste = open_poste(request)
    if genre not in poste.genres or forme not in FORMATS:
        raise Http404
    voulu = request.GET.get("organisme", "")
    organisme = voulu if voulu in poste.organismes else poste.organismes[0]
    ressort = poste.open_ressort(genre, organisme)
    jour = read_moment_de_saisie().date()
    if request.method == "HEAD":
        return answer(b"", f"modele-{genre}.{forme}", forme, is_vide=True)
    octets = write_modele_d_organisme(ressort, genre, forme, jour)
    write_export(request, len(octets), genre, forme)
    return answer(octets, f"modele-{genre}.{forme}", forme)


@never_cache
@require_safe
def send_annote(request: HttpRequest, numero: int) -> HttpResponseBase:
    """One's own file, two columns more: what became of each line, and why."""
    poste = open_poste(request)
    garde = find_sien(request, numero)
    essai = read_contenu(garde)
    if garde.genre not in poste.genres or not essai.lignes:
        raise Http404
    nom = f"{garde.nom.rsplit('.', 1)[0]}-annote.xlsx"
    if request.method == "HEAD":
        return answer(b"", nom, "xlsx", is_vide=True)
    fichier = reopen_fichier(request, poste, garde)
    try:
        annote = read_seul(partial(annotate, fichier, essai))
    except PlacePrise:
        reponse = render_page(request, "web/fichier_en_cours.html", {}, status=503)
        reponse.headers["Retry-After"] = str(REVENIR_S)
        return reponse
    octets = write_annote(annote, garde.nom, read_moment_de_saisie().date())
    write_export(request, len(octets), str(garde.pk))
    return answer(octets, nom, "xlsx")


def answer(octets: bytes, nom: str, forme: str, *, is_vide: bool = False) -> HttpResponseBase:
    """A file to keep; `is_vide`: its headers alone, without a length."""
    type_mime = FORMES[forme].type_mime
    reponse: HttpResponseBase
    if is_vide:
        reponse = StreamingHttpResponse((), content_type=type_mime)
    else:
        reponse = HttpResponse(octets, content_type=type_mime)
    reponse["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=nom) or "attachment"
    )
    reponse["X-Content-Type-Options"] = "nosniff"
    return reponse
