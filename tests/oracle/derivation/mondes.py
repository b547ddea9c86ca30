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
from typing import Any, Final

from tests.oracle.derivation.cadre import Calendrier, Monde, QuartierCible
from tests.oracle.derivation.carnet import TERRITOIRES
from tests.oracle.derivation.classement import count_programme
from tests.oracle.derivation.etat import Reponse
from tests.oracle.derivation.invention import CONSTANTS, ETAPES_MOBILES, INVENTIONS, Inventeur
from tests.oracle.derivation.lignes import ACTES, GENRES, LigneBrute
from tests.oracle.derivation.pointages import ALIAS, FILTRES_DE_MOTS
from tests.oracle.derivation.referentiel import Derivation, Programme, read_programme
from tests.oracle.derivation.regard import Regard
from tests.oracle.derivation.reponse import answer, build_regard

Question = tuple[str, str, date, date]  # indicateur, territoire, vu_le, connu_le
CADRE: Final = frozenset({"DemandeAppui", "FicheAction", "Plan", "Tableau", "Constat"})
QUARTIERS: Final = ("QPV-1", "QPV-2", "QPV-3", "QPV-4", "QRR-1", "QC-1", "QC-2")
AUTOUR: Final = ("COM-1", "COM-2", "COM-3", "EPCI-1", "DEP-1", "DEP-2", "FR")
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


# ──────── Rows ────────


def add_lignes(
    de: Random,
    programme: Programme,
    derivation: Derivation,
    vise: date,
    foyer: str,
    lignes: list[LigneBrute],
) -> None:
    """One to four objects for a derivation, and at times a pointage."""
    lieux = sorted({ligne.objet for ligne in lignes if ligne.genre == "lieu"})
    inventeur = Inventeur(de, programme, derivation, vise, lieux)
    for _ in range(de.choice((0, 1, 2, 2, 3, 4))):
        add_objet(inventeur, foyer, lignes)
    if inventeur.has_chance(0.3):
        add_pointage(inventeur, foyer, lignes)


def add_objet(inventeur: Inventeur, foyer: str, lignes: list[LigneBrute]) -> None:
    """One object: one act, or the one to four statements of a state."""
    de, derivation = inventeur.de, inventeur.derivation
    genre = GENRES[str(derivation.de)]
    objet = f"{genre}-{len(lignes)}"
    situe, dessert = choose_liens(inventeur, foyer)
    jours = sorted({inventeur.choose_jour() for _ in range(de.choice((1, 1, 2, 3, 4)))})
    if genre in ACTES:
        jours = jours[:1]
    constants: dict[str, Any] = {}
    precedents: dict[str, Any] = {}
    for le in jours:
        champs = INVENTIONS[str(derivation.de)](inventeur, le)
        fixes = [
            nom
            for nom in CONSTANTS
            if nom in champs and not (nom == "etape" and derivation.de in ETAPES_MOBILES)
        ]
        constants = constants or {nom: champs[nom] for nom in fixes}
        champs = {**champs, **constants}
        if precedents and inventeur.has_chance(0.3) and genre not in {"poste", "cohorte"}:
            champs = precedents  # the same content, told again
        elif precedents and inventeur.has_chance(0.4):
            champs = keep_dates(precedents, champs, le)
        if genre != "cohorte" and inventeur.has_chance(0.1):
            situe, dessert = choose_liens(inventeur, foyer)
        lignes.append(
            LigneBrute(
                genre=genre,
                objet=objet,
                le=le,
                connu_le=choose_connu(de, le),
                ordre=0,
                situe=situe,
                dessert=dessert,
                champs=champs,
                validation=de.choice(("soumis", "valide", "valide")),
            )
        )
        precedents = champs


def keep_dates(avant: dict[str, Any], champs: dict[str, Any], le: date) -> dict[str, Any]:
    """A later statement often repeats the starts that the one before said."""
    gardes = {
        nom: valeur
        for nom, valeur in avant.items()
        if isinstance(valeur, date)
        and valeur <= le
        and nom.endswith(("depuis", "debut", "ouvert", "creee"))
    }
    suite = {**champs, **gardes}
    for debut, fin in (("debut", "fin"), ("ouvert", "ferme"), ("creee", "fin")):
        if suite.get(debut) and suite.get(fin) and suite[fin] < suite[debut]:
            suite[fin] = None
    for nom in ("finance", "actif", "mobilisable"):
        debut, fin = f"{nom}_depuis", f"{nom}_jusqu_au"
        if suite.get(fin) and (not suite.get(debut) or suite[fin] < suite[debut]):
            suite[fin] = None
    if suite.get("etp_pourvu") and not suite.get("pourvu_depuis"):
        suite["etp_pourvu"] = None
    return suite


def choose_connu(de: Random, le: date) -> date:
    """Never before the day spoken of: soon after, or much later."""
    return le + timedelta(days=de.choice((0, 0, 0, 1, 3, 30, 200)))


def choose_liens(
    inventeur: Inventeur, foyer: str
) -> tuple[dict[str, Fraction | None], dict[str, Fraction | None]]:
    """One to three territoires, with shares for all, for some, or for none; situated, served, or both."""
    de = inventeur.de
    proches = {"QC-1": ("QPV-1", "QPV-2", "QRR-1"), "QC-2": ("QPV-3", "QPV-4")}.get(foyer, (foyer,))
    codes = [de.choice(proches)] if inventeur.has_chance(0.75) else [de.choice(QUARTIERS[:5])]
    codes += [
        de.choice(QUARTIERS if inventeur.has_chance(0.75) else AUTOUR)
        for _ in range(de.choice((0, 0, 1, 2)))
    ]
    codes = list(dict.fromkeys(codes))
    parts: list[Fraction | None] = [None] * len(codes)
    if inventeur.has_chance(0.4):
        entier = Fraction(1)
        parts = [entier / (len(codes) + de.choice((0, 0, 1))) for _ in codes]
        if inventeur.has_chance(0.15):
            parts[0] = None
    liens = dict(zip(codes, parts, strict=True))
    mesuree = inventeur.derivation.portee in {"A", "AB", "illimitee"}
    situes = {code for code in codes if inventeur.has_chance(0.7 if mesuree else 0.3)}
    return (
        {code: part for code, part in liens.items() if code in situes},
        {code: part for code, part in liens.items() if code not in situes},
    )


def add_pointage(inventeur: Inventeur, foyer: str, lignes: list[LigneBrute]) -> None:
    """« All was recorded »: with or without words, on the quartier or on what holds it."""
    de, derivation = inventeur.de, inventeur.derivation
    noms = {filtre: champ for champ, filtre in ALIAS.items()}
    mots: list[str] = []
    for filtre in de.sample(sorted(derivation.filtre), min(2, len(derivation.filtre))):
        if filtre in FILTRES_DE_MOTS and inventeur.has_chance(0.5):
            demandes = list(derivation.filtre[filtre])
            if inventeur.has_chance(0.3):
                demandes = demandes[1:] or [*demandes, "autre"]
            mots += [f"{noms.get(filtre, filtre)}={mot}" for mot in demandes]
    le = inventeur.choose_jour()
    ou = foyer if inventeur.has_chance(0.6) else de.choice(("DEP-1", "COM-1", "EPCI-1", "FR"))
    lignes.append(
        LigneBrute(
            genre="pointage",
            objet=f"pointage-{len(lignes)}",
            le=le,
            connu_le=choose_connu(de, le),
            ordre=0,
            dessert={ou: None},
            champs={"genre": GENRES[str(derivation.de)], "mot": tuple(mots)},
            validation=de.choice(("soumis", "valide")),
        )
    )


def add_suites(de: Random, lignes: list[LigneBrute]) -> None:
    """What becomes of rows once entered: corrected, validated, rejected, withdrawn, said again, kept as drafts."""
    for ligne in list(lignes):
        courante = ligne
        for _ in range(de.choice((0, 0, 0, 1, 1, 2))):
            courante = add_suite(de, lignes, courante)


def add_suite(de: Random, lignes: list[LigneBrute], ligne: LigneBrute) -> LigneBrute:
    """One more row about the same object and day, known the same day, later, or (an archive) earlier."""
    ecart = de.choice((0, 1, 10, 60, 200, -1, -20))
    connu_le = max(ligne.le, ligne.connu_le + timedelta(days=ecart))
    autre = replace(ligne, ordre=len(lignes), connu_le=connu_le)
    match de.choice(("corrige", "corrige", "valide", "rejete", "retire", "brouillon", "deplace")):
        case "corrige":
            autre = replace(autre, champs=alter_champs(de, ligne), validation="soumis")
        case "valide":
            autre = replace(autre, validation="valide")
        case "rejete":
            autre = replace(autre, validation="rejete", connu_le=max(connu_le, ligne.connu_le))
        case "retire":
            autre = replace(autre, retrait=True, validation="soumis")
        case "brouillon":
            autre = replace(autre, champs=alter_champs(de, ligne), validation="brouillon")
        case "deplace" if ligne.genre in ACTES and ligne.genre != "activite":
            le = ligne.le + timedelta(days=de.choice((1, 7, 40)))
            autre = replace(autre, le=le, connu_le=max(le, connu_le))
    lignes.append(autre)
    return autre if autre.validation in {"soumis", "valide"} else ligne


def alter_champs(de: Random, ligne: LigneBrute) -> dict[str, Any]:
    """The same fields with another number, another yes, or one of them left out."""
    champs = dict(ligne.champs)
    noms = [
        nom
        for nom, valeur in champs.items()
        if isinstance(valeur, bool | int | Fraction) and nom not in {"etp_finance", "n"}
    ]
    if ligne.genre == "cohorte":
        champs["n"] = champs["n"] + de.choice((0, 1, 5))
    for nom in de.sample(noms, min(len(noms), 2)):
        valeur = champs[nom]
        if isinstance(valeur, bool):
            champs[nom] = not valeur
        elif de.random() < 0.3:
            champs[nom] = None
        elif nom not in {"etp_pourvu", "etape"}:
            champs[nom] = valeur + 1
    return champs


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


def ask(essai: Essai, question: Question) -> tuple[Reponse, Regard]:
    """The answer of the oracle, and what it met."""
    code, territoire, vu_le, connu_le = question
    regard = build_regard(
        essai.monde, essai.lignes, read_programme(), code, territoire, vu_le, connu_le
    )
    return answer(regard), regard


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
