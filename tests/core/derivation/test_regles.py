"""The derivations of the programme become rules, and a programme that nobody computes is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import islice

import pytest

from quartiers.core.derivation.comptes import BESOINS, CompteDeDerivation
from quartiers.core.derivation.filtrage import Filtrage
from quartiers.core.derivation.filtres_connus import get_filtres, list_genres
from quartiers.core.derivation.regle import ModeDeLecture, Regle, RegleRefusee, build_regles
from quartiers.core.genres import GENRES_DERIVES
from quartiers.core.referentiel import Derivation, GenreIndicateur, Indicateur, Referentiel
from quartiers.referentiel.charger import load_programme
from tests.core.derivation.mutations import (
    Mutation,
    find_refus,
    keep_seul,
    list_ajouts,
    list_mutations,
)
from tests.oracle.derivation.classement import FILTRES
from tests.referentiel.atelier import LIVRE

JOUR = date(2025, 3, 10)
PAR_GENRE = {
    "Cohorte": 52,
    "Activite": 23,
    "Lieu": 20,
    "Convention": 17,
    "Poste": 15,
    "Projet": 7,
    "Financement": 7,
    "Constat": 7,
    "Seance": 6,
    "InstanceLocale": 3,
    "FicheAction": 3,
    "DemandeAppui": 3,
    "Organisme": 2,
    "Decision": 2,
    "Territoire": 2,
    "Plan": 1,
    "Tableau": 1,
}
PAR_COMPTE = {
    "distinct": 85,
    "somme": 62,
    "valeurs_distinctes": 5,
    "jalon": 5,
    "delai_median": 3,
    "jours": 2,
    "semaines": 2,
    "periodes": 2,
    "couples_lieu_periode": 1,
    "max": 1,
    "distance_min": 1,
    "heures_hebdo": 1,
    "jours_hebdo": 1,
}


@pytest.fixture(scope="module")
def referentiel() -> Referentiel:
    return load_programme(LIVRE)


@pytest.fixture(scope="module")
def regles(referentiel: Referentiel) -> list[Regle]:
    return build_regles(referentiel)


def test_every_derivation_becomes_a_rule(regles: list[Regle], referentiel: Referentiel) -> None:
    ecrites = [d for i in referentiel.list_indicateurs() for d in i.derivations if d.de is not None]
    hors_produit = [regle for regle in regles if not regle.is_facteur]
    assert len(hors_produit) == len(ecrites) == 171
    assert [(r.de, r.compte, r.champ) for r in hors_produit] == [
        (d.de, d.compte, d.champ) for d in ecrites
    ]
    (facteur,) = [regle for regle in regles if regle.is_facteur]
    assert (facteur.de, facteur.role) == ("Lieu", "denominateur")


def test_how_many_of_each_kind_count_and_reading(regles: list[Regle]) -> None:
    hors_produit = [regle for regle in regles if not regle.is_facteur]
    assert Counter(regle.de for regle in hors_produit) == PAR_GENRE
    assert Counter(regle.compte.value for regle in hors_produit) == PAR_COMPTE
    assert (
        set(PAR_COMPTE) == {compte.value for compte in CompteDeDerivation} == {*map(str, BESOINS)}
    )
    cohortes = Counter(regle.mode for regle in regles if regle.de == "Cohorte")
    assert cohortes == {ModeDeLecture.CUMUL: 29, ModeDeLecture.EN_VIGUEUR: 23}
    assert sum(regle.mode is ModeDeLecture.CALENDRIER for regle in regles) == 7


def test_what_a_denominator_is_made_of_is_typed(referentiel: Referentiel) -> None:
    ailleurs = [d for i in referentiel.list_indicateurs() for d in i.derivations if d.de is None]
    dits = Counter(
        "calendrier" if d.calendrier else "source" if d.source else "produit" if d.produit else "constante"
        for d in ailleurs
    )  # fmt: skip
    assert dits == {"calendrier": 6, "constante": 4, "source": 1, "produit": 1}
    assert {d.constante for d in ailleurs if d.constante} == {Fraction(n) for n in (5, 6, 7)}
    (produit,) = [d.produit for d in ailleurs if d.produit]
    assert produit[0].get_mots("genre") == ("ecole", "college", "lycee")
    assert produit[1].calendrier == "periodes_vacances_echues"


def test_every_filter_of_the_second_hand_is_known_here() -> None:
    assert set(list_genres()) == set(FILTRES)
    for de, filtres in FILTRES.items():
        assert not filtres.keys() - get_filtres(de).keys(), de
    assert len({cle for filtres in FILTRES.values() for cle in filtres}) == 55


def take_quelques(mutations: Iterator[Mutation]) -> Iterator[Mutation]:
    """One in twelve, and the whole of the sorts of which there are few: the recette plays them all."""
    vues: Counter[str] = Counter()
    for mutation in mutations:
        vues[mutation.sorte] += 1
        if vues[mutation.sorte] % 12 == 1 or mutation.sorte in {"ailleurs", "calendrier"}:
            yield mutation


def test_every_wrong_derivation_is_refused(referentiel: Referentiel) -> None:
    refusees: Counter[str] = Counter()
    for mutation in take_quelques(list_mutations(referentiel)):
        refus = find_refus(referentiel, mutation)
        assert refus is not None, mutation.dite
        assert {r.indicateur for r in refus.refusees} == {mutation.indicateur.code}
        refusees[mutation.sorte] += 1
    assert refusees.total() >= 800
    assert len(refusees) == 12


def test_one_more_known_filter_is_never_dropped(referentiel: Referentiel) -> None:
    """Refused, or found in what the rule reads: a filter that changes nothing would be ignored."""
    for mutation in islice(list_ajouts(referentiel), None, None, 3):
        if find_refus(referentiel, mutation) is not None:
            continue
        avant = referentiel.get_indicateur(mutation.indicateur.code)
        assert avant is not None
        assert read_filtrages(referentiel, mutation.indicateur) != read_filtrages(
            referentiel, avant
        ), mutation.dite


def read_filtrages(referentiel: Referentiel, indicateur: Indicateur) -> list[Filtrage]:
    """The filters of its rules; two predicates are told apart by their keys, not by where they stand in memory."""
    filtrages = [regle.filtrage for regle in build_regles(keep_seul(referentiel, indicateur))]
    return [
        replace(
            filtrage,
            identite=tuple(replace(c, passe=bool) for c in filtrage.identite),
            etat=tuple(replace(c, passe=bool) for c in filtrage.etat),
        )
        for filtrage in filtrages
    ]


def test_all_the_reasons_at_once(referentiel: Referentiel) -> None:
    indicateur = referentiel.get_indicateur("e08-a1-gpo")
    assert indicateur is not None
    (gpo,) = indicateur.derivations
    fausse = replace(
        gpo,
        filtre=(("instance", ("gpoo",)), ("pourvu", True), ("tenue", ("oui",))),
        compte="moyenne",
        portee_spatiale=None,
    )
    refus = find_refus(
        referentiel, Mutation("", "", replace(indicateur, derivations=(fausse, fausse)))
    )
    assert refus is not None
    dites = str(refus).splitlines()
    assert len(dites) == 6
    for debut in (
        "« portee_spatiale » absente",
        "compte inconnu : moyenne ; connus : ",
        "filtre « instance » : mot inconnu : gpoo ; connus : clspd_plenier, ",
        "filtre « pourvu » : inconnu de Seance ; connus : colleges, instance, tenue",
        "filtre « tenue » : true est attendu",
        "un événement compté à la date sans fenêtre",
    ):
        assert any(dite.startswith(f"e08-a1-gpo : {debut}") for dite in dites), debut


@pytest.mark.parametrize(
    ("change", "raison"),
    [
        (
            lambda i: replace(
                i,
                derivations=(i.derivations[0], replace(i.derivations[1], de="Poste", filtre=())),
            ),
            "des constats se comptent seuls",
        ),
        (
            lambda i: replace(
                i,
                derivations=(
                    i.derivations[0],
                    Derivation("denominateur", None, (), None, None, None, constante=Fraction(7)),
                ),
            ),
            "des constats se comptent seuls",
        ),
        (lambda i: replace(i, genre=GenreIndicateur.NATIONAL), "et non à la nation"),
    ],
)
def test_constats_are_counted_by_themselves(
    referentiel: Referentiel, change: Callable[[Indicateur], Indicateur], raison: str
) -> None:
    indicateur = referentiel.get_indicateur("e10-a4-dispositifs-actifs")
    assert indicateur is not None
    assert find_refus(referentiel, Mutation("", "", indicateur)) is None
    refus = find_refus(referentiel, Mutation("", "", change(indicateur)))
    assert raison in str(refus)


def test_periods_of_the_rules_exist(regles: list[Regle]) -> None:
    for regle in regles:
        for periode in regle.filtrage.periodes:
            assert regle.genre is not None
            assert periode in regle.genre.PERIODES
    assert {regle.genre for regle in regles} - {None} <= set(GENRES_DERIVES.values())


def test_a_refusal_says_where(referentiel: Referentiel) -> None:
    vide = replace(referentiel, enregistrements={})
    with pytest.raises(RegleRefusee, match=r"e01-a1-part-classes-dedoublees : genre d'enr"):
        build_regles(vide)
