"""Records → apports, on both axes of time.

For each thing, on each day something was learnt of it, the same question is asked again: what do the statements known
say? An apport found on consecutive days of knowledge is one, known from the first of them to the eve of the day it is
no longer found. A correction therefore changes nothing of what was read before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from quartiers.core.contenu import Sorte
from quartiers.core.derivation.actes import Acte, Entourage, project_acte
from quartiers.core.derivation.activite import build_rythme
from quartiers.core.derivation.apport import Apport
from quartiers.core.derivation.couverts import project_convention
from quartiers.core.derivation.etats import project_etat, project_morceaux
from quartiers.core.derivation.filtres_connus import TERRITOIRE
from quartiers.core.derivation.geographie import Geographie, GeographieConnue
from quartiers.core.derivation.lecture_d_etat import EtatLu
from quartiers.core.derivation.pointages import project_pointage
from quartiers.core.derivation.regle import ModeDeLecture, Regle
from quartiers.core.derivation.series import get_serie, list_derniers
from quartiers.core.derivation.versions import list_dires
from quartiers.core.enregistrement import Enregistrement
from quartiers.core.genres import GENRES
from quartiers.core.genres.activite import Activite
from quartiers.core.genres.convention import Convention
from quartiers.core.genres.financement import Financement
from quartiers.core.genres.lieu import Lieu
from quartiers.core.genres.pointage import Pointage

Cle = tuple[str, str]
"""Of an object: its kind and its name."""


@dataclass(frozen=True, slots=True)
class Chose:
    """What is read together: the rows by object. `principaux`: the objects that it is about, of one kind."""

    genre: str
    principaux: frozenset[str]
    lignes: Mapping[tuple[str, str], Sequence[Enregistrement]]

    def is_lisible(self, regle: Regle) -> bool:
        """Some row is the kind of thing that the rule asks for; else it never says anything (L-69)."""
        if self.genre == Pointage.GENRE or regle.de == TERRITOIRE:
            return True
        return any(
            ligne.contenu is not None and regle.filtrage.is_celui(ligne.contenu)
            for objet in self.principaux
            for ligne in self.lignes[self.genre, objet]
        )

    def list_jours(self, geographie: Geographie) -> list[date]:
        """The days on which something was learnt of it."""
        sus = {ligne.connu_le for lignes in self.lignes.values() for ligne in lignes}
        premier = min(sus)
        return sorted(sus | {jour for jour in geographie.jours if jour > premier})


@dataclass(frozen=True, slots=True)
class Savoirs:
    """The statements that hold on a day of knowledge, by kind and object."""

    dires: Mapping[tuple[str, str], list[Enregistrement]] = field(default_factory=dict)

    def get(self, genre: str, objet: str) -> list[Enregistrement]:
        """The statements about an object, by day."""
        return self.dires.get((genre, objet), [])


def project(
    enregistrements: Iterable[Enregistrement], regles: Sequence[Regle], geographie: Geographie
) -> Iterator[Apport]:
    """Every apport of these records by these rules."""
    for chose in list_choses(enregistrements):
        yield from project_chose(chose, regles, geographie)


_LUS_AVEC: Mapping[str, tuple[str, ...]] = {
    Activite.GENRE: (Activite.GENRE, Lieu.GENRE),
    Lieu.GENRE: (Activite.GENRE, Lieu.GENRE),
    Financement.GENRE: (Financement.GENRE,),
}


def list_genres_lus(genre: str) -> tuple[str, ...]:
    """The kinds of which a row may be read with one of this kind; none for an object read alone."""
    return (genre,) if GENRES[genre].SERIE else _LUS_AVEC.get(genre, ())


def list_choses(enregistrements: Iterable[Enregistrement]) -> Iterator[Chose]:
    """What must be read together: most objects alone; those of one series, an activity and its place, the funders of an action.

    A place of an official list is read with the activities it holds, and is no thing of its own here.
    """
    par_objet: dict[tuple[str, str], list[Enregistrement]] = {}
    for enregistrement in enregistrements:
        cle = (enregistrement.genre, enregistrement.objet)
        par_objet.setdefault(cle, []).append(enregistrement)
    voisins = _list_voisins(par_objet)
    series: dict[object, set[Cle]] = {}
    for (genre, objet), lignes in par_objet.items():
        if GENRES[genre].SERIE:
            for ligne in lignes:
                if ligne.contenu is not None:
                    serie = (genre, get_serie(ligne, ligne.contenu))
                    series.setdefault(serie, set()).add((genre, objet))
            continue
        if any(ligne.officiel for ligne in lignes):
            continue
        autour = {cle: par_objet[cle] for cle in voisins.get((genre, objet), ())}
        yield Chose(genre, frozenset({objet}), {**autour, (genre, objet): lignes})
    for cles in _merge(series.values()):
        genre = next(genre for genre, _ in cles)
        yield Chose(genre, frozenset(objet for _, objet in cles), {c: par_objet[c] for c in cles})


def _merge(groupes: Iterable[set[Cle]]) -> list[set[Cle]]:
    """Groups that share an object made one."""
    reunis: list[set[Cle]] = []
    for groupe in groupes:
        touches = [r for r in reunis if not r.isdisjoint(groupe)]
        reunis = [r for r in reunis if r.isdisjoint(groupe)]
        reunis.append(groupe.union(*touches))
    return reunis


def _list_voisins(par_objet: Mapping[Cle, Sequence[Enregistrement]]) -> dict[Cle, set[Cle]]:
    """By object, the others that it is read with."""
    voisins: dict[Cle, set[Cle]] = {}
    par_action: dict[str, set[Cle]] = {}
    for cle, lignes in par_objet.items():
        for ligne in lignes:
            contenu = ligne.contenu
            if isinstance(contenu, Activite) and contenu.lieu is not None:
                lieu = (Lieu.GENRE, str(contenu.lieu))
                if lieu in par_objet:
                    voisins.setdefault(cle, set()).add(lieu)
                    voisins.setdefault(lieu, set()).add(cle)
            elif isinstance(contenu, Financement) and contenu.action_financee:
                par_action.setdefault(contenu.action_financee, set()).add(cle)
    for cles in par_action.values():
        for cle in cles:
            voisins.setdefault(cle, set()).update(cles - {cle})
    return voisins


def project_chose(
    chose: Chose, regles: Sequence[Regle], geographie: Geographie
) -> Iterator[Apport]:
    """The apports of one thing: what is found on each day of knowledge, joined from day to day."""
    concernees = [r for r in list_concernees(chose.genre, regles) if chose.is_lisible(r)]
    if not concernees:
        return
    ouverts: dict[Apport, date] = {}
    for jour in chose.list_jours(geographie):
        savoirs = Savoirs(
            {
                cle: list_dires(ligne for ligne in lignes if ligne.connu_le <= jour)
                for cle, lignes in chose.lignes.items()
            }
        )
        trouves = set(_project_su(chose, savoirs, concernees, geographie.read_at(jour)))
        for apport in [a for a in ouverts if a not in trouves]:
            yield apport.learn(ouverts.pop(apport), jour)
        for apport in trouves:
            ouverts.setdefault(apport, jour)
    for apport, connu_le in ouverts.items():
        yield apport.learn(connu_le, None)


def list_concernees(genre: str, regles: Sequence[Regle]) -> list[Regle]:
    """The rules that read records of a kind; a pointage speaks to all of them."""
    if genre == Pointage.GENRE:
        return list(regles)
    de = GENRES[genre].DE
    return [
        regle
        for regle in regles
        if regle.de == de
        or (regle.de == TERRITOIRE and genre == Convention.GENRE and regle.filtrage.convention)
    ]


def _project_su(
    chose: Chose, savoirs: Savoirs, regles: Sequence[Regle], geographie: GeographieConnue
) -> Iterator[Apport]:
    """What the statements known on one day say."""
    is_etat = GENRES[chose.genre].SORTE is Sorte.ETAT
    for regle in regles:
        if GENRES[chose.genre].SERIE:
            yield from _project_series(regle, chose, savoirs, geographie)
            continue
        (objet,) = chose.principaux
        dires = savoirs.get(chose.genre, objet)
        if not dires:
            continue
        contenu = dires[-1].contenu
        if isinstance(contenu, Pointage):
            yield from project_pointage(regle, dires[-1], contenu, geographie)
        elif regle.de == TERRITOIRE:
            yield from project_convention(regle, dires, geographie)
        elif is_etat:
            yield from _project_etat(regle, savoirs, dires, geographie)
        elif contenu is not None:
            acte = Acte(dires[-1], contenu, _build_entourage(savoirs))
            yield from project_acte(regle, acte, geographie)


def _project_etat(
    regle: Regle,
    savoirs: Savoirs,
    dires: Sequence[Enregistrement],
    geographie: GeographieConnue,
) -> Iterator[Apport]:
    if regle.filtrage.actif_mois is None:
        yield from project_etat(EtatLu(regle, tuple(dires)), geographie)
        return
    activites = [
        lignes[-1]
        for (genre, _), lignes in savoirs.dires.items()
        if genre == Activite.GENRE and lignes
    ]
    rythme = build_rythme(regle.filtrage.actif_mois, dires, activites)
    yield from project_etat(EtatLu(regle, tuple(dires), rythme), geographie)


def _project_series(
    regle: Regle, chose: Chose, savoirs: Savoirs, geographie: GeographieConnue
) -> Iterator[Apport]:
    """In a running total each object counts; at a date, the last statement of each series."""
    etats = [
        EtatLu(regle, tuple(savoirs.get(chose.genre, objet))) for objet in sorted(chose.principaux)
    ]
    if regle.mode is ModeDeLecture.CUMUL:
        for etat in etats:
            yield from project_etat(etat, geographie)
        return
    for territoire in {t for etat in etats for t in etat.list_atteints(geographie)}:
        morceaux = [m for etat in etats for m in etat.list_morceaux(territoire, geographie)]
        for derniers in list_derniers(morceaux):
            yield from project_morceaux(regle, derniers, territoire, geographie)


def _build_entourage(savoirs: Savoirs) -> Entourage:
    lieux = {
        objet: lignes[-1]
        for (genre, objet), lignes in savoirs.dires.items()
        if genre == Lieu.GENRE and lignes
    }
    financements: dict[str, list[Enregistrement]] = {}
    for (genre, _), lignes in savoirs.dires.items():
        if genre == Financement.GENRE and lignes and isinstance(lignes[-1].contenu, Financement):
            financements.setdefault(lignes[-1].contenu.action_financee, []).append(lignes[-1])
    return Entourage(lieux, financements)
