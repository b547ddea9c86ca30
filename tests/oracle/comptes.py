"""What the invented worlds exercise: cells, statuses, rows of 4.7.

`python -m tests.oracle.comptes 10000` prints the counts and exits 1 when a status or a row is too rare.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.oracle.evaluateur import evaluate_regard
from tests.oracle.lignes import CAS_EXIGES, HORS_DU_CALCUL, LIGNES
from tests.oracle.mondes import make_monde
from tests.oracle.regard import Regard

STATUTS = (
    "sans_objet",
    "non_renseigne",
    "perime",
    "sans_cible",
    "non_engage",
    "en_retard",
    "a_surveiller",
    "en_bonne_voie",
    "atteint",
    "echu_non_atteint",
)
PAR_STATUT = 100  # cells at least, over the 1,500 worlds of the recette as over 10,000
PAR_LIGNE = 20


@dataclass(slots=True)
class Comptes:
    """Counts over a run of worlds. `cases`: tags `ligne/cas`; `drapeaux`: flags shown."""

    mondes: int = 0
    vues: int = 0
    cellules: int = 0
    secondes: float = 0.0  # spent in the evaluator alone
    statuts: Counter[str] = field(default_factory=Counter)
    libelles: Counter[str] = field(default_factory=Counter)
    drapeaux: Counter[str] = field(default_factory=Counter)
    cas: Counter[str] = field(default_factory=Counter)

    @property
    def lignes(self) -> Counter[str]:
        """Cells by row of 4.7."""
        par_ligne: Counter[str] = Counter(dict.fromkeys(LIGNES, 0))
        for cas, nombre in self.cas.items():
            par_ligne[cas.partition("/")[0]] += nombre
        return par_ligne


def list_indicateurs(tableau: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The cells shown by a tableau."""
    for engagement in tableau["engagements"]:
        for partie in (*engagement["actions"], *engagement["objectifs"]):
            yield from partie["indicateurs"]


def count_vue(
    comptes: Comptes, monde: dict[str, Any], code: str, vu_le: date, connu_le: date
) -> dict[str, Any]:
    """Add one look at a world; gives what the evaluator answered."""
    depart = time.perf_counter()
    regard = Regard(monde, vu_le, connu_le)
    tableau = evaluate_regard(regard, code)
    comptes.secondes += time.perf_counter() - depart
    comptes.vues += 1
    comptes.cas.update(regard.marques)
    comptes.cellules += len(regard.constats)
    comptes.statuts.update(c.statut for c in regard.constats.values())
    for indicateur in list_indicateurs(tableau):
        comptes.drapeaux.update(indicateur["drapeaux"])
    comptes.libelles.update(e["statut"] for e in tableau["engagements"] if e["statut"])
    return tableau


def count_mondes(nombre: int, debut: int = 0) -> Comptes:
    """The counts of so many worlds, seeds `debut` and following."""
    comptes = Comptes()
    for seed in range(debut, debut + nombre):
        monde, vues = make_monde(seed)
        comptes.mondes += 1
        for vue in vues:
            count_vue(comptes, monde, *vue)
    return comptes


def list_manques(
    comptes: Comptes, par_statut: int = PAR_STATUT, par_ligne: int = PAR_LIGNE
) -> list[str]:
    """Statuses, rows and required cases met too rarely; tags of rows that do not exist."""
    manques = [
        f"statut {statut} : {comptes.statuts[statut]} < {par_statut}"
        for statut in STATUTS
        if comptes.statuts[statut] < par_statut
    ]
    manques += [
        f"ligne {ligne} : {comptes.lignes[ligne]} < {par_ligne}"
        for ligne in LIGNES
        if comptes.lignes[ligne] < par_ligne
    ]
    manques += [
        f"cas {cas} : {comptes.cas[cas]} < {par_ligne}"
        for cas in CAS_EXIGES
        if comptes.cas[cas] < par_ligne
    ]
    return manques + [f"ligne inconnue {ligne}" for ligne in comptes.lignes if ligne not in LIGNES]


def render_comptes(comptes: Comptes) -> str:
    """The counts, in French, a line each."""
    duree = 1000 * comptes.secondes / max(1, comptes.vues)
    texte = [
        f"{comptes.mondes} mondes, {comptes.vues} vues, {comptes.cellules} cellules, {duree:.2f} ms par vue"
    ]
    for titre, compteur in (
        ("Statuts", comptes.statuts),
        ("Libellés", comptes.libelles),
        ("Drapeaux", comptes.drapeaux),
        ("Lignes de 4.7", comptes.lignes),
        ("Cas", comptes.cas),
    ):
        texte.append(f"\n{titre}")
        texte += [f"  {nombre:8} {nom}" for nom, nombre in sorted(compteur.items())]
    texte.append("\nLignes de 4.7 hors du calcul")
    texte += [f"  {nom} : {raison}" for nom, raison in HORS_DU_CALCUL.items()]
    return "\n".join(texte)


def main(arguments: list[str]) -> int:
    """Print the counts; 1 when something is too rare."""
    comptes = count_mondes(int(arguments[0]) if arguments else 1000)
    manques = list_manques(comptes)
    sys.stdout.write(render_comptes(comptes) + "\n" + "\n".join(manques) + "\n")
    return 1 if manques else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
