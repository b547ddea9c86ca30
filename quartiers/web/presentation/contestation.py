"""A contest in words: since when, by whom, what it says, what was answered; the name of an organisme, never of somebody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from quartiers.core import contestation as core
from quartiers.core.contestation import (
    DECISIONS,
    DELAI_DE_REPONSE,
    MOTIFS_DE_CONTESTATION,
    SuiteDeContestation,
)
from quartiers.core.donnees_personnelles import retain
from quartiers.core.referentiel import Indicateur
from quartiers.core.statut import Statut
from quartiers.reports.presentation.chiffre import write_valeur
from quartiers.reports.presentation.nombre import Trait
from quartiers.reports.typographie import count, format_date, lower_first
from quartiers.storage.models import EtapeDeContestation
from quartiers.usecases.lister_contestations import ContestationOuverte, parse_exacte

NommerSource: TypeAlias = Callable[[str], str]
"""The name of the organisme that a source is, as it was known (`usecases/nommer.py`)."""


@dataclass(frozen=True, slots=True)
class ContestationMontree:
    """A contest on the page of its figure. `avant`, `apres`: the statuts on both sides of an answer that changed it."""

    titre: str
    dit: str
    numero: str
    is_tranchee: bool
    avant: Statut | None = None
    apres: Statut | None = None


@dataclass(frozen=True, slots=True)
class HorlogeMontree:
    """How long it has been open, and until when an answer is due. `part`: of the time given, in percent."""

    phrase: str
    alternative: str
    part: Trait
    is_en_retard: bool


@dataclass(frozen=True, slots=True)
class EtapeMontree:
    """Something that followed, in its own words."""

    titre: str
    texte: str
    avant: Statut | None = None
    apres: Statut | None = None


def show_contestation(
    indicateur: Indicateur,
    contestation: core.Contestation,
    lue: ContestationOuverte | None,
    jour: date,
    nommer: NommerSource,
) -> ContestationMontree:
    """As it was known on a day. `lue`: None for who may not read it, who is told that it is there and no more."""
    if contestation.tranchee_le is not None:
        return _show_tranchee(indicateur, contestation, lue, nommer)
    depuis = f"Contesté depuis {say_jours(contestation, jour)}"
    if lue is None:
        return ContestationMontree(f"{depuis}.", "", "", is_tranchee=False)
    dits = [
        lower_first(MOTIFS_DE_CONTESTATION.get(lue.rangee.motif, "")),
        write_proposee(indicateur, lue),
    ]
    dit = f"{', '.join(filter(None, dits))}. {say_attente(contestation, jour)}"
    titre = f"{depuis} par {nommer(lue.rangee.source)}\u00a0:"
    return ContestationMontree(titre, dit, str(lue.numero), is_tranchee=False)


def _show_tranchee(
    indicateur: Indicateur,
    contestation: core.Contestation,
    lue: ContestationOuverte | None,
    nommer: NommerSource,
) -> ContestationMontree:
    le = format_date(contestation.tranchee_le)
    if lue is None:
        return ContestationMontree(f"Contesté, puis tranché le {le}.", "", "", is_tranchee=True)
    etape = next(e for e in lue.etapes if e.suite in DECISIONS)
    avant, apres = read_statuts(etape)
    titre = (
        f"Tranché le {le} par {nommer(etape.source)}\u00a0: {say_decision(indicateur, lue, etape)}."
    )
    retard = (
        " La réponse était en retard."
        if contestation.is_en_retard(contestation.tranchee_le or date.max)
        else ""
    )
    texte = f"«\u00a0{retain(etape.texte)}\u00a0»"
    dit = f"{texte} {say_ancienne(indicateur, lue, etape, nommer)}{retard}"
    return ContestationMontree(
        titre, dit, str(lue.numero), is_tranchee=True, avant=avant, apres=apres
    )


def read_statuts(etape: EtapeDeContestation) -> tuple[Statut | None, Statut | None]:
    """On both sides of an answer, when they differ."""
    if not etape.statut_avant or etape.statut_avant == etape.statut_apres:
        return None, None
    return Statut(etape.statut_avant), Statut(etape.statut_apres)


def say_decision(
    indicateur: Indicateur, lue: ContestationOuverte, etape: EtapeDeContestation
) -> str:
    """« 6 postes » ; « la valeur reste 4 postes »; no value of a figure that is hidden from the reader."""
    if lue.is_secrete:
        return "la réponse est écrite, la valeur est secrète"
    if etape.suite == SuiteDeContestation.GARDEE:
        return f"la valeur reste {write_valeur(indicateur, parse_exacte(etape.valeur_avant))}"
    if etape.releve is None and etape.suite == SuiteDeContestation.RETENUE:
        dite = write_valeur(indicateur, lue.proposee)
        return f"{dite}, à dire dans l’enregistrement d’où vient le chiffre"
    if etape.releve is None:
        return "à corriger dans l’enregistrement d’où vient le chiffre"
    return write_valeur(indicateur, read_releve(etape))


def read_releve(etape: EtapeDeContestation) -> Fraction | None:
    """The value that the answer wrote."""
    releve = etape.releve
    if releve is None:
        return None
    if releve.jalon is not None:
        return Fraction(releve.jalon)
    valeurs = (releve.valeur, releve.numerateur, releve.denominateur)
    valeur, numerateur, denominateur = (None if v is None else Fraction(v) for v in valeurs)
    if valeur is None and numerateur is not None and denominateur:
        return 100 * numerateur / denominateur
    return valeur


def say_ancienne(
    indicateur: Indicateur,
    lue: ContestationOuverte,
    etape: EtapeDeContestation,
    nommer: NommerSource,
) -> str:
    """Both values stay."""
    if lue.is_secrete:
        return ""
    if etape.suite == SuiteDeContestation.GARDEE:
        if lue.proposee is None:
            return "Aucune autre valeur n’était proposée."
        return f"Proposée par {nommer(lue.rangee.source)}\u00a0: {write_proposee(indicateur, lue)}."
    avant = parse_exacte(etape.valeur_avant)
    if avant is None:
        return "Rien n’était connu avant."
    suite = (
        " Elle attend d’être validée par une autre personne."
        if etape.suite == SuiteDeContestation.AUTRE
        else ""
    )
    return f"La valeur {write_valeur(indicateur, avant)} reste dans l’historique.{suite if etape.releve else ''}"


def write_proposee(indicateur: Indicateur, lue: ContestationOuverte) -> str:
    """« 6 postes au 2 novembre 2026 » ; empty when no value is proposed."""
    if lue.proposee is None:
        return ""
    return f"{write_valeur(indicateur, lue.proposee)} au {format_date(lue.rangee.jour)}"


def say_jours(contestation: core.Contestation, jour: date) -> str:
    """« 21 jours », from the day it was made; « aujourd’hui » the first one."""
    passes = max(0, (jour - contestation.depuis).days)
    return count(passes, "jour") if passes else "aujourd’hui"


def say_attente(contestation: core.Contestation, jour: date) -> str:
    """Until when an answer is due, that a document is awaited, or since when it is late."""
    if contestation.is_suspendue:
        return "Une pièce est demandée à qui conteste\u00a0: le délai est arrêté."
    echeance = contestation.get_echeance(jour)
    if contestation.is_en_retard(jour):
        retard = count(contestation.count_jours(jour) - DELAI_DE_REPONSE, "jour")
        return f"La réponse était due le {format_date(echeance)}\u00a0: {retard} de retard."
    return f"La préfecture répond au plus tard le {format_date(echeance)}."


def show_horloge(contestation: core.Contestation, jour: date) -> HorlogeMontree:
    """The bar of the days that passed."""
    jours = contestation.count_jours(jour)
    passes = f"{count(jours, 'jour')} sur {DELAI_DE_REPONSE}"
    reste = DELAI_DE_REPONSE - jours
    if contestation.is_suspendue:
        suite = "le délai est arrêté jusqu’à la pièce demandée"
    elif reste < 0:
        suite = f"réponse en retard de {count(-reste, 'jour')}"
    else:
        suite = f"réponse due dans {count(reste, 'jour')}" if reste else "réponse due aujourd’hui"
    return HorlogeMontree(
        f"Contesté depuis {say_jours(contestation, jour)}\u00a0; {suite}",
        passes,
        Trait(min(100.0, 100 * jours / DELAI_DE_REPONSE)),
        reste < 0,
    )


def show_etapes(
    indicateur: Indicateur, lue: ContestationOuverte, nommer: NommerSource
) -> list[EtapeMontree]:
    """What followed, in order."""
    montrees = []
    for etape in lue.etapes:
        le, qui = format_date(etape.ecriture.connu_le), nommer(etape.source)
        if etape.suite == SuiteDeContestation.PIECE:
            titre = f"Le {le}, {qui} demande une pièce"
        elif etape.suite == SuiteDeContestation.COMPLEMENT:
            titre = f"Le {le}, {qui} répond"
        else:
            titre = f"Tranché le {le} par {qui}\u00a0: {say_decision(indicateur, lue, etape)}"
        montrees.append(EtapeMontree(titre, etape.texte, *read_statuts(etape)))
    return montrees


def say_etat(contestation: core.Contestation, jour: date) -> str:
    """Where it stands, in a few words."""
    if contestation.tranchee_le is not None:
        return f"tranchée le {format_date(contestation.tranchee_le)}"
    if contestation.is_suspendue:
        return "une pièce est demandée"
    if contestation.is_en_retard(jour):
        return f"réponse en retard de {count(contestation.count_jours(jour) - DELAI_DE_REPONSE, 'jour')}"
    return f"réponse attendue avant le {format_date(contestation.get_echeance(jour))}"
