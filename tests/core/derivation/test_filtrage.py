"""Each filter of a derivation, made a predicate on what a record says, a period, a window or a weight."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from fractions import Fraction
from typing import Any

import pytest

from quartiers.core.contenu import Contenu, Mot, SousEnsemble
from quartiers.core.derivation.fenetres import Fenetre, FenetreNommee
from quartiers.core.derivation.regle import Regle, build_regles
from quartiers.core.genres.activite import Activite
from quartiers.core.genres.cohorte import Cohorte
from quartiers.core.genres.convention import Convention
from quartiers.core.genres.demande_appui import DemandeAppui
from quartiers.core.genres.fiche_action import FicheAction
from quartiers.core.genres.financement import Financement
from quartiers.core.genres.lieu import Lieu
from quartiers.core.genres.poste import Poste
from quartiers.core.genres.projet import Projet
from quartiers.core.genres.seance import Seance
from quartiers.referentiel.charger import load_programme
from tests.referentiel.atelier import LIVRE

JOUR = date(2025, 3, 10)


@pytest.fixture(scope="module")
def regles() -> list[Regle]:
    return build_regles(load_programme(LIVRE))


def find_regle(regles: list[Regle], code: str, role: str = "valeur") -> Regle:
    """The first rule of an indicateur."""
    return next(r for r in regles if (r.indicateur.code, r.role) == (code, role))


def lieu(**champs: Any) -> Lieu:
    return Lieu(**({"genre": Mot("ecole"), "education_prioritaire": Mot("REP")} | champs))


CE1, CP, GS = Mot("CE1"), Mot("CP"), Mot("GS")
EXEMPLES: list[tuple[str, str, Contenu, bool, bool]] = [
    # indicateur, role, what is said, is it the thing, does it stand as asked
    (
        "e01-a1-ecoles-entierement-dedoublees",
        "numerateur",
        lieu(niveaux_presents=(CP, CE1), niveaux_dedoubles=(CE1, CP)),
        True,
        True,
    ),
    (
        "e01-a1-ecoles-entierement-dedoublees",
        "numerateur",
        lieu(niveaux_presents=(CP, CE1, GS), niveaux_dedoubles=(CE1, CP)),
        True,
        False,
    ),
    (
        "e01-a1-ecoles-entierement-dedoublees",
        "numerateur",
        lieu(niveaux_dedoubles=(CE1, CP, GS)),
        True,
        True,
    ),
    ("e01-a1-ecoles-entierement-dedoublees", "numerateur", lieu(genre=Mot("lycee")), False, False),
    ("e03-a1-france-services", "valeur", Lieu(genre=Mot("france_services")), True, True),
    (
        "e03-a1-france-services",
        "valeur",
        Lieu(genre=Mot("france_services"), mobile=True),
        True,
        False,
    ),
    (
        "e01-a2-places-mercredi",
        "numerateur",
        Lieu(genre=Mot("accueil_loisirs"), label=(Mot("autre"),)),
        True,
        False,
    ),
    (
        "e10-a3-delegue-nomme",
        "valeur",
        Poste(fonction=Mot("delegue_prefet"), employeur="P", etp_finance=Fraction(1)),
        True,
        False,
    ),
    (
        "e02-a2-projets-soutenus",
        "valeur",
        Projet(programme=Mot("npnru"), soutien_etat=True, etat=Mot("livre")),
        True,
        False,
    ),
    (
        "e07-a3-e2c",
        "valeur",
        Cohorte(dispositif=Mot("e2c"), unite_comptee=Mot("jeunes"), n=3, du=JOUR),
        False,
        True,
    ),
    (
        "e01-a4-pre-enfants",
        "valeur",
        Cohorte(
            dispositif=Mot("pre"), unite_comptee=Mot("enfants"), etape=Mot("oriente"), n=3, du=JOUR
        ),
        False,
        True,
    ),
    (
        "e08-a6-dispositifs-jeunesse",
        "valeur",
        Cohorte(dispositif=Mot("cadets-police"), unite_comptee=Mot("jeunes"), n=0, du=JOUR),
        True,
        False,
    ),
    (
        "e04-o2-beneficiaires",
        "valeur",
        Cohorte(
            dispositif=Mot("cordees-reussite"),
            unite_comptee=Mot("jeunes"),
            n=3,
            du=JOUR,
            dont=(SousEnsemble(Mot("residant_qrr_qpv"), 1),),
        ),
        True,
        True,
    ),
    (
        "e04-o2-beneficiaires",
        "valeur",
        Cohorte(dispositif=Mot("pre"), unite_comptee=Mot("jeunes"), n=3, du=JOUR),
        False,
        True,
    ),
    (
        "e04-o2-dispositifs-accessibles",
        "numerateur",
        Convention(genre=Mot("acces_publics_suivis"), action=(Mot("E04-A1"),)),
        True,
        True,
    ),
    (
        "e04-o2-dispositifs-accessibles",
        "numerateur",
        Convention(genre=Mot("acces_publics_suivis"), action=(Mot("E01-A1"),)),
        True,
        False,
    ),
    (
        "e10-o2-instances-partenariales",
        "numerateur",
        Seance(
            instance=Mot("copil"),
            tenue=True,
            colleges=(Mot("habitants"), Mot("association"), Mot("collectivite"), Mot("etat")),
        ),
        True,
        True,
    ),
    (
        "e10-o2-instances-partenariales",
        "numerateur",
        Seance(instance=Mot("copil"), colleges=(Mot("habitants"), Mot("association"))),
        False,
        False,
    ),
    (
        "e05-a2-montant",
        "valeur",
        Financement(financeur="F", beneficiaire="B", genre_beneficiaire=Mot("bailleur")),
        False,
        True,
    ),
    (
        "e10-a5-demandes-traitees",
        "numerateur",
        DemandeAppui(sujet="S", deposee_le=JOUR, decidee_le=date(2025, 4, 9)),
        True,
        True,
    ),
    (
        "e10-a5-demandes-traitees",
        "numerateur",
        DemandeAppui(sujet="S", deposee_le=JOUR, decidee_le=date(2025, 4, 10)),
        True,
        False,
    ),
    (
        "e10-a5-demandes-traitees",
        "numerateur",
        DemandeAppui(sujet="S", deposee_le=JOUR),
        True,
        False,
    ),
    (
        "e10-a1-actions-pilotees",
        "numerateur",
        FicheAction(action=Mot("E01-A1"), applicable=True, pilote="P"),
        True,
        False,
    ),
]


@pytest.mark.parametrize(("code", "role", "dit", "celui", "bon"), EXEMPLES)
def test_a_filter_is_a_predicate(
    regles: list[Regle], code: str, role: str, dit: Contenu, celui: bool, bon: bool
) -> None:
    filtrage = find_regle(regles, code, role).filtrage
    assert (filtrage.is_celui(dit), filtrage.is_bon(dit)) == (celui, bon)


def test_a_filter_is_also_a_period_a_window_a_weight_or_a_kind(regles: list[Regle]) -> None:
    def get(code: str, role: str = "valeur") -> Any:
        return find_regle(regles, code, role).filtrage

    assert get("e08-a2-dcpp").periodes == ("pourvu",)
    assert get("e08-a1-gpo").fenetre == Fenetre(mois=3)
    assert get("e09-a7-sejours").fenetre == Fenetre(nommee=FenetreNommee.ETE)
    assert get("e03-a4-permanences").fenetre is None
    assert get("e04-a6-part-qrr", "numerateur").dont == ("residant_qrr_qpv",)
    assert get("e05-a2-associations-soutenues").jours == ("attribue_le", "verse_le")
    assert get("e05-a3-taux-cofinancement", "numerateur").financeurs_min == 2
    assert get("e03-a4-acces-au-droit").actif_mois == 6
    assert get("e03-a5-ateliers-creation").lieu == {"micro_folie"}
    assert get("e09-a3-qrr-couverts", "numerateur").convention == {"cite_emploi"}
    assert get("e09-a5-soir-weekend", "numerateur").de_jour == ("soir_ou_weekend",)
    assert get("e09-a4-themes-couverts", "numerateur").retenues == {
        "culture", "expression_artistique", "insertion", "mediation_police_population", "sport",
    }  # fmt: skip
    assert get("e04-o2-dispositifs-accessibles", "numerateur").retenues == {
        f"E04-A{rang}" for rang in range(1, 8)
    }
    assert get("e05-a2-associations-soutenues").retenues is None


def test_an_activity_on_another_theme_is_another_one(regles: list[Regle]) -> None:
    """Several words: for an event they say what it is, for a state how it stands."""
    filtrage = find_regle(regles, "e01-a6-ateliers-langues").filtrage
    atelier = Activite(
        genre=Mot("atelier"), premier_jour=JOUR, tenue=False, heure_debut=time(17), theme=(Mot("sport"),)
    )  # fmt: skip
    assert not filtrage.is_celui(atelier)
    annule = replace(atelier, theme=(Mot("langues"), Mot("sport")))
    assert (filtrage.is_celui(annule), filtrage.is_bon(annule)) == (True, False)


def test_a_school_year_of_a_cohort() -> None:
    find = Cohorte.PERIODES["annee_scolaire"]
    cohorte = Cohorte(
        dispositif=Mot("x"), unite_comptee=Mot("y"), n=1, du=date(2024, 9, 2), au=date(2025, 6, 30)
    )
    assert find(cohorte, date(2025, 7, 4)) == (date(2024, 9, 2), date(2025, 8, 31))
    assert find(cohorte, date(2024, 9, 30)) == (date(2024, 9, 2), date(2025, 8, 31))
    ouverte = replace(cohorte, au=None)
    assert find(ouverte, date(2025, 8, 31)) == (date(2024, 9, 2), date(2025, 8, 31))
    assert find(ouverte, date(2025, 9, 1)) == (date(2024, 9, 2), date(2026, 8, 31))
