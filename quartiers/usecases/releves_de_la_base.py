"""What the base knows of the lines of a file, and nothing else: a write reads the rows it may correct.

Also their neighbours, by index: the other lines of the cells it speaks of, and the lines that bear its keys.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from quartiers.core.condensat import digest
from quartiers.core.forme import fold_identifiant
from quartiers.sources.forme import fold_cle
from quartiers.sources.jour import parse_jour
from quartiers.sources.table import Table
from quartiers.usecases.contexte import Contexte
from quartiers.usecases.garder_lignes import RELEVES, Provenance
from quartiers.usecases.interroger import split
from quartiers.usecases.juger_plausibilite import Cellule
from quartiers.usecases.lire_examens import Lignees, find_renvoyees
from quartiers.usecases.releve_lu import ReleveLu, RelevesConnus

FIN = 2**62
"""After every decision."""
INDICES_MAX = 2000
PEU, PROCHES_MAX = 20, 50
"""A file of few lines, or a form, reads the last rows of each cell, not all that was ever said of it."""
Lignes = dict[int, tuple[ReleveLu, Provenance]]
"""Rows read, each once."""


@dataclass(slots=True)
class RelevesDeLaBase(RelevesConnus):
    """The same, of the base.

    `derniers`: the last row entered of each identity, which a new one would follow; `tenues`: the one that holds;
    `renvoyees`: the identities that say nothing any more, since all their rows were sent back.
    """

    connu_le: date = date.max
    derniers: dict[Hashable, int] = field(default_factory=dict)
    tenues: dict[Hashable, int] = field(default_factory=dict)
    renvoyees: set[Hashable] = field(default_factory=set)

    def load(self, table: Table, contexte: Contexte) -> None:
        """What is known of the cells, of the keys and of the sources that a table names."""
        cellules: dict[Cellule, date] = {}
        cles: set[str] = set()
        sources: set[str] = set()
        for ligne in table:
            cellule = contexte.find_cellule(ligne["indicateur"], ligne["territoire"])
            if cellule is not None:
                jour = max(find_jour(ligne["date"]), cellules.get(cellule, date.min))
                cellules[cellule] = jour
            if ligne["cle"]:
                cles.add(fold_cle(ligne["cle"]))
            sources.add(fold_identifiant(ligne["source"]))
        lignes = read_jours(cellules) if len(table) <= PEU else read_cellules(cellules)
        lignes |= read_cles(cles)
        lignes |= read_versions(lignes)
        for lu, provenance in sort_lignes(lignes):
            self.add(lu, is_su=provenance.connu_le <= self.connu_le)
        entrees = sorted(lignes.values(), key=lambda ligne: ligne[1].ordre)
        self.derniers = {lu.identite: provenance.rangee or 0 for lu, provenance in entrees}
        self.tenues = dict(self.derniers)
        self._leave_renvoyees()
        self.sources |= read_sources(sources - self.sources.keys())

    def _leave_renvoyees(self) -> None:
        """A line whose last row was sent back says what that row corrected, or nothing: said again, it is new."""
        renvoyees = find_renvoyees("releve", self.derniers.values())
        if not renvoyees:
            return
        lignees = Lignees.load(sorted(renvoyees))
        for identite, rangee in self.derniers.items():
            if rangee not in renvoyees:
                continue
            tenue = lignees.find_tenue(rangee, FIN)
            self.actuels.pop(identite, None)
            if tenue is None:
                self.renvoyees.add(identite)
            else:
                self.actuels[identite] = lignees.lignes[tenue][0]
                self.tenues[identite] = tenue

    def list_presents_de(self, nommes: Collection[tuple[str, str]]) -> Iterator[ReleveLu]:
        """Every line not withdrawn of some (source, territoire), be it named by the file or not."""
        par_source: dict[bytes, set[str]] = defaultdict(set)
        for source, territoire in nommes:
            par_source[digest(fold_identifiant(source))].add(territoire)
        lignes: Lignes = {}
        for producteur, territoires in par_source.items():
            for codes in split(territoires):
                lignes |= read_lignes(producteur=producteur, territoire__in=codes)
        lignes |= read_versions(lignes)
        sues = (
            (lu, provenance.connu_le)
            for lu, provenance in sort_lignes(lignes)
            if provenance.connu_le <= self.connu_le
        )
        tous = RelevesConnus.build(sues, self.connu_le)
        return RelevesConnus.list_presents_de(tous, nommes)

    def list_jours(self, lu: ReleveLu) -> list[date]:
        """The days that the source speaks of the cell; only those up to that of the line are loaded."""
        lignes = read_lignes(
            indicateur=lu.indicateur,
            territoire=lu.territoire,
            producteur=digest(fold_identifiant(lu.source)),
        )
        return [connue.date for connue, _ in sort_lignes(lignes) if not connue.is_retrait]

    def list_cles(self, lu: ReleveLu) -> list[str]:
        """Some keys of the source, those of its territoire first."""
        chez = RELEVES.filter(producteur=digest(fold_identifiant(lu.source))).exclude(cle="")
        ici = chez.filter(territoire=lu.territoire).order_by("-pk")
        cles = (
            cle
            for rangees in (ici, chez.order_by("-pk"))
            for cle in rangees.values_list("cle", flat=True)[:INDICES_MAX]
        )
        return list(dict.fromkeys(cles))


def read_lignes(**filtre: object) -> Lignes:
    """Rows by their number."""
    return {
        provenance.rangee or 0: (lu, provenance) for lu, provenance in RELEVES.iterate(**filtre)
    }


def find_jour(texte: str) -> date:
    """The day of a line; that of a line that has none does not matter."""
    try:
        return parse_jour(texte)
    except ValueError:
        return date.max


def read_jours(cellules: Mapping[Cellule, date]) -> Lignes:
    """The last rows of some cells up to a day: what a form may correct, or seem to contradict."""
    lignes: Lignes = {}
    for (indicateur, territoire), jour in cellules.items():
        rangees = RELEVES.filter(indicateur=indicateur, territoire=territoire, date__lte=jour)
        proches = rangees.order_by("-date", "-pk").values_list("pk", flat=True)[:PROCHES_MAX]
        lignes |= read_lignes(pk__in=list(proches))
    return lignes


def read_cellules(cellules: Iterable[Cellule]) -> Lignes:
    """Every row of some cells."""
    par_indicateur: dict[str, list[str]] = defaultdict(list)
    for indicateur, territoire in sorted(cellules):
        par_indicateur[indicateur].append(territoire)
    lignes: Lignes = {}
    for indicateur, territoires in par_indicateur.items():
        for codes in split(territoires):
            lignes |= read_lignes(indicateur=indicateur, territoire__in=codes)
    return lignes


def read_cles(cles: Iterable[str]) -> Lignes:
    """Every row that bears one of some folded keys."""
    lignes: Lignes = {}
    for lot in split(map(digest, sorted(cles))):
        lignes |= read_lignes(cle_pliee__in=lot)
    return lignes


def read_versions(lignes: Lignes) -> Lignes:
    """Every version of the lines that bear a key: a correction may have moved one to another cell."""
    condensats = {lu.condensat for lu, _ in lignes.values() if lu.cle}
    versions: Lignes = {}
    for lot in split(sorted(condensats)):
        versions |= read_lignes(identite__in=lot)
    return versions


def read_sources(pliees: Iterable[str]) -> dict[str, str]:
    """How each folded source is written in the base, as it was first; those never met are left out."""
    trouvees = {}
    for pliee in sorted(filter(None, pliees)):
        rangees = RELEVES.filter(producteur=digest(pliee)).order_by("pk")
        ecrite = rangees.values_list("source", flat=True).first()
        if ecrite is not None:
            trouvees[pliee] = ecrite
    return trouvees


def sort_lignes(lignes: Lignes) -> list[tuple[ReleveLu, Provenance]]:
    """In the order they were learnt."""
    return sorted(lignes.values(), key=lambda ligne: (ligne[1].connu_le, ligne[1].ordre))
