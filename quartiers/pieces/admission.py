"""Bytes and the name they were given → a piece that may be kept, or a refusal in words that say what to do."""

from __future__ import annotations

from collections.abc import Mapping

from quartiers.pieces.document import TYPES, check_document
from quartiers.pieces.image import redraw_image
from quartiers.pieces.nature import NatureDePiece, get_nature
from quartiers.pieces.nom import clean_nom
from quartiers.pieces.pdf import TYPE_PDF, check_pdf
from quartiers.pieces.piece import PieceAdmise, PieceRefusee
from quartiers.sources.octets import MIO

EXTENSIONS: Mapping[str, tuple[str, ...]] = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    TYPE_PDF: (".pdf",),
    **{type_: (extension,) for type_, extension in TYPES.items()},
}
"""Media types that are kept, with the extensions of each."""


def judge_piece(octets: bytes, nom: str, taille_max: int) -> PieceAdmise:
    """Judge a file by its bytes alone. Raises PieceRefusee."""
    if len(octets) > taille_max:
        raise PieceRefusee(say_trop_lourd(taille_max))
    nature = get_nature(octets)
    ote: tuple[str, ...] = ()
    if nature is NatureDePiece.IMAGE:
        type_, octets, ote = redraw_image(octets)
    elif nature is NatureDePiece.PDF:
        check_pdf(octets)
        type_ = TYPE_PDF
    else:
        type_ = check_document(octets)
    return PieceAdmise(clean_nom(nom, EXTENSIONS[type_]), type_, octets, ote)


def say_trop_lourd(taille_max: int) -> str:
    """Why a file is refused without being read."""
    return f"ce fichier pèse plus de {say_poids(taille_max)} : le réduire, ou n’en envoyer que les pages utiles"


def say_poids(octets: int) -> str:
    """« 10 Mo »."""
    return f"{octets // MIO} Mo"
