"""The official list of France services, millésime by millésime."""

from __future__ import annotations

from pathlib import Path

from quartiers.core.anomalie import Anomalie, DonneesRefusees
from quartiers.sources import france_services
from quartiers.storage.models import Lieu
from quartiers.usecases.importer import Bilan
from quartiers.usecases.journal import Plume
from quartiers.usecases.proximites import measure_lieux

GENRE = "france-services"
AIDE = "liste officielle des structures France services"
MILLESIME_REQUIS = True
GENRE_DE_LIEU = "france_services"
LOT = 1000


def run(chemin: Path, plume: Plume) -> Bilan:
    """Store the rows of a millésime and their distances; another content of a known millésime is refused."""
    lecture = france_services.read(chemin)
    plume.rapports.append(lecture.rapport)
    millesime = plume.envoi.get_millesime()
    if Lieu.objects.filter(source=GENRE, millesime=millesime).exists():
        raison = f"le millésime {millesime} est déjà chargé avec un autre contenu"
        raise DonneesRefusees([Anomalie(chemin.name, None, None, raison)])
    Lieu.objects.bulk_create(
        [_build(structure, plume) for structure in lecture.donnees], batch_size=LOT
    )
    mesurees = measure_lieux(GENRE, millesime)
    fixes = sum(structure.fixe for structure in lecture.donnees)
    return Bilan(
        phrases=[
            f"{len(lecture.donnees)} structures, dont {fixes} fixes",
            f"{mesurees} distances mesurées",
        ]
    )


def _build(structure: france_services.FranceServices, plume: Plume) -> Lieu:
    millesime = plume.envoi.get_millesime()
    return Lieu(
        **plume.sign(),
        ligne=structure.ligne,
        source=GENRE,
        millesime=millesime,
        cle=structure.cle,
        genre=GENRE_DE_LIEU,
        nom=structure.nom,
        departement=structure.departement,
        du=structure.label_le,
        mobile=not structure.fixe,
        longitude=structure.lon,
        latitude=structure.lat,
        details={
            "format": structure.format.value,
            "antenne": structure.antenne,
            "adresse": structure.adresse,
            "code_postal": structure.code_postal,
            "commune": structure.commune_nom,
            "horaires": dict(structure.horaires),
            "commentaire": structure.commentaire,
        },
    )
