"""The rules in words, for the page that explains them (domaine.md 4.1 and 4.4)."""

from __future__ import annotations

from dataclasses import dataclass

from quartiers.core.regles_en_mots import REGLES_DES_STATUTS
from quartiers.core.statut import Statut


@dataclass(frozen=True, slots=True)
class StatutExplique:
    """A statut and its rule in one sentence."""

    statut: Statut
    regle: str


# In the order of evaluation: the first that holds is the answer.
ETATS: tuple[StatutExplique, ...] = tuple(
    StatutExplique(statut, regle) for statut, regle in REGLES_DES_STATUTS.items()
)

# The label of an engagement in a quartier, in the order of evaluation.
LIBELLES_D_ENGAGEMENT: tuple[StatutExplique, ...] = (
    StatutExplique(Statut.SANS_OBJET, "Aucune action ne concerne le quartier."),
    StatutExplique(Statut.ATTEINT, "Toutes les actions applicables sont atteintes."),
    StatutExplique(
        Statut.DONNEES_INSUFFISANTES,
        "Moins de la moitié des actions applicables sont à jour, ou moins de la moitié peuvent être jugées.",
    ),
    StatutExplique(
        Statut.EN_RETARD,
        "Une action «\u00a0a minima\u00a0» ou «\u00a0dans chaque quartier\u00a0» est non engagée, en retard ou "
        "échue\u00a0; ou un tiers au moins des actions applicables sont en retard ou échues. La cause est dite.",
    ),
    StatutExplique(
        Statut.A_SURVEILLER,
        "Une action au moins est à surveiller, non engagée, en retard ou échue.",
    ),
    StatutExplique(Statut.EN_BONNE_VOIE, "Dans les autres cas."),
)
