"""An export is read back by the imports: the same tableau in a fresh base, nothing new in the same one."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction

from quartiers.core.composition import list_tableaux
from quartiers.core.enregistrement import Validation
from quartiers.core.genres import PETITS_GENRES
from quartiers.core.genres.poste import Poste
from quartiers.core.vue import Vue
from quartiers.reports.classeur import FORMATS
from quartiers.reports.tableau_csv import write_csv
from quartiers.storage.models import Enregistrement
from quartiers.usecases.charger_contexte import load_referentiel
from quartiers.usecases.charger_demo import VU_LE_DEMO, list_envois
from quartiers.usecases.charger_dossier import forget_dossier, load_dossier
from quartiers.usecases.exporter import export_enregistrements, export_releves
from tests.usecases.conftest import CONNU_LE, DEMO, Take, Write
from tests.usecases.qui_juge import JUILLET, JUIN, MAI, declare_poste, judge

pytestmark = pytest.mark.django_db
INDICATEUR, QUARTIER, AUTRE = "e06-a1-educateurs-etp", "QC-FICTIF-TILLEULS", "QC-FICTIF-FONTAINE"
LIGNES = {
    "releves": 100,
    "cibles": 100,
    "quartiers": 12,
    "sans_objet": 9,
    "confirmations": 1,
    "arrets": 1,
}
"""What the demonstration says at least of each."""
SUR_LE_CADRE = [genre for genre in LIGNES if genre != "quartiers"]
"""Those that other files do not stand on."""
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
    """The CSV of a territoire, as known one day."""
    forget_dossier()
    vue = Vue(load_dossier(), connu_le, connu_le)
    if genre == "releves":
        return export_releves(vue.territoires, code, connu_le)
    classe, livre = PETITS_GENRES[genre], load_referentiel()
    octets = export_enregistrements(classe, "csv", livre, vue.territoires, code, connu_le)
    return octets.decode()


def read_lignes(texte: str) -> list[dict[str, str]]:
    """Its lines by column name."""
    return list(csv.DictReader(io.StringIO(texte.removeprefix("\ufeff")), delimiter=";"))


def test_la_meme_base_n_y_apprend_rien(take: Take, write: Write) -> None:
    take_demo(take)
    for genre, nombre in LIGNES.items():
        texte = export(genre, "DEP-00")
        resultat = take(genre, write(f"{genre}.csv", texte))
        assert resultat.ajoutees == 0
        assert resultat.inchangees == len(read_lignes(texte)) >= nombre
        assert not resultat.deja


def test_une_base_neuve_donne_le_meme_tableau(take: Take, write: Write) -> None:
    with transaction.atomic():
        take_demo(take)
        avant = read_tableaux()
        textes = {genre: export(genre, "FR", VU_LE_DEMO) for genre in SUR_LE_CADRE}
        transaction.set_rollback(True)
    take_demo(take, frozenset(SUR_LE_CADRE))
    assert read_tableaux() != avant
    for genre, texte in textes.items():
        assert take(genre, write(f"{genre}.csv", texte), VU_LE_DEMO).ajoutees >= LIGNES[genre]
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


DITS = {
    "sans_objet": (
        "indicateur;territoire;motif;valide_le;valide_par",
        "e02-a1-convention-npnru;{};public_absent;2026-02-10;Préfet",
    ),
    "confirmations": (
        "indicateur;territoire;lieu;date;motif;par",
        "e03-a1-france-services;{};9006;2026-10-05;un bus;le délégué",
    ),
    "arrets": ("lieu;territoire;jour", "9007;{};lundi"),
    "cibles": ("indicateur;territoire;operateur;valeur", f"{INDICATEUR};{{}};>=;3"),
    "quartiers": ("code;nom;departement;rattaches", "{};Ici;DEP-00;QRR-00_1"),
}


@pytest.mark.parametrize("genre", DITS)
def test_un_petit_genre_est_ecrit_avec_ce_que_tient_le_territoire(
    listes: None, take: Take, write: Write, genre: str
) -> None:
    entete, ligne = DITS[genre]
    ici, la = ("QC-ICI", "QC-LA") if genre == "quartiers" else (QUARTIER, AUTRE)
    texte = "\n".join((entete, ligne.format(ici), ligne.format(la), ""))
    take(genre, write(f"{genre}.csv", texte), TARD)

    def lire(code: str) -> list[str]:
        codes = [ligne[PETITS_GENRES[genre].OU] for ligne in read_lignes(export(genre, code))]
        return [code for code in codes if code in {ici, la}]

    assert (lire(ici), lire(la)) == ([ici], [la])
    assert lire("DEP-00") == lire("REG-00") == lire("FR") == [ici, la]
    assert lire("QC-FICTIF-BEL-AIR") == lire("QRR-00_1") == []


def test_chaque_petit_genre_est_dit() -> None:
    assert set(DITS) == set(PETITS_GENRES) == LIGNES.keys() - {"releves"}


def test_un_petit_genre_s_ecrit_comme_on_le_savait(listes: None, take: Take, write: Write) -> None:
    """The last version of each line, in the order in which they were learnt."""
    entete = "indicateur;territoire;motif;valide_le;valide_par\n"

    def dire(code: str, motif: str) -> str:
        return f"e02-a1-convention-npnru;{code};{motif};2026-02-10;Préfet\n"

    dits = dire(QUARTIER, "public_absent") + dire(AUTRE, "public_absent")
    take("sans_objet", write("s.csv", entete + dits), TOT)
    take("sans_objet", write("s.csv", entete + dire(QUARTIER, "hors_programme")), TARD)

    def lire(jour: date) -> list[tuple[str, str]]:
        lignes = read_lignes(export("sans_objet", "DEP-00", jour))
        return [(x["territoire"], x["motif"]) for x in lignes]

    assert lire(date(2026, 9, 30)) == []
    assert lire(TOT) == [(QUARTIER, "public_absent"), (AUTRE, "public_absent")]
    assert lire(TARD) == [(AUTRE, "public_absent"), (QUARTIER, "hors_programme")]


@pytest.mark.parametrize("forme", FORMATS)
def test_une_part_de_moins_d_un_pour_cent_se_relit_seule(
    cadre: None, take: Take, write: Write, tmp_path: Path, forme: str
) -> None:
    """Alone, it could be a fraction of one: it is written with its sign, which is how it was read."""
    part, entete = "e01-a1-part-classes-dedoublees", "indicateur;territoire;operateur;valeur\n"
    lignes = f"{part};{QUARTIER};>=;0,4\n{part};{AUTRE};>=;60\n"
    take("cibles", write("c.csv", entete + lignes), TOT)
    vue = Vue(load_dossier(), CONNU_LE, CONNU_LE)
    chemin = tmp_path / f"cibles.{forme}"
    classe, livre = PETITS_GENRES["cibles"], load_referentiel()
    chemin.write_bytes(
        export_enregistrements(classe, forme, livre, vue.territoires, QUARTIER, CONNU_LE)
    )
    resultat = take("cibles", chemin)
    assert (resultat.ajoutees, resultat.inchangees) == (0, 1)


def test_un_enregistrement_renvoye_n_est_plus_dit(cadre: None) -> None:
    """Before the decision it was; after, what stood before it is, or nothing."""
    declare_poste()
    premiere = Enregistrement.objects.latest("pk").pk
    seconde = declare_poste("0", le=JUIN, vu=premiere)

    def lire(connu_le: date) -> list[str]:
        vue = Vue(load_dossier(), connu_le, connu_le)
        octets = export_enregistrements(
            Poste, "csv", load_referentiel(), vue.territoires, QUARTIER, connu_le
        )
        return [ligne["etp_pourvu"] for ligne in read_lignes(octets.decode())]

    assert (lire(MAI), lire(JUIN)) == (["1"], ["0"])
    judge(seconde, Validation.REJETE, le=JUILLET, motif="preuve")
    assert (lire(JUIN), lire(JUILLET)) == (["0"], ["1"])
