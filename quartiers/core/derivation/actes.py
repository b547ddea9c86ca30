"""Events → apports: each session that passes the filters, for as long as its window, its période or its day lasts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from quartiers.core.contenu import Contenu
from quartiers.core.derivation.apport import Apport, Portant
from quartiers.core.derivation.calendrier import DANS_VACANCES
from quartiers.core.derivation.fenetres import FenetreNommee
from quartiers.core.derivation.geographie import GeographieConnue
from quartiers.core.derivation.jours import (
    UN_JOUR,
    Vacances,
    get_fin_de_mois,
    is_ete,
)
from quartiers.core.derivation.occurrences import Occurrence, is_soir_ou_weekend, list_seances
from quartiers.core.derivation.portee import Atteinte, Emprise, get_point
from quartiers.core.derivation.regle import ModeDeLecture, Regle
from quartiers.core.derivation.valeurs import ValeurComptee, list_valeurs
from quartiers.core.enregistrement import Enregistrement, NatureDeLien
from quartiers.core.fait import Calendrier
from quartiers.core.genres.activite import Activite
from quartiers.core.genres.lieu import Lieu
from quartiers.core.referentiel import GenreIndicateur
from quartiers.core.temps import add_mois, get_periode


@dataclass(frozen=True, slots=True)
class Entourage:
    """What an event is read with. `lieux`: the last statement about each place; `financements`: who funds an action."""

    lieux: Mapping[str, Enregistrement] = field(default_factory=dict)
    financements: Mapping[str, Sequence[Enregistrement]] = field(default_factory=dict)


SEUL = Entourage()


@dataclass(frozen=True, slots=True)
class Acte:
    """An event as it is known: its last row, and what it is read with."""

    ligne: Enregistrement
    contenu: Contenu
    entourage: Entourage = SEUL

    @property
    def lieu(self) -> Enregistrement | None:
        """Where it is held, when that place is known."""
        reference = getattr(self.contenu, "lieu", None)
        return None if reference is None else self.entourage.lieux.get(reference)

    def get_emprise(self) -> Emprise:
        """An activity is where its place is; it serves what it says it serves (L-84)."""
        lieu = self.lieu
        if lieu is None:
            return Emprise(self.ligne.liens)
        situes = tuple(s for s in lieu.liens if s.nature is NatureDeLien.SITUE)
        dessert = tuple(s for s in self.ligne.liens if s.nature is NatureDeLien.DESSERT)
        tenus = {lien.territoire for lien in situes}
        return Emprise(
            (*situes, *(s for s in dessert if s.territoire not in tenus)), get_point(lieu)
        )


def project_acte(regle: Regle, acte: Acte, geographie: GeographieConnue) -> Iterator[Apport]:
    """The apports of one event in every territoire it reaches."""
    if not _is_celui(regle, acte):
        return
    seances = list(_list_seances(regle, acte))
    if not seances:
        return
    emprise = acte.get_emprise()
    # By calendar: a département has one, and its territoires see the same sessions for as long.
    par_calendrier: dict[Calendrier | None, tuple[list[Vue], Duree | None]] = {}
    for territoire in emprise.list_atteints(regle, geographie):
        atteinte = emprise.reach(regle, territoire, geographie)
        if atteinte is None:
            continue
        vacances = geographie.get_vacances(territoire)
        lues = par_calendrier.get(vacances.calendrier)
        if lues is None:
            vues = list(_list_vues(regle, acte, seances, vacances))
            lues = (vues, _find_duree_inconnue(regle, acte, seances, vues, vacances))
            par_calendrier[vacances.calendrier] = lues
        for vue in lues[0]:
            yield from _build_apports(regle, acte, vue, territoire, atteinte, geographie)
        if lues[1] is not None and atteinte.part is not None and not atteinte.is_proche:
            yield _build_sans_calendrier(regle, acte, lues[1], territoire)


def _is_celui(regle: Regle, acte: Acte) -> bool:
    filtrage = regle.filtrage
    if not filtrage.is_celui(acte.contenu):
        return False
    if filtrage.lieu:
        lieu = acte.lieu
        return (
            lieu is not None
            and isinstance(lieu.contenu, Lieu)
            and lieu.contenu.genre in filtrage.lieu
        )
    return True


def _list_seances(regle: Regle, acte: Acte) -> Iterator[Occurrence]:
    """The sessions of the event; `is_tenue`: it is one, and stands as asked. Another act that does not is no session."""
    is_bon = regle.filtrage.is_bon(acte.contenu)
    jours = _list_jours_dits(regle, acte)
    if jours is not None:
        if jours and is_bon:
            yield Occurrence((min(jours),), is_tenue=True)
        return
    for seance in list_seances(acte.ligne, acte.contenu):
        yield Occurrence(seance.jours, seance.is_tenue and is_bon)


def _list_jours_dits(regle: Regle, acte: Acte) -> list[date] | None:
    """The days on which an act was decided, granted, paid, as asked; None for a session, which has its own."""
    filtrage, le = regle.filtrage, acte.ligne.le
    if filtrage.jours:
        dits = (getattr(acte.contenu, champ) for champ in filtrage.jours)
        return [jour for jour in dits if jour is not None and jour <= le]
    if filtrage.periodes:
        periodes = (acte.contenu.PERIODES[nom](acte.contenu, le) for nom in filtrage.periodes)
        return [periode[0] for periode in periodes if periode is not None]
    return None


Vue = tuple[Occurrence, list[tuple[date, date]]]
"""A session with those of its days that pass, and from when to when it counts."""
Duree = tuple[date, date | None]
"""From a day to a day; no last day where only the calendar would tell it."""


def _list_vues(
    regle: Regle, acte: Acte, seances: Sequence[Occurrence], vacances: Vacances
) -> Iterator[Vue]:
    """The sessions that a calendar lets through, and that count on some day."""
    for seance in seances:
        vue = _see(regle, acte, seance, vacances)
        if vue is not None:
            durees = list(_list_durees(regle, acte, vue, vacances))
            if durees:
                yield vue, durees


def _see(regle: Regle, acte: Acte, seance: Occurrence, vacances: Vacances) -> Occurrence | None:
    """A session with those of its days that pass; None when none does."""
    jours = _list_jours_voulus(regle, acte, seance)
    if DANS_VACANCES in regle.filtrage.de_jour:
        jours = tuple(jour for jour in jours if vacances.find(jour) is not None)
    if not jours:
        return None
    return Occurrence(jours, seance.is_tenue)


def _list_jours_voulus(regle: Regle, acte: Acte, seance: Occurrence) -> tuple[date, ...]:
    """The days of a session that pass what is asked of a day, holidays apart."""
    contenu = acte.contenu
    if set(regle.filtrage.de_jour) <= {DANS_VACANCES} or not isinstance(contenu, Activite):
        return seance.jours
    return tuple(jour for jour in seance.jours if is_soir_ou_weekend(contenu, jour))


def _find_duree_inconnue(
    regle: Regle, acte: Acte, seances: Sequence[Occurrence], vues: Sequence[Vue], vacances: Vacances
) -> Duree | None:
    """When the sessions might count of which nobody knows whether they are in holidays; None: there is none (L-96)."""
    filtrage = regle.filtrage
    is_de_vacances = filtrage.fenetre is not None and filtrage.fenetre.is_de_vacances
    if DANS_VACANCES not in filtrage.de_jour and not is_de_vacances:
        return None
    sues = {jour for vue, _ in vues for jour in vue.jours}
    durees = []
    for seance in seances:
        if not sues.isdisjoint(seance.jours) or not (seance.is_tenue or _has_zeros(regle)):
            continue
        jours = _list_jours_voulus(regle, acte, seance)
        inconnus = [jour for jour in jours if not vacances.is_connu(jour, jour)]
        if inconnus:
            durees.append((inconnus[0], _find_fin(regle, inconnus[0])))
    if not durees:
        return None
    fins = [fin for _, fin in durees if fin is not None]
    return durees[0][0], max(fins) if len(fins) == len(durees) else None


def _find_fin(regle: Regle, jour: date) -> date | None:
    """The last day on which a session of that day counts, when no calendar is needed to tell it."""
    fenetre, periode = regle.filtrage.fenetre, regle.indicateur.periode
    if fenetre is not None and fenetre.mois is not None:
        return add_mois(jour, fenetre.mois) - UN_JOUR
    if regle.mode is not ModeDeLecture.CUMUL or periode is None:
        return None
    return get_periode(periode, jour)[1]


def _build_sans_calendrier(regle: Regle, acte: Acte, duree: Duree, territoire: str) -> Apport:
    """An event that no reading takes, and that the proof shows."""
    ligne = acte.ligne
    du, au = duree
    return Apport(
        indicateur=regle.indicateur.code,
        role=regle.role,
        territoire=territoire,
        portant=Portant.SANS_CALENDRIER,
        quoi=(ligne.objet, du),
        poids=Fraction(0),
        du=du,
        au=au,
        temoin=ligne.le,
        lignes=(ligne,),
        is_acte=True,
    )


def _build_apports(
    regle: Regle,
    acte: Acte,
    vue: Vue,
    territoire: str,
    atteinte: Atteinte,
    geographie: GeographieConnue,
) -> Iterator[Apport]:
    seance, durees = vue
    compte = seance.is_tenue and not atteinte.is_proche and atteinte.part is not None
    if not seance.is_tenue and (not _has_zeros(regle) or atteinte.part is None):
        return
    ligne, contenu = acte.ligne, acte.contenu
    jour = seance.jour
    if not compte:
        valeurs = [ValeurComptee((ligne.objet, jour))]
    elif regle.filtrage.jours or regle.filtrage.periodes:
        valeurs = list(list_valeurs(regle, ligne, contenu, atteinte, geographie))
    else:
        valeurs = list(list_valeurs(regle, ligne, contenu, atteinte, geographie, jour))
    sans_compte = Portant.ZERO if atteinte.part is not None else Portant.NON_REPARTI
    portant = Portant.COMPTE if compte else sans_compte
    for valeur in valeurs:
        for du, au in durees:
            apport = Apport(
                indicateur=regle.indicateur.code,
                role=regle.role,
                territoire=territoire,
                portant=portant,
                quoi=valeur.quoi,
                poids=valeur.poids,
                du=du,
                au=au,
                temoin=min(ligne.le, au) if regle.mode is ModeDeLecture.CUMUL else ligne.le,
                lignes=(ligne,),
                is_acte=True,
                is_proche=atteinte.is_proche,
                delai=valeur.delai,
            )
            yield apport
            is_fini = regle.mode is ModeDeLecture.EN_VIGUEUR and au < date.max
            if is_fini and atteinte.part is not None:
                yield replace(
                    apport, portant=Portant.FINI, du=au + UN_JOUR, au=None, is_proche=False
                )


def _has_zeros(regle: Regle) -> bool:
    """A session that was not held is a zero inside a share, silent elsewhere (L-77)."""
    return regle.indicateur.genre is GenreIndicateur.PART


def _list_durees(
    regle: Regle, acte: Acte, seance: Occurrence, vacances: Vacances
) -> Iterator[tuple[date, date]]:
    """From when to when it counts."""
    jour = seance.jour
    if regle.mode is ModeDeLecture.CALENDRIER:
        yield from ((j, j) for j in seance.jours)
    elif regle.mode is ModeDeLecture.CUMUL:
        periode = regle.indicateur.periode
        yield jour, date.max if periode is None else get_periode(periode, jour)[1]
    else:
        fenetre = get_fenetre(regle, seance, vacances)
        if fenetre is None:
            return
        if regle.filtrage.financeurs_min is None:
            yield fenetre
        else:
            yield from _list_partages(regle, acte, fenetre, vacances)


def get_fenetre(regle: Regle, seance: Occurrence, vacances: Vacances) -> tuple[date, date] | None:
    """The window that a session opens; None when it falls in none."""
    fenetre = regle.filtrage.fenetre
    jour = seance.jour
    if fenetre is None:
        return jour, date.max
    if fenetre.mois is not None:
        return jour, add_mois(jour, fenetre.mois) - UN_JOUR
    if fenetre.nommee is FenetreNommee.MOIS_COMPLET:
        suivant = get_fin_de_mois(jour) + UN_JOUR
        return suivant, get_fin_de_mois(suivant)
    ete = fenetre.nommee is FenetreNommee.ETE
    tenues = (vacances.find(j) for j in seance.jours)
    trouvees = next((p for p in tenues if p is not None and (not ete or is_ete(p))), None)
    if trouvees is None:
        return None
    suivantes = vacances.find_suivantes(trouvees, ete=ete)
    return trouvees[1] + UN_JOUR, date.max if suivantes is None else suivantes[1]


def _list_partages(
    regle: Regle, acte: Acte, fenetre: tuple[date, date], vacances: Vacances
) -> Iterator[tuple[date, date]]:
    """The days of its window on which another funder of the same action is in its own (L-79)."""
    contenu = acte.contenu
    action, financeur = getattr(contenu, "action_financee"), getattr(contenu, "financeur")  # noqa: B009
    communs = set()
    for autre in acte.entourage.financements.get(action, ()):
        if autre.contenu is None or getattr(autre.contenu, "financeur") == financeur:  # noqa: B009
            continue
        if not regle.filtrage.is_celui(autre.contenu):
            continue
        for seance in _list_seances(regle, Acte(autre, autre.contenu)):
            sienne = get_fenetre(regle, seance, vacances) if seance.is_tenue else None
            if sienne is not None:
                du, au = max(fenetre[0], sienne[0]), min(fenetre[1], sienne[1])
                if du <= au:
                    communs.add((du, au))
    yield from sorted(communs)
