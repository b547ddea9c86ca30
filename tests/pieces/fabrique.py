"""Files sent as proof, made on the spot: nothing of anybody's phone or desk is kept beside the tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import pikepdf
from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo

MO = 1 << 20
PARIS_NORD = (48.0, 51.0, 24.0)
ODF = "application/vnd.oasis.opendocument."
OOXML = "application/vnd.openxmlformats-officedocument."
MOT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def draw_image(forme: str = "JPEG", taille: tuple[int, int] = (40, 20), **options: Any) -> bytes:
    """A drawing, red on its left half and blue on its right, that nobody's camera took."""
    image = Image.new("RGB", taille, "red")
    image.paste("blue", (taille[0] // 2, 0, *taille))
    return save_image(image.convert(options.pop("mode", "RGB")), forme, **options)


def save_image(image: Image.Image, forme: str, **options: Any) -> bytes:
    """Its bytes in a format."""
    sortie = io.BytesIO()
    image.save(sortie, forme, **options)
    return sortie.getvalue()


def make_exif(sens: int = 1, *, position: bool = True) -> Image.Exif:
    """What a phone writes: position, maker, day, direction."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = sens
    exif[ExifTags.Base.Make] = "Téléphone"
    exif[ExifTags.Base.DateTime] = "2026:11:16 10:00:00"
    if position:
        exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = PARIS_NORD
    return exif


def make_textes() -> PngInfo:
    """The three kinds of text of a PNG."""
    textes = PngInfo()
    textes.add_text("Author", "quelqu’un")
    textes.add_text("Comment", "<script>alert(1)</script>", zip=True)
    textes.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta xmlns:x='adobe:ns:meta/'/>")
    return textes


def make_pdf(change: Callable[[pikepdf.Pdf], object] = lambda _: None, **options: Any) -> bytes:
    """A PDF of one white page, changed."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    change(pdf)
    sortie = io.BytesIO()
    pdf.save(sortie, **options)
    return sortie.getvalue()


def zip_parties(parties: Mapping[str, bytes | str], *, stocke: bool = False) -> bytes:
    """A zip of these parts, in their order."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_STORED if stocke else zipfile.ZIP_DEFLATED) as z:
        for nom, contenu in parties.items():
            methode = zipfile.ZIP_STORED if nom == "mimetype" else None
            z.writestr(zipfile.ZipInfo(nom), contenu, compress_type=methode or z.compression)
    return sortie.getvalue()


def make_odf(genre: str = "text", contenu: str = "", **parties: bytes | str) -> bytes:
    """An ODF document; `contenu` stands in its body, `parties` beside (« __ » for a slash, « _xml » for their extension)."""
    return zip_parties(
        {
            "mimetype": f"{ODF}{genre}",
            "content.xml": (
                '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
                'xmlns:xlink="http://www.w3.org/1999/xlink" '
                'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
                'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
                'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0">'
                f"<office:body>{contenu}</office:body></office:document-content>"
            ),
            "META-INF/manifest.xml": "<manifest/>",
            **{
                nom.replace("__", "/").replace("_xml", ".xml"): partie
                for nom, partie in parties.items()
            },
        }
    )


def list_parties_ooxml(type_: str = MOT, relations: str = "") -> dict[str, bytes | str]:
    """The parts of a small OOXML document."""
    genres = "http://schemas.openxmlformats.org/package/2006/"
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{genres}content-types">'
            f'<Override PartName="/word/document.xml" ContentType="{type_}.main+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{genres}relationships"><Relationship Id="r1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            f'Target="word/document.xml"/>{relations}</Relationships>'
        ),
        "word/document.xml": "<document/>",
    }


def make_ooxml(
    type_: str = MOT, relations: str = "", parties: Mapping[str, bytes | str] | None = None
) -> bytes:
    """An OOXML document, with further relations or parts."""
    return zip_parties({**list_parties_ooxml(type_, relations), **(parties or {})})
