"""What the records say of an indicateur in a territoire on a day: a value, or the two roles of a share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from quartiers.core.derivation.apport import MUETS, Apport, Portant
from quartiers.core.derivation.calendrier import CalendrierInconnu, read_calendrier
from quartiers.core.derivation.comptes import CalendrierDeDerivation, CompteDeDerivation
from quartiers.core.derivation.filtres_connus import TERRITOIRE
from quartiers.core.derivation.geographie import GeographieConnue
from quartiers.core.derivation.jours import Vacances
from quartiers.core.derivation.lecture import (
    ApportsDeRole,
    Lu,
    build_apports_de_role,
    read_cumul,
    read_en_vigueur,
)
from quartiers.core.derivation.regle import Regle
from quartiers.core.referentiel import Derivation, Indicateur
from quartiers.core.temps import get_perime_le

NUMERATEUR, DENOMINATEUR = "numerateur", "denominateur"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reponse(Lu):
    """What is said. `valeur` alone, or `numerateur` and `denominateur`; `date` is never after the day looked at."""

    date: date
    valeur: Fraction | None = None
    numerateur: Fraction | None = None
    denominateur: Fraction | None = None


@dataclass(frozen=True, slots=True)
class CelluleDeDerivation:
    """The apports of one indicateur in one territoire, and the rules by which they are read."""

    indicateur: Indicateur
    territoire: str
    regles: tuple[Regle, ...]
    apports: tuple[Apport, ...]

    def list_apports(self, role: str, connu_le: date, *, facteur: bool = False) -> list[Apport]:
        """Those of a role that speak, as known on a day."""
        return [
            a
            for a in self.apports
            if a.role == role
            and a.is_facteur == facteur
            and a.is_su(connu_le)
            and a.portant not in MUETS
        ]

    def get_compte(self, role: str) -> CompteDeDerivation:
        """What is made of the apports of a role: the same for all its derivations."""
        return next(r.compte for r in self.regles if r.role == role and not r.is_facteur)


@dataclass(frozen=True, slots=True)
class Question:
    """A cell looked at on a day, as known on another one."""

    cellule: CelluleDeDerivation
    geographie: GeographieConnue
    vu_le: date
    connu_le: date
    fenetre: tuple[date, date] | None = None
    vacances: Vacances = field(init=False)

    def __post_init__(self) -> None:
        vacances = self.geographie.get_vacances(self.cellule.territoire)
        object.__setattr__(self, "vacances", vacances)

    def get_perime_le(self, jour: date) -> date:
        """The first stale day of a value of a day."""
        return get_perime_le(self.cellule.indicateur, jour, self.vacances.calendrier)[0]

    def is_fenetre_connue(self) -> bool:
        """A window of holidays wants the calendar of the day looked at; without it only pointages speak (L-96)."""
        fenetres = (regle.filtrage.fenetre for regle in self.cellule.regles)
        return self.vacances.is_connu(self.vu_le, self.vu_le) or not any(
            fenetre is not None and fenetre.is_de_vacances for fenetre in fenetres
        )

    def build_role(self, role: str, autres: Iterable[Apport] = ()) -> ApportsDeRole:
        """The apports of a role as known, with others that it is told."""
        apports = [*self.cellule.list_apports(role, self.connu_le), *autres]
        if not self.is_fenetre_connue():
            apports = [a for a in apports if a.portant is Portant.POINTAGE]
        return build_apports_de_role(self.cellule.get_compte(role), apports)

    def read_role(self, role: ApportsDeRole) -> Lu | None:
        """What a role says on that day."""
        if self.cellule.indicateur.is_flux:
            return read_cumul(role, self.vu_le, self.fenetre)
        return read_en_vigueur(role, self.vu_le, self.get_perime_le)


def answer(question: Question) -> Reponse | None:
    """What is said; None when nothing is."""
    cellule = question.cellule
    derivations = cellule.indicateur.derivations
    if not cellule.regles:
        return None
    if not any(d.role == DENOMINATEUR for d in derivations):
        lu = question.read_role(question.build_role(derivations[0].role))
        if lu is None or lu.date is None:
            return None
        return _build(lu, lu.date, valeur=lu.valeur)
    return _answer_part(question)


def _build(lu: Lu, jour: date, **valeurs: Fraction | None) -> Reponse:
    return Reponse(
        date=jour,
        is_valide=lu.is_valide,
        objets=lu.objets,
        proches=lu.proches,
        retenus=lu.retenus,
        pointage=lu.pointage,
        **valeurs,
    )


def read_part(question: Question) -> tuple[Lu, Lu] | None:
    """The two roles of a share, whatever they come to; None when one of them says nothing."""
    cellule = question.cellule
    denominateurs = [d for d in cellule.indicateur.derivations if d.role == DENOMINATEUR]
    if cellule.get_compte(NUMERATEUR).is_unites:
        return _read_unites(question, denominateurs[0])
    dessous = _read_denominateur(question, denominateurs)
    recopies = list(_list_recopies(question))
    dessus = question.read_role(question.build_role(NUMERATEUR, recopies))
    return None if dessus is None or dessous is None else (dessus, dessous)


def is_exces(dessus: Lu, dessous: Lu) -> bool:
    """More than its whole: the share says nothing."""
    return (
        dessus.valeur is not None and dessous.valeur is not None and dessus.valeur > dessous.valeur
    )


def _answer_part(question: Question) -> Reponse | None:
    """A share: the older of its two dates, the least sure of its two ranks (L-63)."""
    lus = read_part(question)
    if lus is None or is_exces(*lus) or any(lu.valeur is None for lu in lus):
        return None
    dessus, dessous = lus
    dates = [lu.date for lu in lus if lu.date is not None]
    if not dates:
        return None
    lu = replace(
        dessus,
        is_valide=dessus.is_valide and dessous.is_valide,
        retenus=(*dessus.retenus, *dessous.retenus),
    )
    return _build(lu, min(dates), numerateur=dessus.valeur, denominateur=dessous.valeur)


def _read_unites(question: Question, denominateur: Derivation) -> tuple[Lu, Lu] | None:
    try:
        return _count_unites(question, denominateur)
    except CalendrierInconnu:
        return None


def _count_unites(question: Question, denominateur: Derivation) -> tuple[Lu, Lu] | None:
    calendriers = [
        d.calendrier for d in (denominateur, *denominateur.produit) if d.calendrier is not None
    ]
    lieux = question.cellule.list_apports(DENOMINATEUR, question.connu_le, facteur=True)
    return read_calendrier(
        question.build_role(NUMERATEUR),
        CalendrierDeDerivation(calendriers[0]),
        lieux,
        question.vu_le,
        question.vacances,
    )


def is_calendrier_inconnu(question: Question) -> bool:
    """Something was said, which nobody can count in days, weeks or holidays of an unknown calendar."""
    if not question.is_fenetre_connue():
        return any(a.portant is not Portant.POINTAGE for a in question.cellule.apports)
    denominateurs = [d for d in question.cellule.indicateur.derivations if d.role == DENOMINATEUR]
    if not denominateurs or not question.cellule.get_compte(NUMERATEUR).is_unites:
        return False
    try:
        _count_unites(question, denominateurs[0])
    except CalendrierInconnu:
        return True
    return False


def _read_denominateur(question: Question, denominateurs: Sequence[Derivation]) -> Lu | None:
    premier = denominateurs[0]
    cellule = question.cellule
    if premier.constante is not None:
        return Lu(valeur=premier.constante, date=None)
    if premier.source is not None:
        poids = question.geographie.geographie.statistiques.get(
            (premier.source, str(premier.champ), cellule.territoire)
        )
        return None if poids is None else Lu(valeur=poids, date=None)
    if premier.de == TERRITOIRE:
        return Lu(valeur=_count_territoires(question, premier), date=None)
    return question.read_role(question.build_role(DENOMINATEUR))


def _count_territoires(question: Question, derivation: Derivation) -> Fraction:
    geographie, territoire = question.geographie, question.cellule.territoire
    genres = derivation.get_mots("genre")
    return Fraction(
        sum(
            1
            for code in geographie.territoires
            if geographie.territoires[code].genre in genres
            and territoire in geographie.list_nourris(code)
        )
    )


def _list_recopies(question: Question) -> Iterable[Apport]:
    """What counts below attests a zero above, when both count the same objects (L-78)."""
    regles: Mapping[str, list[Regle]] = {
        role: [r for r in question.cellule.regles if r.role == role]
        for role in (NUMERATEUR, DENOMINATEUR)
    }
    lus = {(r.de, r.champ, r.compte) for r in regles[NUMERATEUR]}
    dessous = {(r.de, r.champ, r.compte) for r in regles[DENOMINATEUR]}
    if lus != dessous or {compte for *_, compte in lus} != {CompteDeDerivation.DISTINCT}:
        return
    for apport in question.cellule.list_apports(DENOMINATEUR, question.connu_le):
        if apport.portant is Portant.COMPTE:
            yield replace(apport, portant=Portant.ZERO, role=NUMERATEUR)
        elif apport.portant is not Portant.POINTAGE:
            yield replace(apport, role=NUMERATEUR)
