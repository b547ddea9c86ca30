"""The other small files: quartiers, sans_objet, confirmations, arrets."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable
from dataclasses import dataclass
from datetime import date

from quartiers.core.anomalie import Rapport
from quartiers.core.dire import fold
from quartiers.core.territoire import Genre, Niveau
from quartiers.sources.code import get_departement
from quartiers.sources.table import Colonnes, Table
from quartiers.usecases.contexte import Contexte
from quartiers.usecases.formulaire import Formulaire
from quartiers.usecases.lecture import read_lignes

COLONNES_QUARTIERS = Colonnes(
    ("code", "nom", "departement"), ("rattaches", "attendu_du", "attendu_au")
)
COLONNES_ARRETS = Colonnes(
    ("lieu", "territoire", "jour"), ("adresse", "longitude", "latitude", "heures", "du", "au")
)
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_CODE_QUARTIER = re.compile(r"QC-[A-Z0-9][A-Z0-9-]{0,35}", re.ASCII)
RATTACHABLES = (Genre.QPV, Genre.QRR)


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

    @property
    def quoi(self) -> str:
        """The identity in words."""
        return "même quartier"


def read_quartiers(table: Table, contexte: Contexte) -> tuple[list[QuartierLu], Rapport]:
    """quartiers.csv: `rattaches` holds codes of QPV and QRR separated by spaces."""
    return read_lignes(table, lambda formulaire: _read_quartier(formulaire, contexte))


def _read_quartier(formulaire: Formulaire, contexte: Contexte) -> QuartierLu | None:
    code = _read_code_quartier(formulaire)
    nom = formulaire.read_nom("nom")
    departement = _read_departement(formulaire, contexte)
    rattaches = _read_rattaches(formulaire, contexte, departement)
    du, au = formulaire.read_jour("attendu_du"), formulaire.read_jour("attendu_au")
    if du is not None and au is not None and au < du:
        formulaire.refuse("attendu_au", "avant « attendu_du »")
    if formulaire.has_fautes() or code is None or departement is None:
        return None
    lu = QuartierLu(code, nom, departement, rattaches, du, au, formulaire.numero)
    _check_rattaches(formulaire, contexte, lu)
    return None if formulaire.has_fautes() else lu


def _read_rattaches(
    formulaire: Formulaire, contexte: Contexte, departement: str | None
) -> tuple[str, ...]:
    """QPV and QRR of the same département, each once, in the order of the cell."""
    codes = []
    texte = formulaire.read_texte("rattaches")
    for ecrit in re.findall(r"[^\s,;]+", texte):
        code = contexte.find_territoire(formulaire, "rattaches", ecrit, RATTACHABLES)
        if code is None:
            continue
        codes.append(code)
        if departement is not None and f"DEP-{get_departement(code)}" != departement:
            formulaire.refuse("rattaches", f"{code} n'est pas dans {departement}")
    return tuple(dict.fromkeys(codes))


def _check_rattaches(formulaire: Formulaire, contexte: Contexte, lu: QuartierLu) -> None:
    """A quartier cible that begins after the end of what it holds is refused; one that outlives it is told."""
    dernier = min(lu.attendu_au or contexte.connu_le, contexte.connu_le)
    for code in lu.rattaches:
        contexte.check_en_vigueur(formulaire, code, lu.attendu_du or dernier, "rattaches")
        fin = contexte.territoires[code].au
        if fin is not None and fin < dernier and not formulaire.has_fautes():
            formulaire.notice("rattaches", contexte.say_fini(code) + contexte.say_suite(code))


def _read_code_quartier(formulaire: Formulaire) -> str | None:
    code = formulaire.read_code("code", requis=True)
    if code and not _CODE_QUARTIER.fullmatch(code):
        raison = f"« {code} » : un quartier cible se code QC-…, en majuscules, chiffres et tirets"
        formulaire.refuse("code", raison)
    return code or None


def _read_departement(formulaire: Formulaire, contexte: Contexte) -> str | None:
    """`DEP-93` or `93`."""
    texte = formulaire.read_code("departement", requis=True).upper()
    if not texte:
        return None
    code = texte if texte.startswith("DEP-") else f"DEP-{texte}"
    if contexte.get_niveau(code) is not Niveau.DEPARTEMENT:
        formulaire.refuse("departement", f"département inconnu : « {texte} »")
        return None
    return code


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

    @property
    def quoi(self) -> str:
        """The identity in words."""
        return "même lieu, même territoire, même adresse, même jour, même début"


def read_arrets(
    table: Table, contexte: Contexte, mobiles: Collection[str]
) -> tuple[list[ArretLu], Rapport]:
    """arrets.csv: weekly stops of the buses among the known places."""
    return read_lignes(table, lambda formulaire: _read_arret(formulaire, contexte, mobiles))


def _read_arret(
    formulaire: Formulaire, contexte: Contexte, mobiles: Collection[str]
) -> ArretLu | None:
    lieu = formulaire.read_parmi("lieu", contexte.lieux or (), "lieu")
    if lieu is not None and lieu not in mobiles:
        formulaire.refuse("lieu", f"« {lieu} » n'est pas mobile : il n'a pas d'arrêts")
    territoire = contexte.read_territoire(formulaire)
    if territoire is not None and contexte.get_niveau(territoire) is not Niveau.QUARTIER:
        formulaire.refuse("territoire", "un arrêt dessert un quartier")
    adresse = formulaire.read_texte("adresse")
    longitude = formulaire.read_coordonnee("longitude", 180)
    latitude = formulaire.read_coordonnee("latitude", 90)
    if (longitude is None) != (latitude is None) and not formulaire.has_fautes():
        formulaire.refuse("longitude", "longitude et latitude vont ensemble")
    jour = formulaire.read("jour", _parse_jours, requis=True)
    heures = formulaire.read_texte("heures")
    du, au = formulaire.read_jour("du"), formulaire.read_jour("au")
    if du is not None and au is not None and au < du:
        formulaire.refuse("au", "avant « du »")
    if territoire is not None:
        contexte.check_en_vigueur(formulaire, territoire, du or contexte.connu_le)
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
    return " ".join(dict.fromkeys(retenus))
