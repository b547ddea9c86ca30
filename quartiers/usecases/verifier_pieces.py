"""Integrity of the files sent as proof: each is still what its hash says, and each proves something."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef

from quartiers.sources.octets import get_empreinte
from quartiers.storage.models import FichierDePiece, Piece

A_LA_FOIS = 4
"""Files held in memory."""


def find_fichiers_faux() -> Iterator[str]:
    """Files whose bytes are no more those that were kept."""
    for fichier in FichierDePiece.objects.order_by("pk").iterator(chunk_size=A_LA_FOIS):
        octets = bytes(fichier.octets)
        if get_empreinte(octets) != fichier.pk or len(octets) != fichier.taille:
            yield fichier.pk


def find_pieces_sans_fichier() -> Iterator[str]:
    """Pieces whose file is missing, or is of another kind or size than was said."""
    tenus = FichierDePiece.objects.filter(pk=OuterRef("fichier_id"))
    justes = Piece.objects.filter(fichier__type=F("type"), fichier__taille=F("taille"))
    pieces = Piece.objects.filter(fichier_id__isnull=False).order_by("pk")
    for pk, nom, is_tenu in (
        pieces.exclude(pk__in=justes.values("pk"))
        .annotate(is_tenu=Exists(tenus))
        .values_list("pk", "nom", "is_tenu")
    ):
        yield f"pièce {pk} « {nom} » : {'autre genre de fichier' if is_tenu else 'fichier absent'}"


def find_fichiers_sans_piece() -> Iterator[str]:
    """Files that prove nothing."""
    seuls = FichierDePiece.objects.filter(pieces=None).order_by("pk")
    yield from seuls.values_list("pk", flat=True)
