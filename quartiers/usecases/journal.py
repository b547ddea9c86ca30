"""One import, one transaction: its row in the journal, and the rank it gives to each fact."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from quartiers.core.anomalie import Rapport
from quartiers.storage.models import Importation
from quartiers.usecases.comparaison import Revision

PARIS = ZoneInfo("Europe/Paris")
BITS_PAR_IMPORT = 24
POUR_ADMETTRE = "--accepter-retrait pour l’admettre"
"""How a refusal of a mass withdrawal ends, whatever the door."""
VERROU_DES_IMPORTS = 0x51_41  # any number, the same for every process


@dataclass(frozen=True, slots=True)
class Envoi:
    """A file to take in: what it is said to be, and when it was learnt.

    `saisi_le` is the true moment of entry; `millesime` the date an official file speaks of.
    """

    genre: str
    fichier: str
    empreinte: str
    millesime: date | None
    connu_le: date
    saisi_le: datetime
    accepter_retrait: bool = False

    @property
    def is_archive(self) -> bool:
        """Said to be known on another day than the one it is entered."""
        return self.connu_le != self.saisi_le.astimezone(PARIS).date()

    def get_millesime(self) -> date:
        """The millésime, for the doors that ask for one."""
        if self.millesime is None:
            raise ValueError("millésime absent")
        return self.millesime


@dataclass(slots=True)
class Bilan:
    """What a door says of its work: every record kept is one of the four, those set aside are in the rapports.

    `doubles`: among the unchanged, those that say again what another line of the file says.
    """

    nouvelles: int = 0
    corrigees: tuple[Revision, ...] = ()
    retirees: tuple[Revision, ...] = ()
    inchangees: int = 0
    doubles: int = 0
    phrases: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Plume:
    """Writes in the journal: takes a number when there is something to add, ranks the facts, signs at the end.

    The row of the journal is written last, with its counts, and never touched again; foreign keys to it are
    checked at the end of the transaction.
    """

    envoi: Envoi
    numero: int | None = None
    ajoutees: int = 0
    rapports: list[Rapport] = field(default_factory=list)

    def open(self) -> int:
        """The number of this import, taken the first time: one more than the last, under the lock."""
        if self.numero is None:
            dernier = Importation.objects.order_by("-pk").values_list("pk", flat=True).first()
            self.numero = (dernier or 0) + 1
        return self.numero

    def sign(self) -> dict[str, Any]:
        """What every fact carries: its import, its day of knowledge, its rank."""
        numero = self.open()
        self.ajoutees += 1
        return {
            "importation_id": numero,
            "connu_le": self.envoi.connu_le,
            "ordre": (numero << BITS_PAR_IMPORT) + self.ajoutees,
        }

    def close(self, bilan: Bilan) -> None:
        """The row of the journal, once everything is written; nothing when nothing was added."""
        if self.numero is None:
            return
        envoi = self.envoi
        Importation.objects.create(
            id=self.numero,
            genre=envoi.genre,
            fichier=envoi.fichier[:255],
            empreinte=envoi.empreinte,
            millesime=envoi.millesime,
            connu_le=envoi.connu_le,
            saisi_le=envoi.saisi_le,
            archive=envoi.is_archive,
            lues=sum(rapport.lues for rapport in self.rapports),
            ecartees=sum(len(rapport.ecartees) for rapport in self.rapports),
            ajoutees=self.ajoutees,
            nouvelles=bilan.nouvelles,
            corrigees=len(bilan.corrigees),
            retirees=len(bilan.retirees),
            inchangees=bilan.inchangees,
            rapport={
                genre: [str(a) for rapport in self.rapports for a in getattr(rapport, genre)]
                for genre in ("ecartees", "reparees", "avis")
            },
        )


@contextmanager
def open_transaction() -> Iterator[None]:
    """One import at a time: the ranks follow the order in which facts become visible.

    SQLite takes its write lock at once (`IMMEDIATE`, see the settings); PostgreSQL is asked for one.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as curseur:
                curseur.execute("SELECT pg_advisory_xact_lock(%s)", [VERROU_DES_IMPORTS])
        yield
