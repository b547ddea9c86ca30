"""Records drawn from the declaration of their kind: whatever a kind says it holds, some of them hold it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date, time, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from quartiers.core.champs import round_coordonnee
from quartiers.core.contenu import (
    ChampDecrit,
    CodeIndicateur,
    CodeTerritoire,
    Contenu,
    Etape,
    Mot,
    MotDeChamp,
    Reference,
    SousEnsemble,
    TypeDeChamp,
    describe,
)
from quartiers.core.enregistrement import Lien, NatureDeLien, Validation
from quartiers.core.genres import GENRES
from quartiers.core.genres.pointage import Pointage
from quartiers.core.genres.vacances import CLASSES_MAX, VACANCES_MAX, VacancesScolaires
from quartiers.core.mots import find_echelles
from quartiers.core.referentiel import Referentiel
from tests.genres_monde import CODES, TERRITOIRES, load_livre

LE_MIN, LE, LE_MAX = date(2021, 1, 1), date(2026, 11, 20), date(2027, 6, 30)
_SIGNES = "abé œ’-'=+@;\"0123456789,.%\n/"
ListMots = Callable[[str], Sequence[str]]


def draw_objet() -> st.SearchStrategy[str]:
    """What identifies a thing at its producer."""
    return st.from_regex(r"[A-Z]{1,3}[0-9]{1,4}(/[A-Z0-9_-]{1,6})?", fullmatch=True)


def draw_texte(*, seul: bool = True) -> st.SearchStrategy[str]:
    """A text as a reader keeps it; one of several holds nothing that separates them."""
    signes = _SIGNES + "|" if seul else _SIGNES
    return (
        st.text(signes, min_size=1, max_size=12)
        .map(lambda texte: " ".join(texte.split(" ")).strip())
        .filter(lambda texte: texte != "" and not texte.startswith(("'", '"', '="')))
    )


def _draw_jour(dernier: date) -> st.SearchStrategy[date]:
    return st.dates(date(2015, 1, 1), dernier)


def _draw_nombre() -> st.SearchStrategy[Fraction]:
    return st.integers(0, 10**12).map(lambda n: Fraction(n, 10**6)) | st.integers(0, 40).map(
        lambda n: Fraction(n, 2)
    )


def _draw_mot_de_champ(list_mots: ListMots) -> st.SearchStrategy[MotDeChamp]:
    return st.sampled_from(list_mots("fonction")).map(lambda m: MotDeChamp("fonction", Mot(m)))


def draw_valeur(decrit: ChampDecrit, list_mots: ListMots) -> st.SearchStrategy[Any]:
    """One value of a field."""
    champ = decrit.champ
    if decrit.type is TypeDeChamp.MOT:
        return st.sampled_from(list(champ.mots) or list_mots(champ.vocabulaire)).map(Mot)
    if decrit.type is TypeDeChamp.SOUS_ENSEMBLE:
        mots = st.sampled_from(list_mots(champ.vocabulaire)).map(Mot)
        return st.builds(SousEnsemble, mots, st.integers(0, 10**6))
    simples: dict[TypeDeChamp, st.SearchStrategy[Any]] = {
        TypeDeChamp.TEXTE: draw_texte(seul=not decrit.multiple),
        TypeDeChamp.REFERENCE: draw_objet().map(Reference),
        TypeDeChamp.INDICATEUR: st.just(CodeIndicateur("e03-a1-france-services")),
        TypeDeChamp.TERRITOIRE: st.sampled_from(CODES).map(CodeTerritoire),
        # A compulsory day that comes after the day spoken of could not be emptied.
        TypeDeChamp.JOUR: _draw_jour(LE_MIN if decrit.requis else LE_MAX),
        TypeDeChamp.HEURE: st.builds(time, st.integers(0, 23), st.integers(0, 59)),
        TypeDeChamp.ENTIER: st.integers(0, 10**8),
        TypeDeChamp.NOMBRE: _draw_nombre(),
        TypeDeChamp.COORDONNEE: st.floats(-champ.borne, champ.borne).map(round_coordonnee),
        TypeDeChamp.ETAPE: st.integers(0, 3).map(Etape),
        TypeDeChamp.OUI_NON: st.booleans(),
        TypeDeChamp.MOT_DE_CHAMP: _draw_mot_de_champ(list_mots),
    }
    return simples[decrit.type]


@st.composite
def draw_contenu(draw: st.DrawFn, genre: type[Contenu], list_mots: ListMots) -> Contenu:
    """What a record of a kind may say, contradictions included."""
    valeurs = {}
    for nom, decrit in describe(genre).items():
        if not decrit.requis and draw(st.booleans()):
            continue
        valeur = draw_valeur(decrit, list_mots)
        if decrit.multiple:
            liste = draw(st.lists(valeur, min_size=1, max_size=3))
            valeurs[nom] = tuple(dict.fromkeys(liste))
        else:
            valeurs[nom] = draw(valeur)
    return genre(**valeurs)


def drop_fautes(contenu: Contenu, le: date) -> Contenu | None:
    """The same without what contradicts itself; None when no empty cell can mend it."""
    libres = {f.name: f.default for f in fields(contenu) if f.default is not MISSING}
    while fautes := {nom for nom, _ in contenu.list_fautes(le)}:
        # What is missing beside another cell is mended by emptying that other one.
        pleins = [nom for nom, vide in libres.items() if getattr(contenu, nom) != vide]
        nom = next((n for n in pleins if n in fautes), None) or next(iter(pleins), None)
        if nom is None:
            return None
        contenu = replace(contenu, **{nom: libres[nom]})
    return contenu


def fit_programme(contenu: Contenu, referentiel: Referentiel) -> Contenu:
    """The same with steps that its programme has, words of the kind that it points, holidays in their order."""
    noms = describe(type(contenu))
    if "etape" in noms and noms["etape"].type is TypeDeChamp.ETAPE:
        valeurs = {nom: getattr(contenu, nom) for nom in noms}
        echelles = find_echelles(referentiel, type(contenu), valeurs)
        return type(contenu)(**valeurs | {"etape": valeurs["etape"] if echelles else None})
    if isinstance(contenu, VacancesScolaires):
        debut = contenu.classes_depuis + timedelta(days=contenu.debut.toordinal() % CLASSES_MAX)
        fin = debut + timedelta(days=contenu.fin.toordinal() % VACANCES_MAX)
        return replace(contenu, debut=debut, fin=fin)
    if isinstance(contenu, Pointage) and contenu.genre != "poste":
        return replace(contenu, mot=())
    return contenu


@st.composite
def draw_liens(draw: st.DrawFn, territoires: Sequence[str]) -> tuple[Lien, ...]:
    """Territoires that a record stands in or serves, with or without shares."""
    codes = draw(st.lists(st.sampled_from(list(territoires)), min_size=1, unique=True))
    liens = []
    for code in codes:
        nature = draw(st.sampled_from(NatureDeLien))
        part = draw(
            st.none() | st.integers(1, 10**6 // len(codes)).map(lambda n: Fraction(n, 10**6))
        )
        liens.append(Lien(code, nature, part))
    return tuple(sorted(liens, key=lambda lien: list(NatureDeLien).index(lien.nature)))


@dataclass(frozen=True, slots=True)
class LigneTiree:
    """A record that a file may hold."""

    objet: str
    le: date
    contenu: Contenu | None
    liens: tuple[Lien, ...]
    validation: Validation


@st.composite
def draw_ligne(draw: st.DrawFn, genre: str) -> LigneTiree:
    """A record without a contradiction, in the words of the programme that comes with the product."""
    livre = load_livre()
    le = draw(st.dates(LE_MIN, LE))
    tire = draw(draw_contenu(GENRES[genre], lambda vocabulaire: list(livre.get_mots(vocabulaire))))
    contenu = drop_fautes(fit_programme(tire, livre), le)
    assume(contenu is not None)
    assert contenu is not None
    validation = draw(st.sampled_from(Validation))
    lies = GENRES[genre].GENRES_LIES
    codes = [c for c in CODES if lies is None or TERRITOIRES[c].genre in lies]
    return LigneTiree(draw(draw_objet()), le, contenu, draw(draw_liens(codes)), validation)


def draw_lignes(genre: str, maximum: int) -> st.SearchStrategy[list[LigneTiree]]:
    """Records of one file."""
    return st.lists(
        draw_ligne(genre), min_size=1, max_size=maximum, unique_by=lambda t: (t.objet, t.le)
    )
