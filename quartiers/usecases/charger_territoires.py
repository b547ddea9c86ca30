"""The territoires of the base and the codes that were replaced: what answers « which code is it today »."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from quartiers.core.genres.quartier_cible import QuartierDeclare
from quartiers.core.territoire import Ancien, Genre, Territoire, Territoires
from quartiers.storage.models import CodeAncien, Enregistrement, Rattachement
from quartiers.storage.models import Territoire as TerritoireRange
from quartiers.storage.models.base import AjoutQuerySet


def load_territoires() -> Territoires:
    """Territoires with what holds them, in order."""
    parents: dict[str, list[str]] = defaultdict(list)
    liens = Rattachement.objects.filter(genre="dans").order_by("enfant", "rang", "parent")
    for enfant, parent in liens.values_list("enfant", "parent"):
        parents[enfant].append(parent)
    return _build(parents)


def load_codes() -> Territoires:
    """The same without what holds them, quartiers cibles included: enough to judge a code."""
    quartiers = list_versions().values_list("objet", "champs__nom")
    return _build({}).extend(
        Territoire(code, nom, Genre.QUARTIER) for code, nom in dict(quartiers).items()
    )


def _build(parents: Mapping[str, list[str]]) -> Territoires:
    lignes = TerritoireRange.objects.order_by("code").values_list(
        "code", "nom", "genre", "du", "au"
    )
    genres = {genre.value: genre for genre in Genre}
    return Territoires.build(
        (
            Territoire(code, nom, genres[genre], tuple(parents.get(code, ())), du, au)
            for code, nom, genre, du, au in lignes
        ),
        load_anciens(),
    )


def load_anciens() -> dict[str, Ancien]:
    """What each old code became, and the name it had."""
    anciens = CodeAncien.objects.order_by().values_list("code", "present", "nom")
    return {code: Ancien(suite, nom) for code, suite, nom in anciens}


def list_perimetres(territoire: str) -> list[str]:
    """The codes whose perimeters make a territoire: itself, or what a quartier cible holds as last known."""
    version = list_versions().filter(objet=territoire).last()
    return [territoire] if version is None else list(version.champs.get("rattaches", ()))


def list_versions() -> AjoutQuerySet:
    """Every version of the quartiers cibles, in the order they were learnt."""
    versions: AjoutQuerySet = Enregistrement.objects.add_ordre().filter(genre=QuartierDeclare.GENRE)
    return versions.order_by("connu_le", "ordre")
