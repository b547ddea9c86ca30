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
from quartiers.core.referentiel import GenreIndicateur
from quartiers.core.registre import list_non_repartis
from quartiers.core.statut import Statut
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
    return _apply_sans_objet(contexte, _add_non_repartis(contexte, constat))


def _add_non_repartis(contexte: CelluleAJuger, constat: Constat) -> Constat:
    """What records say of several territoires and divide between none is seen, and not retained (L-82)."""
    if not contexte.cellule.non_repartis:
        return constat
    vus = list_non_repartis(contexte.cellule.non_repartis, contexte.vu_le)
    return replace(constat, ecartes=constat.ecartes + vus)


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
