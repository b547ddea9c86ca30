"""What a free text seems to say of a person: every way to write it, and all that looks like it and is not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quartiers.core.contenu import TypeDeChamp, list_champs
from quartiers.core.donnees_personnelles import (
    PREMIER_FAIT,
    DonneePersonnelle,
    find_personnelles,
    retain,
    say_personnelles,
)
from quartiers.core.genres import GENRES
from quartiers.usecases.juger_plausibilite import load_bornes
from tests.recette.textes_personnels import AVEC, SANS

TELEPHONE, COURRIEL, NAISSANCE, NIR = DonneePersonnelle
PERSONNES = re.compile(
    r"\b(nom de famille|prénoms?|jeunes?|élèves?|enfants?|mineure?s?|victimes?|familles?|parents?|bénéficiaires?|"
    r"naissance|téléphone|courriel|mail|nir|sécurité sociale|domicile|auteurs?|occupant|titulaire)\b"
)
ORGANISMES = {("financement", "beneficiaire"), ("financement", "genre_beneficiaire")}
"""They say an organisme: who receives the money of a funder, and of which sort."""


@pytest.mark.parametrize(("texte", "donnees"), AVEC)
def test_ce_que_dit_un_texte_est_trouve(texte: str, donnees: frozenset[DonneePersonnelle]) -> None:
    assert frozenset(find_personnelles(texte)) == donnees


@pytest.mark.parametrize("texte", SANS)
def test_ce_qui_y_ressemble_n_est_pas_pris(texte: str) -> None:
    assert find_personnelles(texte) == ()


def test_des_decimales_ne_sont_pas_un_nir() -> None:
    assert find_personnelles("46.159013296763234, -1.1797299384809892") == ()


@pytest.mark.parametrize("lus", [
    "06.12.34.56.78", "06-12-34-56-78", "06/12/34/56/78", "06  12  34  56  78", "tel:0612345678", "+33612345678",
    "0033 6 12 34 56 78", "+33 6.12.34.56.78", "+262 692 12 34 56", "+687 78.90.12", "+689 87 12 34 56",
    "０６ １２ ３４ ５６ ７８", "06‑12‑34‑56‑78", "06\u202f12\u202f34\u202f56\u202f78", "(06 12 34 56 78)", "06 1234 5678", "0 800 123 456",
])  # fmt: skip
def test_un_telephone_s_ecrit_de_bien_des_facons(lus: str) -> None:
    assert find_personnelles(f"joindre {lus}, le soir") == (TELEPHONE,)


@pytest.mark.parametrize("lue", [
    "né le 3 janv. 2012", "Née 12/03/2010", "né(e) le : 12/03/2010", "NÉ LE 12.03.2010", "ne le 12/03/2010",
    "né le lundi 3 mai 2010", "12/03/2010 (date de naissance)", "M. le 14 juillet 1985", "né le 12/03/10", "DDN : 2010-03-12",
])  # fmt: skip
def test_une_naissance_s_ecrit_de_bien_des_facons(lue: str) -> None:
    assert find_personnelles(lue) == (NAISSANCE,)


@pytest.mark.parametrize("lu", [
    "contact@ville.fr", "a.b+c@exemple.gouv.fr", "jean dupont arobase exemple point fr", "Lea [at] exemple.fr",
])  # fmt: skip
def test_une_adresse_s_ecrit_de_bien_des_facons(lu: str) -> None:
    assert find_personnelles(lu) == (COURRIEL,)


@given(
    st.sampled_from("12"), st.integers(0, 99), st.integers(1, 12),
    st.sampled_from(["01", "75", "95", "2A", "2B", "97"]), st.integers(1, 999), st.integers(1, 999),
)  # fmt: skip
def test_un_nir_se_reconnait_a_sa_cle(
    sexe: str, annee: int, mois: int, departement: str, commune: int, ordre: int
) -> None:
    debut, fin = f"{sexe}{annee:02d}{mois:02d}", f"{commune:03d}{ordre:03d}"
    corse = {"2A": "19", "2B": "18"}.get(departement, departement)
    cle = 97 - int(f"{debut}{corse}{fin}") % 97
    nir = f"{debut}{departement}{fin}"
    assert NIR in find_personnelles(f"n° {nir}{cle:02d} ;")
    assert NIR in find_personnelles(f"n° {nir} {cle:02d}")
    assert NIR in find_personnelles(f"n° {nir[0]} {nir[1:3]} {nir[3:5]} {nir[5:7]} {nir[7:10]} {nir[10:]} {cle:02d}")  # fmt: skip
    assert NIR in find_personnelles(f"n° {nir}")
    assert NIR not in find_personnelles(f"n° {nir}{cle % 97 + 1:02d}")


@given(st.text(max_size=400))
def test_tout_texte_se_lit(texte: str) -> None:
    dites = say_personnelles(texte)
    assert (retain(texte) == texte) is not bool(dites)


def test_deux_donnees_se_disent_ensemble() -> None:
    dite = "06 12 34 56 78 ou a@exemple.fr"
    assert (
        retain(dite)
        == "texte retenu\u00a0: il paraît contenir un numéro de téléphone et une adresse électronique"
    )


def test_aucun_fait_n_est_plus_vieux_que_ce_que_l_on_dit() -> None:
    assert load_bornes().premier_jour.year == PREMIER_FAIT


def test_aucun_champ_d_aucun_genre_ne_demande_une_personne() -> None:
    """No young person, no victim, no family: a count of them (a whole number) is all that a field may ask for."""
    champs = [(g.GENRE, d) for g in GENRES.values() for d in list_champs(g).values()]
    demandes = [
        (genre, d.nom)
        for genre, d in champs
        if d.type not in {TypeDeChamp.ENTIER, TypeDeChamp.NOMBRE, TypeDeChamp.SOUS_ENSEMBLE}
        and PERSONNES.search(f"{d.champ.libelle} {d.nom.replace('_', ' ')}".lower())
    ]
    libres = {(genre, d.nom) for genre, d in champs if d.type is TypeDeChamp.TEXTE}
    assert len(libres) > 30
    assert set(demandes) == ORGANISMES
