"""XLSX and ODS: the table of the CSV, typed; the same bytes for the same input; no text is a formula."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest
import time_machine
from python_calamine import CalamineWorkbook

from quartiers.core.composition import list_tableaux
from quartiers.core.regles_en_mots import REGLES_DES_STATUTS
from quartiers.core.statut import LIBELLES, Statut
from quartiers.core.tableau import Tableau
from quartiers.core.vue import Vue
from quartiers.reports.presentation.nombre import NombreDeCase
from quartiers.reports.table import COLONNES, Ligne, list_lignes
from quartiers.reports.tableau_csv import write_csv
from quartiers.reports.tableau_ods import write_ods
from quartiers.reports.tableau_xlsx import write_xlsx
from quartiers.reports.tableur import clean_texte, get_flottant
from tests.core.adaptateur import build_dossier
from tests.reports.monde import CONNU_LE, PIEGES, VU_LE, list_monde, make_indicateur

Write = Callable[[Iterable[Tableau]], bytes]
ECRIVAINS = (write_xlsx, write_ods)
ODF = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}%s"
XLSX = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RANGS = {colonne.nom: rang for rang, colonne in enumerate(COLONNES)}


def read_feuille(octets: bytes, nom: str) -> list[list[object]]:
    """A sheet by a reader that is not ours."""
    classeur = CalamineWorkbook.from_filelike(io.BytesIO(octets))
    lignes: list[list[object]] = [
        list(ligne) for ligne in classeur.get_sheet_by_name(nom).to_python(skip_empty_area=False)
    ]
    return lignes


def to_cellule(valeur: object) -> object:
    """What the reader must find for a value of the table; an unknown one is an empty text for it."""
    if valeur is None:
        return ""
    return get_flottant(valeur.valeur) if isinstance(valeur, NombreDeCase) else valeur


def to_lignes(lignes: Iterable[Ligne]) -> list[list[object]]:
    """The table as the reader must find it."""
    return [
        [clean_texte(v) if isinstance(v, str) else to_cellule(v) for v in ligne] for ligne in lignes
    ]


@pytest.mark.parametrize("write", ECRIVAINS)
def test_les_memes_valeurs_avec_leur_type(write: Write) -> None:
    entete, *lignes = read_feuille(write(list_monde()), "Tableau")
    attendues = to_lignes(list_lignes(list_monde()))
    assert entete == [colonne.nom for colonne in COLONNES]
    assert lignes == attendues
    types = {type(cellule) for ligne in lignes for cellule in ligne}
    assert types == {str, float, date}


def test_les_memes_lignes_que_le_csv() -> None:
    texte = write_csv(list_monde()).removeprefix("\ufeff")
    lues = list(csv.reader(io.StringIO(texte), delimiter=";"))
    assert len(lues) == 1 + len(list(list_lignes(list_monde())))
    for lue, ligne in zip(lues[1:], list_lignes(list_monde()), strict=True):
        assert [bool(cellule) for cellule in lue] == [v is not None for v in ligne]


@pytest.mark.parametrize("write", ECRIVAINS)
def test_une_case_inconnue_est_vide_jamais_zero(write: Write) -> None:
    lignes = read_feuille(write(list_monde()), "Tableau")
    inconnues = [ligne for ligne in lignes if ligne[RANGS["territoire"]] == "QRR-1_2"]
    assert len(inconnues) == len(PIEGES) + 1
    for nom in ("valeur", "date", "perime_le", "couverture"):
        assert {ligne[RANGS[nom]] for ligne in inconnues} == {""}
    connue = next(ligne for ligne in lignes if ligne[RANGS["territoire"]] == "QRR-1_1")
    assert connue[RANGS["valeur"]] == 0.0, "un zéro connu est un zéro"


@pytest.mark.parametrize("write", ECRIVAINS)
def test_les_memes_octets_un_autre_jour(write: Write) -> None:
    octets = []
    for jour in ("2026-11-24 08:00", "2031-02-03 21:14"):
        with time_machine.travel(jour, tick=False):
            octets.append(write(list_monde()))
    assert octets[0] == octets[1]
    archive = zipfile.ZipFile(io.BytesIO(octets[0]))
    assert {entree.date_time[0] for entree in archive.infolist()} == {1980}
    assert archive.testzip() is None


@pytest.mark.parametrize("piege", PIEGES)
@pytest.mark.parametrize("write", ECRIVAINS)
def test_un_texte_n_est_jamais_une_formule(write: Write, piege: str) -> None:
    octets = write(list_monde())
    unites = [ligne[RANGS["unite"]] for ligne in read_feuille(octets, "Tableau")]
    assert clean_texte(piege) in unites
    archive = zipfile.ZipFile(io.BytesIO(octets))
    for nom in archive.namelist():
        if nom.endswith(".xml"):
            for element in ET.fromstring(archive.read(nom)).iter():  # noqa: S314 - our own file
                assert not element.tag.endswith("}f"), "formule XLSX"
                assert ODF % ("table", "formula") not in element.attrib


def test_un_texte_dangereux_reste_un_texte_quand_on_le_retouche() -> None:
    """Excel keeps the mark of a quoted text; LibreOffice the format « text »."""
    xlsx = zipfile.ZipFile(io.BytesIO(write_xlsx(list_monde())))
    assert b'quotePrefix="1"' in xlsx.read("xl/styles.xml")
    ods = zipfile.ZipFile(io.BytesIO(write_ods(list_monde())))
    contenu = ods.read("content.xml").decode()
    noms = len(PIEGES) + 1  # the name of the département, once for each of its lines
    assert contenu.count('<table:table-cell table:style-name="texte"') == 3 * len(PIEGES) + noms


GRANDS = {
    "entier": Fraction(1_234_567),
    "millier": Fraction(1000),
    "petit": Fraction(3),
    "demi": Fraction(2469, 2),
    "tiers": Fraction(1, 3),
    "budget": Fraction(123_456_789_346, 1000),
}


def list_grands() -> list[Tableau]:
    """A quartier whose values are long numbers."""
    dossier = build_dossier({
        "indicateurs": [make_indicateur(nom) for nom in GRANDS],
        "territoires": [{"code": "FR", "genre": "nation"}, {"code": "QRR-1_1", "genre": "qrr", "parents": ["FR"]}],
        "releves": [
            {"indicateur": nom, "territoire": "QRR-1_1", "date": date(2026, 11, 1), "valeur": valeur,
             "connu_le": date(2026, 11, 2), "ordre": rang}
            for rang, (nom, valeur) in enumerate(GRANDS.items(), start=1)
        ],
    })  # fmt: skip
    return list(list_tableaux(Vue(dossier, VU_LE, CONNU_LE), "QRR-1_1"))


def test_le_csv_ne_groupe_rien() -> None:
    lues = csv.DictReader(
        io.StringIO(write_csv(list_grands()).removeprefix("\ufeff")), delimiter=";"
    )
    assert [ligne["valeur"] for ligne in lues] == [
        *("1234567", "1000", "3", "1234,5", "0,333333", "123456789,346"),
    ]


@pytest.mark.parametrize("write", ECRIVAINS)
def test_un_grand_nombre_reste_un_nombre(write: Write) -> None:
    _, *lignes = read_feuille(write(list_grands()), "Tableau")
    assert [ligne[RANGS["valeur"]] for ligne in lignes] == [
        get_flottant(valeur) for valeur in GRANDS.values()
    ]


def test_xlsx_groupe_les_milliers_avec_les_decimales_qu_il_faut() -> None:
    """`#,##0` is how the format is kept; a French Excel shows « 1 234 567 »."""
    archive = zipfile.ZipFile(io.BytesIO(write_xlsx(list_grands())))
    styles = ET.fromstring(archive.read("xl/styles.xml"))  # noqa: S314 - our own file
    codes = {f.get("numFmtId"): f.get("formatCode") for f in styles.iter(f"{XLSX}numFmt")}
    (habits,) = styles.iter(f"{XLSX}cellXfs")
    formats = [codes.get(xf.get("numFmtId"), xf.get("numFmtId")) for xf in habits]
    feuille = ET.fromstring(archive.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - our own file
    lettre = chr(ord("A") + RANGS["valeur"])
    cases = [c for c in feuille.iter(f"{XLSX}c") if str(c.get("r")).startswith(lettre)][1:]
    assert {c.get("t", "n") for c in cases} == {"n"}
    dits = [formats[int(c.get("s", "0"))] for c in cases]
    assert dits == ["#,##0", "#,##0", "#,##0", "#,##0.0", "#,##0.000000", "#,##0.00"]


def test_ods_groupe_les_milliers_avec_les_decimales_qu_il_faut() -> None:
    archive = zipfile.ZipFile(io.BytesIO(write_ods(list_grands())))
    contenu = ET.fromstring(archive.read("content.xml"))  # noqa: S314 - our own file
    styles = {}
    for style in contenu.iter(ODF % ("datastyle", "number-style")):
        (nombre,) = style.iter(ODF % ("datastyle", "number"))
        assert nombre.get(ODF % ("datastyle", "grouping")) == "true"
        nom = style.get(ODF % ("style", "name"))
        styles[nom] = nombre.get(ODF % ("datastyle", "decimal-places"))
    habits = {
        habit.get(ODF % ("style", "name")): styles.get(
            habit.get(ODF % ("style", "data-style-name"))
        )
        for habit in contenu.iter(ODF % ("style", "style"))
    }
    cases = [
        case
        for case in contenu.iter(ODF % ("table", "table-cell"))
        if case.get(ODF % ("office", "value-type")) == "float"
    ]
    assert [habits[case.get(ODF % ("table", "style-name"))] for case in cases] == list("000162")
    assert ["".join(case.itertext()) for case in cases] == [
        *("1\u202f234\u202f567", "1\u202f000", "3", "1\u202f234,5", "0,333333"),
        "123\u202f456\u202f789,35",
    ]


@pytest.mark.parametrize("write", ECRIVAINS)
def test_lire_moi(write: Write) -> None:
    lignes = read_feuille(write(list_monde()), "Lire-moi")
    dits = {str(ligne[0]): str(ligne[1]) for ligne in lignes}
    assert dits["Territoire"] == "=Val & <Brume> (DEP-1)"
    assert "23\N{NO-BREAK SPACE}novembre 2026" in dits["Vu le"]
    assert "24\N{NO-BREAK SPACE}novembre 2026" in dits["Connu le"]
    assert dits["Case vide"] == "Une case vide est une valeur inconnue, jamais zéro."
    assert dits["Ne pas additionner"].endswith("ne les additionnez pas avec lui.")
    for colonne in COLONNES:
        assert dits[colonne.nom] == colonne.sens
    statuts = set(Statut) - {Statut.DONNEES_INSUFFISANTES}
    assert set(REGLES_DES_STATUTS) == statuts
    for statut in statuts:
        assert dits[statut.value].startswith(f"{LIBELLES[statut]}. ")
    assert {"Version des données", "Référentiel", "Actions à jour"} <= set(dits)


@pytest.mark.parametrize("write", ECRIVAINS)
def test_lire_moi_d_un_quartier_ne_parle_que_de_lui(write: Write) -> None:
    dits = {ligne[0] for ligne in read_feuille(write(list_monde("QRR-1_1")), "Lire-moi")}
    assert "Case vide" in dits
    assert "Ne pas additionner" not in dits


def test_xlsx_en_tete_figee_filtres_et_date_fixe() -> None:
    archive = zipfile.ZipFile(io.BytesIO(write_xlsx(list_monde())))
    feuille = archive.read("xl/worksheets/sheet1.xml").decode()
    nombre = 1 + len(list(list_lignes(list_monde())))
    assert '<pane ySplit="1"' in feuille
    assert f'<autoFilter ref="A1:O{nombre}"/>' in feuille
    assert "_xlnm.Print_Titles" in archive.read("xl/workbook.xml").decode()
    assert f"{CONNU_LE}T00:00:00Z" in archive.read("docProps/core.xml").decode()


def test_xlsx_ne_perd_pas_une_cellule_en_silence() -> None:
    premier, *suite = list_monde()
    premier = _rename(premier, "x" * 40_000)
    with pytest.raises(ValueError, match="texte de plus de 32767 caractères"):
        write_xlsx([premier, *suite])


def _rename(tableau: Tableau, nom: str) -> Tableau:
    return replace(tableau, territoire=replace(tableau.territoire, nom=nom))


def test_ods_est_un_odf_1_2() -> None:
    octets = write_ods(list_monde())
    assert octets[30:38] == b"mimetype"
    assert octets[38:84] == b"application/vnd.oasis.opendocument.spreadsheet"
    archive = zipfile.ZipFile(io.BytesIO(octets))
    manifeste = ET.fromstring(archive.read("META-INF/manifest.xml"))  # noqa: S314 - our own file
    dits = {e.attrib[ODF % ("manifest", "full-path")] for e in manifeste}
    assert dits == {"/", *archive.namelist()} - {"mimetype", "META-INF/manifest.xml"}
    contenu = archive.read("content.xml").decode()
    nombre = 1 + len(list(list_lignes(list_monde())))
    assert f'table:target-range-address="Tableau.A1:Tableau.O{nombre}"' in contenu
    assert contenu.count("<table:table-header-rows>") == 1
    reglages = archive.read("settings.xml").decode()
    assert 'config:name="VerticalSplitPosition" config:type="int">1<' in reglages


def test_ods_garde_les_espaces_et_les_lignes() -> None:
    premier, *suite = list_monde()
    octets = write_ods([_rename(premier, " deux  espaces\nligne\x01"), *suite])
    dits = {str(ligne[0]): ligne[1] for ligne in read_feuille(octets, "Lire-moi")}
    assert dits["Territoire"] == " deux  espaces\nligne\ufffd (DEP-1)"


def test_une_phrase_pliee_a_sa_hauteur() -> None:
    """A folded sentence of « Lire-moi » gets the height of its lines: it is not printed over the next one."""
    octets = write_xlsx(list_monde())
    phrases = [str(ligne[1]) for ligne in read_feuille(octets, "Lire-moi")]
    espace = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        feuille = ET.fromstring(archive.read("xl/worksheets/sheet2.xml"))  # noqa: S314 - our own file
    # A row of the ordinary height needs not say it.
    hauteurs = {
        int(r.get("r", "0")): float(r.get("ht", "15")) for r in feuille.iter(f"{espace}row")
    }
    longues = [n for n, phrase in enumerate(phrases, start=1) if len(phrase) > 130]
    assert longues
    assert all(hauteurs[n] >= 30 for n in longues)
    assert all(hauteurs.get(n, 15) == 15 for n, p in enumerate(phrases, 1) if len(p) < 100)
