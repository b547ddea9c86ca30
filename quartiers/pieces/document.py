"""An office document (ODF, OOXML), kept byte for byte when it is what it says, runs nothing and fetches nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from quartiers.core.anomalie import DonneesRefusees
from quartiers.pieces.champs import LecteurDInstructions, is_formule_ailleurs
from quartiers.pieces.nature import ARCHIVE, EN_PDF
from quartiers.pieces.piece import PieceRefusee
from quartiers.sources.feuille import ignore, parse_xml
from quartiers.sources.genre_classeur import PROTEGE
from quartiers.sources.octets import MIO, Limites
from quartiers.sources.zip_sur import Archive, check_xml, read_parties

MACROS = f"ce document contient des macros : {EN_PDF}"
OBJETS = f"ce document contient un objet incorporé (OLE, ActiveX, classeur, archive) : {EN_PDF}"
LIENS = f"ce document va chercher un modèle, une image ou un objet ailleurs : {EN_PDF}"
CHIFFRE = f"ce document est {PROTEGE}"
TROP_LONG = f"ce document a trop de lignes ou de cases pour être lu : {EN_PDF}"
MELE = f"ce document contient aussi un fichier d’un autre genre : {EN_PDF}"
GENRE = (
    f"ce document n’est ni un texte, ni un tableau, ni une présentation (.odt, .docx…) : {EN_PDF}"
)
CHEMINS = f"ce document contient des chemins qui sortent de lui : {EN_PDF}"
_DOC = "document"
LIMITES = Limites(deploye=96 * MIO)
ELEMENTS_MAX = 2_000_000
"""Of all the XML of a document: some seconds of reading."""

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
_ACTION = re.compile(r"ppaction://(macro|program|ole)", re.IGNORECASE)
_AU_CLIC = frozenset({"a", "form"})
"""Elements whose link only a click follows."""
_RESEAU = re.compile(r"(?!file:)[a-z][a-z0-9+.-]*://|//|\\\\", re.IGNORECASE)
_AILLEURS = re.compile(r"[a-z][a-z0-9+.-]*:|//|\\\\|\.\./", re.IGNORECASE)
_OBJETS = (b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"MZ", b"\x7fELF", b"Rar!", b"7z\xbc\xaf")
_ANNUAIRE_VIDE = 22


def check_document(octets: bytes) -> str:
    """The media type of a document; raises PieceRefusee."""
    try:
        return _judge_document(octets)
    except DonneesRefusees as refus:
        raison = refus.anomalies[0].raison
        suite = "" if PROTEGE in raison else f". Il faut {EN_PDF}"
        raise PieceRefusee(f"{raison}{suite}") from refus


def _judge_document(octets: bytes) -> str:
    parties = read_parties(Archive(octets, _DOC, LIMITES, quoi=_DOC), check_noms)
    _check_bords(octets)
    _check_chiffre(parties)
    check_xml(parties, _DOC, quoi=_DOC)
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

    LecteurDeParties(judge).read(parties["[Content_Types].xml"])
    admis = principaux & TYPES.keys()
    if len(admis) != 1:
        raise PieceRefusee(GENRE)
    return admis.pop()


def _check_chiffre(parties: Mapping[str, bytes]) -> None:
    """Before its parts, which say nothing any more."""
    manifeste = parties.get("META-INF/manifest.xml", b"")
    if b"encryption-data" in manifeste or "encrypted-package" in parties:
        raise PieceRefusee(CHIFFRE)


def _check_ooxml(parties: Mapping[str, bytes]) -> None:
    relations = LecteurDeParties(_judge_relation)
    textes = LecteurDeParties(_judge_partie, has_champs=True)
    for nom, contenu in parties.items():
        if nom.lower().endswith(".rels"):
            relations.read(contenu)
        elif contenu and nom.lower().endswith(".xml"):
            textes.read(contenu)


def _judge_relation(_: str, attributs: Mapping[str, str]) -> None:
    """Only a link that one clicks may lead out of the document."""
    genre = attributs.get("Type", "").rsplit("/", maxsplit=1)[-1].lower()
    if genre in {"vbaproject", "wordvbadata", "xlmacrosheet", "xlintlmacrosheet"}:
        raise PieceRefusee(MACROS)
    if genre in {"oleobject", "package", "control", "activexcontrolbinary"}:
        raise PieceRefusee(OBJETS)
    if attributs.get("TargetMode", "").lower() == "external" and genre != "hyperlink":
        raise PieceRefusee(LIENS)


def _judge_partie(nom: str, attributs: Mapping[str, str]) -> None:
    """What an element makes an office program ask of another, or fetch."""
    if _ACTION.match(attributs.get("action", "")):
        raise PieceRefusee(MACROS)
    if nom in {"ddeLink", "oleLink", "webPr", "dbPr"}:
        raise PieceRefusee(LIENS)
    if nom in {"OLEObject", "oleObject"}:
        raise PieceRefusee(OBJETS)


def _check_odf(parties: Mapping[str, bytes]) -> None:
    lecteur = LecteurDeParties(_judge_element)
    for nom, contenu in parties.items():
        # LibreOffice leaves empty parts.
        if contenu and nom.lower().endswith(".xml") and not nom.startswith("META-INF/"):
            lecteur.read(contenu)


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
    if ailleurs or nom.startswith("dde-") or is_formule_ailleurs(attributs.get("formula", "")):
        raise PieceRefusee(LIENS)


def is_a_macros(noms: Iterable[str]) -> bool:
    """The parts of a workbook have such names as programs have there."""
    return any(_NOM_DE_MACRO.search(nom) for nom in noms)


class LecteurDeParties:
    """Has each element of the XML of a document judged, by its name and attributes without their namespaces."""

    def __init__(
        self, judge: Callable[[str, Mapping[str, str]], None], *, has_champs: bool = False
    ) -> None:
        self._judge = judge
        self._has_champs = has_champs
        self._vus = 0

    def read(self, contenu: bytes) -> None:
        """One part."""
        champs = LecteurDInstructions()

        def open_element(nom: str, attributs: Mapping[str, str]) -> None:
            self._vus += 1
            if self._vus > ELEMENTS_MAX:
                raise PieceRefusee(TROP_LONG)
            nus = {cle.rpartition(" ")[2]: valeur for cle, valeur in attributs.items()}
            self._judge(nom, nus)
            champs.open_element(nom, nus)

        def close_element(nom: str) -> None:
            champs.close_element(nom)
            if champs.is_ailleurs:
                raise PieceRefusee(LIENS)

        if self._has_champs:
            parse_xml(contenu, _DOC, open_element, close_element, champs.add_texte, quoi=_DOC)
        else:
            parse_xml(contenu, _DOC, open_element, ignore, ignore, quoi=_DOC)
