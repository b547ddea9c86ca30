"""What a free text seems to say of a person: a telephone, an address of mail, a day of birth, a number of social security.

Worked out from the text each time, never kept. Such a text enters as any other; it is shown to nobody who did not
write it or judge it (ADR 0028).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from quartiers.core.dire import MOIS


class DonneePersonnelle(StrEnum):
    """What was found; its value is how it is called."""

    TELEPHONE = "un numéro de téléphone"
    ADRESSE_ELECTRONIQUE = "une adresse électronique"
    DATE_DE_NAISSANCE = "une date de naissance"
    NIR = "un numéro de sécurité sociale"


PREMIER_FAIT = 2000
"""No fact of the programme is older (`plausibilite.toml`): a whole date before it is of somebody's life, or of a law."""
_INDICES = re.compile(r"[\d@]|\barobase\b|[(\[]\s?(?:at|a)\s?[)\]]", re.IGNORECASE)
"""Without one of them, nothing can be found: most texts stop there."""
_TIRETS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))
_SANS_TRACE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")

# A telephone of ten digits, in the groups that people write: one sign between all of them, and no other group.
_GROUPES = (
    r"0[1-9]\d{8}",
    r"0[1-9](?P<s1>\s?[.\-/ ]\s?)\d\d(?:(?P=s1)\d\d){3}",
    r"0[1-9]\d\d(?P<s2>[.\-/ ])\d\d(?:(?P=s2)\d\d){2}",
    r"0[1-9]\d\d(?P<s3>[.\-/ ])\d{3}(?P=s3)\d{3}",
    r"0[1-9](?P<s4>[.\-/ ])\d{4}(?P=s4)\d{4}",
    r"0(?P<s5>[.\-/ ])[1-9]\d\d(?P=s5)\d{3}(?P=s5)\d{3}",
    r"0(?: \d){9}",
    r"(?:\(0\) ?)?[67](?P<s6>[. \-])\d\d(?:(?P=s6)\d\d){3}",  # a spreadsheet lost the 0
)
_DIX_CHIFFRES = "|".join(_GROUPES)
_ENTRE = r"[\s.\-/]{0,2}"
_NEUF = rf"(?:\(0\)|0)?{_ENTRE}[1-9](?:{_ENTRE}\d){{8}}"
_INDICATIFS = rf"33{_ENTRE}{_NEUF}|(?:262|508|590|594|596){_ENTRE}{_NEUF}|689{_ENTRE}[48](?:{_ENTRE}\d){{7}}|(?:508|681|687){_ENTRE}[2-9](?:{_ENTRE}\d){{5}}"
_TELEPHONE = re.compile(
    rf"(?<![\w,])(?<!\d[.\-/])(?<![A-Za-z]-)(?:{_DIX_CHIFFRES})(?![.,\-/]?\d|\w)|(?<!\d)(?:\+|\b00){_ENTRE}(?:{_INDICATIFS})(?!{_ENTRE}\d)"
)
_COURRIEL = re.compile(
    r"\w\s?(?:@|[(\[]\s?(?:at|a|arobase)\s?[)\]]|\barobase\b)\s?\w[\w-]*(?:\s?(?:\.|[(\[]dot[)\]]|\bpoint\b)\s?[\w-]+)*(?:\.|\s?[(\[]dot[)\]]\s?|\spoint\s)[a-z]{2,}",
    re.IGNORECASE,
)

_PLATS = {"février": "fevrier", "août": "aout", "décembre": "decembre"}
_ABREGES = (
    "janv",
    "fevr?",
    "mars",
    "avr",
    "mai",
    "juin",
    "juil",
    "aout",
    "sept?",
    "oct",
    "nov",
    "dec",
)
_DES_MOIS = tuple(
    rf"(?:{_PLATS.get(mois, mois)}|{court}\.?)" for mois, court in zip(MOIS, _ABREGES, strict=True)
)
_MOIS = "|".join(_DES_MOIS)
_ANNEE = r"(?:17|18|19|20)\d\d"
_DATE = rf"(?:(?P<j>\d\d?)(?:er)?(?P<t>\s?[/.\-]\s?|\s)(?:(?P<m>\d\d?)|(?P<mot>{_MOIS}))(?:\s?[/.\-]\s?|\s)(?P<a>{_ANNEE}|'?\d\d)|(?P<a2>{_ANNEE})-(?P<m2>\d\d)-(?P<j2>\d\d)|(?P<j3>\d\d)(?P<m3>\d\d)(?P<a3>{_ANNEE}))(?![\d/]|-\d)"
_DIT_NE = r"(?:\bne\s?(?:\(\s?e\s?\)|e)?\.?s?\s+(?:le|un|en date du)\b|\bne\s?\(\s?e\s?\)\s*:?|\bnees?\b|\b(?:nee|nees|nes)\b[^.;\n\d]{0,40}\b(?:le|un)\b|\b(?:date|jour) de naissance(?: du [a-z]+| de [a-z' ]+)?|\bnaissance\b|\bd\.?\s?d\.?\s?n\b\.?|\bd\. ?naiss\b\.?|\bdate naiss\b\.?|\bnaiss\b\.?)"
_JOUR = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
_NAISSANCE = re.compile(rf"{_DIT_NE}\W{{0,4}}(?:(?:est|le|du|au)\W{{1,2}})?(?:{_JOUR}\s)?{_DATE}")
_APRES = re.compile(
    rf"(?<![\d/.]){_DATE}\W{{0,4}}(?:\(?(?:date |jour )?de )?(?:sa |leur )?(?:naissance|ddn\b)"
)
_VIEILLE = re.compile(rf"(?<![\d/.\w])(?P<avant>(?:[^\s,;:]+\s+){{0,6}}){_DATE}")
_ACTES = re.compile(
    r"\b(?:loi|lois|ordonnance|decret|arrete|circulaire|constitution|code|traite|convention|bail|statuts?|jo|journal|association|fonde|fondee|cree|creee|construite?|inauguree?|ouverte?|batie?|depuis|livree?|constat|classee?|delibere|deliberation|rue|place|avenue|av|boulevard|bd|allees?|impasse|square|esplanade|cours|mail|quai|pont|passage|chemin|route|cite|quartier|residence|ecole|college|lycee|gymnase|stade|salle|parc|espace|centre|maison|gare|station|arret|commemoration|ceremonie|anniversaire)\b"
)
_MEMORABLES = frozenset(
    {
        *(date(1789, 7, 14), date(1789, 8, 4), date(1848, 5, 22), date(1918, 11, 11)),
        *(date(1940, 6, 18), date(1944, 6, 6), date(1944, 8, 25), date(1945, 5, 8)),
        *(date(1961, 10, 17), date(1962, 3, 19)),
    }
)
"""Days that streets and squares are named after."""

_S = r"[ .\-]?"
_NIR = re.compile(
    rf"(?<!\w)(?<!\d[.,])(?P<s>[1-478]){_S}(?P<aa>\d\d){_S}(?P<mm>\d\d){_S}(?P<dd>\d\d|2[ab]){_S}(?P<ccc>\d{{3}}){_S}(?P<ooo>\d{{3}})(?:\s?[ .\-/]?\s?(?P<cle>\d\d))?(?![ .\-]?\d|\w)",
    re.IGNORECASE,
)
_CORSE = {"2A": "19", "2B": "18"}
_MODULE = 97


@lru_cache(maxsize=4096)
def find_personnelles(texte: str) -> tuple[DonneePersonnelle, ...]:
    """What the text seems to contain, each once; nothing for most of them."""
    if not _INDICES.search(texte):
        return ()
    droit = _SANS_TRACE.sub("", unicodedata.normalize("NFKC", texte)).translate(_TIRETS)
    droit = re.sub(r"[^\S\n]+", " ", droit)
    return tuple(donnee for donnee, is_la in _CHERCHER.items() if is_la(droit))


def say_personnelles(texte: str) -> str:
    """« un numéro de téléphone et une adresse électronique »; nothing when there is none."""
    dites = [str(donnee) for donnee in find_personnelles(texte)]
    debut, fin = dites[:-1], "".join(dites[-1:])
    return f"{', '.join(debut)} et {fin}" if debut else fin


def retain(texte: str) -> str:
    """The text as anybody may read it: itself, or why it is not shown."""
    dites = say_personnelles(texte)
    return f"texte retenu\u00a0: il paraît contenir {dites}" if dites else texte


def _has_telephone(texte: str) -> bool:
    return _TELEPHONE.search(texte) is not None


def _has_courriel(texte: str) -> bool:
    return _COURRIEL.search(texte) is not None


def _has_naissance(texte: str) -> bool:
    plat = _flatten(texte)
    dites = (t for motif in (_NAISSANCE, _APRES) for t in motif.finditer(plat))
    if any(_read_jour(trouve) is not None for trouve in dites):
        return True
    for trouve in _VIEILLE.finditer(plat):
        jour = _read_jour(trouve, court=False)
        if jour is None or jour.year >= PREMIER_FAIT or jour in _MEMORABLES:
            continue
        if not _ACTES.search(trouve["avant"]):
            return True
    return False


def _flatten(texte: str) -> str:
    """Small letters without accents."""
    decompose = unicodedata.normalize("NFD", texte.lower())
    return "".join(c for c in decompose if not unicodedata.combining(c))


def _read_jour(trouve: re.Match[str], *, court: bool = True) -> date | None:
    """The day that was written; None for what is no day. `court`: a year of two digits may be one."""
    jour, mois, annee = (
        trouve["j"] or trouve["j2"] or trouve["j3"],
        trouve["m"] or trouve["m2"] or trouve["m3"] or _find_mois(trouve["mot"] or ""),
        (trouve["a"] or trouve["a2"] or trouve["a3"]).lstrip("'"),
    )
    if len(annee) == 2:
        if not court:
            return None
        annee = f"20{annee}"
    try:
        return date(int(annee), int(mois), int(jour))
    except ValueError:
        return None


def _find_mois(mot: str) -> int:
    return next((n for n, motif in enumerate(_DES_MOIS, 1) if re.fullmatch(motif, mot)), 0)


def _has_nir(texte: str) -> bool:
    return any(_is_nir(trouve) for trouve in _NIR.finditer(texte))


def _is_nir(trouve: re.Match[str]) -> bool:
    """With its key, a right one; without it, a number that has the form of one and of nothing else."""
    mois, departement, cle = int(trouve["mm"]), trouve["dd"].upper(), trouve["cle"]
    commune, ordre = trouve["ccc"], trouve["ooo"]
    if ordre == "000" or departement in {"00", "96"} or commune == "000":
        return False
    is_mois = 1 <= mois <= 12 or 20 <= mois <= 42 or 50 <= mois <= 99
    if cle is None:
        return 1 <= mois <= 12 and trouve["s"] in "12"
    nombre = int(
        f"{trouve['s']}{trouve['aa']}{trouve['mm']}{_CORSE.get(departement, departement)}{commune}{ordre}"
    )
    return is_mois and _MODULE - nombre % _MODULE == int(cle)


_CHERCHER: Mapping[DonneePersonnelle, Callable[[str], bool]] = MappingProxyType(
    {
        DonneePersonnelle.TELEPHONE: _has_telephone,
        DonneePersonnelle.ADRESSE_ELECTRONIQUE: _has_courriel,
        DonneePersonnelle.DATE_DE_NAISSANCE: _has_naissance,
        DonneePersonnelle.NIR: _has_nir,
    }
)
