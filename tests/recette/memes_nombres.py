"""Judges whether two outputs say the same: every number compared is counted, every difference is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from tests.recette import lire_page, lire_papier
from tests.recette.lire_tables import Source
from tests.recette.nombres_dits import (
    OPERATEURS,
    STATUTS,
    Case,
    get_decimal,
    get_unite,
    list_nombres,
    parse_case,
    parse_nombre,
    parse_quantite,
    squash,
)

INCONNU = "—"
SANS_CIBLE_DITE = ("non_renseigne", "perime", "sans_objet")
"""Statuts whose reason has no target to tell."""
A_FIXER = "à fixer"
DEDANS = "dans le périmètre"
TARDIFS = ("en_retard", "echu_non_atteint")
ACQUIS = ("atteint", "en_bonne_voie")
A_AVANCER = ("a_surveiller", "non_engage", *TARDIFS)
MANQUANTS = ("perime", "non_renseigne")
FAMILLES = {
    "Acquis ou en chemin": ACQUIS,
    "À faire avancer": A_AVANCER,
    "On ne peut pas encore dire": ("sans_cible", *MANQUANTS),
    "Hors champ": ("sans_objet",),
}
Echelles = dict[str, list[str]]


@dataclass(slots=True)
class Juge:
    """What was compared, and what differs."""

    nombres: int = 0
    inconnus: int = 0
    mots: int = 0
    ecarts: list[str] = field(default_factory=list)

    def compare(self, ou: str, lu: object, dit: object) -> None:
        """Two readings of one thing. A number or a day is counted as such, anything else is a word."""
        if lu != dit:
            self.ecarts.append(f"{ou} : {lu} et {dit}")
        if isinstance(dit, int | Fraction | date) and not isinstance(dit, bool):
            self.nombres += 1
        elif isinstance(dit, tuple):
            self.nombres += len(dit)
        elif dit is not None:
            self.mots += 1

    def judge_nombre(self, ou: str, texte: str, exact: Fraction, unite: str) -> None:
        """« 70,7 % » against 29/41: rounded half up, never whole when it is not."""
        nombre, dite = parse_quantite(texte)
        self.nombres += 1
        if not nombre.is_rendu_de(exact, 1 if unite == "%" else 2):
            self.ecarts.append(f"{ou} : {texte} pour {get_decimal(exact)}")
        self.compare(f"{ou}, unité", get_unite(dite), get_unite(unite))


def judge_tables(juge: Juge, code: str, dits: list[Source], forme: str, lus: list[Source]) -> None:
    """A table against the JSON, row by row, in the same order: nothing more, nothing less."""
    juge.compare(
        f"{code}.{forme}, lignes",
        [(s.place, s.code) for s in lus],
        [(s.place, s.code) for s in dits],
    )
    for lu, dit in zip(lus, dits, strict=False):
        ou = f"{code}.{forme}, {dit.code}"
        for nom in ("valeur", "cible", "echeance", "dite_le", "perime_le", "couverture"):
            juge.compare(f"{ou}, {nom}", getattr(lu, nom), getattr(dit, nom))
        for nom in ("statut", "unite"):
            juge.compare(f"{ou}, {nom}", getattr(lu, nom), getattr(dit, nom))
        juge.compare(f"{ou}, raison", squash(lu.raison), squash(dit.raison))


def judge_ligne(
    juge: Juge, ou: str, ligne: lire_page.Ligne, source: Source, echelle: list[str], vu_le: date
) -> None:
    """A row of the page against what a file says of that indicateur."""
    juge.compare(f"{ou}, statut", ligne.statut, source.statut)
    judge_valeur(juge, f"{ou}, valeur", ligne.valeur, source, echelle)
    if ligne.cible is None or ligne.echeance is None or ligne.initiale is None:
        return
    judge_perime(juge, f"{ou}, périme le", ligne.perime, source, vu_le)
    judge_initiale(juge, f"{ou}, valeur initiale", ligne.initiale, source, echelle)
    juge.compare(f"{ou}, date", ligne.valeur.jour, source.dite_le)
    judge_cible(juge, f"{ou}, cible", ligne.cible, source, echelle)
    if ligne.echeance.jour is None:
        juge.compare(f"{ou}, échéance", ligne.echeance.texte, INCONNU)
    juge.compare(f"{ou}, échéance", ligne.echeance.jour, source.echeance)


def judge_valeur(juge: Juge, ou: str, case: Case, source: Source, echelle: list[str]) -> None:
    """Unknown is unknown on both sides; a step by its name; a share by its parts when both are told."""
    if case.texte == INCONNU or source.valeur is None:
        juge.compare(ou, None if case.texte == INCONNU else case.texte, source.valeur)
        juge.inconnus += 1
        return
    if echelle:
        juge.compare(ou, case.texte, squash(echelle[int(source.valeur)]))
        if case.etape is not None:
            juge.compare(f"{ou}, étape", case.etape, (int(source.valeur), len(echelle) - 1))
        return
    exact = source.valeur
    if source.sur is not None and source.unite == "%":
        exact = 100 * source.sur[0] / source.sur[1]
    juge.judge_nombre(ou, case.texte, exact, source.unite)
    # The sentence that gives the reason is written elsewhere: it must round as the cell does.
    juge.compare(f"{ou}, dite dans la raison", case.texte in squash(source.raison), True)
    if source.sur is not None and case.jour is not None:  # the short list gives the value alone
        juge.compare(f"{ou}, sur", case.sur, source.sur)


def judge_cible(juge: Juge, ou: str, case: Case, source: Source, echelle: list[str]) -> None:
    """« au moins 6 postes », the name of a step, « à fixer »."""
    if case.texte == A_FIXER or source.cible is None:
        juge.compare(ou, None if case.texte == A_FIXER else case.texte, source.cible)
        return
    if echelle:
        juge.compare(ou, case.texte, squash(echelle[int(source.cible)]))
        return
    operateur = next((mot for mot in OPERATEURS if case.texte.startswith(mot)), "")
    if source.operateur is not None:
        juge.compare(f"{ou}, sens", OPERATEURS.get(operateur), source.operateur)
    juge.judge_nombre(ou, case.texte.removeprefix(operateur).strip(), source.cible, source.unite)
    if source.statut not in SANS_CIBLE_DITE:
        juge.compare(f"{ou}, dite dans la raison", case.texte in squash(source.raison), True)


def judge_initiale(juge: Juge, ou: str, case: Case, source: Source, echelle: list[str]) -> None:
    """Where the plan starts from, and its day; unknown when no plan says it. Only the JSON tells it."""
    if source.has_cible is None:
        return
    if case.texte == INCONNU or source.base is None:
        juge.compare(ou, None if case.texte == INCONNU else case.texte, source.base)
        juge.inconnus += 1
        return
    juge.compare(f"{ou}, jour", case.jour, source.base_date)
    if echelle:
        juge.compare(ou, case.texte, squash(echelle[int(source.base)]))
        return
    juge.judge_nombre(ou, case.texte, source.base, source.unite)


def judge_perime(juge: Juge, ou: str, texte: str, source: Source, vu_le: date) -> None:
    """« 28 janv. 2027 », « depuis le 8 juil. 2026 » once it has come, « ne périme pas », or unknown."""
    if source.valeur is None:
        juge.compare(ou, None if texte == INCONNU else texte, source.valeur)
    elif source.perime_le is None:
        juge.compare(ou, texte, "ne périme pas")
    else:
        juge.compare(ou, parse_case(texte).jour, source.perime_le)
        venu = source.perime_le <= vu_le
        juge.compare(f"{ou}, venu", texte.startswith("depuis le "), venu)


def judge_courtes(juge: Juge, code: str, page: lire_page.Page) -> None:
    """The short list of the quartier against the pages of its engagements, action by action, in their order."""
    juge.compare(
        f"{code}, actions de la liste",
        [courte.numero for courte in page.courtes],
        [ligne.numero for ligne in page.principales],
    )
    for courte, ligne in zip(page.courtes, page.principales, strict=False):
        ou = f"{code}, liste {ligne.numero}"
        juge.compare(
            f"{ou}, statut", (courte.statut, courte.drapeaux), (ligne.statut, ligne.drapeaux)
        )
        for nom in ("texte", "sur", "etape", "jour"):
            juge.compare(f"{ou}, valeur", *(_get(c.valeur, nom) for c in (courte, ligne)))
        juge.compare(f"{ou}, cible", courte.cible, ligne.cible)


def judge_papier(juge: Juge, code: str, page: lire_page.Page, papier: lire_papier.Papier) -> None:
    """The paper against the page, both ways: the same engagements and actions, each number, each sign."""
    lus = {a.numero: a for a in papier.actions}
    juge.compare(f"{code}, actions du papier", list(lus), [p.numero for p in page.principales])
    juge.compare(f"{code}, actions du papier", len(papier.actions), len(page.principales))
    for ligne in page.principales:
        if (
            (action := lus.get(ligne.numero)) is None
            or ligne.cible is None
            or ligne.echeance is None
        ):
            continue
        ou = f"{code}, papier {ligne.numero}"
        for nom in ("texte", "sur", "etape", "jour"):
            juge.compare(
                f"{ou}, valeur", *(_get(case, nom) for case in (action.valeur, ligne.valeur))
            )
        juge.compare(f"{ou}, cible", action.cible.texte, ligne.cible.texte)
        juge.compare(f"{ou}, échéance", action.cible.jour, ligne.echeance.jour)
        juge.compare(f"{ou}, échéance", action.cible.premier_jour, ligne.echeance.premier_jour)
    judge_engagements_papier(juge, code, page, papier)
    dits = [a for e in page.engagements for a in e.actions]
    numeros = [p.numero for p in page.principales]
    mots = {p.numero: write_signe(p) for p in page.principales}
    juge.compare(
        f"{code}, signes de la première page",
        list(papier.signes[: len(dits)]),
        [f"{n} {dit}" for n, dit in zip(numeros, dits, strict=True)],
    )
    for numero, lu, dit in zip(numeros, papier.signes[len(dits) :], dits, strict=True):
        juge.compare(f"{code}, second signe de {numero}", lu.lower(), mots[numero])
        juge.compare(f"{code}, signe de {numero}", dit.lower().endswith(f" : {mots[numero]}"), True)
    judge_inclus(juge, code, page, papier)


def _get(case: Case, nom: str) -> object:
    """A number as a number, so that it is counted as one."""
    valeur: object = getattr(case, nom)
    if nom == "texte" and valeur == INCONNU:
        return None
    return valeur


def write_signe(ligne: lire_page.Ligne) -> str:
    """What a sign should say, from the row of the page."""
    mot = next(m for m, code in STATUTS.items() if code == ligne.statut).lower()
    return f"{mot} ({ligne.drapeaux})" if ligne.drapeaux else mot


def judge_engagements_papier(
    juge: Juge, code: str, page: lire_page.Page, papier: lire_papier.Papier
) -> None:
    """Labels and « n sur m » on both pages of the paper; the first page's counts."""
    for lu, dit in zip(papier.engagements, page.engagements, strict=False):
        ou = f"{code}, papier, engagement {dit.numero}"
        for nom in ("numero", "titre", "statut", "cause", "a_jour"):
            juge.compare(f"{ou}, {nom}", getattr(lu, nom), getattr(dit, nom))
    juge.compare(f"{code}, engagements", len(papier.engagements), len(page.engagements))
    dits = {e.numero: (e.statut, e.a_jour) for e in page.engagements}
    for numero, statut, a_jour in papier.rappels:
        juge.compare(
            f"{code}, papier, rappel {numero}",
            (statut, *a_jour),
            (dits[numero][0], *dits[numero][1]),
        )
    juge.compare(f"{code}, rappels", {r[0] for r in papier.rappels}, set(dits))
    juge.compare(f"{code}, phrase du papier", page.phrase in papier.premiere, True)
    for famille, total in page.familles.items():
        juge.compare(f"{code}, papier, {famille}", f"{famille} : {total} " in papier.premiere, True)
    for declarant, nombre in page.attendus.items():
        pluriel = "s" if nombre > 1 else ""
        dit_papier = f"{declarant}, {nombre} action{pluriel} à renseigner"
        seul = nombre == 1 and f" {declarant}" in read_seuls(papier.premiere)
        juge.compare(f"{code}, papier, {declarant}", seul or dit_papier in papier.premiere, True)


def read_seuls(premiere: str) -> str:
    """Those of whom one action is awaited, when they share a line of the paper."""
    _, _, suite = premiere.partition("Une action à renseigner chacun :")
    return suite.partition(" Lire ce document")[0]


def judge_inclus(juge: Juge, code: str, page: lire_page.Page, papier: lire_papier.Papier) -> None:
    """Whatever its place, a number of the paper is on the page; the foot says pages and versions, not figures."""
    connus = set(list_nombres(page.texte))
    for texte in papier.textes:
        corps = lire_papier.PIED.sub("", texte)
        for nombre in list_nombres(corps):
            juge.nombres += 1
            if nombre not in connus:
                juge.ecarts.append(f"{code} : {nombre}, du papier, n’est pas sur la page")


def judge_comptes(juge: Juge, code: str, page: lire_page.Page, tableau: dict[str, Any]) -> None:
    """Counts, totals, sentence and engagements of the page against the JSON."""
    statuts: dict[str, int] = tableau["statuts"]
    for statut, nombre in page.comptes.items():
        juge.compare(f"{code}, {statut}", nombre, statuts.get(statut, 0))
    juge.compare(f"{code}, statuts montrés", set(statuts) <= set(page.comptes), True)
    for famille, membres in FAMILLES.items():
        juge.compare(f"{code}, {famille}", page.familles.get(famille), add(statuts, membres))
    juge.compare(f"{code}, à jour", page.a_jour, count_a_jour(statuts))
    judge_couverture(juge, code, page.a_jour, tableau)
    judge_phrase(juge, code, page.phrase, statuts)
    for lu, dit in zip(page.engagements, tableau["engagements"], strict=True):
        ou = f"{code}, engagement {lu.numero}"
        juge.compare(f"{ou}, statut", lu.statut, dit["statut"] or "donnees_insuffisantes")
        juge.compare(f"{ou}, cause", lu.cause, squash(dit["cause"] or ""))
        juge.compare(f"{ou}, à jour", lu.a_jour, count_a_jour(dit["statuts"]))
        judge_couverture(juge, ou, lu.a_jour, dit)
    tardifs = [
        action
        for engagement in tableau["engagements"]
        for action in engagement["actions"]
        if action["statut"] in TARDIFS
    ]
    juge.compare(
        f"{code}, actions tardives",
        [(t.libelle, t.statut, t.raison) for t in page.tardives],
        [(a["libelle"], a["statut"], squash(a["indicateurs"][0]["raison"])) for a in tardifs],
    )
    juge.compare(f"{code}, nombre de tardives", len(page.tardives), add(statuts, TARDIFS))


def add(statuts: dict[str, int], membres: tuple[str, ...]) -> int:
    """How many stand in these statuts."""
    return sum(statuts.get(m, 0) for m in membres)


def count_a_jour(statuts: dict[str, int]) -> tuple[int, int]:
    """(told and fresh, applicable)."""
    applicables = sum(statuts.values()) - statuts.get("sans_objet", 0)
    return applicables - add(statuts, MANQUANTS), applicables


def judge_couverture(juge: Juge, ou: str, a_jour: tuple[int, int], dit: dict[str, Any]) -> None:
    """« 47 sur 59 » is the coverage of the JSON, to six decimals."""
    couverture = None if not a_jour[1] else get_decimal(Fraction(*a_jour))
    lue = None if dit["couverture"] is None else get_decimal(Fraction(dit["couverture"]))
    juge.compare(
        f"{ou}, couverture",
        None if couverture is None else Fraction(couverture),
        None if lue is None else Fraction(lue),
    )


def judge_phrase(juge: Juge, code: str, phrase: str, statuts: dict[str, int]) -> None:
    """The sentence that opens the page, number by number; of what nobody told, nothing is denied."""
    a_jour, applicables = count_a_jour(statuts)
    if applicables and not a_jour:
        judge_muette(juge, code, phrase, applicables)
        return
    motifs = {
        r"(\d+|Aucune) actions? (?:sur|renseignée)": add(statuts, ACQUIS),
        r"actions? sur (\d+)": applicables,
        r"(\d+|Aucune)(?: de celles que l’on connaît)?(?: n’est| sont| est) à faire avancer": add(
            statuts, A_AVANCER
        ),
        r"dont (\d+) en retard": add(statuts, TARDIFS),
        r"[Pp]our (\d+), l’information manque": add(statuts, MANQUANTS),
        r"(\d+) n’(?:ont|a) pas encore de cible": add(statuts, ("sans_cible",)),
    }
    inconnus = a_jour < applicables
    if inconnus and not add(statuts, ACQUIS):
        del motifs[r"actions? sur (\d+)"]
        juge.compare(f"{code}, phrase", "Aucune action sur" in phrase, False)
    if inconnus and not add(statuts, A_AVANCER):
        juge.compare(f"{code}, phrase", "Aucune n’est à faire" in phrase, False)
    lus = 0
    for motif, nombre in motifs.items():
        trouve = re.search(motif, phrase)
        dit = 0 if trouve is None or trouve.group(1) == "Aucune" else int(trouve.group(1))
        lus += trouve is not None and trouve.group(1) != "Aucune"
        juge.compare(f"{code}, phrase « {motif} »", dit, nombre)
    juge.compare(f"{code}, nombres de la phrase", len(list_nombres(phrase)), lus)


def judge_muette(juge: Juge, code: str, phrase: str, applicables: int) -> None:
    """« On ne peut rien dire de ces 7 actions. »: that number, and no other."""
    trouve = re.match(r"On ne peut rien dire de (?:ces (\d+) actions|cette action)\.", phrase)
    dit = None if trouve is None else int(trouve.group(1) or 1)
    juge.compare(f"{code}, phrase muette", dit, applicables)
    juge.compare(f"{code}, nombres de la phrase", len(list_nombres(phrase)), int(applicables > 1))


def judge_distances(
    juge: Juge, code: str, page: lire_page.Page, faits: list[dict[str, Any]]
) -> int:
    """Every place of the map against the faits of `constat`: its metres, or that it stands inside; how many metres."""
    distances = {
        fait["libelle"]: fait["distance_m"]
        for fait in faits
        if "objet" in fait and fait["remplace_le"] is None
    }
    metres = 0
    for nom, texte in page.distances:
        ou = f"{code}, distance de {nom}"
        juge.compare(f"{ou}, lieu connu", nom in distances, True)
        dite = distances.get(nom)
        if texte[:1].isdigit():
            metres += 1
            lue = parse_nombre(texte.removesuffix(" m")).valeur
            juge.compare(ou, lue, None if dite is None else Fraction(round(dite)))
        else:
            juge.compare(f"{ou}, dedans", (texte, not dite), (DEDANS, True))
    return metres
