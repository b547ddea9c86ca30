"""The parts of a large figure are the very figures of the parts: nothing is counted twice, nothing is lost."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given

from quartiers.core.composition import compose_vue
from quartiers.core.constat import ConstatRemonte
from quartiers.core.decoupage import (
    count_complets,
    list_principaux,
    split_constats,
    split_engagement,
    split_taux,
)
from quartiers.core.remontee import measure_taux, merge_statuts
from quartiers.core.statut import Statut
from quartiers.core.tableau import Tableau, Taux
from quartiers.core.territoire import Genre, Niveau
from quartiers.core.vue import Vue
from tests.core.adaptateur import build_dossier
from tests.lois.reglage import loi
from tests.lois.tirage import GRAINES, make_vues


def list_remontes(tableau: Tableau) -> list[ConstatRemonte]:
    """Every rolled-up figure of quartiers."""
    return [
        c
        for e in tableau.engagements
        for a in e.actions
        for c in a.indicateurs
        if isinstance(c, ConstatRemonte) and c.indicateur.niveau is Niveau.QUARTIER
    ]


@loi(60)
@given(GRAINES)
def test_une_partie_est_le_chiffre_du_departement(graine: int) -> None:
    """What the region counts for a département is what the page of that département counts."""
    monde, vues = make_vues(graine)
    _, vu_le, connu_le = vues[0]
    vue = Vue(build_dossier(monde), vu_le, connu_le)
    regions = [c for c, t in vue.territoires.items() if t.genre is Genre.REGION]
    departements = [c for c, t in vue.territoires.items() if t.niveau is Niveau.DEPARTEMENT]
    for region in regions:
        for remonte in list_remontes(compose_vue(vue, region)):
            parties = split_constats(remonte, vue.territoires, Niveau.DEPARTEMENT)
            taux = split_taux(remonte, vue.territoires, Niveau.DEPARTEMENT)
            for departement in departements:
                if region not in vue.territoires.get_ancetres(departement):
                    assert departement not in parties
                    continue
                la = [
                    c
                    for c in list_remontes(compose_vue(vue, departement))
                    if c.indicateur.code == remonte.indicateur.code
                ]
                dits = parties.get(departement, ())
                assert [set(c.constats) for c in la] == [set(dits)] or (not la and not dits)
                if dits:
                    assert taux[departement].statuts == la[0].statuts


def test_un_engagement_se_decoupe_sans_rien_perdre() -> None:
    """Added together, the parts of an engagement of quartiers are the engagement, when none straddles."""
    monde, vues = make_vues(7)
    _, vu_le, connu_le = vues[0]
    vue = Vue(build_dossier(monde), vu_le, connu_le)
    region = next(c for c, t in vue.territoires.items() if t.genre is Genre.REGION)
    compares = 0
    for engagement in compose_vue(vue, region).engagements:
        parties = split_engagement(engagement, vue.territoires, Niveau.REGION)
        principaux = [c for c in list_principaux(engagement) if c.propre is None]
        attendu = merge_statuts(c.statuts for c in principaux)
        if any(n for _, n in attendu):
            compares += 1
            assert parties[region].statuts == attendu
    assert compares


def make_taux(**comptes: int) -> Taux:
    """Counts by statut."""
    return measure_taux([(Statut(nom), nombre) for nom, nombre in comptes.items()])


def test_complet_veut_dire_que_rien_ne_manque() -> None:
    """A stale or missing answer is not complete; what does not apply is asked of nobody."""
    parties = [
        make_taux(atteint=2),
        make_taux(atteint=2, perime=1),
        make_taux(non_renseigne=1),
        make_taux(sans_objet=3),
        make_taux(en_retard=1, sans_objet=1),
    ]
    assert count_complets(parties) == (2, 4)
    assert count_complets([]) == (0, 0)
    assert make_taux(atteint=1, perime=1).couverture == Fraction(1, 2)
