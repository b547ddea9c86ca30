"""2. The official files, as they are: how many of each, with what was repaired or set aside."""

from __future__ import annotations

import re
import sqlite3

from tests.recette import reel
from tests.recette.outils import Atelier, expect, play

ATTENDUS = {
    "QPV 2024": 1584,
    "QRR": 62,
    "QPV 2015": 105,
    "communes": 34_935,
    "communes des collectivités": 94,
    "France services 2024-08-01": 2845,
    "France services 2020-10-01": 908,
}


def main(atelier: Atelier) -> str:
    """Import everything, count in the base, show the reports; each file again changes nothing."""
    gestes = (
        reel.load_cog,
        reel.load_qpv_2024,
        reel.load_qrr,
        reel.load_qpv_2015,
        reel.load_france_services,
        reel.load_france_services_2020,
    )
    for charger in gestes:
        atelier.note(charger(atelier).rstrip())
        encore = charger(atelier)
        expect("rien ne change" in encore, f"un second import a changé : {encore.splitlines()[0]}")
    vus = count(atelier)
    expect(vus == ATTENDUS, f"comptés {vus}, attendus {ATTENDUS}")
    centroides = atelier.donnees / "qpv-2024" / "centroide-4326_qpv.geojson"
    refus = atelier.run("importer", "qpv", str(centroides))
    expect(refus.code == 1, f"le fichier des centroïdes aurait dû être refusé, code {refus.code}")
    atelier.note(f"centroïdes refusés : {refus.erreurs.strip()}")
    reparees = sum(
        int(n) for n in re.findall(r"(\d+) périmètres réparés", "\n".join(atelier.notes))
    )
    return (
        ", ".join(f"{n:,} {quoi}".replace(",", " ") for quoi, n in vus.items())
        + f" ; {reparees} périmètres réparés"
    )


def count(atelier: Atelier) -> dict[str, int]:
    """Counts asked of the base itself, in plain SQL."""
    territoires = "SELECT count(*) FROM storage_territoire WHERE "
    outremer = "genre = 'commune' AND EXISTS (SELECT 1 FROM storage_rattachement r JOIN storage_territoire p ON p.code = r.parent WHERE r.enfant = storage_territoire.code AND p.genre = 'collectivite')"
    lieux = "SELECT count(*) FROM storage_enregistrement WHERE genre = 'lieu' AND objet LIKE 'france-services/%' AND le = "
    requetes = {
        "QPV 2024": territoires + "genre = 'qpv' AND generation = 2024",
        "QRR": territoires + "genre = 'qrr'",
        "QPV 2015": territoires + "genre = 'qpv' AND generation = 2015",
        "communes": territoires + f"genre = 'commune' AND NOT ({outremer})",
        "communes des collectivités": territoires + outremer,
        "France services 2024-08-01": lieux + "'2024-08-01'",
        "France services 2020-10-01": lieux + "'2020-10-01'",
    }
    base = sqlite3.connect(atelier.dossier / "var" / "quartiers.sqlite3")
    try:
        return {quoi: base.execute(requete).fetchone()[0] for quoi, requete in requetes.items()}
    finally:
        base.close()


if __name__ == "__main__":
    play(main)
