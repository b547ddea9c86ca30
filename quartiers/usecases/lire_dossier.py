"""A dossier out of a folder of small files, by the readers of the imports: the same refusals, the same tableau.

`territoires.csv` (`code;nom;genre;parents;du;au`) stands for the official files; the others are those of the
imports, each optional and named after the word by which `importer` calls it (`releves.csv`, `poste.csv`,
`vacances.csv`…), with one more optional column, `connu_le`, the day of knowledge of a line. The territoires of a folder
have no perimeter: no distance is measured, and a place stands where its line says it does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from quartiers.core.anomalie import Anomalie, Carnet, DonneesRefusees
from quartiers.core.contenu import Contenu, describe
from quartiers.core.derivation.calendriers_dits import build_calendriers
from quartiers.core.dossier import Dossier
from quartiers.core.genres import GENRES_DE_FICHIER
from quartiers.core.genres.lieu import Lieu
from quartiers.core.referentiel import Referentiel
from quartiers.core.territoire import Genre, Territoire, Territoires
from quartiers.sources.jour import parse_jour
from quartiers.sources.lecture import read_table_file
from quartiers.sources.octets import get_empreinte, read_octets
from quartiers.sources.table import Colonnes, Ligne, Table
from quartiers.usecases import lire_releves
from quartiers.usecases.comparer import compare_lignes, list_actuels
from quartiers.usecases.completer_refus import complete_refus
from quartiers.usecases.contexte import Contexte
from quartiers.usecases.formulaire import Formulaire, say_proche
from quartiers.usecases.garder_enregistrements import build_enregistrement
from quartiers.usecases.garder_lignes import Provenance
from quartiers.usecases.petits import cible, confirmation, quartier_cible, sans_objet
from quartiers.usecases.porte_d_enregistrements import PorteDEnregistrements
from quartiers.usecases.prouver import (
    build_releve,
)
from quartiers.usecases.registres import project_registres
from quartiers.usecases.releve_lu import RelevesConnus

T = TypeVar("T")

FICHIER_TERRITOIRES = "territoires.csv"
COLONNES_TERRITOIRES = Colonnes(("code", "nom", "genre"), ("parents", "du", "au"))
CONNU_LE = "connu_le"
SUFFIXE = ".csv"


def check_rien(lus: Sequence[Any], actuels: Mapping[Hashable, Any], fichier: str) -> None:
    """Nothing but what the reader checks."""
    del lus, actuels, fichier


@dataclass(frozen=True, slots=True)
class Feuillet:
    """One small file: its name, its columns, its reader, and what its lines are checked against once they are read."""

    fichier: str
    colonnes: Colonnes
    read: Callable[[Table, Contexte], tuple[list[Any], object]]
    check: Callable[[Sequence[Any], Mapping[Hashable, Any], str], None] = check_rien

    @classmethod
    def build(cls, porte: PorteDEnregistrements) -> Feuillet:
        """The file of a door."""
        return cls(f"{porte.GENRE}{SUFFIXE}", porte.colonnes, porte.read_table, porte.check_objets)


def list_genres() -> list[type[Contenu]]:
    """The kinds of records that a file may bring in, those that others refer to first."""
    cites = {
        decrit.champ.genre
        for genre in GENRES_DE_FICHIER.values()
        for decrit in describe(genre).values()
    }
    return sorted(GENRES_DE_FICHIER.values(), key=lambda genre: genre.GENRE not in cites)


# Quartiers first, confirmations last: the lines of the same day may speak of the quartiers, confirmations of places.
DE_GENRES = tuple(Feuillet.build(PorteDEnregistrements(genre)) for genre in list_genres())
QUARTIERS, CIBLES, SANS_OBJETS, CONFIRMATIONS = (
    Feuillet.build(module.PORTE) for module in (quartier_cible, cible, sans_objet, confirmation)
)
RELEVES = Feuillet(f"releves{SUFFIXE}", lire_releves.COLONNES, lire_releves.read_releves)
FEUILLETS = (QUARTIERS, CIBLES, RELEVES, SANS_OBJETS, *DE_GENRES, CONFIRMATIONS)
LIEUX = f"{Lieu.GENRE}{SUFFIXE}"


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
        actuels = list_actuels(lu for lu, _ in self.lus[feuillet.fichier])
        try:
            lus, _ = feuillet.read(table, self._build_contexte(connu_le))
            feuillet.check(lus, actuels, feuillet.fichier)
        except DonneesRefusees as refus:
            self.add_fautes(refus)
            return
        for lu in compare_lignes(lus, actuels).changements:
            self.ordre += 1
            provenance = Provenance(connu_le, self.ordre, feuillet.fichier, empreinte)
            self.lus[feuillet.fichier].append((lu, provenance))

    def _build_contexte(self, connu_le: date) -> Contexte:
        """What the lines learnt on a day are checked against: all that was read so far."""
        contexte = self.contexte
        return replace(
            contexte,
            connu_le=connu_le,
            territoires=contexte.territoires.extend(
                Territoire(q.contenu.code, q.contenu.nom, Genre.QUARTIER)
                for q, _ in self.lus[QUARTIERS.fichier]
            ),
            lieux=None if contexte.lieux is None else self._list_noms(Lieu.GENRE),
            releves=RelevesConnus.build(
                ((lu, p.connu_le) for lu, p in self.lus[RELEVES.fichier]), connu_le
            ),
            list_objets=lambda genre, noms: self._list_noms(genre) & set(noms),
            _indicateurs={},
            _modes={},
        )

    def _list_noms(self, genre: str) -> frozenset[str]:
        """The names of the things of a kind."""
        return frozenset(lu.objet for lu, _ in self.lus[f"{genre}{SUFFIXE}"])


@complete_refus()
def read_dossier(dossier: Path, referentiel: Referentiel, connu_le: date | None = None) -> Dossier:
    """The dossier of a folder; DonneesRefusees lists every fault of every file.

    `connu_le`: the day of knowledge of the lines that do not say theirs.
    """
    territoires = read_territoires(dossier / FICHIER_TERRITOIRES)
    pile = Pile(
        Contexte(
            referentiel=referentiel,
            territoires=territoires,
            connu_le=connu_le or date.max,
            lieux=() if (dossier / LIEUX).exists() else None,
        ),
        fautes=list(_list_inconnus(dossier)),
    )
    jours: dict[date, list[tuple[Feuillet, Table, str]]] = defaultdict(list)
    for feuillet in FEUILLETS:
        chemin = dossier / feuillet.fichier
        if not chemin.exists():
            continue
        try:
            empreinte = get_empreinte(read_octets(chemin))
            for jour, table in _split_by_day(chemin, feuillet.colonnes, connu_le):
                jours[jour].append((feuillet, table, empreinte))
        except DonneesRefusees as refus:
            pile.add_fautes(refus)
    for jour in sorted(jours):
        for feuillet, table, empreinte in jours[jour]:
            pile.read(feuillet, table, empreinte, jour)
    if pile.fautes:
        raise DonneesRefusees(pile.fautes, pile.fautes_de_plus)
    return _build(pile, territoires, referentiel)


def _list_inconnus(dossier: Path) -> Iterator[Anomalie]:
    """Files that nobody would read: what they say would be unknown without a word."""
    connus = (FICHIER_TERRITOIRES, *(feuillet.fichier for feuillet in FEUILLETS))
    for chemin in sorted(dossier.glob(f"*{SUFFIXE}")):
        if chemin.name not in connus:
            raison = f"fichier inconnu d’un dossier ; connus : {', '.join(sorted(connus))}"
            yield Anomalie(chemin.name, None, None, raison)


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
    def build_petits(feuillet: Feuillet, make: Callable[..., T]) -> list[T]:
        return [make(lu.contenu, lu.ligne, p) for lu, p in pile.lus[feuillet.fichier]]

    quartiers = build_petits(QUARTIERS, quartier_cible.build_quartier)
    enregistrements = [
        build_enregistrement(lu, provenance, referentiel)
        for feuillet in DE_GENRES
        for lu, provenance in pile.lus[feuillet.fichier]
    ]
    calendriers = build_calendriers(enregistrements)
    registres = project_registres(referentiel, territoires, quartiers, calendriers, enregistrements)
    return Dossier(
        referentiel=referentiel,
        territoires=territoires,
        quartiers=quartiers,
        releves=[build_releve(lu, p, referentiel) for lu, p in pile.lus[RELEVES.fichier]],
        confirmations=build_petits(CONFIRMATIONS, confirmation.build_confirmation),
        sans_objets=build_petits(SANS_OBJETS, sans_objet.build_sans_objet),
        cibles=build_petits(CIBLES, cible.build_cible),
        calendriers=calendriers,
        registres=registres.par_cle,
        version=f"dossier-{referentiel.version}",
    )
