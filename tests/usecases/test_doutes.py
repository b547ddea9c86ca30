"""Where a lost place may be, the list proves nothing: said once, for the faits and for the pointage (L-39)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from quartiers.core.contenu import Mot
from quartiers.core.enregistrement import Lien, NatureDeLien, Validation
from quartiers.core.genres.lieu import Lieu
from quartiers.core.territoire import Genre, Territoire, Territoires
from quartiers.usecases import pointer_liste
from quartiers.usecases.doutes import Doutes
from quartiers.usecases.lire_enregistrements import EnregistrementLu
from quartiers.usecases.pointer_liste import ListeEcrite, find_doutes, list_prouves

JOUR = date(2026, 7, 1)
ICI = ("QN1",), frozenset({"COM-1"}), frozenset({"DEP-93"})
SANS_COMMUNE = ("QN1",), frozenset[str](), frozenset({"DEP-93"})
Cadre = tuple[tuple[str, ...], frozenset[str], frozenset[str]]


@pytest.mark.parametrize(
    ("doutes", "cadre", "trouble"),
    [
        (Doutes(), ICI, False),
        (Doutes(communes=frozenset({"COM-1"})), ICI, True),
        (Doutes(communes=frozenset({"COM-2"}), departements=frozenset({"DEP-93"})), ICI, False),
        (Doutes(departements=frozenset({"DEP-93"})), SANS_COMMUNE, True),
        (Doutes(departements=frozenset({"DEP-75"})), SANS_COMMUNE, False),
        (Doutes(vagues=frozenset({"DEP-93"})), ICI, True),
        (Doutes(perimetres=frozenset({"QN1"})), ICI, True),
        (Doutes(perimetres=frozenset({"QN2"})), ICI, False),
    ],
)
def test_ou_un_lieu_egare_peut_etre(doutes: Doutes, cadre: Cadre, *, trouble: bool) -> None:
    assert doutes.is_trouble(*cadre) is trouble


def test_un_voisin_sans_commune_trouble_tout_son_departement(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The lost place is of another département; an earlier list gave it a neighbour here, and nobody knows its commune."""
    territoires = Territoires.build(
        (
            Territoire("DEP-93", "93", Genre.DEPARTEMENT),
            Territoire("COM-93008", "Bobigny", Genre.COMMUNE, ("DEP-93",)),
            Territoire("QN09301M", "Quartier", Genre.QPV, ("DEP-93",)),
            Territoire("DEP-75", "75", Genre.DEPARTEMENT),
            Territoire("COM-75056", "Paris", Genre.COMMUNE, ("DEP-75",)),
        )
    )
    egare = EnregistrementLu(
        genre=Lieu.GENRE,
        objet="france-services/20",
        le=JOUR,
        contenu=Lieu(genre=Mot("france_services"), commune="75056"),
        liens=(Lien("COM-75056", NatureDeLien.SITUE),),
        validation=Validation.VALIDE,
        ligne=2,
    )
    voisins: Iterable[str] = ["QN09301M"]
    monkeypatch.setattr(pointer_liste, "list_voisins", lambda *_: iter(voisins))
    liste = ListeEcrite("france-services", Mot("france_services"), JOUR, JOUR, [egare])
    doutes = find_doutes(liste, territoires)
    assert list(list_prouves("DEP-93", doutes, territoires)) == []
    voisins = []
    sans_voisin = find_doutes(liste, territoires)
    assert list(list_prouves("DEP-93", sans_voisin, territoires)) == ["DEP-93"]
    assert list(list_prouves("DEP-75", sans_voisin, territoires)) == []
