"""How territoires hold one another, and who is expected."""

from __future__ import annotations

from datetime import date

import pytest

from quartiers.core.attendus import list_attendus
from quartiers.core.territoire import Genre, Niveau, Territoire, Territoires

TERRITOIRES = [
    Territoire("FR", "France", Genre.NATION),
    Territoire("REG-1", "Région", Genre.REGION, ("FR",)),
    Territoire("DEP-1", "Département", Genre.DEPARTEMENT, ("REG-1",)),
    Territoire("DEP-975", "Collectivité", Genre.COLLECTIVITE, ("FR",)),
    Territoire("EPCI-M", "Métropole", Genre.EPCI),
    Territoire("EPCI-T", "EPT", Genre.EPCI),
    Territoire("COM-1", "Commune", Genre.COMMUNE, ("EPCI-T", "EPCI-M", "DEP-1")),
    Territoire("COM-2", "Voisine", Genre.COMMUNE, ("EPCI-M", "DEP-1")),
    Territoire("QRR-1", "Quartier", Genre.QRR, ("COM-1", "COM-2", "DEP-1", "PARENT-INCONNU")),
    Territoire(
        "QRR-2", "Retiré", Genre.QRR, ("COM-2", "DEP-1"), date(2018, 9, 1), date(2026, 6, 30)
    ),
]


@pytest.fixture
def territoires() -> Territoires:
    """A département of two communes."""
    return Territoires.build(TERRITOIRES)


@pytest.mark.parametrize(
    ("code", "niveau", "attendu"),
    [
        ("QRR-1", Niveau.QUARTIER, ("QRR-1",)),
        ("QRR-1", Niveau.COMMUNE, ("COM-1", "COM-2")),
        ("QRR-1", Niveau.EPCI, ("EPCI-M", "EPCI-T")),
        ("COM-1", Niveau.EPCI, ("EPCI-T",)),
        ("QRR-1", Niveau.DEPARTEMENT, ("DEP-1",)),
        ("QRR-1", Niveau.REGION, ("REG-1",)),
        ("DEP-975", Niveau.DEPARTEMENT, ("DEP-975",)),
        ("DEP-975", Niveau.REGION, ()),
        ("DEP-1", Niveau.COMMUNE, ()),
    ],
)
def test_ce_qui_tient_un_territoire(
    territoires: Territoires, code: str, niveau: Niveau, attendu: tuple[str, ...]
) -> None:
    """An EPT comes before the métropole: of COM-1, only the first EPCI parent."""
    assert territoires.list_au_niveau(code, niveau) == attendu


def test_les_ancetres_sans_les_inconnus(territoires: Territoires) -> None:
    assert territoires.get_ancetres("QRR-2") == {"COM-2", "EPCI-M", "DEP-1", "REG-1", "FR"}
    assert "PARENT-INCONNU" not in territoires.get_ancetres("QRR-1")


def test_une_boucle_n_est_pas_sans_fin() -> None:
    boucle = Territoires.build(
        [
            Territoire("A", "A", Genre.EPCI, ("B",)),
            Territoire("B", "B", Genre.EPCI, ("A",)),
        ]
    )
    assert boucle.get_ancetres("A") == {"A", "B"}


def test_etendre_laisse_l_original(territoires: Territoires) -> None:
    nouveau = Territoire("QC-1", "Quartier cible", Genre.QUARTIER, ("COM-1", "DEP-1"))
    etendus = territoires.extend([nouveau])
    assert "QC-1" in etendus
    assert "QC-1" not in territoires
    assert "QC-1" in etendus.list_enfants("COM-1")
    assert "QC-1" not in territoires.list_enfants("COM-1")


@pytest.mark.parametrize(
    ("vu_le", "attendus"),
    [
        (date(2018, 8, 31), ("QRR-1",)),
        (date(2018, 9, 1), ("QRR-1", "QRR-2")),
        (date(2026, 6, 30), ("QRR-1", "QRR-2")),
        (date(2026, 7, 1), ("QRR-1",)),
    ],
)
def test_un_qrr_est_attendu_tant_qu_il_est_valide(
    territoires: Territoires, vu_le: date, attendus: tuple[str, ...]
) -> None:
    """L-28: first and last days included."""
    assert list_attendus([], territoires, vu_le) == attendus
