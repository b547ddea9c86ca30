"""« Trancher »: both values side by side, one choice and its reason; never by who contested, nor by who declared."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quartiers.core.anomalie import DonneesRefusees
from quartiers.core.constat import Constat
from quartiers.core.contestation import TEXTE_MAX, SuiteDeContestation
from quartiers.core.droits import PARTENAIRES, MandatConfie, Sujet, Verbe
from quartiers.core.essai import evaluate_retenue
from quartiers.core.referentiel import GenreIndicateur
from quartiers.core.statut import Statut
from quartiers.core.vue import Vue
from quartiers.reports.presentation.chiffre import get_etape, write_valeur
from quartiers.usecases.acces import keep_mandat
from quartiers.usecases.charger_dossier import load_savoir
from quartiers.usecases.contester import find_affiche
from quartiers.usecases.deleguer import find_liees
from quartiers.usecases.lister_contestations import ContestationOuverte
from quartiers.usecases.lister_formes import list_formes
from quartiers.usecases.nommer import build_nommer_source
from quartiers.usecases.trancher import (
    ContestationBougee,
    ContestationIntrouvable,
    ReponseDite,
    answer,
    can_write_releve,
    find_a_trancher,
    get_rang,
    write_vu,
)
from quartiers.web.consultation import get_droits, open_vue
from quartiers.web.horloge import read_today
from quartiers.web.journal import PAS_A_SOI, note_refus
from quartiers.web.lieu_de_contestation import build_regard_du_jour, name_mandat
from quartiers.web.lieu_de_saisie import build_envoi, link_declaration
from quartiers.web.page import render_page
from quartiers.web.pages.contestation import ask_reponse, build_contexte_de_page, note_absente
from quartiers.web.pages.declarer import list_refus
from quartiers.web.saisie_de_contestation import (
    CHAMPS_DE_REPONSE,
    SaisieDeReponse,
    build_textes,
)

BOUGEE = "Cette contestation, ou ce chiffre, a bougé pendant votre lecture\u00a0: rien n’est encore tranché."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, numero: int) -> HttpResponse:
    """The form, then the contest with its answer. Not one's to decide is missing; already decided leads to its page."""
    lue, constat = get_a_trancher(request, numero)
    if lue.contestation.tranchee_le is not None:
        return HttpResponseRedirect(reverse("contestation", args=[numero]))
    if request.method != "POST":
        vides = dict.fromkeys(CHAMPS_DE_REPONSE, "")
        return show_formulaire(request, lue, constat, vides, {})
    saisie = SaisieDeReponse.read(request)
    admises = frozenset(suite for suite, *_ in list_choix(lue, constat))
    fautes = dict(saisie.list_fautes(constat.indicateur, admises))
    if fautes or saisie.suite is None or ask_reponse(request, saisie.mots):
        return show_formulaire(request, lue, constat, saisie.mots, fautes)
    try:
        send(request, lue, constat, saisie, saisie.suite)
    except DonneesRefusees as refus:
        return show_formulaire(request, lue, constat, saisie.mots, list_refus(refus))
    except ContestationBougee:
        messages.warning(request, BOUGEE)
        return show_formulaire(request, lue, constat, saisie.mots, {}, status=409)
    except ContestationIntrouvable:
        note_refus(request, motif=PAS_A_SOI)
        raise Http404 from None
    return HttpResponseRedirect(reverse("contestation", args=[numero]))


def get_a_trancher(request: HttpRequest, numero: int) -> tuple[ContestationOuverte, Constat]:
    """For who may decide there, two persons apart; for anybody else, a 404 and its line when it exists."""
    load_savoir()  # rights are judged on the territoires that it holds
    regard = build_regard_du_jour()
    liees = find_liees(request.user.pk or 0, read_today())
    try:
        lue, is_empeche = find_a_trancher(get_droits(request), numero, regard.connu_le, liees)
    except ContestationIntrouvable:
        note_absente(request, numero)
        raise Http404 from None
    constat = find_affiche(open_vue(request, regard), lue.rangee.indicateur, lue.rangee.territoire)
    if is_empeche or constat is None:
        note_refus(request, lue.rangee.territoire, motif=PAS_A_SOI)
        raise Http404
    return lue, constat


def find_mandat_de_tranche(request: HttpRequest, code: str) -> MandatConfie:
    """That by which the account judges there: the answer is given in its name."""
    droits = get_droits(request)
    sujet = Sujet("releve", (code,), visibilite=PARTENAIRES)
    siens = (m for m in droits.mandats if keep_mandat(droits, m).can(Verbe.VALIDER, sujet))
    mandat = next(siens, None)
    if mandat is None:
        raise ContestationIntrouvable(code)
    return mandat


def send(
    request: HttpRequest,
    lue: ContestationOuverte,
    constat: Constat,
    saisie: SaisieDeReponse,
    suite: SuiteDeContestation,
) -> None:
    """One write. Raises what `answer` does."""
    code = lue.rangee.territoire
    mandat = find_mandat_de_tranche(request, code)
    source = name_mandat(mandat)
    textes: dict[str, str] = {}
    if suite is SuiteDeContestation.AUTRE:
        jour = lue.rangee.jour or build_regard_du_jour().vu_le
        dites = build_textes(saisie.mots, constat.indicateur, code, source)
        textes = dites | {"date": jour.isoformat()}
    answer(
        envoi=build_envoi(request, mandat),
        dite=ReponseDite(
            lue.numero, suite, saisie.mots["reponse"], source, saisie.mots["vu"], textes
        ),
        droits=get_droits(request),
        liees=find_liees(request.user.pk or 0, read_today()),
    )


def list_choix(
    lue: ContestationOuverte, constat: Constat
) -> list[tuple[SuiteDeContestation, str, str]]:
    """(choice, value, words) that the page shows: a value is written where the figure itself is declared."""
    indicateur = constat.indicateur
    qui = build_nommer_source(build_regard_du_jour().connu_le)(lue.rangee.source)
    affichee = write_valeur(indicateur, constat.valeur)
    choix = [(SuiteDeContestation.GARDEE, affichee, "celle affichée aujourd’hui")]
    if lue.proposee is not None:
        proposee = write_valeur(indicateur, lue.proposee)
        choix.append((SuiteDeContestation.RETENUE, proposee, f"celle de {qui}"))
    if can_write_releve(indicateur):
        choix.append((SuiteDeContestation.AUTRE, "", "Une autre valeur"))
    elif lue.proposee is None:
        choix.append((SuiteDeContestation.RETENUE, "", "L’erreur est réelle, sans valeur dite"))
    if not lue.contestation.is_suspendue:
        piece = f"Demander une pièce à {qui} (le délai s’arrête)"
        choix.append((SuiteDeContestation.PIECE, "", piece))
    return choix


def find_effet(vue: Vue, lue: ContestationOuverte, constat: Constat) -> Statut | None:
    """The statut that the value proposed would give; None when none is proposed, or when it would not be written."""
    if lue.proposee is None or lue.rangee.jour is None or not can_write_releve(constat.indicateur):
        return None
    contexte = vue.build_contexte(constat.indicateur, constat.territoire)
    rang = get_rang(SuiteDeContestation.RETENUE)
    dite = (lue.proposee, lue.rangee.jour, lue.rangee.source)
    return evaluate_retenue(contexte, *dite, rang).statut


def show_formulaire(
    request: HttpRequest,
    lue: ContestationOuverte,
    constat: Constat,
    mots: Mapping[str, str],
    fautes: Mapping[str, str],
    status: int = 0,
) -> HttpResponse:
    """The form with what was typed; 422 when it was refused."""
    vue = open_vue(request, build_regard_du_jour())
    indicateur, personnelles = constat.indicateur, ask_reponse(request, mots)
    territoire = vue.territoires[constat.territoire]
    is_ecrite = can_write_releve(indicateur)
    contexte = {
        **build_contexte_de_page(request, lue),
        "mots": mots,
        "fautes": fautes,
        "personnelles": personnelles,
        "vu": write_vu(lue, constat),
        "choix": [(suite.value, valeur, dit) for suite, valeur, dit in list_choix(lue, constat)],
        "effet": find_effet(vue, lue, constat),
        "texte_max": str(TEXTE_MAX),
        "is_part": indicateur.genre is GenreIndicateur.PART,
        "echelle": [(str(r), get_etape(indicateur, r)) for r in range(len(indicateur.echelle))]
        if indicateur.genre is GenreIndicateur.JALON
        else [],
        "unite": indicateur.unite,
        "enregistrer": ""
        if is_ecrite or not list_formes(indicateur, territoire)
        else link_declaration(indicateur, territoire),
        "is_ecrite": is_ecrite,
    }
    statut = status or (422 if fautes or personnelles else 200)
    return render_page(request, "web/trancher.html", contexte, status=statut)
