"""« Appliquer cet essai »: the file is read again, and written only if each of its lines would still do the same."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from quartiers.core.anomalie import Anomalie, DonneesRefusees
from quartiers.core.essai_d_import import LigneEssayee, SortDeLigne
from quartiers.storage.models import EssaiDImport, SuiteDEssai
from quartiers.usecases.ecrire import Bilan, EcritureOuverte
from quartiers.usecases.essayer import FichierEnvoye, Tentative, leave, try_fichier
from quartiers.usecases.lire_essais import open_lecteur
from quartiers.usecases.preparer import (
    ESSAIS,
    TROP_DISPUTE,
    Porte,
    Preparation,
    Recu,
    get_dernier,
    write_preparation,
)

SANS_ACCORD = "laissée dehors par qui applique"


class BaseBougee(Exception):  # noqa: N818 -- named in French like every noun of the product
    """The base is no more what the trial rests on: the new one, and the number of the write that it rests on."""

    def __init__(self, tentative: Tentative, depuis: int) -> None:
        super().__init__("la base a bougé depuis l’essai")
        self.tentative = tentative
        self.depuis = depuis


class DejaApplique(LookupError):  # noqa: N818 -- same reason
    """It was applied already: once is enough."""


class LectureDepassee(Exception):  # noqa: N818 -- same reason
    """Somebody wrote of the same lines since they were read: they are read again, outside the lock."""


@dataclass(frozen=True, slots=True)
class PorteDEssai:
    """The door of a kind, then what was done of the trial: the same write, or nothing."""

    porte: Porte
    make_suite: Callable[[], SuiteDEssai]

    CADRE = True
    """The same bytes may be tried again: each line is compared, and a trial is applied once."""

    @property
    def GENRE(self) -> str:  # noqa: N802 -- the name that doors have
        """That of the door."""
        return str(self.porte.GENRE)

    def write(self, lus: Any, ecriture: EcritureOuverte) -> Bilan:  # noqa: ANN401 -- each door knows its own
        """All or nothing; nothing is said of a trial that adds nothing."""
        if lus is None:
            return Bilan()
        bilan: Bilan = self.porte.write(lus, ecriture)
        if ecriture.ajoutees:
            ecriture.add(SuiteDEssai, [self.make_suite()])
        return bilan

    def has_change(self, lus: Any, depuis: int) -> bool:  # noqa: ANN401 -- same reason
        """That of the door."""
        return lus is not None and bool(self.porte.has_change(lus, depuis))


def apply_essai(
    *, garde: EssaiDImport, fichier: FichierEnvoye, condensat: str, admis: frozenset[str]
) -> Recu:
    """One write, all or nothing, of the lines of a trial that are neither refused nor left out.

    `condensat`: that of the trial that was read; `admis`: the risks taken. Raises BaseBougee when it would not do the
    same any more, DejaApplique, DonneesRefusees; then nothing is written.
    """
    for _ in range(ESSAIS):
        with suppress(LectureDepassee):
            return write_once(garde, fichier, condensat, admis)
    raise DonneesRefusees([Anomalie(fichier.nom, None, None, TROP_DISPUTE)])


def write_once(
    garde: EssaiDImport, fichier: FichierEnvoye, condensat: str, admis: frozenset[str]
) -> Recu:
    """Read, then written if nothing moved. Nobody waits while a file is read: raises LectureDepassee to read again."""
    dehors = [True]

    def read() -> Any:  # noqa: ANN401 -- each door knows its own
        if not dehors:
            raise LectureDepassee
        dehors.clear()
        if SuiteDEssai.objects.filter(essai=garde.pk).exists():
            raise DejaApplique(garde.pk)
        depuis = get_dernier()
        tentative = try_fichier(fichier, has_effets=False)
        if tentative.essai.condensat != condensat:
            raise BaseBougee(tentative, depuis)
        return keep_retenues(tentative, admis)

    def make_suite() -> SuiteDEssai:
        return SuiteDEssai(
            essai_id=garde.pk,
            ligne=0,
            nature=SuiteDEssai.Nature.APPLIQUE,
            condensat=condensat,
            admis=" ".join(sorted(admis)),
        )

    porte = open_lecteur(fichier.ressort, fichier.genre, fichier.envoi).porte
    preparation = Preparation(PorteDEssai(porte, make_suite), fichier.envoi, read)
    preparation.read_dehors()
    return write_preparation(preparation)


def keep_retenues(tentative: Tentative, admis: frozenset[str]) -> Any:  # noqa: ANN401 -- each door knows its own
    """What is written; the report of the write also tells of what is not."""
    lus, lecteur, table = tentative.lus, tentative.lecteur, tentative.table
    if lus is None or table is None:
        return None
    laissees = tentative.essai.list_laissees(admis)
    restante = leave(table, laissees)
    if not restante.lignes:
        return None
    if len(restante) < len(table):
        lus = lecteur.compare(restante)
    rapport = lecteur.get_rapport(lus)
    ecartees = [
        make_ecartee(ligne, rapport.fichier)
        for ligne in tentative.essai.lignes
        if ligne.ligne in laissees
    ]
    return lecteur.replace_rapport(
        lus, replace(rapport, lues=rapport.lues + len(ecartees), ecartees=tuple(ecartees))
    )


def make_ecartee(ligne: LigneEssayee, fichier: str) -> Anomalie:
    """A line that stays out, as the journal of writes tells it."""
    raison = ligne.raison if ligne.sort is SortDeLigne.REFUSEE else SANS_ACCORD
    return Anomalie(fichier, ligne.ligne, ligne.colonne or None, raison)
