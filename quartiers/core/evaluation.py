"""One constat: a cell, a référentiel entry and two dates in, a statut with its reasons out.

Order of domaine.md 4.1, read with 4.7 and docs/lectures.md: sans objet, non renseigné, périmé, sans cible,
atteint, perdu, échu, non engagé, trajectory. Nothing here knows a programme, a file or a clock.
"""

from __future__ import annotations

from dataclasses import replace

from quartiers.core.cellule import get_ordre
from quartiers.core.constat import Constat
from quartiers.core.contexte import DRAPEAUX_GARDES, CelluleAJuger
from quartiers.core.evaluation_flux import evaluate_flux
from quartiers.core.evaluation_jalon import evaluate_jalon
from quartiers.core.evaluation_valeur import evaluate_valeur
from quartiers.core.fait import SansObjet
from quartiers.core.genres.pointage import Pointage
from quartiers.core.referentiel import GenreIndicateur
from quartiers.core.registre import EnregistrementRetenu, list_non_repartis, list_sans_calendrier
from quartiers.core.statut import Drapeau, Statut
from quartiers.core.temps import get_dernier_jour_sans_objet


def evaluate_constat(contexte: CelluleAJuger) -> Constat:
    """The constat of a cell at the dates of its contexte."""
    indicateur = contexte.indicateur
    if indicateur.genre is GenreIndicateur.JALON:
        constat = evaluate_jalon(contexte)
    elif indicateur.is_flux:
        constat = evaluate_flux(contexte)
    else:
        constat = evaluate_valeur(contexte)
    constat = _add_sans_calendrier(contexte, _add_non_repartis(contexte, constat))
    return _apply_sans_objet(contexte, constat)


def _add_non_repartis(contexte: CelluleAJuger, constat: Constat) -> Constat:
    """What records say of several territoires and divide between none is seen, and not retained (L-82)."""
    if not contexte.cellule.non_repartis:
        return constat
    vus = list_non_repartis(contexte.cellule.non_repartis, contexte.vu_le)
    return replace(constat, ecartes=constat.ecartes + vus)


def _add_sans_calendrier(contexte: CelluleAJuger, constat: Constat) -> Constat:
    """What only an unknown school calendar would count is seen; when nothing else is said, that is why (L-96)."""
    cellule, registre = contexte.cellule, contexte.cellule.registre
    if not cellule.sans_calendrier and registre is None:
        return constat
    montres = {
        fait.enregistrement
        for fait in (*constat.faits, *constat.ecartes)
        if isinstance(fait, EnregistrementRetenu)
    }
    is_muet = all(ligne.genre == Pointage.GENRE for ligne in montres)
    vus = list_sans_calendrier(cellule.sans_calendrier, contexte.vu_le, is_muet=is_muet)
    if is_muet and registre is not None and registre.is_calendrier_inconnu(contexte.vu_le):
        vus += registre.list_vus(contexte.vu_le)
    nouveaux = {vu.enregistrement: vu for vu in vus if vu.enregistrement not in montres}
    if not vus:
        return constat
    is_inconnu = constat.statut is Statut.NON_RENSEIGNE
    return replace(
        constat,
        drapeaux=constat.drapeaux | ({Drapeau.CALENDRIER_INCONNU} if is_inconnu else set()),
        ecartes=(*constat.ecartes, *nouveaux.values()),
    )


def _apply_sans_objet(contexte: CelluleAJuger, constat: Constat) -> Constat:
    """A declared « sans objet » comes first; the value stays shown, among the faits set aside."""
    declare = find_sans_objet(contexte)
    if declare is None:
        return constat
    return replace(
        constat,
        statut=Statut.SANS_OBJET,
        ratio=None,
        perdu_le=None,
        dernier_statut=None,
        drapeaux=constat.drapeaux & DRAPEAUX_GARDES,
        faits=(declare,),
        ecartes=constat.faits + constat.ecartes,
    )


def find_sans_objet(contexte: CelluleAJuger) -> SansObjet | None:
    """The declaration that covers the day looked at, the last known one (L-26)."""
    couvrants = [
        s
        for s in contexte.cellule.sans_objets
        if s.valide_le <= contexte.vu_le <= get_dernier_jour_sans_objet(s.valide_le)
    ]
    return max(couvrants, key=get_ordre, default=None)
