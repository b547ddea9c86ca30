"""The page of a région or the nation: the same counts as the tableau, and who has not told all."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from pytest_django import DjangoAssertNumQueries

from quartiers.core.composition import compose_vue
from quartiers.core.constat import ConstatRemonte
from quartiers.core.decoupage import list_principaux, split_constats
from quartiers.core.remontee import count_statuts, measure_taux
from quartiers.core.statut import INCONNUS, LIBELLES, Statut
from quartiers.core.tableau import Tableau, Taux
from quartiers.core.territoire import Niveau
from quartiers.core.vue import Vue
from quartiers.reports.presentation.phrases import write_intervalle
from quartiers.reports.typographie import tidy
from quartiers.usecases.charger_demo import VU_LE_DEMO
from quartiers.usecases.charger_dossier import load_dossier
from quartiers.web.presentation.ensemble import choose_motif
from quartiers.web.presentation.ensemble_action import list_portees, write_bornes
from quartiers.web.presentation.tuiles import Motif
from tests.web.conftest import SignIn

NATION, REGION = "/territoires/FR/", "/territoires/REG-00/"
FRANCE_SERVICES = "e03-a1-france-services"
TASK_FORCE = "e10-a5-task-force"


def find_remonte(tableau: Tableau, code: str) -> ConstatRemonte:
    """The rolled-up principal figure of an action."""
    for engagement in tableau.engagements:
        for action in engagement.actions:
            for constat in action.indicateurs:
                if constat.indicateur.code == code and isinstance(constat, ConstatRemonte):
                    return constat
    raise KeyError(code)


@pytest.mark.parametrize("adresse", [NATION, REGION])
@pytest.mark.parametrize("action", [FRANCE_SERVICES, "e06-a1-educateurs-etp"])
def test_an_action_shows_the_counts_of_the_tableau(
    sign_in: SignIn, adresse: str, action: str
) -> None:
    texte = read(sign_in, f"{adresse}?action={action}")
    vue = Vue(load_dossier(), VU_LE_DEMO, VU_LE_DEMO)
    remonte = find_remonte(compose_vue(vue, adresse.split("/")[2]), action)
    groupes = texte[texte.index('<div class="groupes">') : texte.index('id="h-attente"')]
    lus = re.findall(r"<span>([^<]+?)</span></span>\s*:\s*<b>(\d+)</b>", groupes)
    assert dict(lus) == {LIBELLES[s]: str(n) for s, n in remonte.statuts}
    assert tidy(write_bornes(remonte, get_taux(remonte))) in texte
    par_departement = split_constats(remonte, vue.territoires, Niveau.DEPARTEMENT)
    muets = [d for d, cs in par_departement.items() if any(c.statut in INCONNUS for c in cs)]
    assert len(re.findall(r'<li class="avec-signe">', texte)) == len(muets)


def get_taux(remonte: ConstatRemonte) -> Taux:
    """Counts of a rolled-up figure."""
    return measure_taux(remonte.statuts)


def test_an_unknown_action_lets_the_page_choose(sign_in: SignIn) -> None:
    choisie, autre = (
        re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", read(sign_in, adresse))
        for adresse in (NATION, f"{NATION}?action=nimporte")
    )
    assert autre == choisie
    assert re.search(r'<option value="[^"]+" selected>', choisie)


def test_dates_are_kept_when_an_action_is_chosen(sign_in: SignIn) -> None:
    texte = read(sign_in, f"{NATION}?vu_le=2026-06-30&connu_le=2026-07-10")
    formulaire = texte[texte.index('class="choix-action"') :]
    assert '<input type="hidden" name="vu_le" value="2026-06-30">' in formulaire
    assert '<input type="hidden" name="connu_le" value="2026-07-10">' in formulaire


def test_where_nothing_is_known_no_bound_is_written(sign_in: SignIn) -> None:
    """In 2035 most facts are stale: the page does not say « entre 0 % et 100 % », which reads as a figure."""
    texte = read(sign_in, f"{NATION}?vu_le=2035-01-01&action=e06-a1-educateurs-etp")
    assert "On ne sait encore rien de 12 quartiers" in texte
    assert "on ne sait pas</a></p>" in texte
    assert "entre 0" not in texte
    assert texte.count('<td class="phrase">on ne sait pas</td>') > 1
    assert "12 quartiers" in texte[texte.index('id="h-attente"') :]


def read(sign_in: SignIn, adresse: str) -> str:
    """The page as the task force sees it."""
    reponse = sign_in("demo-task-force").get(adresse)
    assert reponse.status_code == 200
    return str(reponse.content.decode())


@pytest.mark.parametrize("adresse", [NATION, REGION, f"{NATION}?action=e01-a1-nimporte"])
def test_the_page_asks_the_base_a_fixed_number_of_times(
    sign_in: SignIn, adresse: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in("demo-task-force")
    client.get(adresse)
    with django_assert_num_queries(5):
        client.get(adresse)


def test_the_statuts_shown_are_words(sign_in: SignIn) -> None:
    texte = read(sign_in, NATION)
    dits = re.findall(r'<use href="#g-(\w+)"/></svg><span>([^<(]+)', texte)
    assert dits
    assert all(LIBELLES[Statut(code)] == mot.strip() for code, mot in dits)


def test_the_map_of_france_says_the_action_part_by_part(sign_in: SignIn) -> None:
    """Tile and table hold the same words, those of the rolled-up figure; a région has its own table instead."""
    texte = read(sign_in, f"{NATION}?action={FRANCE_SERVICES}")
    vue = Vue(load_dossier(), VU_LE_DEMO, VU_LE_DEMO)
    remonte = find_remonte(compose_vue(vue, "FR"), FRANCE_SERVICES)
    parts = split_constats(remonte, vue.territoires, Niveau.DEPARTEMENT)
    table = texte[texte.index('id="tuiles-tableau"') :]
    lignes = re.findall(
        r'<a href="/departements/([^/]+)/[^"]*">[^<]*</a></th><td>(?:<svg.*?</svg> )?([^<]*)</td><td>([^<]*) <small',
        table[: table.index("</table>")],
    )
    assert len(lignes) == len(parts) > 0
    for code, atteint, couverture in lignes:
        taux = measure_taux(count_statuts(c.statut for c in parts[code]))
        assert atteint == write_intervalle(taux)
        assert couverture == f"{taux.renseignes} sur {taux.applicables} à jour"
        assert f"{tidy(couverture)}" in tidy(texte[: texte.index('id="tuiles-tableau"')])
    assert "tuiles-tableau" not in read(sign_in, f"{REGION}?action={FRANCE_SERVICES}")


@pytest.mark.parametrize(
    ("comptes", "motif"),
    [
        ({Statut.ATTEINT: 2, Statut.SANS_OBJET: 1}, Motif.COMPLET),
        ({Statut.ATTEINT: 2, Statut.PERIME: 1}, Motif.PARTIEL),
        ({Statut.NON_RENSEIGNE: 2, Statut.PERIME: 1}, Motif.INCONNU),
        ({Statut.SANS_OBJET: 2}, Motif.COMPLET),
    ],
)
def test_a_tile_is_whole_in_part_or_hatched(comptes: dict[Statut, int], motif: Motif) -> None:
    assert choose_motif(measure_taux(tuple(comptes.items()))) is motif


def test_what_the_nation_carries_itself_is_listed_with_its_proof(sign_in: SignIn) -> None:
    """Its engagements count it, and no département has a part of it: the choice of an action cannot show it."""
    vue = Vue(load_dossier(), VU_LE_DEMO, VU_LE_DEMO)
    texte = read(sign_in, NATION)
    statut = find_remonte(compose_vue(vue, "FR"), TASK_FORCE).statuts[0][0]
    bloc = texte[texte.index('<div class="portees">') : texte.index('<div class="deux n">')]
    assert "Portée par la nation elle-même" in bloc
    assert re.findall(r'href="([^"?]+)[^"]*">([^<]+)</a>', bloc) == [
        (f"/preuves/FR/{TASK_FORCE}/", "10.5 Task force interministérielle")
    ]
    assert f'<use href="#g-{statut.value}"/></svg><span>{LIBELLES[statut]}</span>' in bloc
    assert sign_in("demo-task-force").get(f"/preuves/FR/{TASK_FORCE}/").status_code == 200


@pytest.mark.parametrize(("adresse", "code"), [(NATION, "FR"), (REGION, "REG-00")])
def test_each_action_that_counts_is_shown_or_listed(
    sign_in: SignIn, adresse: str, code: str
) -> None:
    texte = read(sign_in, adresse)
    tableau = compose_vue(Vue(load_dossier(), VU_LE_DEMO, VU_LE_DEMO), code)
    comptees = {
        principal.indicateur.code
        for engagement in tableau.engagements
        for principal in list_principaux(engagement)
        if code == "FR" or principal.indicateur.niveau is not Niveau.NATION
    }
    choix = set(re.findall(r'<option value="([^"]+)"', texte))
    portees = set(re.findall(rf'href="/preuves/{code}/([^/]+)/[^"]*">\d+\.\d+ ', texte))
    assert choix.isdisjoint(portees)
    assert choix | portees == comptees
    assert portees == ({TASK_FORCE} if code == "FR" else set())


def test_an_action_that_cannot_be_split_says_so_when_it_is_asked_for(sign_in: SignIn) -> None:
    dit = "C’est l’action demandée."
    assert dit in read(sign_in, f"{NATION}?action={TASK_FORCE}")
    assert dit not in read(sign_in, f"{NATION}?action={FRANCE_SERVICES}")
    assert 'class="portees"' not in read(sign_in, f"{REGION}?action={TASK_FORCE}")


def test_a_region_lists_what_it_carries_and_not_what_the_nation_does(demo: None) -> None:
    tableau = compose_vue(Vue(load_dossier(), VU_LE_DEMO, VU_LE_DEMO), "FR")
    (portee,) = list_portees(tableau, "", str.upper)
    assert (portee.numero, portee.preuve, portee.is_demandee) == ("10.5", TASK_FORCE.upper(), False)
    assert list_portees(tableau, TASK_FORCE, str.upper)[0].is_demandee
    region = compose_vue(Vue(load_dossier(), VU_LE_DEMO, VU_LE_DEMO), "REG-00").territoire
    assert list_portees(replace(tableau, territoire=region), "", str.upper) == ()
