"""The look of the State: found in the optional extra `etat` when it is installed, read as it stands.

Not one of its files is copied here: fonts are served from the folder of the extra, the Marianne and the
motto are taken out of its stylesheet, where they are `data:` images that a strict CSP refuses (ADR 0010).
"""

from __future__ import annotations

import os
import re
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.core.checks import CheckMessage, Error

HABILLAGES = ("neutre", "etat")
EXIGENCE = "django-dsfr>=3.6.1,<3.7"
VERSION_ADMISE = (
    "v1.14."  # from 1.15 the licence keeps the design system for the administration alone
)
IMAGE = re.compile(r'url\("data:image/svg\+xml;charset=utf8,([^"]+)"\)')
# The flag of the stylesheet is two gradients under the Marianne, one pixel lower; the motto is a sheet of
# two (black, then white for dark pages), of which we show the first.
MARIANNE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 44 16" width="44" height="16">'
    '<path fill="#000091" d="M0 0h22v16H0z"/><path fill="#e1000f" d="M22 0h22v16H22z"/>'
    '<g transform="translate(0 -1)">{dedans}</g></svg>'
)
DEVISE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 126 90" width="42" height="30">'
    '<svg viewBox="0 0 252 180" width="252" height="180">{dedans}</svg></svg>'
)
CADRES = {"marianne": MARIANNE, "devise": DEVISE}


def find_dsfr() -> Path | None:
    """Folder of the design system in the installed extra; the package itself is never imported."""
    trouve = find_spec("dsfr")
    for lieu in (trouve.submodule_search_locations or []) if trouve else []:
        dossier = Path(lieu) / "static" / "dsfr" / "dist"
        if (dossier / "fonts" / "Marianne-Regular.woff2").is_file():
            return dossier
    return None


def list_dossiers(habillage: str, atelier: Path) -> list[tuple[str, Path]]:
    """What `STATICFILES_DIRS` adds for this look: the fonts, nothing else of its 18 MB, and two images.

    `atelier`: a folder of this machine, where the images are written.
    """
    dsfr = find_dsfr() if habillage == "etat" else None
    if dsfr is None:
        return []
    write_images(dsfr, atelier)
    return [("dsfr", dsfr / "fonts"), ("habillage", atelier)]


def make_images(dsfr: Path) -> dict[str, str]:
    """The Marianne and the motto, each one SVG of its own."""
    feuille = (dsfr / "component" / "logo" / "logo.main.min.css").read_text(encoding="utf-8")
    dedans = [
        re.sub(r"^<svg[^>]*>|</svg>$", "", unquote(image)) for image in IMAGE.findall(feuille)
    ]
    return {
        nom: cadre.replace("{dedans}", image)
        for (nom, cadre), image in zip(CADRES.items(), dedans, strict=True)
    }


def write_images(dsfr: Path, atelier: Path) -> None:
    """Whole or not at all: several processes start together."""
    atelier.mkdir(parents=True, exist_ok=True)
    for nom, image in make_images(dsfr).items():
        brouillon = atelier / f".{nom}.{os.getpid()}"
        brouillon.write_text(image, encoding="utf-8")
        brouillon.replace(atelier / f"{nom}.svg")


def read_version(dsfr: Path) -> str:
    """The version of the design system that the extra carries."""
    return (dsfr.parent / "dsfr_version").read_text(encoding="ascii").strip()


def get_commande() -> str:
    """How to install the extra with the Python that runs: an environment made by uv has no pip."""
    outil = (
        f"{sys.executable} -m pip install"
        if find_spec("pip")
        else f"uv pip install --python {sys.executable}"
    )
    return f'{outil} "{EXIGENCE}"'


def check_habillage(**_: Any) -> list[CheckMessage]:
    """Refuse to start in a look whose files are absent, or under another licence than the one read."""
    if settings.HABILLAGE != "etat":
        return []
    sinon = "ou revenir à QUARTIERS_HABILLAGE=neutre."
    dsfr = find_dsfr()
    if dsfr is None:
        return [
            Error(
                "QUARTIERS_HABILLAGE=etat : le système de design de l’État n’est pas installé.",
                hint=f"Lancer « {get_commande()} », {sinon}",
                id="quartiers.E001",
            )
        ]
    version = read_version(dsfr)
    if not version.startswith(VERSION_ADMISE):
        return [
            Error(
                f"QUARTIERS_HABILLAGE=etat : la version {version} du système de design n’est pas admise.",
                hint=f"Sa licence a changé après 1.14. Lancer « {get_commande()} », {sinon}",
                id="quartiers.E002",
            )
        ]
    return []
