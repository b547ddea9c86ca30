"""A line of releves.csv, and what the base already knows of the lines it may speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from quartiers.core.condensat import digest
from quartiers.core.forme import fold_identifiant
from quartiers.sources.forme import fold_cle
from quartiers.usecases.juger_plausibilite import CENT, Cellule, Historique

OUI = "oui"


@dataclass(frozen=True, slots=True)
class ReleveLu:
    """One line. No value at all = a withdrawal, which the file says by `retrait`."""

    indicateur: str
    territoire: str
    date: date
    valeur: Fraction | None
    numerateur: Fraction | None
    denominateur: Fraction | None
    jalon: int | None
    source: str
    declarant: str
    commentaire: str
    cle: str
    ligne: int

    @property
    def is_retrait(self) -> bool:
        """The line takes back what was said."""
        return self.valeur is None and self.numerateur is None and self.jalon is None

    @property
    def retrait(self) -> str:
        """The same, as its column says it."""
        return OUI if self.is_retrait else ""

    @property
    def identite(self) -> tuple[object, ...]:
        """What makes two lines versions of one another (lectures L-02, L-03)."""
        if self.cle:
            return (self.source, self.cle)
        return (self.indicateur, self.territoire, self.date, self.source)

    @property
    def condensat(self) -> bytes:
        """The identity as it compares, in 16 bytes: two writings of one source or key have the same."""
        if self.cle:
            return digest(fold_identifiant(self.source), fold_cle(self.cle))
        jour = self.date.isoformat()
        return digest(self.indicateur, self.territoire, jour, fold_identifiant(self.source))

    @property
    def cellule(self) -> Cellule:
        """What it speaks of."""
        return (self.indicateur, self.territoire)

    @property
    def territoires(self) -> tuple[str, ...]:
        """The one that it speaks of, as records say theirs."""
        return (self.territoire,)

    @property
    def mesure(self) -> Fraction | None:
        """Its value, that of a share in percent; None for a step or a withdrawal."""
        if self.numerateur is not None and self.denominateur:
            return CENT * self.numerateur / self.denominateur
        return self.valeur

    @property
    def dite(self) -> Fraction | None:
        """What it says as a number: its value, a share in percent, the rank of a step."""
        return self.mesure if self.jalon is None else Fraction(self.jalon)

    @property
    def quoi(self) -> str:
        """The identity in words."""
        return (
            f"clé « {self.cle} »"
            if self.cle
            else "même indicateur, même territoire, même jour, même source, sans clé"
        )


@dataclass(slots=True)
class RelevesConnus:
    """What was said before a file. `actuels`: the last version of each line known on its day of knowledge.

    `sources`, `cles`: how each is written in the base, by its folded form, whatever the day: what folds to the
    same is stored in the same signs, so that two versions of one line have the very same identity (L-46).
    """

    actuels: dict[Hashable, ReleveLu] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    cles: dict[str, dict[str, str]] = field(default_factory=dict)
    _jours: dict[tuple[str, str, date], list[ReleveLu]] | None = None

    @classmethod
    def build(cls, lignes: Iterable[tuple[ReleveLu, date]], connu_le: date) -> RelevesConnus:
        """From lines with the day each was known, in the order they were learnt."""
        connus = cls()
        for lu, jour in lignes:
            connus.add(lu, is_su=jour <= connu_le)
        return connus

    def add(self, lu: ReleveLu, *, is_su: bool = True) -> None:
        """One line more; `is_su`: it is known on the day of the file."""
        self.sources.setdefault(fold_identifiant(lu.source), lu.source)
        if lu.cle:
            self.cles.setdefault(fold_cle(lu.cle), {}).setdefault(lu.source, lu.cle)
        if is_su:
            self.actuels.pop(lu.identite, None)  # in the order of the last versions
            self.actuels[lu.identite] = lu

    def list_sources(self, cle: str) -> list[str]:
        """The sources known, on the day of the file, to bear that `cle`."""
        ecritures = self.cles.get(fold_cle(cle), {})
        return sorted(
            source for source, ecrite in ecritures.items() if (source, ecrite) in self.actuels
        )

    def list_presents_de(self, nommes: Collection[tuple[str, str]]) -> Iterator[ReleveLu]:
        """The lines not withdrawn of some (source, territoire)."""
        return (lu for lu in self.list_presents() if (lu.source, lu.territoire) in nommes)

    def list_presents(self) -> Iterator[ReleveLu]:
        """The lines not withdrawn."""
        return (lu for lu in self.actuels.values() if not lu.is_retrait)

    def list_jour(self, indicateur: str, territoire: str, jour: date) -> list[ReleveLu]:
        """The lines present of a cell and a day."""
        if self._jours is None:
            jours = defaultdict(list)
            for lu in self.list_presents():
                jours[lu.indicateur, lu.territoire, lu.date].append(lu)
            self._jours = dict(jours)
        return self._jours.get((indicateur, territoire, jour), [])

    def list_valeurs(self, cellules: Collection[Cellule]) -> Historique:
        """The values present of some cells, by date, then in the order of their last version."""
        connues: dict[Cellule, list[tuple[date, Fraction]]] = defaultdict(list)
        for lu in self.actuels.values():
            if lu.cellule in cellules and lu.mesure is not None:
                connues[lu.cellule].append((lu.date, lu.mesure))
        for valeurs in connues.values():
            valeurs.sort(key=lambda valeur: valeur[0])
        return connues

    def list_jours(self, lu: ReleveLu) -> list[date]:
        """The days that the source of a line speaks of its cell, for a hint."""
        cellule = (lu.cellule, lu.source)
        return [p.date for p in self.list_presents() if (p.cellule, p.source) == cellule]

    def list_cles(self, lu: ReleveLu) -> list[str]:
        """The keys present of the source of a line, for a hint."""
        return [p.cle for p in self.list_presents() if p.cle and p.source == lu.source]


@dataclass(slots=True)
class Ecritures:
    """One writing for each source and each key of a file: the one the base has, else the first of the file."""

    connus: RelevesConnus
    sources: dict[str, str] = field(default_factory=dict)
    cles: dict[tuple[str, str], str] = field(default_factory=dict)

    def settle_source(self, lue: str) -> str:
        """The source as it is written already; one of signs that nobody sees is no source."""
        pliee = fold_identifiant(lue)
        if not pliee:
            return ""
        return self.connus.sources.get(pliee) or self.sources.setdefault(pliee, lue)

    def settle_cle(self, source: str, lue: str) -> str:
        """The key as it is written already for that source."""
        pliee = fold_cle(lue)
        connues: Mapping[str, str] = self.connus.cles.get(pliee, {})
        return connues.get(source) or self.cles.setdefault((source, pliee), lue)
