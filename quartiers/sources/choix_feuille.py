"""Which sheet of a workbook holds the table, and on which row its header stands.

A sheet wins when it has the required columns and at least one row under them; two such sheets are refused,
since one of them would be lost. The rows of every other sheet are told.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quartiers.core.anomalie import Anomalie, Carnet
from quartiers.sources.colonne import find_ressemblante
from quartiers.sources.feuille import Feuille
from quartiers.sources.numeros import count_lignes
from quartiers.sources.octets import refusal
from quartiers.sources.table import AUCUNE_LIGNE, Colonnes, count_known, name_colonne

_ENTETE_DANS = 50
_DISTINCTES_MAX = 50_000
_RESSEMBLE = 0.75

Rangee = list[str]


@dataclass(frozen=True, slots=True)
class Onglet:
    """A sheet of a workbook: its name, whether it is shown, its rows as text, and its extent in the XML."""

    nom: str
    visible: bool
    rangees: list[Rangee]
    etendue: Feuille


@dataclass(slots=True)
class Vocabulaire:
    """The expected columns, and what each distinct text of a workbook is to them: looked up once."""

    colonnes: Colonnes
    _connus: dict[str, bool] = field(default_factory=dict)

    def is_known(self, cellule: str) -> bool:
        """Whether this text is the name of an expected column."""
        connu = self._connus.get(cellule)
        if connu is None:
            connu = count_known([cellule], self.colonnes) > 0
            if len(self._connus) < _DISTINCTES_MAX:
                self._connus[cellule] = connu
        return connu

    def list_known(self, rangee: Rangee) -> set[str]:
        """The distinct texts of a row that are expected columns."""
        return {cellule for cellule in rangee if cellule and self.is_known(cellule)}

    def list_missing(self, rangee: Rangee) -> list[str]:
        """The required columns that a row does not name."""
        return [
            colonne
            for colonne in self.colonnes.obligatoires
            if not count_known(rangee, Colonnes((colonne,), noms=self._list_noms(colonne)))
        ]

    def _list_noms(self, colonne: str) -> dict[str, str]:
        """The names that are read as this column, or set aside although they look like it."""
        return {nom: lue for nom, lue in self.colonnes.noms.items() if lue in {colonne, ""}}

    @property
    def assez(self) -> int:
        """How many column names make a row a header wherever it stands: a datum is called so once, not twice."""
        return min(2, len(self.colonnes.toutes))


@dataclass(frozen=True, slots=True)
class Candidat:
    """A sheet judged as a table: its header row, what it lacks, its other headers, the rows under the header.

    `rang`: index of the header row; `entetes` and `lignes`: row numbers, 1-based.
    """

    onglet: Onglet
    rang: int
    connues: int
    manquantes: tuple[str, ...]
    entetes: tuple[int, ...]
    lignes: list[int]

    @property
    def complet(self) -> bool:
        """It has every required column."""
        return not self.manquantes

    @property
    def entete(self) -> Rangee:
        """The header row."""
        return self.onglet.rangees[self.rang] if self.onglet.rangees else []

    def list_full(self) -> list[int]:
        """Every row of the sheet that holds something."""
        return [n for n, rangee in enumerate(self.onglet.rangees, start=1) if any(rangee)]


def judge_onglet(onglet: Onglet, vocabulaire: Vocabulaire) -> Candidat:
    """The best header of a sheet: the row where most expected columns are named, near the top when they are few."""
    rangees = onglet.rangees
    debut = next((rang for rang, rangee in enumerate(rangees) if any(rangee)), 0)
    connues = {
        rang: len(connus)
        for rang, rangee in enumerate(rangees)
        if (connus := vocabulaire.list_known(rangee))
    }
    entetes = {rang: nombre for rang, nombre in connues.items() if nombre >= vocabulaire.assez}
    proches = {rang: n for rang, n in connues.items() if rang < debut + _ENTETE_DANS}
    possibles = proches or entetes or {debut: 0}
    rang = max(possibles, key=lambda r: (possibles[r], -r))
    return Candidat(
        onglet,
        rang,
        possibles[rang],
        tuple(vocabulaire.list_missing(rangees[rang] if rangees else [])),
        tuple(autre + 1 for autre in entetes if autre != rang),
        [n for n, rangee in enumerate(rangees[rang + 1 :], start=rang + 2) if any(rangee)],
    )


def choose_candidat(candidats: Sequence[Candidat], fichier: str) -> Candidat:
    """The one sheet to read; refused when there are two, or when the only one with the columns has no row."""
    pleins = [candidat for candidat in candidats if candidat.lignes]
    complets = [candidat for candidat in pleins if candidat.complet]
    if len(complets) > 1:
        places = " et ".join(_say_place(candidat) for candidat in complets)
        raise refusal(
            fichier,
            f"plusieurs feuilles ont les colonnes attendues ({places}) : n’en garder qu’une",
        )
    if complets:
        return complets[0]
    approchants = [candidat for candidat in pleins if candidat.connues]
    vides = [candidat for candidat in candidats if candidat.complet]
    if vides and not approchants:
        raise refusal(fichier, f"{AUCUNE_LIGNE} ({' et '.join(map(_say_place, vides))})")
    occupes = [candidat for candidat in candidats if any(map(any, candidat.onglet.rangees))]
    if not occupes:
        raise refusal(fichier, "classeur vide")
    return max(approchants or occupes, key=lambda candidat: candidat.connues)


def _say_place(candidat: Candidat) -> str:
    masquee = "" if candidat.onglet.visible else ", masquée"
    return f"« {candidat.onglet.nom} », ligne {candidat.rang + 1}{masquee}"


def check_rivals(
    retenu: Candidat, candidats: Sequence[Candidat], carnet: Carnet, vocabulaire: Vocabulaire
) -> None:
    """Refuse a sheet that is the same table, but for misspelled columns or no header: its rows would be lost."""
    places = [
        rang
        for rang, cellule in enumerate(retenu.entete)
        if cellule and vocabulaire.is_known(cellule)
    ]
    for autre in candidats:
        if autre is retenu or autre.complet:
            continue
        paires = list(_pair_missing(autre, vocabulaire))
        suite = _find_suite(retenu, autre, places, vocabulaire)
        if autre.lignes and len(paires) == len(autre.manquantes):
            dites = ", ".join(f"« {trouvee} » pour « {voulue} »" for voulue, trouvee in paires)
            raison = f"la feuille {_say_place(autre)} a aussi ces colonnes ({dites})"
        elif suite:
            raison = f"la feuille « {autre.onglet.nom} », ligne {suite}, continue ce tableau sans en-tête"
        else:
            continue
        carnet.refuse(retenu.rang + 1, None, f"{raison} : tout mettre dans une seule feuille")


def _find_suite(
    retenu: Candidat, autre: Candidat, places: Sequence[int], vocabulaire: Vocabulaire
) -> int | None:
    """The first row of a sheet without header that says, at the same places, what rows of the table say."""
    if autre.connues >= vocabulaire.assez or len(places) < 2:
        return None
    colonnes = {
        rang: {retenu.onglet.rangees[ligne - 1][rang] for ligne in retenu.lignes} - {""}
        for rang in places
    }
    for numero, rangee in enumerate(autre.onglet.rangees, start=1):
        communs = [r for r in places if r < len(rangee) and rangee[r] in colonnes[r]]
        if len(communs) >= 2:
            return numero
    return None


def _pair_missing(candidat: Candidat, vocabulaire: Vocabulaire) -> Iterator[tuple[str, str]]:
    """Each required column that a header lacks, with the unknown name there that resembles it."""
    inconnus = {
        name_colonne(cellule): cellule
        for cellule in candidat.entete
        if cellule and not vocabulaire.is_known(cellule)
    }
    for colonne in candidat.manquantes:
        autres = [nom for nom in inconnus if find_ressemblante(nom, [colonne])]
        autres += difflib.get_close_matches(
            name_colonne(colonne), list(inconnus), n=1, cutoff=_RESSEMBLE
        )
        if autres:
            yield colonne, inconnus.pop(autres[0])


def list_unread(
    retenu: Candidat, candidats: Sequence[Candidat], fichier: str
) -> Iterator[Anomalie]:
    """One notice for each other sheet that holds something: how many rows are not read, and which."""
    for autre in candidats:
        lignes = autre.list_full()
        if autre is retenu or not lignes:
            continue
        raison = f"feuille « {autre.onglet.nom} » non lue : {count_lignes(lignes)}"
        if autre.connues and not autre.lignes:
            raison += f", {AUCUNE_LIGNE}"
        elif autre.connues and autre.manquantes:
            raison += ", sans la colonne " + ", ".join(f"« {nom} »" for nom in autre.manquantes)
        yield Anomalie(fichier, None, None, raison)
