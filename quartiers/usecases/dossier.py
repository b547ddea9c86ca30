"""All that the base knows, as the computation wants it; read once per state of the data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from threading import Lock

from quartiers.core import fait
from quartiers.core.territoire import Genre, Territoire, Territoires
from quartiers.storage import models
from quartiers.usecases.etat_base import load_referentiel
from quartiers.usecases.faits import (
    build_cible,
    build_confirmation,
    build_quartier,
    build_releve,
    build_sans_objet,
)
from quartiers.usecases.lieux import list_arrets, list_cadres, list_lieux
from quartiers.usecases.projection import project_lieux
from quartiers.usecases.rangees import CIBLES, CONFIRMATIONS, QUARTIERS, RELEVES, SANS_OBJETS

_verrou = Lock()
_dernier: list[fait.Dossier] = []


def load_dossier() -> fait.Dossier:
    """The dossier of the base, kept by the process until an import changes it (one query to know)."""
    version = get_version()
    with _verrou:
        if not _dernier or _dernier[0].version != version:
            _dernier[:] = [build_dossier(version)]
        return _dernier[0]


def forget_dossier() -> None:
    """Read the base again at the next call: tests roll it back under our feet."""
    with _verrou:
        _dernier.clear()


def get_version() -> str:
    """`AAAA-MM-JJ.N-référentiel`: the last import (day of entry, number) and the rules."""
    derniere = models.Importation.objects.order_by("-pk").values_list("saisi_le", "pk").first()
    donnees = "vide" if derniere is None else f"{derniere[0]:%Y-%m-%d}.{derniere[1]}"
    return f"{donnees}-{load_referentiel().version}"


def build_dossier(version: str) -> fait.Dossier:
    """Read everything; the same rows give the same dossier."""
    referentiel = load_referentiel()
    territoires = load_territoires()
    quartiers = [build_quartier(*rangee) for rangee in QUARTIERS.iterate()]
    lieux = list(list_lieux())
    noms = {lieu.cle: lieu.preuve.libelle for lieu in lieux}
    places = project_lieux(
        referentiel, lieux, list_arrets(noms), list_cadres(territoires, quartiers)
    )
    releves = [build_releve(*rangee, referentiel) for rangee in RELEVES.iterate()]
    confirmations = [
        build_confirmation(lue, provenance, noms.get(lue.lieu, ""))
        for lue, provenance in CONFIRMATIONS.iterate()
    ]
    return fait.Dossier(
        referentiel=referentiel,
        territoires=territoires,
        quartiers=quartiers,
        releves=[*releves, *places.releves],
        objets=places.objets,
        listes=places.listes,
        confirmations=confirmations,
        sans_objets=[build_sans_objet(*rangee) for rangee in SANS_OBJETS.iterate()],
        cibles=[build_cible(*rangee) for rangee in CIBLES.iterate()],
        version=version,
        versions=tuple(list_versions(referentiel.version)),
    )


def list_versions(referentiel: str) -> Iterator[tuple[date, str]]:
    """The last import known at the end of each day: (day, `day.import-référentiel`), in order of the days.

    What was learnt later does not change the name of what was known then: an old tableau is printed again as it was.
    """
    par_jour = dict(models.Importation.objects.order_by("pk").values_list("connu_le", "pk"))
    dernier = 0
    for jour in sorted(par_jour):
        dernier = max(dernier, par_jour[jour])
        yield jour, f"{jour}.{dernier}-{referentiel}"


def load_territoires() -> Territoires:
    """Territoires with what holds them, in order."""
    parents: dict[str, list[str]] = defaultdict(list)
    liens = models.Rattachement.objects.filter(genre="dans").order_by("enfant", "rang", "parent")
    for enfant, parent in liens.values_list("enfant", "parent"):
        parents[enfant].append(parent)
    lignes = models.Territoire.objects.order_by("code").values_list(
        "code", "nom", "genre", "du", "au"
    )
    return Territoires.build(
        Territoire(code, nom, Genre(genre), tuple(parents.get(code, ())), du, au)
        for code, nom, genre, du, au in lignes
    )
