"""The parts of the page of France against the JSON of each of them: tiles, their table, the régions. No false zero."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from tests.recette.lire_page import (
    find,
    find_cases,
    find_section,
    find_tables,
    parse_html,
    read_texte,
)
from tests.recette.memes_nombres import INCONNU, MANQUANTS, Juge, add
from tests.recette.nombres_dits import Illisible, parse_sur, squash

RIENS = (INCONNU, "on ne sait pas")
TOUT, PARTIE, RIEN = "Tout est transmis", "Transmis en partie", "Rien n’est connu"
PETIT = 20
_COMPTES = re.compile(r"(\d+)(?: à (\d+))? sur (\d+)")
_CODE = re.compile(r"/(?:departements|territoires)/([^/]+)/")
# A false zero written on purpose wherever an unknown part is shown: (what is written, what is put in its place).
FAUX_ZEROS = {
    "tuile": (r"(aria-label=\"[^\"]*\s: )rien n’est connu, (0 sur \d+ à jour)", r"\g<1>0 sur 1, \g<2>"),
    "hachures de la tuile": (r"(<a href[^>]*><rect[^>]*>)<rect[^>]*hachures-gris\)\"/>", r"\g<1>"),
    "nombre dans la tuile": (r"(rien n’est connu.*?</text>)(</a>)", r'\g<1><text x="1" y="1">0/1</text>\g<2>'),
    "ligne du tableau": (r"(<svg[^>]*>(?:(?!</svg>).)*</svg> )—(</td><td>0 sur)", r"\g<1>0 sur 1\g<2>"),
    "mot du tableau": (r"(<small class=\"discret\">)Rien n’est connu(</small></td></tr>)", rf"\g<1>{TOUT}\g<2>"),
    "ligne de la région": (r"(id=\"h-parties\".*?<td class=\"phrase\">)on ne sait pas", r"\g<1>0 sur 1"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Partie:
    """What a place of the page says of a territoire. `mot`, `is_hachuree`, `ecrit`: None where it has no such thing."""

    ou: str
    code: str
    texte: str
    a_jour: tuple[int, int] | None
    mot: str | None = None
    is_hachuree: bool | None = None
    ecrit: str | None = None


def read_parties(texte: str) -> list[Partie]:
    """Each tile, each row of its table, each row of the régions."""
    page = parse_html(texte)
    tuiles = find(page, ".//figure[@class='tuiles']/svg/a")
    ((_, lignes),) = find_tables(page, "Département", "Atteint", "À jour")
    ((_, regions),) = find_tables(page, "Région ou collectivité")
    return [
        *map(_read_tuile, tuiles),
        *map(_read_ligne, lignes),
        *map(_read_region, regions),
    ]


def _read_tuile(tuile: Element) -> Partie:
    nom, _, dit = squash(tuile.get("aria-label") or "").partition(" : ")
    texte, _, couverture = dit.rpartition(", ")
    remplis = {rect.get("fill") for rect in find(tuile, "./rect")}
    _, *ecrits = (squash(read_texte(t)) for t in find(tuile, "./text"))
    code = get_code(tuile, nom)
    return Partie(
        f"tuile {nom}", code, texte, parse_sur(couverture),
        is_hachuree="url(#hachures-gris)" in remplis, ecrit=" ".join(ecrits),
    )  # fmt: skip


def _read_ligne(rangee: Element) -> Partie:
    tete, valeur, couverture = find_cases(rangee)
    nom = squash(read_texte(tete))
    # What its sign says is the statut; what is read here is what is written beside it.
    texte = squash("".join([valeur.text or "", *(e.tail or "" for e in valeur)]))
    mot = squash(read_texte(find(couverture, ".//small")[0]))
    code = get_code(find(tete, ".//a")[0], nom)
    return Partie(f"tableau, {nom}", code, texte, parse_sur(read_texte(couverture)), mot=mot)


def _read_region(rangee: Element) -> Partie:
    tete, _, phrase, _ = find_cases(rangee)
    nom = squash(read_texte(tete))
    code = get_code(find(tete, ".//a")[0], nom)
    return Partie(f"région, {nom}", code, squash(read_texte(phrase)), None)


def get_code(lien: Element, nom: str) -> str:
    """The territoire that a link leads to."""
    trouve = _CODE.search(lien.get("href") or "")
    if trouve is None:
        raise Illisible(nom)
    return trouve[1]


def judge_parties(juge: Juge, parties: list[Partie], dits: Mapping[str, dict[str, Any]]) -> int:
    """Each part against the indicateur of its JSON; how many stand for a territoire of which nothing is known."""
    inconnues = 0
    for partie in parties:
        vu = dits[partie.code]
        renseignes, attendus = vu["renseignes"], vu["attendus"]
        if partie.a_jour is not None:
            juge.compare(f"{partie.ou}, à jour", partie.a_jour, (renseignes, attendus))
        if renseignes == 0:
            inconnues += 1
            judge_inconnue(juge, partie)
        else:
            judge_connue(juge, partie, vu)
    return inconnues


def judge_inconnue(juge: Juge, partie: Partie) -> None:
    """Nothing is known: that is what is written, drawn and said, never a number of quartiers that reach it."""
    riens = (*RIENS, RIEN.lower()) if partie.is_hachuree is not None else RIENS
    juge.compare(f"{partie.ou}, « {partie.texte} » pour un inconnu", partie.texte in riens, True)
    juge.inconnus += 1
    if partie.mot is not None:
        juge.compare(f"{partie.ou}, mot", partie.mot, RIEN)
    if partie.is_hachuree is not None:
        juge.compare(
            f"{partie.ou}, hachurée et sans nombre", (partie.is_hachuree, partie.ecrit), (True, "")
        )


def judge_connue(juge: Juge, partie: Partie, vu: dict[str, Any]) -> None:
    """« 3 à 4 sur 5 » from the counts of the JSON; a share where there are many."""
    statuts: dict[str, int] = vu["statuts"]
    atteints = statuts.get("atteint", 0)
    jugeables = vu["attendus"] - statuts.get("sans_cible", 0)
    exacts = (atteints, atteints + add(statuts, MANQUANTS), jugeables)
    if jugeables < PETIT:
        lus = _COMPTES.fullmatch(partie.texte)
        dits = None if lus is None else (int(lus[1]), int(lus[2] or lus[1]), int(lus[3]))
        juge.compare(f"{partie.ou}, « {partie.texte} »", dits, exacts)
    else:
        juge.compare(f"{partie.ou}, part", "%" in partie.texte, True)
    is_tout = vu["renseignes"] == vu["attendus"]
    if partie.mot is not None:
        juge.compare(f"{partie.ou}, mot", partie.mot, TOUT if is_tout else PARTIE)
    if partie.is_hachuree is not None:
        juge.compare(f"{partie.ou}, hachurée", partie.is_hachuree, False)


def list_faux_zeros(texte: str, dits: Mapping[str, dict[str, Any]]) -> Iterator[tuple[str, bool]]:
    """One unknown part of the page made a zero, each time: is it seen?"""
    for nom, (avant, apres) in FAUX_ZEROS.items():
        faux, combien = re.subn(avant, apres, texte, count=1, flags=re.DOTALL)
        if not combien:
            raise Illisible(f"aucun inconnu à changer : {nom}")
        juge = Juge()
        judge_parties(juge, read_parties(faux), dits)
        yield nom, bool(juge.ecarts)


def list_codes(texte: str) -> list[str]:
    """The territoires that the parts stand for, once each."""
    return sorted({partie.code for partie in read_parties(texte)})


def read_attentes(texte: str) -> tuple[int, int]:
    """(départements that answered, départements that hold an expected quartier) in the headings."""
    page = parse_html(texte)
    nombres = []
    for titre in ("En attente d’un relevé", "Départements qui tiennent un quartier attendu"):
        section = find_section(page, titre)
        dit = None if section is None else re.search(r"· (\d+)", squash(read_texte(section)))
        if dit is None:
            raise Illisible(titre)
        nombres.append(int(dit[1]))
    muets, porteurs = nombres
    return porteurs - muets, porteurs
