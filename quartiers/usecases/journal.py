"""One import, one transaction: its row in the journal, and the rank it gives to each fact."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from quartiers.core.anomalie import Anomalie, Rapport
from quartiers.storage.models import Importation

PARIS = ZoneInfo("Europe/Paris")
BITS_PAR_IMPORT = 24
VERROU_DES_IMPORTS = 0x51_41  # any number, the same for every process


@dataclass(slots=True)
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

    def get_millesime(self) -> date:
        """The date of an official file that must have one (checked before)."""
        if self.millesime is None:
            msg = f"{self.genre} : millésime absent"
            raise ValueError(msg)
        return self.millesime

    @property
    def is_archive(self) -> bool:
        """Said to be known on another day than the one it is entered."""
        return self.connu_le != self.saisi_le.astimezone(PARIS).date()


@dataclass(slots=True)
class Plume:
    """Writes in the journal: opens the import's row when there is something to add, and ranks the facts."""

    envoi: Envoi
    importation: Importation | None = None
    ajoutees: int = 0
    rapports: list[Rapport] = field(default_factory=list)

    def open(self) -> Importation:
        """The row of this import, made the first time."""
        if self.importation is None:
            envoi = self.envoi
            self.importation = Importation.objects.create(
                genre=envoi.genre,
                fichier=envoi.fichier[:255],
                empreinte=envoi.empreinte,
                millesime=envoi.millesime,
                connu_le=envoi.connu_le,
                saisi_le=envoi.saisi_le,
                archive=envoi.is_archive,
                lues=0,
                ajoutees=0,
            )
        return self.importation

    def sign(self) -> dict[str, Any]:
        """What every fact carries: its import, its day of knowledge, its rank."""
        importation = self.open()
        self.ajoutees += 1
        return {
            "importation": importation,
            "connu_le": self.envoi.connu_le,
            "ordre": (importation.pk << BITS_PAR_IMPORT) + self.ajoutees,
        }

    def close(self) -> None:
        """The counts and the reasons, once everything is written."""
        if self.importation is None:
            return
        self.importation.lues = sum(r.lues for r in self.rapports)
        self.importation.ajoutees = self.ajoutees
        self.importation.rapport = {
            "ecartees": [str(a) for a in self.list_anomalies("ecartees")],
            "reparees": [str(a) for a in self.list_anomalies("reparees")],
            "avis": [str(a) for a in self.list_anomalies("avis")],
        }
        self.importation.save()

    def list_anomalies(self, genre: str) -> list[Anomalie]:
        """All that was repaired, set aside or noticed, over the files of the import."""
        return [anomalie for rapport in self.rapports for anomalie in getattr(rapport, genre)]


@contextmanager
def open_transaction() -> Iterator[None]:
    """One import at a time: the ranks follow the order in which facts become visible."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as curseur:
                curseur.execute("SELECT pg_advisory_xact_lock(%s)", [VERROU_DES_IMPORTS])
        yield
