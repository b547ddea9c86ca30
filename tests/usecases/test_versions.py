"""A correction never erases: what was known stays known as it was, and what is already known changes nothing."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from quartiers.core.anomalie import DonneesRefusees
from quartiers.core.cellule import Cellules
from quartiers.core.referentiel import Origine
from quartiers.storage.models import Ecriture, Enregistrement, Releve
from quartiers.usecases.charger_dossier import load_dossier
from quartiers.usecases.importer import DemandeIncorrecte
from tests.usecases.conftest import CONNU_LE, Take, Write

pytestmark = pytest.mark.django_db
INDICATEUR, QUARTIER = "e06-a1-educateurs-etp", "QC-FICTIF-TILLEULS"
ENTETE = "indicateur;territoire;date;valeur;source;cle;retrait"
TOT, TARD = date(2026, 10, 1), date(2026, 11, 1)


def write_releve(valeur: str, cle: str = "k", jour: str = "2026-09-30") -> str:
    """One line; without a value, a withdrawal."""
    retrait = "" if valeur else "oui"
    return (
        f"{ENTETE}\n{INDICATEUR};{QUARTIER};{jour};{valeur};conseil départemental;{cle};{retrait}\n"
    )


def read_valeurs(connu_le: date) -> list[Fraction | None]:
    """Values of the cell as it was known."""
    cellule = Cellules(load_dossier()).get(INDICATEUR, QUARTIER)
    return [r.valeur for r in cellule.read_at(connu_le).releves]


def test_une_correction_se_lit_a_partir_de_son_jour(cadre: None, take: Take, write: Write) -> None:
    take("releves", write("r.csv", write_releve("2")), TOT)
    take("releves", write("r.csv", write_releve("3")), TARD)
    assert read_valeurs(TOT) == [2]
    assert read_valeurs(TARD) == [3]


def test_revenir_en_arriere_est_une_correction_de_plus(
    cadre: None, take: Take, write: Write
) -> None:
    for rang, valeur in enumerate(("2", "3")):
        take("releves", write("r.csv", write_releve(valeur)), date(2026, 10, 1 + rang))
    retour = write_releve("2").replace("\n", "\r\n")  # the same line, in another file
    assert take("releves", write("r.csv", retour), date(2026, 10, 3)).ajoutees == 1
    assert read_valeurs(CONNU_LE) == [2]


def test_un_retrait_se_dit_par_sa_cle(cadre: None, take: Take, write: Write) -> None:
    with pytest.raises(DonneesRefusees, match="retrait d’une ligne inconnue"):
        take("releves", write("r.csv", write_releve("")), TOT)
    take("releves", write("r.csv", write_releve("2")), TOT)
    take("releves", write("r.csv", write_releve("")), TARD)
    assert read_valeurs(TOT) == [2]
    assert read_valeurs(TARD) == []
    assert Releve.objects.count() == 2


def test_la_meme_cle_d_une_autre_source_est_une_autre_ligne(
    cadre: None, take: Take, write: Write
) -> None:
    take("releves", write("r.csv", write_releve("2")), TOT)
    autre = write_releve("3", jour="2026-09-29").replace("conseil départemental", "association")
    take("releves", write("r.csv", autre), TARD)
    assert sorted(read_valeurs(CONNU_LE), key=str) == [2, 3]


SANS_SOURCE = "conseil départemental;"


def test_une_cle_sans_source_prend_la_seule_source_connue(
    cadre: None, take: Take, write: Write
) -> None:
    take("releves", write("r.csv", write_releve("2")), TOT)
    corrigee = write_releve("3").replace(SANS_SOURCE, ";")
    assert take("releves", write("r.csv", corrigee), TARD).ajoutees == 1
    assert read_valeurs(CONNU_LE) == [3]
    retiree = write_releve("").replace(SANS_SOURCE, ";")
    assert take("releves", write("r.csv", retiree), TARD).ajoutees == 1
    assert read_valeurs(CONNU_LE) == []
    assert read_valeurs(TOT) == [2]


def test_une_cle_connue_de_deux_sources_demande_la_sienne(
    cadre: None, take: Take, write: Write
) -> None:
    take("releves", write("r.csv", write_releve("2")), TOT)
    autre = write_releve("3", jour="2026-09-29").replace("conseil départemental", "association")
    resultat = take("releves", write("r.csv", autre), TARD)
    assert "existe aussi chez « conseil départemental »" in str(resultat.rapports[0].avis[0])
    sans = write_releve("4").replace(SANS_SOURCE, ";")
    with pytest.raises(DonneesRefusees, match=r"chez « association », « conseil départemental »"):
        take("releves", write("r.csv", sans), TARD)


def test_une_cle_connue_sans_source_n_en_prend_pas_une(
    cadre: None, take: Take, write: Write
) -> None:
    take("releves", write("r.csv", write_releve("2").replace(SANS_SOURCE, ";")), TOT)
    with pytest.raises(DonneesRefusees, match="déjà connue sans source"):
        take("releves", write("r.csv", write_releve("3")), TARD)


def test_un_fichier_ne_donne_pas_une_cle_avec_et_sans_source(
    cadre: None, take: Take, write: Write
) -> None:
    sans = write_releve("3").replace(SANS_SOURCE, ";").splitlines()[1]
    with pytest.raises(DonneesRefusees, match="avec et sans source dans ce fichier"):
        take("releves", write("r.csv", write_releve("2") + sans), TOT)


def test_les_memes_octets_apres_un_autre_fichier_sont_une_correction(
    cadre: None, take: Take, write: Write
) -> None:
    premier, second = write("a.csv", write_releve("2")), write("b.csv", write_releve("3"))
    take("releves", premier, date(2026, 10, 1))
    take("releves", second, date(2026, 10, 2))
    assert take("releves", premier, date(2026, 10, 3)).ajoutees == 1
    assert read_valeurs(CONNU_LE) == [2]
    assert take("releves", premier, date(2026, 10, 4)).deja


def test_une_ligne_deja_connue_ne_change_rien(cadre: None, take: Take, write: Write) -> None:
    take("releves", write("r.csv", write_releve("2,50")), TOT)
    avant = Ecriture.objects.count()
    resultat = take("releves", write("r.csv", write_releve("2.5")), TARD)
    assert (resultat.ajoutees, resultat.inchangees, resultat.deja) == (0, 1, False)
    assert Ecriture.objects.count() == avant


def test_une_archive_dit_ce_que_l_on_savait_alors(cadre: None, take: Take, write: Write) -> None:
    fichier = write("r.csv", write_releve("2"))
    take("releves", fichier, TARD)
    assert read_valeurs(TOT) == []
    assert take("releves", fichier, TOT).ajoutees == 1
    assert read_valeurs(TOT) == [2]
    archive = Ecriture.objects.get(connu_le=TOT, genre="releves")
    assert archive.archive
    assert archive.saisi_le.date() == CONNU_LE
    releve = next(r for r in load_dossier().releves if r.connu_le == TOT)
    assert releve.preuve.archive
    assert take("releves", fichier, TOT).deja


def test_on_ne_sait_pas_d_avance(cadre: None, take: Take, write: Write) -> None:
    with pytest.raises(DemandeIncorrecte, match="pas encore venu"):
        take("releves", write("r.csv", write_releve("2")), date(2026, 11, 25))
    with pytest.raises(DonneesRefusees, match="après le jour où il est connu"):
        take("releves", write("r.csv", write_releve("2")), date(2026, 9, 29))


def test_le_rang_suit_l_ordre_ou_l_on_apprend(cadre: None, take: Take, write: Write) -> None:
    for valeur, connu_le in (("2", TARD), ("3", TOT), ("4", TARD)):
        take("releves", write("r.csv", write_releve(valeur)), connu_le)
    assert read_valeurs(TOT) == [3]
    assert read_valeurs(TARD) == [4]
    rangs = list(Releve.objects.add_ordre().order_by("pk").values_list("ordre", flat=True))
    assert rangs == sorted(set(rangs))


def test_une_cible_redite_ne_change_rien_une_cible_revue_s_ajoute(
    cadre: None, take: Take, write: Write
) -> None:
    entete = "indicateur;territoire;operateur;valeur;echeance;origine;effet\n"
    ligne = entete + f"{INDICATEUR};{QUARTIER};>=;{{}};2027-12-31;;2026-01-01\n"
    for valeur in ("6", "4", "6"):
        autres_octets = "\n" * Enregistrement.objects.filter(genre="cible").count()
        fichier = write("cibles.csv", ligne.format(valeur) + autres_octets)
        assert take("cibles", fichier).ajoutees == 1
    assert take("cibles", write("cibles.csv", ligne.format("6,0"))).ajoutees == 0
    derniere = max(load_dossier().cibles, key=lambda c: (c.connu_le, c.ordre))
    assert derniere.valeur == Fraction(6)
    assert derniere.origine is Origine.PLAN


def test_un_quartier_a_ses_versions(cadre: None, take: Take, write: Write) -> None:
    ligne = "code;nom;departement;rattaches\nQC-FICTIF-TILLEULS;Tilleuls;00;QN00010M  QRR-00_1\n"
    take("quartiers", write("q.csv", ligne))
    versions = Enregistrement.objects.filter(objet=QUARTIER).order_by("pk")
    assert [v.champs["nom"] for v in versions] == ["Les Tilleuls", "Tilleuls"]
    assert take("quartiers", write("q.csv", ligne.replace("  ", " "))).ajoutees == 0
