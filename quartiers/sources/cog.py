"""Code officiel géographique (Insee), with the EPCI and EPT that group communes: a folder of files.

Only `COM` rows are communes: a commune code is not unique in the file, associated and delegated communes
(`COMA`, `COMD`) reuse it. Those, the arrondissements (`ARM`) and the codes that ceased to exist are kept as
old codes that fold to a present commune, and never deleted. Parents follow `core.territoire`: a commune names
its EPT before the métropole, then its département. An EPCI has no parent: it may straddle départements.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from quartiers.core.anomalie import Anomalie, Carnet, DonneesRefusees, Rapport
from quartiers.core.territoire import Genre, Territoire
from quartiers.sources.code import parse_commune, parse_departement, parse_siren
from quartiers.sources.lecture import read_table
from quartiers.sources.libelle import check_nom, get_colonne
from quartiers.sources.octets import read_octets, refusal
from quartiers.sources.passage import follow_mouvements
from quartiers.sources.table import Colonnes, Ligne, Table

CODE = "cog"
PRODUCTEUR = "Insee, DGCL"
LIBELLE = "Code officiel géographique, EPCI et EPT"
LICENCE = "Licence Ouverte"
COLONNES = ("TYPECOM", "COM", "REG", "DEP", "LIBELLE", "COMPARENT")
EXHAUSTIVE = True
PART_ECARTEE_MAX = 0.01

NATION = Territoire("FR", "France", Genre.NATION)

# What each file is called (here, and at its producer), and the columns it must have.
_FICHIERS: Mapping[str, tuple[tuple[str, ...], bool, Colonnes]] = {
    "regions": (("regions*.csv", "v_region_*.csv"), True, Colonnes(("REG", "LIBELLE"), ("CHEFLIEU", "TNCC", "NCC", "NCCENR"))),
    "departements": (("departements*.csv", "v_departement_*.csv"), True, Colonnes(("DEP", "REG", "LIBELLE"), ("CHEFLIEU", "TNCC", "NCC", "NCCENR"))),
    "communes": (("communes*.csv", "v_commune_*.csv"), True, Colonnes(COLONNES, ("CTCD", "ARR", "TNCC", "NCC", "NCCENR", "CAN"))),
    "epci": (("epcicom*.xlsx", "epcicom*.csv"), True, Colonnes(("siren", "raison_sociale", "insee"), ("dept", "nature_juridique", "mode_financ", "nb_membres", "total_pop_tot", "total_pop_mun", "dep_com", "siren_membre", "nom_membre", "ptot_2024", "pmun_2024"))),
    "ept": (("ept*.xlsx", "ept*.csv"), False, Colonnes(("CODGEO", "EPT", "LIBEPT"), ("LIBGEO", "DEP", "REG"))),
    "collectivites": (("collectivites-outremer*.csv",), False, Colonnes(("code_commune", "nom_commune", "code_collectivite", "nom_collectivite"), ("code_postal", "population"))),
    "arrondissements": (("arrondissements*.csv", "v_arrondissement_*.csv"), False, Colonnes(("ARR", "DEP", "LIBELLE"), ("REG", "CHEFLIEU", "TNCC", "NCC", "NCCENR"))),
    "mouvements": (("mouvements-communes*.csv", "v_mvt_commune_*.csv", "v_mvtcommune_*.csv"), False, Colonnes(("MOD", "DATE_EFF", "TYPECOM_AV", "COM_AV", "TYPECOM_AP", "COM_AP"), ("TNCC_AV", "NCC_AV", "NCCENR_AV", "LIBELLE_AV", "TNCC_AP", "NCC_AP", "NCCENR_AP", "LIBELLE_AP"))),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Arrondissement:
    """An arrondissement of a sous-préfecture (not of a city); `code` as Insee writes it, `132`."""

    code: str
    nom: str
    departement: str
    ligne: int


@dataclass(frozen=True, slots=True)
class Cog:
    """All of a COG.

    `territoires`: FR, régions, départements, collectivités, EPCI (EPT included), communes, in that order.
    `anciens`: old commune code → present commune code, both without prefix. `arrondissement_de`: commune code →
    arrondissement code. `places`: territoire code → (file, line) it was read at. `rapports`: one per file.
    """

    territoires: tuple[Territoire, ...]
    anciens: Mapping[str, str]
    arrondissements: tuple[Arrondissement, ...]
    arrondissement_de: Mapping[str, str]
    places: Mapping[str, tuple[str, int]]
    rapports: tuple[Rapport, ...]
    empreinte: str

    def fold_commune(self, code: str) -> str | None:
        """The present commune of a code, itself when it is one, None when nobody knows it."""
        return code if f"COM-{code}" in self.places else self.anciens.get(code)


@dataclass(slots=True)
class _Chantier:
    """What is gathered while the files are read, in order."""

    territoires: dict[str, Territoire] = field(default_factory=dict)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    anciens: dict[str, str] = field(default_factory=dict)
    arrondissements: list[Arrondissement] = field(default_factory=list)
    arrondissement_de: dict[str, str] = field(default_factory=dict)
    epci_de: dict[str, list[str]] = field(default_factory=dict)
    rapports: list[Rapport] = field(default_factory=list)

    def add(self, territoire: Territoire, ligne: int, carnet: Carnet, colonne: str) -> None:
        """Keep a territoire; the same code twice refuses the file."""
        if territoire.code in self.territoires:
            fichier, premiere = self.places[territoire.code]
            carnet.refuse(
                ligne, colonne, f"{territoire.code} déjà lu ({fichier}, ligne {premiere})"
            )
            return
        self.territoires[territoire.code] = territoire
        self.places[territoire.code] = (carnet.fichier, ligne)


def read(chemin: Path) -> Cog:
    """The COG of a folder."""
    if not chemin.is_dir():
        raise refusal(chemin.name, "le COG se lit depuis le dossier de ses fichiers")
    return parse({f.name: read_octets(f) for f in sorted(chemin.iterdir()) if _get_role(f.name)})


def _get_role(nom: str) -> str | None:
    return next(
        (
            role
            for role, (motifs, _, _) in _FICHIERS.items()
            if any(fnmatch(nom.lower(), m) for m in motifs)
        ),
        None,
    )


def parse(fichiers: Mapping[str, bytes]) -> Cog:
    """The COG of its files by name; all the refusals of all the files are listed together."""
    tables, refus = _read_tables(fichiers)
    if refus:
        raise DonneesRefusees(refus)
    chantier = _Chantier()
    chantier.territoires[NATION.code] = NATION
    etapes: tuple[tuple[str, Callable[[Ligne, _Chantier, Carnet], bool]], ...] = (
        ("regions", _add_region),
        ("departements", _add_departement),
        ("collectivites", _add_collectivite),
        ("ept", _add_ept),
        ("epci", _add_epci),
        ("communes", _add_commune),
        ("collectivites", _add_commune_outremer),
        ("arrondissements", _add_arrondissement),
    )
    for role, etape in etapes:
        if role in tables:
            _run_step(tables[role], etape, chantier)
    if "mouvements" in tables:
        _add_mouvements(tables["mouvements"], chantier)
    _check_members(chantier)
    somme = hashlib.sha256()
    for nom in sorted(fichiers):
        somme.update(hashlib.sha256(fichiers[nom]).digest())
    return Cog(
        territoires=tuple(chantier.territoires.values()),
        anciens=chantier.anciens,
        arrondissements=tuple(chantier.arrondissements),
        arrondissement_de=chantier.arrondissement_de,
        places=chantier.places,
        rapports=tuple(chantier.rapports),
        empreinte=somme.hexdigest(),
    )


def _read_tables(fichiers: Mapping[str, bytes]) -> tuple[dict[str, Table], list[Anomalie]]:
    tables: dict[str, Table] = {}
    refus: list[Anomalie] = []
    for nom in sorted(fichiers):
        role = _get_role(nom)
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
    lus = {_get_role(nom) for nom in fichiers}
    for role, (motifs, obligatoire, _) in _FICHIERS.items():
        if obligatoire and role not in lus:
            refus.append(
                Anomalie(motifs[0].replace("*", ""), None, None, "fichier absent du dossier du COG")
            )
    return tables, refus


def _run_step(
    table: Table, etape: Callable[[Ligne, _Chantier, Carnet], bool], chantier: _Chantier
) -> None:
    """Read every row with one function, which answers whether it kept it; ValueError sets it aside."""
    carnet = Carnet(table.fichier, avis=list(table.avis), reparees=list(table.reparees))
    gardees = 0
    for ligne in table:
        try:
            gardees += etape(ligne, chantier, carnet)
        except ValueError as erreur:
            carnet.set_aside(ligne.numero, get_colonne(erreur), str(erreur))
    chantier.rapports.append(carnet.close(gardees, part_ecartee_max=PART_ECARTEE_MAX))


def _get_known(code: str, chantier: _Chantier) -> str:
    if code not in chantier.territoires:
        raise ValueError(f"{code} inconnu")
    return code


def _read_nom(ligne: Ligne, colonne: str = "LIBELLE") -> str:
    return check_nom(ligne[colonne], colonne)


def _add_region(ligne: Ligne, chantier: _Chantier, carnet: Carnet) -> bool:
    code = ligne["REG"].zfill(2)
    if not (code.isdigit() and len(code) == 2):
        raise ValueError(f"« {ligne['REG']} » n’est pas un code de région")
    territoire = Territoire(f"REG-{code}", _read_nom(ligne), Genre.REGION, (NATION.code,))
    chantier.add(territoire, ligne.numero, carnet, "REG")
    return True


def _add_departement(ligne: Ligne, chantier: _Chantier, carnet: Carnet) -> bool:
    region = _get_known(f"REG-{ligne['REG'].zfill(2)}", chantier)
    code = f"DEP-{parse_departement(ligne['DEP'])}"
    chantier.add(
        Territoire(code, _read_nom(ligne), Genre.DEPARTEMENT, (region,)),
        ligne.numero,
        carnet,
        "DEP",
    )
    return True


def _add_collectivite(ligne: Ligne, chantier: _Chantier, carnet: Carnet) -> bool:
    """The collectivité itself, at its first row (one row per commune)."""
    code = f"DEP-{parse_departement(ligne['code_collectivite'])}"
    if code not in chantier.territoires:
        nom = _read_nom(ligne, "nom_collectivite")
        chantier.add(
            Territoire(code, nom, Genre.COLLECTIVITE, (NATION.code,)),
            ligne.numero,
            carnet,
            "code_collectivite",
        )
    return True


def _add_group(
    siren: str, colonne: str, commune: str, ligne: Ligne, chantier: _Chantier, carnet: Carnet
) -> bool:
    """An EPCI or an EPT at its first row, then the membership of one commune, EPT first."""
    code = f"EPCI-{parse_siren(siren)}"
    commune = parse_commune(commune)
    if code not in chantier.territoires:
        nom = _read_nom(ligne, colonne)
        chantier.add(Territoire(code, nom, Genre.EPCI), ligne.numero, carnet, "siren")
    groupes = chantier.epci_de.setdefault(commune, [])
    if code in groupes:
        carnet.refuse(ligne.numero, None, f"la commune {commune} est deux fois dans {code}")
        return True
    groupes.append(code)
    return True


def _add_ept(ligne: Ligne, chantier: _Chantier, carnet: Carnet) -> bool:
    return _add_group(ligne["EPT"], "LIBEPT", ligne["CODGEO"], ligne, chantier, carnet)


def _add_epci(ligne: Ligne, chantier: _Chantier, carnet: Carnet) -> bool:
    return _add_group(ligne["siren"], "raison_sociale", ligne["insee"], ligne, chantier, carnet)


def _add_commune(ligne: Ligne, chantier: _Chantier, carnet: Carnet) -> bool:
    code = parse_commune(ligne["COM"])
    if ligne["TYPECOM"] != "COM":
        parent = parse_commune(ligne["COMPARENT"])
        if parent != code:
            chantier.anciens[code] = parent
        return True
    departement = _get_known(f"DEP-{parse_departement(ligne['DEP'])}", chantier)
    parents = (*chantier.epci_de.get(code, ()), departement)
    chantier.add(
        Territoire(f"COM-{code}", _read_nom(ligne), Genre.COMMUNE, parents),
        ligne.numero,
        carnet,
        "COM",
    )
    if ligne["ARR"]:
        chantier.arrondissement_de[code] = ligne["ARR"]
    return True


def _add_commune_outremer(ligne: Ligne, chantier: _Chantier, carnet: Carnet) -> bool:
    code = parse_commune(ligne["code_commune"])
    parents = (
        *chantier.epci_de.get(code, ()),
        f"DEP-{parse_departement(ligne['code_collectivite'])}",
    )
    chantier.add(
        Territoire(f"COM-{code}", _read_nom(ligne, "nom_commune"), Genre.COMMUNE, parents),
        ligne.numero,
        carnet,
        "code_commune",
    )
    return True


def _add_arrondissement(ligne: Ligne, chantier: _Chantier, _: Carnet) -> bool:
    departement = parse_departement(ligne["DEP"])
    chantier.arrondissements.append(
        Arrondissement(ligne["ARR"], _read_nom(ligne), departement, ligne.numero)
    )
    return True


def _add_mouvements(table: Table, chantier: _Chantier) -> None:
    """Codes that ceased to exist, followed to the commune of today when there is only one."""
    presentes = {code[4:] for code in chantier.places if code.startswith("COM-")}
    connus = presentes | set(chantier.anciens)
    for ancien, present in follow_mouvements(table, presentes).items():
        if ancien not in connus:
            chantier.anciens[ancien] = present
    chantier.rapports.append(
        Rapport(table.fichier, len(table), len(table), reparees=table.reparees, avis=table.avis)
    )


def _check_members(chantier: _Chantier) -> None:
    """An old code that leads nowhere, or a member of an EPCI that is no commune, means mismatched millésimes."""
    manquantes = [code for code in chantier.epci_de if f"COM-{code}" not in chantier.places]
    perdus = [
        code for code, parent in chantier.anciens.items() if f"COM-{parent}" not in chantier.places
    ]
    if len(manquantes) + len(perdus) > PART_ECARTEE_MAX * len(chantier.places):
        raise refusal(
            "epcicom",
            f"{len(manquantes)} communes membres absentes du COG : millésimes différents ?",
        )
    for code in perdus:
        del chantier.anciens[code]
    carnet = Carnet("cog")
    for code in sorted(manquantes):
        carnet.set_aside(
            None,
            "insee",
            f"la commune {code}, membre de {chantier.epci_de[code][0]}, n’est pas au COG",
        )
    sans = [
        t.code
        for t in chantier.territoires.values()
        if t.genre is Genre.COMMUNE and len(t.parents) == 1 and t.code[4:6] not in {"97", "98"}
    ]
    if sans:
        carnet.notice(
            None, None, f"{len(sans)} communes sans EPCI : {', '.join(sorted(sans)[:10])}"
        )
    chantier.rapports.append(
        Rapport("cog", len(manquantes), 0, tuple(carnet.ecartees), (), tuple(carnet.avis))
    )
