"""What a file had wrong: one anomalie per place, a rapport per file, one exception for a refusal.

Floor 0 because the two neighbours that read files (`sources`, `geo`) and everything above must speak of a
refusal in the same words. Nothing here touches a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from quartiers.core.dire import say_quantite

PLAFOND_ANOMALIES = 10_000
"""Refusals kept one by one for a report; those beyond are only counted, and the file is read to its end."""
MONTREES_MAX = 100
"""Refusals written out in a message; the others are counted."""

DIT_MAX = 1_000
_MUETS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Anomalie:
    """One thing wrong at one place.

    `ligne`: physical line where the record begins, the first being 1 (JSON files: index from 1), None for
    the file as a whole. `colonne`: the name in the header, None when the whole line is meant. `indice`:
    what says the end of the reason, when it costs something to know.
    """

    fichier: str
    ligne: int | None
    colonne: str | None
    raison: str
    indice: Callable[[], str] | None = field(default=None, compare=False, repr=False)

    def complete(self) -> Anomalie:
        """The same with its hint said."""
        if self.indice is None:
            return self
        return Anomalie(self.fichier, self.ligne, self.colonne, self.raison + self.indice())

    def __post_init__(self) -> None:
        """What a file says is quoted in a refusal: kept on one line, printable and storable on any engine."""
        for champ in ("fichier", "colonne", "raison"):
            brut = getattr(self, champ)
            if brut is not None:
                object.__setattr__(self, champ, _say_en_ligne(brut))

    def __str__(self) -> str:
        lieu = self.fichier
        if self.ligne is not None:
            lieu += f", ligne {self.ligne}"
        if self.colonne is not None:
            lieu += f", colonne « {self.colonne} »"
        return f"{lieu} : {self.raison}"


def _say_en_ligne(texte: str) -> str:
    if len(texte) > DIT_MAX:
        texte = f"{texte[: DIT_MAX - 1]}…"
    return texte if texte.isprintable() else _MUETS.sub(_replace_muet, texte)


def _replace_muet(trouve: re.Match[str]) -> str:
    return " " if trouve[0].isspace() else "\ufffd"


class DonneesRefusees(Exception):  # noqa: N818 -- the domain's word; it is caught and shown, not a bug
    """The data were refused and nothing of them may be kept: one anomalie per line of the message.

    `de_plus`: refusals that were counted and not kept.
    """

    def __init__(self, anomalies: Iterable[Anomalie], de_plus: int = 0) -> None:
        self.anomalies = tuple(anomalies)
        self.de_plus = de_plus
        super().__init__(self.anomalies, de_plus)

    @property
    def total(self) -> int:
        """How many refusals there are in all."""
        return len(self.anomalies) + self.de_plus

    @property
    def dites(self) -> tuple[Anomalie, ...]:
        """Every refusal kept, and how many were not: what a report writes."""
        if not self.de_plus:
            return self.anomalies
        reste = Anomalie(self.anomalies[-1].fichier, None, None, f"… et {self.de_plus} de plus")
        return (*self.anomalies, reste)

    def __str__(self) -> str:
        lignes = [str(anomalie) for anomalie in self.anomalies[:MONTREES_MAX]]
        if self.total > len(lignes):
            lignes.append(f"… et {self.total - len(lignes)} de plus")
        return "\n".join(lignes)


@dataclass(frozen=True, slots=True)
class Rapport:
    """What became of the records of a file: `lues` = `gardees` + `ecartees`, always.

    `reparees`: values that were put right (the record is kept); `ecartees`: records left out; `avis`:
    notices that change nothing (an unknown column, an encoding).
    """

    fichier: str
    lues: int
    gardees: int
    ecartees: tuple[Anomalie, ...] = ()
    reparees: tuple[Anomalie, ...] = ()
    avis: tuple[Anomalie, ...] = ()

    def __str__(self) -> str:
        return (
            f"{_say_en_ligne(self.fichier)} : {say_quantite(self.lues, 'lues')}, {say_quantite(self.gardees, 'gardées')}, "
            f"{say_quantite(self.lues - self.gardees, 'écartées')}, "
            f"{say_quantite(len(self.reparees), 'réparations')}, {len(self.avis)} avis"
        )


@dataclass(slots=True)
class Carnet:
    """Where a reader writes down what it meets, before it is closed into a `Rapport` or a refusal.

    `de_plus`: refusals beyond those kept.
    """

    fichier: str
    refus: list[Anomalie] = field(default_factory=list)
    ecartees: list[Anomalie] = field(default_factory=list)
    reparees: list[Anomalie] = field(default_factory=list)
    avis: list[Anomalie] = field(default_factory=list)
    de_plus: int = 0

    def refuse(self, ligne: int | None, colonne: str | None, raison: str) -> None:
        """Write down a reason to refuse the whole file, and go on reading to count them all."""
        if len(self.refus) < PLAFOND_ANOMALIES:
            self.refus.append(Anomalie(self.fichier, ligne, colonne, raison))
        else:
            self.de_plus += 1

    def set_aside(self, ligne: int | None, colonne: str | None, raison: str) -> None:
        """Leave one record out; called once per record."""
        self.ecartees.append(Anomalie(self.fichier, ligne, colonne, raison))

    def repair(self, ligne: int | None, colonne: str | None, raison: str) -> None:
        """A value was put right, the record is kept."""
        self.reparees.append(Anomalie(self.fichier, ligne, colonne, raison))

    def notice(self, ligne: int | None, colonne: str | None, raison: str) -> None:
        """Worth telling, changes nothing."""
        self.avis.append(Anomalie(self.fichier, ligne, colonne, raison))

    def check(self) -> None:
        """Raise what was refused so far, if anything."""
        if self.refus:
            raise DonneesRefusees(self.refus, self.de_plus)

    def close(self, gardees: int, *, part_ecartee_max: float | None = None) -> Rapport:
        """The rapport; refused when something was, or when too large a part of the records was set aside."""
        self.check()
        lues = gardees + len(self.ecartees)
        if part_ecartee_max is not None and len(self.ecartees) > part_ecartee_max * lues:
            resume = Anomalie(
                self.fichier,
                None,
                None,
                f"{len(self.ecartees)} enregistrements sur {lues} à écarter, plus de {part_ecartee_max * 100:.0f} % : fichier refusé",
            )
            raise DonneesRefusees([resume, *self.ecartees])
        return Rapport(
            self.fichier,
            lues,
            gardees,
            tuple(self.ecartees),
            tuple(self.reparees),
            tuple(self.avis),
        )
