"""Territoires: their code as people write it, their name, the code of something else."""

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

GENRE = "territoires"
_DU_QRR = {
    "QRR-00_1": ENTRE,
    "qrr-00_1": ENTRE,
    "QRR\u201100_1": ENTRE,
    " QRR-00_1 ": ENTRE,
    "QRR-00_1\u00a0": ENTRE,
    "QRR\u201300_1": ENTRE,
    "Qrr-00_1": ENTRE,
    '="QRR-00_1"': ENTRE,
    "QRR-\u200b00_1": ENTRE,
    "\ufeffQRR-00_1": ENTRE,
    "QRR 00_1": REFUSE,
    "00_1": REFUSE,
    "QRR-00-1": REFUSE,
    "QRR00_1": REFUSE,
    "QRR-0_1": REFUSE,
    "QRR-00_3": REFUSE,
    "QRR-01_1": REFUSE,
}
_DU_QPV = {
    "QN00004M": ENTRE,
    "qn00004m": ENTRE,
    "QN00004m": ENTRE,
    "QN00004\u00adM": ENTRE,
    "QN00004M\u200b": ENTRE,
    "QN 00004M": REFUSE,
    "QN00004": REFUSE,
    "QN00004I": REFUSE,
    "QN00004N": REFUSE,
    "N00004M": REFUSE,
    "QN0004M": REFUSE,
    "QP000004": REFUSE,
    "QN09301M": REFUSE,
    "QN00013M": REFUSE,
    "QN0000 4M": REFUSE,
    "00004": REFUSE,
    "COM-00004": REFUSE,
    "DEP-00": REFUSE,
    "FR": REFUSE,
    "EPCI-999000011": REFUSE,
    "999000011": REFUSE,
    "Saint-Aubert": REFUSE,
    "Cité des Verriers": REFUSE,
    "CITE DES VERRIERS": REFUSE,
    "Total": REFUSE,
    "TOTAL GÉNÉRAL": REFUSE,
    "#N/A": REFUSE,
    "4": REFUSE,
    "4.0": REFUSE,
    "QN00004M QN00005N": REFUSE,
    "QN00004M | QN00005N": REFUSE,
    "QN00004M, QN00005N": REFUSE,
    "": REFUSE,
    "-": REFUSE,
    "Q N 0 0 0 0 4 M": LIBRE,
}


def list_variantes() -> Iterator[Variante]:
    """One territoire of the table written otherwise."""
    for rang, ecritures in ((2, _DU_QRR), (1, _DU_QPV)):
        for ecriture, sort in ecritures.items():
            texte = write_table(replace_cellule(rang, "territoire", ecriture))
            yield Variante(f"« {ecriture} »", texte.encode(), sort=sort)
