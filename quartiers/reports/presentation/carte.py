"""The map of a quartier: metres to a drawing of 400 units wide, numbered places, and the same in words.

Solid line: the perimeter; dashes: 300 m around; dots: 1,000 m. Everything is a presentation attribute: the page
needs no style of its own, and prints in grey.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from quartiers.core.dire import INSECABLE, say_metres
from quartiers.core.fait import Objet
from quartiers.core.rayons import RAYON_A_PROXIMITE_M, RAYON_PROCHE_M
from quartiers.reports.presentation.nombre import Ordre, Trait
from quartiers.reports.typographie import count, format_date, format_quantite

Point = tuple[float, float]
Anneaux = tuple[tuple[Point, ...], ...]
ARRET = "arret"
RAYONS_M = (RAYON_PROCHE_M, RAYON_A_PROXIMITE_M)
LARGEUR = 400
HAUTEUR_MAX = 420
MARGE = 14
BANDE = 30
"""Below the drawing: scale and north."""
POSE_DU_TEXTE = 4
HAUTEUR_DU_TEXTE = 16
DEMI_TEXTE = 30
ECHELLES_M = (50, 100, 200, 300, 500, 1000, 2000, 5000, 10000, 20000, 50000)
PART_DE_L_ECHELLE = 0.3
ECART, ECART_PAPIER = 21.0, 28.0
"""Two numbers nearer than this would hide one another; on paper the drawing is smaller, and its signs larger."""
TIRETS = {RAYON_PROCHE_M: "7 4", RAYON_A_PROXIMITE_M: "1.5 4.5"}
PENTE_PLATE = 0.12
COMPLET = 360


class ContoursADessiner(Protocol):
    """Outlines in metres, as `geo` makes them: rings, frame (west, south, east, north), north in degrees."""

    @property
    def perimetre(self) -> Anneaux: ...
    @property
    def portees(self) -> tuple[tuple[int, Anneaux], ...]: ...
    @property
    def cadre(self) -> tuple[float, float, float, float]: ...
    @property
    def nord(self) -> float: ...

    def locate(self, lon: float, lat: float) -> Point:
        """A place in degrees, in the same metres."""
        ...


@dataclass(frozen=True, slots=True)
class LieuSitue:
    """An object in force, and where it stands in degrees; `position` None: no coordinates were published."""

    objet: Objet
    position: Point | None

    @property
    def is_arret(self) -> bool:
        """A stop of a mobile place."""
        return self.objet.preuve.genre == ARRET


@dataclass(frozen=True, slots=True)
class Limite:
    """A line at some distance. `d`: its path; `x`, `y`: where its distance is written."""

    texte: str
    d: str
    tirets: str
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class LieuNumerote:
    """A numbered place. `depuis`: the true position when the number had to be set aside, else empty."""

    numero: Ordre
    x: str
    y: str
    texte_y: str
    is_arret: bool
    depuis: tuple[str, str] | tuple[()]


@dataclass(frozen=True, slots=True)
class LieuMontre:
    """A place in words. `numero` None: it has no coordinates, so that it is not on the map."""

    numero: Ordre | None
    nom: str
    adresse: str
    heures: str
    distance: str
    temoin: str
    preuve: str


@dataclass(frozen=True, slots=True)
class DessinDeCarte:
    """The drawing. `echelle`: end of the scale bar, which begins at the margin; `nord`: angle of the arrow."""

    hauteur: Trait
    perimetre: str
    limites: tuple[Limite, ...]
    marques: tuple[LieuNumerote, ...]
    echelle: str
    echelle_texte_x: str
    echelle_texte: str
    bande: Trait
    nord: str
    phrase: str

    @property
    def has_arret(self) -> bool:
        """Squares are drawn too: the caption tells them from discs."""
        return any(marque.is_arret for marque in self.marques)


@dataclass(frozen=True, slots=True)
class Carte:
    """All that the part shows. `plan` None: the perimeter is not known. `lointain`: the nearest one, when none is near."""

    plan: DessinDeCarte | None
    lieux: tuple[LieuMontre, ...]
    lointain: LieuMontre | None


@dataclass(frozen=True, slots=True)
class Cadrage:
    """From metres to units of the drawing."""

    ouest: float
    nord: float
    unites_par_metre: float
    hauteur: int
    decalage: float

    def place(self, point: Point) -> Point:
        """East and down."""
        x = MARGE + self.decalage + (point[0] - self.ouest) * self.unites_par_metre
        return x, MARGE + (self.nord - point[1]) * self.unites_par_metre


def build_carte(
    nom: str,
    contours: ContoursADessiner | None,
    situes: Sequence[LieuSitue],
    link: Callable[[str], str],
    ecart: float = ECART,
) -> Carte:
    """The map of a quartier called `nom`; `link` gives the proof of an indicateur. No `contours`: no drawing."""
    proches, loins = split_proches(situes)
    numeros = number_lieux(proches)
    lieux = tuple(
        _show_lieu(situe, None if contours is None else numero, link)
        for situe, numero in zip(proches, numeros, strict=True)
    )
    lointain = _show_lieu(loins[0], None, link) if loins and not proches else None
    plan = None
    if contours is not None:
        numerotes = list(zip(proches, numeros, strict=True))
        plan = _build_plan(contours, numerotes, _write_phrase(nom, lieux), ecart)
    return Carte(plan, lieux, lointain)


def split_proches(situes: Sequence[LieuSitue]) -> tuple[list[LieuSitue], list[LieuSitue]]:
    """Those within 1,000 m (a stop without coordinates is inside), and those beyond."""
    proches = [s for s in situes if (s.objet.distance_m or 0.0) <= RAYON_A_PROXIMITE_M]
    return proches, [s for s in situes if s not in proches]


def number_lieux(situes: Sequence[LieuSitue]) -> list[int | None]:
    """From 1, nearest first; none for a place that cannot be drawn."""
    numeros: list[int | None] = []
    suivant = 1
    for situe in situes:
        numeros.append(None if situe.position is None else suivant)
        suivant += situe.position is not None
    return numeros


def _show_lieu(situe: LieuSitue, numero: int | None, link: Callable[[str], str]) -> LieuMontre:
    objet = situe.objet
    details = dict(objet.preuve.details)
    return LieuMontre(
        numero=None if numero is None else Ordre(numero),
        nom=objet.preuve.libelle,
        adresse=details.get("Adresse", ""),
        heures=details.get("Heures", ""),
        distance=write_distance(objet),
        temoin=format_date(objet.temoin),
        preuve=link(objet.indicateur),
    )


def write_distance(objet: Objet) -> str:
    """« dans le périmètre », « 240 m »; a stop without coordinates is declared inside."""
    if objet.distance_m is None:
        return "dans le quartier, sans coordonnées"
    return say_metres(objet.distance_m) if objet.distance_m else "dans le périmètre"


def _write_phrase(nom: str, lieux: Sequence[LieuMontre]) -> str:
    """What the image says to those who do not see it."""
    debut = (
        f"Plan du quartier {nom}{INSECABLE}: son périmètre et ses limites de "
        f"{' et de '.join(format_quantite(r, 'm') for r in RAYONS_M)}"
    )
    dessines = [lieu for lieu in lieux if lieu.numero is not None]
    if not dessines:
        return f"{debut}. Aucun lieu de position connue n’y est."
    premier = dessines[0]
    return (
        f"{debut}, avec {count(len(dessines), 'lieu numéroté', 'lieux numérotés')}. "
        f"Le plus proche{INSECABLE}: {premier.nom}, {premier.distance}. La liste donne chacun."
    )


def _build_plan(
    contours: ContoursADessiner,
    numerotes: list[tuple[LieuSitue, int | None]],
    phrase: str,
    ecart: float,
) -> DessinDeCarte:
    cadrage = build_cadrage(contours.cadre)
    points = [
        (numero, situe.is_arret, cadrage.place(contours.locate(*situe.position)))
        for situe, numero in numerotes
        if situe.position is not None and numero is not None
    ]
    metres = choose_echelle(cadrage.unites_par_metre)
    fin = MARGE + metres * cadrage.unites_par_metre
    return DessinDeCarte(
        hauteur=Trait(cadrage.hauteur + BANDE),
        perimetre=write_chemin(contours.perimetre, cadrage),
        limites=tuple(_list_limites(contours, cadrage)),
        marques=tuple(_list_marques(points, cadrage.hauteur, ecart)),
        echelle=_write(fin),
        echelle_texte_x=_write(fin + 8),
        echelle_texte=format_quantite(metres, "m"),
        bande=Trait(cadrage.hauteur + BANDE // 2 - 4),
        nord=_write(contours.nord),
        phrase=phrase,
    )


def build_cadrage(cadre: tuple[float, float, float, float]) -> Cadrage:
    """The whole frame inside the margins, as large as the width and the greatest height allow."""
    ouest, sud, est, nord = cadre
    utile = LARGEUR - 2 * MARGE
    par_metre = min(utile / (est - ouest), (HAUTEUR_MAX - 2 * MARGE) / (nord - sud))
    hauteur = math.ceil((nord - sud) * par_metre) + 2 * MARGE
    return Cadrage(ouest, nord, par_metre, hauteur, (utile - (est - ouest) * par_metre) / 2)


def choose_echelle(unites_par_metre: float) -> int:
    """The longest round length that takes less than a third of the width."""
    possibles = [m for m in ECHELLES_M if m * unites_par_metre <= PART_DE_L_ECHELLE * LARGEUR]
    return possibles[-1] if possibles else ECHELLES_M[0]


def _list_limites(contours: ContoursADessiner, cadrage: Cadrage) -> list[Limite]:
    """Each line with its distance at its top; at its bottom when two would be written on one another."""
    limites: list[Limite] = []
    ecrits: list[Point] = []
    for rayon, anneaux in reversed(contours.portees):
        x, y = cadrage.place(find_sommet(anneaux))
        if any(abs(y - autre[1]) < HAUTEUR_DU_TEXTE for autre in ecrits):
            x, y = cadrage.place(min((p for a in anneaux for p in a), key=lambda p: p[1]))
        ecrits.append((x, y))
        limites.append(
            Limite(
                texte=format_quantite(rayon, "m"),
                d=write_chemin(anneaux, cadrage),
                tirets=TIRETS[rayon],
                x=_write(min(max(x, DEMI_TEXTE), LARGEUR - DEMI_TEXTE)),
                y=_write(y + POSE_DU_TEXTE),
            )
        )
    return limites


def find_sommet(anneaux: Anneaux) -> Point:
    """Where a line is highest; in the middle of its side when that side is nearly flat."""
    rangs = [(point, anneau, i) for anneau in anneaux for i, point in enumerate(anneau)]
    haut, anneau, i = max(rangs, key=lambda r: (r[0][1], r[0][0]))
    voisin = max(anneau[i - 1], anneau[(i + 1) % len(anneau)], key=lambda p: p[1])
    if haut[1] - voisin[1] > PENTE_PLATE * abs(haut[0] - voisin[0]):
        return haut
    return (haut[0] + voisin[0]) / 2, (haut[1] + voisin[1]) / 2


def write_chemin(anneaux: Anneaux, cadrage: Cadrage) -> str:
    """One path, one decimal; a ring whose points all fall on one another is not drawn."""
    morceaux = []
    for anneau in anneaux:
        suite: list[str] = []
        for point in anneau:
            x, y = cadrage.place(point)
            paire = f"{_write(x)} {_write(y)}"
            if not suite or suite[-1] != paire:
                suite.append(paire)
        if len(suite) > 1:
            morceaux.append(f"M{'L'.join(suite)}Z")
    return "".join(morceaux)


def _list_marques(
    points: list[tuple[int, bool, Point]], hauteur: int, ecart: float
) -> list[LieuNumerote]:
    prises: list[Point] = []
    marques = []
    for numero, is_arret, vrai in points:
        lieu = find_place(vrai, prises, hauteur, ecart)
        prises.append(lieu)
        marques.append(
            LieuNumerote(
                numero=Ordre(numero),
                x=_write(lieu[0]),
                y=_write(lieu[1]),
                texte_y=_write(lieu[1] + POSE_DU_TEXTE),
                is_arret=is_arret,
                depuis=() if lieu == vrai else (_write(vrai[0]), _write(vrai[1])),
            )
        )
    return marques


def find_place(vrai: Point, prises: Sequence[Point], hauteur: int, ecart: float = ECART) -> Point:
    """The true position, else the first free one around it, then farther: the same each time."""
    essais = [vrai]
    for tour in range(1, 7):
        rayon, pas = ecart * tour, COMPLET // (8 * tour)
        for degres in range(0, COMPLET, pas):
            angle = math.radians(degres)
            essais.append((vrai[0] + rayon * math.cos(angle), vrai[1] - rayon * math.sin(angle)))
    for x, y in essais:
        dedans = MARGE <= x <= LARGEUR - MARGE and MARGE <= y <= hauteur - MARGE
        if dedans and all(math.dist((x, y), prise) >= ecart * 0.95 for prise in prises):
            return x, y
    return vrai


def _write(nombre: float) -> str:
    """One decimal at most, with a point, as SVG wants."""
    texte = f"{nombre:.1f}"
    return "0" if texte == "-0.0" else texte.removesuffix(".0")
