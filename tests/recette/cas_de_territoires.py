"""Cases of territoires: a commune merged into another, the folder of the Insee zip, shapefiles, QPV of 2015."""

from __future__ import annotations

from collections.abc import Callable

from tests.recette import reel
from tests.recette.banc_des_cas import Banc, check_dit
from tests.recette.outils import expect

ISCG = "e08-a3-iscg"
VU = ("--vu-le", "2025-03-01")
MONTANT = "e05-a2-montant"


def play_06(banc: Banc) -> str:
    """The QPV of a merged commune follow it, whatever came first."""
    banc.reset(vide=True)
    banc.take("cog", "cog-2024", "--millesime", "2024-01-01", "--connu-le", "2024-02-01")
    banc.take("qpv", "qpv.geojson", "--millesime", "2024-01-01", "--connu-le", "2024-02-01")
    gestes = ("--millesime", "2025-01-01", "--connu-le", "2025-02-01")
    banc.refuse("cog", "cog-2025", *gestes, dit=("COM-93059", "--accepter-retrait"))
    banc.take("cog", "cog-2025", *gestes, "--accepter-retrait")
    deux_temps = _read_apres_fusion(banc)
    banc.reset(vide=True)
    banc.take("cog", "cog-2025", *gestes)
    banc.take("qpv", "qpv.geojson", "--millesime", "2024-01-01", "--connu-le", "2025-02-02")
    expect(_read_apres_fusion(banc) == deux_temps, "l’ordre des imports change les tableaux")
    banc.refuse("releves", "releves-ancienne-commune.csv", dit=("COM-93059", "COM-93066"))
    return "QN09301M suit Pierrefitte dans Saint-Denis et hérite de son intervenant social"


def _read_apres_fusion(banc: Banc) -> list[object]:
    banc.take("releves", "releves-commune-nouvelle.csv", "--connu-le", "2025-02-20")
    vus: list[object] = []
    tableaux = reel.read_tableaux(banc.atelier, ("QN09301M", "QN09302M"), *VU)
    for quartier, tableau in tableaux.items():
        lu = reel.get_indicateur(tableau, ISCG)
        expect(lu["valeur"] == 1, f"{quartier} : {lu['raison']}")
        expect("herite" in lu["drapeaux"], f"{quartier} : {lu['drapeaux']}")
        vus.append(lu["statut"])
    lignes = reel.read_csv(banc.atelier.quartiers("tableau", "COM-93066", *VU, "--format", "csv"))
    dedans = {ligne["territoire"] for ligne in lignes}
    expect({"QN09301M", "QN09302M", "COM-93066"} <= dedans, f"dans COM-93066 : {sorted(dedans)}")
    vus.append([(x["territoire"], x["indicateur"], x["statut"], x["valeur"]) for x in lignes])
    mort = banc.atelier.run("tableau", "COM-93059", *VU)
    expect("COM-93066" in mort.sortie + mort.erreurs, "COM-93059 ne dit pas ce qu’elle est devenue")
    return vus


def play_08(banc: Banc) -> str:
    """The folder of the official zip, as unzipped; the QPV of a collectivité then enters."""
    banc.reset(vide=True)
    dit = banc.take("cog", "cog_ensemble_2025_csv", "--millesime", "2025-01-01")
    check_dit(
        "cog_ensemble_2025_csv", dit, ("v_commune_depuis_1943", "v_commune_outremer_depuis_1943")
    )
    banc.take("qpv", "qpv-987.geojson", "--millesime", "2025-01-01")
    tableau = reel.read_tableau(banc.atelier, "QN98701M")
    expect(tableau["territoire"]["genre"] == "qpv", f"lu {tableau['territoire']}")
    return "le dossier du zip entre tel quel, l’histoire laissée et dite ; le QPV du 987 aussi"


def play_20(banc: Banc) -> str:
    """GeoJSON born of shapefiles: names folded, one sentence per cause, a float is a code."""
    banc.reset(vide=True)
    banc.take("cog", "dossier-cog", "--millesime", "2025-01-01")
    refus = banc.refuse(
        "qpv", "capitales.geojson", "--millesime", "2015-01-01", dit=("code_commune", "4 objets")
    )
    expect(len(refus.strip().splitlines()) == 1, f"une phrase par cause, dit : {refus}")
    banc.take("qpv", "tronques.geojson", "--millesime", "2015-01-01")
    lu = reel.read_tableau(banc.atelier, "QP093001", "--vu-le", "2020-01-01")
    expect(lu["territoire"]["nom"] == "Quartier 1", f"lu {lu['territoire']}")
    dit = banc.take("qpv", "code-flottant.geojson", "--millesime", "2024-01-01")
    check_dit("code-flottant.geojson", dit, ("réparée", "93008"))
    return "dix lettres et « 93008.0 » lus et dits ; sans code de commune, une phrase"


def play_21(banc: Banc) -> str:
    """A code of 2015 in a fact of 2026: never another département, never stored outside what lives."""
    refus = banc.refuse("releves", "releves-2026-qp.csv", dit=("QP034001", "2015"))
    expect("QN04001M" not in refus, "un quartier d’un autre département est proposé")
    banc.refuse(
        "releves",
        "autres-codes.csv",
        dit=("COM-93008", "QRR-93_3", "COM-13055", "COM-75056", "DEP-2A", "DEP-2B"),
    )
    reel.load_qpv_2015(banc.atelier)
    dit = banc.refuse("releves", "releves-2026-qp.csv", dit=("QP034001", "31/12/2023", "QN034"))
    propres = [mot for mot in dit.replace(",", " ").split() if mot.startswith("QN")]
    expect(all(mot.startswith("QN034") for mot in propres), f"proposés : {propres}")
    nom = f"indicateur;territoire;date;valeur\n{MONTANT};Aubervilliers;15/10/2026;1"
    banc.refuse("releves", banc.write("nom.csv", nom), dit=("COM-93001",))
    return (
        "codes de 2015, noms et codes nus : refusés avec la bonne forme, dans le même département"
    )


CAS: dict[str, Callable[[Banc], str]] = {
    "06": play_06,
    "08": play_08,
    "20": play_20,
    "21": play_21,
}
