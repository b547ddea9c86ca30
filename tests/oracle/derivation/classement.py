"""Which derivations the oracle understands: every key, word, count, field, window and calendar, or a refusal.

`python -m tests.oracle.derivation.classement` prints what the programme asks: kinds, counts, filters.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from tests.oracle.derivation.lignes import ACTES, GENRES
from tests.oracle.derivation.referentiel import Derivation, Indicateur, Programme, read_programme

MOTS, OUI_NON, NOMBRE = "mots", "oui_non", "nombre"

# Kind → the filters it has, and what their value is.
FILTRES: Final[dict[str, dict[str, str]]] = {
    "Activite": {
        **dict.fromkeys(("genre", "theme", "public", "organisateur", "lieu"), MOTS),
        **dict.fromkeys(("tenue", "dans_vacances", "soir_ou_weekend"), OUI_NON),
        "fenetre": MOTS,
        "fenetre_mois": NOMBRE,
    },
    "Cohorte": {
        **dict.fromkeys(("dispositif", "unite_comptee", "etape", "dont", "engagement"), MOTS),
        "annee_scolaire": OUI_NON,
        "n_min": NOMBRE,
    },
    "Convention": {
        **dict.fromkeys(("genre", "clause", "engagement"), MOTS),
        "en_vigueur": OUI_NON,
        "actif_mois": NOMBRE,
    },
    "Decision": {"instance": MOTS, "etat": MOTS, "echue": OUI_NON},
    "DemandeAppui": {
        **dict.fromkeys(("decidee", "echue_ou_decidee"), OUI_NON),
        **dict.fromkeys(("delai_jours_max", "fenetre_mois"), NOMBRE),
    },
    "FicheAction": dict.fromkeys(("applicable", "complete"), OUI_NON),
    "Financement": {
        **dict.fromkeys(("beneficiaire", "domaine", "theme", "programme", "etat"), MOTS),
        **dict.fromkeys(("fenetre_mois", "financeurs_min"), NOMBRE),
    },
    "InstanceLocale": {"genre": MOTS, "en_vigueur": OUI_NON},
    "Lieu": {
        **dict.fromkeys(("genre", "label", "education_prioritaire"), MOTS),
        **dict.fromkeys(
            ("en_vigueur", "mobile", "arret_hebdomadaire", "degradee", "accompagnee"), OUI_NON
        ),
        **dict.fromkeys(("actif_mois", "niveaux_dedoubles"), NOMBRE),
    },
    "Organisme": {
        **dict.fromkeys(("genre", "domaine"), MOTS),
        **dict.fromkeys(("actif", "mobilisable"), OUI_NON),
    },
    "Plan": {},
    "Poste": {
        **dict.fromkeys(("fonction", "programme"), MOTS),
        **dict.fromkeys(("pourvu", "finance", "lettre_de_mission"), OUI_NON),
    },
    "Projet": {"programme": MOTS, "etat": MOTS, "soutien_etat": OUI_NON},
    "Seance": {"instance": MOTS, "colleges": MOTS, "tenue": OUI_NON, "fenetre_mois": NOMBRE},
    "Tableau": {"publication": OUI_NON, "fenetre_mois": NOMBRE},
    "Territoire": {"genre": MOTS, "convention": MOTS},
    "Constat": {
        **dict.fromkeys(("engagement", "mode", "statut"), MOTS),
        **dict.fromkeys(
            ("principal", "applicable", "renseigne", "valeur_positive", "devenu_positif"), OUI_NON
        ),
    },
}
# Count → kind → the fields it may be asked of; None: none is asked.
TOUS: Final = tuple(FILTRES)
CHAMPS: Final[dict[str, dict[str, tuple[str | None, ...]]]] = {
    "distinct": {
        **dict.fromkeys(TOUS, (None,)),
        "Activite": (None, "serie"),
        "Convention": (None, "signataire"),
        "Financement": ("action_financee", "beneficiaire"),
    },
    "valeurs_distinctes": {
        "Activite": ("theme",),
        "Cohorte": ("dispositif",),
        "Convention": ("action",),
        "Financement": ("domaine",),
        "Organisme": ("domaine",),
    },
    "somme": {
        "Cohorte": ("n",),
        "Financement": ("montant_verse",),
        "InstanceLocale": ("problemes_ouverts", "problemes_resolus"),
        "Lieu": ("places",),
        "Poste": ("etp_pourvu", "jours_presence"),
        "Projet": (
            "locaux_livres",
            "operations_avec_exigence",
            "operations_engagees",
            "operations_programmees",
        ),
    },
    "max": {"Poste": ("quartiers",)},
    "jalon": {"Convention": ("etape",), "Plan": ("etape",), "Projet": ("etape",)},
    "delai_median": {
        "DemandeAppui": ("jours_depot_decision",),
        "FicheAction": ("jours_signature_premier_fait",),
        "Poste": ("jours_financement_prise_de_poste",),
    },
    "distance_min": {"Lieu": (None,)},
    "heures_hebdo": {"Lieu": (None,)},
    "jours_hebdo": {"Lieu": (None,)},
    "jours": {"Activite": (None,)},
    "semaines": {"Activite": (None,)},
    "periodes": {"Activite": (None,)},
    "couples_lieu_periode": {"Activite": (None,)},
}
CALENDRIERS: Final = {
    "semaines_echues": "semaines",
    "semaines_scolaires_echues": "semaines",
    "periodes_vacances_echues": "periodes",
    "jours_vacances_echus": "jours",
    "jours_ouvres_vacances_echus": "jours",
}
FENETRES: Final = ("derniere_periode_vacances", "dernier_ete", "dernier_mois_complet")
PORTEES: Final = ("A", "AB", "commune", "departement", "desserte", "illimitee")
UNITES: Final = ("jours", "semaines", "periodes", "couples_lieu_periode")


class IncompriseError(Exception):
    """A derivation that the oracle does not understand; every reason at once."""


def check_indicateur(programme: Programme, indicateur: Indicateur) -> None:
    """Understand every derivation of an indicateur, or say why not."""
    raisons = [r for d in indicateur.derivations for r in list_raisons(programme, indicateur, d)]
    raisons += list_raisons_ensemble(indicateur)
    if raisons:
        raise IncompriseError(f"{indicateur.code} : " + " ; ".join(raisons))


def list_raisons_ensemble(indicateur: Indicateur) -> Iterator[str]:
    """What the derivations of a role, and the two roles of a share, owe each other."""
    derivations = indicateur.derivations
    for role in {d.role for d in derivations}:
        if len({(d.compte, d.champ) for d in derivations if d.role == role and d.de}) > 1:
            yield f"deux comptes pour un rôle ({role})"
    if not derivations:
        return
    roles = sorted(str(d.role) for d in derivations)
    if indicateur.genre == "part" and set(roles) != {"numerateur", "denominateur"}:
        yield f"rôles d’une part : {roles}"
    if indicateur.genre != "part" and set(roles) != {"None"}:
        yield f"rôles sans part : {roles}"
    unites = {d.compte for d in derivations} & set(UNITES)
    calendriers = {CALENDRIERS.get(str(d.calendrier)) for d in derivations if d.calendrier}
    for compte in unites - {"couples_lieu_periode"}:
        if calendriers != {compte}:
            yield f"{compte} sans son calendrier"
    if "couples_lieu_periode" in unites and not any(d.produit for d in derivations):
        yield "couples sans produit"


def list_raisons(
    programme: Programme, indicateur: Indicateur, derivation: Derivation
) -> Iterator[str]:
    """Why a derivation is not understood."""
    if derivation.de is None:
        yield from list_raisons_sans_genre(programme, indicateur, derivation)
        return
    if derivation.de not in FILTRES:
        yield f"genre inconnu : {derivation.de}"
        return
    if derivation.portee not in PORTEES:
        yield f"portée inconnue : {derivation.portee}"
    champs = CHAMPS.get(str(derivation.compte), {}).get(derivation.de)
    if champs is None:
        yield f"compte inconnu : {derivation.compte} de {derivation.de}"
    elif derivation.champ not in champs:
        yield f"champ inconnu : {derivation.champ} de {derivation.de}"
    for filtre, valeur in derivation.filtre.items():
        yield from list_raisons_de_filtre(programme, derivation.de, filtre, valeur)
    yield from list_raisons_de_fenetre(indicateur, derivation)


def list_raisons_sans_genre(
    programme: Programme, indicateur: Indicateur, derivation: Derivation
) -> Iterator[str]:
    """A denominator without records: one thing exactly, that is known."""
    dits = [derivation.calendrier, derivation.constante, derivation.source]
    if sum(dit is not None for dit in dits) + bool(derivation.produit) != 1:
        yield "un dénominateur dit une chose, et une seule"
    if derivation.calendrier is not None and derivation.calendrier not in CALENDRIERS:
        yield f"calendrier inconnu : {derivation.calendrier}"
    if derivation.source is not None and derivation.source not in programme.sources:
        yield f"source inconnue : {derivation.source}"
    if not derivation.produit:
        return
    if [f.de for f in derivation.produit] != ["Lieu", None] or len(derivation.produit) != 2:
        yield "un produit est celui de lieux et d’un calendrier"
    for facteur in derivation.produit:
        yield from list_raisons(programme, indicateur, facteur)


def list_raisons_de_filtre(
    programme: Programme, de: str, filtre: str, valeur: Any
) -> Iterator[str]:
    """A filter is known for its kind, its value has its type, its words are those of the programme."""
    genre = FILTRES[de].get(filtre)
    if genre is None:
        yield f"filtre inconnu : {filtre} de {de}"
    elif genre == OUI_NON and valeur is not True and valeur is not False:
        yield f"{filtre} : oui ou non attendu"
    elif genre == OUI_NON and filtre != "mobile" and valeur is False:
        yield f"{filtre} = false : personne ne l’a défini"
    elif genre == NOMBRE and (
        not isinstance(valeur, int) or isinstance(valeur, bool) or valeur < 1
    ):
        yield f"{filtre} : nombre attendu"
    elif genre == MOTS:
        if not isinstance(valeur, list) or not valeur:
            yield f"{filtre} : mots attendus"
        else:
            for mot in valeur:
                if mot not in list_mots(programme, de, filtre):
                    yield f"{filtre} : mot inconnu {mot}"


def list_mots(programme: Programme, de: str, filtre: str) -> set[str]:
    """The words that a filter may ask."""
    if filtre == "dispositif":
        return set(programme.dispositifs)
    if filtre == "fenetre":
        return set(FENETRES)
    if filtre == "mode":
        return set(programme.vocabulaires["mode"])
    return set(programme.mots[de].get(filtre, []))


def list_raisons_de_fenetre(indicateur: Indicateur, derivation: Derivation) -> Iterator[str]:
    """Acts of a figure of a day need one window; states have none."""
    fenetres = [f for f in ("fenetre", "fenetre_mois") if f in derivation.filtre]
    is_acte = GENRES.get(str(derivation.de)) in ACTES
    nommees = derivation.filtre.get("fenetre", [None])
    if len(fenetres) > 1 or (isinstance(nommees, list) and len(nommees) > 1):
        yield "deux fenêtres"
    if fenetres and not is_acte:
        yield "une fenêtre sur un état"
    is_cumul = indicateur.nature == "flux" or derivation.compte in UNITES
    if is_acte and not is_cumul and not fenetres:
        yield "un acte à la date sans fenêtre"
    if is_acte and is_cumul and fenetres:
        yield "une fenêtre sur un cumul"


def count_programme(programme: Programme) -> dict[str, Counter[str]]:
    """How many derivations of each kind, with each count, each filter, each window, each calendar."""
    tables: dict[str, Counter[str]] = {
        nom: Counter()
        for nom in ("genres", "comptes", "filtres", "fenêtres", "calendriers", "portées")
    }
    for indicateur in programme.indicateurs.values():
        for premiere in indicateur.derivations:
            for derivation in (premiere, *premiere.produit):
                if derivation.calendrier is not None:
                    tables["calendriers"][derivation.calendrier] += 1
                if derivation.de is None:
                    continue
                tables["genres"][derivation.de] += 1
                tables["comptes"][str(derivation.compte)] += 1
                tables["portées"][str(derivation.portee)] += 1
                tables["filtres"].update(list(derivation.filtre))
                tables["fenêtres"].update(derivation.filtre.get("fenetre", []))
    return tables


def main() -> None:
    """Print the tables."""
    programme = read_programme()
    for nom, compteur in count_programme(programme).items():
        print(f"{nom} ({len(compteur)}, {sum(compteur.values())} fois)")
        for mot, fois in compteur.most_common():
            print(f"  {mot:32} {fois:4}")


if __name__ == "__main__":
    main()
