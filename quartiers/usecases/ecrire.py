"""One write, one transaction: its row in the journal, its place in the chain, the rank it gives to each fact."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from quartiers.core.anomalie import Rapport
from quartiers.core.temps import PARIS
from quartiers.storage.models import Ecriture, Tete
from quartiers.storage.models.base import LOT, Ajout
from quartiers.usecases.comparer import Revision
from quartiers.usecases.enchainer import CondensatDeRangees, take_place

POUR_ADMETTRE = "--accepter-retrait pour l’admettre"
"""How a refusal of a mass withdrawal ends, whatever the door."""
VERROU_DES_ECRITURES = 0x51_41  # any number, the same for every process
VERROU_DES_ACTES = 0x51_42
BITS_DU_HASARD = 37


@dataclass(frozen=True, slots=True)
class Envoi:
    """What is asked of a write: what it is said to be, by whom and how it came, and when it was learnt.

    `saisi_le` is the true moment of entry; `millesime` the date an official file speaks of. `compte`: identifier of
    the account that writes, None for a command of the host; `pour`: the one in whose name it does.
    """

    genre: str
    fichier: str
    empreinte: str
    millesime: date | None
    connu_le: date
    saisi_le: datetime
    accepter_retrait: bool = False
    canal: Ecriture.Canal = Ecriture.Canal.IMPORT
    compte: int | None = None
    pour: int | None = None
    organisme: str = ""

    @property
    def is_archive(self) -> bool:
        """Said to be known on another day than the one it is entered."""
        return self.connu_le != self.saisi_le.astimezone(PARIS).date()

    def get_millesime(self) -> date:
        """The millésime, for the doors that ask for one."""
        if self.millesime is None:
            raise ValueError("millésime absent")
        return self.millesime


def build_envoi(
    saisi_le: datetime, compte: int | None, organisme: str = "", pour: int | None = None
) -> Envoi:
    """A write of a page: of no file, and known from the very day it is entered, in Paris."""
    connu_le = saisi_le.astimezone(PARIS).date()
    return Envoi(
        "", "", "", None, connu_le, saisi_le, compte=compte, pour=pour, organisme=organisme
    )


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
class EcritureOuverte:
    """A write under way: takes its name when there is something to add, ranks the rows, signs at the end.

    The row of the journal is written last, with its counts and its place in the chain, and never touched again;
    foreign keys to it are checked at the end of the transaction.
    """

    envoi: Envoi
    id: int | None = None
    numero: int | None = None
    ajoutees: int = 0
    rapports: list[Rapport] = field(default_factory=list)
    _rang: int = 0
    _rangees: CondensatDeRangees = field(default_factory=CondensatDeRangees)

    def open(self) -> int:
        """The name of this write, which its rows bear, taken the first time."""
        if self.id is None:
            self.id = choose_id(self.envoi.saisi_le)
        return self.id

    def add(self, modele: type[Ajout], rangees: Iterable[Ajout]) -> list[Any]:
        """Write rows of one table, given back; their rank is their place in the write."""
        return modele.objects.bulk_create(map(self._sign, rangees), batch_size=LOT)

    def _sign(self, rangee: Ajout) -> Ajout:
        self._rang += 1
        self.ajoutees += 1
        rangee.ecriture_id = self.open()
        rangee.rang = self._rang
        self._rangees.add(rangee)
        return rangee

    def close(self, bilan: Bilan) -> None:
        """The row of the journal, once everything is written; nothing when nothing was added."""
        if self.id is None:
            return
        hold_numeros()
        ecriture = self._build(bilan, self.id)
        take_place(ecriture, Tete.Chaine.ECRITURES)
        self.numero = ecriture.numero

    def _build(self, bilan: Bilan, nom: int) -> Ecriture:
        envoi = self.envoi
        return Ecriture(
            id=nom,
            canal=envoi.canal,
            compte_id=envoi.compte,
            pour_id=envoi.pour,
            organisme=envoi.organisme,
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
            rangees=self._rangees.get(),
        )


def choose_id(saisi_le: datetime) -> int:
    """A name no other write has, without asking the base: the minute, so that indexes grow at their end, then chance."""
    minute = int(saisi_le.timestamp()) // 60
    return (minute << BITS_DU_HASARD) | secrets.randbits(BITS_DU_HASARD)


def hold_numeros(verrou: int = VERROU_DES_ECRITURES) -> None:
    """Until the commit, nobody else takes a number: they follow the order in which writes become visible.

    SQLite has one writer at a time (`IMMEDIATE`, see the settings); PostgreSQL is asked for a lock.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as curseur:
            curseur.execute("SELECT pg_advisory_xact_lock(%s)", [verrou])


@contextmanager
def open_transaction(*, is_seule: bool = True) -> Iterator[None]:
    """All or nothing. `is_seule`: nobody else writes meanwhile, else only while the number is taken (`hold_numeros`)."""
    with transaction.atomic():
        if is_seule:
            hold_numeros()
        yield
