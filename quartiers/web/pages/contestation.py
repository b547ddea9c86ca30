"""One contest: what was shown, what was said, what followed; and the answer of who contested, when one is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quartiers.core.contestation import MOTIFS_DE_CONTESTATION, TEXTE_MAX, SuiteDeContestation
from quartiers.core.donnees_personnelles import retain
from quartiers.core.droits import MandatConfie
from quartiers.core.statut import Statut
from quartiers.pieces.admission import say_poids
from quartiers.pieces.piece import PieceRefusee
from quartiers.reports.presentation.chiffre import COUVERT, write_valeur
from quartiers.reports.presentation.pieces import PieceMontree
from quartiers.reports.typographie import format_date
from quartiers.storage.models import Contestation, Piece
from quartiers.usecases.charger_dossier import load_savoir
from quartiers.usecases.contester import find_affiche
from quartiers.usecases.deleguer import find_liees
from quartiers.usecases.lire_piece import build_sujet, can_read
from quartiers.usecases.lister_contestations import (
    ContestationOuverte,
    can_trancher,
    find_contestation,
    find_mandat_d_auteur,
    hide,
)
from quartiers.usecases.nommer import build_nommer_source
from quartiers.usecases.trancher import (
    ContestationBougee,
    ContestationIntrouvable,
    ReponseDite,
    complete,
    find_a_trancher,
)
from quartiers.web.adresses import get_adresse_piece
from quartiers.web.consultation import get_droits, open_vue
from quartiers.web.horloge import read_today
from quartiers.web.journal import PAS_A_SOI, note_refus
from quartiers.web.lieu_de_contestation import (
    build_contexte_conteste,
    build_regard_du_jour,
    name_mandat,
)
from quartiers.web.lieu_de_saisie import build_envoi
from quartiers.web.page import render_page
from quartiers.web.presentation.contestation import (
    say_etat,
    show_etapes,
    show_horloge,
    write_proposee,
)
from quartiers.web.preuves_envoyees import read_pieces
from quartiers.web.question_personnelle import CHAMP, QuestionPersonnelle, ask_personnelles
from quartiers.web.saisie_de_contestation import list_fautes_de_texte, read_mots

BOUGEE = "Cette contestation a bougé pendant votre lecture\u00a0: rien n’est ajouté."
LIBRES = {"reponse": "Réponse"}
"""The free texts of an answer."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show_contestation(request: HttpRequest, numero: int) -> HttpResponse:
    """Read by who reads the figure and what is declared of it; completed by who contested."""
    lue = get_contestation(request, numero)
    if request.method != "POST":
        return render_contestation(request, lue, {"reponse": ""}, {})
    if find_mandat(request, lue) is None:
        note_refus(request, motif=PAS_A_SOI)
        raise Http404
    mots = read_mots(request, ("reponse",))
    fautes = dict(list_fautes_de_texte("reponse", mots["reponse"], "écrivez votre réponse"))
    if fautes or ask_reponse(request, mots):
        return render_contestation(request, lue, mots, fautes)
    try:
        send_complement(request, lue, mots["reponse"])
    except PieceRefusee as refus:
        return render_contestation(request, lue, mots, {"preuve": str(refus)})
    except ContestationBougee:
        return render_contestation(request, lue, mots, {"reponse": BOUGEE}, status=409)
    except ContestationIntrouvable:
        note_refus(request, motif=PAS_A_SOI)
        raise Http404 from None
    return HttpResponseRedirect(reverse("contestation", args=[numero]))


def get_contestation(request: HttpRequest, numero: int) -> ContestationOuverte:
    """Missing and denied are the same 404; what is denied has its line."""
    load_savoir()  # rights are judged on the territoires that it holds
    droits = get_droits(request)
    lue = find_contestation(droits, numero)
    if lue is not None:
        vue = open_vue(request, build_regard_du_jour())
        conteste = vue.dossier.referentiel.get_indicateur(lue.rangee.indicateur)
        lue = None if conteste is None else hide(lue, droits, conteste, vue)
    if lue is None:
        note_absente(request, numero)
        raise Http404
    return lue


def note_absente(request: HttpRequest, numero: int) -> None:
    """A contest that exists and is not for this account has its line; one that does not has none."""
    territoires = Contestation.objects.filter(pk=numero).values_list("territoire", flat=True)
    for code in territoires:
        note_refus(request, code)


def send_complement(request: HttpRequest, lue: ContestationOuverte, texte: str) -> None:
    """One write, with its files. Raises what `complete` does."""
    mandat = find_mandat(request, lue)
    if mandat is None:
        raise ContestationIntrouvable(str(lue.numero))
    complete(
        envoi=build_envoi(request, mandat),
        dite=ReponseDite(
            lue.numero, SuiteDeContestation.COMPLEMENT, texte, name_mandat(mandat), "", {}
        ),
        droits=get_droits(request),
        pieces=read_pieces(request),
    )


def ask_reponse(request: HttpRequest, mots: Mapping[str, str]) -> QuestionPersonnelle | None:
    """Whether an answer seems to speak of a person, unless it was confirmed."""
    return ask_personnelles(mots, LIBRES, request.POST.get(CHAMP, ""))


def find_mandat(request: HttpRequest, lue: ContestationOuverte) -> MandatConfie | None:
    """By which the account answers what it is asked; None when that is for another one."""
    vue = open_vue(request, build_regard_du_jour())
    return find_mandat_d_auteur(get_droits(request), lue.rangee, vue)


def render_contestation(
    request: HttpRequest,
    lue: ContestationOuverte,
    mots: Mapping[str, str],
    fautes: Mapping[str, str],
    status: int = 0,
) -> HttpResponse:
    """The page, with what was typed when it could not be kept."""
    is_suspendue, personnelles = lue.contestation.is_suspendue, ask_reponse(request, mots)
    contexte = {
        **build_contexte_de_page(request, lue),
        "mots": mots,
        "fautes": fautes,
        "personnelles": personnelles,
        "texte_max": str(TEXTE_MAX),
        "poids_max": say_poids(settings.PIECE_OCTETS),
        "is_a_completer": is_suspendue and find_mandat(request, lue) is not None,
        "trancher": link_trancher(request, lue),
    }
    statut = status or (422 if fautes or personnelles else 200)
    return render_page(request, "web/contestation.html", contexte, status=statut)


def link_trancher(request: HttpRequest, lue: ContestationOuverte) -> str:
    """Where it is answered, for who may; nothing otherwise, or when there is nothing to answer now."""
    droits = get_droits(request)
    if lue.contestation.tranchee_le is not None or not can_trancher(droits, lue.rangee):
        return ""
    regard = build_regard_du_jour()
    liees = find_liees(request.user.pk or 0, read_today())
    _, is_empeche = find_a_trancher(droits, lue.numero, regard.connu_le, liees)
    return "" if is_empeche else reverse("trancher", args=[lue.numero])


def build_contexte_de_page(request: HttpRequest, lue: ContestationOuverte) -> dict[str, Any]:
    """What the pages about one contest say of it."""
    regard = build_regard_du_jour()
    vue = open_vue(request, regard)
    rangee = lue.rangee
    constat = find_affiche(vue, rangee.indicateur, rangee.territoire)
    if constat is None:
        raise Http404
    indicateur = constat.indicateur
    territoire = vue.territoires[rangee.territoire]
    jour = regard.connu_le
    is_des_parties = can_trancher(get_droits(request), rangee) or find_mandat(request, lue)
    read = str if is_des_parties else retain
    nommer = build_nommer_source(jour)
    return {
        **build_contexte_conteste(request, vue, regard, territoire, constat),
        "numero": str(lue.numero),
        "source": nommer(rangee.source),
        "source_affichee": rangee.source_affichee
        if can_trancher(get_droits(request), rangee)
        else "",
        "motif": MOTIFS_DE_CONTESTATION.get(rangee.motif, rangee.motif),
        "dit": read(rangee.dit),
        "proposee": "" if lue.proposee is None else write_valeur(indicateur, lue.proposee),
        "proposee_dite": write_proposee(indicateur, lue),
        "proposee_le": "" if rangee.jour is None else format_date(rangee.jour),
        "affichee": COUVERT if lue.is_secrete else write_valeur(indicateur, lue.affichee),
        "affichee_le": "" if rangee.jour_affiche is None else format_date(rangee.jour_affiche),
        "statut_affiche": Statut(rangee.statut_affiche),
        "faite_le": format_date(lue.contestation.depuis),
        "pieces": [show_piece(request, piece) for piece in lue.pieces],
        "etapes": [
            replace(etape, texte=read(etape.texte))
            for etape in show_etapes(indicateur, lue, nommer)
        ],
        "etat": say_etat(lue.contestation, jour),
        "horloge": None
        if lue.contestation.tranchee_le is not None
        else show_horloge(lue.contestation, jour),
    }


def show_piece(request: HttpRequest, piece: Piece) -> PieceMontree:
    """Its word alone for who may not open it: the name of a file tells as much as the file."""
    mot = str(Piece.Nature(piece.nature).label)
    ouverte = piece.fichier_id is not None and can_read(
        get_droits(request), build_sujet(piece), piece.ecriture.compte_id
    )
    if not ouverte:
        return PieceMontree(piece.nature, mot)
    return PieceMontree(piece.nature, mot, piece.nom, get_adresse_piece(piece.pk))
