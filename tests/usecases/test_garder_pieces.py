"""Pieces are kept with the fact they prove, or not at all: once each, in its chain, within the quotas."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, transaction

from quartiers.core.temps import PARIS
from quartiers.pieces.piece import PieceAdmise, PieceRefusee, VuSurPlace
from quartiers.storage.models import Ecriture, Enregistrement, FichierDePiece, Piece, Releve
from quartiers.usecases.ecrire import Bilan, EcritureOuverte, Envoi
from quartiers.usecases.enchainer import find_ruptures
from quartiers.usecases.garder_pieces import PLEIN, keep_pieces
from quartiers.usecases.verifier import find_comptes_faux

pytestmark = pytest.mark.django_db
PHOTO = PieceAdmise("affiche.jpg", "image/jpeg", b"\xff\xd8photo")
CONVENTION = PieceAdmise("convention.pdf", "application/pdf", b"%PDF-convention")
LE = datetime(2026, 11, 16, 9, tzinfo=PARIS)


def open_ecriture(compte: int | None = None, le: datetime = LE) -> EcritureOuverte:
    """A write of a form, under way."""
    envoi = Envoi(
        "releves", "", "", None, le.date(), le, canal=Ecriture.Canal.FORMULAIRE, compte=compte
    )
    return EcritureOuverte(envoi)


def write_releve(ecriture: EcritureOuverte, identite: bytes = b"i") -> Releve:
    """A fact to prove."""
    (releve,) = ecriture.add(
        Releve,
        [
            Releve(
                ligne=1, identite=identite, producteur=b"p", indicateur="i", territoire="t", date=date(2026, 11, 15)
            )
        ],
    )  # fmt: skip
    return releve  # type: ignore[no-any-return]


def declare(*pieces: PieceAdmise | VuSurPlace, identite: bytes = b"i", **envoi: Any) -> list[Piece]:
    """A relevé with its pieces, whole."""
    with transaction.atomic():
        ecriture = open_ecriture(**envoi)
        gardees = keep_pieces(ecriture, write_releve(ecriture, identite), pieces)
        ecriture.close(Bilan())
    return gardees


def test_une_piece_est_gardee_avec_son_fait_et_dans_la_chaine() -> None:
    photo, papier, vu = declare(PHOTO, CONVENTION, VuSurPlace())
    assert [p.nature for p in (photo, papier, vu)] == ["photo", "document", "constat"]
    assert (photo.nom, photo.type, photo.taille) == ("affiche.jpg", "image/jpeg", 7)
    assert (vu.nom, vu.type, vu.taille, vu.fichier_id) == ("", "", None, None)
    garde = FichierDePiece.objects.get(pk=photo.fichier_id)
    assert (bytes(garde.octets), garde.pk) == (PHOTO.octets, sha256(PHOTO.octets).hexdigest())
    assert Piece.objects.filter(releve=Releve.objects.get()).count() == 3
    assert list(find_ruptures()) == list(find_comptes_faux()) == []


def test_un_enregistrement_se_prouve_de_meme() -> None:
    with transaction.atomic():
        ecriture = open_ecriture()
        (poste,) = ecriture.add(
            Enregistrement,
            [
                Enregistrement(
                    ligne=4, genre="poste", objet="p", le=LE.date(), retrait=False, validation="soumis"
                )
            ],
        )  # fmt: skip
        keep_pieces(ecriture, poste, [PHOTO])
        ecriture.close(Bilan())
    piece = Piece.objects.get()
    assert (piece.enregistrement_id, piece.releve_id, piece.ligne) == (poste.pk, None, 4)
    assert list(find_ruptures()) == []


def test_un_fichier_sert_plusieurs_faits_et_n_est_garde_qu_une_fois() -> None:
    declare(PHOTO, PHOTO, VuSurPlace(), VuSurPlace())
    autre_nom = PieceAdmise("la même.jpg", PHOTO.type, PHOTO.octets)
    declare(autre_nom, CONVENTION, identite=b"j")
    assert FichierDePiece.objects.count() == 2
    assert list(Piece.objects.order_by("pk").values_list("nom", flat=True)) == [
        "affiche.jpg", "", "la même.jpg", "convention.pdf",
    ]  # fmt: skip


def test_rien_n_est_garde_d_une_ecriture_qui_echoue() -> None:
    with transaction.atomic():
        ecriture = open_ecriture()
        keep_pieces(ecriture, write_releve(ecriture), [PHOTO])
        ecriture.close(Bilan())
        transaction.set_rollback(True)
    assert FichierDePiece.objects.count() == Piece.objects.count() == 0


def test_le_quota_d_un_compte_est_celui_du_jour_a_paris(settings: Any) -> None:
    compte = User.objects.create(username="deleguee").pk
    settings.PIECES_JOUR_OCTETS = len(PHOTO.octets) + len(CONVENTION.octets)
    soir = datetime(2026, 11, 16, 23, 30, tzinfo=PARIS)
    declare(PHOTO, compte=compte)
    declare(CONVENTION, identite=b"j", compte=compte, le=soir)
    with pytest.raises(PieceRefusee, match="recommencer demain"):
        declare(PHOTO, identite=b"k", compte=compte, le=soir)
    assert Releve.objects.count() == 2
    declare(PHOTO, identite=b"k", compte=compte, le=soir + timedelta(hours=1))
    autre = User.objects.create(username="autre").pk
    declare(PHOTO, identite=b"l", compte=autre, le=soir)
    declare(VuSurPlace(), identite=b"m", compte=compte, le=soir)


def test_le_quota_compte_ce_que_la_meme_ecriture_vient_de_garder(settings: Any) -> None:
    compte = User.objects.create(username="deleguee").pk
    settings.PIECES_JOUR_OCTETS = len(PHOTO.octets)
    ecriture = open_ecriture(compte)
    keep_pieces(ecriture, write_releve(ecriture), [PHOTO])
    with pytest.raises(PieceRefusee, match="aujourd’hui"), transaction.atomic():
        keep_pieces(ecriture, write_releve(ecriture, b"j"), [CONVENTION])
    ecriture.close(Bilan())


def test_le_total_compte_chaque_fichier_une_fois(settings: Any) -> None:
    settings.PIECES_OCTETS = len(PHOTO.octets)
    declare(PHOTO)
    declare(PHOTO, identite=b"j")
    with pytest.raises(PieceRefusee, match=PLEIN):
        declare(CONVENTION, identite=b"k")


def test_deux_ecritures_qui_gardent_le_meme_fichier_a_la_fois(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The other one wrote it between the look and the writing: the row is there, and nothing fails."""
    declare(PHOTO)
    monkeypatch.setattr(FichierDePiece.objects, "filter", lambda **_: FichierDePiece.objects.none())
    declare(PHOTO, identite=b"j")
    assert (FichierDePiece.objects.count(), Piece.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    "faux",
    [
        {"nature": "constat"},
        {"nature": "photo", "taille": 1, "releve_id": True},
        {"nature": "constat", "taille": 1, "releve_id": True},
        {"nature": "constat", "nom": "x", "releve_id": True},
        {"nature": "constat", "releve_id": True, "enregistrement_id": 1},
    ],
)
def test_la_base_refuse_une_piece_bancale(faux: dict[str, Any]) -> None:
    declare(VuSurPlace())
    if faux.get("releve_id"):
        faux = {**faux, "releve_id": Releve.objects.get().pk}
    with pytest.raises(DatabaseError), transaction.atomic():
        Piece.objects.create(ecriture=Ecriture.objects.get(), rang=9, ligne=1, **faux)
