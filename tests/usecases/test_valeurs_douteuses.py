"""Values and targets that are written wrong more often than they are true: refused, or told (plausibilite.toml)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quartiers.core.anomalie import DonneesRefusees
from quartiers.storage.models import Enregistrement, Releve
from quartiers.usecases.importer import ResultatImport
from tests.usecases.conftest import Take, Write

pytestmark = pytest.mark.django_db
PART, COMPTE = "e01-a1-part-classes-dedoublees", "e06-a2-adultes-relais"
ICI, LA, LOIN = "QC-FICTIF-VERRIERS", "QC-FICTIF-GRAND-PRE", "QC-FICTIF-HAUTS-DE-LYS"
RELEVES = "indicateur;territoire;date;valeur;numerateur;denominateur;source\n"
CIBLES = "indicateur;territoire;operateur;valeur;echeance;base;base_date;effet\n"


def list_avis(resultat: ResultatImport) -> list[tuple[int | None, str]]:
    return [(a.ligne, a.raison) for rapport in resultat.rapports for a in rapport.avis]


def send(take: Take, write: Write, *lignes: str) -> ResultatImport:
    return take("releves", write("r.csv", RELEVES + "\n".join(lignes) + "\n"))


def aim(take: Take, write: Write, *lignes: str) -> ResultatImport:
    return take("cibles", write("c.csv", CIBLES + "\n".join(lignes) + "\n"))


def test_des_parts_recopiees_en_fractions_sont_refusees(
    cadre: None, take: Take, write: Write
) -> None:
    lignes = [
        f"{PART};{lieu};2026-10-15;{valeur};;;tableau Excel recopié"
        for lieu, valeur in ((ICI, "0,825"), (LA, "1"), (LOIN, "0,5"))
    ]
    with pytest.raises(DonneesRefusees) as refus:
        send(take, write, *lignes)
    assert [(a.ligne, a.colonne) for a in refus.value.anomalies] == [
        (2, "valeur"),
        (3, "valeur"),
        (4, "valeur"),
    ]
    assert "0,825 se lit 0,825 % ; pour 82,5 % écrire 82,5" in refus.value.anomalies[0].raison
    assert not Releve.objects.exists()


def test_une_seule_au_dessus_de_1_et_les_autres_sont_dites(
    cadre: None, take: Take, write: Write
) -> None:
    lignes = [f"{PART};{ICI};2026-10-15;0,825;;;", f"{PART};{LA};2026-10-15;82,5;;;"]
    resultat = send(take, write, *lignes)
    (avis,) = list_avis(resultat)
    assert avis[0] == 2
    assert "ou numérateur et dénominateur" in avis[1]
    assert Releve.objects.count() == 2
    seule = send(take, write, lignes[0])
    assert (seule.ajoutees, list_avis(seule)) == (0, []), "déjà connue telle quelle"


def test_numerateur_et_denominateur_ne_laissent_pas_de_doute(
    cadre: None, take: Take, write: Write
) -> None:
    resultat = send(take, write, f"{PART};{ICI};2026-10-15;;33;4000;")
    assert (resultat.ajoutees, list_avis(resultat)) == (1, [])


@pytest.mark.parametrize(
    ("jour", "raison"),
    [("15/10/26", "écrire 2026"), ("1926-10-15", "avant le 01/01/2000")],
)
def test_un_fait_mal_date_est_refuse(
    cadre: None, take: Take, write: Write, jour: str, raison: str
) -> None:
    with pytest.raises(DonneesRefusees, match=raison) as refus:
        send(take, write, f"{COMPTE};{ICI};{jour};3;;;")
    assert [(a.ligne, a.colonne) for a in refus.value.anomalies] == [(2, "date")]


def test_un_saut_est_dit_avec_l_ancienne_et_la_nouvelle(
    cadre: None, take: Take, write: Write
) -> None:
    avant = [f"{COMPTE};{lieu};2026-03-01;4;;;DDETS" for lieu in (ICI, LA, LOIN)]
    assert list_avis(send(take, write, *avant)) == []
    apres = [
        f"{COMPTE};{lieu};2026-09-01;{valeur};;;DDETS"
        for lieu, valeur in ((ICI, "41"), (LA, "0"), (LOIN, "40"))
    ]
    resultat = send(take, write, *apres)
    assert list_avis(resultat) == [
        (2, "41 : plus de 10 fois la dernière valeur connue, 4 le 01/03/2026"),
        (3, "0, alors que la dernière valeur connue est 4 le 01/03/2026"),
    ]
    assert resultat.ajoutees == 3


def test_le_saut_se_juge_au_jour_de_connaissance(cadre: None, take: Take, write: Write) -> None:
    send(take, write, f"{COMPTE};{ICI};2026-03-01;4;;;DDETS")
    archive = write("a.csv", RELEVES + f"{COMPTE};{ICI};2026-04-01;90;;;DDETS\n")
    resultat = take("releves", archive, connu_le=date(2026, 5, 1))
    assert list_avis(resultat) == [], "ce jour-là, rien n'était connu"


def test_les_sauts_coutent_une_requete_par_fichier(cadre: None, take: Take, write: Write) -> None:
    def count(*lignes: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as requetes:
            send(take, write, *lignes)
        return len(requetes)

    send(take, write, f"{COMPTE};{ICI};2026-02-01;4;;;A")
    une = count(f"{COMPTE};{ICI};2026-03-01;4;;;A")
    assert count(*(f"{COMPTE};{ICI};2026-03-{n:02d};4;;;B" for n in range(2, 28))) == une


@pytest.mark.parametrize(
    ("ligne", "raison"),
    [
        (
            f"{COMPTE};{ICI};>=;12;2026-06-30;;;2026-07-01",
            "échéance du 30/06/2026 avant l’effet du 01/07/2026",
        ),
        (
            f"{COMPTE};{ICI};>=;12;2025-12-31;4;2026-01-01;",
            "échéance du 31/12/2025 avant la base du 01/01/2026",
        ),
    ],
)
def test_une_echeance_ne_precede_ni_l_effet_ni_la_base(
    cadre: None, take: Take, write: Write, ligne: str, raison: str
) -> None:
    with pytest.raises(DonneesRefusees) as refus:
        aim(take, write, ligne)
    assert [(a.ligne, a.colonne, a.raison) for a in refus.value.anomalies] == [
        (2, "echeance", raison)
    ]
    meme_jour = f"{COMPTE};{ICI};>=;12;2026-07-01;4;2026-07-01;2026-07-01"
    assert aim(take, write, meme_jour).ajoutees == 1


def test_une_cible_d_avant_2000_est_refusee(cadre: None, take: Take, write: Write) -> None:
    with pytest.raises(DonneesRefusees, match=r"avant le 01/01/2000") as refus:
        aim(take, write, f"{COMPTE};{ICI};>=;12;1999-06-30;4;1998-01-01;1997-01-01")
    colonnes = {a.colonne for a in refus.value.anomalies}
    assert colonnes == {"echeance", "base_date", "effet"}


def test_une_cible_en_fraction_est_refusee_base_comprise(
    cadre: None, take: Take, write: Write
) -> None:
    with pytest.raises(DonneesRefusees) as refus:
        aim(take, write, f"{PART};{ICI};>=;0,9;2027-06-30;0,45;2026-01-01;")
    assert [(a.ligne, a.colonne) for a in refus.value.anomalies] == [(2, "valeur"), (2, "base")]
    assert "pour 90 % écrire 90 (" in refus.value.anomalies[0].raison
    resultat = aim(take, write, f"{PART};{ICI};>=;90;2027-06-30;0,45;2026-01-01;")
    assert [ligne for ligne, _ in list_avis(resultat)] == [2]
    assert Enregistrement.objects.filter(genre="cible").count() == 1


@pytest.mark.parametrize("espace", ["", " ", "\u00a0", "\u202f"])
def test_une_petite_part_vraie_s_ecrit_avec_son_signe(
    cadre: None, take: Take, write: Write, espace: str
) -> None:
    resultat = send(take, write, f"{PART};{ICI};2026-10-15;0,4{espace}%;;;")
    assert (resultat.ajoutees, list_avis(resultat)) == (1, [])
    assert Releve.objects.get().valeur == Decimal("0.4")
    seule = send(take, write, f"{PART};{ICI};2026-10-15;0,4;;;")
    assert (seule.ajoutees, list_avis(seule)) == (0, [])


def test_une_petite_cible_vraie_s_ecrit_avec_son_signe(
    cadre: None, take: Take, write: Write
) -> None:
    ligne = f"{PART};{ICI};>=;0,9 %;2027-12-31;0,4%;2026-01-01;2026-01-01"
    assert aim(take, write, ligne).ajoutees == 1


def test_un_compte_n_a_pas_de_signe_pour_cent(cadre: None, take: Take, write: Write) -> None:
    with pytest.raises(DonneesRefusees, match="n’est pas un nombre"):
        send(take, write, f"{COMPTE};{ICI};2026-10-15;12 %;;;")


@pytest.mark.parametrize("texte", ["1.234", "1,234", "12,345"])
def test_un_compte_a_trois_decimales_a_deux_lectures_dites(
    cadre: None, take: Take, write: Write, texte: str
) -> None:
    ligne = f"{COMPTE};{ICI};2026-10-15;{texte};;;"
    ((numero, raison),) = list_avis(send(take, write, ligne))
    entier, suite = texte[:-4], texte[-3:]
    assert (numero, f"pour {entier} {suite} écrire {entier}{suite}" in raison) == (2, True)
    assert list_avis(send(take, write, f"{ligne}\n")) == []


@pytest.mark.parametrize("texte", ["0,125", "12,5", "1234", "1 234", "1,2345"])
def test_un_compte_a_une_seule_lecture(cadre: None, take: Take, write: Write, texte: str) -> None:
    assert list_avis(send(take, write, f"{COMPTE};{ICI};2026-10-15;{texte};;;")) == []


@pytest.mark.parametrize(
    ("ligne", "raison"),
    [
        ("Note : chiffres provisoires;;;;;;", "seul sur sa ligne, comme une note : l’ôter"),
        (";;;;;;Fait le 3 février", "seul sur sa ligne, comme une note : l’ôter"),
        ("TOTAL;;;36;;;", "ligne de total, l’ôter"),
        (";Total général;;36;;;", "ligne de total, l’ôter"),
        ("Sous-total :;;;36;;;", "ligne de total, l’ôter"),
        (f"{COMPTE};{ICI};2026-10-16;;;;", "remplir la ligne, ou l’ôter"),
        (f"{PART};{ICI};2026-10-16;33,3333333333;;;", "décimales : arrondir"),
    ],
)
def test_ce_qui_n_est_pas_une_ligne_du_tableau_se_dit_en_une_phrase(
    cadre: None, take: Take, write: Write, ligne: str, raison: str
) -> None:
    with pytest.raises(DonneesRefusees) as refus:
        send(take, write, f"{COMPTE};{ICI};2026-10-15;36;;;", ligne)
    (anomalie,) = refus.value.anomalies
    assert (anomalie.ligne, raison in anomalie.raison) == (3, True)
    assert not Releve.objects.exists()
