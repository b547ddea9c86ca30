"""The doors of the pages: the dossier looked at from two dates, and the territoires an account may open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from django.http import Http404, HttpRequest

from quartiers.core.dire import fold
from quartiers.core.droits import Droits, MandatConfie
from quartiers.core.territoire import Genre, Territoire
from quartiers.core.vue import Vue
from quartiers.usecases import acces
from quartiers.usecases.charger_dossier import MEMOIRE, load_savoir
from quartiers.usecases.lire_faits import build_is_sien, is_du_cercle
from quartiers.web.adresses import get_adresse
from quartiers.web.horloge import read_today
from quartiers.web.journal import note_refus
from quartiers.web.regard import Regard

MANDATS, DROITS = "_mandats_du_compte", "_droits_du_compte"
DANS_LE_FIL = frozenset({Genre.NATION, Genre.REGION, Genre.DEPARTEMENT, Genre.COLLECTIVITE})


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


def open_vue(request: HttpRequest, regard: Regard) -> Vue:
    """The data seen from the dates of a page, as its reader may see them (ADR 0028).

    The last few looks are kept, and follow the data when they grow.
    """
    vue = MEMOIRE.open_vue(load_savoir(), (regard.vu_le, regard.connu_le))
    droits = get_droits(request)
    return vue if is_du_cercle(droits) else vue.guard(build_is_sien(droits))


def list_mandats(request: HttpRequest) -> tuple[MandatConfie, ...]:
    """What the account was given, asked of the base once per request."""
    mandats: tuple[MandatConfie, ...] | None = request.__dict__.get(MANDATS)
    if mandats is None:
        mandats = request.__dict__[MANDATS] = acces.list_mandats(request.user, read_today())
    return mandats


def get_droits(request: HttpRequest) -> Droits:
    """What the account may do, built once per request."""
    droits: Droits | None = request.__dict__.get(DROITS)
    if droits is None:
        connus = MEMOIRE.get_actuels()
        droits = acces.open_droits(request.user, list_mandats(request), read_today(), connus)
        request.__dict__[DROITS] = droits
    return droits


def list_territoires(request: HttpRequest, vue: Vue) -> list[Territoire]:
    """The territoires given to the account, those that the data know, in alphabetical order."""
    codes = acces.list_confies(get_droits(request))
    connus = [vue.territoires[code] for code in codes if code in vue.territoires]
    return sorted(connus, key=lambda t: (fold(t.nom), t.code))


def list_ouverts(request: HttpRequest, vue: Vue) -> list[Territoire]:
    """Every territoire the account may open that was known at the date of knowledge looked at."""
    ouverts = acces.list_territoires(get_droits(request), MEMOIRE.get_actuels())
    return [vue.territoires[t.code] for t in ouverts if t.code in vue.territoires]


def build_regle(request: HttpRequest) -> Callable[[str], bool]:
    """What the account may open."""
    droits = get_droits(request)
    return lambda code: acces.can_see(droits, code)


def get_territoire(
    request: HttpRequest, vue: Vue, code: str, genres: frozenset[Genre]
) -> Territoire:
    """The territoire asked for; missing, of another kind or denied, the answer is the same 404.

    Raises PasEncoreConnu for a quartier that the account may open, but that was not known yet, and Devenu for one
    that ended before the day looked at, when the account may open what continues it.
    """
    droits, connus = get_droits(request), MEMOIRE.get_actuels()
    suite = connus.get_code_au(code, vue.vu_le)
    if suite not in {None, code} and acces.can_see(droits, suite):
        if connus[suite].genre not in genres:
            raise Http404
        raise Devenu(suite)
    try:
        connu = acces.get_territoire(droits, connus, code)
    except acces.TerritoireIntrouvable:
        if code in connus:
            note_refus(request, code)
        raise Http404 from None
    if connu.genre not in genres:
        raise Http404
    if code not in vue.territoires:
        versions = [q.connu_le for q in vue.dossier.quartiers if q.code == code]
        raise PasEncoreConnu(connu.nom, min(versions, default=date.max))
    return vue.territoires[code]


def list_fil(request: HttpRequest, vue: Vue, territoire: Territoire, regard: Regard) -> list[Etape]:
    """From the nation down to the territoire, one step per level; a link only where the account may go."""
    can_see = build_regle(request)
    ancetres = [vue.territoires[code] for code in vue.territoires.get_ancetres(territoire.code)]
    montres = sorted(
        (t for t in ancetres if t.genre in DANS_LE_FIL), key=lambda t: -t.niveau.hauteur
    )
    etapes = [Etape(t.nom, get_adresse(t, regard) if can_see(t.code) else "") for t in montres]
    return [*etapes, Etape(territoire.nom, get_adresse(territoire, regard))]
