"""Invented worlds of records, seeded: corrections, withdrawals, late knowledge, shares, pointages, validations.

`make_essai(seed)` gives a world, its rows and the questions to ask of it. Every row could be entered: an object
keeps what it is, a post dates nothing after the day it speaks of, nothing is known before it happened.
`python -m tests.oracle.derivation.mondes 2000` counts what the questions met.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from random import Random
from typing import Final

from tests.oracle.derivation.cadre import Calendrier, Monde, QuartierCible
from tests.oracle.derivation.carnet import TERRITOIRES
from tests.oracle.derivation.classement import count_programme
from tests.oracle.derivation.etat import Reponse
from tests.oracle.derivation.lignes import LigneBrute
from tests.oracle.derivation.referentiel import Derivation, Programme, read_programme
from tests.oracle.derivation.regard import Regard
from tests.oracle.derivation.reponse import answer, build_regard
from tests.oracle.derivation.suites import AUTOUR, QUARTIERS, add_lignes, add_suites

Question = tuple[str, str, date, date]  # indicateur, territoire, vu_le, connu_le
CADRE: Final = frozenset({"DemandeAppui", "FicheAction", "Plan", "Tableau", "Constat"})
PAR_NIVEAU: Final = {
    "Q": QUARTIERS,
    "C": ("COM-1", "COM-2", "COM-3"),
    "E": ("EPCI-1", "EPCI-2"),
    "D": ("DEP-1", "DEP-2"),
    "R": ("REG-1",),
    "N": ("FR",),
}


@dataclass(frozen=True, slots=True)
class Essai:
    """A world, its rows, the questions to ask."""

    monde: Monde
    lignes: list[LigneBrute]
    questions: list[Question]


def list_codes(programme: Programme, *, cadre: bool = False) -> list[str]:
    """The indicateurs that records feed; with the records of the frame or without them."""
    return sorted(
        indicateur.code
        for indicateur in programme.indicateurs.values()
        if any(d.de for d in indicateur.derivations)
        and not any(d.de == "Constat" for d in indicateur.derivations)
        and (cadre or not any(d.de in CADRE for d in indicateur.derivations))
    )


def make_essai(seed: int, codes: Sequence[str] = (), *, cadre: bool = False) -> Essai:
    """A world around one or two indicateurs, drawn among those given or among all."""
    de = Random(seed)  # noqa: S311
    programme = read_programme()
    permis = sorted(codes) or list_codes(programme, cadre=cadre)
    if de.random() < 0.4:
        permis = list_rares(programme, permis) or permis
    choisis = de.sample(permis, min(len(permis), de.choice((1, 2))))
    vise = date(2026, 1, 1) + timedelta(days=de.randint(-250, 330))
    foyer = choose_foyer(de, programme, choisis)
    lignes: list[LigneBrute] = []
    for code in choisis:
        for derivation in list_nourrissantes(programme, code):
            add_lignes(de, programme, derivation, vise, foyer, lignes)
    de.shuffle(lignes)
    lignes = [replace(ligne, ordre=rang) for rang, ligne in enumerate(lignes)]
    add_suites(de, lignes)
    monde = make_monde(de, lignes, foyer)
    return Essai(monde, lignes, list_questions(de, choisis, foyer, vise))


def list_rares(programme: Programme, codes: Iterable[str]) -> list[str]:
    """Those that ask a count, a filter, a window or a calendar that few others ask."""
    return [code for code in codes if is_rare(programme, code)]


@cache
def is_rare(programme: Programme, code: str) -> bool:
    """Does an indicateur ask what the whole programme asks four times at most?"""
    tables = count_programme(programme)
    for derivation in programme.indicateurs[code].derivations:
        demandes = [("filtres", filtre) for filtre in derivation.filtre]
        demandes += [
            ("comptes", str(derivation.compte)),
            ("calendriers", str(derivation.calendrier)),
        ]
        if any(0 < tables[table][nom] <= 4 for table, nom in demandes):
            return True
    return False


def choose_foyer(de: Random, programme: Programme, codes: Iterable[str]) -> str:
    """The territoire looked at first, of the level of an indicateur."""
    niveaux = [programme.indicateurs[code].niveau for code in codes]
    foyers = PAR_NIVEAU[de.choice(niveaux)]
    if foyers == ("FR",):
        foyers = ("FR", "FR", *QUARTIERS)
    return de.choice(foyers)


def list_nourrissantes(programme: Programme, code: str) -> list[Derivation]:
    """The derivations that rows may feed: those of records, the places of a product, of an activity, conventions."""
    derivations: list[Derivation] = []
    for premiere in programme.indicateurs[code].derivations:
        for derivation in (premiere, *premiere.produit):
            if derivation.de == "Territoire":
                filtre = {"genre": derivation.filtre.get("convention", ["cite_emploi"])}
                derivations.append(replace(derivation, de="Convention", filtre=filtre))
            elif derivation.de is not None and derivation.de != "Constat":
                derivations.append(derivation)
    lieux = [d for d in derivations if d.de == "Activite"]
    for derivation in lieux[:1]:
        genres = derivation.filtre.get("lieu", ["ecole", "college"])
        derivations.insert(0, replace(derivation, de="Lieu", filtre={"genre": genres}))
    actifs = [d for d in derivations if "actif_mois" in d.filtre and d.de == "Lieu"]
    return derivations + [replace(d, de="Activite", filtre={}) for d in actifs[:1]]


# ──────── World and questions ────────


def make_monde(de: Random, lignes: Iterable[LigneBrute], foyer: str) -> Monde:
    """Territoires, quartiers cibles whose perimeter changes, distances, calendars that stop or are missing."""
    quartiers = [
        QuartierCible("QC-1", "DEP-1", ("QPV-1", "QPV-2", "QRR-1"), date(2020, 1, 1), 0),
        QuartierCible("QC-2", "DEP-1", ("QPV-3", "QPV-4"), date(2020, 1, 1), 1),
    ]
    if de.random() < 0.3:
        change = date(2026, 1, 1) + timedelta(days=de.randint(-200, 300))
        quartiers.append(QuartierCible("QC-1", "DEP-1", ("QPV-1", "QRR-1"), change, 2))
    mesures: dict[tuple[str, str], Fraction] = {}
    for objet in sorted({ligne.objet for ligne in lignes if ligne.genre == "lieu"}):
        for code in ("QPV-1", "QPV-2", "QPV-3", "QPV-4", "QRR-1", foyer):
            if de.random() < 0.4 and not code.startswith(("DEP", "COM", "EPCI", "FR", "QC")):
                metres = de.choice((0, 49, 50, 51, 300, 301, 999, 1000, 1001, 5000))
                mesures[code, objet] = Fraction(metres)
    statistiques = {
        ("OD13", "population_3_11", code): Fraction(de.randint(50, 400))
        for code in QUARTIERS
        if de.random() < 0.9
    }
    return Monde(
        territoires={t.code: t for t in TERRITOIRES},
        quartiers=tuple(quartiers),
        distances=mesures,
        calendriers=make_calendriers(de),
        statistiques=statistiques,
    )


def make_calendriers(de: Random) -> dict[str, Calendrier]:
    """School calendars of 2023 to 2027, moved by a week here and there; one is missing, one stops early."""
    calendriers: dict[str, Calendrier] = {}
    for departement in ("DEP-1", "DEP-2"):
        if de.random() < 0.08:
            continue
        vacances = []
        for annee in range(2023, 2027):
            for mois, jour, duree in (
                (10, 18, 15),
                (12, 20, 15),
                (2, 14, 15),
                (4, 11, 15),
                (7, 5, 57),
            ):
                civile = annee + (1 if mois < 9 else 0)
                debut = date(civile, mois, jour) + timedelta(days=de.choice((0, 0, -1, 7)))
                fin = date(civile, 8, 31) if mois == 7 else debut + timedelta(days=duree)
                vacances.append((debut, fin))
        valide_au = date(2027, 8, 31)
        if de.random() < 0.15:
            valide_au = date(2026, 1, 1) + timedelta(days=de.randint(-100, 300))
        gardees = tuple(v for v in vacances if v[0] <= valide_au)
        calendriers[departement] = Calendrier(date(2023, 9, 1), valide_au, gardees)
    return calendriers


def list_questions(de: Random, codes: Iterable[str], foyer: str, vise: date) -> list[Question]:
    """The look aimed at, then neighbours in place, in time, in knowledge."""
    questions: list[Question] = []
    for code in codes:
        for rang in range(8):
            territoire = foyer if rang < 4 else de.choice((*QUARTIERS, *AUTOUR, foyer, foyer))
            vu_le = vise + timedelta(days=de.choice((0, 0, 1, -1, 30, 92, -60, -200, 180)))
            connu_le = vu_le + timedelta(days=de.choice((0, 0, 1, 30, 300, 300, -15)))
            questions.append((code, territoire, vu_le, connu_le))
    return questions


def ask(
    essai: Essai, question: Question, fenetre: tuple[date, date] | None = None
) -> tuple[Reponse, Regard]:
    """The answer of the oracle, and what it met. `fenetre`: the window of a dated target."""
    code, territoire, vu_le, connu_le = question
    regard = build_regard(
        essai.monde, essai.lignes, read_programme(), code, territoire, vu_le, connu_le
    )
    return answer(regard, fenetre), regard


def count_rencontres(
    graines: Iterable[int], codes: Sequence[str] = (), *, cadre: bool = False
) -> Counter[tuple[str, str]]:
    """How often each count, filter, window, calendar was met in an answer that speaks, and each silence."""
    total: Counter[tuple[str, str]] = Counter()
    for graine in graines:
        essai = make_essai(graine, codes, cadre=cadre)
        for question in essai.questions:
            reponse, regard = ask(essai, question)
            total["questions", "posées"] += 1
            total.update(("drapeau", drapeau) for drapeau in reponse.drapeaux)
            if not reponse.parle:
                total["silence", reponse.pourquoi] += 1
                continue
            total["questions", "avec une valeur"] += 1
            total["indicateur", question[0]] += 1
            total["rang", str(reponse.rang)] += 1
            total["pointage", "oui" if reponse.pointage else "non"] += 1
            total.update(set(regard.rencontres))
    return total


def main() -> None:
    """Print what was met in so many worlds."""
    nombre = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    total = count_rencontres(range(nombre), cadre=True)
    for (famille, nom), fois in sorted(total.items(), key=lambda c: (c[0][0], -c[1])):
        print(f"{famille:12} {nom:60} {fois:7}")


if __name__ == "__main__":
    main()
