"""Who names: an account that acts at a moment, within what it may give, or the command, which may give all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import User

from quartiers.core.droits import Droits, Verbe, build_sujet_de_mandat
from quartiers.core.table_des_nominations import NOMINATIONS
from quartiers.core.temps import PARIS
from quartiers.core.territoire import Genre, Territoires
from quartiers.storage.models import Acte, Mandat
from quartiers.usecases.acces import list_mandats, open_droits
from quartiers.usecases.compter_personnes import list_personnes
from quartiers.usecases.tenir_journal import Detail, write_acte

Role = Mandat.Role
DROITS = Acte.Verbe.DROITS


class MandatIntrouvable(LookupError):  # noqa: N818 -- named in French like every noun of the product
    """A mandat or an account that is missing, over, or out of what one may give: nobody can tell which."""


@dataclass(frozen=True, slots=True)
class Nommant:
    """`compte` None: the command. `droits`: what the account may do, as the base says it when this is built."""

    compte: User | None
    le: datetime
    territoires: Territoires
    droits: Droits

    @property
    def jour(self) -> date:
        """The day of the act, in Paris."""
        return self.le.astimezone(PARIS).date()

    @property
    def is_tenant_des_comptes(self) -> bool:
        """It keeps the accounts, whatever they were given: the command, and an administrateur."""
        return self.compte is None or self.droits.can_nommer(Role.ADMINISTRATEUR.value, ())

    def renew(self) -> Nommant:
        """The same, with what the base says now: inside a transaction, its own account being locked."""
        return build_nommant(self.compte, self.le, self.territoires)

    def can_nommer(self, role: str, codes: tuple[str, ...], organisme: str) -> bool:
        """May give, change or end such a mandat."""
        if self.compte is None:
            return True
        return self.droits.can_nommer(role, self.list_places(codes), organisme)

    def can_see(self, role: str, code: str, organisme: str) -> bool:
        """Such a mandat is in sight: that of a place where one names, even when one could not give it."""
        if self.is_tenant_des_comptes:
            return True
        places = self.list_places(tuple(filter(None, [code])))
        sujet = build_sujet_de_mandat(places, organisme)
        return self.droits.can(Verbe.NOMMER, sujet) or self.can_nommer(role, places, organisme)

    def list_places(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """What must be held to name there: an EPCI is that of whoever holds all its communes."""
        places: list[str] = []
        for code in codes:
            connu = self.territoires.get(code)
            is_epci = connu is not None and connu.genre is Genre.EPCI
            places += (is_epci and self.territoires.list_enfants(code)) or [code]
        return tuple(places)

    def is_la_personne_de(self, compte: int) -> bool:
        """The account is held by the very person who names."""
        if self.compte is None:
            return False
        personnes = list_personnes([compte, self.compte.pk])
        return personnes[compte] == personnes[self.compte.pk]

    def record(self, objet: str, vise: int, detail: Detail, verbe: Acte.Verbe = DROITS) -> None:
        """The line of the journal of acts: last in the transaction of what it tells."""
        par = None if self.compte is None else self.compte.pk
        write_acte(verbe, le=self.le, compte=par, vise=vise, objet=objet, detail=detail)

    def list_roles(self) -> list[Role]:
        """What may be given somewhere, in the order of the table."""
        if self.compte is None:
            return list(Role)
        tenus = {m.role for m in self.droits.mandats if m.delegue_par is None}
        return [role for role in Role if not tenus.isdisjoint(NOMINATIONS[role.value])]


def build_nommant(compte: User | None, le: datetime, territoires: Territoires) -> Nommant:
    """What an account may give, asked of the base now."""
    jour = le.astimezone(PARIS).date()
    if compte is None:
        droits = Droits(None, (), lambda _: ())
    else:
        droits = open_droits(compte, list_mandats(compte, jour), jour, territoires)
    return Nommant(compte, le, territoires, droits)


def lock_comptes(*comptes: User | int | None) -> dict[int, User]:
    """The accounts, locked in one order until the end of the transaction: their rights do not move meanwhile."""
    numeros = {c.pk if isinstance(c, User) else c for c in comptes if c is not None}
    verrouilles = User.objects.select_for_update().filter(pk__in=numeros).order_by("pk")
    return {compte.pk: compte for compte in verrouilles}
