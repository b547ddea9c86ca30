"""The lines of a declared file, read and compared: what is told of them, and what is stored."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from quartiers.core.anomalie import Anomalie, Rapport
from quartiers.usecases.comparer import Comparaison, Dire, compare_lignes, list_revisions
from quartiers.usecases.ecrire import Bilan, EcritureOuverte
from quartiers.usecases.garder_lignes import Rangees
from quartiers.usecases.lire_lignes import LigneLue

L = TypeVar("L", bound=LigneLue)


@dataclass(frozen=True, slots=True)
class Lot(Generic[L]):
    """`lus`: each line once; the rapport also counts those that say again what another says."""

    lus: Sequence[L]
    rapport: Rapport
    comparaison: Comparaison[L]
    dire: Dire | None = None

    @classmethod
    def build(
        cls,
        lecture: tuple[Sequence[L], Rapport],
        actuels: Mapping[Hashable, L],
        dire: Dire | None = None,
    ) -> Lot[L]:
        """From what a reader gave, and the last version known of each line."""
        return cls(*lecture, compare_lignes(lecture[0], actuels), dire)

    def notice(self, avis: Sequence[Anomalie]) -> Lot[L]:
        """The same, with more to tell."""
        rapport = replace(self.rapport, avis=(*self.rapport.avis, *avis))
        return replace(self, rapport=rapport)

    def store(
        self, rangees: Rangees[Any], ecriture: EcritureOuverte, **autres: Callable[[L], object]
    ) -> Bilan:
        """Write the lines that change something; read = new + corrected + withdrawn + unchanged + set aside."""
        ecriture.rapports.append(self.rapport)
        comparaison = self.comparaison
        rangees.add(comparaison.changements, ecriture, **autres)
        return Bilan(
            nouvelles=len(comparaison.nouvelles),
            corrigees=list_revisions(comparaison.corrigees, self.dire),
            retirees=list_revisions(comparaison.retirees, self.dire),
            inchangees=self.rapport.gardees - len(comparaison.changements),
            doubles=self.rapport.gardees - len(self.lus),
        )
