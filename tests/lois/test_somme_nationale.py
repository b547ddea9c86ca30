"""A sum that only adds what changes is the sum that adds every part for every day, and the same run of days follows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from bench import somme_naive
from quartiers.core.cellule import CelluleConnue
from quartiers.core.etat import Lecteur
from quartiers.core.fait import Confirmation, Liste, Objet, Rang, Releve
from quartiers.core.groupe import Groupe, Reunion, is_tardive, list_cumuls
from quartiers.core.referentiel import (
    Agregation,
    Frequence,
    GenreIndicateur,
    Indicateur,
    Nature,
    Operateur,
    Portee,
    Sens,
)
from quartiers.core.territoire import Niveau
from tests.lois.reglage import loi

DEBUT, FIN = date(2024, 1, 1), date(2025, 12, 31)
# Few days, so that parts move together, on deadlines and the day before.
JOURS = st.sampled_from([DEBUT + timedelta(days=n) for n in (0, 1, 44, 45, 46, 90, 91, 365, 400)])
JOURS |= st.dates(DEBUT, FIN)
VALEURS = st.sampled_from([Fraction(0), Fraction(1), Fraction(5, 2), Fraction(7), Fraction(-3)])
RANGS = st.sampled_from(Rang)
OBJETS = st.sampled_from(("o1", "o2"))
SOURCES = st.sampled_from(("s", "t"))
ORDRES = st.integers(1, 10**6)
REUNIONS = st.builds(Reunion, distincts=st.booleans(), nommes=st.booleans())


@st.composite
def draw_releve(tirage: st.DrawFn) -> Releve:
    """A bare value, or a share; of nothing at times, which says that there is nothing to count."""
    jour, valeur = tirage(JOURS), tirage(VALEURS)
    part = tirage(st.sampled_from((None, None, None, Fraction(0), Fraction(4))))
    return Releve(
        indicateur="i",
        territoire="t",
        date=jour,
        connu_le=jour,
        ordre=tirage(ORDRES),
        valeur=valeur if part is None else None,
        numerateur=None if part is None else valeur,
        denominateur=part,
        rang=tirage(RANGS),
    )


@st.composite
def draw_objet(tirage: st.DrawFn) -> Objet:
    """Inside, near or far; open or closed."""
    du = tirage(JOURS)
    return Objet(
        indicateur="i",
        territoire="t",
        objet=tirage(OBJETS),
        source=tirage(SOURCES),
        rang=tirage(st.sampled_from((Rang.VALIDE, Rang.LISTE))),
        du=du,
        au=tirage(st.none() | JOURS),
        temoin=max(du, tirage(JOURS)),
        distance_m=tirage(st.sampled_from((None, 10.0, 400.0, 2000.0))),
        portee=Portee.DANS,
        connu_le=du,
        ordre=tirage(ORDRES),
    )


@st.composite
def draw_lecteur(tirage: st.DrawFn) -> Lecteur:
    """What one territoire says over time: mostly relevés, at times objects and lists of several ranks."""
    riche = tirage(st.integers(0, 3)) == 0
    jours = tirage(st.lists(JOURS, max_size=2 if riche else 0))
    cellule = CelluleConnue(
        releves=tuple(tirage(st.lists(draw_releve(), max_size=5))),
        objets=tuple(tirage(st.lists(draw_objet(), max_size=3 if riche else 0))),
        listes=tuple(
            Liste("i", "t", tirage(SOURCES), Rang.LISTE, jour, jour, tirage(ORDRES))
            for jour in jours
        ),
        confirmations=tuple(
            Confirmation("i", "t", tirage(OBJETS), jour, jour, tirage(ORDRES)) for jour in jours[:1]
        ),
    )
    indicateur = make_indicateur(tirage(st.sampled_from((Frequence.MOIS, Frequence.AN))))
    return Lecteur(indicateur, cellule, None)


@st.composite
def draw_groupe(tirage: st.DrawFn) -> Groupe:
    """A département, which may itself speak one day, and its quartiers."""
    propre = tirage(st.none() | draw_lecteur())
    return Groupe(propre, tuple(tirage(st.lists(draw_lecteur(), max_size=3))))


@loi(300)
@given(st.lists(draw_groupe(), max_size=3), JOURS, JOURS, REUNIONS)
def test_ajouter_ce_qui_change_est_tout_ajouter(
    groupes: list[Groupe], un: date, autre: date, reunion: Reunion
) -> None:
    """Day after day, the values met are those that every part, added again, comes to."""
    du, au = sorted((un, autre))
    jours = {du} | {jour for jour in somme_naive.list_jours(groupes, au) if jour > du}
    attendus = [somme_naive.add_parts(groupes, jour, reunion) for jour in sorted(jours)]
    obtenus = list_cumuls(groupes, du, au, reunion)
    assert list_marches(obtenus) == list_marches(attendus)


def list_marches(valeurs: Iterable[Fraction | None]) -> list[Fraction | None]:
    """The values met one after the other; before anybody speaks there is none."""
    return [valeur for valeur, _ in groupby((None, *valeurs))]


@loi(600)
@given(
    st.lists(draw_groupe(), min_size=1, max_size=3),
    st.sampled_from(Operateur),
    VALEURS | st.integers(0, 20).map(Fraction),
    st.tuples(JOURS, JOURS),
    REUNIONS,
)
def test_le_retard_est_celui_d_une_lecture_naive(
    groupes: list[Groupe],
    operateur: Operateur,
    seuil: Fraction,
    dates: tuple[date, date],
    reunion: Reunion,
) -> None:
    """Late or not: the same answer as from the last day back to the first, everything added on each."""
    periode = (min(dates), max(dates))
    attendu = somme_naive.is_tardive(groupes, operateur, seuil, periode, reunion)
    assert is_tardive(groupes, operateur, seuil, periode, reunion) is attendu


def test_une_somme_tardive_et_une_a_l_heure() -> None:
    """The law is not blind: reached after the deadline is late, reached before it is not, whatever follows."""
    echeance, vu_le = date(2024, 6, 30), date(2025, 1, 31)
    cas = {date(2024, 7, 1): True, echeance: False, date(2024, 6, 29): False}
    for jour, attendu in cas.items():
        releves = (
            Releve("i", "t", date(2024, 1, 1), date(2024, 1, 1), 1, valeur=Fraction(1)),
            Releve("i", "t", jour, jour, 2, valeur=Fraction(9)),
        )
        lecteur = Lecteur(make_indicateur(), CelluleConnue(releves=releves), None)
        groupes = [Groupe(None, (lecteur,))]
        periode, seuil = (echeance, vu_le), Fraction(5)
        lu = is_tardive(groupes, Operateur.AU_MOINS, seuil, periode, Reunion())
        assert lu is attendu


def make_indicateur(frequence: Frequence = Frequence.AN) -> Indicateur:
    """A national one."""
    return Indicateur(
        code="i",
        libelle="i",
        genre=GenreIndicateur.NATIONAL,
        niveau=Niveau.NATION,
        sens=Sens.HAUSSE,
        unite="",
        frequence=frequence,
        agregation=Agregation.SOMME,
        nature=Nature.STOCK,
    )


@loi(300)
@given(draw_lecteur(), JOURS, JOURS)
def test_les_paliers_d_une_cellule_sont_ses_etats(lecteur: Lecteur, un: date, autre: date) -> None:
    """From each of them to the next, what is said is the state of every day between them, asked one by one."""
    du, au = sorted((un, autre))
    paliers = list(lecteur.list_paliers(du, au))
    jours = [palier.jour for palier in paliers]
    assert jours == sorted(set(jours))
    vus = {du, au, *jours, *lecteur.list_jours(au)}
    for jour in {j for vu in vus for j in (vu - timedelta(days=1), vu) if du <= j <= au}:
        etat = lecteur.get_etat(jour)
        _, *dit = paliers[bisect_right(jours, jour) - 1]
        rien: list[object] = [False, None, frozenset()]
        assert dit == (rien if etat is None else [True, etat.valeur, etat.objets])
    passes = list(lecteur.list_paliers_passes(au))
    assert list_marches(p.valeur for p in reversed(passes)) == list_marches(
        None if etat is None else etat.valeur
        for etat in (lecteur.get_etat(jour) for jour in lecteur.list_jours(au))
    )
