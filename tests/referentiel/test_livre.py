"""The programme that comes with the product: what the annex and the domain make checkable."""

from __future__ import annotations

from datetime import date

import pytest

from quartiers.core.referentiel import (
    Agregation,
    GenreIndicateur,
    Mode,
    Nature,
    Origine,
    Portee,
    Referentiel,
    RelativeA,
)
from quartiers.core.territoire import Niveau
from quartiers.referentiel.charger import DOSSIER_PAR_DEFAUT, get_dossier, load_programme
from tests.referentiel.atelier import LIVRE, RURAL


@pytest.fixture(scope="module")
def livre() -> Referentiel:
    return load_programme(LIVRE)


def test_the_default_folder_and_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUARTIERS_REFERENTIEL", raising=False)
    assert get_dossier() == DOSSIER_PAR_DEFAUT == LIVRE
    monkeypatch.setenv("QUARTIERS_REFERENTIEL", str(RURAL))
    assert get_dossier() == RURAL
    assert load_programme(get_dossier()).programme == "charte-rurale"


def test_in_each_quartier_means_inside(livre: Referentiel) -> None:
    """« Dans chaque quartier » and « au cœur du quartier » are the reach A, for places and activities.

    E08-A1 speaks of a body, which covers a quartier without standing in it (domaine.md 1).
    """
    vus = []
    for engagement in livre.engagements:
        for action in engagement.actions:
            dedans = ("dans chaque quartier", "au cœur du quartier", "au cœur des quartiers")
            if any(mots in action.texte for mots in dedans):
                principal = action.principal
                attendue = Portee.DESSERTE if action.code == "E08-A1" else Portee.DANS
                assert principal.portee_spatiale is attendue, action.code
                vus.append(action.code)
    assert vus == ["E03-A2", "E07-A6", "E08-A1", "E09-A4", "E09-A5"]


def test_strength_follows_the_words(livre: Referentiel) -> None:
    actions = {a.code: a for e in livre.engagements for a in e.actions}
    a_minima = [c for c, a in actions.items() if " minima " in a.texte]
    assert a_minima == ["E03-A1", "E07-A2", "E08-A2"]
    assert all(actions[c].mode is Mode.A_MINIMA for c in a_minima)
    chaque = [c for c, a in actions.items() if "dans chaque quartier" in a.texte]
    assert [c for c, a in actions.items() if a.mode is Mode.OBLIGATION_CHAQUE_QUARTIER] == chaque
    doublent = [c for c, a in actions.items() if "en doublant" in a.texte]
    assert [c for c, a in actions.items() if a.mode is Mode.DOUBLEMENT] == doublent
    for code in doublent:
        assert actions[code].principal.genre is GenreIndicateur.DOUBLEMENT
    concernes = [c for c, a in actions.items() if a.mode is Mode.SI_CONCERNE]
    assert concernes == ["E02-A1", "E03-A3", "E08-A7"]
    assert actions["E02-A4"].mode is Mode.OBLIGATION


def test_fixed_dates(livre: Referentiel) -> None:
    dates = {
        i.code: (i.cible.echeance, i.cible.echeance_source)
        for i in livre.list_indicateurs()
        if i.cible is not None and i.cible.echeance is not None
    }
    assert dates == {
        "e01-a3-cites-educatives-nation": (date(2022, 12, 31), "lecture"),
        "e04-a1-cordees-nation": (date(2021, 8, 31), "lecture"),
        "e04-a2-internat-departement": (date(2022, 12, 31), "lecture"),
        "e04-a6-plan-10000-nation": (date(2022, 8, 31), "verifiee"),
        "e06-a1-educateurs-nation": (date(2021, 10, 31), "verifiee"),
        "e06-a1-mediateurs-nation": (date(2021, 10, 31), "verifiee"),
    }


def test_dispositifs_that_died(livre: Referentiel) -> None:
    par_code = {d.code: d for d in livre.dispositifs}
    assert len(par_code) == len(livre.dispositifs) == 107
    garantie = par_code["garantie-jeunes"]
    assert garantie.au == date(2022, 2, 28)
    assert garantie.successeur == "contrat-engagement-jeune"
    assert par_code["contrat-engagement-jeune"].du == date(2022, 3, 1)
    assert par_code["emplois-francs"].au == date(2024, 12, 31)
    employes = {d for e in livre.engagements for a in e.actions for d in a.dispositifs}
    assert set(par_code) - employes == {"un-jeune-une-solution"}


def test_only_the_gap_may_be_negative(livre: Referentiel) -> None:
    assert [i.code for i in livre.list_indicateurs() if i.admet_negatif] == ["e10-a4-ecart-qrr-qpv"]


def test_numbers_of_persons_have_a_threshold(livre: Referentiel) -> None:
    """A count of persons is never shown below 11 (domaine.md 2.1), the national total excepted."""
    personnes = {"jeunes", "élèves", "enfants", "personnes", "contrats"}
    for indicateur in livre.list_indicateurs():
        if indicateur.unite in personnes and indicateur.niveau is not Niveau.NATION:
            assert indicateur.seuil_secret == 11, indicateur.code


def test_natures_and_agregations(livre: Referentiel) -> None:
    for indicateur in livre.list_indicateurs():
        if indicateur.genre is GenreIndicateur.DOUBLEMENT:
            assert indicateur.nature is Nature.STOCK
            assert indicateur.cible is not None
            assert indicateur.cible.relative_a is RelativeA.BASE
        if indicateur.genre is GenreIndicateur.PRESENCE:
            assert indicateur.agregation is Agregation.PART_DE_TERRITOIRES
            assert indicateur.cible is not None
        if "dans l’année" in indicateur.libelle and indicateur.genre is GenreIndicateur.COMPTE:
            assert indicateur.is_flux, indicateur.code


def test_what_another_level_bears_is_inherited_or_hidden(livre: Referentiel) -> None:
    """Inherited whenever it is a principal one; what is not inherited is sensitive or of an objectif."""
    d_objectifs = {i.code for e in livre.engagements for o in e.objectifs for i in o.indicateurs}
    for indicateur in livre.list_indicateurs():
        if indicateur.niveau in {Niveau.QUARTIER, Niveau.NATION}:
            assert indicateur.heritage is None, indicateur.code
        elif indicateur.heritage is None:
            assert indicateur.sensible or indicateur.code in d_objectifs, indicateur.code
            assert not indicateur.principal


def test_readings_are_sentences(livre: Referentiel) -> None:
    """Shown with the figure: one sentence that begins and ends as one, typographic apostrophes."""
    for indicateur in livre.list_indicateurs():
        lecture = indicateur.lecture
        if lecture is None:
            assert indicateur.cible is not None
            assert indicateur.cible.origine is Origine.ANNEXE
            continue
        assert lecture[0].isupper() or lecture[0] in "«0123456789", indicateur.code
        assert lecture.endswith("."), indicateur.code
        assert "'" not in lecture, indicateur.code
        assert "'" not in indicateur.libelle, indicateur.code


def test_nothing_from_memory_reaches_a_page(livre: Referentiel) -> None:
    """What is `a_verifier` is not repeated in what is shown."""
    for indicateur in livre.list_indicateurs():
        if indicateur.a_verifier is not None:
            montre = f"{indicateur.libelle} {indicateur.lecture}"
            assert "de mémoire" not in montre
            assert "25 %" not in montre
            assert "60 %" not in montre
            assert "24 h" not in montre


def test_every_word_shown_has_its_label(livre: Referentiel) -> None:
    for indicateur in livre.list_indicateurs():
        for declarant in indicateur.declarants:
            assert livre.get_libelle("declarant", declarant) != declarant
        for usage in indicateur.sources:
            assert livre.get_libelle("source", usage.code) != usage.code
            assert livre.get_libelle("role", usage.role) != usage.role
    assert livre.get_libelle("echelon", "action") == "Action"
    assert livre.get_libelle("mode", "a_minima") == "A minima"
    assert livre.get_libelle("mode", "inconnu") == "inconnu"
