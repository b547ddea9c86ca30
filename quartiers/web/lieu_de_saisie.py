"""What a form of the site speaks of, and by which mandat: a figure of a territoire that the account may declare today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.http import Http404, HttpRequest
from django.urls import reverse

from quartiers.core.droits import PARTENAIRES, Droits, MandatConfie, Sujet, Verbe
from quartiers.core.referentiel import Indicateur
from quartiers.core.territoire import Genre, Territoire
from quartiers.core.vue import Vue
from quartiers.storage.models import Mandat
from quartiers.usecases import acces, ecrire
from quartiers.usecases.acces import can_write, find_mandat
from quartiers.usecases.charger_dossier import MEMOIRE
from quartiers.usecases.ecrire import Envoi
from quartiers.usecases.lister_attentes import RELEVE
from quartiers.usecases.lister_declarants import Declarant, can_speak_for, list_declarants
from quartiers.usecases.lister_formes import can_declare, get_genre_de_forme, list_formes
from quartiers.web.consultation import (
    Devenu,
    PasEncoreConnu,
    get_droits,
    get_territoire,
    open_vue,
)
from quartiers.web.horloge import read_moment_de_saisie
from quartiers.web.journal import note_refus
from quartiers.web.regard import Regard

POUR_REFUSE = "ce compte ne peut pas, ou ne peut plus, le déclarer ici"


@dataclass(frozen=True, slots=True)
class LieuDeSaisie:
    """A figure of a territoire, seen today with all that is known, and the mandat by which it may be declared."""

    vue: Vue
    regard: Regard
    territoire: Territoire
    indicateur: Indicateur
    mandat: MandatConfie
    droits: Droits
    declarants: Sequence[Declarant] = ()
    pour: Declarant | None = None

    @property
    def mandats(self) -> tuple[MandatConfie, ...]:
        """Of the account, and of the one in whose name it types: what is written must be open to both."""
        return (self.mandat,) if self.pour is None else (self.mandat, self.pour.mandat)

    def can_write(self, genre: str, codes: Iterable[str]) -> bool:
        """The mandats also give all these territoires, for a new thing of that kind."""
        voulus = tuple(codes)
        return all(can_write(self.droits, m, genre, voulus) for m in self.mandats)

    def can_read(self, genre: str, code: str) -> bool:
        """What is recorded there of that kind, by any organisme, is open to the account."""
        return self.droits.can(Verbe.LIRE, Sujet(genre, (code,), visibilite=PARTENAIRES))

    @property
    def source(self) -> str:
        """Who says it: the organisme of the account in whose name it is said, else its function."""
        dit = self.mandats[-1]
        return dit.organisme or str(Mandat.Role(dit.role).label)

    def list_fautes(self, mots: Mapping[str, str]) -> dict[str, str]:
        """Somebody was chosen who may not say it here, or may not any more."""
        return {"pour": POUR_REFUSE} if mots["pour"] and self.pour is None else {}

    def build_envoi(self, request: HttpRequest) -> Envoi:
        """A write of the account, under the organisme of who says it; both accounts stay."""
        return build_envoi(request, self.mandats[-1], self.pour)


def find_lieu(request: HttpRequest, code: str, indicateur: str, genre: str = "") -> LieuDeSaisie:
    """What the form of a kind of records, or of a value, is about. Missing, denied, of another level: the same 404."""
    jour = read_moment_de_saisie().date()
    regard = Regard(jour, jour)
    vue = open_vue(request, regard)
    try:
        territoire = get_territoire(request, vue, code, frozenset(Genre))
    except (PasEncoreConnu, Devenu):
        raise Http404 from None
    voulu = vue.dossier.referentiel.get_indicateur(indicateur)
    if voulu is None or not any(v.genre == genre for v in list_formes(voulu, territoire)):
        raise Http404
    droits = get_droits(request)
    mandat = find_mandat(droits, genre or RELEVE, (territoire.code,))
    if mandat is None:
        note_refus(request, territoire.code)
        raise Http404
    lieu = LieuDeSaisie(vue, regard, territoire, voulu, mandat, droits)
    quoi, ou = genre or RELEVE, (territoire.code,)
    if not can_speak_for(droits, quoi, ou):
        return lieu
    actuels, compte = MEMOIRE.get_actuels(), request.user.pk or 0
    autres = list_declarants(actuels, quoi, ou, jour, sauf=compte)
    pour = next((d for d in autres if str(d.compte) == request.POST.get("pour")), None)
    return replace(lieu, declarants=autres, pour=pour)


def link_declarer(
    request: HttpRequest, territoire: Territoire, indicateurs: Iterable[Indicateur], regard: Regard
) -> dict[str, str]:
    """Where each figure of a page is declared: those that the account may say, when the page is that of today."""
    jour = read_moment_de_saisie().date()
    if (regard.vu_le, regard.connu_le) != (jour, jour):
        return {}
    droits = get_droits(request)
    return {
        i.code: link_declaration(i, territoire)
        for i in indicateurs
        if can_declare(droits, i, territoire)
    }


def find_mandat_de_forme(
    droits: Droits, indicateur: Indicateur, territoire: Territoire, genre: str, jour: date
) -> MandatConfie | None:
    """By which an account may open one form of a figure, that of a kind or of its value; None when its page is a 404."""
    if not acces.can_see(droits, territoire.code):
        return None
    if MEMOIRE.get_actuels().get_code_au(territoire.code, jour) not in {None, territoire.code}:
        return None
    if not any(forme.genre == genre for forme in list_formes(indicateur, territoire)):
        return None
    return find_mandat(droits, genre or RELEVE, (territoire.code,))


def link_declaration(indicateur: Indicateur, territoire: Territoire) -> str:
    """The address of that form."""
    lieu = (territoire.code, indicateur.code)
    genre = get_genre_de_forme(indicateur)
    return reverse("enregistrer", args=[*lieu, genre]) if genre else reverse("declarer", args=lieu)


def build_envoi(request: HttpRequest, mandat: MandatConfie, pour: Declarant | None = None) -> Envoi:
    """A write of the account that is signed in, now, under the organisme of a mandat. `pour`: in whose name."""
    au_nom_de = None if pour is None else pour.compte
    moment = read_moment_de_saisie()
    return ecrire.build_envoi(moment, request.user.pk, mandat.organisme, au_nom_de)
