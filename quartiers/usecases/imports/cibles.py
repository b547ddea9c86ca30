"""cibles.csv: target lines of plans and avenants."""

from __future__ import annotations

from pathlib import Path

from quartiers.core.referentiel import Operateur, Origine
from quartiers.sources.lecture import read_table_file
from quartiers.storage.models import Cible
from quartiers.usecases.etat_base import build_contexte
from quartiers.usecases.importer import Bilan
from quartiers.usecases.imports.releves import to_decimal, to_fraction
from quartiers.usecases.journal import Plume
from quartiers.usecases.lecture_cibles import COLONNES, CibleLue, read_cibles

GENRE = "cibles"
AIDE = "cibles des plans et avenants (cibles.csv)"
LOT = 2000


def run(chemin: Path, plume: Plume) -> Bilan:
    """Store the lines that are not already the last known of their cell, effect and origin."""
    lues, rapport = read_cibles(
        read_table_file(chemin, COLONNES), build_contexte(plume.envoi.connu_le)
    )
    plume.rapports.append(rapport)
    connues = {
        _read(cible).contenu
        for cible in Cible.objects.filter(indicateur__in={c.indicateur for c in lues})
    }
    nouvelles = [lue for lue in lues if lue.contenu not in connues]
    Cible.objects.bulk_create([_build(lue, plume) for lue in nouvelles], batch_size=LOT)
    return Bilan(inchangees=len(lues) - len(nouvelles))


def _read(cible: Cible) -> CibleLue:
    return CibleLue(
        indicateur=cible.indicateur,
        territoire=cible.territoire,
        operateur=Operateur(cible.operateur),
        valeur=to_fraction(cible.valeur),
        echeance=cible.echeance,
        base=to_fraction(cible.base),
        base_date=cible.base_date,
        base_source=cible.base_source,
        origine=Origine(cible.origine),
        effet=cible.effet,
        ligne=cible.ligne,
    )


def _build(lue: CibleLue, plume: Plume) -> Cible:
    return Cible(
        **plume.sign(),
        ligne=lue.ligne,
        indicateur=lue.indicateur,
        territoire=lue.territoire,
        operateur=lue.operateur.value,
        valeur=to_decimal(lue.valeur),
        echeance=lue.echeance,
        base=to_decimal(lue.base),
        base_date=lue.base_date,
        base_source=lue.base_source,
        origine=lue.origine.value,
        effet=lue.effet,
    )
