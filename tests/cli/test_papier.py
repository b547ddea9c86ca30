"""`--format pdf` and `papier`: files written, calls refused, names that tell what was asked."""

from __future__ import annotations

from copy import copy
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pypdfium2
import pytest

from quartiers.core.temps import PARIS
from quartiers.storage.models import Ecriture
from quartiers.usecases.lire_tete import read_tete
from tests.cli.conftest import DATES, Sortie, call


def test_un_pdf_s_ecrit_dans_un_fichier(base: None, tmp_path: Path) -> None:
    for n, code in enumerate(("DEP-00", "COM-00003", "QC-FICTIF-TILLEULS")):
        chemins = [tmp_path / f"{n}-{fois}.pdf" for fois in range(2)]
        for chemin in chemins:
            assert call("tableau", code, *DATES, "--format", "pdf", "-o", chemin) == 0
        assert chemins[0].read_bytes().startswith(b"%PDF-1.7")
        assert chemins[0].read_bytes() == chemins[1].read_bytes()


def test_une_preuve_s_ecrit_dans_un_fichier(base: None, tmp_path: Path) -> None:
    chemin = tmp_path / "preuve.pdf"
    mots = ("constat", "QC-FICTIF-TILLEULS", "e06-a2-adultes-relais", *DATES)
    assert call(*mots, "--format", "pdf", "-o", chemin) == 0
    assert chemin.read_bytes().startswith(b"%PDF-1.7")
    texte = tmp_path / "preuve.txt"
    assert call(*mots, "-o", texte) == 0
    assert "Faits retenus" in texte.read_text("utf-8")


@pytest.mark.parametrize(
    ("mots", "raison"),
    [
        (("tableau", "DEP-00", "--format", "pdf"), "-o FICHIER"),
        (("tableau", "FR", "--format", "pdf", "-o", "x.pdf"), "n'existe pas pour FR"),
        (("constat", "DEP-00", "e06-a2-adultes-relais", "--format", "pdf"), "-o FICHIER"),
        (("papier", "QC-RIEN", "-o", "x"), "territoire inconnu"),
        (("papier", "DEP-00", "-o", "x", "--processus", "0"), "processus impossible"),
        (("papier", "COM-00001", "-o", "x", "--vu-le", "2001-01-01"), "aucun quartier attendu"),
    ],
)
def test_un_appel_impossible_est_dit_sans_rien_ecrire(
    base: None, capsys: Sortie, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    mots: tuple[str, ...], raison: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert call(*mots) == 2
    assert raison in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_un_dossier_pour_une_reunion(base: None, capsys: Sortie, tmp_path: Path) -> None:
    """One file per expected quartier, the same by one process and by two."""
    for nom, processus in (("un", 1), ("deux", 2)):
        mots = ("papier", "DEP-00", *DATES, "-o", tmp_path / nom, "--processus", processus)
        assert call(*mots) == 0
        sorti = capsys.readouterr()
        assert "12 sur 12" in sorti.err
        assert sorti.out.startswith("12 PDF dans ")
    ecrits = {p.name: p.read_bytes() for p in (tmp_path / "un").iterdir()}
    assert len(ecrits) == 12
    assert "quartier-QC-FICTIF-TILLEULS-vu-2026-11-23-connu-2026-11-23.pdf" in ecrits
    assert ecrits == {p.name: p.read_bytes() for p in (tmp_path / "deux").iterdir()}


def test_deux_jours_de_connaissance_sont_deux_fichiers(base: None, tmp_path: Path) -> None:
    """Another `--connu-le` in the same folder takes nothing away; a call that says none has no such day."""
    mots = ("papier", "QC-FICTIF-TILLEULS", "--vu-le", "2026-11-23", "-o", tmp_path)
    for connu in ((), ("--connu-le", "2026-07-10"), ("--connu-le", "2026-11-23")):
        assert call(*mots, *connu) == 0
    tronc = "quartier-QC-FICTIF-TILLEULS-vu-2026-11-23"
    noms = {f"{tronc}{suite}.pdf" for suite in ("", "-connu-2026-07-10", "-connu-2026-11-23")}
    assert {p.name for p in tmp_path.iterdir()} == noms
    assert (tmp_path / f"{tronc}-connu-2026-07-10.pdf").read_bytes() != (
        tmp_path / f"{tronc}.pdf"
    ).read_bytes()


def read_pied(chemin: Path) -> str:
    """The words of the last page."""
    document = pypdfium2.PdfDocument(chemin)
    return " ".join(document[len(document) - 1].get_textpage().get_text_range().split())


def test_le_pied_imprime_la_tete_des_ecritures_entrees_au_jour_connu(
    base: None, capsys: Sortie, tmp_path: Path
) -> None:
    """`verifier` says the same of that day."""
    derniere = Ecriture.objects.latest("numero")
    jour = derniere.saisi_le.astimezone(PARIS).date()
    chemin = tmp_path / "preuve.pdf"
    mots = ("constat", "QC-FICTIF-TILLEULS", "e06-a2-adultes-relais", "--connu-le", jour)
    assert call(*mots, "--format", "pdf", "-o", chemin) == 0
    capsys.readouterr()
    call("verifier", "--au", jour)
    dite = " ".join(capsys.readouterr().out.splitlines()[-1].split())
    assert dite.startswith("Dernière écriture entrée au ")
    assert dite.endswith(f" : n° {derniere.numero}, {derniere.condensat}")
    assert dite in read_pied(chemin)


def test_la_tete_d_un_jour_ne_bouge_pas_quand_on_ecrit_apres(base: None) -> None:
    """Nor does a write that says it was known earlier: it was not entered then."""
    derniere = Ecriture.objects.latest("numero")
    jour = derniere.saisi_le.astimezone(PARIS).date()
    dite = read_tete(jour)
    assert dite == (derniere.numero, derniere.condensat)
    lendemain = datetime.combine(jour + timedelta(days=1), time(), PARIS)
    Ecriture.objects.bulk_create(
        [build_suite(derniere, 1, lendemain), build_suite(derniere, 2, lendemain + timedelta(1))]
    )
    assert read_tete(jour) == dite
    assert read_tete(jour + timedelta(days=1)) == (derniere.numero + 1, "1")


def build_suite(derniere: Ecriture, rang: int, saisi_le: datetime) -> Ecriture:
    """A write after another one."""
    suite = copy(derniere)
    suite.pk, suite.numero = derniere.pk + rang, derniere.numero + rang
    suite.condensat, suite.saisi_le, suite.connu_le = str(rang), saisi_le, date(2026, 1, 1)
    return suite


def test_avant_la_premiere_ecriture_le_pied_le_dit(base: None, tmp_path: Path) -> None:
    chemin = tmp_path / "preuve.pdf"
    mots = ("constat", "QC-FICTIF-TILLEULS", "e06-a2-adultes-relais", "--connu-le", "2026-07-10")
    assert call(*mots, "--format", "pdf", "-o", chemin) == 0
    assert "Aucune écriture entrée au 10 juillet 2026." in read_pied(chemin)
