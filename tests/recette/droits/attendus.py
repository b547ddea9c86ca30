"""Who may be shown each word planted here, written by hand from domaine.md 3.1: anybody else who is has found a leak."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tests.recette.droits.monde import ICI, LA_BAS, REVOQUE, SANS_FACTEUR, VOISINE
from tests.recette.droits.table_des_routes import GROUPES
from tests.recette.outils import Echec

# The table says « own records » of an association: neither the field records nor the meetings of others.
_LISENT = GROUPES["lisent"]
_SIENS = frozenset({"association", VOISINE})
FICHES = _LISENT - _SIENS
NOMMANTS = GROUPES["voient_comptes"]
LECTEURS: Mapping[str, frozenset[str]] = {
    "plan": _LISENT,
    "fiches": FICHES,
    "fiche_d_une_association": FICHES | {"association"},
    "pieces": GROUPES["pieces"],
    "auteur": frozenset({"delegue"}),
    # The file that supports a contest: the State's reserve, and the commune that sent it.
    "soutiens": GROUPES["pieces"] | {"commune"},
    # The name of an organisme that declares: with its records, its source, and with its mandats.
    "organismes": _LISENT | NOMMANTS,
    "personne": frozenset(),
    # In whose name a figure is contested: with what a partner declares there.
    "conteste": FICHES | NOMMANTS | {SANS_FACTEUR},
    # Who answers for an account changes its address, or its holder.
    "tenants": GROUPES["tiennent"],
    # An invited one is seen by who names, in the scope.
    "comptes": NOMMANTS,
    # An organisme in whose name one may type, told to who may judge there what anybody says.
    "saisissent": NOMMANTS | {"delegue", "sous_prefet_ville", SANS_FACTEUR},
    # Whoever judges a line reads who said it; those of one organisme may delegate to one another.
    "prefecture": NOMMANTS | {"delegue", "sous_prefet_ville", REVOQUE, SANS_FACTEUR},
}
REGLES: tuple[tuple[str, str], ...] = (
    (r".*-courriel", "tenants"),
    (r"ici-essai-.*", "auteur"),
    (r"ici-importe-nom", "fiches"),
    (r"ici-brouillon-.*|ici-renvo.*|revoque-.*-identifiant", "auteur"),
    (r"ici-(pdf|photo)-.*", "pieces"),
    (r"ici-soutien-nom", "soutiens"),
    (r"ici-contestation-.*", "fiches"),
    (r"ici-commune-organisme", "conteste"),
    (r"ici-(valeur|forme|collegue|sous_prefet_ville)-(commentaire|employeur)", "fiches"),
    (r"ici-association-employeur", "fiche_d_une_association"),
    (r"sans_objet-.*|cible-.*", "plan"),
    (r"ici-prefecture-organisme|ici-association-organisme", "organismes"),
    (r"ici-(delegue|association)-(nom|fonction)|revoque-.*", "prefecture"),
    (r"ici-(prefet|sous_prefet_ville)-nom|sans_facteur-.*", "prefecture"),
    (r"(ici|association_voisine)-[a-z_]+-organisme", "saisissent"),
    (r"(ici|association_voisine|sans_mandat)-.*", "comptes"),
    (r"[a-z_]+-[a-z_]+", "fiches"),
)
"""The first that names a word says who may be shown it; a word of one's own is never a leak."""
JAMAIS = re.compile(
    r"la_bas-.*-courriel|ebauche-.*|cible-base_source|financement-objet"
    r"|ici-brouillon-commentaire"
)
"""No page shows them: an e-mail, the draft of a file that is of no organisme, what a form has no field for."""


def find_lecteurs(quoi: str) -> frozenset[str]:
    """By the name of a word."""
    if JAMAIS.fullmatch(quoi):
        return LECTEURS["personne"]
    for motif, groupe in REGLES:
        if re.fullmatch(motif, quoi):
            return LECTEURS[groupe]
    raise Echec(f"de personne : {quoi}")


def is_sien(quoi: str, nom: str) -> bool:
    """A word that stands for the reader himself: « ici delegue » and « ici-delegue-acte »."""
    return quoi.startswith(f"{nom.replace(' ', '-')}-")


def list_fuites(ou: str, role: str, nom: str, vus: Mapping[str, str]) -> list[str]:
    """What a reader was shown and should not have been. The words of over there are not judged by who is there."""
    dehors = LA_BAS if ou == ICI else ICI
    fuites = []
    for quoi, adresse in vus.items():
        if is_sien(quoi, nom) or (ou == LA_BAS and quoi.startswith(f"{LA_BAS}-")):
            continue
        is_partout = role in {"task_force", "administrateur"}
        is_dehors = ou == LA_BAS or quoi.startswith(f"{dehors}-")
        if not (is_partout if is_dehors else role in find_lecteurs(quoi)):
            fuites.append(f"{nom} a vu {quoi} à {adresse}")
    return fuites
