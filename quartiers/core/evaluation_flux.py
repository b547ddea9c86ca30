"""Running totals of a période: dated, renewed each période, or compared with last year (L-22)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from quartiers.core.constat import CibleResolue, Constat
from quartiers.core.contexte import CelluleAJuger
from quartiers.core.etat import Lecteur
from quartiers.core.jugement import Depart
from quartiers.core.jugement_d_etats import AUCUN, judge_etats
from quartiers.core.referentiel import GenreIndicateur, Periode, RelativeA
from quartiers.core.seuil import list_lignes_en_vigueur, resolve_cible
from quartiers.core.statut import Drapeau
from quartiers.core.temps import get_periode

ZERO = Fraction(0)


def evaluate_flux(contexte: CelluleAJuger) -> Constat:
    """The constat of a running total."""
    cible = None
    if contexte.indicateur.genre is not GenreIndicateur.SUIVI:
        cible = resolve_cible(
            contexte.indicateur,
            contexte.cellule,
            contexte.vu_le,
            du_referentiel=contexte.du_referentiel,
        )
    if cible is not None and cible.echeance is not None:
        return _evaluate_date(contexte, cible, cible.echeance)
    lecteur = _read(contexte)
    etats = lecteur.list_etats(contexte.vu_le)
    if not etats:
        return contexte.say_inconnu(cible)
    debut, fin = get_periode(_get_periode(contexte), etats[0].date)
    drapeaux = AUCUN if contexte.vu_le <= fin else frozenset({Drapeau.PERIODE_PRECEDENTE})
    if cible is not None and is_relative_a_l_an_passe(contexte):
        cible = _compare_a_l_an_passe(contexte, cible, debut, fin)
        return judge_etats(contexte, lecteur, etats, cible, Depart(ZERO, debut), drapeaux)
    depart = Depart(None, None)  # last year's total says nothing of a running one
    return judge_etats(contexte, lecteur, etats, cible, depart, drapeaux)


def _evaluate_date(contexte: CelluleAJuger, cible: CibleResolue, echeance: date) -> Constat:
    """Towards a dated target: only values of the période of the deadline, starting from 0."""
    fenetre = get_periode(_get_periode(contexte), echeance)
    lecteur = _read(contexte, fenetre)
    etats = lecteur.list_etats(contexte.vu_le)
    if not etats:
        return contexte.say_inconnu(cible)
    return judge_etats(contexte, lecteur, etats, cible, Depart(ZERO, fenetre[0]))


def _compare_a_l_an_passe(
    contexte: CelluleAJuger, cible: CibleResolue, debut: date, fin: date
) -> CibleResolue:
    """« More than last year »: previous total + valeur, due on the last day of the période of the value."""
    passe = get_periode(_get_periode(contexte), debut - timedelta(days=1))
    etats = _read(contexte, passe).list_etats(contexte.vu_le)
    entree = contexte.indicateur.cible
    if not etats or etats[0].valeur is None or entree is None:
        return replace(cible, valeur=None, echeance=fin)
    return replace(cible, valeur=etats[0].valeur + entree.valeur, echeance=fin)


def is_relative_a_l_an_passe(contexte: CelluleAJuger) -> bool:
    """The target in force is the référentiel's own « more than last year »: no line of a plan replaced it."""
    cible = contexte.indicateur.cible
    relative = cible is not None and cible.relative_a is RelativeA.ANNEE_PRECEDENTE
    return relative and not list_lignes_en_vigueur(contexte.cellule, contexte.vu_le)


def _read(contexte: CelluleAJuger, fenetre: tuple[date, date] | None = None) -> Lecteur:
    return Lecteur(contexte.indicateur, contexte.cellule, contexte.calendrier, fenetre)


def _get_periode(contexte: CelluleAJuger) -> Periode:
    periode = contexte.indicateur.periode
    if periode is None:
        msg = f"{contexte.indicateur.code} : un flux sans période"
        raise ValueError(msg)
    return periode
