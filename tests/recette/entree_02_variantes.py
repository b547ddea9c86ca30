"""2. Files damaged in every usual way: read right, repaired and told, or refused; never read otherwise."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from types import ModuleType
from zoneinfo import ZoneInfo

from tests.recette.outils import RACINE, Atelier, expect, play
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
CONNU_LE = date(2026, 11, 24)
SAISI_LE = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Paris"))
EGALE, DITE, REFUSEE, FAUSSE = "lue telle quelle", "lue et dite", "refusée", "FAUSSE"
Prise = Callable[[Path], tuple[str, list[Lu]]]


def main(atelier: Atelier) -> str:
    """Each variant is imported whole, what the base then holds is compared, and all is undone."""
    prendre = open_base(atelier)
    fautes: list[str] = []
    total: Counter[str] = Counter()
    for module in GENRES:
        comptes: Counter[str] = Counter()
        for variante in module.list_variantes():
            issue = judge(variante, prendre, atelier.dossier / "variante")
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


def open_base(atelier: Atelier) -> Prise:
    """The invented département in a base of its own, in this very process."""
    os.environ.update(atelier.get_environnement(), DJANGO_SETTINGS_MODULE="quartiers.settings")
    import django

    django.setup()
    from quartiers.cli.base import prepare_base

    prepare_base()
    from django.db import transaction

    from quartiers.core.anomalie import DonneesRefusees
    from quartiers.storage.models import Releve
    from quartiers.usecases.importer import import_fichier

    cadre = RACINE / "data" / "demo" / "2026-01-15"
    jour = date(2026, 1, 15)
    for genre, nom in (
        ("cog", "cog"),
        ("qpv", "qpv.geojson"),
        ("qrr", "qrr.geojson"),
        ("quartiers", "quartiers.csv"),
    ):
        import_fichier(genre=genre, chemin=cadre / nom, connu_le=jour, saisi_le=SAISI_LE)

    def prendre(chemin: Path) -> tuple[str, list[Lu]]:
        with transaction.atomic():
            try:
                fait = import_fichier(
                    genre="releves", chemin=chemin, connu_le=CONNU_LE, saisi_le=SAISI_LE
                )
            except DonneesRefusees as refus:
                expect(bool(str(refus).strip()), "refus muet")
                lignes = list_lignes(Releve)
                transaction.set_rollback(True)
                return (REFUSEE, lignes)
            dit = any(r.reparees or r.avis or r.ecartees for r in fait.rapports)
            lignes = list_lignes(Releve)
            transaction.set_rollback(True)
        return (DITE if dit else EGALE, lignes)

    return prendre


def list_lignes(releve: type) -> list[Lu]:
    """What the base holds, free texts as a reader sees them."""
    colonnes = ("indicateur", "territoire", "date", "valeur", "source", "commentaire", "cle")
    rangees = releve.objects.order_by("cle").values_list(*colonnes)  # type: ignore[attr-defined]
    return [(*r[:3], r[3], *map(modele.fold_libre, r[4:])) for r in rangees]


def judge(variante: Variante, prendre: Prise, dossier: Path) -> str:
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
