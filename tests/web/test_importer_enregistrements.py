"""Records by a file of the web: where the account may write, before and after, and what it may name."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from quartiers.core.essai_d_import import LigneEssayee, SortDeLigne
from quartiers.storage.models import EssaiDImport, Examen, Releve
from quartiers.usecases.garder_essais import read_contenu
from tests.web.conftest import TILLEULS, SignIn, read
from tests.web.test_importer import INDICATEUR, apply, make_csv, send

POSTES = (
    "objet;le;situe;fonction;employeur;etp_finance;etp_pourvu;pourvu_depuis;convention;validation"
)
FONTAINE, BEAUREGARD = "QC-FICTIF-FONTAINE", "QC-FICTIF-BEAUREGARD"


def make_poste(
    objet: str = "P-1", situe: str = TILLEULS, convention: str = "", validation: str = ""
) -> str:
    """A line about a post."""
    return f"{objet};2026-11-20;{situe};adulte_relais;Mission locale;1;1;2026-01-02;{convention};{validation}"


def try_postes(sign_in: SignIn, *lignes: str, qui: str = "demo-deleguee") -> EssaiDImport:
    """The trial of a file of posts."""
    return send(sign_in(qui), make_csv(*lignes, entete=POSTES), "poste", "postes.csv")


def list_sorts(garde: EssaiDImport) -> list[SortDeLigne]:
    """The fate of each line."""
    return [ligne.sort for ligne in read_contenu(garde).lignes]


def get_ligne(garde: EssaiDImport, rang: int = 0) -> LigneEssayee:
    """One of its lines."""
    return read_contenu(garde).lignes[rang]


def test_une_ligne_attend_une_seconde_personne_quoi_qu_elle_dise(sign_in: SignIn) -> None:
    garde = try_postes(sign_in, make_poste(validation="valide"), make_poste("P-2"))
    assert apply(sign_in("demo-deleguee"), garde) == garde
    page = read(sign_in("demo-sous-prefete"), "/valider/")
    assert page.count("Mission locale") >= 2
    siennes = read(sign_in("demo-deleguee"), "/valider/")
    assert "Vous l’avez importée" in siennes


def test_un_territoire_d_ailleurs_et_un_absent_se_repondent_pareil(sign_in: SignIn) -> None:
    mixte = f"{TILLEULS} | {BEAUREGARD}"
    garde = try_postes(
        sign_in,
        make_poste(situe=BEAUREGARD),
        make_poste("P-2", "QC-RIEN"),
        make_poste("P-3", mixte),
    )
    ailleurs, absent, les_deux = read_contenu(garde).lignes
    assert ailleurs.raison.replace(BEAUREGARD, "X") == absent.raison.replace("QC-RIEN", "X")
    assert (ailleurs.sort, les_deux.sort) == (SortDeLigne.REFUSEE, SortDeLigne.REFUSEE)


def test_l_objet_d_un_autre_ne_se_prend_pas(sign_in: SignIn) -> None:
    """Of another organisme, in a place that both may write: a small letter writes one's own only."""
    prise = make_poste("POSTE-COMMUN", "COM-00003")
    premiere = try_postes(sign_in, prise, qui="demo-sous-prefete")
    assert list_sorts(premiere) == [SortDeLigne.NOUVELLE]
    apply(sign_in("demo-sous-prefete"), premiere)
    commune = try_postes(sign_in, prise.replace(";1;1;", ";2;2;"), qui="demo-commune")
    assert get_ligne(commune).colonne == "objet"
    assert "Préfecture" not in get_ligne(commune).raison
    assert list_sorts(
        try_postes(sign_in, prise.replace(";1;1;", ";2;2;"), qui="demo-sous-prefete")
    ) == [SortDeLigne.CORRIGEE]


def test_une_chose_d_ailleurs_ne_se_nomme_pas(sign_in: SignIn) -> None:
    """A convention that the account cannot read is one that nobody knows."""
    entete = "objet;le;situe;genre;debut"
    convention = f"C-LOIN;2026-11-20;{BEAUREGARD};charte;2026-01-01"
    loin = sign_in("demo-sous-prefete")
    apply(loin, send(loin, make_csv(convention, entete=entete), "convention", "c.csv"))
    garde = try_postes(
        sign_in, make_poste(convention="C-LOIN"), make_poste("P-2", convention="C-RIEN")
    )
    loin_dit, rien_dit = (ligne.raison for ligne in read_contenu(garde).lignes)
    assert loin_dit.replace("C-LOIN", "X") == rien_dit.replace("C-RIEN", "X")


def test_un_import_de_cle_ne_prend_pas_une_ligne_a_un_autre_territoire(sign_in: SignIn) -> None:
    """The same key, of the same organisme, in a territoire that the account may not write: it is not moved from there."""
    entete = "indicateur;territoire;date;valeur;cle"
    ligne = f"{INDICATEUR};{BEAUREGARD};2026-11-20;7;K-1"
    loin = sign_in("demo-sous-prefete")
    apply(loin, send(loin, make_csv(ligne, entete=entete)))
    avant = Releve.objects.count()
    client = sign_in("demo-deleguee")
    garde = send(client, make_csv(ligne.replace(BEAUREGARD, TILLEULS), entete=entete))
    assert list_sorts(garde) == [SortDeLigne.REFUSEE]
    apply(client, garde)
    assert Releve.objects.count() == avant


def test_une_ligne_jugee_puis_retiree_avec_son_import(sign_in: SignIn) -> None:
    """One sent back stays so; the others say nothing any more, and wait for somebody to judge it."""
    client = sign_in("demo-deleguee")
    octets = make_csv(
        f"{INDICATEUR};{TILLEULS};2026-11-19;5", f"{INDICATEUR};{FONTAINE};2026-11-20;7"
    )
    garde = send(client, octets)
    apply(client, garde)
    renvoyee = f"releve-{Releve.objects.latest('pk').pk}"
    juge = {"ligne": [renvoyee], f"l-{renvoyee}": "renvoyer", f"m-{renvoyee}": "preuve"}
    sign_in("demo-sous-prefete").post("/valider/", juge)
    assert Examen.objects.count() == 1
    combien = Releve.objects.count()
    client.post(f"/importer/{garde.pk}/retirer/", {"motif": "doublon"})
    assert Releve.objects.count() == combien + 1
    assert "restent telles qu’elles sont" in read(client, f"/importer/{garde.pk}/")


@pytest.mark.parametrize("genre", ["rien", "", "plan", "cog"])
def test_un_genre_qui_n_est_pas_le_sien(sign_in: SignIn, genre: str) -> None:
    fichier = SimpleUploadedFile("a.csv", make_csv(make_poste()))
    reponse = sign_in("demo-deleguee").post("/importer/", {"genre": genre, "fichier": fichier})
    assert reponse.status_code == 422
    assert EssaiDImport.objects.count() == 0
