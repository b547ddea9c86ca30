"""What an account may do at the moment it is written to: whoever lost a mandat in between is told nothing of it."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import User

from quartiers.core.droits import Droits
from quartiers.usecases.acces import list_mandats, open_droits
from quartiers.usecases.charger_dossier import load_savoir


def read_droits(compte: User, le: date) -> Droits:
    """As a page of that day would have them."""
    return open_droits(compte, list_mandats(compte, le), le, load_savoir().actuels)
