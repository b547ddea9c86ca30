"""3. Fixed France services of 2024-08-01 at 0, 300 m and 1 km: QRR and QPV (Polynesia left out)."""

from __future__ import annotations

from tests.recette import reel
from tests.recette.outils import Atelier, expect, play

INDICATEUR = "e03-a1-distance-france-services"
SEUILS = (0.0, 300.0, 1000.0)
ATTENDU_QRR = ([41, 45, 54], ["QRR-988_1"], 62)
ATTENDU_QPV = ([318, 467, 735], 1496)


def main(atelier: Atelier) -> str:
    """Read the distances in the export of the nation, as anyone could in a spreadsheet."""
    for charger in (reel.load_cog, reel.load_qpv_2024, reel.load_qrr, reel.load_france_services):
        charger(atelier)
    texte = atelier.quartiers("tableau", "FR", "--vu-le", "2024-09-01", "--format", "csv")
    lignes = {x["territoire"]: x for x in reel.read_csv(texte) if x["indicateur"] == INDICATEUR}
    qrr = {code: x["valeur"] for code, x in lignes.items() if code.startswith("QRR-")}
    qpv = {
        code: x["valeur"]
        for code, x in lignes.items()
        if code.startswith("QN") and not code.startswith("QN987")
    }
    inconnus = sorted(code for code, valeur in qrr.items() if not valeur)
    vus_qrr = (count(qrr), inconnus, len(qrr))
    expect(vus_qrr == ATTENDU_QRR, f"QRR {vus_qrr}, attendu {ATTENDU_QRR}")
    vus_qpv = (count(qpv), len(qpv))
    expect(vus_qpv == ATTENDU_QPV, f"QPV {vus_qpv}, attendu {ATTENDU_QPV}")
    return (
        f"à 0 / 300 m / 1 km : QRR {' / '.join(map(str, vus_qrr[0]))} de {len(qrr)} ({inconnus[0]} inconnu), "
        f"QPV {' / '.join(map(str, vus_qpv[0]))} de {len(qpv)}"
    )


def count(distances: dict[str, str]) -> list[int]:
    """How many within each threshold; an unknown distance is in none."""
    connues = [float(valeur.replace(",", ".")) for valeur in distances.values() if valeur]
    return [sum(d <= seuil for d in connues) for seuil in SEUILS]


if __name__ == "__main__":
    play(main)
