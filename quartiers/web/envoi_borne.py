"""Files received are bounded while they arrive: nothing heavier than a piece may be is ever kept, even for a moment."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from quartiers.pieces.admission import say_trop_lourd
from quartiers.pieces.piece import PieceAdmise, PieceRefusee
from quartiers.usecases.admettre_piece import admit_piece

TROP_LOURDS = "_champs_trop_lourds"


class EnvoiBorne(FileUploadHandler):
    """First of the handlers: a file is dropped as soon as it is too heavy; the other fields of the form are read."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """The same bytes, for the next handler."""
        if start + len(raw_data) > settings.PIECE_OCTETS:
            assert self.request is not None  # noqa: S101 -- Django gives it
            self.request.__dict__.setdefault(TROP_LOURDS, set()).add(self.field_name)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:  # noqa: ARG002 -- Django's own signature
        """Another handler holds the file."""
        return None


def admit_recues(request: HttpRequest, champ: str) -> list[PieceAdmise]:
    """The files of a field of a form, each admitted. Raises PieceRefusee, in words to show beside the field."""
    recues = request.FILES.getlist(champ)
    if champ in request.__dict__.get(TROP_LOURDS, ()):
        raise PieceRefusee(say_trop_lourd(settings.PIECE_OCTETS))
    for recue in recues:
        recue.seek(0)  # a form that is refused is read once for its write, once more for its draft
    return [admit_piece(recue.read(), recue.name or "") for recue in recues]
