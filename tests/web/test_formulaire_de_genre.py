"""The form of a kind: its fields come from the declaration, its rules from the reader of the files."""

from __future__ import annotations

from fractions import Fraction

import pytest
from django import forms

from quartiers.core.contenu import Mot
from quartiers.core.enregistrement import Lien, NatureDeLien, Validation, list_colonnes
from quartiers.core.genres import GENRES, MOTS_A_ENTETE
from quartiers.core.genres.activite import Activite
from quartiers.core.genres.poste import Poste
from quartiers.core.genres.seance import Seance
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


@pytest.mark.parametrize("genre", sorted(MOTS_A_ENTETE))
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
