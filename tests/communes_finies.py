"""Communes of the demonstration that are no more, and the one they are today."""

from __future__ import annotations

from datetime import date

from quartiers.storage.models import CodeAncien, Territoire

ANCIENNE, FINIE, PRESENTE = "COM-00009", "COM-00003", "COM-00004"
FIN = date(2026, 6, 30)


def finish_communes() -> None:
    """One code that was never a commune here, one commune that ended on 30 June: both are Saint-Aubert now."""
    for code in (ANCIENNE, FINIE):
        CodeAncien.objects.create(code=code, present=PRESENTE)
    Territoire.objects.filter(code=FINIE).update(au=FIN, retire=True)
