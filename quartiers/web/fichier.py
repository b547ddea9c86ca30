"""A file to keep: its headers, and its bytes made only for who takes them."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from quartiers.core.territoire import Territoire
from quartiers.web.atelier import choose_place
from quartiers.web.journal import write_export


def send_fichier(
    request: HttpRequest,
    territoire: Territoire,
    nom: str,
    type_mime: str,
    render: Callable[[], bytes | None],
    *codes: str,
) -> HttpResponseBase:
    """Raises PlacePrise when too many files are being made. HEAD makes none: the headers, without a length.

    `codes`: what the journal says of the file, besides its route and its territoire.
    """
    reponse: HttpResponseBase
    if request.method == "HEAD":
        # A stream: of any other answer Django would write the length, that of nothing.
        reponse = StreamingHttpResponse((), content_type=type_mime)
    else:
        with choose_place(territoire).take():
            octets = render()
        if octets is None:  # nothing to write of that territoire
            raise Http404
        write_export(request, len(octets), territoire.code, *codes)
        reponse = HttpResponse(octets, content_type=type_mime)
    reponse["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=nom) or "attachment"
    )
    reponse["X-Content-Type-Options"] = "nosniff"
    return reponse
