"""Who said the faits of a proof, and who judged them: for those who may judge there, and for nobody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F

from quartiers.core.constat import FaitRetenu
from quartiers.core.enregistrement import Validation
from quartiers.reports.presentation.pieces import get_entree, is_declare
from quartiers.storage.models import Ecriture, Examen
from quartiers.storage.models.base import BITS_DU_RANG
from quartiers.usecases.nommer import list_noms_de_comptes


@dataclass(frozen=True, slots=True)
class AuteurDeFait:
    """Who typed a fait and when, in whose name, and the decisions taken of it: (resultat, name, moment)."""

    saisi_par: str
    saisi_le: datetime
    pour: str
    examens: tuple[tuple[Validation, str, datetime], ...]


def load_auteurs(faits: Iterable[FaitRetenu]) -> dict[int, AuteurDeFait]:
    """By the rank of the row that says it; what no account said is left out."""
    entrees = {get_entree(fait) for fait in faits if is_declare(fait)}
    numeros = {entree >> BITS_DU_RANG for entree in entrees}
    ecritures = {
        e.numero: e
        for e in Ecriture.objects.filter(numero__in=numeros, compte__isnull=False).only(
            "numero", "compte", "pour", "saisi_le"
        )
    }
    if not ecritures:
        return {}
    examens = list_examens({e for e in entrees if e >> BITS_DU_RANG in ecritures})
    comptes = {e.compte_id for e in ecritures.values()} | {e.pour_id for e in ecritures.values()}
    comptes |= {compte for siens in examens.values() for _, compte, _ in siens}
    noms = list_noms_de_comptes({compte for compte in comptes if compte is not None})
    return {
        entree: AuteurDeFait(
            noms.get(ecriture.compte_id or 0, ""),
            ecriture.saisi_le,
            noms.get(ecriture.pour_id or 0, ""),
            tuple(
                (Validation(resultat), noms.get(compte or 0, ""), moment)
                for resultat, compte, moment in examens.get(entree, ())
            ),
        )
        for entree in entrees
        if (ecriture := ecritures.get(entree >> BITS_DU_RANG)) is not None
    }


def list_examens(entrees: set[int]) -> dict[int, list[tuple[str, int | None, datetime]]]:
    """(resultat, account, moment) of every decision on some rows, in their order, by the rank of the row."""
    numeros = {entree >> BITS_DU_RANG for entree in entrees}
    rangs = {entree & ((1 << BITS_DU_RANG) - 1) for entree in entrees}
    pris: dict[int, list[tuple[str, int | None, datetime]]] = defaultdict(list)
    for table in ("releve", "enregistrement"):
        examens: Any = Examen.objects.filter(
            **{f"{table}__ecriture__numero__in": numeros, f"{table}__rang__in": rangs}
        )
        lus = examens.order_by("pk").values_list(
            F(f"{table}__ecriture__numero"),
            F(f"{table}__rang"),
            *("resultat", "ecriture__compte", "ecriture__saisi_le"),
        )
        for numero, rang, resultat, compte, le in lus:
            pris[(numero << BITS_DU_RANG) + rang].append((resultat, compte, le))
    return pris
