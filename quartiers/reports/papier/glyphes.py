"""Which characters our fonts can draw: a PDF made to last may not hold a character that nobody sees."""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path

POLICES = Path(__file__).resolve().parent / "polices"
ABSENT = "?"
COUPURE = "\u200b"
"""Where a word longer than a column may be cut; it has no width."""
MOT_MAX = 22
_BLANCS = re.compile(r"[\t\r\n\v\f\x85\u2028\u2029]+")
_LONG = re.compile(rf"[^\s\u00a0\u202f\u200b]{{{MOT_MAX + 1},}}")


def clean_texte(texte: str) -> str:
    """The text with one space for line ends and tabs, « ? » for what the fonts lack, long words cut."""
    permis = list_permis()
    compose = unicodedata.normalize("NFC", _BLANCS.sub(" ", texte))
    dessinable = "".join(c if ord(c) in permis else ABSENT for c in compose if c != COUPURE)
    return _LONG.sub(lambda m: cut(m[0]), dessinable)


def cut(mot: str) -> str:
    """A long word with places where it may be cut, every few characters."""
    pas = MOT_MAX // 2
    return COUPURE.join(mot[i : i + pas] for i in range(0, len(mot), pas))


@cache
def list_permis() -> frozenset[int]:
    """The characters that every one of our fonts draws, controls and private use left out."""
    communs = frozenset.intersection(*(read_cmap(p) for p in sorted(POLICES.glob("*.ttf"))))
    visibles = (c for c in communs if unicodedata.category(chr(c)) not in {"Cc", "Cf", "Co", "Cn"})
    return frozenset(visibles)


def read_cmap(police: Path) -> frozenset[int]:
    """The characters of a TrueType font, from its `cmap` table of format 4 (the basic plane)."""
    octets = police.read_bytes()
    (nombre,) = struct.unpack_from(">H", octets, 4)
    tables = {
        octets[12 + 16 * i : 16 + 16 * i]: struct.unpack_from(">I", octets, 20 + 16 * i)[0]
        for i in range(nombre)
    }
    debut = tables[b"cmap"]
    (sous_tables,) = struct.unpack_from(">H", octets, debut + 2)
    for i in range(sous_tables):
        (decalage,) = struct.unpack_from(">I", octets, debut + 8 + 8 * i)
        if struct.unpack_from(">H", octets, debut + decalage) == (4,):
            return _read_format_4(octets, debut + decalage)
    msg = f"{police.name} : table cmap de format 4 absente"
    raise ValueError(msg)


def _read_format_4(octets: bytes, debut: int) -> frozenset[int]:
    moitie = struct.unpack_from(">H", octets, debut + 6)[0] // 2
    forme = f">{moitie}H"
    fins = struct.unpack_from(forme, octets, debut + 14)
    debuts = struct.unpack_from(forme, octets, debut + 16 + 2 * moitie)
    ecarts = struct.unpack_from(forme, octets, debut + 16 + 4 * moitie)
    place = debut + 16 + 6 * moitie
    renvois = struct.unpack_from(forme, octets, place)
    connus: set[int] = set()
    for i, (premier, dernier, ecart, renvoi) in enumerate(
        zip(debuts, fins, ecarts, renvois, strict=True)
    ):
        for c in range(premier, min(dernier, 0xFFFE) + 1):
            glyphe = c
            if renvoi:
                (glyphe,) = struct.unpack_from(
                    ">H", octets, place + 2 * i + renvoi + 2 * (c - premier)
                )
            if renvoi and not glyphe:
                continue
            if (glyphe + ecart) % 0x10000:
                connus.add(c)
    return frozenset(connus)
