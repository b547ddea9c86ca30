"""The rows of the table of decisions (domaine 4.7), as tags that a computed cell may carry.

A tag is `ligne/cas`: the evaluator writes it each time the row decided something; comptes.py adds them up.
"""

from typing import Final

# Row of 4.7 -> what must have happened in a cell for the row to be counted.
LIGNES: Final[dict[str, str]] = {
    "limite_de_fraicheur": "âge égal à la limite, ou lendemain",
    "faits_durables": "étape atteinte plus vieille que la limite, acte qui porte sa fin",
    "attestation_de_liste": "objet tenu par une liste, perdu par une liste, absence prouvée",
    "echeance": "jour de l’échéance, ou lendemain",
    "arithmetique_exacte": "valeur égale à la cible, r égal à 0,60 ou à 0,90",
    "base_inconnue": "trajectoire sans base",
    "base_datee": "t0 pris de l’effet, ni date ni effet, valeur d’avant t0",
    "sans_echeance": "cible sans échéance, non atteinte",
    "dix_pour_cent": "moins de 10 % du temps, ou 10 % juste",
    "base_au_dela": "base à hauteur de la cible ou au-delà",
    "zero_sous_la_base": "valeur 0, base au-dessus de 0",
    "presence_partielle": "présence ≥ 2 atteinte en partie",
    "perdu": "présence ou étape atteinte puis perdue, ou reprise",
    "portee": "objet près d’un bord de portée, proche, confirmé ou hors de portée",
    "plusieurs_sources": "deux rangs ou plus ont un état",
    "annee_precedente": "seuil pris du total de la période d’avant",
    "etapes": "une étape jugée",
    "part": "part jugée, valeur seule, dénominateur 0",
    "cible_en_vigueur": "plusieurs lignes, proposition, effet à venir",
    "tardif": "atteint après une échéance passée, redatée ou non",
    "doublement": "doublement avec ou sans base",
    "operateur": "opérateur `=` ou `<=`",
    "stock_ou_flux": "flux daté ou non, d’une période ou de la précédente",
    "national": "relevé propre, somme, quota",
    "territoires_attendus": "quartier cible qui tient un QRR, bornes d’attente, nouvelle version",
    "valeur_remontee": "somme, rapport, objets distincts, médiane, fraîche ou complète",
    "statut_au_dessus": "indicateur du niveau même, ou d’un niveau inférieur",
    "autre_niveau": "hérité, porté par la nation, non montré",
    "couverture": "couverture d’un quartier ou d’un engagement",
    "cause_du_libelle": "libellé d’un engagement",
    "plusieurs_territoires": "quartier sur plusieurs communes ou EPCI, EPT avant métropole",
    "meme_jour": "plusieurs lignes ou plusieurs sources du même jour, correction, retrait",
    "fraicheur_pv": "période de vacances connue ou non",
    "dates_de_connaissance": "fait connu après `connu_le`, ou de ce jour même",
    "sans_objet": "sans objet déclaré, dernier jour ou lendemain",
}

# Cases that a row must have met, beside its total.
CAS_EXIGES: Final = (
    "meme_jour/contredit",
    "meme_jour/accord_de_sources_sans_cle",
    "meme_jour/desaccord_de_sources_sans_cle",
    "meme_jour/desaccord_de_sources_avec_cle",
    "meme_jour/source_autrement_ecrite",
    "meme_jour/retrait_sans_cle",
)

# Rows that no computation meets: they refuse or translate what enters, and are tested where it enters.
HORS_DU_CALCUL: Final[dict[str, str]] = {
    "france_services_fixe": "le format du lieu est lu à l’import ; le monde n’a que des objets et leur distance",
    "niveau_du_releve": "un relevé d’un autre niveau est refusé à l’import",
    "etapes_du_plan": "l’état d’un plan est traduit en étape par la projection des plans",
}
