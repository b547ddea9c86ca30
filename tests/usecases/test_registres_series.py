"""Several cohorts that say one total: what a process holds follows the last one, and adds none to another (L-66)."""

from __future__ import annotations

from datetime import date

import pytest

from quartiers.core.explication import explain_constat
from quartiers.core.vue import Vue
from quartiers.usecases.charger_dossier import forget_dossier, load_dossier
from tests.usecases.conftest import CONNU_LE, Take, Write

pytestmark = pytest.mark.django_db
ICI, CODE = "QC-FICTIF-TILLEULS", "e06-a3-professionnels-formes"
ENTETE = "objet;le;dessert;dispositif;unite_comptee;n;du;validation\n"
SERIE = f"{ICI};formation-professionnels;professionnels"
JUIN = f"C-1;30/06/2026;{SERIE}_formes;10;01/01/2026;valide\nD-1;30/06/2026;{SERIE};40;01/01/2026;valide\n"
SEPTEMBRE = f"C-2;30/09/2026;{SERIE}_formes;12;01/01/2026;valide\n"


def look() -> tuple[object, object]:
    """The two roles of the share of the quartier."""
    vue = Vue(load_dossier(), date(2026, 10, 1), CONNU_LE)
    indicateur = vue.dossier.referentiel.get_indicateur(CODE)
    assert indicateur is not None
    constat = vue.get_constat(indicateur, ICI)
    return constat.numerateur, constat.denominateur


def test_une_cohorte_de_la_meme_serie_remplace_celle_que_l_on_tenait(
    cadre: None, take: Take, write: Write
) -> None:
    take("cohorte", write("juin.csv", ENTETE + JUIN))
    assert look() == (10, 40)
    take("cohorte", write("septembre.csv", ENTETE + SEPTEMBRE))
    assert look() == (12, 40)
    forget_dossier()
    assert look() == (12, 40)


def test_un_rejet_rend_ce_qui_etait_dit_et_l_histoire_le_montre(
    cadre: None, take: Take, write: Write
) -> None:
    """From the day of the rejection, not before (L-60)."""
    su, rejete = date(2026, 10, 2), date(2026, 11, 1)
    corrige = JUIN.replace(";10;", ";30;")
    take("cohorte", write("juin.csv", ENTETE + JUIN), connu_le=date(2026, 7, 2))
    take("cohorte", write("corrige.csv", ENTETE + corrige), connu_le=su)
    assert look() == (30, 40)
    take(
        "cohorte",
        write("rejet.csv", ENTETE + corrige.replace("valide\n", "rejete\n", 1)),
        connu_le=rejete,
    )
    assert look() == (10, 40)
    vue = Vue(load_dossier(), date(2026, 10, 1), CONNU_LE)
    indicateur = vue.dossier.referentiel.get_indicateur(CODE)
    assert indicateur is not None
    explication = explain_constat(vue, indicateur, ICI)
    assert explication is not None
    dits = [
        (connu.connu_le, connu.remplace_le)
        for connu in explication.faits_connus
        if connu.fait.preuve.libelle == "Cohorte « C-1 »"
    ]
    assert dits == [(rejete, None), (su, rejete), (date(2026, 7, 2), su)]
