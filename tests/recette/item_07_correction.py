"""7. A doubling with a correction known later: two tableaux, and the first again, byte for byte."""

from __future__ import annotations

import json

from tests.recette import reel
from tests.recette.outils import Atelier, expect, play

INDICATEUR = "e04-a1-cordees-eleves"
CIBLES = f"""
indicateur;territoire;operateur;valeur;echeance;base;base_date;base_source;origine;effet
{INDICATEUR};QRR-93_3;>=;;2026-08-31;48;2025-09-01;rectorat;plan;2025-09-01
"""
PREMIER = f"""
indicateur;territoire;date;valeur;source;cle
{INDICATEUR};QRR-93_3;2025-11-30;71;rectorat;cordees-2025
"""
CORRIGE = f"""
indicateur;territoire;date;valeur;source;cle
{INDICATEUR};QRR-93_3;2025-11-30;50;rectorat;cordees-2025
"""
DATES = ("--vu-le", "2025-12-15", "--connu-le")


def main(atelier: Atelier) -> str:
    """71 pupils known in December; in March the rectorat says 50: what was known stays what it was."""
    reel.load_cog(atelier)
    reel.load_qrr(atelier)
    for genre, nom, texte, jour in (
        ("cibles", "cibles.csv", CIBLES, "2025-09-02"),
        ("releves", "premier.csv", PREMIER, "2025-12-01"),
    ):
        atelier.quartiers(
            "importer", genre, reel.write_csv(atelier, nom, texte), "--connu-le", jour
        )
    avant = see(atelier, "2025-12-15")
    atelier.quartiers(
        "importer",
        "releves",
        reel.write_csv(atelier, "corrige.csv", CORRIGE),
        "--connu-le",
        "2026-03-01",
    )
    encore, apres = see(atelier, "2025-12-15"), see(atelier, "2026-03-02")
    premier, second = read(avant), read(apres)
    expect(
        (premier["statut"], premier["valeur"]) == ("en_bonne_voie", 71),
        f"avant {premier['raison']}",
    )
    expect((second["statut"], second["valeur"]) == ("en_retard", 50), f"après {second['raison']}")
    expect(encore == avant, "le premier tableau, redemandé, a changé")
    preuve = json.loads(
        atelier.quartiers(
            "constat", "QRR-93_3", INDICATEUR, *DATES, "2026-03-02", "--format", "json"
        )
    )
    savoir = [(f["connu_le"], f["valeur"], f["remplace_le"]) for f in preuve["historique"]]
    expect(
        savoir == [("2026-03-01", 50, None), ("2025-12-01", 71, "2026-03-01")],
        f"historique {savoir}",
    )
    return (
        f"connu le 15 décembre : 71 élèves, {premier['statut']} (r {premier['ratio']}) ; connu le 2 mars : 50, "
        f"{second['statut']} (r {second['ratio']}) ; le premier redemandé : les mêmes {len(avant.encode())} octets"
    )


def see(atelier: Atelier, connu_le: str) -> str:
    """The bytes of a tableau at a day of knowledge."""
    return atelier.quartiers("tableau", "QRR-93_3", *DATES, connu_le, "--format", "json")


def read(texte: str) -> dict[str, object]:
    """The doubling in a tableau."""
    return reel.get_indicateur(json.loads(texte), INDICATEUR)


if __name__ == "__main__":
    play(main)
