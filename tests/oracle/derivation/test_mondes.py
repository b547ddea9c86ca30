"""The invented worlds: the same for a seed, made of rows that could be entered, reaching all that is asked."""

from collections import Counter

import pytest

from tests.oracle.derivation.classement import (
    CALENDRIERS,
    CHAMPS,
    FENETRES,
    FILTRES,
    PORTEES,
)
from tests.oracle.derivation.lignes import GENRES
from tests.oracle.derivation.mondes import Essai, ask, list_codes, make_essai
from tests.oracle.derivation.referentiel import read_programme
from tests.oracle.derivation.su import list_sus

GRAINES = range(120)
ESSAIS_AU_PLUS = 150


@pytest.fixture(scope="module")
def essais() -> list[Essai]:
    return [make_essai(graine) for graine in GRAINES]


def test_une_graine_donne_un_monde(essais: list[Essai]) -> None:
    assert [make_essai(graine) for graine in GRAINES][:10] == essais[:10]


def test_rien_n_est_su_avant_d_avoir_eu_lieu(essais: list[Essai]) -> None:
    for essai in essais:
        assert all(ligne.connu_le >= ligne.le for ligne in essai.lignes)
        assert len({ligne.ordre for ligne in essai.lignes}) == len(essai.lignes)


def test_un_objet_reste_ce_qu_il_est(essais: list[Essai]) -> None:
    """A cohort keeps its série, every link included."""
    for essai in essais:
        series: dict[str, set[object]] = {}
        for ligne in essai.lignes:
            if ligne.genre == "cohorte":
                noms = ("dispositif", "unite_comptee", "etape", "organisme")
                serie = (*(ligne.get(nom) for nom in noms), frozenset(ligne.liens))
                series.setdefault(ligne.objet, set()).add(serie)
        assert all(len(dites) == 1 for dites in series.values())


def test_un_poste_ne_date_rien_apres_le_jour_dont_il_parle(essais: list[Essai]) -> None:
    for essai in essais:
        for ligne in essai.lignes:
            if ligne.genre == "poste":
                dits = [
                    ligne.get(nom) for nom in ("finance_depuis", "pourvu_depuis", "vacant_depuis")
                ]
                assert all(dit is None or dit <= ligne.le for dit in dits)
                assert not (ligne.get("etp_pourvu") and ligne.get("pourvu_depuis") is None)


def test_toutes_les_suites_d_une_ligne_sont_rencontrees(essais: list[Essai]) -> None:
    """Corrections, withdrawals, rejections, drafts, validations, late knowledge, shares, pointages."""
    lignes = [ligne for essai in essais for ligne in essai.lignes]
    validations = Counter(ligne.validation for ligne in lignes)
    assert set(validations) == {"soumis", "valide", "rejete", "brouillon"}
    assert sum(ligne.retrait for ligne in lignes) > 10
    assert sum(part is not None for ligne in lignes for part in ligne.liens.values()) > 50
    assert {ligne.genre for ligne in lignes} >= {*GENRES.values(), "pointage"} - {
        "demande_appui",
        "fiche_action",
        "plan",
        "tableau",
    }
    archives = [
        (avant, apres)
        for avant in lignes
        for apres in lignes
        if (avant.genre, avant.objet, avant.le) == (apres.genre, apres.objet, apres.le)
        and avant.ordre < apres.ordre
        and avant.connu_le > apres.connu_le
    ]
    assert archives


def test_demander_ne_change_rien(essais: list[Essai]) -> None:
    """Asked twice, the same answer; rows not known yet could as well not be there."""
    for essai in essais[:15]:
        for question in essai.questions:
            reponse, _ = ask(essai, question)
            assert ask(essai, question)[0] == reponse
            su = [ligne for ligne in essai.lignes if ligne.connu_le <= question[3]]
            assert ask(Essai(essai.monde, su, []), question)[0] == reponse
            assert all(ligne.connu_le <= question[3] for ligne in list_sus(su, question[3]))


def list_demandes(code: str) -> set[tuple[str, str]]:
    """The counts and filters of an indicateur."""
    derivations = [
        d
        for premiere in read_programme().indicateurs[code].derivations
        for d in (premiere, *premiere.produit)
        if d.de is not None and (d.de != "Territoire" or d.role != "denominateur")
    ]
    filtres = {("filtre", filtre) for d in derivations for filtre in d.filtre}
    return filtres | {("compte", str(d.compte)) for d in derivations}


def meet(code: str) -> set[tuple[str, str]]:
    """What its worlds meet, world after world, until all that it asks is met."""
    rencontres: set[tuple[str, str]] = set()
    for graine in range(ESSAIS_AU_PLUS):
        essai = make_essai(graine, (code,), cadre=True)
        for question in essai.questions:
            reponse, regard = ask(essai, question)
            if reponse.parle:
                rencontres |= set(regard.rencontres)
        if list_demandes(code) <= rencontres:
            break
    return rencontres


def test_les_mondes_atteignent_tout_ce_que_les_derivations_demandent() -> None:
    """Each indicateur speaks, from each of its derivations; each window, calendar and reach is met."""
    rencontres: set[tuple[str, str]] = set()
    for code in list_codes(read_programme(), cadre=True):
        trouvees = meet(code)
        assert list_demandes(code) <= trouvees, code
        rencontres |= trouvees
    filtres = {filtre for de, noms in FILTRES.items() if de != "Constat" for filtre in noms}
    for famille, attendus in (
        ("compte", set(CHAMPS)),
        ("filtre", filtres),
        ("fenetre", set(FENETRES)),
        ("calendrier", set(CALENDRIERS)),
        ("portee", set(PORTEES)),
        ("lecture", {"en_vigueur", "cumul", "calendrier"}),
    ):
        assert {nom for f, nom in rencontres if f == famille} == attendus, famille
