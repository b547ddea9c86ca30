"""Who gets what from each route, written by hand from domaine.md 3.1: a route that is not here fails the program.

One line per route and object. For each method: what it answers, and to whom; all others get the answer of a page that
does not exist, and nobody signed in, the sign-in page. The object of here is inside; that of over there and the absent
one get the same 404, unless the rôle is told to be at home everywhere (`PARTOUT`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.recette.droits.monde import ANONYME, REVOQUE, SANS_MANDAT, TERRITOIRES, VOISINE
from tests.recette.outils import Echec

DEPARTEMENT = """
prefet sous_prefet_ville prefet_region task_force recteur procureur police gendarmerie service_etat
conseil_departemental conseil_regional
"""
DECLARENT = """
sous_prefet_ville delegue recteur police gendarmerie service_etat commune epci conseil_departemental conseil_regional
operateur association association_voisine
"""
GROUPES: Mapping[str, frozenset[str]] = {
    nom: frozenset(roles.split())
    for nom, roles in {
        "tous": " ".join((*TERRITOIRES, VOISINE, SANS_MANDAT, REVOQUE)),
        "anonyme": ANONYME,
        # Of whoever declared it before the mandat was ended.
        "personne": "",
        # R of « plan », on a quartier of the scope: the citizens read what is public, and nothing is yet.
        "lisent": f"{DEPARTEMENT} delegue commune epci operateur association association_voisine",
        "departement": DEPARTEMENT,
        "commune": f"{DEPARTEMENT} commune epci operateur",
        # W of « field records ».
        "declarent": DECLARENT,
        # W of anything: support requests, meetings.
        "ecrivent": f"{DECLARENT} task_force procureur",
        # What a partner declared and nobody validated: the associations read their own alone.
        "lisent_contestation": f"{DEPARTEMENT} delegue commune epci operateur",
        "conteste": "commune",
        # V of « field records », said by anybody.
        "tranchent": "prefet sous_prefet_ville delegue",
        # W of what a file brings in: field records, plans, meetings.
        "importent": f"{DECLARENT} procureur",
        "procureur": "procureur",
        # V of anything, be it of one's own.
        "valident": """
            prefet sous_prefet_ville delegue recteur police gendarmerie service_etat commune epci conseil_departemental
            conseil_regional operateur
        """,
        # R of « field records », with the reserve of the State's; the mayor reads what is restricted.
        "pieces": """
            prefet sous_prefet_ville delegue prefet_region task_force recteur procureur police gendarmerie service_etat
            commune
        """,
        # Scope « département », and the rôle that one has under one's authority.
        "nomment_delegue": "prefet sous_prefet_ville",
        "nomment": "prefet sous_prefet_ville task_force commune epci administrateur",
        "voient_comptes": "prefet sous_prefet_ville task_force administrateur",
        "tiennent": "prefet sous_prefet_ville administrateur",
        "delegation": "prefet sous_prefet_ville",
        "auteur": "delegue",
        "juge": "sous_prefet_ville",
        "prefet_region": "task_force",
        "administrateur": "administrateur",
    }.items()
}
TEXTE = """
# route                   objet            lire                            envoyer
accueil                   -                200:tous|302:tous               405
connexion                 -                200:anonyme|302:tous            200:anonyme|302:tous
connexion_demo            -                405!                            404!
second_facteur_connexion  -                302:anonyme|302:tous            302:anonyme|302:tous
deconnexion               -                405                             302:tous
invitation                jeton            200:anonyme|200:tous            200:anonyme|200:tous
compte                    -                200:tous                        405
mot_de_passe              -                200:tous                        200:tous
second_facteur            -                200:tous                        302:tous|200:tous
changer_courriel          -                200:tous                        302:tous
fermer_session            session          405                             302:auteur
deleguer                  -                200:valident                    200:valident
finir_delegation          delegation       405                             302:delegation
comptes                   -                200:nomment                     405
inviter                   -                200:nomment                     405
inviter_role              role_delegue     200:nomment_delegue             200:nomment_delegue
inviter_role              role_region      200:prefet_region               200:prefet_region
inviter_role              role_aucun       200:administrateur              200:administrateur
compte_tenu               compte           200:voient_comptes              405
choisir_role              compte           200:voient_comptes              405
nommer                    compte_delegue   200:nomment_delegue             302:nomment_delegue
inviter_de_nouveau        compte           405                             200:nomment_delegue
changer_identite          compte           200:tiennent                    302:tiennent
fermer_compte             compte           405                             302:tiennent
transmettre               compte           200:tiennent                    200:tiennent
annuler_transmission      transmission     405                             302:tiennent
changer_mandat            mandat           200:nomment_delegue             302:nomment_delegue
mettre_fin                mandat           405                             302:nomment_delegue
revoquer_invitation       lien             405                             302:tiennent
journal                   -                200:tiennent                    405
territoire                commune          200:commune                     405
exporter                  csv              200:lisent                      405
exporter                  json             200:lisent                      405
exporter                  xlsx             200:lisent                      405
exporter                  ods              200:lisent                      405
departement               departement      200:departement                 405
quartier                  quartier         200:lisent                      405
carte                     quartier         200:lisent                      405
engagement                engagement       200:lisent                      405
preuve                    preuve           200:lisent                      405
papier_departement        departement      200:departement                 405
papier_quartier           quartier         200:lisent                      405
papier_preuve             preuve           200:lisent                      405
piece                     piece            200:pieces                      405
contester                 chiffre          200:ecrivent                    302:ecrivent
contestation              contestation     200:lisent_contestation         302:conteste
trancher                  contestation     200:tranchent                   302:tranchent
declarer                  valeur           200:declarent                   302:declarent
enregistrer               poste            200:declarent                   302:declarent
a_declarer                -                200:ecrivent                    405
declaration               declaration      200:auteur                      405
declaration               declaration_finie  200:personne                  405
annuler_declaration       declaration_finie  405                           302:personne
annuler_declaration       declaration      405                             302:auteur
retirer_declaration       declaration_finie  405                           302:personne
retirer_declaration       declaration      405                             302:auteur
valider                   -                200:valident                    302:valident
annuler_lot               lot              405                             302:juge
importer                  -                200:importent                   302:declarent|422:procureur
modele_d_import           modele           200:declarent                   405
essai                     essai            200:auteur                      302:auteur
colonnes_d_import         essai            200:auteur                      302:auteur
fichier_annote            essai            200:auteur                      405
retirer_import            importe          405                             302:auteur
recherche                 -                200:tous                        405
regles                    -                200:tous                        405
regle                     theme            200:tous                        405
sources                   -                200:tous                        405
mentions                  -                200:anonyme|200:tous            405!
donnees                   -                200:anonyme|200:tous            405!
accessibilite             -                200:anonyme|200:tous            405!
plan                      -                200:anonyme|200:tous            405!
securite                  -                200:anonyme|200:tous            405!
"""
"""`405`: that method is of no use there; `!`: open to all, so that nobody signed in gets that very answer too."""
PARTOUT: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        (
            *("csv", "json", "xlsx", "ods", "commune", "departement", "quartier", "engagement"),
            *("preuve", "piece", "chiffre"),
        ),
        frozenset({"task_force"}),
    ),
    "compte": frozenset({"task_force", "administrateur"}),
    "contestation": frozenset({"task_force"}),
    "lien": frozenset({"administrateur"}),
    "transmission": frozenset({"administrateur"}),
}
"""Whose scope is the nation, or every account: over there is inside too."""


@dataclass(frozen=True, slots=True)
class LigneDeRoute:
    """What a route answers on an object. `lire`, `envoyer`: (status, group) in order; a group « * » is everybody."""

    route: str
    objet: str
    lire: tuple[tuple[int, str], ...]
    envoyer: tuple[tuple[int, str], ...]

    def list_statuts(self, qui: str, methode: str) -> frozenset[int]:
        """What the object of here may answer to a rôle."""
        dits = self.lire if methode == "GET" else self.envoyer
        trouves = {code for code, groupe in dits if groupe == "*" or qui in GROUPES[groupe]}
        return frozenset(trouves) or frozenset({302 if qui == ANONYME else 404})

    def list_dehors(self, qui: str, methode: str) -> frozenset[int]:
        """What that of over there answers."""
        if qui in PARTOUT.get(self.objet, ()) or qui == ANONYME or self.is_sans_methode(methode):
            return self.list_statuts(qui, methode)
        return frozenset({404})

    def is_sans_methode(self, methode: str) -> bool:
        """405."""
        dits = self.lire if methode == "GET" else self.envoyer
        return all(code == 405 for code, _ in dits)


def parse_routes(texte: str = TEXTE) -> tuple[LigneDeRoute, ...]:
    """The lines of the table."""
    lignes = [ligne.split() for ligne in texte.splitlines() if ligne and ligne[0] != "#"]
    return tuple(
        LigneDeRoute(r, o, parse_cellule(lire), parse_cellule(e)) for r, o, lire, e in lignes
    )


def parse_cellule(texte: str) -> tuple[tuple[int, str], ...]:
    """« 200:lisent|302:tous »; « 405 »: to whoever is signed in; « 405! »: to everybody."""
    cases = []
    for dit in texte.split("|"):
        code, _, groupe = dit.partition(":")
        groupe = groupe or ("*" if code.endswith("!") else "tous")
        if groupe != "*" and groupe not in GROUPES:
            raise Echec(f"groupe inconnu : {dit}")
        cases.append((int(code.rstrip("!")), groupe))
    return tuple(cases)
