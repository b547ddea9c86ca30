"""One indicateur and its derivations: what the loader refuses of each."""

from __future__ import annotations

from tests.referentiel.refus_dits import LIEUX, C, J, P, Refus, S

REFUS: Refus = {
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
}
