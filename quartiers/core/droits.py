"""What an account may do: a table of eighteen lines, read like a document, and the rules that hold for all of them.

The table says what a rôle may do with a family of kinds; `Droits` says the rest once. Closed by default: what the
table does not say is refused, and « denied » is the answer that « missing » gets (ADR 0013).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from quartiers.core.table_des_droits import TABLE, VISIBILITES, FamilleDeGenres
from quartiers.core.table_des_nominations import NOMINATIONS

PUBLIC, PARTENAIRES, _, RESTREINT = VISIBILITES
VALIDATIONS = ("brouillon", "soumis", "valide", "rejete")
BROUILLON, SOUMIS, VALIDE, _ = VALIDATIONS

Tenants: TypeAlias = Callable[[str], Collection[str]]
"""All the codes that hold a territoire, its own first of all; none when nobody knows it."""

FAMILLES: Mapping[str, FamilleDeGenres] = MappingProxyType(
    {
        # A service that stands somewhere: a field record.
        "lieu": FamilleDeGenres.FICHE,
        # A funded position, as its employer declares it: a field record.
        "poste": FamilleDeGenres.FICHE,
        # People counted by those who receive them: a field record.
        "cohorte": FamilleDeGenres.FICHE,
        # What was done on a day, told by who did it: a field record.
        "activite": FamilleDeGenres.FICHE,
        # A body that meets: with its meetings.
        "instance": FamilleDeGenres.REUNION,
        # A meeting, of which only the counts are kept.
        "seance": FamilleDeGenres.REUNION,
        # What a meeting decided: follows the meeting.
        "decision": FamilleDeGenres.REUNION,
        # Works and their steps, told by their owner: a field record.
        "projet": FamilleDeGenres.FICHE,
        # An agreement that its signatories declare: a field record.
        "convention": FamilleDeGenres.FICHE,
        # The line of a funder: a field record.
        "financement": FamilleDeGenres.FICHE,
        # Who acts: objective facts only, a field record.
        "organisme": FamilleDeGenres.FICHE,
        # « all of a kind is recorded » : whoever may write that kind says it, so ask with that kind when it is known.
        "pointage": FamilleDeGenres.FICHE,
        # The days without class, as the académie tells them: a field record.
        "vacances": FamilleDeGenres.FICHE,
        # A value observed: the eleventh field record.
        "releve": FamilleDeGenres.FICHE,
        # A stop of a mobile service: part of its lieu.
        "arret": FamilleDeGenres.FICHE,
        # What is asked of the task force.
        "demande_appui": FamilleDeGenres.APPUI,
        # The plan itself.
        "plan": FamilleDeGenres.PLAN,
        # An action in the plan: its pilot, its steps.
        "fiche_action": FamilleDeGenres.PLAN,
        # The plan followed in figures: read by whoever reads the plan; publishing it is a column of its own.
        "tableau": FamilleDeGenres.PLAN,
        # A version of a target is written in the plan or in its avenant.
        "cible": FamilleDeGenres.PLAN,
        # Whether an action applies is said, with its motive, in the plan.
        "sans_objet": FamilleDeGenres.PLAN,
        # A judgement of the délégué on a service nearby, never what a partner says of its own service.
        "confirmation": FamilleDeGenres.PLAN,
        # The perimeter of a plan.
        "quartier_cible": FamilleDeGenres.PLAN,
        # Who may do what: given, changed and ended; nobody reads, writes, validates or publishes it as a record.
        "mandat": FamilleDeGenres.MANDAT,
    }
)
"""The family of each kind of record."""


class Verbe(StrEnum):
    """What is asked; its value is the letter of the table."""

    LIRE = "L"
    ECRIRE = "E"
    VALIDER = "V"
    CONTESTER = "C"
    PUBLIER = "P"
    NOMMER = "N"


COLONNES_DES_ACTES: Mapping[Verbe, FamilleDeGenres] = MappingProxyType(
    {
        Verbe.CONTESTER: FamilleDeGenres.CONTESTATION,
        Verbe.PUBLIER: FamilleDeGenres.PUBLICATION,
    }
)
"""What has a column of its own, whatever the kind of what it is done to."""
DELEGUES = frozenset({Verbe.LIRE, Verbe.VALIDER})
"""What a delegation gives: to validate, hence to read what one validates."""


@dataclass(frozen=True, slots=True)
class Sujet:
    """What the question is about, without its content.

    `organisme` recorded it; `auteurs` are all those who declared, typed, imported or corrected it. A correction is
    asked twice: about what was, then about what it becomes.
    """

    genre: str
    territoires: tuple[str, ...]
    organisme: str = ""
    validation: str = SOUMIS
    visibilite: str = RESTREINT
    auteurs: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        """A word that nobody knows is a fault of the caller, not a right."""
        for mot, connus in (
            (self.genre, FAMILLES),
            (self.validation, VALIDATIONS),
            (self.visibilite, VISIBILITES),
        ):
            if mot not in connus:
                raise ValueError(f"mot inconnu : {mot}")


def build_sujet_de_mandat(territoires: tuple[str, ...], organisme: str = "") -> Sujet:
    """A mandat, given or seen: settled from the first day, and for those who act there."""
    return Sujet("mandat", territoires, organisme, VALIDE, PARTENAIRES)


@dataclass(frozen=True, slots=True)
class MandatConfie:
    """A rôle given on a territoire and all it holds, in the name of an organisme, from a day to a day.

    `delegue_par`: the account that holds it, when another one acts for it by a delegation, to validate only.
    """

    role: str
    territoire: str
    organisme: str = ""
    du: date | None = None
    au: date | None = None
    delegue_par: int | None = None

    def is_en_vigueur(self, le: date) -> bool:
        """Both days included; no day is no bound."""
        return (self.du is None or self.du <= le) and (self.au is None or le <= self.au)


@dataclass(frozen=True, slots=True)
class Droits:
    """What one account may do on one day: built once per request, then passed down (see `build_droits`)."""

    compte: int | None
    mandats: tuple[MandatConfie, ...]
    list_tenants: Tenants

    def can(self, verbe: Verbe, sujet: Sujet) -> bool:
        """Reading takes one territoire of the record inside a mandat; everything else takes all of them."""
        confies = self.list_confies(verbe, sujet)
        tenus = [not confies.isdisjoint(self.list_tenants(code)) for code in sujet.territoires]
        return any(tenus) if verbe is Verbe.LIRE else bool(tenus) and all(tenus)

    def list_confies(self, verbe: Verbe, sujet: Sujet) -> frozenset[str]:
        """The territoires on which the mandats give this right on such a record, wherever it is."""
        if not self._is_admis(verbe, sujet):
            return frozenset()
        return frozenset(
            m.territoire for m in self.mandats if m.territoire and is_donne(m, verbe, sujet)
        )

    def can_nommer(self, role: str, territoires: tuple[str, ...], organisme: str = "") -> bool:
        """A mandat of that rôle may be given, changed or ended there, by those who may give that rôle.

        A rôle that opens nothing has no territoire: whoever may give it, may.
        """
        donneurs = tuple(m for m in self.mandats if m.role in NOMINATIONS.get(role, ()))
        if role in TABLE and TABLE[role].plafond is None:
            return not territoires and any(m.delegue_par is None for m in donneurs)
        sujet = build_sujet_de_mandat(territoires, organisme)
        return replace(self, mandats=donneurs).can(Verbe.NOMMER, sujet)

    def _is_admis(self, verbe: Verbe, sujet: Sujet) -> bool:
        """What no mandat gives: to judge one's own words or an unfinished record, to publish what is not settled, to contest anything but a figure."""
        if verbe is Verbe.VALIDER:
            return sujet.validation == SOUMIS and self.compte not in sujet.auteurs
        if verbe is Verbe.CONTESTER:
            return sujet.genre == "tableau"
        if verbe is Verbe.PUBLIER:
            if sujet.genre == "mandat":
                return False
            return sujet.validation == VALIDE and sujet.visibilite != RESTREINT
        return True


def is_donne(mandat: MandatConfie, verbe: Verbe, sujet: Sujet) -> bool:
    """One mandat, one right, territoires left aside: ceiling of visibility, draft, then the letter of the table."""
    ligne = TABLE.get(mandat.role)
    if ligne is None or ligne.plafond is None:
        return False
    if mandat.delegue_par is not None and verbe not in DELEGUES:
        return False
    if VISIBILITES.index(sujet.visibilite) > VISIBILITES.index(ligne.plafond):
        return False
    is_sien = bool(mandat.organisme) and mandat.organisme == sujet.organisme
    if sujet.validation == BROUILLON and not is_sien:
        return False
    famille = COLONNES_DES_ACTES.get(verbe, FAMILLES[sujet.genre])
    lettres = ligne.lettres.get(famille, "")
    if verbe.value in lettres:
        return True
    is_ouvert = sujet.validation == VALIDE and sujet.visibilite == PUBLIC
    return verbe.value.lower() in lettres and (is_sien or (verbe is Verbe.LIRE and is_ouvert))


def build_droits(
    compte: int | None, mandats: Iterable[MandatConfie], le: date, list_tenants: Tenants
) -> Droits:
    """The rights of an account on a day: the mandats that hold then, and nothing of the others."""
    tenus = tuple(mandat for mandat in mandats if mandat.is_en_vigueur(le))
    return Droits(compte, tenus, list_tenants)


def has_verbe(mandats: Iterable[MandatConfie], verbe: Verbe) -> bool:
    """Some rôle of an account does this to some kind of thing, be it only to what its own organisme recorded.

    A delegation gives no more than it says. Who keeps the accounts names too, others like himself.
    """
    siens = [m for m in mandats if m.delegue_par is None or verbe in DELEGUES]
    if verbe is Verbe.NOMMER and any(TABLE[m.role].plafond is None for m in siens):
        return True
    lettres = (lettres for m in siens for lettres in TABLE[m.role].lettres.values())
    return any(verbe.value in dites.upper() for dites in lettres)
