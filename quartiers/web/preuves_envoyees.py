"""What a form sends to prove its line: a file, the one that its draft keeps, or the word of who saw the thing."""

from __future__ import annotations

from django.http import HttpRequest

from quartiers.pieces.piece import PieceAdmise, VuSurPlace
from quartiers.usecases.garder_brouillon import read_fichier
from quartiers.web.envoi_borne import admit_recues
from quartiers.web.portes import get_adresse_de_brouillon


def read_pieces(request: HttpRequest) -> list[PieceAdmise | VuSurPlace]:
    """Every file is judged before anything is written. Raises PieceRefusee."""
    vues = [VuSurPlace()] if request.POST.get("constate") == "oui" else []
    recues = admit_recues(request, "preuve")
    if not recues:
        recues = read_fichier(request.user.pk or 0, get_adresse_de_brouillon(request))
    return [*vues, *recues]
