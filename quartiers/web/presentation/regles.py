"""The rules in words, for the page that explains them (domaine.md 4.1 and 4.4)."""

from __future__ import annotations

from dataclasses import dataclass

from quartiers.core.statut import Statut


@dataclass(frozen=True, slots=True)
class Etat:
    """A statut and its rule in one sentence."""

    statut: Statut
    regle: str


# In the order of evaluation: the first that holds is the answer.
ETATS: tuple[Etat, ...] = (
    Etat(
        Statut.SANS_OBJET,
        "Un motif validé dit que l’action ne concerne pas le quartier. Il vaut douze mois, puis se renouvelle.",
    ),
    Etat(
        Statut.NON_RENSEIGNE,
        "Aucune valeur utilisable, et aucune liste officielle complète ne prouve l’absence. Ce n’est pas un zéro.",
    ),
    Etat(
        Statut.PERIME,
        "La dernière valeur est trop vieille\u00a0: 45 jours pour un relevé mensuel, 120 pour un trimestriel, "
        "240 pour un semestriel, 450 pour un annuel, 45 après la fin des vacances. Le dernier état reste montré.",
    ),
    Etat(
        Statut.SANS_CIBLE,
        "Une valeur est connue, mais aucune cible n’est fixée par l’annexe ni par le plan.",
    ),
    Etat(
        Statut.ATTEINT,
        "La cible est atteinte. «\u00a0Tardif\u00a0» quand elle l’a été après l’échéance.",
    ),
    Etat(
        Statut.EN_RETARD,
        "Une présence ou une étape atteinte a été perdue, quelle que soit l’échéance\u00a0; ou moins de 60\u202f% "
        "de l’avancement attendu à la date du relevé\u00a0; ou une étape prévue depuis plus de 30 jours.",
    ),
    Etat(
        Statut.ECHU_NON_ATTEINT,
        "L’échéance est passée et la cible n’est pas atteinte. La part du chemin parcouru est dite.",
    ),
    Etat(
        Statut.NON_ENGAGE,
        "La valeur est zéro, ou l’absence est prouvée, et l’échéance n’est pas passée.",
    ),
    Etat(
        Statut.A_SURVEILLER,
        "De 60\u202f% à moins de 90\u202f% de l’avancement attendu\u00a0; ou une étape en retard de 1 à 30 "
        "jours\u00a0; ou un service à proximité seulement, entre sa portée et 1\u202f000 m.",
    ),
    Etat(
        Statut.EN_BONNE_VOIE,
        "Au moins 90\u202f% de l’avancement attendu, ou moins de 10\u202f% du temps écoulé sans recul.",
    ),
)

# The label of an engagement in a quartier, in the order of evaluation.
LIBELLES_D_ENGAGEMENT: tuple[Etat, ...] = (
    Etat(Statut.SANS_OBJET, "Aucune action ne concerne le quartier."),
    Etat(Statut.ATTEINT, "Toutes les actions applicables sont atteintes."),
    Etat(
        Statut.DONNEES_INSUFFISANTES,
        "Moins de la moitié des actions applicables sont à jour, ou moins de la moitié peuvent être jugées.",
    ),
    Etat(
        Statut.EN_RETARD,
        "Une action «\u00a0a minima\u00a0» ou «\u00a0dans chaque quartier\u00a0» est non engagée, en retard ou "
        "échue\u00a0; ou un tiers au moins des actions applicables sont en retard ou échues. La cause est dite.",
    ),
    Etat(
        Statut.A_SURVEILLER,
        "Une action au moins est à surveiller, non engagée, en retard ou échue.",
    ),
    Etat(Statut.EN_BONNE_VOIE, "Dans les autres cas."),
)
