"""The forms where one names: choose a rôle, invite somebody, give a mandat, change its end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import MAXYEAR, MINYEAR, date, timedelta
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from quartiers.core.jour_ecrit import JourRefuse, read_jour
from quartiers.core.territoire import Territoire
from quartiers.reports.typographie import lower_first
from quartiers.storage.models import Titulaire
from quartiers.usecases.donner_mandat import (
    Nomination,
    NominationRefusee,
    build_identite,
    change_mandat,
    find_mandat,
    give_mandats,
)
from quartiers.usecases.identite import AUTRE, Identite
from quartiers.usecases.interroger import parse_rangee
from quartiers.usecases.inviter import JOURS, CompteFerme
from quartiers.usecases.inviter_titulaire import invite_titulaire
from quartiers.usecases.nommant import MandatIntrouvable, Nommant, Role
from quartiers.usecases.tenir_comptes import list_comptes, list_lieux, list_organismes
from quartiers.web.comptes_en_vue import with_nommant
from quartiers.web.page import render_page
from quartiers.web.presentation.compte import name_territoire
from quartiers.web.presentation.comptes import name_titulaire, say_pouvoirs
from quartiers.web.presentation.recherche import TITRES

SANS_MANDAT = "aucun"
"""In an address, in the place of a rôle: an account that opens nothing yet."""
JOUR_ILLISIBLE = "écrivez un jour, comme 31/12/2027"
ANNEES = range(MINYEAR, MAXYEAR + 1)
LIBELLES = {
    "role": "Rôle",
    "mandat": "Mandat",
    "a": "À qui",
    "le": "À partir du",
    "nom": "Nom",
    "fonction": "Fonction",
    "courriel": "Courriel",
    "personne": "Même personne",
    "organisme": "Organisme",
    "territoires": "Où",
    "du": "Du",
    "au": "Au",
    "acte": "Acte qui nomme",
}
"""The fields of the forms, in their order."""


@require_safe
@with_nommant
def choose_role(request: HttpRequest, nommant: Nommant, numero: int = 0) -> HttpResponse:
    """Which rôle: those that one may give. `numero`: the account that receives it, a new one when it is 0."""
    tenu = find_tenu(nommant, numero) if numero else None
    route, args = ("nommer", [numero]) if numero else ("inviter_role", [])
    choix = [
        (role.label, say_pouvoirs(role.value), reverse(route, args=[*args, role.value]))
        for role in nommant.list_roles()
    ]
    if tenu is None and nommant.is_tenant_des_comptes:
        adresse = reverse(route, args=[SANS_MANDAT])
        choix.append(("Aucun rôle encore", "n’ouvre rien", adresse))
    contexte = {"tenu": tenu, "nom": name_titulaire(tenu) if tenu else "", "choix": choix}
    return render_page(request, "web/comptes_role.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
@with_nommant
def invite_quelqu_un(request: HttpRequest, nommant: Nommant, role: str) -> HttpResponse:
    """A new account, its mandats, and the link shown this once."""
    voulu = None if role == SANS_MANDAT else read_role(nommant, role)
    if voulu is None and not nommant.is_tenant_des_comptes:
        raise MandatIntrouvable
    fautes: dict[str, str] = {}
    homonymes: list[Titulaire] = []
    if request.method == "POST":
        identite = Identite(
            nom=read(request, "nom"),
            fonction=read(request, "fonction"),
            courriel=read(request, "courriel"),
            organisme=read(request, "organisme"),
            personne=read(request, "personne"),
        )
        nomination = read_nomination(request, voulu, fautes) if voulu else None
        try:
            check_lues(fautes)
            compte, jeton = invite_titulaire(
                nommant=nommant, identite=identite, nomination=nomination
            )
            return show_lien(request, nommant, compte, jeton)
        except NominationRefusee as refus:
            fautes |= refus.fautes
            homonymes = identite.list_homonymes(nommant)
    contexte = {
        **describe_formulaire(request, nommant, voulu, fautes),
        "homonymes": show_homonymes(homonymes),
        "nouveau": True,
        "titre": f"Inviter\u00a0: {voulu.label}" if voulu else "Ouvrir un compte",
    }
    return render_page(request, "web/comptes_nommer.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
@with_nommant
def give_un_mandat(request: HttpRequest, nommant: Nommant, numero: int, role: str) -> HttpResponse:
    """To an account in sight."""
    tenu, voulu = find_tenu(nommant, numero), read_role(nommant, role)
    fautes: dict[str, str] = {}
    homonymes: list[Titulaire] = []
    if request.method == "POST":
        nomination = read_nomination(request, voulu, fautes)
        try:
            check_lues(fautes)
            personne = read(request, "personne")
            give_mandats(nommant=nommant, compte=numero, nomination=nomination, personne=personne)
        except NominationRefusee as refus:
            fautes |= refus.fautes
            if "personne" in refus.fautes:
                homonymes = build_identite(tenu, nomination).list_homonymes(nommant)
        except CompteFerme:
            raise MandatIntrouvable from None
        else:
            messages.success(request, f"{name_titulaire(tenu)} est {lower_first(voulu.label)}.")
            return HttpResponseRedirect(reverse("comptes"))
    contexte = describe_formulaire(request, nommant, voulu, fautes)
    contexte["homonymes"] = show_homonymes(homonymes)
    titulaire = Titulaire.objects.filter(pk=numero).first()
    if titulaire is not None and titulaire.organisme:
        contexte["organismes"] = []  # an account belongs to one organisme
    titre = f"Nommer {name_titulaire(tenu)}\u00a0: {lower_first(voulu.label)}"
    return render_page(request, "web/comptes_nommer.html", {**contexte, "titre": titre})


@require_http_methods(["GET", "HEAD", "POST"])
@with_nommant
def change_un_mandat(request: HttpRequest, nommant: Nommant, numero: int) -> HttpResponse:
    """Another last day, by another act; or its end now, which is another button."""
    mandat = find_mandat(nommant, numero)
    fautes: dict[str, str] = {}
    nom = name_titulaire(mandat.compte)
    if request.method == "POST":
        au = read_date(request, "au", fautes)
        try:
            check_lues(fautes)
            change_mandat(nommant=nommant, numero=numero, au=au, acte=read(request, "acte"))
        except NominationRefusee as refus:
            fautes |= refus.fautes
        else:
            messages.success(request, f"Le mandat de {nom} est changé.")
            return HttpResponseRedirect(reverse("comptes"))
    fin = mandat.au.isoformat() if mandat.au else ""
    contexte = {
        "nom": nom,
        "mandat": mandat,
        "role": Role(mandat.role).label,
        "ou": name_territoire(mandat.territoire, nommant.territoires),
        "acte_actuel": mandat.acte,
        "saisie": {"au": request.POST.get("au", fin), "acte": request.POST.get("acte", "")},
        **describe_fautes(fautes),
    }
    return render_page(request, "web/comptes_changer.html", contexte)


def show_homonymes(homonymes: Iterable[Titulaire]) -> list[tuple[str, str, str]]:
    """Who may be the same person: number, name, function."""
    return [(str(t.pk), t.nom, t.fonction) for t in homonymes]


def show_lien(request: HttpRequest, nommant: Nommant, compte: User, jeton: str) -> HttpResponse:
    """The link, to be handed over: in this answer and nowhere else, neither on the foot of a sheet."""
    contexte = {
        "nom": name_titulaire(compte),
        "identifiant": compte.get_username(),
        "lien": request.build_absolute_uri(reverse("invitation", args=[jeton])),
        "dernier_jour": nommant.jour + timedelta(days=JOURS),
    }
    return render_page(request, "web/comptes_lien.html", contexte)


# ──────── Reading the forms ────────


def find_tenu(nommant: Nommant, numero: int) -> User:
    """An account in sight that is not one's own. Raises MandatIntrouvable."""
    if numero not in list_comptes(nommant) or nommant.is_la_personne_de(numero):
        raise MandatIntrouvable
    return User.objects.select_related("titulaire").get(pk=numero)


def read_role(nommant: Nommant, role: str) -> Role:
    """One that may be given. Raises MandatIntrouvable."""
    for donne in nommant.list_roles():
        if donne.value == role:
            return donne
    raise MandatIntrouvable


def read(request: HttpRequest, champ: str) -> str:
    """What was typed."""
    dit: str = request.POST.get(champ, "")
    return dit.replace("\0", "").strip()


def read_numero(texte: str) -> int:
    """A number of a list; 0, which is nothing's, when it is none."""
    return parse_rangee(texte) or 0


def read_date(request: HttpRequest, champ: str, fautes: dict[str, str]) -> date | None:
    """A day, or none; what cannot be read is a fault."""
    dit = read(request, champ)
    if not dit:
        return None
    jour = parse_jour(dit)
    if jour is None:
        fautes[champ] = JOUR_ILLISIBLE
    return jour


def parse_jour(texte: str) -> date | None:
    """A day, however it is written; None when it cannot be read."""
    try:
        return read_jour(texte.strip(), ANNEES)
    except JourRefuse:
        return None


def read_nomination(request: HttpRequest, role: Role, fautes: dict[str, str]) -> Nomination:
    """The mandat of a form."""
    return Nomination(
        role=role.value,
        territoires=tuple(dict.fromkeys(request.POST.getlist("territoires"))),
        organisme=read(request, "organisme"),
        du=read_date(request, "du", fautes),
        au=read_date(request, "au", fautes),
        acte=read(request, "acte"),
    )


def check_lues(fautes: Mapping[str, str]) -> None:
    """Raises NominationRefusee when something of the form could not be read."""
    if fautes:
        raise NominationRefusee(dict(fautes))


def describe_formulaire(
    request: HttpRequest, nommant: Nommant, role: Role | None, fautes: dict[str, str]
) -> dict[str, Any]:
    """What the form shows: what may be chosen, what was typed, what is wrong."""
    lieux = list_lieux(nommant, role) if role else []
    coches = set(request.POST.getlist("territoires")) or {request.GET.get("ou", "")}
    organismes = list_organismes(nommant)
    seul = next(iter(organismes)) if len(organismes) == 1 else ""
    return {
        "role": role,
        "pouvoirs": say_pouvoirs(role.value) if role else "",
        "groupes": [
            (titre, [(t.code, t.nom, t.code in coches) for t in siens])
            for titre, siens in groupby(lieux, get_titre)
        ],
        "organismes": list(organismes.items()),
        "saisie": {champ: request.POST.get(champ, "") for champ in LIBELLES}
        | {"organisme": request.POST.get("organisme", seul)},
        "homonymes": [],
        "autre": AUTRE,
        "nouveau": False,
        **describe_fautes(fautes),
    }


def get_titre(territoire: Territoire) -> str:
    """The heading of its kind."""
    return TITRES[territoire.genre]


def describe_fautes(fautes: dict[str, str]) -> dict[str, Any]:
    """The faults by field, and their list in the order of the form."""
    dites = [(champ, LIBELLES[champ], fautes[champ]) for champ in LIBELLES if champ in fautes]
    return {"fautes": dict.fromkeys(LIBELLES, "") | fautes, "a_reprendre": dites}
