"""What the base already knows, as the readers of files need it."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from quartiers.core.referentiel import Referentiel
from quartiers.core.territoire import NIVEAU_DU_GENRE, Genre, Niveau
from quartiers.referentiel.charger import get_dossier, load_programme
from quartiers.storage.models import Lieu, QuartierCible, Releve, Territoire
from quartiers.usecases.contexte import Contexte


@cache
def _load(dossier: Path) -> Referentiel:
    return load_programme(dossier)


def load_referentiel() -> Referentiel:
    """The programme in use, read once per process."""
    return _load(get_dossier())


def list_niveaux() -> dict[str, Niveau]:
    """Level of every territoire of the base, quartiers cibles included."""
    niveaux = {
        code: NIVEAU_DU_GENRE[Genre(genre)]
        for code, genre in Territoire.objects.order_by().values_list("code", "genre")
    }
    codes = QuartierCible.objects.order_by().values_list("code", flat=True).distinct()
    return niveaux | dict.fromkeys(codes, Niveau.QUARTIER)


def build_contexte(connu_le: date) -> Contexte:
    """All that a declared line is checked against, as of now."""
    cles = Releve.objects.order_by().exclude(cle="").values_list("source", "cle").distinct()
    return Contexte(
        referentiel=load_referentiel(),
        niveaux=list_niveaux(),
        connu_le=connu_le,
        lieux=frozenset(Lieu.objects.order_by().values_list("cle", flat=True).distinct()),
        cles=frozenset(cles),
    )
