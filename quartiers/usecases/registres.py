"""What the records of the base say, by cell; followed from write to write without reading the base again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from quartiers.core.calendriers import Calendriers
from quartiers.core.derivation.apport import Apport
from quartiers.core.derivation.filtres_connus import CONSTAT
from quartiers.core.derivation.geographie import Distances, Geographie
from quartiers.core.derivation.projection import (
    list_choses,
    list_genres_lus,
    project_chose,
)
from quartiers.core.derivation.regle import Regle, build_regles
from quartiers.core.enregistrement import Enregistrement
from quartiers.core.referentiel import Referentiel
from quartiers.core.registre import Cle, Registre, build_registres, list_niveaux
from quartiers.core.territoire import QuartierCible, Territoires

Objet = tuple[str, str]
"""A kind and the name of a thing."""


@dataclass(frozen=True, slots=True)
class Registres:
    """The records by thing, the rules that read them, and the register of each cell that they speak of.

    `cles`: the cells that each thing feeds, so that a write reads no other.
    """

    regles: tuple[Regle, ...]
    geographie: Geographie
    enregistrements: Mapping[Objet, tuple[Enregistrement, ...]]
    par_cle: Mapping[Cle, Registre]
    cles: Mapping[Objet, frozenset[Cle]]

    def follow(
        self, nouveaux: Sequence[Enregistrement], distances: Distances | None = None
    ) -> tuple[Registres, dict[Cle, Registre | None]]:
        """With rows learnt since, and the cells that they change: only the things they are read with are read again.

        `distances`: of the places among these rows.
        """
        self.geographie.add_distances(distances or {})
        ensemble = add_enregistrements(self.enregistrements, nouveaux)
        touches = {(e.genre, e.objet) for e in nouveaux}
        genres = {genre for touche, _ in touches for genre in list_genres_lus(touche)}
        lues = (
            e for o, lignes in ensemble.items() if o in touches or o[0] in genres for e in lignes
        )
        choses = [c for c in list_choses(lues) if not touches.isdisjoint(c.lignes)]
        relues = {(chose.genre, objet) for chose in choses for objet in chose.principaux}
        apports = [
            apport
            for chose in choses
            for apport in project_chose(chose, self.regles, self.geographie)
        ]
        changes = self._change(relues, apports)
        gardes = {cle: registre for cle, registre in self.par_cle.items() if cle not in changes}
        vivants = {cle: registre for cle, registre in changes.items() if registre is not None}
        nourries = dict.fromkeys(relues, frozenset[Cle]()) | list_cles(apports)
        suite = replace(
            self,
            enregistrements=ensemble,
            par_cle={**gardes, **vivants},
            cles={**self.cles, **nourries},
        )
        return suite, changes

    def _change(self, relues: set[Objet], apports: Sequence[Apport]) -> dict[Cle, Registre | None]:
        """The registers of the cells that these things fed, or feed now; None: nothing is said there any more."""
        cles = {(apport.indicateur, apport.territoire) for apport in apports}
        cles = cles.union(*(self.cles.get(objet, ()) for objet in relues))
        restes = [
            apport
            for cle in cles & self.par_cle.keys()
            for apport in self.par_cle[cle].apports
            if get_objet(apport) not in relues
        ]
        refaits = build_registres([*restes, *apports], self.regles, self.geographie)
        return {cle: refaits.get(cle) for cle in cles if cle in refaits or cle in self.par_cle}


def get_objet(apport: Apport) -> Objet:
    """The thing that brings it: the first of the rows that say it is its own."""
    ligne = apport.lignes[0]
    return (ligne.genre, ligne.objet)


def list_cles(apports: Iterable[Apport]) -> dict[Objet, frozenset[Cle]]:
    """The cells that each thing feeds."""
    cles: dict[Objet, set[Cle]] = {}
    for apport in apports:
        cles.setdefault(get_objet(apport), set()).add((apport.indicateur, apport.territoire))
    return {objet: frozenset(siennes) for objet, siennes in cles.items()}


def add_enregistrements(
    connus: Mapping[Objet, tuple[Enregistrement, ...]], nouveaux: Iterable[Enregistrement]
) -> dict[Objet, tuple[Enregistrement, ...]]:
    """The records by thing, with others."""
    ensemble = dict(connus)
    for nouveau in nouveaux:
        cle = (nouveau.genre, nouveau.objet)
        ensemble[cle] = (*ensemble.get(cle, ()), nouveau)
    return ensemble


def project_registres(
    referentiel: Referentiel,
    territoires: Territoires,
    quartiers: Sequence[QuartierCible],
    calendriers: Calendriers,
    enregistrements: Iterable[Enregistrement],
    distances: Distances | None = None,
) -> Registres:
    """All that these records say. Constats are counted by the vue, once the others are made."""
    regles = tuple(
        replace(regle, niveaux=list_niveaux(regle.indicateur))
        for regle in build_regles(referentiel)
        if regle.de != CONSTAT
    )
    geographie = Geographie(territoires, quartiers, distances or {}, calendriers)
    ensemble = add_enregistrements({}, enregistrements)
    choses = list_choses(e for lignes in ensemble.values() for e in lignes)
    apports = [a for chose in choses for a in project_chose(chose, regles, geographie)]
    par_cle = build_registres(apports, regles, geographie)
    return Registres(regles, geographie, ensemble, par_cle, list_cles(apports))
