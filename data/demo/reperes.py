# ruff: noqa: INP001 - a script beside its data, not a package
"""Dates, bands and orders of magnitude that the recipes of the demonstration lean on. All invented."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from quartiers.core.referentiel import Frequence

# Well inside the bands of domaine.md 4.1 (0.60 and 0.90), so that no rounding moves a cell.
BANDES = {
    "V": (Fraction(94, 100), Fraction(4)),
    "D": (Fraction(94, 100), Fraction(4)),
    "S": (Fraction(64, 100), Fraction(86, 100)),
    "R": (Fraction(10, 100), Fraction(55, 100)),
}
STALE = {
    Frequence.MOIS: date(2026, 9, 15),
    Frequence.TRIMESTRE: date(2026, 5, 12),
    Frequence.SEMESTRE: date(2025, 12, 31),
    Frequence.AN: date(2025, 4, 14),
    Frequence.RENTREE: date(2025, 6, 30),
    Frequence.VACANCES: date(2026, 2, 28),
}
DERNIER = {
    Frequence.MOIS: date(2026, 10, 31),
    Frequence.TRIMESTRE: date(2026, 9, 30),
    Frequence.SEMESTRE: date(2026, 6, 30),
    Frequence.AN: date(2026, 6, 30),
    Frequence.RENTREE: date(2026, 9, 15),
    Frequence.VACANCES: date(2026, 10, 31),
}
AVANT = {
    Frequence.MOIS: (date(2026, 9, 30),),
    Frequence.TRIMESTRE: (date(2026, 3, 31), date(2026, 6, 30)),
    Frequence.SEMESTRE: (date(2025, 12, 31),),
    Frequence.AN: (date(2025, 12, 31),),
    Frequence.RENTREE: (),
    Frequence.VACANCES: (date(2026, 8, 31),),
}
SIGNATURE = date(2026, 1, 1)
RENTREE = date(2025, 9, 1)

# (value at the signature of the plan, target) of a quartier of 4,000 inhabitants; a share: (base %, target %, denominator).
COMPTES = {
    "e01-a6-ateliers-langues": (1, 6),
    "e02-a2-projets-soutenus": (1, 5),
    "e02-a4-etablissements-nouveaux": (0, 24),
    "e04-a1-cordees-eleves": (36, 72),
    "e04-a3-filleuls": (24, 48),
    "e04-a6-jeunes-plan-10000": (0, 40),
    "e04-a7-jeunes-dispositifs-complementaires": (0, 30),
    "e05-a2-associations-soutenues": (0, 18),
    "e05-a4-projets-impact-2024": (0, 4),
    "e06-a1-educateurs-etp": (3, 6),
    "e06-a2-adultes-relais": (2, 7),
    "e06-a4-structures-aller-vers": (0, 6),
    "e06-a5-adultes-relais-sportifs": (0, 4),
    "e07-a1-emplois-francs": (0, 30),
    "e07-a3-garantie-jeunes": (58, 59),
    "e07-a4-prepa-apprentissage": (0, 20),
    "e07-a5-pec": (0, 16),
    "e07-a7-formations-ephemeres": (0, 6),
    "e08-a8-partenariats": (1, 5),
    "e08-a9-interventions-shn": (0, 5),
    "e09-a3-rencontres-partenaires": (0, 8),
}
PARTS = {
    "e01-a1-part-classes-dedoublees": (50, 100, 41),
    "e01-a5-semaines-couvertes": (40, 90, 7),
    "e02-a5-operations-avec-exigence": (25, 100, 9),
    "e04-a4-eleves-stage-qualite": (20, 70, 74),
    "e06-a3-professionnels-formes": (30, 80, 40),
    "e07-a6-jobdating-vacances": (0, 75, 5),
    "e07-a9-16-18-en-solution": (45, 100, 22),
    "e09-a2-ecole-ouverte": (20, 80, 12),
    "e09-a4-themes-couverts": (10, 80, 5),
    "e09-a6-part-orientes": (10, 40, 48),
    "e10-a4-dispositifs-actifs": (0, 100, 14),
}
MOTIFS = {
    "e02-a1-convention-npnru": "hors_programme",
    "e02-a5-operations-avec-exigence": "deja_couvert_par",
    "e05-a4-projets-impact-2024": "dispositif_eteint_sans_successeur",
    "e07-a1-emplois-francs": "dispositif_eteint_sans_successeur",
}

# The last day of the school year under way at which something is known.
DERNIER_SCOLAIRE = date(2026, 10, 31)
# The last day of the summer, the Monday of the autumn holidays, the first Wednesday of the school year.
ETE, TOUSSAINT, PREMIER_MERCREDI = date(2026, 8, 31), date(2026, 10, 19), date(2026, 9, 2)
# The units of the denominators that a calendar counts: working days of the autumn holidays.
UNITES = {"jours_ouvres_vacances_echus": 10}
# The words that a record says where a derivation offers several: those that no other derivation counts.
MOTS_CHOISIS = {
    "e02-a2-projets-soutenus": {"programme": "autre_projet_urbain"},
    "e04-a7-jeunes-dispositifs-complementaires": {"dispositif": "service-civique"},
    "e07-a3-garantie-jeunes": {"dispositif": "contrat-engagement-jeune"},
    "e07-a7-formations-ephemeres": {"genre": "parcours_orientation"},
    "e08-a6-dispositifs-jeunesse": {"dispositif": "cadets-securite-civile"},
}
# Of what a cohorte counts, the part that others ask for: by indicateur and role.
DONT = {
    ("e04-a6-jeunes-plan-10000", "valeur"): ("residant_qrr_qpv", Fraction(7, 10)),
    ("e04-a7-jeunes-dispositifs-complementaires", "valeur"): (
        "sous_main_de_justice_ou_protection_enfance",
        Fraction(1, 10),
    ),
    ("e07-o1-jeunes-reperes-accompagnes", "numerateur"): (
        "sous_main_de_justice_ou_protection_enfance",
        Fraction(1, 8),
    ),
}
NOMS_DES_DECLARANTS = {
    "anct": "Agence de cohésion",
    "ars": "Agence de santé",
    "bailleur": "Bailleur social",
    "caf": "Caisse d’allocations familiales",
    "cdad": "Conseil de l’accès au droit",
    "conseil_departemental": "Conseil départemental",
    "coordonnateur_clspd": "Ville",
    "dasen": "Services de l’Éducation nationale",
    "ddets": "Direction de l’emploi et des solidarités",
    "ddt": "Direction des territoires",
    "delegue_prefet": "Préfecture",
    "drac": "Direction des affaires culturelles",
    "dtpjj": "Protection judiciaire de la jeunesse",
    "epci": "Intercommunalité",
    "france_travail": "Agence de l’emploi",
    "mairie": "Ville",
    "mission_locale": "Mission locale",
    "operateur": "Opérateur de l’action",
    "police": "Police nationale",
    "prefet": "Préfecture",
    "prefet_region": "Préfecture de région",
    "recteur": "Rectorat",
    "sdjes": "Service de la jeunesse et des sports",
    "sg_cipdr": "Secrétariat à la prévention",
    "sous_prefet_ville": "Préfecture",
    "structure_porteuse": "Centre social",
}
