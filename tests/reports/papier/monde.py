"""The invented département read from its files, and what a PDF says when others open it."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import pikepdf
import pypdfium2

from quartiers.reports.presentation.faits import Nommer

VU_LE = CONNU_LE = date(2026, 11, 23)
NOMMER = Nommer(lambda code: code, lambda code: code)
# pdfium takes a hyphen at the end of a line for one that typesetting added: it is left out everywhere.
_BLANCS = re.compile(r"[\s\u200b\u00ad\ufffe\u0002-]+")


@dataclass(frozen=True, slots=True)
class Lu:
    """What pikepdf and pdfium read of a PDF; `texte` without any blank, since lines are cut anywhere."""

    pages: int
    texte: str
    langue: str
    titre: str
    is_balise: bool
    pdf_a: tuple[str, str]
    pdf_ua: str
    cree_le: str
    polices: frozenset[str]
    roles: frozenset[str]


def flatten(texte: str) -> str:
    """Without blanks nor hyphens, where lines are cut; the minus sign of a number stays."""
    return _BLANCS.sub("", texte)


def read_pdf(octets: bytes) -> Lu:
    """Open it with two libraries that are not ours."""
    lu = pypdfium2.PdfDocument(octets)
    texte = "".join(page.get_textpage().get_text_bounded() for page in lu)
    with pikepdf.open(io.BytesIO(octets)) as pdf, pdf.open_metadata() as xmp:
        racine = pdf.Root
        roles: set[str] = set()
        _collect_roles(racine.StructTreeRoot, roles)
        return Lu(
            pages=len(pdf.pages),
            texte=flatten(texte),
            langue=str(racine.Lang),
            titre=str(xmp.get("dc:title", "")),
            is_balise=bool(racine.MarkInfo.Marked),
            pdf_a=(str(xmp.get("pdfaid:part", "")), str(xmp.get("pdfaid:conformance", ""))),
            pdf_ua=str(xmp.get("pdfuaid:part", "")),
            cree_le=str(xmp.get("xmp:CreateDate", ""))[:10],
            polices=frozenset(
                str(objet.FontName).partition("+")[2]
                for objet in pdf.objects
                if isinstance(objet, pikepdf.Dictionary) and "/FontName" in objet
            ),
            roles=frozenset(roles),
        )


def _collect_roles(noeud: Any, roles: set[str]) -> None:
    """Every kind of tag below a node of the structure."""
    if isinstance(noeud, pikepdf.Array):
        for enfant in noeud:
            _collect_roles(enfant, roles)
    elif isinstance(noeud, pikepdf.Dictionary):
        if "/S" in noeud:
            roles.add(str(noeud.S))
        if "/K" in noeud:
            _collect_roles(noeud.K, roles)
