"""Codes of the official files: put right when only one reading is possible, otherwise refused.

A spreadsheet turns `01004` into `1004`; the only five-character commune code that `1004` can come from is
`01004`. `2B14` could be several: nobody guesses.
"""

from __future__ import annotations

import re

from quartiers.sources.forme import clean_code

_FLOTTANT = re.compile(r"(\d{5}|\d{9})\.0", re.ASCII)
# `00` is no département of France: it is the invented one of the demonstration, which enters by the same doors.
_COMMUNE = re.compile(r"(?:0\d|[1-8]\d|9[0-5]|2[AB]|9[78])\d{3}", re.ASCII)
_DEPARTEMENT = re.compile(r"0\d|1\d|2[1-9AB]|[3-8]\d|9[0-5]|97\d|98\d", re.ASCII)
_QPV_2024 = re.compile(r"QN(0\d{2}|02[AB]|97\d|987)\d{2}[NMIC]", re.ASCII)
_QPV_2015 = re.compile(r"QP(0\d{2}|02[AB]|97\d|987)\d{3}", re.ASCII)
_QRR = re.compile(r"(\d{2}|2[AB]|97\d|98\d)_\d{1,2}", re.ASCII)
_SIREN = re.compile(r"\d{9}", re.ASCII)


def _clean(texte: str) -> str:
    """The signs of a code put right, in capitals; `93008.0` is a whole number that went through a float."""
    brut = clean_code(texte).upper()
    trouve = _FLOTTANT.fullmatch(brut)
    return trouve[1] if trouve else brut


def parse_commune(texte: str) -> str:
    """A commune code of five characters; a lost leading zero is given back."""
    brut = _clean(texte)
    if re.fullmatch(r"[1-9]\d{3}", brut, re.ASCII):
        brut = "0" + brut
    if not _COMMUNE.fullmatch(brut):
        raise ValueError(f"« {texte.strip()} » n’est pas un code de commune")
    return brut


def parse_departement(texte: str) -> str:
    """A département (or collectivité) code: `1` → `01`, `093` → `93`, `02a` → `2A`."""
    brut = _clean(texte)
    if len(brut) == 3 and brut[0] == "0":
        brut = brut[1:]
    if re.fullmatch(r"[1-9]", brut, re.ASCII):
        brut = "0" + brut
    if not _DEPARTEMENT.fullmatch(brut):
        raise ValueError(f"« {texte.strip()} » n’est pas un code de département")
    return brut


def parse_siren(texte: str) -> str:
    """A SIREN of nine digits whose Luhn key holds."""
    brut = re.sub(r"\s", "", _clean(texte))
    if not _SIREN.fullmatch(brut) or not _has_luhn_key(brut):
        raise ValueError(f"« {texte.strip()} » n’est pas un SIREN")
    return brut


def _has_luhn_key(chiffres: str) -> bool:
    doubles = "0246813579"
    pairs = sum(int(doubles[int(c)]) for c in chiffres[-2::-2])
    return (pairs + sum(int(c) for c in chiffres[-1::-2])) % 10 == 0


def parse_qpv(texte: str) -> str:
    """A QPV code of either generation, `QN09301M` (2024) or `QP093001` (2015); case is put right."""
    brut = _clean(texte)
    if not (_QPV_2024.fullmatch(brut) or _QPV_2015.fullmatch(brut)):
        raise ValueError(f"« {texte.strip()} » n’est pas un code de QPV")
    return brut


def get_generation(code_qpv: str) -> int:
    """2024 or 2015, from the letters of the code."""
    return 2024 if code_qpv.startswith("QN") else 2015


def parse_qrr(texte: str) -> str:
    """The code of a QRR in its own file, `93_3`."""
    brut = _clean(texte)
    if not _QRR.fullmatch(brut):
        raise ValueError(f"« {texte.strip()} » n’est pas un code de QRR")
    return brut


def get_departement(code: str) -> str:
    """The département (or collectivité) code that a commune, QPV or QRR code begins with."""
    if code.startswith(("QN", "QP")):
        return parse_departement(code[2:5])
    code = code.removeprefix("QRR-")
    if "_" in code:
        return parse_departement(code.partition("_")[0])
    return code[:3] if code[:2] in {"97", "98"} else code[:2]


def fold_arrondissement(commune: str) -> str:
    """Paris, Lyon and Marseille: the city that a municipal arrondissement belongs to (45 codes, fixed)."""
    if "75101" <= commune <= "75120":
        return "75056"
    if "13201" <= commune <= "13216":
        return "13055"
    if "69381" <= commune <= "69389":
        return "69123"
    return commune
