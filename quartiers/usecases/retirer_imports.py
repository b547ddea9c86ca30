"""Taking back a whole import, with a motive: one write, by which each of its lines says again what it changed, or nothing.

A line that somebody corrected or sent back since stays as it is, and so does one that the account may write no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from quartiers.core.anomalie import Anomalie, Rapport
from quartiers.core.genres import GENRES_IMPORTABLES
from quartiers.storage.models import Ecriture, Enregistrement, EssaiDImport, Releve, SuiteDEssai
from quartiers.usecases.charger_contexte import load_referentiel
from quartiers.usecases.comparer import compare_lignes
from quartiers.usecases.ecrire import Bilan, EcritureOuverte, Envoi
from quartiers.usecases.garder_enregistrements import iterate_enregistrements
from quartiers.usecases.garder_lignes import RELEVES
from quartiers.usecases.imports import releves
from quartiers.usecases.interroger import list_ecritures_depuis, split
from quartiers.usecases.lire_enregistrements import EnregistrementLu
from quartiers.usecases.lire_examens import Lignees, find_renvoyees
from quartiers.usecases.lister_attentes import ENREGISTREMENT, RELEVE
from quartiers.usecases.lot import Lot
from quartiers.usecases.porte_d_enregistrements import (
    EnregistrementsCompares,
    PorteDEnregistrements,
)
from quartiers.usecases.preparer import Porte, Preparation, Recu, write_preparation
from quartiers.usecases.releve_lu import ReleveLu
from quartiers.usecases.releves_de_la_base import FIN, RelevesDeLaBase
from quartiers.usecases.ressort import Ressort

LAISSEE = "corrigée, renvoyée ou hors de vos mandats depuis : elle reste telle qu’elle est"


class ImportIrretirable(LookupError):  # noqa: N818 -- named in French like every noun of the product
    """Never applied, taken back already, of a kind whose lines are not taken back, or nothing of it still holds."""


def is_retirable(mot: str) -> bool:
    """Lines of that kind may be taken back."""
    return mot == releves.GENRE or GENRES_IMPORTABLES[mot].A_ENTETE


@dataclass(frozen=True, slots=True)
class LigneARendre:
    """A row of the import that still holds, and what is said in its place."""

    rangee: int
    dite: Any
    rendue: Any


@dataclass(slots=True)
class Reprise:
    """What is written, as the door of the kind has it. `laissees`: lines that stay as they are."""

    lus: Any = None
    rendues: int = 0
    laissees: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PorteDeReprise:
    """The door of the kind, then that the import was taken back: the same write."""

    porte: Porte
    make_suite: Callable[[], SuiteDEssai]

    @property
    def GENRE(self) -> str:  # noqa: N802 -- the name that doors have
        """That of the door."""
        return str(self.porte.GENRE)

    def write(self, reprise: Reprise, ecriture: EcritureOuverte) -> Bilan:
        """All or nothing."""
        bilan: Bilan = self.porte.write(reprise.lus, ecriture)
        ecriture.add(SuiteDEssai, [self.make_suite()])
        return bilan

    def has_change(self, reprise: Reprise, depuis: int) -> bool:
        """Something was written since, of such lines or about them."""
        del reprise
        autres = Ecriture.objects.filter(numero__gt=depuis, genre="examens")
        return bool(list_ecritures_depuis(depuis, self.GENRE) != [] or autres.exists())


def withdraw_import(
    *, garde: EssaiDImport, ressort: Ressort, envoi: Envoi, motif: str
) -> tuple[Recu, Reprise]:
    """At once, waiting for a second person like any correction; what was imported stays provable at its dates.

    Raises ImportIrretirable; then nothing is written.
    """
    suites = {suite.nature: suite for suite in garde.suites.all()}
    appliquee = suites.get(SuiteDEssai.Nature.APPLIQUE)
    if appliquee is None or len(suites) > 1 or not is_retirable(garde.genre):
        raise ImportIrretirable(garde.pk)
    porte: Porte = releves
    if garde.genre != releves.GENRE:
        porte = PorteDEnregistrements(GENRES_IMPORTABLES[garde.genre])
    envoi = replace(
        envoi,
        genre=garde.genre,
        canal=Ecriture.Canal.IMPORT,
        fichier=garde.nom,
        accepter_retrait=True,
    )
    faite: list[Reprise] = []

    def read() -> Reprise:
        if SuiteDEssai.objects.filter(essai=garde.pk, nature=SuiteDEssai.Nature.RETIRE).exists():
            raise ImportIrretirable(garde.pk)
        faite[:] = [read_reprise(garde, appliquee.ecriture_id, ressort, motif)]
        if not faite[0].rendues:
            raise ImportIrretirable(garde.pk)
        return faite[0]

    def make_suite() -> SuiteDEssai:
        return SuiteDEssai(
            essai_id=garde.pk,
            ligne=0,
            nature=SuiteDEssai.Nature.RETIRE,
            condensat=garde.condensat,
            motif=motif,
        )

    preparation = Preparation(PorteDeReprise(porte, make_suite), envoi, read)
    preparation.read_dehors()
    return write_preparation(preparation), faite[0]


def read_reprise(garde: EssaiDImport, ecriture: int, ressort: Ressort, motif: str) -> Reprise:
    """What each row of the import that still holds becomes."""
    is_releve = garde.genre == releves.GENRE
    lignes = list(list_releves(ecriture, motif) if is_releve else list_enregistrements(ecriture))
    bonnes, reprise = [], Reprise()
    for ligne in lignes:
        if ligne.rendue is None or not all(
            ressort.can_write(lu.territoires) for lu in (ligne.dite, ligne.rendue)
        ):
            reprise.laissees.append(ligne.dite.ligne)
        else:
            bonnes.append(ligne)
    reprise.rendues = len(bonnes)
    lus = [ligne.rendue for ligne in bonnes]
    actuels = {ligne.rendue.identite: ligne.dite for ligne in bonnes}
    precedents = {ligne.rendue.identite: ligne.rangee for ligne in bonnes}
    ecartees = tuple(Anomalie(garde.nom, n, None, LAISSEE) for n in reprise.laissees)
    rapport = Rapport(garde.nom, len(lignes), len(lus), ecartees)
    comparaison = compare_lignes(lus, actuels)
    if is_releve:
        reprise.lus = releves.RelevesCompares(
            Lot(lus, rapport, comparaison), RelevesDeLaBase(derniers=precedents)
        )
    else:
        reprise.lus = EnregistrementsCompares(
            lus, comparaison, rapport, precedents, precedents, load_referentiel()
        )
    return reprise


def list_releves(ecriture: int, motif: str) -> Iterator[LigneARendre]:
    """Values: what held before each, else nothing any more, with the motive beside."""
    suivis = dict(
        Releve.objects.filter(ecriture_id=ecriture).order_by().values_list("pk", "precedent_id")
    )
    lignes = list(RELEVES.iterate(ecriture_id=ecriture))
    libres = find_libres(RELEVE, [provenance.rangee or 0 for _, provenance in lignes])
    lignees = Lignees.load([p for p in suivis.values() if p is not None])
    for lu, provenance in lignes:
        rangee, rendue = provenance.rangee or 0, None
        if rangee in libres:
            suivie = suivis[rangee]
            tenue = None if suivie is None else lignees.find_tenue(suivie, FIN)
            rendue = empty(lu, motif) if tenue is None else lignees.lignes[tenue][0]
            rendue = replace(rendue, ligne=lu.ligne)
        yield LigneARendre(rangee, lu, rendue)


def empty(lu: ReleveLu, motif: str) -> ReleveLu:
    """The same line, that says nothing any more."""
    return replace(
        lu, valeur=None, numerateur=None, denominateur=None, jalon=None, commentaire=motif
    )


def list_enregistrements(ecriture: int) -> Iterator[LigneARendre]:
    """Records: what was said of the same thing for the same day, else nothing."""
    siennes = Enregistrement.objects.filter(ecriture_id=ecriture)
    suivis = dict(siennes.order_by().values_list("pk", "precedent_id"))
    lignes = list(iterate_enregistrements(ecriture_id=ecriture))
    libres = find_libres(ENREGISTREMENT, [provenance.rangee or 0 for _, provenance in lignes])
    anciennes = read_anciennes([p for p in suivis.values() if p is not None])
    for lu, provenance in lignes:
        rangee, rendue = provenance.rangee or 0, None
        if rangee in libres:
            ancienne = anciennes.get(suivis[rangee] or 0)
            rendue = replace(lu, contenu=None) if ancienne is None else ancienne
            rendue = replace(rendue, ligne=lu.ligne)
        yield LigneARendre(rangee, lu, rendue)


def read_anciennes(rangees: list[int]) -> dict[int, EnregistrementLu]:
    """What some rows say, but those that were sent back."""
    renvoyees = find_renvoyees(ENREGISTREMENT, rangees)
    return {
        provenance.rangee or 0: lu
        for lot in split(sorted(set(rangees) - renvoyees))
        for lu, provenance in iterate_enregistrements(pk__in=lot)
    }


def find_libres(table: str, rangees: list[int]) -> set[int]:
    """The rows that nobody corrected nor sent back."""
    modele = Releve if table == RELEVE else Enregistrement
    libres = set(rangees) - find_renvoyees(table, rangees)
    for lot in split(sorted(rangees)):
        corrigees = modele.objects.filter(precedent_id__in=lot).order_by()
        libres -= set(corrigees.values_list("precedent_id", flat=True))
    return libres
