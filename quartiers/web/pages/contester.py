"""« Contester »: one gesture to say that a figure is wrong, the right value being optional; the statut does not move."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quartiers.core.anomalie import DonneesRefusees
from quartiers.core.contestation import DELAI_DE_REPONSE, MOTIFS_DE_CONTESTATION, TEXTE_MAX
from quartiers.core.dire import say_nombre
from quartiers.core.essai import list_essais
from quartiers.core.referentiel import GenreIndicateur
from quartiers.core.statut import LIBELLES
from quartiers.pieces.admission import say_poids
from quartiers.pieces.piece import PieceRefusee
from quartiers.reports.presentation.chiffre import get_etape, write_valeur
from quartiers.reports.presentation.nombre import Decompte
from quartiers.reports.typographie import lower_first
from quartiers.storage.models import Contestation
from quartiers.usecases.contester import ContestationDite, DejaContestee, contest
from quartiers.usecases.nommer import build_nommer_source
from quartiers.web.adresses import get_adresse_preuve
from quartiers.web.brouillons import (
    describe_brouillon,
    follow_brouillon,
    is_a_garder,
    keep_fichier,
    read_brouillon,
)
from quartiers.web.lieu_de_contestation import (
    LieuDeContestation,
    build_contexte_conteste,
    find_lieu_conteste,
)
from quartiers.web.lieu_de_saisie import build_envoi
from quartiers.web.page import render_page
from quartiers.web.pages.declarer import list_refus
from quartiers.web.portes import get_adresse_de_brouillon, keeping_envoi
from quartiers.web.preuves_envoyees import read_pieces
from quartiers.web.question_personnelle import CHAMP, QuestionPersonnelle, ask_personnelles
from quartiers.web.saisie_de_contestation import CHAMPS, SaisieDeContestation

LIBRES = {"dit": "Comment le savez-vous\u00a0?"}
"""The free texts of the form."""


@keeping_envoi
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contest_figure(request: HttpRequest, code: str, indicateur: str) -> HttpResponse:
    """The form, then what was contested; a refusal gives back all that was typed, with the reason above its field."""
    lieu = find_lieu_conteste(request, code, indicateur)
    if request.method != "POST":
        vides = dict.fromkeys(CHAMPS, "") | {"date": lieu.vue.vu_le.isoformat()}
        return show_formulaire(request, lieu, vides | read_brouillon(request), {})
    if is_a_garder(request):
        return follow_brouillon(request, get_adresse_preuve(code, indicateur, lieu.regard))
    saisie = SaisieDeContestation.read(request)
    fautes = dict(saisie.list_fautes(lieu.indicateur))
    if fautes or ask(request, saisie.mots):
        return show_formulaire(request, lieu, saisie.mots, fautes)
    try:
        recu = contest(
            envoi=build_envoi(request, lieu.mandat),
            dite=build_dite(request, lieu, saisie),
            pieces=read_pieces(request),
        )
    except PieceRefusee as refus:
        return show_formulaire(request, lieu, saisie.mots, {"preuve": str(refus)})
    except DonneesRefusees as refus:
        return show_formulaire(request, lieu, saisie.mots, list_refus(refus))
    except DejaContestee as deja:
        return show_formulaire(request, lieu, saisie.mots, {}, deja=deja.numero)
    numero = Contestation.objects.get(ecriture__numero=recu.numero or 0).pk
    return HttpResponseRedirect(reverse("contestation", args=[numero]))


def ask(request: HttpRequest, mots: Mapping[str, str]) -> QuestionPersonnelle | None:
    """Whether the words seem to speak of a person, unless they were confirmed."""
    return ask_personnelles(mots, LIBRES, request.POST.get(CHAMP, ""))


def build_dite(
    request: HttpRequest, lieu: LieuDeContestation, saisie: SaisieDeContestation
) -> ContestationDite:
    """What was typed, in the name of the organisme of the mandat."""
    return ContestationDite(
        indicateur=lieu.indicateur.code,
        territoire=lieu.territoire.code,
        motif=saisie.mots["motif"],
        dit=saisie.mots["dit"],
        source=lieu.source,
        textes=saisie.build_textes(lieu.indicateur, lieu.territoire.code, lieu.source),
        brouillon=get_adresse_de_brouillon(request),
    )


def show_formulaire(
    request: HttpRequest,
    lieu: LieuDeContestation,
    mots: Mapping[str, str],
    fautes: Mapping[str, str],
    deja: int | None = None,
) -> HttpResponse:
    """The form with what was typed; 422 when it was refused, 409 when the same organisme already contests it."""
    personnelles = ask(request, mots)
    if fautes or deja or personnelles:
        keep_fichier(request)
    genre = lieu.indicateur.genre
    contexte = {
        **build_contexte_conteste(request, lieu.vue, lieu.regard, lieu.territoire, lieu.constat),
        "mots": mots,
        "fautes": fautes,
        "personnelles": personnelles,
        "deja": "" if deja is None else reverse("contestation", args=[deja]),
        "motifs": MOTIFS_DE_CONTESTATION,
        "texte_max": str(TEXTE_MAX),
        "delai": Decompte(DELAI_DE_REPONSE),
        "source": build_nommer_source(lieu.regard.connu_le)(lieu.source),
        "is_part": genre is GenreIndicateur.PART,
        "etapes": list_etapes(lieu) if genre is GenreIndicateur.JALON else [],
        "effets": list_effets(lieu),
        "poids_max": say_poids(settings.PIECE_OCTETS),
        **describe_brouillon(request),
    }
    statut = 409 if deja else 422 if fautes or personnelles else 200
    return render_page(request, "web/contester.html", contexte, status=statut)


def list_etapes(lieu: LieuDeContestation) -> list[tuple[str, str]]:
    """The steps of a jalon: (what the form sends, its name)."""
    echelle = range(len(lieu.indicateur.echelle))
    return [(str(rang), get_etape(lieu.indicateur, rang)) for rang in echelle]


def list_effets(lieu: LieuDeContestation) -> list[str]:
    """« Avec 5 postes : en bonne voie. », for the values around the one shown that would change it."""
    if lieu.vue.is_secrete(lieu.indicateur, lieu.territoire.code):
        return []  # a statut beside each value would frame the one that is hidden
    contexte = lieu.vue.build_contexte(lieu.indicateur, lieu.territoire.code)
    essais = list_essais(contexte, lieu.constat, lieu.vue.vu_le, lieu.source)
    is_jalon = lieu.indicateur.genre is GenreIndicateur.JALON
    return [
        f"Avec {write_valeur(lieu.indicateur, e.valeur) if is_jalon else say_nombre(e.valeur)}"
        f"\u00a0: {lower_first(LIBELLES[e.constat.statut])}."
        for e in essais
        if e.valeur != lieu.constat.valeur
    ]
