"""Lieu: a place where people are received, or a building that is followed; open or closed, with its labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from quartiers.core.contenu import (
    LONG_TEXTE_MAX,
    Champ,
    Contenu,
    Coordonnee,
    Intervalle,
    Mot,
    Sorte,
    list_dits,
    list_futurs,
    list_inverses,
    list_lendemains,
)


def _find_ouverture(lieu: Lieu, le: date) -> Intervalle:
    """Open from its first day, from the day of the record when nobody knows it, to its last one."""
    return lieu.ouvert or min(le, lieu.ferme or le), lieu.ferme


@dataclass(frozen=True, slots=True, kw_only=True)
class Lieu(Contenu):
    """A place as it was on the day of the record."""

    GENRE = "lieu"
    DE = "Lieu"
    LIBELLE = "Lieu"
    SORTE = Sorte.ETAT
    PERIODES: ClassVar = {"en_vigueur": _find_ouverture}

    genre: Annotated[Mot, Champ("Genre du lieu", vocabulaire="genre_lieu")]
    nom: Annotated[str, Champ("Nom")] = ""
    adresse: Annotated[str, Champ("Adresse")] = ""
    commune: Annotated[str, Champ("Commune", "Code ou nom de la commune.")] = ""
    longitude: Annotated[
        Coordonnee | None, Champ("Longitude", "En degrés décimaux.", borne=180)
    ] = None
    latitude: Annotated[Coordonnee | None, Champ("Latitude", "En degrés décimaux.", borne=90)] = (
        None
    )
    ouvert: Annotated[date | None, Champ("Ouvert depuis le", "Premier jour d’ouverture.")] = None
    ferme: Annotated[
        date | None, Champ("Ouvert jusqu’au", "Dernier jour d’ouverture ; vide s’il est ouvert.")
    ] = None
    mobile: Annotated[bool | None, Champ("Mobile", "Un bus, une permanence itinérante.")] = None
    arret_hebdomadaire: Annotated[
        bool | None, Champ("Arrêt hebdomadaire", "Il s’arrête dans le quartier chaque semaine.")
    ] = None
    education_prioritaire: Annotated[
        Mot | None, Champ("Éducation prioritaire", vocabulaire="education_prioritaire")
    ] = None
    niveaux_presents: Annotated[
        tuple[Mot, ...], Champ("Niveaux présents", vocabulaire="niveau_scolaire")
    ] = ()
    niveaux_dedoubles: Annotated[
        tuple[Mot, ...], Champ("Niveaux dédoublés", vocabulaire="niveau_scolaire")
    ] = ()
    degradee: Annotated[bool | None, Champ("Copropriété dégradée")] = None
    accompagnee: Annotated[bool | None, Champ("Copropriété accompagnée")] = None
    label: Annotated[tuple[Mot, ...], Champ("Labels", vocabulaire="label")] = ()
    places: Annotated[int | None, Champ("Places")] = None
    horaires: Annotated[
        str,
        Champ(
            "Horaires",
            "Par jour : « lundi 09:00 - 12:00 / 13:30 - 17:00, mardi … ».",
            maximum=LONG_TEXTE_MAX,
        ),
    ] = ""
    format: Annotated[str, Champ("Format", "Espace fixe, bus… comme le dit une liste.")] = ""

    def list_changements(self) -> tuple[date, ...]:
        """Its opening, and the day after its last one."""
        return (*list_dits(self.ouvert), *list_lendemains(self.ferme))

    def is_situe(self) -> bool:
        """Its point says where it is."""
        return self.longitude is not None

    def list_fautes(self, le: date) -> Iterator[tuple[str, str]]:
        """What contradicts itself."""
        yield from list_inverses(self, ("ouvert", "ferme"))
        if (self.longitude is None) != (self.latitude is None):
            yield "longitude", "longitude et latitude vont ensemble"
        if self.arret_hebdomadaire and self.mobile is False:
            yield "arret_hebdomadaire", "un lieu qui n’est pas mobile n’a pas d’arrêts"
        absents = [n for n in self.niveaux_dedoubles if n not in self.niveaux_presents]
        if absents and self.niveaux_presents:
            yield (
                "niveaux_dedoubles",
                f"dédoublés sans être parmi « niveaux_presents » : {', '.join(absents)}",
            )
        yield from list_futurs(self, le, "ouvert")
