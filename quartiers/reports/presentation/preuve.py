"""The proof of one figure: wording, statut, value, rule, faits, history, what would change it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from quartiers.core.constat import Constat, ConstatCompte, FaitRetenu
from quartiers.core.dire import round_metres
from quartiers.core.explication import Explication
from quartiers.core.fait import Calendrier, Objet, Preuve
from quartiers.core.historique import FaitConnu, Passage
from quartiers.core.raison import say_raison
from quartiers.core.rayons import RAYON_A_PROXIMITE_M, RAYONS
from quartiers.core.referentiel import Indicateur, Portee
from quartiers.core.registre import EnregistrementRetenu
from quartiers.core.regle import LigneDeRegle
from quartiers.core.statut import Statut
from quartiers.reports.presentation.chemin import Chemin, build_chemin
from quartiers.reports.presentation.chiffre import (
    Chiffre,
    build_chiffre,
    write_cible,
    write_echeance,
    write_initiale,
)
from quartiers.reports.presentation.ecarts import write_ecart
from quartiers.reports.presentation.faits import (
    FaitMontre,
    Nommer,
    SourceMontree,
    show_fait,
    show_source,
    write_fait,
    write_fin,
)
from quartiers.reports.presentation.nombre import Decompte, count_tous
from quartiers.reports.presentation.pieces import (
    SANS_PIECE,
    AvecPreuve,
    Pieces,
    count_avec_preuve,
)
from quartiers.reports.signes import write_drapeaux
from quartiers.reports.typographie import format_date, format_quantite

RAIL_M = 1500
SOURCES_MONTREES = 3


@dataclass(frozen=True, slots=True)
class Rail:
    """Where the nearest place stands on a scale of 0 to 1,500 m; widths in percent of the scale."""

    distance: str
    position: str
    portee: str
    atteint: str
    proche: str
    phrase: str


@dataclass(frozen=True, slots=True)
class Condition:
    """What would change the statut."""

    condition: str
    statut: Statut
    drapeaux: str


@dataclass(frozen=True, slots=True)
class JourAppris:
    """A day something was learnt: what, and the statut it then gave. `adresse`: the page as known that day."""

    jour: date
    statut: Statut
    drapeaux: str
    appris: tuple[str, ...]
    adresse: str


@dataclass(frozen=True, slots=True)
class PagePreuve:
    """All that the proof of a constat shows."""

    constat: Constat
    chiffre: Chiffre
    drapeaux: str
    raison: str
    rail: Rail | None
    chemin: Chemin | None
    regles: tuple[LigneDeRegle, ...]
    initiale: str
    initiale_date: str
    cible: str
    echeance: str
    conditions: tuple[Condition, ...]
    sources: tuple[SourceMontree, ...]
    retenus: tuple[FaitMontre, ...]
    ecartes: tuple[FaitMontre, ...]
    savoirs: tuple[JourAppris, ...]
    avec_preuve: AvecPreuve
    calendrier: str = ""

    @property
    def is_inconnu(self) -> bool:
        """Nothing usable was ever said: the page tells who may say it."""
        return self.constat.statut is Statut.NON_RENSEIGNE

    @property
    def is_compte(self) -> bool:
        """It counts other constats: what was learnt, and when, is on their own proofs."""
        faits = (*self.constat.faits, *self.constat.ecartes)
        return any(isinstance(fait, ConstatCompte) for fait in faits)

    @property
    def has_pieces(self) -> bool:
        """Something on the page is proved by a piece."""
        return any(fait.pieces for fait in (*self.retenus, *self.ecartes))

    @property
    def total(self) -> Decompte:
        """Faits seen, retained or not."""
        return count_tous((*self.retenus, *self.ecartes))


def build_page_preuve(
    explication: Explication,
    constat: Constat,
    adresse_au: Callable[[date], str],
    nommer: Nommer,
    vu_le: date,
    pieces: Pieces = SANS_PIECE,
    contestee: Fraction | None = None,
) -> PagePreuve:
    """From an explication to its page; `adresse_au` gives the address of this page as known on a day.

    `contestee`: the value that an open contest proposes.
    """
    indicateur = constat.indicateur
    initiale, initiale_date = write_initiale(constat)
    return PagePreuve(
        constat=constat,
        chiffre=build_chiffre(constat, ""),
        drapeaux=write_drapeaux(constat.drapeaux, constat.dernier_statut),
        raison=say_raison(constat),
        rail=build_rail(constat),
        chemin=build_chemin(constat, contestee),
        regles=explication.regles,
        initiale=initiale,
        initiale_date=initiale_date,
        cible=write_cible(indicateur, constat.cible),
        echeance=write_echeance(constat.cible),
        conditions=tuple(
            Condition(c.condition, c.statut, write_drapeaux(c.drapeaux))
            for c in explication.changements
        ),
        sources=tuple(show_source(preuve, nommer) for preuve in list_preuves(constat.faits))[
            :SOURCES_MONTREES
        ],
        retenus=tuple(show_fait(f, indicateur, nommer, pieces) for f in constat.faits),
        ecartes=tuple(
            show_fait(f, indicateur, nommer, pieces, write_ecart(f, constat))
            for f in constat.ecartes
        ),
        savoirs=tuple(
            show_passage(passage, explication.faits_connus, indicateur, adresse_au)
            for passage in explication.passages
        ),
        avec_preuve=count_avec_preuve(constat.faits, pieces),
        calendrier=write_calendrier(explication.calendrier, vu_le)
        if explication.has_calendrier
        else "",
    )


def write_calendrier(calendrier: Calendrier | None, jour: date) -> str:
    """The school calendar by which a figure is counted: from when to when it is known, its last holidays."""
    if calendrier is None:
        return "Calendrier scolaire inconnu\u00a0: aucune ligne de vacances n’en parle ici."
    du, au = format_date(calendrier.valide_du), format_date(calendrier.valide_au)
    if not calendrier.valide_du <= jour <= calendrier.valide_au:
        return f"Calendrier scolaire inconnu au {format_date(jour)}\u00a0: il est connu du {du} au {au}."
    phrase = f"Calendrier scolaire connu du {du} au {au}."
    commencees = [periode for periode in calendrier.periodes if periode[0] <= jour]
    if commencees:
        debut, fin = max(commencees)
        phrase += f" Dernières vacances\u00a0: du {format_date(debut)} au {format_date(fin)}."
    return phrase


def list_preuves(faits: tuple[FaitRetenu, ...]) -> list[Preuve]:
    """The lines behind the faits retained, each once; a whole list stands for itself when no line does."""
    siennes = (fait.preuve for fait in faits if not isinstance(fait, ConstatCompte))
    uniques = {preuve: None for preuve in siennes if preuve.source or preuve.libelle}
    lignes = [preuve for preuve in uniques if preuve.ligne is not None]
    return lignes or list(uniques)


def show_passage(
    passage: Passage,
    connus: tuple[FaitConnu, ...],
    indicateur: Indicateur,
    adresse_au: Callable[[date], str],
) -> JourAppris:
    """What was learnt on a day, in words."""
    jour, constat = passage.connu_le, passage.constat
    appris = [_write_appris(c, indicateur) for c in connus if c.connu_le == jour]
    appris += [
        write_fin(c.fait)
        for c in connus
        if c.remplace_le == jour and isinstance(c.fait, EnregistrementRetenu)
    ]
    if not appris and passage.is_calendrier:
        appris = ["Le calendrier scolaire a été appris, ou corrigé."]
    if not appris and passage.is_cible:
        appris = [f"Cible connue\u00a0: {write_cible(indicateur, constat.cible)}."]
    return JourAppris(
        jour=jour,
        statut=constat.statut,
        drapeaux=write_drapeaux(constat.drapeaux, constat.dernier_statut),
        appris=tuple(appris) or ("Une suite a été donnée à ce que l’on savait.",),
        adresse=adresse_au(jour),
    )


def _write_appris(connu: FaitConnu, indicateur: Indicateur) -> str:
    suite = " Corrigé depuis." if connu.remplace_le is not None else ""
    return write_fait(connu.fait, indicateur) + suite


def build_rail(constat: Constat) -> Rail | None:
    """The scale of distances, when the nearest place of a presence is known and stands within it."""
    portee = RAYONS.get(constat.indicateur.portee_spatiale or Portee.DESSERTE)
    distances = [
        fait.distance_m
        for fait in (*constat.faits, *constat.ecartes)
        if isinstance(fait, Objet) and fait.distance_m is not None
    ]
    if portee is None or not distances or min(distances) > RAIL_M:
        return None
    metres = round_metres(min(distances))
    distance = format_quantite(metres, "m")
    seuils = f"{format_quantite(portee, 'm')} et de {format_quantite(RAYON_A_PROXIMITE_M, 'm')}"
    return Rail(
        distance=distance,
        position=_write_pourcent(metres),
        portee=format_quantite(portee, "m"),
        atteint=_write_pourcent(portee),
        proche=_write_pourcent(RAYON_A_PROXIMITE_M - portee),
        phrase=(
            f"Sur une échelle de 0 à {format_quantite(RAIL_M, 'm')}, le plus proche est à {distance}\u00a0; "
            f"les seuils sont de {seuils}."
        ),
    )


def _write_pourcent(metres: int) -> str:
    return f"{float(Fraction(100 * metres, RAIL_M)):.2f}"
