"""From cells up, all territoires at once: counts by statut and values of départements, régions and the nation (L-33, L-34)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from quartiers.core.colonnes.constats import ConstatsEnColonnes
from quartiers.core.colonnes.ensembles import Ensembles
from quartiers.core.colonnes.jugement import STATUTS
from quartiers.core.colonnes.nombre import MICRO, Masque, from_micro
from quartiers.core.colonnes.sommes import CONNUS, FRAIS, Etage, Sommes
from quartiers.core.constat import ConstatRemonte
from quartiers.core.referentiel import Agregation, GenreIndicateur
from quartiers.core.remontee import measure_taux
from quartiers.core.statut import INCONNUS, Statut
from quartiers.core.tableau import Taux
from quartiers.core.valeur_remontee import Remontee, roll_up_valeurs


@dataclass(frozen=True, slots=True)
class RemonteesEnColonnes:
    """An indicateur of a lower level over an ensemble: one row per indicateur, one column per ensemble.

    `statuts` counts the expected territoires by rank in STATUTS. Where an indicateur is not below the level of an
    ensemble, all is 0: its own constat is read from the constats. `lentes`: indicateurs whose values are added plainly.
    """

    constats: ConstatsEnColonnes
    ensembles: Ensembles
    statuts: NDArray[np.int64]
    connus: Sommes
    frais: Sommes
    lentes: Masque

    def get_taux(self, indicateur: int, ensemble: int) -> Taux:
        """Counts, coverage and interval of achievement, as fractions."""
        comptes = self.statuts[indicateur, ensemble]
        return measure_taux([(s, int(n)) for s, n in zip(STATUTS, comptes, strict=False) if n])

    def read_remonte(self, indicateur: int, ensemble: int) -> ConstatRemonte:
        """The same value as the plain roll-up, without the constats it is made of."""
        taux = self.get_taux(indicateur, ensemble)
        connus = self._read_remontee(CONNUS, indicateur, ensemble)
        recents = self._read_remontee(FRAIS, indicateur, ensemble)
        frais = taux.renseignes
        return ConstatRemonte(
            indicateur=self.constats.cadre.indicateurs[indicateur],
            territoire=self.ensembles.codes[ensemble],
            propre=None,
            statuts=taux.statuts,
            attendus=sum(n for _, n in taux.statuts),
            applicables=taux.applicables,
            renseignes=taux.renseignes,
            couverture=taux.couverture,
            taux_min=taux.taux_min,
            taux_max=taux.taux_max,
            valeur=connus.valeur,
            valeur_fraiche=recents.valeur,
            valeur_complete=taux.applicables > 0
            and frais == taux.applicables
            and recents.entres == taux.applicables,
            numerateur=connus.numerateur,
            denominateur=connus.denominateur,
            au_moins=connus.au_moins,
            au_plus=connus.au_plus,
            constats=(),
        )

    def list_membres(self, indicateur: int, ensemble: int) -> list[int]:
        """Cells of the expected territoires that enter a figure, by code."""
        membres = self.ensembles.membres.get(self.constats.cadre.indicateurs[indicateur].niveau)
        if membres is None:
            return []
        ensembles, territoires = membres.spread()
        debut = indicateur * len(self.constats.cadre.codes)
        return [debut + int(t) for t in np.sort(territoires[ensembles == ensemble])]

    def _read_remontee(self, genre: int, i: int, g: int) -> Remontee:
        """One cell of the sums, as fractions."""
        sommes = (self.connus, self.frais)[genre]
        indicateur = self.constats.cadre.indicateurs[i]
        agregation, entres = indicateur.agregation, int(sommes.entres[i, g])
        if self.lentes[i]:
            return self._roll_up_plainly(genre, i, g)
        if not entres or agregation is Agregation.DISTRIBUTION:
            return Remontee()
        somme = Fraction(int(sommes.somme[i, g]), MICRO)
        if agregation is Agregation.RAPPORT:
            bas = Fraction(int(sommes.denominateur[i, g]), MICRO)
            return Remontee(100 * somme / bas if bas else None, somme, bas, entres=entres)
        if agregation is Agregation.MEDIANE:
            milieux = (self.constats.get_valeur(int(c)) for c in sommes.milieux[:, i, g])
            return Remontee(
                sum((m or Fraction(0) for m in milieux), Fraction(0)) / 2, entres=entres
            )
        plus_grande = from_micro(int(sommes.plus_grande[i, g])) or Fraction(0)
        if agregation is Agregation.MAX and indicateur.genre is not GenreIndicateur.DOUBLEMENT:
            return Remontee(plus_grande, entres=entres)
        total = Fraction(int(sommes.objets[i, g])) + somme
        if (
            agregation is not Agregation.OBJETS_DISTINCTS
            or indicateur.genre is GenreIndicateur.DOUBLEMENT
        ):
            return Remontee(total, entres=entres)
        au_moins = max(Fraction(int(sommes.objets[i, g])), plus_grande)
        valeur = total if total == au_moins else None
        return Remontee(valeur, au_moins=au_moins, au_plus=total, entres=entres)

    def _roll_up_plainly(self, genre: int, i: int, g: int) -> Remontee:
        """Numbers that do not add up in machine words: shares that are summed, totals beyond 10¹²."""
        exclus = {Statut.SANS_OBJET, *((), INCONNUS)[genre]}
        indicateur = self.constats.cadre.indicateurs[i]
        constats = [self.constats.read_bref(c) for c in self.list_membres(i, g)]
        return roll_up_valeurs(indicateur, [c for c in constats if c.statut not in exclus])


def roll_up_colonnes(constats: ConstatsEnColonnes, ensembles: Ensembles) -> RemonteesEnColonnes:
    """Every indicateur over every ensemble of a higher level."""
    indicateurs, nombre = constats.cadre.indicateurs, len(ensembles.codes)
    statuts = np.zeros((len(indicateurs), nombre, len(STATUTS)), np.int64)
    sommes = (Sommes.build(len(indicateurs), nombre), Sommes.build(len(indicateurs), nombre))
    lentes = np.zeros(len(indicateurs), bool)
    for niveau, membres in ensembles.membres.items():
        lignes = np.array([n for n, i in enumerate(indicateurs) if i.niveau is niveau], np.int64)
        if lignes.size:
            etage = Etage.build(constats, membres, lignes)
            etage.count_statuts(statuts)
            etage.add(sommes, lentes)
    return RemonteesEnColonnes(constats, ensembles, statuts, *sommes, lentes)
