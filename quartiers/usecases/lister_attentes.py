"""What was declared by accounts and waits for a second person, in as many questions whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from quartiers.core.contenu import Sorte
from quartiers.core.deux_personnes import (
    SANS_LIEN,
    EntreeDeRangee,
    Geste,
    Liees,
    Main,
    find_empechement,
    list_mains,
)
from quartiers.core.droits import PARTENAIRES, Droits, Sujet, Verbe
from quartiers.core.enregistrement import Validation
from quartiers.core.genres import GENRES, MOTS_A_ENTETE
from quartiers.storage.models import Desserte, Ecriture, Enregistrement, Examen, Piece, Releve
from quartiers.usecases.garder_enregistrements import iterate_enregistrements
from quartiers.usecases.garder_lignes import RELEVES
from quartiers.usecases.interroger import split
from quartiers.usecases.lire_enregistrements import EnregistrementLu
from quartiers.usecases.lire_examens import find_renvoyees
from quartiers.usecases.releve_lu import ReleveLu

RELEVE, ENREGISTREMENT = "releve", "enregistrement"
JUGES = (Validation.VALIDE, Validation.REJETE)
NON_DITES = (Validation.BROUILLON, Validation.REJETE)
EVENEMENTS = tuple(mot for mot, genre in GENRES.items() if genre.SORTE is Sorte.EVENEMENT)
Personnes = Callable[[Iterable[int]], Mapping[int, int]]
"""The person behind each of some accounts, by number."""


@dataclass(frozen=True, slots=True)
class Cle:
    """A row that waits: its table and its number, as a form sends it back."""

    table: str
    rangee: int

    def __str__(self) -> str:
        return f"{self.table}-{self.rangee}"


@dataclass(frozen=True, slots=True)
class PieceDeLigne:
    """What proves a line, in a word: `numero` opens it, None for what was only seen on the spot."""

    nature: str
    nom: str
    numero: int | None
    compte: int | None
    le: datetime


@dataclass(frozen=True, slots=True)
class LigneEnAttente:
    """A declaration that waits. `examen`: the last decision on this very row, None for none; `compte` typed it."""

    cle: Cle
    lu: ReleveLu | EnregistrementLu
    saisi_le: datetime
    compte: int
    pour: int | None
    organisme: str
    mains: frozenset[Main]
    pieces: tuple[PieceDeLigne, ...] = ()
    examen: int | None = None

    @property
    def genre(self) -> str:
        """Its kind, as rights know it."""
        return "releve" if isinstance(self.lu, ReleveLu) else self.lu.genre

    @property
    def territoires(self) -> tuple[str, ...]:
        """Those that it speaks of."""
        return self.lu.territoires

    @property
    def jour(self) -> date:
        """The day it speaks of."""
        return self.lu.date if isinstance(self.lu, ReleveLu) else self.lu.le

    @property
    def declarant(self) -> int:
        """The account in whose name it is said."""
        return self.compte if self.pour is None else self.pour

    def build_sujet(self) -> Sujet:
        """What rights are asked about: what is declared is for those who act there, until somebody publishes it.

        Two persons are judged apart, by person (`find_empechement`).
        """
        return Sujet(self.genre, self.territoires, self.organisme, visibilite=PARTENAIRES)


@dataclass(frozen=True, slots=True)
class File:
    """The lines before an account: those it may judge, and those that another person must, with the reason."""

    miennes: tuple[LigneEnAttente, ...]
    autres: tuple[tuple[LigneEnAttente, Geste], ...]


def build_file(
    attentes: Iterable[LigneEnAttente], droits: Droits, personne: int, liees: Liees = SANS_LIEN
) -> File:
    """Oldest first; what the account may not judge for want of a right is not even named."""
    miennes, autres = [], []
    for attente in attentes:
        if not droits.can(Verbe.VALIDER, attente.build_sujet()):
            continue
        geste = find_empechement(personne, attente.mains, liees)
        if geste is None:
            miennes.append(attente)
        else:
            autres.append((attente, geste))
    return File(tuple(miennes), tuple(autres))


def list_attentes(codes: Collection[str], personnes: Personnes) -> list[LigneEnAttente]:
    """What waits in some territoires, oldest first."""
    releves = _filter_pendantes(Releve.objects.filter(territoire__in=codes), RELEVE)
    voulus = Desserte.objects.filter(territoire__in=codes).values("enregistrement")
    declares = Enregistrement.objects.filter(pk__in=voulus, genre__in=MOTS_A_ENTETE)
    enregistres = _filter_pendantes(declares, ENREGISTREMENT)
    attentes = [
        *_build_attentes(RELEVE, releves, personnes),
        *_build_attentes(ENREGISTREMENT, enregistres, personnes),
    ]
    return sorted(attentes, key=lambda a: (a.saisi_le, str(a.cle)))


def find_attentes(cles: Collection[Cle], personnes: Personnes) -> dict[Cle, LigneEnAttente]:
    """Those of some rows that still wait."""
    trouvees: dict[Cle, LigneEnAttente] = {}
    for table, modele in ((RELEVE, Releve), (ENREGISTREMENT, Enregistrement)):
        for lot in split(sorted(cle.rangee for cle in cles if cle.table == table)):
            rangees = _filter_pendantes(modele.objects.filter(pk__in=lot), table)
            trouvees |= {a.cle: a for a in _build_attentes(table, rangees, personnes)}
    return trouvees


def load_attentes(cles: Collection[Cle], personnes: Personnes) -> dict[Cle, LigneEnAttente]:
    """Some rows with all that judges who may decide of them, whether they wait or not."""
    lues: dict[Cle, LigneEnAttente] = {}
    for table in (RELEVE, ENREGISTREMENT):
        rangees = sorted(cle.rangee for cle in cles if cle.table == table)
        lues |= {a.cle: a for a in _build_attentes(table, rangees, personnes)}
    return lues


def read_corrigees(cles: Collection[Cle]) -> dict[Cle, ReleveLu | EnregistrementLu]:
    """What each of some rows corrects, which would hold again without it; nothing for a line said for the first time."""
    lues: dict[Cle, ReleveLu | EnregistrementLu] = {}
    for table in (RELEVE, ENREGISTREMENT):
        corrigees = _find_corrigees(table, [cle.rangee for cle in cles if cle.table == table])
        lus = read_lus(table, sorted(set(corrigees.values())))
        lues |= {Cle(table, rangee): lus[corrigee] for rangee, corrigee in corrigees.items()}
    return lues


def _find_corrigees(table: str, rangees: Collection[int]) -> dict[int, int]:
    """The nearest row before each, among those of its line that nobody sent back."""
    modele = Releve if table == RELEVE else Enregistrement
    corrigees: dict[int, int] = {}
    # By row, the last one met before it; most have none, and lines corrected many times are rare.
    avant = {pk: pk for pk in rangees}
    while avant:
        suites: dict[int, int] = {}
        for lot in split(sorted(set(avant.values()))):
            lues = modele.objects.filter(pk__in=lot, precedent__isnull=False).order_by()
            suites |= dict(lues.values_list("pk", "precedent"))
        reculees = {pk: suites[dernier] for pk, dernier in avant.items() if dernier in suites}
        renvoyees = find_renvoyees(table, set(reculees.values()))
        corrigees |= {pk: suite for pk, suite in reculees.items() if suite not in renvoyees}
        avant = {pk: suite for pk, suite in reculees.items() if suite in renvoyees}
    return corrigees


def read_lus(table: str, rangees: Sequence[int]) -> dict[int, ReleveLu | EnregistrementLu]:
    """What some rows say."""
    iterate: Any = RELEVES.iterate if table == RELEVE else iterate_enregistrements
    lots = (iterate(pk__in=lot) for lot in split(rangees))
    return {provenance.rangee or 0: lu for lot in lots for lu, provenance in lot}


def _filter_pendantes(rangees: QuerySet[Any], table: str) -> list[int]:
    """The rows that hold, entered by an account, that nobody judged."""
    derniers = Examen.objects.filter(suivant__isnull=True)
    juges = derniers.filter(**{table: OuterRef("pk")}, resultat__in=JUGES)
    renvoyees = derniers.filter(**{table: OuterRef("suivant")}, resultat=Validation.REJETE)
    declarees = rangees.filter(~Exists(juges), ecriture__compte__isnull=False)
    declarees = declarees.exclude(ecriture__canal=Ecriture.Canal.SOURCE)
    if table == ENREGISTREMENT:
        declarees = exclude_deplacees(declarees.filter(validation=Validation.SOUMIS))
    lues = declarees.filter(Q(suivant__isnull=True) | Exists(renvoyees)).order_by()
    pendantes = dict(lues.values_list("pk", "suivant"))
    tenues = list_tenues(table, [pk for pk, suivant in pendantes.items() if suivant is not None])
    return sorted(pk for pk, suivant in pendantes.items() if suivant is None or pk in tenues)


def exclude_deplacees(rangees: QuerySet[Any]) -> QuerySet[Any]:
    """Those of some records that no later row says of another day: an event has one, and its correction may move it.

    A later row that was sent back, or that nobody submitted, moves nothing.
    """
    renvoyees = Examen.objects.filter(
        enregistrement=OuterRef("pk"), suivant__isnull=True, resultat=Validation.REJETE
    )
    memes = Enregistrement.objects.filter(genre=OuterRef("genre"), objet=OuterRef("objet"))
    suivantes = memes.filter(
        Q(ecriture__numero__gt=OuterRef("ecriture__numero"))
        | Q(ecriture__numero=OuterRef("ecriture__numero"), rang__gt=OuterRef("rang"))
    )
    dites = suivantes.exclude(le=OuterRef("le")).exclude(validation__in=NON_DITES)
    return rangees.exclude(Exists(dites.filter(~Exists(renvoyees))), genre__in=EVENEMENTS)


def list_tenues(table: str, rangees: Iterable[int]) -> set[int]:
    """Those of some rows that hold: all that was entered after each was sent back, or taken back by its author."""
    modele = Releve if table == RELEVE else Enregistrement
    tenues = set(rangees)
    if table == ENREGISTREMENT:
        siennes = exclude_deplacees(Enregistrement.objects.filter(pk__in=tenues))
        tenues = set(siennes.order_by().values_list("pk", flat=True))
    # By row, the last one met after it; most have none, and lines corrected many times are rare.
    apres = {pk: pk for pk in tenues}
    while apres:
        suites: dict[int, int] = {}
        for lot in split(sorted(set(apres.values()))):
            corrigees = modele.objects.filter(precedent__in=lot).order_by()
            suites |= dict(corrigees.values_list("precedent", "pk"))
        renvoyees = find_renvoyees(table, suites.values())
        avancees = {pk: suites[dernier] for pk, dernier in apres.items() if dernier in suites}
        tenues -= {pk for pk, suite in avancees.items() if suite not in renvoyees}
        apres = {pk: suite for pk, suite in avancees.items() if suite in renvoyees}
    return tenues


def _build_attentes(table: str, rangees: list[int], personnes: Personnes) -> list[LigneEnAttente]:
    """Rows with all that judges who may validate them."""
    modele = Releve if table == RELEVE else Enregistrement
    lus = read_lus(table, rangees)
    entrees = _read_entrees(modele, rangees)
    avant = _read_avant(modele, rangees)
    examens, pieces = _read_examens(table, rangees), _read_pieces(table, rangees)
    comptes = _list_comptes([*entrees.values(), *(e for es in avant.values() for e in es)])
    comptes |= {p.compte for lot in pieces.values() for p in lot if p.compte is not None}
    qui = personnes(comptes)
    say = partial(_say_entree, qui=qui)
    return [
        LigneEnAttente(
            cle=Cle(table, rangee),
            lu=lus[rangee],
            saisi_le=entree["ecriture__saisi_le"],
            compte=entree["ecriture__compte"],
            pour=entree["ecriture__pour"],
            organisme=entree["ecriture__organisme"],
            mains=list_mains(
                say(entree),
                map(say, avant.get(rangee, ())),
                [
                    (qui.get(p.compte, p.compte), p.le)
                    for p in pieces.get(rangee, ())
                    if p.compte is not None
                ],
            ),
            pieces=tuple(pieces.get(rangee, ())),
            examen=examens.get(rangee),
        )
        for rangee, entree in entrees.items()
    ]


_ENTREE = ("ecriture__compte", "ecriture__pour", "ecriture__canal", "ecriture__saisi_le")
_Entree = Mapping[str, Any]


def _read_entrees(modele: type[Releve | Enregistrement], rangees: list[int]) -> dict[int, _Entree]:
    """How each row was entered."""
    champs = ("pk", *_ENTREE, "ecriture__organisme")
    lues = (modele.objects.filter(pk__in=lot).values(*champs) for lot in split(rangees))
    return {entree["pk"]: entree for lot in lues for entree in lot}


def _read_avant(
    modele: type[Releve | Enregistrement], rangees: list[int]
) -> dict[int, list[_Entree]]:
    """How the rows that each corrects were entered: those of its line, itself apart."""
    champs = ("identite",) if modele is Releve else ("genre", "objet", "le")
    avant: dict[int, list[_Entree]] = defaultdict(list)
    for lot in split(rangees):
        lignes = modele.objects.filter(pk__in=lot).values("pk", *champs)
        derniers = {_get_ligne(ligne): ligne["pk"] for ligne in lignes}
        condition = Q()
        for nom, _ in derniers:
            condition |= Q(identite=nom) if modele is Releve else Q(genre=nom[0], objet=nom[1])
        for entree in modele.objects.filter(condition).values("pk", *champs, *_ENTREE):
            dernier = derniers.get(_get_ligne(entree))
            if dernier is not None and entree["pk"] != dernier:
                avant[dernier].append(entree)
    return avant


def _get_ligne(rangee: _Entree) -> tuple[Any, date | None]:
    """What makes two rows versions of one line; the day of an event may be corrected, that of a state may not."""
    if "identite" in rangee:
        return bytes(rangee["identite"]), None
    is_acte = rangee["genre"] in EVENEMENTS
    return (rangee["genre"], rangee["objet"]), None if is_acte else rangee["le"]


def _read_examens(table: str, rangees: list[int]) -> dict[int, int]:
    """The last decision on each row."""
    derniers: dict[int, int] = {}
    for lot in split(rangees):
        examens = Examen.objects.filter(**{f"{table}__in": lot}, suivant__isnull=True)
        derniers |= dict(examens.order_by().values_list(table, "pk"))
    return derniers


def _read_pieces(table: str, rangees: list[int]) -> dict[int, list[PieceDeLigne]]:
    """What proves each row, and the account that sent it."""
    pieces: dict[int, list[PieceDeLigne]] = defaultdict(list)
    champs = (table, "pk", "nature", "nom", "fichier", "ecriture__compte", "ecriture__saisi_le")
    for lot in split(rangees):
        lues = Piece.objects.filter(**{f"{table}__in": lot}).order_by("pk").values_list(*champs)
        for rangee, pk, nature, nom, fichier, compte, le in lues:
            numero = None if fichier is None else pk
            pieces[rangee].append(PieceDeLigne(Piece.Nature(nature).label, nom, numero, compte, le))
    return pieces


def _list_comptes(entrees: Iterable[_Entree]) -> set[int]:
    comptes = (entree[nom] for entree in entrees for nom in _ENTREE[:2])
    return {compte for compte in comptes if compte is not None}


def _say_entree(entree: _Entree, qui: Mapping[int, int]) -> EntreeDeRangee:
    compte, pour, canal, le = (entree[nom] for nom in _ENTREE)
    return EntreeDeRangee(
        le,
        None if compte is None else qui.get(compte, compte),
        None if pour is None else qui.get(pour, pour),
        is_fichier=canal != Ecriture.Canal.FORMULAIRE,
    )
