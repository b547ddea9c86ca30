"""Damaged files sent by the web, in the base of this process: beside what the command makes of each. Prints JSON.

python -m tests.recette.variantes_par_le_web PAS
"""

from __future__ import annotations

import json
import logging
import sys
import tempfile
from collections import Counter
from pathlib import Path
from types import ModuleType

from tests.recette.base_demo import load_cadre, open_base
from tests.recette.outils import Atelier
from tests.recette.variantes import (
    encodages,
    entetes,
    feuilles,
    fusions,
    jours,
    modele,
    signes,
    territoires,
)
from tests.recette.variantes.modele import Variante

GENRES: tuple[ModuleType, ...] = (
    *(entetes, feuilles, fusions, encodages, signes, jours, territoires),
)
ORGANISME = "Préfecture du Val"
MEME, PARTIE, DEHORS, PLUS, FAUSSE = (
    *("mêmes lignes", "les bonnes lignes seules", "refusée comme par la commande"),
    *("lue par ses colonnes dites", "FAUSSE"),
)
"""What became of a file: the last one is never seen."""


def main(dossier: Path, pas: int) -> dict[str, object]:
    """One variant in `pas`, each undone."""
    from tests.recette.atelier_joue import open_compte

    client = open_compte("service", "sous_prefet_ville", "DEP-00", ORGANISME)
    comptes: Counter[str] = Counter()
    fautes: list[str] = []
    for module in GENRES:
        for variante in list(module.list_variantes())[::pas]:
            issue = judge(client, variante, dossier)
            comptes[issue] += 1
            if issue == FAUSSE:
                fautes.append(f"{module.GENRE}, {variante.nom}")
    return {"comptes": comptes, "fautes": fautes}


def judge(client: object, variante: Variante, dossier: Path) -> str:
    """The lines of one's own organisme, as the table says them, and no other; none that the command would not keep."""
    from tests.recette.entree_02_variantes import REFUSEE, prendre

    chemin = dossier / variante.fichier
    chemin.write_bytes(variante.octets)
    issue, gardees = prendre(chemin)
    ecrites = send(client, variante)
    attendues = {a for a in map(modele.parse_attendu, variante.rangees) if is_sienne(a)}
    if not set(ecrites) <= attendues:
        return FAUSSE
    if issue != REFUSEE:
        siennes = {g for g in gardees if is_sienne(g)}
        return MEME if set(ecrites) == siennes else FAUSSE
    if not ecrites:
        return DEHORS
    return PLUS if set(ecrites) == attendues else PARTIE


def is_sienne(lu: tuple[object, ...]) -> bool:
    """Said by the organisme of the account."""
    return lu[4] == modele.fold_libre(ORGANISME)


def send(client: object, variante: Variante) -> list[tuple[object, ...]]:
    """Tried and applied; the lines that the base then holds, before all is undone."""
    from quartiers.storage.models import Releve
    from tests.recette.atelier_joue import TOUS_RISQUES, apply, read_essai, undo_gestes
    from tests.recette.atelier_joue import send as send_fichier
    from tests.recette.entree_02_variantes import list_lignes
    from tests.recette.outils import Echec

    with undo_gestes():
        try:
            garde = send_fichier(client, "releves", variante.fichier, variante.octets)  # type: ignore[arg-type]
        except Echec:
            return []
        if read_essai(garde).ecrites:
            apply(client, garde, **TOUS_RISQUES)  # type: ignore[arg-type]
        return list(list_lignes(Releve))


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory(prefix="quartiers-variantes-") as ici:
        atelier = Atelier(Path(ici), variables={"QUARTIERS_DEMO": "1"})
        open_base(atelier)
        load_cadre()
        print(json.dumps(main(Path(ici), int(sys.argv[1])), ensure_ascii=False))
