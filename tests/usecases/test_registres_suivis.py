"""A write at a time or all at once: the registers are the same, and only what a write names is read again."""

from __future__ import annotations

from itertools import count, islice

import pytest

from quartiers.core.enregistrement import Enregistrement
from quartiers.core.genres.poste import Poste
from quartiers.core.registre import Cle
from quartiers.usecases.registres import Registres, project_registres
from tests.core.derivation.comparaison import (
    build_enregistrement,
    build_geographie,
    is_recevable,
)
from tests.genres_monde import load_livre
from tests.oracle.derivation.mondes import Essai, list_codes, make_essai
from tests.oracle.derivation.referentiel import read_programme

PROGRAMME = read_programme()
FILTRES = ("actif_mois", "lieu", "financeurs_min")
"""Those that read a record with others: a place with its activities, an action with its other funders."""
LOTS = 3
GRAINES = 4


def list_lus_ensemble() -> list[str]:
    """Two indicateurs of each filter that reads a record with others, and one that reads each alone."""
    familles: dict[str, list[str]] = {}
    for code in list_codes(PROGRAMME):
        for derivation in PROGRAMME.indicateurs[code].derivations:
            familles.setdefault(str(derivation.de), []).append(code)
            for filtre in derivation.filtre.keys() & set(FILTRES):
                familles.setdefault(f"{filtre} de {derivation.de}", []).append(code)
    voulues = {nom for nom in familles if " de " in nom}
    return sorted({code for nom in voulues for code in familles[nom][:2]} | {familles["Poste"][0]})


COHORTES_A_LA_DATE = ("e04-a5-etudiants-quartier", "e06-a3-professionnels-formes")
"""Of which the last of a series is read."""
CODES = (*list_lus_ensemble(), *COHORTES_A_LA_DATE)


def project(essai: Essai, lignes: list[Enregistrement]) -> Registres:
    """All that these rows say in the world of an essai."""
    geographie = build_geographie(essai.monde)
    return project_registres(
        load_livre(), geographie.territoires, geographie.quartiers, geographie.calendriers, lignes
    )


def list_dits(registres: Registres) -> dict[Cle, object]:
    """What each cell holds."""
    return {cle: registre.cellule for cle, registre in registres.par_cle.items()}


@pytest.mark.parametrize("code", CODES)
def test_suivre_rend_ce_que_rend_une_lecture_entiere(code: str) -> None:
    essais = (make_essai(graine, (code,)) for graine in count())
    for essai in islice((e for e in essais if len(e.lignes) >= 2 * LOTS), GRAINES):
        check(essai)


def check(essai: Essai) -> None:
    """Each write gives the cells that it changes; the last one, what a whole reading gives."""
    lignes = [build_enregistrement(ligne) for ligne in essai.lignes if is_recevable(ligne)]
    suivis = project(essai, lignes[::LOTS])
    for lot in range(1, LOTS):
        avant = list_dits(suivis)
        suivis, changes = suivis.follow(lignes[lot::LOTS])
        apres = list_dits(suivis)
        assert {c for c in avant | apres if avant.get(c) != apres.get(c)} <= changes.keys()
        assert {c: None if r is None else r.cellule for c, r in changes.items()} == {
            c: apres.get(c) for c in changes
        }
    entiers = project(essai, [ligne for lot in range(LOTS) for ligne in lignes[lot::LOTS]])
    assert list_dits(suivis) == list_dits(entiers)
    assert suivis.cles == {objet: cles for objet, cles in entiers.cles.items() if cles} | {
        objet: frozenset() for objet in suivis.cles.keys() - entiers.cles.keys()
    }


def test_un_poste_ne_fait_relire_que_lui(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other rows of the base are not even looked at."""
    essai = make_essai(1, ("e06-a2-adultes-relais",))
    lignes = [build_enregistrement(ligne) for ligne in essai.lignes]
    postes = [ligne for ligne in lignes if ligne.genre == Poste.GENRE]
    registres = project(essai, lignes)
    vus: list[set[str]] = []

    def spy(enregistrements: object) -> list[object]:
        assert not isinstance(enregistrements, str)
        vus.append({e.objet for e in enregistrements})  # type: ignore[attr-defined]
        return []

    monkeypatch.setattr("quartiers.usecases.registres.list_choses", spy)
    registres.follow(postes[:1])
    assert vus == [{postes[0].objet}]
