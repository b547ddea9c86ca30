"""A printed page as its reader sees it, by pypdfium2: columns from where letters stand, signs from what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2

from tests.recette.nombres_dits import (
    STATUTS,
    Case,
    Illisible,
    parse_case,
    parse_statut,
    parse_sur,
    squash,
)

_COUPE = re.compile("\ufffe\\s*")
MARGE, SIGNE = 0.75, 13.0
"""In points: what a letter may stand left of its head, what the column of signs takes."""
TETE_ENGAGEMENTS = "Engagement Libellé À jour Un signe par action"
TETE_ACTIONS = "Action Valeur Cible"
MOTS = "|".join(STATUTS)
PIED = re.compile(
    r"Données \S+, référentiel \S+ Page \d+ sur \d+"
    r"( Dernière écriture entrée au [^:]+ : n° \d+, [0-9a-f]{64}| Aucune écriture entrée au [^.]+\.)"
)
"""The foot of a page of paper: versions, pages, the head of the chain of writes; no figure of a quartier."""


@dataclass(frozen=True, slots=True)
class Engagement:
    """An engagement on the first page (`cause`), and as the second one repeats it (`rappel`)."""

    numero: str
    titre: str
    statut: str
    cause: str
    a_jour: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Action:
    """An action on the second page."""

    numero: str
    libelle: str
    valeur: Case
    cible: Case


@dataclass(frozen=True, slots=True)
class Papier:
    """What was read of the two pages of a quartier. `signes`: (page 1, page 2), what each sign says."""

    textes: tuple[str, ...]
    premiere: str
    engagements: list[Engagement]
    rappels: list[tuple[str, str, tuple[int, int]]]
    actions: list[Action]
    signes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lettres:
    """The letters of a page in reading order, and where each begins."""

    texte: str
    gauches: tuple[float, ...]
    largeur: float


def read_textes(chemin: Path) -> tuple[str, ...]:
    """The text of each page."""
    with pypdfium2.PdfDocument(chemin) as pdf:
        return tuple(rejoin(page.get_textpage().get_text_range()) for page in pdf)


def rejoin(texte: str) -> str:
    """A word cut at the end of a line is whole again, by its own hyphen."""
    return squash(_COUPE.sub("-", texte).replace("\u200b", ""))


def read_signes(chemin: Path) -> tuple[str, ...]:
    """What the pictures say, in the order of the tags."""
    dits: list[str] = []
    with pikepdf.open(chemin) as pdf:
        _walk(pdf.Root.StructTreeRoot.K, dits)
    return tuple(squash(dit) for dit in dits if not dit.startswith("Plan du quartier"))


def _walk(noeud: object, dits: list[str]) -> None:
    if isinstance(noeud, pikepdf.Array):
        for enfant in noeud:
            _walk(enfant, dits)
    elif isinstance(noeud, pikepdf.Dictionary):
        if "/Alt" in noeud:
            dits.append(str(noeud["/Alt"]))
        if "/K" in noeud:
            _walk(noeud["/K"], dits)


def read_papier(chemin: Path) -> Papier:
    """Both pages."""
    with pypdfium2.PdfDocument(chemin) as pdf:
        lettres = [read_lettres(page) for page in pdf]
    premiere = lettres[0]
    engagements = [
        build_engagement(rangee.cases)
        for rangee in read_rangees(premiere, TETE_ENGAGEMENTS, r"\d+\. ", "\r\nEn retard ou échu")
    ]
    rappels, actions = read_actions(lettres[1:])
    return Papier(
        textes=tuple(rejoin(page.texte) for page in lettres),
        premiere=rejoin(premiere.texte),
        engagements=engagements,
        rappels=rappels,
        actions=actions,
        signes=read_signes(chemin),
    )


def read_lettres(page: pypdfium2.PdfPage) -> Lettres:
    """Every letter of a page."""
    textes = page.get_textpage()
    nombre = textes.count_chars()
    return Lettres(
        "".join(textes.get_text_range(n, 1) for n in range(nombre)),
        tuple(textes.get_charbox(n)[0] for n in range(nombre)),
        page.get_width(),
    )


@dataclass(slots=True)
class Rangee:
    """A row of a table: what each column holds, and its whole text in reading order."""

    cases: list[str]
    texte: str = ""

    def add(self, colonne: int, signe: str) -> None:
        """One letter more."""
        self.cases[colonne] += signe
        self.texte += signe


def read_rangees(page: Lettres, tete: str, debut: str, jusqu_a: str) -> list[Rangee]:
    """The rows of a table under a head of one line, that may stand in several columns of the page.

    A letter is in the column whose head stands at its left, in the column of the page that it is in. A row
    begins at the start of a line of the first column that says `debut`.
    """
    departs = [m.start() for m in re.finditer(re.escape(tete), page.texte)]
    if not departs:
        raise Illisible(tete)
    mots = [m.start() for m in re.finditer(r"(?<!\S)[A-ZÀÉ]", tete)]
    bords = [[page.gauches[depart + rang] - MARGE for rang in mots] for depart in departs]
    for bord in bords:
        bord[0] -= SIGNE  # a name spans over the sign that stands left of the actions
    rangees: list[Rangee] = []
    colonne = 0
    for n in range(departs[0], page.texte.index(jusqu_a, departs[-1])):
        if any(d <= n < d + len(tete) for d in departs):
            continue
        if page.texte[n] not in "\r\n":
            x = page.gauches[n]
            colonne = sum(x >= b for b in [b for b in bords if b[0] <= x][-1]) - 1
            is_debut = page.texte[n - 1] == "\n" and re.match(debut, page.texte[n : n + 8])
            if is_debut and colonne == 0:
                rangees.append(Rangee([""] * len(mots)))
        if rangees:
            rangees[-1].add(colonne, page.texte[n])
    return [Rangee([rejoin(c) for c in r.cases], rejoin(r.texte)) for r in rangees]


def build_engagement(cases: list[str]) -> Engagement:
    """« 1. Titre | En retard cause | 5 sur 6 »."""
    numero, _, titre = cases[0].partition(". ")
    for mots in range(1, 5):
        tete = " ".join(cases[1].split(" ")[:mots])
        try:
            statut, _ = parse_statut(tete)
        except Illisible:
            continue
        cause = cases[1].removeprefix(tete).strip()
        return Engagement(numero, titre, statut, cause, parse_sur(cases[2]))
    raise Illisible(cases[1])


def read_actions(
    pages: list[Lettres],
) -> tuple[list[tuple[str, str, tuple[int, int]]], list[Action]]:
    """The engagements as the table repeats them, and every action."""
    rappels: list[tuple[str, str, tuple[int, int]]] = []
    actions: list[Action] = []
    for page in pages:
        for rangee in read_rangees(page, TETE_ACTIONS, r"\d+\.(\d+)? ", "\r\nVu le "):
            cases = rangee.cases
            numero, _, reste = cases[0].partition(" ")
            if not numero.endswith("."):
                actions.append(Action(numero, reste, parse_case(cases[1]), parse_case(cases[2])))
                continue
            tete = rangee.texte.removeprefix(f"{numero} ")
            trouve = re.fullmatch(rf"(.+?) ({MOTS}), (\d+ sur \d+) à jour", tete)
            if trouve is None:
                raise Illisible(tete)
            rappel = (numero[:-1], parse_statut(trouve.group(2))[0], parse_sur(trouve.group(3)))
            rappels.append(rappel)
    return rappels, actions
