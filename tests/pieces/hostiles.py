"""The kinds of files that a proof may turn out to be, with what must become of each: the list of tests and recette."""

from __future__ import annotations

import gzip
from functools import partial

import pikepdf
from PIL import Image

from quartiers.pieces import document, image, nature, pdf
from tests.pieces.cas import Cas
from tests.pieces.fabrique import (
    MO,
    MOT,
    ODF,
    OOXML,
    draw_image,
    make_exif,
    make_odf,
    make_ooxml,
    make_pdf,
    make_textes,
    save_image,
    zip_parties,
)
from tests.pieces.fabrique_hostile import (
    attach,
    bury,
    disguise,
    launch,
    lock_zip,
    make_animation,
    make_mpo,
    make_pdf_gonfle,
    make_png_annonce,
    make_png_seize,
    make_profil,
    make_zip_bombe,
    relate,
    repeat_passe,
    run_javascript,
    turn_image,
)
from tests.pieces.hostiles_actifs import NOMS, QUI_AGISSENT

TROP_LOURD = "pèse plus de 10 Mo"
JPEG, PNG = "image/jpeg", "image/png"


RIRES = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
POSITION, APPAREIL, FIN = "position", "appareil et date", "octets après l’image"
SENS = "sens de l’appareil (image redressée)"

IMAGES = (
    Cas("photo sans rien de plus", "a.jpg", draw_image, type=JPEG),
    Cas(
        "photo avec sa position GPS", "IMG_0412.JPG", lambda: draw_image(exif=make_exif()),
        type=JPEG, ote=(POSITION, APPAREIL), garde="IMG_0412.jpg",
    ),
    *(
        Cas(
            f"photo tournée, sens {sens}", "tour.jpg",
            partial(turn_image, sens),
            type=JPEG, ote=(APPAREIL, SENS)[: 2 if sens > 1 else 1],
        )
        for sens in range(1, 9)
    ),
    Cas("JPEG suivi d’une archive", "a.jpg", lambda: draw_image() + zip_parties({"a": "b"}), type=JPEG, ote=(FIN,)),
    Cas("JPEG suivi d’une page web", "a.html", lambda: draw_image() + b"<script>", type=JPEG, ote=(FIN,), garde="a.html.jpg"),
    Cas("JPEG avec un commentaire", "a.jpg", lambda: draw_image(comment=b"<?php 1"), type=JPEG, ote=("textes",)),
    Cas("JPEG avec XMP", "a.jpg", lambda: draw_image(xmp=b"<x:xmpmeta/>"), type=JPEG, ote=("description XMP",)),
    Cas("JPEG avec un profil de couleurs", "a.jpg", lambda: draw_image(icc_profile=make_profil()), type=JPEG, ote=("profil de couleurs",)),
    Cas("JPEG en quatre encres (CMJN)", "a.jpg", lambda: draw_image(mode="CMYK"), type=JPEG),
    Cas("JPEG à plusieurs vues (MPO)", "a.jpg", make_mpo, type=JPEG),
    Cas("JPEG de 20 millions de pixels", "a.jpg", lambda: draw_image(taille=(5_000, 4_000)), type=JPEG, ote=("pixels de trop",)),
    Cas("PNG avec des textes", "a.png", lambda: draw_image("PNG", pnginfo=make_textes()), type=PNG, ote=("description XMP", "textes")),
    Cas("PNG avec la position (EXIF)", "a.png", lambda: draw_image("PNG", exif=make_exif()), type=PNG, ote=(POSITION, APPAREIL)),
    Cas("PNG suivi d’un programme", "a.png", lambda: draw_image("PNG") + b"MZ\x90", type=PNG, ote=(FIN,)),
    Cas("PNG de 16 bits", "a.png", make_png_seize, type=PNG),
    Cas("PNG à palette, transparent", "a.png", lambda: draw_image("PNG", mode="P", transparency=0), type=PNG),
    Cas("WebP avec la position", "a.webp", lambda: draw_image("WEBP", exif=make_exif()), type=JPEG, ote=(POSITION, APPAREIL), garde="a.webp.jpg"),
    Cas("JPEG nommé .pdf", "preuve.pdf", draw_image, type=JPEG, garde="preuve.pdf.jpg"),
    Cas("JPEG nommé .exe", "photo.jpg.exe", draw_image, type=JPEG, garde="photo.jpg.exe.jpg"),
    Cas("nom avec des dossiers", "../../etc/C:\\x\\affiche.jpg", draw_image, type=JPEG, garde="affiche.jpg"),
    Cas("nom qui s’écrit à l’envers (RTL)", "photo\u202egpj.exe", draw_image, type=JPEG, garde="photogpj.exe.jpg"),
    Cas("nom avec NUL et retours", "a\0b\r\nc.jpg", draw_image, type=JPEG, garde="ab c.jpg"),
    Cas("nom vide", "", draw_image, type=JPEG, garde="pièce.jpg"),
    Cas("nom sans fin", "é" * 400 + ".jpeg", draw_image, type=JPEG, garde="é" * 115 + ".jpeg"),
    Cas("JPEG aux dix mille passes", "a.jpg", lambda: repeat_passe(10_000), refus=image.ILLISIBLE),
    Cas("JPEG coupé", "a.jpg", lambda: draw_image(taille=(400, 400))[:-600], refus=image.ILLISIBLE),
    Cas("PNG coupé", "a.png", lambda: draw_image("PNG")[:-30], refus=image.ILLISIBLE),
    Cas("signature de JPEG seule", "a.jpg", lambda: b"\xff\xd8\xff\xe0" + b"\0" * 64, refus=image.ILLISIBLE),
    Cas("PNG de 100 millions de pixels", "a.png", lambda: save_image(Image.new("1", (10_000, 10_000)), "PNG"), refus=image.TROP_GRANDE),
    Cas("PNG qui annonce 2 milliards de côté", "a.png", lambda: make_png_annonce(2**31 - 1, 2**31 - 1), refus=image.TROP_GRANDE),
    Cas("PNG de 26 millions de pixels", "a.png", lambda: make_png_annonce(26_000_000, 1), refus=image.TROP_GRANDE),
    Cas("PNG animé", "a.png", lambda: make_animation("PNG"), refus=image.ANIMEE),
    Cas("WebP animé", "a.webp", lambda: make_animation("WEBP"), refus=image.ANIMEE),
    Cas("GIF", "a.gif", lambda: make_animation("GIF"), refus=nature.ANIMEE),
    Cas("GIF qui est aussi un script", "a.gif", lambda: b"GIF89a=0;alert(1)//" + b"\0" * 99, refus=nature.ANIMEE),
    Cas("HEIC d’un iPhone", "IMG_1.HEIC", lambda: b"\0\0\0\x18ftypheic" + b"\0" * 99, refus="Le plus compatible"),
    Cas("HEIC nommé .jpg", "IMG_1.jpg", lambda: b"\0\0\0\x18ftypmif1" + b"\0" * 99, refus="Le plus compatible"),
    Cas("AVIF", "a.avif", lambda: draw_image("AVIF"), refus=nature.AVIF),
    Cas("TIFF", "a.tif", lambda: draw_image("TIFF"), refus=nature.AUTRE_IMAGE),
    Cas("BMP", "a.bmp", lambda: draw_image("BMP"), refus=nature.AUTRE_IMAGE),
    Cas("SVG", "a.svg", lambda: SVG, refus=nature.XML),
    Cas("SVG nommé .png", "a.png", lambda: b"<?xml version='1.0'?>" + SVG, refus=nature.XML),
)  # fmt: skip
PDFS = (
    Cas("PDF", "convention.pdf", make_pdf, type=pdf.TYPE_PDF),
    Cas("PDF nommé .jpg", "convention.jpg", make_pdf, type=pdf.TYPE_PDF, garde="convention.jpg.pdf"),
    Cas("PDF qui lance un script", "a.pdf", lambda: make_pdf(run_javascript), refus="un programme ou une action"),
    Cas(
        "PDF dont le script est dans un flux d’objets", "a.pdf",
        lambda: make_pdf(run_javascript, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        refus="un programme ou une action",
    ),
    Cas("PDF dont le script est enfoui", "a.pdf", lambda: make_pdf(bury), refus="un programme ou une action"),
    Cas("PDF dont le nom du script est déguisé", "a.pdf", lambda: disguise(make_pdf(run_javascript)), refus="un programme ou une action"),
    Cas("PDF qui lance un programme", "a.pdf", lambda: make_pdf(launch), refus="un programme ou une action"),
    Cas("PDF avec un fichier joint", "a.pdf", lambda: make_pdf(attach), refus="un fichier joint"),
    Cas(
        "PDF chiffré", "a.pdf", lambda: make_pdf(encryption=pikepdf.Encryption(user="u", owner="o")),
        refus="mot de passe",
    ),
    Cas(
        "PDF chiffré qui s’ouvre sans mot de passe", "a.pdf",
        lambda: make_pdf(encryption=pikepdf.Encryption(user="", owner="o")), refus="mot de passe",
    ),
    Cas("PDF coupé", "a.pdf", lambda: make_pdf()[:-20], refus=pdf.ABIME),
    Cas("signature de PDF seule", "a.pdf", lambda: b"%PDF-1.7\n%%EOF", refus=pdf.ABIME),
    Cas("PDF suivi d’une archive", "a.pdf", lambda: make_pdf() + zip_parties({"a": "b"}), refus=pdf.MELE),
    Cas("PDF suivi d’un programme", "a.pdf", lambda: make_pdf() + b"MZ\x90\0", refus=pdf.MELE),
    Cas("PDF qui est aussi une page web", "a.pdf", lambda: make_pdf().replace(b"\n", b"\n%<html><script>\n", 1), refus=pdf.MELE),
    Cas("PDF précédé d’une page web", "a.pdf", lambda: b"<html>" + make_pdf(), refus=nature.HTML),
    Cas("PDF aux objets déployés deux fois", "a.pdf", lambda: make_pdf_gonfle(100), type=pdf.TYPE_PDF),
    Cas("PDF bombe (256 Mio en 1 Kio)", "a.pdf", lambda: make_pdf_gonfle(256 * MO), refus=pdf.ABIME),
)  # fmt: skip
DOCUMENTS = (
    Cas("document ODF", "note.odt", make_odf, type=f"{ODF}text"),
    Cas("document OOXML", "note.docx", make_ooxml, type=MOT),
    Cas("lien à cliquer dans un ODF", "note.odt", lambda: make_odf(contenu='<text:a xlink:href="https://x.fr"/>'), type=f"{ODF}text"),
    Cas("lien à cliquer dans un OOXML", "note.docx", lambda: make_ooxml(relations=relate("hyperlink", "https://x.fr")), type=MOT),
    Cas("classeur nommé .pdf", "a.pdf", lambda: make_odf("spreadsheet"), type=f"{ODF}spreadsheet", garde="a.pdf.ods"),
    Cas("ODF avec une macro", "a.odt", lambda: make_odf(Basic__Standard__x_xml="<a/>"), refus=document.MACROS),
    Cas("ODF dont un lien lance une macro", "a.odt", lambda: make_odf(contenu='<text:a xlink:href="vnd.sun.star.script:x"/>'), refus=document.MACROS),
    Cas("ODF avec un script sous un autre préfixe", "a.odt", lambda: make_odf(contenu='<q:script xmlns:q="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>'), refus=document.MACROS),
    Cas("ODF avec une image d’ailleurs", "a.odt", lambda: make_odf(contenu='<draw:image xlink:href="http://x.fr/i.png"/>'), refus=document.LIENS),
    Cas("ODF avec un modèle du réseau", "a.odt", lambda: make_odf(contenu='<meta:template xlink:href="smb://x/m.ott"/>'), refus=document.LIENS),
    Cas("ODF avec un objet OLE", "a.odt", lambda: make_odf(Objet=b"\xd0\xcf\x11\xe0"), refus=document.OBJETS),
    Cas("ODF protégé", "a.odt", lambda: zip_parties({"mimetype": f"{ODF}text", "META-INF/manifest.xml": "<encryption-data/>"}), refus=document.CHIFFRE),
    Cas("ODF protégé d’un bloc", "a.ods", lambda: zip_parties({"mimetype": f"{ODF}spreadsheet", "encrypted-package": b"x"}), refus=document.CHIFFRE),
    Cas("ODF avec une partie vide, comme LibreOffice", "a.odt", lambda: make_odf(Configurations2__accelerator__current_xml=""), type=f"{ODF}text"),
    Cas("ODF d’un autre genre (base)", "a.odb", lambda: make_odf("base"), refus=document.GENRE),
    Cas("OOXML avec des macros", "a.docm", lambda: make_ooxml(parties={"word/vbaProject.bin": b"x"}), refus=document.MACROS),
    Cas("OOXML à macros, renommé", "a.docx", lambda: make_ooxml("application/vnd.ms-word.document.macroEnabled"), refus=document.MACROS),
    Cas("OOXML avec un objet OLE", "a.docx", lambda: make_ooxml(parties={"word/embeddings/oleObject1.bin": b"x"}), refus=document.OBJETS),
    Cas("OOXML avec ActiveX", "a.docx", lambda: make_ooxml(parties={"word/activeX/activeX1.xml": "<a/>"}), refus=document.OBJETS),
    Cas("OOXML avec un modèle d’ailleurs", "a.docx", lambda: make_ooxml(relations=relate("attachedTemplate", "http://x.fr/m.dotm")), refus=document.LIENS),
    Cas("OOXML : un milliard de rires", "a.docx", lambda: make_ooxml(parties={"word/document.xml": RIRES}), refus="entités XML"),
    Cas("OOXML en UTF-16 sans sa marque", "a.docx", lambda: make_ooxml(parties={"word/document.xml": RIRES.encode("utf-16-le")}), refus="n’est pas en UTF-8"),
    Cas("OOXML : chemins hors de lui (zip slip)", "a.docx", lambda: make_ooxml(parties={"../../etc/x": "x"}), refus=document.CHEMINS),
    Cas("OOXML avec une archive dedans", "a.docx", lambda: make_ooxml(parties={"word/media/image1.png": zip_parties({"a": "b"})}), refus=document.OBJETS),
    Cas("OOXML bombe (1 Gio)", "a.docx", make_zip_bombe, refus="décompressé de plus de"),
    Cas("OOXML chiffré", "a.docx", lock_zip, refus="mot de passe"),
    Cas("OOXML coupé", "a.docx", lambda: make_ooxml()[:-40], refus="abîmé"),
    Cas("OOXML suivi d’un programme", "a.docx", lambda: make_ooxml() + b"MZ\x90", refus=document.MELE),
    Cas("deux archives bout à bout", "a.docx", lambda: zip_parties({"a": "b"}) + make_ooxml(), refus=document.MELE),
    Cas("ODF qui est aussi un PDF", "a.odt", lambda: zip_parties({"mimetype": f"{ODF}text", "a": b"%PDF-1.7"}, stocke=True), refus=document.MELE),
    Cas("présentation de gabarit (.potx)", "a.pptx", lambda: make_ooxml(f"{OOXML}presentationml.template"), refus=document.GENRE),
)  # fmt: skip
AUTRES = (
    Cas("fichier vide", "a.jpg", lambda: b"", refus=nature.VIDE),
    Cas("fichier de 11 Mo", "a.jpg", lambda: draw_image() + b"\0" * 11 * MO, refus=TROP_LOURD),
    Cas("page web", "a.html", lambda: b"<!DOCTYPE html><script>alert(1)</script>", refus=nature.HTML),
    Cas("page web nommée .jpg", "a.jpg", lambda: b"\xef\xbb\xbf \n<html>", refus=nature.HTML),
    Cas("programme Windows nommé .pdf", "a.pdf", lambda: b"MZ\x90\0" + b"\0" * 99, refus=nature.PROGRAMME),
    Cas("programme Linux", "a", lambda: b"\x7fELF" + b"\0" * 99, refus=nature.PROGRAMME),
    Cas("script", "a.sh", lambda: b"#!/bin/sh\nrm -rf /", refus=nature.PROGRAMME),
    Cas("archive zip", "a.zip", lambda: zip_parties({"photo.jpg": draw_image()}), refus=nature.ARCHIVE),
    Cas("archive vide nommée .docx", "a.docx", lambda: zip_parties({}), refus=nature.ARCHIVE),
    Cas("gzip", "a.gz", lambda: gzip.compress(b"x"), refus=nature.ARCHIVE),
    Cas("ancien document Word (.doc)", "a.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, refus=nature.OLE),
    Cas("vidéo d’un téléphone", "a.mp4", lambda: b"\0\0\0\x18ftypmp42" + b"\0" * 99, refus=nature.VIDEO),
    Cas("texte simple", "a.txt", lambda: b"bonjour", refus=nature.INCONNU),
    Cas("octets quelconques", "a.jpg", lambda: bytes(range(256)), refus=nature.INCONNU),
)  # fmt: skip
CAS = (*IMAGES, *PDFS, *DOCUMENTS, *AUTRES, *QUI_AGISSENT, *NOMS)
