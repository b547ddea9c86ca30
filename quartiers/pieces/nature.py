"""What bytes are, by their first bytes and never by a name; what nobody admits is named, with what to do instead."""

from __future__ import annotations

from enum import StrEnum

from quartiers.pieces.piece import PieceRefusee
from quartiers.sources.octets import GenreOctets, get_genre


class NatureDePiece(StrEnum):
    """The families of files that are admitted."""

    IMAGE = "image"
    PDF = "pdf"
    DOCUMENT = "document"


_EN_IMAGE = "envoyer une photo (JPEG, PNG) ou un PDF"
EN_PDF = "l’enregistrer en PDF, puis envoyer le PDF"
INCONNU = f"ce genre de fichier n’est pas admis : {_EN_IMAGE}"
VIDE = "ce fichier est vide (0 octet) : le choisir de nouveau, ou reprendre la photo"
HEIC = (
    "cette photo est au format HEIC, que peu d’appareils savent ouvrir. Sur un iPhone : Réglages, Appareil photo, "
    "Formats, « Le plus compatible », puis reprendre la photo ; ou en envoyer une copie d’écran"
)
AVIF = "cette image est au format AVIF : l’enregistrer en JPEG, ou en envoyer une copie d’écran"
VIDEO = f"c’est une vidéo ou un son : {_EN_IMAGE}"
ANIMEE = f"image GIF, qui peut être animée : {_EN_IMAGE}"
OLE = f"ancien document Office, ou document protégé par un mot de passe : {EN_PDF}"
PROGRAMME = f"c’est un programme, pas une preuve : {_EN_IMAGE}"
ARCHIVE = "c’est une archive : l’ouvrir, et envoyer une à une les pièces qu’elle contient"
HTML = f"c’est une page web : {EN_PDF}"
XML = f"c’est un dessin ou un texte en XML (SVG…) : {EN_PDF}"
AUTRE_IMAGE = f"cette image n’est ni JPEG ni PNG : l’enregistrer en JPEG ; sinon {EN_PDF}"

_ADMIS = (
    (b"\xff\xd8\xff", NatureDePiece.IMAGE),
    (b"\x89PNG\r\n\x1a\n", NatureDePiece.IMAGE),
    (b"%PDF-", NatureDePiece.PDF),
    (b"PK\x03\x04", NatureDePiece.DOCUMENT),
)
_REFUSES = (
    (b"GIF8", ANIMEE),
    (b"\xd0\xcf\x11\xe0", OLE),
    (b"MZ", PROGRAMME),
    (b"\x7fELF", PROGRAMME),
    (b"\xca\xfe\xba\xbe", PROGRAMME),
    (b"\xcf\xfa\xed\xfe", PROGRAMME),
    (b"#!", PROGRAMME),
    (b"PK", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
    (b"7z\xbc\xaf", ARCHIVE),
    (b"Rar!", ARCHIVE),
    (b"BZh", ARCHIVE),
    (b"\xfd7zXZ", ARCHIVE),
    (b"BM", AUTRE_IMAGE),
    (b"II*\x00", AUTRE_IMAGE),
    (b"MM\x00*", AUTRE_IMAGE),
    (b"8BPS", AUTRE_IMAGE),
    (b"\x00\x00\x01\x00", AUTRE_IMAGE),
    (b"{\\rtf", f"document RTF : {EN_PDF}"),
    (b"%!PS", f"document PostScript : {EN_PDF}"),
    (b"OggS", VIDEO),
    (b"ID3", VIDEO),
    (b"\x1aE\xdf\xa3", VIDEO),
)
_HEIC = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})
_AVIF = frozenset({b"avif", b"avis"})


def get_nature(octets: bytes) -> NatureDePiece:
    """The family of a file, or PieceRefusee when it is none of those that are admitted."""
    if not octets:
        raise PieceRefusee(VIDE)
    for signature, nature in _ADMIS:
        if octets.startswith(signature):
            return nature
    if octets[:4] == b"RIFF":
        if octets[8:12] == b"WEBP":
            return NatureDePiece.IMAGE
        raise PieceRefusee(VIDEO)
    raise PieceRefusee(explain_inconnu(octets))


def explain_inconnu(octets: bytes) -> str:
    """Why bytes that are of no family admitted are refused, as far as they tell what they are."""
    if octets[4:8] == b"ftyp":
        marque = octets[8:12]
        return HEIC if marque in _HEIC else AVIF if marque in _AVIF else VIDEO
    for signature, raison in _REFUSES:
        if octets.startswith(signature):
            return raison
    genre = get_genre(octets)
    return HTML if genre is GenreOctets.HTML else XML if genre is GenreOctets.XML else INCONNU
