"""The days of an event: one held session each, a stay of several days being one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from quartiers.core.contenu import Contenu
from quartiers.core.derivation.jours import is_ferie, list_jours
from quartiers.core.enregistrement import Enregistrement
from quartiers.core.genres.activite import HEBDOMADAIRE, Activite

SOIR_DEBUT, SOIR_FIN = time(18), time(20)
_SAMEDI = 5


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One session, on its days. `is_tenue`: it was held."""

    jours: tuple[date, ...]
    is_tenue: bool

    @property
    def jour(self) -> date:
        """The first of its days (L-75)."""
        return self.jours[0]


def list_seances(ligne: Enregistrement, contenu: Contenu) -> Iterator[Occurrence]:
    """The sessions that a row proves: those up to the day it speaks of."""
    tenue = getattr(contenu, "tenue", True) is True
    if not isinstance(contenu, Activite):
        yield Occurrence((ligne.le,), tenue)
        return
    fin = contenu.dernier_jour or (ligne.le if contenu.rythme else contenu.premier_jour)
    pas = 7 if contenu.rythme == HEBDOMADAIRE else 1
    jours = tuple(list_jours(contenu.premier_jour, min(fin, ligne.le)))[::pas]
    annules = set(contenu.jours_annules)
    if contenu.rythme:
        yield from (Occurrence((jour,), tenue and jour not in annules) for jour in jours)
    elif jours:
        tenus = tuple(jour for jour in jours if jour not in annules)
        is_tenue = tenue and bool(tenus)
        yield Occurrence(tenus if is_tenue else jours, is_tenue)


def is_soir_ou_weekend(contenu: Activite, jour: date) -> bool:
    """Saturday, Sunday, a public holiday; or it begins at 18:00 or after, or ends after 20:00."""
    if jour.weekday() >= _SAMEDI or is_ferie(jour):
        return True
    debut, fin = contenu.heure_debut, contenu.heure_fin
    if debut is not None and debut >= SOIR_DEBUT:
        return True
    # An end before the beginning is on the morrow: after 20:00 as well.
    return fin is not None and (fin > SOIR_FIN or (debut is not None and fin < debut))
