"""releves.csv: values of indicateurs, declared."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from quartiers.core.dire import get_decimal
from quartiers.sources.lecture import read_table_file
from quartiers.storage.models import Releve
from quartiers.usecases.etat_base import build_contexte
from quartiers.usecases.importer import Bilan
from quartiers.usecases.journal import Plume
from quartiers.usecases.lecture_releves import COLONNES, ReleveLu, read_releves

GENRE = "releves"
AIDE = "valeurs déclarées d'indicateurs (releves.csv)"
LOT = 2000


def run(chemin: Path, plume: Plume) -> Bilan:
    """Store the lines that say something new; a line already known as it is changes nothing."""
    lus, rapport = read_releves(
        read_table_file(chemin, COLONNES), build_contexte(plume.envoi.connu_le)
    )
    plume.rapports.append(rapport)
    actuels = list_actuels(lus)
    nouveaux = [lu for lu in lus if actuels.get(lu.identite) != lu.contenu]
    Releve.objects.bulk_create([_build(lu, plume) for lu in nouveaux], batch_size=LOT)
    return Bilan(inchangees=len(lus) - len(nouveaux))


def list_actuels(lus: list[ReleveLu]) -> dict[tuple[object, ...], tuple[object, ...]]:
    """Content of the last known version of the lines that a file speaks of."""
    indicateurs = {lu.indicateur for lu in lus}
    cles = {lu.cle for lu in lus if lu.cle}
    actuels: dict[tuple[object, ...], tuple[object, ...]] = {}
    sans_cle = Releve.objects.filter(indicateur__in=indicateurs, cle="")
    avec_cle = Releve.objects.exclude(cle="")
    for releve in (
        *sans_cle.order_by("connu_le", "ordre"),
        *avec_cle.order_by("connu_le", "ordre"),
    ):
        if releve.cle and releve.cle not in cles:
            continue
        lu = _read(releve)
        actuels[lu.identite] = lu.contenu
    return actuels


def _read(releve: Releve) -> ReleveLu:
    return ReleveLu(
        indicateur=releve.indicateur,
        territoire=releve.territoire,
        date=releve.date,
        valeur=to_fraction(releve.valeur),
        numerateur=to_fraction(releve.numerateur),
        denominateur=to_fraction(releve.denominateur),
        jalon=releve.jalon,
        source=releve.source,
        declarant=releve.declarant,
        commentaire=releve.commentaire,
        cle=releve.cle,
        ligne=releve.ligne,
    )


def _build(lu: ReleveLu, plume: Plume) -> Releve:
    return Releve(
        **plume.sign(),
        ligne=lu.ligne,
        indicateur=lu.indicateur,
        territoire=lu.territoire,
        date=lu.date,
        valeur=to_decimal(lu.valeur),
        numerateur=to_decimal(lu.numerateur),
        denominateur=to_decimal(lu.denominateur),
        jalon=lu.jalon,
        source=lu.source,
        declarant=lu.declarant,
        commentaire=lu.commentaire,
        cle=lu.cle,
    )


def to_decimal(valeur: Fraction | None) -> Decimal | None:
    """Exact: values have at most six decimals."""
    return None if valeur is None else get_decimal(valeur)


def to_fraction(valeur: Decimal | None) -> Fraction | None:
    """Exact, back from the base."""
    return None if valeur is None else Fraction(valeur)
