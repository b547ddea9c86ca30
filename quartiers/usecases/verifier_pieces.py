"""Integrity of the files sent as proof: each is still what its hash says, and each proves something."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef

from quartiers.sources.octets import get_empreinte
from quartiers.storage.models import EssaiDImport, FichierDePiece, Piece, SuiteDEssai
from quartiers.usecases.garder_essais import read_contenu

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
    """Files that prove nothing, and that no account sent to be imported."""
    seuls = FichierDePiece.objects.filter(pieces=None, essais=None).order_by("pk")
    yield from seuls.values_list("pk", flat=True)


def find_essais_faux() -> Iterator[str]:
    """Trials that are no more those that were read, or that were applied under another digest."""
    for essai in EssaiDImport.objects.order_by("pk").iterator(chunk_size=A_LA_FOIS):
        if read_contenu(essai).condensat != essai.condensat:
            yield f"essai {essai.pk}"
    autres = SuiteDEssai.objects.exclude(condensat=F("essai__condensat")).order_by("pk")
    yield from (f"essai {pk}, une fois appliqué" for pk in autres.values_list("essai", flat=True))
