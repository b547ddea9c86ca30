"""The ETag of a page: the same data, dates, reader and code give the same page, which need not be sent again.

Pages are never kept by a shared cache nor on disk (`private, no-store`): the ETag serves readers that keep
their own copy and ask again, such as a script that follows a tableau.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from quartiers.usecases.charger_dossier import load_savoir
from quartiers.web.consultation import list_mandats
from quartiers.web.regard import Regard

RACINE = Path(__file__).resolve().parent.parent
SUFFIXES = frozenset({".py", ".html", ".css", ".js", ".typ", ".json"})


@cache
def get_version_du_code() -> str:
    """A digest of what draws the pages, read once by a process: an update changes every ETag."""
    empreinte = hashlib.sha256()
    for fichier in sorted(f for f in RACINE.rglob("*") if f.suffix in SUFFIXES):
        empreinte.update(fichier.relative_to(RACINE).as_posix().encode())
        empreinte.update(fichier.read_bytes())
    return empreinte.hexdigest()


def compute_etag(request: HttpRequest, regard: Regard) -> str:
    """Weak, since the form of each page holds a token of its own. Two queries: version, mandats (asked once a page).

    The state is that of the data shown: while another thread reads a base that changed, it is the one before.

    The session, the reader and what he may open are part of it: a mandat that ends changes every ETag of its holder,
    and the page is then asked of the access function again.
    """
    morceaux = (
        get_version_du_code(),
        settings.HABILLAGE,
        settings.ADMINISTRATION,
        repr(load_savoir().etat),
        regard.vu_le.isoformat(),
        regard.connu_le.isoformat(),
        str(request.user.pk),
        request.user.get_username(),
        request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""),
        request.get_full_path(),
        *map(repr, list_mandats(request)),
    )
    return f'W/"{hashlib.sha256(chr(0).join(morceaux).encode()).hexdigest()[:32]}"'
