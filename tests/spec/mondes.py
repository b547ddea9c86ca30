"""From an example of a table to a monde (tests/oracle/README.md), which both evaluators read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from quartiers.core.statut import LIBELLES
from tests.spec.geographie import list_codes, list_territoires
from tests.spec.langue import Recueil
from tests.spec.phrase import build_indicateur
from tests.spec.tables import Cas, Groupe

Monde = dict[str, Any]
LOIN = date(2030, 1, 1)  # by then everything is known
RECETTE = "compte, stock, chaque trimestre"
_MODES = {
    "a minima": "a_minima",
    "dans chaque quartier": "obligation_chaque_quartier",
    "obligation": "obligation",
    "encourager": "encourager",
}
_PAR_LIBELLE = {libelle.lower(): statut.value for statut, libelle in LIBELLES.items()}


def build_monde(groupe: Groupe, cas: Cas) -> Monde:
    """The world of one example: fixed geography, the quartiers named, the lines of the group then its own."""
    presents = list(cas.monde or groupe.monde)
    recueil = Recueil()
    indicateurs = [
        _build_action(recueil, rang, action, cas.vu_le)
        for rang, action in enumerate(cas.actions, 1)
    ]
    if phrase := cas.indicateur or groupe.indicateur:
        recueil.indicateur = "i"
        indicateurs.append(build_indicateur("i", phrase))
        for ligne in (*groupe.donnees, *cas.donnees):
            read_ligne(recueil, ligne, cas.vu_le)
    return finish_monde(recueil, indicateurs, presents)


def finish_monde(
    recueil: Recueil, indicateurs: list[dict[str, Any]], presents: Iterable[str]
) -> Monde:
    """The collections read, with their frame; a distance takes the reach of its indicateur unless said."""
    portees = {i["code"]: i.get("portee_spatiale") for i in indicateurs}
    for objet in recueil.collections.get("objets", []):
        if objet["distance_m"] is not None and objet["portee"] is None:
            objet["portee"] = portees[objet["indicateur"]]
    return {
        "indicateurs": indicateurs,
        "territoires": list_territoires(list(presents)),
        "calendriers": recueil.calendriers,
    } | recueil.collections


def read_ligne(recueil: Recueil, ligne: str, vu_le: date) -> None:
    """A line of givens, or « Quartiers 1 à 31 : atteint », which stands for faits that give this statut."""
    lieux, separe, reste = ligne.partition(" : ")
    if separe and reste in _PAR_LIBELLE:
        for code in list_codes(lieux):
            add_statut(recueil, code, _PAR_LIBELLE[reste], vu_le)
    else:
        recueil.read(ligne)


def _build_action(recueil: Recueil, rang: int, action: str, vu_le: date) -> dict[str, Any]:
    """« a minima : échu, non atteint »: an action of that strength whose principal indicateur has that statut.

    Or has these faits: « obligation : relevé 0 au 2025-12-20 puis relevé 1 au 2026-11-20 ».
    """
    trouve = re.fullmatch(r"(.+?) : (.+)", action)
    assert trouve is not None, action
    mode, libelle = trouve.groups()
    recueil.indicateur = f"i{rang:02}"
    if libelle in _PAR_LIBELLE:
        add_statut(recueil, "QRR-01_1", _PAR_LIBELLE[libelle], vu_le)
    else:
        for fait in libelle.split(" puis "):
            recueil.read(fait)
    return build_indicateur(recueil.indicateur, RECETTE, mode=_MODES[mode], action=f"Action {rang}")


# Value on the way from 0 to 10, half of the time gone.
_VALEURS = {
    "atteint": 10,
    "en_bonne_voie": 5,
    "a_surveiller": 4,
    "en_retard": 1,
    "non_engage": 0,
    "echu_non_atteint": 5,
    "perime": 5,
    "sans_cible": 5,
    "sans_objet": 5,
}


def add_statut(recueil: Recueil, code: str, statut: str, vu_le: date) -> None:
    """Faits that give `statut` to a quarterly stock: the examples of roll-ups start from statuts."""
    if statut == "non_renseigne":
        return
    jour = vu_le - timedelta(days=121 if statut == "perime" else 0)
    recueil.read(f"{code} : relevé {_VALEURS[statut]} au {jour}")
    if statut == "sans_objet":
        recueil.read(f"{code} : sans objet le {vu_le}")
    elif statut != "sans_cible":
        debut = vu_le - timedelta(days=200)
        fin = vu_le + timedelta(days=-1 if statut == "echu_non_atteint" else 200)
        recueil.read(f"{code} : cible au moins 10 au {fin}, base 0 au {debut}")
