"""The small kinds: the columns of their files, and how a line names its thing."""

from __future__ import annotations

import pytest

from quartiers.core.contenu import TypeDeChamp, describe
from quartiers.core.genres import PETITS_GENRES
from quartiers.core.genres.poste import Poste
from quartiers.core.petit_genre import PetitGenre
from tests.core.test_genres import LETTRES

# By hand, from the contract: the columns of the files that have their own.
PETITS = {
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
    """Free text comes last: no two identities have one name."""
    champs = describe(genre)
    assert set(genre.IDENTITE) <= champs.keys()
    assert genre.LE in {"", *genre.IDENTITE}
    libres = [champs[n].type is TypeDeChamp.TEXTE for n in genre.IDENTITE if n != genre.LE]
    assert not any(libres[:-1])
    assert genre.QUOI != Poste.QUOI
