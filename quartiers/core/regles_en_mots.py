"""What each statut means, in one sentence; written once for the pages, the exports and docs/regles.md (domaine.md 4.1)."""

from __future__ import annotations

from collections.abc import Mapping

from quartiers.core.statut import Statut

# In the order of evaluation: the first that holds is the answer, save that what was lost is « en retard » at once.
REGLES_DES_STATUTS: Mapping[Statut, str] = {
    Statut.SANS_OBJET: "Un motif validé dit que l’action ne concerne pas le quartier. Il vaut douze mois, puis se renouvelle.",
    Statut.NON_RENSEIGNE: "Aucune valeur utilisable, et aucune liste officielle complète ne prouve l’absence. Ce n’est pas un zéro.",
    Statut.PERIME: (
        "La dernière valeur est trop vieille\u00a0: 45 jours pour un relevé mensuel, 120 pour un trimestriel, "
        "240 pour un semestriel, 450 pour un annuel, 45 après la fin des vacances. Le dernier état reste montré."
    ),
    Statut.SANS_CIBLE: "Une valeur est connue, mais aucune cible n’est fixée par l’annexe ni par le plan.",
    Statut.ATTEINT: "La cible est atteinte. «\u00a0Tardif\u00a0» quand elle l’a été après l’échéance.",
    Statut.ECHU_NON_ATTEINT: "L’échéance est passée et la cible n’est pas atteinte. La part du chemin parcouru est dite.",
    Statut.NON_ENGAGE: "La valeur est zéro, ou l’absence est prouvée, et l’échéance n’est pas passée.",
    Statut.EN_RETARD: (
        "Une présence ou une étape atteinte a été perdue, quelle que soit l’échéance\u00a0; ou moins de 60\u202f% "
        "de l’avancement attendu à la date du relevé\u00a0; ou un recul sur le point de départ\u00a0; ou une étape "
        "prévue depuis plus de 30 jours."
    ),
    Statut.A_SURVEILLER: (
        "De 60\u202f% à moins de 90\u202f% de l’avancement attendu\u00a0; ou une étape en retard de 1 à 30 "
        "jours\u00a0; ou un service à proximité seulement, entre sa portée et 1\u202f000 m\u00a0; ou pas de quoi tracer "
        "une trajectoire."
    ),
    Statut.EN_BONNE_VOIE: "Au moins 90\u202f% de l’avancement attendu, ou moins de 10\u202f% du temps écoulé sans recul.",
}
