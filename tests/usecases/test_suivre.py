"""A process that follows the base knows what one that reads it anew knows; it reads only what is new when it may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quartiers.core.cellule import Cellules
from quartiers.core.composition import compose_vue
from quartiers.core.dossier import Dossier
from quartiers.core.genres import GENRES_DE_FICHIER
from quartiers.core.genres.vacances import VacancesScolaires
from quartiers.core.vue import Vue
from quartiers.usecases.charger_demo import list_envois
from quartiers.usecases.charger_dossier import (
    MEMOIRE,
    build_dossier,
    follow_savoir,
    forget_dossier,
    load_dossier,
    load_savoir,
    read_savoir,
)
from quartiers.usecases.importer import import_fichier
from quartiers.usecases.interroger import DECLARATIONS
from quartiers.usecases.savoir import Savoir
from quartiers.usecases.suivre import read_marque
from tests.usecases.conftest import DEMO, SAISI_LE, Take, Write

pytestmark = pytest.mark.django_db
JOUR = date(2026, 10, 1)
SUIVIS = DECLARATIONS - {VacancesScolaires.GENRE}
"""What is followed; a calendar changes what the records of others say: the base is read again (ADR 0016)."""
REQUETES = 6  # version, mark, imports, rows of one kind, days of the journal; one to spare
ENTETE = "indicateur;territoire;date;valeur;source;cle"
INDICATEUR, QUARTIER = "e06-a1-educateurs-etp", "QC-FICTIF-TILLEULS"


@pytest.fixture
def lectures(monkeypatch: pytest.MonkeyPatch) -> list[Dossier]:
    """Each time the base is read whole."""
    faites: list[Dossier] = []
    read = read_savoir

    def lire() -> Savoir:
        lu = read()
        faites.append(lu.dossier)
        return lu

    monkeypatch.setattr(MEMOIRE, "_read", lire)
    return faites


def check_pareil() -> None:
    """What is held is what a full reading gives."""
    tenu = load_savoir()
    relu = build_dossier(read_marque())
    for cle in tenu.dossier.registres.keys() | relu.registres.keys():
        assert tenu.dossier.registres.get(cle) == relu.registres.get(cle), cle
    assert tenu.dossier == relu
    assert tenu.cellules.par_cle == Cellules(relu).par_cle


def test_toute_la_demonstration_suivie_import_par_import(lectures: list[Dossier]) -> None:
    load_dossier()
    genres = []
    for envoi in list_envois(DEMO):
        avant = len(lectures)
        fait = import_fichier(
            genre=envoi.genre,
            chemin=envoi.chemin,
            connu_le=envoi.connu_le,
            saisi_le=SAISI_LE,
            millesime=envoi.millesime,
        )
        check_pareil()
        relu = len(lectures) > avant
        assert relu == (fait.ajoutees > 0 and envoi.genre not in SUIVIS), envoi
        genres.append(envoi.genre)
    # Kinds of records have one door, tried by test_porte_enregistrements; decisions come by no file (test_examiner),
    # nor do contests (test_contester).
    assert set(genres) > DECLARATIONS - GENRES_DE_FICHIER.keys() - {"examens", "contestations"}, (
        "a kind is not tried"
    )


def write_releve(
    valeur: str, cle: str, quartier: str = QUARTIER, indicateur: str = INDICATEUR
) -> str:
    return f"{ENTETE}\n{indicateur};{quartier};2026-09-30;{valeur};conseil départemental;{cle}\n"


def test_une_entree_se_lit_en_peu_de_requetes(
    cadre: None, take: Take, write: Write, lectures: list[Dossier]
) -> None:
    load_dossier()
    take("releves", write("r.csv", write_releve("2", "k")), JOUR)
    with CaptureQueriesContext(connection) as requetes:
        load_dossier()
    assert len(requetes) <= REQUETES
    assert len(lectures) == 1
    check_pareil()


def test_une_correction_deplace_une_ligne_dans_une_autre_cellule(
    cadre: None, take: Take, write: Write, lectures: list[Dossier]
) -> None:
    take("releves", write("r.csv", write_releve("2", "k")), JOUR)
    load_dossier()
    autre = write_releve("3", "k", "QC-FICTIF-FONTAINE")
    take("releves", write("r.csv", autre), date(2026, 10, 15))
    check_pareil()
    assert not load_savoir().cellules.get(INDICATEUR, QUARTIER).read_at(date(2026, 10, 15)).releves
    assert len(lectures) == 1


def test_une_correction_d_indicateur_touche_aussi_celui_que_la_ligne_quitte(
    cadre: None, take: Take, write: Write, lectures: list[Dossier]
) -> None:
    """The value leaves a proof that nothing new names: a page already seen of it must not keep it."""
    take("releves", write("r.csv", write_releve("2", "k")), JOUR)
    savoir = load_savoir()
    quittee = Vue(savoir.dossier, date(2026, 11, 1), date(2026, 11, 20), savoir.cellules)
    ancien = savoir.dossier.referentiel.get_indicateur(INDICATEUR)
    assert ancien is not None
    assert quittee.get_constat(ancien, QUARTIER).valeur == 2
    autre = write_releve("3", "k", indicateur="e06-a2-adultes-relais")
    take("releves", write("r.csv", autre), date(2026, 10, 15))
    check_pareil()
    suite = load_savoir()
    touches = suite.touches
    assert touches is not None
    assert touches >= {INDICATEUR, "e06-a2-adultes-relais"}
    suivie = quittee.follow(suite.dossier, suite.cellules, touches)
    assert suivie.get_constat(ancien, QUARTIER).valeur is None
    assert len(lectures) == 1


def test_une_page_deja_composee_suit_ce_qui_arrive(
    cadre: None, take: Take, write: Write, lectures: list[Dossier]
) -> None:
    """The engagement touched is arranged anew, the others are the very objects of the page before."""
    take("releves", write("r.csv", write_releve("2", "k")), JOUR)
    savoir = load_savoir()
    dates = (date(2026, 11, 1), date(2026, 11, 20))
    vue = Vue(savoir.dossier, *dates, savoir.cellules)
    avant = {code: compose_vue(vue, code) for code in ("DEP-00", QUARTIER)}
    take("releves", write("r.csv", write_releve("3", "l")), date(2026, 10, 15))
    suite = load_savoir()
    touches = suite.touches
    assert touches is not None
    suivie = vue.follow(suite.dossier, suite.cellules, touches)
    neuve = Vue(suite.dossier, *dates, suite.cellules)
    for code, ancien in avant.items():
        nouveau = compose_vue(suivie, code)
        assert nouveau == compose_vue(neuve, code)
        refaits = {
            n.engagement.code
            for a, n in zip(ancien.engagements, nouveau.engagements, strict=True)
            if a is not n
        }
        assert refaits == {"E06", "E10"}  # the tenth counts the constats of the others
        assert nouveau != ancien
    assert len(lectures) == 1


def test_un_fichier_dit_connu_plus_tot_prend_sa_place(
    cadre: None, take: Take, write: Write, lectures: list[Dossier]
) -> None:
    take("releves", write("r.csv", write_releve("2", "k")), date(2026, 11, 1))
    load_dossier()
    take("releves", write("r.csv", write_releve("5", "autre")), date(2026, 10, 15))
    check_pareil()
    assert [r.valeur for r in load_dossier().releves] == [5, 2]
    assert len(lectures) == 1


def test_plusieurs_imports_d_un_coup(
    cadre: None, take: Take, write: Write, lectures: list[Dossier]
) -> None:
    load_savoir()
    for valeur in "234":
        take("releves", write("r.csv", write_releve(valeur, "k")), JOUR)
    take("cibles", DEMO / "2026-01-15" / "cibles.csv", JOUR)
    check_pareil()
    assert INDICATEUR in (load_savoir().touches or ())
    assert len(lectures) == 1


def test_un_cadre_qui_bouge_se_relit_en_entier(
    cadre: None, take: Take, write: Write, lectures: list[Dossier]
) -> None:
    load_savoir()
    take("releves", write("r.csv", write_releve("2", "k")), JOUR)
    millesime = {"millesime": date(2026, 7, 1)}
    chemin = DEMO / "2026-07-08" / "france-services-2026-07-01.csv"
    take("france-services", chemin, JOUR, **millesime)
    check_pareil()
    assert len(lectures) == 2
    assert load_savoir().touches is None


def test_une_autre_base_n_est_pas_une_suite(
    cadre: None, take: Take, write: Write, lectures: list[Dossier]
) -> None:
    """A base put back from a copy, whose numbers go farther: nothing of the former one stays."""
    take("releves", write("r.csv", write_releve("2", "k")), JOUR)
    load_dossier()
    savoir = load_savoir()
    ailleurs = datetime(2026, 1, 1, tzinfo=SAISI_LE.tzinfo)
    MEMOIRE.hold(replace_marque(savoir, ailleurs))
    take("releves", write("r.csv", write_releve("3", "k")), date(2026, 10, 15))
    load_dossier()
    assert len(lectures) == 2


def test_une_base_remise_de_meme_nom_n_est_pas_celle_que_l_on_tient(
    cadre: None, take: Take, write: Write, lectures: list[Dossier]
) -> None:
    """Put back from a copy, then fed another file the same day: same number, same name, other content."""
    take("releves", write("r.csv", write_releve("2", "k")), JOUR)
    load_dossier()
    savoir = load_savoir()
    autre = replace(savoir.marque, condensat="un autre")
    MEMOIRE.hold(replace(savoir, marque=autre))
    load_dossier()
    assert len(lectures) == 2
    assert load_savoir().touches is None


def replace_marque(savoir: Savoir, saisi_le: datetime) -> Savoir:
    return replace(savoir, marque=replace(savoir.marque, saisi_le=saisi_le))


def test_des_lignes_arrivees_pendant_la_lecture_ne_comptent_qu_une_fois(
    cadre: None, take: Take, write: Write
) -> None:
    """What is committed after the mark was taken is left for the next look, and read once."""
    take("releves", write("r.csv", write_releve("2", "k")), JOUR)
    marque = read_marque()
    take("releves", write("r.csv", write_releve("3", "l")), JOUR)
    assert len(build_dossier(marque).releves) == 1
    forget_dossier()
    MEMOIRE.hold(read_savoir(marque))
    check_pareil()
    assert len(load_dossier().releves) == 2


def test_les_fils_ne_se_refont_pas_le_travail(cadre: None, lectures: list[Dossier]) -> None:
    """A thread that read the version before another refreshed it gets what the other made."""
    tenu = load_savoir()
    assert follow_savoir(tenu) is tenu


POSTES = (
    "objet;le;situe;fonction;employeur;etp_finance;finance_depuis;pourvu_depuis;vacant_depuis\n"
)
POSTE = f"P-1;01/09/2026;{QUARTIER};educateur_prevention;CD;1;01/01/2026;01/02/2026;\n"


def test_des_enregistrements_rejoignent_ce_que_l_on_tient(
    cadre: None, take: Take, write: Write, lectures: list[Dossier]
) -> None:
    """New, corrected, elsewhere, withdrawn: followed without a second reading, the same as one."""
    load_savoir()
    ailleurs = POSTE.replace(QUARTIER, "QC-FICTIF-GRAND-PRE").replace("01/09", "01/10")
    vacant = POSTE.replace("01/02/2026;", ";15/08/2026")
    for suite in (POSTE, POSTE.replace("P-1", "P-2"), vacant, ailleurs):
        take("poste", write("p.csv", POSTES + suite), JOUR)
        check_pareil()
    assert ("e06-a2-adultes-relais", QUARTIER) not in load_savoir().dossier.registres
    assert (INDICATEUR, QUARTIER) in load_savoir().dossier.registres
    assert len(lectures) == 1
