"""A picture, drawn again: its pixels are kept, in the right direction, and nothing else of what was received.

No byte of the file received is copied: position, device, thumbnails, profiles, comments and whatever was hidden
after the end are gone with it.
"""

from __future__ import annotations

import io

from PIL import ExifTags, Image, ImageOps

from quartiers.pieces.piece import PieceRefusee

PIXELS_MAX = 25_000_000
COTE_MAX = 2_400
PASSES_MAX = 100
"""Scans of a JPEG, each over all its pixels: a camera makes ten at most."""
QUALITE = 85
_SUITE = "reprendre la photo avec une définition plus basse, ou en envoyer une copie d’écran"
TROP_GRANDE = f"image de plus de 25 millions de pixels : {_SUITE}"
ILLISIBLE = (
    "cette image est abîmée ou coupée : l’ouvrir pour vérifier, puis l’envoyer de nouveau, ou en envoyer une copie "
    "d’écran"
)
ANIMEE = "cette image est animée : envoyer une image fixe (JPEG ou PNG)"
_FORMATS = ("JPEG", "PNG", "WEBP")
_FIXES = frozenset({"JPEG", "MPO"})
"""MPO: a photograph and its thumbnails, as many phones write it; the first picture is the photograph."""
_SANS_APPAREIL = frozenset({ExifTags.Base.Orientation, ExifTags.IFD.GPSInfo})
_PASSE = b"\xff\xda"
_FIN = {"JPEG": b"\xff\xd9", "MPO": b"\xff\xd9", "PNG": b"IEND\xaeB`\x82"}

# The bound of Pillow, which only warns of most excesses, stands where ours does: one of the two is enough.
Image.MAX_IMAGE_PIXELS = None


def redraw_image(octets: bytes) -> tuple[str, bytes, tuple[str, ...]]:
    """(media type, bytes, what is gone) of a picture drawn again. Raises PieceRefusee."""
    try:
        with Image.open(io.BytesIO(octets), formats=_FORMATS) as image:
            _check_image(image, octets)
            ote = tuple(_list_ote(image, octets))
            dessin = _draw(image)
            return (*_write(dessin, is_photo=image.format != "PNG"), ote)
    except PieceRefusee:
        raise
    except Exception as erreur:
        # Whatever hostile bytes make a decoder say, the picture cannot be read.
        raise PieceRefusee(ILLISIBLE) from erreur


def _check_image(image: Image.Image, octets: bytes) -> None:
    """By the size written in the file, before a single pixel is decoded."""
    if image.width * image.height > PIXELS_MAX:
        raise PieceRefusee(TROP_GRANDE)
    if image.format in _FIXES and octets.count(_PASSE) > PASSES_MAX:
        raise PieceRefusee(ILLISIBLE)
    if image.format not in _FIXES and getattr(image, "is_animated", False):
        raise PieceRefusee(ANIMEE)


def _draw(image: Image.Image) -> Image.Image:
    """Pixels of eight bits, in the right direction, at most COTE_MAX on the long side, without any other word."""
    sens = image.getexif().get(ExifTags.Base.Orientation)
    pixels = _convert(image)
    pixels.thumbnail((COTE_MAX, COTE_MAX))
    if pixels.mode == "CMYK":
        pixels = pixels.convert("RGB")
    neuve = Image.new(pixels.mode, pixels.size)
    neuve.paste(pixels)
    if sens in range(2, 9):
        neuve.getexif()[ExifTags.Base.Orientation] = sens
        ImageOps.exif_transpose(neuve, in_place=True)
        neuve.getexif().clear()
    neuve.info.clear()
    return neuve


def _convert(image: Image.Image) -> Image.Image:
    """The same in a mode that can be made smaller; those of a JPEG are left, so that it is decoded small at once."""
    if image.mode in {"L", "RGB", "RGBA", "CMYK"}:
        if "transparency" in image.info:
            return image.convert("RGBA")
        return image
    if image.mode.startswith("I"):
        return image.point(lambda valeur: valeur * (1 / 256)).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _write(image: Image.Image, *, is_photo: bool) -> tuple[str, bytes]:
    sortie = io.BytesIO()
    if is_photo and image.mode != "RGBA":
        image.save(sortie, "JPEG", quality=QUALITE)
        return "image/jpeg", sortie.getvalue()
    image.save(sortie, "PNG")
    return "image/png", sortie.getvalue()


def _list_ote(image: Image.Image, octets: bytes) -> list[str]:
    """What the file received had, besides its pixels."""
    exif = image.getexif()
    fin = _FIN.get(image.format or "")
    dits = (
        ("position", bool(exif.get_ifd(ExifTags.IFD.GPSInfo))),
        ("appareil et date", bool(set(exif) - _SANS_APPAREIL)),
        ("sens de l’appareil (image redressée)", exif.get(ExifTags.Base.Orientation, 1) != 1),
        ("description XMP", bool(image.info.keys() & {"xmp", "XML:com.adobe.xmp"})),
        ("profil de couleurs", "icc_profile" in image.info),
        ("textes", "comment" in image.info or bool(getattr(image, "text", None))),
        ("octets après l’image", fin is not None and not octets.rstrip(b"\0").endswith(fin)),
        ("pixels de trop", max(image.size) > COTE_MAX),
    )
    return [mot for mot, present in dits if present]
