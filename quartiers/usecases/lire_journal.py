"""The journal of acts as an account may read it: préfets, the accounts of their territoires; who holds the accounts, accounts alone."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import User
from django.db.models import Count, Q, QuerySet

from quartiers.core.droits import MandatConfie, Tenants
from quartiers.core.table_des_droits import ADMINISTRATEUR
from quartiers.core.temps import get_minuit
from quartiers.storage.models import Acte, Mandat, Tete

LECTEURS = frozenset({"prefet", "sous_prefet_ville"})
PAR_PAGE = 50
Verbe = Acte.Verbe
VERBES_DES_COMPTES = (
    Verbe.CONNEXION,
    Verbe.DECONNEXION,
    Verbe.DROITS,
    Verbe.INVITATION,
    Verbe.MOT_DE_PASSE,
    Verbe.SECOND_FACTEUR,
    Verbe.FERMETURE,
)
ROUTES_DES_COMPTES = ("connexion", "second_facteur_connexion", "second_facteur", "mot_de_passe")
"""Where a refusal is about an account, and not about a content."""


@dataclass(frozen=True, slots=True)
class PorteeDuJournal:
    """What an account reads of the journal: all the acts of these accounts, or on these; the acts on any account."""

    comptes: frozenset[int]
    is_administrateur: bool = False

    def select(self) -> QuerySet[Acte]:
        """Its lines."""
        tenus = Q(compte__in=self.comptes) | Q(vise__in=self.comptes)
        if not self.is_administrateur:
            return Acte.objects.filter(tenus)
        refus = Q(verbe=Verbe.REFUS, objet__in=ROUTES_DES_COMPTES)
        return Acte.objects.filter(tenus | Q(verbe__in=VERBES_DES_COMPTES) | refus)


@dataclass(frozen=True, slots=True)
class DemandeDuJournal:
    """What is asked: days, both included, in Paris; a verb, an account; only the lines before that number."""

    du: date
    au: date
    verbe: str = ""
    compte: int | None = None
    avant: int | None = None


@dataclass(frozen=True, slots=True)
class PageDuJournal:
    """The lines of a page, the last one first, and what all that is asked comes to. `suite`: the number to go on from."""

    actes: list[Acte]
    suite: int | None
    total: int
    refus: int
    comptes: int
    tete: Tete


def open_portee(
    mandats: Iterable[MandatConfie], list_tenants: Tenants, le: date
) -> PorteeDuJournal | None:
    """From the mandats of the reader that hold; None when nothing of the journal is his.

    An account that held a mandat there is read too: what it did then is still to be answered for.
    """
    tenus = tuple(mandats)
    confies = {m.territoire for m in tenus if m.role in LECTEURS and m.territoire}
    is_administrateur = any(m.role == ADMINISTRATEUR for m in tenus)
    if not confies and not is_administrateur:
        return None
    return PorteeDuJournal(list_comptes(confies, list_tenants, le), is_administrateur)


def list_comptes(confies: AbstractSet[str], list_tenants: Tenants, le: date) -> frozenset[int]:
    """The accounts that hold or held a mandat in one of these territoires (one query)."""
    if not confies:
        return frozenset()
    commences = Mandat.objects.exclude(territoire="").filter(Q(du=None) | Q(du__lte=le))
    donnes = commences.order_by().values_list("compte_id", "territoire").distinct()
    return frozenset(
        compte for compte, code in donnes if not confies.isdisjoint(list_tenants(code))
    )


def list_titulaires(portee: PorteeDuJournal) -> list[User]:
    """The accounts whose names this reader may see (one query)."""
    comptes = User.objects.order_by("last_name", "username")
    return list(comptes if portee.is_administrateur else comptes.filter(pk__in=portee.comptes))


def read_page(portee: PorteeDuJournal, demande: DemandeDuJournal) -> PageDuJournal:
    """Three queries, whatever the journal holds."""
    demandes = portee.select().filter(
        le__gte=get_minuit(demande.du), le__lt=get_minuit(demande.au + timedelta(days=1))
    )
    if demande.verbe:
        demandes = demandes.filter(verbe=demande.verbe)
    if demande.compte is not None:
        demandes = demandes.filter(Q(compte=demande.compte) | Q(vise=demande.compte))
    comptes = demandes.aggregate(
        total=Count("numero"),
        refus=Count("numero", filter=Q(verbe=Verbe.REFUS)),
        comptes=Count("compte", distinct=True),
    )
    if demande.avant is not None:
        demandes = demandes.filter(numero__lt=demande.avant)
    actes = list(demandes.order_by("-numero")[: PAR_PAGE + 1])
    suite = actes[PAR_PAGE - 1].numero if len(actes) > PAR_PAGE else None
    return PageDuJournal(
        actes[:PAR_PAGE], suite, **comptes, tete=Tete.objects.get(chaine=Tete.Chaine.ACTES)
    )
