"""The label of an engagement in a quartier (domaine 4.4, L-35)."""

from fractions import Fraction

from tests.oracle.remontee import NON_RENSEIGNES

JUGES = ("atteint", "en_bonne_voie", "a_surveiller", "non_engage", "en_retard", "echu_non_atteint")
MANQUES = ("non_engage", "en_retard", "echu_non_atteint")
MODES_FERMES = ("a_minima", "obligation_chaque_quartier")
MOITIE = Fraction(1, 2)
TIERS = Fraction(1, 3)


def label_engagement(actions: list[tuple[str, str]]) -> str:
    """From the (status, mode) of its counted actions, level N left out."""
    applicables = [(statut, mode) for statut, mode in actions if statut != "sans_objet"]
    statuts = [statut for statut, _ in applicables]
    if not applicables:
        return "sans_objet"
    if all(statut == "atteint" for statut in statuts):
        return "atteint"
    renseignees = sum(statut not in NON_RENSEIGNES for statut in statuts)
    jugees = sum(statut in JUGES for statut in statuts)
    if Fraction(renseignees, len(statuts)) < MOITIE or Fraction(jugees, len(statuts)) < MOITIE:
        return "donnees_insuffisantes"
    if any(statut in MANQUES and mode in MODES_FERMES for statut, mode in applicables):
        return "en_retard"
    en_retard = sum(statut in {"en_retard", "echu_non_atteint"} for statut in statuts)
    if Fraction(en_retard, len(statuts)) >= TIERS:
        return "en_retard"
    if any(statut == "a_surveiller" or statut in MANQUES for statut in statuts):
        return "a_surveiller"
    return "en_bonne_voie"
