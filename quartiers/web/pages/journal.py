"""« Journal » : who did what, when, among the accounts that the reader answers for; no content."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quartiers.core.dire import INSECABLE
from quartiers.reports.presentation.nombre import Ordre
from quartiers.reports.typographie import count, format_date
from quartiers.storage.models import Acte
from quartiers.usecases import acces
from quartiers.usecases.charger_dossier import MEMOIRE, load_savoir
from quartiers.usecases.lire_journal import (
    DemandeDuJournal,
    PageDuJournal,
    PorteeDuJournal,
    list_titulaires,
    open_portee,
    read_page,
)
from quartiers.web.consultation import build_regle, get_droits
from quartiers.web.horloge import read_today
from quartiers.web.page import render_page
from quartiers.web.presentation.journal import AILLEURS, Nommer, name_compte, show_actes
from quartiers.web.regard import DateImpossible, parse_jour

PERIODE = timedelta(days=6)
"""Seven days, today included, unless others are asked for."""


class FiltreImpossible(ValueError):  # noqa: N818 -- named in French like every noun of the product
    """A filter of the address that cannot be read; its text is for the reader."""


@never_cache
@require_safe
def show_journal(request: HttpRequest) -> HttpResponse:
    """The lines of some days; who may read none of it is answered as by a page that does not exist."""
    load_savoir()
    portee = get_portee(request)
    if portee is None:
        raise Http404
    titulaires = list_titulaires(portee)
    noms = {compte.pk: name_compte(compte) for compte in titulaires}
    today = read_today()
    refus = ""
    try:
        demande = read_demande(request, noms, today)
    except (DateImpossible, FiltreImpossible) as erreur:
        refus, demande = str(erreur), DemandeDuJournal(today - PERIODE, today)
    page = read_page(portee, demande)
    contexte = {
        "refus": refus,
        "phrase": write_phrase(page, demande),
        "jours": show_actes(page.actes, noms, build_nommer(request)),
        "plus_ancien": write_suite(demande, page.suite),
        "du": demande.du.isoformat(),
        "au": demande.au.isoformat(),
        "comptes": [(str(n), nom, n == demande.compte) for n, nom in noms.items()],
        "verbes": [(v, nom, v == demande.verbe) for v, nom in Acte.Verbe.choices],
        "tete": page.tete.condensat,
        "dernier": Ordre(page.tete.numero),
        "is_administrateur": portee.is_administrateur,
    }
    return render_page(request, "web/journal.html", contexte, status=400 if refus else 200)


def get_portee(request: HttpRequest) -> PorteeDuJournal | None:
    """What the account reads of the journal."""
    connus = MEMOIRE.get_actuels()
    mandats = get_droits(request).mandats
    return open_portee(mandats, lambda code: acces.list_tenants(connus, code), read_today())


def read_demande(request: HttpRequest, noms: dict[int, str], today: date) -> DemandeDuJournal:
    """The filters of the address. Raises DateImpossible or FiltreImpossible."""
    dits = {nom: request.GET.get(nom, "").strip() for nom in ("du", "au", "quoi", "qui", "avant")}
    au = parse_jour(dits["au"]) if dits["au"] else today
    du = parse_jour(dits["du"]) if dits["du"] else au - PERIODE
    if du > au:
        raise FiltreImpossible("Le premier jour est après le dernier.")
    if dits["quoi"] and dits["quoi"] not in Acte.Verbe.values:
        raise FiltreImpossible("Ce genre d’acte n’existe pas.")
    compte = read_nombre(dits["qui"])
    if compte is not None and compte not in noms:
        raise FiltreImpossible("Ce compte n’est pas de ceux dont vous lisez le journal.")
    return DemandeDuJournal(du, au, dits["quoi"], compte, read_nombre(dits["avant"]))


def read_nombre(texte: str) -> int | None:
    """A number of the address, that a column holds. Raises FiltreImpossible."""
    if not texte:
        return None
    if not (texte.isascii() and texte.isdigit() and len(texte) <= 18):
        raise FiltreImpossible("Ce numéro ne se lit pas.")
    return int(texte)


def build_nommer(request: HttpRequest) -> Nommer:
    """The name of a territoire that the reader may open; of the others, nothing."""
    connus, can_see = MEMOIRE.get_actuels(), build_regle(request)

    def name_territoire(code: str) -> str:
        is_ouvert = code in connus and can_see(code)
        return f"«{INSECABLE}{connus[code].nom}{INSECABLE}»" if is_ouvert else AILLEURS

    return name_territoire


def write_phrase(page: PageDuJournal, demande: DemandeDuJournal) -> str:
    """« 38 actes en 7 jours, par 9 comptes. 1 refus. »."""
    jours = count((demande.au - demande.du).days + 1, "jour")
    if not page.total:
        return f"Aucun acte du {format_date(demande.du)} au {format_date(demande.au)}."
    refus = f" {count(page.refus, 'refus', 'refus')}." if page.refus else " Aucun refus."
    return f"{count(page.total, 'acte')} en {jours}, par {count(page.comptes, 'compte')}.{refus}"


def write_suite(demande: DemandeDuJournal, suite: int | None) -> str:
    """The address of the lines that came before; empty at the first one."""
    if suite is None:
        return ""
    dits = {"du": demande.du, "au": demande.au, "quoi": demande.verbe, "qui": demande.compte or ""}
    return f"?{urlencode(dits | {'avant': suite})}"
