"""What acts, asks another program or fetches elsewhere, by each of the ways that its format has; and hostile names."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pikepdf

from quartiers.pieces import document, pdf, pdf_a_part
from tests.pieces.cas import Cas
from tests.pieces.fabrique import (
    MOT,
    OOXML,
    draw_image,
    make_odf,
    make_ooxml,
    make_pdf,
    zip_parties,
)
from tests.pieces.fabrique_hostile import relate

N, D = pikepdf.Name, pikepdf.Dictionary
ACTIF, JOINT = pdf.RAISONS[pdf_a_part.ACTIF], pdf.RAISONS[pdf_a_part.JOINT]
TABLEAU = f"{OOXML}spreadsheetml.sheet"
PRESENTATION = f"{OOXML}presentationml.presentation"
ADRESSE = "http://x.fr"


def annotate(**quoi: Any) -> Callable[[], bytes]:
    """A PDF whose page bears this annotation."""

    def change(doc: pikepdf.Pdf) -> None:
        doc.pages[0].Annots = pikepdf.Array([D(Type=N.Annot, **quoi)])

    return lambda: make_pdf(change)


def act(genre: pikepdf.Name) -> Callable[[], bytes]:
    """A PDF whose link does this."""
    return annotate(Subtype=N.Link, A=D(S=genre))


def root(cle: str, valeur: Callable[[], pikepdf.Object]) -> Callable[[], bytes]:
    """A PDF whose catalogue says this."""
    return lambda: make_pdf(lambda doc: doc.Root.__setitem__(cle, valeur()))


def nest(niveaux: int) -> pikepdf.Object:
    """Arrays, each inside another."""
    fond: pikepdf.Object = pikepdf.Array([])
    for _ in range(niveaux):
        fond = pikepdf.Array([fond])
    return fond


def write_champs(*morceaux: str) -> Callable[[], bytes]:
    """A text whose field says these pieces one after the other; « { », « | » and « } » begin, show and end one."""
    signes = {"{": "begin", "|": "separate", "}": "end"}
    corps = "".join(
        f'<w:r><w:fldChar w:fldCharType="{signes[m]}"/></w:r>'
        if m in signes
        else f"<w:r><w:instrText>{m}</w:instrText></w:r>"
        for m in morceaux
    )
    return partial(make_ooxml, parties={"word/document.xml": f'<w:d xmlns:w="w">{corps}</w:d>'})


def write_partie(nom: str, contenu: str, type_: str = MOT) -> Callable[[], bytes]:
    """A document with one further part."""
    return partial(make_ooxml, type_, parties={nom: contenu})


def say_formule(formule: str) -> Callable[[], bytes]:
    """An ODF table of one formula."""
    cellule = (
        f'<t:c xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0" t:formula="{formule}"/>'
    )
    return partial(make_odf, "spreadsheet", cellule)


def write_formule(formule: str) -> Callable[[], bytes]:
    """An OOXML table of one formula."""
    return write_partie("xl/worksheets/sheet1.xml", f"<c><f>{formule}</f></c>", TABLEAU)


def relier(genre: str) -> Callable[[], bytes]:
    """A relation inside the document."""
    return lambda: make_ooxml(relations=relate(genre, "x.bin", "Internal"))


def change_types(type_: str) -> Callable[[], bytes]:
    """A sound text, one part of which says that it is of a kind."""
    return lambda: make_ooxml(
        parties={
            "[Content_Types].xml": f'<Types><Override ContentType="{MOT}.main+xml"/><Default ContentType="{type_}"/></Types>'
        }
    )


MACROS, OBJETS, LIENS = document.MACROS, document.OBJETS, document.LIENS
EN_PDF = (
    Cas("PDF : formulaire XFA", "a.pdf", root("/AcroForm", lambda: D(XFA="<xdp/>")), refus=ACTIF),
    Cas("PDF : script au départ d’une page", "a.pdf", annotate(AA=D(O=D(S=N.Named))), refus=ACTIF),
    Cas("PDF : adresse ouverte d’elle-même", "a.pdf", root("/OpenAction", lambda: D(S=N.URI, URI=ADRESSE)), refus=ACTIF),
    Cas("PDF : lien à cliquer", "a.pdf", annotate(Subtype=N.Link, A=D(S=N.URI, URI=ADRESSE)), type=pdf.TYPE_PDF),
    *(
        Cas(f"PDF : action {genre}", "a.pdf", act(genre), refus=ACTIF)
        for genre in (N.ImportData, N.SubmitForm, N.Rendition, N.RichMediaExecute, N.GoToR, N.GoToE)
    ),
    *(
        Cas(f"PDF : annotation {genre}", "a.pdf", annotate(Subtype=genre), refus=JOINT)
        for genre in (N.FileAttachment, N.RichMedia, N.Movie, N.Sound, N("/3D"))
    ),
    Cas("PDF : fichier au bout d’un lien", "a.pdf", annotate(FS=D(F="a", EF=D())), refus=JOINT),
    Cas("PDF : cent tableaux l’un dans l’autre", "a.pdf", root("/Names", partial(nest, 100)), refus=pdf.ABIME),
    Cas("PDF : vingt tableaux l’un dans l’autre", "a.pdf", root("/Names", partial(nest, 20)), type=pdf.TYPE_PDF),
)  # fmt: skip
EN_TEXTE = (
    *(
        Cas(f"OOXML : champ {mot}", "a.docx", write_champs("{", f' {mot} c:\\x "y" ', "|", "}"), refus=LIENS)
        for mot in ("DDE", "ddeauto", "LINK", "DATABASE", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT")
    ),
    Cas("OOXML : champ DDEAUTO en morceaux", "a.docx", write_champs("{", "DD", "EAU", "TO c:\\\\cmd.exe", "}"), refus=LIENS),
    Cas("OOXML : champ DDE dans un champ", "a.docx", write_champs("{", "IF 1 ", "{", "DDE cmd", "}", "}"), refus=LIENS),
    Cas("OOXML : champ DDE dans ce que montre un champ", "a.docx", write_champs("{", "TOC", "|", "{", "DDE cmd", "}", "}"), refus=LIENS),
    Cas("OOXML : champ dont le nom est calculé", "a.docx", write_champs("{", "{", "QUOTE 68 68 69", "}", "cmd", "}"), refus=LIENS),
    Cas("OOXML : champ DDE sans bornes", "a.docx", write_champs("DDE cmd"), refus=LIENS),
    Cas("OOXML : champ DDE d’un seul tenant", "a.docx", write_partie("word/footer1.xml", '<w:fldSimple xmlns:w="w" w:instr=" DDEAUTO x"/>'), refus=LIENS),
    Cas("OOXML : sommaire et lien vers ddets.gouv.fr", "a.docx", write_champs("{", "TOC", "|", "{", 'HYPERLINK "https://dde.fr"', "|", "}", "}"), type=MOT),
    Cas("OOXML : texte qui parle de DDE", "a.docx", write_partie("word/document.xml", "<t>DDEAUTO c:\\x</t>"), type=MOT),
    *(
        Cas(f"OOXML : relation {genre}", "a.docx", relier(genre), refus=MACROS)
        for genre in ("vbaProject", "wordVbaData", "xlMacrosheet", "xlIntlMacrosheet")
    ),
    *(
        Cas(f"OOXML : relation {genre}", "a.docx", relier(genre), refus=OBJETS)
        for genre in ("oleObject", "package", "control", "activeXControlBinary")
    ),
    Cas("OOXML : objet OLE dans le texte", "a.docx", write_partie("word/document.xml", '<o:OLEObject xmlns:o="o"/>'), refus=OBJETS),
    Cas("OOXML : objet OLE dans la feuille", "a.xlsx", write_partie("xl/worksheets/sheet1.xml", "<oleObject/>", TABLEAU), refus=OBJETS),
    Cas("OOXML : partie de macros", "a.docx", change_types("application/vnd.ms-office.vbaProject"), refus=MACROS),
    Cas("OOXML : partie ActiveX", "a.docx", change_types("application/vnd.ms-office.activeX+xml"), refus=OBJETS),
    Cas("OOXML : feuille de macros Excel 4", "a.xlsx", write_partie("xl/macrosheets/sheet1.xml", "<a/>", TABLEAU), refus=MACROS),
    Cas("OOXML : diapositive qui lance un programme", "a.pptx", write_partie("ppt/slides/slide1.xml", '<h action="ppaction://program"/>', PRESENTATION), refus=MACROS),
    Cas("OOXML : programme dans une image", "a.docx", write_partie("word/media/i.png", "MZ\x90"), refus=OBJETS),
)  # fmt: skip
EN_TABLEAU = (
    Cas("classeur OOXML : lien DDE", "a.xlsx", write_partie("xl/externalLinks/externalLink1.xml", '<ddeLink ddeService="cmd"/>', TABLEAU), refus=LIENS),
    Cas("classeur OOXML : lien OLE", "a.xlsx", write_partie("xl/externalLinks/externalLink1.xml", "<oleLink/>", TABLEAU), refus=LIENS),
    Cas("classeur OOXML : page web lue", "a.xlsx", write_partie("xl/connections.xml", f'<webPr url="{ADRESSE}"/>', TABLEAU), refus=LIENS),
    Cas("classeur OOXML : base lue", "a.xlsx", write_partie("xl/connections.xml", "<dbPr/>", TABLEAU), refus=LIENS),
    Cas("classeur OOXML : formule DDE", "a.xlsx", write_formule("cmd|'/C calc'!A0"), refus=LIENS),
    Cas("classeur OOXML : WEBSERVICE", "a.xlsx", write_formule('_xlfn.WEBSERVICE("http://x.fr")'), refus=LIENS),
    Cas("classeur OOXML : nom qui appelle un programme", "a.xlsx", write_partie("xl/workbook.xml", "<definedName>cmd|x!A1</definedName>", TABLEAU), refus=LIENS),
    Cas("classeur OOXML : formules de tous les jours", "a.xlsx", write_formule("IF('a b'!A1=\"x|DDE(1)\",SUM(A1:A3),HYPERLINK(\"http://x.fr\"))"), type=TABLEAU),
    Cas("classeur ODF : formule DDE", "a.ods", say_formule("of:=DDE(&quot;soffice&quot;;&quot;x&quot;)"), refus=LIENS),
    Cas("classeur ODF : WEBSERVICE", "a.ods", say_formule("of:=COM.MICROSOFT.WEBSERVICE(&quot;http://x.fr&quot;)"), refus=LIENS),
    Cas("classeur ODF : somme", "a.ods", say_formule("of:=SUM([.A1:.A3])"), type="application/vnd.oasis.opendocument.spreadsheet"),
    *(
        Cas(f"ODF : élément {nom}", "a.odt", partial(make_odf, contenu=f"<draw:{nom}/>"), refus=refus)
        for nom, refus in (("object-ole", OBJETS), ("applet", OBJETS), ("plugin", OBJETS), ("dde-source", LIENS))
    ),
    Cas("ODF chiffré, dont les parties ne disent plus rien", "a.odt", lambda: zip_parties({"mimetype": "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": "<encryption-data/>", "content.xml": b"\x9a\0\xff<!DOCTYPE"}), refus=document.CHIFFRE),
)  # fmt: skip
QUI_AGISSENT = (*EN_PDF, *EN_TEXTE, *EN_TABLEAU)
NOMS = tuple(
    Cas(f"nom {nom!r}", nom, draw_image, type="image/jpeg", garde=garde)
    for nom, garde in (
        (".htaccess", "htaccess.jpg"),
        ("..", "pièce.jpg"),
        (".jpg", "jpg.jpg"),
        ("...jpeg", "jpeg.jpg"),
        ("CON.jpg", "CON_.jpg"),
        ("lpt1.x.jpg", "lpt1_.x.jpg"),
        ("console.jpg", "console.jpg"),
        ("a.jpg. ", "a.jpg..jpg"),
        ("a.jpg:flux", "a.jpg_flux.jpg"),
        ('<img src=x onerror="1">.jpg', "_img src=x onerror=_1__.jpg"),
        ("=cmd|' !A0.jpg", "=cmd_' !A0.jpg"),
        ("Ωmega 水.JPG", "Ωmega 水.jpg"),
    )
)
