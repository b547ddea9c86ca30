"""A vue: a dossier looked at from two dates. Everything above one cell is asked here, and worked out once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace
from datetime import date

from quartiers.core.attendus import extend_territoires, list_attendus, list_quartiers_cibles
from quartiers.core.calendriers import Version, find_calendrier
from quartiers.core.cellule import CelluleConnue, Cellules, Cle
from quartiers.core.comptage import Places, count_constats, get_veille, is_comptant, list_places
from quartiers.core.constat import Constat
from quartiers.core.contestation import Contestation, list_ouvertes
from quartiers.core.contexte import CelluleAJuger
from quartiers.core.dossier import Dossier
from quartiers.core.etat import Lecteur
from quartiers.core.evaluation import evaluate_constat
from quartiers.core.groupe import Groupe
from quartiers.core.national import Part, evaluate_somme
from quartiers.core.referentiel import GenreIndicateur, Indicateur
from quartiers.core.reste import find_reste
from quartiers.core.secret import Garde, IsSien, find_personnes
from quartiers.core.statut import DU_MOINS_FAVORABLE, Drapeau, Statut
from quartiers.core.tableau import EngagementVu
from quartiers.core.territoire import NATION, Niveau

OCTETS_PAR_CONSTAT = 2_000
"""What a constat weighs in a look, its roll-ups and its arrangement included: measured by `bench/poids_des_vues.py`."""


class Vue:
    """Constats of a dossier at (vu_le, connu_le), each evaluated once."""

    def __init__(
        self, dossier: Dossier, vu_le: date, connu_le: date, cellules: Cellules | None = None
    ) -> None:
        self.dossier = dossier
        self.vu_le = vu_le
        self.connu_le = connu_le
        self.cellules = cellules if cellules is not None else Cellules(dossier)
        quartiers = list_quartiers_cibles(dossier, connu_le)
        self.territoires = extend_territoires(dossier, quartiers)
        self.attendus = list_attendus(quartiers, self.territoires, vu_le)
        # The same dossier on the eve of a période, for what counts the constats that changed since.
        self.veilles: dict[date, Vue] = {}
        self.places: dict[str, Places] = {}
        self._calendriers = dossier.calendriers.read_at(connu_le)
        self._ancetres = {code: self.territoires.get_ancetres(code) for code in self.attendus}
        # By indicateur, then by territoire: evaluated there, and as it is seen from there.
        self.constats: dict[str, dict[str, Constat]] = {}
        self.vus: dict[str, dict[str, Constat | None]] = {}
        # What its reader may not be shown; None: nothing is hidden. The cells that hold a small count, once judged.
        self.garde: Garde | None = None
        self.petites: dict[Cle, bool] = {}
        # By engagement, then by territoire: the same constats, once arranged (core.composition).
        self.engagements: dict[str, dict[str, EngagementVu]] = {}

    @property
    def donnees_version(self) -> str:
        """The name of the state of the data that it shows: what was known at the end of `connu_le`."""
        return self.dossier.get_version(self.connu_le)

    def follow(self, dossier: Dossier, cellules: Cellules, indicateurs: frozenset[str]) -> Vue:
        """The same look at the dossier grown of declared faits about `indicateurs`; quartiers did not move.

        A constat reads the cells of its own indicateur and no other: those of the other indicateurs hold,
        and the engagements that show none of the touched ones. What counts constats is counted again.
        """
        suite = copy(self)
        suite.dossier = dossier
        suite.cellules = cellules
        suite.veilles = {}
        suite.petites = {}
        if indicateurs:
            tous = dossier.referentiel.list_indicateurs()
            indicateurs |= {i.code for i in tous if is_comptant(i)}
        suite.constats = {i: lus for i, lus in self.constats.copy().items() if i not in indicateurs}
        suite.vus = {i: lus for i, lus in self.vus.copy().items() if i not in indicateurs}
        quittes = {
            engagement.code
            for engagement in dossier.referentiel.engagements
            if not indicateurs.isdisjoint(i.code for i in engagement.list_indicateurs())
        }
        suite.engagements = {
            e: lus for e, lus in self.engagements.copy().items() if e not in quittes
        }
        return suite

    def guard(self, is_sien: IsSien) -> Vue:
        """The same look for a reader outside the circle: statuts are worked out once, figures arranged for him."""
        suite = copy(self)
        personnes = find_personnes(self.dossier.referentiel)
        suite.garde = Garde(self.cellules, personnes, is_sien, petites=self.petites)
        suite.engagements = {}
        return suite

    def is_secrete(self, indicateur: Indicateur, code: str) -> bool:
        """What was said of a cell is hidden from the reader."""
        return self.garde is not None and self.garde.is_secrete(indicateur, code)

    def count_constats(self) -> int:
        """How many it holds so far, those of the eves that it looked at too."""
        siens = sum(len(lus) for lus in self.constats.copy().values())
        return siens + sum(veille.count_constats() for veille in self.veilles.copy().values())

    @property
    def octets(self) -> int:
        """What it weighs, about."""
        return self.count_constats() * OCTETS_PAR_CONSTAT

    def list_attendus_de(self, code: str) -> tuple[str, ...]:
        """Expected quartiers inside a territoire (itself included)."""
        return tuple(q for q in self.attendus if q == code or code in self._ancetres[q])

    def list_attendus_au_niveau(self, code: str, niveau: Niveau) -> tuple[str, ...]:
        """Territoires of a level that hold an expected quartier of `code`; communes and EPCI only inside it."""
        quartiers = self.list_attendus_de(code)
        if niveau is Niveau.QUARTIER:
            return quartiers
        porteurs = self.territoires.list_au_niveau
        if niveau not in {Niveau.COMMUNE, Niveau.EPCI}:
            return tuple(sorted({p for quartier in quartiers for p in porteurs(quartier, niveau)}))
        communes = {c for q in quartiers for c in porteurs(q, Niveau.COMMUNE)}
        dedans = {c for c in communes if c == code or code in self.territoires.get_ancetres(c)}
        return tuple(sorted({p for commune in dedans for p in porteurs(commune, niveau)}))

    def build_contexte(self, indicateur: Indicateur, code: str) -> CelluleAJuger:
        """The question asked of one cell."""
        return CelluleAJuger(
            indicateur=indicateur,
            territoire=code,
            cellule=self._read_cellule(indicateur, code),
            vu_le=self.vu_le,
            calendrier=find_calendrier(self._calendriers, self.territoires, code),
            du_referentiel=indicateur.genre is not GenreIndicateur.NATIONAL or code == NATION,
        )

    def _read_cellule(self, indicateur: Indicateur, code: str) -> CelluleConnue:
        """A cell as it was known; what counts constats is counted once the others are made."""
        cellule = self.cellules.get(indicateur.code, code).read_at(self.connu_le)
        if not is_comptant(indicateur) or indicateur.niveau is not self.territoires[code].niveau:
            return cellule
        veille = get_veille(indicateur, self.vu_le)
        comptage = count_constats(
            indicateur,
            self._get_places(indicateur),
            self.vu_le,
            lambda autre: self._look_compte(autre, code),
            lambda autre: self._open_veille(veille or self.vu_le)._look_compte(autre, code),  # noqa: SLF001
        )
        return replace(cellule, comptage=comptage)

    def _get_places(self, indicateur: Indicateur) -> Places:
        """What it counts among, found once."""
        if indicateur.code not in self.places:
            self.places[indicateur.code] = list_places(indicateur, self.dossier.referentiel)
        return self.places[indicateur.code]

    def _look_compte(self, indicateur: Indicateur, code: str) -> Constat | None:
        """As the territoire shows it; what the nation carries is out of its counts (L-30)."""
        if indicateur.niveau is Niveau.NATION and code != NATION:
            return None
        return self.get_constat_vu_de(indicateur, code)

    def _open_veille(self, jour: date) -> Vue:
        if jour not in self.veilles:
            self.veilles[jour] = Vue(self.dossier, jour, self.connu_le, self.cellules)
        return self.veilles[jour]

    def list_calendriers(self, code: str) -> list[Version]:
        """The calendar of a territoire at each day of knowledge on which it became another one."""
        suite: list[Version] = []
        for jour in sorted(j for j in self.dossier.calendriers.jours if j <= self.connu_le):
            connus = self.dossier.calendriers.read_at(jour)
            calendrier = find_calendrier(connus, self.territoires, code)
            if calendrier != (suite[-1][1] if suite else None):
                suite.append((jour, calendrier))
        return suite

    def get_constat(self, indicateur: Indicateur, code: str) -> Constat:
        """The constat of a territoire of the indicateur's own level (any level for a national one)."""
        constats = self.constats.setdefault(indicateur.code, {})
        if code not in constats:
            constat = self._evaluate(indicateur, code)
            if self.list_contestations(indicateur, code):
                constat = replace(constat, drapeaux=constat.drapeaux | {Drapeau.CONTESTE})
            constats[code] = constat
        return constats[code]

    def list_contestations(self, indicateur: Indicateur, code: str) -> list[Contestation]:
        """Those that wait for an answer on a cell: the statut is the same, with a flag (ADR 0026)."""
        siennes = self.dossier.contestations.get((indicateur.code, code), ())
        return list_ouvertes(siennes, self.vu_le, self.connu_le)

    def _evaluate(self, indicateur: Indicateur, code: str) -> Constat:
        contexte = self.build_contexte(indicateur, code)
        constat = evaluate_constat(contexte)
        national = indicateur.genre is GenreIndicateur.NATIONAL
        if (
            not national
            or constat.date is not None
            or self.territoires[code].niveau is Niveau.QUARTIER
        ):
            return constat
        if constat.statut is Statut.SANS_OBJET:
            return constat
        reste = self._find_reste(indicateur, code, self.list_attendus_de(code))
        parts = list(self._list_parts(indicateur, code, reste))
        groupes = self._list_groupes(indicateur, code, reste)
        somme = evaluate_somme(contexte, constat.cible, parts, groupes)
        return replace(somme, ecartes=constat.ecartes)  # what names no quartier is seen here

    def _list_parts(
        self, indicateur: Indicateur, code: str, reste: CelluleAJuger | None
    ) -> Iterator[Part]:
        """A relevé on a département stands for all its quartiers; else each quartier for itself (L-31)."""
        for departement, quartiers in self._list_departements(code):
            if departement:
                constat = evaluate_constat(self.build_contexte(indicateur, departement))
                if constat.date is not None:
                    yield Part(constat, len(quartiers))
                    continue
            for quartier in quartiers:
                yield Part(self.get_constat(indicateur, quartier), 1)
        if reste is not None:
            yield Part(evaluate_constat(reste), 0)

    def _list_groupes(
        self, indicateur: Indicateur, code: str, reste: CelluleAJuger | None
    ) -> Iterator[Groupe]:
        """The same, on any day; read only when the past is asked for."""
        for departement, quartiers in self._list_departements(code):
            propre = self._read(indicateur, departement) if departement else None
            yield Groupe(propre, tuple(self._read(indicateur, q) for q in quartiers))
        if reste is not None:
            yield Groupe(None, (Lecteur(indicateur, reste.cellule, reste.calendrier),))

    def get_reste(
        self, indicateur: Indicateur, code: str, membres: Sequence[str]
    ) -> Constat | None:
        """What records say of several `membres` of a territoire and divide between none; None: nothing."""
        contexte = self._find_reste(indicateur, code, membres)
        return None if contexte is None else evaluate_constat(contexte)

    def _find_reste(
        self, indicateur: Indicateur, code: str, membres: Sequence[str]
    ) -> CelluleAJuger | None:
        cellule = self.cellules.get(indicateur.code, code)
        siennes = (self.cellules.get(indicateur.code, membre) for membre in membres)
        reste = find_reste(cellule, siennes, self.connu_le)
        if reste is None:
            return None
        return replace(self.build_contexte(indicateur, code), cellule=reste)

    def _list_departements(self, code: str) -> list[tuple[str, list[str]]]:
        """The expected quartiers of `code` by département, in order; "" for those that stand alone in it."""
        par_departement: dict[str, list[str]] = {}
        for quartier in self.list_attendus_de(code):
            departements = self.territoires.list_au_niveau(quartier, Niveau.DEPARTEMENT)
            par_departement.setdefault(next(iter(departements), ""), []).append(quartier)
        return [("" if d == code else d, q) for d, q in sorted(par_departement.items())]

    def _read(self, indicateur: Indicateur, code: str) -> Lecteur:
        contexte = self.build_contexte(indicateur, code)
        return Lecteur(indicateur, contexte.cellule, contexte.calendrier)

    def get_constat_vu_de(self, indicateur: Indicateur, code: str) -> Constat | None:
        """The constat shown in `code` for an indicateur of its level, of another one, or of the nation.

        None: an indicateur of another level without heritage is not shown here.
        """
        vus = self.vus.setdefault(indicateur.code, {})
        if code not in vus:
            vus[code] = self._look_from(indicateur, code)
        return vus[code]

    def _look_from(self, indicateur: Indicateur, code: str) -> Constat | None:
        territoire = self.territoires[code]
        if indicateur.niveau is territoire.niveau:
            return self.get_constat(indicateur, code)
        if indicateur.niveau is Niveau.NATION:
            return self._get_constat_de_la_nation(indicateur, code)
        if territoire.niveau is not Niveau.QUARTIER or indicateur.heritage is None:
            return None
        return self._get_constat_herite(indicateur, code, indicateur.heritage)

    def _get_constat_de_la_nation(self, indicateur: Indicateur, code: str) -> Constat | None:
        if indicateur.genre is GenreIndicateur.NATIONAL:
            cellule = self.cellules.get(indicateur.code, code).read_at(self.connu_le)
            propre = self.build_contexte(indicateur, code)
            if cellule.cibles and self.get_constat(indicateur, code).cible is not None:
                return self.get_constat(indicateur, code)
            if evaluate_constat(propre).date is not None:
                return self.get_constat(indicateur, code)
        if NATION not in self.territoires:
            return None
        constat = self.get_constat(indicateur, NATION)
        return replace(constat, drapeaux=constat.drapeaux | {Drapeau.PORTE_PAR_LA_NATION})

    def _get_constat_herite(self, indicateur: Indicateur, code: str, niveau: Niveau) -> Constat:
        """The least favourable constat among the territoires of that level, all of them listed (L-29)."""
        constats = [
            self.get_constat(indicateur, porteur)
            for porteur in self.territoires.list_au_niveau(code, niveau)
        ]
        herite = frozenset({Drapeau.HERITE})
        if not constats:
            return Constat(indicateur, code, Statut.NON_RENSEIGNE, drapeaux=herite)
        pire = min(constats, key=lambda c: (DU_MOINS_FAVORABLE.index(c.statut), c.territoire))
        porteurs = tuple((c.territoire, c.statut) for c in constats)
        return replace(pire, drapeaux=pire.drapeaux | herite, porteurs=porteurs)
