"""2. Files damaged in every usual way: read right, repaired and told, or refused; never read otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from tests.recette.base_demo import load_cadre, open_base, take, undo
from tests.recette.outils import Atelier, expect, play
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
from tests.recette.variantes.modele import ENTRE, REFUSE, Lu, Variante

GENRES: tuple[ModuleType, ...] = (
    *(entetes, feuilles, fusions, encodages, signes, jours, territoires),
)
PAR_GENRE, ACCEPTEES_PAR_GENRE = 40, 10
EGALE, DITE, REFUSEE, FAUSSE = "lue telle quelle", "lue et dite", "refusée", "FAUSSE"


def main(atelier: Atelier) -> str:
    """Each variant is imported whole, what the base then holds is compared, and all is undone."""
    open_base(atelier)
    load_cadre()
    fautes: list[str] = []
    total: Counter[str] = Counter()
    for module in GENRES:
        comptes: Counter[str] = Counter()
        for variante in module.list_variantes():
            issue = judge(variante, atelier.dossier / "variante")
            comptes[issue] += 1
            fautes += [
                f"{module.GENRE}, {variante.nom} : {f}" for f in list_fautes(variante, issue)
            ]
        atelier.note(say_genre(module.GENRE, comptes))
        fautes += list_manques(module.GENRE, comptes)
        total += comptes
    for faute in fautes:
        atelier.note(f"FAUTE {faute}")
    expect(not fautes, f"{len(fautes)} fautes, la première : {fautes[0] if fautes else ''}")
    return f"{total.total()} variantes de sept genres : " + say_comptes(total)


def prendre(chemin: Path) -> tuple[str, list[Lu]]:
    """Import a variant, look at what the base holds, undo: the outcome, and the lines."""
    from quartiers.core.anomalie import DonneesRefusees
    from quartiers.storage.models import Releve

    with undo():
        try:
            fait = take("releves", chemin)
        except DonneesRefusees as refus:
            expect(bool(str(refus).strip()), "refus muet")
            return REFUSEE, list_lignes(Releve)
        dit = any(r.reparees or r.avis or r.ecartees for r in fait.rapports)
        return (DITE if dit else EGALE), list_lignes(Releve)


def list_lignes(releve: type) -> list[Lu]:
    """What the base holds, free texts as a reader sees them."""
    colonnes = ("indicateur", "territoire", "date", "valeur", "source", "commentaire", "cle")
    rangees = releve.objects.order_by("cle").values_list(*colonnes)  # type: ignore[attr-defined]
    return [(*r[:3], r[3], *map(modele.fold_libre, r[4:])) for r in rangees]


def judge(variante: Variante, dossier: Path) -> str:
    """What became of a variant."""
    dossier.mkdir(exist_ok=True)
    chemin = dossier / variante.fichier
    chemin.write_bytes(variante.octets)
    issue, lignes = prendre(chemin)
    if issue == REFUSEE:
        return REFUSEE if not lignes else FAUSSE
    attendues = sorted(map(modele.parse_attendu, variante.rangees), key=lambda lu: lu[-1])
    return issue if lignes == attendues else FAUSSE


def list_fautes(variante: Variante, issue: str) -> Iterator[str]:
    """A value read otherwise, or the contrary of what the contract says."""
    if issue == FAUSSE:
        yield "lue autrement qu’écrite"
    elif variante.sort == ENTRE and issue == REFUSEE:
        yield "refusée, alors qu’elle doit entrer"
    elif variante.sort == REFUSE and issue != REFUSEE:
        yield f"{issue}, alors qu’elle doit être refusée"


def list_manques(genre: str, comptes: Counter[str]) -> Iterator[str]:
    """Too few variants of a kind, or too few that enter, would show nothing."""
    if comptes.total() < PAR_GENRE:
        yield f"{genre} : {comptes.total()} variantes, {PAR_GENRE} attendues"
    if comptes[EGALE] + comptes[DITE] < ACCEPTEES_PAR_GENRE:
        yield f"{genre} : {comptes[EGALE] + comptes[DITE]} acceptées, {ACCEPTEES_PAR_GENRE} attendues"


def say_genre(genre: str, comptes: Counter[str]) -> str:
    """One line of the table."""
    return f"{genre:<12} {comptes.total():>4} : {say_comptes(comptes)}"


def say_comptes(comptes: Counter[str]) -> str:
    """The four outcomes, in order."""
    return ", ".join(f"{comptes[issue]} {issue}" for issue in (EGALE, DITE, REFUSEE, FAUSSE))


if __name__ == "__main__":
    play(main)
