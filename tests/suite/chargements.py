"""The states of the base that many tests look at, loaded by the ordinary imports."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.test import override_settings

from quartiers.cli.main import main
from quartiers.usecases.charger_demo import load_demo
from quartiers.usecases.charger_dossier import MEMOIRE, forget_dossier, load_savoir
from quartiers.usecases.charger_gestes import load_gestes
from quartiers.usecases.importer import import_fichier
from quartiers.usecases.savoir import Savoir
from tests.conftest import find_donnees
from tests.suite.etats import PARTAGE, Etat

DEMO = Path(__file__).resolve().parents[2] / "data" / "demo"
CADRE = DEMO / "2026-01-15"
SAISI_LE = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Paris"))
JOUR_DU_CADRE = date(2026, 1, 15)
LISTES = (
    (date(2026, 7, 8), date(2026, 7, 1)),
    (date(2026, 10, 12), date(2026, 10, 1)),
)
"""(day it was learnt, millésime) of each list of France services."""
LISTE_OFFICIELLE = "france-services/liste-fs-20240801.csv"
MILLESIME_OFFICIEL, OFFICIELS_CONNUS_LE = date(2024, 8, 1), date(2024, 8, 5)
PREMIERS = (
    *(("cog", "cog"), ("qpv", "qpv.geojson"), ("qrr", "qrr.geojson")),
    *(("quartiers", "quartiers.csv"), ("cibles", "cibles.csv"), ("releves", "releves.csv")),
)


def take(genre: str, chemin: Path, connu_le: date, millesime: date | None = None) -> None:
    """One import of the invented département."""
    import_fichier(
        genre=genre, chemin=chemin, connu_le=connu_le, saisi_le=SAISI_LE, millesime=millesime
    )


def read_charge() -> Savoir:
    """What the process holds of the base as it was just loaded: read once for all the tests that begin with it."""
    forget_dossier()
    return load_savoir()


def recall_charge() -> None:
    """A test begins as the first one did: with what was read of the state that it asks for, whatever was done since."""
    MEMOIRE.hold(PARTAGE.lu)


def load_demonstration() -> Savoir:
    """The whole demonstration, with its accounts."""
    forget_dossier()
    with override_settings(DEMO=True):
        list(load_demo(dossier=DEMO, saisi_le=SAISI_LE))
    return read_charge()


def load_demonstration_jouee() -> Savoir:
    """The same with what its accounts did: a queue, drafts, proofs, a value corrected."""
    forget_dossier()
    with override_settings(DEMO=True):
        list(load_gestes(dossier=DEMO))
    return read_charge()


def load_cadre() -> Savoir:
    """Territoires of the invented département: COG, QPV, QRR, quartiers cibles."""
    take("cog", CADRE / "cog", JOUR_DU_CADRE)
    take("qpv", CADRE / "qpv.geojson", JOUR_DU_CADRE)
    take("qrr", CADRE / "qrr.geojson", JOUR_DU_CADRE)
    take("quartiers", CADRE / "quartiers.csv", JOUR_DU_CADRE)
    return read_charge()


def load_listes() -> Savoir:
    """Its two millésimes of France services."""
    for jour, millesime in LISTES:
        chemin = DEMO / jour.isoformat() / f"france-services-{millesime}.csv"
        take("france-services", chemin, jour, millesime)
    return read_charge()


def load_premiers() -> Savoir:
    """Its perimeters, first targets and first values, by the commands."""
    forget_dossier()
    for genre, nom in PREMIERS:
        commande = ["importer", genre, str(CADRE / nom), "--connu-le", JOUR_DU_CADRE.isoformat()]
        with redirect_stdout(io.StringIO()):
            code = main(commande)
        assert code == 0, commande
    return read_charge()


def take_officiel(genre: str, nom: str, millesime: date | None = None) -> None:
    """One import of an official file; the tests that ask for it are marked `donnees`."""
    dossier = find_donnees()
    assert dossier is not None
    take(genre, dossier / nom, OFFICIELS_CONNUS_LE, millesime)


def load_communes_et_qpv() -> Savoir:
    """The whole COG and the QPV of 2024."""
    take_officiel("cog", "cog")
    take_officiel("qpv", "qpv-2024/qpv.json.gz")
    return read_charge()


def load_france() -> Savoir:
    """The QRR, the QPV of 2015 and one millésime of France services."""
    take_officiel("qrr", "qrr/sensible_zones.json.gz")
    take_officiel("qpv", "qpv-2015-occitanie/qp.geojson")
    take_officiel("france-services", LISTE_OFFICIELLE, MILLESIME_OFFICIEL)
    return read_charge()


ETATS = {
    "demo": Etat(load_demonstration),
    "gestes": Etat(load_demonstration_jouee, avant="demo"),
    "cadre": Etat(load_cadre),
    "listes": Etat(load_listes, avant="cadre"),
    "premiers": Etat(load_premiers),
    "communes_et_qpv": Etat(load_communes_et_qpv),
    "france": Etat(load_france, avant="communes_et_qpv"),
}
