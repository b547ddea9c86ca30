"""What an account may import, in whose name, and how a file that it sends is received."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from django.conf import settings
from django.http import Http404, HttpRequest

from quartiers.core.droits import Droits
from quartiers.core.genres import GENRES_IMPORTABLES
from quartiers.pieces.admission import say_poids
from quartiers.pieces.nom import clean_nom
from quartiers.pieces.piece import PieceRefusee
from quartiers.sources.octets import get_empreinte
from quartiers.storage.models import Ecriture, EssaiDImport
from quartiers.usecases import ecrire
from quartiers.usecases.acces import can_write
from quartiers.usecases.charger_dossier import load_savoir
from quartiers.usecases.ecrire import Envoi
from quartiers.usecases.essayer import FichierEnvoye
from quartiers.usecases.garder_essais import ODS, XLSX, EssaiIntrouvable, find_essai, find_type
from quartiers.usecases.imports import releves
from quartiers.usecases.lire_essais import get_sujet
from quartiers.usecases.ressort import Ressort, has_import
from quartiers.web.atelier import Place
from quartiers.web.consultation import get_droits
from quartiers.web.envoi_borne import TROP_LOURDS
from quartiers.web.horloge import read_moment_de_saisie

FICHIER = "fichier"
"""The field of the form."""
RELEVES = "Relevés\u00a0: valeurs d’indicateurs"
EXTENSIONS = {XLSX: (".xlsx",), ODS: (".ods",)}
LECTURE = Place(file=1)
"""One file is read at a time: a large one holds a thread for seconds."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PosteDImport:
    """The kinds that an account may bring in by a file, by their word, and the organismes that it speaks for."""

    droits: Droits
    genres: dict[str, str]
    organismes: tuple[str, ...]

    def open_ressort(self, genre: str, organisme: str) -> Ressort:
        """Where the mandats of one organisme let it write things of a kind."""
        siens = tuple(m for m in self.droits.mandats if m.organisme == organisme)
        return Ressort(replace(self.droits, mandats=siens), get_sujet(genre), organisme)


def open_poste(request: HttpRequest) -> PosteDImport:
    """For who may write nothing, the page does not exist."""
    load_savoir()  # territoires of today, which rights are judged on
    droits = get_droits(request)
    if not has_import(droits.mandats):
        raise Http404
    mots = {releves.GENRE: RELEVES}
    mots |= {mot: genre.LIBELLE for mot, genre in GENRES_IMPORTABLES.items()}
    tenus = [m for m in droits.mandats if m.delegue_par is None and m.territoire]
    genres = {
        mot: libelle
        for mot, libelle in mots.items()
        if any(can_write(droits, m, get_sujet(mot), (m.territoire,)) for m in tenus)
    }
    return PosteDImport(droits, genres, tuple(dict.fromkeys(m.organisme for m in tenus)))


def find_sien(request: HttpRequest, numero: int) -> EssaiDImport:
    """A trial of the account; missing, or of another one: the same 404."""
    try:
        return find_essai(numero, request.user.pk or 0)
    except EssaiIntrouvable:
        raise Http404 from None


def read_recu(request: HttpRequest) -> tuple[str, bytes]:
    """The name and the bytes of the file that was sent. Raises PieceRefusee, in words to show beside the field."""
    if FICHIER in request.__dict__.get(TROP_LOURDS, ()):
        poids = say_poids(settings.PIECE_OCTETS)
        raise PieceRefusee(
            f"ce fichier pèse plus de {poids} : coupez-le en deux, ou demandez l’import par commande"
        )
    recu = request.FILES.get(FICHIER)
    if recu is None:
        raise PieceRefusee("choisissez un fichier")
    octets = recu.read()
    if not octets:
        raise PieceRefusee("ce fichier est vide")
    extensions = EXTENSIONS.get(find_type(octets), (".csv", ".txt", ".tsv", ".gz"))
    return clean_nom(recu.name or "", extensions), octets


def build_envoi(
    request: HttpRequest, genre: str, organisme: str, nom: str, octets: bytes | None = None
) -> Envoi:
    """A write of the account, now, from a file, or about one."""
    envoi = ecrire.build_envoi(read_moment_de_saisie(), request.user.pk, organisme)
    return replace(
        envoi,
        genre=genre,
        fichier=nom,
        empreinte="" if octets is None else get_empreinte(octets),
        accepter_retrait=True,  # asked on the page, line by line
        canal=Ecriture.Canal.IMPORT,
    )


def reopen_fichier(request: HttpRequest, poste: PosteDImport, garde: EssaiDImport) -> FichierEnvoye:
    """The file of a trial, as the account would send it again today."""
    octets = bytes(garde.fichier.octets)
    return FichierEnvoye(
        garde.genre,
        garde.nom,
        octets,
        dict(garde.colonnes),
        poste.open_ressort(garde.genre, garde.organisme),
        build_envoi(request, garde.genre, garde.organisme, garde.nom, octets),
    )


def read_seul(lire: Callable[[], T]) -> T:
    """Once no other file is being read. Raises PlacePrise."""
    with LECTURE.take():
        return lire()
