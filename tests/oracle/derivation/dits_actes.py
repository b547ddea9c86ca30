"""What the acts say: which sessions pass the filters, and on which days their window holds."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle.derivation.actes import (
    Occurrence,
    count_jours_d_horloge,
    get_hors_delai,
    list_occurrences,
)
from tests.oracle.derivation.dits_etats import list_valeurs
from tests.oracle.derivation.filtres import (
    BOOLEENS,
    is_acte_celui,
    is_celui,
    is_soir_ou_weekend,
)
from tests.oracle.derivation.jours import (
    add_mois,
    get_dernieres_vacances_finies,
    get_vacances,
    get_veille,
    is_connu,
    is_ete,
)
from tests.oracle.derivation.liens import Place, find_lieu, find_place
from tests.oracle.derivation.lignes import GENRES, LigneBrute
from tests.oracle.derivation.referentiel import Derivation
from tests.oracle.derivation.regard import COMPTE, FINI, ZERO, Dire, Regard

CALENDRIER_INCONNU = "calendrier_inconnu"


@dataclass(frozen=True, slots=True)
class Fait:
    """One session that passes the filters, its window apart; not held, it is a zero of a share."""

    ligne: LigneBrute
    jours: tuple[date, ...]
    tenu: bool
    quoi: tuple[Any, ...]
    poids: Any
    proche: bool

    @property
    def jour(self) -> date:
        """The day from which it counts."""
        return self.jours[0]


def list_faits(regard: Regard, derivation: Derivation) -> list[Fait]:
    """Every session that feeds the territoire and passes the filters, windows apart."""
    faits: list[Fait] = []
    for ligne in regard.sus:
        if ligne.genre != GENRES[str(derivation.de)] or not passes(regard, derivation, ligne):
            continue
        place = find_place(regard, ligne, derivation)
        if place is None:
            continue
        if derivation.compte == "somme" and place.part is None:
            regard.non_repartis.add(ligne.objet)
            continue
        faits += list_faits_de(regard, derivation, ligne, place)
    return faits


def passes(regard: Regard, derivation: Derivation, ligne: LigneBrute) -> bool:
    """Is it the act asked for? `tenue` is looked at session by session."""
    filtre = derivation.filtre
    if not is_celui(regard, ligne, derivation) or not is_acte_celui(ligne, derivation):
        return False
    for champ in (*BOOLEENS, "publication"):
        if champ in filtre and bool(ligne.get(champ)) is not filtre[champ]:
            return False
    if "lieu" in filtre:
        lieu = find_lieu(regard, ligne)
        if lieu is None or lieu.get("genre") not in filtre["lieu"]:
            return False
    if "delai_jours_max" in filtre:
        decidee = ligne.get("decidee_le")
        if decidee is None or count_jours_d_horloge(ligne, decidee) > filtre["delai_jours_max"]:
            return False
    return True


def list_faits_de(
    regard: Regard, derivation: Derivation, ligne: LigneBrute, place: Place
) -> list[Fait]:
    """The sessions of one act that pass the filters read day by day."""
    faits = []
    for occurrence in find_occurrences(regard, derivation, ligne):
        tenu = bool(occurrence.tenus)
        if not tenu and not regard.is_part():
            continue  # a session that was not held is silent, but for a share
        jours = occurrence.tenus if tenu else occurrence.annules
        retenus = tuple(j for j in jours if is_jour_bon(regard, derivation, ligne, j))
        quoi = list_quoi(derivation, ligne, occurrence)
        poids = get_poids(derivation, ligne, place)
        if retenus and quoi and poids is not None:
            faits.append(Fait(ligne, retenus, tenu, quoi, poids, place.proche))
    return faits


def find_occurrences(regard: Regard, derivation: Derivation, ligne: LigneBrute) -> list[Occurrence]:
    """The sessions of an act; of a request, the day decided or the day it went out of time."""
    if ligne.genre != "demande_appui":
        return list_occurrences(ligne, tuple(derivation.filtre.get("etat", ())))
    dits = [ligne.get("decidee_le")]
    if "echue_ou_decidee" in derivation.filtre:
        dits.append(get_hors_delai(ligne, regard.vu_le))
    connus = [jour for jour in dits if jour is not None]
    return [Occurrence(min(connus), (min(connus),))] if connus else []


def is_jour_bon(regard: Regard, derivation: Derivation, ligne: LigneBrute, jour: date) -> bool:
    """In the holidays, in the evening: what is asked of a day."""
    if "soir_ou_weekend" in derivation.filtre and not is_soir_ou_weekend(ligne, jour):
        return False
    if "dans_vacances" not in derivation.filtre:
        return True
    calendrier = regard.calendrier
    if calendrier is None or not is_connu(calendrier, jour, jour):
        regard.drapeaux.add(CALENDRIER_INCONNU)
        return False
    return get_vacances(calendrier, jour) is not None


def list_quoi(derivation: Derivation, ligne: LigneBrute, occurrence: Occurrence) -> tuple[Any, ...]:
    """What a session is counted once as: itself, or the values of a field; nothing when the field is empty."""
    if derivation.champ is None:
        return ((ligne.objet, occurrence.premier),)
    if derivation.compte in {"distinct", "valeurs_distinctes"}:
        return tuple(list_valeurs(derivation, ligne))
    return (ligne.objet,)


def get_poids(derivation: Derivation, ligne: LigneBrute, place: Place) -> Any:
    """The number of an act; None when it is not said."""
    if derivation.compte == "delai_median":
        return Fraction(count_jours_d_horloge(ligne, ligne.get("decidee_le")))
    if derivation.compte != "somme":
        return Fraction(1)
    valeur = ligne.get(str(derivation.champ))
    return None if valeur is None or place.part is None else Fraction(valeur) * place.part


# ──────── Windows: a figure of a day, read from acts ────────


def list_dires_actes(regard: Regard, derivation: Derivation, jour: date) -> list[Dire]:
    """What every act says of a figure on a day, by its window."""
    dires: list[Dire] = []
    faits = list_faits(regard, derivation)
    finances = list_cofinances(regard, derivation, jour)
    for fait in faits:
        etat = judge_fenetre(regard, derivation, fait, jour)
        if etat is None:
            continue
        if etat == COMPTE and not fait.tenu:
            etat = ZERO
        for quoi in fait.quoi:
            if finances is not None and etat == COMPTE and quoi not in finances:
                continue
            dires.append(build_dire(fait, quoi, etat))
    return dires


def build_dire(fait: Fait, quoi: Any, etat: str) -> Dire:
    """An act says it up to the day of its last row."""
    return Dire(
        quoi=quoi,
        objet=fait.ligne.objet,
        etat=etat,
        temoin=fait.ligne.le,
        du=fait.jour,
        lignes=(fait.ligne,),
        poids=fait.poids,
        acte=True,
        proche=fait.proche,
        jours=fait.jours,
    )


def judge_fenetre(regard: Regard, derivation: Derivation, fait: Fait, jour: date) -> str | None:
    """Does the window of an act hold on a day, is it past, or still to come (None)?"""
    filtre = derivation.filtre
    if "fenetre_mois" in filtre:
        if jour < fait.jour:
            return None
        dernier = get_veille(add_mois(fait.jour, filtre["fenetre_mois"]))
        return COMPTE if jour <= dernier else FINI
    (nom,) = filtre["fenetre"]
    if nom == "dernier_mois_complet":
        return judge_mois(fait, jour)
    return judge_vacances(regard, fait, jour, ete=nom == "dernier_ete")


def judge_mois(fait: Fait, jour: date) -> str | None:
    """The whole month that follows the one of the act."""
    fin = get_veille(jour.replace(day=1))
    debut = fin.replace(day=1)
    if any(debut <= tenu <= fin for tenu in fait.jours):
        return COMPTE
    return FINI if fait.jour < debut else None


def judge_vacances(regard: Regard, fait: Fait, jour: date, *, ete: bool) -> str | None:
    """From the morrow of the holidays of the act to the end of the next ones."""
    dernieres = get_dernieres_vacances_finies(regard.calendrier, jour, ete=ete)
    if dernieres is None or regard.calendrier is None:
        regard.drapeaux.add(CALENDRIER_INCONNU)
        return None
    if any(dernieres[0] <= tenu <= dernieres[1] for tenu in fait.jours):
        return COMPTE
    for tenu in fait.jours:
        vacances = get_vacances(regard.calendrier, tenu)
        if vacances is not None and vacances[1] < dernieres[0] and (not ete or is_ete(vacances)):
            return FINI
    return None


def list_cofinances(regard: Regard, derivation: Derivation, jour: date) -> set[Any] | None:
    """With `financeurs_min`, the actions that enough different funders pay together, wherever their lines count."""
    if "financeurs_min" not in derivation.filtre:
        return None
    financeurs: dict[Any, set[str]] = {}
    ailleurs = Place(atteint=True)
    for ligne in regard.sus:
        if ligne.genre != "financement" or not passes(regard, derivation, ligne):
            continue
        for fait in list_faits_de(regard, derivation, ligne, ailleurs):
            if judge_fenetre(regard, derivation, fait, jour) == COMPTE:
                for quoi in fait.quoi:
                    financeurs.setdefault(quoi, set()).add(ligne.get("financeur"))
    minimum = derivation.filtre["financeurs_min"]
    return {action for action, qui in financeurs.items() if len(qui) >= minimum}
