"""What a form sends to prove its line: a file, or the word of who saw the thing."""

from __future__ import annotations

from django.http import HttpRequest

from quartiers.pieces.piece import PieceAdmise, VuSurPlace
from quartiers.usecases.admettre_piece import admit_piece


def read_pieces(request: HttpRequest) -> list[PieceAdmise | VuSurPlace]:
    """Every file is judged before anything is written. Raises PieceRefusee."""
    vues = [VuSurPlace()] if request.POST.get("constate") == "oui" else []
    fichiers = request.FILES.getlist("preuve")
    return [*vues, *(admit_piece(f.read(), f.name or "") for f in fichiers)]
