"""Sixty texts written by hand: what people really write in a free field, with and without something of a person."""

from __future__ import annotations

from quartiers.core.donnees_personnelles import DonneePersonnelle as Dp

T, C, N, S = Dp.TELEPHONE, Dp.ADRESSE_ELECTRONIQUE, Dp.DATE_DE_NAISSANCE, Dp.NIR

AVEC: tuple[tuple[str, frozenset[Dp]], ...] = tuple(
    (texte, frozenset(donnees))
    for texte, *donnees in (
        ("Joindre la médiatrice au 06 12 34 56 78 avant 17 h", T),
        ("Tél. : 01.39.25.40.12, demander l’accueil", T),
        ("Rappeler +33 (0)6 98 76 54 32 pour la liste", T),
        ("Permanence : 0612345678 (portable du service)", T),
        ("Standard 04\u00a091\u00a055\u00a010\u00a020 ou sur place", T),
        ("Antenne de Saint-Denis : 0262 41 23 45", T),
        ("Référent en Guadeloupe, +590 690 12 34 56", T),
        ("La famille a laissé un numéro : 6 12 34 56 78", T),
        ("Écrire à lea.martin@exemple.fr pour s’inscrire", C),
        ("Contact : mission-locale93 (at) exemple.org", C),
        ("Inscription : prenom.nom@college-jean-moulin.ac-creteil.fr ; 12 places", C),
        ("Le jeune, né le 14/03/2009, est suivi par la PJJ", N),
        ("Bénéficiaire née à Lyon le 2 mai 2011, 3e rendez-vous", N),
        ("K. B., date de naissance : 07-11-2008", N),
        ("DDN 23.06.2010, dossier transmis à la MDA", N),
        ("Participant M. D. (12/04/1987), sorti vers l’emploi", N),
        ("NIR 2 69 05 49 588 157 80 fourni à l’inscription", S),
        ("N° de sécurité sociale 185052A00600319 au dossier", S),
        ("Assuré 1 85 05 78 006 084, en attente de la clé", S),
        ("Mère joignable au 07-55-44-33-22, fils né le 1er février 2012", T, N),
    )
)
"""Each with all that it contains."""

SANS: tuple[str, ...] = (
    "Convention n° 2024-0612345678, signée par la CAF",
    "Convention 93-2025-0417 entre la Ville et le bailleur",
    "QN09301M et QN09302M, comptés une seule fois",
    "QP093028, ancien périmètre de 2015",
    "Siret 18009202500014, subvention versée en mars",
    "Siret 180 092 025 00014 de l’association",
    "Siren 775 672 272, siège hors du quartier",
    "12 500 € sur 25 000 € demandés, soit 50 %",
    "Budget total de 1 234 567,50 € sur trois ans",
    "Réunion du 12/03/2026 avec les bailleurs",
    "Comité du 3 novembre 2026, puis du 12 janvier 2027",
    "Instances tenues les 06/01/2026, 03/02/2026 et 10/03/2026",
    "Ouvert de 9h00 à 12h30 et de 14h00 à 17h30 ; 6 jours sur 7",
    "Lundi 09:00-12:00, mardi 14:00-18:00, samedi 10:00-13:00",
    "Le conseil ne se réunira pas le 12 mai 2026",
    "On ne le saura que le 15/06/2026",
    "Jeunes nés en 2008 et 2009, compte tenu par la mission locale",
    "24 jeunes de 16 à 25 ans, dont 11 résidents du quartier",
    "Loi du 1er juillet 1901, association déclarée en préfecture",
    "Ordonnance n° 45-174 du 2 février 1945",
    "Décret n° 2024-17 du 9 janvier 2024, article 3",
    "Bâtiment livré le 14 juin 1974, réhabilité en 2022",
    "Plan validé en comité de pilotage, avenant n° 2",
    "Adresse : 12 rue des Quatre-Vents, 93200 Saint-Denis",
    "Lot 06-12, bâtiment 34, porte 56, parcelle AB 78",
    "Parcelles 0123, 0124, 0125 et 0126 de la section BK",
    "Communes 93066, 93001 et 93008 ; départements 01, 02, 03, 04, 05",
    "Ligne 14 : de 05h30 à 01h15, une rame toutes les 2 min",
    "Total 2024 : 1 412 ; 2025 : 1 530 ; 2026 : 1 608",
    "Chantier du 01/02/2026 au 30/06/2026, 14 postes",
    "Numérateur 34, dénominateur 120, source Pôle emploi",
    "Marché n° 2026/0045-02, lot 3, notifié le 04.05.2026",
    "Suivre @VilleDeSaintDenis pour les dates de la caravane",
    "Tarif 2,50 € ; 10 séances à 18 € ; gratuit avant 12 ans",
    "Stand tenu au 3, place du 8 Mai 1945, face au collège",
    "Latitude 48.936180, longitude 2.357443",
    "RNA W931004567, agrément JEP 2023-118",
    "Point d’accueil des naissances ouvert le 12/03/2026",
    "IBAN demandé au trésorier, facture F-2026-00123456",
    "Arrêté 2026-02-17-00004 du 17 février 2026",
)
