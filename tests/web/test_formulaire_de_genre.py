"""The form of a kind: its fields come from the declaration, its rules from the reader of the files."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from django import forms

from quartiers.core.contenu import Mot
from quartiers.core.enregistrement import Lien, NatureDeLien, Validation, list_colonnes
from quartiers.core.genres import GENRES
from quartiers.core.genres.activite import Activite
from quartiers.core.genres.cible import OPERATEURS, CibleDeclaree
from quartiers.core.genres.confirmation import ConfirmationDeclaree
from quartiers.core.genres.poste import Poste
from quartiers.core.genres.quartier_cible import QuartierDeclare
from quartiers.core.genres.sans_objet import SansObjetDeclare
from quartiers.core.genres.seance import Seance
from quartiers.core.petit_genre import PetitGenre
from quartiers.sources.lecture import read_table
from quartiers.usecases.lire_enregistrements import get_colonnes
from quartiers.usecases.petits import PORTES
from quartiers.web.formulaire_de_genre import build_formulaire, list_erreurs
from tests.genres_monde import load_livre, make_contexte

POSTE = {
    "objet": "P1",
    "le": "2026-11-20",
    "situe": "QN09301M 0,5",
    "fonction": "dcpp",
    "employeur": "Police nationale",
    "etp_finance": "1",
    "lettre_de_mission": "non",
    "validation": "brouillon",
}


@pytest.mark.parametrize("genre", GENRES)
def test_un_champ_par_colonne_dans_l_ordre(genre: str) -> None:
    formulaire = build_formulaire(GENRES[genre], make_contexte())
    assert tuple(formulaire.fields) == list_colonnes(GENRES[genre])
    assert all(champ.label for champ in formulaire.fields.values())
    assert "<label" in formulaire.as_p()


def test_les_mots_sont_offerts_avec_leur_libelle() -> None:
    champs = build_formulaire(Poste, make_contexte()).fields
    fonction = champs["fonction"].widget
    assert isinstance(fonction, forms.Select)
    assert list(fonction.choices) == [("", "—"), *load_livre().get_mots("fonction").items()]
    assert fonction.attrs["aria-required"] == "true"
    validation = champs["validation"].widget
    assert isinstance(validation, forms.Select)
    assert [mot for mot, _ in validation.choices] == ["brouillon", "soumis"]
    assert champs["pourvu_depuis"].widget.input_type == "date"
    assert build_formulaire(Activite, make_contexte()).fields["heure_debut"].widget.input_type == (
        "time"
    )


def test_une_saisie_se_lit_comme_un_fichier() -> None:
    formulaire = build_formulaire(Poste, make_contexte(), POSTE)
    assert formulaire.is_valid(), formulaire.errors
    lu = formulaire.lu
    assert lu is not None
    assert lu.contenu == Poste(
        fonction=Mot("dcpp"),
        employeur="Police nationale",
        etp_finance=Fraction(1),
        lettre_de_mission=False,
    )
    assert lu.liens == (Lien("QN09301M", NatureDeLien.SITUE, Fraction(1, 2)),)
    assert lu.validation is Validation.BROUILLON


def test_plusieurs_mots_se_choisissent() -> None:
    donnees = {
        "objet": "S1",
        "le": "2026-11-20",
        "situe": "QN09301M",
        "instance": "copil",
        "colleges": ["habitants", "collectivite"],
    }
    formulaire = build_formulaire(Seance, make_contexte(), donnees)
    assert formulaire.is_valid(), formulaire.errors
    assert formulaire.lu is not None
    assert formulaire.lu.contenu == Seance(
        instance=Mot("copil"), colleges=(Mot("habitants"), Mot("collectivite"))
    )


def test_chaque_faute_va_a_son_champ() -> None:
    faux = POSTE | {"fonction": "dcp", "etp_pourvu": "un", "situe": "", "validation": "valide"}
    formulaire = build_formulaire(Poste, make_contexte(), faux)
    assert not formulaire.is_valid()
    assert formulaire.lu is None
    assert dict(list_erreurs(formulaire)) == {
        "validation": "validation « valide » hors de la liste (brouillon, soumis)",
        "fonction": "mot inconnu : « dcp » ; le plus proche est « dcpp »",
        "etp_pourvu": "« un » n’est pas un nombre",
        "situe": "aucun territoire : remplir « situe » ou « dessert »",
    }


SAISIES: dict[type[PetitGenre], dict[str, str]] = {
    CibleDeclaree: {
        "indicateur": "e06-a1-educateurs-etp",
        "territoire": "QC-93-NORD",
        "operateur": ">=",
        "valeur": "2,5",
        "echeance": "2027-12-31",
    },
    SansObjetDeclare: {
        "indicateur": "e02-a1-convention-npnru",
        "territoire": "QC-93-NORD",
        "motif": "public_absent",
        "valide_le": "2026-02-10",
        "valide_par": "Préfet",
    },
    ConfirmationDeclaree: {
        "indicateur": "e03-a1-france-services",
        "territoire": "QC-93-NORD",
        "lieu": "9006",
        "date": "2026-10-05",
        "motif": "un bus",
        "par": "le délégué",
    },
    QuartierDeclare: {
        "code": "QC-93-SUD",
        "nom": "Le Sud",
        "departement": "93",
        "rattaches": "QN09301M QRR-93_3",
    },
}


@pytest.mark.parametrize("genre", SAISIES)
def test_la_saisie_d_un_petit_genre_est_la_ligne_de_son_fichier(genre: type[PetitGenre]) -> None:
    saisie = SAISIES[genre]
    formulaire = build_formulaire(genre, make_contexte(), saisie)
    assert formulaire.is_valid(), formulaire.errors
    octets = f"{';'.join(saisie)}\n{';'.join(saisie.values())}\n".encode()
    table = read_table(octets, "essai.csv", get_colonnes(genre))
    (lu,), _ = PORTES[genre].read_table(table, make_contexte())
    assert formulaire.lu == replace(lu, ligne=1)


def test_les_mots_d_un_petit_genre_sont_offerts() -> None:
    champs = build_formulaire(CibleDeclaree, make_contexte()).fields
    operateur = champs["operateur"].widget
    assert isinstance(operateur, forms.Select)
    assert list(operateur.choices) == [("", "—"), *OPERATEURS.items()]
    assert operateur.attrs["aria-required"] == "true"
    assert champs["echeance"].widget.input_type == "date"
    rattaches = build_formulaire(QuartierDeclare, make_contexte()).fields["rattaches"]
    assert rattaches.help_text == (
        "Codes de QPV et de QRR. Plusieurs valeurs, séparées par des espaces."
    )


def test_les_fautes_d_un_petit_genre_vont_a_leurs_champs() -> None:
    """Those of the fields, those of the line, those that only a whole file tells."""
    juste = SAISIES[CibleDeclaree]
    part = {"indicateur": "e01-a1-part-classes-dedoublees", "valeur": "0,4"}
    for change, champ, raison in (
        ({"territoire": ""}, "territoire", "valeur obligatoire absente"),
        ({"operateur": "<="}, "operateur", "« <= » contredit le sens de e06-a1-educateurs-etp"),
        (part, "valeur", "0,4 se lit 0,4 % ; pour 40 % écrire 40"),
    ):
        formulaire = build_formulaire(CibleDeclaree, make_contexte(), juste | change)
        assert not formulaire.is_valid()
        assert formulaire.lu is None
        erreurs = dict(list_erreurs(formulaire))
        assert erreurs.keys() == {champ}
        assert erreurs[champ].startswith(raison)
    vide = build_formulaire(QuartierDeclare, make_contexte(), {"nom": "Le Sud"})
    assert {champ for champ, _ in list_erreurs(vide)} == {"code", "departement"}
    avec_signe = juste | part | {"valeur": "0,4 %"}
    assert build_formulaire(CibleDeclaree, make_contexte(), avec_signe).is_valid()
