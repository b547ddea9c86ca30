"""Files made to deceive whoever opens them: bombs, disguises, what acts, what is two things at once."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pikepdf
from PIL import Image, ImageCms

from tests.pieces.fabrique import (
    MO,
    draw_image,
    list_parties_ooxml,
    make_exif,
    make_ooxml,
    save_image,
)


def turn_image(sens: int) -> bytes:
    """A photograph taken with the phone held in one of eight ways."""
    return draw_image(exif=make_exif(sens, position=False))


def repeat_passe(fois: int) -> bytes:
    """A progressive JPEG whose last scan is said again and again, each time over all its pixels."""
    octets = draw_image(progressive=True)
    debut = octets.rindex(b"\xff\xda")
    return octets[:debut] + octets[debut:-2] * fois + octets[-2:]


def make_animation(forme: str) -> bytes:
    """Two pictures in one file."""
    suite = [Image.new("RGB", (20, 20), c) for c in ("red", "blue")]
    return save_image(suite[0], forme, save_all=True, append_images=suite[1:], duration=100)


def make_png_annonce(largeur: int, hauteur: int) -> bytes:
    """A PNG whose header announces any size, with no more pixels than a drawing of 40 × 20."""
    entete = struct.pack(">IIBBBBB", largeur, hauteur, 8, 2, 0, 0, 0)
    somme = struct.pack(">I", zlib.crc32(b"IHDR" + entete))
    octets = draw_image("PNG")
    return octets[:16] + entete + somme + octets[33:]


def make_png_seize() -> bytes:
    """Grey levels of sixteen bits, the lightest 60 000."""
    seize = Image.new("I;16", (4, 1))
    for x, niveau in enumerate((0, 20_000, 40_000, 60_000)):
        seize.putpixel((x, 0), niveau)
    return save_image(seize, "PNG")


def make_mpo() -> bytes:
    """What many phones write: the photograph, then smaller ones behind it."""
    suite = [Image.new("RGB", (40, 20), c) for c in ("red", "blue")]
    return save_image(suite[0], "MPO", save_all=True, append_images=suite[1:])


def make_profil() -> bytes:
    """The bytes of a profile of colours."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def run_javascript(doc: pikepdf.Pdf) -> None:
    """At the opening of the document."""
    doc.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)    ")


def launch(doc: pikepdf.Pdf) -> None:
    """A link that starts a program."""
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
    lien = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=action)
    doc.pages[0].Annots = pikepdf.Array([lien])


def attach(doc: pikepdf.Pdf) -> None:
    """A file inside the document."""
    doc.attachments["a.exe"] = pikepdf.AttachedFileSpec(doc, b"MZ")


def bury(doc: pikepdf.Pdf) -> None:
    """A script deep inside direct objects."""
    fond: pikepdf.Object = pikepdf.Dictionary(JS="app.alert(1)")
    for _ in range(20):
        fond = pikepdf.Array([pikepdf.Dictionary(N=fond)])
    doc.Root.Names = fond


def disguise(octets: bytes) -> bytes:
    """The same with names written by the numbers of their letters, at the same places."""
    octets = octets.replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/#4AS")
    return octets.replace(b"    )", b")")


def deflate(debut: bytes, blancs: int) -> bytes:
    """Bytes and that many blanks, deflated without ever being held whole."""
    machine = zlib.compressobj(9)
    morceaux = [machine.compress(debut)]
    morceaux += [machine.compress(b" " * MO) for _ in range(blancs // MO)]
    return b"".join([*morceaux, machine.compress(b" " * (blancs % MO)), machine.flush()])


def make_pdf_gonfle(blancs: int) -> bytes:
    """A sound document whose list of objects is deflated twice, and holds that many blanks."""
    page = b"4 0       <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    objets = zlib.compress(deflate(page, blancs), 9)
    debut = b"%PDF-1.7\n"
    pages = (
        b"1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Kids[4 0 R]/Count 1>>\nendobj\n"
    )
    flux = (
        b"3 0 obj\n<</Type/ObjStm/N 1/First 10/Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n%b\nendstream\n"
        b"endobj\n" % (len(objets), objets)
    )
    ou = [len(debut), len(debut) + pages.index(b"2 0 obj"), len(debut) + len(pages)]
    place = ou[2] + len(flux)
    lieux = (
        *((0, 0, 255), (1, ou[0], 0), (1, ou[1], 0)),
        *((1, ou[2], 0), (2, 3, 0), (1, place, 0)),
    )
    lignes = b"".join(struct.pack(">BIB", *lieu) for lieu in lieux)
    table = (
        b"5 0 obj\n<</Type/XRef/Size 6/W[1 4 1]/Root 1 0 R/Length %d>>stream\n%b\nendstream\nendobj\n"
        % (len(lignes), lignes)
    )
    return debut + pages + flux + table + b"startxref\n%d\n%%%%EOF\n" % place


def make_zip_bombe() -> bytes:
    """A document whose text would be inflated to a Gio."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as z:
        for nom, contenu in list_parties_ooxml().items():
            z.writestr(nom, contenu)
        with z.open("word/media/image1.bmp", "w", force_zip64=True) as partie:
            for _ in range(256):
                partie.write(b"\0" * 4 * MO)
    return sortie.getvalue()


def lock_zip() -> bytes:
    """A document whose parts are said to be encrypted."""
    octets = bytearray(make_ooxml())
    octets[octets.index(b"PK\x01\x02") + 8] |= 1
    return bytes(octets)


def relate(genre: str, cible: str, mode: str = "External") -> str:
    """A relation of an OOXML document."""
    type_ = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{genre}"
    return f'<Relationship Id="r9" Type="{type_}" Target="{cible}" TargetMode="{mode}"/>'
