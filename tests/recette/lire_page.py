"""A page as its reader sees it, from its HTML: texts, tables by their heads, pictures by their words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from tests.recette.nombres_dits import (
    Case,
    Illisible,
    parse_case,
    parse_statut,
    parse_sur,
    squash,
)

VIDES = frozenset(
    {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
)


@dataclass(frozen=True, slots=True)
class Ligne:
    """An indicateur on the page. `numero` is that of its action; only a principal one shows its target."""

    numero: str
    libelle: str
    statut: str
    drapeaux: str
    valeur: Case
    cible: Case | None = None
    echeance: Case | None = None
    initiale: Case | None = None
    perime: str = ""


@dataclass(frozen=True, slots=True)
class Engagement:
    """An engagement on the page."""

    numero: str
    titre: str
    statut: str
    cause: str
    a_jour: tuple[int, int]
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tardive:
    """An action late, with its reason."""

    libelle: str
    statut: str
    drapeaux: str
    raison: str


@dataclass(frozen=True, slots=True)
class Page:
    """What was read of the page of a quartier."""

    texte: str
    phrase: str
    familles: dict[str, int]
    comptes: dict[str, int]
    engagements: list[Engagement]
    courtes: list[Ligne]
    principales: list[Ligne]
    autres: list[Ligne]
    objectifs: list[Ligne]
    tardives: list[Tardive]
    attendus: dict[str, int]
    a_jour: tuple[int, int]
    distances: list[tuple[str, str]]


class Arbre(HTMLParser):
    """A tree of what is written, whatever its browser: standard library only."""

    def __init__(self) -> None:
        super().__init__()
        self.racine = Element("page")
        self.ouverts = [self.racine]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One element more."""
        enfant = SubElement(self.ouverts[-1], tag, {nom: v or "" for nom, v in attrs})
        if tag not in VIDES:
            self.ouverts.append(enfant)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A drawing, without anything inside."""
        SubElement(self.ouverts[-1], tag, {nom: v or "" for nom, v in attrs})

    def handle_endtag(self, tag: str) -> None:
        """Close up to that element."""
        while len(self.ouverts) > 1 and self.ouverts.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Text after the last child, or before any."""
        parent = self.ouverts[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + data
        else:
            parent.text = (parent.text or "") + data


def read_texte(element: Element) -> str:
    """The words of an element; what a picture says included, as a screen reader tells it."""
    morceaux = [element.text or ""]
    for enfant in element:
        if enfant.tag == "svg":
            morceaux.append(" " + (enfant.get("aria-label") or "") + " ")
        elif enfant.tag not in {"script", "style"}:
            morceaux.append(("\n" if enfant.tag == "br" else "") + read_texte(enfant))
        morceaux.append(enfant.tail or "")
    return "".join(morceaux)


def read_html(chemin: Path) -> Element:
    """The part that holds the page: neither its head nor its foot."""
    return parse_html(chemin.read_bytes().decode("utf-8"))


@cache
def parse_html(texte: str) -> Element:
    """The same from its text. A page is read by several judges: nobody changes the tree."""
    arbre = Arbre()
    arbre.feed(texte)
    return find(arbre.racine, ".//main")[0]


def find(element: Element, chemin: str) -> list[Element]:
    """Elements, in their order."""
    return element.findall(chemin)


def find_cases(rangee: Element) -> list[Element]:
    """The cells of a row, heads included."""
    return [e for e in rangee if e.tag in {"th", "td"}]


def find_section(page: Element, titre: str) -> Element | None:
    """The innermost section whose heading begins so."""
    trouvees = [
        section
        for section in find(page, ".//section")
        for tete in (*find(section, ".//h2"), *find(section, ".//h3"))
        if squash(read_texte(tete)).startswith(titre)
    ]
    return trouvees[-1] if trouvees else None


def find_tables(page: Element, *titres: str) -> list[tuple[list[str], list[Element]]]:
    """Tables whose heads begin with these words: their heads and their rows."""
    trouvees = []
    for table in find(page, ".//table"):
        tetes = [squash(read_texte(th)) for th in find(table, "./thead//th")]
        if tetes[: len(titres)] == list(titres):
            trouvees.append((tetes, find(table, "./tbody/tr")))
    return trouvees


def read_page(chemin: Path, suites: list[Path]) -> Page:
    """The whole page of a quartier, and those of its engagements, which it leads to."""
    page = read_html(chemin)
    engagements = [read_html(suite) for suite in suites]
    bilan = next(
        e for e in find(page, ".//*[@role='group']") if "par statut" in (e.get("aria-label") or "")
    )
    principales, autres = read_lignes(engagements)
    qui = find_section(page, "Qui peut dire")
    textes = [squash(read_texte(p)) for p in find(page, ".//p")]
    return Page(
        texte=squash(" ".join([*map(read_texte, (page, *engagements)), *read_plan(page)])),
        phrase=next(t for t in textes if re.match(r"(\d+|Aucune) actions?.* sur \d+", t)),
        familles=read_comptes(find(bilan, ".//p"), r"(?P<mot>.+?) ?: (?P<nombre>\d+)"),
        comptes={
            parse_statut(mot)[0]: nombre
            for mot, nombre in read_comptes(
                find(bilan, ".//li"), r"(?P<nombre>\d+) (?P<mot>.+)"
            ).items()
        },
        engagements=read_engagements(page),
        courtes=read_courtes(page),
        principales=principales,
        autres=autres,
        objectifs=read_objectifs(engagements),
        tardives=read_tardives(page),
        attendus={}
        if qui is None
        else read_comptes(
            find(qui, ".//li"), r"(?P<mot>.+), (?P<nombre>\d+) actions? à renseigner"
        ),
        a_jour=next(parse_sur(t) for t in textes if "renseignées et fraîches" in t),
        distances=read_distances(page),
    )


def read_plan(page: Element) -> list[str]:
    """What is written inside the map: distances, scale."""
    return [texte.text or "" for texte in find(page, ".//figure//text")]


def read_comptes(elements: list[Element], motif: str) -> dict[str, int]:
    """Words and their counts; an element that is not one is an error."""
    comptes: dict[str, int] = {}
    for element in elements:
        trouve = re.fullmatch(motif, squash(read_texte(element)))
        if trouve is None:
            raise Illisible(squash(read_texte(element)))
        comptes[trouve.group("mot")] = int(trouve.group("nombre"))
    return comptes


def read_engagements(page: Element) -> list[Engagement]:
    """The table of the ten engagements, with what its signs say."""
    lus = []
    for tetes, rangees in find_tables(page, "Engagement", "Libellé", "À jour"):
        for rangee in rangees:
            cases = dict(zip(tetes, find_cases(rangee), strict=True))
            cause = [squash(read_texte(e)) for e in find(cases["Libellé"], ".//small")]
            libelle = squash(read_texte(cases["Libellé"]))
            titre = find(cases["Engagement"], ".//a")[0]
            lus.append(
                Engagement(
                    numero=re.match(r"\d+", squash(read_texte(cases["Engagement"])))[0],  # type: ignore[index]
                    titre=squash(read_texte(titre)),
                    statut=parse_statut(libelle.removesuffix(cause[0]) if cause else libelle)[0],
                    cause=cause[0] if cause else "",
                    a_jour=parse_sur(read_texte(cases["À jour"])),
                    actions=tuple(
                        squash(e.get("aria-label") or "")
                        for e in find(rangee, ".//svg[@role='img']")
                    ),
                )
            )
    return lus


def read_courtes(page: Element) -> list[Ligne]:
    """The short list of the quartier: an action, the value of its principal indicateur, its target."""
    courtes = []
    for _, rangees in find_tables(page, "Action", "Valeur", "Cible"):
        for rangee in rangees:
            tete, valeur, cible = find_cases(rangee)
            numero, _, libelle = squash(read_texte(find(tete, ".//a")[0])).partition(" ")
            dit = squash(read_texte(find(tete, ".//small")[0]))
            courtes.append(
                Ligne(
                    numero,
                    libelle,
                    *parse_statut(dit),
                    parse_case(read_texte(valeur)),
                    parse_case(read_texte(cible)),
                )
            )
    return courtes


def read_lignes(engagements: list[Element]) -> tuple[list[Ligne], list[Ligne]]:
    """Every action of the pages of the engagements: its principal indicateur, and the others after it."""
    principales: list[Ligne] = []
    autres: list[Ligne] = []
    for engagement in engagements:
        for article in find(engagement, ".//article"):
            numero = squash(read_texte(find(article, ".//span[@class='code']")[0]))
            lues = [
                read_ligne(numero, tetes, rangee)
                for tetes, rangees in find_tables(article, "Indicateur", "Valeur initiale")
                for rangee in rangees
            ]
            principales += lues[:1]
            autres += lues[1:]
    return principales, autres


def read_objectifs(engagements: list[Element]) -> list[Ligne]:
    """« Mesure de l’objectif 2 »: its indicateurs, numbered « objectif 10.2 »."""
    lues: list[Ligne] = []
    for rang, engagement in enumerate(engagements, 1):
        for section in find(engagement, "./section[@class='bloc']"):
            titre = squash(read_texte(find(section, ".//h2")[0]))
            trouve = re.fullmatch(r"Mesure de l’objectif(?: (\d+))?", titre)
            if trouve is None:
                raise Illisible(titre)
            lues += [
                read_ligne(f"objectif {rang}.{trouve[1] or 1}", tetes, rangee)
                for tetes, rangees in find_tables(section, "Indicateur", "Valeur initiale")
                for rangee in rangees
            ]
    return lues


def read_ligne(numero: str, tetes: list[str], rangee: Element) -> Ligne:
    """« Postes pourvus ◌ À surveiller | 2 postes | 4 postes, au… | au moins 9 postes 31 déc. 2027 | … »."""
    cases = dict(zip(tetes, find_cases(rangee), strict=True))
    tete, cible = cases["Indicateur"], cases["Cible"]
    statut, drapeaux = parse_statut(read_texte(find(tete, ".//span[@class='etat-court']")[0]))
    echeance = squash(read_texte(find(cible, ".//small")[0]))
    return Ligne(
        numero=numero,
        libelle=squash(read_texte(find(tete, ".//a")[0])),
        statut=statut,
        drapeaux=drapeaux,
        valeur=parse_case(read_texte(cases["Valeur actuelle"])),
        cible=parse_case(squash(read_texte(cible)).removesuffix(echeance).strip()),
        echeance=parse_case(echeance),
        initiale=parse_case(read_texte(cases["Valeur initiale"])),
        perime=squash(read_texte(cases["Périme le"])),
    )


def read_tardives(page: Element) -> list[Tardive]:
    """« En retard ou échu »: each action, and the number that the heading gives."""
    section = find_section(page, "En retard ou échu")
    if section is None:
        raise Illisible("En retard ou échu")
    lues = []
    for li in find(section, ".//li"):
        lien = squash(read_texte(find(li, ".//a")[0]))
        suite = squash(read_texte(li)).removeprefix(lien)
        statut, _, raison = suite.partition(". ")
        lues.append(Tardive(lien, *parse_statut(statut), raison))
    dit = re.search(r"· (\d+)", squash(read_texte(section)))
    if dit is None or int(dit.group(1)) != len(lues):
        raise Illisible(f"{len(lues)} lignes sous « {squash(read_texte(section))[:40]} »")
    return lues


def read_distances(page: Element) -> list[tuple[str, str]]:
    """Each place of the map and how far it is said to be."""
    section = find_section(page, "Où sont les services")
    lieux = [] if section is None else find(section, ".//ol/li")
    return [
        (squash(read_texte(find(li, ".//a")[0])), squash(read_texte(find(li, ".//b")[0])))
        for li in lieux
    ]
