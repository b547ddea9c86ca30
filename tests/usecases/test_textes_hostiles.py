"""Hostile texts through the imports: the same refusal on either engine, nothing half kept."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from quartiers.core.anomalie import DonneesRefusees
from quartiers.storage.models import Ecriture, Enregistrement, Releve, Territoire
from quartiers.usecases.chercher_lieux import filter_lieux, list_cles
from tests.usecases.conftest import CADRE, DEMO, Take, Write

pytestmark = pytest.mark.django_db
JOUR = date(2026, 1, 16)
RELEVES = "indicateur;territoire;date;valeur;commentaire\ne06-a1-educateurs-etp;QC-FICTIF-TILLEULS;2026-01-15"
LIMITE = "é😀" * 127 + "x"


def change_premier(chemin: Path, **proprietes: Any) -> str:
    """A GeoJSON whose first feature says something else."""
    valeur = json.loads(chemin.read_text(encoding="utf-8"))
    valeur["features"][0]["properties"] |= proprietes
    return json.dumps(valeur)


@pytest.mark.parametrize("nom", [None, ["x"], "   ", "A\x00B", "A\ud800B", "A\x1bB", "x" * 256])
@pytest.mark.parametrize(("genre", "champ"), [("qpv", "lib_qp"), ("qrr", "nom")])
def test_un_nom_hostile_ne_change_rien(
    cadre: None, take: Take, write: Write, genre: str, champ: str, nom: object
) -> None:
    avant = (Territoire.objects.count(), Ecriture.objects.count())
    fichier = write("f.geojson", change_premier(CADRE / f"{genre}.geojson", **{champ: nom}))
    with pytest.raises(DonneesRefusees, match=f"f.geojson, ligne 1, colonne « {champ} » : "):
        take(genre, fichier, JOUR)
    assert (Territoire.objects.count(), Ecriture.objects.count()) == avant


def test_un_nom_de_fichier_qui_n_est_pas_un_texte_est_refuse(take: Take, tmp_path: Path) -> None:
    illisible = tmp_path / os.fsdecode(b"a\xff.csv")
    illisible.write_bytes((CADRE / "quartiers.csv").read_bytes())
    for genre, chemin in (("quartiers", illisible), ("cog", tmp_path)):
        with pytest.raises(DonneesRefusees, match=r"^a\ufffd\.csv : nom de fichier"):
            take(genre, chemin, JOUR)


def test_le_plus_long_des_noms_est_garde_entier(cadre: None, take: Take, write: Write) -> None:
    take("qpv", write("f.geojson", change_premier(CADRE / "qpv.geojson", lib_qp=LIMITE)), JOUR)
    assert len(LIMITE) == 255
    assert Territoire.objects.get(code="QN00001N").nom == LIMITE


def test_une_propriete_au_nom_hostile_se_dit_sans_rien_casser(
    cadre: None, take: Take, write: Write
) -> None:
    hostiles = {"a\x00": 1, "b\ud800": 1, "lib_qp": "Autre nom"}
    take("qpv", write("f.geojson", change_premier(CADRE / "qpv.geojson", **hostiles)), JOUR)
    avis = Ecriture.objects.order_by("numero").last().rapport["avis"]  # type: ignore[union-attr]
    assert [a for a in avis if "inconnue" in a] == [
        "f.geojson, colonne « a\ufffd » : propriété inconnue, non lue",
        "f.geojson, colonne « b\ufffd » : propriété inconnue, non lue",
    ]


def test_une_structure_au_nom_trop_long_est_refusee(cadre: None, take: Take, write: Write) -> None:
    texte = (DEMO / "2026-07-08" / "france-services-2026-07-01.csv").read_text(encoding="utf-8")
    nom = texte.splitlines()[1].split(",")[2].strip('"')
    fichier = write("f.csv", texte.replace(nom, "L" * 256, 1))
    with pytest.raises(DonneesRefusees, match="ligne 2, colonne « lib_fs » : plus de 255"):
        take("france-services", fichier, millesime=date(2026, 7, 1))
    assert not filter_lieux().exists()


@pytest.mark.parametrize(
    ("suite", "colonne"), [("1;a\x07b", "commentaire"), (f"{'9' * 9_000};a", "valeur")]
)
def test_un_releve_hostile_est_refuse(
    cadre: None, take: Take, write: Write, suite: str, colonne: str
) -> None:
    with pytest.raises(DonneesRefusees, match=f"ligne 2, colonne « {colonne} » : ") as refus:
        take("releves", write("r.csv", f"{RELEVES};{suite}\n"), JOUR)
    assert len(str(refus.value)) < 1_200
    assert not Releve.objects.exists()


def test_des_zeros_devant_ne_comptent_pas(cadre: None, take: Take, write: Write) -> None:
    take("releves", write("r.csv", f"{RELEVES};{'0' * 9_000}1;\n"), JOUR)
    assert Releve.objects.get().valeur == 1


def test_un_nom_de_quartier_tient_sur_une_ligne(cadre: None, take: Take, write: Write) -> None:
    connus = Enregistrement.objects.count()
    fichier = write("q.csv", 'code;nom;departement\nQC-NEUF;"un\ndeux";00\n')
    with pytest.raises(DonneesRefusees, match="ligne 2, colonne « nom » : caractère de commande"):
        take("quartiers", fichier, JOUR)
    assert Enregistrement.objects.count() == connus


def test_un_jour_dit_dix_fois_est_garde_une_fois(listes: None, take: Take, write: Write) -> None:
    lieu = min(list_cles(champs__mobile=True))
    ligne = f"{lieu};QC-FICTIF-TILLEULS;{' '.join(['vendredi', 'lundis'] * 10)}"
    take("arrets", write("a.csv", f"lieu;territoire;jour\n{ligne}\n"))
    assert Enregistrement.objects.get(genre="arret").champs["jour"] == "vendredi lundi"
