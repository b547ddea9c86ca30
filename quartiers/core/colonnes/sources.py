"""Several sources of one rank on one day: where they do not agree (L-05)."""

from __future__ import annotations

import numpy as np

from quartiers.core.colonnes.cadre import JALON, Cadre
from quartiers.core.colonnes.etats import EtatsEnColonnes, RelevesVus, differs
from quartiers.core.colonnes.lot import Numeros
from quartiers.core.colonnes.nombre import SANS_VALEUR, Masque, Micros, Places


def list_contredits(
    cadre: Cadre, numeros: Numeros, regard: RelevesVus, etats: EtatsEnColonnes, seuil: Micros
) -> Places:
    """States whose line another source of the same day and rank contradicts, by a line still fresh.

    `seuil` is the step a jalon is to reach (SANS_VALEUR: none); beyond it a line does not age (L-25).
    """
    etat, ligne = _list_lignes_du_jour(regard, etats.ligne)
    releves = regard.releves
    source = numeros.list_sources(releves.identite[ligne])
    contraire = source != numeros.list_sources(releves.identite[etats.ligne[etat]])
    etat, ligne = etat[contraire], ligne[contraire]
    indicateur = etats.indicateur[etat]
    valeur, denominateur = releves.valeur[ligne], releves.get_denominateurs(ligne, indicateur)
    autre = differs((valeur, denominateur), (etats.valeur[etat], etats.denominateur[etat]))
    acquis = cadre.regles.genre[indicateur] == JALON
    acquis &= (seuil[etat] != SANS_VALEUR) & (valeur >= seuil[etat])
    return np.unique(etat[autre & (acquis | _list_frais(regard, ligne))])


def _list_lignes_du_jour(regard: RelevesVus, lignes: Places) -> tuple[Places, Places]:
    """Pairs (place among `lignes`, visible line of the same day), where a day is shared; nearly none are."""
    jours = regard.releves.jours_partages
    if not len(jours):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    rang = np.searchsorted(jours[:, 0], lignes, side="right") - 1
    places = np.flatnonzero((rang >= 0) & (lignes < jours[rang, 1]))
    debuts, fins = jours[rang[places]].T
    tailles = fins - debuts
    avant = np.cumsum(tailles) - tailles
    toutes = np.arange(int(tailles.sum())) + np.repeat(debuts - avant, tailles)
    vues = regard.visibles[toutes]
    return np.repeat(places, tailles)[vues], toutes[vues]


def _list_frais(regard: RelevesVus, lignes: Places) -> Masque:
    age, _ = regard.releves.get_ages(lignes)
    frais: Masque = regard.releves.date[lignes] + age > regard.vu
    return frais
