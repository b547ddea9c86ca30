"""From a tableau to what a page shows: the same numbers, in the right order, in words."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from quartiers.core.composition import compose_vue
from quartiers.core.constat import CibleResolue, Constat
from quartiers.core.dire import FINE, INSECABLE
from quartiers.core.explication import explain_constat
from quartiers.core.raison import say_raison
from quartiers.core.referentiel import Operateur, Origine
from quartiers.core.remontee import measure_taux
from quartiers.core.statut import FAMILLES, Drapeau, Statut
from quartiers.core.tableau import Taux
from quartiers.core.territoire import Territoire
from quartiers.reports.presentation import chemin, chiffre, departement, phrases, preuve, quartier
from quartiers.reports.presentation.departement import Adresses, count_retards
from quartiers.reports.presentation.faits import Nommer
from quartiers.reports.presentation.nombre import Decompte
from quartiers.reports.signes import write_drapeaux
from quartiers.reports.typographie import INCONNU
from tests.web.petit_monde import INTERNAT, JEUNES, LIEU, POSTES, VU_LE, build_vue

VUE = build_vue()
ADRESSES = Adresses(
    lambda territoire, engagement: f"/{territoire.code}#{engagement}",
    lambda code, ind: f"/{code}/{ind}",
)


def build_quartier(code: str) -> quartier.PageQuartier:
    return quartier.build_page_quartier(
        compose_vue(VUE, code), lambda i: f"/p/{i}", say_raison, VUE.dossier.referentiel
    )


def build_departement() -> departement.PageDepartement:
    return departement.build_page_departement(
        compose_vue(VUE, "DEP-00"),
        [compose_vue(VUE, code) for code in VUE.list_attendus_de("DEP-00")],
        VUE.territoires,
        ADRESSES,
    )


def count(**statuts: int) -> Taux:
    return measure_taux([(Statut[nom.upper()], n) for nom, n in statuts.items()])


def test_the_sentence_of_a_quartier() -> None:
    taux = count(
        sans_objet=3, non_renseigne=10, perime=3, sans_cible=5, non_engage=2, en_retard=3,
        a_surveiller=6, en_bonne_voie=12, atteint=18, echu_non_atteint=1,
    )  # fmt: skip
    phrase = phrases.write_quartier(taux)
    assert phrase.forte == "30 actions sur 60 sont atteintes ou en bonne voie."
    assert phrase.suite == (
        "12 sont à faire avancer, dont 4 en retard ou échues. Pour 13, l’information manque ou a "
        f"vieilli{INSECABLE}; 5 n’ont pas encore de cible."
    )


@pytest.mark.parametrize(
    ("taux", "forte", "suite"),
    [
        (
            count(atteint=1),
            "1 action sur 1 est atteinte ou en bonne voie.",
            "Aucune n’est à faire avancer.",
        ),
        (count(), "Aucune action ne concerne ce quartier à cette date.", ""),
        (
            count(en_retard=1, sans_cible=1),
            "Aucune action sur 2 n’est atteinte ou en bonne voie.",
            "1 est à faire avancer, dont 1 en retard ou échue. 1 n’a pas encore de cible.",
        ),
        # What is unknown is neither reached nor late: the sentence speaks of the known ones only.
        (
            count(perime=1, sans_cible=1),
            "Aucune action renseignée n’est atteinte ou en bonne voie.",
            (
                "Aucune de celles que l’on connaît n’est à faire avancer. "
                "Pour 1, l’information manque ou a vieilli ; 1 n’a pas encore de cible."
            ),
        ),
        (
            count(perime=3, non_renseigne=4),
            "On ne peut rien dire de ces 7 actions.",
            "Pour toutes, l’information manque ou a vieilli.",
        ),
        (
            count(non_renseigne=1),
            "On ne peut rien dire de cette action.",
            "L’information manque ou a vieilli.",
        ),
    ],
)
def test_the_sentence_agrees_in_number(taux: Taux, forte: str, suite: str) -> None:
    assert phrases.write_quartier(taux) == phrases.Phrase(forte, suite)


def test_an_interval_is_a_sentence() -> None:
    quartiers = count(atteint=31, en_bonne_voie=9, a_surveiller=4, en_retard=5, echu_non_atteint=3,
                      non_renseigne=6, perime=2, sans_objet=2)  # fmt: skip
    assert phrases.write_intervalle(quartiers) == f"entre 52{FINE}% et 65{FINE}%"
    assert phrases.write_intervalle(count(atteint=3, en_retard=2, non_renseigne=1)) == "3 à 4 sur 6"
    assert phrases.write_intervalle(count(atteint=3, en_retard=3)) == "3 sur 6"
    assert phrases.write_intervalle(count(sans_cible=4)) == INCONNU
    assert phrases.write_intervalle(count(non_renseigne=4, perime=30)) == "on ne sait pas"


def test_under_one_half_the_coverage_is_told_first() -> None:
    """« Entre 5 % et 95 % » alone reads as a figure: what it rests on comes before, and only then."""
    mince, large = (
        count(atteint=2, non_renseigne=36, en_retard=2),
        count(atteint=30, non_renseigne=10),
    )
    for phrase in (phrases.write_ensemble(mince, 3, 4), phrases.write_remontee(mince, 0, 0)):
        assert phrase.forte == f"Le tableau repose sur 4 actions à jour sur 40 (10{FINE}%)."
        assert phrase.suite.startswith(f"Entre 5{FINE}% et 95{FINE}% des actions sont atteintes.")
    assert (
        "3 départements sur 4 n’ont pas tout transmis." in phrases.write_ensemble(mince, 3, 4).suite
    )
    for phrase in (phrases.write_ensemble(large, 1, 4), phrases.write_remontee(large, 0, 0)):
        assert phrase.forte == f"Entre 75{FINE}% et 100{FINE}% des actions sont atteintes."
    rien = phrases.write_ensemble(count(non_renseigne=40), 4, 4)
    assert rien.forte == "Aucune action ne peut encore être jugée."


def test_families_are_the_counts_of_the_tableau() -> None:
    tableau = compose_vue(VUE, "QC-UN")
    page = build_quartier("QC-UN")
    comptes = {c.statut: c.nombre for famille in page.familles for c in famille.comptes}
    assert {s: int(n) for s, n in comptes.items() if n} == dict(tableau.taux.statuts)
    assert list(comptes) == [statut for _, famille in FAMILLES for statut in famille]
    assert sum(int(f.total) for f in page.familles) == sum(n for _, n in tableau.taux.statuts)


def test_a_quartier_shows_each_action_with_its_proof() -> None:
    page = build_quartier("QC-UN")
    actions = [action for engagement in page.engagements for action in engagement.actions]
    assert [(a.numero, a.statut, a.preuve) for a in actions] == [
        ("1.1", Statut.A_SURVEILLER, "/p/a1-lieu"),
        ("1.2", Statut.A_SURVEILLER, "/p/a2-postes"),
        ("2.1", Statut.NON_ENGAGE, "/p/b1-internat"),
        ("2.2", Statut.NON_RENSEIGNE, "/p/b2-jeunes"),
    ]
    assert actions[1].principal.chiffre.texte == f"3{INSECABLE}postes"
    assert actions[1].principal.cible == f"au moins{INSECABLE}6{INSECABLE}postes"
    assert actions[3].principal.chiffre.texte == INCONNU
    assert actions[0].phrase == f"Lieu{INSECABLE}: à surveiller (à proximité)"
    assert page.attendus == (("DDETS", Decompte(1)),)
    assert actions[0].mode == "a minima"


def test_a_lost_presence_stands_among_the_late_ones() -> None:
    page = build_quartier("QC-DEUX")
    assert [a.code for a in page.tardives] == ["A-1"]
    assert "perdu" in page.tardives[0].drapeaux


def test_lost_first_then_missing_each_told_once() -> None:
    defauts = build_departement().defauts
    assert [(d.lieu, d.action, d.is_perdu) for d in defauts] == [
        ("Deux", "Lieu", True),
        ("Val-de-Brume", "Internat", False),  # borne by the département: once, not per quartier
    ]
    jours = (VU_LE - date(2026, 8, 12)).days
    assert defauts[0].depuis == f"perdu depuis {jours}{INSECABLE}jours (12{INSECABLE}août 2026)"
    assert defauts[0].preuve == "/QC-DEUX/a1-lieu"
    assert "Perdu depuis" not in defauts[0].raison


def test_the_matrix_is_in_the_order_of_communes_accents_aside() -> None:
    page = build_departement()
    assert [(r.nom, r.communes) for r in page.rangees] == [("Un", "Écueil"), ("Deux", "Zélande")]
    assert [c.adresse for c in page.rangees[0].cases] == ["/QC-UN#A", "/QC-UN#B"]
    assert page.inconnus == 0


def test_the_matrix_says_the_labels_and_coverage_of_the_quartiers() -> None:
    for rangee, code in zip(build_departement().rangees, ("QC-UN", "QC-DEUX"), strict=True):
        tableau = compose_vue(VUE, code)
        assert [(c.statut, int(c.renseignes), int(c.applicables)) for c in rangee.cases] == [
            (e.statut, e.taux.renseignes, e.taux.applicables) for e in tableau.engagements
        ]


def test_other_quartiers_are_those_that_nobody_stands_for() -> None:
    autres = departement.list_autres("DEP-00", VUE.list_attendus_de("DEP-00"), VUE)
    assert [t.code for t in autres] == ["QP-3"]


def test_a_generation_has_its_days() -> None:
    vieux = Territoire("QP", "Q", VUE.territoires["QP-1"].genre, (), None, date(2023, 12, 31))
    assert departement.is_valide(vieux, date(2023, 12, 31))
    assert not departement.is_valide(vieux, date(2024, 1, 1))


def test_targets_in_words() -> None:
    cible = CibleResolue(
        operateur=Operateur.AU_MOINS,
        valeur=Fraction(6),
        echeance=date(2027, 12, 31),
        base=None,
        base_date=None,
        effet=None,
        origine=Origine.AVENANT,
        premiere_echeance=date(2026, 6, 30),
    )
    assert chiffre.write_cible(POSTES, None) == "à fixer"
    assert chiffre.write_echeance(None) == INCONNU
    assert chiffre.write_echeance(cible) == (
        f"31{INSECABLE}déc. 2027 (d’abord 30{INSECABLE}juin 2026)"
    )
    sans_base = CibleResolue(Operateur.AU_MOINS, None, None, None, None, None, Origine.ANNEXE)
    assert chiffre.write_cible(POSTES, sans_base) == "à fixer"


def test_flags_follow_the_word() -> None:
    drapeaux = {Drapeau.HERITE, Drapeau.PERDU}
    assert write_drapeaux(drapeaux) == "perdu, hérité"
    assert write_drapeaux((), Statut.EN_BONNE_VOIE) == f"dernier état{INSECABLE}: en bonne voie"
    assert write_drapeaux(()) == ""
    assert all(write_drapeaux([drapeau]) for drapeau in Drapeau)


def build_preuve(code: str, indicateur: str) -> preuve.PagePreuve:
    voulu = VUE.dossier.referentiel.get_indicateur(indicateur)
    assert voulu is not None
    explication = explain_constat(VUE, voulu, code)
    assert explication is not None
    assert isinstance(explication.constat, Constat)
    return preuve.build_page_preuve(
        explication,
        explication.constat,
        lambda jour: f"/?connu_le={jour}",
        Nommer(str, str),
        VUE.vu_le,
    )


def test_the_proof_of_a_distance() -> None:
    page = build_preuve("QC-UN", LIEU.code)
    assert page.rail is not None
    assert (page.rail.distance, page.rail.position) == (f"640{INSECABLE}m", "42.67")
    assert page.chemin is None
    assert [ligne.statut for ligne in page.regles if ligne.is_ici] == [Statut.A_SURVEILLER]
    carte = dict(page.sources[0].champs)
    assert carte["Ligne"] == "8"
    assert carte["Millésime"] == f"1er{INSECABLE}octobre 2026"
    assert carte["Empreinte"] == "9f2c 41e8 b07d…"
    assert page.total == len(page.retenus) + len(page.ecartes) >= 2
    assert page.savoirs[0].adresse == "/?connu_le=2026-11-01"


def test_the_proof_of_a_trajectory() -> None:
    page = build_preuve("QC-UN", POSTES.code)
    assert page.rail is None
    dessin = page.chemin
    assert dessin is not None
    assert (dessin.base, dessin.valeur, dessin.cible) == tuple(
        f"{n}{INSECABLE}postes" for n in (2, 3, 6)
    )
    assert dessin.position == "27.00"  # one quarter of the way, margins kept
    assert dessin.attendu == f"3,5{INSECABLE}postes"  # domaine 4.3, example 4: expected 3.49
    assert (page.constat.ratio or 0) < Fraction(9, 10)


def test_the_proof_of_the_unknown() -> None:
    page = build_preuve("QC-UN", JEUNES.code)
    assert page.is_inconnu
    assert page.chiffre.texte == INCONNU
    assert (page.retenus, page.ecartes, page.savoirs, page.sources) == ((), (), (), ())
    assert build_preuve("QC-UN", INTERNAT.code).is_inconnu is False


def test_positions_stay_inside_the_drawing() -> None:
    assert chemin.place(Fraction(-9), Fraction(0), Fraction(10)) == "4.00"
    assert chemin.place(Fraction(99), Fraction(0), Fraction(10)) == "96.00"
    assert chemin.place(Fraction(5), Fraction(10), Fraction(0)) == "50.00"  # less is better


def test_since_when() -> None:
    base = Constat(POSTES, "QC-UN", Statut.ECHU_NON_ATTEINT)
    assert departement.write_depuis(base, VU_LE) == ("depuis une date inconnue", 0)
    hier = VU_LE - timedelta(days=1)
    cible = CibleResolue(Operateur.AU_MOINS, Fraction(6), hier, None, None, None, Origine.PLAN)
    echu = Constat(POSTES, "QC-UN", Statut.ECHU_NON_ATTEINT, cible=cible)
    assert departement.write_depuis(echu, VU_LE)[0].startswith(f"échu depuis 1{INSECABLE}jour (")


def test_the_number_of_late_ones_is_unknown_when_nothing_can_be_said() -> None:
    """« 0 en retard » would be read as good news where not one quartier has told anything."""
    muets = [Statut.DONNEES_INSUFFISANTES, Statut.SANS_OBJET]
    assert count_retards(muets) is None
    assert count_retards([*muets, Statut.ATTEINT]) == 0
    assert count_retards([*muets, Statut.EN_RETARD]) == 1
    assert count_retards([]) == 0, "an ensemble without quartiers counts none"
