"""Records become figures: files of posts and pointages in, the constat of the quartier out, at any two dates."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from quartiers.core.colonnes.colonnes import FaitsEnColonnes
from quartiers.core.colonnes.evaluation import evaluate_colonnes
from quartiers.core.composition import get_constat
from quartiers.core.constat import Constat, ConstatRemonte
from quartiers.core.explication import Explication, explain_constat
from quartiers.core.registre import EnregistrementRetenu
from quartiers.core.statut import Drapeau, Statut
from quartiers.core.vue import Vue
from quartiers.reports.fait_json import render_fait_connu
from quartiers.reports.presentation.faits import Nommer, write_fait
from quartiers.reports.presentation.preuve import build_page_preuve
from quartiers.usecases.charger_dossier import load_dossier
from quartiers.web.presentation.engagement import list_releves
from tests.core.test_colonnes_mondes import list_differences, list_differences_remontees
from tests.usecases.conftest import CONNU_LE, Take, Write

pytestmark = pytest.mark.django_db
ICI, LA = "QC-FICTIF-TILLEULS", "QC-FICTIF-GRAND-PRE"
CODE = "e06-a2-adultes-relais"
ENTETE = "objet;le;situe;fonction;employeur;etp_finance;finance_depuis;pourvu_depuis;vacant_depuis;validation\n"
UN = f"P-1;01/09/2026;{ICI};adulte_relais;Régie;1;01/01/2026;01/02/2026;;valide\n"
DEUX = f"P-2;01/09/2026;{ICI};adulte_relais;Régie;1;01/01/2026;01/03/2026;;valide\n"
VACANT = f"P-3;01/09/2026;{LA};adulte_relais;Régie;1;01/01/2026;;01/08/2026;valide\n"
VU_LE = date(2026, 10, 1)


def look(code: str = ICI, vu_le: date = VU_LE, connu_le: date = CONNU_LE) -> Constat:
    """The constat of a quartier."""
    vue = Vue(load_dossier(), vu_le, connu_le)
    indicateur = vue.dossier.referentiel.get_indicateur(CODE)
    assert indicateur is not None
    return vue.get_constat(indicateur, code)


def test_deux_postes_occupes_comptent_deux_et_la_preuve_les_nomme(
    cadre: None, take: Take, write: Write
) -> None:
    take("poste", write("postes.csv", ENTETE + UN + DEUX + VACANT))
    constat = look()
    assert (constat.valeur, constat.date) == (Fraction(2), date(2026, 9, 1))
    assert constat.objets == {"P-1", "P-2"}
    retenus = [f for f in constat.faits if isinstance(f, EnregistrementRetenu)]
    assert [(r.enregistrement.objet, r.nombre, r.preuve.ligne) for r in retenus] == [
        ("P-1", 1, 2),
        ("P-2", 1, 3),
    ]
    assert ("Employeur", "Régie") in retenus[0].preuve.details


def test_un_poste_vacant_est_un_zero_frais_et_le_silence_n_est_rien(
    cadre: None, take: Take, write: Write
) -> None:
    take("poste", write("postes.csv", ENTETE + VACANT))
    assert (look(LA).valeur, look(LA).date) == (Fraction(0), date(2026, 9, 1))
    assert look(LA).statut is not Statut.PERIME
    assert (look(ICI).statut, look(ICI).valeur) == (Statut.NON_RENSEIGNE, None)


def test_un_pointage_prouve_l_absence(cadre: None, take: Take, write: Write) -> None:
    take(
        "pointage",
        write("pointages.csv", f"objet;le;dessert;genre;mot\nT-1;15/09/2026;{ICI};poste;fonction=adulte_relais\n"),
    )  # fmt: skip
    assert (look().valeur, look().date) == (Fraction(0), date(2026, 9, 15))
    assert look(vu_le=date(2026, 9, 14)).statut is Statut.NON_RENSEIGNE


def test_une_correction_ne_change_pas_ce_que_l_on_savait(
    cadre: None, take: Take, write: Write
) -> None:
    take("poste", write("postes.csv", ENTETE + UN + DEUX), connu_le=date(2026, 10, 2))
    corrige = UN.replace("01/02/2026;;", ";15/08/2026;")
    take("poste", write("corriges.csv", ENTETE + corrige), connu_le=date(2026, 11, 1))
    assert look(connu_le=date(2026, 10, 1)).valeur is None
    assert look(connu_le=date(2026, 10, 31)).valeur == 2
    assert look(connu_le=date(2026, 11, 1)).valeur == 1


def test_le_premier_poste_ne_fait_pas_tomber_un_quatre_declare(
    cadre: None, take: Take, write: Write
) -> None:
    releve = f"indicateur,territoire,date,valeur,source\n{CODE},{ICI},2026-09-20,4,DDETS\n"
    take("releves", write("releves.csv", releve))
    take("poste", write("postes.csv", ENTETE + UN))
    constat = look()
    assert constat.valeur == 4
    assert Drapeau.REGISTRE_INCOMPLET in constat.drapeaux
    assert Drapeau.DESACCORD not in constat.drapeaux
    assert any(isinstance(f, EnregistrementRetenu) for f in constat.ecartes)


def test_les_colonnes_laissent_une_cellule_de_registre_au_calcul_simple(
    cadre: None, take: Take, write: Write
) -> None:
    take("poste", write("postes.csv", ENTETE + UN + DEUX + VACANT))
    dossier = load_dossier()
    colonnes = FaitsEnColonnes.build(dossier)
    constats = evaluate_colonnes(colonnes, VU_LE, CONNU_LE)
    assert list_differences(dossier, colonnes, VU_LE, CONNU_LE) == []
    assert len(constats) > len(dossier.registres) > 0


def test_une_intervention_partagee_compte_une_fois_au_dessus(
    cadre: None, take: Take, write: Write
) -> None:
    """One in each of the quartiers that it serves, one in the département, beside the bare number of a third."""
    code, ailleurs = "e08-a9-interventions-shn", "QC-FICTIF-BEL-AIR"
    actes = "objet;le;dessert;genre;premier_jour;tenue\n"
    actes += f"A-1;02/09/2026;{ICI} | {LA};intervention_shn;01/09/2026;oui\n"
    take("activite", write("activites.csv", actes))
    releve = f"indicateur,territoire,date,valeur,source\n{code},{ailleurs},2026-09-20,2,DDSP\n"
    take("releves", write("releves.csv", releve))
    vue = Vue(load_dossier(), VU_LE, CONNU_LE)
    indicateur = vue.dossier.referentiel.get_indicateur(code)
    assert indicateur is not None
    assert [vue.get_constat(indicateur, c).valeur for c in (ICI, LA, ailleurs)] == [1, 1, 2]
    remonte = get_constat(vue, indicateur, "DEP-00")
    assert isinstance(remonte, ConstatRemonte)
    assert (indicateur.agregation.value, remonte.valeur) == ("somme", Fraction(3))
    check_colonnes()


def check_colonnes() -> None:
    """Columns roll up the same."""
    dossier = load_dossier()
    compares, differences = list_differences_remontees(
        dossier, FaitsEnColonnes.build(dossier), VU_LE, CONNU_LE
    )
    assert compares
    assert differences == []


def test_une_somme_d_associations_n_est_pas_leur_nombre(
    cadre: None, take: Take, write: Write
) -> None:
    """What records add up to is a bare number above them, bounded (L-34), not how many records there are."""
    code = "e05-a3-associations-accompagnees"
    entete = "objet;le;dessert;dispositif;unite_comptee;n;du\n"
    suite = "dla;associations;{};01/01/2026\n"
    lignes = f"C-1;30/09/2026;{ICI};{suite.format(7)}C-2;30/09/2026;{LA};{suite.format(3)}"
    take("cohorte", write("cohortes.csv", entete + lignes))
    vue = Vue(load_dossier(), VU_LE, CONNU_LE)
    indicateur = vue.dossier.referentiel.get_indicateur(code)
    assert indicateur is not None
    remonte = get_constat(vue, indicateur, "DEP-00")
    assert isinstance(remonte, ConstatRemonte)
    assert remonte.valeur is None
    assert (remonte.au_moins, remonte.au_plus) == (Fraction(7), Fraction(10))
    check_colonnes()


NATIONAL = "e06-a1-mediateurs-nation"


def test_la_nation_est_la_somme_de_ses_quartiers_et_un_poste_partage_y_compte_une_fois(
    cadre: None, take: Take, write: Write
) -> None:
    """Two posts of two quartiers do not make a nation known: the others are awaited (L-31, L-85)."""
    entete = ENTETE.replace("validation", "programme;validation")
    partage = UN.replace(ICI, f"{ICI} | {LA}").replace("valide", "bataillons-prevention;valide")
    seul = DEUX.replace("valide", "bataillons-prevention;valide")
    take(
        "poste",
        write("postes.csv", (entete + partage + seul).replace("adulte_relais", "mediateur")),
    )
    vue = Vue(load_dossier(), VU_LE, CONNU_LE)
    indicateur = vue.dossier.referentiel.get_indicateur(NATIONAL)
    assert indicateur is not None
    assert [vue.get_constat(indicateur, code).valeur for code in (ICI, LA)] == [2, 1]
    nation = vue.get_constat(indicateur, "FR")
    assert (nation.valeur, nation.statut) == (Fraction(2), Statut.NON_RENSEIGNE)
    assert nation.somme is not None
    assert nation.somme.connus == 2 < nation.somme.attendus


def explain(connu_le: date = CONNU_LE) -> Explication:
    """The proof of the quartier."""
    vue = Vue(load_dossier(), VU_LE, connu_le)
    indicateur = vue.dossier.referentiel.get_indicateur(CODE)
    assert indicateur is not None
    explication = explain_constat(vue, indicateur, ICI)
    assert explication is not None
    return explication


def list_savoirs(explication: Explication) -> list[tuple[date, Statut, tuple[str, ...]]]:
    """What its page says was learnt, the last day first."""
    assert isinstance(explication.constat, Constat)
    page = build_page_preuve(explication, explication.constat, str, Nommer(str, str), VU_LE)
    return [(s.jour, s.statut, s.appris) for s in page.savoirs]


def test_un_retrait_est_un_jour_de_l_histoire_et_ce_qu_il_retire_y_reste(
    cadre: None, take: Take, write: Write
) -> None:
    su, retire = date(2026, 10, 2), date(2026, 11, 1)
    take("poste", write("postes.csv", ENTETE + UN), connu_le=su)
    retrait = f"P-1;01/09/2026;{';' * 8}oui\n"
    entete = ENTETE.replace("\n", ";retrait\n")
    take("poste", write("retraits.csv", entete + retrait), connu_le=retire)
    (connu,) = explain().faits_connus
    assert (connu.connu_le, connu.remplace_le) == (su, retire)
    assert render_fait_connu(connu)["nombre"] is None
    (fin, _, appris), (debut, _, dits) = list_savoirs(explain())
    assert (debut, fin) == (su, retire)
    assert dits == ("Poste « P-1 », au 1er\u00a0septembre 2026. Corrigé depuis.",)
    assert appris == ("Poste « P-1 », au 1er\u00a0septembre 2026\u00a0: ne dit plus rien ici.",)
    assert explain(su).faits_connus[0].remplace_le is None


def test_une_histoire_ne_dit_pas_qu_un_poste_occupe_ne_compte_pas(
    cadre: None, take: Take, write: Write
) -> None:
    take("poste", write("postes.csv", ENTETE + UN + DEUX))
    ((_, _, appris),) = list_savoirs(explain())
    assert len(appris) == 2
    assert not any("ne compte pas" in dit for dit in appris)


def test_ce_que_dit_un_fait_s_accorde_et_se_comprend(cadre: None, take: Take, write: Write) -> None:
    """A vacant post counts for nothing; a pointage says that all there is was recorded."""
    take("poste", write("postes.csv", ENTETE + VACANT.replace(LA, ICI)))
    pointage = f"objet;le;dessert;genre;mot\nP-3;01/09/2026;{ICI};poste;\n"
    take("pointage", write("pointages.csv", pointage))
    constat = explain().constat
    assert isinstance(constat, Constat)
    assert len({fait.preuve.cle for fait in constat.faits}) == 2  # of one name, on one day
    assert [write_fait(fait, constat.indicateur) for fait in constat.faits] == [
        "Pointage « P-3 », au 1er\u00a0septembre 2026\u00a0: tout ce qui existe était enregistré ce jour-là.",
        "Poste « P-3 », au 1er\u00a0septembre 2026\u00a0: vu, ne compte pas.",
    ]


def test_ce_que_disaient_les_enregistrements_se_liste_jour_apres_jour(
    cadre: None, take: Take, write: Write
) -> None:
    """The curve and the values of the past: one of each day on which it changed, and the last that a record attests, with the day it was learnt."""
    su = date(2026, 11, 10)
    take("poste", write("postes.csv", ENTETE + UN + DEUX), connu_le=date(2026, 10, 2))
    parti = UN.replace("01/09/2026", "15/09/2026").replace("01/02/2026;;", "01/02/2026;10/09/2026;")
    take("poste", write("suite.csv", ENTETE + parti), connu_le=su)
    dits = [(r.date, r.lu, r.connu_le) for r in explain().deduites]
    avant = date(2026, 10, 2)
    assert dits == [
        (date(2026, 1, 1), Fraction(0), avant),
        (date(2026, 2, 1), Fraction(1), avant),
        (date(2026, 3, 1), Fraction(2), avant),
        (date(2026, 9, 10), Fraction(1), su),
        (date(2026, 9, 15), Fraction(1), su),
    ]
    vue = Vue(load_dossier(), VU_LE, avant)
    indicateur = vue.dossier.referentiel.get_indicateur(CODE)
    assert indicateur is not None
    constat = vue.get_constat(indicateur, ICI)
    assert [(r.date, r.lu) for r in list_releves(vue, constat)][-1] == (
        date(2026, 9, 1),
        Fraction(2),
    )


def test_un_poste_parti_ailleurs_est_un_jour_de_l_histoire(
    cadre: None, take: Take, write: Write
) -> None:
    """The row that says it is about another quartier: nothing of it is named here."""
    su, parti = date(2026, 10, 2), date(2026, 11, 20)
    take("poste", write("postes.csv", ENTETE + UN), connu_le=su)
    ailleurs = UN.replace("01/09/2026", "15/11/2026").replace(ICI, LA)
    take("poste", write("suite.csv", ENTETE + ailleurs), connu_le=parti)
    jours = [jour for jour, _, _ in list_savoirs(explain())]
    assert jours == [parti, su]
    assert list_savoirs(explain())[0][2] == ("Une suite a été donnée à ce que l’on savait.",)
