"""A total that serves several quartiers and divides itself between none: seen in each, counted above them (L-82, L-111)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from quartiers.core.composition import get_constat
from quartiers.core.constat import Constat, ConstatRemonte
from quartiers.core.raison import say_raison_remontee
from quartiers.core.registre import EnregistrementRetenu
from quartiers.core.statut import Statut
from quartiers.core.vue import Vue
from quartiers.reports.presentation.ecarts import write_ecart
from quartiers.reports.presentation.preuve_remontee import list_restes
from quartiers.usecases.charger_dossier import forget_dossier, load_dossier
from tests.usecases.conftest import CONNU_LE, Take, Write

pytestmark = pytest.mark.django_db
ICI, LA, AILLEURS = "QC-FICTIF-TILLEULS", "QC-FICTIF-GRAND-PRE", "QC-FICTIF-BEL-AIR"
CODE, VU_LE = "e07-a3-garantie-jeunes", date(2026, 10, 1)
ENTETE = "objet;le;dessert;dispositif;unite_comptee;n;du;validation\n"
QUOI = "garantie-jeunes;jeunes"


def write_cohorte(objet: str, dessert: str, n: int, quoi: str = QUOI) -> str:
    """A running total of the year."""
    return f"{objet};30/09/2026;{dessert};{quoi};{n};01/01/2026;valide\n"


def look(code: str, indicateur: str = CODE, vu_le: date = VU_LE) -> Constat | ConstatRemonte:
    """What a territoire shows."""
    vue = Vue(load_dossier(), vu_le, CONNU_LE)
    connu = vue.dossier.referentiel.get_indicateur(indicateur)
    assert connu is not None
    constat = get_constat(vue, connu, code)
    assert constat is not None
    return constat


def test_un_total_que_personne_ne_partage_se_voit_au_quartier_et_compte_au_departement(
    cadre: None, take: Take, write: Write
) -> None:
    lignes = write_cohorte("C-1", f"{ICI} | {LA}", 30) + write_cohorte("C-2", AILLEURS, 5)
    take("cohorte", write("cohortes.csv", ENTETE + lignes))
    ici = look(ICI)
    assert isinstance(ici, Constat)
    assert (ici.valeur, ici.statut) == (None, Statut.NON_RENSEIGNE)
    (vu,) = ici.ecartes
    assert isinstance(vu, EnregistrementRetenu)
    assert (vu.enregistrement.objet, vu.preuve.ligne) == ("C-1", 2)
    assert write_ecart(vu, ici).startswith("non réparti")
    departement = look("DEP-00")
    assert isinstance(departement, ConstatRemonte)
    assert (departement.valeur, departement.valeur_fraiche) == (Fraction(35), Fraction(35))
    assert departement.renseignes == 1
    assert not departement.valeur_complete
    assert "Non réparti\u202f: 30" in say_raison_remontee(departement)
    assert departement.reste is not None
    (texte,) = list_restes(departement.reste)
    assert texte.startswith("Cohorte « C-1 »")


def test_une_part_donnee_ici_ne_compte_pas_deux_fois_au_dessus(
    cadre: None, take: Take, write: Write
) -> None:
    take("cohorte", write("c.csv", ENTETE + write_cohorte("C-1", f"{ICI} 0,4 | {LA}", 30)))
    assert [look(code).valeur for code in (ICI, LA)] == [Fraction(12), None]
    assert look("DEP-00").valeur == Fraction(30)
    assert look("FR").valeur == Fraction(30)


def test_avec_toutes_ses_parts_rien_n_est_non_reparti(
    cadre: None, take: Take, write: Write
) -> None:
    take("cohorte", write("c.csv", ENTETE + write_cohorte("C-1", f"{ICI} 0,4 | {LA} 0,6", 30)))
    departement = look("DEP-00")
    assert isinstance(departement, ConstatRemonte)
    assert (departement.valeur, departement.reste) == (Fraction(30), None)
    assert "Non réparti" not in say_raison_remontee(departement)


def test_il_vieillit_comme_les_autres_et_une_correction_le_suit(
    cadre: None, take: Take, write: Write
) -> None:
    take("cohorte", write("c.csv", ENTETE + write_cohorte("C-1", f"{ICI} | {LA}", 30)))
    assert look("DEP-00").valeur == Fraction(30)
    vieux = look("DEP-00", vu_le=date(2029, 1, 1))
    assert isinstance(vieux, ConstatRemonte)
    assert vieux.valeur_fraiche is None
    assert look("DEP-00", vu_le=date(2025, 12, 31)).valeur is None
    take("cohorte", write("d.csv", ENTETE + write_cohorte("C-1", f"{ICI} | {LA}", 20)))
    assert look("DEP-00").valeur == Fraction(20)
    forget_dossier()
    assert look("DEP-00").valeur == Fraction(20)


NATIONAL, CORDEES = "e04-a1-cordees-nation", "cordees-de-la-reussite;eleves"


def test_un_national_compte_par_quartier_et_dit_ce_que_personne_ne_partage(
    cadre: None, take: Take, write: Write
) -> None:
    lignes = write_cohorte("C-1", f"{ICI} | {LA}", 30, CORDEES)
    lignes += write_cohorte("C-2", "DEP-00", 9, CORDEES)
    take("cohorte", write("cohortes.csv", ENTETE + lignes))
    nation = look("FR", NATIONAL)
    assert isinstance(nation, ConstatRemonte)
    assert nation.valeur == Fraction(30)
    assert nation.propre is not None
    assert nation.propre.somme is not None
    assert (nation.propre.somme.connus, nation.propre.statut) == (0, Statut.NON_RENSEIGNE)
    vue = Vue(load_dossier(), VU_LE, CONNU_LE)
    indicateur = vue.dossier.referentiel.get_indicateur(NATIONAL)
    assert indicateur is not None
    vus = vue.get_constat(indicateur, "DEP-00")
    assert "C-2" in {
        f.enregistrement.objet for f in vus.ecartes if isinstance(f, EnregistrementRetenu)
    }
