"""How territoires hold one another, and who is expected."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace
from datetime import date

import pytest

from quartiers.core.attendus import extend_territoires, list_attendus, list_quartiers_cibles
from quartiers.core.dossier import Dossier
from quartiers.core.referentiel import Referentiel
from quartiers.core.territoire import Ancien, Genre, Niveau, QuartierCible, Territoire, Territoires
from quartiers.core.vue import Vue

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


PREMIER, SECOND = date(2025, 1, 1), date(2026, 1, 1)


@pytest.fixture
def dossier(territoires: Territoires) -> Dossier:
    """A quartier cible of two versions, the second under another name."""
    un = QuartierCible("QC-1", "Un", "DEP-1", ("QRR-1",), None, None, PREMIER, 1)
    deux = replace(un, nom="Deux", connu_le=SECOND, ordre=2)
    return Dossier(Referentiel("p", "p", "0", (), ()), territoires, quartiers=[un, deux])


def test_les_memes_versions_partagent_les_territoires(dossier: Dossier) -> None:
    """Every look that knows the same versions reads the same territoires; another version is another answer."""
    vues = [Vue(dossier, jour, PREMIER) for jour in (PREMIER, SECOND, date(2026, 11, 23))]
    assert len({id(vue.territoires) for vue in vues}) == 1
    assert vues[0].territoires["QC-1"].nom == "Un"
    apres = Vue(dossier, SECOND, SECOND)
    assert apres.territoires["QC-1"].nom == "Deux"
    assert vues[0].territoires["QC-1"].nom == "Un"
    autre = replace(dossier, quartiers=[replace(q, nom="Autre") for q in dossier.quartiers])
    assert Vue(autre, SECOND, SECOND).territoires["QC-1"].nom == "Autre"


def test_partager_est_reconstruire(dossier: Dossier) -> None:
    """What is shared is what would be built; those of the dossier are left as they were."""
    for connu_le in (date(2024, 1, 1), PREMIER, SECOND):
        quartiers = list_quartiers_cibles(dossier, connu_le)
        assert extend_territoires(dossier, quartiers) == extend_territoires(
            replace(dossier, territoires=Territoires.build(TERRITOIRES)), quartiers
        )
    assert dossier.territoires == Territoires.build(TERRITOIRES)


def test_le_partage_ne_garde_rien_en_vie(dossier: Dossier) -> None:
    """When no look holds them any more, the shared territoires are let go."""
    vue = Vue(dossier, SECOND, SECOND)
    temoin = weakref.ref(vue.territoires)
    assert temoin() is Vue(dossier, PREMIER, SECOND).territoires
    del vue
    gc.collect()
    assert temoin() is None


def test_etendre_range_les_enfants(territoires: Territoires) -> None:
    """Children stay sorted, each once, when several come under one parent or when one is said again."""
    nouveaux = [
        Territoire(code, code, Genre.QUARTIER, ("COM-1", "DEP-1"))
        for code in ("QC-9", "A-1", "QRR-1")
    ]
    suite = territoires.extend(nouveaux)
    assert suite.list_enfants("COM-1") == ("A-1", "QC-9", "QRR-1")
    assert suite.list_enfants("DEP-1") == ("A-1", "COM-1", "COM-2", "QC-9", "QRR-1", "QRR-2")
    assert territoires.list_enfants("COM-1") == ("QRR-1",)
    assert suite.list_du_genre(Genre.QUARTIER) == ("QRR-1", "QC-9", "A-1")


def test_what_is_not_kept_has_no_name_any_more() -> None:
    """Nor has a code that it replaced; what is kept answers as before."""
    anciens = {"COM-0": Ancien("COM-1", "Ancienne"), "COM-9": Ancien("COM-2", "Autre")}
    gardes = Territoires.build(TERRITOIRES, anciens).keep({"COM-1", "QRR-2"})
    assert set(gardes) == {"COM-1", "QRR-2"}
    assert dict(gardes.anciens) == {"COM-0": anciens["COM-0"]}
    assert gardes.get_present("COM-0") == "COM-1"
    assert gardes["QRR-2"].au == date(2026, 6, 30)
