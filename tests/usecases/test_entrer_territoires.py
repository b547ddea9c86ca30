"""Territoires entering the base: generations side by side, nothing lost unasked, parents in order."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from quartiers.core.anomalie import DonneesRefusees
from quartiers.core.vue import Vue
from quartiers.storage.models import CodeAncien, Ecriture, Rattachement, Territoire
from quartiers.usecases.charger_dossier import load_dossier
from quartiers.usecases.rattacher import load_perimetres
from tests.usecases.conftest import CADRE, CONNU_LE, Take, Write

pytestmark = pytest.mark.django_db


def keep_features(chemin: Path, *codes: str, nom: str = "code_qp") -> str:
    """The same GeoJSON with only some of its features."""
    contenu = json.loads(chemin.read_text(encoding="utf-8"))
    contenu["features"] = [f for f in contenu["features"] if f["properties"][nom] in codes]
    return json.dumps(contenu)


def test_le_cadre_porte_ses_parents_dans_l_ordre(cadre: None) -> None:
    territoires = load_dossier().territoires
    assert territoires["COM-00003"].parents == ("EPCI-999000011", "DEP-00")
    assert territoires["QN00010M"].parents == ("COM-00004", "DEP-00")
    assert territoires.get_ancetres("QN00010M") >= {"DEP-00", "REG-00", "FR"}


def test_une_generation_a_ses_jours(cadre: None, take: Take, write: Write) -> None:
    qpv = keep_features(CADRE / "qpv.geojson", "QN00010M").replace("QN00010M", "QP000010")
    resultat = take("qpv", write("qp2015.geojson", qpv))
    assert (resultat.ajoutees, Territoire.objects.filter(retire=True).count()) == (1, 0)
    jours = {t.code: (t.du, t.au) for t in load_dossier().territoires.values() if "00010" in t.code}
    assert jours["QN00010M"] == (date(2024, 1, 1), None)
    assert jours["QP000010"] == (date(2015, 1, 1), date(2023, 12, 31))


def test_un_fichier_qui_perd_des_territoires_est_refuse(
    cadre: None, take: Take, write: Write
) -> None:
    un_seul = write("qpv.geojson", keep_features(CADRE / "qpv.geojson", "QN00010M"))
    with pytest.raises(DonneesRefusees, match=r"11 qpv 2024 .*QN00001N.*--accepter-retrait"):
        take("qpv", un_seul)
    assert not Territoire.objects.filter(retire=True).exists()
    resultat = take("qpv", un_seul, accepter_retrait=True)
    assert (resultat.ajoutees, resultat.inchangees) == (11, 1)
    assert Territoire.objects.get(code="QN00001N").au == date(2026, 11, 23)
    assert take("qpv", un_seul).ajoutees == 0, "ce qui est déjà retiré ne se retire pas deux fois"
    retour = take("qpv", CADRE / "qpv.geojson")
    assert (retour.ajoutees, Territoire.objects.filter(retire=True).count()) == (11, 0)
    assert Territoire.objects.get(code="QN00001N").au is None


def test_un_qrr_retire_n_est_plus_attendu_ensuite(cadre: None, take: Take, write: Write) -> None:
    take("quartiers", write("quartiers.csv", "code;nom;departement\nQC-FICTIF-TILLEULS;T;DEP-00\n"))
    seul = keep_features(CADRE / "qrr.geojson", "00_2", nom="code_qrr")
    take("qrr", write("qrr.geojson", seul), accepter_retrait=True, millesime=date(2026, 10, 1))
    dossier = load_dossier()
    assert "QRR-00_1" in Vue(dossier, date(2026, 9, 30), CONNU_LE).attendus
    assert "QRR-00_1" not in Vue(dossier, date(2026, 10, 1), CONNU_LE).attendus


def test_le_meme_cadre_ne_change_rien(cadre: None, take: Take) -> None:
    avant = Ecriture.objects.count()
    for genre, nom in (("cog", "cog"), ("qpv", "qpv.geojson"), ("qrr", "qrr.geojson")):
        assert take(genre, CADRE / nom).ajoutees == 0
    assert Ecriture.objects.count() == avant


def test_les_recouvrements_se_lisent_des_deux_cotes(cadre: None) -> None:
    lien = Rattachement.objects.get(genre="recouvre", enfant="QN00006M", parent="QRR-00_2")
    aires = {p.code: p.aire_m2 for p in load_perimetres(code__in=("QN00006M", "QRR-00_2"))}
    assert lien.part is not None
    assert lien.part_du_parent is not None
    assert 0 < lien.part <= 1
    assert 0 < lien.part_du_parent < 1
    communes = (lien.part * aires["QN00006M"], lien.part_du_parent * aires["QRR-00_2"])
    assert communes[0] == pytest.approx(communes[1], rel=1e-6)


def test_les_communes_d_un_qrr_inconnu_sont_deduites_de_ses_qpv(cadre: None) -> None:
    liens = Rattachement.objects.filter(enfant="QRR-00_2", genre="dans", parent__startswith="COM-")
    assert [(lien.parent, lien.deduit) for lien in liens] == [
        ("COM-00003", True),
        ("COM-00006", True),
    ]


def test_un_perimetre_sans_cog_est_refuse(take: Take) -> None:
    with pytest.raises(DonneesRefusees, match="importer le COG d’abord"):
        take("qpv", CADRE / "qpv.geojson")


def test_une_commune_fusionnee_mene_a_celle_d_aujourd_hui(
    take: Take, write: Write, tmp_path: Path
) -> None:
    dossier = tmp_path / "cog"
    dossier.mkdir()
    for fichier in (CADRE / "cog").iterdir():
        texte = fichier.read_text(encoding="utf-8")
        if fichier.name == "communes.csv":
            texte += "COMD,00009,,,,Vieille-Commune,00004\n"
        (dossier / fichier.name).write_text(texte, encoding="utf-8")
    take("cog", dossier)
    assert CodeAncien.objects.get(code="COM-00009").present == "COM-00004"
    ancien = keep_features(CADRE / "qpv.geojson", "QN00010M").replace('"00004"', '"00009"')
    resultat = take("qpv", write("qpv.geojson", ancien))
    assert "COM-00009 est devenu COM-00004" in str(
        [str(a) for rapport in resultat.rapports for a in rapport.reparees]
    )
    assert load_dossier().territoires["QN00010M"].parents == ("COM-00004", "DEP-00")
    releve = write(
        "releves.csv",
        "indicateur;territoire;date;valeur\ne01-a2-plan-mercredi;COM-00009;2026-01-01;1\n",
    )
    with pytest.raises(DonneesRefusees, match="COM-00009 » est devenu COM-00004"):
        take("releves", releve)
