"""An organisme withdrawn, sent back or left as a draft is set aside: nobody is named nor invited in its name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from quartiers.core.enregistrement import Validation
from quartiers.core.genres.organisme import Organisme
from quartiers.core.vue import Vue
from quartiers.sources import qpv
from quartiers.storage.models import Enregistrement, Titulaire
from quartiers.usecases.charger_dossier import load_dossier
from quartiers.usecases.creer_compte import create_compte
from quartiers.usecases.declarer import declare_enregistrement
from quartiers.usecases.lister_attentes import ENREGISTREMENT, Cle
from quartiers.usecases.lister_organismes import (
    OrganismeConnu,
    is_organisme,
    list_organismes_connus,
)
from quartiers.usecases.nommer import build_nommer_source
from quartiers.usecases.tenir_comptes import list_organismes
from tests.usecases.conftest import Take, Write
from tests.usecases.qui_juge import JUIN, MAI, judge, make_envoi
from tests.usecases.qui_nomme import CAF, TILLEULS, make_compte, name

pytestmark = pytest.mark.django_db
AVRIL = date(2026, 4, 1)
ENTETE = "objet;le;situe;nom;validation;retrait\n"
PREMIER = f"{CAF};2026-01-01;{TILLEULS};Caisse;soumis;\n"


Enter = Callable[[str], None]


@pytest.fixture
def enter(cadre: None, take: Take, write: Write) -> Enter:
    """A file of organismes, by its lines."""

    def entrer(lignes: str) -> None:
        take("organisme", write("organismes.csv", ENTETE + lignes))

    return entrer


def list_choisis() -> list[str]:
    """Those in whose name a préfet may name."""
    territoires = Vue(load_dossier(), JUIN, JUIN).territoires
    return list(list_organismes(name(make_compte("prefet", "DEP-00"), territoires)))


def test_un_organisme_enregistre_est_connu(enter: Enter) -> None:
    enter(PREMIER)
    assert list_organismes_connus() == {CAF: OrganismeConnu("Caisse", frozenset({TILLEULS}))}
    assert list_organismes_connus(["AUTRE"]) == {}
    assert is_organisme(CAF)
    assert not is_organisme("")
    assert list_choisis() == [CAF]


@pytest.mark.parametrize(
    "suite",
    [
        f"{CAF};2026-02-01;{TILLEULS};Caisse;brouillon;\n",
        f"{CAF};2026-02-01;{TILLEULS};Caisse;rejete;\n",
        f"{CAF};2026-01-01;;;;oui\n",
    ],
)
def test_un_organisme_mis_de_cote_ne_l_est_plus_pour_personne(enter: Enter, suite: str) -> None:
    """Neither among those to choose, nor for an account that is made in its name."""
    enter(PREMIER)
    enter(suite)
    assert Enregistrement.objects.filter(genre="organisme").count() == 2
    assert (list_organismes_connus(), is_organisme(CAF), list_choisis()) == ({}, False, [])
    compte = create_compte(
        identifiant="x", mot_de_passe=None, role="delegue", territoires=(TILLEULS,), organisme=CAF
    )
    assert Titulaire.objects.get(pk=compte.pk).organisme == ""


def test_un_organisme_redit_apres_l_est_de_nouveau(enter: Enter) -> None:
    enter(PREMIER)
    enter(f"{CAF};2026-01-01;;;;oui\n")
    enter(f"{CAF};2026-03-01;{TILLEULS};La Caisse;valide;\n")
    assert list_organismes_connus() == {CAF: OrganismeConnu("La Caisse", frozenset({TILLEULS}))}


def declare_nom(nom: str, le: date, vu: int | None = None) -> Cle:
    """By the form."""
    textes = {"objet": CAF, "le": "2026-01-01", "situe": TILLEULS, "nom": nom}
    declare_enregistrement(genre=Organisme, envoi=make_envoi("deleguee", le), textes=textes, vu=vu)
    return Cle(ENREGISTREMENT, Enregistrement.objects.latest("pk").pk)


def test_un_organisme_renvoye_est_mis_de_cote_et_sa_correction_rend_l_ancien(cadre: None) -> None:
    """What a second person sent back says nothing; what it corrected holds again."""
    premier = declare_nom("Caisse", MAI)
    correction = declare_nom("Caisse (faux)", MAI, vu=premier.rangee)
    assert list_organismes_connus()[CAF].nom == "Caisse (faux)"
    judge(correction, Validation.REJETE, motif="date")
    assert list_organismes_connus()[CAF].nom == "Caisse"
    judge(premier, Validation.REJETE, motif="date")
    assert not is_organisme(CAF)


def test_une_source_porte_le_nom_de_son_organisme_tel_qu_on_le_savait(
    cadre: None, take: Take, write: Write
) -> None:
    """A paper of May keeps the name of May, whatever the organisme is called since."""
    sans_validation = "objet;le;situe;nom\n"
    take("organisme", write("o.csv", f"{sans_validation}{CAF};2026-01-01;{TILLEULS};Caisse\n"), MAI)
    suite = f"{sans_validation}{CAF};2026-06-01;{TILLEULS};Caisse d’allocations\n"
    take("organisme", write("o.csv", suite), JUIN)
    load_dossier()
    noms = [build_nommer_source(jour)(CAF) for jour in (AVRIL, MAI, JUIN)]
    assert noms == [CAF, "Caisse", "Caisse d’allocations"]
    assert build_nommer_source(JUIN)("bordereau") == "bordereau"
    assert build_nommer_source(JUIN)(qpv.CODE).startswith("Quartiers prioritaires")
