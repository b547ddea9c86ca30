"""What a form sends to prove its line: a file, the one that its draft keeps, or the word of who saw the thing."""

from __future__ import annotations

from django.http import HttpRequest

from quartiers.pieces.piece import PieceAdmise, VuSurPlace
from quartiers.storage.models import Brouillon
from quartiers.usecases.admettre_piece import admit_piece
from quartiers.web.envoi_borne import admit_recues
from quartiers.web.portes import get_adresse_de_brouillon


def read_pieces(request: HttpRequest) -> list[PieceAdmise | VuSurPlace]:
    """Every file is judged before anything is written. Raises PieceRefusee."""
    vues = [VuSurPlace()] if request.POST.get("constate") == "oui" else []
    return [*vues, *(admit_recues(request, "preuve") or read_gardee(request))]


def read_gardee(request: HttpRequest) -> list[PieceAdmise]:
    """The file of the draft of this form, when none is sent with it."""
    gardes = Brouillon.objects.filter(
        compte=request.user.pk,
        adresse=get_adresse_de_brouillon(request),
        octets__isnull=False,
    )
    lus = gardes.values_list("octets", "nom")
    return [admit_piece(bytes(octets or b""), nom) for octets, nom in lus]
