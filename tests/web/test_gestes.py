"""What the accounts of the demonstration did: a queue, drafts, proofs, a value corrected after it was validated."""

from __future__ import annotations

import hashlib
import io
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from PIL import Image

from quartiers.core.constat import Constat
from quartiers.core.fait import Rang, Releve
from quartiers.core.vue import Vue
from quartiers.pieces.piece import PieceAdmise
from quartiers.storage.models import (
    Brouillon,
    Ecriture,
    FichierDePiece,
    Mandat,
    Piece,
    Titulaire,
)
from quartiers.usecases.charger_demo import VU_LE_DEMO
from quartiers.usecases.charger_dossier import load_dossier, load_savoir
from quartiers.usecases.charger_gestes import (
    FICHIER,
    GesteImpossible,
    list_gestes,
    list_pieces,
    load_gestes,
)
from quartiers.usecases.compter_personnes import list_personnes
from quartiers.usecases.creer_comptes_demo import COMPTES
from quartiers.usecases.exporter import export_releves
from quartiers.usecases.lister_attentes import LigneEnAttente, list_attentes
from quartiers.usecases.lister_organismes import is_organisme
from quartiers.usecases.verifier import verify_base
from tests.web.conftest import DEMO, SignIn, read

FONTAINE, JEUNES = "QC-FICTIF-FONTAINE", "e07-a3-garantie-jeunes"
FILE_MIN, DECLARANTS_MIN, QUARTIERS_MIN, GENRES_MIN = 30, 5, 8, 5


@pytest.fixture
def gestes(etat_gestes: None, demo: None) -> None:
    """The demonstration, with what its accounts did."""


def list_file() -> list[LigneEnAttente]:
    """What waits in the département."""
    return list_attentes(sorted(load_savoir().actuels), list_personnes)


def test_there_is_one_account_of_each_role_in_the_name_of_an_organisme(demo: None) -> None:
    roles = Mandat.objects.order_by("role").values_list("role", flat=True).distinct()
    assert set(roles) == set(Mandat.Role.values)
    for mandat in Mandat.objects.select_related("compte"):
        assert is_organisme(mandat.organisme), mandat
        assert Titulaire.objects.get(pk=mandat.compte_id).organisme == mandat.organisme


def test_the_document_names_every_account() -> None:
    document = (DEMO.parents[1] / "docs" / "demonstration.md").read_text(encoding="utf-8")
    nommes = re.findall(r"^\| ([^|]+?) \|", document, flags=re.MULTILINE)
    assert nommes[1:] == [compte.nom for compte in COMPTES]


def test_thirty_lines_wait_for_the_sous_prefete(gestes: None, sign_in: SignIn) -> None:
    page = read(sign_in("demo-sous-prefete"), "/valider/")
    offertes = re.findall(r'name="ligne" value="([^"]+)"', page)
    file = list_file()
    assert len(offertes) >= FILE_MIN
    assert {str(ligne.cle) for ligne in file} > set(offertes)  # and one of her own, for another
    assert "Ce que je ne peux pas valider" in page
    assert len({ligne.declarant for ligne in file}) >= DECLARANTS_MIN
    assert len({code for ligne in file for code in ligne.territoires}) >= QUARTIERS_MIN
    genres = Counter(ligne.genre for ligne in file)
    assert {"releve", "poste", "lieu", "convention"} <= set(genres)
    assert len(genres) >= GENRES_MIN
    ages = {(VU_LE_DEMO - ligne.saisi_le.date()).days for ligne in file}
    assert min(ages) <= 3
    assert max(ages) >= 60
    natures = {piece.nature for ligne in file for piece in ligne.pieces}
    assert natures == {Piece.Nature(nature).label for nature in Piece.Nature.values}


def test_each_proof_is_a_file_that_holds_what_its_print_says(gestes: None) -> None:
    prouvees = Piece.objects.exclude(fichier=None)
    assert prouvees.count() >= 12
    types = set()
    for fichier in FichierDePiece.objects.filter(pk__in=prouvees.values("fichier")):
        octets = bytes(fichier.octets)
        assert hashlib.sha256(octets).hexdigest() == fichier.pk
        types.add(fichier.type)
        if fichier.type.startswith("image/"):
            Image.open(io.BytesIO(octets)).verify()
    assert types == {"image/jpeg", "image/png", "application/pdf"}
    assert Piece.objects.filter(nature=Piece.Nature.CONSTAT).exists()


def test_the_deleguee_finds_her_drafts_and_the_line_sent_back(
    gestes: None, sign_in: SignIn
) -> None:
    client = sign_in("demo-deleguee")
    page = read(client, "/a-declarer/")
    brouillons = Brouillon.objects.filter(compte__username="demo-deleguee")
    assert brouillons.count() in {2, 3}
    for brouillon in brouillons:
        assert f'href="{brouillon.adresse}"' in page
        formulaire = read(client, brouillon.adresse)
        assert "Votre brouillon" in formulaire
        libelle = re.search(r'name="libelle" value="([^"]+)"', formulaire)
        assert libelle is not None
        assert libelle[1].replace("&#x27;", "'") == brouillon.libelle
        assert all(mot in formulaire for mot in brouillon.mots.values() if mot and mot != "autre")
    assert "Renvoyées" in page
    assert "L’affiche est celle de l’an dernier" in page


@pytest.mark.parametrize(
    ("connu_le", "valeur"), [(date(2026, 6, 30), 9), (date(2026, 8, 31), 14), (VU_LE_DEMO, 14)]
)
def test_a_value_validated_in_may_is_corrected_and_validated_in_july(
    gestes: None, connu_le: date, valeur: int
) -> None:
    vue = Vue(load_dossier(), date(2026, 6, 30), connu_le)
    indicateur = vue.dossier.referentiel.get_indicateur(JEUNES)
    assert indicateur is not None
    constat = vue.get_constat(indicateur, FONTAINE)
    assert isinstance(constat, Constat)
    assert constat.valeur == valeur
    assert [f.rang for f in constat.faits if isinstance(f, Releve)] == [Rang.VALIDE]


def test_its_two_pages_tell_both_values(gestes: None, sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    adresse = f"/preuves/{FONTAINE}/{JEUNES}/?vu_le=2026-06-30&connu_le="
    juin, aout = (read(client, f"{adresse}{jour}") for jour in ("2026-06-30", "2026-08-31"))
    assert "9\u00a0jeunes" in juin
    assert "14\u00a0jeunes" not in juin
    assert "14\u00a0jeunes" in aout


@pytest.mark.parametrize(("connu_le", "is_dite"), [(date(2026, 11, 12), True), (VU_LE_DEMO, False)])
def test_a_line_sent_back_is_in_no_file_any_more(
    gestes: None, connu_le: date, is_dite: bool
) -> None:
    ecrit = export_releves(load_savoir().actuels, "QC-FICTIF-TILLEULS", connu_le)
    lignes = [li for li in ecrit.splitlines() if "e08-a8-gestes-qui-sauvent" in li]
    assert any(";38;" in ligne for ligne in lignes) is is_dite
    assert any(";24;" in ligne for ligne in lignes)  # what the association says of the same day


def test_what_they_did_leaves_every_check_of_the_base_well(gestes: None) -> None:
    mauvais = [controle for controle in verify_base() if controle.trouvailles]
    assert mauvais == []
    jouees = Ecriture.objects.filter(canal=Ecriture.Canal.FORMULAIRE)
    assert jouees.count() == sum(geste.sorte != "brouillon" for geste in list_gestes(DEMO))
    assert not jouees.filter(archive=True).exists()  # each known the day it was done


def test_it_can_be_played_again_the_same(gestes: None) -> None:
    """Moments of the file, never of the clock; the same words draw the same bytes."""
    moments = {geste.le for geste in list_gestes(DEMO) if geste.sorte != "brouillon"}
    joues = Ecriture.objects.filter(canal=Ecriture.Canal.FORMULAIRE)
    assert set(joues.values_list("saisi_le", flat=True)) == moments
    assert max(moments).date() <= VU_LE_DEMO
    gardes = set(Piece.objects.exclude(fichier=None).values_list("fichier", flat=True))
    redessines = {
        piece.empreinte
        for geste in list_gestes(DEMO)
        if geste.sorte != "brouillon"
        for piece in list_pieces(geste)
        if isinstance(piece, PieceAdmise)
    }
    assert redessines == gardes


@pytest.mark.parametrize(
    ("compte", "ou"),
    [("demo-association", FONTAINE), ("demo-conseil-citoyen", "QC-FICTIF-TILLEULS")],
)
def test_an_account_does_only_what_its_pages_let_it_do(
    demo: None, tmp_path: Path, compte: str, ou: str
) -> None:
    geste = f"""
[[valeur]]
compte = "{compte}"
le = 2026-11-02T09:00:00
indicateur = "{JEUNES}"
ou = "{ou}"
date = 2026-11-02
valeur = "1"
"""
    (tmp_path / FICHIER).write_text(f"chose = []\nexamen = []\nbrouillon = []\n{geste}")
    with pytest.raises(GesteImpossible, match=compte):
        list(load_gestes(dossier=tmp_path))
    assert not Ecriture.objects.filter(compte=User.objects.get(username=compte)).exists()
