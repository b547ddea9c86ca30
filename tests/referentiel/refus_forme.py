"""The shape and the writing of the files: what the loader refuses of each."""

from __future__ import annotations

from tests.referentiel.refus_dits import C, J, Refus, S

REFUS: Refus = {
    # --- the shape
    "clé accentuée": (
        S,
        'unite = "lieu"',
        'unité = "lieu"',
        [f"{S} : TOML illisible, ligne 38, colonne 5 : « = » attendu après une clé"],
    ),
    "clé inconnue": (
        S,
        'unite = "lieu"',
        'unite = "lieu"\ncouleur = "bleu"',
        [f"{S}, m-1-1-service-ouvert : « couleur » : clé inconnue"],
    ),
    "clé absente": (
        S,
        'unite = "lieu"\n',
        "",
        [f"{S}, m-1-1-service-ouvert : « unite » : clé absente"],
    ),
    "liste fermée": (
        S,
        'genre = "presence"',
        'genre = "existence"',
        [
            (
                f"{S}, m-1-1-service-ouvert : « genre » : « existence » n'est pas dans la liste"
                " (presence, compte, part, doublement, national, jalon ou suivi)"
            )
        ],
    ),
    "portée d'une cible": (
        S,
        'portee = "territoire", origine = "proposition"',
        'portee = "partout", origine = "proposition"',
        [
            (
                f"{S}, m-1-3-permanence : « cible.portee » : « partout » n'est pas dans la liste"
                " (territoire ou total_national)"
            )
        ],
    ),
    "texte vide": (
        S,
        'libelle = "Fibre"',
        'libelle = "  "',
        [f"{S}, M-1-2 : « libelle » : texte vide"],
    ),
    "espace en trop": (
        S,
        'libelle = "Fibre"',
        'libelle = "Fibre "',
        [f"{S}, M-1-2 : « libelle » : espace au début ou à la fin du texte"],
    ),
    "texte attendu": (
        S,
        'libelle = "Fibre"',
        "libelle = 3",
        [f"{S}, M-1-2 : « libelle » : un texte est attendu"],
    ),
    "code mal écrit": (
        S,
        'code = "M-1-2"',
        'code = "M 1 2"',
        [
            (
                f"{S}, M 1 2 : « code » : code mal écrit : « M 1 2 »"
                " (lettres sans accent, chiffres, _ . + -)"
            )
        ],
    ),
    "vrai ou faux": (
        S,
        "principal = true",
        'principal = "oui"',
        [f"{S}, m-1-1-service-ouvert : « principal » : true ou false est attendu"],
    ),
    "nombre en texte": (
        S,
        "valeur = 80",
        'valeur = "80"',
        [f"{S}, m-1-2-foyers-raccordes : « cible.valeur » : un nombre est attendu"],
    ),
    "plus de six décimales": (
        S,
        "valeur = 80",
        "valeur = 79.9999999",
        [
            (
                f"{S}, m-1-2-foyers-raccordes : « cible.valeur » :"
                " au plus six décimales, et moins d'un milliard"
            )
        ],
    ),
    "un milliard": (
        S,
        "valeur = 80",
        "valeur = 1_000_000_000",
        [
            (
                f"{S}, m-1-2-foyers-raccordes : « cible.valeur » :"
                " au plus six décimales, et moins d'un milliard"
            )
        ],
    ),
    "nombre infini": (
        S,
        "valeur = 80",
        "valeur = inf",
        [f"{S}, m-1-2-foyers-raccordes : « cible.valeur » : un nombre fini est attendu"],
    ),
    "seuil de secret": (
        J,
        "seuil_secret = 5",
        "seuil_secret = 1",
        [f"{J}, m-2-1-volontaires : « seuil_secret » : nombre trop petit"],
    ),
    "date impossible": (
        S,
        "echeance = 2026-12-31",
        "echeance = 2026-02-30",
        [f"{S} : TOML illisible, ligne 73, colonne 53 : date ou heure impossible"],
    ),
    "date en texte": (
        S,
        "echeance = 2026-12-31",
        'echeance = "2026-12-31"',
        [
            (
                f"{S}, m-1-2-foyers-raccordes : « cible.echeance » :"
                " une date est attendue (AAAA-MM-JJ, sans guillemets)"
            )
        ],
    ),
    "date invraisemblable": (
        S,
        "echeance = 2026-12-31",
        "echeance = 0226-12-31",
        [f"{S}, m-1-2-foyers-raccordes : « cible.echeance » : année 226 invraisemblable"],
    ),
    "filtre": (
        S,
        'en_vigueur = true }, portee_spatiale = "A", compte = "distinct"',
        'en_vigueur = 1.5 }, portee_spatiale = "A", compte = "distinct"',
        [
            (
                f"{S}, m-1-1-service-ouvert : « derivations.filtre.en_vigueur » :"
                " true, false, un entier ou une liste de mots est attendu"
            )
        ],
    ),
    "action sans indicateur": (
        C,
        '[[actions]]\ncode = "M-3-1"',
        (
            '[[actions]]\ncode = "M-3-0"\ntexte = "Rien."\nlibelle = "Rien"\nmode = "obligation"\n'
            'indicateurs = []\n\n[[actions]]\ncode = "M-3-1"'
        ),
        [f"{C}, M-3-0 : « indicateurs » : liste vide"],
    ),
    # --- the writing
    "guillemet": (
        S,
        'titre = "Des services à portée"',
        'titre = "Des services à portée',
        [
            (
                f"{S} : TOML illisible, ligne 3, colonne 31 :"
                " caractère interdit (retour à la ligne dans un texte ?)"
            )
        ],
    ),
    "guillemets oubliés": (
        S,
        'unite = "lieu"',
        "unite = lieu",
        [f"{S} : TOML illisible, ligne 38, colonne 9 : valeur illisible (guillemets oubliés ?)"],
    ),
    "clé deux fois": (
        S,
        'unite = "lieu"',
        'unite = "lieu"\nunite = "lieux"',
        [f"{S} : TOML illisible, ligne 39, colonne 16 : clé écrite deux fois"],
    ),
}
