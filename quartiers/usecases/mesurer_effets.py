"""What lines that are not written yet would change: the same merge as after a write, and the same computation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from quartiers.core.changement import ORDRE_HYPOTHESE
from quartiers.core.constat import Constat
from quartiers.core.dossier import Nouveautes
from quartiers.core.essai_d_import import EffetDImport
from quartiers.core.evaluation import evaluate_constat
from quartiers.core.genres.cible import CibleDeclaree
from quartiers.core.genres.confirmation import ConfirmationDeclaree
from quartiers.core.genres.lieu import Lieu
from quartiers.core.genres.sans_objet import SansObjetDeclare
from quartiers.core.genres.vacances import VacancesScolaires
from quartiers.core.nouveautes import merge_dossier
from quartiers.core.petit_genre import PetitGenre
from quartiers.core.vue import Vue
from quartiers.usecases.chercher_lieux import list_noms
from quartiers.usecases.ecrire import Envoi
from quartiers.usecases.garder_enregistrements import build_enregistrement
from quartiers.usecases.garder_lignes import Provenance
from quartiers.usecases.lire_enregistrements import EnregistrementLu
from quartiers.usecases.petits.cible import build_cible
from quartiers.usecases.petits.confirmation import build_confirmation
from quartiers.usecases.petits.sans_objet import build_sans_objet
from quartiers.usecases.prouver import build_releve
from quartiers.usecases.releve_lu import ReleveLu
from quartiers.usecases.savoir import Savoir

CELLULES_MAX = 4_000
"""Beyond, nobody would read them, and the computation would last longer than the reading."""
Cellule = tuple[str, str]
SANS_EFFET_DIT = (Lieu, VacancesScolaires)
"""Measured, or read by all the others, once they are written."""


def measure_effets(
    savoir: Savoir, envoi: Envoi, lus: Sequence[ReleveLu | EnregistrementLu]
) -> tuple[EffetDImport, ...] | None:
    """The statuts that these lines together would change; None when it cannot be said before they are written."""
    nouveautes = build_nouveautes(savoir, envoi, lus)
    if nouveautes is None:
        return None
    cellules = sorted(list_cellules(savoir, nouveautes))
    if len(cellules) > CELLULES_MAX:
        return None
    dossier = merge_dossier(
        savoir.dossier, nouveautes, savoir.dossier.version, savoir.dossier.versions
    )
    jour = envoi.connu_le
    avant = make_juge(Vue(savoir.dossier, jour, jour, savoir.cellules))
    apres = make_juge(Vue(dossier, jour, jour, savoir.cellules.merge(nouveautes)))
    effets = []
    for cellule in cellules:
        etait, devient = avant(cellule), apres(cellule)
        if etait is not None and devient is not None and etait.statut is not devient.statut:
            effets.append(EffetDImport(*cellule, etait.statut.value, devient.statut.value))
    return tuple(effets)


def make_juge(vue: Vue) -> Callable[[Cellule], Constat | None]:
    """Judges a cell of a vue; None where its indicateur is not read."""

    def judge(cellule: Cellule) -> Constat | None:
        indicateur = vue.dossier.referentiel.get_indicateur(cellule[0])
        if indicateur is None or cellule[1] not in vue.territoires:
            return None
        return evaluate_constat(vue.build_contexte(indicateur, cellule[1]))

    return judge


def list_cellules(savoir: Savoir, nouveautes: Nouveautes) -> set[Cellule]:
    """Those of what is said, and those that a correction takes a line away from."""
    cellules = set(nouveautes.registres)
    for liste in (
        nouveautes.releves,
        nouveautes.confirmations,
        nouveautes.sans_objets,
        nouveautes.cibles,
    ):
        cellules |= {(fait.indicateur, fait.territoire) for fait in liste}
    for releve in nouveautes.releves:
        cellules |= savoir.cellules.cles_declarees.get(releve.identite, frozenset())
    return cellules


def build_nouveautes(savoir: Savoir, envoi: Envoi, lus: Sequence[Any]) -> Nouveautes | None:
    """What these lines say, as if an account had just written them."""
    if not lus:
        return Nouveautes()
    referentiel = savoir.dossier.referentiel
    if isinstance(lus[0], ReleveLu):
        faits = (build_releve(lu, p, referentiel) for lu, p in add_provenances(envoi, lus))
        return Nouveautes(releves=tuple(faits))
    contenu = next((lu.contenu for lu in lus if lu.contenu is not None), None)
    if isinstance(contenu, PetitGenre):
        return build_petits(envoi, lus, contenu)
    if isinstance(contenu, SANS_EFFET_DIT):
        return None
    enregistrements = [
        build_enregistrement(lu, replace(p, rangee=-n), referentiel)
        for n, (lu, p) in enumerate(add_provenances(envoi, lus), start=1)
    ]
    return Nouveautes(registres=savoir.registres.follow(enregistrements)[1])


def build_petits(
    envoi: Envoi, lus: Sequence[EnregistrementLu], contenu: PetitGenre
) -> Nouveautes | None:
    """Those of small kinds that cells hold; the others move the frame."""
    dits = [(lu.contenu, lu.ligne, p) for lu, p in add_provenances(envoi, lus)]
    if isinstance(contenu, CibleDeclaree):
        return Nouveautes(cibles=tuple(build_cible(*dit) for dit in dits))
    if isinstance(contenu, SansObjetDeclare):
        return Nouveautes(sans_objets=tuple(build_sans_objet(*dit) for dit in dits))
    if isinstance(contenu, ConfirmationDeclaree):
        noms = list_noms({dit.lieu for dit, *_ in dits})
        return Nouveautes(
            confirmations=tuple(
                build_confirmation(dit, ligne, p, noms.get(dit.lieu, "")) for dit, ligne, p in dits
            )
        )
    return None


def add_provenances(envoi: Envoi, lus: Sequence[Any]) -> Iterator[tuple[Any, Provenance]]:
    """Each line with where it would come from, learnt after everything else and in order."""
    for rang, lu in enumerate(lus):
        ordre = ORDRE_HYPOTHESE + rang
        yield (
            lu,
            Provenance(envoi.connu_le, ordre, envoi.fichier, envoi.empreinte, compte=envoi.compte),
        )
