"""The files of a COG folder: what each is, by the names of its producer, and the tables of those that count."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatch

from quartiers.core.anomalie import Anomalie, DonneesRefusees
from quartiers.sources.lecture import read_table
from quartiers.sources.table import Colonnes, Table

COLONNES_COMMUNES = ("TYPECOM", "COM", "REG", "DEP", "LIBELLE", "COMPARENT")
_DONNEES = (".csv", ".xlsx", ".ods", ".xls", ".txt")
_ANNEE = "[0-9][0-9][0-9][0-9]"
# What each file is called (here, and at its producer), and the columns it must have.
_FICHIERS: Mapping[str, tuple[tuple[str, ...], bool, Colonnes]] = {
    "regions": (("regions*.csv", "v_region_*.csv"), True, Colonnes(("REG", "LIBELLE"), ("CHEFLIEU", "TNCC", "NCC", "NCCENR"))),
    "departements": (("departements*.csv", "v_departement_*.csv"), True, Colonnes(("DEP", "REG", "LIBELLE"), ("CHEFLIEU", "TNCC", "NCC", "NCCENR"))),
    "communes": (("communes*.csv", f"v_commune_{_ANNEE}.csv"), True, Colonnes(COLONNES_COMMUNES, ("CTCD", "ARR", "TNCC", "NCC", "NCCENR", "CAN"))),
    "epci": (("epcicom*.xlsx", "epcicom*.csv"), True, Colonnes(("siren", "raison_sociale", "insee"), ("dept", "nature_juridique", "mode_financ", "nb_membres", "total_pop_tot", "total_pop_mun", "dep_com", "siren_membre", "nom_membre", "ptot_2024", "pmun_2024"))),
    "ept": (("ept*.xlsx", "ept*.csv"), False, Colonnes(("CODGEO", "EPT", "LIBEPT"), ("LIBGEO", "DEP", "REG"))),
    "collectivites": (("collectivites-outremer*.csv",), False, Colonnes(("code_commune", "nom_commune", "code_collectivite", "nom_collectivite"), ("code_postal", "population"))),
    "comer": ((f"v_comer_{_ANNEE}.csv",), False, Colonnes(("COMER", "LIBELLE"), ("TNCC", "NCC", "NCCENR"))),
    "communes_comer": ((f"v_commune_comer_{_ANNEE}.csv",), False, Colonnes(("COM_COMER", "LIBELLE", "COMER", "LIBELLE_COMER"), ("TNCC", "NCC", "NCCENR", "NATURE_ZONAGE"))),
    "arrondissements": (("arrondissements*.csv", "v_arrondissement_*.csv"), False, Colonnes(("ARR", "DEP", "LIBELLE"), ("REG", "CHEFLIEU", "TNCC", "NCC", "NCCENR"))),
    "mouvements": (("mouvements-communes*.csv", "v_mvt_commune_*.csv", "v_mvtcommune_*.csv"), False, Colonnes(("MOD", "DATE_EFF", "TYPECOM_AV", "COM_AV", "TYPECOM_AP", "COM_AP"), ("TNCC_AV", "NCC_AV", "NCCENR_AV", "LIBELLE_AV", "TNCC_AP", "NCC_AP", "NCCENR_AP", "LIBELLE_AP"), vide_admise=True)),
}  # fmt: skip


def get_role(nom: str) -> str | None:
    """What a file holds, None when it is none of those that are read."""
    return next(
        (
            role
            for role, (motifs, _, _) in _FICHIERS.items()
            if any(fnmatch(nom.lower(), m) for m in motifs)
        ),
        None,
    )


def is_autre(nom: str) -> bool:
    """A file of data that holds no territoire of today: a history, cantons, countries."""
    return get_role(nom) is None and nom.lower().endswith(_DONNEES)


def read_tables(fichiers: Mapping[str, bytes]) -> tuple[dict[str, Table], list[Anomalie]]:
    """The tables by what they hold, and the reasons to refuse: a file that is absent, twice there or unreadable."""
    tables: dict[str, Table] = {}
    refus: list[Anomalie] = []
    for nom in sorted(fichiers):
        role = get_role(nom)
        if role is None:
            continue
        if role in tables:
            refus.append(
                Anomalie(
                    nom, None, None, f"deuxième fichier de {role}, après {tables[role].fichier}"
                )
            )
            continue
        try:
            tables[role] = read_table(fichiers[nom], nom, _FICHIERS[role][2])
        except DonneesRefusees as erreur:
            refus.extend(erreur.anomalies)
    lus = {get_role(nom) for nom in fichiers}
    for role, (motifs, obligatoire, _) in _FICHIERS.items():
        if obligatoire and role not in lus:
            refus.append(
                Anomalie(motifs[0].replace("*", ""), None, None, "fichier absent du dossier du COG")
            )
    return tables, refus
