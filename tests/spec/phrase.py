"""An indicateur described in a few French words: « compte, stock, chaque trimestre, annexe : au moins 1 »."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from tests.spec.langue import LigneIncomprise, read_jour, read_nombre

Ligne = dict[str, Any]

_APPLICABLES: Ligne = {"principal": True, "applicable": True}


def _count_parmi_les_applicables(**filtre: Any) -> Ligne:
    """A share of the applicable actions, read from the constats of their principal indicateurs."""
    dessus = {"role": "numerateur", "filtre": _APPLICABLES | filtre}
    return {"derivations": [dessus, {"role": "denominateur", "filtre": _APPLICABLES}]}


MOTS: dict[str, Ligne] = {
    "actions applicables atteintes": _count_parmi_les_applicables(statut=["atteint"]),
    "actions applicables renseignées et à jour": _count_parmi_les_applicables(renseigne=True),
    "actions applicables de valeur positive": _count_parmi_les_applicables(valeur_positive=True),
    "actions devenues positives dans la période": {
        "derivations": [
            {"role": "valeur", "filtre": {"principal": True, "devenu_positif": True}},
        ]
    },
    "présence": {"genre": "presence", "agregation": "part_de_territoires"},
    "compte": {"genre": "compte", "agregation": "somme"},
    "part": {"genre": "part", "agregation": "rapport", "unite": "%"},
    "doublement": {"genre": "doublement", "agregation": "somme", "nature": "stock"},
    "national": {
        "genre": "national",
        "agregation": "somme",
        "nature": "stock",
        "niveau": "N",
    },
    "étapes": {"genre": "jalon", "agregation": "distribution", "echelle": list("012345")},
    "suivi": {"genre": "suivi", "agregation": "somme"},
    "stock": {"nature": "stock"},
    "flux de l’année civile": {"nature": "flux", "periode": "annee_civile"},
    "flux de l’année scolaire": {"nature": "flux", "periode": "annee_scolaire"},
    "chaque mois": {"frequence": "M"},
    "chaque trimestre": {"frequence": "T"},
    "chaque semestre": {"frequence": "S"},
    "chaque année": {"frequence": "A"},
    "chaque rentrée": {"frequence": "RS"},
    "chaque période de vacances": {"frequence": "PV"},
    "moins est mieux": {"sens": "baisse"},
    "de la commune": {"niveau": "C"},
    "de l’intercommunalité": {"niveau": "E"},
    "du département": {"niveau": "D"},
    "de la région": {"niveau": "R"},
    "de la nation": {"niveau": "N"},
    "portée A": {"portee_spatiale": "A"},
    "portée AB": {"portee_spatiale": "AB"},
    "desserte": {"portee_spatiale": "desserte"},
    "somme": {"agregation": "somme"},
    "rapport": {"agregation": "rapport"},
    "part de territoires": {"agregation": "part_de_territoires"},
    "objets distincts": {"agregation": "objets_distincts"},
    "médiane": {"agregation": "mediane"},
    "maximum": {"agregation": "max"},
    "distribution": {"agregation": "distribution"},
    "étape 0 sans objet": {"pas_0": "sans_objet"},
    "étape 0 non engagée": {"pas_0": "non_engage"},
}
_OPERATEURS = {"au moins": ">=", "au plus": "<=", "exactement": "="}
_CIBLE = re.compile(
    r"(annexe|proposition) : (?:(au moins|au plus|exactement) (\S+)|étape (\d+)|(doubler)"
    r"|(plus que l’année précédente))(?: au (\d{4}-\d\d-\d\d))?"
)


def build_indicateur(code: str, phrase: str, **champs: Any) -> Ligne:
    """One indicateur of a monde; by default the principal of an action of its own."""
    indicateur: Ligne = {
        "code": code,
        "engagement": "E1",
        "action": f"E1-{code}",
        "principal": True,
        "mode": "obligation",
        "niveau": "Q",
        "sens": "hausse",
        "frequence": "A",
        "cible": None,
    }
    for mot in phrase.split(", "):
        if mot == "hérité":
            indicateur["heritage"] = indicateur["niveau"]
        elif mot in MOTS:
            indicateur |= MOTS[mot]
        elif cible := _CIBLE.fullmatch(mot):
            indicateur["cible"] = _read_cible(cible)
        else:
            msg = f"« {mot} » dans « {phrase} »"
            raise LigneIncomprise(msg)
    return indicateur | champs


def _read_cible(m: re.Match[str]) -> Ligne:
    cible: Ligne = {
        "operateur": _OPERATEURS.get(m[2] or "", ">="),
        "valeur": Fraction(1),
        "echeance": read_jour(m[7]) if m[7] else None,
        "relative_a": None,
        "origine": m[1],
    }
    if m[2]:
        cible["valeur"] = read_nombre(m[3])
    elif m[4]:
        cible["valeur"] = Fraction(m[4])
    elif m[5]:
        cible |= {"valeur": Fraction(2), "relative_a": "base"}
    else:
        cible["relative_a"] = "annee_precedente"
    return cible
