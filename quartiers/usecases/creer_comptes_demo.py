"""The accounts of the demonstration: one of each rôle, in the name of an organisme of its own files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quartiers.usecases.creer_compte import create_compte

DEPARTEMENT, REGION, NATION = ("DEP-00",), ("REG-00",), ("FR",)
COMMUNE, EPCI, TILLEULS = ("COM-00003",), ("EPCI-999000011",), ("QC-FICTIF-TILLEULS",)
PREFECTURE = "Préfecture du Val-de-Brume (fictif)"


@dataclass(frozen=True, slots=True)
class CompteDemo:
    """An account that one click opens, in the demonstration only. `territoires`: codes of what it sees.

    `organisme`: an organisme recorded in the files of the demonstration, whose name is also what it is called by.
    """

    identifiant: str
    nom: str
    fonction: str
    role: str
    territoires: tuple[str, ...]
    organisme: str


GROUPES: tuple[tuple[str, tuple[CompteDemo, ...]], ...] = (
    (
        "Pour commencer",
        (
            CompteDemo(
                "demo-prefet",
                "Préfet du Val-de-Brume",
                "voit tout le département, valide",
                "prefet",
                DEPARTEMENT,
                PREFECTURE,
            ),
            CompteDemo(
                "demo-sous-prefete",
                "Sous-préfète à la ville",
                "voit tout le département, a une file à valider",
                "sous_prefet_ville",
                DEPARTEMENT,
                PREFECTURE,
            ),
            CompteDemo(
                "demo-deleguee",
                "Déléguée du préfet à Saint-Aubert",
                "voit ses deux quartiers, y déclare",
                "delegue",
                (*TILLEULS, "QC-FICTIF-FONTAINE"),
                PREFECTURE,
            ),
            CompteDemo(
                "demo-commune",
                "Commune de Port-Lambert",
                "voit les quartiers de la commune, y déclare",
                "commune",
                COMMUNE,
                "Ville de Port-Lambert (fictif)",
            ),
            CompteDemo(
                "demo-region",
                "Préfète de région",
                "voit la région",
                "prefet_region",
                REGION,
                "Préfecture de la région des Brumes (fictif)",
            ),
            CompteDemo(
                "demo-task-force",
                "Task force interministérielle",
                "voit la France",
                "task_force",
                NATION,
                "Task force interministérielle (fictif)",
            ),
        ),
    ),
    (
        "Services de l’État et justice",
        (
            CompteDemo(
                "demo-recteur",
                "Directrice académique",
                "déclare pour l’école",
                "recteur",
                DEPARTEMENT,
                "Rectorat des Brumes (fictif)",
            ),
            CompteDemo(
                "demo-procureur",
                "Procureur de la République",
                "lit, réunit",
                "procureur",
                DEPARTEMENT,
                "Parquet de Montclair (fictif)",
            ),
            CompteDemo(
                "demo-police",
                "Police nationale",
                "déclare ce qu’elle fait",
                "police",
                DEPARTEMENT,
                "Police nationale du Val-de-Brume (fictif)",
            ),
            CompteDemo(
                "demo-gendarmerie",
                "Gendarmerie nationale",
                "déclare ce qu’elle fait",
                "gendarmerie",
                DEPARTEMENT,
                "Gendarmerie du Val-de-Brume (fictif)",
            ),
            CompteDemo(
                "demo-service-etat",
                "Service emploi et solidarités",
                "déclare pour l’emploi",
                "service_etat",
                DEPARTEMENT,
                "Service emploi et solidarités du Val-de-Brume (fictif)",
            ),
        ),
    ),
    (
        "Collectivités",
        (
            CompteDemo(
                "demo-epci",
                "Agglomération de Montclair",
                "voit ses communes, y déclare",
                "epci",
                EPCI,
                "CA de Montclair et Port-Lambert (fictif)",
            ),
            CompteDemo(
                "demo-conseil-departemental",
                "Conseil départemental",
                "déclare ce qu’il finance",
                "conseil_departemental",
                DEPARTEMENT,
                "Conseil départemental du Val-de-Brume (fictif)",
            ),
            CompteDemo(
                "demo-conseil-regional",
                "Conseil régional",
                "déclare ce qu’il finance",
                "conseil_regional",
                REGION,
                "Conseil régional des Brumes (fictif)",
            ),
        ),
    ),
    (
        "Sur le terrain",
        (
            CompteDemo(
                "demo-operateur",
                "Mission locale",
                "déclare ceux qu’elle accompagne",
                "operateur",
                DEPARTEMENT,
                "Mission locale du Val-de-Brume (fictif)",
            ),
            CompteDemo(
                "demo-association",
                "Association Grand Air",
                "déclare ce qu’elle fait aux Tilleuls",
                "association",
                TILLEULS,
                "Association Grand Air (fictif)",
            ),
            CompteDemo(
                "demo-conseil-citoyen",
                "Conseil citoyen de Saint-Aubert",
                "lit ce qui est public",
                "conseil_citoyen",
                TILLEULS,
                "Conseil citoyen de Saint-Aubert (fictif)",
            ),
        ),
    ),
    (
        "Comptes du site",
        (
            CompteDemo(
                "demo-administrateur",
                "Administratrice",
                "tient les comptes, n’ouvre aucun contenu",
                "administrateur",
                (),
                "Équipe du site (fictif)",
            ),
        ),
    ),
)
"""As the sign-in page shows them: the words of each group, then its accounts."""
COMPTES: tuple[CompteDemo, ...] = tuple(c for _, comptes in GROUPES for c in comptes)


def create_comptes(le: datetime) -> int:
    """The accounts that one click opens: no password opens them, and nothing else does outside the demo."""
    for compte in COMPTES:
        create_compte(
            identifiant=compte.identifiant,
            mot_de_passe=None,
            role=compte.role,
            territoires=compte.territoires,
            nom=compte.nom,
            organisme=compte.organisme,
            le=le,
        )
    return len(COMPTES)
