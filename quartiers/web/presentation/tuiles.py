"""France as tiles: one per département or collectivité, roughly where it stands, each of the same size.

A tile shows what it is given, never a shade that would rank: a frame, hatching where nothing is known, a number.
The table beside holds the same content in words, in alphabetical order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from quartiers.core.dire import INSECABLE, fold
from quartiers.core.statut import Statut
from quartiers.reports.presentation.nombre import Trait
from quartiers.reports.typographie import INCONNU, lower_first

GRILLE = """
 .   .   .   .   .   .   62  59  .   .   .   .
 .   .   .   .   .   76  80  60  02  08  .   .
 .   .   50  14  27  78  95  93  51  55  54  57
 29  22  35  61  28  92  75  77  10  52  88  67
 .   56  53  72  45  91  94  89  21  70  68  .
 .   44  49  37  41  18  58  71  39  25  90  .
 .   .   85  79  86  36  23  03  42  69  01  74
 .   .   .   17  16  87  19  63  43  38  73  .
 .   .   .   33  24  46  15  48  07  26  05  .
 .   .   .   40  47  82  12  30  84  04  06  .
 .   .   .   64  32  31  81  34  13  83  .   2B
 .   .   .   .   65  09  11  66  .   .   .   2A
 971 972 973 974 976 .   .   .   .   .   .   .
 975 977 978 986 987 988 984 989 .   .   .   .
"""
"""Rows from north to south; the last two are overseas, below the rest."""
LIBRE = "."

PAS = 46
COTE = 43
MARGE = 1
RANG_OUTRE_MER = 12
INTERVALLE = 34
LONGUEUR_TENUE = 4
LONGUEUR_MAX = 5
LARGE = 38


class Motif(StrEnum):
    """How a tile is drawn; the word is that of the legend and of the table."""

    COMPLET = "complet"
    PARTIEL = "partiel"
    INCONNU = "inconnu"
    AUCUN = "aucun"


MOTS = {
    Motif.COMPLET: "Tout est transmis",
    Motif.PARTIEL: "Transmis en partie",
    Motif.INCONNU: "Rien n’est connu",
    Motif.AUCUN: "Aucun quartier attendu",
}


@dataclass(frozen=True, slots=True)
class Donnee:
    """What is said of one département. `adresse` empty: the account may not open it.

    `texte`: « 3 sur 4 », or a sentence; `couverture`: how much of it is known, in words.
    """

    code: str
    nom: str
    texte: str
    motif: Motif
    adresse: str = ""
    couverture: str = ""


@dataclass(frozen=True, slots=True)
class Tuile:
    """One tile: where, what is written on it, where it leads. `largeur`: forced width of a long text, or None."""

    x: Trait
    y: Trait
    sigle: str
    court: str
    largeur: Trait | None
    motif: Motif
    adresse: str
    phrase: str

    @property
    def milieu(self) -> Trait:
        """Middle of the tile, for a centred text."""
        return Trait(self.x.valeur + COTE // 2)

    @property
    def ligne_haute(self) -> Trait:
        """Baseline of the code, or of the only text when the tile has nothing else to say."""
        return Trait(self.y.valeur + (28 if self.motif is Motif.AUCUN else 18))

    @property
    def ligne_basse(self) -> Trait:
        """Baseline of the number."""
        return Trait(self.y.valeur + 37)

    @property
    def bas(self) -> Trait:
        """Top of the lower half, where what is unknown is hatched."""
        return Trait(self.y.valeur + 22)


@dataclass(frozen=True, slots=True)
class LigneTuile:
    """The same content as a row of the table."""

    nom: str
    adresse: str
    texte: str
    couverture: str
    mot: str
    signe: Statut | None


@dataclass(frozen=True, slots=True)
class CarteEnTuiles:
    """All that the part shows. `hauteur`: of the drawing; `y_outre_mer`: baseline of that heading."""

    tuiles: tuple[Tuile, ...]
    lignes: tuple[LigneTuile, ...]
    legende: tuple[tuple[Motif, str], ...]
    phrase: str
    hauteur: Trait
    y_outre_mer: Trait


def build_tuiles(donnees: Iterable[Donnee], sujet: str) -> CarteEnTuiles:
    """The tiles of all France. `sujet`: what the numbers are, after « Carte en tuiles : ».

    A département that is not among `donnees` is drawn pale; one that has no place of its own in the grid
    (that of the demonstration) takes a free one at the top. Two `donnees` of one code are refused.
    """
    recues = list(donnees)
    par_sigle = {get_sigle(d.code): d for d in recues}
    if len(par_sigle) != len(recues):
        raise ValueError("deux tuiles pour un même département")
    places = place_sigles(par_sigle)
    tuiles = tuple(
        _build_tuile(sigle, place, par_sigle.get(sigle)) for sigle, place in places.items()
    )
    utiles = {tuile.motif for tuile in tuiles}
    return CarteEnTuiles(
        tuiles=tuiles,
        lignes=tuple(_build_ligne(d) for d in sorted(recues, key=lambda d: (fold(d.nom), d.code))),
        legende=tuple((motif, mot) for motif, mot in MOTS.items() if motif in utiles),
        phrase=f"Carte en tuiles{INSECABLE}: {sujet}. Le tableau qui suit dit la même chose.",
        hauteur=Trait(_get_haut(len(list(_list_rangs()))) + MARGE),
        y_outre_mer=Trait(_get_haut(RANG_OUTRE_MER) - 10),
    )


def get_sigle(code: str) -> str:
    """`DEP-971` → `971`."""
    return code.removeprefix("DEP-")


def _list_rangs() -> Iterator[list[str]]:
    return (ligne.split() for ligne in GRILLE.strip().splitlines())


def place_sigles(voulus: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Column and row of each code of the grid, then of each wanted one that is not in it."""
    cases = [
        ((colonne, rang), sigle)
        for rang, ligne in enumerate(_list_rangs())
        for colonne, sigle in enumerate(ligne)
    ]
    places = {sigle: place for place, sigle in cases if sigle != LIBRE}
    libres = (place for place, sigle in cases if sigle == LIBRE)
    for sigle in sorted(set(voulus) - set(places)):
        places[sigle] = next(libres)
    return places


def _get_haut(rang: int) -> int:
    return MARGE + PAS * rang + (INTERVALLE if rang >= RANG_OUTRE_MER else 0)


def _build_tuile(sigle: str, place: tuple[int, int], donnee: Donnee | None) -> Tuile:
    colonne, rang = place
    court = "" if donnee is None else shorten(donnee.texte)
    return Tuile(
        x=Trait(MARGE + PAS * colonne),
        y=Trait(_get_haut(rang)),
        sigle=sigle,
        court=court if donnee is not None and donnee.motif is not Motif.INCONNU else "",
        largeur=Trait(LARGE) if len(court) > LONGUEUR_TENUE else None,
        motif=Motif.AUCUN if donnee is None else donnee.motif,
        adresse="" if donnee is None else donnee.adresse,
        phrase="" if donnee is None else write_phrase(donnee),
    )


def shorten(texte: str) -> str:
    """« 3 sur 4 » → « 3/4 »; nothing when it does not fit: the table says it."""
    court = "".join(texte.replace("sur", "/").split())
    return court if len(court) <= LONGUEUR_MAX and any(c.isdigit() for c in court) else ""


def write_phrase(donnee: Donnee) -> str:
    """What a tile says to those who hear it: « Ain : 3 sur 4, à jour 4 sur 4 »."""
    suite = [donnee.texte, donnee.couverture]
    if donnee.motif in {Motif.INCONNU, Motif.AUCUN}:
        suite.insert(0, lower_first(MOTS[donnee.motif]))
    return f"{donnee.nom}{INSECABLE}: {', '.join(filter(None, suite))}"


def _build_ligne(donnee: Donnee) -> LigneTuile:
    return LigneTuile(
        nom=donnee.nom,
        adresse=donnee.adresse,
        texte=donnee.texte or INCONNU,
        couverture=donnee.couverture or INCONNU,
        mot=MOTS[donnee.motif],
        signe=Statut.NON_RENSEIGNE if donnee.motif is Motif.INCONNU else None,
    )
