"""School calendars enter as records: a share of weeks or holidays is counted by them, at any two dates."""

from __future__ import annotations

import json
import re
from datetime import date
from fractions import Fraction

import pytest

from quartiers.cli.main import main
from quartiers.core.anomalie import DonneesRefusees
from quartiers.core.colonnes.colonnes import FaitsEnColonnes
from quartiers.core.constat import Constat
from quartiers.core.explication import explain_constat
from quartiers.core.statut import Drapeau, Statut
from quartiers.core.vue import Vue
from quartiers.reports.presentation.faits import Nommer
from quartiers.reports.presentation.preuve import PagePreuve, build_page_preuve
from quartiers.usecases.charger_dossier import forget_dossier, load_dossier
from tests.core.test_colonnes_mondes import list_differences
from tests.usecases.conftest import CONNU_LE, Take, Write

pytestmark = pytest.mark.django_db
ICI = "QC-FICTIF-TILLEULS"
SEMAINES, JOURS = "e01-a5-semaines-couvertes", "e09-a4-jours-animes"
VU_LE, AVANT, APRES = date(2026, 11, 8), date(2026, 11, 9), date(2026, 11, 20)
"""The day looked at; the activities are known on the second day, calendars on the third one."""
ENTETE = "objet;le;situe;nom;classes_depuis;debut;fin;validation;retrait\n"
TOUSSAINT = "C/2026-1;01/07/2026;DEP-00;Toussaint;01/09/2026;17/10/2026;01/11/2026;;\n"
NOEL = "C/2026-2;01/07/2026;DEP-00;Noël;02/11/2026;19/12/2026;03/01/2027;;\n"
HIVER = "C/2026-3;01/07/2026;DEP-00;Hiver;04/01/2027;06/02/2027;21/02/2027;;\n"
ACTIVITES = (
    "objet;le;situe;genre;theme;premier_jour;dernier_jour;rythme;jours_annules;tenue\n"
    f"A-1;06/11/2026;{ICI};educative;;02/09/2026;31/12/2026;hebdomadaire;16/09/2026;oui\n"
    f"A-2;06/11/2026;{ICI};stage_reussite;sport;19/10/2026;20/10/2026;quotidien;;oui\n"
)


TOUTES = (
    ACTIVITES
    + f"A-3;06/11/2026;{ICI};formation;;22/10/2026;;;;oui\n"
    + f"A-4;06/11/2026;{ICI};sejour_rupture;;14/07/2026;18/07/2026;;;oui\n"
    + f"A-5;06/11/2026;{ICI};jobdating;;23/10/2026;;;;oui\n"
)
THEMES, FORMATION, ETE = "e09-a4-themes-couverts", "e09-a1-formation-mobilisee", "e09-a7-sejours"
JOBDATING = "e07-a6-part-avec-associations"
ACTIVITE_DE = {JOURS: "A-2", THEMES: "A-2", FORMATION: "A-3", ETE: "A-4", JOBDATING: "A-5"}
SANS_CALENDRIER = "le calendrier scolaire n’est pas connu"


@pytest.fixture
def toutes(cadre: None, take: Take, write: Write) -> None:
    """The same, and what is asked of the last holidays, of the last summer, of the last twelve months."""
    take("activite", write("toutes.csv", TOUTES), AVANT)


@pytest.fixture
def activites(cadre: None, take: Take, write: Write) -> None:
    """A weekly activity since the rentrée, one day of it cancelled; two days of sport in the holidays."""
    take("activite", write("activites.csv", ACTIVITES), AVANT)


def look(
    code: str = SEMAINES, vu_le: date = VU_LE, connu_le: date = CONNU_LE, ou: str = ICI
) -> Constat:
    """The constat of a territoire."""
    vue = Vue(load_dossier(), vu_le, connu_le)
    indicateur = vue.dossier.referentiel.get_indicateur(code)
    assert indicateur is not None
    return vue.get_constat(indicateur, ou)


def prove(code: str = SEMAINES, vu_le: date = VU_LE, connu_le: date = CONNU_LE) -> PagePreuve:
    """The page of its proof."""
    vue = Vue(load_dossier(), vu_le, connu_le)
    indicateur = vue.dossier.referentiel.get_indicateur(code)
    assert indicateur is not None
    explication = explain_constat(vue, indicateur, ICI)
    assert explication is not None
    assert isinstance(explication.constat, Constat)
    return build_page_preuve(explication, explication.constat, str, Nommer(str, str), vu_le)


def test_les_semaines_de_classe_se_comptent_par_le_calendrier(
    activites: None, take: Take, write: Write
) -> None:
    """Eight weeks with a day of class since the rentrée, those of the holidays apart; one session was cancelled."""
    take("vacances", write("calendriers.csv", ENTETE + TOUSSAINT + NOEL), APRES)
    constat = look()
    assert (constat.numerateur, constat.denominateur) == (Fraction(7), Fraction(8))
    assert constat.drapeaux == frozenset()
    jours = look(JOURS)
    assert (jours.numerateur, jours.denominateur) == (Fraction(2), Fraction(16))


def test_sans_calendrier_rien_ne_se_compte_et_la_preuve_le_dit(activites: None) -> None:
    constat = look()
    assert (constat.statut, constat.valeur) == (Statut.NON_RENSEIGNE, None)
    assert constat.drapeaux == {Drapeau.CALENDRIER_INCONNU}
    page = prove()
    assert page.raison.startswith("Le calendrier scolaire n’est pas connu")
    assert page.calendrier.startswith("Calendrier scolaire inconnu")
    (ecarte,) = page.ecartes
    assert "A-1" in ecarte.texte
    assert ecarte.ecart == "le calendrier scolaire n’est pas connu"


def list_ecartes(page: PagePreuve) -> list[tuple[str, str]]:
    """The activities that a proof shows without counting them, and why."""
    noms = ("A-1", "A-2", "A-3", "A-4", "A-5")
    return [(n, e.ecart) for e in page.ecartes for n in noms if f"« {n} »" in e.texte]


@pytest.mark.parametrize("code", [JOURS, THEMES, FORMATION, ETE, JOBDATING])
def test_une_activite_que_seul_un_calendrier_placerait_est_montree(
    toutes: None, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody can tell whether its days were in holidays: no figure, and the proof shows it with the reason."""
    constat = look(code)
    assert (constat.statut, constat.valeur) == (Statut.NON_RENSEIGNE, None)
    assert constat.drapeaux == {Drapeau.CALENDRIER_INCONNU}
    page = prove(code)
    assert page.raison.startswith("Le calendrier scolaire n’est pas connu")
    assert page.calendrier.startswith("Calendrier scolaire inconnu")
    assert list_ecartes(page) == [(ACTIVITE_DE[code], SANS_CALENDRIER)]
    assert [s.jour for s in page.savoirs] == [AVANT]
    dates = ("--vu-le", VU_LE.isoformat(), "--connu-le", CONNU_LE.isoformat())
    assert main(["constat", ICI, code, *dates, "--format", "json"]) == 0
    dit = json.loads(capsys.readouterr().out)
    assert (dit["valeur"], dit["drapeaux"]) == (None, ["calendrier_inconnu"])
    assert dit["raison"].startswith("Le calendrier scolaire n’est pas connu")
    (ecarte,) = dit["faits_ecartes"]
    assert f"« {ACTIVITE_DE[code]} »" in ecarte["libelle"]
    assert ecarte["ecart"] == SANS_CALENDRIER
    assert main(["constat", ICI, code, *dates]) == 0
    texte = capsys.readouterr().out
    assert re.search(rf"« {ACTIVITE_DE[code]} ».*\({SANS_CALENDRIER}\)", texte)


def test_avec_le_calendrier_elle_compte_ou_ne_dit_rien(
    toutes: None, take: Take, write: Write
) -> None:
    """What was in the holidays counts; what was not is no more shown as if one did not know."""
    take("vacances", write("calendriers.csv", ENTETE + TOUSSAINT + NOEL), APRES)
    for code in (JOURS, FORMATION):
        assert look(code).drapeaux == frozenset()
        assert list_ecartes(prove(code)) == []
        assert [s.statut for s in prove(code).savoirs][-1] is Statut.NON_RENSEIGNE
    assert look(FORMATION).valeur == 1
    # The summer before is not in what is known.
    assert list_ecartes(prove(ETE)) == [("A-4", SANS_CALENDRIER)]


def test_a_cote_d_un_chiffre_seul_est_montre_ce_qui_aurait_pu_y_compter(
    cadre: None, take: Take, write: Write
) -> None:
    """The last holidays are known: what was held before them is not in them. A year goes back further."""
    lignes = "".join(
        f"A-{n};06/11/2026;{ICI};jobdating;sport;{jour};;;;oui\n"
        for n, jour in ((1, "20/10/2026"), (2, "15/07/2026"), (3, "15/07/2025"))
    )
    take("activite", write("activites.csv", ACTIVITES.splitlines()[0] + "\n" + lignes), AVANT)
    take("vacances", write("calendriers.csv", ENTETE + TOUSSAINT + NOEL), APRES)
    assert look(JOURS).numerateur == 1
    assert list_ecartes(prove(JOURS)) == []
    assert look(JOBDATING).denominateur == 1
    assert list_ecartes(prove(JOBDATING)) == [("A-2", SANS_CALENDRIER)]


def test_ce_qui_compte_pour_une_part_de_ses_jours_n_est_pas_ecarte(
    cadre: None, take: Take, write: Write
) -> None:
    """A series of which some sessions are in holidays that one knows, and others before the calendar."""
    ligne = f"A-1;06/11/2026;{ICI};jobdating;;01/07/2026;31/10/2026;hebdomadaire;;oui\n"
    take("activite", write("activites.csv", ACTIVITES.splitlines()[0] + "\n" + ligne), AVANT)
    take("vacances", write("calendriers.csv", ENTETE + TOUSSAINT + NOEL), APRES)
    assert look(JOBDATING).denominateur == 2
    assert list_ecartes(prove(JOBDATING)) == []


def test_une_fenetre_de_vacances_hors_du_calendrier_montre_ce_qui_s_y_lirait(
    toutes: None, take: Take, write: Write
) -> None:
    """The holidays of the activity are known; whether others have gone by since is not (L-96)."""
    take("vacances", write("calendriers.csv", ENTETE + TOUSSAINT), APRES)
    assert look(FORMATION).drapeaux == {Drapeau.CALENDRIER_INCONNU}
    assert list_ecartes(prove(FORMATION)) == [("A-3", SANS_CALENDRIER)]


def test_a_cote_d_une_valeur_l_activite_est_montree_sans_changer_le_drapeau(
    activites: None, take: Take, write: Write
) -> None:
    releve = f"indicateur,territoire,date,numerateur,denominateur,source\n{JOURS},{ICI},2026-10-20,3,16,X\n"
    take("releves", write("releves.csv", releve), AVANT)
    constat = look(JOURS)
    assert (constat.numerateur, constat.denominateur) == (Fraction(3), Fraction(16))
    assert list_ecartes(prove(JOURS)) == [("A-2", SANS_CALENDRIER)]


def test_un_pointage_ne_cache_pas_l_activite(activites: None, take: Take, write: Write) -> None:
    """All that exists was recorded, and what was recorded cannot be placed."""
    pointage = f"objet;le;situe;genre;mot\nT-1;07/11/2026;{ICI};activite;\n"
    take("pointage", write("pointages.csv", pointage), AVANT)
    assert ("A-2", SANS_CALENDRIER) in list_ecartes(prove(THEMES))
    assert ("A-2", SANS_CALENDRIER) in list_ecartes(prove(JOURS))


def test_ce_qui_ne_peut_compter_n_est_pas_montre(cadre: None, take: Take, write: Write) -> None:
    """Not held, out of its twelve months, of another kind, elsewhere: no calendar would make it count."""
    lignes = (
        f"A-1;06/11/2026;{ICI};jobdating;;19/10/2026;;;;non\n"
        f"A-2;06/11/2026;{ICI};jobdating;;19/10/2025;;;;oui\n"
        f"A-3;06/11/2026;{ICI};educative;;19/10/2026;;;;oui\n"
        "A-4;06/11/2026;QC-FICTIF-FONTAINE;formation;;19/10/2026;;;;oui\n"
        f"A-5;06/11/2026;{ICI};formation;;19/10/2026;;;;non\n"
    )
    take("activite", write("activites.csv", ACTIVITES.splitlines()[0] + "\n" + lignes), AVANT)
    assert list_ecartes(prove(FORMATION)) == []
    assert look(FORMATION).drapeaux == frozenset()
    # A session that was not held is a zero of a share (L-77), if it was in the holidays.
    assert list_ecartes(prove(JOBDATING)) == [("A-1", SANS_CALENDRIER)]


def test_la_preuve_dit_le_calendrier_et_le_jour_ou_il_fut_appris(
    activites: None, take: Take, write: Write
) -> None:
    take("vacances", write("calendriers.csv", ENTETE + TOUSSAINT + NOEL), APRES)
    page = prove()
    assert page.calendrier.replace("\u00a0", " ") == (
        "Calendrier scolaire connu du 1er septembre 2026 au 3 janvier 2027."
        " Dernières vacances : du 17 octobre 2026 au 1er novembre 2026."
    )
    appris, avant = page.savoirs
    assert (appris.jour, appris.appris) == (
        APRES,
        ("Le calendrier scolaire a été appris, ou corrigé.",),
    )
    assert (avant.jour, avant.statut) == (AVANT, Statut.NON_RENSEIGNE)
    assert "inconnu au" in prove(vu_le=date(2027, 3, 1)).calendrier


def test_une_correction_garde_ce_que_l_on_savait(activites: None, take: Take, write: Write) -> None:
    """The holidays begin a week earlier than was said: one week of class less, from the day it is known."""
    take("vacances", write("calendriers.csv", ENTETE + TOUSSAINT + NOEL), APRES)
    corrige = TOUSSAINT.replace("17/10/2026", "10/10/2026")
    take("vacances", write("corriges.csv", ENTETE + corrige), CONNU_LE)
    assert look(connu_le=AVANT).denominateur is None
    assert look(connu_le=APRES).denominateur == 8
    assert look(connu_le=CONNU_LE).denominateur == 7


def test_une_semaine_hors_du_calendrier_n_est_pas_hors_vacances(
    activites: None, take: Take, write: Write
) -> None:
    """Only the holidays of All Saints are known: the week after them is not."""
    take("vacances", write("calendriers.csv", ENTETE + TOUSSAINT), APRES)
    assert look().drapeaux == {Drapeau.CALENDRIER_INCONNU}
    assert look(vu_le=date(2026, 10, 18)).denominateur == 7


@pytest.mark.parametrize(
    ("lignes", "du", "au"),
    [
        pytest.param((TOUSSAINT, NOEL, HIVER), "2026-09-01", "2027-02-21", id="d’un seul tenant"),
        pytest.param((TOUSSAINT, HIVER), "2027-01-04", "2027-02-21", id="un trou"),
        pytest.param(
            (TOUSSAINT, NOEL, NOEL.replace("2026-2", "X").replace("03/01", "04/01"), HIVER),
            "2027-01-05",
            "2027-02-21",
            id="deux lignes se contredisent",
        ),
        pytest.param(
            (TOUSSAINT, TOUSSAINT.replace("C/", "D/").replace("01/09", "31/08")),
            "2026-08-31",
            "2026-11-01",
            id="les mêmes vacances deux fois",
        ),
        pytest.param(
            (TOUSSAINT, NOEL, HIVER.replace("21/02/2027;;", "21/02/2027;brouillon;")),
            "2026-09-01",
            "2027-01-03",
            id="un brouillon ne dit rien",
        ),
    ],
)
def test_un_calendrier_est_d_un_seul_tenant(
    cadre: None, take: Take, write: Write, lignes: tuple[str, ...], du: str, au: str
) -> None:
    take("vacances", write("calendriers.csv", ENTETE + "".join(lignes)), APRES)
    calendrier = load_dossier().calendriers.read_at(APRES)["DEP-00"]
    assert (calendrier.valide_du, calendrier.valide_au) == (
        date.fromisoformat(du),
        date.fromisoformat(au),
    )


def test_un_retrait_reprend_ce_qui_fut_dit(cadre: None, take: Take, write: Write) -> None:
    take("vacances", write("calendriers.csv", ENTETE + TOUSSAINT), APRES)
    take("vacances", write("retraits.csv", ENTETE + "C/2026-1;01/07/2026;;;;;;;oui\n"), CONNU_LE)
    calendriers = load_dossier().calendriers
    assert calendriers.read_at(APRES).keys() == {"DEP-00"}
    assert calendriers.read_at(CONNU_LE) == {}


@pytest.mark.parametrize(
    ("avant", "apres", "raison"),
    [
        ("DEP-00", ICI, "DEPARTEMENT ou COLLECTIVITE inconnu"),
        ("01/11/2026", "01/10/2026", "avant « debut »"),
        ("01/09/2026", "01/12/2026", "avant « classes_depuis »"),
        ("01/09/2026", "01/09/2025", "183 jours ou plus avant les vacances"),
        ("01/11/2026", "01/11/2027", "des vacances de 122 jours ou plus"),
    ],
)
def test_ce_qui_se_contredit_est_refuse(
    cadre: None, take: Take, write: Write, avant: str, apres: str, raison: str
) -> None:
    with pytest.raises(DonneesRefusees, match=raison):
        take("vacances", write("faux.csv", ENTETE + TOUSSAINT.replace(avant, apres)), APRES)


def test_ce_qu_un_processus_tient_suit_un_calendrier(
    activites: None, take: Take, write: Write
) -> None:
    assert look().denominateur is None
    take("vacances", write("calendriers.csv", ENTETE + TOUSSAINT + NOEL), APRES)
    suivi = look()
    forget_dossier()
    assert suivi == look()
    assert suivi.denominateur == 8


def test_les_colonnes_disent_la_meme_chose_a_chaque_jour_de_connaissance(
    activites: None, take: Take, write: Write
) -> None:
    """A fresh relevé of the holidays ages by the calendar as it was known, on both hands."""
    releve = f"indicateur,territoire,date,numerateur,denominateur,source\n{JOURS},{ICI},2026-10-20,3,16,X\n"
    take("releves", write("releves.csv", releve), AVANT)
    take("vacances", write("calendriers.csv", ENTETE + TOUSSAINT + NOEL), APRES)
    dossier = load_dossier()
    colonnes = FaitsEnColonnes.build(dossier)
    perimes = set()
    for connu_le in (AVANT, APRES):
        assert list_differences(dossier, colonnes, VU_LE, connu_le) == []
        perimes.add(look(JOURS, connu_le=connu_le).perime_le)
    assert len(perimes) == 2
