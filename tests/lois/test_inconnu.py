"""Unknown stays unknown: no target and no date makes a silent quartier late."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.lois.reglage import loi
from tests.lois.tirage import FAITS, JOURS, PHRASES, cibles, look, make_monde_d_une_cellule, releves


@loi(200)
@given(st.data(), st.sampled_from(PHRASES), JOURS)
def test_sans_preuve_rien_n_est_en_retard(data: st.DataObject, phrase: str, vu_le: date) -> None:
    """Whatever the targets, their deadlines and their effects."""
    vu = look(make_monde_d_une_cellule(phrase, data.draw(cibles(phrase))), vu_le)
    assert (vu["statut"], vu["valeur"], vu["drapeaux"]) == ("non_renseigne", None, [])


@loi(200)
@given(st.data(), st.sampled_from(PHRASES), JOURS, JOURS)
def test_ce_qui_est_a_venir_ou_pas_encore_su_n_est_pas_une_preuve(
    data: st.DataObject, phrase: str, vu_le: date, connu_le: date
) -> None:
    """Values dated after the day looked at, or known after the day of knowledge, say nothing."""
    lignes = [*data.draw(releves(phrase)), *data.draw(cibles(phrase))]
    monde = make_monde_d_une_cellule(phrase, lignes)
    monde["releves"] = [
        r for r in monde.get("releves", []) if r["date"] > vu_le or r["connu_le"] > connu_le
    ]
    vu = look(monde, vu_le, connu_le)
    assert (vu["statut"], vu["valeur"]) == ("non_renseigne", None)


@loi()
@given(st.data(), st.sampled_from(PHRASES), JOURS, st.integers(0, 500))
def test_une_valeur_perimee_le_reste_tant_que_rien_n_est_redit(
    data: st.DataObject, phrase: str, vu_le: date, attente: int
) -> None:
    """Time alone never makes a stale value speak again, nor a silent quartier answer."""
    lignes = [*data.draw(releves(phrase)), *data.draw(cibles(phrase, au_plus=1))]
    monde = make_monde_d_une_cellule(phrase, lignes)
    monde["releves"] = [r for r in monde.get("releves", []) if r["date"] <= vu_le]
    for cible in monde.get("cibles", []):
        cible["effet"] = None  # an avenant may change the period judged, or the step to reach
    avant, apres = look(monde, vu_le), look(monde, vu_le + timedelta(days=attente))
    if avant["statut"] in {"perime", "non_renseigne"}:
        assert apres["statut"] == avant["statut"]


@loi()
@given(st.data(), st.sampled_from(PHRASES), st.integers(-1, 500))
def test_perime_le_est_le_premier_jour_perime(data: st.DataObject, phrase: str, age: int) -> None:
    """Fresh up to the eve, stale from that very day on."""
    lignes = [*data.draw(releves(phrase, au_moins=1)), *data.draw(cibles(phrase, au_plus=1))]
    monde = make_monde_d_une_cellule(phrase, lignes)
    premier = look(monde, max(r["date"] for r in monde["releves"]))["perime_le"]
    vu_le = max(r["date"] for r in monde["releves"]) + timedelta(days=max(age, 0))
    if age == -1 and premier is not None:
        vu_le = premier - timedelta(days=1)
    vu = look(monde, vu_le)
    if vu["statut"] != "non_renseigne" and vu["perime_le"] is not None:
        assert (vu["statut"] == "perime") == (vu_le >= vu["perime_le"])


def test_les_phrases_couvrent_les_genres() -> None:
    """The indicateurs drawn above are of every genre that a quartier carries."""
    mondes = [make_monde_d_une_cellule(phrase, []) for phrase in PHRASES]
    genres = {monde["indicateurs"][0]["genre"] for monde in mondes}
    assert genres == {"presence", "compte", "part", "doublement", "jalon", "suivi"}
    assert all(nom not in monde for monde in mondes for nom in FAITS)
