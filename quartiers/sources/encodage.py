"""Which old encoding a French text was written in, judged only by what its non-ASCII bytes would say.

CP1252, CP850 and Mac Roman give every byte a sign, so that each « decodes » the files of the two others. What
tells them apart is French itself: `é` read under the wrong table is a capital inside a word, a letter that
French has not, or a drawing. One encoding alone must read without anything impossible, and be French; otherwise
nobody guesses.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

ENCODAGES = ("cp1252", "cp850", "mac_roman")
NOMS = {"cp1252": "Windows (cp1252)", "cp850": "MS-DOS (cp850)", "mac_roman": "Mac (Mac Roman)"}
_ETRANGERS_MAX = 4
_MOT = re.compile(rb"[0-9A-Za-z]*[\x80-\xff][0-9A-Za-z\x80-\xff]*")
_LIGNE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_FRANCAISES = frozenset("àâçéèêëîïôùûüÿœæÀÂÇÉÈÊËÎÏÔÙÛÜŸŒÆ")
_SIGNES = frozenset("«»‘’“”–—…€°§²³·•½¼¾±×µ£©®™\u00a0")
_ENTRE_LETTRES = frozenset("‘’–—·\u00a0")
_SEULES = frozenset("àÀôÔ")
_ORDINALES = frozenset("èÈ")
# Two capitals just before a small letter, unless they are a Roman number: « XVème ».
_CAPITALES = re.compile(r"(?<![A-Z])(?![IVXLC]+$)[A-ZÀ-ÖØ-Þ]{2,}$")
_APRES_CEDILLE = frozenset("aouâôûàAOUÂÔÛÀ")
# Letters that a table has by construction, and that no text written with it ever needed.
_JAMAIS = {"cp1252": frozenset("ƒ"), "cp850": frozenset("ıþÞðÐÚ"), "mac_roman": frozenset("ƒı")}
# Signs that begin so few French words that each may be named, by what follows them.
_DEBUTS = {
    "è": re.compile(r"(?:bre|res?|s|ves?|vres?|ze)$", re.IGNORECASE),
    "ê": re.compile(r"(?:tres?|tes|ta)$", re.IGNORECASE),
    "â": re.compile(r"(?:g[eé]|cre(?:s|té)?$|me|ne|no|pre|tres?$)", re.IGNORECASE),
}
# Words that begin with É often, under an ellipsis: no French word is what follows.
_CAPITALE_PERDUE = re.compile(
    r"…(?:coles?$|conomi|ducat|galit|lectr|lys[eé]|nergi|pin(?:ay|al)$|quip|tats?$|tienne|tudes?$|valua|vreux$|vry$)"
)
# « l’école » whose apostrophe would be a letter: an elision, and then more than a Spanish name has (« Díaz »).
_ELISION = re.compile(r"(?:[cdjlmnst]|qu)í(?=[aeiouyhéèêâîôœ][^\W\d_]{2})", re.IGNORECASE)


@dataclass(slots=True)
class Decodage:
    """How the non-ASCII words of a file read under one encoding, each counted once."""

    encodage: str
    francais: int = 0
    etrangers: list[bytes] = field(default_factory=list)
    impossibles: list[bytes] = field(default_factory=list)
    exemple: bytes = b""

    @property
    def plausible(self) -> bool:
        """Something French, and few letters of other languages."""
        return self.francais >= max(1, _ETRANGERS_MAX * len(self.etrangers))


def find_encodage(octets: bytes) -> Decodage:
    """The single encoding whose French reads plausibly.

    EncodageRefuse with the place of what cannot be told: lines of two encodings, several readings, or none.
    """
    _refuse_mixed(octets)
    mots = dict.fromkeys(_MOT.findall(octets))
    decodages = [_judge(encodage, mots) for encodage in ENCODAGES]
    possibles = [decodage for decodage in decodages if not decodage.impossibles]
    if not any(decodage.plausible for decodage in possibles):
        proche = min(decodages, key=lambda decodage: len(decodage.impossibles))
        mot = (proche.impossibles or proche.etrangers)[0]
        raison = "ni UTF-8, ni un français lisible en Windows, MS-DOS ou Mac : enregistrer en UTF-8"
        raise EncodageRefuse(find_line(octets, mot), f"{raison} ({say_mot(mot, decodages)})")
    for mot in mots:
        if len({mot.decode(decodage.encodage) for decodage in possibles}) > 1:
            raison = "plusieurs encodages possibles : enregistrer en UTF-8"
            raise EncodageRefuse(find_line(octets, mot), f"{raison} ({say_mot(mot, possibles)})")
    return possibles[0]


class EncodageRefuse(ValueError):  # noqa: N818 -- named in French like every noun of the product
    """Bytes that nobody can read without guessing; `ligne` is where they stand."""

    def __init__(self, ligne: int, raison: str) -> None:
        super().__init__(raison)
        self.ligne = ligne


def say_mot(mot: bytes, decodages: Iterable[Decodage]) -> str:
    """A word under each reading."""
    dits = (f"« {mot.decode(lu.encodage, 'replace')} » en {NOMS[lu.encodage]}" for lu in decodages)
    return ", ".join(dits)


def find_line(octets: bytes, mot: bytes) -> int:
    """The physical line, from 1, where a word first stands."""
    lignes = enumerate(_LIGNE.finditer(octets), start=1)
    return next((numero for numero, ligne in lignes if mot in ligne[0]), 1)


def _refuse_mixed(octets: bytes) -> None:
    """Lines of true UTF-8 beside lines that are not: two files were glued together."""
    utf8 = autre = 0
    for numero, trouve in enumerate(_LIGNE.finditer(octets), start=1):
        ligne = trouve[0]
        if ligne.isascii():
            continue
        try:
            ligne.decode("utf-8")
            utf8 = utf8 or numero
        except UnicodeDecodeError:
            autre = autre or numero
        if utf8 and autre:
            raison = f"deux encodages mêlés : cette ligne n’est pas en UTF-8, la ligne {utf8} l’est"
            raise EncodageRefuse(autre, raison)


def _judge(encodage: str, mots: Iterable[bytes]) -> Decodage:
    decodage = Decodage(encodage)
    for mot in mots:
        verdict = _judge_octets(mot, encodage)
        if verdict is None:
            decodage.impossibles.append(mot)
        elif verdict:
            decodage.francais += 1
            decodage.exemple = max(decodage.exemple, mot, key=len)
        else:
            decodage.etrangers.append(mot)
    return decodage


def _judge_octets(mot: bytes, encodage: str) -> bool | None:
    try:
        lu = mot.decode(encodage)
    except UnicodeDecodeError:
        return None
    return None if _JAMAIS[encodage].intersection(lu) else judge_mot(lu)


def judge_mot(mot: str) -> bool | None:
    """True when a word may be French, False when it has a letter of another language, None when it is impossible."""
    if _ELISION.match(mot) or _CAPITALE_PERDUE.match(mot):
        return None
    francais = True
    for rang, signe in enumerate(mot):
        if signe.isascii():
            continue
        avant, apres = mot[rang - 1 : rang], mot[rang + 1 : rang + 2]
        if signe in _SIGNES:
            if signe not in _ENTRE_LETTRES and avant.isalpha() and apres.isalpha():
                return None
        elif not is_latine(signe) or not _is_in_place(signe, mot, rang):
            return None
        elif signe not in _FRANCAISES:
            francais = False
    return francais


def _is_in_place(signe: str, mot: str, rang: int) -> bool:
    """A letter has letters beside it, and the case that they call for."""
    avant, apres = mot[rang - 1 : rang], mot[rang + 1 : rang + 2]
    if apres.isdigit() or (avant.isdigit() and not apres.isalpha() and signe not in _ORDINALES):
        return False
    if not avant.isalpha() and not apres.isalpha() and not avant.isdigit():
        return signe in _SEULES
    if signe in "çÇ" and apres not in _APRES_CEDILLE:
        return False
    if not avant.isalnum() and not _begins(signe, mot[rang + 1 :]):
        return False
    if signe.isupper():
        return not (_is_lower(avant) or (_is_upper(avant) and _is_lower(apres)))
    return not _is_upper(apres) and not _CAPITALES.search(mot[:rang])


def _begins(signe: str, suite: str) -> bool:
    """A word may begin so: « ère », never « ècole »."""
    debut = _DEBUTS.get(signe.lower())
    mot = re.split(r"[^\w]|_", suite, maxsplit=1)[0]
    return debut is None or debut.match(mot) is not None


def _is_upper(signe: str) -> bool:
    return signe.isalpha() and signe.isupper()


def _is_lower(signe: str) -> bool:
    return signe.isalpha() and signe.islower()


@cache
def is_latine(signe: str) -> bool:
    """A letter of a Latin alphabet, ordinals apart."""
    return signe.isalpha() and unicodedata.name(signe, "").startswith("LATIN")
