"""Read a piece by its one door: whoever reads the fact that it proves, with the reserve of a file that nobody published."""

from __future__ import annotations

from dataclasses import replace

from quartiers.core.droits import PARTENAIRES, SOUMIS, Droits, Sujet, Verbe
from quartiers.core.enregistrement import Validation
from quartiers.storage.models import FichierDePiece, Piece
from quartiers.usecases.lire_examens import find_resultat

RESERVE = "etat"
"""What a file shows beyond the fact, nobody has judged: it is for the State until it is published."""


def find_piece(droits: Droits, numero: int) -> Piece | None:
    """A piece that has a file; None when it is missing or denied: the two cannot be told apart."""
    pieces = Piece.objects.select_related(
        *("ecriture", "releve__ecriture", "enregistrement__ecriture", "contestation__ecriture")
    )
    piece: Piece | None = pieces.filter(pk=numero, fichier__isnull=False).first()
    if piece is None or not can_read(droits, build_sujet(piece), piece.ecriture.compte_id):
        return None
    return piece


def build_sujet(piece: Piece) -> Sujet:
    """The fact that a piece proves, or the contest that it supports, as rights judge it."""
    if piece.contestation is not None:
        ecriture = piece.contestation.ecriture
        return Sujet(
            "releve", (piece.contestation.territoire,), ecriture.organisme, SOUMIS, RESERVE
        )
    fait = piece.enregistrement
    if fait is None:
        assert piece.releve is not None  # noqa: S101 -- the base holds one or the other
        organisme = piece.releve.ecriture.organisme
        validation = find_resultat("releve", piece.releve.pk)
        return Sujet("releve", (piece.releve.territoire,), organisme, validation, RESERVE)
    territoires = tuple(fait.dessertes.values_list("territoire", flat=True))
    validation = Validation(fait.validation)
    if validation is Validation.SOUMIS:
        validation = find_resultat("enregistrement", fait.pk)
    return Sujet(fait.genre, territoires, fait.ecriture.organisme, validation, RESERVE)


def can_read(droits: Droits, sujet: Sujet, depot: int | None) -> bool:
    """May open the file. `depot`: the account that sent it, which sees it again as long as it reads the fact."""
    if depot is not None and depot == droits.compte:
        sujet = replace(sujet, visibilite=PARTENAIRES)
    return droits.can(Verbe.LIRE, sujet)


def read_fichier(piece: Piece) -> bytes:
    """Its bytes: nothing else in the product asks the base for them, but the check of their hash."""
    octets = FichierDePiece.objects.values_list("octets", flat=True).get(pk=piece.fichier_id)
    return bytes(octets)
