"""One file written as people write: the same values arrive, what was put right is told, doubt is refused."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from quartiers.core.anomalie import DonneesRefusees
from quartiers.storage.models import Ecriture, Releve
from tests.entrees.test_refus import PROGRAMME, take

INDICATEUR = "m-1-2-foyers-raccordes"
COLONNES = "indicateur;territoire;date;valeur;numerateur;denominateur;jalon;source;declarant;commentaire;cle"
LIGNES = [
    f"{INDICATEUR};QC-VALLON;2026-11-01;82,5;;;;Préfecture;;;T-01",
    f"{INDICATEUR};QC-VALLON;2026-11-02;83;;;;Préfecture;;;T-02",
]
ATTENDUES = [
    (date(2026, 11, 1), "82.500000", "Préfecture"),
    (date(2026, 11, 2), "83.000000", "Préfecture"),
]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _charte(monkeypatch: pytest.MonkeyPatch) -> None:
    """The small programme and its territoires."""
    monkeypatch.setitem(os.environ, "QUARTIERS_REFERENTIEL", str(PROGRAMME))
    take("cog", PROGRAMME / "donnees" / "cog")
    take("quartiers", PROGRAMME / "donnees" / "quartiers.csv")


def write(dossier: Path, texte: str, encodage: str = "utf-8") -> Path:
    """A file of one test."""
    chemin = dossier / "essai.csv"
    chemin.write_bytes(texte.encode(encodage))
    return chemin


def list_releves() -> list[tuple[date, str, str]]:
    """What is kept, in order."""
    return [(r.date, str(r.valeur), r.source) for r in Releve.objects.order_by("date", "pk")]


def join(*lignes: str, entete: str = COLONNES) -> str:
    """A file of these lines."""
    return "\n".join((entete, *lignes)) + "\n"


VARIANTES = {
    "unite": (join(*LIGNES, entete=COLONNES.replace("valeur", "Valeur (%)")), "lue « valeur »"),
    "accents": (
        join(*LIGNES, entete=COLONNES.replace("numerateur", "Numérateur")),
        "lue « numerateur »",
    ),
    "casse des codes": (
        join(*LIGNES).replace(INDICATEUR, INDICATEUR.upper()),
        f"lu « {INDICATEUR} »",
    ),
    "tirets": (
        join(*LIGNES).replace(INDICATEUR, INDICATEUR.replace("-", "\u2011")),
        f"lu « {INDICATEUR} »",
    ),
    "invisible": (join(*LIGNES).replace("T-01", "T-01\u200b"), "lu « T-01 »"),
    "heure": (join(*LIGNES).replace("2026-11-01", "01/11/2026 00:00"), ""),
    "zulu": (join(*LIGNES).replace("2026-11-01", "2026-11-01T00:00:00Z"), ""),
    "decompose": (join(*LIGNES).replace("é", "e\u0301"), ""),
    "point-virgule final": (join(*(f"{ligne};" for ligne in LIGNES)), ""),
    "point-virgule parfois": (join(LIGNES[0], f"{LIGNES[1]};"), "au-delà de l’en-tête"),
}


@pytest.mark.parametrize("nom", VARIANTES)
def test_la_meme_table_autrement_ecrite(tmp_path: Path, nom: str) -> None:
    texte, dit = VARIANTES[nom]
    resultat = take("releves", write(tmp_path, texte))
    assert list_releves() == ATTENDUES
    reparees = [str(r) for rapport in resultat.rapports for r in rapport.reparees]
    assert any(dit in reparee for reparee in reparees) if dit else not reparees


@pytest.mark.parametrize("encodage", ["utf-8-sig", "utf-16", "cp1252", "cp850", "mac_roman"])
def test_la_meme_table_dans_un_autre_encodage(tmp_path: Path, encodage: str) -> None:
    resultat = take("releves", write(tmp_path, join(*LIGNES), encodage))
    assert list_releves() == ATTENDUES
    avis = [a.raison for rapport in resultat.rapports for a in rapport.avis]
    assert any("« Préfecture »" in raison for raison in avis) is (not encodage.startswith("utf"))


def test_les_separateurs_finaux_qu_excel_oublie(tmp_path: Path) -> None:
    entete = "indicateur;territoire;date;valeur;source;declarant;cle"
    pleines = [f"{INDICATEUR};QC-VALLON;2026-10-{jour:02d};{jour};;;" for jour in range(1, 16)]
    courtes = [f"{INDICATEUR};QC-VALLON;2026-10-{jour};{jour}" for jour in range(16, 25)]
    take("releves", write(tmp_path, join(*pleines, *courtes, entete=entete)))
    assert [r.valeur for r in Releve.objects.order_by("date")] == list(range(1, 25))


REFUSEES = [
    (join(*LIGNES, entete=COLONNES.replace("valeur", "montant")), 1, "montant", "« valeur »"),
    (join(*LIGNES, entete=COLONNES.replace("valeur", "valuer")), 1, "valuer", "« valeur »"),
    (join(*LIGNES, entete=COLONNES.replace("cle", "identifiant")), 1, "identifiant", "« cle »"),
    (join(*LIGNES, entete=COLONNES.replace("jalon", "Valeur (€)")), 1, "valeur", "« Valeur (€) »"),
    (join(*LIGNES).replace("QC-VALLON", "Q\u0421-VALLON"), 2, "territoire", ""),
    (join(*LIGNES).replace("T-01", "\u0422-01"), 2, "cle", "cyrillique"),
    (join(*LIGNES).replace("2026-11-01", "2026-11-01 08:30"), 2, "date", "date seule"),
    (join(*LIGNES)[:-20], 3, None, "tronqué"),
]


@pytest.mark.parametrize(("texte", "ligne", "colonne", "raison"), REFUSEES)
def test_le_doute_est_refuse_et_rien_n_est_garde(
    tmp_path: Path, texte: str, ligne: int, colonne: str | None, raison: str
) -> None:
    avant = Ecriture.objects.count()
    with pytest.raises(DonneesRefusees) as refus:
        take("releves", write(tmp_path, texte))
    dites = [(a.ligne, a.colonne) for a in refus.value.anomalies if raison in a.raison]
    assert (ligne, colonne) in dites
    assert (Releve.objects.count(), Ecriture.objects.count()) == (0, avant)


def test_une_source_qui_ne_se_voit_pas_n_en_est_pas_une(tmp_path: Path) -> None:
    deux = f"{LIGNES[0]}\n{LIGNES[1]}".replace("Préfecture", "\u200b").replace("T-0", "")
    take("releves", write(tmp_path, f"{COLONNES}\n{deux}\n"))
    assert set(Releve.objects.values_list("source", flat=True)) == {""}


@pytest.mark.parametrize("signe", ["\u202e", "\u202d", "\u2066", "\u2069"])
def test_un_signe_qui_tourne_le_texte_ne_fait_ni_autre_cle_ni_autre_source(
    tmp_path: Path, signe: str
) -> None:
    take("releves", write(tmp_path, f"{COLONNES}\n{LIGNES[0]}\n"))
    piege = LIGNES[0].replace("T-01", f"T-{signe}01").replace("fecture", f"fec{signe}ture")
    encore = take("releves", write(tmp_path, f"{COLONNES}\n{piege}\n"))
    assert (encore.bilan.nouvelles, encore.inchangees) == (0, 1)


def test_une_source_aux_lettres_d_un_autre_alphabet_est_refusee(tmp_path: Path) -> None:
    sosie = LIGNES[0].replace("Préfecture", "Pr\u00e9f\u0435cture")
    with pytest.raises(DonneesRefusees, match="en place 5, est un signe de l’alphabet cyrillique"):
        take("releves", write(tmp_path, f"{COLONNES}\n{sosie}\n"))
    assert not Releve.objects.exists()
