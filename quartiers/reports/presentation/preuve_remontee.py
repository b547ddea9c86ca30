"""The proof of a figure made of others: each territoire with its statut, its value and its own proof."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass

from quartiers.core.constat import Constat, ConstatRemonte
from quartiers.core.dire import INSECABLE, fold
from quartiers.core.raison import say_raison_remontee
from quartiers.core.referentiel import Indicateur
from quartiers.core.statut import Statut
from quartiers.core.territoire import Territoires
from quartiers.reports.presentation.chiffre import Chiffre, build_chiffre, build_chiffre_remonte
from quartiers.reports.presentation.faits import write_fait
from quartiers.reports.presentation.nombre import Decompte
from quartiers.reports.presentation.pieces import AvecPreuve, count_avec_preuve, list_faits_derriere
from quartiers.reports.signes import write_drapeaux
from quartiers.reports.typographie import format_nombre


@dataclass(frozen=True, slots=True)
class Terme:
    """One territoire among those the figure is made of."""

    nom: str
    statut: Statut
    drapeaux: str
    chiffre: Chiffre


@dataclass(frozen=True, slots=True)
class PageRemontee:
    """All that the proof of a rolled-up figure shows."""

    chiffre: Chiffre
    raison: str
    statuts: tuple[tuple[Statut, Decompte], ...]
    termes: tuple[Terme, ...]
    partages: str
    restes: tuple[str, ...]
    avec_preuve: AvecPreuve


def build_page_remontee(
    constat: ConstatRemonte,
    territoires: Territoires,
    link: Callable[[str, Indicateur], str],
    prouves: Container[int] = frozenset(),
) -> PageRemontee:
    """From a rolled-up constat to its page; alphabetical order. `prouves`: ranks of the faits that have a piece."""
    termes = [
        Terme(
            nom=territoires[c.territoire].nom,
            statut=c.statut,
            drapeaux=write_drapeaux(c.drapeaux, c.dernier_statut),
            chiffre=build_chiffre(c, link(c.territoire, constat.indicateur)),
        )
        for c in constat.constats
    ]
    return PageRemontee(
        chiffre=build_chiffre_remonte(constat, ""),
        raison=say_raison_remontee(constat),
        statuts=tuple((statut, Decompte(nombre)) for statut, nombre in constat.statuts),
        termes=tuple(sorted(termes, key=lambda terme: fold(terme.nom))),
        partages=write_partages(constat),
        restes=() if constat.reste is None else list_restes(constat.reste),
        avec_preuve=count_avec_preuve(list_faits_derriere(constat), prouves),
    )


def list_restes(reste: Constat) -> tuple[str, ...]:
    """What counts here and that nobody divided between the territoires of the list (L-111)."""
    return tuple(write_fait(fait, reste.indicateur) for fait in reste.faits)


def write_partages(constat: ConstatRemonte) -> str:
    """Why the list says more than the total: a place that serves several territoires counts once (L-34)."""
    cites = sum(len(c.objets) for c in constat.constats)
    distincts = len(frozenset().union(*(c.objets for c in constat.constats)))
    if cites == distincts:
        return ""
    return (
        f"Ce qui sert plusieurs territoires ne compte qu’une fois{INSECABLE}: "
        f"{format_nombre(cites)} dans la liste, {format_nombre(distincts)} au total."
    )
