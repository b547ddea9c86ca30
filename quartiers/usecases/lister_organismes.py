"""The organismes that were recorded, by name: those withdrawn, sent back or left as drafts are set aside, for everybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from quartiers.core.enregistrement import Validation
from quartiers.storage.models import Enregistrement, Examen

GENRE = "organisme"
NON_DITS = frozenset({Validation.BROUILLON, Validation.REJETE})


@dataclass(frozen=True, slots=True)
class OrganismeConnu:
    """What is told of one: its name, and the territoires where it was recorded."""

    nom: str
    lieux: frozenset[str]


def list_organismes_connus(objets: Collection[str] | None = None) -> dict[str, OrganismeConnu]:
    """All of them, or some, by what the last row of each says: one question."""
    renvois = Examen.objects.filter(
        enregistrement=OuterRef("pk"), suivant__isnull=True, resultat=Validation.REJETE
    )
    # A row that was sent back says nothing: the one before it holds again.
    dits = Enregistrement.objects.filter(~Exists(renvois), genre=GENRE)
    if objets is not None:
        dits = dits.filter(objet__in=objets)
    champs = ("objet", "champs__nom", "retrait", "validation", "dessertes__territoire")
    noms: dict[str, str | None] = {}
    lieux: dict[str, set[str]] = defaultdict(set)
    for objet, nom, retrait, validation, territoire in dits.order_by("le", "pk").values_list(
        *champs
    ):
        is_dit = not retrait and validation not in NON_DITS
        noms[objet] = (nom or objet) if is_dit else None
        if is_dit and territoire:
            lieux[objet].add(territoire)
    return {
        objet: OrganismeConnu(nom, frozenset(lieux[objet]))
        for objet, nom in noms.items()
        if nom is not None
    }


def is_organisme(objet: str) -> bool:
    """Whether something of that name is an organisme today."""
    return bool(objet) and objet in list_organismes_connus([objet])
