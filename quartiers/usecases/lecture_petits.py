"""The other small files: quartiers, sans_objet, confirmations, arrets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from quartiers.core.anomalie import Carnet, Rapport
from quartiers.core.referentiel import GenreIndicateur, Mode
from quartiers.core.territoire import Niveau
from quartiers.sources.table import Colonnes, Table
from quartiers.usecases.contexte import Contexte
from quartiers.usecases.formulaire import Formulaire

COLONNES_QUARTIERS = Colonnes(
    ("code", "nom", "departement"), ("rattaches", "attendu_du", "attendu_au")
)
COLONNES_SANS_OBJET = Colonnes(("indicateur", "territoire", "motif", "valide_le", "valide_par"))
COLONNES_CONFIRMATIONS = Colonnes(("indicateur", "territoire", "lieu", "date", "motif", "par"))
COLONNES_ARRETS = Colonnes(
    ("lieu", "territoire", "jour"), ("adresse", "longitude", "latitude", "heures", "du", "au")
)
MOTIFS = (
    "hors_programme",
    "public_absent",
    "competence_autre_territoire",
    "dispositif_eteint_sans_successeur",
    "deja_couvert_par",
)
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_CODE_QUARTIER = re.compile(r"QC-[A-Z0-9][A-Z0-9-]{0,35}", re.ASCII)
_JAMAIS = frozenset({Mode.OBLIGATION_CHAQUE_QUARTIER, Mode.PRIORITE})


class _Lu(Protocol):
    """What a read line must tell to be compared with the others."""

    @property
    def identite(self) -> Hashable: ...
    @property
    def ligne(self) -> int: ...


L = TypeVar("L", bound=_Lu)


def read_lignes(
    table: Table, read_one: Callable[[Formulaire], L | None]
) -> tuple[list[L], Rapport]:
    """Every line by `read_one`; the same line twice is read once, two contradictory ones refuse the file."""
    carnet = Carnet(table.fichier, avis=list(table.avis))
    lus: list[L] = []
    vus: dict[Hashable, L] = {}
    for ligne in table:
        lu = read_one(Formulaire(ligne, carnet))
        if lu is None:
            continue
        premier = vus.setdefault(lu.identite, lu)
        if premier is lu:
            lus.append(lu)
        elif _get_contenu(premier) == _get_contenu(lu):
            carnet.notice(lu.ligne, None, f"identique à la ligne {premier.ligne}, lue une fois")
        else:
            carnet.refuse(lu.ligne, None, f"contredit la ligne {premier.ligne}")
    return lus, carnet.close(len(lus))


def _get_contenu(lu: object) -> tuple[object, ...]:
    """All fields but the place."""
    noms = [nom for nom in getattr(lu, "__slots__", ()) if nom != "ligne"]
    return tuple(getattr(lu, nom) for nom in noms)


def fold(texte: str) -> str:
    """Lower case, without accents: `Préfet` and `prefet` are one word."""
    decompose = unicodedata.normalize("NFD", texte.casefold())
    return "".join(c for c in decompose if not unicodedata.combining(c))


@dataclass(frozen=True, slots=True)
class QuartierLu:
    """One line of quartiers.csv."""

    code: str
    nom: str
    departement: str
    rattaches: tuple[str, ...]
    attendu_du: date | None
    attendu_au: date | None
    ligne: int

    @property
    def identite(self) -> Hashable:
        """One line per quartier."""
        return self.code


def read_quartiers(table: Table, contexte: Contexte) -> tuple[list[QuartierLu], Rapport]:
    """quartiers.csv: `rattaches` holds codes of QPV and QRR separated by spaces."""
    return read_lignes(table, lambda formulaire: _read_quartier(formulaire, contexte))


def _read_quartier(formulaire: Formulaire, contexte: Contexte) -> QuartierLu | None:
    code = formulaire.read("code", _parse_code_quartier, requis=True)
    nom = formulaire.read_texte("nom", requis=True)
    departement = _read_departement(formulaire, contexte)
    rattaches = []
    for rattache in re.split(r"[\s,;]+", formulaire.read_texte("rattaches", maximum=2000)):
        if not rattache:
            continue
        if contexte.niveaux.get(rattache) is not Niveau.QUARTIER:
            formulaire.refuse("rattaches", f"QPV ou QRR inconnu : « {rattache} »")
        rattaches.append(rattache)
    du, au = formulaire.read_jour("attendu_du"), formulaire.read_jour("attendu_au")
    if du is not None and au is not None and au < du:
        formulaire.refuse("attendu_au", "avant « attendu_du »")
    if formulaire.has_fautes() or code is None or departement is None:
        return None
    return QuartierLu(
        code, nom, departement, tuple(dict.fromkeys(rattaches)), du, au, formulaire.numero
    )


def _parse_code_quartier(texte: str) -> str:
    if not _CODE_QUARTIER.fullmatch(texte):
        raise ValueError(
            f"« {texte} » : un quartier cible se code QC-…, en majuscules, chiffres et tirets"
        )
    return texte


def _read_departement(formulaire: Formulaire, contexte: Contexte) -> str | None:
    """`DEP-93` or `93`."""
    texte = formulaire.read_texte("departement", requis=True)
    if not texte:
        return None
    code = texte if texte.startswith("DEP-") else f"DEP-{texte}"
    if contexte.niveaux.get(code) is not Niveau.DEPARTEMENT:
        formulaire.refuse("departement", f"département inconnu : « {texte} »")
        return None
    return code


@dataclass(frozen=True, slots=True)
class SansObjetLu:
    """One line of sans_objet.csv."""

    indicateur: str
    territoire: str
    motif: str
    valide_le: date
    valide_par: str
    ligne: int

    @property
    def identite(self) -> Hashable:
        """One line per cell and day of validation."""
        return (self.indicateur, self.territoire, self.valide_le)


def read_sans_objets(table: Table, contexte: Contexte) -> tuple[list[SansObjetLu], Rapport]:
    """sans_objet.csv: motive in the closed list, and only where the sentence of the annex allows it."""
    return read_lignes(table, lambda formulaire: _read_sans_objet(formulaire, contexte))


def _read_sans_objet(formulaire: Formulaire, contexte: Contexte) -> SansObjetLu | None:
    cellule = contexte.read_cellule(formulaire)
    motif = formulaire.read("motif", _parse_motif, requis=True)
    valide_le = formulaire.read_jour_connu("valide_le", contexte.connu_le)
    valide_par = formulaire.read_texte("valide_par", requis=True)
    if cellule is not None:
        mode = contexte.get_mode(cellule[0])
        if mode in _JAMAIS:
            formulaire.refuse(
                "indicateur", f"{cellule[0].code} ne peut pas être sans objet (« {mode.value} »)"
            )
        elif mode is Mode.A_MINIMA and valide_par and "prefet" not in fold(valide_par):
            formulaire.refuse(
                "valide_par",
                "une action « a minima » n'est sans objet que sur validation du préfet",
            )
    if formulaire.has_fautes() or cellule is None or motif is None or valide_le is None:
        return None
    return SansObjetLu(cellule[0].code, cellule[1], motif, valide_le, valide_par, formulaire.numero)


def _parse_motif(texte: str) -> str:
    motif = re.sub(r"[^a-z]+", "_", fold(texte)).strip("_")
    if motif not in MOTIFS:
        raise ValueError(f"motif « {texte} » hors de la liste ({', '.join(MOTIFS)})")
    return motif


@dataclass(frozen=True, slots=True)
class ConfirmationLue:
    """One line of confirmations.csv."""

    indicateur: str
    territoire: str
    lieu: str
    date: date
    motif: str
    par: str
    ligne: int

    @property
    def identite(self) -> Hashable:
        """One line per cell, place and day."""
        return (self.indicateur, self.territoire, self.lieu, self.date)


def read_confirmations(table: Table, contexte: Contexte) -> tuple[list[ConfirmationLue], Rapport]:
    """confirmations.csv: a known place that does serve a quartier, for a presence measured by distance."""
    return read_lignes(table, lambda formulaire: _read_confirmation(formulaire, contexte))


def _read_confirmation(formulaire: Formulaire, contexte: Contexte) -> ConfirmationLue | None:
    cellule = contexte.read_cellule(formulaire)
    lieu = formulaire.read_parmi("lieu", contexte.lieux, "lieu")
    jour = formulaire.read_jour_connu("date", contexte.connu_le)
    motif = formulaire.read_texte("motif", requis=True, maximum=500)
    par = formulaire.read_texte("par", requis=True)
    if cellule is not None and cellule[0].genre is not GenreIndicateur.PRESENCE:
        formulaire.refuse("indicateur", f"{cellule[0].code} n'est pas une présence")
    if formulaire.has_fautes() or cellule is None or lieu is None or jour is None:
        return None
    return ConfirmationLue(cellule[0].code, cellule[1], lieu, jour, motif, par, formulaire.numero)


@dataclass(frozen=True, slots=True)
class ArretLu:
    """One line of arrets.csv: a stop of a mobile place."""

    lieu: str
    territoire: str
    adresse: str
    longitude: float | None
    latitude: float | None
    jour: str
    heures: str
    du: date | None
    au: date | None
    ligne: int

    @property
    def identite(self) -> Hashable:
        """One line per place, territoire, address, day and first date."""
        return (self.lieu, self.territoire, self.adresse, self.jour, self.du)


def read_arrets(
    table: Table, contexte: Contexte, mobiles: Collection[str]
) -> tuple[list[ArretLu], Rapport]:
    """arrets.csv: weekly stops of the buses among the known places."""
    return read_lignes(table, lambda formulaire: _read_arret(formulaire, contexte, mobiles))


def _read_arret(
    formulaire: Formulaire, contexte: Contexte, mobiles: Collection[str]
) -> ArretLu | None:
    lieu = formulaire.read_parmi("lieu", contexte.lieux, "lieu")
    if lieu is not None and lieu not in mobiles:
        formulaire.refuse("lieu", f"« {lieu} » n'est pas mobile : il n'a pas d'arrêts")
    territoire = formulaire.read_parmi("territoire", contexte.niveaux, "territoire")
    if territoire is not None and contexte.niveaux[territoire] is not Niveau.QUARTIER:
        formulaire.refuse("territoire", "un arrêt dessert un quartier")
    adresse = formulaire.read_texte("adresse", maximum=255)
    longitude = formulaire.read_coordonnee("longitude", 180)
    latitude = formulaire.read_coordonnee("latitude", 90)
    if (longitude is None) != (latitude is None) and not formulaire.has_fautes():
        formulaire.refuse("longitude", "longitude et latitude vont ensemble")
    jour = formulaire.read("jour", _parse_jours, requis=True)
    heures = formulaire.read_texte("heures")
    du, au = formulaire.read_jour("du"), formulaire.read_jour("au")
    if du is not None and au is not None and au < du:
        formulaire.refuse("au", "avant « du »")
    if formulaire.has_fautes() or lieu is None or territoire is None or jour is None:
        return None
    return ArretLu(
        lieu, territoire, adresse, longitude, latitude, jour, heures, du, au, formulaire.numero
    )


def _parse_jours(texte: str) -> str:
    """One or several days of the week, every week."""
    jours = re.split(r"[\s,;/]+|\bet\b", fold(texte))
    retenus = [
        jour.removesuffix("s") if jour.removesuffix("s") in JOURS else jour
        for jour in jours
        if jour
    ]
    if not retenus or any(jour not in JOURS for jour in retenus):
        raise ValueError(f"« {texte} » : écrire un ou plusieurs jours de la semaine")
    return " ".join(retenus)
