"""quartiers.csv and sans_objet.csv: what is refused, and where."""

from __future__ import annotations

import pytest

from quartiers.core.anomalie import DonneesRefusees
from quartiers.core.contenu import CodeIndicateur, CodeTerritoire, Mot
from quartiers.core.genres.arret import ArretDeclare
from quartiers.core.genres.cible import CibleDeclaree
from quartiers.core.genres.confirmation import ConfirmationDeclaree
from quartiers.core.genres.sans_objet import SansObjetDeclare
from quartiers.storage.models import Enregistrement
from quartiers.usecases.garder_lignes import Provenance
from quartiers.usecases.petits.arret import build_arret
from quartiers.usecases.petits.cible import build_cible
from quartiers.usecases.petits.confirmation import build_confirmation
from quartiers.usecases.petits.sans_objet import build_sans_objet, is_prefet
from quartiers.usecases.verifier import (
    find_faits_futurs,
    find_indicateurs_inconnus,
    find_orphelins,
    verify_base,
)
from tests.usecases.conftest import CONNU_LE, Take, Write
from tests.usecases.test_verifier import add_enregistrement

pytestmark = pytest.mark.django_db
QUARTIERS = "code;nom;departement;rattaches;attendu_du;attendu_au\n"
SANS_OBJETS = "indicateur;territoire;motif;valide_le;valide_par\n"
CIBLES = "indicateur;territoire;operateur;valeur;echeance;effet\n"
POSTES = "e06-a2-adultes-relais"
CONFIRMATIONS = "indicateur;territoire;lieu;date;motif;par\n"
LA = "QC-FICTIF-VERRIERS"
OBLIGATION, A_MINIMA, CHAQUE = (
    "e02-a1-convention-npnru",
    "e03-a1-france-services",
    "e03-a2-centre-social",
)


@pytest.mark.parametrize(
    ("ligne", "colonne", "raison"),
    [
        ("QN00001N;A;DEP-00;;;", "code", "QC-"),
        ("QC-a;A;DEP-00;;;", "code", "majuscules"),
        ("QC-A;;DEP-00;;;", "nom", "obligatoire"),
        ("QC-A;A;DEP-99;;;", "departement", "inconnu"),
        ("QC-A;A;REG-00;;;", "departement", "inconnu"),
        ("QC-A;A;DEP-00;QN00001;;", "rattaches", "QN00001N"),
        ("QC-A;A;DEP-00;QC-FICTIF-VERRIERS;;", "rattaches", "QPV ou QRR"),
        ("QC-A;A;DEP-00;;2026-06-01;2026-05-31", "attendu_au", "avant"),
        (f"QC-A;{'x' * 201};DEP-00;;;", "nom", "200"),
    ],
)
def test_quartier_refuse(
    cadre: None, take: Take, write: Write, ligne: str, colonne: str, raison: str
) -> None:
    avant = Enregistrement.objects.count()
    with pytest.raises(DonneesRefusees) as refus:
        take("quartiers", write("quartiers.csv", f"{QUARTIERS}{ligne}\n"))
    (anomalie,) = refus.value.anomalies
    assert (anomalie.fichier, anomalie.ligne, anomalie.colonne) == ("quartiers.csv", 2, colonne)
    assert raison in anomalie.raison
    assert Enregistrement.objects.count() == avant


def test_deux_lignes_d_un_quartier_se_contredisent(cadre: None, take: Take, write: Write) -> None:
    lignes = "QC-A;A;DEP-00;;;\nQC-B;B;DEP-00;;;\nQC-A;Autre;DEP-00;;;\n"
    with pytest.raises(DonneesRefusees, match=r"ligne 4 : .*déjà à la ligne 2"):
        take("quartiers", write("quartiers.csv", QUARTIERS + lignes))


@pytest.mark.parametrize(
    ("ligne", "colonne", "raison"),
    [
        (f"{OBLIGATION};{LA};trop_cher;2026-02-10;préfet", "motif", "hors de la liste"),
        (f"{OBLIGATION};{LA};;2026-02-10;préfet", "motif", "obligatoire"),
        (f"{OBLIGATION};{LA};hors_programme;2026-11-25;préfet", "valide_le", "après le jour"),
        (f"{OBLIGATION};{LA};hors_programme;2026-02-10;", "valide_par", "obligatoire"),
        (f"{OBLIGATION};DEP-00;hors_programme;2026-02-10;préfet", "territoire", "niveau"),
        (f"{CHAQUE};{LA};hors_programme;2026-02-10;préfet", "indicateur", "ne peut pas"),
        ("e10-a4-part-moyens-qrr;DEP-00;hors_programme;2026-02-10;préfet", "indicateur", ""),
        (f"{A_MINIMA};{LA};public_absent;2026-02-10;Déléguée du préfet", "valide_par", "préfet"),
        (f"{A_MINIMA};{LA};public_absent;2026-02-10;le sous-préfet", "valide_par", "préfet"),
    ],
)
def test_sans_objet_refuse(
    cadre: None, take: Take, write: Write, ligne: str, colonne: str, raison: str
) -> None:
    with pytest.raises(DonneesRefusees) as refus:
        take("sans_objet", write("sans_objet.csv", f"{SANS_OBJETS}{ligne}\n"))
    anomalie = refus.value.anomalies[0]
    assert (anomalie.fichier, anomalie.ligne, anomalie.colonne) == ("sans_objet.csv", 2, colonne)
    assert raison in anomalie.raison
    assert not Enregistrement.objects.filter(genre="sans_objet").exists()


@pytest.mark.parametrize("motif", ["Compétence autre territoire", "competence_autre_territoire"])
@pytest.mark.parametrize("code", [OBLIGATION, A_MINIMA])
def test_sans_objet_admis(cadre: None, take: Take, write: Write, motif: str, code: str) -> None:
    ligne = f"{code};{LA};{motif};10/02/2026;Préfète du Val-de-Brume"
    take("sans_objet", write("sans_objet.csv", f"{SANS_OBJETS}{ligne}\n"))
    champs = Enregistrement.objects.get(genre="sans_objet").champs
    assert champs["motif"] == "competence_autre_territoire"


@pytest.mark.parametrize(
    ("texte", "est_prefet"),
    [
        ("Préfet", True),
        ("la préfète de Seine-Saint-Denis", True),
        ("PRÉFET DÉLÉGUÉ à l'égalité des chances", True),
        ("le sous-préfet, pour le préfet", True),
        ("sous-préfète à la ville", False),
        ("sous préfet", False),
        ("Délégué du préfet", False),
        ("déléguée de la préfète", False),
        ("préfecture", False),
        ("maire", False),
    ],
)
def test_qui_est_prefet(texte: str, est_prefet: bool) -> None:
    assert is_prefet(texte) is est_prefet


QC = "QC-FICTIF-NEUF"
VERSIONS: dict[str, tuple[str, tuple[str, str], tuple[str, str, str]]] = {
    "sans_objet": (
        f"{SANS_OBJETS}{OBLIGATION};{LA};hors_programme;2026-02-10;",
        ("préfet", "préfète"),
        (f"{OBLIGATION}, {LA}, 10/02/2026", "valide_par préfet", "valide_par préfète"),
    ),
    "quartiers": (
        f"{QUARTIERS}{QC};Neuf;DEP-00;QRR-00_1;",
        (";", "2026-06-01;"),
        (QC, "attendu_du vide", "attendu_du 01/06/2026"),
    ),
    "cibles": (
        f"{CIBLES}{POSTES};{LA};>=;",
        ("6;2027-12-31;2027-01-01", "8;2027-12-31;2027-01-01"),
        (f"{POSTES}, {LA}, plan, 01/01/2027", "valeur 6", "valeur 8"),
    ),
    "confirmations": (
        f"{CONFIRMATIONS}{A_MINIMA};{LA};9006;2026-10-05;",
        ("un bus;le délégué", "une navette;le délégué"),
        (
            f"{A_MINIMA}, {LA}, 9006, 05/10/2026",
            "motif un bus",
            "motif une navette",
        ),
    ),
}


@pytest.mark.parametrize("genre", VERSIONS)
def test_une_ligne_redite_ne_change_rien_une_ligne_revue_suit_la_premiere(
    listes: None, take: Take, write: Write, genre: str
) -> None:
    ligne, (avant, apres), dit = VERSIONS[genre]
    textes = (f"{ligne}{avant}\n", f"{ligne}{avant}\n\n", f"{ligne}{apres}\n")
    bilans = [take(genre, write(f"{genre}.csv", texte)).bilan for texte in textes]
    comptes = [(b.nouvelles, len(b.corrigees), b.inchangees) for b in bilans]
    assert comptes == [(1, 0, 0), (0, 0, 1), (0, 1, 0)]
    (revision,) = bilans[-1].corrigees
    assert (revision.quoi, revision.ancien, revision.nouveau) == dit
    premiere, seconde = Enregistrement.objects.filter(
        ecriture__genre=genre, ecriture__connu_le=CONNU_LE
    ).order_by("pk")
    assert (premiere.precedent_id, seconde.precedent_id) == (None, premiere.pk)
    assert [c for c in verify_base() if c.trouvailles] == []


def test_un_code_disparu_se_verifie(cadre: None) -> None:
    add_enregistrement(
        genre="sans_objet", objet="x", champs={"indicateur": "e99-rien", "territoire": "QC-PARTI"}
    )
    assert "sans_objet de e99-rien" in list(find_indicateurs_inconnus())
    assert "sans_objet de QC-PARTI" in list(find_orphelins())


def test_une_cible_peut_commencer_plus_tard(cadre: None, take: Take, write: Write) -> None:
    take("cibles", write("c.csv", f"{CIBLES}{POSTES};{LA};>=;6;2030-12-31;2029-01-01\n"))
    assert list(find_faits_futurs()) == []


def test_la_preuve_porte_les_libelles_de_la_declaration() -> None:
    provenance = Provenance(CONNU_LE, 1, "f.csv")
    quoi, ici = CodeIndicateur(A_MINIMA), CodeTerritoire(LA)
    confirmation = ConfirmationDeclaree(
        indicateur=quoi,
        territoire=ici,
        lieu="9006",
        date=CONNU_LE,
        motif="un bus",
        par="le délégué",
    )
    dit = build_confirmation(confirmation, 2, provenance, "Le bus").preuve
    assert (dit.genre, dit.libelle, dit.ligne) == ("confirmation", "Le bus", 2)
    assert dit.details == (
        ("Motif", "un bus"),
        ("Confirmé par", "le délégué"),
        ("Fichier", "f.csv"),
    )
    arret = ArretDeclare(lieu="9007", territoire=ici, jour="lundi", heures="9 h")
    dit = build_arret(arret, 3, provenance, None, "Le bus").preuve
    assert (dit.libelle, dit.details[:-1]) == ("Le bus, arrêt du lundi", (("Heures", "9 h"),))
    cible = CibleDeclaree(
        indicateur=quoi, territoire=ici, operateur=Mot(">="), base_source="le plan"
    )
    assert build_cible(cible, 4, provenance).preuve.details[0] == ("Source de la base", "le plan")
    sans_objet = SansObjetDeclare(
        indicateur=quoi,
        territoire=ici,
        motif=Mot("public_absent"),
        valide_le=CONNU_LE,
        valide_par="Préfet",
    )
    assert build_sans_objet(sans_objet, 5, provenance).preuve.details[0] == ("Validé par", "Préfet")
