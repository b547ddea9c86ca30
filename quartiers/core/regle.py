"""The rule of an indicateur in words, in the order it is applied, with the line that holds here."""

from __future__ import annotations

from dataclasses import dataclass

from quartiers.core.constat import Constat
from quartiers.core.dire import say_metres
from quartiers.core.raison import say_cible
from quartiers.core.rayons import RAYON_A_PROXIMITE_M, RAYON_PROCHE_M, TOLERANCE_M
from quartiers.core.referentiel import Frequence, GenreIndicateur, Indicateur, Portee
from quartiers.core.statut import Statut
from quartiers.core.temps import LIMITE_APRES_VACANCES, LIMITES


@dataclass(frozen=True, slots=True)
class LigneDeRegle:
    """One line of the rule: the statut it gives, its condition in words, whether it is the case here."""

    statut: Statut
    texte: str
    is_ici: bool


def list_regles(constat: Constat) -> tuple[LigneDeRegle, ...]:
    """The lines that can apply to this indicateur, in the order of domaine.md 4.1."""
    lignes = [
        (Statut.SANS_OBJET, "un motif validé le dit, pour douze mois au plus."),
        (
            Statut.NON_RENSEIGNE,
            "aucune valeur n’est connue, et aucune liste complète ne prouve l’absence.",
        ),
        (Statut.PERIME, say_fraicheur(constat.indicateur)),
        (Statut.SANS_CIBLE, "une valeur est connue, mais aucune cible n’est en vigueur."),
        *_list_jugements(constat),
    ]
    return tuple(LigneDeRegle(statut, texte, statut is constat.statut) for statut, texte in lignes)


def say_fraicheur(indicateur: Indicateur) -> str:
    """How long a value speaks."""
    if indicateur.frequence is Frequence.VACANCES:
        return f"plus de {LIMITE_APRES_VACANCES} jours après la fin des vacances où la valeur a été relevée."
    texte = f"la dernière valeur a plus de {LIMITES[indicateur.frequence]} jours"
    if indicateur.is_flux:
        texte += ", ou plus de 120 jours de la période suivante se sont écoulés"
    return f"{texte}."


def _list_jugements(constat: Constat) -> list[tuple[Statut, str]]:
    genre = constat.indicateur.genre
    cible = say_cible(constat, constat.cible)
    if genre is GenreIndicateur.SUIVI:
        return []
    if genre is GenreIndicateur.PRESENCE:
        return _list_presence(constat)
    if genre is GenreIndicateur.JALON:
        return [
            (
                Statut.ATTEINT,
                f"{cible} : l’étape est franchie." if cible else "l’étape cible est franchie.",
            ),
            (
                Statut.EN_RETARD,
                "l’étape cible a été perdue, ou la prochaine étape a plus de 30 jours de retard.",
            ),
            (
                Statut.A_SURVEILLER,
                "la prochaine étape a de 1 à 30 jours de retard, ou n’a pas de date.",
            ),
            (Statut.NON_ENGAGE, "étape 0, sans retard."),
            (Statut.EN_BONNE_VOIE, "la prochaine étape est encore à l’heure."),
        ]
    return [
        (Statut.ATTEINT, f"{cible} : la valeur y est." if cible else "la valeur est à la cible."),
        (Statut.ECHU_NON_ATTEINT, "l’échéance est passée sans que la valeur y soit."),
        (Statut.NON_ENGAGE, "la valeur est 0, l’échéance n’est pas passée."),
        (
            Statut.EN_RETARD,
            "moins de 60 % de l’avancement attendu à la date de la valeur, ou recul sur la base.",
        ),
        (
            Statut.A_SURVEILLER,
            "de 60 à 90 % de l’avancement attendu, ou pas d’échéance, ou base inconnue.",
        ),
        (
            Statut.EN_BONNE_VOIE,
            "90 % de l’avancement attendu ou plus, ou moins de 10 % du temps écoulé.",
        ),
    ]


def _list_presence(constat: Constat) -> list[tuple[Statut, str]]:
    portee = constat.indicateur.portee_spatiale
    ou = {
        Portee.DANS: f"dans le quartier (tolérance de {say_metres(TOLERANCE_M)})",
        Portee.PROCHE: f"dans le quartier ou à {say_metres(RAYON_PROCHE_M)} au plus",
        Portee.COMMUNE: "dans la commune, ou rattaché à elle",
        Portee.DEPARTEMENT: "dans le département, ou rattaché à un de ses territoires",
    }.get(portee or Portee.DESSERTE, "dans le territoire, ou au service du territoire")
    cible = constat.cible
    # A target of one is there or not; any other one may be partly there, and follows its trajectory.
    is_partielle = cible is not None and cible.valeur is not None and cible.valeur > 1
    retard, surveille = "la présence a existé, elle est perdue", []
    if portee in {Portee.DANS, Portee.PROCHE}:
        surveille.append(
            f"le plus proche est à {say_metres(RAYON_A_PROXIMITE_M)} au plus, hors de portée"
        )
    if is_partielle:
        retard += " ; ou présence partielle, à moins de 60 % de l’avancement attendu"
        surveille.append(
            "présence partielle, de 60 à 90 % de l’avancement attendu, ou pas de quoi le mesurer"
        )
    lignes = [
        (Statut.ATTEINT, f"{say_cible(constat, constat.cible) or 'la cible'}, {ou}."),
        (Statut.EN_RETARD, f"{retard}."),
        (Statut.ECHU_NON_ATTEINT, "l’échéance est passée sans présence."),
    ]
    if surveille:
        lignes.append((Statut.A_SURVEILLER, f"{' ; ou '.join(surveille)}."))
    lignes.append((Statut.NON_ENGAGE, "absence prouvée par une liste complète ou par un relevé."))
    if is_partielle:
        lignes.append(
            (
                Statut.EN_BONNE_VOIE,
                "présence partielle, à 90 % ou plus de l’avancement attendu, ou moins de 10 % du temps écoulé.",
            )
        )
    return lignes
