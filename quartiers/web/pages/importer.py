"""« Importer »: a file is sent and tried; the trial is read, then applied as it was read, or made again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from quartiers.core.anomalie import DonneesRefusees
from quartiers.core.essai_d_import import Risque
from quartiers.pieces.piece import PieceRefusee
from quartiers.reports.classeur import FORMATS
from quartiers.reports.presentation.nombre import Decompte
from quartiers.storage.models import EssaiDImport, SuiteDEssai
from quartiers.usecases.acces import can_see
from quartiers.usecases.appliquer import BaseBougee, DejaApplique, apply_essai
from quartiers.usecases.essayer import (
    LIGNES_MAX,
    FichierEnvoye,
    Tentative,
    find_bougees,
    say,
    try_fichier,
)
from quartiers.usecases.garder_essais import find_dernier, keep_essai, list_essais, read_contenu
from quartiers.usecases.lire_essais import open_lecteur
from quartiers.usecases.preparer import get_dernier
from quartiers.usecases.proposer_colonnes import propose_colonnes
from quartiers.usecases.retirer import RAISON_MAX
from quartiers.usecases.retirer_imports import ImportIrretirable, is_retirable, withdraw_import
from quartiers.web.adresses import get_adresse_preuve
from quartiers.web.atelier import PlacePrise
from quartiers.web.consultation import open_vue
from quartiers.web.horloge import read_moment_de_saisie
from quartiers.web.page import REVENIR_S, render_page
from quartiers.web.poste_d_import import (
    PosteDImport,
    build_envoi,
    find_sien,
    open_poste,
    read_recu,
    read_seul,
    reopen_fichier,
)
from quartiers.web.presentation.importer import (
    build_page,
    list_bougees,
    say_moment,
    show_import,
    show_imports,
)
from quartiers.web.regard import Regard

IMPORTS_MAX = 20
OCCUPE = "un autre fichier est en cours de lecture\u00a0: renvoyez le vôtre dans une demi-minute"
SANS_EN_TETE = (
    "Aucune colonne reconnue\u00a0: la ligne 1 contient peut-être des valeurs. Ajoutez les noms de colonnes du modèle, "
    "ou dites ce que chaque colonne contient."
)
SANS_MOTIF = "dites pourquoi"
NOMS_DE_FORMATS = [(forme, forme.upper()) for forme in FORMATS]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show_importer(request: HttpRequest) -> HttpResponse:
    """« Vos imports », and the form of a file; sent, it leads to its trial."""
    poste = open_poste(request)
    if request.method != "POST":
        return show_depot(request, poste, {})
    genre, organisme = request.POST.get("genre", ""), request.POST.get("organisme", "")
    if genre not in poste.genres:
        return show_depot(request, poste, {"genre": "choisissez ce que dit le fichier"})
    if organisme not in poste.organismes:
        organisme = poste.organismes[0]
    try:
        nom, octets = read_recu(request)
        garde = read_seul(partial(receive, request, poste, genre, organisme, nom, octets))
    except PieceRefusee as refus:
        return show_depot(request, poste, {"fichier": str(refus)})
    except DonneesRefusees as refus:
        return show_depot(request, poste, {"fichier": " ".join(map(say, refus.dites[:3]))})
    except PlacePrise:
        reponse = show_depot(request, poste, {"fichier": OCCUPE}, status=503)
        reponse.headers["Retry-After"] = str(REVENIR_S)
        return reponse
    return redirect(garde.pk)


def receive(
    request: HttpRequest,
    poste: PosteDImport,
    genre: str,
    organisme: str,
    nom: str,
    octets: bytes,
) -> EssaiDImport:
    """The columns as they were the last time, or as they seem; then the trial, kept."""
    ressort = poste.open_ressort(genre, organisme)
    envoi = build_envoi(request, genre, organisme, nom, octets)
    colonnes = open_lecteur(ressort, genre, envoi).colonnes
    trouvees = propose_colonnes(octets, nom, colonnes, organisme, genre)
    fichier = FichierEnvoye(genre, nom, octets, trouvees.lues, ressort, envoi)
    depuis = get_dernier()
    return keep_essai(fichier, try_fichier(fichier), trouvees.entete, depuis)


def redirect(numero: int) -> HttpResponseRedirect:
    """To the page of a trial."""
    return HttpResponseRedirect(reverse("essai", args=[numero]))


def show_depot(
    request: HttpRequest, poste: PosteDImport, fautes: Mapping[str, str], status: int = 422
) -> HttpResponse:
    """The form, with what was chosen and why it was refused."""
    contexte = {
        "genres": [
            (mot, dit, mot == request.POST.get("genre")) for mot, dit in poste.genres.items()
        ],
        "organismes": poste.organismes if len(poste.organismes) > 1 else (),
        "formats": NOMS_DE_FORMATS,
        "fautes": fautes,
        "lignes_max": Decompte(LIGNES_MAX),
        "imports": show_imports(list_essais(request.user.pk or 0, IMPORTS_MAX), is_retirable),
    }
    return render_page(request, "web/importer.html", contexte, status=status if fautes else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show_essai(request: HttpRequest, numero: int) -> HttpResponse:
    """What the file would do; sent back, what it does."""
    poste = open_poste(request)
    garde = find_sien(request, numero)
    if garde.genre not in poste.genres:
        raise Http404
    if request.method != "POST":
        return show_un_essai(request, poste, garde)
    if request.POST.get("condensat") != garde.condensat:
        raise Http404
    admis = frozenset(risque.value for risque in Risque if request.POST.get(risque.value))
    try:
        return read_seul(partial(apply_un_essai, request, poste, garde, admis))
    except PlacePrise:
        messages.warning(
            request,
            f"Pas encore appliqué\u00a0: {OCCUPE.replace('renvoyez le vôtre', 'recommencez')}.",
        )
    except DonneesRefusees as refus:
        messages.warning(request, f"Pas appliqué\u00a0: {refus}")
    return redirect(garde.pk)


def apply_un_essai(
    request: HttpRequest, poste: PosteDImport, garde: EssaiDImport, admis: frozenset[str]
) -> HttpResponse:
    """Then its page, which says what was done; when the base moved, that of the trial made again."""
    fichier = reopen_fichier(request, poste, garde)
    try:
        recu = apply_essai(garde=garde, fichier=fichier, condensat=garde.condensat, admis=admis)
    except DejaApplique:
        return redirect(garde.pk)
    except BaseBougee as bougee:
        return remake(request, garde, fichier, bougee.tentative, bougee.depuis)
    if recu.numero is None:
        messages.warning(request, "Rien à appliquer\u00a0: aucune ligne retenue ne change la base.")
    return redirect(garde.pk)


def remake(
    request: HttpRequest,
    garde: EssaiDImport,
    fichier: FichierEnvoye,
    tentative: Tentative,
    depuis: int,
) -> HttpResponse:
    """The trial made again in the place of the one that does not hold any more."""
    if tentative.essai.effets is None:
        tentative = try_fichier(fichier)
    entete = [nom for nom, _ in garde.colonnes]
    try:
        refait = keep_essai(fichier, tentative, entete, depuis, precedent=garde.pk)
    except PieceRefusee as refus:
        messages.warning(request, str(refus))
        return redirect(garde.pk)
    return redirect(refait.pk)


def show_un_essai(
    request: HttpRequest, poste: PosteDImport, garde: EssaiDImport, faute: str = ""
) -> HttpResponse:
    """The trial as it was made, and what became of it."""
    essai = read_contenu(garde)
    jour = read_moment_de_saisie().date()
    regard = Regard(jour, jour)

    def link_preuve(territoire: str, indicateur: str) -> str:
        is_ouvert = can_see(poste.droits, territoire)
        return get_adresse_preuve(territoire, indicateur, regard) if is_ouvert else ""

    suites = {suite.nature: suite for suite in garde.suites.all()}
    lues = [lue for _, lue in garde.colonnes if lue]
    contexte: dict[str, Any] = {
        "garde": garde,
        "numero": str(garde.pk),
        "libelle": poste.genres[garde.genre],
        "page": build_page(
            essai, open_vue(request, regard), link_preuve, request.GET.get("voir", "")
        ),
        "raisons": ([] if lues else [SANS_EN_TETE]) + list(essai.raisons) if essai.raisons else [],
        "avis": essai.avis,
        "comme_avant": find_comme_avant(garde),
        "colonnes": garde.colonnes,
        "lues": Decompte(len(lues)),
        "colonnes_en_tout": Decompte(len(garde.colonnes)),
        "formats": NOMS_DE_FORMATS,
        "empreinte": f"{garde.fichier_id[:4]} {garde.fichier_id[4:8]} … {garde.fichier_id[-4:]}",
        "fait": show_import(garde, is_retirable),
        "ecrit": build_ecrit(suites.get(SuiteDEssai.Nature.APPLIQUE)),
        "is_applique": SuiteDEssai.Nature.APPLIQUE in suites,
        "is_retire": SuiteDEssai.Nature.RETIRE in suites,
        "faute": faute,
        "motif_max": str(RAISON_MAX),
        **build_bougees(garde, essai, suites),
    }
    return render_page(request, "web/essai.html", contexte, status=422 if faute else 200)


def build_ecrit(suite: SuiteDEssai | None) -> dict[str, Decompte]:
    """What the write of a trial says of itself: its lines, what it is told by being no line of them."""
    if suite is None:
        return {}
    ecriture = suite.ecriture
    return {
        "ecrites": Decompte(ecriture.ajoutees - 1),
        "inchangees": Decompte(ecriture.inchangees),
        "dehors": Decompte(ecriture.ecartees),
    }


def find_comme_avant(garde: EssaiDImport) -> str:
    """When the same header was last applied and read the same way, before this trial; empty when it never was."""
    entete = [nom for nom, _ in garde.colonnes]
    dernier = find_dernier(garde.organisme, garde.genre, entete, avant=garde.pk)
    if dernier is None or dernier.colonnes != garde.colonnes:
        return ""
    return say_moment(dernier.fait_le)


def build_bougees(garde: EssaiDImport, essai: Any, suites: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ANN401 -- the trial
    """The lines that moved since the trial that this one takes the place of, under the same columns."""
    if suites or garde.precedent is None or garde.precedent.colonnes != garde.colonnes:
        return {}
    ancien = read_contenu(garde.precedent)
    bougees = find_bougees(essai, ancien)
    return {
        "bougees": list_bougees(bougees[:IMPORTS_MAX]),
        "bougees_en_tout": Decompte(len(bougees)),
        "avant_le": say_moment(garde.precedent.fait_le),
        "refait_le": say_moment(garde.fait_le),
    }


@never_cache
@require_POST
def take_import_back(request: HttpRequest, numero: int) -> HttpResponse:
    """All the lines of an import of one's own, with a motive; then its page."""
    poste = open_poste(request)
    garde = find_sien(request, numero)
    if garde.genre not in poste.genres:
        raise Http404
    motif = request.POST.get("motif", "").strip()[:RAISON_MAX]
    if not motif:
        return show_un_essai(request, poste, garde, faute=SANS_MOTIF)
    ressort = poste.open_ressort(garde.genre, garde.organisme)
    envoi = build_envoi(request, garde.genre, garde.organisme, garde.nom)
    try:
        _, reprise = withdraw_import(garde=garde, ressort=ressort, envoi=envoi, motif=motif)
    except (ImportIrretirable, DonneesRefusees):
        messages.warning(
            request,
            "Rien n’est retiré\u00a0: plus aucune ligne de cet import ne vaut, ou il l’est déjà.",
        )
        return redirect(garde.pk)
    if reprise.laissees:
        messages.warning(
            request,
            f"{len(reprise.laissees)} lignes corrigées ou renvoyées depuis restent telles qu’elles sont.",
        )
    return redirect(garde.pk)
