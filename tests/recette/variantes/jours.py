"""Dates, as spreadsheets and people write them."""

from __future__ import annotations

from collections.abc import Iterator

from tests.recette.variantes.modele import (
    ENTRE,
    LIBRE,
    REFUSE,
    Variante,
    replace_cellule,
    write_table,
)

GENRE = "dates"
_ECRITURES = {
    "2026-06-30": ENTRE,
    "30/06/2026": ENTRE,
    "30/6/2026": ENTRE,
    " 30/06/2026 ": ENTRE,
    "2026-06-30T00:00:00": ENTRE,
    "2026-06-30T00:00:00Z": ENTRE,
    "2026-06-30 00:00": ENTRE,
    "2026-06-30 00:00:00": ENTRE,
    "30/06/2026 00:00": ENTRE,
    "30/06/2026 00:00:00": ENTRE,
    "2026-06-30T00:00:00.000": ENTRE,
    "30/06/2026 14:30": REFUSE,
    "2026-06-30T14:30:00Z": REFUSE,
    "30/06/26": REFUSE,
    "30-06-26": REFUSE,
    "26-06-30": REFUSE,
    "06/30/2026": REFUSE,
    "31/06/2026": REFUSE,
    "2026-02-30": REFUSE,
    "30/06/1999": REFUSE,
    "1999-12-31": REFUSE,
    "30/06/0026": REFUSE,
    "30/06/2126": REFUSE,
    "2027-06-30": REFUSE,
    "2026-11-30": REFUSE,
    "46203": REFUSE,
    "46203,5": REFUSE,
    "juin 2026": REFUSE,
    "2026": REFUSE,
    "2026-06": REFUSE,
    "2e trimestre 2026": REFUSE,
    "hier": REFUSE,
    "": REFUSE,
    "30 juin 2026": LIBRE,
    "30-06-2026": LIBRE,
    "30.06.2026": LIBRE,
    "2026/06/30": LIBRE,
    "20260630": LIBRE,
    "mardi 30 juin 2026": LIBRE,
    "2026-06-30+02:00": LIBRE,
    "2026-06-30T00:00:00+02:00": LIBRE,
    "2026-06-29T22:00:00Z": LIBRE,
    "٣٠/٠٦/٢٠٢٦": LIBRE,
    "30\u200b/06/2026": LIBRE,
    "30/06/2026\u00a0": ENTRE,
    '="30/06/2026"': ENTRE,
    "'30/06/2026": LIBRE,
}


def list_variantes() -> Iterator[Variante]:
    """One date of the table written otherwise."""
    for ecriture, sort in _ECRITURES.items():
        texte = write_table(replace_cellule(0, "date", ecriture))
        yield Variante(f"« {ecriture} »", texte.encode(), sort=sort)
