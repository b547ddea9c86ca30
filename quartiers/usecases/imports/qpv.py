"""Perimeters of the QPV, either generation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from quartiers.core.dire import say_quantite
from quartiers.geo.perimetre import Perimetres, Trace, build_perimetres
from quartiers.sources import qpv
from quartiers.sources.lecture import Lecture
from quartiers.usecases.ecrire import Bilan, EcritureOuverte, Envoi
from quartiers.usecases.entrer_territoires import Arrivant, check_parents, store_territoires
from quartiers.usecases.mesurer import measure_territoires
from quartiers.usecases.rattacher import Parent, refresh_overlaps

GENRE = "qpv"
CADRE = True
AIDE = "périmètres des quartiers prioritaires (2015 ou 2024)"
# In force from their first list (decree 2014-1750) to the eve of the next; decrees 2023-1314 (métropole) and 2024-1211, 2024-1212 (overseas).
_DEBUT_2024 = {False: date(2024, 1, 1), True: date(2025, 1, 1)}
_DEBUT_2015 = date(2015, 1, 1)
_FIN_2015 = {False: date(2023, 12, 31), True: date(2024, 12, 31)}
GENERATION_EN_COURS = 2024


def read(chemin: Path, envoi: Envoi) -> tuple[Lecture[qpv.Qpv], Perimetres]:
    """The records, and their perimeters made valid."""
    lecture = qpv.read(chemin)
    traces = (
        Trace(q.code, q.contour.polygones, q.contour.pair_impair, q.ligne) for q in lecture.donnees
    )
    return lecture, build_perimetres(traces, envoi.fichier)


def write(lus: tuple[Lecture[qpv.Qpv], Perimetres], ecriture: EcritureOuverte) -> Bilan:
    """Store the perimeters, measure overlaps and distances again."""
    lecture, perimetres = lus
    ecriture.rapports += [lecture.rapport, replace(perimetres.rapport, lues=0, gardees=0)]
    geometries = {p.code: p.to_wkb() for p in perimetres.perimetres}
    arrivants = [_build(q, geometries[q.code]) for q in lecture.donnees]
    check_parents(ecriture, arrivants)
    arrivee = store_territoires(ecriture, arrivants)
    phrases = [say_quantite(len(perimetres.reparations), "périmètres réparés")]
    if ecriture.id is not None:
        phrases.append(say_quantite(refresh_overlaps(ecriture.id), "recouvrements QRR–QPV"))
        phrases.append(say_quantite(measure_territoires(arrivee.changes), "distances mesurées"))
    return arrivee.tell(phrases)


def _build(lu: qpv.Qpv, geometrie: bytes) -> Arrivant:
    outremer = lu.departement[:2] in {"97", "98"}
    en_cours = lu.generation == GENERATION_EN_COURS
    parents = [*(f"COM-{commune}" for commune in lu.communes), f"DEP-{lu.departement}"]
    return Arrivant(
        code=lu.code,
        nom=lu.nom,
        genre="qpv",
        parents=tuple(Parent(code, source=qpv.LIBELLE) for code in parents),
        ligne=lu.ligne,
        generation=lu.generation,
        du=_DEBUT_2024[outremer] if en_cours else _DEBUT_2015,
        au=None if en_cours else _FIN_2015[outremer],
        geometrie=geometrie,
    )
