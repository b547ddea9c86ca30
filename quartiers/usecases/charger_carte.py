"""What a map of a quartier is made of: its perimeters, and the places that the dossier knows around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from quartiers.core.attendus import list_quartiers_cibles
from quartiers.core.etat import list_en_vigueur
from quartiers.core.fait import Objet
from quartiers.core.genres.arret import ArretDeclare
from quartiers.core.referentiel import Indicateur
from quartiers.core.territoire import Genre, Niveau
from quartiers.core.vue import Vue
from quartiers.geo.contours import build_contours
from quartiers.geo.perimetre import Perimetre
from quartiers.reports.presentation.carte import (
    ARRET,
    ECART,
    RAYONS_M,
    Carte,
    LieuSitue,
    build_carte,
)
from quartiers.usecases.chercher_lieux import filter_lieux, find_point
from quartiers.usecases.garder_enregistrements import iterate_contenus
from quartiers.usecases.rattacher import load_perimetres

LIEU = "lieu"
Position = tuple[float, float]


def load_carte(
    vue: Vue,
    code: str,
    link: Callable[[str], str],
    indicateurs: Iterable[Indicateur] | None = None,
    ecart: float = ECART,
) -> Carte:
    """The map of a quartier. `indicateurs` None: all those that places feed; `link`: the proof of one of them."""
    voulus = list_indicateurs_de_lieux(vue) if indicateurs is None else indicateurs
    perimetres = load_perimetres_de(vue, code)
    contours = build_contours(perimetres, RAYONS_M) if perimetres else None
    situes = list_lieux_situes(vue, code, voulus)
    return build_carte(vue.territoires[code].nom, contours, situes, link, ecart)


def load_perimetres_de(vue: Vue, code: str) -> list[Perimetre]:
    """The perimeters a territoire is made of; none when one of them is not known: half a quartier misleads."""
    codes = [code]
    if vue.territoires[code].genre is Genre.QUARTIER:
        cibles = {q.code: q.rattaches for q in list_quartiers_cibles(vue.dossier, vue.connu_le)}
        codes = sorted(cibles.get(code, ()))
    perimetres = load_perimetres(code__in=codes) if codes else []
    return perimetres if len(perimetres) == len(codes) else []


def list_indicateurs_de_lieux(vue: Vue) -> list[Indicateur]:
    """The indicateurs of a quartier that places feed."""
    return [
        indicateur
        for indicateur in vue.dossier.referentiel.list_indicateurs()
        if has_lieux(indicateur)
    ]


def has_lieux(indicateur: Indicateur) -> bool:
    """Whether places feed it."""
    return indicateur.niveau is Niveau.QUARTIER and any(
        derivation.de == "Lieu" for derivation in indicateur.derivations
    )


def list_lieux_situes(vue: Vue, code: str, indicateurs: Iterable[Indicateur]) -> list[LieuSitue]:
    """Places and stops in force on the day looked at, as they were then known, nearest first, each once.

    One that several indicateurs count is shown for the first of them.
    """
    uniques: dict[str, Objet] = {}
    for indicateur in indicateurs:
        cellule = vue.cellules.get(indicateur.code, code).read_at(vue.connu_le)
        for objet in list_en_vigueur(cellule, vue.vu_le):
            if objet.preuve.genre in {ARRET, LIEU}:
                uniques.setdefault(objet.preuve.cle, objet)
    objets = sorted(uniques.values(), key=lambda o: (o.distance_m or 0.0, o.preuve.cle))
    positions = {**_load_lieux(objets), **_load_arrets(objets)}
    return [LieuSitue(o, positions.get((o.preuve.cle, o.temoin))) for o in objets]


Positions = dict[tuple[str, date], Position]


def _load_lieux(objets: list[Objet]) -> Positions:
    """Where each place stands in the list that last attests it; a garage is no place."""
    voulus = [o for o in objets if o.preuve.genre == LIEU]
    if not voulus:
        return {}
    rangees = filter_lieux(objet__in={o.preuve.cle for o in voulus})
    positions: Positions = {}
    for objet, millesime, champs in rangees.values_list("objet", "le", "champs"):
        if (point := find_point(champs)) is not None:
            positions[objet, millesime] = point
    return positions


def _load_arrets(objets: list[Objet]) -> Positions:
    """Where each stop stands; its proof bears its order."""
    voulus = {
        int(o.preuve.cle.removeprefix("arret/")): o for o in objets if o.preuve.genre == ARRET
    }
    if not voulus:
        return {}
    return {
        (voulus[provenance.ordre].preuve.cle, voulus[provenance.ordre].temoin): (lon, lat)
        for arret, _, provenance in iterate_contenus(ArretDeclare, ordre__in=voulus)
        if (lon := arret.longitude) is not None and (lat := arret.latitude) is not None
    }
