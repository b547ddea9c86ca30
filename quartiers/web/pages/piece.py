"""A file sent as proof: the one address that leads to its bytes, judged like the fact that it proves."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from quartiers.pieces.admission import EXTENSIONS
from quartiers.storage.models import Acte, Piece
from quartiers.usecases.charger_dossier import load_savoir
from quartiers.usecases.lire_piece import find_piece, read_fichier
from quartiers.usecases.tenir_journal import write_acte_seul
from quartiers.web.consultation import get_droits
from quartiers.web.horloge import read_now
from quartiers.web.journal import name_route

BAC_A_SABLE = "sandbox; default-src 'none'; frame-ancestors 'none'"
OCTETS = "application/octet-stream"


@require_safe
def show_piece(request: HttpRequest, numero: int) -> HttpResponseBase:
    """A picture is shown, a document is saved; missing and denied are the same 404. HEAD reads no byte."""
    load_savoir()  # rights are judged on the territoires that it holds
    piece = find_piece(get_droits(request), numero)
    if piece is None:
        raise Http404
    type_mime = piece.type if piece.type in EXTENSIONS else OCTETS
    reponse: HttpResponseBase
    if request.method == "HEAD":
        reponse = StreamingHttpResponse((), content_type=type_mime)
    else:
        write_acte_seul(
            Acte.Verbe.LECTURE_DE_PIECE,
            le=read_now(),
            compte=request.user.pk,
            objet=name_route(request),
            detail={"piece": numero},
        )
        reponse = HttpResponse(read_fichier(piece), content_type=type_mime)
    is_piece_jointe = piece.nature != Piece.Nature.PHOTO
    reponse["Content-Disposition"] = (
        content_disposition_header(as_attachment=is_piece_jointe, filename=piece.nom)
        or "attachment"
    )
    reponse["Content-Security-Policy"] = BAC_A_SABLE
    reponse["Cross-Origin-Resource-Policy"] = "same-origin"
    reponse["X-Content-Type-Options"] = "nosniff"
    reponse["Cache-Control"] = "private, no-store"
    return reponse
