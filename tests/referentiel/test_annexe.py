"""The official text, word for word, in both directions: nothing invented, nothing left over."""

from __future__ import annotations

from pathlib import Path

import pytest

from quartiers.core.referentiel import GenreIndicateur, Indicateur, Origine, Referentiel
from quartiers.referentiel.charger import load_programme
from tests.referentiel.atelier import (
    LIVRE,
    RURAL,
    list_porteurs,
    list_restes,
    list_textes,
    read_officiel,
)

ANNEXE = LIVRE.parent / "annexe.txt"
TITRE = (
    "ANNEXE – LISTE DES ENGAGEMENTS Axe 2 « Agir contre les séparatismes en concrétisant"
    " la promesse républicaine d'égalité des chances »"
)
# The annex writes « OBJECTIFS » above the single objective of engagement 3: so it is.
PLURIEL = {"E03", "E04", "E07", "E08", "E09", "E10"}


@pytest.fixture(scope="module")
def livre() -> Referentiel:
    return load_programme(LIVRE)


def test_the_whole_annex_and_nothing_else(livre: Referentiel) -> None:
    attendus = []
    for rang, engagement in enumerate(livre.engagements, start=1):
        titre = f"{TITRE} " if rang == 1 else ""
        objectif = "OBJECTIFS" if engagement.code in PLURIEL else "OBJECTIF"
        attendus += [f"{titre}ENGAGEMENT # {rang:02} →", objectif]
        attendus += [""] * (len(engagement.objectifs) - 1)
        attendus += ["ACTIONS"] + [""] * (len(engagement.actions) - 1)
    assert list_restes(read_officiel(ANNEXE), list_textes(livre)) == [*attendus, ""]


def test_the_whole_charter_of_the_second_programme() -> None:
    rural = load_programme(RURAL)
    restes = list_restes(read_officiel(RURAL / "charte.txt"), list_textes(rural))
    assert [r for r in restes if r] == [
        "CHARTE RURALE (texte inventé pour les tests) AXE 1 →",
        "AMBITION",
        "MESURES",
        "AXE 2 →",
        "AMBITIONS",
        "MESURES",
        "AXE 3 →",
        "AMBITION",
        "MESURES",
    ]


def test_a_missing_or_an_extra_sentence_is_seen(tmp_path: Path, livre: Referentiel) -> None:
    textes = list_textes(livre)
    entier = read_officiel(ANNEXE)
    assert list_restes(entier, textes[:-1])[-1] == textes[-1]
    with pytest.raises(AssertionError, match="introuvable"):
        list_restes(entier, [*textes, "Une promesse de plus."])
    assert textes[12] in list_restes(entier, textes[:12] + textes[13:])[12]
    copie = tmp_path / "annexe.txt"
    copie.write_text(
        ANNEXE.read_text(encoding="utf-8").replace("cite éducative", "cité éducative"),
        encoding="utf-8",
    )
    with pytest.raises(AssertionError, match="introuvable"):
        list_restes(read_officiel(copie), textes)


def test_the_titles_kept_as_mentions_are_the_annexs(livre: Referentiel) -> None:
    from quartiers.referentiel.charger import read_programme

    programme, _ = read_programme(LIVRE)
    assert " ".join(programme.mentions) == TITRE
    assert programme.annexe is not None
    assert (LIVRE / programme.annexe).resolve() == ANNEXE.resolve()


def test_counts(livre: Referentiel) -> None:
    assert [e.code for e in livre.engagements] == [f"E{n:02}" for n in range(1, 11)]
    assert sum(len(e.objectifs) for e in livre.engagements) == 17
    assert [len(e.actions) for e in livre.engagements] == [6, 5, 5, 7, 4, 6, 9, 9, 7, 5]
    indicateurs = list(livre.list_indicateurs())
    assert len(indicateurs) == len({i.code for i in indicateurs}) == 150
    assert sum(i.principal for i in indicateurs) == 63


def test_codes_say_where_they_belong(livre: Referentiel) -> None:
    for engagement in livre.engagements:
        for rang, action in enumerate(engagement.actions, start=1):
            assert action.code == f"{engagement.code}-A{rang}"
            assert all(i.code.startswith(f"{action.code.lower()}-") for i in action.indicateurs)
        for rang, objectif in enumerate(engagement.objectifs, start=1):
            assert objectif.code == f"{engagement.code}-O{rang}"
            assert all(i.code.startswith(f"{objectif.code.lower()}-") for i in objectif.indicateurs)


def list_cibles_annexe(referentiel: Referentiel) -> list[tuple[str, Indicateur, str]]:
    """(official wording, indicateur, citation) of each target that comes from the annex."""
    trouves = []
    for porteur in list_porteurs(referentiel):
        for indicateur in porteur.indicateurs:
            cible = indicateur.cible
            if cible is not None and cible.origine is Origine.ANNEXE:
                trouves.append((porteur.texte, indicateur, cible.citation or ""))
    return trouves


# What says the number, where the annex says it in words.
MOTS = {
    "e02-a3-strategie-attribution": "Définir une stratégie",  # a step: orientations adopted
    "e05-a1-diagnostic": "en partenariat avec les collectivités",  # a step: shared
    "e05-a3-comite-financeurs": "mise en place de comités",
    "e08-a1-gpo": "dans chaque quartier, des instances",
    "e10-a1-plan-contractualise": "contractualisé",  # a step: signed
    "e10-a4-dispositifs-actifs": "tous les dispositifs",  # 100 %
}


def test_each_target_of_the_annex_quotes_the_words_that_set_it(livre: Referentiel) -> None:
    cibles = list_cibles_annexe(livre)
    assert len(cibles) == 35
    for texte, indicateur, citation in cibles:
        assert citation, indicateur.code
        assert citation in texte, indicateur.code
        assert indicateur.cible is not None
        if indicateur.code in MOTS:
            attendus = [MOTS[indicateur.code]]
        elif indicateur.genre is GenreIndicateur.DOUBLEMENT:
            attendus = ["en doublant"]
        elif indicateur.cible.relative_a is not None:
            attendus = ["Augmenter"]
        elif indicateur.cible.valeur == 1:
            attendus = ["un ", "une ", "1 ", "UNE "]
        else:
            attendus = [f"{int(indicateur.cible.valeur):,}".replace(",", " ")]
        assert any(mot in citation for mot in attendus), (indicateur.code, citation, attendus)


def test_every_number_written_in_the_annex_is_a_target(livre: Referentiel) -> None:
    """200 cités, 200 000 élèves, 1 internat, 10 000 jeunes, 300 + 300, 200: the annex has no other target."""
    nationaux = {
        i.code: (i.cible.valeur, i.cible.echeance)
        for i in livre.list_indicateurs()
        if i.genre is GenreIndicateur.NATIONAL and i.cible is not None
    }
    assert {code: int(valeur) for code, (valeur, _) in nationaux.items()} == {
        "e01-a3-cites-educatives-nation": 200,
        "e04-a1-cordees-nation": 200_000,
        "e04-a6-plan-10000-nation": 10_000,
        "e06-a1-educateurs-nation": 300,
        "e06-a1-mediateurs-nation": 300,
        "e06-a5-adultes-relais-sportifs-nation": 200,
    }
    assert nationaux["e06-a5-adultes-relais-sportifs-nation"][1] is None


def test_corrected_spelling_only_where_the_annex_errs(livre: Referentiel) -> None:
    corriges = {
        porteur.code: porteur.texte_corrige
        for porteur in list_porteurs(livre)
        if porteur.texte_corrige is not None
    }
    faits = list_textes(livre)
    assert not set(corriges.values()) & set(faits)
    montres = " ".join(corriges.values())
    for faute in ("cite ", "cites ", "MICRO-FOLIES", "relai ", "éducatrices", "à minima", " a la "):
        assert faute in " ".join(faits)
        assert faute not in montres
        for porteur in list_porteurs(livre):
            assert faute not in porteur.texte or porteur.code in corriges
