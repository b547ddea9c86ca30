"""The page of a département: what is compulsory and missing first, then its quartiers one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from quartiers.core.attendus import list_quartiers_cibles
from quartiers.core.constat import Constat
from quartiers.core.dire import fold
from quartiers.core.raison import say_raison
from quartiers.core.referentiel import FERMES
from quartiers.core.statut import INCONNUS, Drapeau, Statut
from quartiers.core.tableau import EngagementVu, Tableau
from quartiers.core.territoire import Genre, Territoire
from quartiers.core.vue import Vue
from quartiers.reports.presentation.intervalle import Barre, build_barre
from quartiers.reports.presentation.nombre import Decompte, Ordre, PartDite
from quartiers.reports.presentation.phrases import Phrase, write_intervalle, write_remontee
from quartiers.reports.presentation.quartier import is_comptee
from quartiers.reports.signes import write_drapeaux
from quartiers.reports.typographie import format_date, format_duree

PREMIERS = 6
"""How many of « à décider » stand open: the matrix below then starts on the first screen."""
EN_DEFAUT = frozenset({Statut.NON_ENGAGE, Statut.EN_RETARD, Statut.ECHU_NON_ATTEINT})

NON_DITS = frozenset({Statut.DONNEES_INSUFFISANTES, Statut.SANS_OBJET})
"""The labels that say nothing of how far an engagement is."""


@dataclass(frozen=True, slots=True)
class ActionEnDefaut:
    """A compulsory action lost or missing: where, what, why, since when, and its proof."""

    lieu: str
    action: str
    numero: str
    statut: Statut
    drapeaux: str
    raison: str
    depuis: str
    attente: int
    is_perdu: bool
    preuve: str


@dataclass(frozen=True, slots=True)
class Case:
    """A cell of the matrix: the label of an engagement in a quartier, and its coverage."""

    statut: Statut
    renseignes: Decompte
    applicables: Decompte
    couverture: PartDite
    adresse: str


@dataclass(frozen=True, slots=True)
class Rangee:
    """A quartier in the matrix."""

    nom: str
    communes: str
    adresse: str
    cases: tuple[Case, ...]
    renseignes: Decompte
    applicables: Decompte
    couverture: PartDite


@dataclass(frozen=True, slots=True)
class LigneIntervalle:
    """An engagement over all the quartiers: the share reached as an interval, and what it rests on.

    `departements`: « 34 sur 37 » up to date, above the département only.
    """

    numero: Ordre
    libelle: str
    phrase: str
    barre: Barre | None
    renseignes: Decompte
    applicables: Decompte
    en_retard: Decompte | None
    departements: str = ""
    is_complet: bool = True


@dataclass(frozen=True, slots=True)
class PageDepartement:
    """All that the page of a département shows."""

    phrase: Phrase
    defauts: tuple[ActionEnDefaut, ...]
    inconnus: Decompte
    rangees: tuple[Rangee, ...]
    engagements: tuple[LigneIntervalle, ...]
    couverture: PartDite

    @property
    def premiers(self) -> tuple[ActionEnDefaut, ...]:
        """The first things to decide."""
        return self.defauts[:PREMIERS]

    @property
    def suivants(self) -> tuple[ActionEnDefaut, ...]:
        """The others, folded."""
        return self.defauts[PREMIERS:]


@dataclass(frozen=True, slots=True)
class Adresses:
    """How this page links: to a quartier or, with the code of one, to an engagement of it; to a proof."""

    quartier: Callable[[Territoire, str], str]
    preuve: Callable[[str, str], str]


def build_page_departement(
    tableau: Tableau,
    quartiers: Iterable[Tableau],
    territoires: Mapping[str, Territoire],
    adresses: Adresses,
) -> PageDepartement:
    """From the tableau of a territoire and those of its expected quartiers to the page."""
    quartiers = sorted(quartiers, key=lambda t: get_cle_de_tri(t.territoire, territoires))
    defauts = list_defauts(quartiers, territoires, adresses)
    touches = {defaut.lieu for defaut in defauts}
    return PageDepartement(
        phrase=write_remontee(tableau.taux, len(defauts), len(touches)),
        defauts=tuple(defauts),
        inconnus=Decompte(count_inconnus(quartiers)),
        rangees=tuple(build_rangee(t, territoires, adresses) for t in quartiers),
        engagements=build_intervalles(tableau, quartiers),
        couverture=PartDite(tableau.taux.couverture),
    )


def get_cle_de_tri(
    territoire: Territoire, territoires: Mapping[str, Territoire]
) -> tuple[str, str]:
    """Alphabetical order by commune, then by name, accents and case aside; never a ranking."""
    return (fold(write_communes(territoire, territoires)), fold(territoire.nom))


def write_communes(territoire: Territoire, territoires: Mapping[str, Territoire]) -> str:
    """The names of the communes that hold a quartier."""
    noms = [
        territoires[parent].nom
        for parent in territoire.parents
        if parent in territoires and territoires[parent].genre is Genre.COMMUNE
    ]
    return ", ".join(noms)


def list_defauts(
    quartiers: Iterable[Tableau], territoires: Mapping[str, Territoire], adresses: Adresses
) -> list[ActionEnDefaut]:
    """Lost first, the longest first; an action borne by a commune or the département is told once."""
    defauts: dict[tuple[str, str], ActionEnDefaut] = {}
    for tableau in quartiers:
        for numero, engagement in enumerate(tableau.engagements, start=1):
            for rang, action in enumerate(engagement.actions, start=1):
                premier = action.indicateurs[0] if action.indicateurs else None
                if action.action.mode not in FERMES or not isinstance(premier, Constat):
                    continue
                if premier.statut not in EN_DEFAUT or not is_comptee(premier):
                    continue
                cle = (premier.indicateur.code, premier.territoire)
                if cle not in defauts:
                    preuve = adresses.preuve(tableau.territoire.code, premier.indicateur.code)
                    lieu = territoires[premier.territoire].nom
                    defauts[cle] = build_defaut(
                        premier,
                        lieu,
                        action.action.libelle,
                        f"{numero}.{rang}",
                        tableau.vu_le,
                        preuve,
                    )
    return sorted(defauts.values(), key=lambda d: (not d.is_perdu, -d.attente, fold(d.lieu)))


def build_defaut(
    constat: Constat, lieu: str, action: str, numero: str, vu_le: date, preuve: str
) -> ActionEnDefaut:
    """One line of « à décider »."""
    depuis, attente = write_depuis(constat, vu_le)
    return ActionEnDefaut(
        lieu=lieu,
        action=action,
        numero=numero,
        statut=constat.statut,
        drapeaux=write_drapeaux(constat.drapeaux),
        raison=write_cause(constat),
        depuis=depuis,
        attente=attente,
        is_perdu=Drapeau.PERDU in constat.drapeaux,
        preuve=preuve,
    )


def write_cause(constat: Constat) -> str:
    """The reason, less the day of the loss: it is already said beside."""
    raison, _, _ = say_raison(constat).partition(" Perdu depuis")
    return raison


def write_depuis(constat: Constat, vu_le: date) -> tuple[str, int]:
    """Since when, in words and in days: the day of the loss, the deadline, the day it was seen."""
    echeance = constat.cible.echeance if constat.cible is not None else None
    if constat.perdu_le is not None:
        jour, mot = constat.perdu_le, "perdu"
    elif constat.statut is Statut.ECHU_NON_ATTEINT and echeance is not None:
        jour, mot = echeance, "échu"
    elif constat.statut is Statut.EN_RETARD and echeance is not None and echeance < vu_le:
        jour, mot = echeance, "prévu"
    elif constat.date is not None:
        jour, mot = constat.date, "constaté"
    else:
        return "depuis une date inconnue", 0
    jours = (vu_le - jour).days
    if mot in {"prévu", "constaté"}:
        return f"{mot} le {format_date(jour)}, il y a {format_duree(jours)}", jours
    return f"{mot} depuis {format_duree(jours)} ({format_date(jour)})", jours


def count_inconnus(quartiers: Iterable[Tableau]) -> int:
    """Compulsory actions of which nothing fresh is known: neither there nor missing."""
    cles = {
        (premier.indicateur.code, premier.territoire)
        for tableau in quartiers
        for engagement in tableau.engagements
        for action in engagement.actions
        if action.action.mode in FERMES
        and action.indicateurs
        and isinstance(premier := action.indicateurs[0], Constat)
        and premier.statut in INCONNUS
        and is_comptee(premier)
    }
    return len(cles)


def build_rangee(
    tableau: Tableau, territoires: Mapping[str, Territoire], adresses: Adresses
) -> Rangee:
    """A quartier: its name, its communes, one cell per engagement."""
    territoire = tableau.territoire
    adresse = adresses.quartier(territoire, "")
    return Rangee(
        nom=territoire.nom,
        communes=write_communes(territoire, territoires),
        adresse=adresse,
        cases=tuple(
            Case(
                statut=vu.statut or Statut.DONNEES_INSUFFISANTES,
                renseignes=Decompte(vu.taux.renseignes),
                applicables=Decompte(vu.taux.applicables),
                couverture=PartDite(vu.taux.couverture),
                adresse=adresses.quartier(territoire, vu.engagement.code),
            )
            for vu in tableau.engagements
        ),
        renseignes=Decompte(tableau.taux.renseignes),
        applicables=Decompte(tableau.taux.applicables),
        couverture=PartDite(tableau.taux.couverture),
    )


def build_intervalles(
    tableau: Tableau, quartiers: Iterable[Tableau]
) -> tuple[LigneIntervalle, ...]:
    """One line per engagement, and how many quartiers read it « en retard »."""
    quartiers = list(quartiers)
    return tuple(
        build_intervalle(
            rang + 1,
            vu,
            count_retards([t.engagements[rang].statut for t in quartiers]),
        )
        for rang, vu in enumerate(tableau.engagements)
    )


def count_retards(libelles: Sequence[Statut | None]) -> int | None:
    """How many are late; None when nothing can be said of any of them: that is no zero."""
    if libelles and all(libelle is None or libelle in NON_DITS for libelle in libelles):
        return None
    return sum(libelle is Statut.EN_RETARD for libelle in libelles)


def build_intervalle(numero: int, vu: EngagementVu, en_retard: int | None) -> LigneIntervalle:
    """The share reached between what is proved and what may be."""
    taux = vu.taux
    return LigneIntervalle(
        numero=Ordre(numero),
        libelle=vu.engagement.libelle,
        phrase=write_intervalle(taux),
        barre=build_barre(taux),
        renseignes=Decompte(taux.renseignes),
        applicables=Decompte(taux.applicables),
        en_retard=None if en_retard is None else Decompte(en_retard),
    )


def list_autres(code: str, attendus: Iterable[str], vue: Vue) -> list[Territoire]:
    """QPV and QRR of a territoire at `vu_le` that no expected quartier stands for, in alphabetical order."""
    tenus = set(attendus)
    for quartier in list_quartiers_cibles(vue.dossier, vue.connu_le):
        if quartier.code in tenus:
            tenus.update(quartier.rattaches)
    candidats = (vue.territoires[enfant] for enfant in vue.territoires.list_enfants(code))
    autres = [
        t
        for t in candidats
        if t.genre in {Genre.QPV, Genre.QRR} and t.code not in tenus and is_valide(t, vue.vu_le)
    ]
    return sorted(autres, key=lambda t: (fold(t.nom), t.code))


def is_valide(territoire: Territoire, jour: date) -> bool:
    """A generation of QPV holds from its first to its last day."""
    commence = territoire.du is None or territoire.du <= jour
    return commence and (territoire.au is None or jour <= territoire.au)
