"""Liste des France services abîmée : ce qui est refusé, ce qui est inconnu, et aucun statut ne tombe."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.recette import reel
from tests.recette.outils import Atelier, expect, play

PRESENCE = "e03-a1-france-services"
VU_LE = "2024-10-20"
TARD = "2024-12-15"  # the list of August has gone stale
QUARTIERS = 3
ATTEINTS = 45
FAVEUR = (
    *("echu_non_atteint", "en_retard", "non_engage", "a_surveiller", "non_renseigne", "perime"),
    *("sans_cible", "en_bonne_voie", "atteint"),
)
"""From the least favourable; « sans objet » is declared, and never comes from a list."""
Ligne = dict[str, str]
Table = list[Ligne]


def main(atelier: Atelier) -> str:
    """Four damaged files, each a later list than the one before, between two readings of three QRR."""
    for charger in (reel.load_cog, reel.load_qpv_2024, reel.load_qrr, reel.load_france_services):
        charger(atelier)
    lignes = read_liste(atelier.donnees / "france-services" / "liste-fs-20240801.csv")
    avant = choose_quartiers(atelier)
    perdus = {list_lieux(tableau)[0] for tableau in avant.values()}
    inversees = write_liste(atelier, "inversees.csv", [swap(ligne) for ligne in lignes])
    dixieme = write_liste(atelier, "dixieme.csv", lignes[::10])
    entete = write_liste(atelier, "entete.csv", [], lignes[0])
    nuls = write_liste(
        atelier, "trois-points-nuls.csv", [blank(x) if x["id_fs"] in perdus else x for x in lignes]
    )
    for chemin, jour in ((inversees, "01"), (dixieme, "02"), (entete, "03")):
        refuse(atelier, chemin, f"2024-09-{jour}")
    check(atelier, avant, "après trois refus")
    for chemin, jour, options in (
        (nuls, "04", ()),
        (inversees, "05", ("--accepter-retrait",)),
        (entete, "06", ("--accepter-retrait",)),
    ):
        accept(atelier, chemin, f"2024-09-{jour}", options)
        check(atelier, avant, f"après {chemin.name}, entré")
    for code, tableau in reel.read_tableaux(atelier, avant, "--vu-le", TARD).items():
        tard = get(tableau, PRESENCE)
        dit = f"{code} au {TARD} : {tard['statut']}, {tard['raison']}"
        expect(tard["statut"] == "perime" and "perdu" not in tard["drapeaux"], dit)
        atelier.note(dit)
    nombre = len(list_statuts(next(iter(avant.values()))))
    return (
        f"coordonnées inversées, un dixième des lignes, en-tête seul : refusés ; trois points à 0/0 : inconnus ; "
        f"{', '.join(avant)} : {nombre} statuts chacun, aucun ne tombe, la présence vieillit"
    )


def read_liste(chemin: Path) -> Table:
    """The rows of the official list."""
    with chemin.open(encoding="utf-8", newline="") as fichier:
        return list(csv.DictReader(fichier))


def write_liste(
    atelier: Atelier, nom: str, lignes: Sequence[Ligne], modele: Ligne | None = None
) -> Path:
    """The same columns with other rows."""
    chemin = atelier.dossier / nom
    with chemin.open("w", encoding="utf-8", newline="") as fichier:
        sortie = csv.DictWriter(fichier, list(modele or lignes[0]))
        sortie.writeheader()
        sortie.writerows(lignes)
    return chemin


def swap(ligne: Ligne) -> Ligne:
    """Latitude for longitude."""
    return {**ligne, "latitude": ligne["longitude"], "longitude": ligne["latitude"]}


def blank(ligne: Ligne) -> Ligne:
    """A point at 0/0."""
    return {**ligne, "latitude": "0", "longitude": "0"}


def choose_quartiers(atelier: Atelier) -> dict[str, dict[str, Any]]:
    """The tableaux of three QRR that one France services alone serves."""
    texte = atelier.quartiers("tableau", "FR", "--vu-le", VU_LE, "--format", "csv")
    atteints = [
        x
        for x in reel.read_csv(texte)
        if x["indicateur"] == PRESENCE
        and x["statut"].casefold() == "atteint"
        and x["territoire"].startswith("QRR-")
    ]
    expect(len(atteints) == ATTEINTS, f"{len(atteints)} QRR atteints au {VU_LE}")
    codes = sorted(x["territoire"] for x in atteints if x["valeur"] == "1")[:QUARTIERS]
    return reel.read_tableaux(atelier, codes, "--vu-le", VU_LE)


def list_lieux(tableau: dict[str, Any]) -> list[str]:
    """The places that make the presence, nearest first."""
    faits = get(tableau, PRESENCE)["faits"]
    lieux = [fait for fait in faits if fait["genre"] == "lieu"]
    lieux.sort(key=lambda fait: fait["distance_m"])
    return [fait["cle"].partition("/")[2] for fait in lieux]


def refuse(atelier: Atelier, chemin: Path, millesime: str) -> None:
    """The file does not enter, and says why."""
    reponse = atelier.run("importer", "france-services", str(chemin), "--millesime", millesime)
    expect(reponse.code == 1, f"{chemin.name} aurait dû être refusé, code {reponse.code}")
    lignes = reponse.erreurs.strip().splitlines()
    atelier.note(f"refusé : {lignes[0]} ({len(lignes)} lignes)")


def accept(atelier: Atelier, chemin: Path, millesime: str, options: Sequence[str]) -> None:
    """The file enters, what is unknown told."""
    reponse = atelier.run(
        "importer", "france-services", str(chemin), "--millesime", millesime, *options
    )
    dit = (reponse.sortie if reponse.code == 0 else reponse.erreurs).strip()
    expect(reponse.code == 0, f"{chemin.name} : {dit[:300]}")
    atelier.note(f"{' '.join(options) or 'sans option'} : {dit}")


def get(tableau: dict[str, Any], code: str) -> dict[str, Any]:
    """One indicateur, searched without knowing where it stands."""
    return reel.get_indicateur(tableau, code)


def list_statuts(tableau: dict[str, Any]) -> dict[str, str]:
    """The status of every indicateur of a tableau."""
    return {
        indicateur["code"]: indicateur["statut"]
        for engagement in tableau["engagements"]
        for partie in (*engagement["actions"], *engagement["objectifs"])
        for indicateur in partie["indicateurs"]
    }


def check(atelier: Atelier, avant: dict[str, dict[str, Any]], quand: str) -> None:
    """No status of the three is less favourable than before, and no value is less."""
    lus = reel.read_tableaux(atelier, avant, "--vu-le", VU_LE)
    for code, tableau in avant.items():
        apres = lus[code]
        statuts, nouveaux = list_statuts(tableau), list_statuts(apres)
        expect(statuts.keys() == nouveaux.keys(), f"{code} {quand} : d'autres indicateurs")
        tombes = [
            f"{nom} : {ancien} → {nouveaux[nom]}"
            for nom, ancien in statuts.items()
            if rank(nouveaux[nom]) < rank(ancien)
        ]
        expect(not tombes, f"{code} {quand} : {', '.join(tombes)}")
        valeur, nouvelle = get(tableau, PRESENCE), get(apres, PRESENCE)
        expect(nouvelle["valeur"] >= valeur["valeur"], f"{code} {quand} : {nouvelle['raison']}")
        expect("perdu" not in nouvelle["drapeaux"], f"{code} {quand} : perdu")
        atelier.note(
            f"{code} {quand} : {valeur['statut']} ({valeur['date']}) → {nouvelle['statut']} ({nouvelle['date']}) : {nouvelle['raison']}"
        )


def rank(statut: str) -> int:
    """How favourable a status is."""
    return FAVEUR.index(statut) if statut in FAVEUR else len(FAVEUR)


if __name__ == "__main__":
    play(main)
