"""From the states of a cell to its constat: the verdict, its faits, its flags, its age; whatever the genre of the value."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from quartiers.core.constat import CibleResolue, Constat
from quartiers.core.contexte import DRAPEAUX_GARDES, CelluleAJuger
from quartiers.core.etat import Etat, Lecteur
from quartiers.core.jugement import Depart, Verdict, is_atteint, judge
from quartiers.core.referentiel import GenreIndicateur
from quartiers.core.serie import Atteint, get_debut_de_serie, get_jour_de_perte
from quartiers.core.statut import Drapeau, Statut

AUCUN: frozenset[Drapeau] = frozenset()


def judge_etats(
    contexte: CelluleAJuger,
    lecteur: Lecteur,
    etats: list[Etat],
    cible: CibleResolue | None,
    depart: Depart,
    drapeaux: frozenset[Drapeau] = AUCUN,
) -> Constat:
    """The constat of the first state of `etats` (best first), its target and its start being known."""
    etat = etats[0]
    verdict, perdu_le = _get_verdict(contexte, lecteur, etat, cible, depart)
    return finish_constat(contexte, etats, cible, verdict, perdu_le, drapeaux)


def finish_constat(
    contexte: CelluleAJuger,
    etats: list[Etat],
    cible: CibleResolue | None,
    verdict: Verdict,
    perdu_le: date | None,
    drapeaux: frozenset[Drapeau],
) -> Constat:
    """Puts a verdict, its faits and its flags together; a stale state keeps its verdict as the last known."""
    etat, *autres = etats
    tous = drapeaux | verdict.drapeaux | _list_drapeaux_d_etat(contexte, etat, autres)
    if cible is not None and cible.premiere_echeance is not None:
        tous |= {Drapeau.REDATE}
    constat = Constat(
        indicateur=contexte.indicateur,
        territoire=contexte.territoire,
        statut=verdict.statut,
        valeur=etat.valeur,
        numerateur=etat.numerateur,
        denominateur=etat.denominateur,
        cible=cible,
        date=etat.date,
        perime_le=etat.perime_le,
        ratio=verdict.ratio,
        drapeaux=tous,
        perdu_le=perdu_le,
        faits=etat.faits,
        ecartes=etat.ecartes
        + tuple(fait for autre in autres for fait in (*autre.faits, *autre.contraires)),
        objets=etat.objets,
    )
    if not etat.is_frais(contexte.vu_le):
        return replace(
            constat,
            statut=Statut.PERIME,
            dernier_statut=verdict.statut,
            ratio=None,
            drapeaux=tous & DRAPEAUX_GARDES,
            perdu_le=None,
        )
    if verdict.statut is Statut.SANS_OBJET:
        return replace(constat, drapeaux=tous & DRAPEAUX_GARDES)
    return constat


def _list_drapeaux_d_etat(
    contexte: CelluleAJuger, etat: Etat, autres: list[Etat]
) -> frozenset[Drapeau]:
    drapeaux = set(etat.drapeaux)
    if etat.calendrier_inconnu:
        drapeaux.add(Drapeau.CALENDRIER_INCONNU)
    if etat.is_frais(contexte.vu_le) and (
        etat.contraires
        or any(autre.is_frais(contexte.vu_le) and autre.valeur != etat.valeur for autre in autres)
    ):
        drapeaux.add(Drapeau.DESACCORD)
    return frozenset(drapeaux)


def _get_verdict(
    contexte: CelluleAJuger,
    lecteur: Lecteur,
    etat: Etat,
    cible: CibleResolue | None,
    depart: Depart,
) -> tuple[Verdict, date | None]:
    """A verdict, and the day a présence was lost."""
    if etat.valeur is None:
        return Verdict(Statut.SANS_OBJET), None
    if cible is None or cible.valeur is None or _is_base_nulle(contexte, cible):
        return Verdict(Statut.SANS_CIBLE), None
    seuil, operateur = cible.valeur, cible.operateur

    def atteint(valeur: Fraction | None) -> bool:
        return valeur is not None and is_atteint(valeur, operateur, seuil)

    if atteint(etat.valeur):
        return qualify_atteint(contexte, lecteur, etat, cible, atteint), None
    if contexte.indicateur.genre is not GenreIndicateur.PRESENCE:
        return judge(etat.valeur, cible, seuil, depart, etat.date, contexte.vu_le), None
    return _judge_presence(contexte, lecteur, etat, cible, depart, atteint)


def _is_base_nulle(contexte: CelluleAJuger, cible: CibleResolue) -> bool:
    """Nothing can be doubled: a local target is to be set (L-21)."""
    return contexte.indicateur.genre is GenreIndicateur.DOUBLEMENT and not cible.base


def qualify_atteint(
    contexte: CelluleAJuger, lecteur: Lecteur, etat: Etat, cible: CibleResolue, atteint: Atteint
) -> Verdict:
    """Reached: late when the current run began after the deadline (L-13), confirmed when it had to be (L-10)."""
    drapeaux = set()
    if cible.echeance is not None and contexte.vu_le > cible.echeance:
        debut = get_debut_de_serie(lecteur, contexte.vu_le, atteint)
        if debut is not None and debut > cible.echeance:
            drapeaux.add(Drapeau.TARDIF)
    sans = etat.sans_confirmation
    if (
        sans is not None
        and cible.valeur is not None
        and not is_atteint(sans, cible.operateur, cible.valeur)
    ):
        drapeaux.add(Drapeau.CONFIRME)
    return Verdict(Statut.ATTEINT, drapeaux=frozenset(drapeaux))


def _judge_presence(
    contexte: CelluleAJuger,
    lecteur: Lecteur,
    etat: Etat,
    cible: CibleResolue,
    depart: Depart,
    atteint: Atteint,
) -> tuple[Verdict, date | None]:
    """A présence that is not reached: lost, over, near, absent, or partly there (L-14, L-15)."""
    proche = frozenset({Drapeau.A_PROXIMITE}) if etat.proches else AUCUN
    perdu_le = get_jour_de_perte(lecteur, contexte.vu_le, atteint)
    if perdu_le is not None:
        return Verdict(Statut.EN_RETARD, drapeaux=proche | {Drapeau.PERDU}), perdu_le
    valeur, seuil = etat.valeur or Fraction(0), cible.valeur or Fraction(0)
    verdict = judge(valeur, cible, seuil, depart, etat.date, contexte.vu_le)
    if verdict.statut is Statut.NON_ENGAGE and proche:
        return Verdict(Statut.A_SURVEILLER, drapeaux=proche), None
    return Verdict(verdict.statut, verdict.ratio, verdict.drapeaux | proche), None
