"""A national value without a relevé of its own: added up from its parts, « au moins » (L-31)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from quartiers.core.constat import CibleResolue, Constat, SommeDeParts
from quartiers.core.contexte import DRAPEAUX_GARDES, CelluleAJuger
from quartiers.core.groupe import Cumul, Dite, Groupe, Reunion, is_tardive
from quartiers.core.jugement import Depart, Verdict, is_atteint, judge
from quartiers.core.referentiel import Agregation, Indicateur, Operateur
from quartiers.core.statut import Drapeau, Statut


@dataclass(frozen=True, slots=True)
class Part:
    """The constat of a département or of a quartier, and how many expected quartiers it stands for."""

    constat: Constat
    quartiers: int

    @property
    def is_connue(self) -> bool:
        """A value is known, be it stale."""
        return self.constat.valeur is not None

    @property
    def is_fraiche(self) -> bool:
        """The value is known and fresh."""
        return self.is_connue and self.constat.statut is not Statut.PERIME


def evaluate_somme(
    contexte: CelluleAJuger,
    cible: CibleResolue | None,
    parts: Sequence[Part],
    groupes: Iterable[Groupe],
) -> Constat:
    """The constat of a territoire whose value is the sum (or the largest) of what its parts declare."""
    connues = [part for part in parts if part.is_connue]
    if not connues:
        return contexte.say_inconnu(cible)
    fraiches = [part for part in connues if part.is_fraiche]
    somme = SommeDeParts(
        attendus=sum(p.quartiers for p in parts),
        connus=sum(p.quartiers for p in connues),
        frais=sum(p.quartiers for p in fraiches),
        valeur_fraiche=_merge(contexte.indicateur, fraiches),
    )
    verdict = _judge(contexte, cible, somme, connues)
    retenues = fraiches if verdict.statut is Statut.ATTEINT else connues
    drapeaux = verdict.drapeaux | {Drapeau.AU_MOINS}
    if verdict.statut is Statut.ATTEINT and _is_tardive(contexte, cible, groupes):
        drapeaux |= {Drapeau.TARDIF}
    if verdict.statut in {Statut.NON_RENSEIGNE, Statut.PERIME}:
        drapeaux &= DRAPEAUX_GARDES
    elif cible is not None and cible.premiere_echeance is not None:
        drapeaux |= {Drapeau.REDATE}
    return Constat(
        indicateur=contexte.indicateur,
        territoire=contexte.territoire,
        statut=verdict.statut,
        valeur=_merge(contexte.indicateur, connues),
        cible=cible,
        date=min(p.constat.date for p in retenues if p.constat.date is not None),
        perime_le=min(
            (p.constat.perime_le for p in retenues if p.constat.perime_le is not None), default=None
        ),
        ratio=verdict.ratio,
        drapeaux=drapeaux,
        faits=tuple(fait for part in connues for fait in part.constat.faits),
        somme=somme,
    )


def _is_tardive(
    contexte: CelluleAJuger, cible: CibleResolue | None, groupes: Iterable[Groupe]
) -> bool:
    """The current run of days on which the sum suffices began after the deadline (L-13)."""
    if (
        cible is None
        or cible.valeur is None
        or cible.echeance is None
        or contexte.vu_le <= cible.echeance
    ):
        return False
    return is_tardive(
        groupes,
        cible.operateur,
        cible.valeur,
        (cible.echeance, contexte.vu_le),
        get_reunion(contexte.indicateur),
    )


def get_reunion(indicateur: Indicateur) -> Reunion:
    """Parts of this indicateur: things known by their name once, bare values as L-31 says."""
    distincts = indicateur.agregation is Agregation.OBJETS_DISTINCTS
    return Reunion(distincts=distincts, nommes=indicateur.is_de_choses)


def _merge(indicateur: Indicateur, parts: Iterable[Part]) -> Fraction | None:
    cumul = Cumul(get_reunion(indicateur))
    for constat in (part.constat for part in parts):
        if constat.valeur is not None:
            cumul.set_part(None, Dite(constat.valeur, constat.objets))
    return cumul.valeur


def _judge(
    contexte: CelluleAJuger,
    cible: CibleResolue | None,
    somme: SommeDeParts,
    connues: Sequence[Part],
) -> Verdict:
    seuil = None if cible is None else cible.valeur
    fraiche = somme.valeur_fraiche
    if cible is not None and seuil is not None and fraiche is not None:
        suffit = cible.operateur is Operateur.AU_MOINS and is_atteint(
            fraiche, cible.operateur, seuil
        )
        if suffit:
            return Verdict(Statut.ATTEINT)
    distincts = contexte.indicateur.agregation is Agregation.OBJETS_DISTINCTS
    if distincts or somme.connus < somme.attendus:
        return Verdict(Statut.NON_RENSEIGNE)
    if somme.frais < somme.attendus:
        return Verdict(Statut.PERIME)
    if cible is None or seuil is None or fraiche is None:
        return Verdict(Statut.SANS_CIBLE)
    le = min(p.constat.date for p in connues if p.constat.date is not None)
    depart = Depart(cible.base, cible.base_date or cible.effet)
    return judge(fraiche, cible, seuil, depart, le, contexte.vu_le)
