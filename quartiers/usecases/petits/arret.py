"""arrets.csv: weekly stops of the buses among the known places."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

from quartiers.core.anomalie import Anomalie, DonneesRefusees
from quartiers.core.champs import DECIMALES, round_coordonnee
from quartiers.core.dire import fold
from quartiers.core.genres.arret import ArretDeclare
from quartiers.core.horaires import JOURS
from quartiers.core.territoire import Niveau
from quartiers.geo.distance import Points, measure_distances
from quartiers.usecases.charger_territoires import list_perimetres
from quartiers.usecases.chercher_lieux import filter_cles
from quartiers.usecases.contexte import Contexte
from quartiers.usecases.formulaire import Formulaire
from quartiers.usecases.garder_lignes import Provenance
from quartiers.usecases.petits.porte import Lus, PorteDePetitGenre, Valeurs
from quartiers.usecases.projeter_lieux import ArretVu
from quartiers.usecases.prouver import prove_contenu
from quartiers.usecases.rattacher import load_perimetres


def build_arret(
    contenu: ArretDeclare, ligne: int, provenance: Provenance, oublie_le: date | None, nom: str
) -> ArretVu:
    """One stop of a bus; `nom`: the bus as a reader calls it."""
    return ArretVu(
        lieu=contenu.lieu,
        territoire=contenu.territoire,
        distance_m=None if contenu.distance_m is None else float(contenu.distance_m),
        du=contenu.du,
        au=contenu.au,
        connu_le=provenance.connu_le,
        ordre=provenance.ordre,
        oublie_le=oublie_le,
        preuve=prove_contenu(
            contenu, f"{nom}, arrêt du {contenu.jour}", ligne, provenance, "adresse", "heures"
        ),
    )


def _read_lieu(formulaire: Formulaire, contexte: Contexte, _: Valeurs) -> str | None:
    lieu = formulaire.read_parmi("lieu", contexte.lieux or (), "lieu")
    if lieu is not None and not filter_cles([lieu], champs__mobile=True).exists():
        formulaire.refuse("lieu", f"« {lieu} » n'est pas mobile : il n'a pas d'arrêts")
    return lieu


def _read_territoire(formulaire: Formulaire, contexte: Contexte, _: Valeurs) -> str | None:
    territoire = contexte.read_territoire(formulaire)
    if territoire is not None and contexte.get_niveau(territoire) is not Niveau.QUARTIER:
        formulaire.refuse("territoire", "un arrêt dessert un quartier")
    return territoire


def _read_latitude(formulaire: Formulaire, _: Contexte, valeurs: Valeurs) -> float | None:
    latitude = formulaire.read_coordonnee("latitude", 90)
    if ("longitude" in valeurs) != (latitude is not None) and not formulaire.has_fautes():
        formulaire.refuse("longitude", "longitude et latitude vont ensemble")
    return latitude


def _parse_jours(texte: str) -> str:
    """One or several days of the week, every week."""
    jours = re.split(r"[\s,;/]+|\bet\b", fold(texte))
    retenus = [
        jour.removesuffix("s") if jour.removesuffix("s") in JOURS else jour
        for jour in jours
        if jour
    ]
    if not retenus or any(jour not in JOURS for jour in retenus):
        raise ValueError(f"« {texte} » : écrire un ou plusieurs jours de la semaine")
    return " ".join(dict.fromkeys(retenus))


def _judge(formulaire: Formulaire, contexte: Contexte, valeurs: Valeurs) -> None:
    du, au = valeurs.get("du"), valeurs.get("au")
    if du is not None and au is not None and au < du:
        formulaire.refuse("au", "avant « du »")
    if (territoire := valeurs.get("territoire")) is not None:
        contexte.check_en_vigueur(formulaire, territoire, du or contexte.connu_le)
    valeurs |= {n: round_coordonnee(valeurs[n]) for n in ("longitude", "latitude") if n in valeurs}


def measure_arret(arret: ArretDeclare) -> float | None:
    """Metres from the perimeter of its territoire; None without coordinates or perimeter (then inside)."""
    if arret.longitude is None or arret.latitude is None:
        return None
    perimetres = load_perimetres(code__in=list_perimetres(arret.territoire))
    if not perimetres:
        return None
    points = Points.build([("arret", arret.longitude, arret.latitude)])
    distances = [d.distance_m for d in measure_distances(perimetres, points)]
    return min(distances, default=float("inf"))


def _measure(lus: Lus, fichier: str) -> Lus:
    """The same stops with their distances. One across an ocean has its coordinates wrong: nothing is guessed."""
    mesures, ailleurs = [], []
    for lu in lus:
        arret = lu.contenu
        distance = measure_arret(arret) if isinstance(arret, ArretDeclare) else None
        if not isinstance(arret, ArretDeclare) or distance is None:
            mesures.append(lu)
        elif distance == float("inf"):
            raison = (
                f"coordonnées hors de la zone de {arret.territoire} "
                "(longitude et latitude inversées ?)"
            )
            ailleurs.append(Anomalie(fichier, lu.ligne, "longitude", raison))
        else:
            exacte = Fraction(str(round(distance, DECIMALES)))
            mesures.append(replace(lu, contenu=replace(arret, distance_m=exacte)))
    if ailleurs:
        raise DonneesRefusees(ailleurs)
    return mesures


PORTE = PorteDePetitGenre(
    genre=ArretDeclare,
    lire={
        "lieu": _read_lieu,
        "territoire": _read_territoire,
        "latitude": _read_latitude,
        "jour": lambda formulaire, *_: formulaire.read("jour", _parse_jours, requis=True),
    },
    judge=_judge,
    complete=_measure,
)
