"""Steps: never « échu », judged by the planned date of the earliest step not reached (L-20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from quartiers.core.constat import CibleResolue, Constat
from quartiers.core.contexte import CelluleAJuger
from quartiers.core.etat import Etat, Lecteur
from quartiers.core.fait import Cible
from quartiers.core.jugement import Verdict
from quartiers.core.jugement_d_etats import AUCUN, finish_constat, qualify_atteint
from quartiers.core.referentiel import PasZero
from quartiers.core.serie import get_jour_de_perte
from quartiers.core.seuil import list_lignes_en_vigueur, resolve_entree, resolve_ligne
from quartiers.core.statut import Drapeau, Statut

RETARD_TOLERE_JOURS = 30


@dataclass(frozen=True, slots=True)
class _Etapes:
    """Planned steps: the target of each (a line of a plan, else the référentiel's own), the highest one.

    `has_plan`: at least one line of a plan or avenant is in force.
    """

    par_etape: dict[int, CibleResolue]
    has_plan: bool

    @property
    def cible(self) -> int | None:
        """The target step, None without target."""
        return max(self.par_etape, default=None)

    @property
    def resolue(self) -> CibleResolue | None:
        """The target as shown: the highest step, with its own planned date."""
        return None if self.cible is None else self.par_etape[self.cible]

    def find_prochaine_date(self, pas: int) -> date | None:
        """Planned date of the lowest step above `pas` that has one."""
        dates = ((etape, cible.echeance) for etape, cible in sorted(self.par_etape.items()))
        return next((jour for etape, jour in dates if etape > pas and jour is not None), None)


def evaluate_jalon(contexte: CelluleAJuger) -> Constat:
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


def _plan_etapes(contexte: CelluleAJuger) -> _Etapes:
    """Each step's line in force, and the référentiel's own step where no line sets it (L-20)."""
    lignes: dict[int, list[Cible]] = {}
    for ligne in list_lignes_en_vigueur(contexte.cellule, contexte.vu_le):
        if ligne.valeur is not None:
            lignes.setdefault(int(ligne.valeur), []).append(ligne)
    propre = resolve_entree(contexte.indicateur) if contexte.du_referentiel else None
    etape_propre = int(propre.valeur) if propre is not None and propre.valeur is not None else None
    par_etape = {
        etape: resolve_ligne(contexte.indicateur, toutes, propre if etape == etape_propre else None)
        for etape, toutes in lignes.items()
    }
    if propre is not None and etape_propre is not None:
        par_etape.setdefault(etape_propre, propre)
    return _Etapes(par_etape, has_plan=bool(lignes))


def _get_verdict(
    contexte: CelluleAJuger, lecteur: Lecteur, etat: Etat, etapes: _Etapes
) -> tuple[Verdict, date | None]:
    pas = int(etat.valeur or 0)
    if pas == 0 and contexte.indicateur.pas_0 is PasZero.SANS_OBJET and not etapes.has_plan:
        return Verdict(Statut.SANS_OBJET), None
    if etapes.cible is None or etapes.resolue is None:
        return Verdict(Statut.SANS_CIBLE), None
    cible = etapes.cible

    def atteint(valeur: Fraction | None) -> bool:
        return valeur is not None and valeur >= cible

    if atteint(etat.valeur):
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
