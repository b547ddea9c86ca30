"""What cannot be read is named for what it is, with what to do; a decoy inside changes nothing."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from quartiers.core.anomalie import DonneesRefusees
from quartiers.sources.lecture import read_table
from quartiers.sources.table import Colonnes
from tests.sources.classeurs import (
    build_ods,
    build_ole,
    build_sheet,
    build_xlsx,
    write_rows,
    zip_parts,
)

COLONNES = Colonnes(("code", "nom"), ("valeur",))
PROTEGE = "classeur protégé par un mot de passe : l’enregistrer sans mot de passe"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
CHIFFRE = b"\xff\xfe\x00<!DOCTYPE \x93 \x00" * 40


def get_reason(octets: bytes) -> str:
    """The one reason of a refusal."""
    with pytest.raises(DonneesRefusees) as refus:
        read_table(octets, "f", COLONNES)
    (anomalie,) = refus.value.anomalies
    return anomalie.raison


@pytest.mark.parametrize(
    ("flux", "raison"),
    [
        (("\x06DataSpaces", "EncryptionInfo", "EncryptedPackage"), PROTEGE),
        (("Workbook", "\x05SummaryInformation"), "ancien format Excel (.xls)"),
        (("Book",), "ancien format Excel (.xls)"),
        (("WordDocument", "1Table"), "document Word (.doc)"),
        (("PowerPoint Document",), "présentation PowerPoint (.ppt)"),
        (("__substg1.0_0037001F",), "ancien fichier Office d’un genre inconnu"),
        ((), "ancien fichier Office d’un genre inconnu"),
    ],
)
def test_an_old_container_is_named_by_its_streams(flux: tuple[str, ...], raison: str) -> None:
    assert get_reason(build_ole(*flux)).startswith(raison)


def test_a_cell_that_speaks_of_encryption_does_not_make_an_xls_encrypted() -> None:
    bavard = "EncryptedPackage\0".encode("utf-16-le")
    octets = build_ole("Workbook") + bavard.ljust(128, b"\x00") + b"\x00" + bavard
    assert get_reason(octets).startswith("ancien format Excel (.xls)")


@pytest.mark.parametrize(
    ("parties", "raison"),
    [
        ({"mimetype": ODS, "encrypted-package": CHIFFRE, "META-INF/manifest.xml": "<m/>"}, PROTEGE),
        (
            {
                "mimetype": ODS,
                "content.xml": CHIFFRE,
                "META-INF/manifest.xml": "<m><file-entry><encryption-data/></file-entry></m>",
            },
            PROTEGE,
        ),
        ({"xl/workbook.bin": b"\x83\x01", "xl/worksheets/sheet1.bin": b"\x81"}, "classeur Excel binaire (.xlsb)"),
        ({"Index/Document.iwa": b"\x00", "Metadata/Properties.plist": b""}, "classeur Numbers (.numbers)"),
        ({"Index.zip": b"PK", "preview.jpg": b""}, "classeur Numbers (.numbers)"),
        ({"word/document.xml": "<w/>"}, "document Word (.docx)"),
        ({"ppt/presentation.xml": "<p/>"}, "présentation PowerPoint (.pptx)"),
        (
            {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"},
            "document OpenDocument qui n’est pas un classeur",
        ),
        ({"donnees.csv": "code;nom\n1;a\n"}, "archive zip qui n’est ni un classeur XLSX"),
    ],
)  # fmt: skip
def test_a_zip_is_named_by_its_parts(parties: dict[str, str | bytes], raison: str) -> None:
    assert get_reason(zip_parts(parties)).startswith(raison)


@pytest.mark.parametrize(
    ("texte", "raison"),
    [
        ('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "classeur Excel 2003 en XML : enregistrer en"),
        ('<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>', "document OpenDocument à plat (.fods) : enregistrer en"),
        ('<?xml version="1.0"?><rien/>', "document XML à la place d’un tableau"),
    ],
)  # fmt: skip
def test_a_workbook_in_one_xml_text_is_named(texte: str, raison: str) -> None:
    assert get_reason(texte.encode()).startswith(raison)
    assert get_reason(texte.encode("utf-16")).startswith(raison)


def test_a_sheet_protected_against_edition_is_read() -> None:
    tampon = io.BytesIO()
    classeur = xlsxwriter.Workbook(tampon)
    feuille = classeur.add_worksheet()
    feuille.write_row(0, 0, ["code", "nom"])
    feuille.write_row(1, 0, ["1", "a"])
    feuille.protect("secret")
    classeur.close()
    table = read_table(tampon.getvalue(), "f", COLONNES)
    assert ([ligne["code"] for ligne in table], table.avis) == (["1"], ())


def test_what_is_read_today_still_is() -> None:
    feuille = build_sheet(write_rows([["code", "nom"], ["1", "a"]]))
    assert len(read_table(build_xlsx({"F": feuille}), "f", COLONNES)) == 1
    with pytest.raises(DonneesRefusees, match="classeur vide"):
        read_table(build_ods(""), "f", COLONNES)
