"""The proof of a figure, page and paper, against `quartiers constat --format json`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from tests.recette.engagement_dit import read_constats
from tests.recette.lire_page import (
    find,
    find_cases,
    find_section,
    find_tables,
    read_html,
    read_texte,
)
from tests.recette.lire_papier import PIED, read_textes
from tests.recette.lire_tables import Source, build_source
from tests.recette.memes_nombres import (
    INCONNU,
    Echelles,
    Juge,
    judge_cible,
    judge_initiale,
    judge_valeur,
)
from tests.recette.nombres_dits import (
    STATUTS,
    Case,
    Illisible,
    list_nombres,
    parse_case,
    parse_date,
    parse_statut,
    parse_sur,
    squash,
)
from tests.recette.outils import Atelier

Lire = Callable[[Atelier, dict[str, str]], None]
TETES = ("Valeur initiale", "Valeur actuelle", "Cible", "Échéance")
_CLES = re.compile(
    r"Valeur initiale (.*?) Valeur actuelle (.*?) Cible (.*?) Échéance (.*?) Périmé le (.*?)"
    r" (?:Notre lecture|La règle, dans)"
)


def judge_preuves(
    juge: Juge,
    atelier: Atelier,
    indicateurs: dict[str, list[dict[str, Any]]],
    lire: Lire,
    dates: Iterable[str],
    echelles: Echelles,
) -> int:
    """One proof per quartier, each of another kind; how many."""
    choisis = pick(indicateurs)
    adresses = {
        f"/preuves/{code}/{vu}/{fin}": f"preuve-{code}.{forme}"
        for code, vu in choisis.items()
        for fin, forme in (("", "html"), ("papier.pdf", "pdf"))
    }
    lire(atelier, adresses)
    for (code, vu), dit in read_constats(atelier, choisis.items(), dates).items():
        chemin = atelier.dossier / f"preuve-{code}.html"
        judge_preuve(juge, f"preuve {code} {vu}", chemin, dit, echelles.get(vu, []))
    return len(choisis)


def pick(indicateurs: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    """In each quartier the first principal whose genre and statut no earlier one showed."""
    vus: set[tuple[str, str]] = set()
    choisis: dict[str, str] = {}
    for code, tous in indicateurs.items():
        principaux = [vu for vu in tous if vu["principal"]]
        neufs = [vu for vu in principaux if (vu["genre"], vu["statut"]) not in vus]
        choisi = (neufs or principaux)[0]
        vus.add((choisi["genre"], choisi["statut"]))
        choisis[code] = choisi["code"]
    return choisis


def judge_preuve(
    juge: Juge, ou: str, chemin: Path, dit: dict[str, Any], echelle: list[str]
) -> None:
    """The page, then its paper."""
    page = read_html(chemin)
    texte = squash(read_texte(page))
    source = build_source("", "", dit)
    titre = squash(read_texte(find(page, ".//h1")[0]))
    statut = re.search(r"pourquoi « (.*) » \?", titre)
    if statut is None:
        raise Illisible(titre)
    juge.compare(f"{ou}, statut", parse_statut(statut.group(1))[0], source.statut)
    cases = judge_cles(juge, ou, page, source, dit, echelle)
    juge.compare(f"{ou}, raison", squash(source.raison) in texte, True)
    juge.nombres += len(list_nombres(source.raison))
    judge_suite(juge, ou, page, dit)
    judge_papier(juge, ou, chemin.with_suffix(".pdf"), cases, texte, source)


def judge_cles(
    juge: Juge, ou: str, page: Element, source: Source, dit: dict[str, Any], echelle: list[str]
) -> dict[str, Case]:
    """The four values: where from, now, where to, when."""
    ((tetes, (rangee,)),) = find_tables(page, *TETES)
    lues = [parse_case(read_texte(case)) for case in find_cases(rangee)]
    cases = dict(zip(tetes, lues, strict=True))
    detail = read_detail(page, squash(dit["libelle"]))
    actuelle = cases["Valeur actuelle"]
    cases["Valeur actuelle"] = replace(actuelle, sur=detail.sur, etape=detail.etape)
    judge_valeur(juge, f"{ou}, valeur", cases["Valeur actuelle"], source, echelle)
    juge.compare(f"{ou}, date", cases["Valeur actuelle"].jour, source.dite_le)
    judge_cible(juge, f"{ou}, cible", cases["Cible"], source, echelle)
    juge.compare(f"{ou}, échéance", cases["Échéance"].jour, source.echeance)
    judge_initiale(juge, f"{ou}, départ", cases["Valeur initiale"], source, echelle)
    return cases


def read_detail(page: Element, libelle: str) -> Case:
    """« 29 sur 41 », said under the figure, after what it measures and before its day."""
    for p in find(page, ".//p"):
        texte = squash(read_texte(p))
        if texte.startswith(libelle) and not texte.startswith(f"{libelle}."):
            return parse_case(
                f"x, {texte.removeprefix(libelle)}".replace("x,  : ", "x, ").partition(", au ")[0]
            )
    return Case("")


def judge_suite(juge: Juge, ou: str, page: Element, dit: dict[str, Any]) -> None:
    """The rule, what would change the statut, the faits."""
    regle = find_section(page, "La règle, dans l’ordre")
    lignes = [] if regle is None else find(regle, ".//ol/li")
    juge.compare(
        f"{ou}, règle",
        [
            (squash(read_texte(ligne)).removesuffix(" C’est le cas ici."), "ici" in (ligne.get("class") or ""))
            for ligne in lignes
        ],
        [
            (f"{write_mot(r['statut'])} : {squash(r['condition'])}", r["ici"])
            for r in dit["regle"]
        ],
    )  # fmt: skip
    conditions = find_tables(page, "Condition", "Statut")
    lues = [
        (squash(read_texte(cases[0])), parse_statut(read_texte(cases[1]))[0])
        for _, rangees in conditions
        for cases in map(find_cases, rangees)
    ]
    dites = [(squash(c["condition"]), c["statut"]) for c in dit["ce_qui_changerait"]]
    juge.compare(f"{ou}, ce qui changerait", lues, dites)
    juge.nombres += sum(len(list_nombres(condition)) for condition, _ in dites)
    faits = find_section(page, "Faits retenus")
    compte = parse_sur(read_texte(faits)) if faits is not None else (-1, -1)
    retenus = len(dit["faits"])
    juge.compare(f"{ou}, faits", compte, (retenus, retenus + len(dit["faits_ecartes"])))


def write_mot(statut: str) -> str:
    """The word of a code of statut."""
    return next(mot for mot, code in STATUTS.items() if code == statut)


def judge_papier(
    juge: Juge, ou: str, chemin: Path, cases: dict[str, Case], page: str, source: Source
) -> None:
    """The four values again, the day of staleness, and no number that the page does not have."""
    texte = " ".join(read_textes(chemin))
    trouve = _CLES.search(texte)
    if trouve is None:
        raise Illisible(texte[:400])
    for tete, ecrite in zip(TETES, trouve.groups(), strict=False):
        lue = parse_case(re.sub(r", au (?=\d)", " ", ecrite))
        for nom in ("texte", "jour", "sur", "etape"):
            if nom in {"texte", "jour"} or getattr(lue, nom) is not None:
                juge.compare(f"{ou}, papier, {tete}", getattr(lue, nom), getattr(cases[tete], nom))
    perime = None if trouve.group(5) == INCONNU else parse_date(trouve.group(5))
    juge.compare(f"{ou}, papier, périmé le", perime, source.perime_le)
    # Ranks of the rule are drawn by the browser; the code of the indicateur and the foot are no figures.
    corps = re.sub(r"\(e\d\d-\S+\)", "", PIED.sub("", texte))
    corps = re.sub(r"(?<!\S)\d+\. (?=[A-ZÀÉ])", "", corps)
    connus = {*list_nombres(page), *list_nombres(trouve.group(5))}
    for nombre in list_nombres(corps):
        juge.nombres += 1
        if nombre not in connus:
            juge.ecarts.append(f"{ou} : {nombre}, du papier, n’est pas sur la page")
