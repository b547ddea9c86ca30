"""From columns to cases: in each cell the state retained, with the target and the start it is judged by."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from quartiers.core.colonnes.cadre import AU_MOINS, JALON, PRESENCE
from quartiers.core.colonnes.colonnes import FaitsEnColonnes
from quartiers.core.colonnes.etats import (
    EtatsEnColonnes,
    RelevesVus,
    build_etats,
    choose_etats,
    find_derniers,
    read_derniers,
)
from quartiers.core.colonnes.jour import JAMAIS, SANS_JOUR, list_periodes
from quartiers.core.colonnes.jugement import BITS
from quartiers.core.colonnes.nombre import (
    MICRO,
    SANS_DENOMINATEUR,
    SANS_VALEUR,
    Jours,
    Masque,
    Places,
)
from quartiers.core.colonnes.seuils import (
    LIGNE_DU_REFERENTIEL,
    CiblesEnVigueur,
    Etapes,
    SeuilsEnColonnes,
    plan_etapes,
    resolve_seuils,
)
from quartiers.core.colonnes.sources import list_contredits
from quartiers.core.statut import Drapeau


@dataclass(frozen=True, slots=True)
class Cas:
    """One cell per line: its state, its target, the first day its series may begin, its flags so far.

    `complexe`: columns cannot judge it. `drapeaux` holds those of the state itself.
    """

    etats: EtatsEnColonnes
    seuils: SeuilsEnColonnes
    depuis: Jours
    plusieurs: Masque
    frais: Masque
    drapeaux: NDArray[np.uint16]
    complexe: Masque

    def __len__(self) -> int:
        return len(self.etats)

    def take(self, places: Places | Masque) -> Cas:
        """Some of the cases."""
        return Cas(
            self.etats.take(places),
            self.seuils.take(places),
            *(getattr(self, champ.name)[places] for champ in fields(self)[2:]),
        )


def read_cas(
    colonnes: FaitsEnColonnes,
    en_vigueur: CiblesEnVigueur,
    regard: RelevesVus,
    bornes: tuple[int, int],
) -> tuple[Cas, Etapes]:
    """Every cell of an interval that says something, with the planned steps of its jalons (in their order)."""
    cadre, releves = colonnes.cadre, colonnes.releves
    debut, fin = np.searchsorted(releves.cellules, bornes)
    lignes = read_derniers(regard, int(debut), int(fin))
    places = np.flatnonzero(lignes >= 0)
    groupes, lignes = places + debut, lignes[places]
    cellules = releves.cellules[groupes]
    if colonnes.a_part.size:
        simples = ~np.isin(cellules, colonnes.a_part)
        groupes, lignes, cellules = groupes[simples], lignes[simples], cellules[simples]
    seuils = resolve_seuils(en_vigueur, cellules)
    depuis = np.full(len(groupes), SANS_JOUR, np.int32)
    gardees = _restrict_flux(colonnes, regard, groupes, lignes, cellules, seuils, depuis)
    if not gardees.all():
        groupes, lignes, depuis = groupes[gardees], lignes[gardees], depuis[gardees]
        seuils = seuils.take(gardees)
    etats = build_etats(cadre, releves, groupes, lignes)

    jalons = np.flatnonzero(cadre.regles.genre[etats.indicateur] == JALON)
    etapes = plan_etapes(en_vigueur, etats.cellule[jalons])
    _set_etapes(seuils, jalons, etapes)
    acquis = jalons[(etapes.cible >= 0) & (etats.valeur[jalons] >= etapes.cible * MICRO)]
    etats.perime_le[acquis] = JAMAIS  # a step that has reached its target does not age (L-25)

    frais = etats.perime_le > regard.vu
    choix = choose_etats(etats, frais)
    if choix.places is not None:
        retenus = np.zeros(len(etats), bool)
        retenus[choix.places] = True
        etapes = take_etapes(etapes, np.flatnonzero(retenus[jalons]))
        etats, seuils = etats.take(choix.places), seuils.take(choix.places)
        depuis, frais = depuis[choix.places], frais[choix.places]
    drapeaux = np.where(etats.inconnu, BITS[Drapeau.CALENDRIER_INCONNU], np.uint16(0))
    contredits = list_contredits(cadre, colonnes.numeros, regard, etats, seuils.seuil)
    drapeaux[contredits[frais[contredits]]] |= BITS[Drapeau.DESACCORD]
    drapeaux[choix.desaccord] |= BITS[Drapeau.DESACCORD]
    rien = np.zeros(len(etats), bool)
    cas = Cas(etats, seuils, depuis, choix.plusieurs, frais, drapeaux, rien)
    _start_flux(colonnes, regard, cas)
    presences = cadre.regles.genre[etats.indicateur] == PRESENCE
    seuils.base[presences & (seuils.base == SANS_VALEUR)] = (
        0  # without base, it starts from nothing
    )
    return cas, etapes


def take_etapes(etapes: Etapes, places: Places) -> Etapes:
    """Some of the planned steps."""
    return Etapes(*(getattr(etapes, champ.name)[places] for champ in fields(Etapes)))


def _set_etapes(seuils: SeuilsEnColonnes, jalons: Places, etapes: Etapes) -> None:
    """The target of a jalon is its highest planned step."""
    seuils.ligne[jalons] = etapes.ligne
    seuils.operateur[jalons] = AU_MOINS
    seuils.seuil[jalons] = np.where(etapes.cible >= 0, etapes.cible * MICRO, SANS_VALEUR)
    seuils.echeance[jalons] = etapes.echeance
    seuils.is_redatee[jalons] = etapes.is_redatee


def _restrict_flux(
    colonnes: FaitsEnColonnes,
    regard: RelevesVus,
    groupes: Places,
    lignes: Places,
    cellules: Places,
    seuils: SeuilsEnColonnes,
    depuis: Jours,
) -> Masque:
    """Towards a dated target only values of the période of the deadline count, from 0 on its first day (L-22).

    Changes `lignes`, `seuils` and `depuis` in place; says which groups still have a value.
    """
    mois = colonnes.cadre.regles.premier_mois[colonnes.cadre.get_indicateurs(cellules)]
    dates = np.flatnonzero((mois >= 0) & (seuils.echeance != JAMAIS))
    gardees = np.ones(len(groupes), bool)
    if not dates.size:
        return gardees
    debut, fin = list_periodes(seuils.echeance[dates], mois[dates])
    trop_tard = np.flatnonzero(colonnes.releves.date[lignes[dates]] > fin)
    lignes[dates[trop_tard]] = find_derniers(regard, groupes[dates[trop_tard]], fin[trop_tard])
    restent = lignes[dates]
    gardees[dates] = (restent >= 0) & (colonnes.releves.date[restent] >= debut)
    seuils.base[dates] = 0
    seuils.depart[dates] = debut
    depuis[dates] = debut
    return gardees


def _start_flux(colonnes: FaitsEnColonnes, regard: RelevesVus, cas: Cas) -> None:
    """Undated running totals: renewed each période, or compared with last year (L-22). Changes `cas` in place."""
    etats, seuils = cas.etats, cas.seuils
    mois = colonnes.cadre.regles.premier_mois[etats.indicateur]
    flux = np.flatnonzero((mois >= 0) & (seuils.echeance == JAMAIS))
    if not flux.size:
        return
    debut, fin = list_periodes(etats.date[flux], mois[flux])
    cas.drapeaux[flux[fin < regard.vu]] |= BITS[Drapeau.PERIODE_PRECEDENTE]
    seuils.base[flux] = SANS_VALEUR  # last year's total says nothing of a running one
    seuils.depart[flux] = SANS_JOUR
    regles = colonnes.cadre.regles
    relatifs = regles.is_relative[etats.indicateur[flux]] & (
        seuils.ligne[flux] == LIGNE_DU_REFERENTIEL
    )
    rangs = np.flatnonzero(relatifs)
    if not rangs.size:
        return
    flux, debut, fin = flux[rangs], debut[rangs], fin[rangs]
    veille = debut - np.int32(1)
    debut_passe, _ = list_periodes(veille, mois[flux])
    passes = find_derniers(regard, etats.groupe[flux], veille)
    indicateur = etats.indicateur[flux]
    connus = (passes >= 0) & (colonnes.releves.date[passes] >= debut_passe)
    total = colonnes.releves.valeur[passes] + regles.seuil[indicateur]
    seuils.seuil[flux] = np.where(connus, total, SANS_VALEUR)
    seuils.echeance[flux] = fin
    seuils.base[flux] = 0
    seuils.depart[flux] = debut
    en_part = (
        colonnes.releves.get_denominateurs(np.maximum(passes, 0), indicateur) != SANS_DENOMINATEUR
    )
    cas.complexe[flux] = cas.plusieurs[flux] | (connus & en_part)
