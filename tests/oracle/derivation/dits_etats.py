"""What the state kinds say on a day: object by object, and série by série for the cohorts."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle.derivation.actes import list_occurrences
from tests.oracle.derivation.cadre import QUARTIERS, get_genre, list_quartiers
from tests.oracle.derivation.etats import get_dernier_jour, get_periode_dite
from tests.oracle.derivation.filtres import (
    get_dont,
    is_celui,
    is_etat_bon,
    list_actions,
    list_periodes,
)
from tests.oracle.derivation.horaires import count_heures, count_jours
from tests.oracle.derivation.jours import add_mois, get_lendemain
from tests.oracle.derivation.liens import Place, find_place
from tests.oracle.derivation.lignes import GENRES, LigneBrute
from tests.oracle.derivation.referentiel import Derivation
from tests.oracle.derivation.regard import COMPTE, FINI, ZERO, Dire, Regard
from tests.oracle.derivation.su import group_objets
from tests.oracle.derivation.suite import Suite, find_rang, get_prise, get_temoin, list_bascules


def list_dires_etats(regard: Regard, derivation: Derivation, jour: date) -> list[Dire]:
    """All that the records of a state kind say of a figure on a day."""
    objets = group_objets(regard.sus, GENRES[str(derivation.de)])
    dires: list[Dire] = []
    for suite in objets.values():
        dires += say_objet(regard, derivation, suite, jour)
    if derivation.de == "Cohorte" and regard.indicateur.nature != "flux":
        return keep_derniere_de_serie(dires)
    return dires


def say_objet(regard: Regard, derivation: Derivation, suite: Suite, jour: date) -> list[Dire]:
    """What one object says: as it stands, else what it was when it last said something, now over."""
    dires = say_maintenant(regard, derivation, suite, jour)
    if dires:
        return dires
    for veille in list_bascules(suite, jour):
        dires = say_maintenant(regard, derivation, suite, veille)
        if dires:
            return [replace(dire, etat=FINI) for dire in dires]
    return []


def say_maintenant(regard: Regard, derivation: Derivation, suite: Suite, jour: date) -> list[Dire]:
    """What the statement that governs a day says. Without the field that is counted, the one before holds."""
    rang = find_rang(suite, jour)
    if rang is None:
        return []
    ligne = suite[rang]
    if not is_celui(regard, ligne, derivation):
        return []
    place = find_place(regard, ligne, derivation)
    if place is None:
        return []
    if derivation.compte == "somme" and place.part is None:
        if judge_etat(derivation, ligne, jour) == COMPTE:
            regard.non_repartis.add(ligne.objet)
        return []
    dire = Dire(
        quoi=ligne.objet,
        objet=ligne.objet,
        etat=judge_etat(derivation, ligne, jour),
        temoin=get_temoin(suite, rang, jour),
        du=get_prise(suite, rang),
        lignes=(ligne,),
        proche=place.proche,
    )
    if dire.etat == COMPTE and "actif_mois" in derivation.filtre:
        vivant = find_activite(regard, derivation, suite, dire, jour)
        if vivant is None:
            return []
        dire = vivant
    if dire.etat != COMPTE:
        return [dire]
    dires = list_comptes(regard, derivation, ligne, place, dire)
    return dires or say_maintenant(regard, derivation, suite[:rang] + suite[rang + 1 :], jour)


def judge_etat(derivation: Derivation, ligne: LigneBrute, jour: date) -> str:
    """Does the thing stand as asked, does it not, or is its own period over?"""
    if not is_etat_bon(ligne, derivation):
        return ZERO
    etats = [judge_periode(ligne, filtre, jour) for filtre in list_periodes(derivation)]
    if ZERO in etats:
        return ZERO
    return FINI if FINI in etats else COMPTE


def judge_periode(ligne: LigneBrute, filtre: str, jour: date) -> str:
    """Not begun: a zero. Over: a zero too when the end was told once it had come, over otherwise."""
    bornes = get_periode_dite(ligne, filtre)
    if bornes is None:
        return ZERO
    debut, fin = bornes
    if debut is not None and jour < debut:
        return ZERO
    if fin is None or jour <= fin:
        return COMPTE
    return ZERO if get_lendemain(fin) <= ligne.le else FINI


def find_activite(
    regard: Regard, derivation: Derivation, suite: Suite, dire: Dire, jour: date
) -> Dire | None:
    """With `actif_mois`: something happened there lately, or did and no longer; None when nobody said so."""
    mois = derivation.filtre["actif_mois"]
    if derivation.de == "Lieu":
        preuves = list_activites(regard, dire.objet, jour)
    else:
        preuves = [(s.le, s) for s in suite if s.le <= jour and is_active(s, derivation)]
    if not preuves:
        return None
    recentes = [(j, ligne) for j, ligne in preuves if jour < add_mois(j, mois)]
    if not recentes:
        derniere = max(preuves, key=lambda preuve: preuve[0])[1]
        return replace(dire, etat=FINI, temoin=derniere.le, lignes=(*dire.lignes, derniere))
    lignes = tuple(ligne for _, ligne in recentes)
    temoin = max(ligne.le for ligne in lignes)
    if derivation.de == "Lieu":
        temoin = max(temoin, dire.temoin)
    return replace(dire, temoin=temoin, lignes=(*dire.lignes, *lignes))


def is_active(convention: LigneBrute, derivation: Derivation) -> bool:
    """Was the convention in force on the day it was told?"""
    return judge_etat(derivation, convention, convention.le) == COMPTE


def list_activites(regard: Regard, lieu: str, jour: date) -> list[tuple[date, LigneBrute]]:
    """The days on which an activity was held at a place, and the row that says so."""
    activites = [s for s in regard.sus if s.genre == "activite" and s.get("lieu") == lieu]
    return [
        (tenu, ligne)
        for ligne in activites
        for occurrence in list_occurrences(ligne)
        for tenu in occurrence.tenus
        if tenu <= jour
    ]


def list_comptes(
    regard: Regard, derivation: Derivation, ligne: LigneBrute, place: Place, dire: Dire
) -> list[Dire]:
    """What a thing that counts is counted for; nothing when it does not say what is counted."""
    exiges = list_dont_exiges(regard, derivation)
    if exiges and get_dont(ligne, exiges) is None:
        return []
    if derivation.compte in {"distinct", "valeurs_distinctes"}:
        if derivation.champ is None:
            return [dire]
        return [replace(dire, quoi=valeur) for valeur in list_valeurs(derivation, ligne)]
    poids = get_poids(regard, derivation, ligne, place)
    return [] if poids is None else [replace(dire, poids=poids)]


def list_dont_exiges(regard: Regard, derivation: Derivation) -> list[str]:
    """The sub-counts that a row must give; a share asks them of its two roles."""
    derivations = regard.indicateur.derivations if regard.is_part() else (derivation,)
    return sorted({mot for d in derivations for mot in d.filtre.get("dont", [])})


def list_valeurs(derivation: Derivation, ligne: LigneBrute) -> list[Any]:
    """The values of the field that is counted; only those that the derivation names, when it names some."""
    champ = str(derivation.champ)
    if champ == "action" and "engagement" in derivation.filtre:
        return list(list_actions(ligne, derivation))
    valeurs = ligne.list_mots(champ)
    if champ in derivation.filtre and champ != "beneficiaire":  # that filter reads another field
        valeurs = tuple(valeur for valeur in valeurs if valeur in derivation.filtre[champ])
    return list(dict.fromkeys(valeurs))


def get_poids(regard: Regard, derivation: Derivation, ligne: LigneBrute, place: Place) -> Any:
    """The number that is added or compared; None when the row does not say it."""
    match derivation.compte:
        case "somme":
            if "dont" in derivation.filtre:
                valeur = get_dont(ligne, derivation.filtre["dont"])
            else:
                valeur = ligne.get(str(derivation.champ))
            if valeur is None or place.part is None:
                return None
            return Fraction(valeur) * place.part
        case "jalon":
            return ligne.get(str(derivation.champ))
        case "max":
            servis = {c for c in ligne.liens if get_genre(regard.monde, c) in QUARTIERS}
            versions = list_quartiers(regard.monde, regard.connu_le)
            parties = {r for q in versions if q.code in servis for r in q.rattaches}
            return Fraction(len(servis - parties))
        case "delai_median":
            return get_delai(ligne)
        case "distance_min":
            return place.distance
        case "heures_hebdo":
            return count_heures(ligne.list_mots("horaires"))
        case "jours_hebdo":
            return count_jours(ligne.list_mots("horaires"))
    raise NotImplementedError(derivation.compte)


def get_delai(ligne: LigneBrute) -> tuple[date, date | None] | None:
    """From when the delay runs, and the day it ended."""
    debut, fin = {
        "poste": ("finance_depuis", "pourvu_depuis"),
        "fiche_action": ("signature_le", "premier_fait_le"),
    }[ligne.genre]
    depuis = ligne.get(debut)
    return None if depuis is None else (depuis, ligne.get(fin))


def keep_derniere_de_serie(dires: Iterable[Dire]) -> list[Dire]:
    """Of each série of cohorts, the one that ends last: a stock or a share names no period."""
    series: dict[Any, list[Dire]] = {}
    for dire in dires:
        ligne = dire.lignes[0]
        serie = tuple(ligne.get(c) for c in ("dispositif", "unite_comptee", "etape", "organisme"))
        series.setdefault((*serie, frozenset(ligne.liens)), []).append(dire)
    gardes: list[Dire] = []
    for serie_dite in series.values():
        courants = [dire for dire in serie_dite if dire.etat == COMPTE]
        if courants:
            gardes.append(max(courants, key=get_rang_de_serie))
        else:
            gardes += serie_dite
    return gardes


def get_rang_de_serie(dire: Dire) -> tuple[Any, ...]:
    """The last day of the cohort, then the day told, then the order of knowledge."""
    ligne = dire.lignes[0]
    return get_dernier_jour(ligne), ligne.le, ligne.connu_le, ligne.ordre
