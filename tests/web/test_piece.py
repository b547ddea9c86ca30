"""A file sent as proof is read through one address, by who reads the fact; any other answer is the same 404."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from quartiers.core.droits import FAMILLES
from quartiers.core.genres import GENRES_DE_FICHIER, PETITS_GENRES
from quartiers.pieces.piece import PieceAdmise, VuSurPlace
from quartiers.storage.models import Mandat, Piece
from tests.pieces.gardees import CONVENTION, PHOTO, declare_poste, declare_releve
from tests.web.conftest import TILLEULS, SignIn

AILLEURS = "QC-FICTIF-CINQ-CHEMINS"
ADRESSE = "/pieces/{}/".format


def open_compte(
    role: str, territoire: str = TILLEULS, organisme: str = "Régie"
) -> tuple[User, Client]:
    """An account with one mandat, signed in."""
    compte = User(username=f"{role}-{User.objects.count()}")
    compte.set_unusable_password()  # an account of the demonstration: no second factor is asked of it
    compte.save()
    Mandat.objects.create(
        compte=compte, role=role, territoire=territoire, organisme=organisme, du=date(2020, 1, 1)
    )
    client = Client()
    client.force_login(compte, backend="django.contrib.auth.backends.ModelBackend")
    return compte, client


def test_une_photo_se_montre_et_un_document_s_enregistre(sign_in: SignIn) -> None:
    client = sign_in("demo-prefet")
    photo, papier = declare_releve(PHOTO, CONVENTION, territoire=TILLEULS)
    reponse = client.get(ADRESSE(photo.pk))
    assert (reponse.status_code, reponse.content) == (200, PHOTO.octets)
    assert reponse["Content-Type"] == "image/jpeg"
    assert reponse["Content-Disposition"] == 'inline; filename="affiche.jpg"'
    reponse = client.get(ADRESSE(papier.pk))
    assert (reponse.content, reponse["Content-Type"]) == (CONVENTION.octets, "application/pdf")
    assert reponse["Content-Disposition"] == 'attachment; filename="convention.pdf"'


def test_ses_en_tetes_ne_laissent_rien_faire(sign_in: SignIn) -> None:
    lourde = PieceAdmise("a.jpg", "image/jpeg", b"\xff\xd8" * 200)
    (photo,) = declare_releve(lourde, territoire=TILLEULS)
    client = sign_in("demo-prefet")
    entetes = [dict(client.generic(verbe, ADRESSE(photo.pk)).headers) for verbe in ("HEAD", "GET")]
    assert entetes[1].pop("Content-Length") == "400"
    assert entetes[0] == entetes[1]
    voulus = {
        "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    assert {nom: entetes[0][nom] for nom in voulus} == voulus
    assert client.post(ADRESSE(photo.pk)).status_code == 405


def test_head_ne_lit_aucun_octet(sign_in: SignIn) -> None:
    (photo,) = declare_releve(PHOTO, territoire=TILLEULS)
    client = sign_in("demo-prefet")
    with CaptureQueriesContext(
        connection,
    ) as lues:
        assert client.head(ADRESSE(photo.pk)).status_code == 200
    assert not [q for q in lues if "octets" in q["sql"]]
    with CaptureQueriesContext(connection) as lues:
        client.get(ADRESSE(photo.pk))
    assert len([q for q in lues if "octets" in q["sql"]]) == 1


def test_un_genre_que_l_on_n_admet_plus_n_est_jamais_une_page(sign_in: SignIn) -> None:
    (piece,) = declare_releve(PieceAdmise("a.html", "text/html", b"<html>"), territoire=TILLEULS)
    reponse = sign_in("demo-prefet").get(ADRESSE(piece.pk))
    assert reponse["Content-Type"] == "application/octet-stream"
    assert reponse["Content-Disposition"].startswith("attachment")


def test_refusee_et_absente_sont_la_meme_page_octet_pour_octet(sign_in: SignIn) -> None:
    (ailleurs,) = declare_releve(PHOTO, territoire=AILLEURS)
    (vu,) = declare_releve(VuSurPlace(), territoire=TILLEULS, identite="j")
    client = sign_in("demo-deleguee")
    numeros: tuple[object, ...] = (ailleurs.pk, vu.pk, 999_999, 0, 10**30)
    reponses = [client.get(ADRESSE(n)) for n in numeros] + [client.get("/pieces/x/")]
    assert {r.status_code for r in reponses} == {404}
    assert len({r.content for r in reponses}) == 1
    entetes = [dict(r.headers) for r in reponses[:-1]]
    assert all(e == entetes[0] for e in entetes)
    assert sign_in("demo-prefet").get(ADRESSE(ailleurs.pk)).status_code == 200


@pytest.mark.parametrize(
    ("compte", "vues"),
    [
        ("demo-prefet", {TILLEULS, AILLEURS}),
        ("demo-deleguee", {TILLEULS}),
        ("demo-commune", {AILLEURS}),
        ("demo-region", {TILLEULS, AILLEURS}),
    ],
)
def test_une_piece_est_la_ou_est_son_fait(sign_in: SignIn, compte: str, vues: set[str]) -> None:
    client = sign_in(compte)
    for territoire in (TILLEULS, AILLEURS):
        (piece,) = declare_releve(PHOTO, territoire=territoire, identite=territoire)
        assert (client.get(ADRESSE(piece.pk)).status_code == 200) == (territoire in vues)


@pytest.mark.parametrize(
    ("role", "lit"),
    [
        ("service_etat", True),
        ("commune", True),
        ("epci", False),
        ("operateur", False),
        ("association", False),
        ("conseil_citoyen", False),
        ("administrateur", False),
    ],
)
def test_une_piece_est_a_l_etat_seul(demo: None, role: str, *, lit: bool) -> None:
    """Nobody judged what it shows: the ceiling of visibility says who is of that circle."""
    (piece,) = declare_releve(PHOTO, territoire=TILLEULS, organisme="Régie")
    assert (open_compte(role)[1].get(ADRESSE(piece.pk)).status_code == 200) == lit


def test_qui_l_a_envoyee_la_revoit_tant_qu_il_lit_le_fait(demo: None) -> None:
    compte, client = open_compte("association")
    (piece,) = declare_releve(PHOTO, territoire=TILLEULS, compte=compte.pk, organisme="Régie")
    assert client.get(ADRESSE(piece.pk)).status_code == 200
    assert open_compte("association")[1].get(ADRESSE(piece.pk)).status_code == 404
    Mandat.objects.filter(compte=compte).update(au=date(2021, 1, 1))
    assert client.get(ADRESSE(piece.pk)).status_code == 404


def test_un_enregistrement_se_lit_d_un_seul_de_ses_territoires(sign_in: SignIn) -> None:
    (piece,) = declare_poste(PHOTO, territoires=(AILLEURS, TILLEULS))
    assert sign_in("demo-deleguee").get(ADRESSE(piece.pk)).status_code == 200
    assert sign_in("demo-commune").get(ADRESSE(piece.pk)).status_code == 200


def test_la_piece_d_un_brouillon_est_a_son_organisme(demo: None) -> None:
    (piece,) = declare_poste(
        PHOTO, territoires=(TILLEULS,), validation="brouillon", organisme="Régie"
    )
    siens = open_compte("service_etat")[1], open_compte("service_etat", organisme="Autre")[1]
    assert [client.get(ADRESSE(piece.pk)).status_code for client in siens] == [200, 404]


def test_une_piece_sans_territoire_n_est_a_personne(sign_in: SignIn) -> None:
    (piece,) = declare_poste(PHOTO, territoires=())
    assert sign_in("demo-task-force").get(ADRESSE(piece.pk)).status_code == 404


def test_chaque_genre_de_fait_a_ses_droits() -> None:
    """A piece of any record is judged, whatever its kind."""
    petits = {genre.GENRE for genre in PETITS_GENRES.values()}
    assert {*GENRES_DE_FICHIER, *petits, "releve"} <= FAMILLES.keys()


def test_le_nom_d_une_piece_ne_casse_pas_son_en_tete(sign_in: SignIn) -> None:
    (piece,) = declare_releve(
        PieceAdmise('é "x"; a=b.jpg', "image/jpeg", b"x"), territoire=TILLEULS
    )
    reponse = sign_in("demo-prefet").get(ADRESSE(piece.pk))
    assert reponse["Content-Disposition"].startswith("inline; filename*=utf-8''")
    assert Piece.objects.count() == 1
