"""Records of the base: how they are kept, and read back as they were said."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import islice
from typing import Any, TypeVar, cast

from quartiers.core import enregistrement
from quartiers.core.champs import from_champs, to_champs, write_exact
from quartiers.core.condensat import digest
from quartiers.core.dire import get_decimal
from quartiers.core.enregistrement import Lien, NatureDeLien, Validation
from quartiers.core.genres import GENRES
from quartiers.core.petit_genre import PetitGenre
from quartiers.core.referentiel import Referentiel
from quartiers.reports.genre_preuve import say_details
from quartiers.storage.models import Desserte, Ecriture, Enregistrement
from quartiers.storage.models.base import LOT
from quartiers.usecases.ecrire import EcritureOuverte
from quartiers.usecases.garder_lignes import Provenance, to_fraction
from quartiers.usecases.interroger import split
from quartiers.usecases.lire_enregistrements import EnregistrementLu
from quartiers.usecases.prouver import build_preuve

P = TypeVar("P", bound=PetitGenre)
_CHAMPS = ("pk", "genre", "objet", "le", "champs", "retrait", "validation", "ligne")
_ORIGINE = ("connu_le", "ordre", "ecriture__fichier", "ecriture__empreinte", "ecriture__archive")
_CANAL = "ecriture__canal"
DECLARES = [canal for canal in Ecriture.Canal if canal is not Ecriture.Canal.SOURCE]
"""Channels of what people say; the other one is that of official lists."""


def compute_condensat(lu: EnregistrementLu, champs: Mapping[str, Any]) -> bytes:
    """Of all that a record says, its place in a file apart: two that have the same say the same."""
    liens = [
        (lien.nature.value, lien.territoire, "" if lien.part is None else write_exact(lien.part))
        for lien in lu.liens
    ]
    dit = [lu.genre, lu.objet, lu.le.isoformat(), lu.validation.value, lu.is_retrait, champs]
    return digest(json.dumps([*dit, sorted(liens)], sort_keys=True, ensure_ascii=False))


def add_enregistrements(
    ecriture: EcritureOuverte,
    lus: Sequence[EnregistrementLu],
    precedents: Mapping[tuple[str, str, date], int],
) -> None:
    """Write records, each after the row that it corrects, and the territoires of each."""
    rangees = ecriture.add(
        Enregistrement,
        [_make_rangee(lu, precedents.get(lu.identite)) for lu in lus],
    )
    Desserte.objects.bulk_create(
        (
            Desserte(
                enregistrement_id=rangee.pk,
                territoire=lien.territoire,
                nature=lien.nature.value,
                part=None if lien.part is None else get_decimal(lien.part),
            )
            for lu, rangee in zip(lus, rangees, strict=True)
            for lien in lu.liens
        ),
        batch_size=LOT,
    )


def _make_rangee(lu: EnregistrementLu, precedent: int | None) -> Enregistrement:
    champs = write_champs(lu)
    return Enregistrement(
        ligne=lu.ligne,
        genre=lu.genre,
        objet=lu.objet,
        le=lu.le,
        precedent_id=precedent,
        retrait=lu.is_retrait,
        validation=lu.validation.value,
        champs=champs,
        condensat=compute_condensat(lu, champs),
    )


def write_champs(lu: EnregistrementLu) -> dict[str, Any]:
    """What its row keeps of what it says."""
    return {} if lu.contenu is None else to_champs(lu.contenu)


def iterate_enregistrements(**filtre: Any) -> Iterator[tuple[EnregistrementLu, Provenance]]:
    """Records with their provenance, in the order they were learnt."""
    rangees = Enregistrement.objects.add_ordre().filter(**filtre).order_by("connu_le", "ordre")
    suite = rangees.values_list(_CANAL, *_CHAMPS, *_ORIGINE).iterator(chunk_size=LOT)
    while lot := list(islice(suite, LOT)):
        liens = read_liens([rangee[1] for rangee in lot])
        for canal, pk, *valeurs in lot:
            coupe = len(_CHAMPS) - 1
            lu = _build(valeurs[:coupe], tuple(liens.get(pk, ())))
            origine: tuple[date, int, str, str, bool] = tuple(valeurs[coupe:])
            yield lu, Provenance(*origine, pk, officiel=canal == Ecriture.Canal.SOURCE)


def iterate_contenus(genre: type[P], **filtre: Any) -> Iterator[tuple[P, int, Provenance]]:
    """What the lines of a small kind say, each with its place in its file, in the order they were learnt."""
    rangees = Enregistrement.objects.add_ordre().filter(genre=genre.GENRE, **filtre)
    suite = rangees.order_by("connu_le", "ordre").values_list("champs", "ligne", *_ORIGINE, "pk")
    for champs, ligne, *origine in suite.iterator(chunk_size=LOT):
        contenu = from_champs(genre.GENRE, champs)
        yield cast("P", contenu), ligne, Provenance(*origine)


def _build(valeurs: Sequence[Any], liens: tuple[Lien, ...]) -> EnregistrementLu:
    genre, objet, le, champs, retrait, validation, ligne = valeurs
    contenu = None if retrait else from_champs(genre, champs)
    return EnregistrementLu(genre, objet, le, contenu, liens, Validation(validation), ligne)


def build_enregistrement(
    lu: EnregistrementLu, provenance: Provenance, referentiel: Referentiel
) -> enregistrement.Enregistrement:
    """A record as the computation wants it, with the proof of where it comes from."""
    libelle = GENRES[lu.genre].LIBELLE
    details = () if lu.contenu is None else tuple(say_details(lu.contenu, referentiel))
    return enregistrement.Enregistrement(
        genre=lu.genre,
        objet=lu.objet,
        le=lu.le,
        connu_le=provenance.connu_le,
        ordre=provenance.ordre,
        contenu=lu.contenu,
        liens=lu.liens,
        validation=lu.validation,
        officiel=provenance.officiel,
        numero=provenance.rangee,
        entree=provenance.ordre,
        preuve=build_preuve(
            (lu.genre, f"{lu.genre}/{lu.objet}/{lu.le.isoformat()}"),
            f"{libelle} « {lu.objet} »",
            lu.ligne,
            provenance,
            details,
        ),
    )


def read_liens(rangees: Iterable[int]) -> Mapping[int, Sequence[Lien]]:
    """The territoires of some rows, in the order they are written."""
    liens: dict[int, list[Lien]] = defaultdict(list)
    for lot in split(rangees):
        dessertes = Desserte.objects.filter(enregistrement_id__in=lot).order_by("pk")
        for pk, territoire, nature, part in dessertes.values_list(
            "enregistrement_id", "territoire", "nature", "part"
        ):
            exacte: Fraction | None = to_fraction(part)
            liens[pk].append(Lien(territoire, NatureDeLien(nature), exacte))
    return liens


def list_connus(genre: str, objets: Collection[str]) -> set[str]:
    """Those of some names that are things of a kind in the base."""
    connus: set[str] = set()
    for lot in split(sorted(objets)):
        rangees = Enregistrement.objects.filter(genre=genre, objet__in=lot).order_by()
        connus.update(rangees.values_list("objet", flat=True).distinct())
    return connus


def find_contenus_faux() -> Iterator[str]:
    """Records whose fields or territoires are no more what was written."""
    condensats = dict(Enregistrement.objects.order_by().values_list("pk", "condensat"))
    for lu, provenance in iterate_enregistrements():
        attendu = bytes(condensats[provenance.rangee or 0])
        if compute_condensat(lu, write_champs(lu)) != attendu:
            yield f"{lu.genre} {lu.objet} du {lu.le:%d/%m/%Y} (rangée {provenance.rangee})"
