"""What was typed to contest a figure or to answer: kept as it was typed, the value read by the reader of files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from quartiers.core.contestation import MOTIFS_DE_CONTESTATION, TEXTE_MAX, SuiteDeContestation
from quartiers.core.referentiel import GenreIndicateur, Indicateur

VALEURS = ("valeur", "numerateur", "denominateur", "jalon")
CHAMPS = ("motif", "dit", "date", *VALEURS)
CHAMPS_DE_REPONSE = ("suite", "reponse", "vu", *VALEURS)


@dataclass(frozen=True, slots=True)
class SaisieDeContestation:
    """The words of each field of the form that contests."""

    mots: Mapping[str, str]

    @classmethod
    def read(cls, request: HttpRequest) -> SaisieDeContestation:
        """As it was sent; what is no field of the form is left aside."""
        return cls(read_mots(request, CHAMPS))

    def list_fautes(self, indicateur: Indicateur) -> Iterator[tuple[str, str]]:
        """What the form alone can refuse: (field, reason)."""
        if self.mots["motif"] not in MOTIFS_DE_CONTESTATION:
            yield "motif", "choisissez ce qui ne va pas"
        yield from list_fautes_de_texte("dit", self.mots["dit"], "dites comment vous le savez")
        if has_valeur(self.mots, indicateur) and not self.mots["date"]:
            yield "date", "dites de quel jour est cette valeur"

    def build_textes(self, indicateur: Indicateur, code: str, source: str) -> dict[str, str]:
        """The value proposed, by column of releves.csv; nothing when there is none."""
        if not has_valeur(self.mots, indicateur):
            return {}
        return build_textes(self.mots, indicateur, code, source) | {"date": self.mots["date"]}


@dataclass(frozen=True, slots=True)
class SaisieDeReponse:
    """The words of each field of the form that answers."""

    mots: Mapping[str, str]

    @classmethod
    def read(cls, request: HttpRequest) -> SaisieDeReponse:
        """As it was sent."""
        return cls(read_mots(request, CHAMPS_DE_REPONSE))

    @property
    def suite(self) -> SuiteDeContestation | None:
        """The choice, None for none; a complement is not for who decides."""
        dites = {suite.value: suite for suite in SuiteDeContestation}
        suite = dites.get(self.mots["suite"])
        return None if suite is SuiteDeContestation.COMPLEMENT else suite

    def list_fautes(
        self, indicateur: Indicateur, admises: frozenset[SuiteDeContestation]
    ) -> Iterator[tuple[str, str]]:
        """What the form alone can refuse. `admises`: the choices that the page showed."""
        if self.suite not in admises:
            yield "suite", "choisissez ce que vous retenez"
        if self.suite is SuiteDeContestation.AUTRE and not has_valeur(self.mots, indicateur):
            yield get_champ(indicateur), "écrivez l’autre valeur"
        yield from list_fautes_de_texte("reponse", self.mots["reponse"], "écrivez la réponse")


def read_mots(request: HttpRequest, champs: tuple[str, ...]) -> dict[str, str]:
    """The fields of a form, their blanks made plain."""
    return {nom: " ".join(request.POST.get(nom, "").split()) for nom in champs}


def list_fautes_de_texte(nom: str, texte: str, absent: str) -> Iterator[tuple[str, str]]:
    """A text that is asked for."""
    if not texte:
        yield nom, absent
    elif len(texte) > TEXTE_MAX:
        yield nom, f"{TEXTE_MAX} caractères au plus"
    elif not texte.isprintable():
        yield nom, "le texte porte un signe qui ne s’écrit pas"


def get_champ(indicateur: Indicateur) -> str:
    """The first field of a value of that kind."""
    if indicateur.genre is GenreIndicateur.PART:
        return "numerateur"
    return "jalon" if indicateur.genre is GenreIndicateur.JALON else "valeur"


def has_valeur(mots: Mapping[str, str], indicateur: Indicateur) -> bool:
    """Something was typed where a value of that kind is."""
    if indicateur.genre is GenreIndicateur.PART:
        return bool(mots["numerateur"] or mots["denominateur"])
    return bool(mots[get_champ(indicateur)])


def build_textes(
    mots: Mapping[str, str], indicateur: Indicateur, code: str, source: str
) -> dict[str, str]:
    """A value, by column of releves.csv, its day apart."""
    textes = {"indicateur": indicateur.code, "territoire": code, "source": source}
    if indicateur.genre is GenreIndicateur.PART:
        return textes | {nom: mots[nom] for nom in ("numerateur", "denominateur")}
    champ = get_champ(indicateur)
    return textes | {champ: mots[champ]}
