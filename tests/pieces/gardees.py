"""Facts and what proves them, written in the base as a form would."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256

from django.db import transaction

from quartiers.core.champs import to_champs
from quartiers.core.contenu import Mot
from quartiers.core.genres.poste import Poste
from quartiers.core.temps import PARIS
from quartiers.pieces.piece import PieceAdmise, VuSurPlace
from quartiers.storage.models import Desserte, Ecriture, Enregistrement, Piece, Releve
from quartiers.usecases.ecrire import Bilan, EcritureOuverte, Envoi
from quartiers.usecases.garder_pieces import keep_pieces

PHOTO = PieceAdmise("affiche.jpg", "image/jpeg", b"\xff\xd8photo")
CONVENTION = PieceAdmise("convention.pdf", "application/pdf", b"%PDF-convention")
LE = datetime(2026, 11, 16, 9, tzinfo=PARIS)
Preuves = Sequence[PieceAdmise | VuSurPlace]


def open_ecriture(
    compte: int | None = None, le: datetime = LE, organisme: str = "", genre: str = "releves"
) -> EcritureOuverte:
    """A write of a form, under way."""
    return EcritureOuverte(
        Envoi(
            genre, "", "", None, le.date(), le,
            canal=Ecriture.Canal.FORMULAIRE, compte=compte, organisme=organisme,
        )
    )  # fmt: skip


def write_releve(
    ecriture: EcritureOuverte,
    identite: str = "i",
    indicateur: str = "i",
    territoire: str = "t",
    le: date = date(2026, 11, 15),
) -> Releve:
    """A value to prove."""
    cle = sha256(identite.encode()).digest()[:16]
    releve = Releve(
        ligne=1, identite=cle, producteur=cle, indicateur=indicateur, territoire=territoire, date=le,
        valeur=Decimal(2), source=identite,
    )  # fmt: skip
    (ecrit,) = ecriture.add(Releve, [releve])
    return ecrit  # type: ignore[no-any-return]


def declare_releve(
    *pieces: PieceAdmise | VuSurPlace,
    identite: str = "i",
    indicateur: str = "i",
    territoire: str = "t",
    **envoi: object,
) -> list[Piece]:
    """A relevé with its pieces, whole."""
    with transaction.atomic():
        ecriture = open_ecriture(**envoi)  # type: ignore[arg-type]
        gardees = keep_pieces(
            ecriture, write_releve(ecriture, identite, indicateur, territoire), pieces
        )
        ecriture.close(Bilan())
    return gardees


def declare_poste(
    *pieces: PieceAdmise | VuSurPlace,
    territoires: Sequence[str] = ("t",),
    validation: str = "soumis",
    objet: str = "p",
    **envoi: object,
) -> list[Piece]:
    """A record that stands in territoires, with its pieces."""
    with transaction.atomic():
        ecriture = open_ecriture(**envoi)  # type: ignore[arg-type]
        contenu = Poste(
            fonction=Mot("adulte_relais"),
            employeur="Régie",
            etp_finance=Fraction(1),
            etp_pourvu=Fraction(1),
        )
        poste = Enregistrement(
            ligne=4, genre="poste", objet=objet, le=LE.date(), retrait=False, validation=validation,
            champs=to_champs(contenu),
        )  # fmt: skip
        (ecrit,) = ecriture.add(Enregistrement, [poste])
        for territoire in territoires:
            Desserte.objects.create(enregistrement=ecrit, territoire=territoire, nature="situe")
        gardees = keep_pieces(ecriture, ecrit, pieces)
        ecriture.close(Bilan())
    return gardees
