"""Acts in words: names come from the accounts, and from the territoires that the reader may open, never from the line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.contrib.auth.models import User

from quartiers.core.dire import INSECABLE
from quartiers.core.enregistrement import Validation
from quartiers.core.horaires import JOURS
from quartiers.core.temps import PARIS
from quartiers.reports.presentation.nombre import Ordre
from quartiers.reports.typographie import count, format_date, format_heure
from quartiers.storage.models import Acte, Mandat
from quartiers.usecases.trancher import GESTE as TRANCHER
from quartiers.web.journal import PAS_A_SOI, SANS_FACTEUR

AILLEURS = "un autre territoire"
FICHIERS = {"exporter": "le tableau de", "papier_preuve": "la preuve imprimée de"}
Nommer = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class ActeMontre:
    """One line of the page. `qui` is empty when nobody is known to have acted."""

    numero: Ordre
    heure: str
    qui: str
    dit: str
    is_refus: bool


@dataclass(frozen=True, slots=True)
class JourDuJournal:
    """The acts of one day."""

    jour: str
    actes: tuple[ActeMontre, ...]


def name_compte(compte: User) -> str:
    """As its holder is called; a closed account has a number alone."""
    if not compte.is_active:
        return f"Compte fermé n°{INSECABLE}{compte.pk}"
    return compte.get_full_name() or compte.get_username()


def show_actes(
    actes: Iterable[Acte], noms: Mapping[int, str], name_territoire: Nommer
) -> list[JourDuJournal]:
    """By day, in the order given; the order of the lines is that of their numbers."""
    jours = groupby(actes, key=lambda acte: acte.le.astimezone(PARIS).date())
    return [
        JourDuJournal(
            f"{JOURS[jour.weekday()].capitalize()} {format_date(jour)}",
            tuple(show_acte(acte, noms, name_territoire) for acte in du_jour),
        )
        for jour, du_jour in jours
    ]


def show_acte(acte: Acte, noms: Mapping[int, str], name_territoire: Nommer) -> ActeMontre:
    """One line, in words."""
    vise = name(acte.vise, noms)
    return ActeMontre(
        numero=Ordre(acte.numero),
        heure=format_heure(acte.le),
        qui="" if acte.compte is None else name(acte.compte, noms),
        dit=say(acte, vise, name_territoire),
        is_refus=acte.verbe == Acte.Verbe.REFUS,
    )


def say(acte: Acte, vise: str, name_territoire: Nommer) -> str:
    """What was done, in words."""
    if acte.verbe == Acte.Verbe.REFUS:
        return say_refus(acte, name_territoire)
    if acte.verbe == Acte.Verbe.EXPORT:
        return say_export(acte, name_territoire)
    if acte.verbe == Acte.Verbe.CONNEXION and acte.objet != "invitation":
        return "s’est connecté."
    if acte.verbe == Acte.Verbe.LECTURE_DE_PIECE:
        return "a ouvert une pièce."
    if acte.verbe == Acte.Verbe.VALIDATION and acte.objet == TRANCHER:
        return "a tranché une contestation."
    if acte.verbe == Acte.Verbe.VALIDATION and acte.objet in JUGEMENTS:
        return f"{JUGEMENTS[acte.objet]}{INSECABLE}: {', '.join(list_resultats(acte))}."
    return say_geste(acte, vise)


def name(numero: int | None, noms: Mapping[int, str]) -> str:
    """The name of an account that the reader may see; its number otherwise."""
    return "" if numero is None else noms.get(numero, f"Compte n°{INSECABLE}{numero}")


def say_refus(acte: Acte, name_territoire: Nommer) -> str:
    """What was refused."""
    route, *codes = acte.objet.split(" ")
    if acte.detail.get("motif") in MOTIFS:
        return MOTIFS[acte.detail["motif"]]
    if route in REFUSES:
        return REFUSES[route]
    if codes:
        return f"a demandé {name_territoire(codes[0])}, qui n’est pas dans ses territoires."
    return f"a envoyé un formulaire refusé{INSECABLE}; rien n’a changé."


def say_export(acte: Acte, name_territoire: Nommer) -> str:
    """Which file left."""
    route, *codes = acte.objet.split(" ")
    quoi = FICHIERS.get(route, "le papier de")
    forme = codes[1].upper() if route == "exporter" and len(codes) > 1 else "PDF"
    return f"a emporté {quoi} {name_territoire(codes[0]) if codes else AILLEURS} ({forme})."


def list_resultats(acte: Acte) -> Iterator[str]:
    """« 3 validées », « 1 renvoyée »."""
    for resultat, (une, plusieurs) in RESULTATS.items():
        nombre = acte.detail.get(resultat.value, 0)
        if nombre:
            yield count(nombre, une, plusieurs)


def say_geste(acte: Acte, vise: str) -> str:
    """On one's own account, by somebody on another's, or on another's by a command of the host."""
    sien, par, sur = GESTES.get((acte.verbe, acte.objet), ("", "", ""))
    modele = sien if not vise else sur if acte.compte is None else par
    role = acte.detail.get("role", "")
    libelle = Mandat.Role(role).label if role in Mandat.Role.values else "sans rôle"
    if modele:
        return modele.format(vise=vise, role=libelle)
    autre = Acte.Verbe(acte.verbe).label
    return f"{autre}{INSECABLE}: {vise}." if vise else f"{autre}."


REFUSES = {
    "connexion": "Un identifiant ou un mot de passe était faux.",
    "second_facteur_connexion": "n’a pas donné le bon code.",
    "second_facteur": "n’a pas donné le bon code.",
    "mot_de_passe": "n’a pas donné son mot de passe actuel.",
}
MOTIFS = {
    SANS_FACTEUR: f"a envoyé un formulaire sans second facteur{INSECABLE}; rien n’a changé.",
    PAS_A_SOI: f"a voulu juger ou redire ce qui n’est pas à son compte{INSECABLE}; rien n’a changé.",
}
"""Why a form was refused, when its route does not say it."""
JUGEMENTS = {
    "examiner": "a jugé des déclarations",
    "annuler": "est revenu sur ses décisions",
}
RESULTATS = {
    Validation.VALIDE: ("validée", "validées"),
    Validation.REJETE: ("renvoyée", "renvoyées"),
    Validation.SOUMIS: ("remise en attente", "remises en attente"),
}
GESTES = {
    ("connexion", "invitation"): ("s’est connecté par un lien.", "", ""),
    ("deconnexion", "deconnexion"): ("s’est déconnecté.", "", ""),
    ("droits", "creer"): ("", "a ouvert le compte de {vise}, {role}.", "Compte ouvert pour {vise}, {role}."),
    ("droits", "nommer"): ("", "a donné un mandat à {vise}, {role}.", "Mandat donné à {vise}, {role}."),
    ("droits", "changer_mandat"): ("", "a changé un mandat de {vise}.", "Mandat de {vise} changé."),
    ("droits", "mettre_fin"): ("", "a mis fin à un mandat de {vise}.", "Mandat de {vise} fini."),
    ("droits", "deleguer"): ("", "a délégué un mandat à {vise}.", "Mandat délégué à {vise}."),
    ("droits", "finir_delegation"): ("", "a mis fin à la délégation de {vise}.", "Délégation de {vise} finie."),
    ("droits", "transmettre"): ("", "a transmis ce que tient {vise}.", "Transmission de ce que tient {vise}."),
    ("droits", "annuler_transmission"): (
        "",
        "a annulé la transmission de ce que tient {vise}.",
        "Transmission de ce que tient {vise} annulée.",
    ),
    ("droits", "appliquer_transmission"): ("", "", "Ce que tenait {vise} est passé à qui prend sa suite."),
    ("droits", "identite"): ("", "a changé le nom, la fonction ou le courriel de {vise}.", "Nom, fonction ou courriel de {vise} changé."),
    ("droits", "courriel"): ("a changé son courriel.", "", ""),
    ("invitation", "revoquer"): ("", "a fermé le lien d’entrée de {vise}.", "Lien d’entrée de {vise} fermé."),
    ("invitation", "inviter"): ("", "a donné un lien d’entrée à {vise}.", "Lien d’entrée donné à {vise}."),
    ("invitation", "entrer"): ("a choisi son mot de passe par un lien.", "", ""),
    ("mot_de_passe", "changer"): ("a changé son mot de passe.", "", ""),
    ("second_facteur", "mettre"): ("a mis en place son second facteur.", "", ""),
    ("second_facteur", "renouveler"): ("a changé ses codes de secours.", "", ""),
    ("second_facteur", "retirer"): (
        "a retiré son second facteur.",
        "a retiré le second facteur de {vise}.",
        "Second facteur retiré à {vise}.",
    ),
    ("fermeture", "fermer"): ("", "a fermé un compte, {vise}.", "Fermeture d’un compte, {vise}."),
}  # fmt: skip
"""(one's own account, somebody on another's, the host on another's) by verb and gesture."""
