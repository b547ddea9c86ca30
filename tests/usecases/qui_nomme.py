"""Who names, in the invented département: accounts, the one that acts, and a mandat that one gives."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import User

from quartiers.core.temps import PARIS
from quartiers.core.territoire import Territoires
from quartiers.usecases.creer_compte import create_compte
from quartiers.usecases.donner_mandat import Nomination
from quartiers.usecases.nommant import Nommant, build_nommant

LE = datetime(2026, 11, 30, 9, tzinfo=PARIS)
JOUR = LE.date()
FIN = date(2027, 12, 31)
TILLEULS, CINQ_CHEMINS = "QC-FICTIF-TILLEULS", "QC-FICTIF-CINQ-CHEMINS"
VILLE, CAF = "PORT-LAMBERT/ville", "CAF-00"
ORGANISMES = f"""objet;le;situe;nom
{VILLE};2026-01-01;{CINQ_CHEMINS};Commune de Port-Lambert
{CAF};2026-01-01;{TILLEULS};Caisse d’allocations familiales
"""
DELEGUE = Nomination("delegue", (TILLEULS,), au=FIN, acte="lettre de mission du 20 novembre 2026")


def make_compte(role: str, *codes: str, organisme: str = "", nom: str = "") -> User:
    """An account."""
    return create_compte(
        identifiant=f"{role}-{User.objects.count()}",
        mot_de_passe=None,
        role=role,
        territoires=codes,
        organisme=organisme,
        nom=nom,
    )


def name(compte: User | None, ressort: Territoires, le: datetime = LE) -> Nommant:
    """Who names, now."""
    return build_nommant(compte, le, ressort)
