"""Every route × rôle × here, over there, absent, read and sent; what is refused changes no table and leaves one line."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.test import Client

from quartiers.storage.models import Acte
from quartiers.usecases.charger_dossier import forget_dossier
from tests.recette.droits.adresses import LOURDS, build_envoi, list_adresses
from tests.recette.droits.canaris import Objets
from tests.recette.droits.monde import (
    ABSENT,
    ANONYME,
    ICI,
    LA_BAS,
    SANS_FACTEUR,
    Monde,
    Personnage,
    Recue,
)
from tests.recette.droits.table_des_routes import LigneDeRoute, parse_routes

Signature = tuple[int, bytes, tuple[tuple[str, str], ...]]
REFUS = frozenset({403, 404})
VOLATILES = frozenset({"django_session", "storage_sessionouverte", "storage_acte", "storage_tete"})
"""Sessions, and the journal with its head: its lines are counted."""


@dataclass(slots=True)
class Bilan:
    """What was asked, and all that was not as expected."""

    cases: int = 0
    refusees: int = 0
    identiques: int = 0
    ecritures_refusees: int = 0
    ecritures_permises: int = 0
    ecarts: list[str] = field(default_factory=list)
    tables: dict[str, str] = field(default_factory=dict)
    """What they are before and after each gesture, which is undone: reading changes none of them either."""

    def expect(self, vrai: bool, sinon: str) -> None:
        """A difference is kept, and the others are looked for."""
        if not vrai:
            self.ecarts.append(sinon)


@contextmanager
def undo() -> Iterator[None]:
    """Whatever is written inside is undone; what must be whole by itself believes that it is."""
    bloc = transaction.atomic()
    bloc._from_testcase = True  # type: ignore[attr-defined] # as the tests of Django do
    with bloc:
        yield
        transaction.set_rollback(True)


def hash_tables() -> dict[str, str]:
    """The SHA-256 of the rows of every table, in their order."""
    condensats = {}
    with connection.cursor() as curseur:
        for table in sorted(connection.introspection.table_names(curseur)):
            if table not in VOLATILES:
                curseur.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name of the base itself
                condensats[table] = hashlib.sha256(repr(curseur.fetchall()).encode()).hexdigest()
    return condensats


def list_changees(avant: dict[str, str], apres: dict[str, str]) -> set[str]:
    """Tables that are no more what they were."""
    return {table for table in avant if avant[table] != apres[table]}


def sign(reponse: Recue) -> Signature:
    """All that is received but the cookies: status, bytes, headers."""
    entetes = sorted((nom, v) for nom, v in reponse.headers.items() if nom != "Set-Cookie")
    octets = b"" if reponse.streaming else reponse.content
    return reponse.status_code, octets, tuple(entetes)


def play_matrice(monde: Monde, objets: Objets, bilan: Bilan) -> None:
    """By rôle, so that what is refused to one is compared to what is absent for that one."""
    gens = {**monde.ici, **monde.autres}
    gens.pop(SANS_FACTEUR)
    bilan.tables = hash_tables()
    for qui, personnage in gens.items():
        absente = sign(personnage.client.get("/rien/du/tout/"))
        for ligne in parse_routes():
            recues = Recues(qui, ligne, absente)
            for ou, adresse in list_adresses(ligne, objets).items():
                if ou == ICI or not ligne.is_sans_methode("GET"):
                    judge_lecture(bilan, personnage, recues, ou, adresse)
                if ou == ICI or not ligne.is_sans_methode("POST"):
                    judge_envoi(bilan, personnage, recues, ou, adresse)
            recues.compare(bilan)


@dataclass(slots=True)
class Recues:
    """What a rôle was answered by a route. `absente`: the answer of an address that leads nowhere."""

    qui: str
    ligne: LigneDeRoute
    absente: Signature
    refusees: dict[tuple[str, str], Signature] = field(default_factory=dict)

    def judge(self, bilan: Bilan, methode: str, ou: str, reponse: Recue) -> frozenset[int]:
        """The status; gives those that were expected."""
        attendus = find_attendus(self.ligne, ou, self.qui, methode)
        bilan.cases += 1
        code = reponse.status_code
        nom = f"{self.qui} {methode} {reponse.request['PATH_INFO']}"
        bilan.expect(code in attendus, f"{nom} : {code} au lieu de {sorted(attendus)}")
        if code == 404:
            self.refusees[methode, ou] = sign(reponse)
        return attendus

    def compare(self, bilan: Bilan) -> None:
        """What is refused is what does not exist: the bytes of any absent page, the headers of this very route."""
        for (methode, ou), recue in self.refusees.items():
            bilan.refusees += 1
            absente = self.refusees.get((methode, ABSENT), recue)
            page = absente if self.ligne.route == "invitation" else self.absente
            same = recue == absente and recue[1] == page[1]
            bilan.identiques += same
            nom = f"{self.qui} {methode} {self.ligne.route} {ou}"
            bilan.expect(
                same, f"{nom} : n’est pas une page absente, {set(recue[2]) ^ set(absente[2])}"
            )


def find_attendus(ligne: LigneDeRoute, ou: str, qui: str, methode: str) -> frozenset[int]:
    """What the table says."""
    if ou == ICI:
        return ligne.list_statuts(qui, methode)
    if ou == LA_BAS:
        return ligne.list_dehors(qui, methode)
    is_ouverte = ligne.objet == "jeton"
    return frozenset({302 if qui == ANONYME and not is_ouverte else 404})


def judge_lecture(
    bilan: Bilan, personnage: Personnage, recues: Recues, ou: str, adresse: str
) -> None:
    """GET, or HEAD of what is long to make."""
    client = copy_client(personnage)
    is_lourde = recues.ligne.route in LOURDS and find_attendus(
        recues.ligne, ou, recues.qui, "GET"
    ) == {200}
    recues.judge(bilan, "GET", ou, client.head(adresse) if is_lourde else client.get(adresse))


def judge_envoi(
    bilan: Bilan, personnage: Personnage, recues: Recues, ou: str, adresse: str
) -> None:
    """POST of what would be kept, undone; a refusal changes nothing but the journal, by one line."""
    with undo():
        lignes = count_refus()
        reponse = copy_client(personnage).post(
            adresse, build_envoi(recues.ligne, ou, personnage.compte)
        )
        attendus = recues.judge(bilan, "POST", ou, reponse)
        changees = list_changees(bilan.tables, hash_tables())
        nom = f"{recues.qui} POST {adresse}"
        if attendus <= REFUS:
            bilan.ecritures_refusees += 1
            attendue, une = int(recues.qui != ANONYME), count_refus() - lignes
            bilan.expect(not changees, f"{nom} : {sorted(changees)} ont changé")
            bilan.expect(une == attendue, f"{nom} : {une} ligne(s) de refus")
        elif attendus == {405} or (recues.qui == ANONYME and attendus == {302}):
            bilan.expect(not changees, f"{nom} : {sorted(changees)} ont changé")
        elif changees:
            bilan.ecritures_permises += 1
    if changees:
        forget_dossier()


def copy_client(personnage: Personnage) -> Client:
    """The same browser: what the answer takes away from it is not lost for the next one."""
    client = copy.copy(personnage.client)
    client.cookies = copy.deepcopy(personnage.client.cookies)
    return client


def count_refus() -> int:
    """Lines of refusal."""
    return Acte.objects.filter(verbe=Acte.Verbe.REFUS).count()
