"""What a cell says on a day: one state per rank of source, and the one that is retained (L-05 to L-11)."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

from quartiers.core.cellule import CelluleConnue, get_ordre
from quartiers.core.comptage import Comptage
from quartiers.core.constat import FaitRetenu
from quartiers.core.dits import Dits, Palier, list_dits
from quartiers.core.fait import Calendrier, Confirmation, Liste, Objet, Rang, Releve, read_valeur
from quartiers.core.rayons import RAYON_A_PROXIMITE_M, RAYONS
from quartiers.core.referentiel import GenreIndicateur, Indicateur, Sens
from quartiers.core.registre import get_valeur, name_objet
from quartiers.core.statut import Drapeau
from quartiers.core.temps import get_perime_le


@dataclass(frozen=True, slots=True)
class Etat:
    """What one rank of sources says on a day. `valeur` is None for a share of denominator 0.

    `sans_confirmation` is the value without the objects that only a confirmation brings into reach. `contraires`:
    fresh lines of the day of the one retained, by other sources, that give another value (L-05). `is_nu`: a bare value;
    `is_complet`: a register of which somebody said that nothing lacks (L-98).
    """

    rang: Rang
    valeur: Fraction | None
    date: dt.date
    perime_le: dt.date | None
    calendrier_inconnu: bool
    faits: tuple[FaitRetenu, ...]
    ecartes: tuple[FaitRetenu, ...] = ()
    sans_confirmation: Fraction | None = None
    proches: int = 0
    objets: frozenset[str] = frozenset()
    numerateur: Fraction | None = None
    denominateur: Fraction | None = None
    contraires: tuple[Releve, ...] = ()
    drapeaux: frozenset[Drapeau] = frozenset()
    is_nu: bool = False
    is_complet: bool = False

    def is_frais(self, jour: dt.date) -> bool:
        """Recent enough to speak on that day."""
        return self.perime_le is None or jour < self.perime_le


@dataclass(frozen=True, slots=True)
class Lecteur:
    """Reads the states of one cell, for any day.

    `fenetre`: only values dated inside it count (dated flux, L-22). `jalon_cible`: a step that has
    reached it does not age (L-25).
    """

    indicateur: Indicateur
    cellule: CelluleConnue
    calendrier: Calendrier | None
    fenetre: tuple[dt.date, dt.date] | None = None
    jalon_cible: int | None = None
    # By rank, those that said something: many days are asked of one cell, sorted once.
    dits: tuple[Dits, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "dits", list_dits(self.cellule, self.fenetre))

    def list_etats(self, jour: dt.date) -> list[Etat]:
        """At most one state per rank, best first."""
        etats = [etat for dits in self.dits if (etat := self._get_etat(dits, jour)) is not None]
        if len(etats) > 1:
            etats.sort(key=lambda e: (not e.is_frais(jour), e.rang))
        comptage = self.cellule.comptage
        if comptage is None:
            registre = self._get_etat_registre(jour)
        else:
            registre = self._get_etat_comptage(comptage, jour)
        return etats if registre is None else confront(self.indicateur, registre, etats, jour)

    def get_etat(self, jour: dt.date) -> Etat | None:
        """The state retained: fresh before stale, then by rank."""
        etats = self.list_etats(jour)
        return etats[0] if etats else None

    def list_paliers(self, du: dt.date, au: dt.date) -> Iterator[Palier]:
        """What is said on `du`, then on each day up to `au` on which it may change."""
        if self.is_simple:
            yield from self.dits[0].list_paliers(du, au)
        else:
            yield self._get_palier(du)
            yield from (self._get_palier(jour) for jour in self.list_jours(au) if jour > du)

    def list_paliers_passes(self, au: dt.date) -> Iterator[Palier]:
        """What is said on each day up to `au` on which it may change, from the last one back."""
        if self.is_simple:
            yield from self.dits[0].list_paliers_passes(au)
        else:
            yield from (self._get_palier(jour) for jour in reversed(self.list_jours(au)))

    @property
    def is_simple(self) -> bool:
        """One rank of bare values: the last one holds, stale or not, until the next day that has one."""
        return (
            len(self.dits) == 1
            and not (self.dits[0].objets or self.dits[0].listes)
            and self.cellule.registre is None
            and self.cellule.comptage is None
        )

    def _get_palier(self, jour: dt.date) -> Palier:
        etat = self.get_etat(jour)
        if etat is None:
            return Palier(jour, is_dite=False, valeur=None)
        return Palier(jour, is_dite=True, valeur=etat.valeur, objets=etat.objets)

    def list_jours(self, jusqu_a: dt.date) -> list[dt.date]:
        """Every day up to `jusqu_a` on which the retained state may change, in order."""
        jours: set[dt.date] = set()
        cellule = self.cellule
        for temoin in (
            *(r.date for r in cellule.releves),
            *(liste.date for liste in cellule.listes),
        ):
            jours.update((temoin, self._get_perime_le(temoin)[0]))
        for objet in cellule.objets:
            jours.update((objet.du, self._get_perime_le(objet.temoin)[0]))
            if objet.au is not None and objet.au < dt.date.max:
                jours.add(dt.date.fromordinal(objet.au.toordinal() + 1))
        jours.update(c.date for c in cellule.confirmations)
        if cellule.registre is not None:
            jours |= cellule.registre.list_jours()
            jours.update(self._get_perime_le(t)[0] for t in cellule.registre.list_temoins())
        return sorted(jour for jour in jours if jour <= jusqu_a)

    def _get_perime_le(self, jour: dt.date) -> tuple[dt.date, bool]:
        return get_perime_le(self.indicateur, jour, self.calendrier)

    def _get_etat(self, dits: Dits, jour: dt.date) -> Etat | None:
        if dits.objets or dits.listes:
            return self._get_etat_objets(dits, jour)
        return self._get_etat_releve(dits, jour)

    def _get_etat_releve(self, dits: Dits, jour: dt.date) -> Etat | None:
        fin = bisect_right(dits.jours, jour)
        if not fin:
            return None
        dernier = dits.releves[fin - 1]
        autres = tuple(dits.releves[bisect_left(dits.jours, dernier.date) : fin - 1])
        perime_le, inconnu = self._get_perime_le(dernier.date)
        return Etat(
            rang=dits.rang,
            valeur=dernier.lu,
            date=dernier.date,
            perime_le=None if self._is_acquis(dernier.lu) else perime_le,
            calendrier_inconnu=inconnu,
            faits=(dernier,),
            ecartes=autres,
            numerateur=dernier.numerateur,
            denominateur=dernier.denominateur,
            is_nu=True,
            contraires=tuple(
                r
                for r in autres
                if r.producteur != dernier.producteur
                and r.lu != dernier.lu
                and (jour < perime_le or self._is_acquis(r.lu))
            ),
        )

    def _is_acquis(self, valeur: Fraction | None) -> bool:
        """A step that has reached its target does not age (L-25)."""
        return self.jalon_cible is not None and valeur is not None and valeur >= self.jalon_cible

    def _get_etat_comptage(self, comptage: Comptage, jour: dt.date) -> Etat | None:
        """What the other constats come to; all of them are known to us, so nothing lacks (L-103)."""
        if not comptage.is_parlant(jour, self.fenetre):
            return None
        perime_le, inconnu = self._get_perime_le(jour)
        return Etat(
            rang=comptage.rang,
            valeur=read_valeur(comptage.valeur, comptage.numerateur, comptage.denominateur),
            date=jour,
            perime_le=perime_le,
            calendrier_inconnu=inconnu,
            faits=comptage.comptes,
            ecartes=comptage.autres,
            objets=frozenset(compte.preuve.cle for compte in comptage.comptes),
            numerateur=comptage.numerateur,
            denominateur=comptage.denominateur,
            is_complet=True,
        )

    def _get_etat_registre(self, jour: dt.date) -> Etat | None:
        """What the records say: one source, as sure as the least sure of those retained (L-63)."""
        registre = self.cellule.registre
        reponse = None if registre is None else registre.answer(jour, self.fenetre)
        if registre is None or reponse is None:
            return None
        propre = valeur = get_valeur(reponse)
        confirmes = self._list_confirmes(jour)
        comptes = frozenset(name_objet(quoi) for quoi in reponse.objets)
        proches = frozenset(name_objet(quoi) for quoi in reponse.proches) - comptes
        gagnes = proches & confirmes.keys()
        if propre is not None:
            valeur = propre + len(gagnes)
        perime_le, inconnu = self._get_perime_le(reponse.date)
        return Etat(
            rang=Rang.VALIDE if reponse.is_valide else Rang.NON_VALIDE,
            valeur=valeur,
            date=reponse.date,
            perime_le=None if self._is_acquis(valeur) else perime_le,
            calendrier_inconnu=inconnu,
            faits=(
                *registre.list_retenus(reponse),
                *(confirmes[objet] for objet in sorted(gagnes)),
            ),
            sans_confirmation=propre if gagnes else None,
            proches=len(proches - gagnes),
            objets=comptes | gagnes,
            numerateur=reponse.numerateur,
            denominateur=reponse.denominateur,
            is_complet=reponse.pointage is not None,
        )

    def _list_confirmes(self, jour: dt.date) -> dict[str, Confirmation]:
        """By place, the last confirmation known of it by a day (L-10)."""
        sues = sorted(self.cellule.confirmations, key=get_ordre)
        return {c.objet: c for c in sues if c.date <= jour}

    def _get_etat_objets(self, dits: Dits, jour: dt.date) -> Etat | None:
        rang, objets = dits.rang, dits.objets
        dernieres = _list_dernieres(dits.listes, jour)
        # A far object says nothing of the quartier, neither a presence nor its freshness: only a list proves an absence.
        parlants = [o for o in objets if is_a_portee(o) or is_a_proximite(o)]
        en_vigueur = [o for o in parlants if _is_en_vigueur(o, dernieres, jour)]
        if not en_vigueur and not dernieres:
            return self._get_etat_fini(rang, parlants, jour)
        frais = [o for o in en_vigueur if jour < self._get_perime_le(o.temoin)[0]]
        has_frais = bool(frais) or any(
            jour < self._get_perime_le(liste.date)[0] for liste in dernieres.values()
        )
        retenus = frais if has_frais else en_vigueur
        temoin = max([o.temoin for o in retenus] + [liste.date for liste in dernieres.values()])
        lointains = [o for o in objets if o not in parlants and _is_en_vigueur(o, dernieres, jour)]
        return self._build_etat_objets(
            rang, [*retenus, *lointains], dernieres.values(), temoin, jour
        )

    def _get_etat_fini(self, rang: Rang, objets: list[Objet], jour: dt.date) -> Etat | None:
        """Objects that were in force and no longer are: a known zero, as old as their last witness."""
        finis = [o for o in objets if o.du <= jour and o.au is not None and o.au < jour]
        if not finis:
            return None
        dernier = max(finis, key=lambda o: (o.temoin, o.objet, get_ordre(o)))
        perime_le, inconnu = self._get_perime_le(dernier.temoin)
        zero = Fraction(0)
        return Etat(
            rang,
            zero,
            min(dernier.temoin, jour),
            perime_le,
            inconnu,
            (dernier,),
            sans_confirmation=zero,
        )

    def _build_etat_objets(
        self,
        rang: Rang,
        retenus: list[Objet],
        listes: Iterable[Liste],
        temoin: dt.date,
        jour: dt.date,
    ) -> Etat:
        confirmes = self._list_confirmes(jour)
        a_portee = {o.objet for o in retenus if is_a_portee(o)}
        proches = {o.objet for o in retenus if is_a_proximite(o)} - a_portee
        gagnes = proches & confirmes.keys()
        proches -= gagnes
        comptes = a_portee | gagnes
        rangs = sorted(
            retenus,
            key=lambda o: (o.distance_m or 0.0, o.objet, -o.temoin.toordinal(), get_ordre(o)),
        )
        visibles = comptes or proches or {o.objet for o in rangs[:1]}
        faits: list[FaitRetenu] = [o for o in rangs if o.objet in visibles]
        faits += [confirmes[code] for code in sorted(gagnes)]
        if not comptes:
            faits += listes
        perime_le, inconnu = self._get_perime_le(temoin)
        return Etat(
            rang=rang,
            valeur=Fraction(len(comptes)),
            date=min(temoin, jour),
            perime_le=perime_le,
            calendrier_inconnu=inconnu,
            faits=tuple(faits),
            ecartes=tuple(o for o in rangs if o.objet not in visibles),
            sans_confirmation=Fraction(len(a_portee)),
            proches=len(proches),
            objets=frozenset(comptes),
        )


def list_en_vigueur(cellule: CelluleConnue, jour: dt.date) -> list[Objet]:
    """Every object of a cell in force on `jour`, near or far, each once: as its last witness saw it by then."""
    dernieres = _list_dernieres(cellule.listes, jour)
    vus: dict[tuple[str, str, str], Objet] = {}
    for objet in sorted(cellule.objets, key=get_ordre):
        if not _is_en_vigueur(objet, dernieres, jour):
            continue
        cle = (objet.source, objet.objet, objet.preuve.cle)
        deja = vus.get(cle)
        if deja is None or _rank_temoin(objet, jour) >= _rank_temoin(deja, jour):
            vus[cle] = objet
    return list(vus.values())


def _rank_temoin(objet: Objet, jour: dt.date) -> tuple[bool, int]:
    """The last witness up to the day; else the first one after it."""
    passe = objet.temoin <= jour
    return passe, objet.temoin.toordinal() if passe else -objet.temoin.toordinal()


def _list_dernieres(listes: Iterable[Liste], jour: dt.date) -> dict[str, Liste]:
    """The last list of each source read at or before `jour`."""
    dernieres: dict[str, Liste] = {}
    for liste in sorted(
        (x for x in listes if x.date <= jour), key=lambda x: (x.date, get_ordre(x))
    ):
        dernieres[liste.source] = liste
    return dernieres


def _is_en_vigueur(objet: Objet, dernieres: dict[str, Liste], jour: dt.date) -> bool:
    """In force on `jour`, and not denied by a later exhaustive list of its own source (L-08)."""
    liste = dernieres.get(objet.source)
    dedans = objet.du <= jour and (objet.au is None or jour <= objet.au)
    return dedans and (liste is None or objet.temoin >= liste.date)


def is_a_portee(objet: Objet) -> bool:
    """Within the reach of its derivation."""
    if objet.distance_m is None:
        return True
    rayon = None if objet.portee is None else RAYONS.get(objet.portee)
    return rayon is not None and objet.distance_m <= rayon


def is_a_proximite(objet: Objet) -> bool:
    """Beyond reach, but near (class C: at most 1,000 m)."""
    return (
        objet.distance_m is not None
        and not is_a_portee(objet)
        and objet.distance_m <= RAYON_A_PROXIMITE_M
    )


def confront(
    indicateur: Indicateur, registre: Etat, autres: list[Etat], jour: dt.date
) -> list[Etat]:
    """The register beside what others say, who speaks first (L-98).

    Fresh comes before stale. Said complete, a register silences the bare values that are no surer than itself.
    Otherwise, where more is better it is a lower bound and the greater value speaks; elsewhere the later one does.
    """
    nus = [etat for etat in autres if etat.is_nu and etat.is_frais(jour) == registre.is_frais(jour)]
    if not nus or nus[0] is not autres[0]:
        return sorted([registre, *autres], key=lambda e: (not e.is_frais(jour), e.rang))
    nu, *reste = autres
    if registre.is_complet:
        if registre.rang > nu.rang:
            return [nu, registre, *reste]
        tus = [etat for etat in autres if etat.is_nu and etat.rang >= registre.rang]
        return [_set_aside(registre, tus), *(etat for etat in autres if etat not in tus)]
    if registre.valeur is None or nu.valeur is None or registre.valeur == nu.valeur:
        return [registre, *autres]
    comptes = {GenreIndicateur.PRESENCE, GenreIndicateur.COMPTE}
    if indicateur.genre in comptes and indicateur.sens is Sens.HAUSSE:
        parlant, tu = (registre, nu) if registre.valeur > nu.valeur else (nu, registre)
        drapeaux = parlant.drapeaux | {Drapeau.REGISTRE_INCOMPLET}
        return [replace(_set_aside(parlant, [tu]), drapeaux=drapeaux), *reste]
    return [nu, registre, *reste] if nu.date > registre.date else [registre, nu, *reste]


def _set_aside(parlant: Etat, tus: Iterable[Etat]) -> Etat:
    """What is silenced is seen, and not retained."""
    ecartes = (fait for etat in tus for fait in (*etat.faits, *etat.ecartes))
    return replace(parlant, ecartes=(*parlant.ecartes, *ecartes))
