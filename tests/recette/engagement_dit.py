"""The page of an engagement against the JSON and `quartiers constat`: reasons, ages, curves, values of the past."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from tests.recette.lire_page import find, find_cases, find_tables, read_html, read_texte
from tests.recette.lire_tables import Source, build_source, get_fraction, get_jour
from tests.recette.memes_nombres import INCONNU, Juge, count_a_jour, judge_phrase
from tests.recette.nombres_dits import (
    DATE,
    Illisible,
    list_nombres,
    parse_case,
    parse_date,
    parse_quantite,
    parse_sur,
    squash,
)
from tests.recette.outils import RACINE, Atelier, expect

MONTREES = 12
"""Values of the past that the page shows; it tells how many more there are."""
Histoires = Mapping[tuple[str, str], list[dict[str, Any]]]
# The very command, several times in one process, on a base opened once.
CONSTATS = """
import argparse
import contextlib
import io
import json
import sys
from quartiers.cli.commandes import constat
parser = argparse.ArgumentParser()
constat.configure(parser)
ouvrir, ouvertes = constat.open_vue, []
def open_once(args):
    if not ouvertes:
        ouvertes.append(ouvrir(args))
    return ouvertes[0]
constat.open_vue = open_once
dits = []
for appel in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()) as sortie:
        assert constat.run(parser.parse_args(appel)) == 0, appel
    dits.append(json.loads(sortie.getvalue()))
    if len(sys.argv) > 1:
        dits[-1] = dits[-1][sys.argv[1]]
json.dump(dits, sys.stdout)
"""
_COURBE = re.compile(
    rf"(?:De (?P<depart>.+?) le (?P<depuis>{DATE}) à )?(?P<ici>.+?) le (?P<jour>{DATE}), pour une cible de "
    rf"(?P<cible>.+?)(?: le (?P<fin>{DATE})|, sans échéance)(?: ; (?P<attendu>.+?) attendus à la date de la valeur)?\."
)


@dataclass(frozen=True, slots=True)
class Passees:
    """« Valeurs passées » of an indicateur: (day, how much, known since), the last first, and how many are not shown."""

    libelle: str
    valeurs: list[tuple[date, str, date]]
    autres: int


@dataclass(frozen=True, slots=True)
class Article:
    """What the page says of an action beside its table. `note`: age of the value, number of proofs."""

    numero: str
    raison: str
    note: str
    courbe: str
    passees: list[Passees]


@dataclass(frozen=True, slots=True)
class Dite:
    """The page of an engagement, without its tables. `reste`: numbers that nothing else here reads."""

    accroche: str
    a_jour: tuple[int, int]
    articles: list[Article]
    reste: list[str]


def read_histoires(
    atelier: Atelier, indicateurs: Iterable[tuple[str, str]], dates: Iterable[str]
) -> Histoires:
    """`quartiers constat CODE INDICATEUR --format json` of each: `historique`, and the values that records give."""
    return {
        paire: [*map(read_deduite, dit["valeurs_deduites"]), *dit["historique"]]
        for paire, dit in read_constats(atelier, indicateurs, dates).items()
    }


def read_deduite(valeur: dict[str, Any]) -> dict[str, Any]:
    """A value of records as a value said: it holds, or the file would not give it."""
    return {**valeur, "jalon": None, "remplace_le": None}


def read_constats(
    atelier: Atelier, indicateurs: Iterable[tuple[str, str]], dates: Iterable[str], *partie: str
) -> dict[tuple[str, str], Any]:
    """`quartiers constat CODE INDICATEUR --format json` of each, or one part of it."""
    paires = list(indicateurs)
    appels = [[*paire, *dates, "--format", "json"] for paire in paires]
    fini = subprocess.run(
        [sys.executable, "-c", CONSTATS, *partie],
        input=json.dumps(appels),
        check=False,
        capture_output=True,
        text=True,
        cwd=RACINE,
        env=atelier.get_environnement(),
    )
    expect(fini.returncode == 0, f"constat : {fini.stderr.strip()[-500:]}")
    lus = json.loads(fini.stdout, parse_float=Decimal)
    return dict(zip(paires, lus, strict=True))


def read_dite(chemin: Path) -> Dite:
    """One page of an engagement."""
    page = read_html(chemin)
    accroche = squash(read_texte(find(page, ".//p[@class='accroche']")[0]))
    a_jour = parse_sur(read_texte(find(page, ".//span[@class='couv']")[0]))
    articles = [read_article(article) for article in find(page, ".//article")]
    return Dite(accroche, a_jour, articles, list_reste(page))


def read_article(article: Element) -> Article:
    """Reason, note, curve and values of the past of an action."""
    notes = [squash(read_texte(p)) for p in find(article, ".//p[@class='petit discret note']")]
    courbes = [svg.get("aria-label") or "" for svg in find(article, ".//figure/svg")]
    return Article(
        numero=squash(read_texte(find(article, ".//span[@class='code']")[0])),
        raison=squash(read_texte(find(article, ".//p[@class='raison']")[0])),
        note=notes[0],
        courbe=squash(courbes[0]) if courbes else "",
        passees=[read_passees(details) for details in find(article, ".//details")],
    )


def read_passees(details: Element) -> Passees:
    """« Au | Valeur | Su le », and « Et 3 de plus »."""
    ((_, rangees),) = find_tables(details, "Au", "Valeur", "Su le")
    valeurs = []
    for rangee in rangees:
        jour, texte, su_le = (squash(read_texte(case)) for case in find_cases(rangee))
        valeurs.append((parse_date(jour), texte, parse_date(su_le)))
    suite = " ".join(squash(read_texte(p)) for p in find(details, "./p"))
    libelle = squash(read_texte(find(details, "./summary/span[@class='hors-vue']")[0]))
    autres = int(list_nombres(suite)[0]) if suite else 0
    return Passees(libelle.removeprefix(": "), valeurs, autres)


def list_reste(page: Element) -> list[str]:
    """Paragraphs outside of what is read here and of the official wording, when they hold a number."""
    lus = {"raison", "petit discret note", "officiel petit note-haut"}
    dans = (".//article//p", "./section[@class='bloc']//p")
    textes = [
        squash(read_texte(p)) for ou in dans for p in find(page, ou) if p.get("class") not in lus
    ]
    return [t for t in textes if list_nombres(t) and not t.startswith(("Pourquoi ce", "Et "))]


def judge_engagement(juge: Juge, ou: str, dite: Dite, vu: dict[str, Any]) -> None:
    """What the page says before its actions, then each action; nothing with a number is left unread."""
    juge.compare(f"{ou}, à jour", dite.a_jour, count_a_jour(vu["statuts"]))
    phrase = re.search(
        r"(?:^|[.:] )((?:(?:\d+|Aucune) action|On ne peut rien dire).*)$", dite.accroche
    )
    if phrase is None:
        raise Illisible(dite.accroche)
    judge_phrase(juge, ou, phrase.group(1), vu["statuts"])
    juge.compare(f"{ou}, paragraphes non lus", dite.reste, [])
    juge.compare(f"{ou}, actions", len(dite.articles), len(vu["actions"]))
    for article, action in zip(dite.articles, vu["actions"], strict=False):
        premier = action["indicateurs"][0]
        source = build_source(vu["code"], action["code"], premier)
        place = f"{ou}, {premier['code']}"
        juge.compare(f"{place}, raison", article.raison, squash(source.raison))
        juge.nombres += len(list_nombres(source.raison))
        judge_note(juge, place, article.note, source, len(premier["faits"]))
        if article.courbe:
            judge_courbe(juge, place, article.courbe, source)
        dites = {p.libelle for p in article.passees}
        connues = {squash(i["libelle"]) for i in action["indicateurs"]}
        juge.compare(f"{place}, valeurs passées de trop", dites - connues, set())


def judge_note(juge: Juge, ou: str, note: str, source: Source, preuves: int) -> None:
    """« Valeur du 30 septembre 2026, à redire avant le 29 janvier 2027 · 1 preuve · peut le dire : préfet »."""
    dite, _, _ = note.partition(" · peut le dire")
    *age, compte = dite.split(" · ")
    jours = [parse_date(m[0]) for m in re.finditer(DATE, " ".join(age))]
    attendus = [j for j in (source.dite_le, source.perime_le) if j is not None]
    juge.compare(f"{ou}, âge de la valeur", jours, attendus if source.dite_le else [])
    juge.nombres += len(jours)
    nombre = 0 if compte == "aucune preuve" else int(list_nombres(compte)[0])
    juge.compare(f"{ou}, preuves", nombre, preuves)


def judge_courbe(juge: Juge, ou: str, phrase: str, source: Source) -> None:
    """The sentence of the curve: value, target and days of the file; the value expected stands on the straight way."""
    lue = _COURBE.fullmatch(phrase)
    if lue is None or source.valeur is None or source.cible is None:
        raise Illisible(f"{ou} : {phrase}")
    juge.judge_nombre(f"{ou}, courbe, valeur", lue["ici"], source.valeur, source.unite)
    juge.judge_nombre(f"{ou}, courbe, cible", lue["cible"], source.cible, source.unite)
    juge.compare(f"{ou}, courbe, jour", parse_date(lue["jour"]), source.dite_le)
    fin = parse_date(lue["fin"]) if lue["fin"] else None
    juge.compare(f"{ou}, courbe, échéance", fin, source.echeance)
    if lue["depart"] is None:
        return
    depuis, (depart, _) = parse_date(lue["depuis"]), parse_quantite(lue["depart"])
    if source.base_date == depuis:
        juge.judge_nombre(
            f"{ou}, courbe, départ", lue["depart"], source.base or Fraction(0), source.unite
        )
    if lue["attendu"] is not None and fin is not None and source.dite_le is not None:
        part = Fraction((source.dite_le - depuis).days, (fin - depuis).days)
        exact = depart.valeur + (source.cible - depart.valeur) * part
        attendu, _ = parse_quantite(lue["attendu"])
        juge.compare(
            f"{ou}, courbe, attendu", abs(attendu.valeur - exact) <= Fraction(6, 100), True
        )


def judge_passees(
    juge: Juge, ou: str, passees: Passees | None, histoire: list[dict[str, Any]],
    vu: dict[str, Any], echelle: list[str], jour: date,
) -> int:  # fmt: skip
    """The values of the past against the versions that still hold; how many were compared."""
    tenues = [
        (get_jour(fait["date"]), get_jour(fait["connu_le"]), fait)
        for fait in histoire
        if is_releve(fait) and fait["remplace_le"] is None
    ]
    dits = [t for t in tenues if t[0] is not None and t[0] <= jour]
    # The file gives the last learnt first: what is equal here keeps that order.
    dits.sort(key=lambda t: (t[0], t[1]), reverse=True)
    if len(dits) < 2:
        juge.compare(f"{ou}, valeurs passées", passees, None)
        return 0
    montrees = [] if passees is None else passees.valeurs
    juge.compare(f"{ou}, nombre de valeurs passées", len(montrees), min(len(dits), MONTREES))
    juge.compare(f"{ou}, valeurs en plus", passees and passees.autres, max(len(dits) - MONTREES, 0))
    for (du, texte, su_le), (dit_du, dit_su_le, fait) in zip(montrees, dits, strict=False):
        juge.compare(f"{ou}, valeur passée, jour", du, dit_du)
        juge.compare(f"{ou}, valeur passée, su le", su_le, dit_su_le)
        exacte = get_exacte(fait)
        if exacte is None:
            juge.compare(f"{ou}, valeur passée", texte, INCONNU)
        elif echelle:
            juge.compare(f"{ou}, valeur passée", texte, squash(echelle[int(exacte)]))
        else:
            juge.judge_nombre(f"{ou}, valeur passée", parse_case(texte).texte, exacte, vu["unite"])
    return len(montrees)


def is_releve(fait: dict[str, Any]) -> bool:
    """A value, not an object nor a list; a line withdrawn says nothing."""
    return any(fait.get(nom) is not None for nom in ("valeur", "numerateur", "jalon"))


def get_exacte(fait: dict[str, Any]) -> Fraction | None:
    """What a relevé says, a share in percent; None when it is nothing out of nothing."""
    if fait["valeur"] is not None:
        return get_fraction(fait["valeur"])
    if fait["jalon"] is not None:
        return Fraction(fait["jalon"])
    sur = fait["denominateur"]
    return 100 * Fraction(fait["numerateur"]) / Fraction(sur) if sur else None
