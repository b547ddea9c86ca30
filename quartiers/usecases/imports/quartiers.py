"""quartiers.csv: quartiers cibles, what they hold, and when a plan is expected of them."""

from __future__ import annotations

from pathlib import Path

from quartiers.sources.lecture import read_table_file
from quartiers.storage.models import QuartierCible
from quartiers.usecases.etat_base import build_contexte
from quartiers.usecases.importer import Bilan
from quartiers.usecases.journal import Plume
from quartiers.usecases.lecture_petits import COLONNES_QUARTIERS, QuartierLu, read_quartiers

GENRE = "quartiers"
AIDE = "quartiers cibles (quartiers.csv)"


def run(chemin: Path, plume: Plume) -> Bilan:
    """A line that differs from the last known version is a new version."""
    contexte = build_contexte(plume.envoi.connu_le)
    lus, rapport = read_quartiers(read_table_file(chemin, COLONNES_QUARTIERS), contexte)
    plume.rapports.append(rapport)
    actuels = {q.code: _get_contenu(q) for q in QuartierCible.objects.order_by("connu_le", "ordre")}
    nouveaux = [lu for lu in lus if actuels.get(lu.code) != _get_contenu(lu)]
    QuartierCible.objects.bulk_create([_build(lu, plume) for lu in nouveaux])
    return Bilan(inchangees=len(lus) - len(nouveaux))


def _get_contenu(quartier: QuartierCible | QuartierLu) -> tuple[object, ...]:
    return (
        quartier.nom,
        quartier.departement,
        tuple(quartier.rattaches),
        quartier.attendu_du,
        quartier.attendu_au,
    )


def _build(lu: QuartierLu, plume: Plume) -> QuartierCible:
    return QuartierCible(
        **plume.sign(),
        ligne=lu.ligne,
        code=lu.code,
        nom=lu.nom,
        departement=lu.departement,
        rattaches=list(lu.rattaches),
        attendu_du=lu.attendu_du,
        attendu_au=lu.attendu_au,
    )
