"""Files of records, from the declaration of a kind alone: what is written is read back equal, in every format."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from frictionless import Resource, Schema
from frictionless.formats import CsvControl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quartiers.core.anomalie import DonneesRefusees
from quartiers.core.contenu import Coordonnee, Etape, Mot, MotDeChamp, SousEnsemble
from quartiers.core.enregistrement import Lien, NatureDeLien, Validation, list_colonnes
from quartiers.core.genres import (
    GENRES,
    GENRES_DE_FICHIER,
    GENRES_IMPORTABLES,
    PETITS_GENRES,
)
from quartiers.core.genres.cible import CibleDeclaree
from quartiers.core.genres.cohorte import Cohorte
from quartiers.core.genres.convention import Convention
from quartiers.core.genres.lieu import Lieu
from quartiers.core.genres.pointage import Pointage
from quartiers.core.genres.poste import Poste
from quartiers.core.genres.quartier_cible import QuartierDeclare
from quartiers.reports import lire_moi
from quartiers.reports.classeur import FORMATS
from quartiers.reports.genre_fichier import write_fichier, write_modele
from quartiers.reports.genre_lire_moi import list_rubriques
from quartiers.reports.genre_preuve import say_details
from quartiers.reports.genre_schema import OBJET_MAX, build_schema_de_genre
from quartiers.reports.genre_table import make_colonnes, make_ligne
from quartiers.usecases import lire_champs
from quartiers.usecases.exporter import write_ligne
from quartiers.usecases.lire_enregistrements import get_colonnes
from tests.genres_monde import load_livre, load_rural, read
from tests.genres_tires import LigneTiree, draw_lignes
from tests.petits_tires import draw_petits, make_lu

JOUR = date(2026, 11, 30)
JUGE = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], deadline=None
)
POSTE = Poste(fonction=Mot("dcpp"), employeur="Police nationale", etp_finance=Fraction(1))


def write(genre: str, tirees: list[LigneTiree], forme: str) -> bytes:
    """The file of some records."""
    lignes = [
        make_ligne(GENRES[genre], t.objet, t.le, t.contenu, t.liens, t.validation) for t in tirees
    ]
    return write_fichier(GENRES[genre], lignes, forme, load_livre(), JOUR)


@pytest.mark.parametrize("forme", FORMATS)
@pytest.mark.parametrize("genre", GENRES_DE_FICHIER)
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(donnees=st.data())
def test_ce_qui_est_ecrit_se_relit_egal(donnees: st.DataObject, genre: str, forme: str) -> None:
    tirees = donnees.draw(draw_lignes(genre, 4))
    lus = read(GENRES[genre], write(genre, tirees, forme), f"essai.{forme}")
    assert [LigneTiree(x.objet, x.le, x.contenu, x.liens, x.validation) for x in lus] == tirees


@pytest.mark.parametrize("forme", FORMATS)
def test_un_retrait_se_relit(forme: str) -> None:
    ligne = make_ligne(Poste, "P1", JOUR, None)
    (lu,) = read(Poste, write_fichier(Poste, [ligne], forme, load_livre(), JOUR), f"e.{forme}")
    assert (lu.objet, lu.le, lu.contenu, lu.is_retrait) == ("P1", JOUR, None, True)


def test_une_ligne_en_toutes_lettres() -> None:
    cohorte = Cohorte(
        dispositif=Mot("pre"),
        unite_comptee=Mot("eleves"),
        n=12,
        du=date(2026, 9, 1),
        dont=(
            SousEnsemble(Mot("residant_qrr_qpv"), 3),
            SousEnsemble(Mot("accompagnement_accepte"), 0),
        ),
    )
    liens = (
        Lien("QN09301M", NatureDeLien.SITUE, Fraction(1, 2)),
        Lien("QN09302M", NatureDeLien.SITUE, Fraction(1, 4)),
        Lien("QRR-93_3", NatureDeLien.DESSERT),
    )
    ligne = make_ligne(Cohorte, "PRE/1", JOUR, cohorte, liens, Validation.VALIDE)
    texte = write_fichier(Cohorte, [ligne], "csv", load_livre(), JOUR).decode("utf-8-sig")
    assert texte.split("\r\n") == [
        "objet;le;situe;dessert;dispositif;unite_comptee;etape;n;du;au;organisme;dont;validation;retrait",
        (
            "PRE/1;2026-11-30;QN09301M 0,5 | QN09302M 0,25;QRR-93_3;pre;eleves;;12;2026-09-01;;;"
            "residant_qrr_qpv 3 | accompagnement_accepte 0;valide;"
        ),
        "",
    ]


def test_le_signe_qui_separe_est_refuse_dans_une_valeur() -> None:
    convention = Convention(genre=Mot("pre"), signataire=("Ville", "État | préfecture"))
    with pytest.raises(ValueError, match=r"signataire : « État \| préfecture »"):
        make_ligne(Convention, "C1", JOUR, convention)


@pytest.mark.parametrize("genre", GENRES)
def test_les_colonnes_de_la_table_sont_celles_du_genre(genre: str) -> None:
    colonnes = make_colonnes(GENRES[genre])
    assert tuple(colonne.nom for colonne in colonnes) == list_colonnes(GENRES[genre])
    assert all(colonne.titre for colonne in colonnes)


@pytest.mark.parametrize("forme", FORMATS)
@pytest.mark.parametrize("genre", GENRES_IMPORTABLES)
def test_un_modele_se_lit_et_n_a_pas_de_ligne(genre: str, forme: str) -> None:
    classe = GENRES_IMPORTABLES[genre]
    modele = write_modele(classe, forme, load_livre(), JOUR)
    assert modele == write_modele(classe, forme, load_livre(), JOUR)
    with pytest.raises(DonneesRefusees) as refus:
        read(classe, modele, f"modele.{forme}")
    (anomalie,) = refus.value.anomalies
    assert anomalie.raison.startswith("aucune ligne sous l’en-tête")


def test_le_lire_moi_dit_chaque_colonne_et_chaque_mot() -> None:
    rubriques, plages = list_rubriques(Poste, load_livre())
    dits = dict(rubriques)
    assert dits["Colonne « fonction »"] == "Fonction. Mot de la liste ci-dessous. Obligatoire."
    assert dits["Colonne « etp_finance »"] == (
        "ETP financés. 1 pour un temps plein, 0,5 pour un mi-temps. Nombre. Obligatoire."
    )
    assert dits["Colonne « le »"] == "Le. Jour dont parle la ligne. Date. Obligatoire."
    premier, dernier = plages["fonction"]
    fonctions = load_livre().get_mots("fonction")
    assert rubriques[premier - 1] == ("Mots de « fonction »", "")
    assert dict(rubriques[premier : dernier + 1]) == fonctions
    assert rubriques[plages["validation"][0]] == ("brouillon", "Brouillon")
    etapes, plages = list_rubriques(Convention, load_livre())
    assert ("0", "Néant") in etapes
    assert "etape" not in plages
    assert "clause" not in plages
    sans_mots, plages = list_rubriques(Poste, load_rural())
    assert ("Mots de « fonction »", "") in sans_mots
    assert "fonction" not in plages


def judge(chemin: Path, descripteur: dict[str, Any]) -> list[Any]:
    """The faults that frictionless finds, as (line, column, kind)."""
    ressource = Resource(
        path=chemin.name,
        basepath=str(chemin.parent),
        schema=Schema.from_descriptor(descripteur),
        control=CsvControl(delimiter=descripteur["dialect"]["delimiter"]),
        encoding=descripteur["encoding"],
    )
    fautes: list[Any] = ressource.validate().flatten(["rowNumber", "fieldName", "type"])
    return fautes


@pytest.mark.parametrize("genre", GENRES_IMPORTABLES)
def test_le_schema_demande_ce_que_la_lecture_demande(genre: str) -> None:
    classe = GENRES_IMPORTABLES[genre]
    descripteur = build_schema_de_genre(classe, load_livre())
    assert list(Schema.metadata_validate(descripteur)) == []
    assert tuple(champ["name"] for champ in descripteur["fields"]) == list_colonnes(classe)
    assert all(champ["title"] and champ["description"] for champ in descripteur["fields"])
    requis = {c["name"] for c in descripteur["fields"] if c.get("constraints", {}).get("required")}
    assert requis == set(get_colonnes(classe).obligatoires)
    assert descripteur["name"] == genre
    assert OBJET_MAX == lire_champs.OBJET_MAX


@pytest.mark.parametrize("genre", GENRES_DE_FICHIER)
@settings(JUGE, max_examples=4)
@given(donnees=st.data())
def test_un_juge_qui_n_est_pas_nous_admet_nos_fichiers(
    donnees: st.DataObject, genre: str, tmp_path: Path
) -> None:
    tirees = donnees.draw(draw_lignes(genre, 3))
    chemin = tmp_path / f"{genre}.csv"
    chemin.write_bytes(write(genre, tirees, "csv"))
    assert judge(chemin, build_schema_de_genre(GENRES[genre], load_livre())) == []


@pytest.mark.parametrize("genre", PETITS_GENRES)
@settings(JUGE, max_examples=20)
@given(donnees=st.data())
def test_il_admet_nos_petits_fichiers(donnees: st.DataObject, genre: str, tmp_path: Path) -> None:
    classe = PETITS_GENRES[genre]
    lignes = [
        write_ligne(make_lu(petit), load_livre()) for petit in donnees.draw(draw_petits(genre, 3))
    ]
    chemin = tmp_path / f"{genre}.csv"
    chemin.write_bytes(write_fichier(classe, lignes, "csv", load_livre(), JOUR))
    assert judge(chemin, build_schema_de_genre(classe, load_livre())) == []


# Stops apart: theirs are written with a decimal point, which imports read too.
@pytest.mark.parametrize("genre", sorted(PETITS_GENRES.keys() - {"arrets"}))
def test_il_admet_ceux_de_la_demonstration(genre: str) -> None:
    demo = Path(__file__).resolve().parents[2] / "data" / "demo"
    fichiers = sorted(demo.glob(f"*/{genre}.csv"))
    assert fichiers
    schema = build_schema_de_genre(PETITS_GENRES[genre], load_livre())
    assert [judge(fichier, schema) for fichier in fichiers] == [[] for _ in fichiers]


@pytest.mark.parametrize(
    ("genre", "cle", "fautive"),
    [
        ("quartiers", ["code"], "QC-A;;DEP-00;;;"),
        ("sans_objet", ["indicateur", "territoire", "valide_le"], "i;QC-A;rien;2026-02-10;Préfet"),
        ("confirmations", ["indicateur", "territoire", "lieu", "date"], "i;QC-A;9;hier;bus;moi"),
        ("arrets", None, "9;QC-A;;181;46;lundi;;;"),
        ("cibles", None, "i;QC-A;>;3;;;;;;"),
    ],
)
def test_le_schema_d_un_petit_genre_refuse(
    tmp_path: Path, genre: str, cle: list[str] | None, fautive: str
) -> None:
    """One cell of each line is wrong; what may be empty tells no line apart."""
    classe = PETITS_GENRES[genre]
    schema = build_schema_de_genre(classe, load_livre())
    assert schema.get("primaryKey") == cle
    chemin = tmp_path / "faux.csv"
    entete = ";".join(list_colonnes(classe))
    chemin.write_text(f"{entete}\r\n{fautive}\r\n", encoding="utf-8", newline="")
    (faute,) = judge(chemin, schema)
    assert faute[2] in {"constraint-error", "type-error"}


def test_le_schema_des_cibles_dit_ses_nombres() -> None:
    """A target may be negative, and that of a share may bear its sign; a base too."""
    champs = {c["name"]: c for c in build_schema_de_genre(CibleDeclaree, load_livre())["fields"]}
    for nom in ("valeur", "base"):
        assert champs[nom]["bareNumber"] is False
        assert "minimum" not in champs[nom].get("constraints", {})
    assert champs["operateur"]["constraints"] == {"required": True, "enum": [">=", "<=", "="]}
    assert "etape" not in champs


def test_le_lire_moi_d_un_petit_genre() -> None:
    rubriques, plages = list_rubriques(CibleDeclaree, load_livre())
    dits = dict(rubriques)
    assert dits["Correction"] == (
        "Même indicateur, même territoire, même origine, même effet : la ligne corrige celle d’avant."
    )
    assert "Suite" not in dits
    assert dits["Colonne « territoire »"] == ("Territoire. Code du territoire. Texte. Obligatoire.")
    assert plages.keys() == {"operateur", "origine"}
    dits = dict(list_rubriques(QuartierDeclare, load_livre())[0])
    assert dits["Colonne « rattaches »"] == (
        "Rattachés. Codes de QPV et de QRR. Texte. Plusieurs valeurs, séparées par des espaces."
    )


@pytest.mark.parametrize(
    ("colonne", "fausse", "genre"),
    [
        ("fonction", "dcp", "constraint-error"),
        ("le", "30/11/2026", "type-error"),
        ("etp_finance", "-1", "constraint-error"),
        ("lettre_de_mission", "peut-être", "type-error"),
        ("employeur", "", "constraint-error"),
        ("validation", "signé", "constraint-error"),
    ],
)
def test_une_case_fausse_est_refusee(tmp_path: Path, colonne: str, fausse: str, genre: str) -> None:
    ligne = make_ligne(Poste, "P1", JOUR, POSTE, [Lien("QN09301M", NatureDeLien.SITUE)])
    entete, premiere, _ = (
        write_fichier(Poste, [ligne], "csv", load_livre(), JOUR).decode().split("\r\n")
    )
    cellules = premiere.split(";")
    cellules[list_colonnes(Poste).index(colonne)] = fausse
    chemin = tmp_path / "poste.csv"
    chemin.write_text(f"{entete}\r\n{';'.join(cellules)}\r\n", encoding="utf-8", newline="")
    assert judge(chemin, build_schema_de_genre(Poste, load_livre())) == [[2, colonne, genre]]


def test_la_preuve_en_francais() -> None:
    livre = load_livre()
    poste = Poste(
        fonction=Mot("dcpp"),
        employeur="Police nationale",
        etp_finance=Fraction(1, 2),
        pourvu_depuis=date(2026, 6, 1),
        lettre_de_mission=False,
    )
    assert list(say_details(poste, livre)) == [
        ("Fonction", "Délégué à la cohésion police-population"),
        ("Employeur", "Police nationale"),
        ("ETP financés", "0,5"),
        ("Occupé depuis le", "1er\u00a0juin 2026"),
        ("Lettre de mission", "non"),
    ]
    convention = Convention(genre=Mot("diagnostic"), etape=Etape(1), signataire=("Ville", "État"))
    assert list(say_details(convention, livre)) == [
        ("Genre de la convention", "Diagnostic"),
        ("Étape", "Lancé"),
        ("Signataires", "Ville, État"),
    ]
    assert dict(say_details(Convention(genre=Mot("pre"), etape=Etape(1)), livre))["Étape"] == (
        "étape 1"
    )
    pointage = Pointage(genre=Mot("poste"), mot=(MotDeChamp("fonction", Mot("mediateur")),))
    assert list(say_details(pointage, livre)) == [
        ("Genre pointé", "Poste"),
        ("Mots", "Fonction : Médiateur"),
    ]
    lieu = Lieu(genre=Mot("ecole"), longitude=Coordonnee(-61.5), latitude=Coordonnee(16.25))
    assert dict(say_details(lieu, livre)) == {
        "Genre du lieu": "École",
        "Longitude": "−61,5",
        "Latitude": "16,25",
    }


@pytest.mark.parametrize("genre", GENRES_IMPORTABLES)
def test_chaque_en_tete_tient_dans_sa_colonne(genre: str) -> None:
    etroites = [
        c.nom for c in make_colonnes(GENRES_IMPORTABLES[genre]) if c.largeur < len(c.nom) + 1
    ]
    assert etroites == []


@pytest.mark.parametrize("genre", GENRES_IMPORTABLES)
def test_chaque_nom_de_lire_moi_tient_dans_sa_colonne(genre: str) -> None:
    rubriques, _ = list_rubriques(GENRES_IMPORTABLES[genre], load_livre())
    assert [nom for nom, _ in rubriques if len(nom) > lire_moi.LARGEURS[0]] == []
