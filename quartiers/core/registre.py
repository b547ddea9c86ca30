"""The register of a cell: what its records say of one indicateur in one territoire, at every date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby

from quartiers.core.derivation.apport import Apport, Portant
from quartiers.core.derivation.calendrier import list_jours_d_horizon
from quartiers.core.derivation.geographie import Geographie, GeographieConnue
from quartiers.core.derivation.jours import UN_JOUR
from quartiers.core.derivation.lecture import Lu
from quartiers.core.derivation.regle import ModeDeLecture, Regle
from quartiers.core.derivation.reponse import (
    DENOMINATEUR,
    CelluleDeDerivation,
    Question,
    Reponse,
    answer,
    is_calendrier_inconnu,
    is_exces,
    read_part,
)
from quartiers.core.enregistrement import Enregistrement
from quartiers.core.fait import Preuve, Rang, Releve, read_valeur
from quartiers.core.referentiel import Agregation, GenreIndicateur, Indicateur
from quartiers.core.territoire import Niveau

Cle = tuple[str, str]
"""Of a cell: indicateur and territoire."""


@dataclass(frozen=True, slots=True)
class EnregistrementRetenu:
    """A record behind a figure. `nombre`: how many things it counts for, 0 when it attests a zero or an absence.

    None in a history, which tells what was learnt and of which no figure is made. `is_non_reparti`: it serves several
    territoires and says no share of this one. `is_sans_calendrier`: only a school calendar that nobody knows would tell
    whether it counts.
    """

    indicateur: str
    territoire: str
    enregistrement: Enregistrement
    nombre: int | None
    date: dt.date
    is_non_reparti: bool = False
    is_sans_calendrier: bool = False

    @property
    def rang(self) -> Rang:
        """How sure it is."""
        return self.enregistrement.rang

    @property
    def preuve(self) -> Preuve:
        """Where it comes from."""
        return self.enregistrement.preuve

    @property
    def connu_le(self) -> dt.date:
        """The day it was learnt."""
        return self.enregistrement.connu_le

    @property
    def ordre(self) -> int:
        """Its rank among what was learnt."""
        return self.enregistrement.ordre


@dataclass(frozen=True, slots=True)
class Registre:
    """The apports of a cell, the rules that read them, and the territoires they are read in.

    `non_repartis`: of sums that serve several territoires and give no share of this one. `entiers`: of a sum of the
    territoires that this one holds, all that it holds whole; they speak only for what is divided below (core.reste).
    `sans_calendrier`: what only an unknown calendar would place (L-96).
    """

    cellule: CelluleDeDerivation
    geographie: Geographie
    non_repartis: tuple[Apport, ...] = ()
    entiers: tuple[Apport, ...] = ()
    sans_calendrier: tuple[Apport, ...] = ()

    @property
    def apports(self) -> tuple[Apport, ...]:
        """All that records bring here, speaking or not."""
        return (*self.sus, *self.non_repartis, *self.entiers)

    @property
    def sus(self) -> tuple[Apport, ...]:
        """What is learnt of this very cell, whether a reading takes it or a calendar is wanting."""
        return (*self.cellule.apports, *self.sans_calendrier)

    def read_at(self, connu_le: dt.date) -> RegistreConnu | None:
        """As it was known at the end of a day; None when nothing was."""
        sus = tuple(a for a in self.cellule.apports if a.is_su(connu_le))
        if not sus:
            return None
        return RegistreConnu(
            replace(self.cellule, apports=sus), self.geographie.read_at(connu_le), connu_le
        )

    def list_non_repartis(self, connu_le: dt.date) -> tuple[Apport, ...]:
        """What gives no share of this territoire, as known on a day."""
        return tuple(a for a in self.non_repartis if a.is_su(connu_le))

    def list_sans_calendrier(self, connu_le: dt.date) -> tuple[Apport, ...]:
        """What waits for a calendar, as known on a day."""
        return tuple(a for a in self.sans_calendrier if a.is_su(connu_le))

    def list_jours_de_connaissance(self) -> set[dt.date]:
        """The days on which what it says may have changed, because something was learnt."""
        return {a.connu_le for a in self.sus} | {a.oublie_le for a in self.sus if a.oublie_le}

    def list_connus(self, connu_le: dt.date) -> list[EnregistrementConnu]:
        """Every record that said something here by that day, those that no longer do included."""
        durees: dict[Enregistrement, list[tuple[dt.date, dt.date]]] = {}
        for apport in self.sus:
            if apport.connu_le <= connu_le:
                fin = apport.oublie_le or dt.date.max
                for ligne in apport.lignes:
                    durees.setdefault(ligne, []).append((apport.connu_le, fin))
        return [
            EnregistrementConnu(
                self._build_connu(ligne), su, oublie if oublie <= connu_le else None
            )
            for ligne, siennes in durees.items()
            for su, oublie in join_durees(siennes)
        ]

    def _build_connu(self, ligne: Enregistrement) -> EnregistrementRetenu:
        code, territoire = self.cellule.indicateur.code, self.cellule.territoire
        return EnregistrementRetenu(code, territoire, ligne, None, ligne.le)


@dataclass(frozen=True, slots=True)
class EnregistrementConnu:
    """A record, the day from which it said something of a cell, and the day it no longer did (None: it does)."""

    retenu: EnregistrementRetenu
    connu_le: dt.date
    oublie_le: dt.date | None


def list_non_repartis(
    apports: Iterable[Apport], vu_le: dt.date
) -> tuple[EnregistrementRetenu, ...]:
    """The records that would count on a day, had they said their share."""
    presents = (a for a in apports if a.is_en_vigueur(vu_le))
    return tuple(replace(vu, is_non_reparti=True) for vu in _list_vus_de(presents))


def list_sans_calendrier(
    apports: Iterable[Apport], vu_le: dt.date, *, is_muet: bool
) -> tuple[EnregistrementRetenu, ...]:
    """The records that a calendar might make count on a day.

    Beside a figure made of other records (not `is_muet`), only those whose window needs no calendar: the holidays that
    the figure speaks of are known, and none of the others is in them.
    """
    presents = (a for a in apports if a.is_en_vigueur(vu_le) and (is_muet or a.au is not None))
    return tuple(replace(vu, is_sans_calendrier=True) for vu in _list_vus_de(presents))


def _list_vus_de(apports: Iterable[Apport]) -> Iterator[EnregistrementRetenu]:
    """The records behind apports that no reading takes, each once."""
    lignes = {(a.indicateur, a.territoire, ligne): None for a in apports for ligne in a.lignes}
    for code, territoire, ligne in lignes:
        yield EnregistrementRetenu(code, territoire, ligne, 0, ligne.le)


def join_durees(durees: Iterable[tuple[dt.date, dt.date]]) -> list[tuple[dt.date, dt.date]]:
    """Stretches of days, the last one excluded, those that touch made one."""
    jointes: list[tuple[dt.date, dt.date]] = []
    for du, au in sorted(durees):
        if jointes and du <= jointes[-1][1]:
            jointes[-1] = (jointes[-1][0], max(jointes[-1][1], au))
        else:
            jointes.append((du, au))
    return jointes


def _list_attestes(apport: Apport) -> Iterator[dt.date]:
    return map(dt.date.fromordinal, range(apport.du.toordinal(), apport.temoin.toordinal()))


@dataclass(frozen=True, slots=True)
class RegistreConnu:
    """A register as it was known on a day."""

    cellule: CelluleDeDerivation
    geographie: GeographieConnue
    connu_le: dt.date

    def answer(
        self, jour: dt.date, fenetre: tuple[dt.date, dt.date] | None = None
    ) -> Reponse | None:
        """What it says on a day, inside the window of a dated target if any; None: nothing."""
        return answer(Question(self.cellule, self.geographie, jour, self.connu_le, fenetre))

    def find_exces(self) -> tuple[dt.date, Lu, Lu] | None:
        """The last day on which its numerator is more than its denominator, and both; None: on no day."""
        indicateur = self.cellule.indicateur
        if not any(d.role == DENOMINATEUR for d in indicateur.derivations):
            return None
        for jour in sorted(self.list_jours(), reverse=True):
            lus = read_part(Question(self.cellule, self.geographie, jour, self.connu_le))
            if lus is not None and is_exces(*lus):
                return (jour, *lus)
        return None

    def is_calendrier_inconnu(self, jour: dt.date) -> bool:
        """It says something, but the school calendar by which it is counted is not known."""
        return is_calendrier_inconnu(Question(self.cellule, self.geographie, jour, self.connu_le))

    def list_vus(self, jour: dt.date) -> tuple[EnregistrementRetenu, ...]:
        """The records that speak of that day or of the days before it, when no calendar counts them."""
        lus = (replace(apport, au=None) for apport in self.cellule.apports)
        return tuple(sorted(list_sans_calendrier(lus, jour, is_muet=True), key=_get_place))

    def list_temoins(self) -> set[dt.date]:
        """The last days attested: what they attest grows old from there."""
        return {apport.temoin for apport in self.cellule.apports}

    def list_jours(self) -> set[dt.date]:
        """Every day on which what it says may change, age apart."""
        jours: set[dt.date] = set()
        for apport in self.cellule.apports:
            jours.update((apport.du, apport.temoin))
            if apport.au is not None and apport.au < dt.date.max:
                jours.add(apport.au + UN_JOUR)
            if apport.delai is not None:  # it grows each day that it is attested
                jours.update(_list_attestes(apport))
        if any(regle.mode is ModeDeLecture.CALENDRIER for regle in self.cellule.regles):
            question = Question(self.cellule, self.geographie, dt.date.max, self.connu_le)
            jours.update(list_jours_d_horizon(self.list_temoins(), question.vacances))
        return jours

    def list_valeurs(self, jusqu_a: dt.date) -> list[Releve]:
        """What it says, up to a day, of each day on which that changes, and of the last that its records attest.

        Bare values, to be drawn and listed as such.
        """
        apports = self.cellule.apports
        jours = {jour for a in apports for jour in (a.du, a.temoin) if jour <= jusqu_a}
        reponses = [r for jour in sorted(jours) if (r := self.answer(jour)) is not None]
        par_jour = list({r.date: r for r in reponses}.values())
        marches = [next(suite) for _, suite in groupby(par_jour, key=_get_dit)]
        derniere = [r for r in par_jour[-1:] if r is not marches[-1]]
        return [self._build_valeur(r) for r in (*marches, *derniere)]

    def _build_valeur(self, reponse: Reponse) -> Releve:
        lignes = [retenu.enregistrement for retenu in self.list_retenus(reponse)]
        derniere = max(lignes, key=lambda ligne: (ligne.connu_le, ligne.ordre))
        is_part = reponse.numerateur is not None
        return Releve(
            indicateur=self.cellule.indicateur.code,
            territoire=self.cellule.territoire,
            date=reponse.date,
            connu_le=derniere.connu_le,
            ordre=derniere.ordre,
            valeur=None if is_part else reponse.valeur,
            numerateur=reponse.numerateur,
            denominateur=reponse.denominateur,
            rang=Rang.VALIDE if reponse.is_valide else Rang.NON_VALIDE,
        )

    def list_retenus(self, reponse: Reponse) -> tuple[EnregistrementRetenu, ...]:
        """The records behind an answer, those that count first, each once."""
        pointages = () if reponse.pointage is None else (reponse.pointage,)
        comptes: dict[Enregistrement, set[Hashable]] = {}
        for apport in (*reponse.retenus, *pointages):
            for ligne in apport.lignes:
                vus = comptes.setdefault(ligne, set())
                if apport.portant is Portant.COMPTE:
                    vus.add(apport.quoi)
        retenus = [self._build_retenu(ligne, len(vus)) for ligne, vus in comptes.items()]
        return tuple(sorted(retenus, key=_get_place))

    def _build_retenu(self, ligne: Enregistrement, nombre: int) -> EnregistrementRetenu:
        code, territoire = self.cellule.indicateur.code, self.cellule.territoire
        return EnregistrementRetenu(code, territoire, ligne, nombre, ligne.le)


def _get_dit(reponse: Reponse) -> tuple[Fraction | None, ...]:
    """The figure, whatever its day."""
    return (reponse.valeur, reponse.numerateur, reponse.denominateur)


def _get_place(retenu: EnregistrementRetenu) -> tuple[bool, str, str]:
    return (retenu.nombre == 0, retenu.enregistrement.genre, retenu.enregistrement.objet)


def name_objet(quoi: Hashable) -> str:
    """The name of a thing counted; one session of an event has its day."""
    return " ".join(str(partie) for partie in quoi) if isinstance(quoi, tuple) else str(quoi)


def get_valeur(reponse: Reponse) -> Fraction | None:
    """In the unit of the indicateur: a share in percent, None of nothing."""
    return read_valeur(reponse.valeur, reponse.numerateur, reponse.denominateur)


def build_registres(
    apports: Iterable[Apport], regles: Iterable[Regle], geographie: Geographie
) -> dict[Cle, Registre]:
    """The registers of the cells that records speak of.

    A figure is read at its own level alone; a national one at quartiers, added up above them (L-31): were a register
    read there, the quartiers of which nothing is known would count for nothing.
    """
    par_indicateur: dict[str, list[Regle]] = {}
    for regle in regles:
        par_indicateur.setdefault(regle.indicateur.code, []).append(regle)
    indicateurs = {code: siennes[0].indicateur for code, siennes in par_indicateur.items()}
    par_cle: dict[Cle, list[Apport]] = {}
    for apport in apports:
        par_cle.setdefault((apport.indicateur, apport.territoire), []).append(apport)
    registres = {
        cle: _build(indicateurs[cle[0]], cle[1], tuple(par_indicateur[cle[0]]), siens, geographie)
        for cle, siens in par_cle.items()
    }
    return {cle: registre for cle, registre in registres.items() if registre.apports}


def _build(
    indicateur: Indicateur,
    territoire: str,
    regles: tuple[Regle, ...],
    apports: Iterable[Apport],
    geographie: Geographie,
) -> Registre:
    parlants: list[Apport] = []
    non_repartis: list[Apport] = []
    sans_calendrier: list[Apport] = []
    rangements = {Portant.NON_REPARTI: non_repartis, Portant.SANS_CALENDRIER: sans_calendrier}
    for apport in sorted(apports, key=_get_rang):
        rangements.get(apport.portant, parlants).append(apport)
    propres, entiers = tuple(parlants), ()
    if not is_propre(indicateur, geographie.get_niveau(territoire)):
        propres, entiers = (), propres if is_divisible(indicateur) else ()
        sans_calendrier = []
    cellule = CelluleDeDerivation(indicateur, territoire, regles, propres)
    return Registre(cellule, geographie, tuple(non_repartis), entiers, tuple(sans_calendrier))


def is_propre(indicateur: Indicateur, niveau: Niveau | None) -> bool:
    """A territoire of that level says a value of its own, not one made of what it holds."""
    if indicateur.genre is GenreIndicateur.NATIONAL:
        return niveau is Niveau.QUARTIER
    return niveau is indicateur.niveau


def list_niveaux(indicateur: Indicateur) -> frozenset[Niveau]:
    """The levels at which what records say of it is read: its own, and those above of what is divided below (L-111)."""
    if indicateur.genre is GenreIndicateur.NATIONAL:
        return frozenset(Niveau)
    if is_divisible(indicateur):
        return frozenset(n for n in Niveau if n.hauteur >= indicateur.niveau.hauteur)
    return frozenset({indicateur.niveau})


def is_divisible(indicateur: Indicateur) -> bool:
    """Its values add up, and a record may bring one to several territoires without saying what is whose."""
    return (
        indicateur.agregation is Agregation.SOMME
        and indicateur.is_de_montants
        and indicateur.genre is not GenreIndicateur.DOUBLEMENT
    )


def _get_rang(apport: Apport) -> tuple[int, str, str, dt.date, str, dt.date]:
    """The same order however they were found."""
    ordre = apport.lignes[0].ordre
    suite = (apport.du, str(apport.quoi), apport.connu_le)
    return (ordre, apport.role, apport.portant.value, *suite)
