"""The pieces of the faits of a page, in one question to the base whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from quartiers.core.constat import Constat, FaitRetenu
from quartiers.core.droits import FAMILLES, SOUMIS, VALIDE, Sujet
from quartiers.core.explication import Explication
from quartiers.core.fait import Rang, Releve
from quartiers.core.registre import EnregistrementRetenu
from quartiers.reports.presentation.pieces import (
    PieceMontree,
    Pieces,
    get_entree,
    is_declare,
    list_faits_derriere,
)
from quartiers.storage.models import Piece
from quartiers.storage.models.base import BITS_DU_RANG
from quartiers.usecases.lire_piece import RESERVE

PeutOuvrir = Callable[[Sujet, int | None], bool]
"""Whether the reader may open a file that proves such a fact, sent by such an account (see `lire_piece`)."""


def load_pieces(
    faits: Iterable[FaitRetenu],
    connu_le: date,
    can_open: PeutOuvrir,
    link: Callable[[int], str],
) -> Pieces:
    """The pieces known on a day of the declared faits, by the `ordre` of each. `link`: the address of a piece."""
    declares = {get_entree(fait): fait for fait in faits if is_declare(fait)}
    if not declares:
        return {}
    trouvees: dict[int, list[PieceMontree]] = defaultdict(list)
    rangees = _select("releve", declares, connu_le).union(
        _select("enregistrement", declares, connu_le), all=True
    )
    for pk, nature, nom, empreinte, numero, rang, organisme, depot in sorted(rangees):
        fait = declares.get((numero << BITS_DU_RANG) + rang)
        if fait is None:
            continue
        sujet = build_sujet(fait, organisme)
        ouverte = bool(empreinte) and sujet is not None and can_open(sujet, depot)
        mot = str(Piece.Nature(nature).label)
        if ouverte:
            trouvees[get_entree(fait)].append(PieceMontree(nature, mot, nom, link(pk), empreinte))
        else:
            trouvees[get_entree(fait)].append(PieceMontree(nature, mot))
    return {ordre: tuple(siennes) for ordre, siennes in trouvees.items()}


def find_prouves(faits: Iterable[FaitRetenu], connu_le: date) -> frozenset[int]:
    """The `ordre` of what has a piece, among all that is of the indicateurs and the kinds of these faits."""
    declares = [fait for fait in faits if is_declare(fait)]
    if not declares:
        return frozenset()
    indicateurs = {fait.indicateur for fait in declares}
    genres = {f.enregistrement.genre for f in declares if isinstance(f, EnregistrementRetenu)}
    pieces = Piece.objects.order_by().filter(ecriture__connu_le__lte=connu_le)
    releves = pieces.filter(releve__indicateur__in=indicateurs)
    enregistrements = pieces.filter(enregistrement__genre__in=genres)
    places = releves.values_list("releve__ecriture__numero", "releve__rang").union(
        enregistrements.values_list("enregistrement__ecriture__numero", "enregistrement__rang")
    )
    return frozenset((numero << BITS_DU_RANG) + rang for numero, rang in places)


def list_faits(explication: Explication) -> tuple[FaitRetenu, ...]:
    """The faits that a proof shows, retained or not; those of all that a total is made of."""
    constat = explication.constat
    propre = constat if isinstance(constat, Constat) else constat.propre
    ecartes = () if propre is None else propre.ecartes
    return (*list_faits_derriere(constat), *ecartes)


def can_open_all(_sujet: Sujet, _depot: int | None) -> bool:
    """The rule of commands, which belong to no account: they read the whole base."""
    return True


def _select(table: str, ordres: Iterable[int], connu_le: date) -> QuerySet[Piece, Any]:
    """Pieces of rows of a table, a few more than those of these ranks: both halves of a rank are indexed."""
    numeros = {ordre >> BITS_DU_RANG for ordre in ordres}
    rangs = {ordre & ((1 << BITS_DU_RANG) - 1) for ordre in ordres}
    pieces = Piece.objects.order_by().filter(
        **{f"{table}__ecriture__numero__in": numeros, f"{table}__rang__in": rangs},
        ecriture__connu_le__lte=connu_le,
    )
    return pieces.values_list(
        *("pk", "nature", "nom", "fichier_id"),
        F(f"{table}__ecriture__numero"),
        F(f"{table}__rang"),
        F(f"{table}__ecriture__organisme"),
        "ecriture__compte_id",
    )


def build_sujet(fait: FaitRetenu, organisme: str) -> Sujet | None:
    """The fact that a piece proves, as rights judge it; None when they do not know its kind."""
    if isinstance(fait, EnregistrementRetenu):
        dit = fait.enregistrement
        territoires = tuple(lien.territoire for lien in dit.liens)
        return Sujet(dit.genre, territoires, organisme, dit.validation.value, RESERVE)
    genre = fait.preuve.genre
    if genre not in FAMILLES:
        return None
    is_valide = isinstance(fait, Releve) and fait.rang is Rang.VALIDE
    validation = VALIDE if is_valide else SOUMIS
    return Sujet(genre, (fait.territoire,), organisme, validation, RESERVE)
