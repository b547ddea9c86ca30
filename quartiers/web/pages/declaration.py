"""What has just been declared: what it changed, half an hour to take it back, then who judges it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from quartiers.core.droits import Verbe
from quartiers.core.genres import GENRES_DE_FICHIER
from quartiers.core.referentiel import Indicateur
from quartiers.core.statut import Statut
from quartiers.core.temps import PARIS
from quartiers.core.territoire import Territoire
from quartiers.core.vue import Vue
from quartiers.reports.genre_preuve import say_details
from quartiers.reports.presentation.chiffre import Chiffre, build_chiffre, write_cible
from quartiers.reports.typographie import format_date, format_heure
from quartiers.storage.models import Piece
from quartiers.usecases.acces import find_mandat
from quartiers.usecases.annuler import DELAI, TropTard, cancel_declaration
from quartiers.usecases.charger_dossier import load_savoir
from quartiers.usecases.lire_enregistrements import EnregistrementLu
from quartiers.usecases.lister_attentes import read_corrigees
from quartiers.usecases.lister_choses import find_chose, list_corrigibles
from quartiers.usecases.nommer import build_nommer_source
from quartiers.usecases.releve_lu import ReleveLu
from quartiers.usecases.relire_declaration import (
    Declaration,
    DeclarationIntrouvable,
    find_avant,
    find_declaration,
)
from quartiers.usecases.retirer import RAISON_MAX
from quartiers.web.adresses import get_adresse, get_adresse_preuve
from quartiers.web.consultation import build_regle, get_droits, open_vue
from quartiers.web.horloge import read_moment_de_saisie
from quartiers.web.lieu_de_saisie import build_envoi, find_mandat_de_forme
from quartiers.web.page import render_page
from quartiers.web.presentation.declaration import find_constat, write_dit
from quartiers.web.question_personnelle import QuestionPersonnelle
from quartiers.web.regard import Regard


@dataclass(frozen=True, slots=True)
class ChiffreNourri:
    """A figure that the declaration feeds: its statut before it, and with it."""

    libelle: str
    ou: str
    avant: Statut | None
    statut: Statut
    chiffre: Chiffre
    cible: str


@never_cache
@require_safe
def show_declaration(request: HttpRequest, cle: str) -> HttpResponse:
    """One's own declaration; that of somebody else does not exist here: its proof is on the page of the figure."""
    return render_declaration(request, get_declaration(request, cle))


def render_declaration(
    request: HttpRequest,
    declaration: Declaration,
    raison: str = "",
    personnelles: QuestionPersonnelle | None = None,
) -> HttpResponse:
    """Its page. `raison`, `personnelles`: what was typed to take it back, and what is asked of these words."""
    jour = read_moment_de_saisie().date()
    regard = Regard(jour, jour)
    vue = open_vue(request, regard)
    ici = next(
        (vue.territoires[c] for c in declaration.lu.territoires if c in vue.territoires), None
    )
    contexte = {
        "declaration": declaration,
        "cle": str(declaration.cle),
        "dit": write_dit(vue, declaration.lu, details=0),
        "details": list_details(vue, declaration.lu),
        "heure": format_heure(declaration.saisi_le),
        "fin": format_heure(declaration.saisi_le + DELAI),
        "is_annulable": declaration.is_annulable(read_moment_de_saisie()),
        "is_retirable": declaration.is_retirable(read_moment_de_saisie()),
        "raison_max": str(RAISON_MAX),
        "raison": raison,
        "personnelles": personnelles,
        "chiffres": list_chiffres(request, vue, declaration, regard),
        "pieces": [show_piece(piece) for piece in declaration.pieces],
        "territoire": ici,
        "enregistre_le": format_date(declaration.saisi_le.astimezone(PARIS).date()),
        "encore": link_encore(request, vue, declaration),
        "adresse": "" if ici is None else get_adresse(ici, regard),
    }
    statut = 200 if personnelles is None else 422
    return render_page(request, "web/declaration.html", contexte, status=statut)


@never_cache
@require_POST
def cancel(request: HttpRequest, cle: str) -> HttpResponse:
    """Take it back; when it is too late, its page says what became of it."""
    declaration = get_declaration(request, cle)
    mandat = find_mandat(get_droits(request), declaration.genre, declaration.lu.territoires)
    if mandat is None:
        raise Http404
    with suppress(TropTard):
        cancel_declaration(envoi=build_envoi(request, mandat), cle=declaration.cle)
    return HttpResponseRedirect(reverse("declaration", args=[str(declaration.cle)]))


def link_encore(request: HttpRequest, vue: Vue, declaration: Declaration) -> str:
    """The form where it is said again, when it is open to the account: of the same thing as long as that thing lasts."""
    lu, droits = declaration.lu, get_droits(request)
    genre = "" if isinstance(lu, ReleveLu) else lu.genre
    for indicateur, ou in list_a_redire(vue, declaration):
        mandat = find_mandat_de_forme(droits, indicateur, ou, genre, vue.vu_le)
        if mandat is None:
            continue
        if isinstance(lu, ReleveLu):
            return reverse("declarer", args=[ou.code, indicateur.code])
        adresse = reverse("enregistrer", args=[ou.code, indicateur.code, genre])
        contenu, registres = GENRES_DE_FICHIER[genre], load_savoir().registres
        is_la = find_chose(registres, vue, contenu, ou.code, lu.objet) is not None
        if is_la and list_corrigibles(droits, mandat, contenu, [lu.objet]):
            return f"{adresse}?{urlencode({'objet': lu.objet})}"
        return adresse
    return ""


def list_a_redire(vue: Vue, declaration: Declaration) -> Iterator[tuple[Indicateur, Territoire]]:
    """Where it may be said again: of the figures that it feeds, else of any that counts such things there.

    A record sent back feeds none.
    """
    ici = [vue.territoires[c] for c in declaration.lu.territoires if c in vue.territoires]
    referentiel = vue.dossier.referentiel
    for code, ou in declaration.cellules:
        indicateur = referentiel.get_indicateur(code)
        if indicateur is not None:
            yield from ((indicateur, t) for t in ici if t.code == ou)
    if isinstance(declaration.lu, EnregistrementLu):
        yield from product(referentiel.list_indicateurs(), ici)


def get_declaration(request: HttpRequest, cle: str) -> Declaration:
    """Missing, of somebody else, or of what one may read no more: the same 404."""
    try:
        declaration = find_declaration(cle, request.user.pk or 0)
    except DeclarationIntrouvable:
        raise Http404 from None
    load_savoir()  # territoires of today, which rights are judged on
    if not get_droits(request).can(Verbe.LIRE, declaration.build_sujet()):
        raise Http404
    return declaration


def list_details(vue: Vue, lu: ReleveLu | EnregistrementLu) -> list[tuple[str, str]]:
    """What else it says, under the labels of its kind."""
    if isinstance(lu, ReleveLu):
        dits = [
            ("Source", build_nommer_source(vue.connu_le)(lu.source)),
            ("Précision", lu.commentaire),
        ]
        return [(nom, texte) for nom, texte in dits if texte]
    if lu.contenu is None:
        return []
    return list(say_details(lu.contenu, vue.dossier.referentiel, is_entier=True))


def list_chiffres(
    request: HttpRequest, vue: Vue, declaration: Declaration, regard: Regard
) -> list[ChiffreNourri]:
    """The figures that it feeds, those that the account may open."""
    can_see = build_regle(request)
    corrigee = read_corrigees([declaration.cle]).get(declaration.cle)
    montres = []
    for code, ou in declaration.cellules:
        constat = find_constat(vue, code, ou) if can_see(ou) else None
        if constat is None:
            continue
        avant = find_avant(vue, constat, declaration.lu, corrigee) if declaration.is_tenue else None
        montres.append(
            ChiffreNourri(
                constat.indicateur.libelle,
                vue.territoires[ou].nom,
                avant,
                constat.statut,
                build_chiffre(constat, get_adresse_preuve(ou, code, regard)),
                write_cible(constat.indicateur, constat.cible),
            )
        )
    return montres


def show_piece(piece: Piece) -> tuple[str, str, str]:
    """(its word, the name of its file, its address): no address for what was seen on the spot."""
    adresse = reverse("piece", args=[piece.pk]) if piece.fichier_id else ""
    return (piece.get_nature_display(), piece.nom, adresse)
