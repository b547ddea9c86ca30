"""A withdrawal is said, never deduced; an import says what is new, corrected, withdrawn, as it was, with old → new."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NoReturn

import pytest

from quartiers.core.anomalie import DonneesRefusees
from quartiers.core.cellule import Cellules
from quartiers.core.vue import Vue
from quartiers.storage.models import Ecriture, Releve
from quartiers.usecases import ecrire, preparer
from quartiers.usecases.charger_contexte import load_referentiel
from quartiers.usecases.charger_dossier import load_dossier
from quartiers.usecases.ecrire import Envoi
from quartiers.usecases.exporter import export_releves
from quartiers.usecases.importer import ResultatImport
from quartiers.usecases.imports import releves
from quartiers.usecases.lire_dossier import read_dossier
from tests.usecases.conftest import CONNU_LE, Take, Write

pytestmark = pytest.mark.django_db
MONTANT, POSTES = "e05-a2-montant", "e06-a2-adultes-relais"
UN, DEUX, TROIS = "QC-FICTIF-TILLEULS", "QC-FICTIF-FONTAINE", "QC-FICTIF-BEAUREGARD"
ENTETE = "indicateur;territoire;date;valeur;source;cle;retrait\n"
SANS_CLE = "indicateur;territoire;date;valeur;source;retrait\n"
TOT, TARD = date(2026, 10, 1), date(2026, 11, 1)
T2 = ENTETE + (
    f"{MONTANT};{UN};30/06/2026;20000;Enquête T2;T-01;\n"
    f"{MONTANT};{DEUX};30/06/2026;15000;Enquête T2;T-02;\n"
    f"{MONTANT};{TROIS};30/06/2026;8000;Enquête T2;T-03;\n"
)


def count(resultat: ResultatImport) -> tuple[int, int, int, int, int]:
    """New, corrected, withdrawn, unchanged, set aside; and the law of them all."""
    bilan = resultat.bilan
    comptes = (
        *(bilan.nouvelles, len(bilan.corrigees), len(bilan.retirees), bilan.inchangees),
        resultat.ecartees,
    )
    lues = sum(rapport.lues for rapport in resultat.rapports)
    assert resultat.lues == sum(comptes) == (0 if resultat.deja else lues)
    return comptes


def list_dits(resultat: ResultatImport) -> list[str]:
    """Old → new of each correction, then of each withdrawal, plain spaces."""
    revisions = (*resultat.bilan.corrigees, *resultat.bilan.retirees)
    dits = [revision.say("f") for revision in revisions]
    return [" ".join(dit.replace("\u202f", " ").split()) for dit in dits]


def read_valeurs(indicateur: str, territoire: str, connu_le: date = CONNU_LE) -> list[object]:
    """Values of the cell as it was known."""
    cellule = Cellules(load_dossier()).get(indicateur, territoire)
    return [r.lu for r in cellule.read_at(connu_le).releves]


def test_un_tableau_a_moitie_rempli_ne_retire_rien(cadre: None, take: Take, write: Write) -> None:
    take("releves", write("t2.csv", T2), TOT)
    t3 = ENTETE + (
        f"{MONTANT};{UN};30/09/2026;26000;Enquête T2;T-01;\n"
        f"{MONTANT};{DEUX};30/09/2026;;Enquête T2;T-02;\n"
        f"{MONTANT};{TROIS};30/09/2026;;Enquête T2;T-03;\n"
    )
    with pytest.raises(DonneesRefusees) as refus:
        take("releves", write("t3.csv", t3), TARD)
    assert [(a.ligne, a.colonne) for a in refus.value.anomalies] == [(3, "valeur"), (4, "valeur")]
    assert "pour la retirer : retrait = oui" in refus.value.anomalies[0].raison
    assert read_valeurs(MONTANT, DEUX) == [15000]
    assert Releve.objects.count() == 3


RETRAITS = ENTETE + (
    f"{MONTANT};{UN};30/06/2026;26000;Enquête T2;T-01;non\n"
    f"{MONTANT};{DEUX};30/06/2026;;Enquête T2;T-02;Oui\n"
    f"{MONTANT};{TROIS};30/06/2026;;Enquête T2;T-03;oui\n"
)


def test_retirer_plus_de_la_moitie_se_demande(cadre: None, take: Take, write: Write) -> None:
    take("releves", write("t2.csv", T2), TOT)
    with pytest.raises(DonneesRefusees) as refus:
        take("releves", write("t3.csv", RETRAITS), TARD)
    dit = str(refus.value).replace("\u202f", " ").replace("\u00a0", " ")
    assert "2 lignes sur les 3 lignes connues de « Enquête T2 »" in dit
    assert "ligne 3 (T-02 : 15 000 €), ligne 4 (T-03 : 8 000 €)" in dit
    assert "--accepter-retrait" in dit
    a_blanc = take("releves", write("t3.csv", RETRAITS), TARD, accepter_retrait=True, a_blanc=True)
    resultat = take("releves", write("t3.csv", RETRAITS), TARD, accepter_retrait=True)
    assert count(a_blanc) == count(resultat) == (0, 1, 2, 0, 0)
    assert list_dits(resultat) == [
        "ligne 2, T-01 : 20 000 → 26 000 €",
        "ligne 3, T-02 : 15 000 €",
        "ligne 4, T-03 : 8 000 €",
    ]
    assert resultat.numero is not None
    entree = Ecriture.objects.get(numero=resultat.numero)
    assert (entree.nouvelles, entree.corrigees, entree.retirees) == (0, 1, 2)
    assert (entree.inchangees, entree.ecartees, entree.lues) == (0, 0, 3)
    assert read_valeurs(MONTANT, DEUX) == []
    assert read_valeurs(MONTANT, DEUX, TOT) == [15000]


def test_la_moitie_ou_une_seule_ligne_ne_se_demandent_pas(
    cadre: None, take: Take, write: Write
) -> None:
    """Half is not more than half; what the same source says elsewhere, or another source here, does not count."""
    take("releves", write("t2.csv", T2), TOT)
    autres = ENTETE + (
        f"{POSTES};{TROIS};30/06/2026;1;Enquête T2;T-04;\n"
        f"{MONTANT};{UN};30/05/2026;1;Mairie;M-1;\n"
        f"{MONTANT};{DEUX};30/05/2026;1;Mairie;M-2;\n"
    )
    take("releves", write("autres.csv", autres), TOT)
    seule = f"{ENTETE}{MONTANT};{UN};30/06/2026;;Enquête T2;T-01;oui\n"
    assert count(take("releves", write("seule.csv", seule), TARD)) == (0, 0, 1, 0, 0)
    deux = ENTETE + (
        f"{MONTANT};{DEUX};30/06/2026;;Enquête T2;T-02;oui\n"
        f"{MONTANT};{TROIS};30/06/2026;;Enquête T2;T-03;oui\n"
    )
    with pytest.raises(DonneesRefusees, match="2 lignes sur les 3"):
        take("releves", write("deux.csv", deux), TARD)
    avec = deux + f"{MONTANT};{UN};01/09/2026;5;Enquête T2;T-05;\n"
    with pytest.raises(DonneesRefusees, match="2 lignes sur les 3"):
        take("releves", write("avec.csv", avec), TARD)
    plus = f"{ENTETE}{POSTES};{DEUX};30/06/2026;1;Enquête T2;T-06;\n"
    take("releves", write("plus.csv", plus), TARD)
    assert count(take("releves", write("deux.csv", deux), TARD)) == (0, 0, 2, 0, 0)


def test_un_retrait_redit_ne_change_rien_et_une_ligne_revient(
    cadre: None, take: Take, write: Write
) -> None:
    take("releves", write("t2.csv", T2), TOT)
    retrait = f"{ENTETE}{MONTANT};{DEUX};30/06/2026;;Enquête T2;T-02;oui\n"
    take("releves", write("r.csv", retrait), TARD)
    redit = retrait.replace("30/06", "01/07")
    assert count(take("releves", write("redit.csv", redit), TARD)) == (0, 0, 0, 1, 0)
    retour = f"{ENTETE}{MONTANT};{DEUX};30/06/2026;16000;Enquête T2;T-02;\n"
    resultat = take("releves", write("retour.csv", retour), TARD)
    assert count(resultat) == (0, 1, 0, 0, 0)
    assert list_dits(resultat) == ["ligne 2, T-02 : retirée → 16 000 €"]
    assert read_valeurs(MONTANT, DEUX) == [16000]


def test_sans_cle_la_source_dit_qui_parle(cadre: None, take: Take, write: Write) -> None:
    ligne = f"{POSTES};{UN};31/10/2026;{{}};{{}};{{}}\n"
    ddets = SANS_CLE + ligne.format(12, "DDETS 00", "")
    mairie = SANS_CLE + ligne.format(2, "Mairie", "")
    assert count(take("releves", write("ddets.csv", ddets), TARD)) == (1, 0, 0, 0, 0)
    resultat = take("releves", write("mairie.csv", mairie), TARD)
    assert count(resultat) == (1, 0, 0, 0, 0)
    assert "remplace, ce jour-là, 12" in str(resultat.rapports[0].avis[0])
    assert "(DDETS 00)" in str(resultat.rapports[0].avis[0])
    assert Releve.objects.count() == 2
    for texte in (ddets, mairie):
        assert count(take("releves", write("redit.csv", texte + "\n"), TARD)) == (0, 0, 0, 1, 0)
    corrigee = take("releves", write("d.csv", SANS_CLE + ligne.format(13, "ddets 00", "")), TARD)
    assert count(corrigee) == (0, 1, 0, 0, 0)
    assert list_dits(corrigee) == [
        f"ligne 2, {POSTES}, {UN}, 31/10/2026, DDETS 00 : 12 → 13 postes"
    ]
    retiree = take("releves", write("r.csv", SANS_CLE + ligne.format("", "DDETS 00", "oui")), TARD)
    assert count(retiree) == (0, 0, 1, 0, 0)
    with pytest.raises(DonneesRefusees, match="pour la retirer"):
        take("releves", write("v.csv", SANS_CLE + ligne.format("", "Mairie", "")), TARD)


PREMIER = f"indicateur;territoire;date;valeur;source;cle\n{MONTANT};{UN};20/10/2026;20000;Préfecture de l'Hérault;12\n"
ECRITURES = {
    "accents décomposés": "Pre\u0301fecture de l'He\u0301rault;12",
    "apostrophe typographique": "Préfecture de l’Hérault;12",
    "clé passée par un nombre à virgule": "Préfecture de l'Hérault;12.0",
    "majuscules et espaces": "PRÉFECTURE  de\u00a0l'Hérault;12",
}


@pytest.mark.parametrize("ecriture", ECRITURES.values(), ids=ECRITURES)
def test_la_meme_source_et_la_meme_cle_ecrites_autrement(
    cadre: None, take: Take, write: Write, ecriture: str
) -> None:
    take("releves", write("premier.csv", PREMIER), date(2026, 11, 1))
    autre = PREMIER.replace("Préfecture de l'Hérault;12", ecriture)
    corrigee = autre.replace("20/10/2026;20000", "20/09/2026;12000")
    resultat = take("releves", write("c.csv", corrigee), date(2026, 11, 2))
    assert count(resultat) == (0, 1, 0, 0, 0)
    assert read_valeurs(MONTANT, UN) == [12000]
    (ancien, nouveau) = Releve.objects.order_by("pk").values_list("source", "cle")
    assert ancien == nouveau, "une seule écriture dans la base"
    retrait = autre.replace("cle\n", "cle;retrait\n").replace(";20000;", ";;")[:-1] + ";oui\n"
    assert count(take("releves", write("r.csv", retrait))) == (0, 0, 1, 0, 0)
    assert read_valeurs(MONTANT, UN) == []


def test_une_ecriture_remplacee_est_dite_une_fois(cadre: None, take: Take, write: Write) -> None:
    take("releves", write("premier.csv", PREMIER), TARD)
    entete = PREMIER.partition("\n")[0]
    suite = f"{entete}\n" + "".join(
        f"{MONTANT};{territoire};2026-10-20;{rang};Préfecture de l’Hérault;B-{rang}\n"
        for rang, territoire in enumerate((UN, DEUX, TROIS))
    )
    resultat = take("releves", write("s.csv", suite))
    (reparee,) = resultat.rapports[0].reparees
    assert (reparee.ligne, reparee.colonne) == (2, "source")
    assert "« Préfecture de l’Hérault » lue « Préfecture de l'Hérault »" in reparee.raison


def test_dans_un_fichier_la_premiere_ecriture_gagne(cadre: None, take: Take, write: Write) -> None:
    entete = "indicateur;territoire;date;valeur;source;cle\n"
    lignes = (
        f"{MONTANT};{UN};2026-10-20;1;Mairie de Brume;a\n{MONTANT};{DEUX};2026-10-20;1;MAIRIE DE BRUME;b\n"
        f"{MONTANT};{UN};2026-10-20;1;mairie de brume;A\n"
    )
    resultat = take("releves", write("s.csv", entete + lignes))
    assert count(resultat) == (2, 0, 0, 1, 0)
    assert resultat.bilan.doubles == 1
    assert set(Releve.objects.values_list("source", flat=True)) == {"Mairie de Brume"}
    with pytest.raises(DonneesRefusees, match="déjà à la ligne 2"):
        take("releves", write("t.csv", entete + lignes.replace("20;1;mairie", "20;2;mairie")))


def test_une_archive_prend_l_ecriture_connue_plus_tard(
    cadre: None, take: Take, write: Write
) -> None:
    take("releves", write("premier.csv", PREMIER), TARD)
    archive = PREMIER.replace("l'H", "l’H").replace("20/10", "20/09")
    assert count(take("releves", write("a.csv", archive), TOT)) == (1, 0, 0, 0, 0)
    assert read_valeurs(MONTANT, UN) == [20000], "deux versions d'une même ligne"


@pytest.mark.parametrize(
    ("ligne", "raison"),
    [
        (f"{MONTANT};{UN};30/06/2026;;Mairie;T-01;oui", "cette clé est connue chez « Enquête T2 »"),
        (f"{MONTANT};{UN};30/06/2026;;Enquête T2;T-011;oui", "la plus proche connue est « T-01 »"),
        (f"{MONTANT};{UN};30/06/2026;;Enquête T2;Т-01;oui", "alphabet cyrillique"),
        (f"{MONTANT};{UN};30/06/2026;;Enquête T2;;oui", "ce jour y est connu sous la clé « T-01 »"),
        (f"{MONTANT};{UN};30/06/2026;;Mairie;;oui", "ce jour est connu chez « Enquête T2 »"),
        (
            f"{MONTANT};{UN};30/05/2026;;Enquête T2;;oui",
            "dernier jour connu de cette source : 30/06",
        ),
    ],
)
def test_un_retrait_qui_ne_trouve_rien_dit_le_plus_proche(
    cadre: None, take: Take, write: Write, ligne: str, raison: str
) -> None:
    take("releves", write("t2.csv", T2), TOT)
    with pytest.raises(DonneesRefusees) as refus:
        take("releves", write("r.csv", f"{ENTETE}{ligne}\n"), TARD)
    assert raison in str(refus.value)
    assert Releve.objects.count() == 3


def test_chaque_porte_dit_ce_qui_est_corrige(cadre: None, take: Take, write: Write) -> None:
    """Targets and quartiers: compared with the last version known, by what makes them that line."""
    entete = "indicateur;territoire;operateur;valeur;echeance;origine;effet\n"
    une, autre = (f"{POSTES};{UN};>=;{v};2027-12-31;plan;2026-01-01\n" for v in (6, 8))
    take("cibles", write("c.csv", entete + une))
    resultat = take("cibles", write("d.csv", entete + autre + autre.replace(UN, DEUX)))
    assert count(resultat) == (1, 1, 0, 0, 0)
    assert list_dits(resultat) == [
        f"ligne 2, {POSTES}, {UN}, plan, 01/01/2026 : valeur 6 → valeur 8"
    ]
    quartier = "code;nom;departement;rattaches\nQC-FICTIF-TILLEULS;Tilleuls;00;QN00010M QRR-00_1\n"
    resultat = take("quartiers", write("q.csv", quartier))
    assert count(resultat) == (0, 1, 0, 0, 0)
    assert "nom Les Tilleuls" in list_dits(resultat)[0]
    assert "nom Tilleuls" in list_dits(resultat)[0]


def test_une_colonne_de_valeurs_dans_une_autre_ecriture_corrige_et_ne_retire_rien(
    cadre: None, take: Take, write: Write
) -> None:
    """« Valeur (€) » is « valeur »: read for what it says, never as an empty column."""
    complet = (
        "indicateur;territoire;date;{};numerateur;denominateur;jalon;source;declarant;commentaire;cle\n"
        f"{MONTANT};{UN};30/06/2026;{{}};;;;Enquête;;;T-01\n"
    )
    take("releves", write("juin.csv", complet.format("valeur", 20000)), TOT)
    resultat = take("releves", write("octobre.csv", complet.format("Valeur (€)", 26000)), TARD)
    assert count(resultat) == (0, 1, 0, 0, 0)
    assert read_valeurs(MONTANT, UN) == [26000]


def test_export_puis_import_apres_un_retrait(cadre: None, take: Take, write: Write) -> None:
    """Nothing changes in the same base; a new one holds the same present lines."""
    take("releves", write("t2.csv", T2), TOT)
    take(
        "releves",
        write("r.csv", f"{ENTETE}{MONTANT};{DEUX};30/06/2026;;Enquête T2;T-02;oui\n"),
        TARD,
    )
    vue = Vue(load_dossier(), CONNU_LE, CONNU_LE)
    texte = export_releves(vue.territoires, "FR", CONNU_LE)
    entete, *lignes = texte.removeprefix("\ufeff").splitlines()
    assert entete.endswith(";cle;retrait")
    assert [ligne.split(";")[-2:] for ligne in lignes] == [["T-01", ""], ["T-03", ""]]
    assert count(take("releves", write("e.csv", texte))) == (0, 0, 0, 2, 0)


def test_un_dossier_de_fichiers_retire_comme_la_base(
    cadre: None, take: Take, write: Write, tmp_path: Path
) -> None:
    take("releves", write("t2.csv", T2), TOT)
    retrait = f"{MONTANT};{DEUX};30/06/2026;;ENQUÊTE t2;t-02;oui\n"
    take("releves", write("r.csv", ENTETE + retrait), TARD)
    dossier = tmp_path / "dossier"
    dossier.mkdir()
    (dossier / "territoires.csv").write_text(
        "code;nom;genre;parents\nFR;France;nation;\nREG-00;R;region;FR\nDEP-00;D;departement;REG-00\n",
        encoding="utf-8",
    )
    (dossier / "quartiers.csv").write_text(
        "code;nom;departement;connu_le\n"
        + "".join(f"{code};{code};DEP-00;2026-01-15\n" for code in (UN, DEUX, TROIS)),
        encoding="utf-8",
    )
    jours = [f"{x};2026-10-01" for x in T2.splitlines()[1:]] + [f"{retrait.strip()};2026-11-01"]
    (dossier / "releves.csv").write_text(
        ENTETE.strip() + ";connu_le\n" + "".join(f"{x}\n" for x in jours), encoding="utf-8"
    )
    lu, su = read_dossier(dossier, load_referentiel()), load_dossier()
    contenus = [
        [(r.territoire, r.date, r.connu_le, r.lu, r.source, r.cle, r.is_retrait) for r in d.releves]
        for d in (lu, su)
    ]
    assert contenus[0] == contenus[1]
    assert contenus[0][-1][3:] == (None, "Enquête T2", "T-02", True)


def test_un_refus_se_dit_sans_prendre_le_verrou(
    cadre: None, take: Take, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def prendre() -> NoReturn:
        pytest.fail("le verrou est pris")

    monkeypatch.setattr(preparer, "open_transaction", prendre)
    with pytest.raises(DonneesRefusees, match="territoire inconnu"):
        take("releves", write("r.csv", f"{ENTETE}{MONTANT};nulle-part;30/06/2026;1;;;\n"))


def test_ce_qui_est_entre_pendant_la_lecture_est_relu(
    cadre: None, take: Take, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another file said the same lines between the reading and the lock: they are not new any more."""
    autre, attente = write("autre.csv", T2), ecrire.open_transaction

    @contextmanager
    def attendre(*, is_seule: bool) -> Iterator[None]:
        monkeypatch.setattr(preparer, "open_transaction", attente)
        take("releves", autre, TOT)
        with attente(is_seule=is_seule):
            yield

    monkeypatch.setattr(preparer, "open_transaction", attendre)
    resultat = take("releves", write("t2.csv", T2 + "\n"), TOT)
    assert count(resultat) == (0, 0, 0, 3, 0)
    assert Releve.objects.count() == 3


def test_un_fichier_ecrit_pendant_sa_lecture_est_refuse(
    cadre: None, take: Take, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taken, the journal would keep the digest of what was never read, and that file would seem already known."""
    chemin, read = write("r.csv", T2), releves.read

    def ecrire(lu: Path, envoi: Envoi) -> object:
        chemin.write_text(T2.replace("30/06", "29/06"), encoding="utf-8")
        return read(lu, envoi)

    monkeypatch.setattr(releves, "read", ecrire)
    with pytest.raises(DonneesRefusees, match="a changé pendant sa lecture"):
        take("releves", chemin, TOT)
    assert not Releve.objects.exists()
