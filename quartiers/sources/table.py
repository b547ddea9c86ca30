"""A table read from any file: the header checked against what is expected, rows with their place."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from quartiers.core.anomalie import Anomalie, Carnet, DonneesRefusees
from quartiers.sources.colonne import find_ressemblante, fold_colonne
from quartiers.sources.numeros import say_numeros

AUCUNE_LIGNE = "aucune ligne sous l’en-tête"
_DISTINCTES_MAX = 50_000
COMPAREES_MAX = (
    1_000  # unknown columns among which the nearest is looked for: beyond, it is another file
)
_FORMULE_TEXTE = re.compile(r'="(.*)"', re.DOTALL)
_APOSTROPHE = re.compile(r"'+[=+\-@\t]")


@dataclass(frozen=True, slots=True)
class Colonnes:
    """The columns a reader expects; any other one is a notice, or a refusal when it resembles an absent one.

    `ignorees`: columns that such a file is known to have and that nobody reads; their absence means nothing.
    `vide_admise`: a file without a row is not refused here: it may say so rightly (no commune was merged that
    year), or what takes it in judges it. `noms`: what a name of the header, folded, is read as, whatever it looks
    like: an expected column, or nothing when it is left aside.
    """

    obligatoires: tuple[str, ...]
    facultatives: tuple[str, ...] = ()
    ignorees: tuple[str, ...] = ()
    vide_admise: bool = False
    noms: Mapping[str, str] = field(default_factory=dict)

    @property
    def lues(self) -> tuple[str, ...]:
        """Required, then optional."""
        return self.obligatoires + self.facultatives

    @property
    def toutes(self) -> tuple[str, ...]:
        """All that such a file is known to have."""
        return self.lues + self.ignorees

    @property
    def officielles(self) -> Mapping[str, str]:
        """The expected column that each folded name is read as; nothing for those left aside."""
        return {fold_colonne(colonne): colonne for colonne in self.toutes} | dict(self.noms)


@dataclass(frozen=True, slots=True)
class Ligne:
    """One record: the physical line where it begins, and its cells by column name, stripped text."""

    numero: int
    cellules: tuple[str, ...]
    rangs: Mapping[str, int]

    def __getitem__(self, colonne: str) -> str:
        """The text of a cell; empty when the file has no such (optional) column."""
        rang = self.rangs.get(colonne)
        return "" if rang is None else self.cellules[rang]


@dataclass(frozen=True, slots=True)
class Table:
    """All records of a file. `avis`: notices on the file (unknown columns, encoding); `reparees`: what was put right."""

    fichier: str
    colonnes: tuple[str, ...]
    lignes: tuple[Ligne, ...]
    avis: tuple[Anomalie, ...] = ()
    reparees: tuple[Anomalie, ...] = ()

    def __iter__(self) -> Iterator[Ligne]:
        return iter(self.lignes)

    def __len__(self) -> int:
        return len(self.lignes)


def clean_cellule(brut: str) -> str:
    """Strip a cell, compose its accents, undo `="01004"`, and one apostrophe of those that our own exports put.

    Accents and ends of line first: whatever is undone next, one text is stored in one way.
    """
    texte = brut.strip()
    if not texte.isascii():
        texte = unicodedata.normalize("NFC", texte)
    if "\r" in texte:
        texte = texte.replace("\r\n", "\n").replace("\r", "\n")
    if texte[:1] == "'" and _APOSTROPHE.match(texte):
        return texte[1:]
    if texte[:2] == '="' and (trouve := _FORMULE_TEXTE.fullmatch(texte)):
        return trouve[1].strip()
    return texte


def _clean_fast(brut: str, deja_vues: dict[str, str]) -> str:
    """The same cleaning, once per distinct text: columns repeat themselves, and memory is what runs out first."""
    connue = deja_vues.get(brut)
    if connue is None:
        connue = clean_cellule(brut)
        if len(deja_vues) < _DISTINCTES_MAX:
            deja_vues[brut] = connue
    return connue


def name_colonne(brut: str) -> str:
    """A header cell as it is told of: stripped, without a stray byte order mark."""
    return clean_cellule(brut.replace("\ufeff", ""))


def count_known(entete: Sequence[str], attendues: Colonnes) -> int:
    """How many cells of a header are expected columns: the judge of a separator or of a header row."""
    connues = attendues.officielles
    return sum(bool(connues.get(fold_colonne(cellule))) for cellule in entete)


def check_entete(
    entete: Sequence[str], attendues: Colonnes, carnet: Carnet, ligne: int
) -> dict[str, int]:
    """Positions of the columns by name; missing, twice, or unknown and like an absent one = refusal (raised).

    Expected columns get their official spelling; a column without a name is only told of by its place.
    """
    officielles = attendues.officielles
    rangs: dict[str, int] = {}
    inconnues: list[str] = []
    for rang, cellule in enumerate(entete):
        ecrite = name_colonne(cellule)
        if not ecrite:
            continue
        colonne = officielles.get(fold_colonne(ecrite))
        if colonne == "":
            continue
        if colonne is None:
            inconnues.append(ecrite)
            rangs.setdefault(ecrite, rang)
        elif colonne in rangs:
            _refuse_double(colonne, name_colonne(entete[rangs[colonne]]), ecrite, carnet, ligne)
        else:
            rangs[colonne] = rang
            _tell_ecriture(colonne, ecrite, carnet, ligne)
    _check_inconnues(inconnues, rangs, attendues, carnet, ligne)
    carnet.check()
    return rangs


def _tell_ecriture(colonne: str, ecrite: str, carnet: Carnet, ligne: int) -> None:
    """A name recognised under another writing is told, unless only its case and its spaces differ."""
    if "".join(ecrite.casefold().split()) != colonne.casefold():
        carnet.repair(ligne, colonne, f"colonne « {ecrite} » lue « {colonne} »")


def _refuse_double(colonne: str, premiere: str, seconde: str, carnet: Carnet, ligne: int) -> None:
    raison = "colonne présente deux fois dans l’en-tête"
    if premiere.casefold() != seconde.casefold():
        raison += f" : « {premiere} » et « {seconde} » ; n’en garder qu’une"
    carnet.refuse(ligne, colonne, raison)


def _check_inconnues(
    inconnues: Sequence[str],
    rangs: Mapping[str, int],
    attendues: Colonnes,
    carnet: Carnet,
    ligne: int,
) -> None:
    """Unknown columns: refused when they may be an absent one, told otherwise; then what is missing."""
    absentes = [colonne for colonne in attendues.lues if colonne not in rangs]
    soupcons: dict[str, str] = {}
    for ecrite, fois in Counter(inconnues).items():
        ressemblante = find_ressemblante(ecrite, absentes)
        if ressemblante is None:
            suite = f" ({fois} colonnes de ce nom)" if fois > 1 else ""
            carnet.notice(ligne, ecrite, f"colonne inconnue, non lue{suite}")
        elif ressemblante in attendues.obligatoires:
            soupcons.setdefault(ressemblante, ecrite)
        else:
            raison = f"colonne inconnue qui ressemble à « {ressemblante} », absente : la renommer ou l’ôter"
            carnet.refuse(ligne, ecrite, raison)
    for colonne in attendues.obligatoires:
        if colonne in absentes:
            proche = soupcons.get(colonne) or _find_proche(colonne, inconnues)
            carnet.refuse(ligne, colonne, _explain_missing(proche, rangs))


def _find_proche(colonne: str, inconnues: Sequence[str]) -> str | None:
    if len(inconnues) > COMPAREES_MAX:
        return None
    libres = {nom.casefold(): nom for nom in inconnues}
    proches = difflib.get_close_matches(colonne.casefold(), list(libres), n=1, cutoff=0.0)
    return libres[proches[0]] if proches else None


def _explain_missing(proche: str | None, rangs: Mapping[str, int]) -> str:
    if proche is not None:
        return f"colonne obligatoire absente ; la plus proche trouvée est « {proche} »"
    trouvees = ", ".join(f"« {nom} »" for nom in list(rangs)[:12])
    return f"colonne obligatoire absente ; colonnes trouvées : {trouvees or 'aucune'}"


def build_table(
    enregistrements: Iterable[tuple[int, Sequence[str]]],
    entete: Sequence[str],
    rangs: Mapping[str, int],
    carnet: Carnet,
    attendues: Colonnes | None = None,
    *,
    coupable: bool = False,
) -> Table:
    """Records after the header: blank ones skipped, each brought to the width of the header or refused.

    `attendues`: the columns whose required ones may not be missing at the end of a row. `coupable`: the file
    does not end with an end of line, and its last row may have been cut. A header alone is refused: nobody
    sends a file to say nothing, and a list without a row would prove absences.
    """
    mesure = _Mesure(entete, rangs, carnet, attendues.obligatoires if attendues else ())
    lignes: list[Ligne] = []
    deja_vues: dict[str, str] = {}
    vides: list[int] = []
    for numero, brutes in enregistrements:
        cellules = tuple([_clean_fast(brut, deja_vues) for brut in brutes])
        if not any(cellules):
            if brutes:
                vides.append(numero)
            continue
        if len(cellules) != mesure.largeur:
            ajustees = mesure.adjust(numero, cellules)
            if ajustees is None:
                continue
            cellules = ajustees
        for rang in mesure.sans_nom:
            if cellules[rang]:
                carnet.refuse(
                    numero, None, f"valeur dans la colonne n° {rang + 1}, qui n’a pas de nom"
                )
        lignes.append(Ligne(numero, cellules, rangs))
    if vides:
        carnet.notice(None, None, f"lignes vides sautées : {len(vides)} ({say_numeros(vides)})")
    vide_admise = attendues is not None and attendues.vide_admise
    if not lignes and not carnet.refus and not vide_admise:
        carnet.refuse(None, None, AUCUNE_LIGNE)
    mesure.tell(
        len(lignes), coupee=coupable and bool(lignes) and lignes[-1].numero == mesure.courte
    )
    carnet.check()
    return Table(
        carnet.fichier, tuple(rangs), tuple(lignes), tuple(carnet.avis), tuple(carnet.reparees)
    )


class _Mesure:
    """Rows brought to the width of the header, and the count of those that were not."""

    def __init__(
        self,
        entete: Sequence[str],
        rangs: Mapping[str, int],
        carnet: Carnet,
        obligatoires: Collection[str],
    ) -> None:
        self.largeur = len(entete)
        self.sans_nom = [rang for rang, cellule in enumerate(entete) if not name_colonne(cellule)]
        sans_nom = set(self.sans_nom)
        nommees = [rang for rang in range(self.largeur) if rang not in sans_nom]
        self._minimum = 1 + max((rangs[c] for c in obligatoires if c in rangs), default=-1)
        self._nommees = 1 + max(nommees, default=-1)
        self._carnet = carnet
        self._plus_larges = self._plus_courtes = 0
        self._premiere_courte = 0
        self.courte = 0

    def adjust(self, numero: int, cellules: tuple[str, ...]) -> tuple[str, ...] | None:
        """The row at the width of the header; refused when a value stands beyond, or a required one is missing."""
        nombre = len(cellules)
        if any(cellules[self.largeur :]) or nombre < self._minimum:
            raison = f"{nombre} cellules au lieu de {self.largeur} comme dans l’en-tête"
            self._carnet.refuse(numero, None, raison)
            return None
        if nombre > self.largeur:
            self._plus_larges += 1
            return cellules[: self.largeur]
        if nombre < self._nommees:
            self._plus_courtes += 1
            self._premiere_courte = self._premiere_courte or numero
            self.courte = numero
        return cellules + ("",) * (self.largeur - nombre)

    def tell(self, lignes: int, *, coupee: bool) -> None:
        """What was adjusted; `coupee`: the last row is short and has no end of line."""
        if coupee:
            raison = (
                "dernière ligne plus courte que l’en-tête et sans fin de ligne : fichier tronqué ?"
            )
            self._carnet.refuse(self.courte, None, raison)
        elif self._plus_courtes:
            raison = f"cellules finales absentes, lues vides : {self._plus_courtes} lignes"
            self._carnet.notice(self._premiere_courte, None, raison)
        if 0 < self._plus_larges < lignes:
            raison = f"cellules vides au-delà de l’en-tête, ôtées : {self._plus_larges} lignes"
            self._carnet.repair(None, None, raison)


def refuse_empty(fichier: str) -> DonneesRefusees:
    """The refusal of a file that holds no header."""
    return DonneesRefusees([Anomalie(fichier, None, None, "fichier vide")])
