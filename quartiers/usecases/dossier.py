"""All that the base knows, as the computation wants it; read once per state of the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from threading import Lock

from django.db.models import Max

from quartiers.core.cellule import Cellules, get_ordre
from quartiers.core.dossier import Dossier
from quartiers.core.genres import MOTS_DERIVES
from quartiers.core.genres.confirmation import ConfirmationDeclaree
from quartiers.core.genres.quartier_cible import QuartierDeclare
from quartiers.core.genres.sans_objet import SansObjetDeclare
from quartiers.core.nouveautes import merge_dossier
from quartiers.core.referentiel import Referentiel
from quartiers.core.territoire import Genre, Territoire, Territoires
from quartiers.storage import models
from quartiers.usecases.enregistrements import (
    build_enregistrement,
    iterate_contenus,
    iterate_enregistrements,
)
from quartiers.usecases.etat_base import load_referentiel
from quartiers.usecases.faits import (
    build_cible,
    build_releve,
)
from quartiers.usecases.lieux import list_arrets, list_cadres, list_lieux
from quartiers.usecases.nouveautes import Marque, read_marque, read_nouveautes
from quartiers.usecases.petits.confirmation import build_confirmation
from quartiers.usecases.petits.quartier_cible import build_quartier
from quartiers.usecases.petits.sans_objet import build_sans_objet
from quartiers.usecases.projection import project_lieux
from quartiers.usecases.rangees import CIBLES, RELEVES
from quartiers.usecases.registres import Registres, project_registres
from quartiers.usecases.territoires_connus import load_territoires

MEMOIRE = 32
Etat = tuple[Marque, str]
"""The last import and the rules: their name alone (`write_version`) is the same in two copies of a base."""
_verrou = Lock()
_dernier: list[Savoir] = []


@dataclass(frozen=True, slots=True)
class Savoir:
    """What a process holds of the base: the dossier, its cells, and the mark of the write it stops at.

    `codes`: the territoires with the quartiers cibles, whatever the day they were known: what a line is checked against.

    `touches`: for each earlier state it has grown from without being read again, the indicateurs
    something was said of since.
    """

    dossier: Dossier
    cellules: Cellules
    codes: Territoires
    marque: Marque
    registres: Registres
    touches: Mapping[Etat, frozenset[str]] = field(default_factory=dict)

    @property
    def etat(self) -> Etat:
        """What tells this state from any other, that of a base put back from a copy included."""
        return (self.marque, self.dossier.referentiel.version)


def load_dossier() -> Dossier:
    """The dossier of the base, kept by the process until an import changes it (one query to know)."""
    return load_savoir().dossier


def load_savoir() -> Savoir:
    """The same with its cells: read once, then only what was learnt since is read and merged."""
    etat = read_etat()
    with _verrou:
        if not _dernier:
            _dernier[:] = [_read(etat[0])]
        elif _dernier[0].etat != etat:
            _dernier[:] = [_follow(_dernier[0])]
        return _dernier[0]


def forget_dossier() -> None:
    """Read the base again at the next call: tests roll it back under our feet."""
    with _verrou:
        _dernier.clear()


def read_etat() -> Etat:
    """The state of the base as it is (one query)."""
    return (read_marque(), load_referentiel().version)


def write_version(marque: Marque, referentiel: Referentiel) -> str:
    """The name of a state of the data: `AAAA-MM-JJ.N-référentiel`, day of entry and number of the last import."""
    donnees = f"{marque.saisi_le:%Y-%m-%d}.{marque.numero}" if marque.saisi_le else "vide"
    return f"{donnees}-{referentiel.version}"


def _follow(savoir: Savoir) -> Savoir:
    """From what is held when that is sound, else from the base."""
    marque = read_marque()  # again, under the lock: another thread may just have done it
    if savoir.dossier.referentiel is not load_referentiel():
        return _read(marque)
    if savoir.marque == marque:
        return savoir
    return _merge(savoir, marque) or _read(marque)


def _read(marque: Marque) -> Savoir:
    """The whole base."""
    dossier, registres = read_base(marque)
    codes = dossier.territoires.extend(
        Territoire(q.code, q.nom, Genre.QUARTIER) for q in dossier.quartiers
    )
    return Savoir(dossier, Cellules(dossier), codes, marque, registres)


def _merge(savoir: Savoir, marque: Marque) -> Savoir | None:
    """What is held with what was learnt since; None when the frame moved, or when the base is another one."""
    referentiel = savoir.dossier.referentiel
    lots = read_nouveautes(savoir.marque, marque, referentiel)
    if lots is None:
        return None
    nouveautes, registres = lots.nouveautes, savoir.registres
    if lots.enregistrements:
        registres, changes = registres.follow(lots.enregistrements)
        nouveautes = replace(nouveautes, registres=changes)
    dossier = merge_dossier(
        savoir.dossier,
        nouveautes,
        write_version(marque, referentiel),
        tuple(list_versions(marque, referentiel)),
    )
    indicateurs = savoir.cellules.list_touches(nouveautes)
    touches = {etat: vus | indicateurs for etat, vus in savoir.touches.items()}
    touches[savoir.etat] = indicateurs
    recents = dict(list(touches.items())[-MEMOIRE:])
    cellules = savoir.cellules.merge(nouveautes)
    return Savoir(dossier, cellules, savoir.codes, marque, registres, recents)


def build_dossier(marque: Marque) -> Dossier:
    """Read everything; the same rows give the same dossier."""
    return read_base(marque)[0]


def read_base(marque: Marque) -> tuple[Dossier, Registres]:
    """The dossier, and the registers that its next rows will join.

    Declared lines of an import later than `marque` are left for the next look, which will add them.
    """
    referentiel = load_referentiel()
    lots = {"ecriture__numero__lte": marque.numero}
    territoires = load_territoires()
    quartiers = [build_quartier(*lu) for lu in iterate_contenus(QuartierDeclare)]
    lieux = list(list_lieux(territoires))
    noms = {lieu.cle: lieu.preuve.libelle for lieu in lieux}
    places = project_lieux(
        referentiel, lieux, list_arrets(noms), list_cadres(territoires, quartiers)
    )
    releves = [build_releve(*rangee, referentiel) for rangee in RELEVES.iterate(**lots)]
    confirmations = [
        build_confirmation(contenu, ligne, provenance, noms.get(contenu.lieu, ""))
        for contenu, ligne, provenance in iterate_contenus(ConfirmationDeclaree, **lots)
    ]
    enregistrements = (
        build_enregistrement(*lu, referentiel)
        for lu in iterate_enregistrements(genre__in=MOTS_DERIVES, **lots)
    )
    registres = project_registres(referentiel, territoires, quartiers, {}, enregistrements)
    dossier = Dossier(
        referentiel=referentiel,
        territoires=territoires,
        quartiers=quartiers,
        releves=sorted([*releves, *places.releves], key=get_ordre),
        objets=places.objets,
        listes=places.listes,
        confirmations=confirmations,
        sans_objets=[build_sans_objet(*lu) for lu in iterate_contenus(SansObjetDeclare, **lots)],
        cibles=[build_cible(*rangee) for rangee in CIBLES.iterate(**lots)],
        registres=registres.par_cle,
        version=write_version(marque, referentiel),
        versions=tuple(list_versions(marque, referentiel)),
    )
    return dossier, registres


def list_versions(marque: Marque, referentiel: Referentiel) -> Iterator[tuple[date, str]]:
    """The last write known at the end of each day: (day, `day.import-référentiel`), in order of the days.

    What was learnt later does not change the name of what was known then: an old tableau is printed again as it was.
    """
    ecritures = models.Ecriture.objects.filter(numero__lte=marque.numero)
    par_jour = (
        ecritures.order_by("connu_le").values_list("connu_le").annotate(dernier=Max("numero"))
    )
    dernier = 0
    for jour, numero in par_jour:
        dernier = max(dernier, numero)
        yield jour, f"{jour}.{dernier}-{referentiel.version}"
