"""Values of a day: présence, compte in stock, part, doublement, national, suivi."""

from __future__ import annotations

from fractions import Fraction

from quartiers.core.constat import CibleResolue, Constat
from quartiers.core.contexte import CelluleAJuger
from quartiers.core.etat import Lecteur
from quartiers.core.jugement import Depart
from quartiers.core.jugement_d_etats import judge_etats
from quartiers.core.referentiel import GenreIndicateur
from quartiers.core.seuil import resolve_cible


def evaluate_valeur(contexte: CelluleAJuger) -> Constat:
    """The constat of an indicateur whose value is that of a day."""
    cible = None
    if contexte.indicateur.genre is not GenreIndicateur.SUIVI:
        cible = resolve_cible(
            contexte.indicateur,
            contexte.cellule,
            contexte.vu_le,
            du_referentiel=contexte.du_referentiel,
        )
    lecteur = Lecteur(contexte.indicateur, contexte.cellule, contexte.calendrier)
    etats = lecteur.list_etats(contexte.vu_le)
    if not etats:
        return contexte.say_inconnu(cible)
    return judge_etats(contexte, lecteur, etats, cible, _get_depart(contexte, cible))


def _get_depart(contexte: CelluleAJuger, cible: CibleResolue | None) -> Depart:
    """Base and its date; a présence without base starts from nothing (4.7, « presence ≥ 2 »)."""
    if cible is None:
        return Depart(None, None)
    base = cible.base
    if base is None and contexte.indicateur.genre is GenreIndicateur.PRESENCE:
        base = Fraction(0)
    return Depart(base, cible.base_date or cible.effet)
