# ruff: noqa: INP001 - a script beside its data, not a package
"""Values that count things that are there → postes, lieux, conventions, organismes, décisions, projets, instances.

Each thing is said again at each date, as it then is: that is what keeps the value as fresh as the relevé was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from fiches import (
    OUI,
    UN_JOUR,
    Cellule,
    Fiche,
    Impossible,
    draw,
    get_filtre,
    get_organisme,
    read_nombre,
)

from quartiers.core.contenu import SEPARATEUR
from quartiers.core.genres import GENRES_DERIVES
from quartiers.core.horaires import JOURS

HEURES = ("09:00 - 12:00 / 13:30 - 17:30", "09:00 - 12:00 / 14:00 - 18:00", "13:30 - 18:30")
NIVEAUX = ("GS", "CP", "CE1")
PLACES = 24
PLUS_TARD = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Chose:
    """A thing on a day. `depuis`: it is as asked from that day; `fini`: it was, and no longer is."""

    cellule: Cellule
    numero: int
    jour: date
    depuis: date
    is_bonne: bool
    is_finie: bool

    @property
    def mots(self) -> dict[str, str]:
        """What the derivation asks of it."""
        return self.cellule.get_mots()


def write_choses(cellule: Cellule) -> Iterator[Fiche]:
    """As many things as counted; of a share, as many as its denominator, of which its numerator are as asked."""
    genre = GENRES_DERIVES[str(cellule.derivation.de)].GENRE
    nombres = cellule.list_nombres()
    totaux = [nombre if total is None else total for nombre, total in nombres]
    depuis = cellule.list_depuis(list_maxima(totaux), max(totaux))
    jours = list(cellule.dates)
    bonnes = [
        [rang < (n if t is not None else s) for rang in range(s)]
        for (n, t), s in zip(nombres, totaux, strict=True)
    ]
    is_part = nombres[0][1] is not None
    for jour, total, siennes in zip(jours, totaux, bonnes, strict=True):
        venues = sum(1 for debut in depuis if debut <= jour)
        if venues == 0:
            yield cellule.write_pointage(jour)
        for rang in range(venues):
            is_bonne = siennes[rang] if is_part and rang < total else True
            chose = Chose(cellule, rang + 1, jour, depuis[rang], is_bonne, rang >= total)
            champs = CHAMPS[genre](chose)
            objet = cellule.name(*(chose.mots.values() or (genre,)), rang + 1)
            yield Fiche(genre, objet, jour, cellule.liens, champs)
            if (
                genre == "lieu"
                and get_filtre(cellule.derivation, "actif_mois")
                and not chose.is_finie
            ):
                yield build_visite(chose, objet)


def list_maxima(comptes: list[int]) -> list[int]:
    """The greatest so far: what came stays known."""
    return [max(comptes[: rang + 1]) for rang in range(len(comptes))]


def build_poste(chose: Chose) -> dict[str, str]:
    """A post; its holder came some weeks after it was funded."""
    finance = chose.depuis - timedelta(days=20 + draw(chose.cellule.indicateur.code, chose.numero))
    champs = {
        **chose.mots,
        "employeur": get_organisme(chose.cellule.indicateur),
        "etp_finance": "1",
        "etp_pourvu": "1",
        "finance_depuis": finance.isoformat(),
        "pourvu_depuis": chose.depuis.isoformat(),
    }
    if chose.mots["fonction"] == "educateur_prevention" and chose.numero == 1:
        champs["programme"] = "bataillons-prevention"
    if get_filtre(chose.cellule.derivation, "lettre_de_mission"):
        champs["lettre_de_mission"] = OUI
    if chose.is_finie or not chose.is_bonne:
        vacant = chose.jour if chose.is_finie else chose.depuis
        champs |= {"etp_pourvu": "0", "vacant_depuis": vacant.isoformat()}
        if not chose.is_finie:
            del champs["pourvu_depuis"]
    return champs


def build_lieu(chose: Chose) -> dict[str, str]:
    """A place; the conditions that a share asks hold where it counts."""
    derivation = chose.cellule.derivation
    genre = chose.mots["genre"]
    champs = {**chose.mots, "ouvert": chose.depuis.isoformat()}
    champs["nom"] = f"{NOMS_DES_LIEUX.get(genre, genre.replace('_', ' '))} {chose.numero} (fictif)"
    if chose.is_finie:
        champs["ferme"] = (chose.jour - UN_JOUR).isoformat()
    if get_filtre(derivation, "mobile") is False:
        champs["mobile"] = "non"
    if get_filtre(derivation, "niveaux_dedoubles"):
        champs["niveaux_presents"] = SEPARATEUR.join(NIVEAUX)
        champs["niveaux_dedoubles"] = SEPARATEUR.join(NIVEAUX if chose.is_bonne else NIVEAUX[1:])
    if get_filtre(derivation, "degradee"):
        champs |= {"degradee": OUI, "accompagnee": OUI if chose.is_bonne else "non"}
    ouverts = chose.cellule.voisines.get(JOURS_OUVERTURE)
    if genre == "centre_social" and ouverts:
        nombre = int(ouverts[-1].valeur)
        plages = HEURES[draw(chose.cellule.territoire, "horaires") % len(HEURES)]
        champs["horaires"] = ", ".join(f"{jour} {plages}" for jour in JOURS[:nombre])
    return champs


def build_visite(chose: Chose, lieu: str) -> Fiche:
    """Something held at a place, that shows it at work."""
    genre = "clj" if chose.mots["genre"] == "clj" else "information"
    champs = {
        "genre": genre,
        "premier_jour": chose.jour.isoformat(),
        "tenue": OUI,
        "lieu": lieu,
    }
    objet = chose.cellule.name(chose.mots["genre"], chose.numero, genre, chose.jour)
    return Fiche("activite", objet, chose.jour, chose.cellule.liens, champs)


JOURS_OUVERTURE = "e03-a2-jours-ouverture"
NOMS_DES_LIEUX = {
    "centre_social": "Centre social",
    "clj": "Centre de loisirs jeunes",
    "maison_sante": "Maison de santé",
    "point_justice": "Point-justice",
    "micro_folie": "Micro-Folie",
    "ecole": "École",
    "copropriete": "Copropriété",
    "antenne_cite_emploi": "Antenne de la cité de l’emploi",
    "internat_excellence": "Internat d’excellence",
    "prepa_talents": "Prépa Talents",
}


def build_convention(chose: Chose) -> dict[str, str]:
    """An act in force, or whose last day is past."""
    champs = {
        **chose.mots,
        "debut": chose.depuis.isoformat(),
        "signataire": get_organisme(chose.cellule.indicateur),
    }
    if chose.is_finie:
        champs["fin"] = (chose.jour - UN_JOUR).isoformat()
    return champs


def build_organisme(chose: Chose) -> dict[str, str]:
    """An organisation at work."""
    champs = {
        **chose.mots,
        "nom": f"Chantier d’insertion {chose.numero} (fictif)",
        "actif_depuis": chose.depuis.isoformat(),
        "domaine": "social",
        "mobilisable_depuis": chose.depuis.isoformat(),
    }
    if chose.is_finie:
        dernier = (chose.jour - UN_JOUR).isoformat()
        champs |= {"actif_jusqu_au": dernier, "mobilisable_jusqu_au": dernier}
    return champs


def build_decision(chose: Chose) -> dict[str, str]:
    """A decision whose deadline is past."""
    return {
        **chose.mots,
        "texte": f"Décision {chose.numero} de la séance plénière (fictif)",
        "echeance": (chose.depuis - UN_JOUR).isoformat(),
        "etat": "executee" if chose.is_bonne else "en_cours",
    }


def build_projet(chose: Chose) -> dict[str, str]:
    """A project under way, which the State supports."""
    return {
        **chose.mots,
        "nom": f"Projet {chose.numero} (fictif)",
        "etat": "livre" if chose.is_finie else "engage",
        "soutien_etat": OUI,
    }


CHAMPS: Mapping[str, Callable[[Chose], dict[str, str]]] = {
    "poste": build_poste,
    "lieu": build_lieu,
    "convention": build_convention,
    "organisme": build_organisme,
    "decision": build_decision,
    "projet": build_projet,
}


def write_etapes(cellule: Cellule) -> Iterator[Fiche]:
    """One convention whose step is said at each date."""
    mots = cellule.get_mots()
    debut = (cellule.dates[0] - PLUS_TARD).isoformat()
    for releve in cellule.releves:
        champs = {**mots, "debut": debut, "etape": releve.valeur}
        objet = cellule.name(*mots.values())
        yield Fiche("convention", objet, releve.date, cellule.liens, champs)


def write_signataires(cellule: Cellule) -> Iterator[Fiche]:
    """One convention with as many signatories as counted."""
    mots = cellule.get_mots()
    debut = (cellule.dates[0] - PLUS_TARD).isoformat()
    for releve, (nombre, _) in zip(cellule.releves, cellule.list_nombres(), strict=True):
        if nombre == 0:
            yield cellule.write_pointage(releve.date)
            continue
        noms = SEPARATEUR.join(f"Structure {rang + 1} (fictif)" for rang in range(nombre))
        champs = {**mots, "debut": debut, "signataire": noms}
        objet = cellule.name(*mots.values())
        yield Fiche("convention", objet, releve.date, cellule.liens, champs)


def write_champs(cellule: Cellule) -> Iterator[Fiche]:
    """A share of two fields of one thing, said at each date."""
    dessus, dessous = cellule.indicateur.derivations
    genre = GENRES_DERIVES[str(dessus.de)].GENRE
    mots = cellule.get_mots()
    for releve, (nombre, total) in zip(cellule.releves, cellule.list_nombres(), strict=True):
        champs = {**mots, str(dessus.champ): str(nombre), str(dessous.champ): str(total)}
        objet = cellule.name(*mots.values())
        yield Fiche(genre, objet, releve.date, cellule.liens, champs)


def write_domaines(cellule: Cellule) -> Iterator[Fiche]:
    """As many organisations as fields covered, each in one."""
    domaines = get_filtre(cellule.derivation, "domaine")
    if not isinstance(domaines, tuple):
        raise Impossible(cellule.indicateur.code)
    for releve, (nombre, total) in zip(cellule.releves, cellule.list_nombres(), strict=True):
        couverts = round(len(domaines) * nombre / (total or 1))
        for domaine in domaines[:couverts]:
            champs = {
                "nom": f"Association {domaine} du quartier (fictif)",
                "genre": "association",
                "domaine": domaine,
                "mobilisable_depuis": (cellule.dates[0] - PLUS_TARD).isoformat(),
            }
            objet = cellule.name("association", domaine)
            yield Fiche("organisme", objet, releve.date, cellule.liens, champs)


def write_locaux(cellule: Cellule) -> Iterator[Fiche]:
    """One project whose deliveries since 1 January are said at each date."""
    mots = cellule.get_mots()
    for releve in cellule.releves:
        champs = {**mots, "nom": "Hôtel d’activités (fictif)", "locaux_livres": releve.valeur}
        objet = cellule.name(*mots.values())
        yield Fiche("projet", objet, releve.date, cellule.liens, champs)


def write_renovation(cellule: Cellule) -> Iterator[Fiche]:
    """The project of renewal of the quartier: its step and its operations, each at the dates it was said."""
    if "e02-a2-projets-soutenus" not in cellule.voisines:
        raise Impossible("son projet dirait un zéro des projets soutenus, que l’on ne connaît pas")
    dits: dict[date, dict[str, str]] = {}
    for code, champ in RENOVATION.items():
        for releve in cellule.voisines.get(code, ()):
            nombre, _, total = releve.valeur.partition("/")
            champs = dits.setdefault(releve.date, {})
            if not total:
                champs[champ] = nombre
            elif champ == "operations_engagees":
                sur = int(champs.setdefault("operations_programmees", total))
                champs[champ] = str(round(sur * int(nombre) / int(total)))
            else:
                champs |= {champ: nombre, "operations_programmees": total}
    for jour, champs in sorted(dits.items()):
        connus = {"programme": "npnru", "nom": "Renouvellement urbain (fictif)", **champs}
        yield Fiche("projet", cellule.name("npnru"), jour, cellule.liens, connus)


RENOVATION = {
    "e02-a5-operations-avec-exigence": "operations_avec_exigence",
    "e02-a1-operations-lancees": "operations_engagees",
    "e02-a1-convention-npnru": "etape",
}


def write_instance(cellule: Cellule) -> Iterator[Fiche]:
    """A body that exists, said again at each date."""
    mots = cellule.get_mots()
    creee = (cellule.dates[0] - PLUS_TARD).isoformat()
    for releve in cellule.releves:
        champs = {**mots, "creee": creee}
        objet = cellule.name(*mots.values())
        yield Fiche("instance", objet, releve.date, cellule.liens, champs)


def write_delegues(cellule: Cellule) -> Iterator[Fiche]:
    """The post of the police, its days of presence, said again when the neighbour counts them."""
    fiches = list(write_choses(cellule))
    jours = {r.date: r.valeur for r in cellule.voisines.get("e08-a2-jours-presence", ())}
    presents = [f for f in fiches if f.champs.get("etp_pourvu") == "1"]
    for fiche in fiches:
        connus = {"jours_presence": max(jours.items())[1]} if fiche in presents and jours else {}
        yield replace(fiche, champs={**fiche.champs, **connus})
    if presents and presents[-1] is fiches[-1]:
        for jour, valeur in jours.items():
            if jour > fiches[-1].le:
                champs = {**fiches[-1].champs, "jours_presence": valeur}
                yield replace(fiches[-1], le=jour, champs=champs)


def write_adultes_relais(cellule: Cellule) -> Iterator[Fiche]:
    """Those who are there; beside them the vacant posts that make the neighbouring share."""
    yield from write_choses(cellule)
    releves = cellule.voisines.get("e06-a2-taux-pourvoi")
    pourvus = cellule.list_nombres()[-1][0]
    if not releves or not pourvus:
        return
    nombre, total = read_nombre(releves[-1].valeur)
    vacants = min(4, round(pourvus * ((total or nombre) - nombre) / max(1, nombre)))
    for jour in cellule.dates[-1:]:
        for rang in range(vacants):
            champs = {
                **cellule.get_mots(),
                "employeur": get_organisme(cellule.indicateur),
                "etp_finance": "1",
                "etp_pourvu": "0",
                "finance_depuis": (jour - PLUS_TARD * (rang + 2)).isoformat(),
                "vacant_depuis": (jour - PLUS_TARD * (rang + 2)).isoformat(),
            }
            objet = cellule.name("adulte_relais", "vacant", rang + 1)
            yield Fiche("poste", objet, jour, cellule.liens, champs)
