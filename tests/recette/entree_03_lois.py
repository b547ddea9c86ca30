"""3. Four laws: every row accounted for, the same file twice, export and back, the order of the frame."""

from __future__ import annotations

import csv
import io
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING

from tests.recette.base_demo import CONNU_LE, load_cadre, open_base, take, undo
from tests.recette.outils import Atelier, expect, play
from tests.usecases.cadre_en_temps import write_cog, write_qpv, write_qrr

if TYPE_CHECKING:
    from quartiers.usecases.importer import ResultatImport

ENTETE = ("indicateur", "territoire", "date", "valeur", "source", "cle", "retrait")
HISTOIRES, FICHIERS, LIGNES = 60, 4, 30
INDICATEURS = ("e05-a2-montant", "e06-a2-adultes-relais", "e01-a5-jeunes")
TERRITOIRES = ("QC-FICTIF-TILLEULS", "QN00004M", "QRR-00_1", "QC-FICTIF-VERRIERS")
SOURCES = ("DDETS 00", "Mairie de Montclair", "")
Ligne = tuple[str, str, str, str, str, str, str]
CADRES = ("cog2024", "cog2025", "cog2026", "qpv", "qrr", "qpv2015")


def main(atelier: Atelier) -> str:
    """The frame first, in an empty base; then random histories of relevés, each undone."""
    open_base(atelier)
    ordres = check_ordres(atelier.dossier / "cadres")
    load_cadre()
    comptes: Counter[str] = Counter()
    for graine in range(HISTOIRES):
        with undo():
            comptes += play_histoire(random.Random(graine), atelier.dossier / f"h{graine}")  # noqa: S311 -- reproducible, nothing secret
    dits = ", ".join(f"{n} {quoi}" for quoi, n in sorted(comptes.items()))
    for quoi in ("nouvelles", "corrigées", "retirées", "inchangées", "en double"):
        expect(comptes[quoi] > 100, f"trop peu de lignes {quoi} pour rien montrer : {dits}")
    return f"{HISTOIRES} histoires ({dits}) et {ordres} ordres du cadre : les quatre lois tiennent"


def play_histoire(alea: random.Random, dossier: Path) -> Counter[str]:
    """Files of one history, one after the other: each is counted, then played again, then exported."""
    dossier.mkdir()
    connues: dict[tuple[str, ...], Ligne] = {}
    retirees: set[tuple[str, ...]] = set()
    comptes: Counter[str] = Counter()
    for numero in range(FICHIERS):
        lignes = list(draw_lignes(alea, connues))
        chemin = dossier / f"releves-{numero}.csv"
        write(chemin, lignes)
        fait = take("releves", chemin)
        expect(fait.lues == len(lignes), f"{len(lignes)} lignes écrites, {fait.lues} comptées")
        comptes += count_issues(lignes, connues, retirees, fait)
        check_deux_fois(dossier, lignes)
    check_aller_retour(dossier)
    return comptes


def get_identite(ligne: Ligne) -> tuple[str, ...]:
    """Its key at its source, else what it speaks of and who says it."""
    indicateur, territoire, jour, _, source, cle, _ = ligne
    return (source, cle) if cle else (indicateur, territoire, jour, source)


def draw_lignes(alea: random.Random, connues: dict[tuple[str, ...], Ligne]) -> Iterator[Ligne]:
    """New lines, corrections, withdrawals and repetitions; one identity is spoken of once, or twice alike."""
    vues: dict[tuple[str, ...], Ligne] = {}
    while len(vues) < LIGNES:
        ligne = draw_ligne(alea, connues)
        if get_identite(ligne) in vues:
            continue
        vues[get_identite(ligne)] = ligne
        yield ligne
        if alea.random() < 0.1:
            yield ligne


def draw_ligne(alea: random.Random, connues: dict[tuple[str, ...], Ligne]) -> Ligne:
    """A line of any kind; what is withdrawn or repeated is known."""
    if connues and alea.random() < 0.5:
        ancienne = alea.choice(list(connues.values()))
        sort = alea.random()
        if sort < 0.3:
            return (*ancienne[:3], "", *ancienne[4:6], "oui")
        if sort < 0.6:
            return ancienne
        return (*ancienne[:3], str(alea.randint(1, 9999)), *ancienne[4:])
    jour = date(2026, 1, 1) + timedelta(days=alea.randint(0, 300))
    source = alea.choice(SOURCES)
    cle = f"K-{alea.randint(1, 10_000)}" if source and alea.random() < 0.6 else ""
    quoi = (alea.choice(INDICATEURS), alea.choice(TERRITOIRES), jour.isoformat())
    return (*quoi, str(alea.randint(1, 9999)), source, cle, "")


def count_issues(
    lignes: Sequence[Ligne],
    connues: dict[tuple[str, ...], Ligne],
    retirees: set[tuple[str, ...]],
    fait: ResultatImport,
) -> Counter[str]:
    """What each line must have become, counted here from the lines alone; the product must say the same.

    A line that was withdrawn and comes back is a correction (L-47).
    """
    attendus: Counter[str] = Counter()
    vues: set[tuple[str, ...]] = set()
    for ligne in lignes:
        identite = get_identite(ligne)
        if identite in vues:
            attendus["en double"] += 1
            continue
        vues.add(identite)
        ancienne = connues.get(identite)
        if ligne[-1] == "oui":
            attendus["retirées"] += 1
            del connues[identite]
            retirees.add(identite)
        elif ancienne is None:
            attendus["corrigées" if identite in retirees else "nouvelles"] += 1
            connues[identite] = ligne
        else:
            attendus["inchangées" if ancienne == ligne else "corrigées"] += 1
            connues[identite] = ligne
    bilan = fait.bilan
    dits = Counter(
        {
            "nouvelles": bilan.nouvelles,
            "corrigées": len(bilan.corrigees),
            "retirées": len(bilan.retirees),
            "inchangées": bilan.inchangees,
        }
    )
    en_double = attendus["en double"]
    voulus = Counter({quoi: n for quoi, n in attendus.items() if quoi != "en double"})
    voulus["inchangées"] += en_double
    expect(+dits == +voulus, f"le bilan dit {dict(+dits)}, les lignes disent {dict(+voulus)}")
    return attendus


def check_deux_fois(dossier: Path, lignes: Sequence[Ligne]) -> None:
    """The lines that stand, again: nothing changes, whether the bytes are the same or not."""
    sans_retrait = [ligne for ligne in lignes if ligne[-1] != "oui"]
    chemin = dossier / "encore.csv"
    write(chemin, sans_retrait)
    fait = take("releves", chemin)
    expect(fait.ajoutees == 0, f"le même fichier a changé {fait.ajoutees} lignes")
    expect(fait.deja or fait.lues == len(sans_retrait), "le même fichier n’est pas compté de même")


def check_aller_retour(dossier: Path) -> None:
    """What is exported changes nothing here, and in an empty base exports to the same bytes."""
    texte = export()
    chemin = dossier / "export.csv"
    chemin.write_text(texte, encoding="utf-8")
    expect(take("releves", chemin).ajoutees == 0, "l’export, relu, change la base d’où il vient")
    avant = list_valeurs()
    from quartiers.storage.models import Releve

    with undo():
        empty_releves()
        expect(not Releve.objects.exists(), "la base n’est pas vide")
        fait = take("releves", chemin)
        expect(fait.bilan.nouvelles == len(avant), "tout n’est pas nouveau dans une base vide")
        expect(list_valeurs() == avant, "l’export, relu dans une base vide, dit autre chose")
        expect(export() == texte, "un second export n’a pas les mêmes octets")


def empty_releves() -> None:
    """Below the ORM, which refuses: inside a transaction that is undone."""
    from django.db import connection

    with connection.cursor() as curseur:
        curseur.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        gardes = [nom for nom, sql in curseur.fetchall() if "storage_releve" in sql]
        for nom in gardes:
            curseur.execute(f'DROP TRIGGER "{nom}"')
        curseur.execute("DELETE FROM storage_releve")


def export() -> str:
    """`quartiers exporter releves FR`."""
    from quartiers.usecases.charger_dossier import load_dossier
    from quartiers.usecases.exporter import export_releves

    return export_releves(load_dossier().territoires, "DEP-00", CONNU_LE)


def list_valeurs() -> list[tuple[str, ...]]:
    """What the export says, as cells, whatever the order."""
    return sorted(
        tuple(ligne.values()) for ligne in csv.DictReader(io.StringIO(export()), delimiter=";")
    )


def write(chemin: Path, lignes: Sequence[Ligne]) -> None:
    """A releves.csv."""
    with chemin.open("w", encoding="utf-8", newline="") as fichier:
        sortie = csv.writer(fichier, delimiter=";")
        sortie.writerow(ENTETE)
        sortie.writerows(lignes)


def check_ordres(dossier: Path) -> int:
    """COG old then new, QPV and QRR before or after: one base, whatever came first."""
    etapes = write_cadres(dossier)
    ordres = [
        ordre
        for ordre in permutations(CADRES)
        if ordre.index("cog2024") == 0 and ordre.index("cog2025") < ordre.index("cog2026")
    ][::2]
    vus = set()
    for ordre in ordres:
        with undo():
            for nom in ordre:
                genre, chemin, millesime = etapes[nom]
                take(genre, chemin, millesime=millesime)
            vus.add(describe_cadre())
    expect(len(vus) == 1, f"{len(ordres)} ordres donnent {len(vus)} bases")
    return len(ordres)


def write_cadres(dossier: Path) -> dict[str, tuple[str, Path, date]]:
    """The files of the frame, and how each is imported."""
    etapes = {
        f"cog{annee}": ("cog", write_cog(dossier / str(annee), annee), date(annee, 1, 1))
        for annee in (2024, 2025, 2026)
    }
    qpv = write_qpv(
        dossier / "qpv.geojson",
        ("QN09301M", "Les Poètes", "93059", 2.36),
        ("QN09302M", "Les Francs-Moisins", "93066, 93059", 2.38),
        ("QN09303N", "Maurice Grandcoing", "93079", 2.40),
    )
    anciens = write_qpv(
        dossier / "qpv2015.geojson", ("QP093001", "Ancien", "93079", 2.361), cle="nom_qp"
    )
    etapes["qpv"] = ("qpv", qpv, date(2024, 1, 1))
    etapes["qpv2015"] = ("qpv", anciens, date(2015, 1, 1))
    etapes["qrr"] = (
        "qrr",
        write_qrr(dossier / "qrr.geojson", "93_9", "Saint-Denis", 2.37),
        date(2024, 2, 12),
    )
    return etapes


def describe_cadre() -> str:
    """Territoires, attachments and two tableaux, as one text."""
    from quartiers.core.composition import compose_vue
    from quartiers.core.vue import Vue
    from quartiers.reports.tableau_json import render_tableau
    from quartiers.storage.models import Rattachement, Territoire
    from quartiers.usecases.charger_dossier import forget_dossier, load_dossier

    forget_dossier()
    vue = Vue(load_dossier(), CONNU_LE, CONNU_LE)
    tableaux = [render_tableau(compose_vue(vue, code)) for code in ("COM-93066", "QN09301M")]
    for tableau in tableaux:
        tableau.pop("donnees_version")
    rattachements = Rattachement.objects.order_by("enfant", "genre", "rang", "parent")
    territoires = Territoire.objects.order_by("code")
    return json.dumps(
        [
            list(rattachements.values_list("enfant", "parent", "genre", "rang", "part", "deduit")),
            [tuple(map(str, t)) for t in territoires.values_list("code", "nom", "au", "retire")],
            tableaux,
        ],
        default=str,
    )


if __name__ == "__main__":
    play(main)
