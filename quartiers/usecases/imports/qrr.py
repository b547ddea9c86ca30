"""Perimeters of the QRR; their communes come from a small table of our own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from quartiers.core.dire import say_quantite
from quartiers.geo.perimetre import Perimetres, Trace, build_perimetres
from quartiers.sources import qrr
from quartiers.sources.lecture import Lecture
from quartiers.sources.qrr_communes import QrrCommune, load_qrr_communes
from quartiers.usecases.ecrire import Bilan, EcritureOuverte, Envoi
from quartiers.usecases.entrer_territoires import Arrivant, check_parents, store_territoires
from quartiers.usecases.mesurer import measure_territoires
from quartiers.usecases.rattacher import Parent, refresh_overlaps

GENRE = "qrr"
CADRE = True
AIDE = "périmètres des quartiers de reconquête républicaine"


def read(chemin: Path, envoi: Envoi) -> tuple[Lecture[qrr.Qrr], Perimetres]:
    """The records, and their perimeters made valid."""
    lecture = qrr.read(chemin)
    traces = (
        Trace(q.code, q.contour.polygones, q.contour.pair_impair, q.ligne) for q in lecture.donnees
    )
    return lecture, build_perimetres(traces, envoi.fichier)


def write(lus: tuple[Lecture[qrr.Qrr], Perimetres], ecriture: EcritureOuverte) -> Bilan:
    """Store the perimeters, measure overlaps and distances again."""
    lecture, perimetres = lus
    ecriture.rapports += [lecture.rapport, replace(perimetres.rapport, lues=0, gardees=0)]
    geometries = {p.code: p.to_wkb() for p in perimetres.perimetres}
    communes = load_qrr_communes()
    arrivants = [_build(q, geometries[q.code], communes.get(q.code, ())) for q in lecture.donnees]
    check_parents(ecriture, arrivants)
    arrivee = store_territoires(ecriture, arrivants)
    sans_commune = [a.code for a in arrivants if len(a.parents) == 1]
    phrases = [say_quantite(len(perimetres.reparations), "périmètres réparés")]
    if sans_commune:
        phrases.append(f"sans commune donnée : {', '.join(sans_commune)}")
    if ecriture.id is not None:
        phrases.append(say_quantite(refresh_overlaps(ecriture.id), "recouvrements QRR–QPV"))
        phrases.append(say_quantite(measure_territoires(arrivee.changes), "distances mesurées"))
    return arrivee.tell(phrases)


def _build(lu: qrr.Qrr, geometrie: bytes, communes: tuple[QrrCommune, ...]) -> Arrivant:
    parents = [
        Parent(f"COM-{c.commune}", None if c.part is None else float(c.part), c.deduit, c.source)
        for c in communes
    ]
    return Arrivant(
        code=lu.code,
        nom=lu.nom,
        genre="qrr",
        parents=(*parents, Parent(f"DEP-{lu.departement}", source=qrr.LIBELLE)),
        ligne=lu.ligne,
        geometrie=geometrie,
    )
