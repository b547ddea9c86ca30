"""What the page « Comptes » shows: what must be settled, mandats with their act, links. Never what anybody wrote."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.contrib.auth.models import User
from django.urls import reverse

from quartiers.core.dire import INSECABLE, fold
from quartiers.core.table_des_droits import TABLE
from quartiers.core.temps import PARIS
from quartiers.reports.presentation.nombre import count_tous
from quartiers.reports.typographie import count, format_date
from quartiers.storage.models import Invitation, Mandat
from quartiers.usecases.compter_personnes import list_personnes
from quartiers.usecases.deleguer import can_end, is_delegable, list_delegations
from quartiers.usecases.inviter import get_dernier_jour
from quartiers.usecases.lister_a_regler import (
    PRESSE,
    list_finissants,
    list_invitations,
    list_jamais_entres,
    list_sans_mandat,
    list_vacants,
)
from quartiers.usecases.nommant import Nommant
from quartiers.usecases.tenir_comptes import (
    list_comptes,
    list_organismes,
    list_revocables,
    list_tenus,
)
from quartiers.web.presentation.compte import name_territoire, say_etat, write_duree

SANS_ORGANISME = "Sans organisme"
POUVOIRS = (("E", "déclare"), ("V", "valide"), ("P", "publie"), ("N", "nomme"))


@dataclass(frozen=True, slots=True)
class PointARegler:
    """One thing to settle: how many days, what, why, and where its verb leads."""

    jours: str
    titre: str
    detail: str
    verbe: str
    adresse: str
    is_urgent: bool


@dataclass(frozen=True, slots=True)
class LigneDeMandat:
    """A mandat in a row. `numero` is 0 when one may not change it; `compte` when one may not look at its account."""

    compte: int
    nom: str
    fonction: str
    role: str
    pouvoirs: str
    ou: str
    duree: str
    acte: str
    etat: str
    numero: int


@dataclass(frozen=True, slots=True)
class GroupeDeMandats:
    """The mandats of an organisme."""

    organisme: str
    personnes: str
    lignes: tuple[LigneDeMandat, ...]


@dataclass(frozen=True, slots=True)
class InvitationMontree:
    """A link that still opens something. `numero` is 0 when one may not close it."""

    nom: str
    compte: int
    donnee: str
    fin: str
    numero: int


@dataclass(frozen=True, slots=True)
class DelegationMontree:
    """A delegation, in words. `numero` is 0 when one may not end it."""

    de: str
    a: str
    role: str
    ou: str
    jours: str
    numero: int


def show_delegations(
    nommant: Nommant, comptes: Collection[int], vus: Collection[int] | None = None
) -> list[DelegationMontree]:
    """Those given or received by these accounts. `vus`: the accounts that may be named, all when it is None."""
    return [
        DelegationMontree(
            de=name_titulaire(d.mandat.compte),
            a=name_titulaire(d.a),
            role=Mandat.Role(d.mandat.role).label,
            ou=name_territoire(d.mandat.territoire, nommant.territoires),
            jours=f"du {format_date(d.du)} au {format_date(d.au)}",
            numero=d.pk if can_end(nommant, d) else 0,
        )
        for d in list_delegations(comptes, nommant.jour)
        if vus is None or {d.a_id, d.mandat.compte_id} <= set(vus)
    ]


def name_titulaire(compte: User) -> str:
    """The name of its holder, as it is shown; else what it signs in with."""
    titulaire = getattr(compte, "titulaire", None)
    return (titulaire.nom if titulaire else "") or compte.get_full_name() or compte.get_username()


def say_pouvoirs(role: str) -> str:
    """What a rôle may do, in words: « déclare, valide »; « lit » when that is all."""
    ligne = TABLE[role]
    if ligne.plafond is None:
        return "tient les comptes"
    dites = "".join(ligne.lettres.values()).upper()
    mots = [mot for lettre, mot in POUVOIRS if lettre in dites]
    return ", ".join(mots) or "lit"


def get_fonction(compte: User) -> str:
    """The function of its holder, empty when nobody said it."""
    titulaire = getattr(compte, "titulaire", None)
    return titulaire.fonction if titulaire else ""


@dataclass(frozen=True, slots=True)
class PageComptes:
    """What one who names has in sight, asked of the base in a number of questions that does not grow."""

    nommant: Nommant
    tenus: tuple[Mandat, ...]
    vus: frozenset[int]
    organismes: Mapping[str, str]
    siens: frozenset[int]
    """The accounts of the very person who names."""
    invitations: tuple[Invitation, ...]
    """The links in sight that still open something."""

    def sort(self, mandats: Iterable[Mandat]) -> list[Mandat]:
        """By organisme, then by name."""

        def rank(mandat: Mandat) -> tuple[bool, str, str, int]:
            nom = self.name_organisme(mandat)
            return nom == SANS_ORGANISME, fold(nom), fold(name_titulaire(mandat.compte)), mandat.pk

        return sorted(mandats, key=rank)

    def show_groupes(self, mandats: Iterable[Mandat]) -> list[GroupeDeMandats]:
        """One row per mandat, those of an organisme together."""
        groupes = []
        for nom, siens in groupby(mandats, self.name_organisme):
            lignes = tuple(map(self.show_ligne, siens))
            personnes = count(len({ligne.compte for ligne in lignes}), "compte")
            groupes.append(GroupeDeMandats(nom, personnes, lignes))
        return groupes

    def name_lieu(self, code: str) -> str:
        """A territoire of a mandat in sight."""
        return name_territoire(code, self.nommant.territoires)

    def name_organisme(self, mandat: Mandat) -> str:
        """Its name when it is in sight, else as the mandat says it."""
        return self.organismes.get(mandat.organisme, mandat.organisme) or SANS_ORGANISME

    def show_ligne(self, mandat: Mandat) -> LigneDeMandat:
        """A mandat in a row."""
        return LigneDeMandat(
            compte=mandat.compte_id,
            nom=name_titulaire(mandat.compte),
            fonction=get_fonction(mandat.compte),
            role=Mandat.Role(mandat.role).label,
            pouvoirs=say_pouvoirs(mandat.role),
            ou=self.name_lieu(mandat.territoire),
            duree=write_duree(mandat),
            acte=mandat.acte,
            etat=say_etat(mandat, self.nommant.jour),
            numero=mandat.pk if self.can_change(mandat) else 0,
        )

    def can_change(self, mandat: Mandat) -> bool:
        """One's to give, and not one's own."""
        return mandat.compte_id not in self.siens and self.nommant.can_nommer(
            mandat.role, mandat.codes, mandat.organisme
        )

    def list_a_regler(self) -> list[PointARegler]:
        """Quartiers without délégué, mandats that end, links left unused, accounts without mandat."""
        return [
            *self._list_vacants(),
            *self._list_finissants(),
            *self._list_liens(),
            *self._list_sans_mandat(),
        ]

    def _list_vacants(self) -> Iterable[PointARegler]:
        for vacant in list_vacants(self.nommant, self.tenus):
            jours, detail = "", "aucun mandat n’y a encore été donné"
            if vacant.depuis is not None:
                jours = say_jours(self.nommant.jour, vacant.depuis)
                detail = f"depuis le {format_date(vacant.depuis)}"
            adresse = f"{reverse('inviter_role', args=['delegue'])}?ou={vacant.quartier.code}"
            titre = f"{vacant.quartier.nom} sans délégué du préfet"
            yield PointARegler(jours, titre, detail, "Nommer", adresse, is_urgent=True)

    def _list_finissants(self) -> Iterable[PointARegler]:
        for mandat in list_finissants(self.nommant, filter(self.can_change, self.tenus)):
            if mandat.au is not None:
                yield PointARegler(
                    say_jours(mandat.au, self.nommant.jour),
                    f"Le mandat de {name_titulaire(mandat.compte)} finit le {format_date(mandat.au)}",
                    f"{Mandat.Role(mandat.role).label}, {self.name_lieu(mandat.territoire)}",
                    "Changer",
                    reverse("changer_mandat", args=[mandat.pk]),
                    is_urgent=True,
                )

    def _list_liens(self) -> Iterable[PointARegler]:
        fins = [(i.compte, get_dernier_jour(i)) for i in self.invitations]
        finissants = [(c, fin) for c, fin in fins if (fin - self.nommant.jour).days <= PRESSE]
        for compte, fin in list_jamais_entres(self.nommant, self.vus) + finissants:
            est = "s’est éteint" if fin < self.nommant.jour else "s’éteint"
            yield PointARegler(
                say_jours(fin, self.nommant.jour),
                f"Le lien de {name_titulaire(compte)} {est} le {format_date(fin)}",
                "n’a pas servi",
                "Voir",
                reverse("compte_tenu", args=[compte.pk]),
                is_urgent=False,
            )

    def _list_sans_mandat(self) -> Iterable[PointARegler]:
        for compte in list_sans_mandat(self.nommant, self.vus):
            yield PointARegler(
                "",
                f"Le compte de {name_titulaire(compte)} n’a aucun mandat",
                "il n’ouvre rien",
                "Voir",
                reverse("compte_tenu", args=[compte.pk]),
                is_urgent=False,
            )

    def show_invitations(self) -> list[InvitationMontree]:
        """Who was invited, by whom when that one is in sight too, until when."""
        revocables = list_revocables(self.nommant, self.invitations)
        return [
            InvitationMontree(
                nom=name_titulaire(invitation.compte),
                compte=invitation.compte_id,
                donnee=self.say_donnee(invitation),
                fin=format_date(get_dernier_jour(invitation)),
                numero=invitation.pk if invitation.pk in revocables else 0,
            )
            for invitation in self.invitations
        ]

    def say_donnee(self, invitation: Invitation) -> str:
        """« par C. Vasseur, le 18 novembre 2026 »."""
        le = f"le {format_date(invitation.cree_le.astimezone(PARIS).date())}"
        par = invitation.donnee_par
        if par is None:
            return f"par la commande, {le}"
        return f"par {name_titulaire(par)}, {le}" if par.pk in self.vus else le

    def say_sommaire(self) -> str:
        """« 24 personnes peuvent entrer, 11 peuvent valider. »"""
        valident = {m.compte_id for m in self.tenus if is_delegable(m.role)}
        entrent = count(len(self.vus), "compte ouvert", "comptes ouverts")
        peut = "peut" if len(valident) < 2 else "peuvent"
        return f"{entrent} en vue, dont {count_tous(valident)} {peut} valider."


def say_jours(fin: date, jour: date) -> str:
    """« 12 j »: how many days between two."""
    return f"{abs((fin - jour).days)}{INSECABLE}j"


def read_page(nommant: Nommant) -> PageComptes:
    """Asked of the base once."""
    tenus = tuple(list_tenus(nommant))
    vus = list_comptes(nommant)
    siens: set[int] = set()
    if nommant.compte is not None:
        personnes = list_personnes({nommant.compte.pk, *vus})
        siens = {c for c, p in personnes.items() if p == personnes[nommant.compte.pk]}
    invitations = tuple(list_invitations(nommant, vus))
    return PageComptes(nommant, tenus, vus, list_organismes(nommant), frozenset(siens), invitations)
