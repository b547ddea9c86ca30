"""Taking back what one has just done, a declaration or a lot of decisions: for half an hour, and only one's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from quartiers.core.droits import Droits, Verbe
from quartiers.core.enregistrement import Validation
from quartiers.storage.models import Ecriture, Examen
from quartiers.usecases.compter_personnes import list_personnes
from quartiers.usecases.ecrire import Envoi
from quartiers.usecases.examiner import ChoixDeLigne, LotLu, PorteDExamens
from quartiers.usecases.lire_examens import GENRE
from quartiers.usecases.lister_attentes import (
    ENREGISTREMENT,
    RELEVE,
    Cle,
    find_attentes,
    load_attentes,
)
from quartiers.usecases.preparer import Preparation, Recu, write_preparation

DELAI = timedelta(minutes=30)
ANNULEE = "annulee"
"""The motive of a line that its own declarant takes back; no examiner can choose it."""


class TropTard(LookupError):  # noqa: N818 -- named in French like every noun of the product
    """It was judged or corrected since, it is older than half an hour, or it is somebody else's."""


def is_a_temps(saisi_le: datetime, maintenant: datetime) -> bool:
    """It may still be taken back."""
    return maintenant - saisi_le < DELAI


def cancel_declaration(*, envoi: Envoi, cle: Cle) -> Recu:
    """What the line corrected holds again, as it was. Raises TropTard, and then nothing changes."""

    def read() -> LotLu:
        attente = find_attentes([cle], list_personnes).get(cle)
        if attente is None or attente.compte != envoi.compte:
            raise TropTard
        if not is_a_temps(attente.saisi_le, envoi.saisi_le):
            raise TropTard
        retrait = ChoixDeLigne(cle, Validation.REJETE, ANNULEE)
        return LotLu([retrait], {cle: attente.examen})

    return _write(PorteDExamens(objet=""), envoi, read)


def cancel_examens(*, envoi: Envoi, numero: int, droits: Droits) -> Recu:
    """The lines of a lot wait again, but those corrected or judged anew since, or that the account may judge no more. Raises TropTard when none is left."""

    def read() -> LotLu:
        examens = Examen.objects.filter(
            ecriture__numero=numero,
            ecriture__compte=envoi.compte,
            ecriture__saisi_le__gt=envoi.saisi_le - DELAI,
            suivant__isnull=True,
            resultat__in=(Validation.VALIDE, Validation.REJETE),
            releve__suivant__isnull=True,
            enregistrement__suivant__isnull=True,
        ).exclude(motif=ANNULEE)
        lot = LotLu()
        lus = examens.values_list("pk", "releve", "enregistrement")
        cles = {Cle(RELEVE, r) if r is not None else Cle(ENREGISTREMENT, e): pk for pk, r, e in lus}
        attentes = load_attentes(list(cles), list_personnes)
        for cle, pk in cles.items():
            if not droits.can(Verbe.VALIDER, attentes[cle].build_sujet()):
                continue
            lot.choix.append(ChoixDeLigne(cle, Validation.SOUMIS))
            lot.precedents[cle] = pk
        if not lot.choix:
            raise TropTard
        return lot

    return _write(PorteDExamens(objet="annuler"), envoi, read)


def _write(porte: PorteDExamens, envoi: Envoi, read: Callable[[], LotLu]) -> Recu:
    envoi = replace(envoi, genre=GENRE, canal=Ecriture.Canal.FORMULAIRE, fichier="")
    preparation = Preparation(porte, envoi, read)
    preparation.read_dehors()
    return write_preparation(preparation)
