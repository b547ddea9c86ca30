"""Small worlds of plain cells for the columns: every kind of indicateur, numbers on the edges, many corrections."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from random import Random

from quartiers.core.dossier import Dossier
from quartiers.core.fait import Cible, Rang, Releve
from quartiers.core.referentiel import (
    Action,
    Agregation,
    CibleReferentiel,
    Engagement,
    Frequence,
    GenreIndicateur,
    Indicateur,
    Mode,
    Nature,
    Operateur,
    Origine,
    PasZero,
    Periode,
    Referentiel,
    RelativeA,
    Sens,
)
from quartiers.core.territoire import Genre, Niveau, Territoire, Territoires

VU_LE = dt.date(2026, 11, 23)
PAS = Fraction(1, 1_000_000)
PRESQUE_UN_MILLIARD = 10**9 - PAS


def make_indicateurs(de: Random) -> list[Indicateur]:
    """One indicateur of each shape, with the référentiel's own target of the annex at times."""
    formes: list[tuple[GenreIndicateur, Nature | None, Agregation]] = [
        (GenreIndicateur.PRESENCE, None, Agregation.PART_DE_TERRITOIRES),
        (GenreIndicateur.COMPTE, Nature.STOCK, Agregation.SOMME),
        (GenreIndicateur.COMPTE, Nature.STOCK, Agregation.MEDIANE),
        (GenreIndicateur.COMPTE, Nature.STOCK, Agregation.OBJETS_DISTINCTS),
        (GenreIndicateur.COMPTE, Nature.FLUX, Agregation.SOMME),
        (GenreIndicateur.COMPTE, Nature.FLUX, Agregation.MAX),
        (GenreIndicateur.PART, None, Agregation.RAPPORT),
        (GenreIndicateur.PART, None, Agregation.MEDIANE),
        (GenreIndicateur.PART, None, Agregation.SOMME),
        (GenreIndicateur.DOUBLEMENT, Nature.STOCK, Agregation.SOMME),
        (GenreIndicateur.NATIONAL, Nature.STOCK, Agregation.SOMME),
        (GenreIndicateur.JALON, None, Agregation.DISTRIBUTION),
        (GenreIndicateur.SUIVI, None, Agregation.SOMME),
    ]
    return [make_indicateur(de, rang, *forme) for rang, forme in enumerate(formes)]


def make_indicateur(
    de: Random,
    rang: int,
    genre: GenreIndicateur,
    nature: Nature | None,
    agregation: Agregation,
) -> Indicateur:
    """Its direction, frequency, période and own target are drawn."""
    sens = de.choice((Sens.HAUSSE, Sens.HAUSSE, Sens.BAISSE))
    if genre in {GenreIndicateur.JALON, GenreIndicateur.DOUBLEMENT, GenreIndicateur.PRESENCE}:
        sens = Sens.HAUSSE
    relative = RelativeA.ANNEE_PRECEDENTE if nature is Nature.FLUX and de.random() < 0.5 else None
    cible = None
    if genre is not GenreIndicateur.SUIVI and (relative or de.random() < 0.5):
        cible = CibleReferentiel(
            operateur=get_operateur(sens),
            valeur=Fraction(de.choice((1, 2, 29, 50))),
            echeance=None if relative else de.choice((None, VU_LE, VU_LE - dt.timedelta(days=1))),
            relative_a=RelativeA.BASE if genre is GenreIndicateur.DOUBLEMENT else relative,
            portee="territoire",
            origine=de.choice((Origine.ANNEXE, Origine.ANNEXE, Origine.PROPOSITION)),
        )
    return Indicateur(
        code=f"i{rang}",
        libelle=f"i{rang}",
        genre=genre,
        niveau=Niveau.NATION if genre is GenreIndicateur.NATIONAL else Niveau.QUARTIER,
        sens=sens,
        unite="",
        frequence=de.choice(list(Frequence)),
        agregation=agregation,
        principal=True,
        cible=cible,
        nature=nature,
        periode=de.choice(list(Periode)) if nature is Nature.FLUX else None,
        echelle=tuple("abcdef") if genre is GenreIndicateur.JALON else (),
        pas_0=de.choice((None, *PasZero)) if genre is GenreIndicateur.JALON else None,
    )


def get_operateur(sens: Sens) -> Operateur:
    return Operateur.AU_MOINS if sens is Sens.HAUSSE else Operateur.AU_PLUS


def draw_nombre(de: Random) -> Fraction:
    """Small, round, on an edge, or as large and as precise as a number may be."""
    proche = Fraction(de.choice((0, 0, 1, 2, 5, 29, 50, 100))) + de.choice((0, 0, 0, PAS, -PAS))
    grand = de.choice((PRESQUE_UN_MILLIARD, PRESQUE_UN_MILLIARD - PAS, Fraction(10**9 - 1)))
    ailleurs = Fraction(de.randrange(10**15), 1_000_000)
    return abs(de.choice((proche, proche, proche, proche, grand, ailleurs)))


def draw_jour(de: Random) -> dt.date:
    return VU_LE - dt.timedelta(days=de.choice((0, 1, 45, 46, 120, 121, 240, de.randrange(1500))))


def make_dossier(graine: int) -> Dossier:
    """A few quartiers of two départements, every kind of cell, a lot of corrections."""
    de = Random(graine)  # noqa: S311  (invented worlds, no secret)
    indicateurs = make_indicateurs(de)
    actions = tuple(Action(f"A{i.code}", "", "", Mode.OBLIGATION, (), (i,)) for i in indicateurs)
    territoires = [
        Territoire("FR", "", Genre.NATION),
        Territoire("REG-1", "", Genre.REGION, ("FR",)),
        Territoire("DEP-1", "", Genre.DEPARTEMENT, ("REG-1",)),
        Territoire("DEP-2", "", Genre.DEPARTEMENT, ("REG-1",)),
        *(Territoire(f"QRR-{n}", "", Genre.QRR, (f"DEP-{1 + n % 2}",)) for n in range(4)),
    ]
    lieux = [t.code for t in territoires if t.genre is Genre.QRR]
    return Dossier(
        referentiel=Referentiel("p", "p", "0", (Engagement("E", "", "", "", (), actions),), ()),
        territoires=Territoires.build(territoires),
        releves=[make_releve(de, de.choice(indicateurs), lieux, n) for n in range(160)],
        cibles=[make_cible(de, de.choice(indicateurs), lieux, n) for n in range(60)],
    )


def make_releve(de: Random, indicateur: Indicateur, lieux: list[str], ordre: int) -> Releve:
    """A value of the shape of its indicateur, with or without key, at times a retraction."""
    date = draw_jour(de) if de.random() < 0.6 else VU_LE - dt.timedelta(days=45)
    releve = Releve(
        indicateur=indicateur.code,
        territoire=de.choice(lieux),
        date=date,
        connu_le=date + dt.timedelta(days=de.choice((0, 0, 1, 30, 300))),
        ordre=ordre,
        rang=de.choice((Rang.RELEVE, Rang.RELEVE, Rang.RELEVE, Rang.VALIDE, Rang.NON_VALIDE)),
        source=de.choice(("", "s", "S", "Préfecture", "PREFECTURE ")),
        cle=de.choice((None, None, f"{de.choice('kK')}{de.randrange(30)}")),
    )
    if indicateur.genre is GenreIndicateur.JALON:
        releve = replace(releve, jalon=de.randrange(6))
    elif indicateur.genre is GenreIndicateur.PART and de.random() < 0.8:
        bas = de.choice((draw_nombre(de), Fraction(100), Fraction(41), Fraction(0)))
        haut = de.choice((bas, bas * Fraction(29, 100), draw_nombre(de)))
        releve = replace(releve, numerateur=round(haut, 6), denominateur=bas)
    elif de.random() > 0.04:
        releve = replace(releve, valeur=draw_nombre(de))
    return releve


def make_cible(de: Random, indicateur: Indicateur, lieux: list[str], ordre: int) -> Cible:
    """A line of a plan; a step for a jalon, a base for a doubling."""
    pose = draw_jour(de)
    valeur: Fraction | None = draw_nombre(de)
    base = de.choice((None, draw_nombre(de), Fraction(0)))
    if indicateur.genre is GenreIndicateur.JALON:
        valeur = Fraction(de.randrange(1, 6))
    elif indicateur.genre is GenreIndicateur.DOUBLEMENT:
        valeur = None
    return Cible(
        indicateur=indicateur.code,
        territoire=de.choice(lieux),
        operateur=de.choice((get_operateur(indicateur.sens), Operateur.EXACTEMENT))
        if indicateur.genre is GenreIndicateur.COMPTE
        else get_operateur(indicateur.sens),
        valeur=valeur,
        echeance=de.choice((None, pose + dt.timedelta(days=de.randrange(1, 900)))),
        base=base,
        base_date=de.choice((None, pose - dt.timedelta(days=de.randrange(900)))),
        origine=de.choice((Origine.PLAN, Origine.AVENANT, Origine.PROPOSITION)),
        effet=de.choice((None, pose)),
        connu_le=pose + dt.timedelta(days=de.choice((0, 3))),
        ordre=ordre,
    )
