"""Invented rows: the statements of an object, then what becomes of them once entered."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any, Final

from tests.oracle.derivation.invention import CONSTANTS, ETAPES_MOBILES, INVENTIONS, Inventeur
from tests.oracle.derivation.lignes import ACTES, GENRES, LigneBrute
from tests.oracle.derivation.pointages import ALIAS, FILTRES_DE_MOTS
from tests.oracle.derivation.referentiel import Derivation, Programme

QUARTIERS: Final = ("QPV-1", "QPV-2", "QPV-3", "QPV-4", "QRR-1", "QC-1", "QC-2")
AUTOUR: Final = ("COM-1", "COM-2", "COM-3", "EPCI-1", "DEP-1", "DEP-2", "FR")


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
