"""4. QRR-93_3 and its France services: reached on 2024-09-01 with its source row, stale today with its date."""

from __future__ import annotations

import json

from tests.recette import reel
from tests.recette.outils import Atelier, expect, play

CODE, INDICATEUR, VU_LE = "QRR-93_3", "e03-a1-france-services", "2024-09-01"


def main(atelier: Atelier) -> str:
    """The tableau, the proof, the very line of the file, and the same without --vu-le."""
    for charger in (reel.load_cog, reel.load_qrr, reel.load_france_services):
        charger(atelier)
    vu = reel.get_indicateur(reel.read_tableau(atelier, CODE, "--vu-le", VU_LE), INDICATEUR)
    expect(vu["statut"] == "atteint", f"statut {vu['statut']}")
    expect(
        (vu["date"], vu["perime_le"]) == ("2024-08-01", "2024-11-30"),
        f"{vu['date']}, {vu['perime_le']}",
    )
    fait = vu["faits"][0]
    expect(fait["distance_m"] == 0 and fait["millesime"] == "2024-08-01", f"fait {fait}")
    check_ligne(atelier, fait["ligne"], fait["libelle"])
    preuve = json.loads(
        atelier.quartiers("constat", CODE, INDICATEUR, "--vu-le", VU_LE, "--format", "json")
    )
    expect(
        [r["statut"] for r in preuve["regle"] if r["ici"]] == ["atteint"],
        f"règle {preuve['regle']}",
    )
    expect(bool(preuve["ce_qui_changerait"]), "rien ne changerait ce statut ?")
    expect(
        preuve["historique"][0]["millesime"] == "2024-08-01",
        f"historique {preuve['historique'][:1]}",
    )
    atelier.note(atelier.quartiers("constat", CODE, INDICATEUR, "--vu-le", VU_LE).rstrip())
    aujourdhui = reel.get_indicateur(reel.read_tableau(atelier, CODE), INDICATEUR)
    expect(
        (aujourdhui["statut"], aujourdhui["date"]) == ("perime", "2024-08-01"),
        f"{aujourdhui['raison']}",
    )
    return (
        f"{VU_LE} : atteint, {fait['libelle']} à {fait['distance_m']} m, ligne {fait['ligne']} du {fait['millesime']} ; "
        f"aujourd'hui : périmé depuis le {aujourdhui['perime_le']}, valeur du {aujourdhui['date']}"
    )


def check_ligne(atelier: Atelier, ligne: int, nom: str) -> None:
    """The line told is the physical line where that row begins in the official file."""
    fichier = atelier.donnees / "france-services" / "liste-fs-20240801.csv"
    texte = fichier.read_text(encoding="utf-8").splitlines()[ligne - 1]
    expect(nom in texte, f"ligne {ligne} : « {texte[:80]} », et non {nom}")


if __name__ == "__main__":
    play(main)
