"""The ten states of an indicateur, the label of an engagement, and their words, written once."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Statut(StrEnum):
    """States of domaine.md 4.1; `donnees_insuffisantes` is a label of engagement only."""

    SANS_OBJET = "sans_objet"
    NON_RENSEIGNE = "non_renseigne"
    PERIME = "perime"
    SANS_CIBLE = "sans_cible"
    NON_ENGAGE = "non_engage"
    EN_RETARD = "en_retard"
    A_SURVEILLER = "a_surveiller"
    EN_BONNE_VOIE = "en_bonne_voie"
    ATTEINT = "atteint"
    ECHU_NON_ATTEINT = "echu_non_atteint"
    DONNEES_INSUFFISANTES = "donnees_insuffisantes"


LIBELLES: Mapping[Statut, str] = {
    Statut.ATTEINT: "Atteint",
    Statut.EN_BONNE_VOIE: "En bonne voie",
    Statut.A_SURVEILLER: "À surveiller",
    Statut.NON_ENGAGE: "Non engagé",
    Statut.EN_RETARD: "En retard",
    Statut.ECHU_NON_ATTEINT: "Échu, non atteint",
    Statut.SANS_CIBLE: "Sans cible",
    Statut.PERIME: "Périmé",
    Statut.NON_RENSEIGNE: "Non renseigné",
    Statut.SANS_OBJET: "Sans objet",
    Statut.DONNEES_INSUFFISANTES: "Données insuffisantes",
}

INCONNUS = frozenset({Statut.NON_RENSEIGNE, Statut.PERIME})
JUGES = frozenset(
    {
        Statut.ATTEINT,
        Statut.EN_BONNE_VOIE,
        Statut.A_SURVEILLER,
        Statut.NON_ENGAGE,
        Statut.EN_RETARD,
        Statut.ECHU_NON_ATTEINT,
    }
)

# From the least to the most favourable, when a quartier meets several territoires (lecture L-29).
DU_MOINS_FAVORABLE: tuple[Statut, ...] = (
    Statut.ECHU_NON_ATTEINT,
    Statut.EN_RETARD,
    Statut.NON_ENGAGE,
    Statut.A_SURVEILLER,
    Statut.NON_RENSEIGNE,
    Statut.PERIME,
    Statut.SANS_CIBLE,
    Statut.EN_BONNE_VOIE,
    Statut.ATTEINT,
    Statut.SANS_OBJET,
)

# The four families of a page, in the order of legends (domaine.md 4.6).
FAMILLES: tuple[tuple[str, tuple[Statut, ...]], ...] = (
    ("Acquis ou en chemin", (Statut.ATTEINT, Statut.EN_BONNE_VOIE)),
    (
        "À faire avancer",
        (Statut.A_SURVEILLER, Statut.NON_ENGAGE, Statut.EN_RETARD, Statut.ECHU_NON_ATTEINT),
    ),
    ("On ne peut pas encore dire", (Statut.SANS_CIBLE, Statut.PERIME, Statut.NON_RENSEIGNE)),
    ("Hors champ", (Statut.SANS_OBJET,)),
)


class Drapeau(StrEnum):
    """Words that qualify a statut."""

    TARDIF = "tardif"
    CONFIRME = "confirme"
    HERITE = "herite"
    A_PROXIMITE = "a_proximite"
    PERDU = "perdu"
    BASE_INCONNUE = "base_inconnue"
    SANS_ECHEANCE = "sans_echeance"
    PERIODE_PRECEDENTE = "periode_precedente"
    REDATE = "redate"
    AU_MOINS = "au_moins"
    CALENDRIER_INCONNU = "calendrier_inconnu"
    PORTE_PAR_LA_NATION = "porte_par_la_nation"
    DESACCORD = "desaccord"
    REGISTRE_INCOMPLET = "registre_incomplet"
    CONTESTE = "conteste"
    SECRET = "secret"  # noqa: S105 -- a word, that nobody signs in with


LIBELLES_DRAPEAUX: Mapping[Drapeau, str] = {
    Drapeau.TARDIF: "tardif",
    Drapeau.CONFIRME: "confirmé",
    Drapeau.HERITE: "hérité",
    Drapeau.A_PROXIMITE: "à proximité",
    Drapeau.PERDU: "perdu",
    Drapeau.BASE_INCONNUE: "base inconnue",
    Drapeau.SANS_ECHEANCE: "sans échéance",
    Drapeau.PERIODE_PRECEDENTE: "période précédente",
    Drapeau.REDATE: "redaté",
    Drapeau.AU_MOINS: "au moins",
    Drapeau.CALENDRIER_INCONNU: "calendrier inconnu",
    Drapeau.PORTE_PAR_LA_NATION: "porté par la nation",
    Drapeau.DESACCORD: "désaccord entre sources",
    Drapeau.REGISTRE_INCOMPLET: "registre incomplet",
    Drapeau.CONTESTE: "contesté",
    Drapeau.SECRET: "nombre gardé secret",
}
