"""The address of each route on the object of here, on that of over there, on one that does not exist; what is sent there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.urls import reverse

from quartiers.storage.models import Contestation, EssaiDImport, Mandat
from quartiers.usecases.contester import find_affiche, open_vue_du_jour
from quartiers.usecases.lister_contestations import build_contestations
from quartiers.usecases.trancher import write_vu
from quartiers.web.horloge import read_today
from tests.recette.droits.canaris import (
    POSTES,
    VALEUR,
    Objets,
    build_poste,
    build_valeur,
    make_fichier,
)
from tests.recette.droits.monde import ABSENT, ICI, LA_BAS, LIEUX
from tests.recette.droits.table_des_routes import LigneDeRoute

OUS = (ICI, LA_BAS, ABSENT)
Arguments = Mapping[str, object]
Envoi = Mapping[str, object]
CODES_ABSENTS = {"quartier": "QC-FICTIF-INVENTE", "commune": "COM-99999", "departement": "DEP-99"}
AUCUN = 999_999
INVENTE = "x" * 43
ROLES = {
    # One may give the first, somewhere; the second is given by nobody of here; the third is none.
    "role_delegue": ("delegue", "administrateure", "rien"),
    "role_region": ("prefet_region", "administrateure", "rien"),
    "role_aucun": ("aucun", "administrateure", "rien"),
    "theme": ("04-presence", "", "rien"),
}
FORMES = ("csv", "json", "xlsx", "ods")
SANS_LA_BAS = frozenset({"jeton", "theme", "modele"})
LOURDS = frozenset({"papier_departement", "papier_quartier", "papier_preuve"})
"""What is made at length: asked by HEAD, made whole where its text is read."""


def get_code(genre: str, ou: str) -> str:
    """A territoire of a kind."""
    return CODES_ABSENTS[genre] if ou == ABSENT else LIEUX[genre][ou == LA_BAS]


def build_arguments(ligne: LigneDeRoute, ou: str, objets: Objets) -> Arguments:
    """What the route asks for."""
    quoi = ligne.objet
    if quoi in {"commune", "departement", "quartier"}:
        return {"code": get_code(quoi, ou)}
    if quoi in FORMES:
        return {"code": get_code("quartier", ou), "forme": quoi}
    if quoi in ROLES:
        nom = "theme" if quoi == "theme" else "role"
        return {nom: ROLES[quoi][OUS.index(ou)]}
    if quoi == "engagement":
        return {"code": get_code("quartier", ou), "engagement": "E06"}
    if quoi in {"preuve", "valeur", "chiffre"}:
        return {"code": get_code("quartier", ou), "indicateur": VALEUR}
    if quoi == "poste":
        return {"code": get_code("quartier", ou), "indicateur": POSTES, "genre": "poste"}
    if quoi == "modele":
        return {"genre": "releves" if ou == ICI else "rien", "forme": "csv"}
    if quoi == "jeton":
        return {"jeton": objets.jeton if ou == ICI else INVENTE}
    numeros = objets.numeros[quoi.removesuffix("_delegue")]
    numero = numeros.get(ou, AUCUN)
    if quoi == "declaration":
        return {"cle": f"releve-{numero}"}
    if quoi == "declaration_finie":
        return {"cle": f"enregistrement-{numero}"}
    return {"numero": numero, **({"role": "delegue"} if quoi == "compte_delegue" else {})}


def list_adresses(ligne: LigneDeRoute, objets: Objets) -> dict[str, str]:
    """By place; one alone for a page of no object."""
    if ligne.objet == "-":
        return {ICI: reverse(ligne.route)}
    ous = [ou for ou in OUS if ou != LA_BAS or ligne.objet not in SANS_LA_BAS]
    return {ou: reverse(ligne.route, kwargs=dict(build_arguments(ligne, ou, objets))) for ou in ous}


def build_nomination(_: str) -> Envoi:
    """Somebody new, or a mandat for somebody who is there."""
    return {
        "nom": "Quelqu’un", "fonction": "f", "courriel": "q@exemple.test", "acte": "lettre", "territoires": "QC-FICTIF-FONTAINE",
    }  # fmt: skip


def build_fin(_: str) -> Envoi:
    """Another last day."""
    return {"au": (read_today() + timedelta(days=20)).isoformat(), "acte": "lettre"}


def build_tranche(ou: str) -> Envoi:
    """The value stays; `vu`: what the page shows of it."""
    quartier = get_code("quartier", ou)
    rangee = Contestation.objects.filter(territoire=quartier).first()
    vu = ""
    if rangee is not None:
        constat = find_affiche(open_vue_du_jour(read_today()), rangee.indicateur, quartier)
        vu = write_vu(build_contestations([rangee])[0], constat)
    return {"suite": "gardee", "reponse": "Elle reste.", "vu": vu}


def build_import(_: str) -> Envoi:
    """A file of one value."""
    return {"genre": "releves", "fichier": make_fichier("envoi", 4, jours=20)}


def build_essai(ou: str) -> Envoi:
    """The trial as it was read."""
    essai = EssaiDImport.objects.filter(suites=None).order_by("pk")
    garde = essai.first() if ou == ICI else essai.last()
    return {"condensat": "" if garde is None else garde.condensat}


ENVOIS: Mapping[str, Callable[[str], Envoi]] = {
    "second_facteur": lambda _: {"geste": "preparer"},
    "inviter_role": build_nomination,
    "nommer": build_nomination,
    "changer_identite": build_nomination,
    "fermer_compte": lambda _: {"pour_toujours": "oui"},
    "changer_mandat": build_fin,
    "contester": lambda _: {"motif": "incomplet", "dit": "On le voit."},
    "contestation": lambda _: {"reponse": "La voici."},
    "trancher": build_tranche,
    "importer": build_import,
    "essai": build_essai,
    "retirer_import": lambda _: {"motif": "mauvais trimestre"},
    "declarer": lambda _: build_valeur("précision", jours=3),
    "enregistrer": lambda ou: build_poste(get_code("quartier", ou), "Employeur"),
}
"""What would be kept if it were admitted; the other routes are asked by their button alone."""


def build_envoi(ligne: LigneDeRoute, ou: str, compte: int) -> dict[str, object]:
    """What is sent by an account."""
    if ligne.route == "deleguer":
        sien = Mandat.objects.filter(compte=compte).values_list("pk", flat=True).first()
        return {"mandat": sien or AUCUN}
    build = ENVOIS.get(ligne.route)
    return {} if build is None else dict(build(ou))
