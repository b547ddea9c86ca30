"""Who is named, in words, and whether an account has the same person already: two persons are counted by person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quartiers.storage.models import Titulaire
from quartiers.usecases.interroger import parse_rangee
from quartiers.usecases.nommant import Nommant
from quartiers.usecases.tenir_comptes import list_comptes, list_semblables

AUTRE = "autre"
"""Said of a person that only looks like another one."""
MEME_PERSONNE = "dites si c’est la même personne"


@dataclass(frozen=True, slots=True)
class Identite:
    """Who is named. `personne`: the number of an account of the same person, `autre`, or nothing said.

    `compte`: the account itself, when it is there already.
    """

    nom: str
    fonction: str = ""
    courriel: str = ""
    organisme: str = ""
    personne: str = ""
    compte: int = 0

    def list_homonymes(self, nommant: Nommant) -> list[Titulaire]:
        """Those in sight who may be the same person, and are not said to be: one must say."""
        vus = list_comptes(nommant)
        return [t for t in self._list_semblables() if t.pk in vus]

    def list_fautes(self, nommant: Nommant) -> dict[str, str]:
        """Silence is refused, when there is something to say."""
        dits = {AUTRE, *(str(t.pk) for t in self.list_homonymes(nommant))}
        is_dite = len(dits) == 1 or self.personne in dits
        return {} if is_dite else {"personne": MEME_PERSONNE}

    def find_personne(self, nommant: Nommant) -> int | None:
        """The person, when an account has it already.

        What is out of sight is not asked, which would name it: it is taken for the same person, who then validates
        less.
        """
        vus = {t.pk: t for t in self.list_homonymes(nommant)}
        dite = parse_rangee(self.personne)
        if dite in vus:
            return vus[dite].personne
        return next((t.personne for t in self._list_semblables() if t.pk not in vus), None)

    def _list_semblables(self) -> Iterator[Titulaire]:
        sien = Titulaire.objects.filter(pk=self.compte).values_list("personne", flat=True).first()
        for semblable in list_semblables(self.nom, self.courriel, self.organisme):
            if sien is None or semblable.personne != sien:
                yield semblable
