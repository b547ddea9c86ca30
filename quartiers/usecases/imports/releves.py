"""releves.csv: values of indicateurs, declared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from django.db.models import Q

from quartiers.core.condensat import digest
from quartiers.core.dire import say_nombre, say_valeur
from quartiers.core.forme import fold_identifiant
from quartiers.core.referentiel import Referentiel
from quartiers.sources.forme import fold_cle
from quartiers.sources.lecture import read_table_file
from quartiers.sources.table import Table
from quartiers.usecases.charger_contexte import build_contexte
from quartiers.usecases.contexte import Contexte
from quartiers.usecases.ecrire import Bilan, EcritureOuverte, Envoi
from quartiers.usecases.garder_lignes import RELEVES
from quartiers.usecases.interroger import list_ecritures_depuis, split
from quartiers.usecases.juger_retraits import check_retraits, list_memes_jours
from quartiers.usecases.lire_examens import is_examine_depuis
from quartiers.usecases.lire_releves import COLONNES, read_releves
from quartiers.usecases.lot import Lot
from quartiers.usecases.releve_lu import ReleveLu, RelevesConnus
from quartiers.usecases.releves_de_la_base import RelevesDeLaBase

GENRE = "releves"
AIDE = "valeurs déclarées d'indicateurs (releves.csv)"


@dataclass(frozen=True, slots=True)
class RelevesCompares:
    """The lines of a file compared with what is known of them."""

    lot: Lot[ReleveLu]
    connus: RelevesDeLaBase


def read(chemin: Path, envoi: Envoi) -> RelevesCompares:
    """The lines of the file, compared with what is known of them."""
    return compare_releves(read_table_file(chemin, COLONNES), build_contexte, envoi)


def compare_releves(
    table: Table, build: Callable[[date, RelevesConnus], Contexte], envoi: Envoi
) -> RelevesCompares:
    """The lines of a table beside the rows of the base that they may correct."""
    connus = RelevesDeLaBase(connu_le=envoi.connu_le)
    contexte = build(envoi.connu_le, connus)
    connus.load(table, contexte)
    dire = partial(say_releve, referentiel=contexte.referentiel)
    lot = Lot.build(read_releves(table, contexte), connus.actuels, dire)
    if not envoi.accepter_retrait:
        check_retraits(lot, connus, table.fichier, dire)
    return RelevesCompares(lot.notice(list_memes_jours(lot, connus, table.fichier, dire)), connus)


def write(lus: RelevesCompares, ecriture: EcritureOuverte) -> Bilan:
    """Store the lines that say something new, each after the row it corrects; one already known changes nothing."""
    derniers = lus.connus.derniers
    return lus.lot.store(
        RELEVES,
        ecriture,
        identite=lambda lu: lu.condensat,
        precedent_id=lambda lu: derniers.get(lu.identite),
        producteur=lambda lu: digest(fold_identifiant(lu.source)),
        cle_pliee=lambda lu: digest(fold_cle(lu.cle)) if lu.cle else None,
    )


def has_change(lus: RelevesCompares, depuis: int) -> bool:
    """Something was written since, on which what was read of the base depends."""
    ecritures = list_ecritures_depuis(depuis, GENRE)
    if ecritures is None:
        return True
    releves = RELEVES.filter(ecriture_id__in=ecritures)
    for lot in split(lus.lot.lus):
        identites = [lu.condensat for lu in lot]
        cles = [digest(fold_cle(lu.cle)) for lu in lot if lu.cle]
        if releves.filter(Q(identite__in=identites) | Q(cle_pliee__in=cles)).exists():
            return True
        if is_examine_depuis(depuis, releve__identite__in=identites):
            return True
    return False


def say_releve(lu: ReleveLu, referentiel: Referentiel) -> str:
    """The value of a line, in the unit of its indicateur."""
    if lu.is_retrait:
        return "retirée"
    if lu.jalon is not None:
        return f"étape {lu.jalon}"
    if lu.numerateur is not None:
        return f"{say_nombre(lu.numerateur)} sur {say_nombre(lu.denominateur)}"
    indicateur = referentiel.get_indicateur(lu.indicateur)
    return say_valeur(lu.valeur, indicateur.unite if indicateur else "", 6)
