"""What a cell keeps of what was known, and what the proof tells of it (L-02, L-05, L-06 bis)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from quartiers.core.composition import compose_tableau
from quartiers.core.constat import Constat
from quartiers.core.dossier import Dossier
from quartiers.core.explication import Explication, explain_constat
from quartiers.core.fait import Objet
from quartiers.core.statut import Drapeau, Statut
from quartiers.core.vue import Vue
from tests.core.adaptateur import build_dossier
from tests.lois.tirage import ICI, Ligne, make_cible, make_monde_d_une_cellule, make_objet
from tests.spec.langue import Recueil

PRESENCE = "présence, chaque trimestre, annexe : au moins 1"
COMPTE = "compte, stock, chaque trimestre"
VU_LE = date(2026, 11, 23)


def explain(dossier: Dossier, vu_le: date, connu_le: date, code: str = ICI) -> Explication:
    """The proof of the one indicateur."""
    vue = Vue(dossier, vu_le, connu_le)
    indicateur = dossier.referentiel.get_indicateur("i")
    assert indicateur is not None
    explication = explain_constat(vue, indicateur, code)
    assert explication is not None
    return explication


def read_dossier(phrase: str, *lignes: str) -> Dossier:
    """A dossier from lines of the examples' French."""
    tirees = [x for ligne in lignes for x in read_lignes(ligne)]
    for ordre, (_, champs) in enumerate(tirees, 1):
        champs["ordre"] = ordre
    return build_dossier(make_monde_d_une_cellule(phrase, tirees))


def read_lignes(ligne: str) -> list[tuple[str, Ligne]]:
    """One line of French, as lines of a monde."""
    recueil = Recueil()
    recueil.read(ligne)
    return [(nom, x) for nom, lignes in recueil.collections.items() for x in lignes]


@pytest.mark.parametrize(
    ("connu_le", "statut", "distance"),
    [
        ("2026-10-31", "non_renseigne", None),
        ("2026-11-01", "a_surveiller", 400.0),
        ("2026-11-09", "a_surveiller", 400.0),
        ("2026-11-10", "atteint", 20.0),
    ],
)
def test_un_arret_corrige_cesse_d_etre_su(
    connu_le: str, statut: str, distance: float | None
) -> None:
    """L-06 bis: a stop first placed at 400 m, then at 20 m: each day of knowledge has its own place."""
    dossier = build_dossier(make_monde_d_une_cellule(PRESENCE, []))
    bus = build_objet(date(2026, 11, 1), 400.0)
    mieux = replace(bus, distance_m=20.0, connu_le=date(2026, 11, 10), ordre=2)
    dossier.objets = [replace(bus, oublie_le=date(2026, 11, 10)), mieux]
    vu = explain(dossier, VU_LE, date.fromisoformat(connu_le))
    assert isinstance(vu.constat, Constat)
    assert vu.constat.statut.value == statut
    distances = [getattr(fait, "distance_m", None) for fait in vu.constat.faits]
    assert distances == ([] if distance is None else [distance])


def build_objet(connu_le: date, distance_m: float) -> Objet:
    """One stop of a bus."""
    ligne: Ligne = make_objet(
        "bus", connu_le, connu_le, rang=1, distance_m=distance_m, portee="AB"
    )[1]
    monde = make_monde_d_une_cellule(PRESENCE, [("objets", ligne)])
    return build_dossier(monde).objets[0]


def test_les_lignes_remplacees_restent_dans_l_historique() -> None:
    dossier = read_dossier(
        COMPTE,
        "relevé 4 au 2026-10-01, clé k",
        "relevé 7 au 2026-10-01, clé k, connu le 2026-11-01",
        "relevé 9 au 2026-10-01, clé k, connu le 2026-12-01",
    )
    connus = explain(dossier, VU_LE, date(2026, 11, 15)).faits_connus
    assert [(f.connu_le, f.remplace_le) for f in connus] == [
        (date(2026, 11, 1), None),  # replaced in December: not known yet
        (date(2026, 10, 1), date(2026, 11, 1)),
    ]


def test_chaque_connaissance_a_son_statut_du_moment() -> None:
    """`passages`: as seen on the day something was learnt, the last first; the target's day too."""
    dossier = read_dossier(
        COMPTE,
        "relevé 6 au 2026-10-01",
        "cible au moins 6 au 2026-12-31, connue le 2026-10-20",
        "relevé 5 au 2026-11-01",
    )
    passages = explain(dossier, VU_LE, VU_LE).passages
    assert [(p.connu_le, p.constat.statut.value) for p in passages] == [
        (date(2026, 11, 1), "a_surveiller"),
        (date(2026, 10, 20), "atteint"),
        (date(2026, 10, 1), "sans_cible"),
    ]


def test_toutes_les_sources_restent_parmi_les_faits() -> None:
    """L-05: the retained one first, the others set aside, none lost."""
    dossier = read_dossier(
        COMPTE,
        "relevé 3 au 2026-11-01",
        "déclaration validée 4 au 2026-11-02",
        "déclaration non validée 5 au 2026-11-03",
    )
    constat = explain(dossier, VU_LE, VU_LE).constat
    assert isinstance(constat, Constat)
    assert [getattr(f, "valeur", None) for f in constat.faits] == [4]
    assert sorted(getattr(f, "valeur", None) or 0 for f in constat.ecartes) == [3, 5]


def test_un_quartier_sur_deux_communes_liste_ses_porteurs() -> None:
    """L-29: the least favourable is taken, and both are told."""
    monde = make_monde_d_une_cellule(
        "présence, chaque année, de la commune, hérité, annexe : au moins 1",
        [
            (nom, x | {"territoire": commune})
            for commune, valeur in (("COM-01", 1), ("COM-02", 0))
            for nom, x in read_lignes(f"relevé {valeur} au 2026-11-01")
        ],
        ["Les Saules"],
    )
    constat = explain(build_dossier(monde), VU_LE, VU_LE, "QRR-01_3").constat
    assert isinstance(constat, Constat)
    assert [(code, s.value) for code, s in constat.porteurs] == [
        ("COM-01", "atteint"),
        ("COM-02", "non_engage"),
    ]


def test_un_indicateur_secondaire_ne_releve_pas_l_action() -> None:
    """4.4: the action has the statut of its principal, be the others reached."""
    lignes = [
        *read_lignes("relevé 0 au 2026-11-01"),
        make_cible(">=", 5, date(2026, 12, 31)),
    ]
    plus = [*read_lignes("relevé 9 au 2026-11-01"), lignes[1]]
    secondaires = [(nom, x | {"indicateur": "j"}) for nom, x in plus]
    monde = make_monde_d_une_cellule(COMPTE, [*lignes, *secondaires])
    monde["indicateurs"].append(monde["indicateurs"][0] | {"code": "j", "principal": False})
    action = compose_tableau(build_dossier(monde), ICI, VU_LE, VU_LE).engagements[0].actions[0]
    statuts = [c.statut.value for c in action.indicateurs if isinstance(c, Constat)]
    assert statuts == ["non_engage", "atteint"]
    assert action.statut is not None
    assert action.statut.value == "non_engage"


DDETS = "relevé 12 au 2026-10-31, source DDETS, connu le 2026-11-02"
MAIRIE = "relevé 2 au 2026-10-31, source mairie, connu le 2026-11-10"


def test_une_autre_source_du_meme_jour_ne_remplace_rien() -> None:
    """L-03: both stay, the last known counts, neither has a day on which it was replaced."""
    vu = explain(read_dossier(COMPTE, DDETS, MAIRIE), VU_LE, VU_LE)
    assert isinstance(vu.constat, Constat)
    assert [getattr(f, "valeur", None) for f in vu.constat.faits] == [2]
    assert [getattr(f, "valeur", None) for f in vu.constat.ecartes] == [12]
    assert vu.constat.drapeaux == {Drapeau.DESACCORD}
    assert "Les sources ne disent pas la même chose." in vu.raison
    assert [(f.connu_le, f.remplace_le) for f in vu.faits_connus] == [
        (date(2026, 11, 10), None),
        (date(2026, 11, 2), None),
    ]


def test_une_source_autrement_ecrite_se_corrige() -> None:
    """L-02, L-03: capitals, accents, apostrophes and spaces do not make another source, nor another key."""
    for cle in (None, "Été 1"):
        dossier = read_dossier(COMPTE, DDETS, MAIRIE)
        avant, apres = dossier.releves
        dossier.releves = [
            replace(avant, source="Préfecture de l’Hérault", cle=cle),
            replace(apres, source=" PREFECTURE  DE L'HERAULT", cle=cle and "ETE  1"),
        ]
        vu = explain(dossier, VU_LE, VU_LE)
        assert isinstance(vu.constat, Constat)
        assert vu.constat.valeur == 2
        assert not vu.constat.drapeaux
        assert not vu.constat.ecartes
        assert vu.faits_connus[1].remplace_le == date(2026, 11, 10)


def test_une_ligne_sans_cle_se_retire() -> None:
    """L-03: a withdrawal takes away the line of its source, and that one alone."""
    retrait = "retrait au 2026-10-31, source mairie, connu le 2026-11-12"
    vu = explain(read_dossier(COMPTE, DDETS, MAIRIE, retrait), VU_LE, VU_LE)
    assert isinstance(vu.constat, Constat)
    assert vu.constat.valeur == 12
    assert not vu.constat.drapeaux
    assert [f.remplace_le for f in vu.faits_connus] == [None, date(2026, 11, 12), None]


def test_ce_que_dit_une_autre_source_reste_parmi_les_faits_d_un_autre_rang() -> None:
    dossier = read_dossier(COMPTE, DDETS, MAIRIE, "déclaration validée 2 au 2026-11-01")
    constat = explain(dossier, VU_LE, VU_LE).constat
    assert isinstance(constat, Constat)
    assert [getattr(f, "valeur", None) for f in (*constat.faits, *constat.ecartes)] == [2, 2, 12]


def test_ce_qui_ferait_changer_ne_se_contredit_pas() -> None:
    """A value supposed of the day is said by the source that speaks: it does not disagree with itself."""
    jour = "relevé 2 au 2026-11-23, source mairie"
    cible = "cible au moins 6 au 2027-12-31"
    vu = explain(read_dossier(COMPTE, jour, cible), VU_LE, VU_LE)
    (atteint,) = [c for c in vu.changements if c.statut is Statut.ATTEINT]
    assert not atteint.drapeaux
