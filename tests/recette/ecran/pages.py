"""Which addresses are looked at: every route of the site is here, or says why it is no page.

A new line of `quartiers/web/urls.py` fails the recette until it is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

TILLEULS, CINQ_CHEMINS, SANS_PLAN = "QC-FICTIF-TILLEULS", "QC-FICTIF-CINQ-CHEMINS", "QN00001N"
PRESENCE, COMPTE = "e03-a1-france-services", "e06-a2-adultes-relais"
MOT_SANS_FIN = "anticonstitutionnellement" * 4

ESSENTIELLES: Mapping[str, tuple[str, ...]] = {
    "accueil": ("/",),
    "territoire": (
        "/territoires/FR/",
        "/territoires/REG-00/",
        "/territoires/EPCI-999000011/",
        "/territoires/COM-00003/",
    ),
    "departement": ("/departements/DEP-00/",),
    "quartier": (f"/quartiers/{TILLEULS}/",),
    "engagement": (f"/quartiers/{TILLEULS}/engagements/E03/",),
    "preuve": (f"/preuves/{TILLEULS}/{PRESENCE}/", f"/preuves/DEP-00/{COMPTE}/"),
    "recherche": ("/recherche/", "/recherche/?q=les", f"/recherche/?q={MOT_SANS_FIN}"),
    "regles": ("/regles/",),
    "regle": ("/regles/04-presence/",),
    "sources": ("/sources/",),
    "mentions": ("/mentions/",),
    "donnees": ("/donnees-personnelles/",),
    "accessibilite": ("/accessibilite/",),
    "plan": ("/plan-du-site/",),
    "connexion": ("/connexion/",),
    "invitation": ("/invitations/inconnue/",),
    "compte": ("/compte/",),
    "mot_de_passe": ("/compte/mot-de-passe/",),
    "contester": (f"/preuves/{TILLEULS}/{COMPTE}/contester/",),
    "contestation": ("/contestations/1/",),
    "trancher": ("/contestations/1/trancher/",),
    "declarer": (f"/territoires/{TILLEULS}/declarer/{COMPTE}/",),
    "enregistrer": (f"/territoires/{TILLEULS}/declarer/{COMPTE}/poste/",),
    "declaration": ("/declarations/releve-0/",),
    "valider": ("/valider/",),
    "a_declarer": ("/a-declarer/",),
    "importer": ("/importer/",),
    "essai": ("/importer/1/",),
    "colonnes_d_import": ("/importer/1/colonnes/",),
    "deleguer": ("/compte/deleguer/",),
    "comptes": ("/comptes/",),
    "inviter": ("/comptes/inviter/",),
    "inviter_role": ("/comptes/inviter/delegue/",),
    "compte_tenu": ("/comptes/3/",),
    "choisir_role": ("/comptes/3/nommer/",),
    "nommer": ("/comptes/3/nommer/delegue/",),
    "changer_identite": ("/comptes/3/identite/",),
    "changer_courriel": ("/compte/courriel/",),
    "transmettre": ("/comptes/3/transmettre/",),
    "changer_mandat": ("/comptes/mandats/3/",),
    "second_facteur": ("/compte/second-facteur/",),
}
"""What every role asks for, in every base; what it may not open answers 404, and that page is judged too."""

SUITES: Mapping[str, tuple[str, ...]] = {
    "territoire": (
        f"/territoires/FR/?action={COMPTE}",
        "/territoires/FR/?vu_le=2020-01-01",
        "/territoires/COM-00004/",
    ),
    "departement": (
        "/departements/DEP-00/?vu_le=2026-06-30&connu_le=2026-07-10",
        "/departements/DEP-00/?vu_le=2020-01-01",
    ),
    "quartier": (
        f"/quartiers/{CINQ_CHEMINS}/",
        f"/quartiers/{SANS_PLAN}/",
        f"/quartiers/{TILLEULS}/?vu_le=2026-06-30&connu_le=2026-07-10&statut=atteint",
        f"/quartiers/{TILLEULS}/?vu_le=2026-01-20&statut=perime",
    ),
    "engagement": tuple(f"/quartiers/{TILLEULS}/engagements/E{n}/" for n in ("01", "06", "08")),
    "preuve": (
        f"/preuves/FR/{PRESENCE}/",
        f"/preuves/REG-00/{COMPTE}/",
        f"/preuves/{TILLEULS}/{PRESENCE}/?vu_le=2026-06-30&connu_le=2026-07-10",
    ),
    "regle": ("/regles/14-etapes/", "/regles/21-libelle/"),
}
"""Other states of the same pages, asked for by the account that opens everything."""

REFUS: Mapping[str, tuple[str, ...]] = {
    "territoire": ("/territoires/QC-RIEN/",),
    "quartier": (
        f"/quartiers/{TILLEULS}/?vu_le=hier",
        f"/quartiers/{TILLEULS}/?vu_le=2026-02-30",
        f"/quartiers/{TILLEULS}/?connu_le={MOT_SANS_FIN}",
        f"/quartiers/{TILLEULS}/?connu_le=2020-01-01",
    ),
    "recherche": ("/recherche/?q=%3Cb%3E%27%22%00&vu_le=1999-12-31",),
}
"""Errors that an address alone brings about; those of a form are in `erreurs`."""

SANS_PAGE: Mapping[str, str] = {
    "connexion_demo": "répond à un bouton par une redirection",
    "finir_delegation": "répond à un bouton par une redirection",
    "annuler_transmission": "répond à un bouton par une redirection",
    "mettre_fin": "répond à un bouton par une redirection",
    "inviter_de_nouveau": "répond à un bouton, montre un lien qui ne se montre qu’une fois",
    "fermer_compte": "répond à un bouton par une redirection",
    "revoquer_invitation": "répond à un bouton par une redirection",
    "second_facteur_connexion": "ne se montre qu’après un mot de passe : jugée par tests/e2e/test_comptes.py",
    "journal": "grandit à chaque visite : jugé par tests/e2e/test_comptes.py",
    "fermer_session": "répond à un bouton par une redirection",
    "retirer_declaration": "répond à un bouton par une redirection",
    "annuler_declaration": "répond à un bouton par une redirection",
    "retirer_import": "répond à un bouton par une redirection",
    "modele_d_import": "un fichier à remplir",
    "fichier_annote": "un fichier à garder",
    "annuler_lot": "répond à un bouton par une redirection",
    "deconnexion": "répond à un bouton par une redirection",
    "exporter": "un fichier à garder",
    "papier_departement": "un PDF, jugé par la lecture 5",
    "papier_quartier": "un PDF, jugé par la lecture 5",
    "papier_preuve": "un PDF, jugé par la lecture 5",
    "piece": "un fichier envoyé en preuve",
    "carte": "les formes de la carte, lues par le script de la page du quartier",
    "securite": "un texte brut de forme fixée (RFC 9116)",
}


def list_routes(motifs: Iterable[URLPattern | URLResolver] | None = None) -> Iterator[str]:
    """The name of every address that the site knows."""
    for motif in get_resolver().url_patterns if motifs is None else motifs:
        if isinstance(motif, URLResolver):
            yield from list_routes(motif.url_patterns)
        else:
            yield str(motif.name or motif.pattern)


def list_oubliees() -> list[str]:
    """Routes that no one looks at, and names here that are no route any more."""
    return sorted(set(list_routes()) ^ (set(ESSENTIELLES) | set(SANS_PAGE)))


def flatten(pages: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Addresses alone, in order."""
    return [adresse for adresses in pages.values() for adresse in adresses]


def list_preuves(tableaux: Iterable[Mapping[str, Any]]) -> list[str]:
    """Proofs of these quartiers, until every kind of indicateur and every statut that they show was seen."""
    choisies: list[str] = []
    vus: set[str] = set()
    for tableau in tableaux:
        code = tableau["territoire"]["code"]
        for engagement in tableau["engagements"]:
            for partie in (*engagement["actions"], *engagement["objectifs"]):
                for indicateur in partie["indicateurs"]:
                    nouveaux = {indicateur["genre"], indicateur["statut"] or "suivi"} - vus
                    if nouveaux:
                        vus |= nouveaux
                        choisies.append(f"/preuves/{code}/{indicateur['code']}/")
    return choisies
