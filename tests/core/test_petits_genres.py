"""The small kinds: the columns of their files, and how a line names its thing."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from quartiers.core.contenu import CodeTerritoire, describe
from quartiers.core.genres import PETITS_GENRES
from quartiers.core.genres.arret import ArretDeclare
from quartiers.core.genres.poste import Poste
from quartiers.core.petit_genre import DE_TOUT_TEMPS, PetitGenre
from tests.core.test_genres import LETTRES

# By hand, from the contract: the columns of the files that have their own.
PETITS = {
    "arrets": "lieu* territoire* adresse longitude:n latitude:n jour* heures du:d au:d",
    "cibles": (
        "indicateur* territoire* operateur* valeur:n echeance:d base:n base_date:d base_source origine effet:d"
    ),
    "quartiers": "code* nom* departement* rattaches attendu_du:d attendu_au:d",
    "confirmations": "indicateur* territoire* lieu* date*:d motif* par*",
    "sans_objet": "indicateur* territoire* motif* valide_le*:d valide_par*",
}


def test_les_petits_genres_ont_les_colonnes_du_contrat() -> None:
    dits = {
        fichier: " ".join(
            f"{nom}{'*' if d.requis else ''}{LETTRES.get(d.type, '')}"
            for nom, d in describe(classe).items()
            if not d.champ.deduit
        )
        for fichier, classe in PETITS_GENRES.items()
    }
    assert dits == PETITS


@pytest.mark.parametrize("genre", PETITS_GENRES.values())
def test_un_petit_genre_nomme_sa_chose_par_ses_champs(genre: type[PetitGenre]) -> None:
    champs = describe(genre)
    assert set(genre.IDENTITE) <= champs.keys()
    assert genre.LE in {"", *genre.IDENTITE}
    assert genre.QUOI != Poste.QUOI


def test_deux_identites_ont_deux_noms() -> None:
    """Whatever signs a text holds."""
    textes = ("", "a", "a/b", "/", "%", "%2F", "a%2Fb")
    arrets = [
        ArretDeclare(lieu=lieu, territoire=CodeTerritoire("QC-A"), jour="lundi", adresse=adresse)
        for lieu in textes
        for adresse in textes
    ]
    assert len({arret.objet for arret in arrets}) == len(arrets)
    assert {arret.le for arret in arrets} == {DE_TOUT_TEMPS}


def test_ce_qui_est_deduit_de_la_base_ne_fait_pas_une_autre_ligne() -> None:
    arret = ArretDeclare(lieu="9", territoire=CodeTerritoire("QC-A"), jour="lundi")
    assert arret == replace(arret, distance_m=Fraction(3))
