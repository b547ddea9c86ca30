"""A département in two pages, up to fifty quartiers: nothing small, nothing cut, what does not hold is counted."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from bench.departement_invente import write_dossier
from quartiers.core.dossier import Dossier
from quartiers.core.vue import Vue
from quartiers.reports.papier.departement import (
    DENSITES,
    build_departement,
    list_densites,
    write_defauts,
    write_inconnus,
)
from quartiers.reports.papier.document import Document, count_pages, print_document
from quartiers.usecases.charger_demo import load_demo
from quartiers.usecases.charger_dossier import forget_dossier, load_dossier
from tests.reports.papier.conftest import SAISI_LE
from tests.reports.papier.monde import CONNU_LE, VU_LE, flatten, read_pdf

DEPARTEMENT, CINQUANTE = "DEP-00", 50
PETIT_PT, MARGE_PT = 7.6, 43.9  # 15.5 mm
LONG = "Résidence du Parc et des Hautes-Terres, Les Bosquets, Le Moulin Neuf"

_lus: list[Dossier] = []


@pytest.fixture
def grand(db: None, tmp_path: Path) -> Document:
    """The paper of a département of fifty quartiers, its files read by the first test that asks."""
    if not _lus:
        forget_dossier()
        list(load_demo(dossier=write_dossier(tmp_path / "grand", CINQUANTE), saisi_le=SAISI_LE))
        _lus.append(load_dossier())
        forget_dossier()
    return build_departement(Vue(_lus[0], VU_LE, CONNU_LE), DEPARTEMENT)


def read_pages(octets: bytes) -> list[str]:
    """The text of each page, without blanks."""
    with pypdfium2.PdfDocument(octets) as pdf:
        return [flatten(page.get_textpage().get_text_bounded()) for page in pdf]


def read_alts(octets: bytes) -> list[str]:
    """What the pictures say, in the order of the tags."""
    dits: list[str] = []

    def walk(noeud: Any) -> None:
        if isinstance(noeud, pikepdf.Array):
            for enfant in noeud:
                walk(enfant)
        elif isinstance(noeud, pikepdf.Dictionary):
            if "/Alt" in noeud:
                dits.append(str(noeud.Alt))
            if "/K" in noeud:
                walk(noeud.K)

    with pikepdf.open(io.BytesIO(octets)) as pdf:
        walk(pdf.Root.StructTreeRoot.K)
    return dits


def measure_corps(octets: bytes) -> float:
    """The smallest type on the paper, in points."""
    corps: list[float] = []
    with pypdfium2.PdfDocument(octets) as pdf:
        for page in pdf:
            textes = page.get_textpage()
            corps += [
                pdfium.FPDFText_GetFontSize(textes, n)
                for n in range(textes.count_chars())
                if textes.get_text_range(n, 1).strip()
            ]
    return min(corps)


def read_marge(octets: bytes) -> str:
    """What stands in the bottom margin of the first page: its foot, and nothing else."""
    with pypdfium2.PdfDocument(octets) as pdf:
        textes = pdf[0].get_textpage()
        bas = [n for n in range(textes.count_chars()) if textes.get_charbox(n)[1] < MARGE_PT]
        return flatten("".join(textes.get_text_range(n, 1) for n in bas))


def set_rangees(document: Document, rangees: list[dict[str, Any]]) -> Document:
    """The same département with other rows, printed as so many would be."""
    essais = tuple({"densite": densite} for densite in list_densites(len(rangees)))
    return replace(document, donnees={**document.donnees, "rangees": rangees}, essais=essais)


def test_cinquante_quartiers_tiennent_en_deux_pages(grand: Document) -> None:
    """Page 2: every quartier, its commune, its ten counts and signs; still tagged, nothing under 7.6 points."""
    octets = print_document(grand)
    lu = read_pdf(octets)
    assert lu.pages == count_pages(octets) == 2
    assert (lu.pdf_a, lu.pdf_ua) == (("2", "A"), "1")
    assert measure_corps(octets) >= PETIT_PT - 0.01
    _, seconde = read_pages(octets)
    rangees = grand.donnees["rangees"]
    assert len(rangees) == CINQUANTE
    for rangee in rangees:
        comptes = "".join(case["a_jour"] for case in rangee["cases"])
        assert flatten(f"{rangee['nom']}, {rangee['communes']}{comptes}{rangee['total']}") in (
            seconde
        )
    assert read_alts(octets) == [c["signe"]["mot"] for r in rangees for c in r["cases"]]
    for signe in grand.donnees["legende"]:
        assert flatten(signe["mot"]) in seconde
    for engagement in grand.donnees["engagements"]:
        couverture = f"{engagement['couverture']['texte']}{engagement['en_retard']}"
        assert flatten(f"{engagement['libelle']}{engagement['phrase']}{couverture}") in seconde


def test_ce_qui_ne_tient_pas_de_la_liste_est_compte(grand: Document) -> None:
    """The first ones, whole and in order, then how many follow: the sum is what the title says."""
    octets = print_document(grand)
    premiere, _ = read_pages(octets)
    assert read_marge(octets) == flatten(f"{grand.donnees['pied']}Page 1 sur 2")
    defauts = [
        flatten(f"{d['objet']}{d['signe']['mot']}, {d['depuis']}. {d['raison']}")
        for d in grand.donnees["defauts"]
    ]
    place, montres = 0, 0
    while (trouve := premiere.find(defauts[montres], place)) >= 0:
        place, montres = trouve + len(defauts[montres]), montres + 1
    assert montres > 30
    assert [d for d in defauts[montres:] if d in premiere[place:]] == []
    reste = re.search(r"Et(\d+)autres,enligne\.", premiere)
    assert reste is not None
    assert montres + int(reste[1]) == len(defauts)
    assert premiere.startswith(flatten(grand.donnees["tete"][0]))
    assert flatten(write_defauts(len(defauts))) in premiere
    assert flatten(grand.donnees["inconnus"]) in premiere


def test_la_demonstration_dit_tout_en_deux_pages(vue: Vue) -> None:
    """Twelve quartiers: words under the signs, the whole list, nothing left online."""
    document = build_departement(vue, DEPARTEMENT)
    octets = print_document(document)
    premiere, seconde = read_pages(octets)
    assert "enligne" not in premiere + seconde
    assert all(flatten(d["objet"]) in premiere for d in document.donnees["defauts"])
    assert flatten("15 actions « a minima » ou « dans chaque quartier », perdues ou manquantes.") in premiere  # fmt: skip
    assert read_alts(octets) == []
    assert measure_corps(octets) >= PETIT_PT - 0.01


def test_des_noms_longs_restent_entiers(grand: Document) -> None:
    """Ten names that wrap: the communes go first, and that is said; no name is cut."""
    rangees = [dict(r) for r in grand.donnees["rangees"]]
    for rang, rangee in enumerate(rangees[:10]):
        rangee["nom"] = f"{rang}e {LONG}"
    octets = print_document(set_rangees(grand, rangees))
    assert count_pages(octets) == 2
    _, seconde = read_pages(octets)
    assert all(flatten(f"{rang}e {LONG}") in seconde for rang in range(10))
    assert flatten("Ordre alphabétique des communes, dites en ligne.") in seconde
    assert flatten(grand.donnees["rangees"][-1]["communes"]) not in seconde


@pytest.mark.parametrize("densite", DENSITES)
def test_chaque_densite_tient_ce_qu_elle_promet(grand: Document, densite: str) -> None:
    rangees = [*grand.donnees["rangees"]] * 2
    pages = {
        nombre: count_pages(
            print_document(
                replace(
                    grand,
                    donnees={**grand.donnees, "rangees": rangees[:nombre]},
                    essais=({"densite": densite},),
                )
            )
        )
        for nombre in (DENSITES[densite], DENSITES[densite] + 1)
    }
    assert list(pages.values()) == [2, 3], pages


def test_au_dela_la_matrice_continue_avec_ses_communes(grand: Document) -> None:
    octets = print_document(set_rangees(grand, [*grand.donnees["rangees"]] * 2))
    textes = read_pages(octets)
    assert len(textes) > 2
    rangees = grand.donnees["rangees"]
    dits = [flatten(f"{r['nom']}, {r['communes']}") for r in rangees]
    assert all("".join(textes[1:]).count(dit) >= 2 for dit in dits)
    assert flatten("Page 3 sur 3") in textes[2]


@pytest.mark.parametrize(
    ("rangees", "densites"),
    [
        (12, ["ample", "serree", "dense", "nue", "dense"]),
        (24, ["serree", "dense", "nue", "dense"]),
        (50, ["dense", "nue", "dense"]),
        (90, ["dense"]),
    ],
)
def test_les_densites_essayees(rangees: int, densites: list[str]) -> None:
    assert list_densites(rangees) == densites


def test_les_mots_s_accordent() -> None:
    ecrits = [flatten(write_defauts(nombre)) for nombre in (0, 1, 2)]
    ordre = "Les perdues d’abord, puis les plus anciennes."
    modes = "« a minima » ou « dans chaque quartier »,"
    assert ecrits == [
        "",
        flatten(f"1 action {modes} perdue ou manquante."),
        flatten(f"2 actions {modes} perdues ou manquantes. {ordre}"),
    ]
    inconnus = [write_inconnus(n, has_defauts=d) for n, d in ((0, True), (1, True), (16, False))]
    assert [flatten(texte).partition(",")[0] for texte in inconnus] == [
        "", "Pour1autre", "Pour16actions",
    ]  # fmt: skip


def test_aucun_defaut_n_a_pas_de_compte(vue: Vue) -> None:
    document = build_departement(vue, DEPARTEMENT)
    vide = {"defauts": [], "defauts_titre": write_defauts(0), "suites": []}
    premiere, _ = read_pages(
        print_document(replace(document, donnees={**document.donnees, **vide}))
    )
    assert flatten("À décider Aucune perdue, aucune dont l’absence soit prouvée.") in premiere
    assert "0action" not in premiere
