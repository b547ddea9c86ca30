"""What an answer says to who reads it: words of pages, of workbooks unzipped, of printed pages; and where it leads."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote, urlencode, urljoin, urlsplit

import pypdfium2

from tests.recette.droits.monde import Recue

VIDES = frozenset({"script", "style"})


@dataclass(slots=True)
class Formulaire:
    """A form that reads: its address, then what each field may hold."""

    action: str
    champs: dict[str, list[str]] = field(default_factory=dict)


class Liens(HTMLParser):
    """Addresses of a page, and its forms that read."""

    def __init__(self) -> None:
        super().__init__()
        self.liens: list[str] = []
        self.formulaires: list[Formulaire] = []
        self._ouvert: Formulaire | None = None
        self._choix = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One element."""
        dits = {nom: valeur or "" for nom, valeur in attrs}
        self.liens += [dits[nom] for nom in ("href", "src", "data-geojson") if dits.get(nom)]
        self.liens += [v for nom, v in dits.items() if nom.startswith("data-") and v[:1] == "/"]
        if tag == "form":
            lit = dits.get("method", "get").lower() == "get"
            self._ouvert = Formulaire(dits.get("action", "")) if lit else None
            self.formulaires += [self._ouvert] if self._ouvert else []
        elif self._ouvert is not None:
            self._read_champ(self._ouvert, tag, dits)

    def _read_champ(self, formulaire: Formulaire, tag: str, dits: dict[str, str]) -> None:
        if tag == "select":
            self._choix = dits.get("name", "")
        elif tag == "option" and self._choix:
            formulaire.champs.setdefault(self._choix, []).append(dits.get("value", ""))
        elif tag in {"input", "button"} and dits.get("name"):
            formulaire.champs.setdefault(dits["name"], []).append(dits.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        """The form is over."""
        if tag == "form":
            self._ouvert = None
        if tag == "select":
            self._choix = ""


def list_liens(adresse: str, page: str) -> Iterator[str]:
    """Where a page leads, on this site: its links, and its forms filled one choice at a time."""
    lecteur = Liens()
    lecteur.feed(page)
    for lien in lecteur.liens:
        yield from keep_ici(urljoin(adresse, lien))
    for formulaire in lecteur.formulaires:
        ici = urljoin(adresse, formulaire.action or adresse)
        defauts = {nom: valeurs[0] for nom, valeurs in formulaire.champs.items()}
        for nom, valeurs in formulaire.champs.items():
            for valeur in valeurs:
                yield from keep_ici(f"{urlsplit(ici).path}?{urlencode({**defauts, nom: valeur})}")


def keep_ici(lien: str) -> Iterator[str]:
    """An address of this site, without its anchor."""
    morceaux = urlsplit(lien)
    is_ici = not morceaux.scheme and not morceaux.netloc and morceaux.path.startswith("/")
    if is_ici and not morceaux.path.startswith("/static/"):
        yield morceaux._replace(fragment="").geturl()


def read_reponse(reponse: Recue) -> str:
    """Every word of an answer, its headers included, whatever it is made of."""
    entetes = " ".join(f"{nom} {unquote(v)}" for nom, v in reponse.headers.items())
    octets = b"".join(reponse) if reponse.streaming else reponse.content
    return f"{entetes} {read_octets(octets, reponse.headers.get('Content-Type', ''))}"


def read_octets(octets: bytes, genre: str) -> str:
    """By what they are."""
    if octets.startswith(b"%PDF"):
        return read_pdf(octets)
    if octets.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            parties = [archive.read(nom).decode("utf-8", "replace") for nom in archive.namelist()]
        return unescape(" ".join(parties))
    texte = octets.decode("utf-8", "replace")
    if "json" in genre:
        return json.dumps(json.loads(texte), ensure_ascii=False)
    return unescape(texte)


def read_pdf(octets: bytes) -> str:
    """What its pages say, and what it says of itself."""
    with pypdfium2.PdfDocument(octets) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
        return " ".join([*pages, *map(str, pdf.get_metadata_dict().values())])
