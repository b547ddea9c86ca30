"""Who would find a hidden count: all that was opened becomes equations, and a linear program bounds each unknown."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Var = tuple[str, str, str, str]
"""Indicateur, territoire, what is counted, the day of the fact."""
VALEUR, NUMERATEUR, DENOMINATEUR = "v", "n", "d"
FRAIS = frozenset({"non_renseigne", "perime", "sans_objet"})
TOLERANCE = 1e-6


@dataclass(slots=True)
class Attaquant:
    """What is known of each unknown: numbers read, sums of several, bounds that a statut gives."""

    connus: dict[Var, float] = field(default_factory=dict)
    inconnus: set[Var] = field(default_factory=set)
    bas: dict[Var, float] = field(default_factory=lambda: defaultdict(float))
    hauts: dict[Var, float] = field(default_factory=dict)
    sommes: list[tuple[tuple[Var, ...], float]] = field(default_factory=list)
    inegalites: list[tuple[Var, Var]] = field(default_factory=list)

    def read(self, tableaux: Mapping[str, dict[str, Any]], agregations: Mapping[str, str]) -> None:
        """All the tableaux opened at one pair of dates, by code of territoire."""
        figures = {code: list_figures(tableau) for code, tableau in tableaux.items()}
        for code, siennes in figures.items():
            for figure in siennes.values():
                if "territoires" not in figure or figure["statut"] is not None:
                    self.read_feuille(code, figure)
        for siennes in figures.values():
            for nom, figure in siennes.items():
                if "territoires" in figure and figure["statut"] is None:
                    self.read_total(figure, agregations[nom], figures)

    def read_feuille(self, code: str, figure: dict[str, Any]) -> None:
        """A figure of one territoire: what it says, or that it is hidden."""
        for quoi, champ in (
            (VALEUR, "valeur"),
            (NUMERATEUR, "numerateur"),
            (DENOMINATEUR, "denominateur"),
        ):
            var = (figure["code"], code, quoi, str(figure["date"]))
            if figure[champ] is not None:
                self.connus[var] = figure[champ]
            elif "secret" in figure["drapeaux"]:
                self.inconnus.add(var)
        if "secret" not in figure["drapeaux"]:
            return
        nom, jour = figure["code"], str(figure["date"])
        self.inegalites.append(((nom, code, NUMERATEUR, jour), (nom, code, DENOMINATEUR, jour)))
        var = (nom, code, VALEUR, jour)
        seuil = (figure["cible"] or {}).get("valeur")
        if figure["statut"] == "non_engage":
            self.hauts[var] = 0
        elif seuil is not None and figure["statut"] == "atteint":
            self.bas[var] = max(self.bas[var], seuil)
        elif seuil is not None and figure["statut"] in {
            "en_retard",
            "a_surveiller",
            "en_bonne_voie",
            "echu_non_atteint",
        }:
            self.hauts[var] = min(self.hauts.get(var, math.inf), seuil - 1)

    def read_total(
        self,
        figure: dict[str, Any],
        agregation: str,
        figures: Mapping[str, Mapping[str, Any]],
    ) -> None:
        """A total over territoires that were opened too: a sum of what they say, or of what they hide."""
        nom = figure["code"]
        membres = [
            m["code"]
            for m in figure["territoires"]
            if m["statut"] not in {"sans_objet", "non_renseigne"}
        ]
        if any(nom not in figures.get(m, {}) for m in membres):
            return
        jours = {m: str(figures[m][nom]["date"]) for m in membres}
        champs: tuple[tuple[str, str], ...] = (("valeur", VALEUR),) if agregation == "somme" else ()
        if agregation == "rapport":
            champs = (("numerateur", NUMERATEUR), ("denominateur", DENOMINATEUR))
        for champ, quoi in champs:
            if figure[champ] is not None:
                self.sommes.append(
                    (tuple((nom, m, quoi, jours[m]) for m in membres), figure[champ])
                )

    def frame(self, var: Var) -> tuple[float, float]:
        """The least and the most that an unknown may be."""
        from scipy.optimize import linprog

        rangs, lignes = self._gather(var)
        if not lignes:
            return self.bas[var], self.hauts.get(var, math.inf)
        bornes = [(self.bas[v], self.hauts.get(v)) for v in rangs]
        matrice = [[1.0 if v in inconnues else 0.0 for v in rangs] for inconnues, _ in lignes]
        cotes = [reste for _, reste in lignes]
        plus_petits = [(a, b) for a, b in self.inegalites if a in rangs and b in rangs]
        ecarts = [
            [1.0 if v == a else -1.0 if v == b else 0.0 for v in rangs] for a, b in plus_petits
        ] or None
        trouves = []
        for signe in (1.0, -1.0):
            but = [signe if v == var else 0.0 for v in rangs]
            fini = linprog(but, A_ub=ecarts, b_ub=[0.0] * len(plus_petits) or None, A_eq=matrice, b_eq=cotes, bounds=bornes)  # fmt: skip
            trouves.append(signe * fini.fun if fini.status == 0 else math.inf)
        return trouves[0], trouves[1]

    def _gather(self, var: Var) -> tuple[list[Var], list[tuple[set[Var], float]]]:
        """The unknowns tied to this one by sums, and those sums less what is known."""
        atteintes, lignes = {var}, list[tuple[set[Var], float]]()
        reste = [
            (set(s) - self.connus.keys(), total - sum(self.connus.get(v, 0) for v in s))
            for s, total in self.sommes
        ]
        reste = [(inconnues, total) for inconnues, total in reste if inconnues]
        avance = True
        while avance:
            tiennent = [ligne for ligne in reste if not atteintes.isdisjoint(ligne[0])]
            reste = [ligne for ligne in reste if atteintes.isdisjoint(ligne[0])]
            lignes += tiennent
            suite = atteintes.union(*(inconnues for inconnues, _ in tiennent))
            avance = bool(tiennent)
            atteintes = suite
        return sorted(atteintes), lignes

    def find_exact(self, var: Var) -> int | None:
        """The whole number that it can only be."""
        bas, haut = self.frame(var)
        if math.isinf(bas) or math.isinf(haut):
            return None
        premier, dernier = math.ceil(bas - TOLERANCE), math.floor(haut + TOLERANCE)
        return premier if premier == dernier else None


def list_figures(tableau: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The figures of a tableau by code of indicateur; those that it takes from elsewhere are read there."""
    tous: Iterable[dict[str, Any]] = (
        figure
        for engagement in tableau["engagements"]
        for partie in (*engagement["objectifs"], *engagement["actions"])
        for figure in partie["indicateurs"]
    )
    ailleurs = {"herite", "porte_par_la_nation"}
    return {f["code"]: f for f in tous if ailleurs.isdisjoint(f["drapeaux"])}
