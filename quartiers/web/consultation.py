"""The doors of the pages: the dossier looked at from two dates, and the territoires an account may open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Lock
from typing import NamedTuple

from django.http import Http404, HttpRequest

from quartiers.core.dire import fold
from quartiers.core.territoire import Genre, Territoire
from quartiers.core.vue import Vue
from quartiers.usecases import acces
from quartiers.usecases.dossier import load_savoir
from quartiers.web.adresses import get_adresse
from quartiers.web.horloge import read_today
from quartiers.web.regard import Regard

VUES_GARDEES = 8
GENRES_DE_QUARTIER = frozenset({Genre.QUARTIER, Genre.QRR, Genre.QPV})
RACINES = "_racines_du_compte"
DANS_LE_FIL = frozenset({Genre.NATION, Genre.REGION, Genre.DEPARTEMENT, Genre.COLLECTIVITE})
_verrou = Lock()
_vues: dict[tuple[date, date], Vue] = {}


class PasEncoreConnu(Exception):  # noqa: N818 - named in French like every noun of the product
    """A quartier that nobody had named yet at `connu_le`: its name, and the day it became known."""

    def __init__(self, nom: str, connu_le: date) -> None:
        super().__init__(nom)
        self.nom = nom
        self.connu_le = connu_le


class Etape(NamedTuple):
    """A step of « Vous êtes ici »: `adresse` is empty when the account may not open it, or is there."""

    nom: str
    adresse: str


def open_vue(regard: Regard) -> Vue:
    """The data seen from the dates of a page; the last few are kept, and follow the data when they grow."""
    savoir = load_savoir()
    cle = (regard.vu_le, regard.connu_le)
    with _verrou:
        vue = _vues.pop(cle, None)
        if vue is None or vue.dossier is not savoir.dossier:
            touches = None if vue is None else savoir.touches.get(vue.dossier.version)
            if vue is None or touches is None:
                vue = Vue(savoir.dossier, *cle, savoir.cellules)
            else:
                vue = vue.follow(savoir.dossier, savoir.cellules, touches)
        while len(_vues) >= VUES_GARDEES:
            del _vues[next(iter(_vues))]
        _vues[cle] = vue
    return vue


def list_racines(request: HttpRequest) -> list[str]:
    """What the account was given, asked of the base once per request."""
    racines: list[str] | None = request.__dict__.get(RACINES)
    if racines is None:
        racines = request.__dict__[RACINES] = acces.list_racines(request.user, read_today())
    return racines


def list_territoires(request: HttpRequest, vue: Vue) -> list[Territoire]:
    """The territoires given to the account, those that the data know, in alphabetical order."""
    codes = list_racines(request)
    connus = [vue.territoires[code] for code in codes if code in vue.territoires]
    return sorted(connus, key=lambda t: (fold(t.nom), t.code))


def build_regle(request: HttpRequest, vue: Vue) -> Callable[[str], bool]:
    """What the account may open."""
    racines = list_racines(request)
    return lambda code: acces.can_see(racines, vue.territoires, code)


def get_territoire(
    request: HttpRequest, vue: Vue, code: str, genres: frozenset[Genre]
) -> Territoire:
    """The territoire asked for; missing, of another kind or denied, the answer is the same 404.

    Raises PasEncoreConnu for a quartier that the account may open, but that was not known yet.
    """
    try:
        territoire = acces.get_territoire(list_racines(request), vue.territoires, code)
    except acces.TerritoireIntrouvable:
        check_connu(request, vue, code)
        raise Http404 from None
    if territoire.genre not in genres:
        raise Http404
    return territoire


def check_connu(request: HttpRequest, vue: Vue, code: str) -> None:
    """Raise PasEncoreConnu when the account may open this quartier with all that is known since."""
    maintenant = open_vue(Regard(vue.vu_le, date.max))
    if code in maintenant.territoires and build_regle(request, maintenant)(code):
        versions = [q.connu_le for q in vue.dossier.quartiers if q.code == code]
        raise PasEncoreConnu(maintenant.territoires[code].nom, min(versions, default=date.max))


def list_fil(request: HttpRequest, vue: Vue, territoire: Territoire, regard: Regard) -> list[Etape]:
    """From the nation down to the territoire, one step per level; a link only where the account may go."""
    can_see = build_regle(request, vue)
    ancetres = [vue.territoires[code] for code in vue.territoires.get_ancetres(territoire.code)]
    montres = sorted(
        (t for t in ancetres if t.genre in DANS_LE_FIL), key=lambda t: -t.niveau.hauteur
    )
    etapes = [Etape(t.nom, get_adresse(t, regard) if can_see(t.code) else "") for t in montres]
    return [*etapes, Etape(territoire.nom, get_adresse(territoire, regard))]
