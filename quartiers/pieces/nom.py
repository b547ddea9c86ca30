"""The name of a file as it was given, made safe to be shown and to be written on the disk of whoever saves it."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

NOM_MAX = 120
SANS_NOM = "pièce"
_INTERDITS = frozenset('<>:"|?*')
"""No name of file has these on every system."""
_APPAREIL = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(?= *(\.|$))", re.IGNORECASE)
"""Names that Windows keeps for devices, whatever follows their first dot."""


def clean_nom(nom: str, extensions: tuple[str, ...]) -> str:
    """No folder, no invisible sign nor change of direction; an extension of another kind is followed by the true one.

    `extensions`: those of what the file is, the usual one first.
    """
    dernier = unicodedata.normalize("NFC", nom).replace("\\", "/").rsplit("/", maxsplit=1)[-1]
    visible = " ".join("".join(map(_clean_signe, dernier)).split()).lstrip(".").strip()
    extension = PurePosixPath(visible).suffix.lower()
    if extension not in extensions:
        extension = extensions[0]
        tige = visible
    else:
        tige = visible[: -len(extension)]
    tige = _APPAREIL.sub(r"\1_", tige.strip())
    return (tige[: NOM_MAX - len(extension)].strip() or SANS_NOM) + extension


def _clean_signe(signe: str) -> str:
    categorie = unicodedata.category(signe)
    if categorie.startswith("Z") or signe in "\t\r\n":
        return " "
    if categorie.startswith("C"):
        return ""
    return "_" if signe in _INTERDITS else signe
