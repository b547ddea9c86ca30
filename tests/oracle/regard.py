"""What of a world can be seen at (vu_le, connu_le): the facts (L-01 to L-04) and the tree (L-28).

The world is the plain dict described in README.md; nothing here judges.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

Monde = dict[str, Any]
Ligne = dict[str, Any]
Place = tuple[str, str]  # (indicateur, territoire)

GENRES_Q = ("qpv", "qrr", "quartier")
GENRES_D = ("departement", "collectivite")
GENRES_DU_NIVEAU = {
    "Q": GENRES_Q,
    "C": ("commune",),
    "E": ("epci",),
    "D": GENRES_D,
    "R": ("region",),
    "N": ("nation",),
}
NIVEAUX = "QCEDRN"
RANG_LISTE, RANG_RELEVE = 1, 3


def get_connaissance(ligne: Ligne) -> tuple[date, int]:
    """Order of knowledge (L-01)."""
    return ligne["connu_le"], ligne["ordre"]


def is_retrait(ligne: Ligne) -> bool:
    """A line with no value at all withdraws what it names."""
    return all(ligne.get(nom) is None for nom in ("valeur", "numerateur", "jalon"))


APOSTROPHES = "`´ʹʻʼ‘’‛′＇"
TRAITS = "‐‑‒–—―⁃−﹘﹣－"
INVISIBLES = [
    *("\u00ad", "\u034f", "\u061c", "\u180e", "\ufe0e", "\ufe0f", "\ufeff"),
    *map(chr, range(0x200B, 0x2010)),
    *map(chr, range(0x202A, 0x202F)),
    *map(chr, range(0x2060, 0x2065)),
    *map(chr, range(0x2066, 0x2070)),
]
A_PART = ("<super>", "<sub>", "<fraction>", "<circle>", "<square>")


@cache  # the few names of a world are compared thousands of times
def fold_nom(nom: str | None) -> str:
    """L-02: a source or a key as it is compared; no source is a source like another (L-03)."""
    plie = ""
    for signe in spell(spell(nom or "")):
        if signe.isspace():
            plie += "" if plie.endswith(" ") else " "
        elif not unicodedata.combining(signe):
            plie += signe
    return plie.strip(" ")


def spell(texte: str) -> str:
    """Plain signs in the place of those that are only another way to write them (L-42), small, accents apart."""
    ecrit = ""
    for signe in texte:
        if signe in INVISIBLES:
            continue
        if signe in APOSTROPHES:
            ecrit += "'"
        elif signe in TRAITS:
            ecrit += "-"
        elif unicodedata.decomposition(signe).startswith(A_PART):
            ecrit += signe
        else:
            ecrit += unicodedata.normalize("NFKC", signe)
    return unicodedata.normalize("NFD", ecrit.casefold())


def get_identite(ligne: Ligne) -> tuple[Any, ...]:
    """L-02, L-03: by its key at its source; without key by what it speaks of, its day, its source, list or not."""
    source = fold_nom(ligne.get("source"))
    if ligne.get("cle") is not None:
        return source, fold_nom(ligne["cle"])
    de_liste = ligne.get("rang") == RANG_LISTE
    return ligne["indicateur"], ligne["territoire"], ligne["date"], de_liste, source


def list_dernieres_versions(lignes: Iterable[Ligne]) -> list[Ligne]:
    """L-02, L-03: of each line only the last known version stays, and nothing when it is a withdrawal."""
    versions: dict[tuple[Any, ...], Ligne] = {}
    for ligne in sorted(lignes, key=get_connaissance):
        versions[get_identite(ligne)] = ligne
    return [ligne for ligne in versions.values() if not is_retrait(ligne)]


@dataclass(slots=True)
class Regard:
    """A world looked at, with its facts put in drawers by (indicateur, territoire)."""

    monde: Monde
    vu_le: date
    connu_le: date
    indicateurs: dict[str, Ligne] = field(default_factory=dict)
    territoires: dict[str, Ligne] = field(default_factory=dict)
    valeurs: dict[Place, dict[int, list[Ligne]]] = field(default_factory=dict)
    objets: dict[Place, dict[int, list[Ligne]]] = field(default_factory=dict)
    listes: dict[Place, dict[int, list[Ligne]]] = field(default_factory=dict)
    confirmations: dict[tuple[str, str, str], date] = field(default_factory=dict)
    sans_objet: dict[Place, list[Ligne]] = field(default_factory=dict)
    cibles: dict[Place, list[Ligne]] = field(default_factory=dict)
    constats: dict[Place, Any] = field(default_factory=dict)
    marques: Counter[str] = field(default_factory=Counter)
    cellule: set[str] = field(default_factory=set)
    ancetres: dict[str, frozenset[str]] = field(default_factory=dict)
    attendus_q: list[str] | None = None

    def __post_init__(self) -> None:
        self.indicateurs = {i["code"]: i for i in self.monde["indicateurs"]}
        self.territoires = {t["code"]: t for t in self.monde["territoires"]}
        for code, version in read_quartiers(self).items():
            self.territoires[code] = version
        valeurs = [*self.list_connus("releves"), *self.list_connus("valeurs")]
        for ligne in list_dernieres_versions(valeurs):
            add_ligne(self.valeurs, ligne.get("rang", RANG_RELEVE), ligne)
        for ligne in self.list_connus("objets"):
            add_ligne(self.objets, ligne["rang"], ligne)
        for ligne in self.list_connus("listes"):
            add_ligne(self.listes, ligne["rang"], ligne)
        for ligne in self.list_connus("confirmations"):
            cle = (ligne["indicateur"], ligne["territoire"], ligne["objet"])
            self.confirmations[cle] = min(ligne["date"], self.confirmations.get(cle, date.max))
        for nom, tiroirs in (("sans_objet", self.sans_objet), ("cibles", self.cibles)):
            for ligne in self.list_connus(nom):
                tiroirs.setdefault((ligne["indicateur"], ligne["territoire"]), []).append(ligne)

    def list_connus(self, collection: str) -> list[Ligne]:
        """The lines of one collection known at `connu_le`."""
        return [x for x in self.monde.get(collection, ()) if x["connu_le"] <= self.connu_le]

    def marque(self, *etiquettes: str) -> None:
        """Note that a row of 4.7 decided something in the cell at work."""
        self.cellule.update(etiquettes)

    def close_cellule(self) -> None:
        """Add the tags of the cell at work to the counts, each once."""
        self.marques.update(self.cellule)
        self.cellule.clear()


def add_ligne(tiroirs: dict[Place, dict[int, list[Ligne]]], rang: int, ligne: Ligne) -> None:
    """Put a line in its drawer."""
    place = (ligne["indicateur"], ligne["territoire"])
    tiroirs.setdefault(place, {}).setdefault(rang, []).append(ligne)


def read_quartiers(regard: Regard) -> dict[str, Ligne]:
    """The last known version of each quartier cible, as a territory with its parents (L-28)."""
    derniers: dict[str, Ligne] = {}
    for ligne in sorted(regard.list_connus("quartiers"), key=get_connaissance):
        derniers[ligne["code"]] = ligne
    quartiers: dict[str, Ligne] = {}
    for code, ligne in derniers.items():
        parents = []
        for rattache in ligne["rattaches"]:
            for parent in regard.territoires[rattache]["parents"]:
                if regard.territoires[parent]["genre"] == "commune" and parent not in parents:
                    parents.append(parent)
        quartiers[code] = {
            **ligne,
            "genre": "quartier",
            "parents": [*parents, ligne["departement"]],
        }
    return quartiers


def get_genre(regard: Regard, code: str) -> str:
    """Genre of a territory, as a word of formats.md."""
    return str(regard.territoires[code]["genre"])


def is_quartier(regard: Regard, code: str) -> bool:
    """A QPV, a QRR or a quartier cible: a single territory."""
    return get_genre(regard, code) in GENRES_Q


def get_niveau(regard: Regard, code: str) -> str:
    """Letter of the level of a territory."""
    genre = get_genre(regard, code)
    return next(niveau for niveau, genres in GENRES_DU_NIVEAU.items() if genre in genres)


def list_ancetres(regard: Regard, code: str) -> frozenset[str]:
    """The territory and all that contain it."""
    if code not in regard.ancetres:
        trouves = {code}
        for parent in regard.territoires[code]["parents"]:
            trouves |= list_ancetres(regard, parent)
        regard.ancetres[code] = frozenset(trouves)
    return regard.ancetres[code]


def list_communes(regard: Regard, code: str) -> list[str]:
    """Communes of a quartier."""
    parents = regard.territoires[code]["parents"]
    return [p for p in parents if get_genre(regard, p) == "commune"]


def get_epci(regard: Regard, commune: str) -> str | None:
    """L-28: the EPCI of a commune is its first parent of that kind (the EPT before the métropole)."""
    for parent in regard.territoires[commune]["parents"]:
        if get_genre(regard, parent) == "epci":
            return str(parent)
    return None


def get_departement(regard: Regard, code: str) -> str | None:
    """The département (or collectivité) of a quartier, of a commune, or itself."""
    if get_genre(regard, code) in GENRES_D:
        return code
    for parent in regard.territoires[code]["parents"]:
        if get_genre(regard, parent) in GENRES_D:
            return str(parent)
    return None


def list_porteurs(regard: Regard, quartier: str, niveau: str) -> list[str]:
    """Territories of a level that hold this quartier (L-28, L-29), sorted by code."""
    communes = list_communes(regard, quartier)
    if niveau == "C":
        return sorted(communes)
    if niveau == "E":
        return sorted({e for c in communes if (e := get_epci(regard, c)) is not None})
    departement = get_departement(regard, quartier)
    if niveau == "D":
        return [departement] if departement else []
    genre = {"R": "region", "N": "nation"}[niveau]
    return sorted(a for a in list_ancetres(regard, quartier) if get_genre(regard, a) == genre)


def is_attendu(regard: Regard, quartier: Ligne) -> bool:
    """`vu_le` stands between the two bounds of expectation of a quartier cible, both included."""
    debut, fin = quartier["attendu_du"], quartier["attendu_au"]
    return (debut is None or debut <= regard.vu_le) and (fin is None or regard.vu_le <= fin)


def list_attendus_q(regard: Regard) -> list[str]:
    """L-28: the expected quartiers cibles, then every QRR that none of them holds."""
    if regard.attendus_q is None:
        quartiers = [
            code
            for code, t in regard.territoires.items()
            if t["genre"] == "quartier" and is_attendu(regard, t)
        ]
        tenus = {r for q in quartiers for r in regard.territoires[q]["rattaches"]}
        seuls = [c for c, t in regard.territoires.items() if t["genre"] == "qrr" and c not in tenus]
        regard.attendus_q = sorted(quartiers + seuls)
    return regard.attendus_q


def list_attendus(regard: Regard, niveau: str, vu: str) -> list[str]:
    """Expected territories of a level inside the territory looked at, sorted by code (L-28)."""
    quartiers = [q for q in list_attendus_q(regard) if vu in list_ancetres(regard, q)]
    if niveau == "Q":
        return quartiers
    if niveau in "CE":
        communes = {c for q in quartiers for c in list_communes(regard, q)}
        dedans = {c for c in communes if vu in list_ancetres(regard, c)}
        if niveau == "C":
            return sorted(dedans)
        return sorted({e for c in dedans if (e := get_epci(regard, c)) is not None})
    return sorted({p for q in quartiers for p in list_porteurs(regard, q, niveau)})
