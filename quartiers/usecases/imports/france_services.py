"""The official list of France services, millésime by millésime."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quartiers.core.anomalie import Anomalie, Carnet, DonneesRefusees, Rapport
from quartiers.core.dire import say_quantite
from quartiers.core.horaires import count_heures, list_illisibles
from quartiers.sources import france_services
from quartiers.sources.france_services import FranceServices
from quartiers.sources.lecture import Lecture
from quartiers.storage.models import Lieu
from quartiers.usecases.ecrire import Bilan, EcritureOuverte, Envoi
from quartiers.usecases.listes import check_liste, judge_points, say_liste_precedente
from quartiers.usecases.proximites import measure_lieux

GENRE = "france-services"
AIDE = "liste officielle des structures France services"
MILLESIME_REQUIS = True
GENRE_DE_LIEU = "france_services"
EXEMPLES = 10


def read(chemin: Path, _: Envoi) -> Lecture[FranceServices]:
    """The rows of the list."""
    return france_services.read(chemin)


def write(lecture: Lecture[FranceServices], ecriture: EcritureOuverte) -> Bilan:
    """Store the rows of a millésime and their distances; another content of a known millésime is refused."""
    fichier = ecriture.envoi.fichier
    carnet = Carnet(fichier)
    structures = judge_points(lecture.donnees, carnet)
    colonnes = [to_colonnes(structure) for structure in structures]
    deja = check_connus(colonnes, ecriture)
    if not deja:
        check_liste(structures, GENRE, ecriture, carnet, lecture.rapport.ecartees)
    check_horaires(structures, carnet)
    ecriture.rapports += [lecture.rapport, Rapport(fichier, 0, 0, avis=tuple(carnet.avis))]
    if deja or not structures:
        return Bilan(inchangees=len(colonnes))
    ecriture.add(
        Lieu,
        (
            Lieu(
                ligne=structure.ligne,
                source=GENRE,
                millesime=ecriture.envoi.get_millesime(),
                genre=GENRE_DE_LIEU,
                **valeurs,
            )
            for structure, valeurs in zip(structures, colonnes, strict=True)
        ),
    )
    mesurees = measure_lieux(ecriture.open())
    phrases = [say_structures(structures), say_quantite(mesurees, "distances mesurées")]
    suite = say_liste_precedente({c["cle"]: c for c in colonnes}, GENRE, ecriture)
    return Bilan(nouvelles=len(colonnes), phrases=[*phrases, *suite])


def say_structures(structures: Sequence[FranceServices]) -> str:
    """How many, how many where people are received, and how many of those have no known point."""
    fixes = [structure for structure in structures if structure.fixe]
    sans_point = sum(structure.lon is None for structure in fixes)
    suite = (
        f", dont {sans_point} sans point connu : l’absence n’est pas prouvée dans leur commune"
        if sans_point
        else ""
    )
    return f"{say_quantite(len(structures), 'structures')}, dont {say_quantite(len(fixes), 'fixes')}{suite}"


def to_colonnes(structure: FranceServices) -> dict[str, Any]:
    """What a row says, as the base keeps it."""
    return {
        "cle": structure.cle,
        "nom": structure.nom,
        "departement": structure.departement,
        "du": structure.label_le,
        "mobile": not structure.fixe,
        "longitude": structure.lon,
        "latitude": structure.lat,
        "details": {
            "format": structure.format.value,
            "antenne": structure.antenne,
            "adresse": structure.adresse,
            "code_postal": structure.code_postal,
            "code_commune": structure.commune,
            "commune": structure.commune_nom,
            "groupe": structure.groupe,
            "horaires": dict(structure.horaires),
            "commentaire": structure.commentaire,
        },
    }


def check_connus(colonnes: list[dict[str, Any]], ecriture: EcritureOuverte) -> bool:
    """Whether the millésime is already known as it is; refused when it is known otherwise.

    A list does not change once published: what changed bears another date.
    """
    champs = tuple(colonnes[0]) if colonnes else ("cle",)
    lieux = (
        Lieu.objects.add_ordre()
        .filter(source=GENRE, millesime=ecriture.envoi.get_millesime())
        .order_by("ordre")
    )
    connus = {ligne["cle"]: ligne for ligne in lieux.values(*champs)}
    if not connus:
        return False
    lus = {valeurs["cle"]: valeurs for valeurs in colonnes}
    differents = sorted(c for c in connus.keys() | lus.keys() if connus.get(c) != lus.get(c))
    if differents:
        dont = ", ".join(differents[:EXEMPLES]) + (", …" if len(differents) > EXEMPLES else "")
        raison = (
            f"le millésime {ecriture.envoi.millesime} est déjà chargé avec un autre contenu : "
            f"{len(differents)} structures diffèrent ({dont})"
        )
        raise DonneesRefusees([Anomalie(ecriture.envoi.fichier, None, None, raison)])
    return lieux.filter(connu_le__lte=ecriture.envoi.connu_le).exists()


def check_horaires(structures: Sequence[FranceServices], carnet: Carnet) -> None:
    """Opening hours that cannot be read are told, and say nothing."""
    for structure in structures:
        horaires = dict(structure.horaires)
        if count_heures(horaires) is None:
            for jour in list_illisibles(horaires):
                raison = f"{structure.cle} : horaire mis de côté, illisible (« {horaires[jour]} »)"
                carnet.notice(structure.ligne, f"h_{jour}", raison)
