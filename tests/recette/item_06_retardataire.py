"""6. The late child: one of two quartiers is late, nothing falls to zero."""

from __future__ import annotations

from typing import Any

from tests.recette import reel
from tests.recette.outils import Atelier, expect, play

INDICATEUR = "e06-a1-educateurs-etp"
CIBLES = f"""
indicateur;territoire;operateur;valeur;echeance;base;base_date;base_source;origine;effet
{INDICATEUR};QRR-33_1;>=;20;2026-12-31;10;2026-01-01;convention;plan;2026-01-01
{INDICATEUR};QRR-33_2;>=;20;2026-12-31;10;2026-01-01;convention;plan;2026-01-01
"""
JUIN = f"""
indicateur;territoire;date;valeur;source
{INDICATEUR};QRR-33_1;2026-06-01;15;conseil départemental
{INDICATEUR};QRR-33_2;2026-06-01;15;conseil départemental
"""
NOVEMBRE = f"""
indicateur;territoire;date;valeur;source
{INDICATEUR};QRR-33_1;2026-11-01;18;conseil départemental
"""


def main(atelier: Atelier) -> str:
    """Both at 15 in June; in November only the first has reported again, 18."""
    reel.load_cog(atelier)
    reel.load_qrr(atelier)
    for genre, nom, texte, jour in (
        ("cibles", "cibles.csv", CIBLES, "2026-01-02"),
        ("releves", "juin.csv", JUIN, "2026-06-02"),
        ("releves", "novembre.csv", NOVEMBRE, "2026-11-02"),
    ):
        atelier.quartiers(
            "importer", genre, reel.write_csv(atelier, nom, texte), "--connu-le", jour
        )
    juin = see(atelier, "DEP-33", "2026-06-15")
    expect(
        (juin["valeur"], juin["valeur_fraiche"], juin["valeur_complete"]) == (30, 30, True),
        f"juin {juin}",
    )
    for code, a_jour in (("DEP-33", "1 sur 2 à jour"), ("REG-75", "1 sur 4 à jour")):
        vu = see(atelier, code, "2026-11-03")
        valeurs = (vu["valeur"], vu["valeur_fraiche"], vu["valeur_complete"])
        expect(valeurs == (33, 18, False), f"{code} : {valeurs}")
        expect(a_jour in vu["raison"], f"{code} : {vu['raison']}")
        atelier.note(f"{code} : {vu['raison']}")
    statuts = {t["code"]: t["statut"] for t in see(atelier, "REG-75", "2026-11-03")["territoires"]}
    expect(statuts["QRR-33_2"] == "perime", f"{statuts}")
    expect(statuts["QRR-16_1"] == statuts["QRR-64_1"] == "non_renseigne", f"{statuts}")
    return "DEP-33 : valeur 33, fraîche 18, incomplète, « 1 sur 2 à jour » ; REG-75 : les mêmes, « 1 sur 4 à jour »"


def see(atelier: Atelier, code: str, vu_le: str) -> dict[str, Any]:
    """The indicateur in a territoire on a day."""
    return reel.get_indicateur(reel.read_tableau(atelier, code, "--vu-le", vu_le), INDICATEUR)


if __name__ == "__main__":
    play(main)
