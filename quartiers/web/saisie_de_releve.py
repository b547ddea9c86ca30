"""What was typed in the form of a value: kept as it was typed, read by the reader of files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from quartiers.core.dix_fois import say_dix_fois
from quartiers.core.fait import Releve
from quartiers.core.referentiel import GenreIndicateur, Indicateur
from quartiers.sources.nombre import parse_nombre
from quartiers.usecases.declarer import COMMENTAIRE_MAX
from quartiers.usecases.interroger import parse_rangee

AUTRE = "autre"
CHAMPS = (
    *("valeur", "autre", "numerateur", "denominateur", "jalon"),
    *("date", "commentaire", "constate", "vu", "dix_fois", "pour", "personnelles"),
)


@dataclass(frozen=True, slots=True)
class SaisieDeReleve:
    """The words of each field. `valeur`: the choice, a number or « autre »; `vu`: the row that was looked at."""

    mots: Mapping[str, str]

    @classmethod
    def read(cls, request: HttpRequest) -> SaisieDeReleve:
        """As it was sent; what is no field of the form is left aside."""
        return cls({nom: request.POST.get(nom, "").strip() for nom in CHAMPS})

    @property
    def valeur(self) -> str:
        """The value, chosen or typed."""
        return self.mots["autre"] or self.mots["valeur"].replace(AUTRE, "")

    @property
    def vu(self) -> int | None:
        """The row that the form was about; a word that is no number is of no row."""
        return parse_rangee(self.mots["vu"])

    def list_fautes(self, indicateur: Indicateur) -> Iterator[tuple[str, str]]:
        """What the form alone can refuse: (field, reason)."""
        choisie, tapee = self.mots["valeur"], self.mots["autre"]
        if tapee and choisie not in {"", AUTRE, tapee}:
            yield "valeur", f"deux valeurs\u00a0: {choisie} est choisi, {tapee} est écrit"
        if indicateur.genre is GenreIndicateur.PART:
            if not self.mots["numerateur"] or not self.mots["denominateur"]:
                yield "numerateur", "écrivez les deux nombres"
        elif indicateur.genre is GenreIndicateur.JALON:
            if not self.mots["jalon"]:
                yield "jalon", "choisissez une étape"
        elif not self.valeur:
            yield "valeur", "choisissez une valeur, ou écrivez-la"
        if len(self.mots["commentaire"]) > COMMENTAIRE_MAX:
            yield "commentaire", f"{COMMENTAIRE_MAX} caractères au plus"

    def build_textes(self, indicateur: Indicateur, code: str, source: str) -> dict[str, str]:
        """The line, by column of releves.csv."""
        textes = {"indicateur": indicateur.code, "territoire": code, "source": source}
        textes |= {nom: self.mots[nom] for nom in ("date", "commentaire")}
        if indicateur.genre is GenreIndicateur.PART:
            return textes | {nom: self.mots[nom] for nom in ("numerateur", "denominateur")}
        if indicateur.genre is GenreIndicateur.JALON:
            return textes | {"jalon": self.mots["jalon"]}
        return textes | {"valeur": self.valeur}

    def find_dix_fois(self, derniere: Releve | None) -> str:
        """The question asked once of a value ten times the last one, or a tenth of it; nothing when it is not."""
        if derniere is None or self.mots["dix_fois"] == self.valeur:
            return ""
        try:
            valeur = parse_nombre(self.valeur)
        except ValueError:
            return ""
        return say_dix_fois(valeur, derniere.lu)
