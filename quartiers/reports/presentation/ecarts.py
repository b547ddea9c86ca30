"""Why a fait seen is not retained, in words: the reader must not think that bad news is hidden."""

from __future__ import annotations

from quartiers.core.constat import Constat, FaitRetenu
from quartiers.core.fait import Liste, Objet, Rang, Releve
from quartiers.core.statut import Statut

AVEC_RANG = (Releve, Objet, Liste)
UN_RANG = {
    Rang.VALIDE: "une déclaration validée",
    Rang.LISTE: "une liste officielle",
    Rang.NON_VALIDE: "une déclaration à valider",
    Rang.RELEVE: "un relevé",
}


def write_ecart(fait: FaitRetenu, constat: Constat) -> str:
    """« une liste officielle passe avant un relevé »; lectures L-05, L-08 and L-26."""
    if constat.statut is Statut.SANS_OBJET:
        return "l’action est sans objet"
    rangs = [retenu.rang for retenu in constat.faits if isinstance(retenu, AVEC_RANG)]
    if not rangs or not isinstance(fait, AVEC_RANG):
        return ""
    retenu = rangs[0]
    if fait.rang > retenu:
        return f"{UN_RANG[retenu]} passe avant {UN_RANG[fait.rang]}"
    if fait.rang < retenu:
        return f"trop ancien pour compter, {UN_RANG[retenu]} est à jour"
    if isinstance(fait, Objet):
        return "plus loin que ce qui compte"
    return "une autre valeur du même jour a été sue depuis"
