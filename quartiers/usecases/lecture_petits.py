"""The other small files: quartiers, sans_objet, confirmations, arrets."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable
from dataclasses import dataclass
from datetime import date

from quartiers.core.anomalie import Rapport
from quartiers.core.dire import fold
from quartiers.core.territoire import Niveau
from quartiers.sources.table import Colonnes, Table
from quartiers.usecases.contexte import Contexte
from quartiers.usecases.formulaire import Formulaire
from quartiers.usecases.lecture import read_lignes

COLONNES_ARRETS = Colonnes(
    ("lieu", "territoire", "jour"), ("adresse", "longitude", "latitude", "heures", "du", "au")
)
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


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
