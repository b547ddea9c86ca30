"""What must not matter: the order of the faits in a dossier, the codes given to things."""

from __future__ import annotations

import copy
from random import Random
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from tests.core.adaptateur import compute
from tests.lois.reglage import loi
from tests.lois.tirage import GRAINES, LIGNES, Monde, make_vues, write_tableau

CODES = ("code", "territoire", "territoires", "parents", "rattaches", "departement")


@loi()
@given(GRAINES, st.integers())
@example(graine=6205, hasard=0)  # two rows of one object, known on different days
def test_l_ordre_des_faits_est_indifferent(graine: int, hasard: int) -> None:
    """A dossier says the same, to the byte, whatever the order of its lists."""
    monde, vues = make_vues(graine)
    melange = copy.deepcopy(monde)
    for nom in (*LIGNES, "territoires"):
        Random(hasard).shuffle(melange.get(nom, []))  # noqa: S311 — a shuffle, not a secret
    for vue in vues:
        assert write_tableau(melange, vue) == write_tableau(monde, vue)


def rename(valeur: Any, cle: str | None = None) -> Any:
    """A world or a tableau whose territoires and indicateurs have other codes, in the same order (FR keeps its own)."""
    if isinstance(valeur, dict):
        noms = {nom: rename_code(nom) if cle == "calendriers" else nom for nom in valeur}
        return {noms[nom]: rename(v, nom) for nom, v in valeur.items()}
    if isinstance(valeur, list):
        return [rename(v, cle) for v in valeur]
    if cle in {*CODES, "indicateur", "action", "engagement", "objectif"} and isinstance(
        valeur, str
    ):
        return rename_code(valeur)
    return valeur


def rename_code(code: str) -> str:
    """Any code but the nation's, which the rules name."""
    return code if code == "FR" else f"X{code}"


@loi()
@given(GRAINES)
def test_renommer_les_codes_ne_change_rien_d_autre(graine: int) -> None:
    """The rules know no code but FR."""
    monde, vues = make_vues(graine)
    renomme: Monde = rename(monde)
    assert {t["code"] for t in renomme["territoires"]} & {
        t["code"] for t in monde["territoires"]
    } == {"FR"}
    for code, vu_le, connu_le in vues:
        attendu = rename(compute(monde, code, vu_le, connu_le))
        assert compute(renomme, rename_code(code), vu_le, connu_le) == attendu


@loi()
@given(GRAINES, st.integers())
def test_renommer_les_objets_ne_change_rien(graine: int, hasard: int) -> None:
    """Objects are told apart by their codes, whatever these are."""
    monde, vues = make_vues(graine)
    codes = sorted({x["objet"] for nom in ("objets", "confirmations") for x in monde.get(nom, [])})
    autres = list(codes)
    Random(hasard).shuffle(autres)  # noqa: S311 — a shuffle, not a secret
    noms = dict(zip(codes, autres, strict=True))
    renomme = copy.deepcopy(monde)
    for nom in ("objets", "confirmations"):
        for ligne in renomme.get(nom, []):
            ligne["objet"] = noms[ligne["objet"]]
    for vue in vues:
        assert compute(renomme, *vue) == compute(monde, *vue)
