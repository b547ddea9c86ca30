"""The page of a département against its paper, its JSON, and the pages of its quartiers: intervals and matrix."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.recette.lire_page import (
    Page,
    find,
    find_cases,
    find_section,
    find_tables,
    read_html,
    read_texte,
)
from tests.recette.lire_papier import PIED, read_textes
from tests.recette.memes_nombres import INCONNU, MANQUANTS, Juge, add, count_a_jour
from tests.recette.nombres_dits import (
    Illisible,
    get_decimal,
    list_nombres,
    parse_nombre,
    parse_statut,
    parse_sur,
    round_up,
    squash,
)

RIEN = "on ne sait pas"
PETIT = 20
_ENTRE = re.compile(r"entre (\S+) % et (\S+) %")
_CASE = re.compile(r"(\d+)/(\d+)")


def judge_departement(
    juge: Juge, chemin: Path, tableau: dict[str, Any], quartiers: dict[str, tuple[str, Page]]
) -> int:
    """`quartiers`: by name, the code and the page of each; how many cells of the matrix were compared."""
    page = read_html(chemin)
    texte = squash(read_texte(page))
    textes = read_textes(chemin.with_suffix(".pdf"))
    papier = " ".join(textes)
    ((_, rangees),) = find_tables(page, "Engagement", "0 100 %", "Atteint", "À jour")
    for rangee, vu in zip(rangees, tableau["engagements"], strict=True):
        titre, _, phrase, a_jour = (squash(read_texte(c)) for c in find_cases(rangee)[:4])
        ou = f"{chemin.stem}, {titre}"
        judge_intervalle(juge, ou, phrase, vu)
        juge.compare(f"{ou}, à jour", parse_sur(a_jour), count_a_jour(vu["statuts"]))
        ligne = f"{titre} {phrase} {a_jour.removesuffix(' (trop peu)')} "
        juge.compare(f"{ou}, papier", ligne in papier, True)
    cases = judge_matrice(juge, chemin.stem, page, textes[-1], quartiers)
    decider = find_section(page, "À décider")
    dit = re.search(r"À décider · (\d+) action", texte)
    lignes = [] if decider is None else find(decider, ".//li")
    juge.compare(f"{chemin.stem}, à décider", int(dit.group(1)) if dit else 0, len(lignes))
    judge_inclus(juge, chemin.stem, texte, papier)
    return cases


def judge_intervalle(juge: Juge, ou: str, phrase: str, vu: dict[str, Any]) -> None:
    """Both bounds, from the counts of the JSON; its own bounds to six decimals."""
    statuts: dict[str, int] = vu["statuts"]
    jugeables = count_a_jour(statuts)[1] - statuts.get("sans_cible", 0)
    atteints = statuts.get("atteint", 0)
    bornes = (atteints, atteints + add(statuts, MANQUANTS))
    for nom, borne in zip(("taux_min", "taux_max"), bornes, strict=True):
        exacte = get_decimal(Fraction(borne, jugeables)) if jugeables else None
        lue = None if vu[nom] is None else get_decimal(Fraction(vu[nom]))
        juge.compare(f"{ou}, {nom}", lue and Fraction(lue), exacte and Fraction(exacte))
    if phrase in {INCONNU, RIEN}:
        juge.compare(f"{ou}, rien n’est su", count_a_jour(statuts)[0] == 0 or not jugeables, True)
        juge.inconnus += 1
        return
    if jugeables < PETIT:
        lus = re.fullmatch(r"(\d+)(?: à (\d+))? sur (\d+)", phrase)
        dits = None if lus is None else (int(lus[1]), int(lus[2] or lus[1]), int(lus[3]))
        juge.compare(f"{ou}, intervalle", dits, (*bornes, jugeables))
        return
    entre = _ENTRE.fullmatch(phrase)
    ecrites = entre.groups() if entre else (phrase.removesuffix(" %"),) * 2
    for ecrite, borne in zip(ecrites, bornes, strict=True):
        judge_part(juge, f"{ou}, intervalle", ecrite, Fraction(100 * borne, jugeables))


def judge_part(juge: Juge, ou: str, texte: str, exact: Fraction) -> None:
    """A whole percentage; nearly all is not all, nearly nothing not nothing."""
    nombre = parse_nombre(texte)
    juge.nombres += 1
    is_entier = nombre.valeur == round_up(exact, 0) and (
        nombre.valeur == exact or nombre.valeur not in {0, 100}
    )
    if not (is_entier if not nombre.decimales else nombre.is_rendu_de(exact, 1)):
        juge.ecarts.append(f"{ou} : {texte} pour {get_decimal(exact)}")


def judge_matrice(
    juge: Juge, ou: str, page: Any, papier: str, quartiers: dict[str, tuple[str, Page]]
) -> int:
    """Each cell against the page of its quartier, then against the paper, in the same order."""
    table = next(t for t in find(page, ".//table") if "matrice" in (t.get("class") or ""))
    lues: list[tuple[int, int]] = []
    noms = []
    for rangee in find(table, "./tbody/tr"):
        tete, *cases = find_cases(rangee)
        nom = squash(read_texte(find(tete, ".//a")[0]))
        noms.append(nom)
        _, dite = quartiers[nom]
        for case, engagement in zip(cases, dite.engagements, strict=True):
            dit = re.match(r"(.*), (\d+ sur \d+) à jour", squash(read_texte(case)))
            if dit is None:
                raise Illisible(squash(read_texte(case)))
            place = f"{ou}, {nom}, engagement {engagement.numero}"
            juge.compare(f"{place}, statut", parse_statut(dit[1])[0], engagement.statut)
            juge.compare(f"{place}, à jour", parse_sur(dit[2]), engagement.a_jour)
            court = _CASE.findall(squash(read_texte(case)))
            juge.compare(f"{place}, en court", court, [tuple(map(str, engagement.a_jour))])
            lues.append(parse_sur(dit[2]))
        part, _, sur = squash(read_texte(find(tete, ".//span[@class='su']")[0])).partition(" % ")
        judge_part(juge, f"{ou}, {nom}, à jour", part, 100 * Fraction(*dite.a_jour))
        juge.compare(f"{ou}, {nom}, à jour", parse_sur(sur), dite.a_jour)
    juge.compare(f"{ou}, quartiers de la matrice", sorted(noms), sorted(quartiers))
    _, _, corps = papier.partition(" À jour ")
    imprimees = [(int(a), int(b)) for a, b in _CASE.findall(corps)]
    juge.compare(f"{ou}, matrice du papier", imprimees, lues)
    juge.nombres += 2 * len(lues)
    return len(lues)


def judge_inclus(juge: Juge, ou: str, page: str, papier: str) -> None:
    """Whatever its place, a number of the paper is on the page."""
    connus = set(list_nombres(page))
    corps = PIED.sub("", papier)
    # « 8.2 »: the place of the action in the annex, that the page tells by its words.
    corps = re.sub(r" : \d+\.\d+ ", " : ", corps)
    for nombre in list_nombres(corps):
        juge.nombres += 1
        if nombre not in connus:
            juge.ecarts.append(f"{ou} : {nombre}, du papier, n’est pas sur la page")
