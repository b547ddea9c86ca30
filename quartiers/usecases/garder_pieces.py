"""Keep what proves a fact, inside the write that brings it: all or nothing with it, and in its chain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeAlias

from django.conf import settings
from django.db.models import Q, Sum

from quartiers.core.temps import PARIS, get_minuit
from quartiers.pieces.piece import PieceAdmise, PieceRefusee, VuSurPlace
from quartiers.sources.octets import MIO
from quartiers.storage.models import Contestation, Enregistrement, FichierDePiece, Piece, Releve
from quartiers.usecases.ecrire import EcritureOuverte

Prouvee: TypeAlias = Releve | Enregistrement | Contestation
"""What a piece may prove or support."""
PLEIN = "il n’y a plus de place pour les pièces : prévenir l’administrateur du site"


def keep_pieces(
    ecriture: EcritureOuverte,
    rangee: Prouvee,
    pieces: Sequence[PieceAdmise | VuSurPlace],
) -> list[Piece]:
    """The pieces of one row just written, each file once whoever else keeps it. Raises PieceRefusee over a quota."""
    uniques = list({_get_cle(piece): piece for piece in pieces}.values())
    fichiers = [piece for piece in uniques if isinstance(piece, PieceAdmise)]
    if fichiers:
        check_quota_du_jour(ecriture, sum(len(fichier.octets) for fichier in fichiers))
        _add_fichiers(fichiers)
    return ecriture.add(Piece, [_make_piece(rangee, piece) for piece in uniques])


def _get_cle(piece: PieceAdmise | VuSurPlace) -> str:
    return piece.empreinte if isinstance(piece, PieceAdmise) else ""


def check_quota_du_jour(ecriture: EcritureOuverte, de_plus: int) -> None:
    """What an account may send in a day, told in the hour of Paris; a command of the host has no bound."""
    envoi = ecriture.envoi
    if envoi.compte is None:
        return
    jour = envoi.saisi_le.astimezone(PARIS).date()
    du_jour = Q(
        ecriture__compte=envoi.compte,
        ecriture__saisi_le__gte=get_minuit(jour),
        ecriture__saisi_le__lt=get_minuit(jour + timedelta(days=1)),
    )
    pieces = Piece.objects.filter(du_jour | Q(ecriture=ecriture.id))
    envoye = pieces.aggregate(somme=Sum("taille"))["somme"] or 0
    if envoye + de_plus > settings.PIECES_JOUR_OCTETS:
        raise PieceRefusee(
            f"vous avez envoyé {settings.PIECES_JOUR_OCTETS // MIO} Mo de pièces aujourd’hui, le plus admis en un jour : "
            "déclarer sans pièce, ou recommencer demain"
        )


def _add_fichiers(pieces: Sequence[PieceAdmise]) -> None:
    """In the order of their hashes, so that two writes that keep the same ones never wait for each other."""
    voulus = sorted(pieces, key=lambda piece: piece.empreinte)
    cles = [piece.empreinte for piece in voulus]
    tenus = set(FichierDePiece.objects.filter(pk__in=cles).values_list("pk", flat=True))
    nouveaux = [piece for piece in voulus if piece.empreinte not in tenus]
    if not nouveaux:
        return
    garde = FichierDePiece.objects.aggregate(somme=Sum("taille"))["somme"] or 0
    if garde + sum(len(piece.octets) for piece in nouveaux) > settings.PIECES_OCTETS:
        raise PieceRefusee(PLEIN)
    for piece in nouveaux:  # one by one: a file may weigh as much as a statement may
        FichierDePiece.objects.bulk_create(
            [FichierDePiece(piece.empreinte, piece.type, len(piece.octets), piece.octets)],
            ignore_conflicts=True,
        )


def copy_pieces(
    ecriture: EcritureOuverte, contestation: Contestation, releve: Releve
) -> list[Piece]:
    """What supports a contest proves the value that a decision retains: the same files, once for both."""
    champs = ("nature", "nom", "type", "taille", "fichier_id")
    gardees = Piece.objects.filter(contestation=contestation).order_by("pk").values(*champs)
    return ecriture.add(
        Piece, [Piece(releve=releve, ligne=releve.ligne, **gardee) for gardee in gardees]
    )


def _make_piece(rangee: Prouvee, piece: PieceAdmise | VuSurPlace) -> Piece:
    fait = {type(rangee).__name__.lower(): rangee}
    if isinstance(piece, VuSurPlace):
        return Piece(**fait, ligne=rangee.ligne, nature=Piece.Nature.CONSTAT)
    return Piece(
        **fait,
        ligne=rangee.ligne,
        nature=Piece.Nature.PHOTO if piece.is_photo else Piece.Nature.DOCUMENT,
        nom=piece.nom,
        type=piece.type,
        taille=len(piece.octets),
        fichier_id=piece.empreinte,
    )
