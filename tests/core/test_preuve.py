"""The words of a proof, on seeded worlds: no hole, no « None », a rule that holds here, changes that are true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from quartiers.core.constat import Constat, ConstatRemonte
from quartiers.core.explication import Explication, explain_constat
from quartiers.core.statut import JUGES, Drapeau
from quartiers.core.vue import Vue
from tests.core.adaptateur import build_dossier
from tests.core.test_connaissance import explain, read_dossier
from tests.oracle.mondes import make_monde

MONDES = 120
TROUS = re.compile(r"\b(None|null|nan|inf|Fraction|Decimal|date\()|\{|\}|  ")
D_AILLEURS = {Drapeau.HERITE, Drapeau.PORTE_PAR_LA_NATION}
VU_LE = date(2026, 11, 23)
PROCHE = "présence, chaque trimestre, portée AB, annexe : au moins 1"
COMPTE = "compte, stock, chaque trimestre"


def list_explications() -> Iterator[Explication]:
    """The proof of every cell of some worlds, from every territoire looked at."""
    for graine in range(MONDES):
        monde, vues = make_monde(graine)
        dossier = build_dossier(monde)
        for code, vu_le, connu_le in vues:
            vue = Vue(dossier, vu_le, connu_le)
            for indicateur in dossier.referentiel.list_indicateurs():
                explication = explain_constat(vue, indicateur, code)
                if explication is not None:
                    yield explication


def get_propre(explication: Explication) -> Constat | None:
    """The constat judged there, None above its level."""
    constat = explication.constat
    return constat.propre if isinstance(constat, ConstatRemonte) else constat


@pytest.fixture(scope="module")
def explications() -> list[Explication]:
    """Thousands of proofs."""
    return list(list_explications())


def test_une_raison_est_une_phrase_entiere(explications: list[Explication]) -> None:
    assert len(explications) > 1000
    fautives = [
        e.raison
        for e in explications
        if not e.raison.endswith(".") or TROUS.search(e.raison) or e.raison[:1].islower()
    ]
    assert fautives == []


def test_la_regle_dit_le_statut_d_ici(explications: list[Explication]) -> None:
    """When a statut is judged, one of the lines of the rule is marked as the case here."""
    manques = [
        (constat.indicateur.genre.value, constat.statut.value)
        for e in explications
        if (constat := get_propre(e)) is not None
        and constat.statut in JUGES
        and not any(ligne.is_ici for ligne in e.regles)
    ]
    assert sorted(set(manques)) == []


def test_les_regles_n_ont_pas_de_trou(explications: list[Explication]) -> None:
    textes = {ligne.texte for e in explications for ligne in e.regles}
    assert [t for t in textes if TROUS.search(t) or not t.endswith(".")] == []


def test_un_changement_change_quelque_chose(explications: list[Explication]) -> None:
    """Each announced change gives another statut, or other flags."""
    for e in explications:
        constat = get_propre(e)
        for changement in e.changements:
            assert constat is not None
            assert not TROUS.search(changement.condition)
            ici = (constat.statut, constat.drapeaux - D_AILLEURS)
            assert (changement.statut, changement.drapeaux - D_AILLEURS) != ici


@pytest.mark.parametrize(
    ("phrase", "lignes", "condition", "statut"),
    [
        (
            PROCHE,
            [
                "liste du 2026-11-01",
                "lieu fs-1 depuis le 2024-01-01, attesté le 2026-11-01, à 640 m",
            ],
            "Si le délégué confirme que fs-1, à 640 m, dessert le quartier",
            "atteint",
        ),
        (
            COMPTE,
            ["relevé 3 au 2026-11-01", "cible au moins 6 au 2027-12-31"],
            "Si un relevé du jour donne 6",
            "atteint",
        ),
        (
            "étapes, chaque trimestre, annexe : étape 3",
            ["étape 2 au 2026-11-01"],
            "Si l’étape 3 (3) est franchie",
            "atteint",
        ),
    ],
)
def test_ce_qui_changerait(phrase: str, lignes: list[str], condition: str, statut: str) -> None:
    """The first things a délégué may do, and what they would give."""
    changements = explain(read_dossier(phrase, *lignes), VU_LE, VU_LE).changements
    trouves = {c.condition.replace("\u00a0", " ").strip(): c.statut.value for c in changements}
    assert trouves.get(condition) == statut
