"""A look is taken with what was known: the future of our knowledge changes nothing to it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.lois.reglage import loi
from tests.lois.tirage import (
    GRAINES,
    JOURS,
    LIGNES,
    LOIN,
    NOMBRES,
    PHRASES,
    Ligne,
    cibles,
    draw_releve,
    look,
    make_monde_d_une_cellule,
    make_releve,
    make_vues,
    releves,
    write_tableau,
)


@loi(200)
@given(GRAINES)
def test_ce_que_l_on_apprend_plus_tard_ne_change_rien_au_premier_regard(graine: int) -> None:
    """Without what was learnt after `connu_le`, the same tableau to the byte."""
    monde, vues = make_vues(graine)
    for vue in vues:
        alors = dict(monde)
        for nom in LIGNES:
            alors[nom] = [x for x in monde.get(nom, []) if x["connu_le"] <= vue[2]]
        assert write_tableau(alors, vue) == write_tableau(monde, vue)


@loi(10)
@given(GRAINES)
def test_les_connaissances_a_venir_existent_dans_les_mondes(graine: int) -> None:
    """Worlds do hold lines learnt after the first look, at least one time in the seeds around (else the law is empty)."""
    tardives = 0
    for voisine in range(graine, graine + 20):
        monde, vues = make_vues(voisine)
        tardives += sum(x["connu_le"] > vues[0][2] for nom in LIGNES for x in monde.get(nom, []))
    assert tardives > 0


def correct(original: Ligne, valeurs: Ligne, ordre: int) -> tuple[str, Ligne]:
    """A later version of a line: same key, other value, learnt long after."""
    vide: Ligne = {"valeur": None, "numerateur": None, "denominateur": None, "jalon": None}
    champs = {nom: original[nom] for nom in ("date", "source", "cle")}
    return "releves", vide | champs | valeurs | {"connu_le": date(2027, 1, ordre)}


@loi(200)
@given(st.data(), st.sampled_from(PHRASES), JOURS)
def test_corriger_puis_revenir_rend_le_premier_etat(
    data: st.DataObject, phrase: str, vu_le: date
) -> None:
    """A correction then its inverse: seen with all we know, as if nothing had happened. One line a day."""
    lignes = data.draw(releves(phrase, au_moins=1))
    lignes = [(nom, x | {"cle": f"k{n}"}) for n, (nom, x) in enumerate(lignes)]
    plan = data.draw(cibles(phrase, au_plus=1))
    original = data.draw(st.sampled_from([x for _, x in lignes]))
    autre = data.draw(st.builds(draw_corrige, st.just(phrase), st.integers(0, 5), NOMBRES))
    memes = {n: original.get(n) for n in ("valeur", "numerateur", "denominateur", "jalon")}
    corrigees = [*lignes, *plan, correct(original, autre, 1), correct(original, memes, 2)]
    avant = look(make_monde_d_une_cellule(phrase, [*lignes, *plan]), vu_le)
    assert look(make_monde_d_une_cellule(phrase, corrigees), vu_le) == avant


def draw_corrige(phrase: str, pas: int, nombre: Fraction) -> Ligne:
    """Another value of the same genre."""
    if phrase.startswith("étapes"):
        return {"jalon": pas}
    if phrase.startswith("part"):
        return {"numerateur": Fraction(pas), "denominateur": Fraction(7)}
    return {"valeur": nombre}


@loi(200)
@given(st.data(), st.sampled_from(PHRASES), JOURS, JOURS)
def test_retirer_une_ligne_est_ne_l_avoir_jamais_dite(
    data: st.DataObject, phrase: str, vu_le: date, jour: date
) -> None:
    """Seen with all we know."""
    lignes = [*data.draw(releves(phrase)), *data.draw(cibles(phrase, au_plus=1))]
    nom, dite = data.draw(tirer(phrase, jour))
    dite = dite | {"cle": "k", "source": "autre"}
    avec = [*lignes, (nom, dite), correct(dite, {}, 1)]
    sans = look(make_monde_d_une_cellule(phrase, lignes), vu_le, LOIN)
    assert look(make_monde_d_une_cellule(phrase, avec), vu_le, LOIN) == sans


@st.composite
def tirer(tirage: st.DrawFn, phrase: str, jour: date) -> tuple[str, Ligne]:
    """One value of that day."""
    return draw_releve(tirage, phrase, jour)


def test_deux_cles_d_un_meme_jour_la_ou_revenir_ne_revient_pas() -> None:
    """Where the law of the inverse is false: another key speaks of the same day (L-03).

    The last known of two lines wins; correcting the first and coming back makes it the last known.
    """
    jour = date(2026, 1, 1)
    premiere = make_releve(jour, Fraction(4), cle="k")
    seconde = make_releve(jour, Fraction(7), cle="m", connu_le=date(2026, 1, 2))
    phrase = "compte, stock, chaque année"
    avant = make_monde_d_une_cellule(phrase, [premiere, seconde])
    revenu = make_monde_d_une_cellule(
        phrase,
        [
            premiere,
            seconde,
            correct(premiere[1], {"valeur": Fraction(5)}, 1),
            correct(premiere[1], {"valeur": Fraction(4)}, 2),
        ],
    )
    assert look(avant, date(2026, 2, 1))["valeur"] == 7
    assert look(revenu, date(2026, 2, 1))["valeur"] == 4
