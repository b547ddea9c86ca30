"""Taking a file in: all or nothing, the same file twice changes nothing, a dry run says what would change."""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from quartiers.core.anomalie import Anomalie, DonneesRefusees, Rapport
from quartiers.core.genres import GENRES_DE_FICHIER
from quartiers.core.temps import PARIS
from quartiers.sources import list_sources
from quartiers.sources.octets import read_octets
from quartiers.storage.models import Ecriture
from quartiers.usecases import imports
from quartiers.usecases.completer_refus import complete_refus
from quartiers.usecases.ecrire import Bilan, Envoi
from quartiers.usecases.petits import PORTES
from quartiers.usecases.porte_d_enregistrements import PorteDEnregistrements
from quartiers.usecases.preparer import Porte, Preparation, Recu, is_deja_pris, write_preparation


class DemandeIncorrecte(Exception):  # noqa: N818 -- named in French like every noun of the product
    """What was asked cannot be, whatever the file holds: nothing was read, nothing was stored."""


@dataclass(frozen=True, slots=True)
class ResultatImport:
    """What an import did (or would do, when `a_blanc`). `deja`: this very file had already been taken in.

    `ajoutees`: rows written; `bilan`: what became of each record read.
    """

    genre: str
    fichier: str
    ajoutees: int
    deja: bool
    a_blanc: bool
    bilan: Bilan = field(default_factory=Bilan)
    rapports: tuple[Rapport, ...] = ()
    numero: int | None = None

    @property
    def phrases(self) -> tuple[str, ...]:
        """What the door says beside its counts."""
        return tuple(self.bilan.phrases)

    @property
    def inchangees(self) -> int:
        """Records already known as they are."""
        return self.bilan.inchangees

    @property
    def ecartees(self) -> int:
        """Records left out."""
        return sum(len(rapport.ecartees) for rapport in self.rapports)

    @property
    def lues(self) -> int:
        """Every record read: new, corrected, withdrawn, unchanged or set aside; what is absent was not read."""
        bilan = self.bilan
        retirees = sum(revision.ligne > 0 for revision in bilan.retirees)
        gardees = bilan.nouvelles + len(bilan.corrigees) + retirees + bilan.inchangees
        return gardees + self.ecartees


@cache
def list_portes() -> Mapping[str, Porte]:
    """The doors by kind of import."""
    noms = [module.name for module in pkgutil.iter_modules(imports.__path__)]
    modules = [importlib.import_module(f"{imports.__name__}.{nom}") for nom in noms]
    portes = {str(module.GENRE): module for module in modules if hasattr(module, "GENRE")}
    genres = {nom: PorteDEnregistrements(genre) for nom, genre in GENRES_DE_FICHIER.items()}
    petits = {porte.GENRE: porte for porte in PORTES.values()}
    return {**portes, **genres, **petits}


@complete_refus()
def import_fichier(
    *,
    genre: str,
    chemin: Path,
    connu_le: date,
    saisi_le: datetime,
    millesime: date | None = None,
    a_blanc: bool = False,
    accepter_retrait: bool = False,
) -> ResultatImport:
    """Take a file in. Raises DonneesRefusees with every reason, and then nothing is stored.

    `genre` is a key of `list_portes`. `connu_le`: last day included, no later than the day of `saisi_le`.
    Raises DemandeIncorrecte when the question itself is wrong.
    """
    porte = get_porte(genre)
    check_noms(chemin)
    if connu_le > saisi_le.astimezone(PARIS).date():
        raise DemandeIncorrecte(f"connu le {connu_le} : ce jour n'est pas encore venu")
    if getattr(porte, "MILLESIME_REQUIS", False) and millesime is None:
        raise DemandeIncorrecte(f"{genre} : préciser --millesime, la date dont parle ce fichier")
    if millesime is not None and millesime > connu_le:
        raison = f"le millésime {millesime} est après le jour où il est connu ({connu_le})"
        raise DonneesRefusees([Anomalie(chemin.name, None, None, raison)])
    envoi = Envoi(
        genre=genre,
        fichier=chemin.name,
        empreinte=compute_empreinte(chemin),
        millesime=millesime,
        connu_le=connu_le,
        saisi_le=saisi_le,
        accepter_retrait=accepter_retrait,
        canal=get_canal(genre),
    )
    preparation = Preparation(porte, envoi, lambda: read_porte(porte, chemin, envoi))
    if is_deja_pris(porte, envoi):
        recu = Recu(deja=True)
    else:
        preparation.read_dehors()
        recu = write_preparation(preparation, a_blanc=a_blanc)
    return ResultatImport(
        genre=genre,
        fichier=envoi.fichier,
        ajoutees=recu.ajoutees,
        deja=recu.deja,
        a_blanc=a_blanc,
        bilan=recu.bilan,
        rapports=recu.rapports,
        numero=recu.numero,
    )


def read_porte(porte: Porte, chemin: Path, envoi: Envoi) -> Any:  # noqa: ANN401 -- each door knows its own
    """What the door reads; a file written meanwhile would enter under the digest of another one."""
    lu = porte.read(chemin, envoi)
    if compute_empreinte(chemin) != envoi.empreinte:
        raison = "le fichier a changé pendant sa lecture : recommencer"
        raise DonneesRefusees([Anomalie(chemin.name, None, None, raison)])
    return lu


def get_canal(genre: str) -> Ecriture.Canal:
    """Official files are told from those that people declare."""
    officiel = genre in {source.code for source in list_sources()}
    return Ecriture.Canal.SOURCE if officiel else Ecriture.Canal.IMPORT


def get_porte(genre: str) -> Porte:
    """The door of a kind of import."""
    portes = list_portes()
    if genre not in portes:
        raise DemandeIncorrecte(f"genre inconnu : {genre} ; genres : {', '.join(sorted(portes))}")
    return portes[genre]


def check_noms(chemin: Path) -> None:
    """A file name that is no text can be kept in no journal, nor even told as it is."""
    fichiers = chemin.iterdir() if chemin.is_dir() else ()
    illisibles = [
        Anomalie(f.name, None, None, "nom de fichier qui n’est pas de l’UTF-8 : le renommer")
        for f in (chemin, *fichiers)
        if any("\ud800" <= signe <= "\udfff" for signe in f.name)
    ]
    if illisibles:
        raise DonneesRefusees(illisibles)


def compute_empreinte(chemin: Path) -> str:
    """SHA-256 of a file, or of the files of a folder with their names."""
    empreinte = hashlib.sha256()
    if not chemin.is_dir():
        empreinte.update(read_octets(chemin))
        return empreinte.hexdigest()
    for fichier in sorted(f for f in chemin.iterdir() if f.is_file()):
        empreinte.update(f"{fichier.name}\0".encode())
        empreinte.update(read_octets(fichier))
    return empreinte.hexdigest()
