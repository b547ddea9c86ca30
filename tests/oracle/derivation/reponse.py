"""The whole answer: which reading, which roles, what is said of them together."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle.derivation.cadre import Monde
from tests.oracle.derivation.calendriers import COMPTES, read_part_de_calendrier
from tests.oracle.derivation.cumul import read_cumul
from tests.oracle.derivation.etat import Reponse, Role
from tests.oracle.derivation.jours import Intervalle
from tests.oracle.derivation.lignes import LigneBrute
from tests.oracle.derivation.referentiel import Programme
from tests.oracle.derivation.regard import Regard
from tests.oracle.derivation.su import list_sus
from tests.oracle.derivation.territoires import list_territoires
from tests.oracle.derivation.vigueur import read_vigueur

SILENCE = "aucun enregistrement ne nourrit cet indicateur ici"


def build_regard(
    monde: Monde,
    lignes: Sequence[LigneBrute],
    programme: Programme,
    indicateur: str,
    territoire: str,
    vu_le: date,
    connu_le: date,
) -> Regard:
    """The look to take."""
    return Regard(
        monde=monde,
        programme=programme,
        indicateur=programme.indicateurs[indicateur],
        territoire=territoire,
        vu_le=vu_le,
        connu_le=connu_le,
        sus=list_sus(lignes, connu_le),
    )


def answer(regard: Regard, fenetre: Intervalle | None = None) -> Reponse:
    """The value of an indicateur in a territoire on a day, as known on another day."""
    derivations = regard.indicateur.derivations
    if not any(d.de for d in derivations):
        return Reponse(pourquoi="aucun enregistrement ne nourrit cet indicateur : il se déclare")
    if any(d.de == "Constat" for d in derivations):
        return Reponse(pourquoi="compté par la vue, après tous les autres")
    if regard.is_part():
        return answer_part(regard)
    if regard.indicateur.nature == "flux":
        regard.rencontres["lecture", "cumul"] += 1
        role = read_cumul(regard, regard.vu_le, fenetre)
    else:
        regard.rencontres["lecture", "en_vigueur"] += 1
        role = read_vigueur(regard, None, regard.vu_le)
    if role is None:
        return silence(regard)
    is_jalon = derivations[0].compte == "jalon"
    return build_reponse(
        regard,
        role,
        valeur=None if is_jalon else Fraction(role.valeur),
        jalon=int(role.valeur) if is_jalon else None,
    )


def answer_part(regard: Regard) -> Reponse:
    """A share: its two roles, and the older of their dates."""
    dessus = [d for d in regard.indicateur.derivations if d.role == "numerateur"]
    if dessus[0].compte in COMPTES:
        regard.rencontres["lecture", "calendrier"] += 1
        roles = read_part_de_calendrier(regard, regard.vu_le)
        if roles is None:
            return silence(regard)
        numerateur, denominateur = roles
    else:
        regard.rencontres["lecture", "en_vigueur"] += 1
        haut = read_vigueur(regard, "numerateur", regard.vu_le)
        bas = read_denominateur(regard)
        if haut is None or bas is None:
            quoi = "numérateur" if haut is None else "dénominateur"
            return silence(regard, f"rien n’est dit du {quoi}")
        numerateur, denominateur = haut, bas
    if numerateur.valeur > denominateur.valeur:
        return silence(regard, "le numérateur dépasse le dénominateur")
    dates = [d for d in (numerateur.date, denominateur.date) if d is not None]
    temoins = [t for t in (numerateur.temoin, denominateur.temoin) if t is not None]
    ensemble = Role(
        valeur=None,
        date=min(dates),
        temoin=min(temoins),
        rang=max(numerateur.rang, denominateur.rang),
        objets=numerateur.objets,
        proches=numerateur.proches,
        pointage=numerateur.pointage,
    )
    return build_reponse(
        regard,
        ensemble,
        numerateur=Fraction(numerateur.valeur),
        denominateur=Fraction(denominateur.valeur),
    )


def read_denominateur(regard: Regard) -> Role | None:
    """What stands below: records, a constant, a statistic, the frame."""
    (derivation, *_) = [d for d in regard.indicateur.derivations if d.role == "denominateur"]
    if derivation.constante is not None:
        return Role(valeur=Fraction(derivation.constante), date=None)
    if derivation.source is not None:
        cle = (derivation.source, str(derivation.champ), regard.territoire)
        valeur = regard.monde.statistiques.get(cle)
        return None if valeur is None else Role(valeur=valeur, date=None)
    if derivation.de == "Territoire":
        return Role(valeur=Fraction(len(list_territoires(regard, derivation))), date=None)
    return read_vigueur(regard, "denominateur", regard.vu_le)


def build_reponse(regard: Regard, role: Role, **valeurs: Any) -> Reponse:
    """What is said, with the flags met on the way."""
    return Reponse(
        **valeurs,
        date=role.date,
        temoin=role.temoin,
        rang=role.rang,
        objets=role.objets,
        proches=role.proches,
        pointage=role.pointage,
        drapeaux=list_drapeaux(regard),
    )


def silence(regard: Regard, pourquoi: str = SILENCE) -> Reponse:
    """Nothing is said."""
    drapeaux = list_drapeaux(regard)
    if "calendrier_inconnu" in drapeaux and pourquoi == SILENCE:
        pourquoi = "le calendrier scolaire n’est pas connu"
    elif "non_reparti" in drapeaux and pourquoi == SILENCE:
        pourquoi = "ce qui est dit ici n’est pas réparti entre les territoires servis"
    return Reponse(drapeaux=drapeaux, pourquoi=pourquoi)


def list_drapeaux(regard: Regard) -> frozenset[str]:
    """The flags met."""
    drapeaux = set(regard.drapeaux)
    if regard.non_repartis:
        drapeaux.add("non_reparti")
    return frozenset(drapeaux)
