"""Why a fait seen is not retained, in words: the reader must not think that bad news is hidden."""

from __future__ import annotations

from quartiers.core.constat import Constat, ConstatCompte, FaitRetenu
from quartiers.core.fait import Liste, Objet, Rang, Releve
from quartiers.core.registre import EnregistrementRetenu
from quartiers.core.statut import Drapeau, Statut
from quartiers.reports.presentation.faits import AVEC_RANG

UN_RANG = {
    Rang.VALIDE: "une déclaration validée",
    Rang.LISTE: "une liste officielle",
    Rang.NON_VALIDE: "une déclaration à valider",
    Rang.RELEVE: "un relevé",
}


def write_ecart(fait: FaitRetenu, constat: Constat) -> str:
    """« une liste officielle passe avant un relevé »; lectures L-03, L-05, L-08, L-26, L-82 and L-96."""
    if isinstance(fait, EnregistrementRetenu) and fait.is_non_reparti:
        return "non réparti : il parle de plusieurs territoires sans dire la part de celui-ci"
    if constat.statut is Statut.SANS_OBJET:
        return "l’action est sans objet"
    if isinstance(fait, ConstatCompte):
        return "regardé, ne compte pas"
    if isinstance(fait, EnregistrementRetenu) and fait.is_sans_calendrier:
        return "le calendrier scolaire n’est pas connu"
    retenu = next((retenu for retenu in constat.faits if isinstance(retenu, AVEC_RANG)), None)
    if retenu is None or not isinstance(fait, AVEC_RANG):
        return ""
    if isinstance(fait, EnregistrementRetenu) or isinstance(retenu, EnregistrementRetenu):
        return _write_a_cote_du_registre(fait, retenu, constat)
    if fait.rang > retenu.rang:
        return f"{UN_RANG[retenu.rang]} passe avant {UN_RANG[fait.rang]}"
    if fait.rang < retenu.rang:
        return f"trop ancien pour compter, {UN_RANG[retenu.rang]} est à jour"
    if isinstance(fait, Objet):
        return "plus loin que ce qui compte"
    if isinstance(fait, Releve) and isinstance(retenu, Releve):
        return _write_meme_jour(fait, retenu)
    return "une autre valeur du même jour a été sue depuis"


def _write_a_cote_du_registre(fait: FaitRetenu, retenu: FaitRetenu, constat: Constat) -> str:
    """A record beside a bare value, or the other way (L-98)."""
    if Drapeau.REGISTRE_INCOMPLET in constat.drapeaux:
        return "la plus grande valeur parle, tant que personne n’a dit que tout est enregistré"
    if isinstance(fait, Objet | Liste) or isinstance(retenu, Objet | Liste):
        return "une autre source est plus sûre, ou plus à jour"
    if isinstance(retenu, EnregistrementRetenu):
        return "des enregistrements plus sûrs, plus récents ou dits complets parlent"
    return "une valeur plus sûre, ou plus récente, parle"


def _write_meme_jour(fait: Releve, retenu: Releve) -> str:
    """Another source of that day, or another line of the same one (L-03)."""
    if fait.producteur == retenu.producteur:
        return "une autre valeur du même jour a été sue depuis"
    quoi = "la même chose" if fait.lu == retenu.lu else "autre chose"
    return f"une autre source, sue depuis, dit {quoi} du même jour"
