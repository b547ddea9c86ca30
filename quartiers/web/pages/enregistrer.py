"""The form of a kind of records, from its declaration: what is asked first, what is supposed, the things already said."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quartiers.core.anomalie import DonneesRefusees
from quartiers.core.contenu import SEPARATEUR, Contenu
from quartiers.core.saisie_de_genre import GenreADire, list_genres_a_dire
from quartiers.pieces.piece import PieceRefusee
from quartiers.reports.typographie import format_date
from quartiers.usecases.charger_dossier import load_savoir
from quartiers.usecases.declarer import Conflit, declare_enregistrement, name_objet
from quartiers.usecases.interroger import parse_rangee
from quartiers.usecases.lister_attentes import ENREGISTREMENT
from quartiers.usecases.lister_choses import (
    ChoseDite,
    find_chose,
    find_vu,
    list_choses,
    list_corrigibles,
    list_suggestions,
)
from quartiers.usecases.preparer import Recu
from quartiers.usecases.relire_declaration import find_ajoutee
from quartiers.web.adresses import get_adresse_preuve
from quartiers.web.brouillons import (
    follow_brouillon,
    is_a_garder,
    keep_fichier,
    read_brouillon,
)
from quartiers.web.journal import PAS_A_SOI, note_refus
from quartiers.web.lieu_de_saisie import LieuDeSaisie, find_lieu
from quartiers.web.page import render_page
from quartiers.web.pages.declarer import DEJA, build_contexte, list_refus
from quartiers.web.portes import get_adresse_de_brouillon, keeping_envoi
from quartiers.web.presentation.declaration import DETAILS_MAX, list_details
from quartiers.web.preuves_envoyees import read_pieces
from quartiers.web.question_personnelle import CHAMP, ask_personnelles, list_libres
from quartiers.web.saisie_d_enregistrement import read_mots, show_formulaire

CONFLIT = "quelqu’un a dit autre chose de ce jour-là pendant que vous écriviez\u00a0: relisez, puis déclarez de nouveau"


@keeping_envoi
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, code: str, indicateur: str, genre: str) -> HttpResponse:
    """One thing that a figure counts, said from the page of that figure."""
    lieu = find_lieu(request, code, indicateur, genre)
    dire = next(g for g in list_genres_a_dire(lieu.indicateur) if genre == g.genre.GENRE)
    if request.method != "POST":
        return show_page(request, lieu, dire, build_mots(request, lieu, dire), {})
    if is_a_garder(request):
        return follow_brouillon(request, get_adresse_preuve(code, indicateur, lieu.regard))
    mots = read_mots(request, dire.genre)
    mots |= {nom: request.POST.get(nom, "") for nom in ("objet", "vu", "constate", "pour")}
    objet = mots["objet"]
    if objet and not is_corrigible(lieu, dire.genre, objet):
        note_refus(request, code, motif=PAS_A_SOI)
        raise Http404
    fautes = find_hors_de_portee(lieu, dire.genre, mots) | lieu.list_fautes(mots)
    confirmee = request.POST.get(CHAMP, "")
    personnelles = ask_personnelles(mots, list_libres(dire.genre), confirmee)
    if fautes or personnelles:
        return show_page(request, lieu, dire, mots, fautes, personnelles=personnelles)
    try:
        recu = send(request, lieu, dire.genre, mots)
    except PieceRefusee as refus:
        return show_page(request, lieu, dire, mots, {"preuve": str(refus)})
    except DonneesRefusees as refus:
        return show_page(request, lieu, dire, mots, list_refus(refus))
    except Conflit as conflit:
        mots["vu"] = str(conflit.rangee or "")
        return show_page(request, lieu, dire, mots, {"le": CONFLIT})
    if recu.numero is None:
        return show_page(request, lieu, dire, mots, {}, deja=DEJA)
    cle = find_ajoutee(ENREGISTREMENT, recu.numero)
    if cle is None:  # only a proof was added to what was said already
        return HttpResponseRedirect(get_adresse_preuve(code, indicateur, lieu.regard))
    return HttpResponseRedirect(reverse("declaration", args=[str(cle)]))


def is_corrigible(lieu: LieuDeSaisie, genre: type[Contenu], objet: str) -> bool:
    """By the account, and by the one in whose name it types."""
    return all(list_corrigibles(lieu.droits, m, genre, [objet]) for m in lieu.mandats)


def find_hors_de_portee(
    lieu: LieuDeSaisie, genre: type[Contenu], mots: Mapping[str, str]
) -> dict[str, str]:
    """The territoires that the form names and the account may not write on: told as those that nobody knows."""
    fautes: dict[str, str] = {}
    for colonne in ("situe", "dessert"):
        for texte in filter(None, map(str.strip, mots[colonne].split(SEPARATEUR.strip()))):
            code = texte.split()[0]
            if not lieu.can_write(genre.GENRE, (code,)):
                fautes.setdefault(colonne, f"territoire inconnu\u00a0: « {code} »")
    return fautes


def send(
    request: HttpRequest, lieu: LieuDeSaisie, genre: type[Contenu], mots: Mapping[str, str]
) -> Recu:
    """One write. Raises what `declare_enregistrement` does, and PieceRefusee."""
    textes = {nom: mot for nom, mot in mots.items() if nom not in {"vu", "constate", "pour"}}
    return declare_enregistrement(
        genre=genre,
        envoi=lieu.build_envoi(request),
        textes=textes | {"objet": mots["objet"] or name_objet(genre)},
        vu=parse_rangee(mots["vu"]),
        pieces=read_pieces(request),
        brouillon=get_adresse_de_brouillon(request),
    )


def build_mots(request: HttpRequest, lieu: LieuDeSaisie, dire: GenreADire) -> dict[str, str]:
    """A new thing of the territoire, today; or what was last said of the one that the address names."""
    aujourd_hui = {"le": lieu.vue.vu_le.isoformat(), "vu": "", "constate": "", "pour": ""}
    voulu = request.GET.get("objet", "")
    if not voulu:
        neuve = {**dire.mots, "situe": lieu.territoire.code, "objet": "", **aujourd_hui}
        return {**neuve, **read_brouillon(request)}
    registres, code = load_savoir().registres, lieu.territoire.code
    chose = find_chose(registres, lieu.vue, dire.genre, code, voulu)
    if chose is None or not is_corrigible(lieu, dire.genre, voulu):
        raise Http404
    vu = find_vu(dire.genre, voulu, lieu.vue.vu_le)
    dite = {**chose.mots, **aujourd_hui, "vu": "" if vu is None else str(vu)}
    return {**dite, **read_brouillon(request)}


def show_page(
    request: HttpRequest,
    lieu: LieuDeSaisie,
    dire: GenreADire,
    mots: Mapping[str, str],
    fautes: Mapping[str, str],
    **autres: object,
) -> HttpResponse:
    """The form; 422 when it was refused, so that no machine takes it for a success."""
    is_a_revoir = bool(fautes or autres.get("personnelles"))
    if is_a_revoir:
        keep_fichier(request)
    registres = load_savoir().registres
    can_read = partial(lieu.can_read, dire.genre.GENRE)
    suggestions = list_suggestions(registres, lieu.vue, dire.genre, can_read)
    choses = list_choses(registres, lieu.vue, dire.genre, lieu.territoire.code)
    objets = [chose.objet for chose in choses]
    siennes = list_corrigibles(lieu.droits, lieu.mandat, dire.genre, objets)
    contexte = build_contexte(request, lieu) | autres
    contexte |= {
        "libelle": dire.genre.LIBELLE,
        "formulaire": show_formulaire(dire.genre, mots, fautes, suggestions),
        "mots": mots,
        "fautes": fautes,
        "choses": []
        if mots["objet"]
        else [show_chose(lieu, dire, chose) for chose in choses if chose.objet in siennes],
    }
    return render_page(
        request, "web/enregistrer.html", contexte, status=422 if is_a_revoir else 200
    )


def show_chose(lieu: LieuDeSaisie, dire: GenreADire, chose: ChoseDite) -> tuple[str, str]:
    """(what it is, the address of its form)."""
    dits = list_details(chose.contenu, lieu.vue.dossier.referentiel)[:DETAILS_MAX]
    adresse = reverse(
        "enregistrer", args=[lieu.territoire.code, lieu.indicateur.code, dire.genre.GENRE]
    )
    return ", ".join(
        [*dits, f"au {format_date(chose.le)}"]
    ), f"{adresse}?{urlencode({'objet': chose.objet})}"
