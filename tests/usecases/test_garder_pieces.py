"""Pieces are kept with the fact they prove, or not at all: once each, in its chain, within the quotas."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, transaction

from quartiers.core.temps import PARIS
from quartiers.pieces.piece import PieceAdmise, PieceRefusee, VuSurPlace
from quartiers.storage.models import Ecriture, Enregistrement, FichierDePiece, Piece, Releve
from quartiers.usecases.ecrire import Bilan
from quartiers.usecases.enchainer import find_ruptures
from quartiers.usecases.garder_pieces import PLEIN, keep_pieces
from quartiers.usecases.verifier import find_comptes_faux
from tests.pieces.gardees import (
    CONVENTION,
    PHOTO,
    declare_poste,
    declare_releve,
    open_ecriture,
    write_releve,
)

pytestmark = pytest.mark.django_db


def test_une_piece_est_gardee_avec_son_fait_et_dans_la_chaine() -> None:
    photo, papier, vu = declare_releve(PHOTO, CONVENTION, VuSurPlace())
    assert [p.nature for p in (photo, papier, vu)] == ["photo", "document", "constat"]
    assert (photo.nom, photo.type, photo.taille) == ("affiche.jpg", "image/jpeg", 7)
    assert (vu.nom, vu.type, vu.taille, vu.fichier_id) == ("", "", None, None)
    garde = FichierDePiece.objects.get(pk=photo.fichier_id)
    assert (bytes(garde.octets), garde.pk) == (PHOTO.octets, sha256(PHOTO.octets).hexdigest())
    assert Piece.objects.filter(releve=Releve.objects.get()).count() == 3
    assert list(find_ruptures()) == list(find_comptes_faux()) == []


def test_un_enregistrement_se_prouve_de_meme() -> None:
    (piece,) = declare_poste(PHOTO)
    assert (piece.enregistrement, piece.releve_id, piece.ligne) == (
        Enregistrement.objects.get(),
        None,
        4,
    )
    assert list(find_ruptures()) == []


def test_un_fichier_sert_plusieurs_faits_et_n_est_garde_qu_une_fois() -> None:
    declare_releve(PHOTO, PHOTO, VuSurPlace(), VuSurPlace())
    autre_nom = PieceAdmise("la même.jpg", PHOTO.type, PHOTO.octets)
    declare_releve(autre_nom, CONVENTION, identite="j")
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
    declare_releve(PHOTO, compte=compte)
    declare_releve(CONVENTION, identite="j", compte=compte, le=soir)
    with pytest.raises(PieceRefusee, match="recommencer demain"):
        declare_releve(PHOTO, identite="k", compte=compte, le=soir)
    assert Releve.objects.count() == 2
    declare_releve(PHOTO, identite="k", compte=compte, le=soir + timedelta(hours=1))
    autre = User.objects.create(username="autre").pk
    declare_releve(PHOTO, identite="l", compte=autre, le=soir)
    declare_releve(VuSurPlace(), identite="m", compte=compte, le=soir)


def test_le_quota_compte_ce_que_la_meme_ecriture_vient_de_garder(settings: Any) -> None:
    compte = User.objects.create(username="deleguee").pk
    settings.PIECES_JOUR_OCTETS = len(PHOTO.octets)
    ecriture = open_ecriture(compte)
    keep_pieces(ecriture, write_releve(ecriture), [PHOTO])
    with pytest.raises(PieceRefusee, match="aujourd’hui"), transaction.atomic():
        keep_pieces(ecriture, write_releve(ecriture, "j"), [CONVENTION])
    ecriture.close(Bilan())


def test_le_total_compte_chaque_fichier_une_fois(settings: Any) -> None:
    settings.PIECES_OCTETS = len(PHOTO.octets)
    declare_releve(PHOTO)
    declare_releve(PHOTO, identite="j")
    with pytest.raises(PieceRefusee, match=PLEIN):
        declare_releve(CONVENTION, identite="k")


def test_deux_ecritures_qui_gardent_le_meme_fichier_a_la_fois(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The other one wrote it between the look and the writing: the row is there, and nothing fails."""
    declare_releve(PHOTO)
    monkeypatch.setattr(FichierDePiece.objects, "filter", lambda **_: FichierDePiece.objects.none())
    declare_releve(PHOTO, identite="j")
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
    declare_releve(VuSurPlace())
    if faux.get("releve_id"):
        faux = {**faux, "releve_id": Releve.objects.get().pk}
    with pytest.raises(DatabaseError), transaction.atomic():
        Piece.objects.create(ecriture=Ecriture.objects.get(), rang=9, ligne=1, **faux)
