"""The proof of a figure shows the pieces of each of its facts, and how many facts have one."""

from __future__ import annotations

import json
import re
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from quartiers.cli.main import main
from quartiers.core.temps import PARIS
from quartiers.pieces.piece import PieceAdmise, VuSurPlace
from quartiers.storage.models import Ecriture, Piece, Releve
from quartiers.usecases.ecrire import Bilan
from quartiers.usecases.garder_pieces import keep_pieces
from tests.pieces.gardees import (
    CONVENTION,
    PHOTO,
    declare_poste,
    declare_releve,
    open_ecriture,
)
from tests.web.conftest import TILLEULS, SignIn, read

ATELIERS, POSTES = "e03-a5-ateliers-creation", "e06-a2-adultes-relais"


def get_preuve(client: Client, indicateur: str = ATELIERS, dates: str = "") -> str:
    return read(client, f"/preuves/{TILLEULS}/{indicateur}/{dates}")


def list_vignettes(page: str) -> list[tuple[str, str]]:
    """(address, words) of each piece of the page, in order."""
    vignettes = re.findall(
        r'<(?:a|span) class="vignette"(?: href="([^"]*)")?>(.*?)</(?:a|span)>(?=<a|<span class="vignette|</span>)',
        page,
    )
    return [
        (adresse, re.sub("<[^>]+>", "", texte).replace("\u00a0", " "))
        for adresse, texte in vignettes
    ]


def test_la_preuve_d_un_releve_montre_ses_pieces(sign_in: SignIn) -> None:
    photo, papier, _ = declare_releve(
        PHOTO, CONVENTION, VuSurPlace(), indicateur=ATELIERS, territoire=TILLEULS
    )
    page = get_preuve(sign_in("demo-prefet"))
    assert list_vignettes(page) == [
        (f"/pieces/{photo.pk}/", "photo : affiche.jpg"),
        (f"/pieces/{papier.pk}/", "document : convention.pdf"),
        ("", "vu sur place"),
    ]
    assert count_avec_preuve(page) == (1, 1)


def test_la_preuve_d_un_enregistrement_montre_ses_pieces(sign_in: SignIn) -> None:
    (photo,) = declare_poste(PHOTO, territoires=(TILLEULS,), genre="poste")
    page = get_preuve(sign_in("demo-prefet"), POSTES)
    assert (f"/pieces/{photo.pk}/", "photo : affiche.jpg") in list_vignettes(page)


def count_avec_preuve(page: str) -> tuple[int, int]:
    """What the page says of them."""
    dit = re.search(r"(\d+) sur (\d+) avec preuve", page.replace("\u00a0", " "))
    return (0, 0) if dit is None else (int(dit[1]), int(dit[2]))


def test_la_part_avec_preuve_compte_les_faits_declares(sign_in: SignIn) -> None:
    client = sign_in("demo-prefet")
    prouves, declares = count_avec_preuve(get_preuve(client, POSTES))
    assert (prouves, declares > 0) == (0, True)
    declare_poste(PHOTO, territoires=(TILLEULS,), genre="poste", objet="a")
    declare_poste(VuSurPlace(), territoires=(TILLEULS,), genre="poste", objet="b")
    declare_poste(territoires=(TILLEULS,), genre="poste", objet="c")
    assert count_avec_preuve(get_preuve(client, POSTES)) == (2, declares + 3)


def test_un_total_dit_sa_part_chaque_fait_une_fois(sign_in: SignIn) -> None:
    """A record of two quartiers is behind both, and counts once."""
    client = sign_in("demo-prefet")
    adresse = f"/preuves/DEP-00/{POSTES}/"
    deux = ("QC-FICTIF-TILLEULS", "QC-FICTIF-FONTAINE")
    declare_poste(territoires=deux, genre="poste", objet="a")
    prouves, declares = count_avec_preuve(read(client, adresse))
    assert (prouves, declares > 3) == (0, True)
    declare_poste(PHOTO, CONVENTION, territoires=deux, genre="poste", objet="b")
    with CaptureQueriesContext(connection) as lues:
        assert count_avec_preuve(read(client, adresse)) == (1, declares + 1)
    assert sum("storage_piece" in q["sql"] for q in lues) == 1
    prouves_alors, _ = count_avec_preuve(read(client, f"{adresse}?connu_le=2026-11-15"))
    assert prouves_alors == 0


def test_le_total_de_releves_dit_sa_part(sign_in: SignIn) -> None:
    client = sign_in("demo-prefet")
    adresse = f"/preuves/DEP-00/{ATELIERS}/"
    _, declares = count_avec_preuve(read(client, adresse))
    declare_releve(PHOTO, indicateur=ATELIERS, territoire=TILLEULS)
    assert count_avec_preuve(read(client, adresse)) == (1, declares)


def test_une_liste_officielle_est_sa_propre_preuve(sign_in: SignIn) -> None:
    page = get_preuve(sign_in("demo-prefet"), "e03-a1-france-services")
    assert "<b>Retenu.</b>" in page
    assert "avec preuve" not in page


def test_qui_ne_peut_ouvrir_une_piece_en_lit_le_mot_seul(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name of a file tells as much as the file."""
    from tests.web.test_piece import open_compte

    declare_releve(PHOTO, indicateur=ATELIERS, territoire=TILLEULS)
    client = open_compte("epci")[1]
    page = get_preuve(client)
    assert list_vignettes(page) == [("", "photo")]
    assert "affiche" not in page
    assert count_avec_preuve(page) == (1, 1)


def test_une_piece_apprise_plus_tard_n_est_pas_sur_la_page_d_avant(sign_in: SignIn) -> None:
    """A proof added to a fact already told: known from its own day."""
    client = sign_in("demo-prefet")
    declare_releve(indicateur=ATELIERS, territoire=TILLEULS)
    ecriture = open_ecriture(le=datetime(2026, 11, 20, 9, tzinfo=PARIS))
    keep_pieces(ecriture, Releve.objects.latest("pk"), [PHOTO])
    ecriture.close(Bilan())
    assert [mot for _, mot in list_vignettes(get_preuve(client))] == ["photo : affiche.jpg"]
    assert list_vignettes(get_preuve(client, dates="?connu_le=2026-11-19")) == []


def test_une_question_de_plus_quel_que_soit_le_nombre_de_faits(sign_in: SignIn) -> None:
    client = sign_in("demo-prefet")
    nombres = []
    for rang in range(1, 9):
        declare_poste(PHOTO, territoires=(TILLEULS,), genre="poste", objet=str(rang))
        if rang in {1, 8}:
            get_preuve(client, POSTES)
            with CaptureQueriesContext(connection) as lues:
                assert len(list_vignettes(get_preuve(client, POSTES))) == rang
            nombres.append(len(lues))
            assert sum("storage_piece" in q["sql"] for q in lues) == 1
    assert nombres[0] == nombres[1]


def test_sans_fait_declare_aucune_question(sign_in: SignIn) -> None:
    client = sign_in("demo-prefet")
    with CaptureQueriesContext(connection) as lues:
        get_preuve(client, "e03-a1-france-services")
    assert not [q for q in lues if "storage_piece" in q["sql"]]


def test_un_nom_de_fichier_est_echappe(sign_in: SignIn) -> None:
    hostile = PieceAdmise("<script>.jpg", "image/jpeg", b"x")
    declare_releve(hostile, indicateur=ATELIERS, territoire=TILLEULS)
    assert "&lt;script&gt;.jpg" in get_preuve(sign_in("demo-prefet"))


def test_le_json_dit_les_pieces(demo: None, capsys: pytest.CaptureFixture[str]) -> None:
    (photo, _) = declare_releve(PHOTO, VuSurPlace(), indicateur=ATELIERS, territoire=TILLEULS)
    assert main(["constat", TILLEULS, ATELIERS, "--vu-le", "2026-11-23", "--format", "json"]) == 0
    rendu = json.loads(capsys.readouterr().out)
    assert rendu["avec_preuve"] == {"nombre": 1, "sur": 1}
    assert rendu["faits"][0]["pieces"] == [
        {"nature": "photo", "nom": "affiche.jpg", "empreinte": photo.fichier_id},
        {"nature": "constat", "nom": None, "empreinte": None},
    ]
    assert (Piece.objects.count(), Ecriture.objects.filter(canal="formulaire").count()) == (2, 1)


def test_le_json_d_un_total_dit_sa_part(demo: None, capsys: pytest.CaptureFixture[str]) -> None:
    declare_releve(PHOTO, indicateur=ATELIERS, territoire=TILLEULS)
    assert main(["constat", "DEP-00", ATELIERS, "--vu-le", "2026-11-23", "--format", "json"]) == 0
    avec = json.loads(capsys.readouterr().out)["avec_preuve"]
    assert (avec["nombre"], avec["sur"] > 1) == (1, True)
