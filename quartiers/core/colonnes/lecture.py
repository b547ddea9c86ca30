"""From columns to cases: in each cell the state retained, with the target and the start it is judged by."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from quartiers.core.colonnes.cadre import AU_MOINS, JALON, PRESENCE
from quartiers.core.colonnes.colonnes import Colonnes
from quartiers.core.colonnes.etats import (
    SANS_LIGNE,
    EtatsEnColonnes,
    Regard,
    build_etats,
    build_etats_d_objets,
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
    Micros,
    Places,
)
from quartiers.core.colonnes.objets import (
    EtatsDObjets,
    list_groupes_tenus,
    read_etats_d_objets,
)
from quartiers.core.colonnes.seuils import (
    LIGNE_DU_REFERENTIEL,
    CiblesEnVigueur,
    Etapes,
    SeuilsEnColonnes,
    plan_etapes,
    read_en_vigueur,
    resolve_seuils,
)
from quartiers.core.statut import Drapeau


@dataclass(frozen=True, slots=True)
class Cas:
    """One cell per line: its state, its target, the first day its series may begin, its flags so far.

    `complexe`: columns cannot judge it. `drapeaux` holds those of the state itself. `plafond`: see EtatsEnColonnes.
    """

    etats: EtatsEnColonnes
    seuils: SeuilsEnColonnes
    depuis: Jours
    plusieurs: Masque
    frais: Masque
    drapeaux: NDArray[np.uint16]
    complexe: Masque
    plafond: Micros

    def __len__(self) -> int:
        return len(self.etats)

    def take(self, places: Places | Masque) -> Cas:
        """Some of the cases."""
        return Cas(
            self.etats.take(places),
            self.seuils.take(places),
            *(getattr(self, champ.name)[places] for champ in fields(self)[2:]),
        )


@dataclass(frozen=True, slots=True)
class Lecture:
    """What two dates give once for all cells: targets in force, states of objects, groups that objects hold."""

    colonnes: Colonnes
    regard: Regard
    en_vigueur: CiblesEnVigueur
    objets: EtatsDObjets
    etats_d_objets: EtatsEnColonnes
    tenus: Places

    @classmethod
    def build(cls, colonnes: Colonnes, vu_le: dt.date, connu_le: dt.date) -> Lecture:
        """Open the columns at two dates."""
        regard = Regard.build(vu_le, connu_le, colonnes.releves)
        objets = read_etats_d_objets(colonnes.objets, regard.vu, regard.connu)
        return cls(
            colonnes,
            regard,
            read_en_vigueur(colonnes.cadre, colonnes.cibles, regard.vu, regard.connu),
            objets,
            build_etats_d_objets(colonnes.cadre, colonnes.objets, objets, regard.vu),
            list_groupes_tenus(colonnes.objets, regard.connu),
        )

    def is_simple(self, cellules: Places) -> Masque:
        """Cells that are not set apart for the plain computation."""
        if not self.colonnes.a_part.size:
            return np.ones(len(cellules), bool)
        return ~np.isin(cellules, self.colonnes.a_part)


def read_cas(lecture: Lecture, bornes: tuple[int, int]) -> tuple[Cas, Etapes]:
    """Every cell of an interval that says something, with the planned steps of its jalons (in their order)."""
    cadre, regard = lecture.colonnes.cadre, lecture.regard
    etats, seuils, depuis = _read_releves(lecture, bornes)
    etats, seuils, depuis = _add_objets(lecture, bornes, etats, seuils, depuis)
    jalons = np.flatnonzero(cadre.regles.genre[etats.indicateur] == JALON)
    etapes = plan_etapes(lecture.en_vigueur, etats.cellule[jalons])
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
    drapeaux[choix.desaccord] |= BITS[Drapeau.DESACCORD]
    rien = np.zeros(len(etats), bool)
    cas = Cas(etats, seuils, depuis, choix.plusieurs, frais, drapeaux, rien, choix.plafond)
    _start_flux(lecture, cas)
    presences = cadre.regles.genre[etats.indicateur] == PRESENCE
    seuils.base[presences & (seuils.base == SANS_VALEUR)] = (
        0  # without base, it starts from nothing
    )
    return cas, etapes


def _read_releves(
    lecture: Lecture, bornes: tuple[int, int]
) -> tuple[EtatsEnColonnes, SeuilsEnColonnes, Jours]:
    """States of relevés, with the target of their cell and the first day that counts."""
    releves, regard = lecture.colonnes.releves, lecture.regard
    debut, fin = np.searchsorted(releves.cellules, bornes)
    lignes = read_derniers(regard, int(debut), int(fin))
    places = np.flatnonzero(lignes >= 0)
    groupes, lignes = places + debut, lignes[places]
    cellules = releves.cellules[groupes]
    if lecture.colonnes.a_part.size or lecture.tenus.size:
        lus = lecture.is_simple(cellules) & ~np.isin(releves.groupes[groupes], lecture.tenus)
        groupes, lignes, cellules = groupes[lus], lignes[lus], cellules[lus]
    seuils = resolve_seuils(lecture.en_vigueur, cellules)
    depuis = np.full(len(groupes), SANS_JOUR, np.int32)
    gardees = _restrict_flux(lecture, groupes, lignes, cellules, seuils, depuis)
    if not gardees.all():
        groupes, lignes, depuis = groupes[gardees], lignes[gardees], depuis[gardees]
        seuils = seuils.take(gardees)
    return build_etats(lecture.colonnes.cadre, releves, groupes, lignes), seuils, depuis


def _add_objets(
    lecture: Lecture,
    bornes: tuple[int, int],
    etats: EtatsEnColonnes,
    seuils: SeuilsEnColonnes,
    depuis: Jours,
) -> tuple[EtatsEnColonnes, SeuilsEnColonnes, Jours]:
    """The same with the states of objects, sorted again by cell and rank."""
    tous = lecture.etats_d_objets
    debut, fin = np.searchsorted(tous.cellule, bornes)
    if debut == fin:
        return etats, seuils, depuis
    ici = tous.take(np.arange(debut, fin))
    ici = ici.take(lecture.is_simple(ici.cellule))
    leurs_seuils = resolve_seuils(lecture.en_vigueur, ici.cellule)
    mois = lecture.colonnes.cadre.regles.premier_mois[ici.indicateur]
    dates = np.flatnonzero((mois >= 0) & (leurs_seuils.echeance != JAMAIS))
    leurs_seuils.base[dates] = 0
    leurs_seuils.depart[dates] = list_periodes(leurs_seuils.echeance[dates], mois[dates])[0]
    ensemble = etats.join(ici)
    tri = np.lexsort((ensemble.rang, ensemble.cellule))
    depuis = np.concatenate([depuis, np.full(len(ici), SANS_JOUR, np.int32)])
    return ensemble.take(tri), seuils.join(leurs_seuils).take(tri), depuis[tri]


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
    lecture: Lecture,
    groupes: Places,
    lignes: Places,
    cellules: Places,
    seuils: SeuilsEnColonnes,
    depuis: Jours,
) -> Masque:
    """Towards a dated target only values of the période of the deadline count, from 0 on its first day (L-22).

    Changes `lignes`, `seuils` and `depuis` in place; says which groups still have a value.
    """
    cadre, releves = lecture.colonnes.cadre, lecture.colonnes.releves
    mois = cadre.regles.premier_mois[cadre.get_indicateurs(cellules)]
    dates = np.flatnonzero((mois >= 0) & (seuils.echeance != JAMAIS))
    gardees = np.ones(len(groupes), bool)
    if not dates.size:
        return gardees
    debut, fin = list_periodes(seuils.echeance[dates], mois[dates])
    trop_tard = np.flatnonzero(releves.date[lignes[dates]] > fin)
    lignes[dates[trop_tard]] = find_derniers(
        lecture.regard, groupes[dates[trop_tard]], fin[trop_tard]
    )
    restent = lignes[dates]
    gardees[dates] = (restent >= 0) & (releves.date[restent] >= debut)
    seuils.base[dates] = 0
    seuils.depart[dates] = debut
    depuis[dates] = debut
    return gardees


def _start_flux(lecture: Lecture, cas: Cas) -> None:
    """Undated running totals: renewed each période, or compared with last year (L-22). Changes `cas` in place."""
    etats, seuils, releves = cas.etats, cas.seuils, lecture.colonnes.releves
    regles = lecture.colonnes.cadre.regles
    mois = regles.premier_mois[etats.indicateur]
    flux = np.flatnonzero((mois >= 0) & (seuils.echeance == JAMAIS))
    if not flux.size:
        return
    debut, fin = list_periodes(etats.date[flux], mois[flux])
    cas.drapeaux[flux[fin < lecture.regard.vu]] |= BITS[Drapeau.PERIODE_PRECEDENTE]
    seuils.base[flux] = SANS_VALEUR  # last year's total says nothing of a running one
    seuils.depart[flux] = SANS_JOUR
    relatifs = regles.is_relative[etats.indicateur[flux]] & (
        seuils.ligne[flux] == LIGNE_DU_REFERENTIEL
    )
    rangs = np.flatnonzero(relatifs)
    if not rangs.size:
        return
    flux, debut, fin = flux[rangs], debut[rangs], fin[rangs]
    seuils.echeance[flux] = fin
    seuils.base[flux] = 0
    seuils.depart[flux] = debut
    simple = ~cas.plusieurs[flux] & (etats.groupe[flux] != SANS_LIGNE)
    cas.complexe[flux[~simple]] = True
    flux, debut = flux[simple], debut[simple]
    veille = debut - np.int32(1)
    debut_passe, _ = list_periodes(veille, mois[flux])
    passes = find_derniers(lecture.regard, etats.groupe[flux], veille)
    indicateur = etats.indicateur[flux]
    connus = (passes >= 0) & (releves.date[passes] >= debut_passe)
    total = releves.valeur[passes] + regles.seuil[indicateur]
    seuils.seuil[flux] = np.where(connus, total, SANS_VALEUR)
    bas = releves.get_denominateurs(np.maximum(passes, 0), indicateur)
    cas.complexe[flux] = connus & (bas != SANS_DENOMINATEUR)
