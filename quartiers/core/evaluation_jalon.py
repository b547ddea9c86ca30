"""Steps: never « échu », judged by the planned date of the earliest step not reached (L-20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from quartiers.core.constat import CibleResolue, Constat
from quartiers.core.contexte import Contexte
from quartiers.core.etat import Etat, Lecteur
from quartiers.core.evaluation_valeur import AUCUN, finish_constat, qualify_atteint
from quartiers.core.fait import Cible
from quartiers.core.jugement import Verdict
from quartiers.core.referentiel import Operateur, Origine, PasZero
from quartiers.core.serie import get_jour_de_perte
from quartiers.core.seuil import get_premiere_echeance, list_lignes_en_vigueur
from quartiers.core.statut import Drapeau, Statut

RETARD_TOLERE_JOURS = 30


@dataclass(frozen=True, slots=True)
class _Etapes:
    """Planned steps: target step (None: no target), and the line in force of each planned step."""

    cible: int | None
    lignes: dict[int, Cible]
    resolue: CibleResolue | None

    def find_prochaine_date(self, pas: int) -> date | None:
        """Planned date of the lowest step above `pas` that has one."""
        dates = ((etape, ligne.echeance) for etape, ligne in sorted(self.lignes.items()))
        return next((jour for etape, jour in dates if etape > pas and jour is not None), None)


def evaluate_jalon(contexte: Contexte) -> Constat:
    """The constat of an indicateur in steps."""
    etapes = _plan_etapes(contexte)
    lecteur = Lecteur(
        contexte.indicateur, contexte.cellule, contexte.calendrier, jalon_cible=etapes.cible
    )
    etats = lecteur.list_etats(contexte.vu_le)
    if not etats:
        return contexte.say_inconnu(etapes.resolue)
    verdict, perdu_le = _get_verdict(contexte, lecteur, etats[0], etapes)
    return finish_constat(contexte, etats, etapes.resolue, verdict, perdu_le, AUCUN)


def _plan_etapes(contexte: Contexte) -> _Etapes:
    """Each step's line in force; the target is the highest of them and of the référentiel's own step."""
    par_etape: dict[int, list[Cible]] = {}
    for ligne in list_lignes_en_vigueur(contexte.cellule, contexte.vu_le):
        if ligne.valeur is not None:
            par_etape.setdefault(int(ligne.valeur), []).append(ligne)
    lignes = {etape: toutes[-1] for etape, toutes in par_etape.items()}
    entree = contexte.indicateur.cible
    propre = (
        entree
        if entree is not None and entree.origine is Origine.ANNEXE and contexte.du_referentiel
        else None
    )
    etapes = [*lignes, *([int(propre.valeur)] if propre else [])]
    if not etapes:
        return _Etapes(None, {}, None)
    cible = max(etapes)
    if cible not in lignes:
        resolue = CibleResolue(
            operateur=Operateur.AU_MOINS,
            valeur=Fraction(cible),
            echeance=propre.echeance if propre else None,
            base=None,
            base_date=None,
            effet=None,
            origine=Origine.ANNEXE,
        )
        return _Etapes(cible, lignes, resolue)
    ligne = lignes[cible]
    resolue = CibleResolue(
        operateur=ligne.operateur,
        valeur=Fraction(cible),
        echeance=ligne.echeance,
        base=ligne.base,
        base_date=ligne.base_date,
        effet=ligne.effet,
        origine=ligne.origine,
        premiere_echeance=get_premiere_echeance(par_etape[cible]),
    )
    return _Etapes(cible, lignes, resolue)


def _get_verdict(
    contexte: Contexte, lecteur: Lecteur, etat: Etat, etapes: _Etapes
) -> tuple[Verdict, date | None]:
    pas = int(etat.valeur or 0)
    if pas == 0 and contexte.indicateur.pas_0 is PasZero.SANS_OBJET and not etapes.lignes:
        return Verdict(Statut.SANS_OBJET), None
    if etapes.cible is None or etapes.resolue is None:
        return Verdict(Statut.SANS_CIBLE), None
    cible = etapes.cible

    def atteint(vu: Etat | None) -> bool:
        return vu is not None and vu.valeur is not None and vu.valeur >= cible

    if atteint(etat):
        return qualify_atteint(contexte, lecteur, etat, etapes.resolue, atteint), None
    perdu_le = get_jour_de_perte(lecteur, contexte.vu_le, atteint)
    if perdu_le is not None:
        return Verdict(Statut.EN_RETARD, drapeaux=frozenset({Drapeau.PERDU})), perdu_le
    return _judge_retard(pas, etapes.find_prochaine_date(pas), contexte.vu_le), None


def _judge_retard(pas: int, prevue_le: date | None, vu_le: date) -> Verdict:
    """Late by 1–30 days: to watch; more: late; on time: under way, or not begun at step 0."""
    if prevue_le is None:
        if pas == 0:
            return Verdict(Statut.NON_ENGAGE)
        return Verdict(Statut.A_SURVEILLER, drapeaux=frozenset({Drapeau.SANS_ECHEANCE}))
    retard = (vu_le - prevue_le).days
    if retard > RETARD_TOLERE_JOURS:
        return Verdict(Statut.EN_RETARD)
    if retard > 0:
        return Verdict(Statut.A_SURVEILLER)
    return Verdict(Statut.EN_BONNE_VOIE if pas else Statut.NON_ENGAGE)
