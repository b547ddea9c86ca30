"""The COG folder: nation, régions, départements, collectivités, EPCI and EPT, communes."""

from __future__ import annotations

from pathlib import Path

from quartiers.sources import cog
from quartiers.usecases.importer import Bilan
from quartiers.usecases.journal import Plume
from quartiers.usecases.territoires import Arrivant, Parent, store_territoires

GENRE = "cog"
AIDE = "code officiel géographique (le dossier de ses fichiers)"


def run(chemin: Path, plume: Plume) -> Bilan:
    """Store the territoires of the folder."""
    lu = cog.read(chemin)
    plume.rapports += lu.rapports
    arrivants = [
        Arrivant(
            code=t.code,
            nom=t.nom,
            genre=t.genre.value,
            parents=tuple(Parent(code, source="COG") for code in t.parents),
            ligne=lu.places[t.code][1] if t.code in lu.places else 0,
        )
        for t in lu.territoires
    ]
    inchangees = store_territoires(plume, arrivants)
    comptes: dict[str, int] = {}
    for arrivant in arrivants:
        comptes[arrivant.genre] = comptes.get(arrivant.genre, 0) + 1
    return Bilan(inchangees, [f"{nombre} {genre}" for genre, nombre in comptes.items()])
