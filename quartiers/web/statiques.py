"""Static files under names that hold a digest of their bytes: kept for a year by browsers, sent compressed.

Nothing is collected nor written: a process reads the files of the apps, names them, and compresses each one
the first time it is asked for. The plain names still answer, for a minute (whitenoise).
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from http import HTTPStatus
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import Response

UN_AN = 365 * 24 * 3600
# Woff2 fonts and pictures are compressed already.
COMPRESSIBLES = frozenset({".css", ".js", ".svg", ".txt", ".json", ".map"})
REFERENCE = re.compile(r"""url\(\s*(['"]?)([^'")]+)\1\s*\)""")


@dataclass(frozen=True)
class Statique:
    """A file as it is sent; its name holds a digest of these very bytes."""

    nom: str
    octets: bytes

    @cached_property
    def empreinte(self) -> str:
        """Short digest of the bytes."""
        return hashlib.sha256(self.octets).hexdigest()[:16]

    @property
    def nom_date(self) -> str:
        """`web/lecture.css` → `web/lecture.0123456789abcdef.css`."""
        racine, suffixe = posixpath.splitext(self.nom)
        return f"{racine}.{self.empreinte}{suffixe}"

    @cached_property
    def comprime(self) -> bytes | None:
        """Gzip at its best, made once; None when it would not be shorter."""
        if posixpath.splitext(self.nom)[1] not in COMPRESSIBLES:
            return None
        court = gzip.compress(self.octets, compresslevel=9, mtime=0)
        return court if len(court) < len(self.octets) else None

    def get_response(self, methode: str, demande: Mapping[str, str]) -> Response:
        """The answer to a GET or a HEAD, as whitenoise wants it."""
        entetes = {
            "Cache-Control": f"public, max-age={UN_AN}, immutable",
            "ETag": f'"{self.empreinte}"',
            "Vary": "Accept-Encoding",
        }
        if methode not in {"GET", "HEAD"}:
            return Response(HTTPStatus.METHOD_NOT_ALLOWED, [("Allow", "GET, HEAD")], None)
        if entetes["ETag"] in parse_etags(demande.get("HTTP_IF_NONE_MATCH", "")):
            return Response(HTTPStatus.NOT_MODIFIED, list(entetes.items()), None)
        octets = self.octets
        if self.comprime is not None and accepts_gzip(demande.get("HTTP_ACCEPT_ENCODING", "")):
            octets, entetes["Content-Encoding"] = self.comprime, "gzip"
        genre = mimetypes.guess_type(self.nom)[0] or "application/octet-stream"
        is_texte = genre.startswith("text/") or genre.endswith("javascript")
        entetes["Content-Type"] = f"{genre}; charset=utf-8" if is_texte else genre
        entetes["Content-Length"] = str(len(octets))
        corps = BytesIO(octets) if methode == "GET" else None
        return Response(HTTPStatus.OK, list(entetes.items()), corps)


def accepts_gzip(acceptes: str) -> bool:
    """The reader takes gzip, and did not refuse it by a weight of zero."""
    for morceau in acceptes.split(","):
        nom, _, poids = morceau.partition(";")
        if nom.strip().lower() in {"gzip", "*"}:
            return not re.fullmatch(r"\s*q=0(\.0*)?\s*", poids)
    return False


@cache
def list_statiques() -> Mapping[str, Statique]:
    """Every file of the apps by its plain name; style sheets name the others by their digest."""
    chemins: dict[str, Path] = {}
    for chercheur in finders.get_finders():
        for nom, stockage in chercheur.list(None):
            chemins.setdefault(nom.replace("\\", "/"), Path(stockage.path(nom)))
    feuilles = {nom for nom in chemins if nom.endswith(".css")}
    statiques = {
        nom: Statique(nom, chemin.read_bytes())
        for nom, chemin in chemins.items()
        if nom not in feuilles
    }
    for nom in feuilles:
        statiques[nom] = Statique(nom, date_references(nom, chemins[nom].read_bytes(), statiques))
    return statiques


def date_references(nom: str, octets: bytes, statiques: Mapping[str, Statique]) -> bytes:
    """A style sheet that names fonts and pictures by their digest; what is not one of ours is left as it is."""

    def dater(trouve: re.Match[str]) -> str:
        adresse = trouve.group(2)
        vise = posixpath.normpath(posixpath.join(posixpath.dirname(nom), adresse))
        if vise not in statiques:
            return trouve.group(0)
        nom_date = posixpath.basename(statiques[vise].nom_date)
        return f"url({posixpath.join(posixpath.dirname(adresse), nom_date)})"

    return REFERENCE.sub(dater, octets.decode("utf-8")).encode()


class StatiquesStorage(StaticFilesStorage):
    """What `{% static %}` writes: the name with its digest. While debugging, files change: the plain name."""

    def url(self, name: str | None) -> str:
        """The address of a file; an unknown one keeps its name, and is not found when asked for."""
        connu = None if settings.DEBUG or name is None else list_statiques().get(name)
        return super().url(name if connu is None else connu.nom_date)


class StatiquesMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]  # whitenoise has no types
    """Whitenoise, with the dated names beside the plain ones."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """A file when the address is one of them, else the page."""
        reponse: HttpResponse = super().__call__(request)
        return reponse

    def add_files_from_finders(self) -> None:
        """Called once, at the start of the process."""
        super().add_files_from_finders()
        for statique in list_statiques().values():
            self.files[self.static_prefix + statique.nom_date] = statique
