"""Indicators of an invented world: every genre, level, nature, frequency and aggregation of the catalogue."""

from datetime import date, timedelta
from random import Random
from typing import Any, Final

from tests.oracle.regard import Ligne

MODES = (
    "a_minima",
    "obligation_chaque_quartier",
    "obligation",
    "doublement",
    "augmenter",
    "developper",
    "priorite",
    "encourager",
    "si_concerne",
)
# Genre -> how often it is drawn.
GENRES: Final[dict[str, int]] = {
    "presence": 24,
    "compte_stock": 16,
    "compte_flux": 14,
    "part": 14,
    "doublement": 8,
    "national": 10,
    "jalon": 14,
    "suivi": 3,
}
FREQUENCES = ("M", "T", "T", "S", "A", "RS")


def choose_niveau(de: Random, possibles: str) -> tuple[str, str | None]:
    """Level and inheritance: an indicator of level C, E, D or R is inherited or not."""
    niveau = de.choice(possibles)
    heritage = niveau if niveau in "CEDR" and de.random() < 0.65 else None
    return niveau, heritage


def make_cible(
    operateur: str, valeur: int, echeance: date | None, origine: str, relative_a: str | None = None
) -> dict[str, Any]:
    """The référentiel's own target."""
    return {
        "operateur": operateur,
        "valeur": valeur,
        "echeance": echeance,
        "relative_a": relative_a,
        "origine": origine,
    }


def choose_cible(
    de: Random, valeurs: tuple[int, ...], vu_le: date, operateur: str = ">="
) -> dict[str, Any] | None:
    """None, a proposition that never counts, or a target of the annex, dated or not."""
    tirage = de.random()
    if tirage < 0.3:
        return None
    ecart = de.choice((None, None, None, -700, -1, 0, 200))
    echeance = None if ecart is None else vu_le + timedelta(days=ecart)
    origine = "proposition" if tirage < 0.45 else "annexe"
    return make_cible(operateur, de.choice(valeurs), echeance, origine)


def make_presence(de: Random, vu_le: date) -> Ligne:
    """At least one, two or three."""
    niveau, heritage = choose_niveau(de, "QQQQQQCEDRN")
    return {
        "genre": "presence",
        "niveau": niveau,
        "heritage": heritage,
        "frequence": de.choice((*FREQUENCES, "PV")),
        "agregation": "part_de_territoires",
        "portee_spatiale": de.choice(("A", "AB", "AB", "desserte")),
        "cible": choose_cible(de, (1, 1, 1, 2, 3), vu_le),
    }


def make_compte_stock(de: Random, vu_le: date) -> Ligne:
    """A count of that day; less may be better."""
    niveau, heritage = choose_niveau(de, "QQQQQQCEDRN")
    sens = de.choice(("hausse", "hausse", "baisse"))
    operateur = ">=" if sens == "hausse" else "<="
    return {
        "genre": "compte",
        "nature": "stock",
        "niveau": niveau,
        "heritage": heritage,
        "sens": sens,
        "frequence": de.choice(FREQUENCES),
        "agregation": de.choice(
            ("somme", "mediane", "max", "objets_distincts", "objets_distincts", "distribution")
        ),
        "cible": choose_cible(de, (2, 6, 100), vu_le, operateur),
    }


def make_compte_flux(de: Random, vu_le: date) -> Ligne:
    """A running total of its year; a third of them are compared with last year."""
    niveau, heritage = choose_niveau(de, "QQQQQCD")
    cible = choose_cible(de, (6, 40, 100), vu_le)
    if de.random() < 0.4:
        origine = "annexe" if de.random() < 0.9 else "proposition"
        cible = make_cible(">=", de.choice((0, 1, 1, 10)), None, origine, "annee_precedente")
    periode = de.choice(("annee_civile", "annee_scolaire"))
    return {
        "genre": "compte",
        "nature": "flux",
        "periode": periode,
        "niveau": niveau,
        "heritage": heritage,
        "frequence": de.choice((*FREQUENCES, "PV") if periode == "annee_scolaire" else FREQUENCES),
        "agregation": de.choice(("somme", "somme", "objets_distincts")),
        "cible": cible,
    }


def make_part(de: Random, vu_le: date) -> Ligne:
    """In percent."""
    niveau, heritage = choose_niveau(de, "QQQQQQCEDN")
    sens = de.choice(("hausse", "hausse", "hausse", "baisse"))
    return {
        "genre": "part",
        "niveau": niveau,
        "heritage": heritage,
        "sens": sens,
        "frequence": de.choice((*FREQUENCES, "PV", "PV")),
        "agregation": "rapport",
        "cible": choose_cible(de, (29, 50, 100), vu_le, ">=" if sens == "hausse" else "<="),
    }


def make_doublement(de: Random, vu_le: date) -> Ligne:
    """The référentiel's line has neither base nor deadline."""
    del vu_le
    return {
        "genre": "doublement",
        "nature": "stock",
        "niveau": "Q",
        "frequence": de.choice(("A", "RS", "T")),
        "agregation": "somme",
        "cible": make_cible(">=", 2, None, "annexe", "base"),
    }


def make_national(de: Random, vu_le: date) -> Ligne:
    """A target shared by the whole nation."""
    cible = choose_cible(de, (6, 30, 100), vu_le)
    if cible is None and de.random() < 0.8:
        cible = make_cible(">=", 30, vu_le + timedelta(days=de.choice((-300, 0, 300))), "annexe")
    return {
        "genre": "national",
        "nature": "stock",
        "niveau": "N",
        "frequence": de.choice(("T", "A", "RS")),
        "agregation": de.choice(("somme", "somme", "objets_distincts")),
        "cible": cible,
    }


def make_jalon(de: Random, vu_le: date) -> Ligne:
    """Ordered steps, the first of them being 0."""
    niveau, heritage = choose_niveau(de, "QQQQCED")
    nombre = de.choice((4, 5, 6))
    return {
        "genre": "jalon",
        "niveau": niveau,
        "heritage": heritage,
        "frequence": de.choice(("T", "S", "A")),
        "agregation": "distribution",
        "pas_0": de.choice(("sans_objet", "non_engage", "non_engage")),
        "echelle": [f"Étape {rang}" for rang in range(nombre)],
        "cible": choose_cible(de, (2, 3), vu_le),
    }


def make_suivi(de: Random, vu_le: date) -> Ligne:
    """No target by nature."""
    del vu_le
    return {
        "genre": "suivi",
        "niveau": "Q",
        "sens": de.choice(("hausse", "baisse")),
        "frequence": de.choice(FREQUENCES),
        "agregation": de.choice(("mediane", "rapport")),
        "cible": None,
    }


FABRIQUES: Final = {
    "presence": make_presence,
    "compte_stock": make_compte_stock,
    "compte_flux": make_compte_flux,
    "part": make_part,
    "doublement": make_doublement,
    "national": make_national,
    "jalon": make_jalon,
    "suivi": make_suivi,
}
PAR_DEFAUT: Final[dict[str, Any]] = {
    "objectif": None,
    "sens": "hausse",
    "nature": None,
    "periode": None,
    "portee_spatiale": None,
    "heritage": None,
    "pas_0": None,
    "echelle": [],
    "unite": "unité",
}


def make_indicateurs(de: Random, vu_le: date) -> list[Ligne]:
    """Six to twelve indicators, in actions of one to three, in two or three engagements."""
    nombre = de.randint(6, 12)
    indicateurs: list[Ligne] = []
    engagement, action = 1, 1
    dans_l_action = 0
    mode = de.choice(MODES)
    for rang in range(nombre):
        if dans_l_action and de.random() < 0.6:
            action, dans_l_action, mode = action + 1, 0, de.choice(MODES)
            if de.random() < 0.3:
                engagement, action = engagement + 1, 1
        genre = de.choices(list(GENRES), list(GENRES.values()))[0]
        is_principal = dans_l_action == 0
        a_l_objectif = not is_principal and de.random() < 0.2
        code_action = f"E{engagement:02}-A{action}"
        indicateurs.append(
            {
                **PAR_DEFAUT,
                **FABRIQUES[genre](de, vu_le),
                "code": f"i{rang:02}-{genre.replace('_', '-')}",
                "engagement": f"E{engagement:02}",
                "action": None if a_l_objectif else code_action,
                "objectif": f"E{engagement:02}-O1" if a_l_objectif else None,
                "principal": is_principal,
                "mode": mode,
            }
        )
        dans_l_action += 1
    return indicateurs
