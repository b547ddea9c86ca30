"""An office document (ODF, OOXML), kept byte for byte when it is what it says, runs nothing and fetches nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from xml.parsers import expat

from quartiers.core.anomalie import DonneesRefusees
from quartiers.pieces.piece import PieceRefusee
from quartiers.sources.octets import MIO, Limites
from quartiers.sources.zip_sur import check_xml, read_parties

_EN_PDF = "l’enregistrer en PDF, puis envoyer le PDF"
ARCHIVE = "c’est une archive : l’ouvrir, et envoyer une à une les pièces qu’elle contient"
MACROS = f"ce document contient des macros : {_EN_PDF}"
OBJETS = f"ce document contient un objet incorporé (OLE, ActiveX, classeur, archive) : {_EN_PDF}"
LIENS = f"ce document va chercher un modèle, une image ou un objet ailleurs : {_EN_PDF}"
ABIME = f"ce document est abîmé : l’ouvrir, {_EN_PDF}"
CHIFFRE = "ce document est protégé par un mot de passe : l’enregistrer sans mot de passe"
MELE = f"ce document contient aussi un fichier d’un autre genre : {_EN_PDF}"
GENRE = (
    f"ce document n’est ni un texte, ni un tableau, ni une présentation (.odt, .docx…) : {_EN_PDF}"
)
CHEMINS = f"ce document contient des chemins qui sortent de lui : {_EN_PDF}"
_DOC = "un document"
LIMITES = Limites(deploye=96 * MIO)

_ODF = "application/vnd.oasis.opendocument."
_OOXML = "application/vnd.openxmlformats-officedocument."
TYPES: Mapping[str, str] = {
    f"{_ODF}text": ".odt",
    f"{_ODF}spreadsheet": ".ods",
    f"{_ODF}presentation": ".odp",
    f"{_ODF}graphics": ".odg",
    f"{_OOXML}wordprocessingml.document": ".docx",
    f"{_OOXML}spreadsheetml.sheet": ".xlsx",
    f"{_OOXML}presentationml.presentation": ".pptx",
}
_PRINCIPAL = ".main+xml"
_NOM_DE_MACRO = re.compile(
    r"vbaproject|vbadata|\.vba\b|(^|/)(basic|scripts|macrosheets)/", re.IGNORECASE
)
_NOM_D_OBJET = re.compile(r"(^|/)(activex|embeddings)/|oleobject", re.IGNORECASE)
_CHEMIN = re.compile(r"(^|[\\/])\.\.([\\/]|$)|^[\\/]|^[a-z]:|\\|\0", re.IGNORECASE)
_TYPE_DE_MACRO = re.compile(r"macroenabled|vbaproject|macrosheet", re.IGNORECASE)
_TYPE_D_OBJET = re.compile(r"activex|oleobject", re.IGNORECASE)
_LIEN_DE_MACRO = re.compile(r"(vnd\.sun\.star\.script|macro|javascript|vbscript):", re.IGNORECASE)
_AU_CLIC = frozenset({"a", "form"})
"""Elements whose link only a click follows."""
_RESEAU = re.compile(r"(?!file:)[a-z][a-z0-9+.-]*://|//|\\\\", re.IGNORECASE)
_AILLEURS = re.compile(r"[a-z][a-z0-9+.-]*:|//|\\\\|\.\./", re.IGNORECASE)
_OBJETS = (b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"MZ", b"\x7fELF", b"Rar!", b"7z\xbc\xaf")
_ANNUAIRE_VIDE = 22


def check_document(octets: bytes) -> str:
    """The media type of a document; raises PieceRefusee."""
    try:
        parties = read_parties(octets, _DOC, LIMITES, check_noms)
        check_xml(parties, _DOC)
        check_signes(parties)
    except DonneesRefusees as refus:
        # The words of the reader of tables, which this one is not always.
        raison = refus.anomalies[0].raison.replace("classeur", "document")
        suite = "" if "mot de passe" in raison else f". Il faut {_EN_PDF}"
        raise PieceRefusee(f"{raison}{suite}") from refus
    _check_bords(octets)
    type_ = find_type(parties)
    for contenu in parties.values():
        if contenu.startswith(_OBJETS):
            raise PieceRefusee(OBJETS)
    if type_.startswith(_ODF):
        _check_odf(parties)
    else:
        _check_ooxml(parties)
    return type_


def check_noms(noms: list[str], _: str) -> None:
    """Judged by the names of its parts, before anything is inflated."""
    for nom in noms:
        if _CHEMIN.search(nom):
            raise PieceRefusee(CHEMINS)
        if _NOM_DE_MACRO.search(nom):
            raise PieceRefusee(MACROS)
        if _NOM_D_OBJET.search(nom):
            raise PieceRefusee(OBJETS)
    if not {"mimetype", "[Content_Types].xml"} & set(noms):
        raise PieceRefusee(ARCHIVE)


def check_signes(parties: Mapping[str, bytes]) -> None:
    """No NUL in a text: in UTF-16 without its mark, nothing that is looked for here would be seen."""
    for nom, contenu in parties.items():
        if nom.lower().endswith((".xml", ".rels")) and b"\0" in contenu:
            raise PieceRefusee(ABIME)


def _check_bords(octets: bytes) -> None:
    """Nothing before the zip, nor after: neither a second one nor a file of another kind."""
    fin = octets[-_ANNUAIRE_VIDE:]
    annuaire = int.from_bytes(fin[16:20], "little") + int.from_bytes(fin[12:16], "little")
    is_entier = fin.startswith(b"PK\x05\x06") and annuaire == len(octets) - _ANNUAIRE_VIDE
    if not is_entier or b"%PDF-" in octets[:1024]:
        raise PieceRefusee(MELE)


def find_type(parties: Mapping[str, bytes]) -> str:
    """What the document says it is, which must be one of those admitted."""
    if "mimetype" in parties:
        type_ = parties["mimetype"].decode("ascii", "replace")
        if next(iter(parties)) != "mimetype" or type_ not in TYPES:
            raise PieceRefusee(GENRE)
        return type_
    principaux: set[str] = set()

    def judge(_: str, attributs: Mapping[str, str]) -> None:
        type_ = attributs.get("ContentType", "")
        if _TYPE_DE_MACRO.search(type_):
            raise PieceRefusee(MACROS)
        if _TYPE_D_OBJET.search(type_):
            raise PieceRefusee(OBJETS)
        if type_.endswith(_PRINCIPAL):
            principaux.add(type_.removesuffix(_PRINCIPAL))

    read_elements(parties["[Content_Types].xml"], judge)
    admis = principaux & TYPES.keys()
    if len(admis) != 1:
        raise PieceRefusee(GENRE)
    return admis.pop()


def _check_ooxml(parties: Mapping[str, bytes]) -> None:
    for nom, contenu in parties.items():
        if nom.lower().endswith(".rels"):
            read_elements(contenu, _judge_relation)


def _judge_relation(_: str, attributs: Mapping[str, str]) -> None:
    """Only a link that one clicks may lead out of the document."""
    genre = attributs.get("Type", "").rsplit("/", maxsplit=1)[-1].lower()
    if genre in {"vbaproject", "wordvbadata", "xlmacrosheet", "xlintlmacrosheet"}:
        raise PieceRefusee(MACROS)
    if genre in {"oleobject", "package", "control", "activexcontrolbinary"}:
        raise PieceRefusee(OBJETS)
    if attributs.get("TargetMode", "").lower() == "external" and genre != "hyperlink":
        raise PieceRefusee(LIENS)


def _check_odf(parties: Mapping[str, bytes]) -> None:
    manifeste = parties.get("META-INF/manifest.xml", b"")
    if b"encryption-data" in manifeste or "encrypted-package" in parties:
        raise PieceRefusee(CHIFFRE)
    for nom, contenu in parties.items():
        # LibreOffice leaves empty parts.
        if contenu and nom.lower().endswith(".xml") and not nom.startswith("META-INF/"):
            read_elements(contenu, _judge_element)


def _judge_element(nom: str, attributs: Mapping[str, str]) -> None:
    """Neither macro nor anything fetched elsewhere without a click."""
    lien = attributs.get("href", "").strip()
    if nom == "script" or _LIEN_DE_MACRO.match(lien):
        raise PieceRefusee(MACROS)
    if nom in {"object-ole", "applet", "plugin"}:
        raise PieceRefusee(OBJETS)
    if nom == "template":  # the mere name of the model that served, unless it is on the network
        ailleurs = bool(_RESEAU.match(lien))
    else:
        ailleurs = nom not in _AU_CLIC and bool(_AILLEURS.match(lien))
    if ailleurs or nom.startswith("dde-"):
        raise PieceRefusee(LIENS)


def read_elements(contenu: bytes, judge: Callable[[str, Mapping[str, str]], None]) -> None:
    """Have each element of an XML part judged, by its name and attributes without their namespaces."""

    def open_element(nom: str, attributs: Mapping[str, str]) -> None:
        judge(_get_local(nom), {_get_local(cle): valeur for cle, valeur in attributs.items()})

    def refuse(*_: object) -> None:
        raise PieceRefusee(ABIME)

    machine = expat.ParserCreate(namespace_separator=" ")
    machine.StartElementHandler = open_element
    machine.StartDoctypeDeclHandler = refuse
    try:
        machine.Parse(contenu, True)  # noqa: FBT003 -- expat's own signature
    except (expat.ExpatError, ValueError, LookupError) as erreur:
        raise PieceRefusee(ABIME) from erreur


def _get_local(nom: str) -> str:
    return nom.rsplit(" ", maxsplit=1)[-1]
