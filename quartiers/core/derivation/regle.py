"""The rules of derivation of a programme: each derivation made ready to read records, or every reason why not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from quartiers.core.contenu import Contenu
from quartiers.core.derivation.comptes import CompteDeDerivation
from quartiers.core.derivation.filtrage import Filtrage, build_filtrage
from quartiers.core.derivation.lexique import Lexique
from quartiers.core.derivation.raisons import list_raisons
from quartiers.core.genres import GENRES_DERIVES
from quartiers.core.referentiel import Derivation, Indicateur, Portee, Referentiel
from quartiers.core.territoire import Niveau


class ModeDeLecture(StrEnum):
    """How the apports of a cell become a value: those of the day, those added up, the units they cover."""

    EN_VIGUEUR = "en_vigueur"
    CUMUL = "cumul"
    CALENDRIER = "calendrier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Regle:
    """One derivation made ready. `genre`: None for what the frame gives, territoires and constats.

    `is_facteur`: it stands inside a product, and attests nothing by itself. `sous_ensembles`: the sub-counts that the
    indicateur reads in records of this kind; one that does not give them is left out of both roles. `niveaux`: where
    what it says is read; None: everywhere.
    """

    indicateur: Indicateur
    role: str
    de: str
    genre: type[Contenu] | None
    portee: Portee
    compte: CompteDeDerivation
    champ: str | None
    mode: ModeDeLecture
    filtrage: Filtrage
    derivation: Derivation
    is_facteur: bool = False
    sous_ensembles: frozenset[str] = frozenset()
    niveaux: frozenset[Niveau] | None = None

    def is_lue_a(self, niveau: Niveau | None) -> bool:
        """What it says of a territoire of that level is read."""
        return self.niveaux is None or niveau in self.niveaux


@dataclass(frozen=True, slots=True)
class DerivationRefusee:
    """Why the derivations of an indicateur cannot be computed: one reason."""

    indicateur: str
    raison: str

    def __str__(self) -> str:
        return f"{self.indicateur} : {self.raison}"


class RegleRefusee(Exception):  # noqa: N818 -- named in French like every noun of the product
    """Nobody computes this programme; every reason is listed."""

    def __init__(self, refusees: Iterable[DerivationRefusee]) -> None:
        self.refusees = tuple(refusees)
        super().__init__(self.refusees)

    def __str__(self) -> str:
        return "\n".join(str(refusee) for refusee in self.refusees)


def build_regles(referentiel: Referentiel) -> list[Regle]:
    """Every derivation that counts something, in the order of the programme. Raises RegleRefusee."""
    lexique = Lexique(referentiel)
    indicateurs = list(referentiel.list_indicateurs())
    refusees = [
        DerivationRefusee(indicateur.code, raison)
        for indicateur in indicateurs
        for raison in dict.fromkeys(list_raisons(indicateur, lexique))
    ]
    if refusees:
        raise RegleRefusee(refusees)
    return [regle for indicateur in indicateurs for regle in _build(indicateur, lexique)]


def _build(indicateur: Indicateur, lexique: Lexique) -> Iterator[Regle]:
    for derivation in indicateur.derivations:
        if derivation.de is not None:
            yield _build_regle(indicateur, derivation, derivation.role, lexique)
        for facteur in derivation.produit:
            if facteur.de is not None:
                yield _build_regle(indicateur, facteur, derivation.role, lexique, is_facteur=True)


def _build_regle(
    indicateur: Indicateur,
    derivation: Derivation,
    role: str,
    lexique: Lexique,
    *,
    is_facteur: bool = False,
) -> Regle:
    de, compte = str(derivation.de), CompteDeDerivation(str(derivation.compte))
    if compte.is_unites:
        mode = ModeDeLecture.CALENDRIER
    else:
        mode = ModeDeLecture.CUMUL if indicateur.is_flux else ModeDeLecture.EN_VIGUEUR
    return Regle(
        indicateur=indicateur,
        role=role,
        de=de,
        genre=GENRES_DERIVES.get(de),
        portee=derivation.portee_spatiale or Portee.DESSERTE,
        compte=compte,
        champ=derivation.champ,
        mode=mode,
        filtrage=build_filtrage(derivation, lexique),
        derivation=derivation,
        is_facteur=is_facteur,
        sous_ensembles=frozenset(
            mot for d in indicateur.derivations if d.de == de for mot in d.get_mots("dont")
        ),
    )
