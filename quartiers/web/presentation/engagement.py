"""The page of one engagement in one quartier: its label, then each action with its figures and its way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quartiers.core.constat import Constat
from quartiers.core.fait import Releve
from quartiers.core.raison import say_raison
from quartiers.core.statut import Statut
from quartiers.core.tableau import EngagementVu, Tableau
from quartiers.core.vue import Vue
from quartiers.reports.presentation.chiffre import (
    Chiffre,
    build_chiffre,
    write_cible,
    write_echeance,
    write_initiale,
    write_valeur,
)
from quartiers.reports.presentation.nombre import Decompte, Ordre, PartDite, count_tous
from quartiers.reports.presentation.phrases import Phrase, write_quartier
from quartiers.reports.presentation.quartier import AdressePreuve, write_mode
from quartiers.reports.signes import write_drapeaux, write_etat
from quartiers.reports.typographie import (
    INCONNU,
    count,
    format_date,
    format_date_courte,
    lower_first,
)
from quartiers.web.presentation.courbe import Courbe, build_courbe

VALEURS_MONTREES = 12


@dataclass(frozen=True, slots=True)
class ValeurDite:
    """A value of the past: of which day, how much, since when it is known."""

    jour: date
    texte: str
    connu_le: date


@dataclass(frozen=True, slots=True)
class IndicateurMontre:
    """One indicateur: initial, present and target values with their dates, and the values said before."""

    code: str
    libelle: str
    statut: Statut
    drapeaux: str
    initiale: str
    initiale_date: str
    chiffre: Chiffre
    cible: str
    echeance: str
    perime: str
    preuves: str
    valeurs: tuple[ValeurDite, ...]
    autres_valeurs: Decompte


@dataclass(frozen=True, slots=True)
class ActionMontree:
    """One action: its official wording as heading, its statut and why, its indicateurs, its drawing."""

    numero: str
    code: str
    texte: str
    libelle: str
    mode: str
    statut: Statut
    drapeaux: str
    raison: str
    fraicheur: str
    declarants: tuple[str, ...]
    indicateurs: tuple[IndicateurMontre, ...]
    courbe: Courbe | None
    is_inconnu: bool

    @property
    def principal(self) -> IndicateurMontre:
        """The indicateur that gives the action its statut."""
        return self.indicateurs[0]

    @property
    def phrase(self) -> str:
        """What its sign says when it stands alone."""
        return f"{self.libelle}\u00a0: {lower_first(write_etat(self.statut, self.drapeaux))}"


@dataclass(frozen=True, slots=True)
class ObjectifMontre:
    """What the engagement aims at, in the words of the annex, with the figures that follow it."""

    texte: str
    indicateurs: tuple[IndicateurMontre, ...]


@dataclass(frozen=True, slots=True)
class PageEngagement:
    """All that the page shows, in its order."""

    numero: Ordre
    titre: str
    statut: Statut
    cause: str
    phrase: Phrase
    renseignes: Decompte
    applicables: Decompte
    couverture: PartDite
    actions: tuple[ActionMontree, ...]
    objectifs: tuple[ObjectifMontre, ...]


def build_page_engagement(
    vue: Vue, tableau: Tableau, code: str, adresse_preuve: AdressePreuve
) -> PageEngagement | None:
    """From the tableau of a quartier to the page of one of its engagements; None when there is no such one."""
    for numero, vu in enumerate(tableau.engagements, start=1):
        if vu.engagement.code == code:
            return _build_page(vue, vu, numero, adresse_preuve)
    return None


def _build_page(
    vue: Vue, vu: EngagementVu, numero: int, adresse_preuve: AdressePreuve
) -> PageEngagement:
    return PageEngagement(
        numero=Ordre(numero),
        titre=vu.engagement.titre,
        statut=vu.statut or Statut.DONNEES_INSUFFISANTES,
        cause=vu.cause or "",
        phrase=write_quartier(vu.taux),
        renseignes=Decompte(vu.taux.renseignes),
        applicables=Decompte(vu.taux.applicables),
        couverture=PartDite(vu.taux.couverture),
        actions=build_actions(vue, vu, numero, adresse_preuve),
        objectifs=tuple(
            ObjectifMontre(
                objectif.objectif.texte,
                tuple(
                    build_indicateur(vue, constat, adresse_preuve)
                    for constat in objectif.indicateurs
                    if isinstance(constat, Constat)
                ),
            )
            for objectif in vu.objectifs
        ),
    )


def build_actions(
    vue: Vue, vu: EngagementVu, numero: int, adresse_preuve: AdressePreuve
) -> tuple[ActionMontree, ...]:
    """The actions shown in a quartier; the rank of each is its rank in the annex."""
    montrees = []
    for rang, action in enumerate(vu.actions, start=1):
        constats = [c for c in action.indicateurs if isinstance(c, Constat)]
        if not constats or action.statut is None:
            continue
        premier = constats[0]
        referentiel = vue.dossier.referentiel
        montrees.append(
            ActionMontree(
                numero=f"{numero}.{rang}",
                code=action.action.code,
                texte=action.action.texte,
                libelle=action.action.libelle,
                mode=write_mode(action.action.mode, referentiel),
                statut=action.statut,
                drapeaux=write_drapeaux(premier.drapeaux, premier.dernier_statut),
                raison=say_raison(premier),
                fraicheur=write_fraicheur(premier, vue.vu_le),
                declarants=tuple(
                    referentiel.get_libelle("declarant", d) for d in premier.indicateur.saisissants
                ),
                indicateurs=tuple(build_indicateur(vue, c, adresse_preuve) for c in constats),
                courbe=build_courbe(premier, list_releves(vue, premier), vue.vu_le),
                is_inconnu=all(c.statut is Statut.NON_RENSEIGNE for c in constats),
            )
        )
    return tuple(montrees)


def build_indicateur(vue: Vue, constat: Constat, adresse_preuve: AdressePreuve) -> IndicateurMontre:
    """One constat as a row of « valeur initiale, valeur actuelle, cible »."""
    indicateur = constat.indicateur
    initiale, initiale_date = write_initiale(constat)
    valeurs = list_valeurs(constat, list_releves(vue, constat))
    return IndicateurMontre(
        code=indicateur.code,
        libelle=indicateur.libelle,
        statut=constat.statut,
        drapeaux=write_drapeaux(constat.drapeaux, constat.dernier_statut),
        initiale=initiale,
        initiale_date=initiale_date,
        chiffre=build_chiffre(constat, adresse_preuve(indicateur.code)),
        cible=write_cible(indicateur, constat.cible),
        echeance=write_echeance(constat.cible),
        perime=write_perime(constat, vue.vu_le),
        preuves=count(len(constat.faits), "preuve") if constat.faits else "aucune preuve",
        valeurs=valeurs[:VALEURS_MONTREES],
        autres_valeurs=count_tous(valeurs[VALEURS_MONTREES:]),
    )


def list_releves(vue: Vue, constat: Constat) -> tuple[Releve, ...]:
    """What was said of the cell behind a constat, of a day up to `vu_le` and known by `connu_le`, by its records too."""
    if vue.is_secrete(constat.indicateur, constat.territoire):
        return ()
    cellule = vue.cellules.get(constat.indicateur.code, constat.territoire).read_at(vue.connu_le)
    deduites = () if cellule.registre is None else cellule.registre.list_valeurs(vue.vu_le)
    return (*(r for r in cellule.releves if r.date <= vue.vu_le), *deduites)


def list_valeurs(constat: Constat, releves: Sequence[Releve]) -> tuple[ValeurDite, ...]:
    """Those values, the last first."""
    dans_l_ordre = sorted(releves, key=lambda r: (r.date, r.connu_le, r.ordre), reverse=True)
    return tuple(
        ValeurDite(r.date, write_valeur(constat.indicateur, r.lu), r.connu_le) for r in dans_l_ordre
    )


def write_perime(constat: Constat, vu_le: date) -> str:
    """The first day a value does not count any more: « 28 janv. 2027 », « depuis le 8 juil. 2026 »."""
    if constat.valeur is None:
        return INCONNU
    if constat.perime_le is None:
        return "ne périme pas"
    jour = format_date_courte(constat.perime_le)
    return f"depuis le {jour}" if constat.perime_le <= vu_le else jour


def write_fraicheur(constat: Constat, vu_le: date) -> str:
    """« Valeur du 30 septembre 2026, à redire avant le 28 janvier 2027 »; empty when nothing was said."""
    if constat.date is None:
        return ""
    phrase = f"Valeur du {format_date(constat.date)}"
    if constat.perime_le is None:
        return phrase
    jour = format_date(constat.perime_le)
    if constat.perime_le <= vu_le:
        return f"{phrase}, périmée depuis le {jour}"
    return f"{phrase}, à redire avant le {jour}"
