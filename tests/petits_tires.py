"""Lines of the small kinds, drawn among what the invented département admits: each says all that its columns may."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from quartiers.core.contenu import CodeIndicateur, CodeTerritoire, Coordonnee, Mot
from quartiers.core.enregistrement import Validation
from quartiers.core.genres.arret import ArretDeclare
from quartiers.core.genres.cible import OPERATEURS, ORIGINES, CibleDeclaree
from quartiers.core.genres.confirmation import ConfirmationDeclaree
from quartiers.core.genres.quartier_cible import QuartierDeclare
from quartiers.core.genres.sans_objet import MOTIFS, SansObjetDeclare
from quartiers.core.horaires import JOURS
from quartiers.core.petit_genre import PetitGenre
from quartiers.core.referentiel import GenreIndicateur, Indicateur, Sens
from quartiers.core.territoire import Niveau
from quartiers.usecases.juger_plausibilite import is_part
from quartiers.usecases.lire_enregistrements import EnregistrementLu
from tests.genres_monde import load_livre
from tests.genres_tires import draw_texte

PRESENCE, OBLIGATION = "e03-a1-france-services", "e02-a1-convention-npnru"
FIXE, MOBILE = "9006", "9007"
ICI = (2.361492, 46.462648)
PREMIER, DERNIER = date(2026, 2, 1), date(2026, 11, 24)
_QUARTIERS = ("QC-FICTIF-TILLEULS", "QC-FICTIF-GRAND-PRE", "QC-FICTIF-CINQ-CHEMINS")
_RATTACHABLES = ("QN00001N", "QN00002M", "QRR-00_1", "QRR-00_2")
_NOMS = st.text("abé œ’-'=+@;\"0123456789,.%/", min_size=1, max_size=12).map(
    lambda nom: f"N {' '.join(nom.split())} e"
)
_QUARTIER = st.sampled_from(_QUARTIERS).map(CodeTerritoire)
_JOUR = st.dates(PREMIER, DERNIER)


def list_mesurables() -> list[Indicateur]:
    """Indicateurs of a quartier that a target may speak of."""
    genres = {*GenreIndicateur} - {GenreIndicateur.SUIVI, GenreIndicateur.NATIONAL}
    return [
        indicateur
        for indicateur in load_livre().list_indicateurs()
        if indicateur.niveau is Niveau.QUARTIER and indicateur.genre in genres
    ]


@st.composite
def draw_periode(draw: st.DrawFn) -> tuple[date | None, date | None]:
    """From a day to a day; either may not be said."""
    jours = sorted((draw(_JOUR), draw(_JOUR)))
    return draw(st.none() | st.just(jours[0])), draw(st.none() | st.just(jours[1]))


@st.composite
def draw_quartier(draw: st.DrawFn) -> QuartierDeclare:
    """A quartier cible of the département."""
    rattaches = draw(st.lists(st.sampled_from(_RATTACHABLES).map(CodeTerritoire), unique=True))
    du, au = draw(draw_periode())
    return QuartierDeclare(
        code=draw(st.from_regex(r"QC-TIRE-[A-Z0-9]{1,8}", fullmatch=True)),
        nom=draw(_NOMS),
        departement=CodeTerritoire("DEP-00"),
        rattaches=tuple(rattaches),
        attendu_du=du,
        attendu_au=au,
    )


@st.composite
def draw_arret(draw: st.DrawFn) -> ArretDeclare:
    """A stop, with a point or without."""
    du, au = draw(draw_periode())
    ecart = st.integers(-9999, 9999).map(lambda n: n / 10**6)
    point = draw(st.none() | st.tuples(ecart, ecart))
    jours = draw(st.lists(st.sampled_from(list(JOURS)), min_size=1, max_size=3, unique=True))
    return ArretDeclare(
        lieu=MOBILE,
        territoire=draw(_QUARTIER),
        adresse=draw(st.just("") | draw_texte()),
        longitude=None if point is None else Coordonnee(round(ICI[0] + point[0], 6)),
        latitude=None if point is None else Coordonnee(round(ICI[1] + point[1], 6)),
        jour=" ".join(jours),
        heures=draw(st.just("") | draw_texte()),
        du=du,
        au=au,
    )


@st.composite
def draw_sans_objet(draw: st.DrawFn) -> SansObjetDeclare:
    """An action without object where its sentence allows it."""
    return SansObjetDeclare(
        indicateur=CodeIndicateur(draw(st.sampled_from((PRESENCE, OBLIGATION)))),
        territoire=draw(_QUARTIER),
        motif=Mot(draw(st.sampled_from(list(MOTIFS)))),
        valide_le=draw(_JOUR),
        valide_par=f"Préfet {draw(draw_texte())}".strip(),
    )


@st.composite
def draw_confirmation(draw: st.DrawFn) -> ConfirmationDeclaree:
    """A nearby place that serves."""
    return ConfirmationDeclaree(
        indicateur=CodeIndicateur(PRESENCE),
        territoire=draw(_QUARTIER),
        lieu=draw(st.sampled_from((FIXE, MOBILE))),
        date=draw(_JOUR),
        motif=draw(draw_texte()),
        par=draw(draw_texte()),
    )


@st.composite
def draw_cible(draw: st.DrawFn) -> CibleDeclaree:
    """A target of any kind of indicateur; negative where that one admits it."""
    indicateur = draw(st.sampled_from(list_mesurables()))
    effet, echeance = draw(draw_periode())
    valeurs: dict[str, Any] = {"valeur": draw(_draw_nombre(indicateur))}
    if indicateur.genre is GenreIndicateur.JALON:
        etape = draw(st.integers(1, len(indicateur.echelle) - 1))
        valeurs = {"valeur": Fraction(etape), "etape": etape}
    if indicateur.genre is GenreIndicateur.DOUBLEMENT:
        valeurs = {"base": abs(draw(_draw_nombre(indicateur)))}
        echeance = echeance or DERNIER
    elif draw(st.booleans()):
        base = {"base": draw(_draw_nombre(indicateur)), "base_date": PREMIER}
        valeurs |= base | {"base_source": draw(draw_texte())}
    sens = ">=" if indicateur.sens is Sens.HAUSSE else "<="
    assert {sens, "="} <= set(OPERATEURS)
    return CibleDeclaree(
        indicateur=CodeIndicateur(indicateur.code),
        territoire=draw(_QUARTIER),
        operateur=Mot(draw(st.sampled_from((sens, "=")))),
        origine=Mot(draw(st.sampled_from(list(ORIGINES)))),
        effet=effet,
        echeance=echeance,
        **valeurs,
    )


def _draw_nombre(indicateur: Indicateur) -> st.SearchStrategy[Fraction]:
    """In its unit, six decimals at most."""
    plus_bas = -(10**8) if indicateur.admet_negatif else 0
    plus_haut = 100 * 10**6 if is_part(indicateur) else 10**12
    return st.integers(plus_bas, plus_haut).map(lambda n: Fraction(n, 10**6))


TIRAGES: dict[str, st.SearchStrategy[PetitGenre]] = {
    "quartiers": draw_quartier(),
    "arrets": draw_arret(),
    "sans_objet": draw_sans_objet(),
    "confirmations": draw_confirmation(),
    "cibles": draw_cible(),
}


def draw_petits(fichier: str, maximum: int) -> st.SearchStrategy[list[PetitGenre]]:
    """Lines of one file, none of them another version of a line above."""
    return st.lists(
        TIRAGES[fichier], min_size=1, max_size=maximum, unique_by=lambda petit: petit.identite
    )


def make_lu(petit: PetitGenre) -> EnregistrementLu:
    """A line of a small kind as it is read."""
    return EnregistrementLu(
        petit.GENRE, petit.objet, petit.le, petit, (), Validation.SOUMIS, ligne=2
    )
