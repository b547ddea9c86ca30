"""Whether a record reaches a territoire, and for what share of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from quartiers.core.derivation.comptes import CompteDeDerivation
from quartiers.core.derivation.geographie import GeographieConnue, PointDeLieu
from quartiers.core.derivation.regle import Regle
from quartiers.core.enregistrement import Enregistrement, Lien, NatureDeLien
from quartiers.core.genres.lieu import Lieu
from quartiers.core.rayons import RAYON_A_PROXIMITE_M, RAYONS
from quartiers.core.referentiel import GenreIndicateur, Portee

PAR_LA_DISTANCE = frozenset({Portee.DANS, Portee.PROCHE, Portee.ILLIMITEE})


@dataclass(frozen=True, slots=True)
class Atteinte:
    """How a record reaches a territoire. `part`: its share, 1 when nobody divided it; None: « non réparti »."""

    part: Fraction | None = Fraction(1)
    distance_m: Fraction | None = None
    is_proche: bool = False


def get_point(ligne: Enregistrement) -> PointDeLieu | None:
    """Where a place says it stands; None for what is no place."""
    lieu = ligne.contenu
    return (ligne.objet, lieu.longitude, lieu.latitude) if isinstance(lieu, Lieu) else None


@dataclass(frozen=True, slots=True)
class Emprise:
    """Where a record stands and what it serves; `lieu`: the place by whose distances it is measured."""

    liens: tuple[Lien, ...]
    lieu: PointDeLieu | None = None

    def list_situes(self) -> list[str]:
        """The territoires it stands in."""
        return [lien.territoire for lien in self.liens if lien.nature is NatureDeLien.SITUE]

    def list_atteints(self, regle: Regle, geographie: GeographieConnue) -> set[str]:
        """The territoires that it may feed: a superset of those it reaches."""
        liens = self._list_liens(regle)
        codes = {c for lien in liens for c in geographie.list_nourris(lien.territoire)}
        if regle.portee in PAR_LA_DISTANCE and self.lieu is not None:
            mesures = geographie.geographie.distances.get(self.lieu, {})
            codes |= {
                c
                for m in mesures
                for c in (m, *geographie.list_nourris(m))
                if _is_mesurable(c, m, geographie)
            }
        return {code for code in codes if regle.is_lue_a(geographie.get_niveau(code))}

    def reach(self, regle: Regle, territoire: str, geographie: GeographieConnue) -> Atteinte | None:
        """How it reaches a territoire by a rule; None when it does not."""
        if regle.portee in PAR_LA_DISTANCE and self.lieu is not None:
            distance = geographie.get_distance(self.lieu, territoire, self.list_situes())
            if distance is not None:
                return self._measure(regle, territoire, geographie, distance)
        tenus = self._list_tenus(regle, territoire, geographie)
        if not tenus:
            return None
        return Atteinte(self._get_part(regle, tenus, geographie))

    def _measure(
        self, regle: Regle, territoire: str, geographie: GeographieConnue, distance: Fraction
    ) -> Atteinte | None:
        rayon = RAYONS.get(regle.portee)
        if rayon is None or distance <= rayon:
            tenus = self._list_tenus(regle, territoire, geographie)
            part = self._get_part(regle, tenus, geographie) if tenus else Fraction(1)
            return Atteinte(part, distance)
        if regle.indicateur.genre is GenreIndicateur.PRESENCE and distance <= RAYON_A_PROXIMITE_M:
            return Atteinte(Fraction(1), distance, is_proche=True)
        return None

    def _list_liens(self, regle: Regle) -> Sequence[Lien]:
        """The links that a reach reads: near means standing there, service proves no presence."""
        if regle.portee in PAR_LA_DISTANCE:
            return [lien for lien in self.liens if lien.nature is NatureDeLien.SITUE]
        return self.liens

    def _list_tenus(
        self, regle: Regle, territoire: str, geographie: GeographieConnue
    ) -> list[Lien]:
        """The links that the territoire holds."""
        return [
            lien
            for lien in self._list_liens(regle)
            if territoire in geographie.list_nourris(lien.territoire)
        ]

    def _get_part(
        self, regle: Regle, tenus: Sequence[Lien], geographie: GeographieConnue
    ) -> Fraction | None:
        """Of a sum: the shares given to what it holds; else the whole where all is held, nothing elsewhere (L-82).

        A national indicateur counts by quartier: nobody knows of which ones is what names none (L-85).
        """
        if not is_nourrissant(regle, tenus, geographie):
            return None
        if regle.compte is not CompteDeDerivation.SOMME:
            return Fraction(1)
        parts = [lien.part for lien in tenus if lien.part is not None]
        if len(parts) == len(tenus):
            return min(sum(parts, Fraction(0)), Fraction(1))
        return Fraction(1) if len(tenus) == len(self._list_liens(regle)) else None


def is_nourrissant(regle: Regle, liens: Sequence[Lien], geographie: GeographieConnue) -> bool:
    """These links may feed an indicateur: a national one is fed through quartiers."""
    return regle.indicateur.genre is not GenreIndicateur.NATIONAL or any(
        geographie.is_de_quartier(lien.territoire) for lien in liens
    )


def _is_mesurable(code: str, mesure: str, geographie: GeographieConnue) -> bool:
    """A measured perimeter, or a quartier cible made of it."""
    return code == mesure or mesure in geographie.list_parts(code)
