"""A small world by hand: one engagement per need, two quartiers, a département. Every number fits on a line."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from quartiers.core.dossier import Dossier
from quartiers.core.fait import Cible, Liste, Objet, Preuve, Rang, Releve, SansObjet
from quartiers.core.referentiel import (
    Action,
    Agregation,
    CibleReferentiel,
    Derivation,
    Engagement,
    Frequence,
    GenreIndicateur,
    Indicateur,
    Mode,
    Nature,
    Operateur,
    Origine,
    Portee,
    Referentiel,
    Sens,
)
from quartiers.core.territoire import Genre, Niveau, QuartierCible, Territoire, Territoires
from quartiers.core.vue import Vue

VU_LE = date(2026, 11, 23)
CONNU = date(2026, 11, 1)
ANNEXE_1 = CibleReferentiel(
    Operateur.AU_MOINS, Fraction(1), None, None, "territoire", Origine.ANNEXE
)


def build_indicateur(
    code: str, genre: GenreIndicateur, unite: str, niveau: Niveau = Niveau.QUARTIER
) -> Indicateur:
    """A yearly stock; a presence has the annex's « at least one » and a reach of 300 m."""
    presence = genre is GenreIndicateur.PRESENCE
    portee = Derivation("valeur", "Lieu", (), Portee.PROCHE, "distinct", None)
    return Indicateur(
        code=code,
        libelle=f"Libellé de {code}",
        genre=genre,
        niveau=niveau,
        sens=Sens.HAUSSE,
        unite=unite,
        frequence=Frequence.AN,
        agregation=Agregation.SOMME,
        principal=True,
        cible=ANNEXE_1 if presence else None,
        nature=None if presence else Nature.STOCK,
        derivations=(portee,) if presence else (),
        declarants=("ddets",),
        heritage=None if niveau is Niveau.QUARTIER else niveau,
    )


LIEU = build_indicateur("a1-lieu", GenreIndicateur.PRESENCE, "lieu")
POSTES = build_indicateur("a2-postes", GenreIndicateur.COMPTE, "postes")
INTERNAT = build_indicateur("b1-internat", GenreIndicateur.PRESENCE, "internat", Niveau.DEPARTEMENT)
JEUNES = build_indicateur("b2-jeunes", GenreIndicateur.COMPTE, "jeunes")

REFERENTIEL = Referentiel(
    programme="essai",
    nom="Essai",
    version="1",
    engagements=(
        Engagement(
            "A",
            "TEXTE A",
            "Titre A",
            "Services",
            (),
            (
                Action("A-1", "Implanter un lieu.", "Lieu", Mode.A_MINIMA, (), (LIEU,)),
                Action("A-2", "Pourvoir des postes.", "Postes", Mode.OBLIGATION, (), (POSTES,)),
            ),
        ),
        Engagement(
            "B",
            "TEXTE B",
            "Titre B",
            "Chances",
            (),
            (
                Action(
                    "B-1",
                    "Un internat par département.",
                    "Internat",
                    Mode.A_MINIMA,
                    (),
                    (INTERNAT,),
                ),
                Action("B-2", "Accueillir des jeunes.", "Jeunes", Mode.ENCOURAGER, (), (JEUNES,)),
            ),
        ),
    ),
    dispositifs=(),
    vocabulaires={"declarant": {"ddets": "DDETS"}, "mode": {"a_minima": "A minima"}},
)
TERRITOIRES = Territoires.build(
    [
        Territoire("FR", "France", Genre.NATION),
        Territoire("DEP-00", "Val-de-Brume", Genre.DEPARTEMENT, ("FR",)),
        Territoire("COM-1", "Écueil", Genre.COMMUNE, ("DEP-00",)),
        Territoire("COM-2", "Zélande", Genre.COMMUNE, ("DEP-00",)),
        Territoire("QP-1", "Un", Genre.QPV, ("COM-1", "DEP-00")),
        Territoire("QP-2", "Deux", Genre.QPV, ("COM-2", "DEP-00")),
        Territoire("QP-3", "Trois", Genre.QPV, ("COM-2", "DEP-00")),
    ]
)
PREUVE = Preuve("9", "lieu", "Espace de la Halle", "essai", date(2026, 10, 1), 8, "9f2c41e8b07d99")


def build_objet(
    territoire: str, cle: str, du: date, temoin: date, distance_m: float, ordre: int
) -> Objet:
    """A place of the official list, seen for the last time on `temoin`."""
    return Objet(
        indicateur="a1-lieu",
        territoire=territoire,
        objet=cle,
        source="essai",
        rang=Rang.LISTE,
        du=du,
        au=None,
        temoin=temoin,
        distance_m=distance_m,
        portee=Portee.PROCHE,
        connu_le=CONNU,
        ordre=ordre,
        preuve=PREUVE,
    )


def build_dossier() -> Dossier:
    """Un is near a place (640 m), has 3 posts of 6, nobody said anything of its young people.

    Deux lost its place; the internat of the département was declared absent.
    """
    listes = [
        Liste("a1-lieu", code, "essai", Rang.LISTE, jour, CONNU, ordre, PREUVE)
        for ordre, (code, jour) in enumerate(
            [
                ("QC-UN", date(2026, 10, 1)),
                ("QC-DEUX", date(2026, 5, 1)),
                ("QC-DEUX", date(2026, 8, 12)),
            ],
            start=3,
        )
    ]
    cible = Cible(
        indicateur="a2-postes",
        territoire="QC-UN",
        operateur=Operateur.AU_MOINS,
        valeur=Fraction(6),
        echeance=date(2027, 12, 31),
        base=Fraction(2),
        base_date=date(2026, 1, 1),
        origine=Origine.PLAN,
        effet=None,
        connu_le=CONNU,
        ordre=10,
    )
    return Dossier(
        REFERENTIEL,
        TERRITOIRES,
        quartiers=[
            QuartierCible("QC-UN", "Un", "DEP-00", ("QP-1",), None, None, CONNU, 20),
            QuartierCible("QC-DEUX", "Deux", "DEP-00", ("QP-2",), None, None, CONNU, 21),
        ],
        releves=[
            Releve("a2-postes", "QC-UN", date(2026, 9, 30), CONNU, 11, Fraction(3)),
            Releve("b1-internat", "DEP-00", date(2026, 9, 15), CONNU, 12, Fraction(0)),
        ],
        objets=[
            build_objet("QC-UN", "9", date(2026, 3, 4), date(2026, 10, 1), 640.0, 1),
            build_objet("QC-DEUX", "8", date(2025, 1, 1), date(2026, 5, 1), 10.0, 2),
        ],
        listes=listes,
        cibles=[cible],
        sans_objets=[
            SansObjet("a2-postes", "QC-DEUX", "public_absent", date(2026, 2, 10), CONNU, 13)
        ],
        version="essai-1",
    )


def build_vue() -> Vue:
    """That world, seen on 23 November 2026."""
    return Vue(build_dossier(), VU_LE, VU_LE)
