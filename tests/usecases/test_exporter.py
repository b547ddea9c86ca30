"""An export is read back by the imports: the same tableau in a fresh base, nothing new in the same one."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.db import transaction

from quartiers.core.composition import list_tableaux
from quartiers.core.vue import Vue
from quartiers.reports.tableau_csv import write_csv
from quartiers.usecases.charger_demo import VU_LE_DEMO, list_envois
from quartiers.usecases.charger_dossier import forget_dossier, load_dossier
from quartiers.usecases.exporter import REGISTRES, export_registre
from tests.usecases.conftest import CONNU_LE, DEMO, Take, Write

pytestmark = pytest.mark.django_db
INDICATEUR, QUARTIER, AUTRE = "e06-a1-educateurs-etp", "QC-FICTIF-TILLEULS", "QC-FICTIF-FONTAINE"
ENTETE = "indicateur;territoire;date;valeur;source;commentaire;cle"
TOT, TARD = date(2026, 10, 1), date(2026, 11, 1)


def take_demo(take: Take, sans: frozenset[str] = frozenset()) -> None:
    """The demonstration, some kinds left out."""
    for envoi in list_envois(DEMO):
        if envoi.genre not in sans:
            take(envoi.genre, envoi.chemin, envoi.connu_le, millesime=envoi.millesime)


def read_tableaux(code: str = "FR") -> str:
    """The whole table, reasons included."""
    forget_dossier()
    return write_csv(list_tableaux(Vue(load_dossier(), VU_LE_DEMO, VU_LE_DEMO), code))


def export(genre: str, code: str, connu_le: date = CONNU_LE) -> str:
    """The file of a territoire, as known one day."""
    forget_dossier()
    vue = Vue(load_dossier(), connu_le, connu_le)
    return export_registre(genre, vue.territoires, code, connu_le)


def read_lignes(texte: str) -> list[dict[str, str]]:
    """Its lines by column name."""
    return list(csv.DictReader(io.StringIO(texte.removeprefix("\ufeff")), delimiter=";"))


def test_la_meme_base_n_y_apprend_rien(take: Take, write: Write) -> None:
    take_demo(take)
    for genre in REGISTRES:
        texte = export(genre, "DEP-00")
        resultat = take(genre, write(f"{genre}.csv", texte))
        assert resultat.ajoutees == 0
        assert resultat.inchangees == len(read_lignes(texte)) > 100
        assert not resultat.deja


def test_une_base_neuve_donne_le_meme_tableau(take: Take, write: Write) -> None:
    with transaction.atomic():
        take_demo(take)
        avant = read_tableaux()
        textes = {genre: export(genre, "FR", VU_LE_DEMO) for genre in REGISTRES}
        transaction.set_rollback(True)
    take_demo(take, frozenset(REGISTRES))
    assert read_tableaux() != avant
    for genre, texte in textes.items():
        assert take(genre, write(f"{genre}.csv", texte), VU_LE_DEMO).ajoutees > 100
    assert read_tableaux() == avant
    for genre, texte in textes.items():
        assert export(genre, "FR", VU_LE_DEMO) == texte, "les mêmes octets au second tour"


def test_la_derniere_version_de_chaque_ligne_sans_les_retirees(
    cadre: None, take: Take, write: Write
) -> None:
    def ecrire(*lignes: str) -> str:
        completes = (f"{INDICATEUR};{ligne}" for ligne in lignes)
        return "\n".join((f"{ENTETE};retrait", *completes, ""))

    take("releves", write("r.csv", ecrire(
        f"{QUARTIER};2026-09-30;1,5;conseil;;a;",
        f"{QUARTIER};2026-09-29;2;conseil;;b;",
        f"{QUARTIER};2026-09-28;3;conseil;;c;",
        f"{QUARTIER};2026-09-27;4;;;;",
    )), TOT)  # fmt: skip
    take("releves", write("r.csv", ecrire(
        f"{QUARTIER};2026-09-30;2,5;conseil;corrigé ;a;",  # corrected
        f"{QUARTIER};2026-09-29;;conseil;;b;oui",  # withdrawn
        f"{AUTRE};2026-09-28;3;conseil;;c;",  # moved to another quartier
    )), TARD)  # fmt: skip

    def lire(code: str, jour: date) -> list[tuple[str, str]]:
        return [(x["cle"], x["valeur"]) for x in read_lignes(export("releves", code, jour))]

    assert lire(QUARTIER, TOT) == [("a", "1,5"), ("b", "2"), ("c", "3"), ("", "4")]
    assert lire(QUARTIER, TARD) == [("", "4"), ("a", "2,5")]
    assert lire(AUTRE, TARD) == [("c", "3")]
    assert lire("DEP-00", TARD) == [("", "4"), ("a", "2,5"), ("c", "3")]


@pytest.mark.parametrize("piege", ["=1+1", "+33 1", "-", "@nom", '="a"', "'avant", 'a;b\n"c"'])
def test_un_texte_dangereux_revient_tel_quel(
    cadre: None, take: Take, write: Write, piege: str
) -> None:
    tampon = io.StringIO()
    sortie = csv.writer(tampon, delimiter=";")
    sortie.writerow(ENTETE.split(";"))
    # The apostrophe is what our exports write, and what the readers take off.
    entree = f"'{piege}" if piege[0] in "=+-@" else piege
    sortie.writerow([INDICATEUR, QUARTIER, "2026-09-30", "1", "conseil", entree, entree])
    take("releves", write("r.csv", tampon.getvalue()), TOT)
    texte = export("releves", QUARTIER)
    (ligne,) = read_lignes(texte)
    assert ligne["commentaire"] == ligne["cle"] == entree
    assert not ligne["commentaire"].startswith(("=", "+", "-", "@"))
    assert take("releves", write("r.csv", texte)).ajoutees == 0


def test_une_cible_egale_garde_son_operateur(cadre: None, take: Take, write: Write) -> None:
    take(
        "cibles",
        write("c.csv", f"indicateur;territoire;operateur;valeur\n{INDICATEUR};{QUARTIER};=;3\n"),
        TOT,
    )
    texte = export("cibles", QUARTIER)
    (ligne,) = read_lignes(texte)
    assert (ligne["operateur"], ligne["valeur"], ligne["origine"]) == ("=", "3", "plan")
    assert take("cibles", write("c.csv", texte)).ajoutees == 0
