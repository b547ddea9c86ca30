"""« Valider »: a queue, a choice for each line or for many, one write; nothing is accepted by a careless gesture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from types import MappingProxyType

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from quartiers.core.anomalie import DonneesRefusees
from quartiers.core.deux_personnes import Liees
from quartiers.core.droits import Droits, MandatConfie
from quartiers.core.enregistrement import Validation
from quartiers.core.motifs_de_renvoi import MOT_MAX, MOTIFS
from quartiers.reports.presentation.nombre import Decompte
from quartiers.reports.typographie import format_heure
from quartiers.storage.models import Ecriture, Examen
from quartiers.usecases import acces
from quartiers.usecases.acces import find_mandat_de_juge
from quartiers.usecases.annuler import ANNULEE, DELAI, TropTard, cancel_examens, is_a_temps
from quartiers.usecases.charger_dossier import MEMOIRE, load_savoir
from quartiers.usecases.compter_personnes import list_personnes
from quartiers.usecases.deleguer import find_liees
from quartiers.usecases.examiner import (
    PAR_LOT,
    ChoixDeLigne,
    LigneInconnue,
    LotExamine,
    RenvoiSansMotif,
    examine,
)
from quartiers.usecases.interroger import parse_rangee
from quartiers.usecases.lire_examens import GENRE
from quartiers.usecases.lire_piece import RESERVE, can_read
from quartiers.usecases.lister_attentes import (
    Cle,
    File,
    LigneEnAttente,
    PieceDeLigne,
    build_file,
    list_attentes,
    read_corrigees,
)
from quartiers.usecases.lister_contestations import list_a_trancher
from quartiers.usecases.nommer import list_noms_de_comptes
from quartiers.usecases.relire_declaration import parse_cle
from quartiers.web.adresses import get_adresse_preuve
from quartiers.web.consultation import get_droits, open_vue
from quartiers.web.horloge import read_moment_de_saisie, read_today
from quartiers.web.journal import PAS_A_SOI, note_refus
from quartiers.web.lieu_de_saisie import build_envoi
from quartiers.web.page import render_page
from quartiers.web.presentation.contestations_listees import (
    PageDesContestations,
    show_file_de_contestations,
)
from quartiers.web.presentation.valider import SANS_CHOIX, ChoixEnvoyes, Presentateur
from quartiers.web.regard import Regard

ACCEPTER, RENVOYER, PLUS_TARD = "accepter", "renvoyer", "plus_tard"
SANS_FAUTE: Mapping[str, str] = MappingProxyType({})
TOUTES, PROUVEES = "toutes", "prouvees"
"""What becomes of the lines that nobody touched."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def validate(request: HttpRequest) -> HttpResponse:
    """The queue of the account; for who may judge nothing, the page does not exist."""
    droits, mandat = open_juge(request)
    if request.method != "POST":
        return show_file(request, droits)
    choix, montrees = read_choix(request), request.POST.getlist("ligne")
    liees = load_liees(request)
    file = load_file(request, droits, liees)
    try:
        lot = examine(
            envoi=build_envoi(request, mandat),
            choix=list_choix(file, choix, montrees),
            droits=droits,
            liees=liees,
        )
    except RenvoiSansMotif as refus:
        fautes = {str(cle): faute for cle, faute in refus.fautes.items()}
        return show_file(request, droits, choix, fautes, status=422)
    except DonneesRefusees as refus:  # others decide of the same lines again and again
        messages.warning(request, str(refus))
        return show_file(request, droits, choix, status=409)
    except LigneInconnue:
        note_refus(request, motif=PAS_A_SOI)
        raise Http404 from None
    return follow(request, lot, list_disparues(file, montrees))


def open_juge(request: HttpRequest) -> tuple[Droits, MandatConfie]:
    """Of an account that may judge something, be it of its own organisme only; for any other, a 404.

    What it decides bears the organisme of that mandat.
    """
    load_savoir()  # territoires of today, which rights are judged on
    droits = get_droits(request)
    mandat = find_mandat_de_juge(droits)
    if mandat is None:
        raise Http404
    return droits, mandat


def load_file(request: HttpRequest, droits: Droits, liees: Liees) -> File:
    """What waits in the territoires of the account, in as many questions whatever their number."""
    codes = [t.code for t in acces.list_territoires(droits, MEMOIRE.get_actuels())]
    compte = request.user.pk or 0
    return build_file(
        list_attentes(codes, list_personnes),
        droits,
        list_personnes([compte])[compte],
        liees,
    )


def load_liees(request: HttpRequest) -> Liees:
    """Whom delegations link to the account: neither judges what the other declared."""
    return find_liees(request.user.pk or 0, read_today())


def read_choix(request: HttpRequest) -> ChoixEnvoyes:
    """As it was sent; a word that is none of ours is no choice."""
    lignes = {
        nom.removeprefix("l-"): (
            mot,
            request.POST.get(nom.replace("l-", "m-", 1), ""),
            request.POST.get(nom.replace("l-", "w-", 1), "").strip(),
        )
        for nom, mot in request.POST.items()
        if nom.startswith("l-") and mot in {ACCEPTER, RENVOYER, PLUS_TARD}
    }
    reste = request.POST.get("reste", PLUS_TARD)
    return ChoixEnvoyes(
        lignes,
        frozenset(request.POST.getlist("groupe")),
        reste if reste in {PROUVEES, TOUTES} else PLUS_TARD,
    )


def list_choix(file: File, choix: ChoixEnvoyes, montrees: Iterable[str]) -> list[ChoixDeLigne]:
    """What the form decides of the lines that its page showed: a line outweighs its declarant, he outweighs the page.

    A line that is no more in the queue is asked about too: the answer says that it moved.
    """
    en_file = {attente.cle: attente for attente in file.miennes}
    voulus = []
    for cle in filter(None, dict.fromkeys(map(parse_cle, montrees))):
        mot, motif, dit = choix.lignes.get(str(cle), ("", "", ""))
        if not mot and is_acceptee(en_file.get(cle), choix):
            mot = ACCEPTER
        if mot == ACCEPTER:
            voulus.append(ChoixDeLigne(cle, Validation.VALIDE))
        elif mot == RENVOYER:
            voulus.append(ChoixDeLigne(cle, Validation.REJETE, motif, dit))
    return voulus


def is_acceptee(attente: LigneEnAttente | None, choix: ChoixEnvoyes) -> bool:
    """A line that nobody touched is accepted with its declarant, or with the page."""
    if attente is None:
        return False
    if str(attente.declarant) in choix.groupes:
        return True
    return choix.reste == TOUTES or (choix.reste == PROUVEES and bool(attente.pieces))


def list_disparues(file: File, montrees: Iterable[str]) -> set[Cle]:
    """The lines that the page showed and that are no more before the account."""
    en_file = {attente.cle for attente in file.miennes}
    return {cle for cle in map(parse_cle, montrees) if cle is not None and cle not in en_file}


def follow(request: HttpRequest, lot: LotExamine, disparues: set[Cle]) -> HttpResponse:
    """Back to the queue, which says what was done; nothing chosen is nothing done."""
    if bougees := disparues.union(lot.bougees):
        messages.warning(request, say_bougees(len(bougees)))
    suite = "" if lot.recu.numero is None else f"?lot={lot.recu.numero}"
    return HttpResponseRedirect(reverse("valider") + suite)


def say_bougees(nombre: int) -> str:
    """What moved while the page was read is left as it is."""
    if nombre == 1:
        return "1 ligne a changé pendant votre lecture, ou n’est plus à vous de juger\u00a0: elle reste telle qu’elle est."
    return f"{nombre} lignes ont changé pendant votre lecture, ou ne sont plus à vous de juger\u00a0: elles restent telles qu’elles sont."


def show_file(
    request: HttpRequest,
    droits: Droits,
    choix: ChoixEnvoyes = SANS_CHOIX,
    fautes: Mapping[str, str] = SANS_FAUTE,
    status: int = 200,
) -> HttpResponse:
    """The queue, with the choices that were sent when they could not be kept."""
    file = load_file(request, droits, load_liees(request))
    jour = read_moment_de_saisie().date()
    regard = Regard(jour, jour)
    noms = list_noms_de_comptes({a.declarant for a in file.miennes})
    corrigees = read_corrigees([a.cle for a in file.miennes[:PAR_LOT]])
    link_preuve = partial(get_adresse_preuve, regard=regard)
    presentateur = Presentateur(
        open_vue(request, regard), noms, corrigees, link_preuve, partial(can_open, droits), fautes
    )
    contexte = {
        "page": presentateur.build(file, choix, PAR_LOT),
        "contestations": show_contestations(request, droits),
        "motifs": MOTIFS,
        "fautes": fautes,
        "mot_max": str(MOT_MAX),
        "delai": str(DELAI // timedelta(minutes=1)),
        "fait": find_lot(request),
    }
    return render_page(request, "web/valider.html", contexte, status=status)


def show_contestations(request: HttpRequest, droits: Droits) -> PageDesContestations:
    """The figures that somebody contests and that wait for an answer, those of this account first."""
    codes = [t.code for t in acces.list_territoires(droits, MEMOIRE.get_actuels())]
    jour = read_moment_de_saisie().date()
    vue = open_vue(request, Regard(jour, jour))
    compte = request.user.pk or 0
    return show_file_de_contestations(
        vue, list_a_trancher(codes, droits, compte, vue, load_liees(request))
    )


def can_open(droits: Droits, attente: LigneEnAttente, piece: PieceDeLigne) -> bool:
    """As the file itself is judged."""
    return can_read(droits, replace(attente.build_sujet(), visibilite=RESERVE), piece.compte)


@dataclass(frozen=True, slots=True)
class LotFait:
    """A lot of the account, as its next page tells it. `fin`: until when it may be taken back, empty when it may not."""

    numero: str
    validees: Decompte
    renvoyees: Decompte
    fin: str


def find_lot(request: HttpRequest) -> LotFait | None:
    """The lot that the address names, when it is one's own."""
    numero = parse_rangee(request.GET.get("lot", ""))
    ecriture = None if numero is None else find_siens(request, numero).first()
    if ecriture is None:
        return None
    examens = Examen.objects.filter(ecriture=ecriture, suivant__isnull=True).exclude(motif=ANNULEE)
    resultats = list(examens.order_by().values_list("resultat", flat=True))
    validees, renvoyees = (resultats.count(mot) for mot in (Validation.VALIDE, Validation.REJETE))
    if not validees + renvoyees:
        return None
    a_temps = is_a_temps(ecriture.saisi_le, read_moment_de_saisie())
    fin = format_heure(ecriture.saisi_le + DELAI) if a_temps else ""
    return LotFait(str(ecriture.numero), Decompte(validees), Decompte(renvoyees), fin)


def find_siens(request: HttpRequest, numero: int) -> QuerySet[Ecriture]:
    """The lot of that number, when the account made it."""
    return Ecriture.objects.filter(numero=numero, compte=request.user.pk, genre=GENRE)


@never_cache
@require_POST
def cancel_lot(request: HttpRequest, numero: int) -> HttpResponse:
    """The lines of one's own lot wait again; too late changes nothing, and somebody else's does not exist."""
    droits, mandat = open_juge(request)
    if not find_siens(request, numero).exists():
        raise Http404
    with suppress(TropTard):
        cancel_examens(envoi=build_envoi(request, mandat), numero=numero, droits=droits)
        messages.success(request, "Annulé\u00a0: ces lignes attendent de nouveau.")
    return HttpResponseRedirect(reverse("valider"))
