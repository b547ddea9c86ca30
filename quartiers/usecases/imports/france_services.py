"""The official list of France services, millésime by millésime: each row a record of a place, and what it proves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from quartiers.core.anomalie import Anomalie, Carnet, DonneesRefusees, Rapport
from quartiers.core.champs import to_champs
from quartiers.core.contenu import Coordonnee, Mot
from quartiers.core.dire import say_quantite
from quartiers.core.enregistrement import Lien, NatureDeLien, Validation
from quartiers.core.genres.lieu import Lieu
from quartiers.core.horaires import count_heures, list_illisibles, write_horaires
from quartiers.core.territoire import Territoires
from quartiers.sources import france_services
from quartiers.sources.france_services import FranceServices, is_exhaustive
from quartiers.sources.lecture import Lecture
from quartiers.usecases.charger_territoires import load_territoires
from quartiers.usecases.chercher_lieux import filter_lieux, find_precedents, name_objet
from quartiers.usecases.ecrire import Bilan, EcritureOuverte, Envoi
from quartiers.usecases.garder_enregistrements import add_enregistrements
from quartiers.usecases.juger_liste import check_liste, judge_points, say_liste_precedente
from quartiers.usecases.lire_enregistrements import EnregistrementLu
from quartiers.usecases.lire_lieux import find_commune
from quartiers.usecases.mesurer import measure_lieux
from quartiers.usecases.pointer_liste import ListeEcrite, build_pointage

GENRE = "france-services"
AIDE = "liste officielle des structures France services"
MILLESIME_REQUIS = True
GENRE_DE_LIEU = Mot("france_services")
FORMATS = {
    "fixe": "espace fixe",
    "multisites": "espace multisites",
    "fixe_antennes": "espace fixe avec antennes",
    "bus": "bus",
    "itinerante": "structure itinérante",
}
EXEMPLES = 10


def read(chemin: Path, _: Envoi) -> Lecture[FranceServices]:
    """The rows of the list."""
    return france_services.read(chemin)


def write(lecture: Lecture[FranceServices], ecriture: EcritureOuverte) -> Bilan:
    """Store the rows of a millésime and their distances; another content of a known millésime is refused."""
    fichier = ecriture.envoi.fichier
    carnet = Carnet(fichier)
    structures = judge_points(lecture.donnees, carnet)
    territoires = load_territoires()
    millesime = ecriture.envoi.get_millesime()
    lus = [build_lu(structure, millesime, territoires) for structure in structures]
    deja = check_connus(lus, ecriture)
    if not deja:
        check_liste(structures, GENRE, ecriture, carnet, lecture.rapport.ecartees)
    check_horaires(structures, carnet)
    ecriture.rapports += [lecture.rapport, Rapport(fichier, 0, 0, avis=tuple(carnet.avis))]
    if deja or not structures:
        return Bilan(inchangees=len(lus))
    liste = ListeEcrite(GENRE, GENRE_DE_LIEU, millesime, ecriture.envoi.connu_le, lus)
    pointages = build_pointage(liste, territoires, is_exhaustive)
    add_enregistrements(ecriture, [*lus, *pointages], find_precedents(GENRE, millesime))
    mesurees = measure_lieux(ecriture.open())
    phrases = [say_structures(structures), say_quantite(mesurees, "distances mesurées")]
    suite = say_liste_precedente(lus, GENRE, ecriture)
    return Bilan(nouvelles=len(lus), phrases=[*phrases, *suite])


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


def build_lu(
    structure: FranceServices, millesime: date, territoires: Territoires
) -> EnregistrementLu:
    """A row as a record of the day of its list."""
    return EnregistrementLu(
        genre=Lieu.GENRE,
        objet=name_objet(GENRE, structure.cle),
        le=millesime,
        contenu=build_lieu(structure),
        liens=(Lien(find_situation(structure, territoires), NatureDeLien.SITUE),),
        validation=Validation.VALIDE,
        ligne=structure.ligne,
    )


def build_lieu(structure: FranceServices) -> Lieu:
    """What a row says. The label is its opening; a commune whose code is none keeps its name."""
    adresse = (structure.adresse, structure.code_postal, structure.commune_nom)
    situe = structure.lon is not None and structure.lat is not None
    return Lieu(
        genre=GENRE_DE_LIEU,
        nom=structure.nom,
        adresse=" ".join(filter(None, adresse)),
        commune=structure.commune or structure.commune_nom,
        longitude=Coordonnee(structure.lon) if situe and structure.lon is not None else None,
        latitude=Coordonnee(structure.lat) if situe and structure.lat is not None else None,
        ouvert=structure.label_le,
        mobile=not structure.fixe,
        horaires=write_horaires(dict(structure.horaires)),
        format=FORMATS[structure.format.value],
    )


def find_situation(structure: FranceServices, territoires: Territoires) -> str:
    """Its commune of today; its département when nobody knows which one that is."""
    return find_commune(territoires, structure.commune) or f"DEP-{structure.departement}"


def check_connus(lus: Sequence[EnregistrementLu], ecriture: EcritureOuverte) -> bool:
    """Whether the millésime is already known as it is; refused when it is known otherwise.

    A list does not change once published: what changed bears another date.
    """
    lieux = filter_lieux(ecriture__genre=GENRE, le=ecriture.envoi.get_millesime())
    connus = dict(lieux.values_list("objet", "champs"))
    if not connus:
        return False
    dits = {lu.objet: to_champs(lu.contenu) for lu in lus if lu.contenu is not None}
    differents = sorted(o for o in connus.keys() | dits.keys() if connus.get(o) != dits.get(o))
    if differents:
        cles = [objet.removeprefix(f"{GENRE}/") for objet in differents[:EXEMPLES]]
        dont = ", ".join(cles) + (", …" if len(differents) > EXEMPLES else "")
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
