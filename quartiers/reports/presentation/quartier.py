"""The page of a quartier: its sentence, its counts, its engagements and, under each, its actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from quartiers.core.constat import Constat
from quartiers.core.referentiel import CALCUL, Mode, Referentiel
from quartiers.core.statut import FAMILLES, INCONNUS, Drapeau, Statut
from quartiers.core.tableau import ActionVue, EngagementVu, Tableau
from quartiers.reports.presentation.chiffre import (
    Chiffre,
    build_chiffre,
    write_cible,
    write_echeance,
)
from quartiers.reports.presentation.nombre import Decompte, Ordre, PartDite
from quartiers.reports.presentation.phrases import Phrase, write_quartier
from quartiers.reports.signes import write_drapeaux, write_etat
from quartiers.reports.typographie import lower_first

TARDIFS = (Statut.EN_RETARD, Statut.ECHU_NON_ATTEINT)
AdressePreuve = Callable[[str], str]
"""From the code of an indicateur to the address of its proof, for the territoire of the page."""


@dataclass(frozen=True, slots=True)
class LigneIndicateur:
    """One indicateur as a row: what is known, what was aimed at, what may be said."""

    code: str
    libelle: str
    statut: Statut
    drapeaux: str
    chiffre: Chiffre
    cible: str
    echeance: str
    raison: str

    @property
    def mot(self) -> str:
        """The word of the statut, with its flags."""
        return write_etat(self.statut, self.drapeaux)


@dataclass(frozen=True, slots=True)
class LigneAction:
    """One action: its place (« 3.1 »), its words, the statut of its principal indicateur.

    `is_comptee`: it enters the counts of the quartier; one that the nation bears does not.
    """

    numero: str
    code: str
    libelle: str
    mode: str
    statut: Statut
    drapeaux: str
    preuve: str
    is_comptee: bool
    indicateurs: tuple[LigneIndicateur, ...]

    @property
    def phrase(self) -> str:
        """What the sign says when it stands alone."""
        return f"{self.libelle}\u00a0: {lower_first(self.principal.mot)}"

    @property
    def principal(self) -> LigneIndicateur:
        """The indicateur that alone gives the statut."""
        return self.indicateurs[0]


@dataclass(frozen=True, slots=True)
class LigneEngagement:
    """One engagement: label, cause, coverage, one sign per action."""

    numero: Ordre
    code: str
    titre: str
    libelle: str
    statut: Statut
    cause: str
    renseignes: Decompte
    applicables: Decompte
    couverture: PartDite
    actions: tuple[LigneAction, ...]


@dataclass(frozen=True, slots=True)
class ActionsParStatut:
    """How many actions stand in one statut."""

    statut: Statut
    nombre: Decompte


@dataclass(frozen=True, slots=True)
class Famille:
    """A family of statuts and its total; also the legend of the signs."""

    libelle: str
    total: Decompte
    comptes: tuple[ActionsParStatut, ...]


@dataclass(frozen=True, slots=True)
class PageQuartier:
    """All that the page of a quartier shows, in its order."""

    phrase: Phrase
    familles: tuple[Famille, ...]
    tardives: tuple[LigneAction, ...]
    engagements: tuple[LigneEngagement, ...]
    renseignes: Decompte
    applicables: Decompte
    attendus: tuple[tuple[str, Decompte], ...]


def build_page_quartier(
    tableau: Tableau,
    adresse_preuve: AdressePreuve,
    write_raison: Callable[[Constat], str],
    referentiel: Referentiel,
) -> PageQuartier:
    """From a tableau of a quartier to its page."""
    engagements = tuple(
        build_ligne_engagement(numero, engagement, adresse_preuve, write_raison, referentiel)
        for numero, engagement in enumerate(tableau.engagements, start=1)
    )
    actions = [action for engagement in engagements for action in engagement.actions]
    return PageQuartier(
        phrase=write_quartier(tableau.taux),
        familles=build_familles(dict(tableau.taux.statuts)),
        tardives=tuple(a for a in actions if a.statut in TARDIFS and a.is_comptee),
        engagements=engagements,
        renseignes=Decompte(tableau.taux.renseignes),
        applicables=Decompte(tableau.taux.applicables),
        attendus=count_attendus(tableau, referentiel),
    )


def build_familles(statuts: dict[Statut, int]) -> tuple[Famille, ...]:
    """The four families in the order of legends, every statut shown even at none: it is the legend too."""
    return tuple(
        Famille(
            libelle=libelle,
            total=Decompte(sum(statuts.get(statut, 0) for statut in famille)),
            comptes=tuple(
                ActionsParStatut(statut, Decompte(statuts.get(statut, 0))) for statut in famille
            ),
        )
        for libelle, famille in FAMILLES
    )


def build_ligne_engagement(
    numero: int,
    vu: EngagementVu,
    adresse_preuve: AdressePreuve,
    write_raison: Callable[[Constat], str],
    referentiel: Referentiel,
) -> LigneEngagement:
    """An engagement of a quartier and its actions, those without indicateur here left out."""
    actions = (
        build_ligne_action(f"{numero}.{rang}", action, adresse_preuve, write_raison, referentiel)
        for rang, action in enumerate(vu.actions, start=1)
    )
    return LigneEngagement(
        numero=Ordre(numero),
        code=vu.engagement.code,
        titre=vu.engagement.titre,
        libelle=vu.engagement.libelle,
        statut=vu.statut or Statut.DONNEES_INSUFFISANTES,
        cause=vu.cause or "",
        renseignes=Decompte(vu.taux.renseignes),
        applicables=Decompte(vu.taux.applicables),
        couverture=PartDite(vu.taux.couverture),
        actions=tuple(action for action in actions if action is not None),
    )


def build_ligne_action(
    numero: str,
    vue: ActionVue,
    adresse_preuve: AdressePreuve,
    write_raison: Callable[[Constat], str],
    referentiel: Referentiel,
) -> LigneAction | None:
    """An action of a quartier; None when none of its indicateurs is shown there."""
    constats = [constat for constat in vue.indicateurs if isinstance(constat, Constat)]
    if not constats or vue.statut is None:
        return None
    lignes = tuple(
        build_ligne_indicateur(constat, adresse_preuve, write_raison(constat))
        for constat in constats
    )
    return LigneAction(
        numero=numero,
        code=vue.action.code,
        libelle=vue.action.libelle,
        mode=write_mode(vue.action.mode, referentiel),
        statut=vue.statut,
        drapeaux=lignes[0].drapeaux,
        preuve=lignes[0].chiffre.preuve,
        is_comptee=is_comptee(constats[0]),
        indicateurs=lignes,
    )


def build_ligne_indicateur(
    constat: Constat, adresse_preuve: AdressePreuve, raison: str
) -> LigneIndicateur:
    """One constat as a row."""
    indicateur = constat.indicateur
    return LigneIndicateur(
        code=indicateur.code,
        libelle=indicateur.libelle,
        statut=constat.statut,
        drapeaux=write_drapeaux(constat.drapeaux, constat.dernier_statut),
        chiffre=build_chiffre(constat, adresse_preuve(indicateur.code)),
        cible=write_cible(indicateur, constat.cible),
        echeance=write_echeance(constat.cible),
        raison=raison,
    )


def list_principaux(tableau: Tableau) -> Iterable[Constat]:
    """The principal constats that count in a quartier: those the nation bears are left out."""
    for engagement in tableau.engagements:
        for action in engagement.actions:
            premier = action.indicateurs[0] if action.indicateurs else None
            if isinstance(premier, Constat) and is_comptee(premier):
                yield premier


def is_comptee(premier: Constat) -> bool:
    """The principal figure of an action enters the counts, unless the nation bears it."""
    return Drapeau.PORTE_PAR_LA_NATION not in premier.drapeaux


def count_attendus(tableau: Tableau, referentiel: Referentiel) -> tuple[tuple[str, Decompte], ...]:
    """Who may say what is not known: values missing or stale per first declarant, the most awaited first."""
    comptes: dict[str, int] = {}
    for constat in list_principaux(tableau):
        if constat.statut in INCONNUS:
            # A figure that the tool works out has nobody to ask, but is missing all the same.
            premier = next(iter(constat.indicateur.saisissants), CALCUL)
            nom = referentiel.get_libelle("declarant", premier)
            comptes[nom] = comptes.get(nom, 0) + 1
    ordonnes = sorted(comptes.items(), key=lambda paire: (-paire[1], paire[0]))
    return tuple((nom, Decompte(nombre)) for nom, nombre in ordonnes)


def write_mode(mode: Mode, referentiel: Referentiel) -> str:
    """The strength of the sentence of the annex, as the programme words it, in small: « à assurer »."""
    return lower_first(referentiel.get_libelle("mode", mode.value))
