"""Activite: something dated, open to people, once or again and again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Annotated, ClassVar

from quartiers.core.contenu import (
    Champ,
    Contenu,
    Mot,
    Reference,
    Sorte,
    list_futurs,
    list_inverses,
)

QUOTIDIEN = "quotidien"
HEBDOMADAIRE = "hebdomadaire"
SERIE_MAX = 3653
"""Days of one series: each session is read, and a year mistyped would make tens of thousands of them."""
RYTHMES = {QUOTIDIEN: "Chaque jour", HEBDOMADAIRE: "Chaque semaine"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Activite(Contenu):
    """One activity; with a rhythm, each of its days is an occurrence of its own."""

    GENRE = "activite"
    DE = "Activite"
    LIBELLE = "Activité"
    SORTE = Sorte.EVENEMENT
    VOCABULAIRES: ClassVar = {"lieu": "genre_lieu"}

    genre: Annotated[Mot, Champ("Genre de l’activité", vocabulaire="genre_activite")]
    titre: Annotated[str, Champ("Titre")] = ""
    premier_jour: Annotated[date, Champ("Premier jour")]
    dernier_jour: Annotated[
        date | None, Champ("Dernier jour", "Vide : le premier, ou sans fin connue si elle revient.")
    ] = None
    rythme: Annotated[
        Mot | None, Champ("Rythme", "Vide : une séance, ou un seul séjour.", mots=RYTHMES)
    ] = None
    jours_annules: Annotated[
        tuple[date, ...], Champ("Jours annulés", "Jours où elle n’a pas eu lieu.")
    ] = ()
    heure_debut: Annotated[time | None, Champ("Heure de début", "HH:MM, heure locale.")] = None
    heure_fin: Annotated[time | None, Champ("Heure de fin", "HH:MM, heure locale.")] = None
    tenue: Annotated[bool | None, Champ("Tenue", "« non » : annulée. Vide : on ne sait pas.")] = (
        None
    )
    theme: Annotated[tuple[Mot, ...], Champ("Thèmes", vocabulaire="theme")] = ()
    public: Annotated[tuple[Mot, ...], Champ("Publics", vocabulaire="public")] = ()
    organisateur: Annotated[
        tuple[Mot, ...], Champ("Organisateurs", "Leur genre.", vocabulaire="genre_organisme")
    ] = ()
    serie: Annotated[
        str, Champ("Série", "Ce qui réunit plusieurs activités en une, par exemple un cycle.")
    ] = ""
    lieu: Annotated[
        Reference | None,
        Champ("Lieu", "Objet du lieu ; d’une liste : « france-services/1234 ».", genre="lieu"),
    ] = None

    def list_fautes(self, le: date) -> Iterator[tuple[str, str]]:
        """What contradicts itself."""
        yield from list_inverses(self, ("premier_jour", "dernier_jour"))
        if self.heure_debut is not None and self.heure_fin == self.heure_debut:
            yield "heure_fin", "égale à « heure_debut »"
        fin = self.dernier_jour or (None if self.rythme else self.premier_jour)
        for jour in self.jours_annules:
            if jour < self.premier_jour or (fin is not None and jour > fin):
                yield "jours_annules", f"{jour:%d/%m/%Y} n’est pas l’un de ses jours"
        jusqu_a = min(self.dernier_jour or le, le)
        if self.rythme and (jusqu_a - self.premier_jour).days > SERIE_MAX:
            yield (
                "premier_jour",
                "plus de dix ans de séances : à dire en plusieurs activités",
            )
        if self.tenue:
            yield from list_futurs(self, le, "premier_jour")
