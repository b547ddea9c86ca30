"""Each check of the loader fires alone on one broken place, and says the file, the entry and the reason.

Written against the small invented programme: nothing here knows the codes of the first one.
"""
# long: a table of refusals reads best in one piece

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quartiers.referentiel.charger import load_programme
from quartiers.referentiel.defaut import ReferentielInvalide
from tests.referentiel.atelier import LIVRE, RURAL, copy_rural, replace_in

P, S, J, C = "programme.toml", "axe-1-services.toml", "axe-2-jeunesse.toml", "axe-3-conduite.toml"
VOCABULAIRES = (
    "clause, college, decision_appui, domaine, dont, education_prioritaire, etape, etat_decision, "
    "etat_financement, etat_projet, fonction, genre_activite, genre_appui, genre_convention, genre_lieu, "
    "genre_organisme, instance, label, niveau_scolaire, programme_financement, programme_poste, "
    "programme_projet, public, theme, unite_comptee"
)
CLES = "connus : actif_mois, action, clause, en_vigueur, engagement, genre"
COMPTES = (
    "connus : couples_lieu_periode, delai_median, distance_min, distinct, heures_hebdo, jalon, jours, jours_hebdo, "
    "max, periodes, semaines, somme, valeurs_distinctes"
)
CALENDRIERS = (
    "connus : jours_ouvres_vacances_echus, jours_vacances_echus, periodes_vacances_echues, semaines_echues, "
    "semaines_scolaires_echues"
)
LIEUX = 'de = "Lieu", portee_spatiale = "A", compte = "distinct"'

# (file, before, after, expected defects): one line per rule.
REFUS: dict[str, tuple[str, str, str, list[str]]] = {
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
    # --- one indicateur
    "flux sans période": (
        J,
        'periode = "annee_scolaire"\nfrequence',
        "frequence",
        [f"{J}, m-2-2-apprentis : un flux a une période, et lui seul"],
    ),
    "période sans flux": (
        C,
        'nature = "stock"',
        'nature = "stock"\nperiode = "annee_scolaire"',
        [f"{C}, m-3-2-delai-secours : un flux a une période, et lui seul"],
    ),
    "compte sans nature": (
        C,
        'nature = "stock"\n',
        "",
        [
            (
                f"{C}, m-3-2-delai-secours : un compte, un doublement ou un objectif national dit s'il est"
                " un stock ou un flux, et eux seuls"
            )
        ],
    ),
    "part avec nature": (
        S,
        'genre = "part"',
        'genre = "part"\nnature = "stock"',
        [
            (
                f"{S}, m-1-2-foyers-raccordes : un compte, un doublement ou un objectif national dit s'il"
                " est un stock ou un flux, et eux seuls"
            )
        ],
    ),
    "négatif d'une part": (
        S,
        'genre = "part"',
        'genre = "part"\nadmet_negatif = true',
        [f"{S}, m-1-2-foyers-raccordes : seul un stock admet une valeur négative"],
    ),
    "cible négative": (
        C,
        "valeur = 20",
        "valeur = -20",
        [f"{C}, m-3-2-delai-secours : cible négative d'un indicateur qui ne l'admet pas"],
    ),
    "étapes sans échelle": (
        J,
        'echelle = ["Néant", "Décidée", "En travaux", "Ouverte"]\n',
        "",
        [
            f"{J}, m-2-3-maison : des étapes ont une échelle et un sens du pas 0",
            f"{J}, m-2-3-maison : l'étape cible n'est pas dans l'échelle",
        ],
    ),
    "étapes sans pas 0": (
        J,
        'pas_0 = "non_engage"\n',
        "",
        [f"{J}, m-2-3-maison : des étapes ont une échelle et un sens du pas 0"],
    ),
    "échelle d'un compte": (
        C,
        'nature = "stock"',
        'nature = "stock"\nechelle = ["Néant", "Fait"]',
        [f"{C}, m-3-2-delai-secours : échelle et pas 0 sont réservés aux étapes"],
    ),
    "étape hors de l'échelle": (
        J,
        "valeur = 3,",
        "valeur = 4,",
        [f"{J}, m-2-3-maison : l'étape cible n'est pas dans l'échelle"],
    ),
    "étape 0 visée": (
        J,
        "valeur = 3,",
        "valeur = 0,",
        [f"{J}, m-2-3-maison : l'étape cible n'est pas dans l'échelle"],
    ),
    "étape et demie": (
        J,
        "valeur = 3,",
        "valeur = 1.5,",
        [f"{J}, m-2-3-maison : l'étape cible n'est pas dans l'échelle"],
    ),
    "héritage d'un autre niveau": (
        J,
        'niveau = "D"\nheritage = "D"\nsens = "hausse"\nunite = "étape"',
        'niveau = "D"\nheritage = "C"\nsens = "hausse"\nunite = "étape"',
        [f"{J}, m-2-3-maison : un héritage est celui du niveau de l'indicateur (C, E, D ou R)"],
    ),
    "héritage du quartier": (
        C,
        'niveau = "Q"',
        'niveau = "Q"\nheritage = "Q"',
        [
            (
                f"{C}, m-3-2-delai-secours : un héritage est celui du niveau de l'indicateur"
                " (C, E, D ou R)"
            )
        ],
    ),
    "national au quartier": (
        C,
        'genre = "compte"',
        'genre = "national"',
        [
            f"{C}, m-3-2-delai-secours : un objectif national est de niveau N",
            (
                f"{C}, m-3-2-delai-secours : portée « total_national » pour un objectif national,"
                " et lui seul"
            ),
            f"{P} : libellé absent : vocabulaires.genre.national",
        ],
    ),
    "total national d'un compte": (
        C,
        'valeur = 20, portee = "territoire"',
        'valeur = 20, portee = "total_national"',
        [
            (
                f"{C}, m-3-2-delai-secours : portée « total_national » pour un objectif national,"
                " et lui seul"
            )
        ],
    ),
    "part en moyenne": (
        S,
        'agregation = "rapport"',
        'agregation = "mediane"',
        [
            (
                f"{S}, m-1-2-foyers-raccordes : une part se remonte par rapport de sommes,"
                " jamais par moyenne"
            )
        ],
    ),
    "rapport d'un compte": (
        C,
        'agregation = "mediane"',
        'agregation = "rapport"',
        [
            (
                f"{C}, m-3-2-delai-secours : un rapport de sommes demande un numérateur"
                " et un dénominateur"
            )
        ],
    ),
    "étapes additionnées": (
        J,
        'agregation = "distribution"',
        'agregation = "somme"',
        [f"{J}, m-2-3-maison : des étapes ne s'additionnent pas"],
    ),
    "présence sans portée": (
        S,
        ' portee_spatiale = "A", compte = "distinct"',
        ' compte = "distinct"',
        [
            f"{S}, m-1-1-service-ouvert : « portee_spatiale » absente : jusqu’où compter Lieu n’est pas dit"
        ],
    ),
    "présence sans dérivation": (
        C,
        (
            'derivations = [\n  { de = "Convention", filtre = { genre = ["charte"], en_vigueur = true },'
            ' portee_spatiale = "departement", compte = "distinct" },\n]\n'
        ),
        "",
        [f"{C}, m-3-1-charte-signee : une présence dit sa portée spatiale"],
    ),
    "rôle d'un terme de part": (
        S,
        '{ de = "Lieu", filtre = { genre = ["permanence_medicale"]',
        '{ role = "numerateur", de = "Lieu", filtre = { genre = ["permanence_medicale"]',
        [f"{S}, m-1-3-permanence : numérateur et dénominateur sont réservés aux parts"],
    ),
    "part sans dénominateur": (
        S,
        'agregation = "rapport"\n',
        f'agregation = "rapport"\nderivations = [{{ role = "numerateur", {LIEUX} }}]\n',
        [f"{S}, m-1-2-foyers-raccordes : une part se dérive d'un numérateur et d'un dénominateur"],
    ),
    "dérivation de deux origines": (
        S,
        '{ de = "Lieu", filtre = { genre = ["permanence_medicale"]',
        '{ de = "Lieu", constante = 5, filtre = { genre = ["permanence_medicale"]',
        [
            (
                f"{S}, m-1-3-permanence : une dérivation a une origine et une seule"
                " (de, calendrier, constante, source ou produit)"
            )
        ],
    ),
    "base sans doublement": (
        C,
        'nature = "stock"',
        (
            'nature = "stock"\nbase = { periode = "annee_scolaire", echeance = "fin_n_plus_1",'
            " source_obligatoire = true }"
        ),
        [f"{C}, m-3-2-delai-secours : une base est celle d'un doublement, et de lui seul"],
    ),
    "doublement sans cible": (
        J,
        (
            'cible = { operateur = ">=", valeur = 2, relative_a = "base", portee = "territoire",'
            ' origine = "annexe", citation = "Doubler le nombre de jeunes en service volontaire" }'
        ),
        'lecture = "Le plan fixe la base."',
        [
            (
                f"{J}, m-2-1-volontaires : une cible relative à la base est celle d'un doublement,"
                " et de lui seul"
            )
        ],
    ),
    "doublement par trois": (
        J,
        "valeur = 2,",
        "valeur = 3,",
        [f"{J}, m-2-1-volontaires : la cible d'un doublement est 2 fois la base"],
    ),
    "doublement d'un flux": (
        J,
        'nature = "stock"',
        'nature = "flux"\nperiode = "annee_scolaire"',
        [f"{J}, m-2-1-volontaires : un doublement est un stock"],
    ),
    "cible d'un compte relative à la base": (
        C,
        "valeur = 20,",
        'valeur = 20, relative_a = "base",',
        [
            (
                f"{C}, m-3-2-delai-secours : une cible relative à la base est celle d'un doublement,"
                " et de lui seul"
            )
        ],
    ),
    "stock comparé à l'an passé": (
        C,
        "valeur = 20,",
        'valeur = 20, relative_a = "annee_precedente",',
        [f"{C}, m-3-2-delai-secours : seul un flux se compare à l'année précédente"],
    ),
    "opérateur contraire": (
        C,
        'operateur = "<="',
        'operateur = ">="',
        [f"{C}, m-3-2-delai-secours : l'opérateur >= contredit le sens « baisse »"],
    ),
    "cible d'un suivi": (
        S,
        'genre = "suivi"',
        (
            'genre = "suivi"\ncible = { operateur = ">=", valeur = 50, portee = "territoire",'
            ' origine = "proposition" }'
        ),
        [f"{S}, a-1-1-ressenti : un suivi n'a pas de cible"],
    ),
    "cible d'un plan": (
        S,
        'origine = "proposition"',
        'origine = "avenant"',
        [
            f"{P} : libellé absent : vocabulaires.origine.avenant",
            f"{S}, m-1-3-permanence : une cible du référentiel vient de l'annexe ou se propose",
        ],
    ),
    "annexe sans citation": (
        S,
        ', citation = "au moins un commerce ou un service multiple dans chaque bassin de vie"',
        "",
        [
            f"{S}, m-1-1-service-ouvert : une cible de l'annexe cite l'annexe",
            f"{S}, m-1-1-service-ouvert : ni citation de l'annexe, ni lecture",
        ],
    ),
    "citation introuvable": (
        S,
        'citation = "au moins un commerce',
        'citation = "au moins deux commerces',
        [
            (
                f"{S}, m-1-1-service-ouvert : citation introuvable dans le texte : « au moins deux"
                " commerces ou un service multiple dans chaque bassin de vie »"
            )
        ],
    ),
    "échéance sans source": (
        S,
        ' echeance_source = "annexe",',
        "",
        [f"{S}, m-1-2-foyers-raccordes : l'échéance d'une cible de l'annexe dit d'où elle vient"],
    ),
    "ni citation ni lecture": (
        S,
        'lecture = "Le plus ouvert des services du bassin."\n',
        "",
        [f"{S}, m-1-1-jours-ouverts : ni citation de l'annexe, ni lecture"],
    ),
    # --- between entries
    "aucun principal": (
        C,
        'code = "m-3-1-charte-signee"\nprincipal = true',
        'code = "m-3-1-charte-signee"',
        [f"{C}, M-3-1 : un seul indicateur principal, et le premier"],
    ),
    "deux principaux": (
        S,
        'code = "m-1-1-jours-ouverts"',
        'code = "m-1-1-jours-ouverts"\nprincipal = true',
        [f"{S}, M-1-1 : un seul indicateur principal, et le premier"],
    ),
    "principal d'un objectif": (
        S,
        'code = "a-1-1-ressenti"',
        'code = "a-1-1-ressenti"\nprincipal = true',
        [f"{S}, a-1-1-ressenti : l'indicateur d'un objectif n'est jamais principal"],
    ),
    "code deux fois": (
        J,
        'code = "M-2-3"',
        'code = "M-1-2"',
        [
            f"{S}, M-1-2 : code employé 2 fois",
            f"{J}, M-1-2 : code employé 2 fois",
            f"{J}, A-2-1 : action inconnue : M-2-3",
        ],
    ),
    "action inconnue": (
        S,
        'couvert_par = ["M-1-1"',
        'couvert_par = ["M-9-9"',
        [f"{S}, A-1-1 : action inconnue : M-9-9"],
    ),
    "dispositif inconnu": (
        J,
        'dispositifs = ["volontariat-rural"]',
        'dispositifs = ["volontariat"]',
        [f"{J}, M-2-1 : dispositif inconnu : volontariat"],
    ),
    "recouvre l'inconnu": (
        C,
        'nature = "stock"',
        'nature = "stock"\nrecouvre = ["m-9-9"]',
        [f"{C}, m-3-2-delai-secours : indicateur inconnu : m-9-9"],
    ),
    "recouvre sans retour": (
        C,
        'nature = "stock"',
        'nature = "stock"\nrecouvre = ["m-2-3-maison"]',
        [f"{C}, m-3-2-delai-secours : « recouvre » m-2-3-maison, qui ne le dit pas en retour"],
    ),
    "recouvre lui-même": (
        C,
        'nature = "stock"',
        'nature = "stock"\nrecouvre = ["m-3-2-delai-secours"]',
        [f"{C}, m-3-2-delai-secours : se recouvre lui-même"],
    ),
    # --- dispositifs
    "dispositif deux fois": (
        P,
        'code = "volontariat-rural"',
        (
            'code = "volontariat-rural"\nlibelle = "Volontariat"\n\n[[dispositifs]]\n'
            'code = "volontariat-rural"'
        ),
        [f"{P}, volontariat-rural : dispositif écrit 2 fois"],
    ),
    "fin avant début": (
        P,
        "au = 2023-12-31",
        "du = 2024-01-01\nau = 2023-12-31",
        [f"{P}, relais-de-services : « au » est avant « du »"],
    ),
    "successeur inconnu": (
        P,
        'successeur = "service-multiple"',
        'successeur = "service-triple"',
        [f"{P}, relais-de-services : successeur inconnu : service-triple"],
    ),
    "remplacé sans fin": (
        P,
        "au = 2023-12-31\n",
        "",
        [f"{P}, relais-de-services : un dispositif remplacé porte sa date de fin « au »"],
    ),
    "successeur trop tôt": (
        P,
        "du = 2024-01-01",
        "du = 2023-12-31",
        [
            (
                f"{P}, relais-de-services : son successeur service-multiple doit commencer (« du »)"
                " après le 2023-12-31"
            )
        ],
    ),
    "succession en rond": (
        P,
        "du = 2024-01-01",
        'du = 2024-01-01\nau = 2024-12-31\nsuccesseur = "relais-de-services"',
        [
            f"{P}, relais-de-services : se succède à lui-même",
            (
                f"{P}, service-multiple : son successeur relais-de-services doit commencer (« du »)"
                " après le 2024-12-31"
            ),
            f"{P}, service-multiple : se succède à lui-même",
        ],
    ),
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


def list_defauts(dossier: Path) -> list[str]:
    with pytest.raises(ReferentielInvalide) as saisi:
        load_programme(dossier)
    return [str(defaut) for defaut in saisi.value.defauts]


def test_the_good_files_are_silent() -> None:
    assert load_programme(RURAL).programme == "charte-rurale"
    assert load_programme(LIVRE).programme == "la-republique-en-actes"


@pytest.mark.parametrize("nom", REFUS)
def test_one_broken_place(nom: str, tmp_path: Path) -> None:
    fichier, avant, apres, attendus = REFUS[nom]
    dossier = copy_rural(tmp_path)
    replace_in(dossier, fichier, avant, apres)
    assert sorted(list_defauts(dossier)) == sorted(attendus)


def test_each_rule_of_the_code_has_its_refusal() -> None:
    """Every reason written in the files of rules is met above, so that no check is dead."""
    dits = " ".join(d for _, _, _, attendus in REFUS.values() for d in attendus)
    raisons = 0
    for module in ("coherence", "verification", "vocabulaire", "mots", "francais"):
        texte = (LIVRE.parent.parent / "quartiers" / "referentiel" / f"{module}.py").read_text(
            encoding="utf-8"
        )
        for debut in re.findall(r'(?:yield|Defaut\([^"]*) \(?\s*f?"([^"{]{12,})', texte):
            raisons += 1
            assert debut.strip() in dits, f"{module} : aucun test ne fait dire « {debut} »"
    assert raisons > 30


def test_all_defects_at_once(tmp_path: Path) -> None:
    """A file that cannot be read, an indicateur of the wrong shape and a wrong target hide none of the others."""
    dossier = copy_rural(tmp_path)
    replace_in(dossier, S, 'code = "AXE-1"', 'code = "AXE-1')
    replace_in(dossier, J, 'unite = "étape"\n', "")
    replace_in(dossier, J, 'operateur = ">=", valeur = 1', 'operateur = "<=", valeur = 1')
    replace_in(dossier, J, "Augmenter le nombre d'apprentis\"", 'Augmenter"')
    replace_in(dossier, C, 'citation = "Signer la charte"', 'citation = "Signer"')
    replace_in(dossier, C, 'nature = "stock"\n', "")
    replace_in(dossier, P, "exhaustif = true", 'exhaustif = "oui"')
    assert list_defauts(dossier) == [
        (
            f"{S} : TOML illisible, ligne 1, colonne 14 :"
            " caractère interdit (retour à la ligne dans un texte ?)"
        ),
        f"{J}, m-2-3-maison : « unite » : clé absente",
        f"{J}, m-2-2-apprentis : l'opérateur <= contredit le sens « hausse »",
        (
            f"{C}, m-3-2-delai-secours : un compte, un doublement ou un objectif national dit s'il est"
            " un stock ou un flux, et eux seuls"
        ),
        f"{P}, SR01 : « exhaustif » : true ou false est attendu",
    ]


def test_a_folder_that_is_not_a_programme(tmp_path: Path) -> None:
    assert list_defauts(tmp_path / "absent") == [
        f"{tmp_path / 'absent'} : programme.toml est absent"
    ]
    dossier = copy_rural(tmp_path)
    for fichier in (S, J, C):
        (dossier / fichier).unlink()
    assert list_defauts(dossier) == [f"{dossier} : aucun engagement"]
    (dossier / P).unlink()
    assert list_defauts(dossier) == [f"{dossier} : programme.toml est absent"]


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    dossier = copy_rural(tmp_path)
    texte = (dossier / S).read_text(encoding="utf-8")
    (dossier / S).write_bytes(texte.encode("latin-1", "replace"))
    (defaut,) = list_defauts(dossier)
    assert defaut.startswith(f"{S} : ce n'est pas de l'UTF-8 (octet ")


def test_the_version_follows_what_is_said_not_how(tmp_path: Path) -> None:
    dossier = copy_rural(tmp_path)
    version = load_programme(dossier).version
    assert version == load_programme(RURAL).version
    assert len(version) == 12
    texte = (dossier / S).read_text(encoding="utf-8")
    habille = "\ufeff# Un commentaire\n" + texte.replace("\n\n", "\n\n\n")
    (dossier / S).write_bytes(habille.replace("\n", "\r\n").encode())
    assert load_programme(dossier).version == version
    replace_in(dossier, S, "valeur = 80", "valeur = 79")
    autre = load_programme(dossier).version
    assert autre != version


def test_les_mots_des_enregistrements_ont_un_libelle() -> None:
    """Each word by which the programme filters a record, and those that come from elsewhere in it."""
    livre = load_programme(LIVRE)
    assert livre.get_mots("fonction")["dcpp"] == "Délégué à la cohésion police-population"
    assert livre.get_mots("dispositif")["pre"] == "Programme de réussite éducative"
    assert livre.get_mots("action").keys() == {a.code for e in livre.engagements for a in e.actions}
    assert livre.get_mots("genre_pointe")["seance"] == "Séance d’une instance"
    assert "plan" not in livre.get_mots("genre_pointe")
    assert load_programme(RURAL).get_mots("fonction") == {}
    for mots in livre.mots.values():
        assert all(mots.values())
        assert len(set(mots.values())) == len(mots)
