"""What the base learnt since an import, when it is of the kinds that only add declared lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from quartiers.core import fait
from quartiers.core.referentiel import Referentiel
from quartiers.storage.models import Importation, Lieu
from quartiers.usecases.faits import (
    build_cible,
    build_confirmation,
    build_releve,
    build_sans_objet,
)
from quartiers.usecases.rangees import CIBLES, CONFIRMATIONS, RELEVES, SANS_OBJETS

# Kinds of import that add declared lines and nothing else. The others move the frame (territoires,
# places, stops): what they change is worked out for all the rows together.
DECLARATIONS = frozenset({"releves", "cibles", "sans_objet", "confirmations"})


@dataclass(frozen=True, slots=True)
class Marque:
    """The last import of the base: enough to know it again, and to tell another base from this one."""

    numero: int = 0
    saisi_le: datetime | None = None
    empreinte: str = ""


VIDE = Marque()


def read_marque() -> Marque:
    """The mark of the base as it is: one query. Numbers are given under the lock, in the order of commits."""
    champs = ("pk", "saisi_le", "empreinte")
    derniere = Importation.objects.order_by("-pk").values_list(*champs).first()
    return VIDE if derniere is None else Marque(*derniere)


def read_nouveautes(
    depuis: Marque, jusque: Marque, referentiel: Referentiel
) -> fait.Nouveautes | None:
    """The faits of the imports after `depuis`, to `jusque` included; None when they cannot simply be added."""
    suite = Importation.objects.filter(pk__gte=depuis.numero, pk__lte=jusque.numero).order_by("pk")
    imports = list(suite.values_list("pk", "saisi_le", "empreinte", "genre"))
    if not imports or Marque(*imports[0][:3]) != depuis:
        return None  # an empty base, or not the one that was read
    genres = {genre for *_, genre in imports[1:]}
    if not genres <= DECLARATIONS:
        return None
    lots = {"importation_id__gt": depuis.numero, "importation_id__lte": jusque.numero}
    return fait.Nouveautes(
        releves=tuple(build_releve(*lu, referentiel) for lu in RELEVES.iterate(**lots))
        if "releves" in genres
        else (),
        confirmations=tuple(list_confirmations(lots)) if "confirmations" in genres else (),
        sans_objets=tuple(build_sans_objet(*lu) for lu in SANS_OBJETS.iterate(**lots))
        if "sans_objet" in genres
        else (),
        cibles=tuple(build_cible(*lue) for lue in CIBLES.iterate(**lots))
        if "cibles" in genres
        else (),
    )


def list_confirmations(lots: dict[str, int]) -> Iterator[fait.Confirmation]:
    """Confirmations with the name of their place, as its last list writes it."""
    lues = list(CONFIRMATIONS.iterate(**lots))
    lieux = Lieu.objects.filter(cle__in={lue.lieu for lue, _ in lues})
    noms = dict(lieux.order_by("connu_le", "ordre").values_list("cle", "nom"))
    for lue, provenance in lues:
        yield build_confirmation(lue, provenance, noms.get(lue.lieu, ""))
