"""Drafts: kept when one asks, or when a session came to its end while one was writing; thrown away once declared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from quartiers.pieces.piece import PieceAdmise
from quartiers.storage.models import Brouillon
from quartiers.storage.models.brouillon import ADRESSE_MAX
from quartiers.usecases.admettre_piece import admit_piece

MOTS_MAX, MOT_MAX = 60, 2000
"""Fields of a draft, and signs of each: those of the longest form."""
BROUILLONS_MAX = 40
"""Of one account, whose files no quota counts: the one kept longest ago gives its place to the next."""


@transaction.atomic
def keep_brouillon(
    *,
    compte: int,
    adresse: str,
    libelle: str,
    mots: Mapping[str, str],
    le: datetime,
    piece: PieceAdmise | None = None,
) -> None:
    """The one draft of that form; its file stays when no other comes."""
    gardes = dict(list(mots.items())[:MOTS_MAX])
    dits = {
        "libelle": libelle[:300],
        "mots": {nom: mot[:MOT_MAX] for nom, mot in gardes.items()},
        "garde_le": le,
    }
    if piece is not None:
        dits |= {"nom": piece.nom, "octets": piece.octets}
    Brouillon.objects.update_or_create(
        compte_id=compte, adresse=adresse[:ADRESSE_MAX], defaults=dits
    )
    de_trop = Brouillon.objects.filter(compte=compte).values_list("pk", flat=True)[BROUILLONS_MAX:]
    Brouillon.objects.filter(pk__in=list(de_trop)).delete()


def find_brouillon(compte: int, adresse: str) -> Brouillon | None:
    """That of a form, its file left in the base until it is asked for."""
    siens = Brouillon.objects.defer("octets").filter(compte=compte, adresse=adresse)
    brouillon: Brouillon | None = siens.first()
    return brouillon


def read_fichier(compte: int, adresse: str) -> list[PieceAdmise]:
    """The file that the draft of a form keeps, judged again; none when it keeps none. Raises PieceRefusee."""
    gardes = Brouillon.objects.filter(compte=compte, adresse=adresse, octets__isnull=False)
    return [
        admit_piece(bytes(octets or b""), nom)
        for octets, nom in gardes.values_list("octets", "nom")
    ]


def list_brouillons(compte: int) -> list[Brouillon]:
    """Those of an account, the last kept first."""
    return list(Brouillon.objects.defer("octets", "mots").filter(compte=compte))


def drop_brouillon(compte: int, adresse: str) -> None:
    """Declared, or thrown away."""
    Brouillon.objects.filter(compte=compte, adresse=adresse).delete()
