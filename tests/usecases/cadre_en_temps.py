"""A small France whose communes merge from one COG to the next, in the shape of the Insee folders."""

from __future__ import annotations

import json
from pathlib import Path

NOMS = {
    "93008": "Bobigny",
    "93066": "Saint-Denis",
    "93059": "Pierrefitte-sur-Seine",
    "93079": "Villetaneuve",
    "34172": "Montpellier",
}
MOUVEMENTS = (
    "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TNCC_AV,NCC_AV,NCCENR_AV,LIBELLE_AV,"
    "TYPECOM_AP,COM_AP,TNCC_AP,NCC_AP,NCCENR_AP,LIBELLE_AP\n"
)
# What each year ends: Villetaneuve joins Pierrefitte, then Pierrefitte joins Saint-Denis.
FUSIONS = {2025: {"93079": "93059"}, 2026: {"93059": "93066"}}


def write_cog(dossier: Path, annee: int) -> Path:
    """The folder of a year, named as Insee names it; each fusion is said in its own year only."""
    dossier.mkdir(parents=True)
    finies = {code for an, fusions in FUSIONS.items() if an <= annee for code in fusions}
    communes = [code for code in NOMS if code not in finies]
    lignes = [f"COM,{c},{_region(c)},{c[:2]},{NOMS[c]}," for c in communes]
    lignes += [f"COMD,{c},,,{NOMS[c]},{suite}" for c, suite in FUSIONS.get(annee, {}).items()]
    mouvements = [
        f"32,{annee}-01-01,COM,{c},0,X,X,{NOMS[c]},COM,{suite},0,X,X,{NOMS[suite]}"
        for c, suite in FUSIONS.get(annee, {}).items()
    ]
    membres = "".join(f"200054781;Métropole du Grand Paris;{c}\n" for c in communes if c[0] == "9")
    fichiers = {
        f"v_region_{annee}.csv": "REG,LIBELLE\n11,Île-de-France\n76,Occitanie\n",
        f"v_departement_{annee}.csv": "DEP,REG,LIBELLE\n93,11,Seine-Saint-Denis\n34,76,Hérault\n",
        f"v_commune_{annee}.csv": "\n".join(["TYPECOM,COM,REG,DEP,LIBELLE,COMPARENT", *lignes, ""]),
        f"v_comer_{annee}.csv": "COMER,TNCC,NCC,NCCENR,LIBELLE\n987,0,X,X,Polynésie française\n",
        f"v_commune_comer_{annee}.csv": (
            "COM_COMER,TNCC,NCC,NCCENR,LIBELLE,NATURE_ZONAGE,COMER,LIBELLE_COMER\n"
            "98735,0,PAPEETE,Papeete,Papeete,COM,987,Polynésie française\n"
        ),
        "v_commune_depuis_1943.csv": "COM,LIBELLE,DATE_DEBUT,DATE_FIN\n93008,Bobigny,1943-01-01,\n",
        f"v_ctcd_{annee}.csv": "CTCD,REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE\n93D,11,93008,3,X,X,X\n",
        f"v_mvt_commune_{annee}.csv": MOUVEMENTS + "".join(f"{m}\n" for m in mouvements),
        f"epcicom{annee}.csv": "siren;raison_sociale;insee\n" + membres,
    }
    for nom, texte in fichiers.items():
        (dossier / nom).write_text(texte, encoding="utf-8")
    return dossier


def _region(commune: str) -> str:
    return "11" if commune[0] == "9" else "76"


def write_qpv(
    chemin: Path, *qpv: tuple[str, str, str, float], cle: str = "lib_qp", y: float = 48.94
) -> Path:
    """A GeoJSON of squares: code, name, communes, longitude of the west side; all at one latitude."""
    communes = "insee_com" if cle == "lib_qp" else "code_commune"
    return _write(
        chemin,
        [
            ({"code_qp": code, cle: nom, communes: insee}, build_carre(x, y))
            for code, nom, insee, x in qpv
        ],
    )


def write_qrr(chemin: Path, code: str, nom: str, x: float) -> Path:
    """A GeoJSON of one QRR."""
    return _write(
        chemin,
        [
            (
                {"nom": nom, "dep": code[:2], "service": "CSP", "vague": "1", "code_qrr": code},
                build_carre(x),
            )
        ],
    )


def build_carre(x: float, y: float = 48.94, cote: float = 0.008) -> list[list[list[float]]]:
    """The ring of a square."""
    return [[[x, y], [x + cote, y], [x + cote, y + cote], [x, y + cote], [x, y]]]


def _write(chemin: Path, objets: list[tuple[dict[str, str], object]]) -> Path:
    chemin.parent.mkdir(parents=True, exist_ok=True)
    features = [
        {
            "type": "Feature",
            "properties": proprietes,
            "geometry": {"type": "Polygon", "coordinates": anneaux},
        }
        for proprietes, anneaux in objets
    ]
    contenu = {"type": "FeatureCollection", "features": features}
    chemin.write_text(json.dumps(contenu), encoding="utf-8")
    return chemin
