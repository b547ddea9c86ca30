"""The COG folder: nation, régions, départements, collectivités, EPCI and EPT, communes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from quartiers.core.territoire import Genre
from quartiers.sources import cog
from quartiers.storage.models import CodeAncien
from quartiers.usecases.journal import Bilan, Plume
from quartiers.usecases.territoires import LOT, Arrivant, Parent, store_territoires

GENRE = "cog"
CADRE = True
AIDE = "code officiel géographique (le dossier de ses fichiers)"
_NOMS = {
    Genre.REGION: "régions",
    Genre.DEPARTEMENT: "départements",
    Genre.COLLECTIVITE: "collectivités",
    Genre.EPCI: "EPCI et EPT",
    Genre.COMMUNE: "communes",
}


def run(chemin: Path, plume: Plume) -> Bilan:
    """Store the territoires of the folder, and the codes that lead to a present commune."""
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
    arrivee = store_territoires(plume, arrivants)
    anciens = {f"COM-{ancien}": f"COM-{present}" for ancien, present in lu.anciens.items()}
    _store_anciens(anciens, plume)
    comptes = Counter(t.genre for t in lu.territoires)
    phrases = [f"{comptes[genre]} {nom}" for genre, nom in _NOMS.items() if comptes[genre]]
    return Bilan(
        inchangees=arrivee.inchangees,
        phrases=[*phrases, f"{len(anciens)} codes anciens de communes"],
    )


def _store_anciens(anciens: dict[str, str], plume: Plume) -> None:
    """Never deleted: a code that a later COG forgets still leads where it led."""
    connus = dict(CodeAncien.objects.order_by().values_list("code", "present"))
    nouveaux = {code: present for code, present in anciens.items() if connus.get(code) != present}
    if not nouveaux:
        return
    plume.open()
    CodeAncien.objects.bulk_create(
        (CodeAncien(code=code, present=present) for code, present in nouveaux.items()),
        batch_size=LOT,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["present"],
    )
    plume.ajoutees += len(nouveaux)
