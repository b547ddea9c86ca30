"""Contests with all that judges who may read them, decide of them, or complete them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from django.db.models import Exists, OuterRef, Q

from quartiers.core import contestation as core
from quartiers.core.contestation import DECISIONS
from quartiers.core.deux_personnes import (
    SANS_LIEN,
    Geste,
    Liees,
    Main,
    find_empechement,
)
from quartiers.core.droits import PARTENAIRES, Droits, MandatConfie, Sujet, Verbe, has_verbe
from quartiers.core.fait import read_valeur
from quartiers.core.referentiel import Indicateur
from quartiers.core.vue import Vue
from quartiers.reports.presentation.pieces import get_entree, is_declare
from quartiers.storage.models import (
    Contestation,
    Enregistrement,
    EtapeDeContestation,
    Piece,
    Releve,
)
from quartiers.storage.models.base import BITS_DU_RANG
from quartiers.usecases.compter_personnes import list_personnes
from quartiers.usecases.contester import find_affiche, find_mandat_de_contestation
from quartiers.usecases.garder_lignes import to_fraction
from quartiers.usecases.interroger import split
from quartiers.usecases.lire_contestations import read_contestations
from quartiers.usecases.lister_attentes import ENREGISTREMENT, RELEVE, Cle, load_attentes

SIENNES_MAX = 20


@dataclass(frozen=True, slots=True)
class ContestationOuverte:
    """A contest, what followed, and all those who had a hand in it or in the value that it contests.

    `is_secrete`: the figure is hidden from the reader, who then reads no value but the one that it proposes itself.
    """

    rangee: Contestation
    contestation: core.Contestation
    etapes: tuple[EtapeDeContestation, ...]
    pieces: tuple[Piece, ...]
    mains: frozenset[Main]
    is_secrete: bool = False

    @property
    def numero(self) -> int:
        """That of its row."""
        return int(self.rangee.pk)

    @property
    def proposee(self) -> Fraction | None:
        """The value proposed, in the unit of the indicateur; None when none was."""
        r = self.rangee
        if r.jalon is not None:
            return Fraction(r.jalon)
        return read_valeur(*map(to_fraction, (r.valeur, r.numerateur, r.denominateur)))

    @property
    def affichee(self) -> Fraction | None:
        """What was shown when it was contested."""
        return None if self.is_secrete else parse_exacte(self.rangee.valeur_affichee)

    @property
    def derniere(self) -> EtapeDeContestation | None:
        """What followed last."""
        return self.etapes[-1] if self.etapes else None


def parse_exacte(texte: str) -> Fraction | None:
    """Back from its row."""
    return Fraction(texte) if texte else None


def build_sujet(rangee: Contestation) -> Sujet:
    """What reading it asks: a value that an organisme declares, and that nobody validated."""
    organisme = rangee.ecriture.organisme
    return Sujet("releve", (rangee.territoire,), organisme, visibilite=PARTENAIRES)


def hide(
    lue: ContestationOuverte, droits: Droits, indicateur: Indicateur, vue: Vue
) -> ContestationOuverte | None:
    """As the reader of a vue may read it: of a figure hidden from him, his own contest alone, without its values.

    The value that another one proposes would frame the one that is hidden.
    """
    if not vue.is_secrete(indicateur, lue.rangee.territoire):
        return lue
    is_sienne = find_mandat_d_auteur(droits, lue.rangee, vue) is not None
    return replace(lue, is_secrete=True) if is_sienne else None


def can_trancher(droits: Droits, rangee: Contestation) -> bool:
    """Who judges there what anybody declares; two persons are judged apart."""
    return droits.can(Verbe.VALIDER, Sujet("releve", (rangee.territoire,), visibilite=PARTENAIRES))


def find_mandat_d_auteur(droits: Droits, rangee: Contestation, vue: Vue) -> MandatConfie | None:
    """By which an account answers for a contest: its own, or one that it could make in the name of the same organisme."""
    constat = find_affiche(vue, rangee.indicateur, rangee.territoire)
    if constat is None:
        return None
    mandat = find_mandat_de_contestation(
        droits, constat.indicateur, vue.territoires[rangee.territoire]
    )
    if mandat is None or droits.compte == rangee.ecriture.compte_id:
        return mandat
    organisme = rangee.ecriture.organisme
    return mandat if organisme and mandat.organisme == organisme else None


def find_contestation(
    droits: Droits, numero: int, vue: Vue | None = None
) -> ContestationOuverte | None:
    """One that the account may read; None when it is missing or denied: the two cannot be told apart."""
    trouvees = Contestation.objects.filter(pk=numero).select_related("ecriture")
    lisibles = [r for r in trouvees if droits.can(Verbe.LIRE, build_sujet(r))]
    return next(iter(build_contestations(lisibles, vue)), None)


def load_contestations_de(
    droits: Droits, numeros: Iterable[int]
) -> dict[int, ContestationOuverte | None]:
    """Some of a cell, None for those that the account may not read."""
    voulus = list(numeros)
    rangees = Contestation.objects.filter(pk__in=voulus).select_related("ecriture")
    lisibles = [r for r in rangees if droits.can(Verbe.LIRE, build_sujet(r))]
    lues = {c.numero: c for c in build_contestations(lisibles)}
    return {numero: lues.get(numero) for numero in voulus}


@dataclass(frozen=True, slots=True)
class FileDeContestations:
    """The open contests before an account: those it may decide, and those that another person must, with the reason."""

    miennes: tuple[ContestationOuverte, ...]
    autres: tuple[tuple[ContestationOuverte, Geste], ...]


def list_a_trancher(
    codes: Collection[str], droits: Droits, compte: int, vue: Vue, liees: Liees = SANS_LIEN
) -> FileDeContestations:
    """Oldest first, those that await a document included; what one has no right to decide is not even named."""
    ouvertes = _filter_ouvertes(codes)
    jugeables = [rangee for rangee in ouvertes if can_trancher(droits, rangee)]
    personne = list_personnes([compte])[compte]
    miennes, autres = [], []
    for lue in build_contestations(jugeables, vue):
        geste = find_empechement(personne, lue.mains, liees)
        if geste is None:
            miennes.append(lue)
        else:
            autres.append((lue, geste))
    return FileDeContestations(tuple(miennes), tuple(autres))


def _filter_ouvertes(codes: Collection[str]) -> list[Contestation]:
    decidees = EtapeDeContestation.objects.filter(contestation=OuterRef("pk"), suite__in=DECISIONS)
    lues: list[Contestation] = []
    for lot in split(sorted(codes)):
        rangees = Contestation.objects.filter(~Exists(decidees), territoire__in=lot)
        lues += rangees.select_related("ecriture")
    return sorted(lues, key=lambda rangee: (rangee.ecriture.saisi_le, rangee.pk))


def list_siennes(droits: Droits) -> list[ContestationOuverte]:
    """The contests of an account and of the organismes in whose name it contests, the last first."""
    organismes = {
        m.organisme for m in droits.mandats if m.organisme and has_verbe([m], Verbe.CONTESTER)
    }
    siennes = Q(ecriture__compte=droits.compte) | Q(ecriture__organisme__in=organismes)
    rangees = Contestation.objects.filter(siennes).select_related("ecriture").order_by("-pk")
    lisibles = [r for r in rangees[:SIENNES_MAX] if droits.can(Verbe.LIRE, build_sujet(r))]
    return build_contestations(lisibles)


def build_contestations(
    rangees: Collection[Contestation], vue: Vue | None = None
) -> list[ContestationOuverte]:
    """Some rows with all that goes with them, in as many questions whatever their number.

    `vue`: what is shown today, when those who declared it have a hand in the question too.
    """
    numeros = [rangee.pk for rangee in rangees]
    if not numeros:
        return []
    lues = read_contestations(numeros)
    etapes: dict[int, list[EtapeDeContestation]] = defaultdict(list)
    pieces: dict[int, list[Piece]] = defaultdict(list)
    for lot in split(numeros):
        suivantes = EtapeDeContestation.objects.filter(contestation__in=lot)
        for etape in suivantes.select_related("ecriture").order_by("ecriture__numero", "rang"):
            etapes[etape.contestation_id].append(etape)
        for piece in Piece.objects.filter(contestation__in=lot).order_by("pk"):
            pieces[piece.contestation_id or 0].append(piece)
    mains = _list_mains(rangees, etapes, vue)
    return [
        ContestationOuverte(
            rangee,
            lues[rangee.pk],
            tuple(etapes[rangee.pk]),
            tuple(pieces[rangee.pk]),
            mains[rangee.pk],
        )
        for rangee in rangees
    ]


def _list_mains(
    rangees: Collection[Contestation],
    etapes: Mapping[int, Collection[EtapeDeContestation]],
    vue: Vue | None,
) -> dict[int, frozenset[Main]]:
    """Who contested, who completed, and all those who had a hand in the rows behind the value."""
    entrees = {rangee.pk: set(rangee.faits) | _list_entrees(rangee, vue) for rangee in rangees}
    cles = find_cles({entree for siennes in entrees.values() for entree in siennes})
    attentes = load_attentes(sorted(cles.values(), key=str), list_personnes)
    ecritures = {
        rangee.pk: [
            rangee.ecriture,
            *(
                e.ecriture
                for e in etapes.get(rangee.pk, ())
                if e.suite == core.SuiteDeContestation.COMPLEMENT
            ),
        ]
        for rangee in rangees
    }
    comptes = {c for es in ecritures.values() for e in es for c in (e.compte_id, e.pour_id)}
    personnes = list_personnes({compte for compte in comptes if compte is not None})
    mains: dict[int, frozenset[Main]] = {}
    for rangee in rangees:
        siennes = {
            Main(personnes[compte], Geste.CONTESTE, ecriture.saisi_le)
            for ecriture in ecritures[rangee.pk]
            for compte in (ecriture.compte_id, ecriture.pour_id)
            if compte is not None
        }
        for entree in entrees[rangee.pk]:
            if entree in cles and cles[entree] in attentes:
                siennes |= attentes[cles[entree]].mains
        mains[rangee.pk] = frozenset(siennes)
    return mains


def _list_entrees(rangee: Contestation, vue: Vue | None) -> set[int]:
    """The ranks of what is behind the value shown today."""
    constat = None if vue is None else find_affiche(vue, rangee.indicateur, rangee.territoire)
    return set() if constat is None else {get_entree(f) for f in constat.faits if is_declare(f)}


def find_cles(entrees: Collection[int]) -> dict[int, Cle]:
    """The rows of these ranks, two questions a lot."""
    cles: dict[int, Cle] = {}
    for lot in split(sorted(entrees)):
        numeros = {entree >> BITS_DU_RANG for entree in lot}
        rangs = {entree & ((1 << BITS_DU_RANG) - 1) for entree in lot}
        for table, modele in ((RELEVE, Releve), (ENREGISTREMENT, Enregistrement)):
            rangees = modele.objects.filter(ecriture__numero__in=numeros, rang__in=rangs).order_by()
            for pk, numero, rang in rangees.values_list("pk", "ecriture__numero", "rang"):
                cles[(numero << BITS_DU_RANG) + rang] = Cle(table, pk)
    return {entree: cle for entree, cle in cles.items() if entree in set(entrees)}
