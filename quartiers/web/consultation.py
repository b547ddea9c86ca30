"""The doors of the pages: the dossier looked at from two dates, and the territoires an account may open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Lock
from typing import NamedTuple

from django.http import Http404, HttpRequest

from quartiers.core.attendus import extend_territoires, list_quartiers_cibles
from quartiers.core.dire import fold
from quartiers.core.dossier import Dossier
from quartiers.core.droits import Droits, MandatConfie
from quartiers.core.territoire import Genre, Territoire, Territoires
from quartiers.core.vue import Vue
from quartiers.usecases import acces
from quartiers.usecases.dossier import Etat, load_savoir
from quartiers.web.adresses import get_adresse
from quartiers.web.horloge import read_today
from quartiers.web.regard import Regard

VUES_GARDEES = 8
GENRES_DE_QUARTIER = frozenset({Genre.QUARTIER, Genre.QRR, Genre.QPV})
MANDATS, DROITS = "_mandats_du_compte", "_droits_du_compte"
DANS_LE_FIL = frozenset({Genre.NATION, Genre.REGION, Genre.DEPARTEMENT, Genre.COLLECTIVITE})
_verrou = Lock()
_vues: dict[tuple[date, date], tuple[Etat, Vue]] = {}
_connus: list[tuple[Dossier, Territoires]] = []


class PasEncoreConnu(Exception):  # noqa: N818 - named in French like every noun of the product
    """A quartier that nobody had named yet at `connu_le`: its name, and the day it became known."""

    def __init__(self, nom: str, connu_le: date) -> None:
        super().__init__(nom)
        self.nom = nom
        self.connu_le = connu_le


class Devenu(Exception):  # noqa: N818 - same reason
    """A territoire that ended, and the code, that the account may open, of what continues it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Etape(NamedTuple):
    """A step of « Vous êtes ici »: `adresse` is empty when the account may not open it, or is there."""

    nom: str
    adresse: str


def open_vue(regard: Regard) -> Vue:
    """The data seen from the dates of a page; the last few are kept, and follow the data when they grow."""
    savoir = load_savoir()
    cle = (regard.vu_le, regard.connu_le)
    with _verrou:
        etat, vue = _vues.pop(cle, (None, None))
        if vue is None or vue.dossier is not savoir.dossier:
            touches = None if etat is None else savoir.touches.get(etat)
            if vue is None or touches is None:
                vue = Vue(savoir.dossier, *cle, savoir.cellules)
            else:
                vue = vue.follow(savoir.dossier, savoir.cellules, touches)
        while len(_vues) >= VUES_GARDEES:
            del _vues[next(iter(_vues))]
        _vues[cle] = (savoir.etat, vue)
    return vue


def get_territoires_connus(vue: Vue) -> Territoires:
    """The territoires with all that is known of the quartiers today, whatever the date of knowledge looked at.

    Rights are decided on them: a quartier that moved is open to those who hold it now, its past included, and
    to nobody else (ADR 0012).
    """
    with _verrou:
        if not _connus or _connus[0][0] is not vue.dossier:
            quartiers = list_quartiers_cibles(vue.dossier, date.max)
            _connus[:] = [(vue.dossier, extend_territoires(vue.dossier, quartiers))]
        return _connus[0][1]


def list_mandats(request: HttpRequest) -> tuple[MandatConfie, ...]:
    """What the account was given, asked of the base once per request."""
    mandats: tuple[MandatConfie, ...] | None = request.__dict__.get(MANDATS)
    if mandats is None:
        mandats = request.__dict__[MANDATS] = acces.list_mandats(request.user, read_today())
    return mandats


def get_droits(request: HttpRequest, vue: Vue) -> Droits:
    """What the account may do, built once per request."""
    droits: Droits | None = request.__dict__.get(DROITS)
    if droits is None:
        connus = get_territoires_connus(vue)
        droits = acces.open_droits(request.user, list_mandats(request), read_today(), connus)
        request.__dict__[DROITS] = droits
    return droits


def list_territoires(request: HttpRequest, vue: Vue) -> list[Territoire]:
    """The territoires given to the account, those that the data know, in alphabetical order."""
    codes = acces.list_confies(get_droits(request, vue))
    connus = [vue.territoires[code] for code in codes if code in vue.territoires]
    return sorted(connus, key=lambda t: (fold(t.nom), t.code))


def list_ouverts(request: HttpRequest, vue: Vue) -> list[Territoire]:
    """Every territoire the account may open that was known at the date of knowledge looked at."""
    ouverts = acces.list_territoires(get_droits(request, vue), get_territoires_connus(vue))
    return [vue.territoires[t.code] for t in ouverts if t.code in vue.territoires]


def build_regle(request: HttpRequest, vue: Vue) -> Callable[[str], bool]:
    """What the account may open."""
    droits = get_droits(request, vue)
    return lambda code: acces.can_see(droits, code)


def get_territoire(
    request: HttpRequest, vue: Vue, code: str, genres: frozenset[Genre]
) -> Territoire:
    """The territoire asked for; missing, of another kind or denied, the answer is the same 404.

    Raises PasEncoreConnu for a quartier that the account may open, but that was not known yet, and Devenu for one
    that ended before the day looked at, when the account may open what continues it.
    """
    droits, connus = get_droits(request, vue), get_territoires_connus(vue)
    suite = connus.get_code_au(code, vue.vu_le)
    if suite not in {None, code} and acces.can_see(droits, suite):
        if connus[suite].genre not in genres:
            raise Http404
        raise Devenu(suite)
    try:
        connu = acces.get_territoire(droits, connus, code)
    except acces.TerritoireIntrouvable:
        raise Http404 from None
    if connu.genre not in genres:
        raise Http404
    if code not in vue.territoires:
        versions = [q.connu_le for q in vue.dossier.quartiers if q.code == code]
        raise PasEncoreConnu(connu.nom, min(versions, default=date.max))
    return vue.territoires[code]


def list_fil(request: HttpRequest, vue: Vue, territoire: Territoire, regard: Regard) -> list[Etape]:
    """From the nation down to the territoire, one step per level; a link only where the account may go."""
    can_see = build_regle(request, vue)
    ancetres = [vue.territoires[code] for code in vue.territoires.get_ancetres(territoire.code)]
    montres = sorted(
        (t for t in ancetres if t.genre in DANS_LE_FIL), key=lambda t: -t.niveau.hauteur
    )
    etapes = [Etape(t.nom, get_adresse(t, regard) if can_see(t.code) else "") for t in montres]
    return [*etapes, Etape(territoire.nom, get_adresse(territoire, regard))]
