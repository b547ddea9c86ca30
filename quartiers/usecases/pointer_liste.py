"""What an exhaustive list proves: in these territoires, all there is of a kind of place was in it on its day (L-39)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from quartiers.core.contenu import Mot, MotDeChamp
from quartiers.core.enregistrement import Lien, NatureDeLien, Validation
from quartiers.core.genres.lieu import Lieu
from quartiers.core.genres.pointage import Pointage
from quartiers.core.territoire import Genre, Niveau, Territoires
from quartiers.storage.models import Proximite
from quartiers.usecases.chercher_lieux import filter_lieux, name_objet
from quartiers.usecases.doutes import Doutes
from quartiers.usecases.interroger import split
from quartiers.usecases.lire_enregistrements import EnregistrementLu
from quartiers.usecases.lire_lieux import (
    DEPARTEMENT,
    find_commune,
    find_departement,
    list_communes,
    list_departements,
)

PREMIERE_LIGNE = 1
"""The line of what a whole list says."""


@dataclass(frozen=True, slots=True)
class ListeEcrite:
    """A list about to be written: its source, the kind of its places, its day, when it is learnt, its rows."""

    source: str
    genre: Mot
    millesime: date
    connu_le: date
    lus: Sequence[EnregistrementLu]

    def list_egares(self) -> Iterator[tuple[EnregistrementLu, Lieu]]:
        """Places where people are received, and of which nobody knows where they are."""
        for lu in self.lus:
            if isinstance(lu.contenu, Lieu) and not lu.contenu.mobile and not lu.contenu.is_situe():
                yield lu, lu.contenu


def build_pointage(
    liste: ListeEcrite, territoires: Territoires, is_exhaustive: Callable[[str], bool]
) -> list[EnregistrementLu]:
    """What the list proves, as a record; none when it proves nothing of the territoires that are known."""
    doutes = find_doutes(liste, territoires)
    couverts = [
        code
        for code, territoire in territoires.items()
        if territoire.niveau is Niveau.DEPARTEMENT
        and territoire.au is None
        and is_exhaustive(code.removeprefix(DEPARTEMENT))
    ]
    codes = [c for couvert in couverts for c in list_prouves(couvert, doutes, territoires)]
    if not codes:
        return []
    mots = (MotDeChamp("genre", liste.genre),)
    pointage = EnregistrementLu(
        genre=Pointage.GENRE,
        objet=name_objet(liste.source, liste.millesime.isoformat()),
        le=liste.millesime,
        contenu=Pointage(genre=Mot(Lieu.GENRE), mot=mots),
        liens=tuple(Lien(code, NatureDeLien.DESSERT) for code in sorted(codes)),
        validation=Validation.VALIDE,
        ligne=PREMIERE_LIGNE,
    )
    return [pointage]


def list_prouves(departement: str, doutes: Doutes, territoires: Territoires) -> Iterator[str]:
    """The département; where it may hold a lost place, what is left of it: communes, and quartiers one by one."""
    if departement in doutes.vagues:
        return
    enfants = [territoires[code] for code in territoires.list_enfants(departement)]
    communes = {t.code for t in enfants if t.genre is Genre.COMMUNE}
    quartiers = [t for t in enfants if t.niveau is Niveau.QUARTIER]
    voisins = {p for t in quartiers if doutes.is_prive((t.code,)) for p in t.parents} & communes
    if not communes & (doutes.communes | voisins):
        yield departement
        return
    yield from communes - doutes.communes - voisins
    for quartier in quartiers:
        siennes = list_communes(territoires, (quartier.code,))
        is_trouble = doutes.is_trouble((quartier.code,), siennes, (departement,))
        if siennes & voisins and not is_trouble:
            yield quartier.code


def find_doutes(liste: ListeEcrite, territoires: Territoires) -> Doutes:
    """Where the lost places of a list may be, as they are known on the day it is learnt."""
    egares = list(liste.list_egares())
    communes = {lu.objet: find_commune(territoires, lieu.commune) for lu, lieu in egares}
    perimetres = frozenset(list_voisins([lu.objet for lu, _ in egares], liste))
    connus = [code for code in perimetres if code in territoires]
    sans_commune = [code for code in connus if not list_communes(territoires, (code,))]
    vagues = {find_departement(lu) for lu, _ in egares if communes[lu.objet] is None}
    return Doutes(
        communes=frozenset(commune for commune in communes.values() if commune is not None),
        departements=frozenset(find_departement(lu) for lu, _ in egares),
        vagues=frozenset(vagues) | list_departements(territoires, sans_commune),
        perimetres=perimetres,
    )


def list_voisins(objets: Sequence[str], liste: ListeEcrite) -> Iterator[str]:
    """The perimeters that these places met in an earlier list, known by then."""
    for lot in split(objets):
        lieux = filter_lieux(
            objet__in=lot, le__lt=liste.millesime, ecriture__connu_le__lte=liste.connu_le
        )
        proximites = Proximite.objects.filter(enregistrement__in=lieux.order_by().values("pk"))
        yield from proximites.values_list("territoire", flat=True)
