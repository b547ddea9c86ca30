"""One line declared in a form: the words typed go through the reader of files, so that a rule is written once."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, TypeAlias

from quartiers.core.contenu import Contenu
from quartiers.core.enregistrement import Validation
from quartiers.pieces.piece import PieceAdmise, VuSurPlace
from quartiers.sources.table import Ligne, Table, clean_cellule
from quartiers.storage.models import Ecriture, Enregistrement, Releve
from quartiers.usecases.charger_dossier import load_cadre
from quartiers.usecases.completer_refus import complete_refus
from quartiers.usecases.contexte import Contexte
from quartiers.usecases.ecrire import Bilan, EcritureOuverte, Envoi
from quartiers.usecases.garder_brouillon import drop_brouillon
from quartiers.usecases.garder_pieces import keep_pieces
from quartiers.usecases.imports import releves
from quartiers.usecases.lire_enregistrements import EnregistrementLu
from quartiers.usecases.porte_d_enregistrements import (
    EnregistrementsCompares,
    PorteDEnregistrements,
)
from quartiers.usecases.preparer import Porte, Preparation, Recu, write_preparation
from quartiers.usecases.recouvrants import Recouvrants
from quartiers.usecases.releve_lu import ReleveLu, RelevesConnus

FORMULAIRE = "formulaire"
COMMENTAIRE_MAX = 280
"""Signs of a word beside a value: a sentence or two."""
Pieces: TypeAlias = Sequence[PieceAdmise | VuSurPlace]
"""What proves the line."""


class Conflit(Exception):  # noqa: N818 -- named in French like every noun of the product
    """Somebody corrected the line since it was looked at: both versions, for the page that shows them.

    Of a record, `connue` and `voulue` are what its rows say.

    `connue`: None when the line looked at was only the first of its kind for the writer. `rangee`: what to look
    at before writing again.
    """

    def __init__(
        self,
        connue: ReleveLu | EnregistrementLu | None,
        voulue: ReleveLu | EnregistrementLu,
        rangee: int | None,
    ) -> None:
        super().__init__("cette ligne a été corrigée entre-temps")
        self.connue = connue
        self.voulue = voulue
        self.rangee = rangee


@dataclass(frozen=True, slots=True)
class PorteAvecPieces:
    """The door of one line, then what proves it: with the row it adds, or with the one that already says the same.

    `brouillon`: the form that it was written in, whose draft goes with what it became, or stays with what it did not.
    """

    porte: Porte
    pieces: Pieces = ()
    brouillon: str = ""

    @property
    def GENRE(self) -> str:  # noqa: N802 -- the name that doors have
        """That of the door."""
        return str(self.porte.GENRE)

    def write(self, lus: Any, ecriture: EcritureOuverte) -> Bilan:  # noqa: ANN401 -- each door knows its own
        """All or nothing with its proofs and its draft. Raises PieceRefusee over a quota."""
        bilan: Bilan = self.porte.write(lus, ecriture)
        if self.pieces:
            keep_pieces(ecriture, find_rangee(lus, ecriture), self.pieces)
        if self.brouillon and ecriture.ajoutees:
            drop_brouillon(ecriture.envoi.compte or 0, self.brouillon)
        return bilan

    def has_change(self, lus: Any, depuis: int) -> bool:  # noqa: ANN401 -- same reason
        """That of the door."""
        return bool(self.porte.has_change(lus, depuis))


def find_rangee(
    lus: releves.RelevesCompares | EnregistrementsCompares, ecriture: EcritureOuverte
) -> Releve | Enregistrement:
    """The row that this write adds, else the one that holds and says the same."""
    if isinstance(lus, releves.RelevesCompares):
        connue = lus.connus.tenues.get(lus.lot.lus[0].identite)
        modele: type[Releve | Enregistrement] = Releve
    else:
        connue = lus.tenues.get(lus.lus[0].identite)
        modele = Enregistrement
    ajoutees = modele.objects.filter(ecriture_id=ecriture.id).order_by(
        "pk"
    )  # its write has no row yet
    ajoutee = ajoutees.first() if ecriture.id else None
    trouvee: Releve | Enregistrement = ajoutee or modele.objects.get(pk=connue or 0)
    return trouvee


@complete_refus()
def declare_releve(
    *,
    envoi: Envoi,
    textes: Mapping[str, str],
    vu: int | None = None,
    pieces: Pieces = (),
    brouillon: str = "",
) -> Recu:
    """Record one relevé, or correct one. `textes`: what was typed, by column of releves.csv.

    `vu`: the row that the writer was looking at, None for none; `brouillon`: the form, whose draft goes. Raises DonneesRefusees with every reason, Conflit
    when another row has been entered since, PieceRefusee; then nothing is stored.
    """
    envoi = replace(envoi, genre=releves.GENRE, canal=Ecriture.Canal.FORMULAIRE, fichier="")
    table = build_table(textes)
    porte = PorteAvecPieces(releves, pieces, brouillon)
    preparation = Preparation(porte, envoi, partial(read_saisie, table, envoi, vu))
    preparation.read_dehors()
    return write_preparation(preparation)


@complete_refus()
def declare_enregistrement(
    *,
    genre: type[Contenu],
    envoi: Envoi,
    textes: Mapping[str, str],
    vu: int | None = None,
    pieces: Pieces = (),
    brouillon: str = "",
) -> Recu:
    """Record one statement about a thing, or correct one. `textes`: what was typed, by column of the file of the kind.

    It waits for a second person, whatever its words. Raises what `declare_releve` does.
    """
    envoi = replace(envoi, genre=genre.get_mot(), canal=Ecriture.Canal.FORMULAIRE, fichier="")
    porte = PorteDEnregistrements(genre)
    table = build_table({**textes, "validation": Validation.SOUMIS.value})
    read = partial(read_enregistrement, porte, table, envoi, vu)
    preparation = Preparation(PorteAvecPieces(porte, pieces, brouillon), envoi, read)
    preparation.read_dehors()
    return write_preparation(preparation)


def read_enregistrement(
    porte: PorteDEnregistrements, table: Table, envoi: Envoi, vu: int | None
) -> EnregistrementsCompares:
    """The record beside what the base knows of its thing. Raises Conflit when that is not what was looked at."""
    lus = porte.compare(table, build_contexte_tenu(envoi.connu_le, RelevesConnus()), envoi)
    connues = {ancien.identite: ancien for ancien, _ in lus.comparaison.corrigees}
    for lu in lus.comparaison.changements:
        derniere = lus.precedents.get(lu.identite)
        if derniere != vu and not (vu is None and derniere in lus.renvoyees):
            raise Conflit(connues.get(lu.identite), lu, derniere)
    return lus


def name_objet(genre: type[Contenu]) -> str:
    """The name of a thing that a page records for the first time: nobody else can have chosen it."""
    return f"{genre.GENRE}/{secrets.token_hex(6)}"


def read_saisie(table: Table, envoi: Envoi, vu: int | None) -> releves.RelevesCompares:
    """The line beside what the base knows of it. Raises Conflit when that is not what was looked at.

    One's own line of the day is no conflict: whoever says another value of it corrects it.
    """
    lus = releves.compare_releves(table, build_contexte_tenu, envoi)
    for lu in lus.lot.comparaison.changements:
        derniere = lus.connus.derniers.get(lu.identite)
        if derniere == vu or (vu is None and lu.identite in lus.connus.renvoyees):
            continue
        connue = lus.connus.actuels.get(lu.identite)
        if vu is not None or connue is None or not is_sienne(derniere, envoi):
            raise Conflit(connue, lu, derniere)
    return lus


def is_sienne(rangee: int | None, envoi: Envoi) -> bool:
    """The row was typed by the account that writes, for the same account."""
    siennes = Releve.objects.filter(
        pk=rangee or 0, ecriture__compte=envoi.compte, ecriture__pour=envoi.pour
    )
    return envoi.compte is not None and siennes.exists()


def build_table(textes: Mapping[str, str]) -> Table:
    """The words of a form as a file of one line would give them."""
    colonnes = tuple(textes)
    rangs = {colonne: rang for rang, colonne in enumerate(colonnes)}
    cellules = tuple(map(clean_cellule, textes.values()))
    return Table(FORMULAIRE, colonnes, (Ligne(1, cellules, rangs),))


def build_contexte_tenu(connu_le: date, connus: RelevesConnus) -> Contexte:
    """What a line is checked against, from what the process holds of the base: nothing of the frame is read again."""
    savoir = load_cadre()
    return Contexte(
        referentiel=savoir.dossier.referentiel,
        territoires=savoir.codes,
        connu_le=connu_le,
        releves=connus,
        list_recouvrants=Recouvrants().list_codes,
    )
