"""Who said a fait and who judged it, in one sentence."""

from __future__ import annotations

from datetime import date

from quartiers.core.enregistrement import Validation
from quartiers.core.temps import PARIS
from quartiers.reports.typographie import format_date
from quartiers.usecases.charger_auteurs import AuteurDeFait

SUITE = "\u202f; "
VERBES = {
    Validation.VALIDE: "validé par",
    Validation.REJETE: "renvoyé par",
    Validation.SOUMIS: "remis en attente par",
}


def write_auteur(jour: date, auteur: AuteurDeFait) -> str:
    """« Au 23 novembre 2026 : déclaré par N. Aubry le 23 novembre 2026 ; validé par C. Vasseur le 24 novembre 2026. »"""
    pour = f", pour {auteur.pour}" if auteur.pour else ""
    saisi_le = format_date(auteur.saisi_le.astimezone(PARIS).date())
    dits = [f"déclaré par {auteur.saisi_par}{pour} le {saisi_le}"]
    for resultat, qui, moment in auteur.examens:
        dits.append(f"{VERBES[resultat]} {qui} le {format_date(moment.astimezone(PARIS).date())}")
    return f"Au {format_date(jour)}\u00a0: {SUITE.join(dits)}."
