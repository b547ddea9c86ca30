"""What the columns speak of: indicateurs and territoires by number, and each indicateur's rule in numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quartiers.core.calendriers import find_calendrier
from quartiers.core.colonnes.jour import JAMAIS, PREMIER_MOIS, list_periodes, to_jour
from quartiers.core.colonnes.nombre import (
    MICRO,
    SANS_VALEUR,
    Jours,
    Masque,
    Micros,
    Octets,
    Places,
    Rangs,
    to_micro,
)
from quartiers.core.dossier import Dossier
from quartiers.core.fait import Calendrier
from quartiers.core.referentiel import (
    Frequence,
    GenreIndicateur,
    Indicateur,
    Operateur,
    PasZero,
    RelativeA,
)
from quartiers.core.seuil import resolve_entree
from quartiers.core.temps import LIMITE_APRES_VACANCES, LIMITES, REPORT_D_UN_FLUX
from quartiers.core.territoire import (
    NATION,
    Niveau,
    QuartierCible,
    Territoires,
    build_territoire,
)

GENRES = tuple(GenreIndicateur)
OPERATEURS = tuple(Operateur)
AU_MOINS, AU_PLUS, EXACTEMENT = range(3)
PRESENCE = GENRES.index(GenreIndicateur.PRESENCE)
DOUBLEMENT = GENRES.index(GenreIndicateur.DOUBLEMENT)
NATIONAL = GENRES.index(GenreIndicateur.NATIONAL)
JALON = GENRES.index(GenreIndicateur.JALON)
SUIVI = GENRES.index(GenreIndicateur.SUIVI)
SANS_ETAPE = -1
_LIMITE_INCONNUE = LIMITES[Frequence.SEMESTRE]  # of a PV value without calendar (L-24)


@dataclass(frozen=True, slots=True)
class ReglesEnColonnes:
    """One line per indicateur. `seuil`, `echeance`, `operateur`: the référentiel's own target, if it counts.

    `premier_mois` is that of its période (0 = January), -1 when it is no flux. `has_entree`: the référentiel's own
    target comes from the annex; `is_relative`: it is « more than last year », `seuil` being then what is added.
    `hors`: its target does not fit in a column, every cell of it goes to the plain computation.
    """

    genre: Octets
    limite: Jours
    premier_mois: Places
    is_vacances: Masque
    has_entree: Masque
    is_relative: Masque
    operateur: Octets
    seuil: Micros
    echeance: Jours
    is_sans_objet_a_zero: Masque
    hors: Masque

    @classmethod
    def build(cls, indicateurs: Sequence[Indicateur]) -> ReglesEnColonnes:
        """From the référentiel."""
        entrees = [resolve_entree(i) for i in indicateurs]
        relatives = [
            e is not None
            and i.cible is not None
            and i.cible.relative_a is RelativeA.ANNEE_PRECEDENTE
            for i, e in zip(indicateurs, entrees, strict=True)
        ]
        seuils = [
            to_micro(i.cible.valeur if relative and i.cible else (e.valeur if e else None))
            for i, e, relative in zip(indicateurs, entrees, relatives, strict=True)
        ]
        return cls(
            genre=np.array([GENRES.index(i.genre) for i in indicateurs], np.int8),
            limite=np.array([LIMITES.get(i.frequence, 0) for i in indicateurs], np.int32),
            premier_mois=np.array([_get_premier_mois(i) for i in indicateurs], np.int64),
            is_vacances=np.array([i.frequence is Frequence.VACANCES for i in indicateurs], bool),
            has_entree=np.array([e is not None for e in entrees], bool),
            is_relative=np.array(relatives, bool),
            operateur=np.array(
                [OPERATEURS.index(e.operateur) if e else AU_MOINS for e in entrees], np.int8
            ),
            seuil=np.array([SANS_VALEUR if s is None else s for s in seuils], np.int64),
            echeance=np.array(
                [to_jour(e.echeance if e else None, JAMAIS) for e in entrees], np.int32
            ),
            is_sans_objet_a_zero=np.array(
                [i.pas_0 is PasZero.SANS_OBJET for i in indicateurs], bool
            ),
            hors=np.array([s is None for s in seuils], bool),
        )


def _get_premier_mois(indicateur: Indicateur) -> int:
    if not indicateur.is_flux or indicateur.periode is None:
        return -1
    return PREMIER_MOIS[indicateur.periode]


@dataclass(frozen=True, slots=True)
class Cadre:
    """Indicateurs and territoires by number; a cell is numbered indicateur x territoires + territoire.

    `calendrier` gives the school calendar of each territoire (-1: none). `instables`: territoires whose calendar
    depends on the day of knowledge: a quartier cible changed its département, or a calendar was learnt.
    """

    indicateurs: tuple[Indicateur, ...]
    codes: tuple[str, ...]
    regles: ReglesEnColonnes
    calendriers: tuple[Calendrier, ...]
    calendrier: NDArray[np.int16]
    instables: frozenset[int]
    nation: int

    @classmethod
    def build(
        cls,
        indicateurs: Iterable[Indicateur],
        codes: Iterable[str],
        calendriers: Sequence[Calendrier | None] | None = None,
        instables: Iterable[str] = (),
    ) -> Cadre:
        """`calendriers`: that of each territoire of `codes`, in their order."""
        tous, les_codes = tuple(indicateurs), tuple(codes)
        numeros = {code: rang for rang, code in enumerate(les_codes)}
        connus: list[Calendrier] = []
        places = np.full(len(les_codes), -1, np.int16)
        for rang, calendrier in enumerate(calendriers or ()):
            if calendrier is not None:
                if calendrier not in connus:
                    connus.append(calendrier)
                places[rang] = connus.index(calendrier)
        return cls(
            indicateurs=tous,
            codes=les_codes,
            regles=ReglesEnColonnes.build(tous),
            calendriers=tuple(connus),
            calendrier=places,
            instables=frozenset(numeros[c] for c in instables if c in numeros),
            nation=numeros.get(NATION, -1),
        )

    @property
    def cellules(self) -> int:
        """How many cells there are."""
        return len(self.indicateurs) * len(self.codes)

    def get_indicateurs(self, cellules: Places | Rangs) -> Places:
        """Numbers of the indicateurs of cells given in order: they come in runs, one division per run will do."""
        return np.repeat(np.arange(len(self.indicateurs)), np.diff(self.list_bornes(cellules)))

    def list_bornes(self, cellules: Places | Rangs) -> Places:
        """Where the cells of each indicateur begin among cells given in order, one more at the end."""
        premieres = np.arange(len(self.indicateurs) + 1) * len(self.codes)
        return np.searchsorted(cellules, premieres).astype(np.int64)

    def has_entree(self, cellules: Places) -> Masque:
        """The référentiel's own target holds in these cells (in order): not that of a national one, below the nation (L-30)."""
        indicateur = self.get_indicateurs(cellules)
        tenue = self.regles.has_entree[indicateur]
        nationaux = np.flatnonzero(self.regles.genre[indicateur] == NATIONAL)
        tenue[nationaux] &= cellules[nationaux] % max(1, len(self.codes)) == self.nation
        return tenue

    def list_etapes_propres(self, cellules: Places) -> Places:
        """The step that the référentiel itself sets in each cell (in order), SANS_ETAPE without."""
        indicateur = self.get_indicateurs(cellules)
        seuil = self.regles.seuil[indicateur]
        propre = self.has_entree(cellules) & ~self.regles.is_relative[indicateur]
        return np.where(propre & (seuil != SANS_VALEUR), seuil // MICRO, SANS_ETAPE)

    def get_calendrier(self, territoire: int) -> Calendrier | None:
        """The school calendar of a territoire."""
        place = int(self.calendrier[territoire])
        return None if place < 0 else self.calendriers[place]

    def measure_ages(
        self, indicateur: Places, territoire: Places, date: Jours
    ) -> tuple[Jours, Masque]:
        """Days from the date of a value to its first stale day, and whether the calendar was missing (L-23, L-24)."""
        age = self.regles.limite[indicateur] + np.int32(1)
        inconnu = np.zeros(len(date), bool)
        vacances = np.flatnonzero(self.regles.is_vacances[indicateur])
        if vacances.size:
            age[vacances], inconnu[vacances] = self._measure_ages_de_vacances(
                territoire[vacances], date[vacances]
            )
        flux = np.flatnonzero(self.regles.premier_mois[indicateur] >= 0)
        if flux.size:
            _, fin = list_periodes(date[flux], self.regles.premier_mois[indicateur[flux]])
            age[flux] = np.minimum(age[flux], fin + np.int32(1 + REPORT_D_UN_FLUX) - date[flux])
        return age, inconnu

    def _measure_ages_de_vacances(self, territoire: Places, date: Jours) -> tuple[Jours, Masque]:
        age = np.full(len(date), _LIMITE_INCONNUE + 1, np.int32)
        inconnu = np.ones(len(date), bool)
        calendrier = self.calendrier[territoire]
        for numero, connu in enumerate(self.calendriers):
            debuts = np.array(sorted(p[0].toordinal() for p in connu.periodes), np.int32)
            fins = np.array([p[1].toordinal() for p in sorted(connu.periodes)], np.int32)
            du, au = connu.valide_du.toordinal(), connu.valide_au.toordinal()
            rangs = np.searchsorted(debuts, date, side="right") - 1
            ici = np.flatnonzero(
                (calendrier == numero) & (rangs >= 0) & (date >= du) & (date <= au)
            )
            if ici.size:
                fin = np.maximum(fins[rangs[ici]], date[ici])
                age[ici] = fin + np.int32(LIMITE_APRES_VACANCES + 1) - date[ici]
                inconnu[ici] = False
        return age, inconnu


def build_cadre(dossier: Dossier) -> Cadre:
    """The cadre of a dossier: every territoire but the communes and EPCI of which nothing is asked nor known."""
    versions: dict[str, list[QuartierCible]] = {}
    for quartier in sorted(dossier.quartiers, key=lambda q: (q.connu_le, q.ordre)):
        versions.setdefault(quartier.code, []).append(quartier)
    derniers = [build_territoire(liste[-1], dossier.territoires) for liste in versions.values()]
    territoires = dossier.territoires.extend(derniers)
    codes = sorted(_list_codes(dossier, territoires))
    derniers_connus = dossier.calendriers.read_at(dt.date.max)
    bouges = {code for code, liste in versions.items() if _has_bouge(liste)}
    return Cadre.build(
        dossier.referentiel.list_indicateurs(),
        codes,
        [find_calendrier(derniers_connus, territoires, code) for code in codes],
        [code for code in codes if code in bouges or _is_appris(dossier, territoires, code)],
    )


def _is_appris(dossier: Dossier, territoires: Territoires, code: str) -> bool:
    """Its calendar was learnt some day: before it, the territoire had another one, or none."""
    departements = territoires.list_au_niveau(code, Niveau.DEPARTEMENT)
    return any(not dossier.calendriers.is_stable(d) for d in departements)


def _has_bouge(versions: Sequence[QuartierCible]) -> bool:
    return len({(v.departement, v.rattaches) for v in versions}) > 1


def _list_codes(dossier: Dossier, territoires: Territoires) -> Iterator[str]:
    petits = {Niveau.COMMUNE, Niveau.EPCI}
    porteurs = {
        porteur
        for code, territoire in territoires.items()
        if territoire.niveau is Niveau.QUARTIER
        for porteur in territoires.get_ancetres(code)
    }
    for faits in (
        dossier.releves,
        dossier.objets,
        dossier.listes,
        dossier.cibles,
        dossier.sans_objets,
    ):
        porteurs |= {fait.territoire for fait in faits}
    for code, territoire in territoires.items():
        if territoire.niveau not in petits or code in porteurs:
            yield code
