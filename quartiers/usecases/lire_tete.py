"""The last write entered by the end of a day: what a paper of that day rests on, and what proves it later."""

from __future__ import annotations

from datetime import date, timedelta

from quartiers.core.dire import INSECABLE
from quartiers.core.temps import get_minuit
from quartiers.reports.typographie import format_date
from quartiers.storage.models import Ecriture


def read_tete(jour: date) -> tuple[int, str] | None:
    """Number and condensat of the last write entered by the end of `jour`, in Paris (one query); None before the first.

    Exports are acts, of the other chain: they do not move it.
    """
    fin = get_minuit(jour + timedelta(days=1))
    entrees = Ecriture.objects.filter(saisi_le__lt=fin).order_by("-numero")
    return entrees.values_list("numero", "condensat").first()


def say_tete(jour: date) -> str:
    """As the foot of a paper and `quartiers verifier --au` print it."""
    tete = read_tete(jour)
    if tete is None:
        return f"Aucune écriture entrée au {format_date(jour)}."
    numero, condensat = tete
    return f"Dernière écriture entrée au {format_date(jour)} : n°{INSECABLE}{numero}, {condensat}"
