"""A dossier out of a folder of small files, by the readers of the imports: the same refusals, the same tableau.

`territoires.csv` (`code;nom;genre;parents;du;au`) stands for the official files; the others are those of the
imports, each optional, with one more optional column, `connu_le`, the day of knowledge of a line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from quartiers.core.anomalie import Anomalie, Carnet, DonneesRefusees
from quartiers.core.dossier import Dossier
from quartiers.core.referentiel import Referentiel
from quartiers.core.territoire import Genre, QuartierCible, Territoire, Territoires
from quartiers.sources.jour import parse_jour
from quartiers.sources.lecture import read_table_file
from quartiers.sources.octets import get_empreinte, read_octets
from quartiers.sources.table import Colonnes, Ligne, Table
from quartiers.usecases import lire_releves
from quartiers.usecases.comparer import compare_lignes, list_actuels
from quartiers.usecases.completer_refus import complete_refus
from quartiers.usecases.contexte import Contexte
from quartiers.usecases.formulaire import Formulaire, say_proche
from quartiers.usecases.garder_lignes import Provenance
from quartiers.usecases.petits import cible, confirmation, quartier_cible, sans_objet
from quartiers.usecases.prouver import (
    build_releve,
)
from quartiers.usecases.releve_lu import RelevesConnus

FICHIER_TERRITOIRES = "territoires.csv"
COLONNES_TERRITOIRES = Colonnes(("code", "nom", "genre"), ("parents", "du", "au"))
CONNU_LE = "connu_le"


@dataclass(frozen=True, slots=True)
class Feuillet:
    """One small file: its name, its columns, its reader."""

    fichier: str
    colonnes: Colonnes
    read: Callable[[Table, Contexte], tuple[list[Any], object]]


# Quartiers first: the other lines of the same day may speak of them.
FEUILLETS = (
    Feuillet("quartiers.csv", quartier_cible.PORTE.colonnes, quartier_cible.PORTE.read_table),
    Feuillet("cibles.csv", cible.PORTE.colonnes, cible.PORTE.read_table),
    Feuillet("releves.csv", lire_releves.COLONNES, lire_releves.read_releves),
    Feuillet("sans_objet.csv", sans_objet.PORTE.colonnes, sans_objet.PORTE.read_table),
    Feuillet("confirmations.csv", confirmation.PORTE.colonnes, confirmation.PORTE.read_table),
)


@dataclass(slots=True)
class Pile:
    """What was read so far, day after day: the lines of each file, and the faults of all."""

    contexte: Contexte
    lus: dict[str, list[tuple[Any, Provenance]]] = field(default_factory=lambda: defaultdict(list))
    fautes: list[Anomalie] = field(default_factory=list)
    fautes_de_plus: int = 0
    ordre: int = 0

    def add_fautes(self, refus: DonneesRefusees) -> None:
        """Gather why a file is refused, and go on with the others."""
        self.fautes += refus.anomalies
        self.fautes_de_plus += refus.de_plus

    def read(self, feuillet: Feuillet, table: Table, empreinte: str, connu_le: date) -> None:
        """Add the lines of one file learnt on one day, those already known as they are left out."""
        contexte = replace(
            self.contexte,
            connu_le=connu_le,
            territoires=self.contexte.territoires.extend(
                Territoire(q.contenu.code, q.contenu.nom, Genre.QUARTIER)
                for q, _ in self.lus["quartiers.csv"]
            ),
            releves=RelevesConnus.build(
                ((lu, p.connu_le) for lu, p in self.lus["releves.csv"]), connu_le
            ),
            _indicateurs={},
            _modes={},
        )
        try:
            lus, _ = feuillet.read(table, contexte)
        except DonneesRefusees as refus:
            self.add_fautes(refus)
            return
        actuels = list_actuels(lu for lu, _ in self.lus[feuillet.fichier])
        for lu in compare_lignes(lus, actuels).changements:
            self.ordre += 1
            provenance = Provenance(connu_le, self.ordre, feuillet.fichier, empreinte)
            self.lus[feuillet.fichier].append((lu, provenance))


@complete_refus()
def read_dossier(dossier: Path, referentiel: Referentiel, connu_le: date | None = None) -> Dossier:
    """The dossier of a folder; DonneesRefusees lists every fault of every file.

    `connu_le`: the day of knowledge of the lines that do not say theirs.
    """
    territoires = read_territoires(dossier / FICHIER_TERRITOIRES)
    pile = Pile(
        Contexte(referentiel=referentiel, territoires=territoires, connu_le=connu_le or date.max)
    )
    jours: dict[date, list[tuple[Feuillet, Table, str]]] = defaultdict(list)
    for feuillet in FEUILLETS:
        chemin = dossier / feuillet.fichier
        if not chemin.exists():
            continue
        try:
            for jour, table in _split_by_day(chemin, feuillet.colonnes, connu_le):
                jours[jour].append((feuillet, table, get_empreinte(read_octets(chemin))))
        except DonneesRefusees as refus:
            pile.add_fautes(refus)
    for jour in sorted(jours):
        for feuillet, table, empreinte in jours[jour]:
            pile.read(feuillet, table, empreinte, jour)
    if pile.fautes:
        raise DonneesRefusees(pile.fautes, pile.fautes_de_plus)
    return _build(pile, territoires, referentiel)


def _split_by_day(
    chemin: Path, colonnes: Colonnes, connu_le: date | None
) -> Iterator[tuple[date, Table]]:
    """The lines of a file by their day of knowledge, in order."""
    avec = Colonnes(colonnes.obligatoires, (*colonnes.facultatives, CONNU_LE))
    table = read_table_file(chemin, avec)
    carnet = Carnet(chemin.name)
    par_jour: dict[date, list[Ligne]] = defaultdict(list)
    for ligne in table:
        jour = Formulaire(ligne, carnet).read(CONNU_LE, parse_jour) or connu_le
        if jour is None:
            if ligne[CONNU_LE] == "":
                carnet.refuse(ligne.numero, CONNU_LE, "jour de connaissance absent")
            continue
        par_jour[jour].append(ligne)
    carnet.check()
    for jour, lignes in sorted(par_jour.items()):
        yield jour, replace(table, lignes=tuple(lignes))


def read_territoires(chemin: Path) -> Territoires:
    """territoires.csv: `parents` are codes of the same file separated by spaces, an EPT before the métropole."""
    table = read_table_file(chemin, COLONNES_TERRITOIRES)
    carnet = Carnet(chemin.name)
    lus: dict[str, Territoire] = {}
    lignes: dict[str, Ligne] = {}
    for ligne in table:
        formulaire = Formulaire(ligne, carnet)
        code = formulaire.read_texte("code", requis=True)
        genre = formulaire.read("genre", _parse_genre, requis=True)
        parents = tuple(ligne["parents"].split())
        du, au = formulaire.read_jour("du"), formulaire.read_jour("au")
        nom = formulaire.read_nom("nom")
        if code in lus:
            formulaire.refuse("code", f"{code} : déjà à la ligne {lignes[code].numero}")
        if formulaire.has_fautes() or genre is None:
            continue
        lus[code] = Territoire(code, nom, genre, parents, du, au)
        lignes[code] = ligne
    for territoire in lus.values():
        for parent in territoire.parents:
            if parent not in lus:
                formulaire = Formulaire(lignes[territoire.code], carnet)
                raison = f"territoire inconnu : « {parent} »"
                formulaire.refuse("parents", raison, partial(say_proche, parent, lus))
    carnet.check()
    return Territoires.build(lus.values())


def _parse_genre(texte: str) -> Genre:
    try:
        return Genre(texte)
    except ValueError:
        raise ValueError(f"genre « {texte} » inconnu ({', '.join(Genre)})") from None


def _build(pile: Pile, territoires: Territoires, referentiel: Referentiel) -> Dossier:
    def build(fichier: str, make: Callable[..., Any], *autres: object) -> list[Any]:
        return [make(lu, provenance, *autres) for lu, provenance in pile.lus[fichier]]

    def build_petits(fichier: str, make: Callable[..., Any]) -> list[Any]:
        return [make(lu.contenu, lu.ligne, provenance) for lu, provenance in pile.lus[fichier]]

    quartiers: Iterable[QuartierCible] = build_petits(
        "quartiers.csv", quartier_cible.build_quartier
    )
    return Dossier(
        referentiel=referentiel,
        territoires=territoires,
        quartiers=list(quartiers),
        releves=build("releves.csv", build_releve, referentiel),
        confirmations=build_petits("confirmations.csv", confirmation.build_confirmation),
        sans_objets=build_petits("sans_objet.csv", sans_objet.build_sans_objet),
        cibles=build_petits("cibles.csv", cible.build_cible),
        version=f"dossier-{referentiel.version}",
    )
