"""Two worlds that differ by their small counts alone show the same to whoever is outside, at every level and date."""

from __future__ import annotations

import random
from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from quartiers.core.cellule import Cellule, Cellules
from quartiers.core.composition import compose_vue, get_constat
from quartiers.core.constat import Constat
from quartiers.core.derivation.apport import Apport
from quartiers.core.derivation.reponse import DENOMINATEUR, NUMERATEUR
from quartiers.core.enregistrement import Enregistrement
from quartiers.core.explication import explain_constat
from quartiers.core.fait import Releve
from quartiers.core.genres.cohorte import Cohorte
from quartiers.core.referentiel import Referentiel
from quartiers.core.secret import find_personnes, is_petit
from quartiers.core.vue import Vue
from quartiers.reports.constat_json import render_explication
from quartiers.reports.tableau_json import render_tableau
from quartiers.usecases.charger_dossier import load_savoir

DATES = ((date(2026, 11, 23), date(2026, 11, 23)), (date(2026, 6, 30), date(2026, 11, 23)))
DU_STATUT = frozenset(
    {"statut", "statuts", "cause", "couverture", "taux_min", "taux_max", "renseignes", "drapeaux", "perdu_le", "ici"}
)  # fmt: skip
"""What a statut gives, that is never hidden."""


@pytest.mark.parametrize(("compte", "petit"), [
    (None, False), (0, False), (1, True), (10, True), (11, False), (Fraction(21, 2), True),
])  # fmt: skip
def test_un_petit_compte(compte: Fraction | int | None, petit: bool) -> None:
    assert is_petit(compte, 11) is petit


class Changeur:
    """Another world: each small count of persons becomes another small one, the same wherever it is read."""

    def __init__(self, referentiel: Referentiel, graine: int) -> None:
        self.hasard = random.Random(graine)  # noqa: S311 -- a world to try, nothing to guess
        self.seuils = find_personnes(referentiel).seuils
        self.lignes: dict[int, Enregistrement] = {}
        self.changes = 0

    def change(self, cellules: Cellules) -> Cellules:
        """The cells of that world."""
        suite = copy(cellules)
        suite.par_cle = {
            cle: self._change_cellule(cellule, self.seuils[cle[0]])
            if cle[0] in self.seuils
            else cellule
            for cle, cellule in cellules.par_cle.items()
        }
        return suite

    def _draw(self, compte: int, seuil: int, role: str = "") -> int:
        """A numerator grows less, a denominator more: a share of more than all would be no share."""
        du = compte if role == DENOMINATEUR else 1
        au = compte if role == NUMERATEUR else seuil - 1
        n = self.hasard.randint(du, au)
        self.changes += n != compte
        return n

    def _change_cellule(self, cellule: Cellule, seuil: int) -> Cellule:
        releves = [(self._change_releve(releve, seuil), fin) for releve, fin in cellule.releves]
        registre = cellule.registre
        if registre is not None:
            dite = registre.cellule
            apports = tuple(self._change_apport(apport, seuil) for apport in dite.apports)
            registre = replace(registre, cellule=replace(dite, apports=apports))
        return replace(cellule, releves=releves, registre=registre)

    def _change_releve(self, releve: Releve, seuil: int) -> Releve:
        if releve.valeur is None or not is_petit(releve.valeur, seuil):
            return releve
        return replace(releve, valeur=Fraction(self._draw(int(releve.valeur), seuil)))

    def _change_apport(self, apport: Apport, seuil: int) -> Apport:
        """Those of one cohorte, counted whole."""
        (ligne,) = apport.lignes if len(apport.lignes) == 1 else (None,)
        contenu = None if ligne is None else ligne.contenu
        if ligne is None or not isinstance(contenu, Cohorte) or contenu.dont:
            return apport
        if not is_petit(contenu.n, seuil) or apport.poids != contenu.n:
            return apport
        if id(ligne) not in self.lignes:
            n = self._draw(contenu.n, seuil, apport.role)
            self.lignes[id(ligne)] = replace(ligne, contenu=replace(contenu, n=n))
        neuve = self.lignes[id(ligne)]
        assert isinstance(neuve.contenu, Cohorte)
        return replace(apport, poids=Fraction(neuve.contenu.n), lignes=(neuve,))


def drop_statuts(rendu: Any) -> Any:
    """What is left of a file once what statuts give is left out."""
    if isinstance(rendu, dict):
        return {nom: drop_statuts(v) for nom, v in rendu.items() if nom not in DU_STATUT}
    return [drop_statuts(v) for v in rendu] if isinstance(rendu, list) else rendu


def show_tout(
    cellules: Cellules, dates: tuple[date, date], *, is_entier: bool = True
) -> dict[str, Any]:
    """Every tableau, as who is outside sees it; and the proof of each figure of persons."""
    dossier = load_savoir().dossier
    vue = Vue(dossier, *dates, cellules).guard(lambda _entree: False)
    assert vue.garde is not None
    vue.garde = replace(vue.garde, has_complements=is_entier)
    montre = {
        code: drop_statuts(render_tableau(compose_vue(vue, code))) for code in vue.territoires
    }
    for code in vue.garde.personnes.seuils:
        indicateur = dossier.referentiel.get_indicateur(code)
        assert indicateur is not None
        for territoire in vue.attendus:
            explication = explain_constat(vue, indicateur, territoire)
            if explication is not None:
                montre[f"{code} {territoire}"] = drop_statuts(render_explication(explication, {}))
    return montre


def find_ecarts(vrai: Any, faux: Any, chemin: str = "") -> Iterator[str]:
    """Where two files differ."""
    if isinstance(vrai, dict):
        code = vrai.get("code", "")
        for nom in vrai:
            yield from find_ecarts(vrai[nom], faux[nom], f"{chemin}/{code}.{nom}")
    elif isinstance(vrai, list) and len(vrai) == len(faux):
        for un, autre in zip(vrai, faux, strict=True):
            yield from find_ecarts(un, autre, chemin)
    elif vrai != faux:
        yield f"{chemin} : {vrai} {faux}"


@pytest.mark.parametrize("graine", [1, 2])
def test_rien_de_montre_ne_depend_d_un_petit_compte(demo: None, graine: int) -> None:
    savoir = load_savoir()
    changeur = Changeur(savoir.dossier.referentiel, graine)
    autres = changeur.change(savoir.cellules)
    assert changeur.changes > 50
    for dates in DATES:
        vrais, faux = show_tout(savoir.cellules, dates), show_tout(autres, dates)
        assert list(find_ecarts(vrais, faux)) == []


def test_sans_les_complements_un_total_en_depend(demo: None) -> None:
    savoir = load_savoir()
    autres = Changeur(savoir.dossier.referentiel, 1).change(savoir.cellules)
    vrais, faux = (
        show_tout(siens, DATES[0], is_entier=False) for siens in (savoir.cellules, autres)
    )
    assert [nom for nom in vrais if vrais[nom] != faux[nom]]


def test_l_etat_voit_tout_et_les_statuts_sont_les_memes(demo: None) -> None:
    savoir = load_savoir()
    vue = Vue(savoir.dossier, *DATES[0], savoir.cellules)
    gardee = vue.guard(lambda _entree: False)
    vus = caches = 0
    for indicateur in vue.dossier.referentiel.list_indicateurs():
        for code in vue.attendus:
            vrai, montre = (get_constat(v, indicateur, code) for v in (vue, gardee))
            if isinstance(vrai, Constat) and isinstance(montre, Constat):
                assert montre.statut is vrai.statut
                assert (montre.date, montre.perime_le) == (vrai.date, vrai.perime_le)
                vus += 1
                caches += montre.valeur != vrai.valeur
    assert vus > 1000
    assert caches > 50
