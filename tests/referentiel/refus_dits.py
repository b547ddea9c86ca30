"""What the tables of refusals share: the files of the small programme, and what is known of a derivation."""

from __future__ import annotations

P, S, J, C = "programme.toml", "axe-1-services.toml", "axe-2-jeunesse.toml", "axe-3-conduite.toml"
VOCABULAIRES = (
    "clause, college, decision_appui, domaine, dont, education_prioritaire, etape, etat_decision, "
    "etat_financement, etat_projet, fonction, genre_activite, genre_appui, genre_convention, genre_lieu, "
    "genre_organisme, instance, label, niveau_scolaire, programme_financement, programme_poste, "
    "programme_projet, public, theme, unite_comptee"
)
CLES = "connus : actif_mois, action, clause, en_vigueur, engagement, genre"
COMPTES = (
    "connus : couples_lieu_periode, delai_median, distance_min, distinct, heures_hebdo, jalon, jours, jours_hebdo, "
    "max, periodes, semaines, somme, valeurs_distinctes"
)
CALENDRIERS = (
    "connus : jours_ouvres_vacances_echus, jours_vacances_echus, periodes_vacances_echues, semaines_echues, "
    "semaines_scolaires_echues"
)
LIEUX = 'de = "Lieu", portee_spatiale = "A", compte = "distinct"'
Refus = dict[str, tuple[str, str, str, list[str]]]
"""(file, before, after, expected defects): one line per rule."""
