"""Code officiel géographique (Insee), with the EPCI and EPT that group communes: a folder of files.

Only `COM` rows are communes: a commune code is not unique in the file, associated and delegated communes
(`COMA`, `COMD`) reuse it. Those, the arrondissements (`ARM`) and the codes that ceased to exist are kept as
old codes that fold to a present commune, and never deleted. Parents follow `core.territoire`: a commune names
its EPT before the métropole, then its département. An EPCI has no parent: it may straddle départements.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from quartiers.core.anomalie import Anomalie, Carnet, DonneesRefusees, Rapport
from quartiers.core.territoire import NATION, Genre, Territoire
from quartiers.sources.code import parse_commune, parse_departement, parse_siren
from quartiers.sources.cog_fichiers import COLONNES_COMMUNES, get_role, is_autre, read_tables
from quartiers.sources.libelle import check_nom, get_colonne
from quartiers.sources.octets import read_octets, refusal
from quartiers.sources.passage import follow_mouvements
from quartiers.sources.table import Ligne, Table

CODE = "cog"
PRODUCTEUR = "Insee, DGCL"
LIBELLE = "Code officiel géographique, EPCI et EPT"
LICENCE = "Licence Ouverte"
COLONNES = COLONNES_COMMUNES
EXHAUSTIVE = True
PART_ECARTEE_MAX = 0.01

FRANCE = Territoire(NATION, "France", Genre.NATION)


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
    `anciens`: old commune code → present commune code, both without prefix; `noms_anciens`: the name each had.
    `arrondissement_de`: commune code → arrondissement code. `places`: territoire code → (file, line) it was read at. `rapports`: one per file.
    """

    territoires: tuple[Territoire, ...]
    anciens: Mapping[str, str]
    noms_anciens: Mapping[str, str]
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
    noms_anciens: dict[str, str] = field(default_factory=dict)
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
    noms = sorted(f.name for f in chemin.iterdir() if f.is_file())
    fichiers = {nom: read_octets(chemin / nom) for nom in noms if get_role(nom)}
    return parse(fichiers, [nom for nom in noms if is_autre(nom)])


def parse(fichiers: Mapping[str, bytes], autres: Sequence[str] = ()) -> Cog:
    """The COG of its files by name; all the refusals of all the files are listed together.

    `autres`: names of the other files of the folder, left aside and told so.
    """
    tables, refus = read_tables(fichiers)
    if refus:
        raise DonneesRefusees(refus)
    chantier = _Chantier()
    chantier.territoires[NATION] = FRANCE
    etapes: tuple[tuple[str, Callable[[Ligne, _Chantier, Carnet], bool]], ...] = (
        ("regions", _add_region),
        ("departements", _add_departement),
        ("collectivites", _add_collectivite),
        ("comer", _add_comer),
        ("communes_comer", _add_comer_of_commune),
        ("ept", _add_ept),
        ("epci", _add_epci),
        ("communes", _add_commune),
        ("collectivites", _add_commune_outremer),
        ("communes_comer", _add_commune_comer),
        ("arrondissements", _add_arrondissement),
    )
    for role, etape in etapes:
        if role in tables:
            _run_step(tables[role], etape, chantier)
    if "mouvements" in tables:
        _add_mouvements(tables["mouvements"], chantier)
    chantier.rapports.append(_tell_autres(autres))
    _check_members(chantier)
    somme = hashlib.sha256()
    for nom in sorted(fichiers):
        somme.update(hashlib.sha256(fichiers[nom]).digest())
    return Cog(
        territoires=tuple(chantier.territoires.values()),
        anciens=chantier.anciens,
        noms_anciens={c: n for c, n in chantier.noms_anciens.items() if c in chantier.anciens},
        arrondissements=tuple(chantier.arrondissements),
        arrondissement_de=chantier.arrondissement_de,
        places=chantier.places,
        rapports=tuple(chantier.rapports),
        empreinte=somme.hexdigest(),
    )


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


def _read_nom_ancien(texte: str) -> str:
    """A name that only serves to find: nothing is refused for it."""
    try:
        return check_nom(texte, "LIBELLE")
    except ValueError:
        return ""


def _add_region(ligne: Ligne, chantier: _Chantier, carnet: Carnet) -> bool:
    code = ligne["REG"].zfill(2)
    if not (code.isdigit() and len(code) == 2):
        raise ValueError(f"« {ligne['REG']} » n’est pas un code de région")
    territoire = Territoire(f"REG-{code}", _read_nom(ligne), Genre.REGION, (NATION,))
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
    return _add_outremer("code_collectivite", "nom_collectivite", ligne, chantier, carnet)


def _add_comer(ligne: Ligne, chantier: _Chantier, carnet: Carnet) -> bool:
    return _add_outremer("COMER", "LIBELLE", ligne, chantier, carnet)


def _add_comer_of_commune(ligne: Ligne, chantier: _Chantier, carnet: Carnet) -> bool:
    """A collectivité that only its communes name: the file of the collectivités may be missing."""
    return _add_outremer("COMER", "LIBELLE_COMER", ligne, chantier, carnet)


def _add_outremer(
    colonne: str, colonne_nom: str, ligne: Ligne, chantier: _Chantier, carnet: Carnet
) -> bool:
    code = f"DEP-{parse_departement(ligne[colonne])}"
    if code not in chantier.territoires:
        nom = _read_nom(ligne, colonne_nom)
        territoire = Territoire(code, nom, Genre.COLLECTIVITE, (NATION,))
        chantier.add(territoire, ligne.numero, carnet, colonne)
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
            chantier.noms_anciens[code] = _read_nom_ancien(ligne["LIBELLE"])
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
    colonnes = ("code_commune", "nom_commune", "code_collectivite")
    return _add_commune_of(colonnes, ligne, chantier, carnet)


def _add_commune_comer(ligne: Ligne, chantier: _Chantier, carnet: Carnet) -> bool:
    return _add_commune_of(("COM_COMER", "LIBELLE", "COMER"), ligne, chantier, carnet)


def _add_commune_of(
    colonnes: tuple[str, str, str], ligne: Ligne, chantier: _Chantier, carnet: Carnet
) -> bool:
    """A commune of a collectivité: the columns of its code, its name, its collectivité."""
    colonne, nom, collectivite = colonnes
    code = parse_commune(ligne[colonne])
    parents = (
        *chantier.epci_de.get(code, ()),
        f"DEP-{parse_departement(ligne[collectivite])}",
    )
    chantier.add(
        Territoire(f"COM-{code}", _read_nom(ligne, nom), Genre.COMMUNE, parents),
        ligne.numero,
        carnet,
        colonne,
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
    if "LIBELLE_AV" in table.colonnes:
        for ligne in sorted(table, key=lambda ligne: ligne["DATE_EFF"]):
            if ligne["TYPECOM_AV"] == "COM" and ligne["COM_AV"] not in connus:
                chantier.noms_anciens[ligne["COM_AV"]] = _read_nom_ancien(ligne["LIBELLE_AV"])
    chantier.rapports.append(
        Rapport(table.fichier, len(table), len(table), reparees=table.reparees, avis=table.avis)
    )


def _tell_autres(autres: Sequence[str]) -> Rapport:
    """The files of the folder that hold no territoire of today (histories, cantons, countries)."""
    avis = [
        Anomalie(nom, None, None, "laissé de côté, sans effet sur les territoires")
        for nom in autres
    ]
    return Rapport("cog", 0, 0, avis=tuple(avis))


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
