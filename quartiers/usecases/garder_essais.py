"""Trials as they are kept: the file once under its hash, the fate of its lines, and what became of it."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Sequence
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from quartiers.core import essai_d_import
from quartiers.core.essai_d_import import parse_essai, write_essai
from quartiers.core.temps import PARIS, get_minuit
from quartiers.pieces.document import TYPES
from quartiers.pieces.piece import PieceRefusee
from quartiers.sources.octets import MIO, GenreOctets, get_genre
from quartiers.storage.models import EssaiDImport, FichierDePiece
from quartiers.usecases.essayer import FichierEnvoye, Tentative
from quartiers.usecases.garder_pieces import PLEIN

NOM_MAX = 120
TEXTE = "text/csv"
ODS, XLSX = (next(t for t, fin in TYPES.items() if fin == voulue) for voulue in (".ods", ".xlsx"))


class EssaiIntrouvable(LookupError):  # noqa: N818 -- named in French like every noun of the product
    """Missing, or of another account: the two cannot be told apart."""


def keep_essai(
    fichier: FichierEnvoye,
    tentative: Tentative,
    entete: Sequence[str],
    depuis: int,
    precedent: int | None = None,
) -> EssaiDImport:
    """A trial of its account, with its file. Raises PieceRefusee over a quota; then nothing is kept.

    `depuis`: the number of the last write before it was read.
    """
    essai, envoi = tentative.essai, fichier.envoi
    contenu = zlib.compress(json.dumps(write_essai(essai), ensure_ascii=False).encode())
    with transaction.atomic():
        check_quotas(envoi.compte or 0, envoi.saisi_le.astimezone(PARIS).date(), fichier.octets)
        FichierDePiece.objects.bulk_create(
            [
                FichierDePiece(
                    envoi.empreinte, find_type(fichier.octets), len(fichier.octets), fichier.octets
                )
            ],
            ignore_conflicts=True,
        )
        return EssaiDImport.objects.create(
            compte_id=envoi.compte or 0,
            organisme=envoi.organisme,
            source=fichier.ressort.source,
            genre=fichier.genre,
            nom=fichier.nom,
            fichier_id=envoi.empreinte,
            taille=len(fichier.octets),
            colonnes=[[nom, fichier.colonnes.get(nom, "")] for nom in entete if nom],
            entete=digest_entete(entete),
            fait_le=envoi.saisi_le,
            depuis=depuis,
            precedent_id=precedent,
            condensat=essai.condensat,
            comptes={sort.name.lower(): nombre for sort, nombre in essai.comptes.items()},
            contenu=contenu,
        )


def check_quotas(compte: int, jour: date, octets: bytes) -> None:
    """What an account may send in a day, and what the base may hold. Raises PieceRefusee."""
    du_jour = EssaiDImport.objects.filter(
        compte=compte,
        fait_le__gte=get_minuit(jour),
        fait_le__lt=get_minuit(jour + timedelta(days=1)),
    )
    envoye = du_jour.aggregate(somme=Sum("taille"))["somme"] or 0
    if envoye + len(octets) > settings.PIECES_JOUR_OCTETS:
        raise PieceRefusee(
            f"vous avez envoyé {settings.PIECES_JOUR_OCTETS // MIO} Mo de fichiers aujourd’hui, le plus admis en un "
            "jour\u00a0: recommencez demain"
        )
    garde = FichierDePiece.objects.aggregate(somme=Sum("taille"))["somme"] or 0
    if garde + len(octets) > settings.PIECES_OCTETS:
        raise PieceRefusee(PLEIN)


def find_type(octets: bytes) -> str:
    """The media type of a table, by its bytes."""
    if get_genre(octets) is not GenreOctets.ZIP:
        return TEXTE
    return ODS if b"opendocument.spreadsheet" in octets[:200] else XLSX


def digest_entete(entete: Sequence[str]) -> str:
    """What the same header is known again by."""
    return hashlib.sha256("\x1f".join(filter(None, entete)).encode()).hexdigest()


def read_contenu(garde: EssaiDImport) -> essai_d_import.EssaiDImport:
    """The trial itself."""
    return parse_essai(json.loads(zlib.decompress(bytes(garde.contenu))))


def find_essai(numero: int, compte: int) -> EssaiDImport:
    """One of an account's own. Raises EssaiIntrouvable."""
    siens = EssaiDImport.objects.filter(pk=numero, compte=compte).defer("contenu")
    trouve: EssaiDImport | None = siens.prefetch_related("suites__ecriture").first()
    if trouve is None:
        raise EssaiIntrouvable(numero)
    return trouve


def find_dernier(
    organisme: str, genre: str, entete: Sequence[str], avant: int | None = None
) -> EssaiDImport | None:
    """The last applied trial of an organisme under that header: how its columns were read. `avant`: earlier than it."""
    pareils = EssaiDImport.objects.filter(
        organisme=organisme, genre=genre, entete=digest_entete(entete), suites__isnull=False
    )
    if avant is not None:
        pareils = pareils.filter(pk__lt=avant)
    trouve: EssaiDImport | None = pareils.defer("contenu").order_by("-pk").first()
    return trouve


def list_essais(compte: int, nombre: int) -> list[EssaiDImport]:
    """The last ones of an account; a trial that another one took the place of is not shown."""
    siens = EssaiDImport.objects.filter(compte=compte).defer("contenu")
    remplaces = EssaiDImport.objects.filter(compte=compte, precedent__isnull=False)
    restants = siens.exclude(pk__in=remplaces.values("precedent"))
    return list(restants.prefetch_related("suites__ecriture")[:nombre])
