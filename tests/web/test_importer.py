"""« Importer »: a file is tried, read, then applied as it was read; what is refused stays out."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from quartiers.sources.lecture_tableur import read_onglets
from quartiers.storage.models import Acte, Ecriture, EssaiDImport, Releve, SuiteDEssai
from quartiers.usecases import appliquer
from quartiers.usecases.creer_comptes_demo import PREFECTURE
from quartiers.usecases.enchainer import find_ruptures
from quartiers.usecases.essayer import Tentative, try_fichier
from tests.web.conftest import TILLEULS, SignIn, read

INDICATEUR = "e06-a1-educateurs-etp"
ENTETE = "indicateur;territoire;date;valeur"
BEAUREGARD = "QC-FICTIF-BEAUREGARD"


def make_csv(*lignes: str, entete: str = ENTETE) -> bytes:
    """A file of relevés."""
    return "\n".join((entete, *lignes, "")).encode()


def send(
    client: Client, octets: bytes, genre: str = "releves", nom: str = "envoi.csv"
) -> EssaiDImport:
    """Send a file; gives its trial."""
    fichier = SimpleUploadedFile(nom, octets)
    reponse = client.post("/importer/", {"genre": genre, "fichier": fichier})
    assert reponse.status_code == 302, re.findall(
        r'class="faute"[^>]*>([^<]*)', reponse.content.decode()
    )
    garde: EssaiDImport = EssaiDImport.objects.latest("pk")
    assert reponse.headers["Location"] == f"/importer/{garde.pk}/"
    return garde


def apply(client: Client, garde: EssaiDImport, **cases: str) -> EssaiDImport:
    """« Appliquer cet essai »; gives the trial to which it leads."""
    adresse = f"/importer/{garde.pk}/"
    reponse = client.post(adresse, {"condensat": garde.condensat, **cases})
    assert reponse.status_code == 302
    numero = int(reponse.headers["Location"].split("/")[2])
    suite: EssaiDImport = EssaiDImport.objects.get(pk=numero)
    return suite


def count_ecrits() -> tuple[int, int]:
    """Relevés and writes of files by accounts."""
    siennes = Ecriture.objects.filter(canal="import", compte__isnull=False)
    return Releve.objects.count(), siennes.count()


def test_un_fichier_s_essaie_puis_s_applique(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    avant = count_ecrits()
    octets = make_csv(
        f"{INDICATEUR};{TILLEULS};2026-11-20;7",
        f"{INDICATEUR};{BEAUREGARD};2026-11-20;7",
        f"{INDICATEUR};QC-RIEN;2026-11-20;7",
        f"{INDICATEUR};{TILLEULS};2026-11-21;1O",
    )
    garde = send(client, octets)
    assert count_ecrits() == avant
    assert garde.comptes == {"nouvelle": 1, "refusee": 3}
    page = read(client, f"/importer/{garde.pk}/")
    assert "Rien n’est encore écrit" in page
    assert "1O" in page
    ailleurs, absent = (
        re.sub(code, "CODE", motif)
        for code in (BEAUREGARD, "QC-RIEN")
        for motif in re.findall(rf"territoire inconnu[^<]*{code}[^<]*", page)
    )
    assert ailleurs == absent, "a territoire that is denied is one that nobody knows"
    suite = apply(client, garde)
    assert suite == garde
    assert count_ecrits() == (avant[0] + 1, avant[1] + 1)
    releve = Releve.objects.latest("pk")
    assert (int(releve.valeur), releve.source, releve.ligne) == (7, PREFECTURE, 2)
    ecriture = releve.ecriture
    assert (ecriture.canal, ecriture.fichier, ecriture.organisme) == (
        "import",
        "envoi.csv",
        PREFECTURE,
    )
    assert (ecriture.lues, ecriture.ecartees, ecriture.nouvelles) == (4, 3, 1)
    assert SuiteDEssai.objects.get().condensat == garde.condensat
    assert list(find_ruptures()) == []
    assert "Import appliqué" in read(client, f"/importer/{garde.pk}/")
    preuve = read(client, f"/preuves/{TILLEULS}/{INDICATEUR}/")
    assert "déclaration à valider" in preuve
    assert "Vous l’avez importée" not in preuve


def test_deux_fois_n_ecrit_qu_une_fois(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    garde = send(client, make_csv(f"{INDICATEUR};{TILLEULS};2026-11-20;7"))
    apply(client, garde)
    ecrits = count_ecrits()
    assert apply(client, garde) == garde
    encore = send(client, make_csv(f"{INDICATEUR};{TILLEULS};2026-11-20;7"))
    assert encore.comptes == {"inchangee": 1}
    assert "Rien à appliquer" in read(client, f"/importer/{encore.pk}/")
    apply(client, encore)
    assert count_ecrits() == ecrits


def test_la_base_bouge_entre_l_essai_et_l_envoi(sign_in: SignIn) -> None:
    """The same line is said by somebody of the same organisme meanwhile: nothing is written, the difference is shown."""
    client = sign_in("demo-deleguee")
    octets = make_csv(
        f"{INDICATEUR};{TILLEULS};2026-11-20;7", f"{INDICATEUR};{TILLEULS};2026-11-21;8"
    )
    garde = send(client, octets)
    autre = sign_in("demo-sous-prefete")
    adresse = f"/territoires/{TILLEULS}/declarer/{INDICATEUR}/"
    assert autre.post(adresse, {"date": "2026-11-20", "autre": "6"}).status_code == 302
    avant = count_ecrits()
    refait = apply(client, garde)
    assert refait != garde
    assert count_ecrits() == avant
    page = read(client, f"/importer/{refait.pk}/")
    assert "la base a bougé" in page
    (bougee,) = re.findall('<td role="cell" data-l="Maintenant\u00a0:"><b>([^<]*)', page)
    assert bougee.startswith("corrigée")
    assert apply(client, refait) == refait
    assert count_ecrits() == (avant[0] + 2, avant[1] + 1)
    assert list(find_ruptures()) == []


def test_la_base_bouge_pendant_la_lecture(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the reading and the write: read again, outside the lock, and told."""
    client, autre = sign_in("demo-deleguee"), sign_in("demo-sous-prefete")
    garde = send(client, make_csv(f"{INDICATEUR};{TILLEULS};2026-11-20;7"))
    lectures: list[Tentative] = []

    def read_lentement(*args: Any, **autres: Any) -> Tentative:
        tentative = try_fichier(*args, **autres)
        if not lectures:
            adresse = f"/territoires/{TILLEULS}/declarer/{INDICATEUR}/"
            autre.post(adresse, {"date": "2026-11-20", "autre": "6"})
        lectures.append(tentative)
        return tentative

    monkeypatch.setattr(appliquer, "try_fichier", read_lentement)
    avant = count_ecrits()
    refait = apply(client, garde)
    assert refait != garde
    assert len(lectures) == 2
    assert count_ecrits() == (avant[0] + 1, avant[1])
    assert list(find_ruptures()) == []


def test_chaque_risque_demande_sa_case(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    apply(client, send(client, make_csv(f"{INDICATEUR};{TILLEULS};2026-11-18;7")))
    octets = make_csv(
        f"{INDICATEUR};{TILLEULS};2026-11-18;;oui",
        f"{INDICATEUR};{TILLEULS};2026-11-19;70;",
        f"{INDICATEUR};{TILLEULS};2026-11-20;71;",
        entete=f"{ENTETE};retrait",
    )
    garde = send(client, octets)
    page = read(client, f"/importer/{garde.pk}/")
    assert 'name="dix_fois"' in page
    assert 'name="retrait"' in page
    avant = count_ecrits()
    apply(client, garde)
    assert count_ecrits() == (avant[0] + 1, avant[1] + 1)
    assert int(Releve.objects.latest("pk").valeur) == 71
    suite = send(client, octets, nom="suite.csv")
    apply(client, suite, dix_fois="oui", retrait="oui")
    assert count_ecrits() == (avant[0] + 3, avant[1] + 2)


def test_une_autre_source_et_un_chiffre_calcule_restent_dehors(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    octets = make_csv(
        f"{INDICATEUR};{TILLEULS};2026-11-20;7;DDETS",
        f"{INDICATEUR};{TILLEULS};2026-11-21;7;{PREFECTURE.upper()}",
        f"{INDICATEUR};{TILLEULS};2026-11-22;7;",
        entete=f"{ENTETE};source",
    )
    garde = send(client, octets)
    assert garde.comptes == {"refusee": 1, "nouvelle": 2}
    assert "ne parle qu’en son nom" in read(client, f"/importer/{garde.pk}/")


def test_les_colonnes_se_proposent_se_changent_et_se_retiennent(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    entete = "CODE_IND;QUARTIER;AU;NB;OBS"
    ligne = f"{INDICATEUR};{TILLEULS};2026-11-20;7;rien"
    garde = send(client, make_csv(ligne, entete=entete))
    page = read(client, f"/importer/{garde.pk}/")
    assert "Fichier impossible à lire" in page
    colonnes = f"/importer/{garde.pk}/colonnes/"
    formulaire = read(client, colonnes)
    assert formulaire.count('<option value="valeur" selected>') == 1, "« NB » is a word for it"
    choix = {"c0": "indicateur", "c1": "territoire", "c2": "date", "c3": "valeur", "c4": ""}
    assert client.post(colonnes, {**choix, "c4": "date"}).status_code == 422
    adresse = client.post(colonnes, choix).headers["Location"]
    garde = EssaiDImport.objects.latest("pk")
    assert adresse == f"/importer/{garde.pk}/"
    assert garde.comptes == {"nouvelle": 1}
    assert "la base a bougé" not in read(client, adresse)
    apply(client, garde)
    suite = send(client, make_csv(ligne.replace(";7;", ";8;"), entete=entete))
    assert suite.comptes == {"corrigee": 1}
    assert "Comme la dernière fois" in read(client, f"/importer/{suite.pk}/")


def test_un_import_se_retire_avec_son_motif(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    preuve = f"/preuves/{TILLEULS}/{INDICATEUR}/"
    chiffre = re.compile(r'<p class="chiffre">(.*?)</p>')
    apply(client, send(client, make_csv(f"{INDICATEUR};{TILLEULS};2026-11-18;5")))
    avant = chiffre.findall(read(client, preuve))
    octets = make_csv(
        f"{INDICATEUR};{TILLEULS};2026-11-18;6", f"{INDICATEUR};{TILLEULS};2026-11-20;7"
    )
    garde = send(client, octets)
    apply(client, garde)
    assert chiffre.findall(read(client, preuve)) != avant
    retirer = f"/importer/{garde.pk}/retirer/"
    assert client.post(retirer, {"motif": " "}).status_code == 422
    assert client.post(retirer, {"motif": "mauvais trimestre"}).status_code == 302
    page = read(client, f"/importer/{garde.pk}/")
    assert "Import retiré" in page
    assert "mauvais trimestre" in page
    assert chiffre.findall(read(client, preuve)) == avant
    assert Releve.objects.latest("pk").ecriture.canal == "import"
    assert list(find_ruptures()) == []
    combien = Releve.objects.count()
    client.post(retirer, {"motif": "encore"})
    assert Releve.objects.count() == combien


def test_celui_d_un_autre_est_absent(sign_in: SignIn) -> None:
    garde = send(sign_in("demo-deleguee"), make_csv(f"{INDICATEUR};{TILLEULS};2026-11-20;7"))
    autre = sign_in("demo-sous-prefete")
    for fin in ("", "colonnes/", "annote.xlsx"):
        refus = autre.get(f"/importer/{garde.pk}/{fin}")
        absent = autre.get(f"/importer/999999/{fin}")
        assert (refus.status_code, refus.content) == (404, absent.content), fin
    for fin, mots in (("", {"condensat": garde.condensat}), ("retirer/", {"motif": "m"})):
        assert autre.post(f"/importer/{garde.pk}/{fin}", mots).status_code == 404
    assert SuiteDEssai.objects.count() == 0


@pytest.mark.parametrize("qui", ["demo-prefet", "demo-region", "demo-task-force"])
def test_qui_n_ecrit_rien_n_a_pas_la_page(sign_in: SignIn, qui: str) -> None:
    client = sign_in(qui)
    read(client, "/importer/", 404)
    assert "/importer/" not in read(client, "/compte/")
    assert client.get("/importer/modeles/releves.csv").status_code == 404


@pytest.mark.parametrize("forme", ["csv", "xlsx", "ods"])
@pytest.mark.parametrize("genre", ["releves", "poste", "cibles", "quartiers"])
def test_le_modele_ne_nomme_que_ses_territoires(sign_in: SignIn, genre: str, forme: str) -> None:
    reponse = sign_in("demo-commune").get(f"/importer/modeles/{genre}.{forme}")
    assert reponse.status_code == 200
    octets = reponse.content
    if forme == "csv":
        texte = octets.decode()
    else:
        onglets = read_onglets(octets, "modele")
        texte = "\n".join(cellule for o in onglets for r in o.rangees for cellule in r)
    assert "COM-00004" not in texte
    assert TILLEULS not in texte
    assert "Tilleuls" not in texte
    assert Acte.objects.filter(verbe="export", objet__startswith="modele_d_import").exists()


def test_le_fichier_annote_est_le_sien_deux_colonnes_de_plus(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    octets = make_csv(
        f"{INDICATEUR};{TILLEULS};2026-11-20;7;=1+1",
        f"{INDICATEUR};{TILLEULS};2026-11-21;1O;vu",
        entete=f"{ENTETE};commentaire",
    )
    garde = send(client, octets)
    recu = client.get(f"/importer/{garde.pk}/annote.xlsx")
    rangees = (
        CalamineWorkbook.from_filelike(BytesIO(recu.content)).get_sheet_by_index(0).to_python()
    )
    assert rangees[0] == [*ENTETE.split(";"), "commentaire", "sort", "raison"]
    assert rangees[1][:5] == [INDICATEUR, TILLEULS, "2026-11-20", 7.0, "=1+1"]
    assert [r[5] for r in rangees[1:]] == ["nouvelle", "refusée"]
    assert "valeur" in str(rangees[2][6])


@pytest.mark.parametrize(
    ("nom", "octets", "dit"),
    [
        ("vide.csv", b"", "vide"),
        ("image.xlsx", b"\x89PNG\r\n\x1a\n", ""),
        (
            "long.csv",
            make_csv(*[f"{INDICATEUR};{TILLEULS};2026-11-20;{n}" for n in range(20_001)]),
            "20",
        ),
    ],
)
def test_ce_qui_ne_se_lit_pas_est_dit(sign_in: SignIn, nom: str, octets: bytes, dit: str) -> None:
    client = sign_in("demo-deleguee")
    fichier = SimpleUploadedFile(nom, octets)
    reponse = client.post("/importer/", {"genre": "releves", "fichier": fichier}, follow=True)
    page = reponse.content.decode()
    assert 'role="alert"' in page
    assert dit in page
    assert Ecriture.objects.filter(canal="import", compte__isnull=False).count() == 0
