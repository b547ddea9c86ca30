"""Closed lists that are data, and the words of the records: what the loader refuses of each."""

from __future__ import annotations

from tests.referentiel.refus_dits import (
    CALENDRIERS,
    CLES,
    COMPTES,
    LIEUX,
    VOCABULAIRES,
    C,
    P,
    Refus,
    S,
)

REFUS: Refus = {
    # --- closed lists that are data
    "source inconnue": (
        S,
        'code = "SR01"',
        'code = "SR02"',
        [f"{S}, m-1-1-service-ouvert : source hors de la liste : SR02"],
    ),
    "source deux fois": (
        P,
        "[[sources]]",
        '[[sources]]\ncode = "SR01"\nlibelle = "x"\nproducteur = "x"\nexhaustif = false\n\n[[sources]]',
        [f"{P}, SR01 : source écrit 2 fois"],
    ),
    "rôle inconnu": (
        S,
        'role = "confirmer"',
        'role = "deviner"',
        [f"{S}, m-1-1-service-ouvert : rôle de source hors de la liste : deviner"],
    ),
    "déclarant inconnu": (
        C,
        'declarants = ["pompiers"]',
        'declarants = ["rumeur"]',
        [f"{C}, m-3-2-delai-secours : déclarant hors de la liste : rumeur"],
    ),
    "source d'échéance inconnue": (
        S,
        'echeance_source = "annexe"',
        'echeance_source = "rumeur"',
        [f"{S}, m-1-2-foyers-raccordes : source d'échéance hors de la liste : rumeur"],
    ),
    "enregistrement inconnu": (
        C,
        'de = "Convention"',
        'de = "Rumeur"',
        [
            f"{C}, m-3-1-charte-signee : genre d'enregistrement inconnu : Rumeur ; connus : Convention, Lieu"
        ],
    ),
    "filtre inconnu": (
        C,
        "en_vigueur = true",
        "encore_vraie = true",
        [f"{C}, m-3-1-charte-signee : filtre « encore_vraie » : inconnu de Convention ; {CLES}"],
    ),
    "valeur de filtre inconnue": (
        C,
        'genre = ["charte"]',
        'genre = ["chartre"]',
        [f"{C}, m-3-1-charte-signee : filtre « genre » : mot inconnu : chartre ; connus : charte"],
    ),
    "dispositif d'un filtre inconnu": (
        C,
        'genre = ["charte"]',
        'genre = ["charte"], dispositif = ["volontariat"]',
        [f"{C}, m-3-1-charte-signee : filtre « dispositif » : inconnu de Convention ; {CLES}"],
    ),
    "compte mal écrit": (
        C,
        'compte = "distinct"',
        'compte = "au_jugé"',
        [
            (
                f"{C}, m-3-1-charte-signee : « derivations.compte » : code mal écrit : « au_jugé »"
                " (lettres sans accent, chiffres, _ . + -)"
            )
        ],
    ),
    "compte hors de la liste": (
        C,
        'compte = "distinct"',
        'compte = "environ"',
        [f"{C}, m-3-1-charte-signee : compte inconnu : environ ; {COMPTES}"],
    ),
    "champ inconnu": (
        C,
        'compte = "distinct"',
        'compte = "distinct", champ = "couleur"',
        [
            (
                f"{C}, m-3-1-charte-signee : compte « distinct » : champ « couleur » de Convention : inconnu ; "
                "possibles : action, clause, genre, signataire"
            )
        ],
    ),
    "champ que le programme ne liste pas": (
        C,
        'compte = "distinct"',
        'compte = "distinct", champ = "signataire"',
        [
            (
                f"{C}, m-3-1-charte-signee : champ « signataire » : absent de enregistrements.Convention.champ ; "
                "connus : aucun"
            )
        ],
    ),
    "portée hors de la liste": (
        C,
        'portee_spatiale = "departement"',
        'portee_spatiale = "illimitee"',
        [
            (
                f"{C}, m-3-1-charte-signee : compte « distinct » : portée « illimitee » : "
                "elle va avec « distance_min », et lui seul"
            ),
            f"{P} : libellé absent : vocabulaires.portee_spatiale.illimitee",
        ],
    ),
    "filtre connu sans libellé": (
        C,
        "en_vigueur = true",
        "actif_mois = 6",
        [f"{P} : libellé absent : vocabulaires.filtre.actif_mois"],
    ),
    "calendrier inconnu": (
        S,
        'agregation = "rapport"\n',
        (
            f'agregation = "rapport"\nderivations = [{{ role = "numerateur", {LIEUX} }},'
            ' { role = "denominateur", calendrier = "lunaire" }]\n'
        ),
        [f"{S}, m-1-2-foyers-raccordes : calendrier inconnu : lunaire ; {CALENDRIERS}"],
    ),
    "libellé absent": (
        P,
        'obligation = "À assurer"\n',
        "",
        [f"{P} : libellé absent : vocabulaires.mode.obligation"],
    ),
    "échelon sans nom": (
        P,
        'action = "Mesure"\n',
        "",
        [f"{P} : libellé absent : vocabulaires.echelon.action"],
    ),
    # --- the words of the records
    "mot sans libellé": (
        P,
        'service_multiple = "Service multiple"\n',
        "",
        [f"{P} : libellé absent : mots.genre_lieu.service_multiple (enregistrements.Lieu.genre)"],
    ),
    "mot ajouté sans libellé": (
        P,
        "[mots.genre_convention]",
        '[mots_ajoutes]\ngenre_lieu = ["gare"]\n\n[mots.genre_convention]',
        [f"{P} : libellé absent : mots.genre_lieu.gare (mots_ajoutes.genre_lieu)"],
    ),
    "libellé sans mot": (
        P,
        'commerce = "Commerce"\n',
        'commerce = "Commerce"\ngare = "Gare"\n',
        [
            (
                f"{P} : libellé sans mot : mots.genre_lieu.gare, "
                "que ni enregistrements ni mots_ajoutes ne listent"
            )
        ],
    ),
    "vocabulaire inconnu": (
        P,
        "[mots.genre_convention]",
        '[mots.dispositif]\nx = "X"\n\n[mots.genre_convention]',
        [f"{P} : vocabulaire inconnu : mots.dispositif ; connus : {VOCABULAIRES}"],
    ),
    "liste sans champ": (
        P,
        '[enregistrements.Convention]\ngenre = ["charte"]\n',
        '[enregistrements.Convention]\ngenre = ["charte"]\ncouleur = ["bleu"]\n',
        [
            (
                f"{P} : liste sans champ : enregistrements.Convention.couleur ; "
                "clés connues : action, clause, genre"
            )
        ],
    ),
    "format inconnu": (
        P,
        "format = 1",
        "format = 2",
        [f"{P} : « format » : nombre trop grand"],
    ),
}
