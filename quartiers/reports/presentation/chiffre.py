"""A number as a page shows it: never alone, always with its unit, its date, its coverage and its proof."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from quartiers.core.constat import CibleResolue, Constat, ConstatRemonte
from quartiers.core.dire import INSECABLE
from quartiers.core.referentiel import GenreIndicateur, Indicateur, Operateur
from quartiers.core.statut import Drapeau
from quartiers.reports.presentation.nombre import Nombre
from quartiers.reports.typographie import (
    INCONNU,
    format_date_courte,
    format_fraction,
    format_nombre,
    format_quantite,
)

OPERATEURS = {
    Operateur.AU_MOINS: "au moins",
    Operateur.AU_PLUS: "au plus",
    Operateur.EXACTEMENT: "exactement",
}

COUVERT = "secret"
"""In the place of a number that its reader may not see."""


@dataclass(frozen=True, slots=True)
class Chiffre(Nombre):
    """What is known of a value. `valeur` None shows « — », never 0; both bounds when it is only framed.

    `texte`: the value with its unit; `valeur`: exact; `detail`: what it is made of (« 34 sur 41 »); `couverture`: how much
    of what was expected is known, empty when the figure is of one territoire; `preuve`: its address.
    """

    texte: str
    preuve: str
    date: date | None = None
    detail: str = ""
    couverture: str = ""
    valeur: Fraction | tuple[Fraction, Fraction] | None = None

    def __str__(self) -> str:
        return self.texte

    @property
    def is_connu(self) -> bool:
        """A value stands behind the text."""
        return self.valeur is not None


def build_chiffre(constat: Constat, preuve: str) -> Chiffre:
    """The figure of one territoire."""
    if Drapeau.SECRET in constat.drapeaux:
        return Chiffre(COUVERT, preuve, constat.date)
    return Chiffre(
        texte=write_valeur(constat.indicateur, constat.valeur),
        preuve=preuve,
        date=constat.date,
        detail=write_detail(constat),
        valeur=constat.valeur,
    )


def build_chiffre_remonte(constat: ConstatRemonte, preuve: str) -> Chiffre:
    """The figure of a territoire above: a sum, or bounds when objects may be counted twice."""
    indicateur = constat.indicateur
    couverture = f"{format_fraction(constat.renseignes, constat.applicables)} à jour"
    if Drapeau.SECRET in constat.drapeaux:
        return Chiffre(COUVERT, preuve, couverture=couverture)
    if constat.valeur is None and constat.au_moins is not None and constat.au_plus is not None:
        texte = (
            f"entre {format_nombre(constat.au_moins)} et "
            f"{format_quantite(constat.au_plus, indicateur.unite)}"
        )
        bornes = (constat.au_moins, constat.au_plus)
        return Chiffre(texte, preuve, couverture=couverture, valeur=bornes)
    incomplet = constat.valeur is not None and not constat.valeur_complete
    return Chiffre(
        texte=write_valeur(indicateur, constat.valeur),
        preuve=preuve,
        detail="total incomplet" if incomplet else "",
        couverture=couverture,
        valeur=constat.valeur,
    )


def write_valeur(indicateur: Indicateur, valeur: Fraction | None) -> str:
    """« 3 postes », « 82,9 % », the name of a step; « — » when unknown."""
    if valeur is None:
        return INCONNU
    if indicateur.genre is GenreIndicateur.JALON:
        return get_etape(indicateur, int(valeur))
    return format_quantite(valeur, indicateur.unite)


def get_etape(indicateur: Indicateur, etape: int) -> str:
    """The name of a step of the scale."""
    if 0 <= etape < len(indicateur.echelle):
        return indicateur.echelle[etape]
    return f"étape {etape}"


def write_detail(constat: Constat) -> str:
    """« 34 sur 41 », « étape 4 sur 5 »; empty when the value says it all."""
    if constat.numerateur is not None and constat.denominateur is not None:
        return f"{format_nombre(constat.numerateur)} sur {format_nombre(constat.denominateur)}"
    indicateur = constat.indicateur
    if indicateur.genre is GenreIndicateur.JALON and constat.valeur is not None:
        return f"étape {format_nombre(constat.valeur)} sur {len(indicateur.echelle) - 1}"
    return ""


def write_cible(indicateur: Indicateur, cible: CibleResolue | None) -> str:
    """« au moins 6 postes », the name of the step; « à fixer » without target, or while its base is unknown."""
    if cible is not None and cible.is_cachee:
        return COUVERT
    if cible is None or cible.valeur is None:
        return "à fixer"
    if indicateur.genre is GenreIndicateur.JALON:
        return get_etape(indicateur, int(cible.valeur))
    quantite = format_quantite(cible.valeur, indicateur.unite)
    return f"{OPERATEURS[cible.operateur]}{INSECABLE}{quantite}"


def write_echeance(cible: CibleResolue | None) -> str:
    """« 31 déc. 2027 », with the first deadline when an avenant moved it; « — » when there is none."""
    if cible is None or cible.echeance is None:
        return INCONNU
    texte = format_date_courte(cible.echeance)
    premiere = cible.premiere_echeance
    if premiere is not None and premiere != cible.echeance:
        texte += f" (d’abord {format_date_courte(premiere)})"
    return texte


def write_initiale(constat: Constat) -> tuple[str, str]:
    """The value a plan starts from and its day; « — » when nobody said it."""
    cible = constat.cible
    if cible is None or cible.base is None:
        return INCONNU, ""
    return write_valeur(constat.indicateur, cible.base), (
        format_date_courte(cible.base_date) if cible.base_date else ""
    )
