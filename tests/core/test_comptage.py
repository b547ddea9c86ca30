"""Figures that count other figures (engagement 10), beside the slow hand; on the pages, the columns and above."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest

from quartiers.core.colonnes.colonnes import FaitsEnColonnes
from quartiers.core.composition import get_constat
from quartiers.core.comptage import is_comptant
from quartiers.core.constat import Constat, ConstatCompte, ConstatRemonte
from quartiers.core.dossier import Dossier
from quartiers.core.explication import explain_constat
from quartiers.core.fait import Rang, Releve, SansObjet
from quartiers.core.referentiel import GenreIndicateur, Indicateur
from quartiers.core.statut import Statut
from quartiers.core.territoire import Genre, Niveau, QuartierCible, Territoire, Territoires
from quartiers.core.vue import Vue
from quartiers.reports.fait_json import render_fait
from quartiers.reports.presentation.faits import Nommer
from quartiers.reports.presentation.preuve import build_page_preuve
from tests.core.test_colonnes_mondes import list_differences
from tests.genres_monde import load_livre
from tests.oracle.comptes_de_constats import Dit, count, list_comptants

ICI, LA, DEPARTEMENT = "QC-UN", "QC-DEUX", "DEP-93"
VU_LE, CONNU = date(2026, 11, 30), date(2026, 11, 1)
COUVERTURE, ATTEINTS, ACTIFS, OUVERTURES = (
    "e10-a2-couverture",
    "e10-o1-a-minima-atteints",
    "e10-a4-dispositifs-actifs",
    "e10-a4-ouvertures",
)
TERRITOIRES = Territoires.build(
    [
        Territoire("FR", "France", Genre.NATION),
        Territoire(DEPARTEMENT, "Seine-Saint-Denis", Genre.DEPARTEMENT, ("FR",)),
        Territoire("COM-93008", "Bobigny", Genre.COMMUNE, (DEPARTEMENT,)),
        Territoire("QN09301M", "Les Tilleuls", Genre.QPV, ("COM-93008", DEPARTEMENT)),
        Territoire("QN09302M", "Les Ormes", Genre.QPV, ("COM-93008", DEPARTEMENT)),
    ]
)
QUARTIERS = [
    QuartierCible(ICI, "Un", DEPARTEMENT, ("QN09301M",), None, None, date(2025, 1, 1), 1),
    QuartierCible(LA, "Deux", DEPARTEMENT, ("QN09302M",), None, None, date(2025, 1, 1), 2),
]


def get_indicateur(code: str) -> Indicateur:
    """One of the programme."""
    indicateur = load_livre().get_indicateur(code)
    assert indicateur is not None
    return indicateur


def say(
    code: str, valeur: int, jour: date, ou: str = ICI, rang: Rang = Rang.RELEVE, ordre: int = 0
) -> Releve:
    """A relevé, in the shape of its indicateur."""
    genre = get_indicateur(code).genre
    base = Releve(code, ou, jour, min(jour, CONNU), ordre, rang=rang)
    if genre is GenreIndicateur.JALON:
        return replace(base, jalon=valeur)
    if genre is GenreIndicateur.PART:
        return replace(base, numerateur=Fraction(valeur), denominateur=Fraction(4))
    return replace(base, valeur=Fraction(valeur))


def look(*releves: Releve, vu_le: date = VU_LE, sans_objets: tuple[SansObjet, ...] = ()) -> Vue:
    """A world that only relevés speak of."""
    ranges = [replace(r, ordre=rang) for rang, r in enumerate(releves, start=10)]
    dossier = Dossier(
        load_livre(), TERRITOIRES, QUARTIERS, releves=ranges, sans_objets=list(sans_objets)
    )
    return Vue(dossier, vu_le, VU_LE)


def read(vue: Vue, code: str, ou: str = ICI) -> Constat:
    """A constat of a quartier."""
    return vue.get_constat(get_indicateur(code), ou)


def list_principaux(engagement: str) -> list[Indicateur]:
    """Those of the actions of an engagement that a quartier measures itself."""
    (trouve,) = [e for e in load_livre().engagements if e.code == engagement]
    principaux = (action.principal for action in trouve.actions)
    return [i for i in principaux if i.niveau is Niveau.QUARTIER]


E04 = [i.code for i in list_principaux("E04")]


def test_le_silence_n_est_pas_zero_et_la_couverture_est_exactement_zero() -> None:
    vue = look()
    for code in (ATTEINTS, ACTIFS, OUVERTURES):
        assert (read(vue, code).statut, read(vue, code).valeur) == (Statut.NON_RENSEIGNE, None)
    couverture = read(vue, COUVERTURE)
    assert (couverture.numerateur, couverture.valeur) == (Fraction(0), Fraction(0))
    assert couverture.denominateur is not None
    assert couverture.denominateur > 30
    assert couverture.date == VU_LE


def test_un_indicateur_renseigne_couvre_une_action() -> None:
    frais, vieux = (say(E04[0], 1, jour) for jour in (VU_LE - timedelta(days=5), date(2020, 1, 1)))
    assert read(look(frais), COUVERTURE).numerateur == 1
    assert read(look(vieux), COUVERTURE).numerateur == 0


def test_un_sans_objet_quitte_le_denominateur() -> None:
    avant = read(look(), COUVERTURE).denominateur
    declare = SansObjet(E04[0], ICI, "public_absent", date(2026, 10, 1), CONNU, 5)
    apres = read(look(sans_objets=(declare,)), COUVERTURE).denominateur
    assert avant is not None
    assert apres == avant - 1


def test_un_dispositif_ouvert_dans_l_annee_et_un_autre_deja_la() -> None:
    """What was positive on 31 December is no opening, fresh or not; what is said to be zero now is none either."""
    veille = date(2025, 12, 20)
    vue = look(
        say(E04[0], 2, VU_LE - timedelta(days=3)),
        say(E04[1], 1, veille),
        say(E04[1], 2, VU_LE - timedelta(days=3)),
        say(E04[2], 0, VU_LE - timedelta(days=3)),
    )
    ouvertures, actifs = read(vue, OUVERTURES), read(vue, ACTIFS)
    assert ouvertures.valeur == 1
    assert ouvertures.objets == {f"{E04[0]}/{ICI}"}
    assert (actifs.numerateur, actifs.denominateur) == (Fraction(2), Fraction(7))


def test_deux_quartiers_ouvrent_chacun_le_leur() -> None:
    vue = look(
        say(E04[0], 1, VU_LE - timedelta(days=3)),
        say(E04[0], 1, VU_LE - timedelta(days=3), LA),
    )
    remonte = get_constat(vue, get_indicateur(OUVERTURES), DEPARTEMENT)
    assert isinstance(remonte, ConstatRemonte)
    assert remonte.valeur == 2


@pytest.mark.parametrize(
    ("jour", "fenetre", "parle"),
    [
        (VU_LE, None, True),
        (date(2026, 1, 1), None, True),
        (date(2025, 12, 31), None, False),
        (VU_LE + timedelta(days=1), None, False),
        (VU_LE, (date(2026, 1, 1), date(2026, 12, 31)), True),
        (VU_LE, (date(2027, 1, 1), date(2027, 12, 31)), False),
    ],
)
def test_un_cumul_ne_parle_que_dans_sa_periode(
    jour: date, fenetre: tuple[date, date] | None, parle: bool
) -> None:
    vue = look(say(E04[0], 1, VU_LE - timedelta(days=3)))
    comptage = vue.build_contexte(get_indicateur(OUVERTURES), ICI).cellule.comptage
    assert comptage is not None
    assert comptage.is_parlant(jour, fenetre) is parle


def test_une_valeur_nue_se_tait_sauf_plus_sure() -> None:
    """The count lacks nothing: it silences what is no surer than itself."""
    dit = say(E04[0], 1, VU_LE - timedelta(days=5), rang=Rang.NON_VALIDE)
    nue = say(ACTIFS, 3, VU_LE - timedelta(days=1))
    valide = replace(nue, rang=Rang.VALIDE)
    assert read(look(dit, nue), ACTIFS).numerateur == 1
    assert nue in [
        replace(f, ordre=0) for f in read(look(dit, nue), ACTIFS).ecartes if isinstance(f, Releve)
    ]
    assert read(look(dit, valide), ACTIFS).numerateur == 3
    seule = read(look(nue), ACTIFS)
    assert seule.numerateur == 3, "nothing to count: what was declared speaks"


def test_la_preuve_dit_ce_qui_est_compte_et_ce_qui_est_regarde() -> None:
    vue = look(say(E04[0], 1, VU_LE - timedelta(days=5)))
    explication = explain_constat(vue, get_indicateur(ACTIFS), ICI)
    assert explication is not None
    assert isinstance(explication.constat, Constat)
    page = build_page_preuve(explication, explication.constat, str, Nommer(str, str), VU_LE)
    assert page.is_compte
    assert page.sources == ()
    (retenu,) = page.retenus
    libelle = get_indicateur(E04[0]).libelle
    assert retenu.texte.startswith(f"{libelle}, au 30\u00a0novembre 2026\u00a0: ")
    assert len(page.ecartes) == 6
    assert all(fait.ecart == "regardé, ne compte pas" for fait in page.ecartes)
    assert all("non renseigné" in fait.texte for fait in page.ecartes)
    fait = explication.constat.faits[0]
    assert isinstance(fait, ConstatCompte)
    rendu = render_fait(fait)
    assert (rendu["cle"], rendu["compte"]) == (f"{E04[0]}/{ICI}", True)


def test_une_vue_qui_suit_recompte() -> None:
    vue = look()
    assert read(vue, COUVERTURE).numerateur == 0
    suite = look(say(E04[0], 1, VU_LE - timedelta(days=5)))
    suivie = vue.follow(suite.dossier, suite.cellules, frozenset({E04[0]}))
    assert read(suivie, COUVERTURE).numerateur == 1


def test_aucun_compte_ne_se_compte() -> None:
    comptants = {i.code for i in load_livre().list_indicateurs() if is_comptant(i)}
    assert comptants == {COUVERTURE, ATTEINTS, ACTIFS, OUVERTURES} == set(list_comptants())
    vus = {
        f.indicateur
        for code in comptants
        for f in (*read(look(), code).faits, *read(look(), code).ecartes)
        if isinstance(f, ConstatCompte)
    }
    assert vus.isdisjoint(comptants)


def draw_monde(de: Random) -> list[Releve]:
    """Relevés of any indicateur in the quartiers and above, old or new, zeros among them."""
    releves = []
    for indicateur in load_livre().list_indicateurs():
        if is_comptant(indicateur) or de.random() < 0.3:
            continue
        ou = {Niveau.QUARTIER: de.choice((ICI, LA)), Niveau.DEPARTEMENT: DEPARTEMENT}
        ou |= {Niveau.NATION: "FR", Niveau.COMMUNE: "COM-93008"}
        if indicateur.niveau not in ou:
            continue
        for _ in range(de.choice((1, 1, 2))):
            jour = VU_LE - timedelta(days=de.choice((2, 20, 100, 340, 400, 900)))
            valeur = de.choice((0, 1, 3))
            releves.append(say(indicateur.code, valeur, jour, ou[indicateur.niveau]))
    return releves


def list_dits(vue: Vue) -> Iterator[tuple[str, Dit]]:
    """What the quartier shows of every indicateur that counts no constat."""
    for indicateur in load_livre().list_indicateurs():
        if not is_comptant(indicateur):
            constat = vue.get_constat_vu_de(indicateur, ICI)
            if constat is not None:
                yield indicateur.code, Dit(constat.statut.value, constat.valeur)


@pytest.mark.parametrize("lot", range(4))
def test_les_deux_mains_comptent_pareil(lot: int) -> None:
    """Each figure at three dates of each world; each hand speaks, and each keeps silent, at least once."""
    parles = set()
    for graine in range(lot * 12, lot * 12 + 12):
        releves = draw_monde(Random(graine))  # noqa: S311 -- a seed makes the same world
        if graine % 6 == 5:
            releves = [r for r in releves if not r.indicateur.startswith(("e04", "e01", "e03"))]
        for vu_le in (VU_LE, date(2026, 3, 1), date(2025, 6, 1)):
            vue = look(*releves, vu_le=vu_le)
            dits = dict(list_dits(vue))
            veille = dict(list_dits(look(*releves, vu_le=date(vu_le.year - 1, 12, 31))))
            for code in list_comptants():
                attendu = count(code, dits, veille)
                constat = read(vue, code)
                parles.add((code, attendu is not None, attendu is not None and attendu.nombre > 0))
                if attendu is None:
                    assert constat.valeur is None, (graine, code, vu_le)
                    continue
                nombre = constat.valeur if attendu.sur is None else constat.numerateur
                assert nombre == attendu.nombre, (graine, code, vu_le)
                assert constat.denominateur == attendu.sur, (graine, code, vu_le)
                assert {c.partition("/")[0] for c in constat.objets} == attendu.codes
    assert {code for code, parle, positif in parles if parle and positif} == set(list_comptants())


def test_les_colonnes_comptent_pareil() -> None:
    dossier = look(*draw_monde(Random(7))).dossier  # noqa: S311
    colonnes = FaitsEnColonnes.build(dossier)
    for vu_le in (VU_LE, date(2026, 3, 1)):
        assert list_differences(dossier, colonnes, vu_le, VU_LE) == []
