"""A figure drawn from records beside a bare value declared for the same cell: which of the two speaks."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tests.oracle.derivation.etat import Nombre, Reponse
from tests.oracle.derivation.regard import Regard
from tests.oracle.derivation.vigueur import get_peremption

INCOMPLET, DESACCORD = "registre_incomplet", "desaccord"


@dataclass(frozen=True, slots=True)
class Valeur:
    """A bare value: 0 validated, 2 declared by an account and not validated, 3 a line of a file."""

    valeur: Fraction
    date: date
    rang: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What speaks, and the flags."""

    valeur: Nombre
    date: date
    registre: bool
    drapeaux: frozenset[str] = frozenset()


def confront(regard: Regard, reponse: Reponse, nue: Valeur) -> Verdict:
    """The register or the bare value.

    Said complete by a pointage, the register silences what is no surer than itself. Otherwise it is a lower bound:
    where more is better the greater speaks, elsewhere the later; what is stale never speaks before what is fresh.
    """
    if reponse.date is None or reponse.valeur is None or reponse.temoin is None:
        return Verdict(nue.valeur, nue.date, registre=False)
    du_registre = Verdict(reponse.valeur, reponse.date, registre=True)
    de_la_valeur = Verdict(nue.valeur, nue.date, registre=False)
    registre_frais = regard.vu_le < get_peremption(regard, reponse.temoin)
    valeur_fraiche = regard.vu_le < get_peremption(regard, nue.date)
    if registre_frais != valeur_fraiche:
        return du_registre if registre_frais else de_la_valeur
    if reponse.pointage is not None:
        return du_registre if reponse.rang is None or reponse.rang <= nue.rang else de_la_valeur
    if reponse.valeur == nue.valeur:
        return du_registre
    is_borne = regard.indicateur.genre in {"presence", "compte"}
    if is_borne and regard.indicateur.sens == "hausse":
        parlant = max(du_registre, de_la_valeur, key=lambda v: v.valeur)
        drapeau = INCOMPLET
    else:
        parlant = de_la_valeur if nue.date > reponse.date else du_registre
        drapeau = DESACCORD
    return Verdict(parlant.valeur, parlant.date, parlant.registre, frozenset({drapeau}))
