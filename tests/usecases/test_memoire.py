"""What a process holds: one state, its looks bounded in bytes, and nobody waits while the base is read again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from threading import Event, Thread
from weakref import ref

import pytest

from quartiers.core.comptage import get_veille
from quartiers.core.vue import OCTETS_PAR_CONSTAT
from quartiers.usecases.charger_dossier import follow_savoir, load_savoir, read_etat
from quartiers.usecases.memoire import Memoire
from quartiers.usecases.savoir import Savoir
from tests.usecases.conftest import Take, Write

pytestmark = pytest.mark.django_db
VU_LE = date(2026, 10, 1)
QUARTIER = "QC-FICTIF-TILLEULS"
RELEVE = (
    f"indicateur;territoire;date;valeur;source\ne06-a1-educateurs-etp;{QUARTIER};2026-09-20;4;CD\n"
)


@pytest.fixture
def savoir(cadre: None) -> Savoir:
    """What the base of the tests says."""
    return load_savoir()


def fill(memoire: Memoire, savoir: Savoir, rang: int) -> None:
    """One more look, that holds a hundred constats."""
    vue = memoire.open_vue(savoir, (VU_LE + timedelta(days=rang), VU_LE))
    for indicateur in list(savoir.dossier.referentiel.list_indicateurs())[:100]:
        vue.get_constat(indicateur, QUARTIER)


def test_les_regards_gardes_ne_pesent_jamais_plus_que_la_limite(savoir: Savoir) -> None:
    memoire = Memoire(lambda: savoir, follow_savoir, 350 * OCTETS_PAR_CONSTAT)
    memoire.hold(savoir)
    for rang in range(12):
        fill(memoire, savoir, rang)
        memoire.open_vue(savoir, (VU_LE + timedelta(days=rang), VU_LE))
        assert memoire.octets <= 350 * OCTETS_PAR_CONSTAT
    assert memoire.octets >= 300 * OCTETS_PAR_CONSTAT
    gardee = memoire.open_vue(savoir, (VU_LE + timedelta(days=11), VU_LE))
    assert gardee is memoire.open_vue(savoir, (VU_LE + timedelta(days=11), VU_LE))
    oubliee = memoire.open_vue(savoir, (VU_LE, VU_LE))
    assert oubliee.count_constats() == 0


def test_la_veille_d_une_periode_pese_aussi(savoir: Savoir) -> None:
    """What became positive since is looked for in a look of its own, kept with the first."""
    memoire = Memoire(lambda: savoir, follow_savoir, 2**28)
    memoire.hold(savoir)
    vue = memoire.open_vue(savoir, (VU_LE, VU_LE))
    for indicateur in savoir.dossier.referentiel.list_indicateurs():
        vue.get_constat_vu_de(indicateur, QUARTIER)
    vue.get_constat_vu_de(
        next(i for i in savoir.dossier.referentiel.list_indicateurs() if get_veille(i, VU_LE)),
        "DEP-00",
    )
    (veille,) = vue.veilles.values()
    siens = sum(map(len, vue.constats.values()))
    assert vue.count_constats() == siens + veille.count_constats() > siens


def test_un_dossier_d_avant_n_est_tenu_par_rien(savoir: Savoir, take: Take, write: Write) -> None:
    """Looks at other dates, that nobody opens again, follow the data too."""
    memoire = Memoire(load_savoir, follow_savoir, 2**28)
    memoire.hold(savoir)
    vue = memoire.open_vue(savoir, (VU_LE, VU_LE))
    avant = ref(vue)
    del vue
    take("releves", write("r.csv", RELEVE))
    suite = memoire.load(read_etat())
    assert suite.touches == frozenset({"e06-a1-educateurs-etp"})
    assert avant() is None
    assert memoire.open_vue(suite, (VU_LE, VU_LE)).dossier is suite.dossier


def test_un_etat_relu_entier_n_a_plus_de_regards(savoir: Savoir) -> None:
    memoire = Memoire(lambda: savoir, lambda _: None, 2**28)
    memoire.hold(savoir)
    fill(memoire, savoir, 0)
    assert memoire.octets
    memoire.hold(replace(savoir, touches=None))
    assert memoire.octets == 0


def test_pendant_une_relecture_les_autres_montrent_ce_que_l_on_tient(savoir: Savoir) -> None:
    """Only one thread reads; with nothing held, the others wait for it and read nothing themselves."""
    commence, fini = Event(), Event()
    autre = replace(savoir, marque=replace(savoir.marque, numero=10**6))
    lectures = []

    def read() -> Savoir:
        lectures.append(1)
        commence.set()
        assert fini.wait(20)
        return autre

    memoire = Memoire(read, lambda tenu: tenu if tenu is autre else None, 2**28, 0.05)
    memoire.hold(savoir)
    lecteur = Thread(target=memoire.load, args=(autre.etat,))
    lecteur.start()
    assert commence.wait(20)
    assert memoire.load(autre.etat) is savoir
    fini.set()
    lecteur.join(20)
    assert memoire.load(autre.etat) is autre
    assert len(lectures) == 1


def test_sans_rien_tenir_on_attend_la_lecture_d_un_autre(savoir: Savoir) -> None:
    commence, fini = Event(), Event()
    lectures, rendus = [], []

    def read() -> Savoir:
        lectures.append(1)
        commence.set()
        assert fini.wait(20)
        return savoir

    memoire = Memoire(read, lambda tenu: tenu, 2**28)
    fils = [Thread(target=lambda: rendus.append(memoire.load(savoir.etat))) for _ in range(3)]
    fils[0].start()
    assert commence.wait(20)
    for fil in fils[1:]:
        fil.start()
    fini.set()
    for fil in fils:
        fil.join(20)
    assert [rendu is savoir for rendu in rendus] == [True] * 3
    assert len(lectures) == 1


def test_sans_rien_tenir_personne_n_a_de_droits(savoir: Savoir) -> None:
    memoire = Memoire(lambda: savoir, follow_savoir, 2**28)
    with pytest.raises(LookupError):
        memoire.get_actuels()
