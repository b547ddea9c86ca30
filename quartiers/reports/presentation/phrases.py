"""The sentences a page opens with, written from the very counts that its tables show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from quartiers.core.dire import INSECABLE
from quartiers.core.statut import FAMILLES, Statut
from quartiers.core.tableau import Taux
from quartiers.reports.presentation.intervalle import is_mince
from quartiers.reports.typographie import count, format_nombre, format_part

ACQUIS, A_AVANCER, INCERTAINS, HORS_CHAMP = (statuts for _, statuts in FAMILLES)


RIEN_DE_CONNU = "on ne sait pas"


@dataclass(frozen=True, slots=True)
class Phrase:
    """The answer to the reader's question, in bold, then what goes with it."""

    forte: str
    suite: str


def sum_statuts(statuts: Mapping[Statut, int], famille: tuple[Statut, ...]) -> int:
    """How many stand in a family."""
    return sum(statuts.get(statut, 0) for statut in famille)


def write_quartier(taux: Taux) -> Phrase:
    """« 30 actions sur 60 sont atteintes ou en bonne voie. 12 sont à faire avancer, dont 4 en retard… »"""
    statuts = dict(taux.statuts)
    if not taux.applicables:
        return Phrase("Aucune action ne concerne ce quartier à cette date.", "")
    if not taux.renseignes:
        return _write_muet(taux.applicables)
    phrases = [_write_a_avancer(taux, statuts), _write_incertains(statuts)]
    return Phrase(write_acquis(taux), " ".join(p for p in phrases if p))


def _write_muet(applicables: int) -> Phrase:
    """Nothing fresh is known: no action is said to be neither reached nor late."""
    if applicables == 1:
        return Phrase("On ne peut rien dire de cette action.", "L’information manque ou a vieilli.")
    return Phrase(
        f"On ne peut rien dire de ces {applicables} actions.",
        "Pour toutes, l’information manque ou a vieilli.",
    )


def write_acquis(taux: Taux, *, is_ailleurs: bool = False) -> str:
    """« 30 actions sur 60 sont atteintes ou en bonne voie. »; « y sont atteintes » for another place, just named."""
    acquis = sum_statuts(dict(taux.statuts), ACQUIS)
    la = "y " if is_ailleurs else ""
    if acquis:
        verbe = f"{la}sont atteintes" if acquis > 1 else f"{la}est atteinte"
        return f"{count(acquis, 'action')} sur {taux.applicables} {verbe} ou en bonne voie."
    # Of those nobody told about, nothing is denied.
    dites = "" if taux.renseignes == taux.applicables else " renseignée"
    combien = "" if dites else f" sur {taux.applicables}"
    return f"Aucune action{dites}{combien} n’{la}est atteinte ou en bonne voie."


def _write_a_avancer(taux: Taux, statuts: Mapping[Statut, int]) -> str:
    a_avancer = sum_statuts(statuts, A_AVANCER)
    if not a_avancer and taux.renseignes < taux.applicables:
        return "Aucune de celles que l’on connaît n’est à faire avancer."
    if not a_avancer:
        return "Aucune n’est à faire avancer."
    tardives = sum_statuts(statuts, (Statut.EN_RETARD, Statut.ECHU_NON_ATTEINT))
    verbe = "sont" if a_avancer > 1 else "est"
    suite = f", dont {tardives} en retard ou {_accord('échue', tardives)}" if tardives else ""
    return f"{a_avancer} {verbe} à faire avancer{suite}."


def _write_incertains(statuts: Mapping[Statut, int]) -> str:
    manque = sum_statuts(statuts, (Statut.NON_RENSEIGNE, Statut.PERIME))
    sans_cible = statuts.get(Statut.SANS_CIBLE, 0)
    morceaux = []
    if manque:
        morceaux.append(f"pour {manque}, l’information manque ou a vieilli")
    if sans_cible:
        verbe = "n’ont" if sans_cible > 1 else "n’a"
        morceaux.append(f"{sans_cible} {verbe} pas encore de cible")
    texte = f"{INSECABLE}; ".join(morceaux)
    return f"{texte[:1].upper()}{texte[1:]}." if texte else ""


def _accord(mot: str, nombre: int) -> str:
    return f"{mot}s" if nombre > 1 else mot


def write_intervalle(taux: Taux) -> str:
    """« entre 52 % et 65 % »; one figure when nothing is unknown, numbers under twenty units.

    When nothing at all is known, no bound is written: « entre 0 % et 100 % » would read as a figure.
    """
    if taux.taux_min is None or taux.taux_max is None:
        return "—"
    if not taux.renseignes:
        return RIEN_DE_CONNU
    jugeables = taux.applicables - dict(taux.statuts).get(Statut.SANS_CIBLE, 0)
    if jugeables < 20:
        bas, haut = taux.taux_min * jugeables, taux.taux_max * jugeables
        bornes = (
            format_nombre(bas) if bas == haut else f"{format_nombre(bas)} à {format_nombre(haut)}"
        )
        return f"{bornes} sur {jugeables}"
    if taux.taux_min == taux.taux_max:
        return format_part(taux.taux_min)
    return f"entre {format_part(taux.taux_min)} et {format_part(taux.taux_max)}"


def write_forte(taux: Taux) -> str:
    """The interval as a sentence; nothing is said to be reached while nothing is known."""
    intervalle = write_intervalle(taux)
    if intervalle in {"—", RIEN_DE_CONNU}:
        return "Aucune action ne peut encore être jugée."
    return f"{intervalle[:1].upper()}{intervalle[1:]} des actions sont atteintes."


def write_remontee(taux: Taux, defauts: int, quartiers_touches: int) -> Phrase:
    """What a préfet reads first: what is reached, what is compulsory and missing, what it rests on."""
    if not taux.applicables:
        return Phrase("Aucun quartier n’est attendu ici à cette date.", "")
    forte = write_forte(taux)
    morceaux = []
    if defauts:
        verbe = "manquent ou sont perdues" if defauts > 1 else "manque ou est perdue"
        nom = "actions obligatoires" if defauts > 1 else "action obligatoire"
        touches = f", dans {count(quartiers_touches, 'quartier')}" if quartiers_touches else ""
        morceaux.append(f"{defauts} {nom} {verbe}{touches}.")
    else:
        morceaux.append("Aucune action obligatoire n’est connue comme manquante ou perdue.")
    if is_mince(taux) and taux.renseignes:
        return Phrase(write_assise(taux), " ".join([forte, *morceaux]))
    return Phrase(forte, " ".join([*morceaux, write_assise(taux)]))


def write_assise(taux: Taux) -> str:
    """What a sentence rests on: told last when it is broad, first when it is thin."""
    return (
        f"Le tableau repose sur {count(taux.renseignes, 'action')} à jour sur "
        f"{format_nombre(taux.applicables)} ({format_part(taux.couverture)})."
    )


def write_ensemble(taux: Taux, muets: int, departements: int) -> Phrase:
    """For a région or the nation: what is reached, why it is an interval, and who has not told all.

    `muets`: départements of which something is missing, out of `departements`.
    """
    if not taux.applicables:
        return Phrase("Aucun quartier n’est attendu ici à cette date.", "")
    forte = write_forte(taux)
    inconnus = taux.applicables - taux.renseignes
    if not inconnus:
        return Phrase(forte, "Toutes les informations sont à jour.")
    verbe = "ont" if muets > 1 else "a"
    transmis = f"{count(muets, 'département')} sur {departements} n’{verbe} pas tout transmis."
    if is_mince(taux) and taux.renseignes:
        return Phrase(
            write_assise(taux), f"{forte} L’écart est ce que l’on ne sait pas. {transmis}"
        )
    if not taux.renseignes:
        return Phrase(forte, f"Toutes les informations manquent ou ont vieilli. {transmis}")
    manque = format_part(Fraction(inconnus, taux.applicables))
    return Phrase(
        forte,
        f"L’écart est ce que l’on ne sait pas{INSECABLE}: {manque} des informations manquent ou ont vieilli. "
        f"{transmis}",
    )
