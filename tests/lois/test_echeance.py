"""More time never makes things worse."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.core.adaptateur import compute
from tests.lois.reglage import loi
from tests.lois.test_presence import ORDRE
from tests.lois.tirage import (
    ICI,
    JOURS,
    NOMBRES,
    PHRASES,
    Ligne,
    Monde,
    draw_cible,
    look,
    make_cible,
    make_monde_d_une_cellule,
    make_releve,
    releves,
)

STOCKS = tuple(p for p in PHRASES if "flux" not in p and "suivi" not in p)
FLUX = "compte, flux de l’année civile, chaque trimestre"


Paire = tuple[Monde, Monde, date]


@st.composite
def mondes_dates(tirage: st.DrawFn, phrase: str) -> Paire:
    """A cell with one dated target, the same with a later deadline, and a day soon after some value."""
    lignes = tirage(releves(phrase, au_moins=1))
    nom, cible = draw_cible(tirage, phrase)
    cible["echeance"] = tirage(JOURS)
    plus_tard = cible | {"echeance": cible["echeance"] + timedelta(tirage(st.integers(1, 700)))}
    return make_paire(tirage, phrase, lignes, (nom, cible), (nom, plus_tard))


def make_paire(
    tirage: st.DrawFn,
    phrase: str,
    lignes: list[tuple[str, Ligne]],
    cible: tuple[str, Ligne],
    plus_tard: tuple[str, Ligne],
) -> Paire:
    """Two cells that differ by a deadline, and a day of look at which a value is often fresh."""
    jour = tirage(st.sampled_from([x["date"] for _, x in lignes]))
    return (
        make_monde_d_une_cellule(phrase, [*lignes, cible]),
        make_monde_d_une_cellule(phrase, [*lignes, plus_tard]),
        jour + timedelta(days=tirage(st.integers(0, 130))),
    )


# Steps have another order: « non engagé » is step 0 on time, « à surveiller » any step a little late.
ORDRE_DES_ETAPES = ("en_retard", "a_surveiller", "non_engage", "en_bonne_voie", "atteint")


def check_pas_pire(avant: str, apres: str, ordre: tuple[str, ...] = ORDRE) -> None:
    """What could not be judged still cannot; what could is judged no more severely."""
    if avant not in ordre:
        assert apres == avant
    else:
        assert ordre.index(apres) >= ordre.index(avant)


@loi(200)
@given(st.data(), st.sampled_from(STOCKS))
def test_une_echeance_plus_lointaine_n_aggrave_jamais(data: st.DataObject, phrase: str) -> None:
    """Same values, same target, more time: a stock or a step is never judged more severely."""
    monde, repousse, vu_le = data.draw(mondes_dates(phrase))
    ordre = ORDRE_DES_ETAPES if phrase.startswith("étapes") else ORDRE
    check_pas_pire(look(monde, vu_le)["statut"], look(repousse, vu_le)["statut"], ordre)


def test_faux_a_l_etape_zero_un_retard_adoucit_l_engagement() -> None:
    """Where the law is false: step 0 of an « a minima » action, on time, makes its engagement late; one day late,
    the step is only « à surveiller », and so is the engagement (4.4 and 4.7 « étapes », taken together).
    """
    lignes = [
        make_releve(date(2026, 10, 15), None, jalon=0),
        make_cible(">=", 4, date(2026, 10, 31)),
    ]
    monde = make_monde_d_une_cellule("étapes, chaque trimestre", lignes)
    monde["indicateurs"][0]["mode"] = "a_minima"
    a_l_heure, en_retard = (
        compute(monde, ICI, jour, jour)["engagements"][0]
        for jour in (date(2026, 10, 31), date(2026, 11, 1))
    )
    assert (a_l_heure["actions"][0]["statut"], a_l_heure["statut"]) == ("non_engage", "en_retard")
    assert (en_retard["actions"][0]["statut"], en_retard["statut"]) == ("a_surveiller",) * 2


@st.composite
def flux_dates(tirage: st.DrawFn) -> Paire:
    """A running total of 2026, towards two deadlines of 2026."""
    jours = st.dates(date(2026, 1, 1), date(2026, 12, 31))
    lignes = [(nom, x | {"date": tirage(jours)}) for nom, x in tirage(releves(FLUX, au_moins=1))]
    tot, tard = sorted((tirage(jours), tirage(jours)))
    cible = make_cible(">=", tirage(NOMBRES), tot)
    return make_paire(tirage, FLUX, lignes, cible, (cible[0], cible[1] | {"echeance": tard}))


@loi(200)
@given(flux_dates())
def test_une_echeance_plus_lointaine_dans_la_meme_periode_n_aggrave_jamais(paire: Paire) -> None:
    """Of a running total, its deadline moved inside one civil year: another year would judge other values."""
    monde, repousse, vu_le = paire
    check_pas_pire(look(monde, vu_le)["statut"], look(repousse, vu_le)["statut"])


@loi(200)
@given(st.data(), st.sampled_from(STOCKS))
def test_sans_avenant_rien_n_est_redate(data: st.DataObject, phrase: str) -> None:
    """One target line alone re-dates nothing; and « tardif » never goes without « atteint »."""
    monde, _, vu_le = data.draw(mondes_dates(phrase))
    vu = look(monde, vu_le)
    assert "redate" not in vu["drapeaux"]
    if "tardif" in vu["drapeaux"]:
        assert vu["statut"] == "atteint"
        assert vu_le > vu["cible"]["echeance"]
