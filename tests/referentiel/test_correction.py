"""The catalogue we started from, field by field: a difference that is not written down is a mistake."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from quartiers.core.referentiel import Referentiel
from quartiers.referentiel.charger import load_programme, read_programme
from tests.conftest import DONNEES_ABSENTES
from tests.referentiel.atelier import LIVRE, RACINE, list_porteurs

pytestmark = pytest.mark.donnees
CORRECTIONS = RACINE / "docs" / "corrections-catalogue.md"
DOIVENT_CHANGER = {
    ("e10-a4-ecart-qrr-qpv", "admet_negatif"),
    ("E02-A4", "mode"),
    ("e07-a8-siae", "derivations"),
}
FILTRES_AJOUTES = ("annee_scolaire", "n_min")
MOTS_AJOUTES = {("Lieu", "label"): {"bibliotheque"}}
"""What a derivation had to say and the catalogue had no word for, each written in the corrections."""
SIMPLES = {
    "libelle": "libelle",
    "lecture": "lecture",
    "genre": "genre",
    "niveau": "niveau",
    "heritage": "heritage",
    "sens": "sens",
    "unite": "unite",
    "nature": "nature",
    "periode": "periode",
    "frequence": "frequence",
    "agregation": "agregation",
    "echelle": "echelle",
    "pas_0": "pas_0",
    "principal": "principal",
    "declarants": "declarant",
    "sources": "sources",
    "ventilations": "ventilations",
    "recouvre": "recouvre",
    "seuil_secret": "seuil_secret",
    "sensible": "sensible",
    "admet_negatif": "admet_negatif",
    "a_verifier": "a_verifier",
    "base": "base",
}


@pytest.fixture(scope="module")
def catalogue(donnees: Path) -> dict[str, Any]:
    chemin = donnees.parent / "domaine" / "catalogue.yaml"
    if not chemin.is_file():
        pytest.skip(DONNEES_ABSENTES)
    lu: dict[str, Any] = yaml.safe_load(chemin.read_text(encoding="utf-8"))
    return lu


@pytest.fixture(scope="module")
def ecrits() -> dict[str, dict[str, Any]]:
    """Every entry as written in the TOML files, by code."""
    _, fichiers = read_programme(LIVRE)
    entrees: dict[str, dict[str, Any]] = {}
    for fichier in fichiers:
        brut = fichier.engagement.model_dump(mode="json")
        entrees[brut["code"]] = brut
        for porteur in (*brut["objectifs"], *brut["actions"]):
            entrees[porteur["code"]] = porteur
            entrees |= {i["code"]: i for i in porteur["indicateurs"]}
    return entrees


def list_corrections() -> set[tuple[str, str]]:
    """(entry, field) of each row of the tables of docs/corrections-catalogue.md."""
    texte = CORRECTIONS.read_text(encoding="utf-8")
    return set(re.findall(r"^\| ([\w-]+) \| `([\w.]+)` \|", texte, re.MULTILINE))


def flatten_derivations(brute: Any, role: str = "valeur") -> list[dict[str, Any]]:
    """The catalogue's derivation as the list of the TOML files."""
    if brute == "releve":
        return []
    if isinstance(brute, list):
        return [d for un in brute for d in flatten_derivations(un, role)]
    if "numerateur" in brute:
        return [
            d
            for nom in ("numerateur", "denominateur")
            for d in flatten_derivations(brute[nom], nom)
        ]
    return [{"role": role} | drop_vides(brute)]


def drop_vides(brute: dict[str, Any]) -> dict[str, Any]:
    """Words in lists, numbers as text, what is absent left out: two writings of one thing become one."""
    propre: dict[str, Any] = {}
    for cle, valeur in brute.items():
        if cle == "filtre":
            mots = {c: [v] if isinstance(v, str) else v for c, v in valeur.items()}
            if mots:
                propre[cle] = mots
        elif cle == "produit" and valeur is not None:
            propre[cle] = [{"role": "valeur"} | drop_vides(facteur) for facteur in valeur]
        elif cle == "constante" and valeur is not None:
            propre[cle] = str(valeur)
        elif valeur not in (None, []):
            propre[cle] = valeur
    return propre


def compare_indicateur(voulu: dict[str, Any], ecrit: dict[str, Any]) -> set[str]:
    """Names of the fields that differ."""
    ecarts = {
        nom for nom, cle in SIMPLES.items() if (ecrit[nom] or None) != (voulu.get(cle) or None)
    }
    if flatten_derivations(voulu["derivation"]) != [drop_vides(d) for d in ecrit["derivations"]]:
        ecarts.add("derivations")
    voulue, ecrite = voulu["cible"] or {}, ecrit["cible"] or {}
    for cle in voulue.keys() | ecrite.keys():
        if str(voulue.get(cle)) != str(ecrite.get(cle)):
            ecarts.add(f"cible.{cle}")
    return ecarts


def list_ecarts(
    catalogue: dict[str, Any], ecrits: dict[str, dict[str, Any]]
) -> set[tuple[str, str]]:
    """(entry, field) of every difference between the catalogue and the TOML files."""
    ecarts: set[tuple[str, str]] = set()
    porteurs = {a: v for e in catalogue["engagements"] for a, v in catalogue[e].items()}
    for code, porteur in (porteurs | catalogue["objectifs"]).items():
        ecrit = ecrits[code]
        cles = (
            ("libelle", "mode", "dispositifs") if code in porteurs else ("couvert_par", "lecture")
        )
        ecarts |= {(code, c) for c in cles if (ecrit[c] or None) != (porteur.get(c) or None)}
        if ecrit["texte"] != porteur["text"]:
            ecarts.add((code, "texte"))
        if [i["id"] for i in porteur["indicateurs"]] != [i["code"] for i in ecrit["indicateurs"]]:
            ecarts.add((code, "indicateurs"))
        for voulu in porteur["indicateurs"]:
            champs = compare_indicateur(voulu, ecrits[voulu["id"]])
            ecarts |= {(voulu["id"], champ) for champ in champs}
    for code, engagement in catalogue["engagements"].items():
        ecarts |= {(code, cle) for cle, mot in engagement.items() if ecrits[code][cle] != mot}
    return ecarts


def test_every_difference_is_written_down(
    catalogue: dict[str, Any], ecrits: dict[str, dict[str, Any]]
) -> None:
    ecarts = list_ecarts(catalogue, ecrits)
    assert ecarts >= DOIVENT_CHANGER
    assert ecarts == list_corrections()


def test_the_comparison_sees(catalogue: dict[str, Any], ecrits: dict[str, dict[str, Any]]) -> None:
    """One field changed on our side, and nothing else moves."""
    avant = list_ecarts(catalogue, ecrits)
    temoin = "e03-a1-france-services"
    change = ecrits | {temoin: ecrits[temoin] | {"frequence": "A"}}
    assert list_ecarts(catalogue, change) - avant == {(temoin, "frequence")}
    cible = ecrits[temoin]["cible"] | {"valeur": "2"}
    change = ecrits | {temoin: ecrits[temoin] | {"cible": cible}}
    assert list_ecarts(catalogue, change) - avant == {(temoin, "cible.valeur")}


def test_the_spelling_shown_is_written_down() -> None:
    livre: Referentiel = load_programme(LIVRE)
    texte = CORRECTIONS.read_text(encoding="utf-8")
    rangees = re.findall(r"^\| (E\d\d-[AO]\d) \| ([^`|]+) \| ([^|]+) \|$", texte, re.MULTILINE)
    for porteur in list_porteurs(livre):
        montre = porteur.texte
        for code, faute, correction in rangees:
            if code == porteur.code:
                assert faute in montre
                montre = montre.replace(faute, correction)
        assert porteur.texte_corrige == (montre if montre != porteur.texte else None)


def test_vocabularies_sources_and_dispositifs_are_kept(catalogue: dict[str, Any]) -> None:
    programme, _ = read_programme(LIVRE)
    ajoutes = {"echelon", "echelon_pluriel"}
    vocabulaires = {n: dict(mots) for n, mots in programme.vocabulaires.items() if n not in ajoutes}
    texte = CORRECTIONS.read_text(encoding="utf-8")
    for filtre in FILTRES_AJOUTES:
        del vocabulaires["filtre"][filtre]
        assert f"`{filtre}" in texte
    assert catalogue["vocabulaires"] == vocabulaires
    valeurs = {
        f"{genre}.{cle}": [m for m in mots if m not in MOTS_AJOUTES.get((genre, cle), ())]
        for genre, cles in programme.enregistrements.items()
        for cle, mots in cles.items()
    }
    assert catalogue["valeurs"] == valeurs
    for (genre, cle), mots in MOTS_AJOUTES.items():
        assert mots <= set(programme.enregistrements[genre][cle])
        assert all(f"`{mot}`" in texte for mot in mots)
    assert catalogue["sources"] == {
        s.code: {"libelle": s.libelle, "producteur": s.producteur, "exhaustif": s.exhaustif}
        for s in programme.sources
    }
    assert [{c: v for c, v in d.items() if v is not None} for d in catalogue["dispositifs"]] == [
        {"id" if c == "code" else c: v for c, v in d.model_dump(exclude_none=True).items()}
        for d in programme.dispositifs
    ]
